//! The trait that each format implements.

use crate::counts::OrdinalKind;
use crate::error::FormatError;
use crate::read::{Head, Input};
use crate::rows::RowWriter;
use mesinfos_model::Category;
use mesinfos_model::view::Lang;

/// What a format is, for people.
#[derive(Debug, Clone, Copy)]
pub struct FormatInfo {
    /// Its id, in kebab case, as "green-button-xml".
    pub id: &'static str,
    /// What a French reader calls it.
    pub fr: &'static str,
    /// What an English reader calls it.
    pub en: &'static str,
    /// Who hands such files out: names of holders, or of the programme, in no language; empty if anybody does.
    pub origin: &'static str,
    /// The categories that it may hold, the main one first.
    pub categories: &'static [Category],
    /// What makes a file one of this format, in words.
    pub looks_for: &'static str,
    /// Where the format is described.
    pub spec: &'static str,
    /// What a row's place counts.
    pub counts: OrdinalKind,
}

impl FormatInfo {
    /// Its name.
    pub fn name(&self, lang: Lang) -> &'static str {
        lang.of(self.fr, self.en)
    }
}

/// A format of holders' files.
pub trait Format: Sync {
    /// What it is.
    fn about(&self) -> &'static FormatInfo;
    /// Whether a file that begins like this is one.
    fn recognise(&self, head: &Head) -> bool;
    /// Reads a file: gives each row to `rows`, or rejects it there.
    ///
    /// # Errors
    /// [`FormatError`] if the rest of the file cannot be read.
    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError>;
}
