//! The trait that each format implements.

use crate::error::FormatError;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input};
use crate::rows::RowWriter;
use mesinfos_model::Category;
use mesinfos_model::view::Lang;

/// Description of a format, for people.
#[derive(Debug, Clone, Copy)]
pub struct FormatInfo {
    /// Id in kebab case, such as "green-button-xml".
    pub id: &'static str,
    /// French name.
    pub fr: &'static str,
    /// English name.
    pub en: &'static str,
    /// Holders, or the programme, that hand out such files, in no language; empty if anybody does.
    pub origin: &'static str,
    /// Categories that it may hold, the main one first.
    pub categories: &'static [Category],
    /// The marks by which a file is recognised, in words.
    pub looks_for: &'static str,
    /// Source of the format's description.
    pub spec: &'static str,
    /// What a row's ordinal counts.
    pub counts: OrdinalKind,
}

impl FormatInfo {
    /// The name in a language.
    pub fn name(&self, lang: Lang) -> &'static str {
        lang.of(self.fr, self.en)
    }
}

/// A format of holders' files.
pub trait Format: Sync {
    /// Description of the format.
    fn about(&self) -> &'static FormatInfo;
    /// Whether a file that begins like this is in the format.
    fn recognise(&self, head: &Head) -> bool;
    /// Reads a file: writes each row to `rows`, or rejects it there.
    ///
    /// # Errors
    /// [`FormatError`] if the rest of the file cannot be read.
    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError>;
}
