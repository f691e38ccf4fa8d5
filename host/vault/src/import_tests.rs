//! Tests of months that do not fit in memory, against a simple model. With tiny bounds, a few rows exercise
//! every path.

use crate::bounds::{Bounds, Size};
use crate::identity::row_id;
use crate::index::index;
use crate::kms::LocalKms;
use crate::opened::MonthPage;
use crate::person::PersonVault;
use crate::reader::MonthSummary;
use crate::records;
use crate::{CategoryOutcome, ImportSource, Vault};
use cap_std::fs::Dir;
use mesinfos_model::category::{bank, energy};
use mesinfos_model::{Batch, BatchBuilder, Category, Day, Digest, Period, Position, RowId, RowSet};
use mesinfos_store::memory::MemoryStore;
use mesinfos_store::{ChunkId, Store, StoreError};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const TINY: Bounds = Bounds {
    held: 200,
    run: 150,
    chunk: Size { rows: 3, bytes: 400 },
    known: 4,
    page: Size { rows: 5, bytes: 1_000 },
    open: 300,
};

/// A row: day, identifying value, and a value that another version may change.
type Row = (i64, u8, u16);

/// A row in the model: its import, its ordinal in the file, and the row.
type Kept = (u64, u64, Row);

/// The model: rows that are current, and rows that a later import replaced, with that import.
#[derive(Debug, Clone, Default)]
struct Model {
    live: Vec<Kept>,
    replaced: Vec<(u64, Kept)>,
}

/// What an import does, by the model: new rows, versions, and rows known already.
type Counted = (u64, u64, u64);

fn id((.., (day, what, _)): &Kept) -> (i64, u8) {
    (*day, *what)
}

impl Model {
    /// Imports a file, by the simplest implementation of the rule.
    fn import(&mut self, way: Way, number: u64, file: &[Row]) -> Counted {
        let file: Vec<Kept> = (0_u64..).zip(file).map(|(ordinal, row)| (number, ordinal, *row)).collect();
        let ids: std::collections::BTreeSet<(i64, u8)> = file.iter().map(id).collect();
        let mut counted = (0, 0, 0);
        for of in ids {
            let own: Vec<Kept> = file.iter().filter(|row| id(row) == of).copied().collect();
            let mut there: Vec<Kept> = self.live.iter().filter(|row| id(row) == of).copied().collect();
            let earlier = self.replaced.iter().filter(|(_, row)| id(row) == of);
            let mut earlier: Vec<u16> = earlier.map(|(_, (.., row))| row.2).collect();
            let mut differ: Vec<Kept> = Vec::new();
            for row in &own {
                match there.iter().position(|other| other.2 == row.2) {
                    Some(at) if way == Way::Multiset => {
                        there.remove(at);
                        counted.2 += 1;
                    }
                    _ => differ.push(*row),
                }
            }
            if way == Way::Set {
                // One row stands for all of the file.
                let is_there = there.iter().any(|other| own.iter().any(|row| row.2 == other.2));
                differ.truncate(usize::from(!is_there));
                counted.2 += (own.len() - differ.len()) as u64;
            }
            for row in differ {
                if there.is_empty() {
                    self.live.push(row);
                    counted.0 += 1;
                    continue;
                }
                let old = there.remove(0);
                if let Some(at) = earlier.iter().position(|value| *value == row.2.2) {
                    earlier.remove(at);
                    counted.2 += 1;
                    continue;
                }
                self.live.retain(|other| *other != old);
                self.replaced.push((number, old));
                self.live.push(row);
                counted.1 += 1;
            }
        }
        counted
    }

    /// Rows as they were after an import.
    fn as_of(&self, import: u64) -> Vec<Kept> {
        let then = self.replaced.iter().filter(|(by, row)| *by > import && row.0 <= import);
        let live = self.live.iter().filter(|row| row.0 <= import);
        then.map(|(_, row)| *row).chain(live.copied()).collect()
    }
}

/// Kind of identity, with one category for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    fn batch(self, rows: &[Row], from: usize) -> Batch {
        let mut builder = BatchBuilder::new(self.category());
        for (at, (day, what, rest)) in (from..).zip(rows) {
            let (what, rest, at) = (i64::from(*what), i64::from(*rest), i64::try_from(at).unwrap());
            match self {
                Way::Multiset => builder.push(&[
                    (bank::HOLDER, "B".into()),
                    (bank::BOOKED_ON, (*day).into()),
                    (bank::AMOUNT, what.into()),
                    (bank::VALUE_ON, rest.into()),
                    (bank::POSITION, at.into()),
                ]),
                Way::Set => builder.push(&[
                    (energy::HOLDER, "E".into()),
                    (energy::SERIES, "s".into()),
                    (energy::START, (day * 86_400).into()),
                    (energy::DURATION, (1 + what).into()),
                    (energy::ENERGY, rest.into()),
                    (energy::POSITION, at.into()),
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
}

/// The rows of each import that stands: the model of what an undo leaves.
type Holding = BTreeMap<u64, Vec<Row>>;

/// Asserts that of each identity as many rows are current as the import with most of them holds, each as a row of an
/// import whose file has it there.
fn assert_held(way: Way, holding: &Holding, current: &[Kept]) {
    let mut most: BTreeMap<(i64, u8), u64> = BTreeMap::new();
    for rows in holding.values() {
        let mut own: BTreeMap<(i64, u8), u64> = BTreeMap::new();
        rows.iter().for_each(|(day, what, _)| *own.entry((*day, *what)).or_default() += 1);
        for (id, count) in own {
            let count = if way == Way::Set { 1 } else { count };
            let of = most.entry(id).or_default();
            *of = count.max(*of);
        }
    }
    let mut there: BTreeMap<(i64, u8), u64> = BTreeMap::new();
    current.iter().for_each(|row| *there.entry(id(row)).or_default() += 1);
    if way == Way::Set || holding.values().flatten().all(|row| row.2 == 0) {
        assert_eq!(there, most);
    } else {
        // Two versions of a multiset may have replaced two rows of an import that is undone: both stay.
        assert!(most.iter().all(|(id, count)| there.get(id).is_some_and(|there| there >= count)));
    }
    for (import, ordinal, row) in current {
        assert_eq!(holding[import].get(usize::try_from(*ordinal).unwrap()), Some(row));
    }
    let mut places: Vec<(u64, u64)> =
        current.iter().map(|(import, ordinal, _)| (*import, *ordinal)).collect();
    places.sort_unstable();
    assert!(places.windows(2).all(|two| two[0] != two[1]), "a row is there once");
}

struct Fixture {
    _temp: tempfile::TempDir,
    store: Arc<MemoryStore>,
    vault: Vault,
    person: PersonVault,
}

impl Fixture {
    fn new() -> Fixture {
        let temp = tempfile::tempdir().unwrap();
        let folder = Dir::open_ambient_dir(temp.path(), cap_std::ambient_authority()).unwrap();
        let store = Arc::new(MemoryStore::new());
        let vault = Vault::open(store.clone(), Arc::new(LocalKms::open(folder).unwrap())).unwrap();
        let person = vault.create_person("alice").unwrap();
        Fixture { _temp: temp, store, vault, person }
    }

    /// Imports a file in batches of `batch` rows, and asserts that a dry run returns the same result.
    fn import(&self, way: Way, file: &[Row], batch: usize, bounds: Bounds) -> CategoryOutcome {
        let mut importing = self.person.begin_import().within(bounds);
        for (number, rows) in file.chunks(batch).enumerate() {
            importing.add(&way.batch(rows, number * batch)).unwrap();
            assert!(importing.held() <= bounds.held);
        }
        let said = importing.outcome().unwrap();
        let source = ImportSource {
            file_name: "f".to_owned(),
            file_sha256: Digest([0; 32]),
            format: "t".to_owned(),
            at_utc_seconds: 0,
        };
        let (commit, outcome) = importing.prepare(source, &[], &BTreeMap::new()).unwrap();
        self.store.commit(&commit).unwrap();
        assert_eq!(outcome.categories, said);
        outcome.categories.into_iter().next().unwrap_or_else(|| CategoryOutcome::none(way.category()))
    }

    /// Imports an archive of files, and asserts that a dry run returns the same result.
    fn import_archive(&self, way: Way, files: &[Vec<Row>], bounds: Bounds) -> u64 {
        let mut importing = self.person.begin_import().within(bounds);
        for (file, member) in files.iter().zip(1_u64..) {
            let from = usize::try_from(Position { member, ordinal: 0 }.packed()).unwrap();
            for (number, rows) in file.chunks(4).enumerate() {
                importing.add(&way.batch(rows, from + number * 4)).unwrap();
            }
        }
        let said = importing.outcome().unwrap();
        let source = ImportSource {
            file_name: "a.zip".to_owned(),
            file_sha256: Digest([0; 32]),
            format: "t".to_owned(),
            at_utc_seconds: 0,
        };
        let (commit, outcome) = importing.prepare(source, &[], &BTreeMap::new()).unwrap();
        self.store.commit(&commit).unwrap();
        assert_eq!(outcome.categories, said);
        let counted: u64 = said.iter().map(|of| of.added + of.corrected + of.duplicates).sum();
        assert_eq!(counted, files.iter().map(Vec::len).sum::<usize>() as u64, "each row is counted once");
        outcome.import_id
    }

    /// How many rows of each identity are current.
    fn counts(&self, way: Way) -> BTreeMap<(i64, u8), u64> {
        let mut counts = BTreeMap::new();
        self.current(way).iter().for_each(|row| *counts.entry(id(row)).or_default() += 1);
        counts
    }

    fn undo_import(&self, import: u64) {
        let (commit, undone) = self.person.prepare_undo(import, 0, &BTreeMap::new()).unwrap();
        self.store.commit(&commit).unwrap();
        self.person.finish_undo(&undone).unwrap();
    }

    /// The current rows, with their imports and positions.
    fn current(&self, way: Way) -> Vec<Kept> {
        let mut rows = Vec::new();
        for month in self.person.month_chunks(way.category()).unwrap() {
            for origin in month.origins(|_| true).unwrap() {
                let (import, batch) = origin.unwrap();
                for (row, value) in way.rows(&batch).into_iter().enumerate() {
                    rows.push((import, row_id(&batch, row, import).position.ordinal, value));
                }
            }
        }
        rows
    }

    /// Undoes an import, and asserts that the vault says beforehand what it does, and that the others have their rows.
    fn undo(&self, way: Way, import: u64, holding: &mut Holding) {
        let before = self.current(way);
        let chunks = self.store.chunks_of(self.person.partition()).unwrap().len();
        let said = self.person.preview_undo(import).unwrap();
        assert_eq!(self.store.chunks_of(self.person.partition()).unwrap().len(), chunks);
        assert_eq!(self.current(way), before);
        let (commit, undone) = self.person.prepare_undo(import, 0, &BTreeMap::new()).unwrap();
        self.store.commit(&commit).unwrap();
        self.person.finish_undo(&undone).unwrap();
        holding.remove(&import);
        let sum = |rows: &[(u64, Category, u64)]| rows.iter().map(|(.., rows)| rows).sum::<u64>();
        assert_eq!(
            (said.rows, &said.stayed, &said.restored),
            (undone.rows, &undone.stayed, &undone.restored)
        );
        let own = before.iter().filter(|row| row.0 == import).count() as u64;
        assert_eq!(undone.rows + sum(&undone.stayed), own);
        let after = self.current(way);
        assert_eq!(after.len() as u64 + undone.rows, before.len() as u64 + sum(&undone.restored));
        for row in before.iter().filter(|row| row.0 != import) {
            assert!(after.contains(row), "{row:?} is a row of another import");
        }
        assert_held(way, holding, &after);
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

fn address((import, ordinal, _): &Kept) -> RowId {
    RowId { import: *import, position: Position { member: 0, ordinal: *ordinal } }
}

/// Rows in reading order: by month, then time, then import and file order.
fn in_order(kept: &[Kept]) -> Vec<Row> {
    let mut rows: Vec<Kept> = kept.to_vec();
    rows.sort_by_key(|(import, ordinal, (day, ..))| (*day, *import, *ordinal));
    rows.into_iter().map(|(.., row)| row).collect()
}

/// The rows of each day in order of their values: a chunk that was divided does not know their order.
fn by_day(mut rows: Vec<Row>) -> Vec<Row> {
    assert!(rows.is_sorted_by_key(|row| row.0));
    rows.sort_unstable();
    rows
}

/// Rows and days of each month, from the rows.
fn months(way: Way, kept: &[Kept]) -> Vec<MonthSummary> {
    let mut months = BTreeMap::<i32, MonthSummary>::new();
    for (.., (day, ..)) in kept {
        let day = Day(i32::try_from(*day).unwrap());
        let (month, category) = (day.month(), way.category());
        let found = months.entry(month).or_insert(MonthSummary { category, month, rows: 0, days: 0 });
        found.rows += 1;
        found.days |= 1 << (day.civil().day() - 1);
    }
    months.into_values().collect()
}

/// Few values, so that versions are equal too.
const VALUES: u16 = 4;

fn file() -> impl Strategy<Value = Vec<Row>> {
    // Days of two months; few distinct rows, so that some are equal.
    proptest::collection::vec((18_255..18_300_i64, 0..3_u8, 0..VALUES), 0..40)
}

/// A file with very many rows on one day.
fn crowded() -> impl Strategy<Value = Vec<Row>> {
    proptest::collection::vec((18_270..18_272_i64, 0..12_u8, 0..VALUES), 0..60)
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
        is_backwards in any::<bool>(),
    ) {
        let fixture = Fixture::new();
        let mut model = Model::default();
        for (number, (file, batch)) in (1_u64..).zip(&files) {
            let outcome = fixture.import(way, file, *batch, TINY);
            let counted = model.import(way, number, file);
            prop_assert_eq!((outcome.added, outcome.corrected, outcome.duplicates), counted);
            let day = |row: Option<&Row>| row.map(|row| Day(i32::try_from(row.0).unwrap()));
            prop_assert_eq!(outcome.first, day(file.iter().min()));
            prop_assert_eq!(outcome.last, day(file.iter().max()));
        }
        // Reads rows in their order if no chunk was divided.
        let is_whole = model.replaced.is_empty();
        let ordered = |rows: Vec<Row>| if is_whole { rows } else { by_day(rows) };
        // The rows after each import are still readable, in the same pages each time.
        for as_of in 0..=files.len() {
            let rows = &ordered(in_order(&model.as_of(as_of as u64)));
            let pages = fixture.pages(way, as_of as u64, TINY);
            prop_assert_eq!(&pages, &fixture.pages(way, as_of as u64, TINY));
            let read: Vec<Row> = pages.iter().flat_map(|page| way.rows(&page.batch)).collect();
            prop_assert_eq!(&ordered(read), rows);
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
            prop_assert_eq!(&ordered(read), rows);
        }
        // Exclude some rows, by import and position.
        let replaced = model.replaced.iter().map(|(_, row)| row);
        let some = model.live.iter().chain(replaced).skip(left_out.index(9)).step_by(3);
        let excluded: RowSet = some.map(address).collect();
        let left: Vec<Kept> = model.live.iter().filter(|row| !excluded.contains(&address(row))).copied().collect();
        for bounds in [TINY, Bounds::USUAL] {
            let months = fixture.person.months(way.category(), &Period::ALL, u64::MAX).unwrap();
            let pages: Vec<MonthPage> = months.within(bounds).without(&excluded).map(Result::unwrap).collect();
            prop_assert!(pages.iter().all(|page| page.batch.rows() > 0));
            let read: Vec<Row> = pages.iter().flat_map(|page| way.rows(&page.batch)).collect();
            prop_assert_eq!(ordered(read), ordered(in_order(&left)));
        }
        // Chunks stay within their limit.
        let prefix = records::chunks_of_category(fixture.person.id(), way.category());
        for (_, indexed) in index(&fixture.person, &prefix, |_| true).unwrap() {
            prop_assert!(indexed.entry.rows <= TINY.chunk.rows as u64);
        }
        if is_aged {
            // Without numbers, chunks of one import are in no fixed order within a day.
            fixture.age(way);
            let rows = |pages: Vec<MonthPage>| by_day(pages.iter().flat_map(|page| way.rows(&page.batch)).collect());
            let expected = by_day(in_order(&model.live));
            prop_assert_eq!(&rows(fixture.pages(way, u64::MAX, TINY)), &expected);
            prop_assert_eq!(&rows(fixture.pages(way, u64::MAX, Bounds::USUAL)), &expected);
        } else {
            // All imports but one, in any order.
            let mut order: Vec<u64> = (1..=files.len() as u64).collect();
            order.rotate_left(undone.index(files.len()));
            if is_backwards {
                order.reverse();
            }
            let mut holding: Holding = (1..).zip(files.iter().map(|(file, _)| file.clone())).collect();
            for &import in &order[..files.len() - 1] {
                fixture.undo(way, import, &mut holding);
                // The index knows the days of each month without opening a chunk.
                let known = fixture.person.months_known().unwrap();
                prop_assert_eq!(known, months(way, &fixture.current(way)));
            }
        }
        model.live = fixture.current(way);
        // The chunks of each month, the newest month first, are as the index describes them.
        let mut read: Vec<(u64, Row)> = Vec::new();
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
            let end: Vec<(u64, Row)> = way.rows(&batch).into_iter().map(|row| (import, row)).collect();
            prop_assert!(read.ends_with(&end));
        }
        if way == Way::Set || is_whole {
            read.sort_unstable();
            let mut expected: Vec<(u64, Row)> = model.live.iter().map(|(of, _, row)| (*of, *row)).collect();
            expected.sort_unstable();
            prop_assert_eq!(read, expected);
        }
        // Spilled chunks are deleted; what a commit replaced is swept.
        let (vault, person) = (&fixture.vault, &fixture.person);
        let named = vault.named_chunks(person.id()).unwrap().len();
        let there = fixture.store.chunks_of(person.partition()).unwrap().len();
        prop_assert!(there == named || !is_whole && there > named, "{} of {}", there, named);
        prop_assert_eq!(person.check().unwrap().whole().unwrap().chunks, named as u64);
    }

    #[test]
    fn a_row_stays_as_long_as_an_import_holds_it(
        way in prop_oneof![Just(Way::Multiset), Just(Way::Set)],
        // An import of a file, or the undo of one of those that stand.
        steps in proptest::collection::vec(
            prop_oneof![
                2 => proptest::collection::vec((18_260..18_280_i64, 0..2_u8, 0..VALUES), 0..12).prop_map(Ok),
                2 => any::<prop::sample::Index>().prop_map(Err),
            ],
            1..12,
        ),
        has_versions in any::<bool>(),
    ) {
        let fixture = Fixture::new();
        let mut holding = Holding::new();
        for step in steps {
            match step {
                Ok(mut file) => {
                    if !has_versions {
                        file.iter_mut().for_each(|row| row.2 = 0);
                    }
                    fixture.import(way, &file, 4, TINY);
                    holding.insert(fixture.person.sequence().unwrap(), file);
                    assert_held(way, &holding, &fixture.current(way));
                }
                Err(which) if !holding.is_empty() => {
                    let import = *holding.keys().nth(which.index(holding.len())).unwrap();
                    fixture.undo(way, import, &mut holding);
                }
                Err(_) => {}
            }
            prop_assert!(fixture.person.check().unwrap().whole().is_ok());
        }
        // A file that stands says nothing new.
        for file in holding.values() {
            let mut importing = fixture.person.begin_import();
            importing.add(&way.batch(file, 0)).unwrap();
            prop_assert_eq!(importing.outcome().unwrap().iter().map(|of| of.added).sum::<u64>(), 0);
        }
        while let Some(&import) = holding.keys().next() {
            fixture.undo(way, import, &mut holding);
        }
        prop_assert!(fixture.vault.named_chunks(fixture.person.id()).unwrap().is_empty());
    }
}

/// Months that were put aside as a whole are named as they are; what no commit names goes.
#[test]
fn months_put_aside_are_not_sealed_twice() {
    let fixture = Fixture::new();
    let (store, person) = (&fixture.store, &fixture.person);
    let there = || -> BTreeSet<ChunkId> {
        store.chunks_of(person.partition()).unwrap().into_iter().map(|(chunk, _)| chunk).collect()
    };
    let named =
        || -> BTreeSet<ChunkId> { fixture.vault.named_chunks(person.id()).unwrap().into_iter().collect() };
    // Some four months are in memory.
    let bounds = Bounds { held: 12_000, run: 10_000, ..Bounds::USUAL };
    // A year from day to day, three rows a day.
    let year: Vec<Row> = (0..1_095_i64).map(|n| (18_262 + n / 3, (n % 3).to_le_bytes()[0], 0)).collect();
    let source = || ImportSource {
        file_name: "f".to_owned(),
        file_sha256: Digest([0; 32]),
        format: "t".to_owned(),
        at_utc_seconds: 0,
    };
    let gathered = |rows: &[Row]| {
        let mut importing = person.begin_import().within(bounds);
        for (number, rows) in rows.chunks(4).enumerate() {
            importing.add(&Way::Multiset.batch(rows, number * 4)).unwrap();
        }
        // Waits for the last one.
        importing.outcome().unwrap();
        importing
    };
    let dropped = gathered(&year);
    assert!(there().len() >= 5, "{}", there().len());
    drop(dropped);
    assert!(there().is_empty(), "nothing named them");

    let importing = gathered(&year);
    let aside = there();
    // Another import meanwhile: it is prepared again, and its chunks are still there.
    let (first, _) = importing.prepare(source(), &[], &BTreeMap::new()).unwrap();
    fixture.import(Way::Multiset, &[(20_000, 0, 0)], 4, Bounds::USUAL);
    assert!(matches!(store.commit(&first), Err(StoreError::Conflict)));
    let (commit, outcome) = importing.prepare(source(), &[], &BTreeMap::new()).unwrap();
    store.commit(&commit).unwrap();
    assert_eq!(outcome.added(), 1_095);
    drop(importing);
    assert!(
        named().intersection(&aside).count() >= 5,
        "{} of {}",
        named().intersection(&aside).count(),
        aside.len()
    );
    assert_eq!(aside.difference(&named()).filter(|chunk| there().contains(chunk)).count(), 0);
    let import = outcome.import_id;
    let mut own: Vec<Row> =
        fixture.current(Way::Multiset).iter().filter(|row| row.0 == import).map(|row| row.2).collect();
    own.sort_unstable();
    assert_eq!(own, year);
    assert_eq!(person.check().unwrap().whole().unwrap().chunks, named().len() as u64);

    // A row that is there already, or rows in another order: the month is sealed again.
    let backwards: Vec<Row> = year.iter().rev().map(|row| (row.0 + 800, row.1, row.2)).collect();
    let importing = gathered(&backwards);
    let (commit, outcome) = importing.prepare(source(), &[], &BTreeMap::new()).unwrap();
    store.commit(&commit).unwrap();
    drop(importing);
    assert_eq!(outcome.added(), 1_095);
    fixture.undo_import(import);
    assert_eq!(fixture.current(Way::Multiset).len(), 1_096);
    assert_eq!(person.check().unwrap().whole().unwrap().chunks, named().len() as u64);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Two exports of one account have the days between in common, in an archive as anywhere.
    #[test]
    fn an_archive_is_as_its_files_one_after_the_other(
        way in prop_oneof![Just(Way::Multiset), Just(Way::Set)],
        mut files in proptest::collection::vec(prop_oneof![file(), crowded()], 1..5),
        mut before in file(),
        is_undone_first in any::<bool>(),
    ) {
        files.iter_mut().flatten().chain(&mut before).for_each(|row| row.2 = 0);
        let (one, archive) = (Fixture::new(), Fixture::new());
        for fixture in [&one, &archive] {
            fixture.import(way, &before, 4, TINY);
        }
        let alone = archive.counts(way);
        for file in &files {
            one.import(way, file, 4, TINY);
        }
        let import = archive.import_archive(way, &files, TINY);
        prop_assert_eq!(archive.counts(way), one.counts(way));
        prop_assert!(archive.person.check().unwrap().whole().is_ok());
        if is_undone_first {
            archive.undo_import(import);
            prop_assert_eq!(archive.counts(way), alone);
        } else {
            archive.undo_import(1);
            one.undo_import(1);
            prop_assert_eq!(archive.counts(way), one.counts(way));
        }
        prop_assert!(archive.person.check().unwrap().whole().is_ok());
    }

    /// The archive of another instance has the rows that counted there, each once.
    #[test]
    fn an_archive_of_another_instance_repeats_nothing(mut files in proptest::collection::vec(file(), 1..4)) {
        files.iter_mut().flatten().for_each(|row| row.2 = 0);
        let fixture = Fixture::new();
        let mut importing = fixture.person.begin_import().within(TINY);
        importing.repeat_nothing();
        for (file, member) in files.iter().zip(1_u64..) {
            let from = usize::try_from(Position { member, ordinal: 0 }.packed()).unwrap();
            importing.add(&Way::Multiset.batch(file, from)).unwrap();
        }
        let added: u64 = importing.outcome().unwrap().iter().map(|of| of.added).sum();
        prop_assert_eq!(added, files.iter().map(Vec::len).sum::<usize>() as u64);
    }
}
