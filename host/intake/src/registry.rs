//! All formats, in the order they are tried.

use crate::display_text;
use crate::error::IntakeError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::Head;
use mesinfos_model::Category;
use mesinfos_model::view::Lang;

/// Description of archives, for the list of formats.
pub static ARCHIVE: FormatInfo = FormatInfo {
    id: "zip-archive",
    fr: "Archive ZIP qui contient de tels fichiers",
    en: "ZIP archive of such files",
    origin: "Google Takeout, Facebook, Apple…",
    categories: Category::ALL,
    looks_for: "the signature of a ZIP file (PK) with files in a known format",
    spec: "https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT",
    counts: OrdinalKind::Entries,
};

/// Description of archives of everything that a person had in another instance, for the list of formats.
pub static PORTABLE: FormatInfo = FormatInfo {
    id: "mesinfos-archive",
    fr: "Archive « Tout emporter » d’une autre instance de MesInfos",
    en: "“Take everything with you” archive of another instance of MesInfos",
    origin: "MesInfos",
    categories: Category::ALL,
    looks_for: "a ZIP file whose manifest.json names the format \"mesinfos-archive\"",
    spec: "docs/decisions/0043-portability.md",
    counts: OrdinalKind::Lines,
};

/// The families of formats, in the order they are tried.
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

/// All formats, in the order they are tried.
pub fn formats() -> impl Iterator<Item = &'static dyn Format> {
    FAMILIES.iter().flat_map(|family| family.iter().copied())
}

/// Description of the format with this id, of files declared to be documents, or of till receipts that were
/// confirmed; `None` if the id is unknown.
pub fn about(id: &str) -> Option<&'static FormatInfo> {
    let any = crate::documents::Any.about();
    abouts().into_iter().chain([any, &crate::till::ABOUT, &crate::mapped::ABOUT]).find(|about| about.id == id)
}

/// Descriptions of all formats, including the archives, in the order they are tried.
pub fn abouts() -> Vec<&'static FormatInfo> {
    [&ARCHIVE, &PORTABLE].into_iter().chain(formats().map(|format| format.about())).collect()
}

/// Format of a file that begins like this.
pub(crate) fn recognise(head: &Head) -> Option<&'static dyn Format> {
    formats().find(|format| format.recognise(head))
}

/// All formats that recognise a file by its first bytes. There should be at most one.
pub fn recognised_by(mut bytes: &[u8]) -> Vec<&'static FormatInfo> {
    let Ok((head, _)) = Head::take(&mut bytes) else { return Vec::new() };
    formats().filter(|format| format.recognise(&head)).map(|format| format.about()).collect()
}

/// The error for a file that no format recognised.
pub fn unrecognised(file: &str) -> IntakeError {
    let line = |f: &dyn Format| format!("  {}: {}", f.about().name(Lang::En), f.about().looks_for);
    IntakeError::Unrecognised { file: display_text::short(file), tried: formats().map(line).collect() }
}
