//! Tariffs included in the app, and the yearly cost under each.
//!
//! Regulated tariff of electricity ("Tarif Bleu"), residential customers of mainland France, of 1 August
//! 2025, all taxes included. Prices change once or twice a year.
//!
//! Checked: the prices per kWh of Base and of off-peak hours, those of blue nights and red days of Tempo,
//! and the subscriptions for 6 kVA
//! (www.soleio.fr/blog/evolution-des-prix-au-tarif-reglemente-a-compter-du-1r-aout-2025); the price of Base
//! also in the CRE's `Option_Base.csv`; Tempo for 9 kVA (www.commentaider.fr/?p=12839). Not checked against
//! a source: the other subscriptions for 9 and 12 kVA and the other four prices of Tempo. They are
//! plausible: Base for 9 and 12 kVA is within 2 % of the CRE's prices of February 2025, raised like that of
//! 6 kVA.

use crate::curve::Curve;
use mesinfos_sdk::energy::Interval;
use mesinfos_sdk::{Currency, Date, Energy, Money, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Subscriptions for 6, 9 and 12 kVA, in cents per month.
type Monthly = [i64; 3];

/// Choices of subscribed power, in the order of [`Monthly`].
pub(crate) const POWERS: [&str; 3] = ["6", "9", "12"];

/// Flat price: 0.1952 EUR per kWh.
pub(crate) const BASE: (Monthly, i64) = ([1_547, 1_939, 2_332], 1_952);

/// Peak and off-peak hours: 0.2081 and 0.1635 EUR per kWh.
pub(crate) const OFF_PEAK: (Monthly, [i64; 2]) = ([1_574, 1_981, 2_376], [2_081, 1_635]);

/// Tempo: blue, white and red days, each by day (6:00 to 22:00) and by night.
pub(crate) const TEMPO: (Monthly, [[i64; 2]; 3]) =
    ([1_550, 1_949, 2_338], [[1_494, 1_232], [1_730, 1_391], [6_468, 1_460]]);

/// White and red days per year (decree on Tempo: 300 blue, 43 white, 22 red).
const WHITE: usize = 43;
const RED: usize = 22;

/// Dependence of a price on time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    Base,
    OffPeak,
    Tempo,
    /// The person's own flat price, in ten-thousandths of a euro per kWh, and subscription, in cents per
    /// month.
    Own(i64, i64),
}

/// Cost of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Year {
    pub(crate) subscription: Money,
    pub(crate) energy: Money,
}

impl Year {
    pub(crate) fn total(&self) -> Money {
        Money::new(self.subscription.minor + self.energy.minor, Currency::EUR)
    }
}

/// Whether `hour` is off-peak: one of the eight hours from `first` on, such as 22:00 to 6:00 for 22.
pub(crate) fn is_off_peak(hour: u8, first: u8) -> bool {
    (24 + hour - first % 24) % 24 < 8
}

/// A year at the pace of `curve`, with subscribed power `power` (an index into [`POWERS`]) and off-peak
/// hours from `first` on. `None` if the readings do not suffice: they are not hourly (for a price that
/// depends on the hour), or do not cover nearly a year (for Tempo).
pub(crate) fn year(option: Plan, curve: &Curve, power: usize, first: u8) -> Option<Year> {
    let eur = |minor| Money::new(minor, Currency::EUR);
    let (monthly, prices): (i64, Vec<i64>) = match option {
        Plan::Base => (*BASE.0.get(power)?, curve.readings.iter().map(|_| BASE.1).collect()),
        Plan::Own(price, monthly) => (monthly, curve.readings.iter().map(|_| price).collect()),
        Plan::OffPeak => {
            let of = |reading: &Interval| OFF_PEAK.1[usize::from(is_off_peak(reading.start.hour(), first))];
            (*OFF_PEAK.0.get(power).filter(|_| curve.hourly)?, curve.readings.iter().map(of).collect())
        }
        Plan::Tempo => {
            let colours = colours(&curve.readings);
            let of = |reading: &Interval| {
                let colour = colours.get(&tempo_day(reading)).copied().unwrap_or(0);
                TEMPO.1[colour][usize::from(is_off_peak(reading.start.hour(), 22))]
            };
            let known = curve.hourly && curve.is_whole();
            (*TEMPO.0.get(power).filter(|_| known)?, curve.readings.iter().map(of).collect())
        }
    };
    let spent =
        curve.readings.iter().zip(prices).map(|(r, price)| i128::from(r.energy.0) * i128::from(price));
    // mWh x 1/10000 EUR per kWh: 10^8 of them make a cent.
    let energy = curve.yearly(spent.sum::<i128>(), 100_000_000);
    Some(Year { subscription: eur(12 * monthly), energy: eur(energy) })
}

/// A Tempo day begins at 6:00.
fn tempo_day(reading: &Interval) -> Date {
    Timestamp { utc: reading.start.utc - 6 * 3_600, offset: reading.start.offset }.date()
}

/// Colour of each day that is not blue: 1 white, 2 red. The real calendar is known only a day ahead, so
/// this assumes the most expensive one: red on the weekdays from November to March with the highest use,
/// white on the next ones except Sundays. That is prudent: red days are cold days, but not only because of
/// this person.
fn colours(readings: &[Interval]) -> BTreeMap<Date, usize> {
    let mut by_day: BTreeMap<Date, Energy> = BTreeMap::new();
    for reading in readings.iter().filter(|reading| !is_off_peak(reading.start.hour(), 22)) {
        let day = by_day.entry(tempo_day(reading)).or_default();
        *day = *day + reading.energy;
    }
    let mut dearest: Vec<(Energy, Date)> = by_day.into_iter().map(|(day, energy)| (energy, day)).collect();
    dearest.sort_unstable();
    let winter = |day: Date| matches!(day.month(), 11 | 12 | 1..=3) && day.weekday() < 5;
    let order = || dearest.iter().rev().map(|(_, day)| *day);
    let red: BTreeSet<Date> = order().filter(|day| winter(*day)).take(RED).collect();
    let white = order().filter(|day| day.weekday() < 6 && !red.contains(day)).take(WHITE);
    white.map(|day| (day, 1)).chain(red.iter().map(|day| (*day, 2))).collect()
}
