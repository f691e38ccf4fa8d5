//! Language of the pages: from the URL, else from a cookie, else from `Accept-Language`. English for a browser that prefers
//! neither supported language; French if it states no preference.

use crate::app::cookies::cookie;
use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use mesinfos_model::view::Lang;
use std::cmp::Reverse;
use std::convert::Infallible;

/// Language of the reader of a page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader(pub(crate) Lang);

impl Reader {
    /// Language of a request.
    pub(crate) fn of(parts: &Parts) -> Reader {
        let named = parts.uri.query().and_then(named);
        let kept = || cookie(&parts.headers, "lang").and_then(Lang::from_tag);
        let wished = || parts.headers.get(ACCEPT_LANGUAGE)?.to_str().ok().and_then(wished);
        Reader(named.or_else(kept).or_else(wished).unwrap_or(Lang::Fr))
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

/// The supported language with the highest weight in `Accept-Language`, the first among equals (RFC 9110,
/// section 12.5.4). English if the header allows neither. `None` if it contains no valid range.
fn wished(header: &str) -> Option<Lang> {
    let ranges: Vec<(&str, u16)> = header.split(',').filter_map(range).collect();
    if ranges.is_empty() {
        return None;
    }
    let best = |is_it: &dyn Fn(&str) -> bool| {
        let all = ranges.iter().enumerate().filter(|(_, (tag, _))| is_it(tag));
        all.map(|(at, (_, weight))| (*weight, Reverse(at))).max()
    };
    // The weight of a language is that of the ranges that name it, else that of "*".
    let rank = |lang: Lang| {
        let named = best(&|tag| Lang::from_tag(tag) == Some(lang));
        named.or_else(|| best(&|tag| tag == "*")).unwrap_or((0, Reverse(usize::MAX)))
    };
    let (french, english) = (rank(Lang::Fr), rank(Lang::En));
    Some(if french.0 > 0 && french >= english { Lang::Fr } else { Lang::En })
}

/// A language range and its weight in thousandths. `None` if it is malformed.
fn range(range: &str) -> Option<(&str, u16)> {
    let (tag, parameter) = range.split_once(';').unwrap_or((range, "q=1"));
    let tag = tag.trim();
    let (name, value) = parameter.trim().split_once('=')?;
    if tag.is_empty() || !name.trim().eq_ignore_ascii_case("q") {
        return None;
    }
    let weight = value.trim().parse::<f32>().ok().filter(|weight| (0.0..=1.0).contains(weight))?;
    #[allow(clippy::cast_possible_truncation, reason = "a weight is at most 1, with three digits")]
    let weight = (weight * 1000.0).round() as u16;
    Some((tag, weight))
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
        assert_eq!(wished("de"), Some(Lang::En), "neither is asked for: English");
        assert_eq!(wished("fr;q=0"), Some(Lang::En));
        assert_eq!(wished("fr;q=0, *"), Some(Lang::En));
        assert_eq!(wished("en;q=0, *;q=0.1"), Some(Lang::Fr));
        assert_eq!(wished("*"), Some(Lang::Fr));
        assert_eq!(wished("fr; Q=0.2, en-US ;q=0.4"), Some(Lang::En));
        assert_eq!(wished("en;q=0.123, fr;q=0.124"), Some(Lang::Fr));
        for nothing in ["", "fr;q=much", "fr;q=2", ";q=1", "fr;p=1"] {
            assert_eq!(wished(nothing), None, "{nothing}");
        }
    }
}
