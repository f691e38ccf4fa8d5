//! A holder's file in, batches out.
//!
//! Each format is one module behind [`Format`]; the format of a file is recognised from its first
//! bytes, never from its name. A row that cannot be read is rejected with its line and the reason,
//! and the good rows still come in.
//!
//! Invariants: whatever the bytes are, reading them ends with rows or with an error, never with a
//! panic; money and energy never pass through floating point; no file is opened here.
//!
//! Start reading at [`read_file`], then any format.

mod enedis;
mod green_button;
mod midata;
mod money;
mod pilot;
mod text;
mod total;

pub use total::{Total, totals};

use mesinfos_model::view::Lang;
use mesinfos_model::{Batch, Category};
use serde::Serialize;
use std::io::{BufRead, Read};

/// How much of a file a format may look at to recognise it, in bytes.
pub const HEAD: usize = 64 << 10;

/// Rejections that are kept with their reason; further ones are only counted.
pub const MAX_REJECTED: usize = 10_000;

/// A file that could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// No format recognised it.
    #[error("{file} is no file that is known here. It was tried as:\n{}", tried.join("\n"))]
    Unrecognised {
        /// The file's name.
        file: String,
        /// Each format, and what it looks for.
        tried: Vec<String>,
    },
    /// It is not what its beginning says.
    #[error("{file}, line {line}: {reason}; nothing was imported")]
    Malformed {
        /// The file's name.
        file: String,
        /// Where.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// It is larger than a file of its format can be.
    #[error("{file} is over {limit} bytes; nothing was imported")]
    TooLarge {
        /// The file's name.
        file: String,
        /// The limit.
        limit: u64,
    },
    /// It could not be read.
    #[error("{file} could not be read: {source}")]
    Io {
        /// The file's name.
        file: String,
        /// Why.
        source: std::io::Error,
    },
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// Its line in the file, from 1.
    pub line: Option<u64>,
    /// The field that is wrong.
    pub field: Option<String>,
    /// What is wrong, and what was expected.
    pub reason: String,
}

/// What came of a file.
#[derive(Debug, Default)]
pub struct Intake {
    /// Id of the format.
    pub format: &'static str,
    /// The categories that a file of the format may hold.
    pub categories: &'static [Category],
    /// Rows, one batch for each category.
    pub batches: Vec<Batch>,
    /// Rows that could not be read: the first [`MAX_REJECTED`].
    pub rejected: Vec<Rejected>,
    /// How many rows could not be read.
    pub rejected_count: u64,
}

impl Intake {
    /// Rejects `rows` rows for one reason.
    fn reject(&mut self, rows: u64, line: u64, field: Option<&str>, reason: impl Into<String>) {
        self.rejected_count += rows;
        if self.rejected.len() < MAX_REJECTED {
            self.rejected.push(Rejected {
                line: Some(line),
                field: field.map(str::to_owned),
                reason: reason.into(),
            });
        }
    }
}

/// A format of holders' files.
pub trait Format: Sync {
    /// Its id, as "green-button-xml".
    fn id(&self) -> &'static str;
    /// Its name.
    fn name(&self, lang: Lang) -> &'static str;
    /// The categories that it may hold.
    fn categories(&self) -> &'static [Category];
    /// What makes a file one of this format, in words.
    fn looks_for(&self) -> &'static str;
    /// Where the format is described.
    fn spec(&self) -> &'static str;
    /// Whether a file that begins like this is one: at most [`HEAD`] bytes, perhaps cut anywhere.
    fn recognise(&self, head: &[u8]) -> bool;
    /// Reads a file.
    ///
    /// # Errors
    /// [`IntakeError`] if nothing in it can be read.
    fn read(&self, file: &str, input: &mut dyn BufRead) -> Result<Intake, IntakeError>;
}

/// Every format, in the order in which files are tried.
pub static FORMATS: &[&dyn Format] =
    &[&green_button::GreenButton, &enedis::Enedis, &midata::Midata, &pilot::PilotBank, &pilot::PilotPhone];

/// Recognises a file and reads it. `name` is only used in messages.
///
/// # Errors
/// [`IntakeError::Unrecognised`] with what was tried, or what the format says.
pub fn read_file(name: &str, input: &mut dyn BufRead) -> Result<Intake, IntakeError> {
    let mut head = Vec::with_capacity(HEAD);
    (&mut *input)
        .take(HEAD as u64)
        .read_to_end(&mut head)
        .map_err(|source| IntakeError::Io { file: name.to_owned(), source })?;
    let Some(format) = FORMATS.iter().find(|format| format.recognise(&head)) else {
        let tried = FORMATS.iter().map(|f| format!("  {}: {}", f.name(Lang::En), f.looks_for())).collect();
        return Err(IntakeError::Unrecognised { file: name.to_owned(), tried });
    };
    let mut whole = std::io::Cursor::new(head).chain(input);
    let mut intake = format.read(name, &mut whole)?;
    intake.format = format.id();
    intake.categories = format.categories();
    Ok(intake)
}
