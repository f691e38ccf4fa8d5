//! One of a person's own rows: its values, its import, and which runs could read it.

use crate::tester::amendments::{self, Corrected};
use crate::tester::own_rows::{FileNames, Row, RowValue, file_names, id};
use crate::{Caller, Person, Platform, Result};
use mesinfos_consent::{AuditEntry, AuditEvent, Receipt, ReceiptId};
use mesinfos_intake::till;
use mesinfos_model::day::UNDATED;
use mesinfos_model::{Batch, Category, CategoryScope, Day, Digest, Grain, Period, Position, RowId};
use mesinfos_vault::{ImportRecord, PersonVault, WithheldAs, WithheldRule, row_fingerprint};
use std::collections::BTreeSet;

/// A line of a file as the person sees it.
#[derive(Debug, Clone)]
pub struct RowOrigin {
    /// The rows of the line: one in most formats.
    pub rows: Vec<Row>,
    /// Their import.
    pub import: ImportRecord,
    /// The document that the rows were confirmed from, if they are those of a till receipt and it is still kept.
    pub document: Option<RowId>,
    /// Runs that could read one of these rows, newest first.
    pub runs: Vec<RowRun>,
    /// Fingerprint of each row, by which it can be changed.
    pub keys: Vec<Digest>,
    /// What the holder gave of each row that the person corrected.
    pub corrected: Vec<Option<Corrected>>,
    /// Earlier versions of each row, the latest first: a later file replaced them.
    pub earlier: Vec<Vec<EarlierVersion>>,
    /// The person's note.
    pub note: Option<String>,
    /// What the person withholds from every app that has one of the rows.
    pub withheld: Vec<(WithheldRule, WithheldAs)>,
    /// Whether the line could not be read as it was in the file, and the person corrected it.
    pub is_mended: bool,
}

/// A version of a row that the file of a later import replaced.
#[derive(Debug, Clone)]
pub struct EarlierVersion {
    /// The version, in its file.
    pub row: Row,
    /// Its values of the fields that differ from the row now.
    pub differs: Vec<RowValue>,
    /// Time of the import that replaced it, in UTC seconds.
    pub replaced_at: i64,
}

/// A run whose scope contained a row, and which read rows of its category. The platform records how many rows
/// a run read, not which: it may have read others only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowRun {
    /// Id of the app.
    pub app: String,
    /// Id of the receipt; `None` for a trial, which leaves none.
    pub receipt: Option<ReceiptId>,
    /// Time of the run, in UTC seconds.
    pub at: i64,
    /// Number of rows of the category that the run read.
    pub rows: u64,
    /// Granularity and names of the fields that it could see; `None` for a trial, of which only the days are
    /// recorded.
    pub shown: Option<(Grain, Vec<&'static str>)>,
}

impl Platform {
    /// The rows of one line of an imported file, with their import and the runs that could read them. `None`
    /// if the person has no such row. For the person only: no app reaches this.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn row_origin(&self, caller: &Caller, category: Category, row: RowId) -> Result<Option<RowOrigin>> {
        self.read_of(caller, |person @ Person { vault, .. }| {
            let is_it = |record: &ImportRecord| record.outcome.import_id == row.import;
            let imports = vault.imports()?;
            let Some(import) = imports.iter().find(|record| is_it(record)).cloned() else { return Ok(None) };
            let found = of_line(
                vault.origins(category, &Period::ALL)?.of_imports(&BTreeSet::from([row.import])),
                row,
            )?;
            if found.is_empty() {
                return Ok(None);
            }
            let names = file_names(vault)?;
            let mut runs: Vec<RowRun> = Vec::new();
            for receipt in self.receipts(person).list()? {
                runs.extend(run(&receipt, category, row, &found));
            }
            let imported_at = import.source.at_utc_seconds;
            let entries = self.audit(person).entries(None, usize::MAX)?;
            runs.extend(entries.iter().filter_map(|entry| trial(entry, category, imported_at, &found)));
            let (mut withheld, mut since) = (Vec::<(WithheldRule, WithheldAs)>::new(), Some(i64::MIN));
            for batch in &found {
                for rules in vault.withheld_by(batch, row.import)? {
                    // A run could read the line until its last row was withheld.
                    let first = rules.iter().map(|(rule, _)| rule.at).min();
                    since = since.and_then(|since| Some(since.max(first?)));
                    for rule in rules {
                        if !withheld.iter().any(|(other, _)| *other == rule.0) {
                            withheld.push(rule);
                        }
                    }
                }
            }
            runs.retain(|run| since.is_none_or(|since| run.at < since));
            runs.sort_by_key(|run| std::cmp::Reverse(run.at));
            let places = || found.iter().flat_map(|batch| (0..batch.rows()).map(move |at| (batch, at)));
            let rows: Vec<Row> =
                places().map(|(batch, at)| Row::of(batch, at, row, &names, caller.lang)).collect();
            let keys: Vec<Digest> = places().map(|(batch, at)| row_fingerprint(batch, at)).collect();
            let amendments = vault.amendments()?;
            let before = |(of, key): (&Row, &Digest)| {
                amendments::corrected(&amendments, (category, row, *key), &of.values, caller)
            };
            let corrected = rows.iter().zip(&keys).map(before).collect();
            let mut earlier = Vec::with_capacity(rows.len());
            for ((batch, at), now) in places().zip(&rows) {
                earlier.push(versions(vault, (&batch.select(&[at]), row), (now, &imports, &names), caller)?);
            }
            let document = document_of(vault, &import)?;
            let mut note = self.note_in(person, category, row)?;
            // A note goes with the row: a later version shows that of an earlier one.
            for version in earlier.iter().flatten() {
                if note.is_some() {
                    break;
                }
                note = self.note_in(person, category, version.row.id)?;
            }
            let is_mended = self.is_mended(person, row.import, row.position)?;
            Ok(Some(RowOrigin {
                rows,
                import,
                document,
                runs,
                keys,
                corrected,
                earlier,
                note,
                withheld,
                is_mended,
            }))
        })
    }
}

/// The document of a till receipt that was confirmed.
fn document_of(vault: &PersonVault, import: &ImportRecord) -> Result<Option<RowId>> {
    if import.source.format != till::FORMAT {
        return Ok(None);
    }
    let found = vault.all_documents()?.into_iter().find(|kept| kept.sha256 == import.source.file_sha256);
    Ok(found.map(|kept| RowId { import: kept.import, position: Position::unpacked(kept.position) }))
}

/// Earlier versions of a row.
fn versions(
    vault: &PersonVault,
    (batch, line): (&Batch, RowId),
    (now, imports, names): (&Row, &[ImportRecord], &FileNames),
    caller: &Caller,
) -> Result<Vec<EarlierVersion>> {
    let mut all = Vec::new();
    for found in vault.earlier(batch, line.import)? {
        let row = Row::of(&found.row, 0, id(&found.row, 0, found.import), names, caller.lang);
        let is_other = |value: &&RowValue| now.value(value.field) != Some(value.text.as_str());
        let differs = row.values.iter().filter(is_other).cloned().collect();
        let by = imports.iter().find(|record| record.outcome.import_id == found.by);
        let replaced_at = by.map_or(0, |record| record.source.at_utc_seconds);
        all.push(EarlierVersion { row, differs, replaced_at });
    }
    Ok(all)
}

/// The rows of one line.
fn of_line(
    origins: impl Iterator<Item = mesinfos_vault::Result<(u64, Batch)>>,
    line: RowId,
) -> Result<Vec<Batch>> {
    let mut found = Vec::new();
    for origin in origins {
        let (import, batch) = origin?;
        let rows: Vec<usize> = (0..batch.rows()).filter(|row| id(&batch, *row, import) == line).collect();
        if !rows.is_empty() {
            found.push(batch.select(&rows));
        }
    }
    Ok(found)
}

/// The run of a receipt, if it read rows of the category and could read one of these of a line.
fn run(receipt: &Receipt, category: Category, line: RowId, rows: &[Batch]) -> Option<RowRun> {
    let (scope, read) = (receipt.scope.get(&category)?, receipt.reads.get(&category)?);
    let could = read.rows > 0 && could_read(scope, receipt.as_of, line, rows);
    could.then(|| RowRun {
        app: receipt.app.id.clone(),
        receipt: Some(receipt.id),
        at: receipt.at,
        rows: read.distinct_rows(),
        shown: Some((scope.grain, scope.fields.names(category))),
    })
}

/// The trial of an entry, if it read rows of the category on days that contain one of these rows, imported at
/// `imported_at`.
fn trial(entry: &AuditEntry, category: Category, imported_at: i64, rows: &[Batch]) -> Option<RowRun> {
    let AuditEvent::Tried { app, reads, .. } = &entry.event else { return None };
    let read = reads.iter().find(|read| read.category == category && read.rows > 0)?;
    let period = Period { from: read.from, until: read.until };
    // The scope of a trial is not recorded: rows without a date may have been in it.
    let is_in = |batch: &Batch, row| batch.day(row).is_none_or(|day| period.contains(day));
    let could =
        imported_at <= entry.at && rows.iter().any(|batch| (0..batch.rows()).any(|row| is_in(batch, row)));
    could.then(|| RowRun {
        app: app.to_string(),
        receipt: None,
        at: entry.at,
        rows: read.distinct_rows(),
        shown: None,
    })
}

/// Whether a run with this scope, as of sequence number `as_of`, could read one of these rows of a line.
pub(crate) fn could_read(scope: &CategoryScope, as_of: u64, line: RowId, rows: &[Batch]) -> bool {
    line.import <= as_of
        && !scope.excluded.contains(&line)
        && rows.iter().any(|batch| (0..batch.rows()).any(|row| is_in(scope, batch, row)))
}

/// Whether a scope contains a row, by the rule that decides what an app is given. Exclusions are not looked at.
pub(crate) fn is_in(scope: &CategoryScope, batch: &Batch, row: usize) -> bool {
    let month = batch.day(row).map_or(UNDATED, Day::month);
    let mut units = scope.units(Period::ALL);
    units.push(month, &batch.select(&[row])).is_ok() && units.rows() > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::category::{documents, energy};
    use mesinfos_model::{BatchBuilder, Digest, Holders, RowSet};

    const LINE: RowId = RowId { import: 3, position: Position { member: 0, ordinal: 7 } };

    /// A reading of the last half hour of 31 January 2025 at Enedis, in local time.
    fn reading() -> Vec<Batch> {
        let mut rows = BatchBuilder::new(Category::Energy);
        rows.push(&[
            (energy::HOLDER, "Enedis".into()),
            (energy::SERIES, "s".into()),
            (energy::START, 1_738_362_600_i64.into()),
            (energy::UTC_OFFSET, 60_i64.into()),
            (energy::DURATION, 1_800_i64.into()),
            (energy::ENERGY, 150_000_i64.into()),
        ]);
        vec![rows.finish()]
    }

    fn could(change: impl FnOnce(&mut CategoryScope), as_of: u64) -> bool {
        let mut scope = CategoryScope::all(Category::Energy);
        change(&mut scope);
        could_read(&scope, as_of, LINE, &reading())
    }

    #[test]
    fn a_run_could_read_what_its_scope_gives() {
        let period = |text: &str| Period::parse(text).unwrap();
        let others = || Holders::Only(BTreeSet::from(["GRDF".to_owned()]));
        assert!(could(|_| {}, 3) && could(|_| {}, 9));
        assert!(!could(|_| {}, 2), "imported after the run");
        assert!(could(|scope| scope.period = period("2025-01"), 3));
        assert!(!could(|scope| scope.period = period("2025-02"), 3));
        assert!(!could(|scope| scope.period = period("..2025-01-30"), 3));
        assert!(!could(|scope| scope.holders = others(), 3));
        assert!(!could(|scope| scope.excluded = RowSet::from([LINE]), 3));
        let other = RowId { import: 2, ..LINE };
        assert!(could(|scope| scope.excluded = RowSet::from([other]), 3));
        for (days, is_given) in [("2025-01", true), ("2025-01-15..", false)] {
            let monthly = |scope: &mut CategoryScope| {
                (scope.grain, scope.period) = (Grain::Monthly, period(days));
            };
            assert_eq!(could(monthly, 3), is_given, "whole months only: {days}");
        }
    }

    #[test]
    fn a_trial_could_read_the_days_that_it_read() {
        use mesinfos_consent::CategoryRead;
        let tried = |category, days: &str, rows, at| {
            let Period { from, until } = Period::parse(days).unwrap();
            let read = CategoryRead { category, from, until, rows, distinct: None, bytes: 9 };
            let event = AuditEvent::Tried {
                run: ReceiptId::from_bytes([7; 16]),
                app: "conso".into(),
                version: "1.0.0".into(),
                component: Digest([0; 32]),
                runs: 1,
                outcome: "ok".into(),
                reads: vec![read],
            };
            let entry =
                AuditEntry { seq: 1, at, by: None, event, prev: Digest([0; 32]), hash: Digest([0; 32]) };
            trial(&entry, Category::Energy, 100, &reading()).map(|run| (run.app, run.rows, run.receipt))
        };
        assert_eq!(tried(Category::Energy, "2025", 12, 100), Some(("conso".to_owned(), 12, None)));
        assert_eq!(tried(Category::Energy, "..", 12, 100), Some(("conso".to_owned(), 12, None)));
        assert_eq!(tried(Category::Energy, "2024", 12, 100), None, "other days");
        assert_eq!(tried(Category::Bank, "2025", 12, 100), None, "another category");
        assert_eq!(tried(Category::Energy, "2025", 0, 100), None, "nothing read");
        assert_eq!(tried(Category::Energy, "2025", 12, 99), None, "imported later");
    }

    #[test]
    fn a_row_without_a_date_is_given_where_the_person_said_so() {
        let mut rows = BatchBuilder::new(Category::Documents);
        rows.push(&[(documents::NAME, "n".into())]);
        let rows = vec![rows.finish()];
        let mut scope = CategoryScope::all(Category::Documents);
        assert!(could_read(&scope, 3, LINE, &rows));
        scope.period = Period::parse("2025").unwrap();
        scope.undated = false;
        assert!(!could_read(&scope, 3, LINE, &rows));
        scope.undated = true;
        assert!(could_read(&scope, 3, LINE, &rows));
    }
}
