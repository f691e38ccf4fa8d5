//! Errors of this crate.

use crate::kms::KmsError;
use mesinfos_model::person::NotAName;
use mesinfos_model::{Category, Day};
use mesinfos_records::RecordError;
use mesinfos_store::{SealError, StoreError};

/// Result with [`VaultError`].
pub type Result<T> = std::result::Result<T, VaultError>;

/// Errors of a vault.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// Error of the store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Error of the KMS.
    #[error(transparent)]
    Kms(#[from] KmsError),
    /// An invalid name for a person.
    #[error(transparent)]
    BadName(#[from] NotAName),
    /// A person with this name already exists.
    #[error("a person named \"{name}\" already exists")]
    Exists {
        /// Name of the person.
        name: String,
    },
    /// No person has that name.
    #[error("there is no person \"{name}\"{}", hint(.close, *.total))]
    NoSuchPerson {
        /// The requested name.
        name: String,
        /// Similar known names; all names if there are few.
        close: Vec<String>,
        /// Number of persons, if there are few.
        total: Option<usize>,
    },
    /// The store was written by a later version of this program.
    #[error(
        "the data folder has format {found}, but this program reads formats up to {known}: use the newer program that wrote it"
    )]
    NewerFormat {
        /// Format of the store.
        found: u32,
        /// Newest format that this program reads.
        known: u32,
    },
    /// Stored bytes differ from those written.
    #[error("the vault is damaged: {0}")]
    Damaged(String),
    /// The rows of one month do not open.
    #[error("a chunk of {category} for the month from {} does not open: {why}", Day::first_of_month(*.month))]
    ChunkDamaged {
        /// Category of the rows.
        category: Category,
        /// The month: see [`mesinfos_model::Day::month`]; [`mesinfos_model::day::UNDATED`] for rows without a
        /// date.
        month: i32,
        /// The reason, in English, for logs.
        why: String,
    },
    /// A kept file does not open.
    #[error("a piece of a document does not open: {why}")]
    DocumentDamaged {
        /// The reason, in English, for logs.
        why: String,
    },
    /// Sealed chunks of a person are missing, or do not open.
    #[error("{missing} sealed chunks are missing and {changed} do not open")]
    Lost {
        /// Number of missing chunks.
        missing: u64,
        /// Number of chunks that do not open.
        changed: u64,
    },
    /// A single row exceeds the limit of a chunk.
    #[error("a row of {category} has more than {limit} bytes of text in one field")]
    RowTooLarge {
        /// Category of the row.
        category: Category,
        /// Limit in bytes.
        limit: usize,
    },
    /// Rows without a value in the time field are refused: no period of a scope would ever include them.
    #[error("{rows} rows of {category} have no {field}; nothing was imported")]
    NoTime {
        /// Category of the rows.
        category: Category,
        /// Name of the time field.
        field: &'static str,
        /// Number of such rows.
        rows: usize,
    },
    /// The file's dates span more months than allowed.
    #[error(
        "the dates in the file span more than {limit} months, more than any data holder's file covers; nothing was imported"
    )]
    TooManyMonths {
        /// Maximum number of months.
        limit: usize,
    },
    /// A streamed archive exceeds the size that can be spooled to disk.
    #[error(
        "the archive is over {limit} MiB, the limit for a streamed archive; nothing was imported. Unpack it and import its files"
    )]
    SpoolFull {
        /// Limit in MiB.
        limit: u64,
    },
    /// A newer version of this program wrote the rows.
    #[error(
        "the rows of {category} were written by a newer version of MesInfos: nothing is lost; start the newer version to read them"
    )]
    Newer {
        /// Category of the rows.
        category: Category,
    },
    /// An erasure has begun but is not finished. It is continued later; lookups no longer find the person.
    #[error("the erasure has begun but is not finished, {}: {why}", opens(*.is_closed))]
    ErasureBegun {
        /// Whether the keys are destroyed.
        is_closed: bool,
        /// The error that stopped it.
        why: Box<VaultError>,
    },
    /// The import does not exist, or was already undone.
    #[error("there is no import {import_id} to undo")]
    NoSuchImport {
        /// Number of the import.
        import_id: u64,
    },
    /// The person would withhold more from every app than they may.
    #[error("more than {most} rules about what no app is shown")]
    TooManyWithheld {
        /// The limit.
        most: usize,
    },
    /// More rows would stay withheld from every app because of others than are kept.
    #[error(
        "more than {most} rows are hidden only because of other rows: hide what they have in common, or decide on pairs; nothing was changed"
    )]
    TooManyStillWithheld {
        /// The limit.
        most: usize,
    },
    /// The person changed as many rows as they may.
    #[error("you changed {most} rows already: that is the limit")]
    TooManyAmendments {
        /// The limit.
        most: usize,
    },
    /// The import began so long ago that a sweep may have deleted its chunks.
    #[error("the import took over {hours} hours; nothing was imported: import the file again")]
    TooSlow {
        /// Time limit in hours.
        hours: u64,
    },
}

impl From<RecordError> for VaultError {
    fn from(error: RecordError) -> VaultError {
        match error {
            RecordError::Store(error) => VaultError::Store(error),
            other => VaultError::Damaged(other.to_string()),
        }
    }
}

impl From<SealError> for VaultError {
    fn from(error: SealError) -> VaultError {
        VaultError::Damaged(error.to_string())
    }
}

fn opens(is_closed: bool) -> &'static str {
    if is_closed { "and the keys are destroyed" } else { "and the keys are not yet destroyed" }
}

fn hint(close: &[String], total: Option<usize>) -> String {
    let Some(total) = total else {
        return String::new();
    };
    match (close, total) {
        (_, 0) => "; there are no people yet".to_owned(),
        ([], n) => format!("; none of the {n} people here has a similar name"),
        (names, n) if names.len() == n => format!("; known people: {}", names.join(", ")),
        (names, _) => format!("; did you mean {}?", names.join(", ")),
    }
}
