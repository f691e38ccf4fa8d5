//! The items of a health record, as they are written: nothing is interpreted.

use mesinfos_sdk::Date;
use mesinfos_sdk::health::Kind;
use mesinfos_sdk::words::fold;
use std::collections::BTreeMap;

/// An item: a medicine, a vaccine, an allergy…
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) kind: Kind,
    pub(crate) on: Option<Date>,
    pub(crate) until: Option<Date>,
    pub(crate) label: String,
    pub(crate) provider: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) dose: Option<String>,
}

/// Items without those that say the same of the same day: two holders often tell of one. Of two, the
/// one that says more stays. The newest first; those without a date last.
pub(crate) fn unique(items: Vec<Item>) -> Vec<Item> {
    let mut kept: BTreeMap<(Kind, String, Option<Date>), Item> = BTreeMap::new();
    let said = |item: &Item| {
        [item.provider.is_some(), item.status.is_some(), item.dose.is_some(), item.until.is_some()]
            .into_iter()
            .filter(|is_there| *is_there)
            .count()
    };
    for item in items {
        let key = (item.kind, fold(&item.label), item.on);
        match kept.get_mut(&key) {
            Some(known) if said(known) >= said(&item) => {}
            Some(known) => *known = item,
            None => drop(kept.insert(key, item)),
        }
    }
    let mut items: Vec<Item> = kept.into_values().collect();
    items.sort_by_key(|item| (item.on.is_none(), item.on.map(|on| -i64::from(on.0))));
    items
}

/// A measure: what was measured, in what unit.
pub(crate) type Measure = (String, Option<String>);

/// The values of a measure. Watches give thousands: only what is shown is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Values {
    pub(crate) count: i64,
    /// The last one with a date: day, and value as it is written.
    pub(crate) last: Option<(Date, String)>,
    /// Sum in thousandths, and number, by month.
    months: BTreeMap<Date, (i64, i64)>,
}

impl Values {
    /// Adds a value as it is written, and in thousandths where it is a number.
    pub(crate) fn add(&mut self, on: Date, value: &str, number: Option<i64>) {
        self.count += 1;
        if self.last.as_ref().is_none_or(|(day, _)| *day <= on) {
            self.last = Some((on, value.to_owned()));
        }
        if let Some(number) = number {
            let (sum, count) = self.months.entry(on.month_start()).or_default();
            (*sum, *count) = (sum.saturating_add(number), *count + 1);
        }
    }

    /// The mean of each month.
    #[allow(clippy::cast_precision_loss, reason = "points of a chart")]
    pub(crate) fn course(&self) -> Vec<(Date, f64)> {
        self.months.iter().map(|(month, (sum, count))| (*month, *sum as f64 / 1e3 / *count as f64)).collect()
    }
}
