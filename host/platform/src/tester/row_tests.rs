//! Pages, exports and origins of a person's rows, against the simplest implementation: all rows at once.

use super::row_pages::page;
use crate::caller::me;
use crate::{Caller, ImportInput, Isolation, Platform, Row, RowFilter, RowPage, RowsAsked};
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Day, Period, Position, RowId};
use mesinfos_store::memory::MemoryStore;
use mesinfos_store::{ChunkId, Commit, Partition, PersonId, Range, Record, Store, Which};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

type Stored<T> = mesinfos_store::Result<T>;

/// A store that counts the chunks it hands out.
#[derive(Default)]
struct Counting {
    store: MemoryStore,
    chunks: AtomicUsize,
}

impl Store for Counting {
    fn read(&self, ranges: &[Range]) -> Stored<Vec<Vec<Record>>> {
        self.store.read(ranges)
    }
    fn commit(&self, commit: &Commit) -> Stored<()> {
        self.store.commit(commit)
    }
    fn put_chunks(&self, partition: Partition, chunks: &[(ChunkId, Vec<u8>)]) -> Stored<()> {
        self.store.put_chunks(partition, chunks)
    }
    fn get_chunks(&self, partition: Partition, chunks: &[ChunkId]) -> Stored<Vec<Vec<u8>>> {
        self.chunks.fetch_add(chunks.len(), SeqCst);
        self.store.get_chunks(partition, chunks)
    }
    fn chunks_of(&self, partition: Partition) -> Stored<Vec<(ChunkId, Duration)>> {
        self.store.chunks_of(partition)
    }
    fn delete_chunks(&self, partition: Partition, which: Which<'_>) -> Stored<()> {
        self.store.delete_chunks(partition, which)
    }
    fn persons(&self, after: Option<PersonId>, limit: usize) -> Stored<Vec<PersonId>> {
        self.store.persons(after, limit)
    }
    fn chunks_at_once(&self) -> usize {
        1
    }
    fn clock(&self) -> Stored<i64> {
        self.store.clock()
    }
}

/// One transaction: day, amount in cents, label.
type Transaction = (i32, i64, &'static str);

fn file(rows: &[Transaction]) -> String {
    let mut text = String::from("[");
    for (at, (day, cents, label)) in rows.iter().enumerate() {
        let comma = if at > 0 { "," } else { "" };
        let amount =
            format!("{}{}.{:02}", if *cents < 0 { "-" } else { "" }, cents.abs() / 100, cents.abs() % 100);
        write!(
            text,
            r#"{comma}{{"docType":"bankoperation","date":"{}T00:00:00.000Z","amount":{amount},"raw":"{label}","title":"{label}","bankAccount":"a"}}"#,
            Day(*day)
        )
        .unwrap();
    }
    text + "]"
}

struct Fixture {
    _folder: tempfile::TempDir,
    store: Arc<Counting>,
    platform: Platform,
    caller: Caller,
}

/// First day of 2025.
const START: i32 = 20_089;

impl Fixture {
    /// Three files over six months, with days and amounts in common.
    fn new() -> Fixture {
        let folder = tempfile::tempdir().unwrap();
        #[cfg(unix)]
        std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        let store = Arc::new(Counting::default());
        let platform = Platform::on(store.clone(), folder.path(), &Isolation::InProcess).unwrap();
        let fixture = Fixture { _folder: folder, store, platform, caller: me("p") };
        let labels = ["COURSES Lyon", "Café", "Loyer"];
        for of in 0..3 {
            let rows: Vec<Transaction> = (0..60)
                .map(|n| {
                    (
                        START + (n * 7 + of * 3) % 180,
                        i64::from(n * 100 + of) - 3_000,
                        labels[(n % 3) as usize],
                    )
                })
                .collect();
            fixture.import(&format!("{of}.json"), &file(&rows));
        }
        fixture
    }

    fn import(&self, name: &str, text: &str) {
        self.platform.import(&self.caller, name, text.as_bytes()).unwrap();
    }

    fn all(&self) -> Vec<Row> {
        let asked = RowsAsked { period: Period::ALL, undated: true, limit: usize::MAX };
        let mut rows = self.platform.rows(&self.caller, Category::Bank, &asked).unwrap().rows;
        rows.sort_by_key(|row| (row.time(), row.id));
        rows
    }

    /// The selected rows by the rule, newest first.
    fn selected(&self, filter: &RowFilter) -> Vec<RowId> {
        let text = |row: &Row| row.values.iter().map(|value| value.text.to_lowercase()).collect::<Vec<_>>();
        let is_in = |row: &Row| {
            filter.period.contains(Day(i32::try_from(row.time().unwrap()).unwrap()))
                && filter.holder.as_deref().is_none_or(|holder| row.value("holder") == Some(holder))
                && filter.text.split_whitespace().all(|word| text(row).iter().any(|text| text.contains(word)))
        };
        self.all().iter().rev().filter(|row| is_in(row)).map(|row| row.id).collect()
    }

    fn page(&self, filter: &RowFilter, skip: u64, limit: usize) -> RowPage {
        self.platform.rows_page(&self.caller, Category::Bank, filter, skip, limit).unwrap()
    }
}

fn filters() -> Vec<RowFilter> {
    let days = |from, until| Period { from: Some(Day(START + from)), until: Some(Day(START + until)) };
    let text = |text: &str| RowFilter { text: text.to_owned(), ..RowFilter::default() };
    let period = |period| RowFilter { period, ..RowFilter::default() };
    vec![
        RowFilter::default(),
        period(days(20, 100)),
        period(days(31, 59)),
        period(Period { from: Some(Day(START + 150)), until: None }),
        period(days(400, 500)),
        text("courses"),
        text("lyon courses"),
        RowFilter { period: days(10, 70), ..text("loyer") },
        text("nothing-like-it"),
        RowFilter { holder: Some("nobody".to_owned()), ..RowFilter::default() },
    ]
}

#[test]
fn pages_are_all_rows_cut_in_pieces() {
    let fixture = Fixture::new();
    for filter in filters() {
        let expected = fixture.selected(&filter);
        for limit in [1, 7, 50, 1_000] {
            let mut read = Vec::new();
            loop {
                let page = fixture.page(&filter, read.len() as u64, limit);
                read.extend(page.rows.iter().map(|row| row.id));
                assert!(page.rows.iter().all(|row| !row.file.is_empty() && !row.values.is_empty()));
                assert!(page.total.is_none_or(|total| total == expected.len() as u64), "{filter:?}");
                assert_eq!(page.searched_from, None);
                assert_eq!(page.has_older, read.len() < expected.len(), "{filter:?} {limit}");
                if !page.has_older {
                    assert_eq!(page.total, Some(expected.len() as u64), "the last page knows");
                    break;
                }
                assert_eq!(page.rows.len(), limit);
            }
            assert_eq!(read, expected, "{filter:?} {limit}");
        }
        let beyond = fixture.page(&filter, 10_000, 50);
        assert!(beyond.rows.is_empty() && !beyond.has_older);
    }
}

#[test]
fn a_page_opens_the_months_that_it_shows() {
    let fixture = Fixture::new();
    let opened = |filter: &RowFilter, skip, limit| {
        fixture.store.chunks.store(0, SeqCst);
        let page = fixture.page(filter, skip, limit);
        (fixture.store.chunks.load(SeqCst), page)
    };
    let all = fixture.all().len() as u64;
    let chunks = fixture
        .store
        .chunks_of(fixture.platform.who(&fixture.caller).unwrap().unwrap().into())
        .unwrap()
        .len();
    assert!(chunks >= 18, "three files in six months");
    // A month of three imports, once for its keys and once for the rows shown.
    let (count, page) = opened(&RowFilter::default(), 0, 5);
    assert!(count <= 6 && page.total == Some(all), "{count}");
    let (count, page) = opened(&RowFilter::default(), all - 5, 5);
    assert!(
        count <= 6 && page.rows.len() == 5 && !page.has_older,
        "months before are skipped unopened: {count}"
    );
    // A search stops at the row after the page.
    let word = RowFilter { text: "loyer".to_owned(), ..RowFilter::default() };
    let (count, page) = opened(&word, 0, 5);
    assert!(count <= 9 && page.has_older && page.total.is_none(), "{count}");
}

#[test]
fn a_search_that_opens_too_much_says_where_it_stopped() {
    let fixture = Fixture::new();
    let person = fixture.platform.person_of(&fixture.caller).unwrap();
    let filter = RowFilter { text: "nothing-like-it".to_owned(), ..RowFilter::default() };
    let page = page(&person.vault, (Category::Bank, &filter, Lang::En), 0, 50, 60).unwrap();
    assert!(page.rows.is_empty() && page.total.is_none());
    let from = page.searched_from.unwrap();
    assert!(from > Day(START) && Day::first_of_month(from.month()) == from);
    // From there it goes on, and ends.
    let older = Period { from: None, until: Some(from) };
    let rest = fixture.page(&RowFilter { period: older, ..filter }, 0, 50);
    assert_eq!((rest.total, rest.searched_from), (Some(0), None));
}

#[test]
fn an_export_is_every_selected_row_once_oldest_first() {
    let fixture = Fixture::new();
    for filter in filters() {
        let mut expected = fixture.selected(&filter);
        expected.reverse();
        let export = fixture.platform.export_rows(&fixture.caller, Category::Bank, &filter).unwrap();
        assert_eq!(export.undated_left_out(), 0);
        let read: Vec<RowId> = export.flat_map(Result::unwrap).map(|row| row.id).collect();
        assert_eq!(read, expected, "{filter:?}");
        // In small parts, each row is still there once.
        let mut parts = fixture.platform.export_rows(&fixture.caller, Category::Bank, &filter).unwrap();
        parts.sorted_at_once(1);
        let mut read: Vec<RowId> = parts.flat_map(Result::unwrap).map(|row| row.id).collect();
        read.sort_unstable();
        expected.sort_unstable();
        assert_eq!(read, expected, "{filter:?}");
    }
}

#[test]
fn rows_without_a_date_come_last_and_are_in_no_period() {
    let fixture = Fixture::new();
    let paper = ImportInput::from(&b"kept as it is"[..]).as_document(true);
    fixture.platform.import(&fixture.caller, "note.txt", paper).unwrap();
    let page = |filter: &RowFilter| {
        fixture.platform.rows_page(&fixture.caller, Category::Documents, filter, 0, 50).unwrap()
    };
    assert_eq!(page(&RowFilter::default()).total, Some(1));
    let period = RowFilter { period: Period::parse("2025").unwrap(), ..RowFilter::default() };
    assert_eq!((page(&period).total, page(&period).rows.len()), (Some(0), 0));
    for (filter, given, left_out) in [
        (RowFilter::default(), 1, 0),
        (period.clone(), 0, 1),
        (RowFilter { text: "note".to_owned(), ..period.clone() }, 0, 1),
        (RowFilter { text: "unlike".to_owned(), ..period }, 0, 0),
    ] {
        let export = fixture.platform.export_rows(&fixture.caller, Category::Documents, &filter).unwrap();
        assert_eq!(export.undated_left_out(), left_out, "{filter:?}");
        assert_eq!(export.flat_map(Result::unwrap).count(), given, "{filter:?}");
    }
}

#[test]
fn a_row_is_found_by_its_id_alone() {
    let fixture = Fixture::new();
    let origin = |category, id| fixture.platform.row_origin(&fixture.caller, category, id).unwrap();
    let all = fixture.all();
    let ids: BTreeSet<RowId> = all.iter().map(|row| row.id).collect();
    assert_eq!(ids.len(), all.len());
    for row in &all {
        let found = origin(Category::Bank, row.id).unwrap();
        assert_eq!(found.rows.len(), 1);
        assert_eq!((found.rows[0].id, found.rows[0].value("amount")), (row.id, row.value("amount")));
        assert_eq!((found.import.outcome.import_id, found.runs.len()), (row.id.import, 0));
        assert_eq!(found.rows[0].file, found.import.source.file_name);
    }
    let id = all[0].id;
    assert!(origin(Category::Energy, id).is_none(), "another category");
    for (import, member, ordinal) in [(0, 0, 1), (1, 0, 9_999), (99, 0, 1), (1, 1, 1), (u64::MAX, 0, 0)] {
        let none = RowId { import, position: Position { member, ordinal } };
        assert!(origin(Category::Bank, none).is_none(), "{none}");
    }
    let other = Fixture::new();
    other.platform.undo_import(&other.caller, 1).unwrap();
    let undone = other.platform.row_origin(&other.caller, Category::Bank, id).unwrap();
    assert!(id.import == 1 && undone.is_none());
}

#[test]
fn past_imports_know_how_many_rows_were_rejected() {
    let fixture = Fixture::new();
    let broken =
        file(&[(START + 3, 1, "x"), (START + 4, 2, "y")]).replace("\"amount\":0.02", "\"amount\":\"two\"");
    fixture.import("broken.json", &broken);
    fixture.platform.undo_import(&fixture.caller, 2).unwrap();
    let past = fixture.platform.past_imports(&fixture.caller).unwrap();
    let told: Vec<(u64, u64, bool)> = past
        .iter()
        .map(|past| (past.record.outcome.import_id, past.rejected, past.record.undone_at.is_some()))
        .collect();
    assert_eq!(told, [(4, 1, false), (3, 0, false), (2, 0, true), (1, 0, false)]);
    assert!(past.iter().all(|past| past.members.is_empty()));
}

#[test]
fn days_have_their_rows_and_counts() {
    let fixture = Fixture::new();
    let all = fixture.all();
    let day = |row: &Row| Day(i32::try_from(row.time().unwrap()).unwrap());
    for month in Day(START).month() - 1..=Day(START + 180).month() + 1 {
        let counts = fixture.platform.day_counts(&fixture.caller, month).unwrap();
        let first = Day::first_of_month(month).0;
        let on =
            |at: i32| all.iter().filter(|row| day(row).0 == first + at && day(row).month() == month).count();
        let expected: Vec<u32> = (0..31).map(|at| u32::try_from(on(at)).unwrap()).collect();
        match counts.as_slice() {
            [] => assert!(expected.iter().all(|count| *count == 0)),
            [counts] => assert_eq!((counts.category, counts.days.to_vec()), (Category::Bank, expected)),
            _ => panic!("one category"),
        }
    }
    for (from, until) in [(0, 1), (0, 7), (28, 40), (-5, 0), (0, 180), (7, 7)] {
        let period = Period { from: Some(Day(START + from)), until: Some(Day(START + until)) };
        let whole = fixture.platform.day_rows(&fixture.caller, &period, usize::MAX).unwrap();
        assert!(whole.windows(2).all(|pair| pair[0].day < pair[1].day));
        let mut ids: Vec<RowId> = whole.iter().flat_map(|of| of.rows.iter().map(|row| row.id)).collect();
        let mut expected: Vec<RowId> =
            all.iter().filter(|row| period.contains(day(row))).map(|row| row.id).collect();
        ids.sort_unstable();
        expected.sort_unstable();
        assert_eq!(ids, expected);
        for of in &whole {
            assert!(of.rows.iter().all(|row| day(row) == of.day) && of.total == of.rows.len() as u64);
        }
        let few = fixture.platform.day_rows(&fixture.caller, &period, 1).unwrap();
        assert_eq!(
            few.iter().map(|of| (of.day, of.total)).collect::<Vec<_>>(),
            whole.iter().map(|of| (of.day, of.total)).collect::<Vec<_>>()
        );
        assert!(few.iter().all(|of| of.rows.len() == 1));
    }
}
