//! Chrome's history in Google Takeout: `History.json`, formerly `BrowserHistory.json`.
//!
//! An object with the array "Browser History" of `{title, url, time_usec, page_transition, …}`. Newer
//! files also have "Typed Url", "Session" and more, which hold browser state. `time_usec` is in
//! microseconds since 1970, 0 where unknown. Newer files have the transition in
//! `page_transition_qualifier`. The source is the messages that Chrome sends when it syncs.

use super::page::{Visit, WebPage};
use super::transition;
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, records};
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::Category;
use serde::Deserialize;

pub(crate) struct ChromeTakeout;

static ABOUT: FormatInfo = FormatInfo {
    id: "chrome-takeout-json",
    fr: "Historique de Chrome (Google Takeout, JSON)",
    en: "Chrome history (Google Takeout, JSON)",
    origin: "Google Takeout",
    categories: &[Category::Browsing],
    looks_for: "a JSON object with \"Browser History\" (History.json, BrowserHistory.json)",
    spec: "https://source.chromium.org/chromium/chromium/src/+/main:components/sync/protocol/history_specifics.proto",
    counts: OrdinalKind::Entries,
};

#[derive(Deserialize)]
struct Entry {
    title: Option<String>,
    url: Option<String>,
    time_usec: Option<i64>,
    page_transition: Option<String>,
    page_transition_qualifier: Option<String>,
}

impl Format for ChromeTakeout {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let is_member = |rest: &str| rest.trim_start().starts_with(':');
        // The history may begin after the head; "Typed Url" then comes first.
        head.text().trim_start().starts_with('{')
            && (head.first_member() == Some("Typed Url")
                || head.text().split("\"Browser History\"").skip(1).any(is_member))
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        records(input.text(), &["Browser History"], rows, &mut push)
    }
}

fn push(entry: &Entry, ordinal: u64, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let Some(url) = entry.url.as_deref() else {
        rows.reject(ordinal, Some("url"), Reason::NoPageAddress);
        return Ok(());
    };
    let Some(page) = WebPage::of(url) else {
        return Ok(());
    };
    let Some(at) = entry.time_usec.filter(|&time| time > 0) else {
        rows.reject(ordinal, Some("time_usec"), Reason::NoTime);
        return Ok(());
    };
    let words = [&entry.page_transition, &entry.page_transition_qualifier];
    let visit = Visit {
        at: at / 1_000_000,
        holder: "Chrome",
        transition: transition::chrome_words(words.into_iter().flatten().map(String::as_str)),
        title: entry.title.as_deref(),
        page: Some(&page),
        ..Visit::default()
    };
    visit.push(ordinal, rows)
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::category::browsing as b;

    #[test]
    fn visits_of_the_web_come_in() {
        let text = r#"{"Typed Url": [], "Browser History": [
            {"page_transition": "LINK", "title": "A", "url": "https://www.google.fr/search?q=a+b", "time_usec": 1475312348123456},
            {"page_transition": "TYPED", "title": "", "url": "chrome://newtab/", "time_usec": 1475312340000000},
            {"page_transition_qualifier": "CLIENT_REDIRECT", "url": "https://a.example/?x#y", "time_usec": 1475398748000001}
        ]}"#;
        let (reads, batches) = read_all(text.as_bytes()).unwrap();
        assert_eq!(
            (reads[0].about.id, reads[0].rows, reads[0].rejected_count),
            ("chrome-takeout-json", 2, 0)
        );
        let batch = &batches[0];
        assert_eq!(batch.integer(b::AT, 0), Some(1_475_312_348));
        assert_eq!(batch.integer(b::KIND, 0), Some(b::kind::SEARCH));
        assert_eq!(batch.integer(b::TRANSITION, 0), Some(b::transition::LINK));
        assert_eq!((batch.text(b::QUERY, 0), batch.text(b::SITE, 1)), (Some("a b"), Some("a.example")));
        assert_eq!(
            (batch.integer(b::TRANSITION, 1), batch.text(b::URL, 1)),
            (Some(b::transition::REDIRECT), Some("https://a.example/"))
        );
    }

    #[test]
    fn a_file_that_speaks_of_it_is_not_one() {
        for text in [r#"[{"title": "Browser History"}]"#, r#"{"title": "Browser History", "a": 1}"#] {
            assert!(
                matches!(read_all(text.as_bytes()), Err(crate::IntakeError::Unrecognised { .. })),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        let text = r#"{"Browser History": [{"url": "https://a.example/", "time_usec": 0}, {"title": "x"}, 7,
            {"url": "https://a.example/", "time_usec": "soon"}, {"url": "https://a.example/", "time_usec": 1475312348123456}, {"#;
        let (reads, _) = read_all(text.as_bytes()).unwrap();
        assert_eq!((reads[0].rows, reads[0].rejected_count), (1, 5));
        let fields: Vec<_> = reads[0].rejected.iter().map(|r| (r.line, r.field.as_deref())).collect();
        assert_eq!(fields[..2], [(Some(1), Some("time_usec")), (Some(2), Some("url"))]);
    }
}
