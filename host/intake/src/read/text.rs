//! Bytes that should be UTF-8 and sometimes are not.

use super::encoding;
use std::borrow::Cow;

/// Bytes as text: UTF-8, else Windows-1252. In a text that is mostly UTF-8, a bad byte costs one character.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(encoding::of_piece(bytes)),
    }
}

/// Decodes a mark followed by two hexadecimal digits to one byte: `%` in addresses, `=` in
/// quoted-printable. A mark without digits is kept.
pub(crate) fn unescaped(text: &str, mark: u8) -> Vec<u8> {
    let hex = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let pair = match after {
            [high, low, ..] if first == mark => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match pair {
            Some((high, low)) => {
                bytes.push(high << 4 | low);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_with_digits_are_bytes() {
        assert_eq!(unescaped("caf%C3%a9%", b'%'), "café%".as_bytes());
        assert_eq!(unescaped("=41=4=zz%41é", b'='), "A=4=zz%41é".as_bytes());
    }
}
