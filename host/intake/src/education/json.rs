//! Credentials in JSON: one small object with internal references, so it is held whole.

use crate::error::FormatError;
use crate::fault;
use crate::number::scaled;
use crate::read::{Input, bounded};
use serde_json::Value;

/// Largest credential, in bytes: it embeds images of the issuer's logo and of its pages.
const LIMIT: u64 = 8 << 20;

/// Parses the whole file.
pub(super) fn whole(input: Input<'_>) -> Result<Value, FormatError> {
    let text = input.string(LIMIT)?;
    bounded(&text)?;
    serde_json::from_str(&text).map_err(|error| FormatError::broken(error.line() as u64, fault::json(&error)))
}

/// Items of an array; a single value counts as an array of one, and null as an empty array.
pub(super) fn many(value: &Value) -> &[Value] {
    match value {
        Value::Array(items) => items,
        Value::Null => &[],
        one => std::slice::from_ref(one),
    }
}

/// Value at a path of member names; arrays on the way yield their first item.
pub(super) fn at<'v>(value: &'v Value, path: &[&str]) -> &'v Value {
    static NULL: Value = Value::Null;
    let first = |value: &'v Value| many(value).first().unwrap_or(&NULL);
    path.iter().fold(first(value), |value, name| first(&value[*name]))
}

/// Trimmed text at a path; a number as written. `None` if it is empty.
pub(super) fn text(value: &Value, path: &[&str]) -> Option<String> {
    let text = match at(value, path) {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Text at a path, either a plain string or a map of strings by language, preferred languages first.
pub(super) fn words(value: &Value, path: &[&str]) -> Option<String> {
    let found = at(value, path);
    let by_language = |languages: &serde_json::Map<String, Value>| {
        let preferred = LANGUAGES.iter().filter_map(|language| languages.get(*language));
        preferred.chain(languages.values()).find_map(|words| text(words, &[]))
    };
    match found {
        Value::Object(languages) => by_language(languages),
        found => text(found, &[]),
    }
}

/// Preferred languages, in order.
pub(super) const LANGUAGES: [&str; 2] = ["fr", "en"];

/// Whether `type` is, or contains, this name.
pub(super) fn has_type(value: &Value, name: &str) -> bool {
    many(&value["type"]).iter().any(|one| one.as_str() == Some(name))
}

/// A number in thousandths; `None` if it is not a number.
pub(super) fn thousandths(value: &Value, path: &[&str]) -> Option<i64> {
    scaled(&text(value, path)?, 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn arrays_of_one_and_one_alone_are_the_same() {
        let value =
            json!({"a": [{"b": {"fr": ["x"], "de": "y"}}], "c": {"b": 4.5}, "d": {"zz": "z"}, "e": []});
        assert_eq!(words(&value, &["a", "b"]).as_deref(), Some("x"));
        assert_eq!(thousandths(&value, &["c", "b"]), Some(4_500));
        assert_eq!(words(&value, &["d"]).as_deref(), Some("z"));
        assert_eq!(words(&value, &["e", "f", "g"]), None);
        assert!(has_type(&json!({"type": ["A", "B"]}), "B") && has_type(&json!({"type": "A"}), "A"));
    }
}
