//! Phone plans for the person's own use: what each would cost in a month like theirs.

use mesinfos_sdk::telecom::{self, Direction, Service};
use mesinfos_sdk::view::{self, Block, Icon, Report, Unit};
use mesinfos_sdk::{Context, Currency, Failure, Money, Period, app};

app!(run: run);

/// A plan. Replace these by real ones, with the day on which you read their prices.
struct Plan {
    name: &'static str,
    provider: &'static str,
    /// Price of a month, in cents.
    monthly: i64,
    /// Minutes included in a month; `None`: all of them.
    minutes: Option<i64>,
    /// Price of a further minute, in cents.
    further: i64,
}

const PLANS: [Plan; 3] = [
    Plan { name: "Mini", provider: "Exemple", monthly: 299, minutes: Some(60), further: 15 },
    Plan { name: "Midi", provider: "Exemple", monthly: 799, minutes: Some(240), further: 10 },
    Plan { name: "Maxi", provider: "Exemple", monthly: 1299, minutes: None, further: 0 },
];

impl Plan {
    /// Cost of a year with these minutes in each month, in cents.
    fn yearly(&self, minutes: i64) -> i64 {
        let further = self.minutes.map_or(0, |included| (minutes - included).max(0));
        12 * (self.monthly + further * self.further)
    }
}

const MONTHS: i32 = 12;

fn run(ctx: &Context) -> Result<Report, Failure> {
    let (seconds, messages) = read(Period::last_months(ctx.today, MONTHS))?;
    let minutes = seconds / 60 / i64::from(MONTHS);
    let messages = messages / i64::from(MONTHS);
    let yearly: Vec<i64> = PLANS.iter().map(|plan| plan.yearly(minutes)).collect();
    let best = (0..PLANS.len()).min_by_key(|at| yearly[*at]).and_then(|at| u32::try_from(at).ok());

    let calls = view::figure(
        Icon::Phone,
        ctx.t("Appels par mois", "Calls a month"),
        view::quantity(minutes, Unit::Minute),
    );
    let texts = view::figure(
        Icon::Phone,
        ctx.t("SMS par mois", "Texts a month"),
        view::quantity(messages, Unit::Sms),
    );
    let offers = PLANS.iter().zip(&yearly).map(|(plan, cents)| {
        let included = plan.minutes.map_or_else(
            || view::Value::Text(ctx.t("illimités", "unlimited").to_owned()),
            |minutes| view::quantity(minutes, Unit::Minute),
        );
        let cost = Money::new(*cents, Currency::EUR);
        view::offer(plan.name, plan.provider, false, Some(cost), vec![included])
    });
    let disclosure =
        ctx.t("L’auteur n’a de lien avec aucun opérateur.", "The author has no tie to any operator.");
    let criteria = [ctx.t("Appels compris", "Calls included")];
    let title = ctx.t("Pour vos appels", "For your calls");
    let comparison = view::comparison(title, &criteria, offers.collect(), best, disclosure);
    let blocks = vec![Block::KeyFigures(vec![calls, texts]), comparison];
    let headline = ctx.t("Le forfait le moins cher pour vous.", "The cheapest plan for you.");
    Ok(view::report(ctx, "template-name", headline, vec![view::section(title, blocks)]))
}

/// Seconds called and messages sent. Each field that is read here is asked for; nothing else is.
fn read(period: Period) -> Result<(i64, i64), Failure> {
    let (mut seconds, mut messages, mut rows) = (0, 0, 0);
    for row in telecom::events(period) {
        let row = row?;
        rows += 1;
        if row.direction() != Some(Direction::Out) {
            continue;
        }
        match row.service() {
            Some(Service::Voice) => seconds += row.duration().unwrap_or(0),
            Some(Service::Sms) => messages += row.messages().unwrap_or(1),
            _ => {}
        }
    }
    if rows == 0 { Err(Failure::NeedsData(vec!["telecom"])) } else { Ok((seconds, messages)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_further_minutes_cost() {
        assert_eq!(PLANS[0].yearly(60), 12 * 299);
        assert_eq!(PLANS[0].yearly(70), 12 * (299 + 10 * 15));
        assert_eq!(PLANS[2].yearly(10_000), 12 * 1299);
    }
}
