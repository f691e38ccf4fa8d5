//! The selection of rows in a page's address: days, holder, words, page.

use crate::app::data::path;
use crate::app::domain::Domain;
use crate::app::form::{Fields, date, in_order};
use mesinfos_model::{Category, Day, Period};
use mesinfos_platform::{MOST_SKIPPED, RowFilter};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Rows of a page.
pub(super) const PAGE: usize = 25;

/// Longest words that are searched for, in characters.
pub(super) const WORDS: usize = 100;

/// The last page that can be asked for by its number.
pub(super) const LAST: u64 = MOST_SKIPPED / PAGE as u64 + 1;

/// A selection of rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct RowQuery {
    /// First and last day, as typed; empty for none.
    pub(super) from: String,
    pub(super) to: String,
    /// Whether the last day came before the first one, and both were swapped.
    pub(super) is_swapped: bool,
    pub(super) holder: String,
    pub(super) words: String,
    /// Number of the page, from 1.
    pub(super) page: u64,
}

impl RowQuery {
    /// Reads a query. `None` if it is not UTF-8, or has too many fields.
    pub(super) fn read(query: Option<&str>) -> Option<RowQuery> {
        let fields = Fields::read(query.unwrap_or_default().as_bytes())?;
        let of = |name: &str| fields.get(name).trim().to_owned();
        let words: String = of("q").chars().take(WORDS).collect();
        let page = fields.get("page").parse().unwrap_or(1).clamp(1, LAST);
        let (from, to, is_swapped) = in_order(of("from"), of("to"));
        Some(RowQuery { from, to, is_swapped, holder: of("holder"), words, page })
    }

    /// The filter, or the text that is not a date.
    pub(super) fn filter(&self) -> Result<RowFilter, &str> {
        let day = |text: &str| if text.is_empty() { Some(None) } else { date(text).map(Some) };
        let from = day(&self.from).ok_or(self.from.as_str())?;
        let to = day(&self.to).ok_or(self.to.as_str())?;
        Ok(RowFilter {
            period: Period { from, until: to.map(|last| Day(last.0.saturating_add(1))) },
            holder: Some(self.holder.clone()).filter(|holder| !holder.is_empty()),
            text: self.words.clone(),
        })
    }

    /// What a date field may show: a browser drops what is no date.
    pub(super) fn shown(text: &str) -> &str {
        if date(text).is_some() { text } else { "" }
    }

    /// Whether all rows are selected.
    pub(super) fn is_all(&self) -> bool {
        [&self.from, &self.to, &self.holder, &self.words].iter().all(|text| text.is_empty())
    }

    /// Rows before those of the page.
    pub(super) fn skipped(&self) -> u64 {
        (self.page - 1) * PAGE as u64
    }

    /// The query of this selection, with a question mark; empty for the first page of all rows.
    pub(super) fn text(&self) -> String {
        let fields = [("from", &self.from), ("to", &self.to), ("holder", &self.holder), ("q", &self.words)];
        let given = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let mut pairs: Vec<String> = given
            .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
            .collect();
        if self.page > 1 {
            pairs.push(format!("page={}", self.page));
        }
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }

    /// The same selection on another page.
    pub(super) fn on(&self, page: u64) -> RowQuery {
        RowQuery { page, ..self.clone() }
    }

    /// The same selection, up to the day before `day`.
    pub(super) fn before(&self, day: Day) -> RowQuery {
        RowQuery { to: Day(day.0.saturating_sub(1)).to_string(), page: 1, ..self.clone() }
    }
}

/// Path of the rows of one holder.
pub(super) fn of_holder(domain: Domain, category: Category, holder: &str) -> String {
    let query = RowQuery { holder: holder.to_owned(), page: 1, ..RowQuery::default() };
    format!("{}{}", path(domain, category), query.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> RowQuery {
        RowQuery::read(Some(query)).unwrap()
    }

    #[test]
    fn a_selection_comes_back_from_its_address() {
        assert_eq!(read(""), RowQuery { page: 1, ..RowQuery::default() });
        assert!(read("lang=en&page=3").is_all());
        let query = read("from=2025-01-31&to=2025-02-28&holder=Banque+des+Rives&q=caf%C3%A9%26%2B&page=3");
        assert_eq!((query.skipped(), query.words.as_str()), (50, "café&+"));
        assert_eq!(read(query.text().strip_prefix('?').unwrap()), query);
        let filter = query.filter().unwrap();
        assert_eq!(filter.period.to_string(), "2025-01-31..2025-02-28");
        assert_eq!((filter.holder.as_deref(), filter.text.as_str()), (Some("Banque des Rives"), "café&+"));
        assert_eq!(query.on(1).on(2).page, 2);
        let before = query.before("2025-02-01".parse().unwrap());
        assert_eq!((before.to.as_str(), before.page), ("2025-01-31", 1));
        assert_eq!(RowQuery::default().on(1).text(), "");
    }

    #[test]
    fn pages_are_numbers_within_bounds() {
        for (text, page) in [
            ("page=0", 1),
            ("page=-1", 1),
            ("page=x", 1),
            ("page=", 1),
            ("page=99999999999999999999", 1),
            ("page=18446744073709551615", LAST),
            ("page=8001", LAST),
            ("page=2&page=7", 2),
        ] {
            assert_eq!(read(text).page, page, "{text}");
        }
        assert!(read("page=18446744073709551615").skipped() <= MOST_SKIPPED);
    }

    #[test]
    fn what_is_not_a_date_is_told_as_it_was_typed() {
        for bad in [
            "31/12/2025",
            "2025-02-30",
            "2025",
            "2025-1-1",
            "tomorrow",
            "-999-01-01",
            "2025-01-01T00:00",
            "٢٠٢٥-٠١-٠١",
        ] {
            let query = RowQuery { from: bad.to_owned(), page: 1, ..RowQuery::default() };
            assert_eq!(query.filter(), Err(bad));
            let query = RowQuery { to: bad.to_owned(), page: 1, ..RowQuery::default() };
            assert_eq!(query.filter(), Err(bad));
        }
        let last = read("to=9999-12-31").filter().unwrap();
        assert!(last.period.until.is_some());
        let reversed = read("from=2025-12-31&to=2025-01-01");
        assert!(reversed.is_swapped && !read("from=2025-01-01&to=2025-01-01").is_swapped);
        assert!(reversed.filter().unwrap().period.contains("2025-06-01".parse().unwrap()));
        assert_eq!(reversed.text(), "?from=2025%2D01%2D01&to=2025%2D12%2D31", "its other pages are in order");
    }

    #[test]
    fn words_are_bounded_and_a_hostile_query_is_none() {
        assert_eq!(read(&format!("q={}", "é".repeat(1_000))).words.chars().count(), WORDS);
        assert_eq!(RowQuery::read(Some("q=%FF")), None);
        assert_eq!(RowQuery::read(None), Some(read("")));
    }
}
