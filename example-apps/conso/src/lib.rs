//! Conso: the daily profile, the base load, a year calendar, and the cost under two tariffs.

use mesinfos_sdk::energy::{self, Commodity, Interval};
use mesinfos_sdk::view::{self, ColumnKind, Icon, Report, Unit, XyKind};
use mesinfos_sdk::{Context, Currency, Date, Energy, Failure, Money, Period, Value, app};
use std::collections::BTreeMap;

#[cfg(test)]
mod tests;

app!(run: run);

/// A tariff for 6 kVA: prices in 1/10000 EUR for a kWh, subscription in cents for a month.
struct Tariff {
    fr: &'static str,
    en: &'static str,
    day: i64,
    night: i64,
    monthly: i64,
}

/// Of the order of the French regulated tariff in 2025, all taxes included; for illustration.
const TARIFFS: [Tariff; 2] = [
    Tariff { fr: "Base", en: "Flat", day: 1_952, night: 1_952, monthly: 1_547 },
    Tariff {
        fr: "Heures creuses, 22 h–6 h", en: "Off-peak, 22–6", day: 2_081, night: 1_635, monthly: 1_574
    },
];

/// Longest interval that still says something of an hour of the day, in seconds.
const HOUR: i64 = 3_600;

fn run(ctx: &Context) -> Result<Report, Failure> {
    let readings = energy::consumed(Commodity::Electricity, Period::all())?;
    let days = by_day(&readings);
    let (Some(first), Some(last)) = (days.keys().next().copied(), days.keys().last().copied()) else {
        return Err(Failure::NeedsData(vec!["energy"]));
    };
    let total: Energy = readings.iter().map(|reading| reading.energy).sum();
    let count = i64::try_from(days.len()).unwrap_or(1).max(1);
    let fine = readings.iter().all(|reading| reading.seconds <= HOUR);
    let mut figures = vec![
        view::figure(Icon::Energy, ctx.t("En tout", "In all"), total),
        view::figure(Icon::Calendar, ctx.t("Par jour", "A day"), Energy(total.0 / count)),
    ];
    figures.extend(base_load(&readings).filter(|_| fine).map(|watts| {
        view::figure(Icon::Home, ctx.t("Toujours allumé", "Always on"), view::quantity(watts, Unit::Watt))
            .note(ctx.t("Le dixième des relevés est en dessous.", "A tenth of the readings is below."))
    }));
    let mut sections =
        vec![view::section(ctx.t("En bref", "In short"), vec![view::Block::KeyFigures(figures)])];
    if fine {
        let (hours, points) = profile(&readings);
        let label = ctx.t("Puissance moyenne", "Mean power");
        sections.push(view::section(
            ctx.t("Votre journée", "Your day"),
            vec![view::by_label(
                ctx.t("Profil d’une journée", "Profile of a day"),
                ctx.t("La puissance moyenne à chaque heure.", "Mean power at each hour."),
                XyKind::Bar,
                hours,
                vec![view::series(label, Unit::Watt, None, points)],
            )],
        ));
    }
    let start = if last.0 - first.0 >= 1_100 { last.plus_days(-1_099) } else { first };
    let calendar = (start.0..=last.0).map(|day| days.get(&Date(day)).map(|energy| energy.kwh())).collect();
    sections.push(view::section(
        ctx.t("Jour par jour", "Day by day"),
        vec![view::calendar(
            ctx.t("Calendrier", "Calendar"),
            ctx.t("Chaque jour en kilowattheures.", "Each day in kilowatt-hours."),
            start,
            Unit::Kwh,
            calendar,
        )],
    ));
    let rows = TARIFFS.iter().filter(|tariff| fine || tariff.day == tariff.night).filter_map(|tariff| {
        let yearly = cost(tariff, &readings, count)?;
        Some(vec![Value::from(ctx.t(tariff.fr, tariff.en)), yearly.into()])
    });
    sections.push(view::section(
        ctx.t("Ce que cela coûterait", "What it would cost"),
        vec![view::table(
            ctx.t("Par an, à ce rythme", "A year, at this pace"),
            &[(ctx.t("Tarif", "Tariff"), ColumnKind::Text), (ctx.t("Par an", "A year"), ColumnKind::Money)],
            rows.collect(),
        )],
    ));
    let headline =
        ctx.t("Quand et combien vous consommez d’électricité.", "When and how much electricity you use.");
    let mut report = view::report(ctx, "Conso", headline, sections)
        .limit(ctx.t("Les tarifs sont donnés à titre d’exemple.", "The tariffs are examples."));
    if !fine {
        report = report.limit(ctx.t(
            "Les heures ne sont pas connues : seuls les jours sont comptés.",
            "Hours are not known: only days are counted.",
        ));
    }
    Ok(report)
}

fn by_day(readings: &[Interval]) -> BTreeMap<Date, Energy> {
    let mut days = BTreeMap::new();
    for reading in readings {
        let day = days.entry(reading.start.date()).or_insert(Energy(0));
        *day = *day + reading.energy;
    }
    days
}

/// Mean power of an interval in watts.
fn watts(reading: &Interval) -> i64 {
    reading.energy.0 * 3_600 / 1_000 / reading.seconds
}

/// The power below which a tenth of the readings is, in watts.
fn base_load(readings: &[Interval]) -> Option<i64> {
    let mut powers: Vec<i64> = readings.iter().map(watts).collect();
    powers.sort_unstable();
    powers.get(powers.len() / 10).copied()
}

/// Mean power at each local hour.
fn profile(readings: &[Interval]) -> (Vec<String>, Vec<Option<f64>>) {
    let mut hours: BTreeMap<u8, (f64, f64)> = BTreeMap::new();
    for reading in readings {
        let hour = hours.entry(reading.start.hour()).or_default();
        *hour = (
            hour.0 + reading.energy.wh(),
            hour.1 + f64::from(i32::try_from(reading.seconds).unwrap_or(0)) / 3_600.0,
        );
    }
    let mean = |hour: &u8| hours.get(hour).map(|(wh, h)| (wh / h).round());
    ((0..24).map(|hour| format!("{hour:02} h")).collect(), (0..24).map(|hour| mean(&hour)).collect())
}

/// A year at the pace of so many days.
fn cost(tariff: &Tariff, readings: &[Interval], days: i64) -> Option<Money> {
    let price = |reading: &Interval| {
        let night = !(6..22).contains(&reading.start.hour());
        i128::from(if night { tariff.night } else { tariff.day }) * i128::from(reading.energy.0)
    };
    // mWh x 1/10000 EUR a kWh: 10^8 of them make a cent.
    let cents = readings.iter().map(price).sum::<i128>() / 100_000_000 * 365 / i128::from(days);
    let minor = i64::try_from(cents).ok()? + 12 * tariff.monthly;
    Some(Money { minor, currency: Currency::new("EUR")? })
}
