//! Items of a health record, in their original words: nothing is interpreted.

use mesinfos_sdk::Date;
use mesinfos_sdk::health::Kind;
use mesinfos_sdk::words::fold;
use std::collections::BTreeMap;

/// An item: a medicine, a vaccine, an allergy…
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Item {
    pub(crate) kind: Kind,
    pub(crate) on: Option<Date>,
    pub(crate) until: Option<Date>,
    pub(crate) label: String,
    pub(crate) provider: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) dose: Option<String>,
}

/// Distinct items: two holders often report the same one on the same day. Keeps the more detailed one.
/// Newest first; items without a date last.
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

/// A medicine of the record, prescribed or dispensed once or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Medicine<'a> {
    /// The newest item.
    pub(crate) last: &'a Item,
    /// First day that is known.
    pub(crate) first: Option<Date>,
    pub(crate) times: i64,
}

/// Medicines by name, those of the newest items first; `items` in the order of [`unique`].
pub(crate) fn medicines(items: &[Item]) -> Vec<Medicine<'_>> {
    let mut found: Vec<Medicine<'_>> = Vec::new();
    let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
    for item in items.iter().filter(|item| item.kind == Kind::Medication) {
        let at = *by_name.entry(fold(&item.label)).or_insert(found.len());
        match found.get_mut(at) {
            Some(known) => {
                known.times += 1;
                known.first = item.on.or(known.first);
            }
            None => found.push(Medicine { last: item, first: item.on, times: 1 }),
        }
    }
    found
}

/// A measure: name and unit.
pub(crate) type Measure = (String, Option<String>);

/// Values of a measure. Watches give thousands, so only the shown ones are kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Values {
    pub(crate) count: i64,
    /// Last value with a date: day, and original text.
    pub(crate) last: Option<(Date, String)>,
    /// Sum in thousandths, and number of values, by month.
    months: BTreeMap<Date, (i64, i64)>,
}

impl Values {
    /// Adds a value: its original text and, if it is a number, its thousandths.
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

    /// Mean of each month.
    #[allow(clippy::cast_precision_loss, reason = "points of a chart")]
    pub(crate) fn course(&self) -> Vec<(Date, f64)> {
        self.months.iter().map(|(month, (sum, count))| (*month, *sum as f64 / 1e3 / *count as f64)).collect()
    }
}
