//! What trips emit: distance by means of transport, times a factor that the page states.

use mesinfos_sdk::mobility::{self, Mode, Row};
use mesinfos_sdk::view::{self, Block, ColumnKind, Icon, Report, Unit, Value, XyKind};
use mesinfos_sdk::{Context, Failure, Lang, Param, Period, app};
use std::collections::BTreeMap;

app!(run: run, parameters: parameters);

/// What the person may set. The host draws the form, and runs the app again.
fn parameters(lang: Lang) -> Vec<Param> {
    let car = lang.t("Votre voiture, en g de CO2e par km", "Your car, in g of CO2e per km");
    vec![view::number("car", car, Unit::Gram, (0, 400), 218)]
}

/// Means of transport with a factor, in grams of CO2 equivalent per kilometre and person: ADEME, Base Carbone.
/// Check the factors before you publish; the one for a car is the person's.
fn factor(mode: Mode, car: i64) -> Option<i64> {
    match mode {
        Mode::Walk | Mode::Run | Mode::Bike => Some(0),
        Mode::Car => Some(car),
        Mode::Bus => Some(113),
        Mode::Tram | Mode::Metro => Some(4),
        Mode::Train => Some(28),
        _ => None,
    }
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let car = ctx.whole("car").unwrap_or(218);
    let metres = read(Period::last_months(ctx.today, 12))?;
    if metres.is_empty() {
        return Err(Failure::NeedsData(vec!["mobility"]));
    }
    let mut lines: Vec<(&str, i64, i64)> = metres
        .iter()
        .filter_map(|(mode, metres)| {
            Some((name(*mode, ctx.lang)?, *metres, metres * factor(*mode, car)? / 1_000))
        })
        .collect();
    lines.sort_by_key(|(_, _, grams)| std::cmp::Reverse(*grams));
    let grams: i64 = lines.iter().map(|(_, _, grams)| grams).sum();

    let label = ctx.t("Émis en un an", "Emitted in a year");
    let figure = view::figure(Icon::Leaf, label, kilograms(grams));
    #[allow(clippy::cast_precision_loss, reason = "a chart needs no exact number")]
    let points = lines.iter().map(|(_, _, grams)| Some(*grams as f64 / 1_000.0)).collect();
    let labels = lines.iter().map(|(name, _, _)| (*name).to_owned()).collect();
    let series = view::series(ctx.t("Émissions", "Emissions"), Unit::KgCo2e, None, points);
    let takeaway = ctx.t("Ce que vos trajets émettent.", "What your trips emit.");
    let title = ctx.t("Par moyen de transport", "By means of transport");
    let chart = view::by_label(title, takeaway, XyKind::Bar, labels, vec![series]);
    let columns = [
        (ctx.t("Moyen", "Means"), ColumnKind::Text),
        (ctx.t("Distance", "Distance"), ColumnKind::Quantity),
        (ctx.t("Émissions", "Emissions"), ColumnKind::Quantity),
    ];
    let rows = lines.iter().map(|(name, metres, grams)| {
        vec![Value::Text((*name).to_owned()), view::quantity(metres / 1_000, Unit::Km), kilograms(*grams)]
    });
    let table = view::table(title, &columns, rows.collect());
    let section =
        view::section(ctx.t("En bref", "In short"), vec![Block::KeyFigures(vec![figure]), chart, table]);
    let limit = ctx.t("Les facteurs sont des moyennes françaises.", "The factors are French averages.");
    Ok(view::report(ctx, "template-name", takeaway, vec![section]).limit(limit))
}

/// Grams as kilograms with a decimal, rounded once.
fn kilograms(grams: i64) -> Value {
    view::tenths((grams + 50) / 100, Unit::KgCo2e)
}

fn name(mode: Mode, lang: Lang) -> Option<&'static str> {
    Some(match mode {
        Mode::Walk | Mode::Run => lang.t("à pied", "on foot"),
        Mode::Bike => lang.t("à vélo", "by bicycle"),
        Mode::Car => lang.t("en voiture", "by car"),
        Mode::Bus => lang.t("en bus", "by bus"),
        Mode::Tram => lang.t("en tramway", "by tram"),
        Mode::Metro => lang.t("en métro", "by underground"),
        Mode::Train => lang.t("en train", "by train"),
        _ => return None,
    })
}

/// Metres by means of transport. Each field that is read here is asked for; nothing else is.
fn read(period: Period) -> Result<BTreeMap<Mode, i64>, Failure> {
    let mut metres = BTreeMap::new();
    for row in mobility::movements(period) {
        let row = row?;
        if let (Some(Row::Leg), Some(mode), Some(distance)) = (row.row(), row.mode(), row.distance()) {
            *metres.entry(mode).or_default() += distance;
        }
    }
    Ok(metres)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factor_of_a_car_is_the_person_s() {
        assert_eq!(factor(Mode::Car, 120), Some(120));
        assert_eq!(factor(Mode::Bike, 120), Some(0));
        assert_eq!(factor(Mode::Plane, 120), None, "a means without a factor is left out");
    }
}
