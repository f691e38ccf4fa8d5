//! Cookies of the pages.

use axum::http::{HeaderMap, HeaderValue, header};

/// Time for which a browser keeps a preference, in seconds.
const YEAR: u32 = 365 * 24 * 3_600;

/// The first cookie with this name.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    cookies(headers, name).next()
}

/// Values of all cookies with this name. A server on another port of this machine may have set one too
/// (RFC 6265, 8.5).
pub(crate) fn cookies<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(move |pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// A cookie for a preference. `value` is one of our own words.
pub(crate) fn persistent(name: &str, value: &str) -> HeaderValue {
    let text = format!("{name}={value}; Path=/; Max-Age={YEAR}; SameSite=Lax; HttpOnly");
    // Names and values are our own words, which a header can hold.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}
