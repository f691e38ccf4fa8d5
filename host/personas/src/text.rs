//! Text formats of the data holders' files.

use std::fmt::{Display, Write};

/// Cents as "-12.34".
pub(crate) fn euros(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}{}.{:02}", cents / 100, cents % 100)
}

/// Cents as "-12,34".
pub(crate) fn comma(cents: i64) -> String {
    euros(cents).replace('.', ",")
}

/// 1/10^7 degree as "47.2184000".
pub(crate) fn degrees(e7: i64) -> String {
    let sign = if e7 < 0 { "-" } else { "" };
    let e7 = e7.unsigned_abs();
    format!("{sign}{}.{:07}", e7 / 10_000_000, e7 % 10_000_000)
}

/// A text as a JSON string, with quotes.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A JSON object under construction.
#[derive(Default)]
pub(crate) struct Object(String);

impl Object {
    pub(crate) fn new() -> Object {
        Object::default()
    }

    /// Adds a member with a text.
    pub(crate) fn text(self, name: &str, value: &str) -> Object {
        self.raw(name, quoted(value))
    }

    /// Adds a member with a raw value: a number, `true`, `null`, or other JSON.
    pub(crate) fn raw(mut self, name: &str, value: impl Display) -> Object {
        let between = if self.0.is_empty() { "" } else { "," };
        // Writing to a string cannot fail.
        let _ = write!(self.0, "{between}\"{name}\":{value}");
        self
    }

    /// Adds a member with an object.
    pub(crate) fn object(self, name: &str, value: &Object) -> Object {
        self.raw(name, value)
    }

    /// Adds a member with an array.
    pub(crate) fn list<T: Display>(self, name: &str, values: impl IntoIterator<Item = T>) -> Object {
        self.raw(name, array(values))
    }
}

impl Display for Object {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{{{}}}", self.0)
    }
}

/// A JSON array, one element per line.
pub(crate) fn array<T: Display>(values: impl IntoIterator<Item = T>) -> String {
    let mut all = String::from("[");
    for (place, value) in values.into_iter().enumerate() {
        all.push_str(if place == 0 { "\n" } else { ",\n" });
        // Writing to a string cannot fail.
        let _ = write!(all, "{value}");
    }
    all.push_str("\n]");
    all
}

/// Escaped text for XML.
pub(crate) fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_holders_write_them() {
        assert_eq!([euros(-5), euros(123_456), comma(-4_532)], ["-0.05", "1234.56", "-45,32"]);
        assert_eq!(degrees(-15_536_000), "-1.5536000");
        assert_eq!(Object::new().text("a", "\"").raw("b", 1).to_string(), "{\"a\":\"\\\"\",\"b\":1}");
    }
}
