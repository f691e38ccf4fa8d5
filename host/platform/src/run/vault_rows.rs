//! Rows on their way from a vault to an app: opened month by month, cut to the grant, and recorded in the
//! digest of the reads.

use crate::run::prefetch::Months;
use crate::run::running::StopFlag;
use mesinfos_model::cut::{DisclosureUnits, Pseudonyms, page_of};
use mesinfos_model::{Batch, CategoryScope, Day, Digest, Period};
use mesinfos_runtime::{PageSource, RowSource, RowSourceError};
use mesinfos_vault::{Bodies, MonthPage, MonthReader, PersonVault};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Record of all reads of one category in one run.
pub(crate) struct ReadLog {
    /// Digest of every month read with its sealed chunks, and of the row count of every page after the cut.
    /// Chunks never change, so this identifies the rows read without hashing them again.
    digest: Sha256,
    /// Number of rows after the cut, each as often as it was given.
    rows: u64,
    /// Different rows, by day: the most of a day that one reader got. All readers get the rows of a day in the
    /// same order. Rows without a visible day are one day.
    days: BTreeMap<Option<Day>, u64>,
    /// The readers in the order of opening.
    readers: Vec<Given>,
    /// Pseudonyms, the same in all reads of this category in a run.
    pseudonyms: Pseudonyms,
}

/// What one reader was given.
struct Given {
    /// The days that it asked for.
    asked: Period,
    /// Number of rows.
    rows: u64,
    /// Rows by day, of the month that it reads.
    days: BTreeMap<Option<Day>, u64>,
}

impl ReadLog {
    /// Counts the rows of a page that a reader was given.
    fn count(&mut self, page: &Batch, reader: usize) {
        let rows = page.rows() as u64;
        self.rows += rows;
        let Some(reader) = self.readers.get_mut(reader) else { return };
        reader.rows += rows;
        let mut at = 0;
        while at < page.rows() {
            let day = page.day(at);
            let end = (at + 1..page.rows()).find(|row| page.day(*row) != day).unwrap_or(page.rows());
            let month = |day: Option<Day>| day.map(Day::month);
            // Readers go from month to month.
            if reader.days.keys().next().is_some_and(|first| month(*first) != month(day)) {
                reader.days.clear();
            }
            let given = reader.days.entry(day).or_default();
            *given += (end - at) as u64;
            let most = self.days.entry(day).or_default();
            *most = (*most).max(*given);
            at = end;
        }
    }
}

/// What a run read of a category.
pub(crate) struct VaultRead {
    /// Number of rows after the cut, each as often as it was given.
    pub(crate) rows: u64,
    /// Number of different rows.
    pub(crate) distinct: u64,
    /// SHA-256 digest of the reads.
    pub(crate) digest: Digest,
}

/// State shared by the readers of one category in one run.
#[derive(Clone)]
struct Shared {
    ended: Arc<StopFlag>,
    reading: Arc<Mutex<ReadLog>>,
}

/// Rows of one granted category.
#[derive(Clone)]
pub(crate) struct VaultRows {
    vault: PersonVault,
    scope: CategoryScope,
    as_of: u64,
    ahead: bool,
    bodies: Bodies,
    shared: Shared,
    whole: Arc<Mutex<Option<Arc<Batch>>>>,
}

fn lock(reading: &Mutex<ReadLog>) -> MutexGuard<'_, ReadLog> {
    reading.lock().unwrap_or_else(PoisonError::into_inner)
}

impl VaultRows {
    pub(crate) fn new(
        vault: PersonVault,
        scope: CategoryScope,
        as_of: u64,
        ended: Arc<StopFlag>,
    ) -> VaultRows {
        let reading = ReadLog {
            digest: Sha256::new(),
            rows: 0,
            days: BTreeMap::new(),
            readers: Vec::new(),
            pseudonyms: Pseudonyms::default(),
        };
        let shared = Shared { ended, reading: Arc::new(Mutex::new(reading)) };
        VaultRows {
            vault,
            scope,
            as_of,
            ahead: false,
            bodies: Bodies::default(),
            shared,
            whole: Arc::default(),
        }
    }

    /// Sets whether to open months ahead of the app.
    pub(crate) fn ahead(self, ahead: bool) -> VaultRows {
        VaultRows { ahead, ..self }
    }

    /// What was read so far.
    pub(crate) fn read(&self) -> VaultRead {
        let reading = lock(&self.shared.reading);
        VaultRead {
            rows: reading.rows,
            distinct: reading.days.values().sum(),
            digest: Digest(reading.digest.clone().finalize().into()),
        }
    }

    /// The scope that the rows are cut to.
    pub(crate) fn scope(&self) -> &CategoryScope {
        &self.scope
    }

    /// The days that a reader was asked for, and the number of rows that it gave; `None` if it was not opened.
    pub(crate) fn opened(&self, reader: u32) -> Option<(Period, u64)> {
        let reading = lock(&self.shared.reading);
        let given = reading.readers.get(usize::try_from(reader).ok()?)?;
        Some((given.asked, given.rows))
    }

    /// The months of a reader again, with the addresses of their rows. For the person only.
    pub(crate) fn addressed(
        &self,
        asked: &Period,
    ) -> Result<impl Iterator<Item = Result<MonthPage, RowSourceError>>, RowSourceError> {
        let months = self.vault.months(self.scope.category, &self.scope.within(*asked), self.as_of);
        let fields = self.scope.looks_at().with(self.scope.category.schema().position());
        let months = months.map_err(unavailable)?.sharing(&self.bodies).without(&self.scope.excluded);
        Ok(months.only(fields).with_imports().map(|month| month.map_err(unavailable)))
    }
}

impl VaultRows {
    /// Whether the scope contains no row. The index of months cannot tell, because rows are cut.
    pub(crate) fn is_empty(&self) -> Result<bool, RowSourceError> {
        has_none(&self.scope, self.reader(&self.scope.period)?)
    }

    fn reader(&self, period: &Period) -> Result<MonthReader, RowSourceError> {
        let months = self.vault.months(self.scope.category, period, self.as_of).map_err(unavailable)?;
        Ok(months.sharing(&self.bodies).without(&self.scope.excluded).only(self.scope.looks_at()))
    }

    fn months(&self, period: &Period) -> Result<Months, RowSourceError> {
        Ok(Months::new(self.reader(period)?, self.ahead))
    }
}

/// Whether no row of a vault is in the scope now.
pub(crate) fn is_outside(vault: &PersonVault, scope: &CategoryScope) -> Result<bool, RowSourceError> {
    let months = vault.months(scope.category, &scope.period, u64::MAX).map_err(unavailable)?;
    has_none(scope, months.without(&scope.excluded).only(scope.looks_at()))
}

fn has_none(scope: &CategoryScope, months: MonthReader) -> Result<bool, RowSourceError> {
    let mut units = scope.units(Period::ALL);
    for month in months {
        let month = month.map_err(unavailable)?;
        units.push(month.month, &month.batch).map_err(unavailable)?;
        if units.rows() > 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

#[allow(clippy::needless_pass_by_value, reason = "as map_err hands it over")]
fn unavailable(error: impl ToString) -> RowSourceError {
    RowSourceError::Unavailable(error.to_string())
}

impl RowSource for VaultRows {
    fn open(&self, asked: Period) -> Box<dyn PageSource> {
        let reader = {
            let mut reading = lock(&self.shared.reading);
            reading.readers.push(Given { asked, rows: 0, days: BTreeMap::new() });
            reading.readers.len() - 1
        };
        let units = if self.scope.by_month() {
            let units = Box::new(self.scope.units(asked));
            self.months(&self.scope.within(asked)).map(|months| PageOrigin::ByMonth {
                months,
                units,
                over: false,
            })
        } else {
            // Rows are read for the first page, once for all readers of a run, because the result does not
            // depend on the requested period.
            Ok(PageOrigin::Whole { rows: self.clone(), asked, next: 0 })
        };
        Box::new(VaultPages { units, shared: self.shared.clone(), reader, asked: VecDeque::new() })
    }
}

/// Source of pages.
enum PageOrigin {
    ByMonth { months: Months, units: Box<DisclosureUnits>, over: bool },
    Whole { rows: VaultRows, asked: Period, next: usize },
}

struct VaultPages {
    units: Result<PageOrigin, RowSourceError>,
    shared: Shared,
    /// Number of the reader, in the order of opening.
    reader: usize,
    /// Pages requested ahead and not taken yet.
    asked: VecDeque<Result<Option<Batch>, RowSourceError>>,
}

impl Shared {
    fn withdrawn(&self) -> Result<(), RowSourceError> {
        if self.ended.is_over() { Err(RowSourceError::Withdrawn) } else { Ok(()) }
    }

    /// Adds the rows of a month page, and records the read.
    fn push(&self, units: &mut DisclosureUnits, page: &MonthPage) -> Result<(), RowSourceError> {
        let before = units.rows();
        units.push(page.month, &page.batch).map_err(unavailable)?;
        if page.is_last {
            units.end_month();
        }
        // If the cut leaves no row, nothing is recorded as read.
        if units.rows() == before {
            return Ok(());
        }
        let mut reading = lock(&self.reading);
        reading.digest.update(page.month.to_be_bytes());
        for (chunk, sealed) in &page.chunks {
            reading.digest.update(chunk.0);
            reading.digest.update(sealed.0);
        }
        Ok(())
    }

    /// Hides pseudonyms in a page and counts it as read.
    fn give(&self, page: &Batch, scope: &CategoryScope, reader: usize) -> Batch {
        let mut reading = lock(&self.reading);
        let given = reading.pseudonyms.hide(page, scope.fields);
        reading.digest.update((given.rows() as u64).to_be_bytes());
        reading.count(page, reader);
        given
    }
}

impl VaultRows {
    /// All units of disclosure, for scopes that are not cut by month.
    fn whole(&self) -> Result<Arc<Batch>, RowSourceError> {
        // The lock makes a second reader wait for the first, so that there is one copy.
        let mut whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(whole) = whole.as_ref() {
            return Ok(Arc::clone(whole));
        }
        let mut units = self.scope.units(Period::ALL);
        for month in self.months(&self.scope.period)? {
            self.shared.withdrawn()?;
            self.shared.push(&mut units, &month.map_err(unavailable)?)?;
        }
        units.end();
        let read = Arc::new(units.page().unwrap_or_else(|| Batch::empty(self.scope.category)));
        *whole = Some(Arc::clone(&read));
        Ok(read)
    }
}

impl VaultPages {
    fn open_next(&mut self) -> Result<Option<Batch>, RowSourceError> {
        self.shared.withdrawn()?;
        match self.units.as_mut().map_err(|error| error.clone())? {
            PageOrigin::ByMonth { months, units, over } => loop {
                if let Some(page) = units.page() {
                    return Ok(Some(self.shared.give(&page, units.scope(), self.reader)));
                }
                if *over {
                    return Ok(None);
                }
                self.shared.withdrawn()?;
                match months.next() {
                    Some(month) => self.shared.push(units, &month.map_err(unavailable)?)?,
                    None => {
                        units.end();
                        *over = true;
                    }
                }
            },
            PageOrigin::Whole { rows, asked, next } => {
                let whole = rows.whole()?;
                let Some((page, after)) = page_of(&whole, &rows.scope, asked, *next) else {
                    return Ok(None);
                };
                *next = after;
                Ok(Some(self.shared.give(&page, &rows.scope, self.reader)))
            }
        }
    }
}

impl PageSource for VaultPages {
    /// Cuts and counts in the order of requests, with or without a runner process in between, so that
    /// pseudonyms and receipts are the same in both cases.
    fn ask(&mut self, pages: usize) {
        for _ in 0..pages {
            let page = self.open_next();
            self.asked.push_back(page);
        }
    }

    fn next(&mut self) -> Result<Option<Batch>, RowSourceError> {
        self.shared.withdrawn()?;
        self.asked.pop_front().unwrap_or_else(|| self.open_next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::category::bank;
    use mesinfos_model::{BatchBuilder, Category};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn page(days: &[Option<i32>]) -> Batch {
        let mut rows = BatchBuilder::new(Category::Bank);
        for day in days {
            rows.push(&[(bank::BOOKED_ON, day.map(i64::from).into())]);
        }
        rows.finish()
    }

    proptest! {
        /// Whatever readers an app opens, on whichever days, and wherever it stops: each row counts once.
        #[test]
        fn a_row_that_several_readers_got_is_counted_once(
            mut days in prop::collection::vec(prop::option::weighted(0.9, 0..150), 0..60),
            readers in prop::collection::vec((0..160, 0..160, 0..70_usize, 1..9_usize), 0..6),
        ) {
            // Months come one after the other; within one, rows have any order.
            days.sort_by_key(|day| day.map(|day| Day(day).month()));
            let mut log = ReadLog {
                digest: Sha256::new(),
                rows: 0,
                days: BTreeMap::new(),
                readers: Vec::new(),
                pseudonyms: Pseudonyms::default(),
            };
            let (mut seen, mut read) = (BTreeSet::new(), 0);
            for (at, (from, until, stop, size)) in readers.into_iter().enumerate() {
                log.readers.push(Given { asked: Period::ALL, rows: 0, days: BTreeMap::new() });
                let is_asked = |row: &usize| days[*row].is_none_or(|day| (from..until).contains(&day));
                let rows: Vec<usize> = (0..days.len()).filter(is_asked).take(stop).collect();
                for rows in rows.chunks(size) {
                    log.count(&page(&rows.iter().map(|row| days[*row]).collect::<Vec<_>>()), at);
                }
                read += rows.len() as u64;
                seen.extend(rows);
            }
            prop_assert_eq!(log.rows, read);
            prop_assert_eq!(log.days.values().sum::<u64>(), seen.len() as u64);
        }
    }
}
