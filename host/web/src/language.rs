//! Language of the pages: from the URL, else from the browser, else French.

use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use mesinfos_model::view::Lang;
use std::convert::Infallible;

/// Language of the reader of a page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader(pub(crate) Lang);

impl Reader {
    /// Language of a request.
    pub(crate) fn of(parts: &Parts) -> Reader {
        let named = parts.uri.query().and_then(named);
        let wished = || parts.headers.get(ACCEPT_LANGUAGE)?.to_str().ok().and_then(wished);
        Reader(named.or_else(wished).unwrap_or(Lang::Fr))
    }
}

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Reader, Infallible> {
        Ok(Reader::of(parts))
    }
}

/// The language of `lang=fr` in a query.
fn named(query: &str) -> Option<Lang> {
    query.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Lang::from_tag)
}

/// The supported language with the highest weight in `Accept-Language` (RFC 9110, section 12.5.4).
fn wished(header: &str) -> Option<Lang> {
    let ranges = header.split(',').filter_map(|range| {
        let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
        let weight: f32 = weight.trim().strip_prefix("q=")?.parse().ok()?;
        let lang = Lang::from_tag(tag.trim())?;
        (weight > 0.0).then_some((lang, weight))
    });
    let mut best: Option<(Lang, f32)> = None;
    for (lang, weight) in ranges {
        if best.is_none_or(|(_, most)| weight > most) {
            best = Some((lang, weight));
        }
    }
    best.map(|(lang, _)| lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_heard_before_the_browser() {
        assert_eq!(named("a=b&lang=en"), Some(Lang::En));
        assert_eq!(named("lang=de"), None);
        assert_eq!(wished("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5"), Some(Lang::Fr));
        assert_eq!(wished("de, en-GB;q=0.7, fr;q=0.3"), Some(Lang::En));
        assert_eq!(wished("fr;q=0, en;q=0.1"), Some(Lang::En));
        assert_eq!(wished("de"), None);
        assert_eq!(wished("fr;q=much"), None);
    }
}
