//! Histories in browsers' SQLite databases: Chrome's `History`, Firefox's `places.sqlite` and
//! `browser.db`, Safari's `History.db`.
//!
//! Each has a table of pages and a table of visits. The differences are data: see [`LAYOUTS`]. Edge,
//! Brave, Opera and Vivaldi share Chrome's layout, and nothing in the database names them.
//!
//! SQLite opens the bytes in memory only, read-only. The damage from a hostile database is bounded:
//! tables must be real tables (views, virtual tables and generated columns run SQL from the file),
//! nothing is joined, searched or sorted, and the steps between two rows, the rows and the text are
//! limited.

use super::page::{Visit, WebPage};
use super::transition;
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, decode};
use crate::reason::{Excess, Reason};
use crate::rows::RowWriter;
use mesinfos_model::Category;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

pub(crate) struct BrowserDatabase;

static ABOUT: FormatInfo = FormatInfo {
    id: "browser-database",
    fr: "Base de données d’un navigateur (SQLite)",
    en: "A browser’s database (SQLite)",
    origin: "Chrome, Edge, Firefox, Safari",
    categories: &[Category::Browsing],
    looks_for: "an SQLite database with the visits of Chrome (History), Firefox (places.sqlite) or Safari (History.db)",
    spec: "https://source.chromium.org/chromium/chromium/src/+/main:components/history/core/browser/visit_database.cc",
    counts: OrdinalKind::Entries,
};

/// Largest database, in bytes: SQLite needs all of it in memory. Browsers drop visits after months and
/// keep histories below this size.
const FILE: u64 = 64 << 20;

/// Largest row and text, in bytes: Chrome stores addresses of up to 2 MiB.
const LENGTH: i32 = 4 << 20;

/// Most pages: their addresses stay in memory while visits are read.
const PAGES: usize = 500_000;

/// Fewest bytes of a row with three columns: its cell pointer, length, row id and header.
const ROW_BYTES: usize = 8;

/// SQLite steps per progress callback, and the callbacks allowed before the next row. A row needs about
/// ten steps, and finding the tables of a real database a few thousand.
const STEP: i32 = 1_000;
const STEPS: u32 = 50;

/// Tables of visits in a database, and their encoding.
struct Layout {
    holder: &'static str,
    /// Table of pages: key, address and title.
    pages: Table,
    /// Table of visits: key of the page, time, and transition.
    visits: Table,
    /// Titles are stored with visits, not with pages.
    titles_of_visits: bool,
    clock: Clock,
    transition: fn(Option<i64>) -> Option<i64>,
}

/// A table and three of its columns.
struct Table {
    name: &'static str,
    columns: [&'static str; 3],
    /// A fourth column: a title, or a column that tells a layout from a similar one.
    also: &'static str,
}

/// Unit and epoch of a time.
enum Clock {
    /// Microseconds since 1601.
    Micros1601,
    /// Microseconds since 1970.
    Micros,
    /// Milliseconds since 1970.
    Millis,
    /// Seconds since 2001, with a fraction.
    Seconds2001,
}

/// More specific layouts first: Firefox on Android has the desktop tables with different times.
static LAYOUTS: &[Layout] = &[
    Layout {
        holder: "Chrome",
        pages: Table { name: "urls", columns: ["id", "url", "title"], also: "last_visit_time" },
        visits: Table { name: "visits", columns: ["url", "visit_time", "transition"], also: "from_visit" },
        titles_of_visits: false,
        clock: Clock::Micros1601,
        transition: transition::chrome_number,
    },
    Layout {
        holder: "Firefox",
        pages: Table { name: "moz_places", columns: ["id", "url", "title"], also: "last_visit_date_local" },
        visits: Table {
            name: "moz_historyvisits",
            columns: ["place_id", "visit_date", "visit_type"],
            also: "is_local",
        },
        titles_of_visits: false,
        clock: Clock::Millis,
        transition: transition::firefox_number,
    },
    Layout {
        holder: "Firefox",
        pages: Table { name: "moz_places", columns: ["id", "url", "title"], also: "rev_host" },
        visits: Table {
            name: "moz_historyvisits",
            columns: ["place_id", "visit_date", "visit_type"],
            also: "from_visit",
        },
        titles_of_visits: false,
        clock: Clock::Micros,
        transition: transition::firefox_number,
    },
    // On Android until 2020.
    Layout {
        holder: "Firefox",
        pages: Table { name: "history", columns: ["guid", "url", "title"], also: "date_local" },
        visits: Table { name: "visits", columns: ["history_guid", "date", "visit_type"], also: "is_local" },
        titles_of_visits: false,
        clock: Clock::Micros,
        transition: transition::firefox_number,
    },
    Layout {
        holder: "Safari",
        pages: Table { name: "history_items", columns: ["id", "url", "url"], also: "visit_count" },
        visits: Table {
            name: "history_visits",
            columns: ["history_item", "visit_time", "redirect_source"],
            also: "title",
        },
        titles_of_visits: true,
        clock: Clock::Seconds2001,
        transition: transition::safari_source,
    },
];

impl Format for BrowserDatabase {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        // The schema may be anywhere in the file, so `read` checks the tables once it is open.
        head.bytes().starts_with(b"SQLite format 3\0")
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let database = Database::open(input.bytes(FILE)?)?;
        for layout in LAYOUTS {
            if database.has(&layout.pages)? && database.has(&layout.visits)? {
                let pages = database.pages(layout)?;
                return database.visits(layout, &pages, rows);
            }
        }
        Err(FormatError::broken(0, Reason::NoBrowserTables))
    }
}

/// Key of a page: a number, or a text on Android.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Number(i64),
    Text(Box<str>),
}

/// The three columns of a row, and the fourth.
type Values<'r> = [ValueRef<'r>; 4];

/// Address and title of each page, by key.
type Pages = HashMap<Key, (Box<str>, Option<Box<str>>)>;

/// A database in memory, and the steps it has run since the last row.
struct Database {
    connection: Connection,
    bytes: usize,
    steps: Arc<AtomicU32>,
}

impl Database {
    fn open(mut bytes: Vec<u8>) -> Result<Database, FormatError> {
        // A database in write-ahead-log mode says so in these bytes and could not be read without the log
        // file beside it. Changes that are only in the log are lost.
        if let Some(versions) = bytes.get_mut(18..20) {
            versions.fill(1);
        }
        let steps = Arc::new(AtomicU32::new(0));
        let opened = || -> rusqlite::Result<Connection> {
            let mut connection = Connection::open_in_memory()?;
            connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LENGTH)?;
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
            for off in [
                DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA,
                DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER,
                DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW,
            ] {
                connection.set_db_config(off, false)?;
            }
            connection.deserialize_read_exact(c"main", &bytes[..], bytes.len(), true)?;
            let steps = Arc::clone(&steps);
            let is_too_long = move || steps.fetch_add(1, Ordering::Relaxed) >= STEPS;
            connection.progress_handler(STEP, Some(is_too_long))?;
            Ok(connection)
        };
        let connection = opened().map_err(|error| broken(0, &error))?;
        Ok(Database { connection, bytes: bytes.len(), steps })
    }

    /// Whether there is such a table: a real table with ordinary columns.
    fn has(&self, table: &Table) -> Result<bool, FormatError> {
        self.steps.store(0, Ordering::Relaxed);
        let query = |sql: &str, argument: &str| {
            self.connection
                .query_row(sql, [argument], |row| row.get::<_, i64>(0))
                .map_err(|error| broken(0, &error))
        };
        let is_table =
            "SELECT count(*) FROM pragma_table_list(?1) WHERE schema = 'main' AND type = 'table' AND NOT wr";
        if query(is_table, table.name)? != 1 {
            return Ok(false);
        }
        for column in table.columns.iter().chain([&table.also]) {
            let is_column = format!(
                "SELECT count(*) FROM pragma_table_xinfo('{}') WHERE name = ?1 AND hidden = 0",
                table.name
            );
            if query(&is_column, column)? != 1 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Reads all pages.
    fn pages(&self, layout: &Layout) -> Result<Pages, FormatError> {
        let mut pages = Pages::new();
        self.each(&layout.pages, &mut |_, [key, url, title, _]| {
            let (Some(key), Some(url)) = (key_of(key), text(url)) else {
                return Ok(());
            };
            if pages.len() >= PAGES {
                return Err(FormatError::too_many(Excess::Pages, PAGES));
            }
            let title = if layout.titles_of_visits { None } else { text(title) };
            pages.insert(key, (url.into(), title.map(Into::into)));
            Ok(())
        })?;
        Ok(pages)
    }

    /// Writes every visit to `rows`.
    fn visits(&self, layout: &Layout, pages: &Pages, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let [page_column, time_column, _] = layout.visits.columns;
        self.each(&layout.visits, &mut |ordinal, [key, time, way, title]| {
            let Some((url, title_of_page)) = key_of(key).and_then(|key| pages.get(&key)) else {
                let reason = Reason::no_such_page(layout.pages.name);
                rows.reject(ordinal, Some(page_column), reason);
                return Ok(());
            };
            let Some(page) = WebPage::of(url) else {
                return Ok(());
            };
            let Some(at) = layout.clock.seconds(time) else {
                rows.reject(ordinal, Some(time_column), Reason::NoTime);
                return Ok(());
            };
            let title_of_visit = text(title);
            let title =
                if layout.titles_of_visits { title_of_visit.as_deref() } else { title_of_page.as_deref() };
            let transition = (layout.transition)(way.as_i64().ok());
            let visit =
                Visit { at, holder: layout.holder, transition, title, page: Some(&page), ..Visit::default() };
            visit.push(ordinal, rows)
        })
    }

    /// Calls `each` with every row of a table in file order, and its ordinal from 1.
    fn each(
        &self,
        table: &Table,
        each: &mut dyn FnMut(u64, Values<'_>) -> Result<(), FormatError>,
    ) -> Result<(), FormatError> {
        let [a, b, c] = table.columns;
        // The names come from the list above. Without an index, the scan costs the same for every row.
        let sql = format!("SELECT {a}, {b}, {c}, {} FROM main.{} NOT INDEXED", table.also, table.name);
        let mut ordinal = 0;
        let mut text = 0;
        let mut statement = self.connection.prepare(&sql).map_err(|error| broken(ordinal, &error))?;
        let mut found = statement.query([]).map_err(|error| broken(ordinal, &error))?;
        loop {
            self.steps.store(0, Ordering::Relaxed);
            let Some(row) = found.next().map_err(|error| broken(ordinal + 1, &error))? else {
                return Ok(());
            };
            ordinal += 1;
            let mut values = [ValueRef::Null; 4];
            for (index, value) in values.iter_mut().enumerate() {
                *value = row.get_ref(index).map_err(|error| broken(ordinal, &error))?;
                text += value.as_bytes().map_or(0, <[u8]>::len);
            }
            // A crafted file can reference one page from several places of its tree, so a scan might
            // never end. UTF-16 grows by half when converted to UTF-8.
            if ordinal > (self.bytes / ROW_BYTES) as u64 || text > self.bytes.saturating_mul(2) {
                return Err(FormatError::broken(ordinal, Reason::DatabaseTooFull));
            }
            each(ordinal, values)?;
        }
    }
}

impl Clock {
    /// UTC seconds; `None` if the value is not a time, or not after the start of the clock.
    fn seconds(&self, time: ValueRef<'_>) -> Option<i64> {
        const FROM_1601: i64 = 11_644_473_600;
        const TO_2001: i64 = 978_307_200;
        let whole = match time {
            ValueRef::Integer(whole) => whole,
            ValueRef::Real(seconds) => jiff::SignedDuration::try_from_secs_f64(seconds).ok()?.as_secs(),
            _ => return None,
        };
        if whole <= 0 {
            return None;
        }
        match self {
            Clock::Micros1601 => Some(whole / 1_000_000 - FROM_1601),
            Clock::Micros => Some(whole / 1_000_000),
            Clock::Millis => Some(whole / 1_000),
            Clock::Seconds2001 => whole.checked_add(TO_2001),
        }
    }
}

/// Makes SQLite seed its random numbers, which it does once, from a file.
pub(crate) fn prepare() {
    // On failure, a reader that cannot open files either gets the error when it reads.
    let _ = Connection::open_in_memory()
        .and_then(|database| database.query_row("SELECT random()", [], |row| row.get::<_, i64>(0)));
}

fn key_of(value: ValueRef<'_>) -> Option<Key> {
    match value {
        ValueRef::Integer(number) => Some(Key::Number(number)),
        value => text(value).map(|text| Key::Text(text.into())),
    }
}

fn text(value: ValueRef<'_>) -> Option<std::borrow::Cow<'_, str>> {
    match value {
        ValueRef::Text(bytes) => Some(decode(bytes)),
        _ => None,
    }
}

fn broken(ordinal: u64, error: &rusqlite::Error) -> FormatError {
    match error.sqlite_error_code() {
        Some(ErrorCode::OperationInterrupted) => FormatError::broken(ordinal, Reason::DatabaseStuck),
        _ => FormatError::broken(ordinal, Reason::DatabaseUnreadable),
    }
}

#[cfg(test)]
mod tests {
    use crate::{IntakeError, read_all};
    use mesinfos_model::category::browsing as b;
    use rusqlite::Connection;

    /// Bytes of a database created by this SQL.
    fn database(sql: &str) -> Vec<u8> {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(sql).unwrap();
        connection.serialize(c"main").unwrap().to_vec()
    }

    fn refused(sql: &str) -> String {
        match read_all(&database(sql)) {
            Err(IntakeError::Malformed { reason, .. }) => reason.to_string(),
            other => panic!("{other:?}"),
        }
    }

    const CHROME: &str = "CREATE TABLE urls(id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, last_visit_time INTEGER);
        CREATE TABLE visits(id INTEGER PRIMARY KEY, url INTEGER, visit_time INTEGER, from_visit INTEGER, transition INTEGER);
        INSERT INTO urls VALUES (1, 'https://a.example/b?token=c', 'A', 0), (2, 'chrome://newtab/', '', 0);";

    #[test]
    fn chrome_counts_from_1601() {
        let sql = format!("{CHROME} INSERT INTO visits VALUES (1, 1, 13119785948123456, 0, 805306369), (2, 2, 13119785948123456, 0, 1),
            (3, 9, 13119785948123456, 0, 1), (4, 1, NULL, 0, 1);");
        let mut bytes = database(&sql);
        // The state on disk while the browser runs: write-ahead-log mode.
        bytes[18..20].fill(2);
        let (reads, batches) = read_all(&bytes).unwrap();
        assert_eq!((reads[0].about.id, reads[0].rows, reads[0].rejected_count), ("browser-database", 1, 2));
        let batch = &batches[0];
        assert_eq!(
            (batch.integer(b::AT, 0), batch.integer(b::TRANSITION, 0)),
            (Some(1_475_312_348), Some(b::transition::TYPED))
        );
        assert_eq!(
            (batch.text(b::URL, 0), batch.text(b::TITLE, 0)),
            (Some("https://a.example/b"), Some("A"))
        );
        assert_eq!(batch.text(b::HOLDER, 0), Some("Chrome"));
    }

    #[test]
    fn safari_counts_seconds_from_2001() {
        let (reads, batches) = read_all(&database(
            "CREATE TABLE history_items(id INTEGER PRIMARY KEY, url TEXT NOT NULL, visit_count INTEGER);
             CREATE TABLE history_visits(id INTEGER PRIMARY KEY, history_item INTEGER, visit_time REAL, title TEXT, redirect_source INTEGER);
             INSERT INTO history_items VALUES (1, 'https://a.example/', 1);
             INSERT INTO history_visits VALUES (1, 1, 497005148.75, 'A', NULL), (2, 1, 497005149.0, NULL, 1), (3, 1, 9e300, '', 1);",
        ))
        .unwrap();
        assert_eq!((reads[0].rows, reads[0].rejected_count), (2, 1));
        let batch = &batches[0];
        assert_eq!((batch.integer(b::AT, 0), batch.text(b::TITLE, 0)), (Some(1_475_312_348), Some("A")));
        assert_eq!(
            (batch.integer(b::TRANSITION, 0), batch.integer(b::TRANSITION, 1)),
            (None, Some(b::transition::REDIRECT))
        );
    }

    #[test]
    fn firefox_counts_by_its_kind() {
        let places = "CREATE TABLE moz_places(id INTEGER PRIMARY KEY, url TEXT, title TEXT, rev_host TEXT, last_visit_date_local INTEGER);
            INSERT INTO moz_places VALUES (1, 'https://a.example/', 'A', '', 0);";
        for (visits, time) in [
            (
                "CREATE TABLE moz_historyvisits(id INTEGER PRIMARY KEY, from_visit INTEGER, place_id INTEGER, visit_date INTEGER, visit_type INTEGER);",
                "1475312348123456",
            ),
            (
                "CREATE TABLE moz_historyvisits(id INTEGER PRIMARY KEY, is_local INTEGER, place_id INTEGER, visit_date INTEGER, visit_type INTEGER);",
                "1475312348123",
            ),
        ] {
            let sql = format!("{places} {visits} INSERT INTO moz_historyvisits VALUES (1, 0, 1, {time}, 5);");
            let (_, batches) = read_all(&database(&sql)).unwrap();
            assert_eq!(
                (batches[0].integer(b::AT, 0), batches[0].integer(b::TRANSITION, 0)),
                (Some(1_475_312_348), Some(b::transition::REDIRECT))
            );
        }
        let (_, batches) = read_all(&database(
            "CREATE TABLE history(_id INTEGER PRIMARY KEY, title TEXT, url TEXT, date_local INTEGER, guid TEXT);
             CREATE TABLE visits(_id INTEGER PRIMARY KEY, history_guid TEXT, visit_type INTEGER, date INTEGER, is_local INTEGER);
             INSERT INTO history VALUES (1, 'A', 'https://a.example/', 0, 'abc');
             INSERT INTO visits VALUES (1, 'abc', 1, 1475312348123456, 1);",
        ))
        .unwrap();
        assert_eq!(
            (batches[0].integer(b::AT, 0), batches[0].text(b::TITLE, 0)),
            (Some(1_475_312_348), Some("A"))
        );
    }

    #[test]
    fn what_would_run_somebodys_sql_is_no_table() {
        let visits = "CREATE TABLE visits(id INTEGER PRIMARY KEY, url INTEGER, visit_time INTEGER, from_visit INTEGER, transition INTEGER);";
        for urls in [
            "CREATE VIEW urls AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)
             SELECT id, 'https://a.example/' AS url, '' AS title, 0 AS last_visit_time FROM n;",
            "CREATE TABLE urls(id INTEGER PRIMARY KEY, url TEXT AS (hex(zeroblob(500000000))), title TEXT, last_visit_time INTEGER);",
            "CREATE VIRTUAL TABLE urls USING fts5(id, url, title, last_visit_time);",
            "CREATE TABLE urls(id TEXT PRIMARY KEY, url TEXT, title TEXT, last_visit_time INTEGER) WITHOUT ROWID;",
            "CREATE TABLE other(x);",
        ] {
            assert!(refused(&format!("{urls} {visits}")).contains("not the history"), "{urls}");
        }
    }

    #[test]
    fn a_value_of_every_row_that_the_file_holds_once_is_bounded() {
        // A default is stored in no row, so a small file can yield any amount of text.
        let long = "x".repeat(100_000);
        let sql = format!(
            "CREATE TABLE urls(id INTEGER PRIMARY KEY, url TEXT, last_visit_time INTEGER);
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
             INSERT INTO urls SELECT i, 'https://a.example/', 0 FROM n;
             ALTER TABLE urls ADD COLUMN title TEXT DEFAULT '{long}';
             CREATE TABLE visits(id INTEGER PRIMARY KEY, url INTEGER, visit_time INTEGER, from_visit INTEGER, transition INTEGER);"
        );
        assert!(refused(&sql).contains("more than its size allows"));
    }

    #[test]
    fn a_tree_whose_branches_are_one_is_bounded() {
        const PAGE: usize = 512;
        let sql = format!(
            "PRAGMA page_size = {PAGE}; {CHROME}
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
             INSERT INTO visits SELECT i, 1, 13119785948123456, 0, 1 FROM n;"
        );
        let mut bytes = database(&sql);
        // Pages whose first byte is 5 are interior pages: make each point dozens of times to the next.
        let inner: Vec<usize> = (1..bytes.len() / PAGE).filter(|page| bytes[page * PAGE] == 5).collect();
        assert!(inner.len() > 10, "{inner:?}");
        for pair in inner[..10].windows(2) {
            let page = &mut bytes[pair[0] * PAGE..][..PAGE];
            let number = u32::try_from(pair[1] + 1).unwrap().to_be_bytes();
            let short = |page: &[u8], at: usize| usize::from(u16::from_be_bytes([page[at], page[at + 1]]));
            let children: Vec<usize> = (0..short(page, 3)).map(|cell| short(page, 12 + 2 * cell)).collect();
            for child in children.into_iter().chain([8]) {
                page[child..child + 4].copy_from_slice(&number);
            }
        }
        let (reads, _) = read_all(&bytes).unwrap();
        assert_eq!(reads[0].rows, (bytes.len() / super::ROW_BYTES) as u64);
        assert!(reads[0].rejected[0].reason.to_string().contains("more than its size allows"), "{reads:?}");
    }

    #[test]
    fn a_schema_without_end_is_refused() {
        let reason = refused(
            "PRAGMA writable_schema = ON;
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
             INSERT INTO sqlite_schema SELECT 'view', 'v' || i, 'v' || i, 0, 'CREATE VIEW v' || i || ' AS SELECT 1' FROM n;",
        );
        assert!(reason.contains("SQLite busy"), "{reason}");
    }

    #[test]
    fn a_broken_database_gives_the_rows_before() {
        let sql = format!(
            "{CHROME} WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
            INSERT INTO visits SELECT i, 1, 13119785948123456, 0, 1 FROM n;"
        );
        let mut bytes = database(&sql);
        let half = bytes.len() * 3 / 4;
        bytes[half..].fill(0xFF);
        let (reads, _) = read_all(&bytes).unwrap();
        assert!(reads[0].rows > 100 && reads[0].rejected_count == 1, "{reads:?}");
        assert!(read_all(b"SQLite format 3\0").is_err());
    }
}
