//! The selection of papers in a page's address: words, kind, days, page.

use crate::app::form::{Fields, date, in_order};
use mesinfos_model::category::{Code, documents};
use mesinfos_model::{Category, Day, FieldKind, Period};
use mesinfos_platform::PaperFilter;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Papers of a page.
pub(super) const PAGE: usize = 50;

/// Longest words that are searched for, in characters.
pub(super) const WORDS: usize = 100;

/// The last page that can be asked for.
const LAST: usize = 1_000;

/// A selection of papers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct PaperQuery {
    pub(super) words: String,
    /// Id of the kind; empty for all.
    pub(super) kind: String,
    /// First and last day, as typed; empty for none.
    pub(super) from: String,
    pub(super) to: String,
    /// Whether the last day came before the first one, and both were swapped.
    pub(super) is_swapped: bool,
    /// Number of the page, from 1.
    pub(super) page: usize,
}

/// The kinds of papers, in the order of their codes.
pub(super) fn kinds() -> &'static [Code] {
    match Category::Documents.schema().fields[documents::KIND].kind {
        FieldKind::Code(codes) => codes,
        _ => &[],
    }
}

impl PaperQuery {
    /// Reads a query. `None` if it is not UTF-8, or has too many fields.
    pub(super) fn read(query: Option<&str>) -> Option<PaperQuery> {
        let fields = Fields::read(query.unwrap_or_default().as_bytes())?;
        let of = |name: &str| fields.get(name).trim().to_owned();
        let page = fields.get("page").parse().unwrap_or(1).clamp(1, LAST);
        let words = of("q").chars().take(WORDS).collect();
        let (from, to, is_swapped) = in_order(of("from"), of("to"));
        Some(PaperQuery { words, kind: of("kind"), from, to, is_swapped, page })
    }

    /// The filter, or the text that is not a date. An unknown kind counts as none.
    pub(super) fn filter(&self) -> Result<PaperFilter, &str> {
        let day = |text: &str| if text.is_empty() { Some(None) } else { date(text).map(Some) };
        let from = day(&self.from).ok_or(self.from.as_str())?;
        let to = day(&self.to).ok_or(self.to.as_str())?;
        let kind = kinds().iter().position(|code| code.id == self.kind);
        Ok(PaperFilter {
            text: self.words.clone(),
            kind: kind.and_then(|code| i64::try_from(code).ok()),
            period: Period { from, until: to.map(|last| Day(last.0.saturating_add(1))) },
        })
    }

    /// What a date field may show: a browser drops what is no date.
    pub(super) fn shown(text: &str) -> &str {
        if date(text).is_some() { text } else { "" }
    }

    /// Whether all papers are selected.
    pub(super) fn is_all(&self) -> bool {
        [&self.words, &self.kind, &self.from, &self.to].iter().all(|text| text.is_empty())
    }

    /// Papers before those of the page.
    pub(super) fn skipped(&self) -> usize {
        (self.page - 1) * PAGE
    }

    /// Path of the list with this selection, on another page.
    pub(super) fn on(&self, page: usize) -> String {
        let fields = [("q", &self.words), ("kind", &self.kind), ("from", &self.from), ("to", &self.to)];
        let given = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let mut pairs: Vec<String> = given
            .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
            .collect();
        if page > 1 {
            pairs.push(format!("page={page}"));
        }
        if pairs.is_empty() { "/documents".to_owned() } else { format!("/documents?{}", pairs.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> PaperQuery {
        PaperQuery::read(Some(query)).unwrap()
    }

    #[test]
    fn a_selection_comes_back_from_its_address() {
        assert_eq!(read(""), PaperQuery { page: 1, ..PaperQuery::default() });
        let query = read("q=caf%C3%A9+cr%C3%A8me&kind=invoice&from=2025-01-31&to=2025-02-28&page=3");
        assert_eq!((query.skipped(), query.words.as_str()), (100, "café crème"));
        assert_eq!(read(query.on(3).strip_prefix("/documents?").unwrap()), query);
        let filter = query.filter().unwrap();
        assert_eq!(filter.kind, Some(documents::kind::INVOICE));
        assert_eq!(filter.period.to_string(), "2025-01-31..2025-02-28");
        assert_eq!(PaperQuery::default().on(1), "/documents");
    }

    #[test]
    fn a_hostile_query_selects_no_more_than_it_may() {
        assert_eq!(read("kind=%3Cb%3E").filter().unwrap().kind, None);
        assert_eq!(read("from=31/12/2025").filter(), Err("31/12/2025"));
        let reversed = read("from=2025-12-31&to=2025-01-01");
        let middle = "2025-06-01".parse().unwrap();
        assert!(reversed.is_swapped && reversed.filter().unwrap().period.contains(middle));
        assert_eq!(PaperQuery::shown("<b>"), "");
        assert_eq!(
            (read("page=0").page, read("page=99999999999999999999").page, read("page=9999").page),
            (1, 1, LAST)
        );
        assert_eq!(read(&format!("q={}", "é".repeat(1_000))).words.chars().count(), WORDS);
        assert_eq!(PaperQuery::read(Some("q=%FF")), None);
    }
}
