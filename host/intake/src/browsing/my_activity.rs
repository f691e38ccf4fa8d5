//! Google's "My Activity" and YouTube's history, from Google Takeout as JSON.
//!
//! An array of `{header, title, titleUrl?, time, products[], …}`. Titles are sentences in the person's
//! language ("Searched for …", « Vous avez recherché … »), so only `titleUrl` tells the activity: a
//! search has its words there, and a visit goes through Google's redirect notice (`/url?q=`).

use super::page::{Visit, WebPage};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, records};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time;
use mesinfos_model::Category;
use serde::Deserialize;

pub(crate) struct MyActivity;

static ABOUT: FormatInfo = FormatInfo {
    id: "google-my-activity-json",
    fr: "Mon activité Google (Takeout, JSON)",
    en: "Google My Activity (Takeout, JSON)",
    origin: "Google Takeout",
    categories: &[Category::Browsing],
    looks_for: "a JSON array of objects that begin with \"header\" and have \"time\" and \"products\"",
    spec: "https://developers.google.com/data-portability/user-guide/overview",
    counts: OrdinalKind::Entries,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    header: Option<String>,
    title: Option<String>,
    title_url: Option<String>,
    time: Option<String>,
    #[serde(default)]
    products: Vec<String>,
}

impl Format for MyActivity {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let pieces = ["\"title\"", "\"time\"", "\"products\""];
        head.is_json_with(&pieces) && head.first_member() == Some("header")
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        records(input.text(), &[], rows, &mut push)
    }
}

fn push(entry: &Entry, ordinal: u64, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let text = entry.time.as_deref().unwrap_or_default();
    let Some((at, offset)) = time::instant(text) else {
        rows.reject(ordinal, Some("time"), Reason::not_an_instant(text, "2019-05-30T15:37:14.947Z"));
        return Ok(());
    };
    let page = entry.title_url.as_deref().and_then(WebPage::behind);
    let visit = Visit {
        at,
        // Times in UTC carry no local offset.
        offset: (!text.trim_end().ends_with(['Z', 'z'])).then_some(offset),
        holder: "Google",
        product: entry.products.first().or(entry.header.as_ref()).map(String::as_str),
        title: entry.title.as_deref(),
        page: page.as_ref(),
        ..Visit::default()
    };
    visit.push(ordinal, rows)
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::category::browsing as b;

    #[test]
    fn what_was_done_is_told_by_the_address() {
        let text = r#"[{"header": "Recherche", "title": "Vous avez recherché météo", "time": "2019-05-30T15:37:14.947Z",
            "titleUrl": "https://www.google.com/search?q\u003dm%C3%A9t%C3%A9o", "products": ["Recherche"]},
          {"header": "YouTube", "title": "Vous avez regardé Un chat", "time": "2020-01-01T00:00:00Z",
            "titleUrl": "https://www.youtube.com/watch?v\u003dabc", "products": ["YouTube"],
            "subtitles": [{"name": "Chaîne", "url": "https://www.youtube.com/channel/x"}]},
          {"header": "Search", "title": "Visited A", "titleUrl": "https://www.google.com/url?q\u003dhttps://a.example/b",
            "time": "2019-05-30T15:37:18.828Z"},
          {"header": "Android", "title": "Used an app", "time": "2019-05-30T15:37:19Z", "products": ["Android"]},
          {"header": "Search", "title": "x", "time": "yesterday", "products": []}]"#;
        let (reads, batches) = read_all(text.as_bytes()).unwrap();
        assert_eq!(
            (reads[0].about.id, reads[0].rows, reads[0].rejected_count),
            ("google-my-activity-json", 4, 1)
        );
        assert_eq!(reads[0].rejected[0].field.as_deref(), Some("time"));
        let batch = &batches[0];
        let kinds: Vec<_> = (0..4).map(|row| batch.integer(b::KIND, row)).collect();
        assert_eq!(kinds, [b::kind::SEARCH, b::kind::WATCH, b::kind::VISIT, b::kind::OTHER].map(Some));
        assert_eq!((batch.text(b::QUERY, 0), batch.text(b::SITE, 2)), (Some("météo"), Some("a.example")));
        assert_eq!((batch.text(b::PRODUCT, 2), batch.integer(b::UTC_OFFSET, 0)), (Some("Search"), None));
    }
}
