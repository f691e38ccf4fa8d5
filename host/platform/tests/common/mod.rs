//! What the tests of the platform begin with: an instance in a folder of its own, and its person; and what they compare.

#![allow(dead_code, reason = "no test uses all of it")]

use mesinfos_platform::consent::{Actor, Channel};
use mesinfos_platform::model::Category;
use mesinfos_platform::model::view::Lang;
use mesinfos_platform::{Caller, Isolation, Platform, RowFilter, SystemClock};
use std::collections::BTreeMap;

/// The person, in the web app.
pub(crate) fn me() -> Caller {
    person("camille")
}

/// Another person, in the web app.
pub(crate) fn person(name: &str) -> Caller {
    Caller::new(&SystemClock, Actor::Person, Channel::Web, Lang::En).about(name.parse().unwrap())
}

/// A new instance, which lasts as long as its folder.
pub(crate) fn instance() -> (tempfile::TempDir, Platform) {
    let folder = tempfile::tempdir().unwrap();
    let platform = Platform::open(folder.path(), &Isolation::InProcess).unwrap();
    (folder, platform)
}

/// The archive of everything of the person.
pub(crate) fn archive_of(platform: &Platform) -> Vec<u8> {
    let readme =
        vec![("LISEZ-MOI.txt".to_owned(), "é".to_owned()), ("README.txt".to_owned(), "e".to_owned())];
    let pieces = platform.take_away(&me(), &readme).unwrap();
    pieces.fold(Vec::new(), |mut whole, piece| {
        let piece = piece.unwrap();
        assert!(piece.len() < 32 << 20, "a piece of {} bytes", piece.len());
        whole.extend(piece);
        whole
    })
}

/// Values of rows, by category.
pub(crate) type Rows = BTreeMap<&'static str, Vec<Vec<(&'static str, String)>>>;

/// Rows that one of two vaults has more of: those of the first, then those of the second.
pub(crate) fn differences(one: &Rows, other: &Rows) -> [Vec<String>; 2] {
    let texts = |rows: &Rows| {
        let of = rows.iter().flat_map(|(category, rows)| rows.iter().map(move |row| (category, row)));
        of.map(|(category, row)| format!("{category} {row:?}")).collect::<Vec<String>>()
    };
    let (one, mut rest) = (texts(one), texts(other));
    let is_more = |row: &String| match rest.iter().position(|other| other == row) {
        Some(at) => {
            rest.swap_remove(at);
            false
        }
        None => true,
    };
    let more = one.into_iter().filter(is_more).collect();
    [more, rest]
}

/// No differences.
pub(crate) const NONE: [Vec<String>; 2] = [Vec::new(), Vec::new()];

/// All values of all rows, without where they come from.
pub(crate) fn rows(platform: &Platform) -> Rows {
    rows_of(platform, &me())
}

/// The same of another person.
pub(crate) fn rows_of(platform: &Platform, person: &Caller) -> Rows {
    let mut all = BTreeMap::new();
    for &category in Category::ALL {
        let rows = platform.export_rows(person, category, &RowFilter::default()).unwrap();
        let values = |row: &mesinfos_platform::Row| {
            row.values.iter().map(|value| (value.field, value.text.clone())).collect::<Vec<_>>()
        };
        let mut rows: Vec<_> = rows.flat_map(|rows| rows.unwrap()).map(|row| values(&row)).collect();
        rows.sort();
        if !rows.is_empty() {
            all.insert(category.id(), rows);
        }
    }
    all
}
