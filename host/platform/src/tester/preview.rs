//! The very rows that an app would read under a scope, for the person who decides.
//!
//! Every row goes through the same cut as for an app ([`CategoryScope::units`]).

use super::own_rows::{RowValue, id, values};
use crate::{Caller, Person, Platform, PlatformError, Result};
use mesinfos_model::cut::Pseudonyms;
use mesinfos_model::{Category, CategoryScope, Day, Field, FieldSet, Period, RowId, RowSet};

/// Rows that an app would read.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Number of rows or sums that the app would read.
    pub total: u64,
    /// Number of rows that can be listed: those of `total`, and those that the scope excludes.
    pub listed: u64,
    /// Number of rows of these days that the person withholds from every app: an app does not learn of them.
    pub withheld: u64,
    /// Fields that an app does not get because they would tell of rows that the person withholds.
    pub unread: FieldSet,
    /// A page of them, newest first. Includes excluded rows, so that the person can give them again.
    pub rows: Vec<PreviewRow>,
}

impl Default for Preview {
    fn default() -> Preview {
        Preview { total: 0, listed: 0, withheld: 0, unread: FieldSet::NONE, rows: Vec::new() }
    }
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

/// The fields of a category that an app reads under a scope, and those that it does not, of an app that asks for `asked`.
pub fn fields_read(scope: &CategoryScope, asked: FieldSet) -> (Vec<&'static Field>, Vec<&'static Field>) {
    let is_read = |index: usize| scope.fields.contains(index) && asked.contains(index);
    let (read, other): (Vec<_>, Vec<_>) =
        scope.category.schema().open_fields().partition(|(index, _)| is_read(*index));
    let fields = |all: Vec<(usize, &'static Field)>| all.into_iter().map(|(_, field)| field).collect();
    (fields(read), fields(other))
}

impl Platform {
    /// The newest `limit` rows that an app would read under `scope`, and the number of all.
    ///
    /// # Errors
    /// If there is no such person; if the category has more rows than an app is given without their dates.
    pub fn preview(&self, caller: &Caller, scope: &CategoryScope, limit: usize) -> Result<Preview> {
        self.preview_page(caller, scope, 0, limit)
    }

    /// The same, without the `skip` newest rows: a page of all rows.
    ///
    /// # Errors
    /// As for [`Platform::preview`].
    pub fn preview_page(
        &self,
        caller: &Caller,
        scope: &CategoryScope,
        skip: usize,
        limit: usize,
    ) -> Result<Preview> {
        self.read_of(caller, |person| {
            let withheld = person.vault.withheld_count(scope.category, &scope.period)?;
            let unread = unread(person, scope.category)?;
            if !scope.by_month() {
                return Ok(Preview { withheld, unread, ..sums(person, scope, (skip, limit), caller)? });
            }
            let total = total(person, scope)?;
            let listed = match scope.excluded.is_empty() {
                true => total,
                false => {
                    self::total(person, &CategoryScope { excluded: RowSet::default(), ..scope.clone() })?
                }
            };
            let rows = newest(person, scope, (skip, limit), caller)?;
            Ok(Preview { total, listed, withheld, unread, rows })
        })
    }
}

/// Running totals, if the person withholds anything of the category: as the vault reads it for a run.
fn unread(person: &Person, category: Category) -> Result<FieldSet> {
    let is_whole = person.vault.withheld_rows(category)?.is_empty();
    Ok(if is_whole { FieldSet::NONE } else { FieldSet::running(category) })
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

/// The newest rows after the first `skip`, one by one through the cut, from the newest month on.
fn newest(
    person: &Person,
    scope: &CategoryScope,
    (skip, limit): (usize, usize),
    caller: &Caller,
) -> Result<Vec<PreviewRow>> {
    let withheld = person.vault.withheld_rows(scope.category)?;
    let fields = scope.fields.without(unread(person, scope.category)?);
    let scope = &CategoryScope { fields, ..scope.clone() };
    let mut pseudonyms = Pseudonyms::default();
    let (mut before, mut rows) = (0, Vec::new());
    for period in months(person, scope.category, &scope.period)? {
        let mut found = Vec::new();
        for origin in person.vault.origins(scope.category, &period)? {
            let (import, batch) = origin?;
            // Rows without a date are in every period: they come once, after all others.
            let is_here =
                |row: &usize| batch.day(*row).map_or(period == UNDATED_ROWS, |day| period.contains(day));
            let mut seen = withheld.in_batch(&batch, import);
            for row in (0..batch.rows()).filter(is_here) {
                if !withheld.is_empty() && seen.contains(row) {
                    continue;
                }
                let one = batch.select(&[row]);
                let cut = scope.cut(&one, &mut pseudonyms).map_err(uncut)?;
                if cut.rows() == 1 {
                    found.push((batch.time(row), id(&batch, row, import), cut));
                }
            }
        }
        found.sort_by_key(|(time, ..)| std::cmp::Reverse(*time));
        let (from, until) = (skip.saturating_sub(before), (skip + limit).saturating_sub(before));
        let page = found.iter().take(until).skip(from);
        rows.extend(page.map(|(_, id, cut)| PreviewRow {
            id: Some(*id),
            is_excluded: scope.excluded.contains(id),
            values: values(cut, 0, caller.lang),
        }));
        before += found.len();
        if before >= skip + limit {
            break;
        }
    }
    Ok(rows)
}

/// A period without a day: only rows without a date are in it.
const UNDATED_ROWS: Period = Period { from: Some(Day(0)), until: Some(Day(0)) };

/// The months of a category within a period, newest first; then all that has no date.
fn months(person: &Person, category: Category, period: &Period) -> Result<Vec<Period>> {
    let known = person.vault.months_known()?;
    let mut months: Vec<Period> = known
        .iter()
        .filter(|month| month.category == category && period.touches_month(month.month))
        .map(|month| Period::of_month(month.month))
        .collect();
    months.reverse();
    months.push(UNDATED_ROWS);
    Ok(months)
}

/// Sums, or rows whose day is not shown: the whole is computed as for an app.
fn sums(
    person: &Person,
    scope: &CategoryScope,
    (skip, limit): (usize, usize),
    caller: &Caller,
) -> Result<Preview> {
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
        let last = page.rows().saturating_sub(skip + limit);
        preview.rows.extend((last..page.rows()).map(|row| PreviewRow {
            id: None,
            is_excluded: false,
            values: values(&page, row, caller.lang),
        }));
        let beyond = preview.rows.len().saturating_sub(skip + limit);
        preview.rows.drain(..beyond);
    }
    preview.rows.reverse();
    preview.rows.drain(..skip.min(preview.rows.len()));
    preview.listed = preview.total;
    Ok(preview)
}
