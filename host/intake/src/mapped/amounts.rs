//! Numbers and amounts in the cells of a table that anybody may have written: nothing of a cell is left aside.
//!
//! Digits are grouped by three or not at all. The groups of India (1,23,456) are refused, like any other.

use super::currencies::{is_sign, named};
use super::ways::{self, Way};
use crate::number::{Mark, scaled_with, told_mark};
use crate::reason::Reason;
use mesinfos_model::money::exponent;

/// A number as it is written, and what stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written<'t> {
    /// Its digits and marks, without a sign.
    digits: &'t str,
    /// Its sign, if it has one: whether it is negative.
    pub(super) sign: Option<bool>,
    /// The currencies that a sign or code beside it may be; empty if there is none.
    pub(super) currencies: &'static [&'static str],
    /// Which way money goes, by a mark such as "DR".
    pub(super) way: Option<Way>,
}

/// What is beside a number, on both sides of it.
#[derive(Default)]
struct Beside {
    sign: Option<bool>,
    opens: bool,
    closes: bool,
    currencies: &'static [&'static str],
    way: Option<Way>,
}

impl Beside {
    /// Takes what is on one side; `None` for what cannot stand there.
    fn take(&mut self, text: &str, is_after: bool) -> Option<()> {
        let mut words: Vec<String> = Vec::new();
        let mut is_within = false;
        for c in text.chars() {
            if c.is_alphabetic() || is_sign(c) {
                match words.last_mut().filter(|_| is_within) {
                    Some(word) => word.push(c),
                    None => words.push(c.to_string()),
                }
                is_within = true;
                continue;
            }
            let is_end = std::mem::take(&mut is_within);
            match c {
                c if is_space(c) => {}
                '.' if is_end => {}
                '-' | '\u{2212}' | '+' if self.sign.is_none() => self.sign = Some(c != '+'),
                '(' if !is_after && !self.opens => self.opens = true,
                ')' if is_after && self.opens && !self.closes => self.closes = true,
                _ => return None,
            }
        }
        let whole: String = words.concat();
        if !whole.is_empty() && self.word(&whole, is_after).is_some() {
            return Some(());
        }
        words.iter().try_for_each(|word| self.word(word, is_after))
    }

    /// A word or sign that is known.
    fn word(&mut self, word: &str, is_after: bool) -> Option<()> {
        if let Some(way) = ways::mark(word, is_after) {
            return self.way.replace(way).is_none().then_some(());
        }
        let currencies = named(word)?;
        if self.currencies.is_empty() || self.currencies == currencies {
            self.currencies = currencies;
            return Some(());
        }
        // "$ CAD": the one that says more.
        let (few, many) = match currencies.len() < self.currencies.len() {
            true => (currencies, self.currencies),
            false => (self.currencies, currencies),
        };
        self.currencies = few;
        few.iter().all(|code| many.contains(code)).then_some(())
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// A number with its sign, and with the known signs, codes and marks beside it; `None` if there is anything else.
pub(super) fn written(text: &str) -> Option<Written<'_>> {
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let last = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    // ".5" has no digit before its mark.
    let start = match text[..first].chars().next_back() {
        Some('.' | ',') if !text[..first - 1].ends_with(char::is_alphabetic) => first - 1,
        _ => first,
    };
    let digits = &text[start..last];
    let fits = |c: char| c.is_ascii_digit() || is_space(c) || matches!(c, '.' | ',' | '\'' | '\u{2019}');
    if !digits.chars().all(fits) {
        return None;
    }
    let mut beside = Beside::default();
    beside.take(&text[..start], false)?;
    beside.take(&text[last..], true)?;
    let sign = match (beside.opens, beside.closes, beside.sign) {
        (false, false, sign) => sign,
        // "(5)" is negative.
        (true, true, None) => Some(true),
        _ => return None,
    };
    Some(Written { digits, sign, currencies: beside.currencies, way: beside.way })
}

impl Written<'_> {
    /// Its decimal mark, where it tells.
    pub(super) fn told(&self) -> Option<Mark> {
        let count = |mark: char| self.digits.chars().filter(|c| *c == mark).count();
        match (count(','), count('.')) {
            // A mark that is there several times groups digits.
            (0, 2..) => Some(Mark::Comma),
            (2.., 0) => Some(Mark::Point),
            _ => told_mark(self.digits),
        }
    }

    /// Whether its only mark may group thousands or separate decimals.
    pub(super) fn is_unsure(&self) -> bool {
        self.told().is_none() && self.digits.contains([',', '.'])
    }

    /// The number times 10^`decimals`; `None` if its digits are grouped in another way than by three, or it has more
    /// decimals or digits. `usual` is its decimal mark where it does not tell.
    pub(super) fn scaled(&self, decimals: u32, usual: Mark) -> Option<i64> {
        let mark = self.told().unwrap_or(usual);
        let (decimal, group) = match mark {
            Mark::Point => ('.', ','),
            Mark::Comma => (',', '.'),
        };
        let (whole, fraction) = match self.digits.split_once(decimal) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (self.digits, None),
        };
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !fraction.is_none_or(is_digits)
            || !(is_grouped(whole, group) || whole.is_empty() && fraction.is_some())
        {
            return None;
        }
        let mut plain: String = whole.chars().filter(char::is_ascii_digit).collect();
        if let Some(fraction) = fraction {
            plain.push('.');
            plain.push_str(fraction);
        }
        let value = scaled_with(&plain, decimals, Mark::Point)?;
        if self.sign == Some(true) { value.checked_neg() } else { Some(value) }
    }
}

/// Whether digits are together, or in groups of three with one separator.
fn is_grouped(whole: &str, group: char) -> bool {
    let is_separator = |c: char| c == group || is_space(c) || matches!(c, '\'' | '\u{2019}');
    let kind = |c: char| {
        if is_space(c) {
            ' '
        } else if c == '\u{2019}' {
            '\''
        } else {
            c
        }
    };
    let mut separators = whole.chars().filter(|c| !c.is_ascii_digit());
    if let Some(first) = separators.next() {
        if !is_separator(first) || !separators.all(|c| kind(c) == kind(first)) {
            return false;
        }
        let groups: Vec<&str> = whole.split(|c: char| !c.is_ascii_digit()).collect();
        return (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|digits| digits.len() == 3);
    }
    !whole.is_empty()
}

/// An amount in minor units of a currency, and which way it goes if a mark beside it says so. It is in minor units
/// already if `in_cents`.
///
/// # Errors
/// The text has a sign, code or word that is not of this currency, or digits that make no number.
pub(super) fn amount(
    text: &str,
    currency: &str,
    usual: Mark,
    in_cents: bool,
) -> Result<(i64, Option<Way>), Reason> {
    let wrong = || Reason::not_an_amount_of(text, currency);
    let written = written(text).ok_or_else(wrong)?;
    if !written.currencies.is_empty() && !written.currencies.contains(&currency) {
        return Err(wrong());
    }
    if written.way.is_some() && written.sign.is_some() {
        return Err(Reason::sign_of_its_own(text));
    }
    let decimals = if in_cents { 0 } else { u32::from(exponent(currency)) };
    let value = written.scaled(decimals, usual).ok_or_else(wrong)?;
    Ok((value, written.way))
}

/// A quantity times 10^`decimals`: a number with nothing beside it but a sign.
pub(super) fn quantity(text: &str, decimals: u32, usual: Mark) -> Option<i64> {
    let bare = |written: &Written<'_>| written.currencies.is_empty() && written.way.is_none();
    written(text).filter(bare)?.scaled(decimals, usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, currency: &str, mark: Mark) -> Option<i64> {
        amount(text, currency, mark, false).ok().map(|(value, _)| value)
    }

    #[test]
    fn digits_are_in_groups_of_three_or_not_grouped() {
        for (text, mark, is) in [
            ("1 234,50", Mark::Comma, Some(123_450)),
            ("1\u{202f}234\u{a0}567,8", Mark::Point, Some(123_456_780)),
            ("1.234.567", Mark::Point, Some(123_456_700)),
            ("1,234.50", Mark::Comma, Some(123_450)),
            ("1'234.50", Mark::Comma, Some(123_450)),
            ("1,234", Mark::Point, Some(123_400)),
            (".5", Mark::Comma, Some(50)),
            ("123456", Mark::Comma, Some(12_345_600)),
            ("1 2 3", Mark::Comma, None),
            ("31.12.2026", Mark::Comma, None),
            ("31.12.2026", Mark::Point, None),
            ("1,2,3", Mark::Point, None),
            ("1,2,3", Mark::Comma, None),
            ("1,23,456", Mark::Point, None),
            ("1  234", Mark::Comma, None),
            ("1234.567,00", Mark::Comma, None),
            ("1 234.567,00", Mark::Comma, None),
            ("1,234", Mark::Comma, None),
            ("12 34,50", Mark::Comma, None),
            ("1.2,3.4", Mark::Comma, None),
            ("5,", Mark::Comma, None),
            ("5,-", Mark::Comma, None),
            ("99999999999999999999", Mark::Comma, None),
            ("", Mark::Comma, None),
            ("-", Mark::Comma, None),
        ] {
            assert_eq!(of(text, "EUR", mark), is, "{text}");
        }
    }

    #[test]
    fn signs_are_told_once() {
        for (text, is) in [
            ("-5,00", Some(-500)),
            ("5,00-", Some(-500)),
            ("\u{2212} 5,00", Some(-500)),
            ("(5,00)", Some(-500)),
            ("(5,00 €)", Some(-500)),
            ("-€5,00", Some(-500)),
            ("+5", Some(500)),
            ("--5", None),
            ("-5-", None),
            ("(-5)", None),
            ("(5", None),
            ("5)", None),
            (")5(", None),
        ] {
            assert_eq!(of(text, "EUR", Mark::Comma), is, "{text}");
        }
    }

    #[test]
    fn letters_beside_a_number_are_its_currency_or_a_known_mark() {
        for (text, currency, is) in [
            ("5,00 €", "EUR", Some(500)),
            ("EUR 5,00", "EUR", Some(500)),
            ("5,00eur", "EUR", Some(500)),
            ("5,00 euros", "EUR", Some(500)),
            ("CHF 5.00", "CHF", Some(500)),
            ("Fr. 5.00", "CHF", Some(500)),
            ("5 000 FCFA", "XOF", Some(5_000)),
            ("5 000 F CFA", "XAF", Some(5_000)),
            ("$5.00", "USD", Some(500)),
            ("$ 5.00 CAD", "CAD", Some(500)),
            ("5,00 BTC", "EUR", None),
            ("5,00 FCFA", "EUR", None),
            ("5,00 $", "EUR", None),
            ("5,00 USD", "EUR", None),
            ("5,00 € USD", "EUR", None),
            ("$5.00 CAD", "USD", None),
            ("5,00 points", "EUR", None),
            ("5,00 kWh", "EUR", None),
            ("1e5", "EUR", None),
            ("5,00 %", "EUR", None),
            ("5,00*", "EUR", None),
            ("n° 5", "EUR", None),
            ("CB 5,00", "EUR", None),
        ] {
            assert_eq!(of(text, currency, Mark::Comma), is, "{text}");
        }
        let marked = |text| amount(text, "EUR", Mark::Comma, false);
        assert_eq!(marked("5,00 DB"), Ok((500, Some(Way::Out))));
        assert_eq!(marked("5,00 D"), Ok((500, Some(Way::Out))));
        assert_eq!(marked("€5,00 CR"), Ok((500, Some(Way::In))));
        assert!(marked("-5,00 CR").is_err() && marked("5,00 DR CR").is_err() && marked("D 5,00").is_err());
    }

    #[test]
    fn cents_are_whole() {
        assert_eq!(amount("1250", "EUR", Mark::Comma, true), Ok((1_250, None)));
        assert!(amount("12,5", "EUR", Mark::Comma, true).is_err());
        assert_eq!(quantity("12,5", 3, Mark::Comma), Some(12_500));
        assert_eq!(quantity("12,5 €", 3, Mark::Comma), None);
    }
}
