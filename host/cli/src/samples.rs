//! Sample people and their files, for the demo and the gallery.

use crate::failure::{Doing, Failure, Result};
use crate::shared::shown;
use mesinfos_platform::PlatformError;
use mesinfos_platform::runtime::Outcome;
use mesinfos_words::cli::Cli;
use std::path::{Path, PathBuf};

/// The day after the last day of most sample people.
pub(crate) const TODAY: &str = "2026-01-01";

/// Files by name, generated or read lazily.
pub(crate) type Files = Box<dyn Iterator<Item = Result<(String, Vec<u8>)>>>;

/// A sample person: name, description and files.
pub(crate) struct Sample {
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) files: Files,
}

/// Whether the app itself ended the run: it lacks data, or has too little and declined.
pub(crate) fn says_what_is_missing(error: &PlatformError) -> bool {
    matches!(
        error,
        PlatformError::Run(Outcome::NeedsData(_) | Outcome::Declined(_))
            | PlatformError::Ended { outcome: Outcome::NeedsData(_) | Outcome::Declined(_), .. }
    )
}

/// Last component of a path.
pub(crate) fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Entries of a folder, sorted by name.
pub(crate) fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = std::fs::read_dir(folder)
        .doing(Cli::Reading { path: &shown(folder) })?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<PathBuf>>>()?;
    paths.sort();
    Ok(paths)
}

/// Components (`.wasm`) in a folder, sorted by name.
pub(crate) fn apps_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = entries(folder)?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "wasm"));
    Ok(files)
}

/// As [`apps_in`], for verbs that need at least one.
pub(crate) fn some_apps_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let files = apps_in(folder)?;
    if files.is_empty() {
        return Err(Failure::said(Cli::NoAppIn { path: &shown(folder) }));
    }
    Ok(files)
}

/// The folder of apps: `given`, or the one shipped with the command, which is `apps` beside the program or
/// `share/mesinfos/apps` of its prefix. In a target directory, `apps` is one folder up.
pub(crate) fn apps_folder(given: Option<&Path>) -> Result<PathBuf> {
    if let Some(folder) = given {
        return Ok(folder.to_owned());
    }
    let program = std::env::current_exe().doing(Cli::FindingItself)?;
    let beside = program.parent().unwrap_or(Path::new("/"));
    let places = ["apps", "../share/mesinfos/apps", "../apps"].map(|place| beside.join(place));
    let has_apps = |folder: &&PathBuf| apps_in(folder).is_ok_and(|apps| !apps.is_empty());
    places.iter().find(has_apps).cloned().ok_or_else(|| {
        let known = places.map(|place| shown(&place)).join(", ");
        Failure::said(Cli::NoAppsBeside { known: &known })
    })
}
