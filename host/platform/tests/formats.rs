//! Two files of one account, meter or telephone, in every format: the second overlaps the first, corrects it, and has its
//! rows or columns in another order. The vault ends equal to what both say, each row once, and in any order of undoing,
//! what is left is what the files that stand say.

#![allow(clippy::unwrap_used, reason = "what goes wrong here is the failure of a test")]

mod common;
mod layouts;

use common::{NONE, Rows, differences, instance, person, rows_of};
use layouts::{Entry, Layout, Order, WITHOUT, layouts};
use mesinfos_platform::{Caller, Platform, intake};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// A person of whom nothing is there yet: each layout has its own, in one instance.
struct Home<'p> {
    platform: &'p Platform,
    person: Caller,
}

impl Home<'_> {
    fn of<'p>(platform: &'p Platform, layout: &Layout, name: &str) -> Home<'p> {
        let number = layouts().position(|other| std::ptr::eq(other, layout)).unwrap();
        Home { platform, person: person(&format!("{name}-{number}")) }
    }

    /// Imports a file. Returns the import, and how many rows were new, corrected and known.
    fn import(&self, layout: &Layout, file: &[u8]) -> (u64, (u64, u64, u64)) {
        let report = self.platform.import(&self.person, "file", file);
        let report = report.unwrap_or_else(|error| panic!("{}: {error}\n{}", layout.id, told(file)));
        assert_eq!((report.files[0].format, report.rejected()), (layout.id, 0), "{:?}", report.files);
        // A message is a row of two categories.
        let of = &report.categories[0];
        (report.import.unwrap(), (of.accepted, of.corrected, of.duplicates))
    }

    fn undo(&self, import: u64) {
        self.platform.undo_import(&self.person, import).unwrap();
        self.platform.audit_verify(&self.person, None).unwrap();
    }

    fn rows(&self) -> Rows {
        rows_of(self.platform, &self.person)
    }

    /// The rows of another person, who has this file only.
    fn rows_of_one(&self, layout: &Layout, name: &str, file: &[u8]) -> Rows {
        let other = Home::of(self.platform, layout, name);
        other.import(layout, file);
        other.rows()
    }
}

/// The beginning of a file, for a failure.
fn told(file: &[u8]) -> String {
    String::from_utf8_lossy(&file[..file.len().min(4_000)]).into_owned()
}

/// An archive of files.
fn zipped(files: &[&[u8]]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (number, file) in files.iter().enumerate() {
        archive.start_file(format!("file-{number}"), SimpleFileOptions::default()).unwrap();
        archive.write_all(file).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn order() -> impl Strategy<Value = Order> {
    prop_oneof![Just(Order::AsWritten), Just(Order::Backwards)]
}

/// Number of cases: more with `PROPTEST_CASES`.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(3)
}

/// The entries of a file.
fn entries(numbers: std::ops::Range<u32>, corrected: &[u32]) -> Vec<Entry> {
    numbers.map(|number| Entry { number, is_corrected: corrected.contains(&number) }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 5, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_files_of_one_account_are_one_account(
        from in 0_u32..6,
        lengths in (2_u32..8, 5_u32..12, 0_u32..8),
        orders in (order(), order(), order()),
        which in any::<u16>(),
        is_first_undone in any::<bool>(),
    ) {
        let (_folder, platform) = instance();
        for layout in layouts() {
            let (own, common, more) = lengths;
            // Whole days: a file that begins in the middle of a day says nothing of its other half.
            let (begin, middle) = (from * 2, (from + own) * 2);
            let (end, last) = (middle + common * 2, middle + (common + more) * 2);
            // Not on the first and the last day of the second file, which may be there in part.
            let inner = middle + 2..end.max(middle + 4) - 2;
            let corrected: Vec<u32> = inner.filter(|number| layout.is_corrected && which >> (number % 16) & 1 == 1).collect();
            let early = layout.file(&entries(begin..end, &[]), orders.0);
            let late = layout.file(&entries(middle..last, &corrected), orders.1);
            let both = layout.file(&entries(begin..last, &corrected), Order::AsWritten);
            let home = Home::of(&platform, layout, "camille");
            let (first, counts) = home.import(layout, &early);
            prop_assert_eq!(counts, (u64::from(end - begin) * layout.rows, 0, 0), "{}", layout.id);
            let before = home.rows();
            let (second, counts) = home.import(layout, &late);
            let expected = (
                u64::from(last - end) * layout.rows,
                corrected.len() as u64 * layout.rows,
                (u64::from(end - middle) - corrected.len() as u64) * layout.rows,
            );
            prop_assert_eq!(counts, expected, "{}: new, corrected, known; {:?}", layout.id, &corrected);
            let whole = home.rows_of_one(layout, "whole", &both);
            prop_assert_eq!(differences(&home.rows(), &whole), NONE, "{}", layout.id);
            // Both in one archive are as one after the other.
            let archive = zipped(&[&early, &layout.file(&entries(middle..last, &[]), orders.1)]);
            let packed = Home::of(&platform, layout, "packed");
            let report = packed.platform.import(&packed.person, "both.zip", &archive[..]).unwrap();
            let plain = layout.file(&entries(begin..last, &[]), Order::AsWritten);
            let plain = packed.rows_of_one(layout, "plain", &plain);
            prop_assert_eq!(differences(&packed.rows(), &plain), NONE, "{}", layout.id);
            packed.undo(report.import.unwrap());
            prop_assert!(packed.rows().is_empty(), "{}", layout.id);
            // The same files again change nothing, in whatever order their rows are.
            for (numbers, corrected) in [(begin..end, &[][..]), (middle..last, &corrected)] {
                let again = layout.file(&entries(numbers, corrected), orders.2);
                let (again, (new, changed, _)) = home.import(layout, &again);
                prop_assert_eq!((new, changed), (0, 0), "{}", layout.id);
                home.undo(again);
            }
            prop_assert_eq!(differences(&home.rows(), &whole), NONE, "{}", layout.id);
            if is_first_undone {
                // Rows that both files have stay with the second.
                home.undo(first);
                let second_alone = home.rows_of_one(layout, "second", &late);
                prop_assert_eq!(differences(&home.rows(), &second_alone), NONE, "{}", layout.id);
                home.undo(second);
            } else {
                home.undo(second);
                prop_assert_eq!(differences(&home.rows(), &before), NONE, "{}", layout.id);
                home.undo(first);
            }
            prop_assert!(home.rows().is_empty(), "{}", layout.id);
        }
    }
}

/// A format that is added has a layout here, or a reason for none.
#[test]
fn every_format_has_a_layout_or_a_reason() {
    let known: BTreeSet<&str> = intake::abouts().iter().map(|about| about.id).collect();
    let written: BTreeSet<&str> = layouts().map(|layout| layout.id).collect();
    let without: BTreeSet<&str> = WITHOUT.iter().map(|(id, _)| *id).collect();
    assert_eq!(written.intersection(&without).collect::<Vec<_>>(), Vec::<&&str>::new());
    let here: BTreeSet<&str> = written.union(&without).copied().collect();
    assert_eq!(here, known);
}
