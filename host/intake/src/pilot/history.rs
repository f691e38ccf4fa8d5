//! Visited pages and search words.

use super::SPEC;
use super::document::{Doc, Done, Out};
use super::kind::{Group, Kind};
use crate::format::FormatInfo;
use crate::ordinal_kind::OrdinalKind;
use mesinfos_model::Category;
use mesinfos_model::category::browsing;

static ABOUT: FormatInfo = FormatInfo {
    id: "mesinfos-history-json",
    fr: "Historique de navigation du pilote MesInfos (JSON)",
    en: "Browsing history of the MesInfos pilot (JSON)",
    origin: "MesInfos: Qwant",
    categories: &[Category::Browsing],
    looks_for: "a JSON array of documents with docType \"WebHistory\" or \"SearchHistory\"",
    spec: SPEC,
    counts: OrdinalKind::Entries,
};

pub(super) static GROUP: Group = Group {
    about: &ABOUT,
    kinds: &[
        Kind { doc_types: &["webhistory"], members: &[], pieces: &["\"url\""], read: visit },
        Kind { doc_types: &["searchhistory"], members: &[], pieces: &["\"keyword\""], read: search },
    ],
};

fn visit(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let (at, offset) = doc.instant("timestamp")?;
    let url = doc.needed("url")?;
    let (site, page) = site_and_page(&url).unzip();
    out.push(
        Category::Browsing,
        &[
            (browsing::AT, at.into()),
            (browsing::UTC_OFFSET, offset.into()),
            (browsing::KIND, browsing::kind::VISIT.into()),
            (browsing::SITE, site.as_deref().into()),
            (browsing::TITLE, doc.text("title").as_deref().into()),
            (browsing::URL, page.as_deref().into()),
        ],
    )
}

fn search(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let (at, offset) = doc.instant("timestamp")?;
    out.push(
        Category::Browsing,
        &[
            (browsing::AT, at.into()),
            (browsing::UTC_OFFSET, offset.into()),
            (browsing::KIND, browsing::kind::SEARCH.into()),
            (browsing::QUERY, doc.needed("keyword")?.as_str().into()),
        ],
    )
}

/// Host of a web page, and its address without user name, query and fragment, which hold secrets.
fn site_and_page(url: &str) -> Option<(String, String)> {
    let (scheme, rest) = url.split_once("://")?;
    if !matches!(scheme, "http" | "https") {
        return None;
    }
    let rest = &rest[..rest.find(['?', '#']).unwrap_or(rest.len())];
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or(authority).to_lowercase();
    let site = host.split(':').next().filter(|site| !site.is_empty())?.to_owned();
    Some((site, format!("{scheme}://{host}{path}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    #[test]
    fn addresses_lose_their_secrets() {
        let file = r#"[{"docType":"WebHistory","title":"Page","url":"https://a:b@Example.org:8080/x/y?token=1#z",
            "timestamp":"2016-10-01T08:59:08Z"},{"docType":"SearchHistory","keyword":"chat","timestamp":"2016-10-01T08:59:09Z"},
            {"docType":"WebHistory","url":"https://example.org","timestamp":"hier"}]"#;
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!(
            (reads[0].about.id, reads[0].rows, reads[0].rejected_count),
            ("mesinfos-history-json", 2, 1)
        );
        assert_eq!(batches[0].text(browsing::SITE, 0), Some("example.org"));
        assert_eq!(batches[0].text(browsing::URL, 0), Some("https://example.org:8080/x/y"));
        assert_eq!(batches[0].text(browsing::QUERY, 1), Some("chat"));
        assert_eq!(site_and_page("javascript:alert(1)"), None);
        assert_eq!(site_and_page("https://?x"), None);
    }
}
