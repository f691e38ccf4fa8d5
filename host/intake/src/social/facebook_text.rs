//! Texts of Facebook's JSON: UTF-8 bytes, each escaped as a separate character (`é` is `\u00c3\u00a9`).

use std::borrow::Cow;

/// The intended text. A text that is not made of such bytes is returned unchanged.
pub(super) fn repaired(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    match bytes.map(String::from_utf8) {
        Some(Ok(meant)) => Cow::Owned(meant),
        _ => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_were_escaped_are_text_again() {
        assert_eq!(repaired("Andr\u{c3}\u{a9}"), "André");
        assert_eq!(repaired("\u{f0}\u{9f}\u{8e}\u{84}"), "🎄");
        assert_eq!(repaired("Jane"), "Jane");
        assert_eq!(repaired("André"), "André");
        assert_eq!(repaired("🎄 Ã©"), "🎄 Ã©");
    }
}
