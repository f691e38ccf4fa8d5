//! Sample lives: people who do not exist, whose data a visitor tries the platform with.

use mesinfos_model::view::Lang;
use mesinfos_model::{Day, Digest};
use mesinfos_platform::registry::{Owner, Version};
use mesinfos_platform::{Caller, Matrix, MonthSummary, Platform, PlatformError, Samples};
use std::sync::Arc;

/// A sample life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    /// Its id, a word.
    pub id: &'static str,
    /// One line about the person, in French and in English.
    pub about: [&'static str; 2],
}

impl Life {
    /// The line about the person.
    pub fn about(&self, lang: Lang) -> &'static str {
        let [fr, en] = self.about;
        lang.of(fr, en)
    }
}

/// What the files of a life come to in a vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifeFacts {
    /// Number of holders.
    pub holders: u64,
    /// Number of rows.
    pub rows: u64,
    /// Number of months with rows, of the category that is known best.
    pub months: u64,
    /// A year of it, that of [`LifeFacts::known`].
    pub year: i32,
    /// Months of that year that have rows, by category.
    pub known: Vec<MonthSummary>,
}

/// Files of a life: name and content, made one by one.
pub type LifeFiles = Box<dyn Iterator<Item = (String, Vec<u8>)>>;

/// The sample lives that the pages offer.
pub trait Lives: Send + Sync {
    /// All of them, in the order of the page.
    fn all(&self) -> &[Life];

    /// The day after the last of their data, which apps see as today. `None` without lives.
    fn day(&self) -> Option<Day>;

    /// The files of a life. `None` for an unknown id.
    fn files(&self, id: &str) -> Option<LifeFiles>;

    /// What they come to. `None` for an unknown id.
    fn facts(&self, id: &str) -> Option<&LifeFacts>;

    /// The people on whom versions of apps are tried before they are published. `None` if there are none.
    ///
    /// # Errors
    /// If they cannot be brought to life.
    fn samples(&self) -> Result<Option<Arc<Samples>>, PlatformError> {
        Ok(None)
    }
}

/// Tries a draft on the sample people, and sends it to be reviewed if it never fails.
///
/// # Errors
/// [`PlatformError::FailsFor`]; as [`Platform::submit_draft`].
pub(crate) fn submit(
    platform: &Platform,
    lives: &dyn Lives,
    caller: &Caller,
    who: &Owner,
    component: Digest,
) -> Result<Version, PlatformError> {
    // Refuse before anything is tried.
    let program = platform.submittable(caller, who, component)?;
    let tried = match lives.samples()? {
        Some(samples) => samples.matrix(&program)?,
        None => Matrix::default(),
    };
    platform.submit_draft(caller, who, component, &tried)
}

/// No sample life.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoLives;

impl Lives for NoLives {
    fn all(&self) -> &[Life] {
        &[]
    }

    fn day(&self) -> Option<Day> {
        None
    }

    fn files(&self, _: &str) -> Option<LifeFiles> {
        None
    }

    fn facts(&self, _: &str) -> Option<&LifeFacts> {
        None
    }
}
