//! Amounts, currencies and days as banks write them.

use super::{Wrong, words};
use crate::number::{Mark, amount, mark_of, scaled_with};
use crate::reason::Reason;
use crate::{month, time};
use mesinfos_model::Day;
use mesinfos_model::money::{exponent, is_code};
use serde::Deserialize;
use serde_json::value::RawValue;

/// Amount in minor units of its currency, or in hundredths if the currency is unknown. `mark` is the
/// expected decimal mark; a text that can only use the other mark is read with that.
///
/// # Errors
/// The reason why the text is not an amount.
pub(crate) fn minor(text: &str, currency: Option<&str>, mark: Mark) -> Result<i64, Reason> {
    if let Some(amount) = currency.and_then(|currency| plain(text, u32::from(exponent(currency)))) {
        return Ok(amount);
    }
    let mark = mark_of(text, mark);
    let is_plain =
        text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.' | b',' | b' ' | b'\''));
    if !is_plain && has_inner_letter(text) {
        return Err(Reason::not_an_amount(text));
    }
    let word: String = text.chars().filter(|c| c.is_alphabetic()).collect();
    if is_code(&word) && currency.is_some_and(|currency| currency != word) {
        return Err(Reason::not_an_amount(text));
    }
    // A mark of its own column's making: "1,250.00 Dr", "5,00 CR", "12.00 OD" (overdrawn).
    let sign = match word.to_ascii_lowercase().as_str() {
        "dr" | "db" | "od" => Some(-1),
        "cr" => Some(1),
        _ => None,
    };
    if let Some(sign) = sign {
        let amount = amount(text, currency.unwrap_or_default(), mark)?;
        // A sign beside a mark would say it twice, or take it back.
        return if amount < 0 { Err(Reason::not_an_amount(text)) } else { Ok(sign * amount) };
    }
    match currency {
        Some(currency) if is_plain => scaled_with(text, u32::from(exponent(currency)), mark)
            .ok_or_else(|| Reason::not_an_amount_of(text, currency)),
        Some(currency) => amount(text, currency, mark),
        None => amount(text, "", mark).map_err(|_| Reason::not_an_amount(text)),
    }
}

/// Fast path for the form of nearly all amounts: a minus or nothing, digits with spaces between them, and a point or a
/// comma before as many digits as the currency has. Nothing else can be meant.
fn plain(text: &str, digits: u32) -> Option<i64> {
    let text = text.as_bytes();
    let (is_negative, number) = match text.split_first()? {
        (b'-', rest) => (true, rest),
        _ => (false, text),
    };
    // Three digits after a mark may be thousands.
    let fraction = usize::try_from(digits).ok().filter(|digits| matches!(digits, 1 | 2))?;
    let at = number.len().checked_sub(fraction + 1)?;
    // Eighteen digits do not overflow.
    if number.len() > 18 || !matches!(number[at], b'.' | b',') || !number.first()?.is_ascii_digit() {
        return None;
    }
    let mut value = 0_i64;
    for byte in &number[..at] {
        match byte {
            b'0'..=b'9' => value = value * 10 + i64::from(byte - b'0'),
            b' ' => {}
            _ => return None,
        }
    }
    for byte in &number[at + 1..] {
        value = value * 10 + byte.is_ascii_digit().then(|| i64::from(byte - b'0'))?;
    }
    Some(if is_negative { -value } else { value })
}

/// Whether a letter appears between digits, as in "1e5": a currency comes before or after the digits.
fn has_inner_letter(text: &str) -> bool {
    let digits = text.find(|c: char| c.is_ascii_digit()).zip(text.rfind(|c: char| c.is_ascii_digit()));
    digits.is_some_and(|(first, last)| text[first..last].contains(char::is_alphabetic))
}

/// A currency by its ISO 4217 code; `None` if the text is not three capital letters.
pub(crate) fn currency(text: &str) -> Option<&str> {
    let text = text.trim();
    is_code(text).then_some(text)
}

/// Like [`currency`], but required.
///
/// # Errors
/// The text is not a currency code.
pub(crate) fn needed_currency(text: &str) -> Result<&str, Reason> {
    currency(text).ok_or_else(|| Reason::not_a_currency(text))
}

/// An amount, as text or as a number of which every digit counts.
#[derive(Deserialize)]
pub(super) struct Money {
    amount: Box<RawValue>,
    pub(super) currency: String,
}

impl Money {
    /// Amount in minor units of its currency.
    pub(crate) fn minor(&self) -> Result<i64, Wrong> {
        let currency = needed_currency(&self.currency).map_err(|reason| ("currency", reason))?;
        let text = self.amount.get().trim_matches('"');
        minor(text, Some(currency), Mark::Point).map_err(|reason| ("amount", reason))
    }
}

/// Order of dates that always name their month.
pub(super) const NAMED: &str = "named";

/// Day number of a date: digits in the order of `order` ("dmy", "ymd", "mdy"), or with a month name ("27
/// Feb 2018", "12-déc.-19"), the only form if `order` is [`NAMED`]. A four-digit year in first position is
/// a year whatever `order` says. Only a time of day may follow, after a space or `T`.
pub(crate) fn day(text: &str, order: &str) -> Option<i64> {
    if let Some(day) = ten_digits(text.as_bytes(), order) {
        return Some(i64::from(day.0));
    }
    let text = text.trim();
    let text = match text.find([' ', 'T']).filter(|&end| end >= 6) {
        Some(end) if time::is_clock(&text[end + 1..]) => &text[..end],
        _ => text,
    };
    let text = text.trim_end_matches('.');
    ten_digits(text.as_bytes(), order)
        .or_else(|| if order == NAMED || text.contains('T') { None } else { digits(text, order) })
        .or_else(|| month::day(text))
        .map(|day| i64::from(day.0))
}

/// A date in digits that takes the whole text.
fn digits(text: &str, order: &str) -> Option<Day> {
    let has_space = text.find(' ').is_some_and(|end| end >= 6);
    if has_space { None } else { time::day(text, order) }
}

/// Day of a date, or of a date and time; `None` if the text is missing or empty.
pub(super) fn optional_day(field: &'static str, text: Option<&str>) -> Result<Option<i64>, Wrong> {
    let Some(text) = text.and_then(words::some) else { return Ok(None) };
    day(text, "ymd").map(Some).ok_or_else(|| (field, Reason::not_a_date(text, "2020-12-31")))
}

/// Fast path without allocation for `31/12/2020` and `2020-12-31`, the form of nearly all rows.
fn ten_digits(text: &[u8], order: &str) -> Option<Day> {
    if text.len() != 10 {
        return None;
    }
    let number = |from: usize, to: usize| {
        text[from..to]
            .iter()
            .try_fold(0_i16, |sum, b| b.is_ascii_digit().then(|| sum * 10 + i16::from(b - b'0')))
    };
    let parted = |a: usize, b: usize| text[a] == text[b] && matches!(text[a], b'/' | b'-' | b'.');
    let (year, month, day) = match order {
        _ if parted(4, 7) => (number(0, 4)?, number(5, 7)?, number(8, 10)?),
        "dmy" if parted(2, 5) => (number(6, 10)?, number(3, 5)?, number(0, 2)?),
        "mdy" if parted(2, 5) => (number(6, 10)?, number(0, 2)?, number(3, 5)?),
        _ => return None,
    };
    Day::from_ymd(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_told_by_the_amount_where_it_can_be() {
        for (text, mark, is) in [
            ("-12,50", Mark::Point, Some(-1_250)),
            ("-12.5", Mark::Comma, Some(-1_250)),
            ("1,234.56", Mark::Comma, Some(123_456)),
            ("1.234,56 €", Mark::Point, Some(123_456)),
            ("1.234", Mark::Comma, Some(123_400)),
            ("1,234", Mark::Point, Some(123_400)),
            ("1.234.567", Mark::Comma, Some(123_456_700)),
            ("+ £1,100.00", Mark::Point, Some(110_000)),
            ("1\u{A0}234,56", Mark::Comma, Some(123_456)),
            ("12.3456", Mark::Comma, None),
            ("", Mark::Comma, None),
            ("12,", Mark::Comma, Some(1_200)),
            ("Pending", Mark::Comma, None),
            ("1e5", Mark::Comma, None),
            ("EUR 3.10", Mark::Comma, Some(310)),
        ] {
            assert_eq!(minor(text, Some("EUR"), mark).ok(), is, "{text}");
        }
        assert_eq!(minor("900", Some("JPY"), Mark::Point), Ok(900));
        assert_eq!(minor("-1.5", None, Mark::Point), Ok(-150));
    }

    /// The fast path gives what the general one gives.
    #[test]
    fn plain_amounts_are_amounts() {
        let general = |text: &str, digits| scaled_with(text, digits, mark_of(text, Mark::Comma));
        let mut read = 0;
        for whole in
            ["0", "7", "12", "007", "1 234", "1  2", "999999999999", "1.234", "", " 1", "1'0", "+1", "--1"]
        {
            for sign in ["", "-", "+", " "] {
                for mark in [",", ".", "", "-"] {
                    for fraction in ["", "0", "05", "5", "99", "123", "1 ", "x"] {
                        let text = format!("{sign}{whole}{mark}{fraction}");
                        for digits in 0..4 {
                            if let Some(amount) = plain(&text, digits) {
                                assert_eq!(Some(amount), general(&text, digits), "{text} {digits}");
                                read += 1;
                            }
                        }
                    }
                }
            }
        }
        assert!(read > 50, "{read}");
        assert_eq!(plain("-1 234,56", 2), Some(-123_456));
        assert_eq!(plain("9999999999999999,99", 2), None);
    }

    #[test]
    fn days_in_words_and_digits() {
        let shown =
            |text, order| day(text, order).and_then(|d| i32::try_from(d).ok()).map(|d| Day(d).to_string());
        assert_eq!(shown("12-Dec-2019", "dmy").as_deref(), Some("2019-12-12"));
        assert_eq!(shown("10 Feb 18", "dmy").as_deref(), Some("2018-02-10"));
        assert_eq!(shown("2019.04.19.", "ymd").as_deref(), Some("2019-04-19"));
        assert_eq!(shown("2018-02-25 12:34:56 +0000", "ymd").as_deref(), Some("2018-02-25"));
        assert_eq!(shown("2019-04-19", "dmy").as_deref(), Some("2019-04-19"));
        assert_eq!(shown("20251030", "ymd").as_deref(), Some("2025-10-30"));
        assert_eq!(shown("2026-01-02T10:30:00.5Z", "ymd").as_deref(), Some("2026-01-02"));
        assert_eq!(shown("3 août 2025", "dmy").as_deref(), Some("2025-08-03"));
        assert_eq!(shown("20.02.18", "dmy").as_deref(), Some("2018-02-20"));
        for bad in [
            "31/02/2025",
            "2016-03-033",
            "Pending",
            "",
            "1 Foo 2018",
            "01/02/2020x",
            "é0/02/2020",
            "31/12/2020 x",
            "2020-12-31T",
            "2020-12-31 10:00 x",
            "20201231 10",
            "10/02/26 foo",
        ] {
            assert_eq!(day(bad, "dmy"), None, "{bad}");
        }
    }
}
