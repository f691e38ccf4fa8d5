//! Electricity, gas and water, by weather and household, and their bills.

use crate::calendar::{at, banking, days, month_before, months, on};
use crate::life::{Bill, Heating, Kind, Life, Record};
use crate::prices::{self, ELECTRICITY, GAS, WATER_CUBIC_METRE};
use crate::random::Chance;
use crate::weather::Weather;
use jiff::civil::Date;

/// Outdoor temperature above which there is no heating, in tenths of a degree. The COSTIC counts degree days
/// from 18 °C (checked in
/// <https://costic.com/ressources/dju/degres-jours-unifies-2024-2025-zone-climatique-h1a>); 17 is an
/// estimate.
const HEATED: i64 = 170;

/// Distribution over the hours of a day of all use except heating, in thousandths: little at night, most in
/// the evening, like Enedis's residential profile RES1. Not checked against a source: plausible.
const HOURS: [i64; 24] =
    [28, 24, 22, 21, 21, 23, 32, 45, 47, 43, 42, 45, 56, 51, 42, 39, 40, 47, 58, 68, 69, 58, 44, 35];

/// Litres per person and day: 148 (Observatoire de l’eau, checked in
/// <https://www.fontaine-ingenierie.fr/levolution-de-la-consommation-deau-en-france/>), less those used
/// elsewhere.
const LITRES: i64 = 125;

/// Gas for hot water and cooking, in watt-hours per person and day: about 800 kWh a year. Not checked against
/// a source: plausible.
const GAS_PERSON: i64 = 2_200;

pub(super) fn live(life: &Life, seed: u64, record: &mut Record) {
    let mut chance = Chance::of(seed, life.key, "home");
    let mut weather = Weather::of(life.town, seed);
    let people = i64::try_from(life.household.len()).unwrap_or(1);
    for day in days(life.from, life.until) {
        let cold = (HEATED - weather.next(day)).max(0);
        let heating = life.heat * cold / 10;
        let electric = if life.heating == Heating::Electric { heating } else { 0 };
        let watts = half_hours(day)
            .map(|hour| {
                // Use by people varies by up to half between half-hours.
                let used = (60 + 70 * people) * HOURS[hour] * chance.between(50, 150) / (42 * 100);
                let heated = electric * if (6..23).contains(&hour) { 11 } else { 7 } / 10;
                let mean = life.base + used + heated * chance.between(85, 115) / 100;
                // Meters give whole watts; an even number is a whole number of watt-hours per half-hour.
                mean / 2 * 2 * life.sharing
            })
            .collect();
        record.power.push((day, watts));
        if life.heating == Heating::Gas {
            let used = (GAS_PERSON * people + heating * 24) * chance.between(90, 110) / 100;
            record.gas.push((day, used / 1_000 * 1_000));
        }
        record.water.push((day, LITRES * people * chance.between(60, 140) / 100));
    }
    for month in months(life.from, life.until) {
        energy_bills(life, month, record);
        if matches!(month.month(), 4 | 10) {
            water_bill(month, record);
        }
    }
}

/// The hour of each half-hour of a day, including days of clock change.
fn half_hours(day: Date) -> impl Iterator<Item = usize> {
    let midnight = at(day, 0);
    let end = at(crate::calendar::later(day, 1), 0);
    (midnight..end).step_by(1_800).map(|at| {
        let local = at + crate::calendar::offset(at);
        usize::try_from(local.rem_euclid(86_400) / 3_600).unwrap_or(0)
    })
}

/// The bills of the previous month, for the metered use.
fn energy_bills(life: &Life, month: Date, record: &mut Record) {
    let before = month_before(month);
    if before < life.from {
        return;
    }
    let is_of = |day: Date| day.first_of_month() == before;
    let watts: i64 = record.power.iter().filter(|(day, _)| is_of(*day)).flat_map(|(_, w)| w).sum();
    let cents = prices::energy_bill(prices::of(&ELECTRICITY, before), watts / 2 / life.sharing);
    bill(record, on(month, 4), "EDF", "energy", "Tarif Bleu Base 6 kVA", cents);
    if life.heating == Heating::Gas {
        let gas: i64 = record.gas.iter().filter(|(day, _)| is_of(*day)).map(|(_, used)| used).sum();
        let cents = prices::energy_bill(prices::of(&GAS, before), gas);
        bill(record, on(month, 5), "Engie", "energy", "Gaz chauffage", cents);
    }
}

/// The bill for six months of water.
fn water_bill(month: Date, record: &mut Record) {
    let since = (0..6).fold(month, |month, _| month_before(month));
    let litres: i64 =
        record.water.iter().filter(|(day, _)| (since..month).contains(day)).map(|(_, litres)| litres).sum();
    if litres > 0 {
        let cents = (litres * WATER_CUBIC_METRE + 500) / 1_000;
        bill(record, on(month, 3), "Veolia Eau", "water", "Eau et assainissement", cents);
    }
}

/// A bill, and the debit a week later.
pub(super) fn bill(
    record: &mut Record,
    day: Date,
    vendor: &'static str,
    service: &'static str,
    plan: &str,
    cents: i64,
) {
    record.bills.push(Bill { on: day, vendor, service, plan: plan.to_owned(), cents });
    let debit = banking(crate::calendar::later(day, 7));
    record.pay(0, debit, -cents, Kind::Debit, &vendor.to_uppercase(), "Factures");
}
