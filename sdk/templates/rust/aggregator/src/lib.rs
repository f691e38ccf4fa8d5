//! What a person spends each month: a figure, a chart, and the largest payments.

use mesinfos_sdk::bank::{self, Kind};
use mesinfos_sdk::view::{self, Block, ColumnKind, Icon, Report, Unit, Value, XyKind};
use mesinfos_sdk::{Context, Currency, Date, Failure, Lang, Money, Param, Period, Source, app};

app!(run: run, parameters: parameters);

/// What the person may set. The host draws the form, and runs the app again.
fn parameters(lang: Lang) -> Vec<Param> {
    vec![view::number("months", lang.t("Mois à montrer", "Months to show"), Unit::Month, (1, 24), 12)]
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let months = ctx.whole("months").and_then(|months| i32::try_from(months).ok()).unwrap_or(12);
    let first = ctx.today.month_start().plus_months(-months);
    // Whole months: the current one has only begun.
    let mut payments = read(Period { from: Some(first), until: Some(ctx.today.month_start()) })?;
    if payments.is_empty() {
        return Err(Failure::NeedsData(vec!["bank"]));
    }
    let all: Vec<Date> = (0..months).map(|month| first.plus_months(month)).collect();
    let sums = by_month(&payments, &all);
    let total = Money::new(sums.iter().sum(), Currency::EUR);

    payments.sort_by_key(|payment| std::cmp::Reverse(payment.cents));
    payments.truncate(5);
    let label = ctx.t("Dépensé en tout", "Spent in all");
    let largest = payments.iter().map(|payment| payment.source);
    let figure = view::figure(Icon::Money, label, total).because(largest);

    let euros = sums.iter().map(|cents| Some(Money::new(*cents, Currency::EUR).major())).collect();
    let series = view::series(ctx.t("Dépenses", "Spending"), Unit::None, Some("EUR"), euros);
    let takeaway = ctx.t("Ce que vous avez dépensé chaque mois.", "What you spent each month.");
    let chart = view::by_month(ctx.t("Par mois", "By month"), takeaway, XyKind::Bar, &all, vec![series]);

    let columns = [
        (ctx.t("Le", "On"), ColumnKind::Date),
        (ctx.t("Chez", "At"), ColumnKind::Text),
        (ctx.t("Montant", "Amount"), ColumnKind::Money),
    ];
    let rows = payments.iter().map(|payment| {
        // A person may refuse the labels: the table then has a gap, and the rest stays.
        let label = payment.label.clone().map_or(Value::Missing, Value::Text);
        vec![payment.on.into(), label, Money::new(payment.cents, Currency::EUR).into()]
    });
    let table = view::table(ctx.t("Les plus grosses", "The largest"), &columns, rows.collect());

    let blocks = vec![Block::KeyFigures(vec![figure]), chart, table];
    let section = view::section(ctx.t("En bref", "In short"), blocks);
    Ok(view::report(ctx, "template-name", takeaway, vec![section]))
}

/// Money that went out.
struct Payment {
    on: Date,
    cents: i64,
    label: Option<String>,
    /// The row, for the person who asks where a figure comes from.
    source: Source,
}

/// Each field that is read here is asked for; nothing else is.
fn read(period: Period) -> Result<Vec<Payment>, Failure> {
    let mut payments = Vec::new();
    for row in bank::transactions(period) {
        let row = row?;
        let (Some(on), Some(amount)) = (row.booked_on(), row.amount()) else { continue };
        let is_own = row.kind() == Some(Kind::Transfer);
        if amount.currency == Currency::EUR && amount.minor < 0 && !is_own {
            let label = row.label().map(str::to_owned);
            payments.push(Payment { on, cents: -amount.minor, label, source: row.as_source() });
        }
    }
    Ok(payments)
}

/// Sum of each month, in cents.
fn by_month(payments: &[Payment], months: &[Date]) -> Vec<i64> {
    let sum = |month: &Date| {
        payments
            .iter()
            .filter(|payment| payment.on.month_start() == *month)
            .map(|payment| payment.cents)
            .sum()
    };
    months.iter().map(sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_month_is_the_one_after_the_last_of_the_year_before() {
        let today = Date::new(2026, 1, 1).unwrap();
        assert_eq!(today.month_start().plus_months(-12), Date::new(2025, 1, 1).unwrap());
        assert_eq!(by_month(&[], &[today]), [0]);
    }
}
