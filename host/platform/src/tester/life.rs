//! A month of a person's life: what happened on each day, in all categories.

use crate::tester::own_rows::{Row, file_names, id};
use crate::{Caller, Person, Platform, Result};
use mesinfos_model::{Category, Day, Period};
use std::collections::{BTreeMap, BTreeSet};

/// Days of the longest month.
const DAYS: usize = 31;

/// Number of rows of a category on each day of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCounts {
    /// The category.
    pub category: Category,
    /// Number of its rows by day, from the first; days beyond the end of the month have none.
    pub days: [u32; DAYS],
}

/// Rows of a category on one day.
#[derive(Debug, Clone)]
pub struct DayRows {
    /// The local day.
    pub day: Day,
    /// The category.
    pub category: Category,
    /// Number of all its rows on that day.
    pub total: u64,
    /// Names of the holders of all of them.
    pub holders: BTreeSet<String>,
    /// The first of them, in order of time.
    pub rows: Vec<Row>,
}

impl Platform {
    /// Number of the person's rows on each day of a month (counted from January 1970), by category. Categories without
    /// rows in that month are left out.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn day_counts(&self, caller: &Caller, month: i32) -> Result<Vec<DayCounts>> {
        let (period, first) = (Period::of_month(month), Day::first_of_month(month));
        self.read_of(caller, |person| {
            let mut counted = Vec::new();
            for category in categories(person, &period)? {
                let mut counts = DayCounts { category, days: [0; DAYS] };
                for origin in person.vault.origins(category, &period)? {
                    let (_, batch) = origin?;
                    for day in (0..batch.rows()).filter_map(|row| batch.day(row)) {
                        let at = usize::try_from(i64::from(day.0) - i64::from(first.0));
                        let count =
                            at.ok().filter(|_| period.contains(day)).and_then(|at| counts.days.get_mut(at));
                        if let Some(count) = count {
                            *count = count.saturating_add(1);
                        }
                    }
                }
                counted.push(counts);
            }
            Ok(counted)
        })
    }

    /// The person's rows of all categories on the days of a period: at most `most` of a category on a day, with all
    /// fields unredacted. Days are in order; rows without a date are left out. For the person only: no app reaches
    /// this. `period` is expected to have few days: all its rows are opened.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn day_rows(&self, caller: &Caller, period: &Period, most: usize) -> Result<Vec<DayRows>> {
        self.read_of(caller, |person| {
            let names = file_names(&person.vault)?;
            let mut found: BTreeMap<(Day, Category), DayRows> = BTreeMap::new();
            for category in categories(person, period)? {
                for origin in person.vault.origins(category, period)? {
                    let (import, batch) = origin?;
                    let mut taken: BTreeMap<Day, usize> = BTreeMap::new();
                    for row in 0..batch.rows() {
                        let Some(day) = batch.day(row).filter(|day| period.contains(*day)) else { continue };
                        let of = found.entry((day, category)).or_insert_with(|| DayRows {
                            day,
                            category,
                            total: 0,
                            holders: BTreeSet::new(),
                            rows: Vec::new(),
                        });
                        of.total += 1;
                        let holder = batch.text(batch.schema().holder, row).unwrap_or_default();
                        if !holder.is_empty() && !of.holders.contains(holder) {
                            of.holders.insert(holder.to_owned());
                        }
                        // The rows of a batch are in order of time, so the first ones of a day are its oldest.
                        let taken = taken.entry(day).or_default();
                        if *taken < most {
                            *taken += 1;
                            let id = id(&batch, row, import);
                            of.rows.push(Row::of(&batch, row, id, &names, caller.lang));
                        }
                    }
                    for of in found.values_mut().filter(|of| of.category == category && of.rows.len() > most)
                    {
                        of.rows.sort_by_key(Row::time);
                        of.rows.truncate(most);
                    }
                }
            }
            let mut days: Vec<DayRows> = found.into_values().collect();
            days.iter_mut().for_each(|of| of.rows.sort_by_key(Row::time));
            Ok(days)
        })
    }
}

/// Categories with rows in the months of a period.
fn categories(person: &Person, period: &Period) -> Result<Vec<Category>> {
    let months = person.vault.months_known()?;
    let is_there = |category: &Category| {
        months.iter().any(|month| month.category == *category && period.touches_month(month.month))
    };
    Ok(Category::ALL.iter().copied().filter(is_there).collect())
}
