//! Bodies of forms (`application/x-www-form-urlencoded`, WHATWG URL Standard, section 5), as pairs: a form may name
//! a field several times, and its fields may depend on an app.

use crate::Shared;
use crate::app::failure::Failure;
use crate::app::parts::Shell;
use crate::app::preferences::Preferences;
use axum::extract::{FromRequest, RawForm, Request};
use axum::response::{IntoResponse, Response};
use mesinfos_model::Day;

/// Largest number of fields of a form.
const MOST: usize = 2_000;

/// The fields of a form, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Parses a query or the body of a form. `None` if it has too many fields or is not UTF-8.
    pub(crate) fn read(text: &[u8]) -> Option<Fields> {
        let text = std::str::from_utf8(text).ok()?;
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        let fields: Option<Vec<(String, String)>> = pairs
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                Some((decoded(name)?, decoded(value)?))
            })
            .collect();
        fields.filter(|fields| fields.len() <= MOST).map(Fields)
    }

    /// The first value of a field; empty if it is missing.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// Whether the form has a field.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// All values of a field.
    pub(crate) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// All fields.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// A date as a browser sends it: 2025-12-31.
pub(crate) fn date(text: &str) -> Option<Day> {
    let is_date = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if is_date { text.parse().ok() } else { None }
}

/// The first and the last day of a search, as typed, in their order, and whether they came the other way round.
pub(crate) fn in_order(from: String, to: String) -> (String, String, bool) {
    match date(&from).zip(date(&to)) {
        Some((first, last)) if first > last => (to, from, true),
        _ => (from, to, false),
    }
}

fn decoded(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    Some(percent_encoding::percent_decode_str(&spaced).decode_utf8().ok()?.into_owned())
}

impl FromRequest<Shared> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, shared: &Shared) -> Result<Fields, Response> {
        let (parts, body) = request.into_parts();
        let preferences = Preferences::of(&parts);
        let read = RawForm::from_request(Request::from_parts(parts, body), shared).await;
        read.ok()
            .and_then(|RawForm(text)| Fields::read(&text))
            .ok_or_else(|| Failure::not_understood(&Shell::outside("", preferences, "")).into_response())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_browsers_send_them() {
        let fields = Fields::read("a=1&b=%C3%A9t%C3%A9+fin%26&a=2&c&=x".as_bytes()).unwrap();
        assert_eq!(fields.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!((fields.get("b"), fields.get("c"), fields.get("d")), ("été fin&", "", ""));
        assert!(fields.has("c") && !fields.has("d"));
        assert_eq!(Fields::read(b"a=%FF"), None);
        assert_eq!(Fields::read(b"\xff"), None);
        assert_eq!(Fields::read("a&".repeat(MOST + 1).as_bytes()), None);
        assert_eq!(Fields::read(b""), Some(Fields::default()));
    }
}
