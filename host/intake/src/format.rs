//! What a format is, and the list of all.

use crate::error::Stop;
use crate::read::{Head, Input};
use crate::rows::Rows;
use mesinfos_model::Category;
use mesinfos_model::view::Lang;
use serde::Serialize;

/// What a row's place in a file counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counts {
    /// Lines, from 1.
    Lines,
    /// Entries, from 1: elements of an array, records of a database.
    Entries,
}

impl Counts {
    /// What one of them is called.
    pub fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Counts::Lines, Lang::Fr) => "ligne",
            (Counts::Lines, Lang::En) => "line",
            (Counts::Entries, Lang::Fr) => "entrée",
            (Counts::Entries, Lang::En) => "entry",
        }
    }
}

/// What a format is, for people.
#[derive(Debug, Clone, Copy)]
pub struct About {
    /// Its id, in kebab case, as "green-button-xml".
    pub id: &'static str,
    /// What a French reader calls it.
    pub fr: &'static str,
    /// What an English reader calls it.
    pub en: &'static str,
    /// Who hands such files out: names of holders, or of the programme.
    pub origin: &'static str,
    /// The categories that it may hold, the main one first.
    pub categories: &'static [Category],
    /// What makes a file one of this format, in words.
    pub looks_for: &'static str,
    /// Where the format is described.
    pub spec: &'static str,
    /// What a row's place counts.
    pub counts: Counts,
}

impl About {
    /// Its name.
    pub fn name(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Fr => self.fr,
            Lang::En => self.en,
        }
    }
}

/// A format of holders' files.
pub trait Format: Sync {
    /// What it is.
    fn about(&self) -> &'static About;
    /// Whether a file that begins like this is one.
    fn recognise(&self, head: &Head) -> bool;
    /// Reads a file: gives each row to `rows`, or rejects it there.
    ///
    /// # Errors
    /// [`Stop`] if the rest of the file cannot be read.
    fn read(&self, input: Input<'_>, rows: &mut Rows<'_>) -> Result<(), Stop>;
}

/// The families of formats, in the order in which files are tried.
pub static FAMILIES: &[&[&dyn Format]] = &[
    crate::energy::FORMATS,
    crate::water::FORMATS,
    crate::bank::FORMATS,
    crate::purchases::FORMATS,
    crate::telecom::FORMATS,
    crate::mobility::FORMATS,
    crate::health::FORMATS,
    crate::education::FORMATS,
    crate::browsing::FORMATS,
    crate::social::FORMATS,
    crate::pilot::FORMATS,
    crate::documents::FORMATS,
];

/// Every format, in the order in which files are tried.
pub fn formats() -> impl Iterator<Item = &'static dyn Format> {
    FAMILIES.iter().flat_map(|family| family.iter().copied())
}

/// What is said of the format of this id, or of files that a person says are documents.
pub fn about(id: &str) -> Option<&'static About> {
    let any = crate::documents::Any.about();
    abouts().into_iter().chain([any]).find(|about| about.id == id)
}

/// What is said of every format, the archive of files included, in the order in which files are tried.
pub fn abouts() -> Vec<&'static About> {
    std::iter::once(&crate::archive::ABOUT).chain(formats().map(|format| format.about())).collect()
}
