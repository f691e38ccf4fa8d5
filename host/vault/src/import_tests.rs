//! Tests of months that do not fit in memory, against a simple model. With tiny bounds, a few rows exercise
//! every path.

use crate::bounds::{Bounds, Size};
use crate::kms::LocalKms;
use crate::opened::MonthPage;
use crate::person::PersonVault;
use crate::reader::{MonthSummary, index};
use crate::records;
use crate::{CategoryOutcome, ImportSource, Vault};
use cap_std::fs::Dir;
use mesinfos_model::category::{bank, energy};
use mesinfos_model::{Batch, BatchBuilder, Category, Day, Digest, Period, Position, RowId, RowSet};
use mesinfos_store::Store;
use mesinfos_store::memory::MemoryStore;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

const TINY: Bounds = Bounds {
    held: 200,
    run: 150,
    chunk: Size { rows: 3, bytes: 400 },
    known: 4,
    page: Size { rows: 5, bytes: 1_000 },
    open: 300,
};

/// A row: day, identifying value, and other value.
type Row = (i64, u8, u16);

/// A row in the model: its import and the row.
type Kept = (u64, Row);

/// Kind of identity, with one category for each.
#[derive(Debug, Clone, Copy)]
enum Way {
    Multiset,
    Set,
}

impl Way {
    fn category(self) -> Category {
        match self {
            Way::Multiset => Category::Bank,
            Way::Set => Category::Energy,
        }
    }

    fn batch(self, rows: &[Row]) -> Batch {
        let mut builder = BatchBuilder::new(self.category());
        for (day, what, rest) in rows {
            let (what, rest) = (i64::from(*what), i64::from(*rest));
            match self {
                Way::Multiset => builder.push(&[
                    (bank::HOLDER, "B".into()),
                    (bank::BOOKED_ON, (*day).into()),
                    (bank::AMOUNT, what.into()),
                    (bank::VALUE_ON, rest.into()),
                    (bank::POSITION, rest.into()),
                ]),
                Way::Set => builder.push(&[
                    (energy::HOLDER, "E".into()),
                    (energy::SERIES, "s".into()),
                    (energy::START, (day * 86_400).into()),
                    (energy::DURATION, (1 + what).into()),
                    (energy::ENERGY, rest.into()),
                    (energy::POSITION, rest.into()),
                ]),
            }
        }
        builder.finish()
    }

    fn rows(self, batch: &Batch) -> Vec<Row> {
        let of = |row| {
            let integer = |field| batch.integer(field, row).unwrap_or(-1);
            match self {
                Way::Multiset => (integer(bank::BOOKED_ON), integer(bank::AMOUNT), integer(bank::VALUE_ON)),
                Way::Set => {
                    (integer(energy::START) / 86_400, integer(energy::DURATION) - 1, integer(energy::ENERGY))
                }
            }
        };
        let narrow = |(day, what, rest)| (day, u8::try_from(what).unwrap(), u16::try_from(rest).unwrap());
        (0..batch.rows()).map(of).map(narrow).collect()
    }

    /// The new rows of a file, by the simplest implementation of the rule.
    fn added(self, kept: &[Kept], file: &[Row]) -> Vec<Row> {
        let id = |row: &Row| (row.0, row.1);
        let mut known: BTreeMap<(i64, u8), usize> = BTreeMap::new();
        kept.iter().for_each(|(_, row)| *known.entry(id(row)).or_default() += 1);
        let is_new = |row: &&Row| {
            let count = known.entry(id(row)).or_default();
            match self {
                Way::Set => {
                    *count += 1;
                    *count == 1
                }
                Way::Multiset if *count > 0 => {
                    *count -= 1;
                    false
                }
                Way::Multiset => true,
            }
        };
        file.iter().filter(is_new).copied().collect()
    }
}

struct Fixture {
    _temp: tempfile::TempDir,
    store: Arc<MemoryStore>,
    person: PersonVault,
}

impl Fixture {
    fn new() -> Fixture {
        let temp = tempfile::tempdir().unwrap();
        let folder = Dir::open_ambient_dir(temp.path(), cap_std::ambient_authority()).unwrap();
        let store = Arc::new(MemoryStore::new());
        let vault = Vault::open(store.clone(), Arc::new(LocalKms::open(folder).unwrap())).unwrap();
        Fixture { _temp: temp, store, person: vault.create_person("alice").unwrap() }
    }

    /// Imports a file in batches of `batch` rows, and asserts that a dry run returns the same result.
    fn import(&self, way: Way, file: &[Row], batch: usize, bounds: Bounds) -> CategoryOutcome {
        let mut importing = self.person.begin_import().within(bounds);
        for rows in file.chunks(batch) {
            importing.add(&way.batch(rows)).unwrap();
            assert!(importing.held() <= bounds.held);
        }
        let said = importing.outcome().unwrap();
        let source = ImportSource {
            file_name: "f".to_owned(),
            file_sha256: Digest([0; 32]),
            format: "t".to_owned(),
            at_utc_seconds: 0,
        };
        let (commit, outcome) = importing.prepare(source, &[]).unwrap();
        self.store.commit(&commit).unwrap();
        assert_eq!(outcome.categories, said);
        outcome.categories.into_iter().next().unwrap_or_else(|| CategoryOutcome::none(way.category()))
    }

    fn pages(&self, way: Way, as_of: u64, bounds: Bounds) -> Vec<MonthPage> {
        let months = self.person.months(way.category(), &Period::ALL, as_of).unwrap();
        months.within(bounds).map(Result::unwrap).collect()
    }

    /// Rewrites every index entry as an earlier version wrote it.
    fn age(&self, way: Way) {
        let prefix = records::chunks_of_category(self.person.id(), way.category());
        let mut commit = self.person.empty_commit();
        for (month, mut indexed) in index(&self.person, &prefix, |_| true).unwrap() {
            (indexed.entry.number, indexed.entry.from, indexed.entry.days) = (None, None, None);
            let record_key = records::chunk(self.person.id(), way.category(), month, indexed.chunk);
            let sealed = self.person.records().seal("an entry", &record_key, &indexed.entry).unwrap();
            commit.put(record_key, sealed);
        }
        self.store.commit(&commit).unwrap();
    }
}

fn address(import: u64, rest: u16) -> RowId {
    RowId { import, position: Position { member: 0, ordinal: u64::from(rest) } }
}

/// Rows in reading order: by month, then time, then import and file order.
fn in_order(kept: &[Kept]) -> Vec<Row> {
    let mut rows: Vec<Kept> = kept.to_vec();
    rows.sort_by_key(|(import, (day, ..))| (*day, *import));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Rows and days of each month, from the rows.
fn months(way: Way, kept: &[Kept]) -> Vec<MonthSummary> {
    let mut months = BTreeMap::<i32, MonthSummary>::new();
    for (_, (day, ..)) in kept {
        let day = Day(i32::try_from(*day).unwrap());
        let (month, category) = (day.month(), way.category());
        let found = months.entry(month).or_insert(MonthSummary { category, month, rows: 0, days: 0 });
        found.rows += 1;
        found.days |= 1 << (day.civil().day() - 1);
    }
    months.into_values().collect()
}

fn file() -> impl Strategy<Value = Vec<Row>> {
    // Days of two months; few distinct rows, so that some are equal.
    proptest::collection::vec((18_255..18_300_i64, 0..3_u8, 0..1_000_u16), 0..40)
}

/// A file with very many rows on one day.
fn crowded() -> impl Strategy<Value = Vec<Row>> {
    proptest::collection::vec((18_270..18_272_i64, 0..12_u8, 0..1_000_u16), 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_month_of_any_size_is_what_the_model_says(
        way in prop_oneof![Just(Way::Multiset), Just(Way::Set)],
        files in proptest::collection::vec((prop_oneof![file(), crowded()], 1..9_usize), 1..5),
        undone in any::<prop::sample::Index>(),
        left_out in any::<prop::sample::Index>(),
        is_aged in any::<bool>(),
    ) {
        let fixture = Fixture::new();
        let mut kept: Vec<Kept> = Vec::new();
        let mut before: Vec<Vec<Row>> = vec![Vec::new()];
        for (number, (file, batch)) in files.iter().enumerate() {
            let outcome = fixture.import(way, file, *batch, TINY);
            let new = way.added(&kept, file);
            prop_assert_eq!(outcome.added, new.len() as u64);
            prop_assert_eq!(outcome.duplicates, (file.len() - new.len()) as u64);
            let day = |row: Option<&Row>| row.map(|row| Day(i32::try_from(row.0).unwrap()));
            prop_assert_eq!(outcome.first, day(file.iter().min()));
            prop_assert_eq!(outcome.last, day(file.iter().max()));
            kept.extend(new.into_iter().map(|row| (number as u64 + 1, row)));
            before.push(in_order(&kept));
        }
        // The rows after each import are still readable, in the same pages each time.
        for (as_of, rows) in before.iter().enumerate() {
            let pages = fixture.pages(way, as_of as u64, TINY);
            prop_assert_eq!(&pages, &fixture.pages(way, as_of as u64, TINY));
            let read: Vec<Row> = pages.iter().flat_map(|page| way.rows(&page.batch)).collect();
            prop_assert_eq!(&read, rows);
            for (at, page) in pages.iter().enumerate() {
                prop_assert!((1..=TINY.page.rows).contains(&page.batch.rows()));
                prop_assert!(page.batch.rows() == 1 || page.batch.bytes() < 2 * TINY.page.bytes);
                let next = pages.get(at + 1).map(|next| next.month);
                prop_assert_eq!(page.is_last, next != Some(page.month));
            }
            // With usual bounds each month is one page, with the same rows.
            let whole = fixture.pages(way, as_of as u64, Bounds::USUAL);
            prop_assert!(whole.iter().all(|page| page.is_last));
            let read: Vec<Row> = whole.iter().flat_map(|page| way.rows(&page.batch)).collect();
            prop_assert_eq!(&read, rows);
        }
        // Exclude some rows, by import and position.
        let some: Vec<Kept> = kept.iter().skip(left_out.index(9)).step_by(3).copied().collect();
        let excluded: RowSet = some.iter().map(|(import, (.., rest))| address(*import, *rest)).collect();
        let left: Vec<Kept> = kept
            .iter()
            .filter(|(import, (.., rest))| !excluded.contains(&address(*import, *rest)))
            .copied()
            .collect();
        for bounds in [TINY, Bounds::USUAL] {
            let months = fixture.person.months(way.category(), &Period::ALL, u64::MAX).unwrap();
            let pages: Vec<MonthPage> = months.within(bounds).without(&excluded).map(Result::unwrap).collect();
            prop_assert!(pages.iter().all(|page| page.batch.rows() > 0));
            let read: Vec<Row> = pages.iter().flat_map(|page| way.rows(&page.batch)).collect();
            prop_assert_eq!(read, in_order(&left));
        }
        // Chunks stay within their limit.
        let prefix = records::chunks_of_category(fixture.person.id(), way.category());
        for (_, indexed) in index(&fixture.person, &prefix, |_| true).unwrap() {
            prop_assert!(indexed.entry.rows <= TINY.chunk.rows as u64);
        }
        if is_aged {
            // Without numbers, chunks of one import are in no fixed order within a day.
            fixture.age(way);
            let sorted = |pages: Vec<MonthPage>| {
                let mut rows: Vec<Row> = pages.iter().flat_map(|page| way.rows(&page.batch)).collect();
                assert!(rows.is_sorted_by_key(|row| row.0));
                rows.sort_unstable();
                rows
            };
            let mut expected = in_order(&kept);
            expected.sort_unstable();
            prop_assert_eq!(&sorted(fixture.pages(way, u64::MAX, TINY)), &expected);
            prop_assert_eq!(&sorted(fixture.pages(way, u64::MAX, Bounds::USUAL)), &expected);
        } else {
            let import = undone.index(files.len()) as u64 + 1;
            let (commit, undone) = fixture.person.prepare_undo(import, 0).unwrap();
            fixture.store.commit(&commit).unwrap();
            fixture.person.finish_undo(&undone).unwrap();
            kept.retain(|(number, _)| *number != import);
            let pages = fixture.pages(way, u64::MAX, TINY);
            let read: Vec<Row> = pages.iter().flat_map(|page| way.rows(&page.batch)).collect();
            prop_assert_eq!(read, in_order(&kept));
            // The index knows the days of each month without opening a chunk.
            let known = fixture.person.months_known().unwrap();
            prop_assert_eq!(known, months(way, &kept));
        }
        // The chunks of each month, the newest month first, are as the index describes them.
        let mut read: Vec<Kept> = Vec::new();
        let of_months = fixture.person.month_chunks(way.category()).unwrap();
        prop_assert!(of_months.iter().rev().is_sorted_by_key(|month| month.month()));
        for month in of_months {
            for (chunk, origin) in month.chunks().zip(month.origins(|_| true).unwrap()) {
                let (import, batch) = origin.unwrap();
                let days = (0..batch.rows()).filter_map(|row| batch.day(row));
                prop_assert_eq!((import, batch.rows() as u64), (chunk.import, chunk.rows));
                prop_assert_eq!(days.clone().min().zip(days.clone().max()), chunk.days);
                prop_assert!(days.into_iter().all(|day| day.month() == month.month()));
                read.extend(way.rows(&batch).into_iter().map(|row| (import, row)));
            }
            let last = month.chunks().count() - 1;
            let (import, batch) = month.origins(|at| at == last).unwrap().next().unwrap().unwrap();
            let end: Vec<Kept> = way.rows(&batch).into_iter().map(|row| (import, row)).collect();
            prop_assert!(read.ends_with(&end));
        }
        read.sort_unstable();
        let mut expected = kept.clone();
        expected.sort_unstable();
        prop_assert_eq!(read, expected);
        // Spilled chunks are deleted.
        let named = index(&fixture.person, &prefix, |_| true).unwrap().len();
        prop_assert_eq!(fixture.store.chunks_of(fixture.person.partition()).unwrap().len(), named);
    }
}
