//! Digits of other scripts, which telephones write where their language has them.

use std::borrow::Cow;

/// Zeros of the scripts whose digits telephones and watches write: Arabic-Indic, Persian, Devanagari, Bengali, full width.
const ZEROS: [u32; 5] = [0x660, 0x6F0, 0x966, 0x9E6, 0xFF10];

/// The digit in ASCII; `None` if it is no digit, or one of ASCII.
pub(crate) fn western(c: char) -> Option<char> {
    let code = u32::from(c);
    let zero = ZEROS.into_iter().find(|zero| (*zero..zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

/// The text with all its digits in ASCII.
pub(crate) fn all_western(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(|c| western(c).is_some()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| western(c).unwrap_or(c)).collect())
}
