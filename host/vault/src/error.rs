//! What can go wrong in this room.

use crate::kms::KmsError;
use mesinfos_model::Category;
use mesinfos_store::{SealError, StoreError};

/// The result of this room.
pub type Result<T> = std::result::Result<T, VaultError>;

/// What can go wrong with a vault.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The store below.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keeper of keys.
    #[error(transparent)]
    Kms(#[from] KmsError),
    /// A name that no person can have.
    #[error(
        "\"{name}\" cannot be a person's name here: use 1 to 64 of a-z, 0-9, '.', '_' and '-', and start with a letter or a digit"
    )]
    BadName {
        /// The name that was given.
        name: String,
    },
    /// The person is there already.
    #[error("there is a person \"{name}\" already")]
    Exists {
        /// Her name.
        name: String,
    },
    /// Nobody has that name.
    #[error("there is no person \"{name}\"{}", hint(.close, *.total))]
    NoSuchPerson {
        /// The name that was given.
        name: String,
        /// Known names that are nearly that; all of them where there are few.
        close: Vec<String>,
        /// How many persons there are, if they are few.
        total: Option<usize>,
    },
    /// The store was written by a later version of this program.
    #[error(
        "the data folder has format {found}, and this program knows {known} and older: use the newer program that wrote it"
    )]
    NewerFormat {
        /// The format of the store.
        found: u32,
        /// The newest that this program reads.
        known: u32,
    },
    /// Something stored is not what was written.
    #[error("the vault is damaged: {0}")]
    Damaged(String),
    /// One row is larger than a chunk may be.
    #[error("a row of {category} holds more than {limit} bytes of text")]
    RowTooLarge {
        /// Of which category.
        category: Category,
        /// The limit in bytes.
        limit: usize,
    },
    /// Rows without a value in the time field cannot be kept: no window would ever hold them.
    #[error("{rows} rows of {category} have no {field}; nothing was imported")]
    NoTime {
        /// Of which category.
        category: Category,
        /// The time field.
        field: &'static str,
        /// How many rows.
        rows: usize,
    },
    /// A file of dates that nobody's life has.
    #[error(
        "the dates of the file are in more than {limit} months: no holder's file is so; nothing was imported"
    )]
    TooManyMonths {
        /// The most.
        limit: usize,
    },
    /// An archive that comes as a stream and is larger than what is put down on disk to read it.
    #[error(
        "the archive is over {limit} MiB, the most that is taken in at once; nothing was imported. Unpack it, and import its files"
    )]
    SpoolFull {
        /// The most, in MiB.
        limit: u64,
    },
    /// Rows that a newer version of this program wrote.
    #[error(
        "the rows of {category} were written by a newer version of MesInfos: nothing is lost; start the newer version to read them"
    )]
    Newer {
        /// Of which category.
        category: Category,
    },
    /// There is no such import, or it was undone before.
    #[error("there is no import {import_id} that could be undone")]
    NoSuchImport {
        /// The number that was given.
        import_id: u64,
    },
    /// A prefix that an erasure was given holds keys of more than the one person.
    #[error("an erasure may only delete under keys that hold the person's id")]
    ForeignPrefix,
}

impl From<SealError> for VaultError {
    fn from(error: SealError) -> VaultError {
        VaultError::Damaged(error.to_string())
    }
}

fn hint(close: &[String], total: Option<usize>) -> String {
    let Some(total) = total else {
        return String::new();
    };
    match (close, total) {
        (_, 0) => "; there is nobody here yet".to_owned(),
        ([], n) => format!("; none of the {n} persons here has a name like it"),
        (names, n) if names.len() == n => format!("; there is {}", names.join(", ")),
        (names, _) => format!("; did you mean {}?", names.join(", ")),
    }
}
