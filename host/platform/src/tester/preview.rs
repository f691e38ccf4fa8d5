//! The very rows that an app would read under a scope, for the person who decides.
//!
//! Every row goes through the same cut as for an app ([`CategoryScope::units`]).

use super::own_rows::{RowValue, id, values};
use crate::{Caller, Person, Platform, PlatformError, Result};
use mesinfos_model::cut::Pseudonyms;
use mesinfos_model::{Category, CategoryScope, Period, RowId};

/// Rows that an app would read.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    /// Number of rows or sums that the app would read.
    pub total: u64,
    /// The newest ones, newest first. Includes excluded rows, so that the person can give them again.
    pub rows: Vec<PreviewRow>,
}

/// A row that an app would read.
#[derive(Debug, Clone)]
pub struct PreviewRow {
    /// Id of the row; `None` for a sum of rows.
    pub id: Option<RowId>,
    /// Whether the scope excludes it.
    pub is_excluded: bool,
    /// The values that the app would get.
    pub values: Vec<RowValue>,
}

impl Platform {
    /// The newest `limit` rows that an app would read under `scope`, and the number of all.
    ///
    /// # Errors
    /// If there is no such person; if the category has more rows than an app is given without their dates.
    pub fn preview(&self, caller: &Caller, scope: &CategoryScope, limit: usize) -> Result<Preview> {
        self.read_of(caller, |person| {
            if scope.by_month() {
                Ok(Preview { total: total(person, scope)?, rows: newest(person, scope, limit, caller)? })
            } else {
                sums(person, scope, limit, caller)
            }
        })
    }
}

/// An error of the cut, as an error of the vault.
fn uncut(error: impl std::error::Error + Send + Sync + 'static) -> PlatformError {
    std::io::Error::other(error).into()
}

fn total(person: &Person, scope: &CategoryScope) -> Result<u64> {
    let months = person.vault.months(scope.category, &scope.period, u64::MAX)?;
    let mut units = scope.units(Period::ALL);
    for month in months.without(&scope.excluded).only(scope.looks_at()) {
        let month = month?;
        units.push(month.month, &month.batch).map_err(uncut)?;
        // Only their number counts: let the pages go.
        while units.page().is_some() {}
    }
    Ok(units.rows())
}

/// The newest rows, one by one through the cut, from the newest month on.
fn newest(person: &Person, scope: &CategoryScope, limit: usize, caller: &Caller) -> Result<Vec<PreviewRow>> {
    let mut pseudonyms = Pseudonyms::default();
    let mut rows = Vec::new();
    for period in months(person, scope.category, &scope.period)? {
        let mut found = Vec::new();
        for origin in person.vault.origins(scope.category, &period)? {
            let (import, batch) = origin?;
            for row in (0..batch.rows()).filter(|row| batch.day(*row).is_none_or(|day| period.contains(day)))
            {
                let cut = scope.cut(&batch.select(&[row]), &mut pseudonyms).map_err(uncut)?;
                if cut.rows() == 1 {
                    let id = id(&batch, row, import);
                    let is_excluded = scope.excluded.contains(&id);
                    let values = values(&cut, 0, caller.lang);
                    found.push((batch.time(row), PreviewRow { id: Some(id), is_excluded, values }));
                }
            }
        }
        found.sort_by_key(|(time, _)| std::cmp::Reverse(*time));
        rows.extend(found.into_iter().map(|(_, row)| row));
        if rows.len() >= limit {
            break;
        }
    }
    rows.truncate(limit);
    Ok(rows)
}

/// The months of a category within a period, newest first; then all that has no date.
fn months(person: &Person, category: Category, period: &Period) -> Result<Vec<Period>> {
    let known = person.vault.months_known()?;
    let mut months: Vec<Period> = known
        .iter()
        .filter(|month| month.category == category && period.touches_month(month.month))
        .map(|month| Period::of_month(month.month))
        .collect();
    months.reverse();
    if months.is_empty() {
        months.push(Period::ALL);
    }
    Ok(months)
}

/// Sums, or rows whose day is not shown: the whole is computed as for an app.
fn sums(person: &Person, scope: &CategoryScope, limit: usize, caller: &Caller) -> Result<Preview> {
    let months = person.vault.months(scope.category, &scope.period, u64::MAX)?;
    let mut units = scope.units(Period::ALL);
    for month in months.without(&scope.excluded).only(scope.looks_at()) {
        let month = month?;
        units.push(month.month, &month.batch).map_err(uncut)?;
    }
    units.end();
    let mut pseudonyms = Pseudonyms::default();
    let mut preview = Preview::default();
    while let Some(page) = units.page() {
        let page = pseudonyms.hide(&page, scope.fields);
        preview.total += page.rows() as u64;
        let last = page.rows().saturating_sub(limit);
        preview.rows.extend((last..page.rows()).map(|row| PreviewRow {
            id: None,
            is_excluded: false,
            values: values(&page, row, caller.lang),
        }));
        let beyond = preview.rows.len().saturating_sub(limit);
        preview.rows.drain(..beyond);
    }
    preview.rows.reverse();
    Ok(preview)
}
