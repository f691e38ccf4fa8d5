//! Importing a holder's file into a person's vault, and taking an import back.

use crate::{Person, Platform, PlatformError, Result, now};
use mesinfos_consent::AuditEvent;
use mesinfos_intake::{Read as FileRead, Rejected, SinkError, Total, Totals};
use mesinfos_model::{Batch, Category, Digest, FieldKind};
use mesinfos_vault::{CategoryOutcome, ImportRecord, ImportSource, Importing, VaultError};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};

/// What came of a file that was imported, or would come of it.
#[derive(Debug, Clone, Serialize)]
pub struct ImportReport {
    /// The file's name.
    pub file: String,
    /// The number of the import, by which it can be undone; none if nothing was imported (a dry run).
    pub import: Option<u64>,
    /// The file by itself, or each file of an archive.
    pub files: Vec<FileReport>,
    /// By category, what came into the vault.
    pub categories: Vec<CategoryReport>,
}

/// What was read of one file.
#[derive(Debug, Clone, Serialize)]
pub struct FileReport {
    /// Its name; in an archive, the archive's name, "/", and its name there.
    pub file: String,
    /// Id of the format that it was recognised as.
    pub format: &'static str,
    /// Rows that it gave.
    pub rows: u64,
    /// Rows that could not be read.
    pub rejected: u64,
    /// Why rows were rejected: the first ten thousand.
    pub problems: Vec<Rejected>,
}

/// What of a file belongs to one category.
#[derive(Debug, Clone, Serialize)]
pub struct CategoryReport {
    /// The category.
    pub category: Category,
    /// Rows that are new in the vault.
    pub accepted: u64,
    /// Rows that were there already.
    pub duplicates: u64,
    /// Time of the file's first row: an instant in UTC, or a date; none if no row has one.
    pub first: Option<String>,
    /// Time of the file's last row.
    pub last: Option<String>,
    /// Sums over the file's rows.
    pub totals: Vec<Total>,
}

impl ImportReport {
    /// Rows that could not be read, of all files.
    pub fn rejected(&self) -> u64 {
        self.files.iter().map(|file| file.rejected).sum()
    }
}

/// Every rejected row that is known with its reason, as CSV (RFC 4180): file, line (or ordinal), field,
/// reason.
pub fn rejects_csv(reports: &[ImportReport]) -> String {
    // A spreadsheet must not take what stood in a file for a formula.
    let quoted = |text: &str| {
        let guard = if text.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    };
    let mut csv = String::from("file,line,field,reason\r\n");
    for file in reports.iter().flat_map(|report| &report.files) {
        for problem in &file.problems {
            let line = problem.line.map_or_else(String::new, |line| line.to_string());
            let field = quoted(problem.field.as_deref().unwrap_or_default());
            let (name, reason) = (quoted(&file.file), quoted(&problem.reason));
            csv.extend([name.as_str(), ",", &line, ",", &field, ",", &reason, "\r\n"]);
        }
    }
    csv
}

/// What undoing an import took away.
#[derive(Debug, Clone, Serialize)]
pub struct UndoReport {
    /// The import.
    pub import: u64,
    /// The file that it had been.
    pub file: String,
    /// Rows that are gone.
    pub rows: u64,
    /// Files that were imported later and held some of the same rows: importing them again brings these
    /// rows back.
    pub import_again: Vec<String>,
}

/// Reads through, and hashes what passes.
struct Hashing<R> {
    inner: R,
    hash: Sha256,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hash.update(&buffer[..read]);
        Ok(read)
    }
}

/// What is known of the rows of a file beside the rows.
#[derive(Default)]
struct Seen {
    totals: Totals,
    times: BTreeMap<Category, (u64, Option<(i64, i64)>)>,
}

impl Seen {
    fn add(&mut self, batch: &Batch) {
        self.totals.add(batch);
        let (rows, times) = self.times.entry(batch.category()).or_default();
        *rows += batch.rows() as u64;
        for time in (0..batch.rows()).filter_map(|row| batch.time(row)) {
            let (first, last) = times.unwrap_or((time, time));
            *times = Some((first.min(time), last.max(time)));
        }
    }

    fn report(&self, outcome: &CategoryOutcome) -> CategoryReport {
        let category = outcome.category;
        let times = self.times.get(&category).and_then(|(_, times)| *times);
        CategoryReport {
            category,
            accepted: outcome.added,
            duplicates: outcome.duplicates,
            first: times.map(|(first, _)| spell(category, first)),
            last: times.map(|(_, last)| spell(category, last)),
            totals: self.totals.of(category),
        }
    }
}

impl Platform {
    /// Imports a file into a person's vault, which is made if it is not there. All of its good
    /// rows are in, durably, when this returns; before, none is.
    ///
    /// # Errors
    /// If the format is not known or the disk refuses; nothing is kept then.
    pub fn import(&self, name: &str, file: &str, input: impl Read) -> Result<ImportReport> {
        // A file that cannot be read at all must not leave a vault behind.
        let open = || -> Result<(Person, Importing)> {
            let person = self.person_or_create(name)?;
            let importing = person.vault.begin_import();
            Ok((person, importing))
        };
        let mut person: Option<(Person, Importing)> = None;
        let (reads, seen, digest) = read(file, input, &mut |batch| {
            let (_, importing) = match &mut person {
                Some(known) => known,
                None => person.insert(open()?),
            };
            Ok(importing.add(batch)?)
        })?;
        let (person, importing) = person.map_or_else(open, Ok)?;
        let at = now();
        let format = format_of(&reads);
        let rejected = reads.iter().map(|read| read.rejected_count).sum();
        let members: Vec<(u64, String)> = reads
            .iter()
            .filter(|read| read.member > 0 && read.rows > 0)
            .map(|read| (read.member, read.file.clone()))
            .collect();
        let outcome = self.act(&person, at, |batch| {
            let source = ImportSource {
                file_name: file.to_owned(),
                file_sha256: digest,
                format: format.to_owned(),
                at_utc_seconds: at,
            };
            let (rows, mut outcome) = importing.prepare(source, &members)?;
            batch.join(rows);
            // A file of which no row is left is still told of: what came, and why nothing stayed.
            if outcome.categories.is_empty() {
                let main = reads.first().and_then(|read| read.about.categories.first());
                outcome.categories.extend(main.map(|category| CategoryOutcome::none(*category)));
            }
            let events = outcome
                .categories
                .iter()
                .map(|category| AuditEvent::Imported {
                    import: outcome.import_id,
                    file: file.into(),
                    format: format.into(),
                    category: category.category,
                    accepted: category.added,
                    rejected,
                    duplicates: category.duplicates,
                })
                .collect();
            Ok((outcome, events))
        })?;
        Ok(report(file, Some(outcome.import_id), reads, &seen, &outcome.categories))
    }

    /// What importing a file would do: as [`Platform::import`], but nothing is written. Without a person,
    /// or with one that is not there, nothing is there already.
    ///
    /// # Errors
    /// If the format is not known.
    pub fn import_dry_run(&self, name: Option<&str>, file: &str, input: impl Read) -> Result<ImportReport> {
        let person = match name.map(|name| self.person(name)) {
            None | Some(Err(PlatformError::Vault(VaultError::NoSuchPerson { .. }))) => None,
            Some(found) => Some(found?),
        };
        let mut importing = person.as_ref().map(|person| person.vault.begin_import());
        let (reads, seen, _) = read(file, input, &mut |batch| {
            importing.as_mut().map_or(Ok(()), |importing| Ok(importing.add(batch)?))
        })?;
        let outcome = match importing {
            Some(importing) => importing.outcome()?,
            None => {
                let of = |(category, (rows, _)): (&Category, &(u64, _))| CategoryOutcome {
                    added: *rows,
                    ..CategoryOutcome::none(*category)
                };
                seen.times.iter().map(of).collect()
            }
        };
        Ok(report(file, None, reads, &seen, &outcome))
    }

    /// Every import of a person, the first one first, undone ones too.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn imports(&self, name: &str) -> Result<Vec<ImportRecord>> {
        Ok(self.person(name)?.vault.imports()?)
    }

    /// Takes an import back, whole: its rows are gone when this returns.
    ///
    /// # Errors
    /// If there is no such person or import.
    pub fn undo_import(&self, name: &str, import: u64) -> Result<UndoReport> {
        let person = self.person(name)?;
        let at = now();
        let undone = self.act(&person, at, |batch| {
            let (rows, undone) = person.vault.prepare_undo(import, at)?;
            batch.join(rows);
            let file = undone.record.source.file_name.as_str().into();
            Ok((undone.clone(), vec![AuditEvent::Undone { import, file, rows: undone.rows }]))
        })?;
        person.vault.finish_undo(&undone)?;
        Ok(UndoReport {
            import,
            file: undone.record.source.file_name,
            rows: undone.rows,
            import_again: undone.overlapping.into_iter().map(|other| other.source.file_name).collect(),
        })
    }
}

/// Reads a file, each batch to `take`.
fn read(
    file: &str,
    input: impl Read,
    take: &mut dyn FnMut(&Batch) -> Result<()>,
) -> Result<(Vec<FileRead>, Seen, Digest)> {
    let mut reader = BufReader::with_capacity(1 << 16, Hashing { inner: input, hash: Sha256::new() });
    let mut seen = Seen::default();
    // The reader of files knows no errors but its own: ours waits here.
    let mut failed = None;
    let mut sink = |batch: Batch| -> std::result::Result<(), SinkError> {
        seen.add(&batch);
        take(&batch).map_err(|error| {
            let message = error.to_string();
            failed = Some(error);
            SinkError::from(message)
        })
    };
    let reads = mesinfos_intake::read_file(file, &mut reader as &mut dyn BufRead, &mut sink);
    if let Some(error) = failed {
        return Err(error);
    }
    let reads = reads?;
    // The digest is of the whole file, also of what the format did not need.
    std::io::copy(&mut reader, &mut std::io::sink())?;
    Ok((reads, seen, Digest(reader.into_inner().hash.finalize().into())))
}

/// The format of a file; of an archive with several, the archive's.
fn format_of(reads: &[FileRead]) -> &'static str {
    match reads {
        [one] if one.member == 0 => one.about.id,
        _ => mesinfos_intake::ARCHIVE.id,
    }
}

fn report(
    file: &str,
    import: Option<u64>,
    reads: Vec<FileRead>,
    seen: &Seen,
    outcomes: &[CategoryOutcome],
) -> ImportReport {
    let files = reads
        .into_iter()
        .map(|read| FileReport {
            file: read.file,
            format: read.about.id,
            rows: read.rows,
            rejected: read.rejected_count,
            problems: read.rejected,
        })
        .collect();
    let categories = outcomes.iter().map(|outcome| seen.report(outcome)).collect();
    ImportReport { file: file.to_owned(), import, files, categories }
}

/// The time of a row as ISO 8601.
fn spell(category: Category, time: i64) -> String {
    let schema = category.schema();
    match schema.fields[schema.time].kind {
        FieldKind::Date => mesinfos_model::Day(i32::try_from(time).unwrap_or(i32::MAX)).to_string(),
        _ => jiff::Timestamp::from_second(time).map(|t| t.to_string()).unwrap_or_default(),
    }
}
