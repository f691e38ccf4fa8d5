//! A long load curve, split into years and months, and the cost of offers in each of them.

use crate::offers::{A_CENT, Grain, OFFERS, Offer, Terms};
use mesinfos_sdk::Date;
use mesinfos_sdk::energy::{self, Interval};
use mesinfos_sdk::numbers::{YEAR, pace, scaled};
use std::collections::BTreeMap;

const DAY: i64 = 86_400;

/// Covered time in seconds (330 days) that counts as a year, and is scaled to one.
const NEARLY_A_YEAR: i64 = 330 * DAY;

/// Readings of one granularity, which can be priced alike.
pub(crate) struct History {
    pub(crate) readings: Vec<Interval>,
    pub(crate) grain: Grain,
}

/// Costs of the offers over a span of time, in cents, in the order of [`History::offers`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Costs {
    /// Time covered by readings, in seconds.
    pub(crate) covered: i64,
    pub(crate) of: Vec<i64>,
}

impl History {
    /// From readings in order of time: the hourly ones if they cover nearly all of it, else the daily ones,
    /// else all.
    pub(crate) fn of(all: Vec<Interval>) -> History {
        let known = energy::covered(&all);
        let up_to = |seconds: i64| all.iter().filter(|r| r.seconds <= seconds).copied().collect::<Vec<_>>();
        for (grain, longest) in [(Grain::Hour, 3_600), (Grain::Day, 25 * 3_600)] {
            let readings = up_to(longest);
            if energy::covered(&readings) >= known / 10 * 9 {
                return History { readings, grain };
            }
        }
        History { readings: all, grain: Grain::Month }
    }

    /// Whether the readings cover nearly all of the last 365 days.
    pub(crate) fn is_whole(&self) -> bool {
        energy::covered(self.recent()) >= NEARLY_A_YEAR
    }

    /// Offers that these readings can price: fine enough, and a whole year if the price depends on the
    /// season.
    pub(crate) fn offers(&self) -> Vec<&'static Offer> {
        let whole = self.is_whole();
        let can =
            |offer: &&Offer| offer.prices.needs() >= self.grain && (whole || !offer.prices.is_seasonal());
        OFFERS.iter().filter(can).collect()
    }

    /// The readings of the last 365 days.
    fn recent(&self) -> &[Interval] {
        let Some(last) = self.readings.last() else {
            return &[];
        };
        let from = last.start.utc.saturating_add(last.seconds).saturating_sub(YEAR);
        let begin = self.readings.partition_point(|reading| reading.start.utc < from);
        self.readings.get(begin..).unwrap_or(&[])
    }

    /// Costs over a span of `seconds`, of as many `months`. If a part is missing, energy is scaled to the span; the
    /// subscription is due for all of it, by the month.
    fn price(&self, readings: &[Interval], terms: Terms, seconds: i64, months: i64) -> Costs {
        let covered = energy::covered(readings).max(1);
        let (times, by) = pace(covered, seconds);
        let cost = |offer: &&Offer| {
            let energy = offer.energy(readings, terms);
            let energy = scaled(energy, times, i128::from(by) * i128::from(A_CENT));
            energy.saturating_add(offer.monthly(terms) * months)
        };
        Costs { covered, of: self.offers().iter().map(cost).collect() }
    }

    /// Costs of the last 365 days, scaled to a year if less is known.
    pub(crate) fn last_year(&self, terms: Terms) -> Option<Costs> {
        let recent = self.recent();
        (!recent.is_empty()).then(|| self.price(recent, terms, YEAR, 12))
    }

    /// Costs of the calendar years that are covered almost completely.
    pub(crate) fn years(&self, terms: Terms) -> BTreeMap<i32, Costs> {
        let years = self.readings.chunk_by(|a, b| a.start.date().year() == b.start.date().year());
        let whole = years.filter(|year| energy::covered(year) >= NEARLY_A_YEAR);
        let length = |year| Some(i64::from(Date::new(year + 1, 1, 1)? - Date::new(year, 1, 1)?));
        let price = |of: &[Interval]| {
            let year = of[0].start.date().year();
            (year, self.price(of, terms, length(year).unwrap_or(365) * DAY, 12))
        };
        whole.map(price).collect()
    }

    /// Costs of the last `most` months that are covered almost completely (27 days).
    pub(crate) fn months(&self, terms: Terms, most: usize) -> BTreeMap<Date, Costs> {
        let month = |reading: &Interval| reading.start.date().month_start();
        let months: Vec<&[Interval]> = self
            .readings
            .chunk_by(|a, b| month(a) == month(b))
            .filter(|of| energy::covered(of) >= 27 * DAY)
            .collect();
        let recent = months.len().saturating_sub(most);
        let price = |of: &[Interval]| {
            let first = month(&of[0]);
            let days = i64::from(first.plus_months(1) - first);
            (first, self.price(of, terms, days * DAY, 1))
        };
        months[recent..].iter().map(|of| price(of)).collect()
    }
}

/// Results of an offer over the years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) mean: i64,
    pub(crate) least: i64,
    pub(crate) most: i64,
    /// Years in which no other offer was cheaper.
    pub(crate) wins: i64,
    /// Highest difference to the cheapest offer in any year.
    pub(crate) regret: i64,
}

/// Record of each offer; empty without a whole year.
pub(crate) fn records(years: &BTreeMap<i32, Costs>) -> Vec<Record> {
    let count = i64::try_from(years.len()).unwrap_or(1);
    let offers = years.values().map(|costs| costs.of.len()).min().unwrap_or(0);
    let best = |costs: &Costs| costs.of.iter().copied().min().unwrap_or(0);
    let record = |offer: usize| {
        let course: Vec<(i64, i64)> = years.values().map(|costs| (costs.of[offer], best(costs))).collect();
        let above = course.iter().map(|(cost, best)| cost - best);
        Record {
            mean: scaled(course.iter().map(|(cost, _)| cost).sum::<i64>(), 1, count.max(1)),
            least: course.iter().map(|(cost, _)| *cost).min().unwrap_or(0),
            most: course.iter().map(|(cost, _)| *cost).max().unwrap_or(0),
            wins: i64::try_from(above.clone().filter(|above| *above == 0).count()).unwrap_or(0),
            regret: above.max().unwrap_or(0),
        }
    };
    (0..offers).map(record).collect()
}

/// The safest offer: lowest regret, then lowest mean.
pub(crate) fn safest(records: &[Record]) -> Option<usize> {
    let by = |(_, record): &(usize, &Record)| (record.regret, record.mean);
    records.iter().enumerate().min_by_key(by).map(|(offer, _)| offer)
}

/// Index of the cheapest offer.
pub(crate) fn cheapest(costs: &Costs) -> Option<usize> {
    costs.of.iter().enumerate().min_by_key(|(_, cost)| **cost).map(|(offer, _)| offer)
}
