//! The same year with less electricity: what it would have cost, for a share and a price that the person sets.

use mesinfos_sdk::energy::{self, Commodity};
use mesinfos_sdk::view::{self, Block, Icon, Report, Unit, XyKind};
use mesinfos_sdk::{Context, Currency, Date, Energy, Failure, Lang, Money, Param, Period, app};

app!(run: run, parameters: parameters);

/// What the person may set. The host draws the form, and runs the app again.
fn parameters(lang: Lang) -> Vec<Param> {
    vec![
        view::number("less", lang.t("Consommer moins", "Use less"), Unit::Percent, (0, 90), 10),
        view::price("price", lang.t("Prix du kWh, en euros", "Price of a kWh, in euros"), 4, 10_000, 1_952),
    ]
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let less = ctx.whole("less").unwrap_or(10);
    // Ten-thousandths of a euro for a kilowatt-hour.
    let price = ctx.scaled("price", 4).unwrap_or(1_952);
    let first = ctx.today.month_start().plus_months(-12);
    let months: Vec<Date> = (0..12).map(|month| first.plus_months(month)).collect();
    let used = read(Period { from: Some(first), until: Some(ctx.today.month_start()) }, &months)?;
    let total: Energy = used.iter().copied().sum();
    if total.0 == 0 {
        return Err(Failure::NeedsData(vec!["energy"]));
    }
    let saved = Money::new(cents(total, price) * less / 100, Currency::EUR);
    let figure = view::figure(Icon::Energy, ctx.t("Économie en un an", "Saved in a year"), saved);
    let before: Vec<Option<f64>> = used.iter().map(|energy| Some(energy.kwh())).collect();
    #[allow(clippy::cast_precision_loss, reason = "a share between 0 and 90")]
    let share = 1.0 - less as f64 / 100.0;
    let after = before.iter().map(|kwh| kwh.map(|kwh| kwh * share)).collect();
    let series = vec![
        view::series(ctx.t("Aujourd’hui", "Today"), Unit::Kwh, None, before),
        view::series(ctx.t("En consommant moins", "Using less"), Unit::Kwh, None, after),
    ];
    let takeaway = ctx.t("Votre année, et la même avec moins.", "Your year, and the same one with less.");
    let chart = view::by_month(ctx.t("Par mois", "By month"), takeaway, XyKind::Line, &months, series);
    let section = view::section(ctx.t("En bref", "In short"), vec![Block::KeyFigures(vec![figure]), chart]);
    let limit = ctx.t(
        "L’abonnement ne change pas, et n’est pas compté.",
        "The standing charge stays, and is not counted.",
    );
    Ok(view::report(ctx, "template-name", takeaway, vec![section]).limit(limit))
}

/// Cost of an energy, in cents, rounded once. `price` is in ten-thousandths of a euro for a kilowatt-hour.
fn cents(energy: Energy, price: i64) -> i64 {
    // Milliwatt-hours times ten-thousandths: a kilowatt-hour is a million of the first, a cent a hundred of the second.
    let exact = i128::from(energy.0) * i128::from(price);
    i64::try_from((exact + 50_000_000) / 100_000_000).unwrap_or(i64::MAX)
}

/// Energy of each month. Each moment is counted once, also if several meters or steps cover it.
fn read(period: Period, months: &[Date]) -> Result<Vec<Energy>, Failure> {
    let mut used = vec![Energy(0); months.len()];
    for interval in energy::consumed(Commodity::Electricity, period)? {
        let month = interval.start.date().month_start();
        if let Some(at) = months.iter().position(|known| *known == month) {
            used[at] = used[at] + interval.energy;
        }
    }
    Ok(used)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kilowatt_hour_costs_its_price() {
        assert_eq!(cents(Energy(1_000_000), 1_952), 20, "19.52 cents, rounded");
        assert_eq!(cents(Energy(100_000_000), 1_952), 1_952);
        assert_eq!(cents(Energy(0), 1_952), 0);
    }
}
