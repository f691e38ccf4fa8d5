//! A person's own rows in pages, newest first. Months are opened only if the page needs them; the others are
//! counted by the index.

use crate::tester::own_rows::{Row, file_names, id};
use crate::tester::row_filter::{Fit, RowFilter, RowSieve};
use crate::tester::row_origin::could_read;
use crate::{Caller, Person, Platform, Result};
use mesinfos_consent::AuditEvent;
use mesinfos_model::day::UNDATED;
use mesinfos_model::view::Lang;
use mesinfos_model::{Batch, Category, CategoryScope, Day, Period, RowId};
use mesinfos_vault::{MonthChunks, PersonVault};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// Most rows that may be skipped before a page. The keys of as many rows of one month may be held, 40 bytes
/// each. Whoever looks for older rows names a period.
pub const MOST_SKIPPED: u64 = 200_000;

/// Rows that are opened for one page, after which it ends with what was found: about a second of a processor.
/// Only a search for words or a holder opens more than a few months. A month is opened whole.
const MOST_OPENED: u64 = 2_000_000;

/// A page of rows.
#[derive(Debug, Clone, Default)]
pub struct RowPage {
    /// The rows, newest first. Rows without a date come last.
    pub rows: Vec<Row>,
    /// Number of selected rows on all pages; `None` if only opening more months could tell.
    pub total: Option<u64>,
    /// Whether older selected rows follow.
    pub has_older: bool,
    /// First day of the oldest month that was opened, if the search ended there because it had opened too
    /// many rows. Older rows were not looked at.
    pub searched_from: Option<Day>,
}

/// An app that could read a row: a run or a trial of it read rows of the category, and its selection contained the
/// row. How many rows a run read is recorded, not which.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowReader {
    /// Id of the app.
    pub app: String,
    /// Whether only trials of it could.
    pub is_trial: bool,
}

/// Who could read a row, and whether apps are given it from now on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowReaders {
    /// The apps that could read it.
    pub apps: Vec<RowReader>,
    /// Whether the person shows it to no app.
    pub is_withheld: bool,
}

/// Key of a row. A greater one is newer: later, or of the same time and further down in a later file.
type Key = (Option<i64>, RowId, usize, usize);

impl Platform {
    /// A page of the person's rows of a category, newest first, with all fields unredacted: `limit` rows
    /// after the newest `skip` rows. More than [`MOST_SKIPPED`] are not skipped. For the person only: no app
    /// reaches this.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn rows_page(
        &self,
        caller: &Caller,
        category: Category,
        filter: &RowFilter,
        skip: u64,
        limit: usize,
    ) -> Result<RowPage> {
        let skip = skip.min(MOST_SKIPPED);
        self.read_of(caller, |Person { vault, .. }| {
            page(vault, (category, filter, caller.lang), skip, limit, MOST_OPENED)
        })
    }

    /// [`Platform::rows_page`], with whether the person shows each row of the page to no app, in the order of the rows.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn rows_page_marked(
        &self,
        caller: &Caller,
        category: Category,
        filter: &RowFilter,
        skip: u64,
        limit: usize,
    ) -> Result<(RowPage, Vec<bool>)> {
        let skip = skip.min(MOST_SKIPPED);
        self.read_of(caller, |Person { vault, .. }| {
            let of = (category, filter, caller.lang);
            let (page, batches) = opened_page(vault, of, skip, limit, MOST_OPENED)?;
            let marks = marks(vault, category, &page, &batches)?;
            Ok((page, marks))
        })
    }

    /// [`Platform::rows_page`], with who could read each row of the page and whether apps are given it, in the order of the
    /// rows.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn rows_page_read(
        &self,
        caller: &Caller,
        category: Category,
        filter: &RowFilter,
        skip: u64,
        limit: usize,
    ) -> Result<(RowPage, Vec<RowReaders>)> {
        let skip = skip.min(MOST_SKIPPED);
        self.read_of(caller, |person| {
            let of = (category, filter, caller.lang);
            let (page, batches) = opened_page(&person.vault, of, skip, limit, MOST_OPENED)?;
            let readers = Readers::of(self, person, category)?;
            let marks = marks(&person.vault, category, &page, &batches)?;
            let lines = page.rows.iter().zip(&batches).zip(marks);
            let readers = lines
                .map(|((row, batch), is_withheld)| RowReaders {
                    apps: readers.of_row(row, batch),
                    is_withheld,
                })
                .collect();
            Ok((page, readers))
        })
    }
}

/// Whether the person shows each row of a page to no app.
fn marks(vault: &PersonVault, category: Category, page: &RowPage, batches: &[Batch]) -> Result<Vec<bool>> {
    let withheld = vault.withheld_rows(category)?;
    let is_withheld =
        |(row, batch): (&Row, &Batch)| !withheld.is_empty() && withheld.contains(batch, 0, row.import);
    Ok(page.rows.iter().zip(batches).map(is_withheld).collect())
}

/// What apps could read of a category: few selections, however many runs had each.
struct Readers {
    /// App, selection, and the latest state of the vault that a run with it saw.
    runs: Vec<(String, CategoryScope, u64)>,
    /// App, days, and the time of the last trial that read them.
    trials: Vec<(String, Period, i64)>,
    /// Time of each import.
    imports: BTreeMap<u64, i64>,
}

impl Readers {
    fn of(platform: &Platform, person: &Person, category: Category) -> Result<Readers> {
        let mut runs: Vec<(String, CategoryScope, u64)> = Vec::new();
        for mut receipt in platform.receipts(person).list()? {
            if receipt.reads.get(&category).is_none_or(|read| read.rows == 0) {
                continue;
            }
            let Some(scope) = receipt.scope.remove(&category) else { continue };
            match runs.iter_mut().find(|(app, of, _)| *app == receipt.app.id && *of == scope) {
                Some((.., as_of)) => *as_of = receipt.as_of.max(*as_of),
                None => runs.push((receipt.app.id, scope, receipt.as_of)),
            }
        }
        let mut trials: Vec<(String, Period, i64)> = Vec::new();
        for entry in platform.audit(person).entries(None, usize::MAX)? {
            let AuditEvent::Tried { app, reads, .. } = &entry.event else { continue };
            for read in reads.iter().filter(|read| read.category == category && read.rows > 0) {
                let period = Period { from: read.from, until: read.until };
                match trials.iter_mut().find(|(id, of, _)| *id == app.as_str() && *of == period) {
                    Some((.., at)) => *at = entry.at.max(*at),
                    None => trials.push((app.to_string(), period, entry.at)),
                }
            }
        }
        let imports = if trials.is_empty() { Vec::new() } else { person.vault.imports()? };
        let imports = imports.into_iter();
        let imports = imports.map(|of| (of.outcome.import_id, of.source.at_utc_seconds)).collect();
        Ok(Readers { runs, trials, imports })
    }

    /// The apps that could read a row, in the order of their ids.
    fn of_row(&self, row: &Row, batch: &Batch) -> Vec<RowReader> {
        let mut apps: BTreeMap<&str, bool> = BTreeMap::new();
        for (app, scope, as_of) in &self.runs {
            if !apps.contains_key(app.as_str())
                && could_read(scope, *as_of, row.id, std::slice::from_ref(batch))
            {
                apps.insert(app, false);
            }
        }
        let imported_at = self.imports.get(&row.import).copied();
        for (app, period, at) in &self.trials {
            // The selection of a trial is not recorded: rows without a date may have been in it.
            let is_in = batch.day(0).is_none_or(|day| period.contains(day));
            if is_in && imported_at.is_some_and(|imported| imported <= *at) {
                apps.entry(app).or_insert(true);
            }
        }
        let readers = apps.into_iter();
        readers.map(|(app, is_trial)| RowReader { app: app.to_owned(), is_trial }).collect()
    }
}

pub(crate) fn page(
    vault: &PersonVault,
    of: (Category, &RowFilter, Lang),
    skip: u64,
    limit: usize,
    most_opened: u64,
) -> Result<RowPage> {
    Ok(opened_page(vault, of, skip, limit, most_opened)?.0)
}

/// A page, and each of its rows as it is stored.
fn opened_page(
    vault: &PersonVault,
    (category, filter, lang): (Category, &RowFilter, Lang),
    mut skip: u64,
    limit: usize,
    most_opened: u64,
) -> Result<(RowPage, Vec<Batch>)> {
    let sieve = RowSieve::new(filter, category, lang);
    let (mut found, mut total, mut opened) = (RowPage::default(), 0, 0);
    let mut batches = Vec::new();
    let mut oldest = None;
    for month in vault.month_chunks(category)? {
        let wanted = Wanted::of(&month, &sieve);
        let is_full = found.rows.len() == limit;
        if wanted.rows == 0 {
            continue;
        }
        if is_full && found.has_older && !sieve.is_by_days() {
            // The rest can be counted only by opening it.
            return Ok((found, batches));
        }
        if wanted.is_exact && (is_full || wanted.rows <= skip) {
            total += wanted.rows;
            found.has_older |= is_full;
            skip = if is_full { skip } else { skip - wanted.rows };
            continue;
        }
        if opened >= most_opened {
            found.searched_from = oldest.map(Day::first_of_month);
            found.has_older |= is_full;
            return Ok((found, batches));
        }
        opened += wanted.rows;
        oldest = (month.month() != UNDATED).then_some(month.month());
        let room = limit - found.rows.len();
        let (matched, keys) = newest(&month, &wanted, &sieve, skip, room)?;
        total += matched;
        let skipped = skip.min(matched);
        skip -= skipped;
        found.has_older |= matched > skipped + keys.len() as u64;
        for (row, batch) in rows_of(vault, &month, &keys, lang)? {
            found.rows.push(row);
            batches.push(batch);
        }
    }
    found.total = Some(total);
    Ok((found, batches))
}

/// The chunks of a month that may have selected rows.
struct Wanted {
    chunks: Vec<usize>,
    /// Number of their rows.
    rows: u64,
    /// Whether all their rows are selected.
    is_exact: bool,
}

impl Wanted {
    fn of(month: &MonthChunks, sieve: &RowSieve) -> Wanted {
        let mut wanted = Wanted { chunks: Vec::new(), rows: 0, is_exact: true };
        for (at, chunk) in month.chunks().enumerate() {
            let fit = sieve.fit(chunk);
            if fit != Fit::None {
                wanted.chunks.push(at);
                wanted.rows += chunk.rows;
                wanted.is_exact &= fit == Fit::All;
            }
        }
        wanted
    }
}

/// Number of selected rows of a month, and the keys of `room` of them after the newest `skip`, newest first.
fn newest(
    month: &MonthChunks,
    wanted: &Wanted,
    sieve: &RowSieve,
    skip: u64,
    room: usize,
) -> Result<(u64, Vec<Key>)> {
    let skip = usize::try_from(skip).unwrap_or(usize::MAX);
    let (mut matched, mut kept) = (0, BinaryHeap::<Reverse<Key>>::new());
    for (&at, origin) in wanted.chunks.iter().zip(month.origins(|at| wanted.chunks.contains(&at))?) {
        let (import, batch) = origin?;
        let selected = sieve.rows(&batch);
        matched += selected.len() as u64;
        for row in selected {
            kept.push(Reverse((batch.time(row), id(&batch, row, import), at, row)));
            if kept.len() > skip.saturating_add(room) {
                kept.pop();
            }
        }
    }
    let keys = kept.into_sorted_vec().into_iter().map(|Reverse(key)| key).skip(skip);
    Ok((matched, keys.collect()))
}

/// The rows with these keys, in the order of the keys, each also as it is stored.
fn rows_of(vault: &PersonVault, month: &MonthChunks, keys: &[Key], lang: Lang) -> Result<Vec<(Row, Batch)>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let names = file_names(vault)?;
    let chunks: BTreeSet<usize> = keys.iter().map(|(_, _, at, _)| *at).collect();
    let mut rows: Vec<(&Key, (Row, Batch))> = Vec::new();
    for (at, origin) in chunks.iter().zip(month.origins(|at| chunks.contains(&at))?) {
        let (_, batch) = origin?;
        for key @ (_, id, _, row) in keys.iter().filter(|(_, _, of, _)| of == at) {
            rows.push((key, (Row::of(&batch, *row, *id, &names, lang), batch.select(&[*row]))));
        }
    }
    rows.sort_by(|(a, _), (b, _)| b.cmp(a));
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}
