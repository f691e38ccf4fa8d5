//! Output of `browserexport merge --json`: the histories of several browsers in one array of
//! `{url, dt, metadata: {title, …} | null}`, with `dt` in seconds since 1970 with a fraction.

use super::page::{Visit, WebPage};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, records};
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::Category;
use serde::Deserialize;

pub(crate) struct BrowserExport;

static ABOUT: FormatInfo = FormatInfo {
    id: "browserexport-json",
    fr: "Historiques réunis par browserexport (JSON)",
    en: "Histories merged by browserexport (JSON)",
    origin: "browserexport",
    categories: &[Category::Browsing],
    looks_for: "a JSON array of objects that begin with \"url\" and have \"dt\" and \"metadata\"",
    spec: "https://github.com/purarue/browserexport",
    counts: OrdinalKind::Entries,
};

#[derive(Deserialize)]
struct Entry {
    url: String,
    dt: Option<f64>,
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct Metadata {
    title: Option<String>,
}

impl Format for BrowserExport {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.is_json_with(&["\"dt\"", "\"metadata\""])
            && head.text().trim_start().starts_with('[')
            && head.first_member() == Some("url")
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        records(input.text(), &[], rows, &mut push)
    }
}

fn push(entry: &Entry, ordinal: u64, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let Some(page) = WebPage::of(&entry.url) else {
        return Ok(());
    };
    let time = entry.dt.and_then(|seconds| jiff::SignedDuration::try_from_secs_f64(seconds).ok());
    let Some(time) = time else {
        rows.reject(ordinal, Some("dt"), Reason::NoTime);
        return Ok(());
    };
    let title = entry.metadata.as_ref().and_then(|metadata| metadata.title.as_deref());
    let visit = Visit { at: time.as_secs(), title, page: Some(&page), ..Visit::default() };
    visit.push(ordinal, rows)
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::category::browsing as b;

    #[test]
    fn entries_with_and_without_metadata() {
        let text = r#"[{"url": "https://a.example/b?c", "dt": 1600133363.72, "metadata": {"title": "T", "duration": 10}},
            {"url": "https://a.example/", "dt": 1600133364, "metadata": null}, {"url": "about:blank", "dt": 1},
            {"url": "https://a.example/", "dt": 1e300}, {"url": 5}]"#;
        let (reads, batches) = read_all(text.as_bytes()).unwrap();
        assert_eq!((reads[0].about.id, reads[0].rows, reads[0].rejected_count), ("browserexport-json", 2, 2));
        let batch = &batches[0];
        assert_eq!((batch.integer(b::AT, 0), batch.text(b::TITLE, 0)), (Some(1_600_133_363), Some("T")));
        assert_eq!((batch.integer(b::AT, 1), batch.text(b::TITLE, 1)), (Some(1_600_133_364), None));
    }
}
