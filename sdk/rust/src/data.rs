//! Types shared by the categories: periods, and columns read lazily, a page at a time.
//!
//! Invariant: each column function of the contract is called from exactly one accessor. The linker drops an
//! accessor that an app never calls, and its import with it.

use crate::bindings::mesinfos::data::types as raw;
pub use crate::bindings::mesinfos::data::types::{AccessError, Grain, Granted};
use crate::units::{Currency, Date, Money, Timestamp};

/// Days to read, from `from` to `until` (exclusive).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// First day; `None`: as far back as the person granted.
    pub from: Option<Date>,
    /// Day after the last one; `None`: no end.
    pub until: Option<Date>,
}

impl Period {
    /// Everything the person granted.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// The month of `today`, and the `months` whole months before it.
    #[must_use]
    pub fn last_months(today: Date, months: i32) -> Self {
        Self { from: Some(today.plus_months(-months)), until: None }
    }

    #[cfg(target_arch = "wasm32")]
    pub(crate) fn raw(self) -> raw::Period {
        raw::Period { from: self.from.map(|d| d.0), until: self.until.map(|d| d.0) }
    }
}

/// A column of free text.
#[derive(Debug)]
pub struct Texts {
    ends: Vec<u32>,
    /// Validated once for all rows; empty if the host sent invalid UTF-8.
    text: String,
}

impl Texts {
    /// Text of row `index`; `None` if it is missing.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = usize::try_from(*self.ends.get(index)?).ok()?;
        let start = match index.checked_sub(1) {
            Some(before) => usize::try_from(*self.ends.get(before)?).ok()?,
            None => 0,
        };
        let text = self.text.get(start..end)?;
        (!text.is_empty()).then_some(text)
    }
}

impl From<raw::Text> for Texts {
    fn from(raw: raw::Text) -> Self {
        Self { ends: raw.ends, text: String::from_utf8(raw.utf8).unwrap_or_default() }
    }
}

/// A column of repeated text: codes into a list of texts.
#[derive(Debug)]
pub struct Terms {
    codes: Vec<u32>,
    values: Texts,
}

impl Terms {
    /// Text of row `index`; `None` if it is missing.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&str> {
        self.value(self.code(index)?)
    }

    /// Text of a code; `None` if the code is unknown or its text missing.
    #[must_use]
    pub fn value(&self, code: u32) -> Option<&str> {
        self.values.get(usize::try_from(code).ok()?)
    }

    /// Code of row `index`; `None` if it is missing. Equal texts of one page have equal codes.
    #[must_use]
    pub fn code(&self, index: usize) -> Option<u32> {
        self.codes.get(index).copied().filter(|code| *code != u32::MAX)
    }
}

impl From<raw::Terms> for Terms {
    fn from(raw: raw::Terms) -> Self {
        Self { codes: raw.codes, values: raw.values.into() }
    }
}

/// A column made of the rows that a test gives: see [`testing`](crate::testing).
#[cfg(not(target_arch = "wasm32"))]
pub(crate) trait Column {
    fn of(rows: &[crate::testing::Row], name: &str) -> Self;
}

#[cfg(not(target_arch = "wasm32"))]
impl<'a> FromIterator<&'a str> for Texts {
    fn from_iter<I: IntoIterator<Item = &'a str>>(all: I) -> Self {
        let mut texts = Self { ends: Vec::new(), text: String::new() };
        for one in all {
            texts.text.push_str(one);
            texts.ends.push(u32::try_from(texts.text.len()).unwrap_or(u32::MAX));
        }
        texts
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl<'a> FromIterator<Option<&'a str>> for Terms {
    /// Equal texts have one code.
    fn from_iter<I: IntoIterator<Item = Option<&'a str>>>(all: I) -> Self {
        let (mut codes, mut known): (Vec<u32>, Vec<&str>) = (Vec::new(), Vec::new());
        for one in all {
            codes.push(one.map_or(u32::MAX, |text| {
                let at = known.iter().position(|other| *other == text).unwrap_or_else(|| {
                    known.push(text);
                    known.len() - 1
                });
                u32::try_from(at).unwrap_or(u32::MAX)
            }));
        }
        Self { codes, values: known.into_iter().collect() }
    }
}

pub(crate) fn long(column: &[i64], index: usize) -> Option<i64> {
    column.get(index).copied().filter(|value| *value != i64::MIN)
}

pub(crate) fn day(column: &[i32], index: usize) -> Option<Date> {
    column.get(index).copied().filter(|value| *value != i32::MIN).map(Date)
}

pub(crate) fn money(amounts: &[i64], currencies: &Terms, index: usize) -> Option<Money> {
    Some(Money::new(long(amounts, index)?, Currency::new(currencies.get(index)?)?))
}

pub(crate) fn timestamp(seconds: &[i64], offsets: &[i64], index: usize) -> Option<Timestamp> {
    Some(Timestamp { utc: long(seconds, index)?, offset: long(offsets, index).unwrap_or(0) })
}

/// Declares an enum with the contract's codes, read from a column of codes.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$item_doc])* $item = $code,)* }

        impl $name {
            pub(crate) fn get(column: &[u8], index: usize) -> Option<Self> {
                match *column.get(index)? { $($code => Some(Self::$item),)* _ => None }
            }
        }

        #[cfg(not(target_arch = "wasm32"))]
        impl From<$name> for crate::testing::Cell {
            fn from(code: $name) -> Self { Self::Number(code as i64) }
        }
    };
}

/// Declares the page, the row and the iterators of one category. A column is `name: type`, named after the
/// function of the contract.
macro_rules! category {
    (
        $row:ident from $raw:path as $id:literal;
        $($(#[$doc:meta])* $column:ident: $ty:ty,)*
    ) => {
        #[cfg(target_arch = "wasm32")]
        use $raw as raw;
        #[cfg(not(target_arch = "wasm32"))]
        use crate::testing::host as raw;
        use crate::data::{AccessError, Granted, Period};
        use crate::evidence::Source;
        use std::cell::OnceCell;
        use std::rc::Rc;
        use std::sync::atomic::{AtomicU32, Ordering};

        /// Number of readers opened in this run.
        static OPENED: AtomicU32 = AtomicU32::new(0);

        /// Rows as columns, for code that must be fast. A column is fetched on first use. It has an entry
        /// for each row, or none at all if no value is known.
        #[derive(Debug)]
        pub struct Page {
            raw: raw::Page,
            len: usize,
            /// Number of its reader, and of the rows that the reader gave before.
            place: (u32, usize),
            $($column: OnceCell<$ty>,)*
        }

        impl Page {
            fn new(raw: raw::Page, place: (u32, usize)) -> Self {
                let len = usize::try_from(raw.rows()).unwrap_or(0);
                Self { raw, len, place, $($column: OnceCell::new(),)* }
            }

            /// Number of rows.
            #[must_use]
            pub fn len(&self) -> usize { self.len }

            /// Whether the page has no rows.
            #[must_use]
            pub fn is_empty(&self) -> bool { self.len == 0 }

            $($(#[$doc])*
            #[must_use]
            pub fn $column(&self) -> &$ty {
                #[cfg(target_arch = "wasm32")]
                let fetch = || self.raw.$column().into();
                #[cfg(not(target_arch = "wasm32"))]
                let fetch = || self.raw.column(stringify!($column));
                self.$column.get_or_init(fetch)
            })*
        }

        /// One row. Cheap to clone: it refers to its page.
        #[derive(Clone, Debug)]
        pub struct $row { page: Rc<Page>, index: usize }

        impl $row {
            /// The row at `index` of a page.
            #[must_use]
            pub fn of(page: &Rc<Page>, index: usize) -> $row { $row { page: Rc::clone(page), index } }

            /// The row as evidence for a figure.
            #[must_use]
            pub fn as_source(&self) -> Source {
                let (reader, before) = self.page.place;
                Source::new($id, reader, before + self.index)
            }
        }

        /// Pages, oldest first.
        #[derive(Debug)]
        pub struct Pages {
            reader: Option<raw::Reader>,
            /// Number of the reader, and of the rows that it gave so far.
            place: (u32, usize),
        }

        impl Iterator for Pages {
            type Item = Result<Rc<Page>, AccessError>;

            fn next(&mut self) -> Option<Self::Item> {
                match self.reader.as_ref()?.next() {
                    Ok(Some(raw)) => {
                        let page = Page::new(raw, self.place);
                        self.place.1 += page.len;
                        Some(Ok(Rc::new(page)))
                    }
                    Ok(None) => {
                        self.reader = None;
                        None
                    }
                    Err(error) => {
                        self.reader = None;
                        Some(Err(error))
                    }
                }
            }
        }

        /// Rows, oldest first, read a page at a time. Ends after an error.
        #[derive(Debug)]
        pub struct Rows { pages: Pages, current: Option<$row> }

        impl Iterator for Rows {
            type Item = Result<$row, AccessError>;

            fn next(&mut self) -> Option<Self::Item> {
                loop {
                    if let Some(row) = &mut self.current
                        && row.index < row.page.len
                    {
                        let this = row.clone();
                        row.index += 1;
                        return Some(Ok(this));
                    }
                    match self.pages.next()? {
                        Ok(page) => self.current = Some($row { page, index: 0 }),
                        Err(error) => return Some(Err(error)),
                    }
                }
            }
        }

        /// The pages of `period`, for code that works by column.
        #[must_use]
        pub fn pages(period: Period) -> Pages {
            let place = (OPENED.fetch_add(1, Ordering::Relaxed), 0);
            #[cfg(target_arch = "wasm32")]
            let reader = raw::Reader::new(period.raw());
            #[cfg(not(target_arch = "wasm32"))]
            let reader = raw::Reader::open(($id, place.0), &[$((stringify!($column), stringify!($ty))),*], period);
            Pages { reader: Some(reader), place }
        }

        /// What the person granted of this category.
        #[must_use]
        pub fn scope() -> Granted { raw::scope() }

        fn all(period: Period) -> Rows {
            Rows { pages: pages(period), current: None }
        }
    };
}

pub(crate) use {category, codes};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_bear_bad_lengths() {
        let texts = Texts { ends: vec![2, 2, 99, 1], text: "ab".to_owned() };
        assert_eq!(texts.get(0), Some("ab"));
        assert_eq!([texts.get(1), texts.get(2), texts.get(3), texts.get(4)], [None; 4]);
        let terms = Terms { codes: vec![0, u32::MAX, 7], values: texts };
        assert_eq!((terms.get(0), terms.get(1), terms.get(2)), (Some("ab"), None, None));
        assert_eq!((long(&[], 0), long(&[i64::MIN], 0), long(&[5], 0)), (None, None, Some(5)));
        assert_eq!((day(&[i32::MIN], 0), day(&[1], 0)), (None, Some(Date(1))));
        assert_eq!((terms.code(0), terms.code(1), terms.code(9)), (Some(0), None, None));
        assert_eq!((terms.value(0), terms.value(7)), (Some("ab"), None));
    }

    #[test]
    fn an_amount_has_its_currency_and_an_instant_its_offset() {
        let terms = |texts: &[Option<&'static str>]| texts.iter().copied().collect::<Terms>();
        let currencies = terms(&[Some("EUR"), Some("euro"), None, Some("EUR")]);
        let amounts = [1, 2, 3, i64::MIN];
        let found: Vec<Option<i64>> =
            (0..5).map(|row| money(&amounts, &currencies, row).map(|money| money.minor)).collect();
        assert_eq!(found, [Some(1), None, None, None, None]);
        assert_eq!(timestamp(&[5], &[60], 0), Some(Timestamp { utc: 5, offset: 60 }));
        assert_eq!(timestamp(&[5], &[i64::MIN], 0), Some(Timestamp { utc: 5, offset: 0 }));
        assert_eq!(timestamp(&[i64::MIN], &[60], 0), None);
    }

    #[test]
    fn a_period_of_months_begins_with_a_month() {
        let today = Date::new(2026, 3, 15).unwrap();
        let period = Period::last_months(today, 12);
        assert_eq!((period.from, period.until), (Date::new(2025, 3, 1), None));
        assert_eq!(Period::all(), Period { from: None, until: None });
    }
}
