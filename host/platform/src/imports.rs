//! Importing a holder's file into a person's vault.

use crate::{Platform, Result, now};
use mesinfos_consent::AuditEvent;
use mesinfos_intake::{Intake, Rejected, Total};
use mesinfos_model::{Batch, Category, Digest, FieldKind};
use mesinfos_vault::{CategoryOutcome, ImportSource};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::io::{BufRead, BufReader, Read};

/// What came of one file, or of one category of it.
#[derive(Debug, Clone, Serialize)]
pub struct FileReport {
    /// The file's name.
    pub file: String,
    /// Id of the format that it was recognised as.
    pub format: String,
    /// The category.
    pub category: Category,
    /// Rows that are new in the vault.
    pub accepted: u64,
    /// Rows that could not be read.
    pub rejected: u64,
    /// Rows that were there already.
    pub duplicates: u64,
    /// Time of the file's first row: an instant in UTC, or a date.
    pub first: Option<String>,
    /// Time of the file's last row.
    pub last: Option<String>,
    /// Sums over the file's rows.
    pub totals: Vec<Total>,
    /// Why rows were rejected: the first few thousand.
    pub problems: Vec<Rejected>,
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

impl Platform {
    /// Imports a file into a person's vault, which is made if it is not there. All of its good
    /// rows are in, durably, when this returns; before, none is.
    ///
    /// # Errors
    /// If the format is not known or the disk refuses; nothing is kept then.
    pub fn import(&self, name: &str, file: &str, input: impl Read) -> Result<Vec<FileReport>> {
        let mut reader = BufReader::new(Hashing { inner: input, hash: Sha256::new() });
        let intake = mesinfos_intake::read_file(file, &mut reader as &mut dyn BufRead)?;
        // The digest is of the whole file, also of what the format did not need.
        std::io::copy(&mut reader, &mut std::io::sink())?;
        let digest = Digest(reader.into_inner().hash.finalize().into());
        let person = self.person_or_create(name)?;
        let at = now();
        let outcome = self.act(&person, at, |batch| {
            let source = ImportSource {
                file_name: file.to_owned(),
                file_sha256: digest,
                format: intake.format.to_owned(),
                at_utc_seconds: at,
            };
            let (rows, mut outcome) = person.vault.prepare_import(source, &intake.batches)?;
            batch.join(rows);
            // A file of which no row is left is still told of: what came, and why nothing stayed.
            if outcome.categories.is_empty() {
                outcome.categories.extend(intake.categories.first().copied().map(nothing));
            }
            let events = outcome
                .categories
                .iter()
                .map(|category| AuditEvent::Imported {
                    import: outcome.import_id,
                    file: file.into(),
                    format: intake.format.into(),
                    category: category.category,
                    accepted: category.added,
                    rejected: intake.rejected_count,
                    duplicates: category.duplicates,
                })
                .collect();
            Ok((outcome, events))
        })?;
        Ok(outcome.categories.iter().map(|category| report(file, &intake, category)).collect())
    }
}

fn nothing(category: Category) -> CategoryOutcome {
    CategoryOutcome { category, added: 0, duplicates: 0, first: None, last: None }
}

fn report(file: &str, intake: &Intake, outcome: &CategoryOutcome) -> FileReport {
    let rows: Vec<&Batch> =
        intake.batches.iter().filter(|batch| batch.category() == outcome.category).collect();
    let times = || rows.iter().flat_map(|batch| (0..batch.rows()).filter_map(|row| batch.time(row)));
    let spelled = |time: i64| spell(outcome.category, time);
    FileReport {
        file: file.to_owned(),
        format: intake.format.to_owned(),
        category: outcome.category,
        accepted: outcome.added,
        rejected: intake.rejected_count,
        duplicates: outcome.duplicates,
        first: times().min().map(spelled),
        last: times().max().map(spelled),
        totals: rows.iter().flat_map(|batch| mesinfos_intake::totals(batch)).collect(),
        problems: intake.rejected.clone(),
    }
}

/// The time of a row as ISO 8601.
fn spell(category: Category, time: i64) -> String {
    let schema = category.schema();
    match schema.fields[schema.time].kind {
        FieldKind::Date => mesinfos_model::Day(i32::try_from(time).unwrap_or(i32::MAX)).to_string(),
        _ => jiff::Timestamp::from_second(time).map(|t| t.to_string()).unwrap_or_default(),
    }
}
