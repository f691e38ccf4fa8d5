//! An archive that a person made of several exports, as the files that are in it.
//!
//! The archive of one holder has parts of one export, and is read as a whole. One with two exports of accounts, or a folder
//! with a table that no format knows, is what a person packed: its files are taken apart, so that each is compared with what
//! is there already, can be undone alone, and can have its columns explained.

use crate::archive;
use crate::display_text;
use crate::error::FormatError;
use crate::fault;
use crate::gzip;
use crate::mapped;
use crate::mobility;
use crate::portable;
use crate::read::{Head, Input};
use crate::registry;
use mesinfos_model::Category;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::{Cursor, Read};

/// Largest archive that is taken apart, in bytes.
pub const LARGEST_BUNDLE: u64 = 8 << 20;

/// Largest content of its files together, in bytes.
const CONTENT: usize = 32 << 20;

/// Largest description of its files, in bytes: their content, and their names.
pub const LARGEST_BUNDLE_CONTENT: usize = CONTENT + (1 << 20);

/// Most files of an archive that is taken apart. One with more is read as a whole.
const MOST_FILES: usize = 20;

/// A file of an archive that was taken apart.
#[derive(Clone, PartialEq, Eq)]
pub struct Loose {
    /// Its name in the archive.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Loose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Loose").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// What comes before the bytes of the files, as JSON.
#[derive(Serialize, Deserialize)]
struct Listed {
    files: Vec<(String, usize)>,
}

impl Loose {
    /// The files that the reader took from an archive; none if it is to be read as a whole, or what was told is not
    /// credible.
    pub fn told(described: &[u8]) -> Vec<Loose> {
        Loose::parsed(described).unwrap_or_default()
    }

    fn parsed(described: &[u8]) -> Option<Vec<Loose>> {
        let (length, rest) = described.split_first_chunk::<4>()?;
        let (listed, mut rest) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
        let listed: Listed = serde_json::from_slice(listed).ok()?;
        if listed.files.len() > MOST_FILES {
            return None;
        }
        let mut files = Vec::new();
        for (name, length) in listed.files {
            let (bytes, after) = rest.split_at_checked(length)?;
            files.push(Loose { name: display_text::short(&name), bytes: bytes.to_vec() });
            rest = after;
        }
        rest.is_empty().then_some(files)
    }

    fn told_as(files: &[Loose]) -> Vec<u8> {
        let listed = files.iter().map(|file| (file.name.clone(), file.bytes.len())).collect();
        // Texts and numbers are always JSON.
        let listed = serde_json::to_vec(&Listed { files: listed }).unwrap_or_default();
        let mut told = u32::try_from(listed.len()).unwrap_or(0).to_le_bytes().to_vec();
        told.extend(listed);
        files.iter().for_each(|file| told.extend_from_slice(&file.bytes));
        told
    }
}

/// Takes an archive apart, if a person made it of several exports: the description that [`Loose::told`] reads, else nothing.
pub(super) fn taken_apart(bytes: Vec<u8>) -> Result<Vec<u8>, FormatError> {
    let broken = |error: &zip::result::ZipError| FormatError::broken(0, fault::archive(error));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    // With folders and what a system leaves, twice as many as are taken.
    if archive.len() > 2 * MOST_FILES || portable::is_one(&mut archive) {
        return Ok(Vec::new());
    }
    let mut files: Vec<Loose> = Vec::new();
    let mut left = CONTENT;
    for index in 0..archive.len() {
        // One that is locked or damaged is told of when the archive is read as a whole.
        let Ok(mut file) = archive.by_index(index) else { return Ok(Vec::new()) };
        let name = file.name().map_or_else(|_| (index + 1).to_string(), std::borrow::Cow::into_owned);
        if file.is_dir() || is_of_a_system(&name) {
            continue;
        }
        let most = usize::try_from(archive::most_unpacked(file.compressed_size())).unwrap_or(left).min(left);
        let mut content = Vec::new();
        let read = (&mut file).take(most as u64 + 1).read_to_end(&mut content);
        if read.is_err() || content.len() > most || files.len() == MOST_FILES {
            return Ok(Vec::new());
        }
        left -= content.len();
        files.push(Loose { name, bytes: content });
    }
    Ok(if is_made_by_a_person(&files)? { Loose::told_as(&files) } else { Vec::new() })
}

/// Whether two files are of accounts, whose exports overlap and whose entries are announced in one and booked in the next;
/// or one of the files of a single folder is a table that no format knows.
fn is_made_by_a_person(files: &[Loose]) -> Result<bool, FormatError> {
    let (mut accounts, mut has_unknown) = (0, false);
    for file in files {
        let (head, input) = Head::take(&file.bytes[..]).map_err(FormatError::Io)?;
        if archive::is_one(&head) || gzip::is_one(head.bytes()) || mobility::is_activity_table(&head) {
            return Ok(false);
        }
        match registry::recognise(&head) {
            Some(format) => {
                let announces = |category: &Category| {
                    category.schema().alike.is_some_and(|alike| alike.pending.is_some())
                };
                accounts += usize::from(format.about().categories.iter().any(announces));
            }
            None => has_unknown |= matches!(mapped::probe(Input::new(&head, input)), Ok(Some(_))),
        }
    }
    let folders: BTreeSet<&str> = files.iter().map(|file| folder(&file.name)).collect();
    Ok(accounts > 1 || has_unknown && files.len() > 1 && folders.len() == 1)
}

fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether a system put a file into the archive, and nobody else.
fn is_of_a_system(name: &str) -> bool {
    let own = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("__MACOSX/")
        || own.starts_with("._")
        || matches!(own, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    const ONE: &str = "dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance\n2026-01-05;2026-01-05;\"CARTE 04/01/26 LIDL\";\"Alimentation\";\"Vie quotidienne\";\"lidl\";-12,50;;1;\"C\";10.00\n";
    const TABLE: &str = "Jour;Quoi;Combien\n05/01/2026;Pain;-1,20\n06/01/2026;Lait;-2,20\n";

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn names(files: &[(&str, &[u8])]) -> Vec<String> {
        let apart = Loose::told(&taken_apart(zipped(files)).unwrap());
        for loose in &apart {
            let (_, bytes) = files.iter().find(|(name, _)| *name == loose.name).unwrap();
            assert_eq!(&loose.bytes, bytes);
        }
        apart.into_iter().map(|loose| loose.name).collect()
    }

    #[test]
    fn what_a_person_packed_is_taken_apart() {
        let (one, table) = (ONE.as_bytes(), TABLE.as_bytes());
        assert_eq!(
            names(&[("a/may.csv", one), ("b/june.csv", one), ("c/x.bin", b"x")]).len(),
            3,
            "two accounts"
        );
        assert_eq!(
            names(&[("may.csv", one), ("own.csv", table)]),
            ["may.csv", "own.csv"],
            "a table to explain"
        );
        let left_by_a_system = ("__MACOSX/._may.csv", &b"x"[..]);
        assert_eq!(names(&[("may.csv", one), left_by_a_system, ("june.csv", one)]), ["may.csv", "june.csv"]);
    }

    #[test]
    fn what_a_holder_packed_is_read_as_a_whole() {
        let (one, table) = (ONE.as_bytes(), TABLE.as_bytes());
        let ours = zipped(&[("may.csv", one), ("june.csv", one)]);
        for files in [
            &[("may.csv", one)][..],
            &[("own.csv", table)],
            // In the folders of an export, tables that nobody knows are usual.
            &[("orders/may.csv", one), ("returns/own.csv", table)],
            &[("may.csv", one), ("june.csv", one), ("inner.zip", &ours)],
            &[("may.csv", one), ("june.csv", one), ("full.csv", &[b'0'; 300_000])],
        ] {
            assert_eq!(
                names(files),
                Vec::<String>::new(),
                "{:?}",
                files.iter().map(|file| file.0).collect::<Vec<_>>()
            );
        }
        let many: Vec<String> = (0..=MOST_FILES).map(|n| format!("{n}.csv")).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), one)).collect();
        assert_eq!(names(&many).len(), 0);
        assert_eq!(names(&many[1..]).len(), MOST_FILES);
    }

    #[test]
    fn only_a_description_that_adds_up_is_believed() {
        let files = [
            Loose { name: "a".to_owned(), bytes: vec![1, 2] },
            Loose { name: "b".to_owned(), bytes: vec![] },
        ];
        let told = Loose::told_as(&files);
        assert_eq!(Loose::told(&told), files);
        assert_eq!(Loose::told(&told[..told.len() - 1]), []);
        assert_eq!(Loose::told(&[&told[..], &[0]].concat()), []);
        assert_eq!(Loose::told(&[255; 40]), []);
        assert_eq!(Loose::told(&[]), []);
        let many = vec![Loose { name: "a".to_owned(), bytes: vec![] }; MOST_FILES + 1];
        assert_eq!(Loose::told(&Loose::told_as(&many)), []);
    }
}
