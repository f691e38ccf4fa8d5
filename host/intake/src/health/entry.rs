//! One row of the health category, and small parsers shared by all formats of this family.

use crate::error::FormatError;
use crate::number;
use crate::rows::RowWriter;
use mesinfos_model::Category;
use mesinfos_model::category::health;

/// A row. Fields that a format does not set stay missing; `row` and `kind` default to another item of the
/// record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) holder: &'a str,
    /// A code of `row`.
    pub(super) row: i64,
    pub(super) claim: Option<&'a str>,
    pub(super) on: Option<i64>,
    pub(super) until: Option<i64>,
    /// A code of `kind`.
    pub(super) kind: i64,
    pub(super) label: Option<&'a str>,
    pub(super) code_system: Option<&'a str>,
    pub(super) code: Option<&'a str>,
    pub(super) provider: Option<&'a str>,
    /// In thousandths.
    pub(super) quantity: Option<i64>,
    pub(super) money: Money<'a>,
    pub(super) status: Option<&'a str>,
    /// As written; a decimal number is also stored as a number.
    pub(super) value: Option<&'a str>,
    pub(super) unit: Option<&'a str>,
    pub(super) dose: Option<&'a str>,
    pub(super) diagnoses: Option<&'a str>,
    pub(super) note: Option<&'a str>,
}

/// Charges and payments, in minor units of one currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Money<'a> {
    pub(super) charged: Option<i64>,
    pub(super) allowed: Option<i64>,
    pub(super) paid: Option<i64>,
    pub(super) patient: Option<i64>,
    /// Used only if there is an amount.
    pub(super) currency: Option<&'a str>,
}

impl Default for Entry<'_> {
    fn default() -> Self {
        Entry {
            holder: "",
            row: health::row::ITEM,
            claim: None,
            on: None,
            until: None,
            kind: health::kind::OTHER,
            label: None,
            code_system: None,
            code: None,
            provider: None,
            quantity: None,
            money: Money::default(),
            status: None,
            value: None,
            unit: None,
            dose: None,
            diagnoses: None,
            note: None,
        }
    }
}

impl Entry<'_> {
    /// Writes the row, which is at `ordinal` in the file.
    pub(super) fn push(&self, rows: &mut RowWriter<'_>, ordinal: u64) -> Result<(), FormatError> {
        let money = &self.money;
        let amounts = [money.charged, money.allowed, money.paid, money.patient];
        let currency = money.currency.filter(|_| amounts.iter().any(Option::is_some));
        let cells = [
            (health::HOLDER, self.holder.into()),
            (health::ROW, self.row.into()),
            (health::CLAIM, self.claim.into()),
            (health::ON, self.on.into()),
            (health::UNTIL, self.until.into()),
            (health::KIND, self.kind.into()),
            (health::LABEL, self.label.into()),
            (health::CODE_SYSTEM, self.code.and(self.code_system).into()),
            (health::CODE, self.code.into()),
            (health::PROVIDER, self.provider.into()),
            (health::QUANTITY, self.quantity.into()),
            (health::CHARGED, money.charged.into()),
            (health::ALLOWED, money.allowed.into()),
            (health::PAID, money.paid.into()),
            (health::PATIENT, money.patient.into()),
            (health::CURRENCY, currency.into()),
            (health::STATUS, self.status.into()),
            (health::VALUE, self.value.into()),
            (health::NUMBER, self.value.and_then(plain_number).into()),
            (health::UNIT, self.unit.into()),
            (health::DOSE, self.dose.into()),
            (health::DIAGNOSES, self.diagnoses.into()),
            (health::NOTE, self.note.into()),
        ];
        rows.push(Category::Health, ordinal, &cells)
    }
}

/// Flags that a laboratory appends to a result out of range.
const FLAGS: &[&str] = &[" Critical Low", " Critical High", " Low", " High", " Abnormal"];

/// Number of a value, with or without a flag after it ("13.2 Low").
fn plain_number(value: &str) -> Option<i64> {
    let bare = FLAGS.iter().find_map(|flag| value.strip_suffix(flag));
    thousandths(bare.unwrap_or(value))
}

/// A decimal number times 1000. Finer digits are rounded half away from zero, because the text itself is
/// kept beside it. `None` if it is not a number.
pub(super) fn thousandths(text: &str) -> Option<i64> {
    rounded(text, 3)
}

/// A decimal number (`-12.3456`, no exponent) times 10^`digits`. Finer digits are rounded half away from
/// zero: machines write 30.30 as 30.299999999999997.
pub(super) fn rounded(text: &str, digits: u32) -> Option<i64> {
    let text = text.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    // "135, 170" is two numbers, and "120/80" is not a number.
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let first = groups.next().unwrap_or_default();
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let grouped = groups.clone().next().is_none() || (1..=3).contains(&first.len());
    if !is_digits(first) || !grouped || !groups.all(|group| group.len() == 3 && is_digits(group)) {
        return None;
    }
    let keep = usize::try_from(digits).ok()?;
    if !is_digits(fraction) {
        return None;
    }
    if fraction.len() <= keep {
        return number::scaled(text, digits);
    }
    let cut = number::scaled(&format!("{whole}.{}", &fraction[..keep]), digits)?;
    match (fraction.as_bytes()[keep] >= b'5', whole.starts_with('-')) {
        (false, _) => Some(cut),
        (true, false) => cut.checked_add(1),
        (true, true) => cut.checked_sub(1),
    }
}

/// A value and its unit: `325 lb`, `190/70 mm[Hg]`, `98 %`. Text that does not begin with a value, or
/// whose rest is more than one word, is a value as a whole: "NEG", "13.2 Critical High".
pub(super) fn measure(text: &str) -> (&str, Option<&str>) {
    let is_value = |c: char| c.is_ascii_digit() || matches!(c, '.' | '/' | '-' | '+' | '<' | '>' | ',');
    match text.split_once(char::is_whitespace) {
        Some((value, unit))
            if value.contains(|c: char| c.is_ascii_digit())
                && value.chars().all(is_value)
                && !unit.trim().contains(char::is_whitespace) =>
        {
            (value, Some(unit.trim()))
        }
        _ => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_in_their_text() {
        assert_eq!(thousandths("22.5312"), Some(22_531));
        assert_eq!(thousandths("48.74499999999999"), Some(48_745));
        assert_eq!(thousandths("-0.0005"), Some(-1));
        assert_eq!(thousandths("72"), Some(72_000));
        assert_eq!(thousandths(".7"), Some(700));
        assert_eq!(thousandths("+10,500.5"), Some(10_500_500));
        assert_eq!(plain_number("150 Critical High"), Some(150_000));
        assert_eq!(plain_number("3 of 5"), None);
        assert_eq!(rounded("30.299999999999997", 2), Some(3_030));
        for bad in [
            "120/80",
            "NEG",
            "135, 170, 150",
            "1,23",
            "1 2",
            "--1",
            "1.5-",
            "",
            "1e5",
            "1.2345x",
            "99999999999999999999.0001",
            ".",
            "1.2.345678",
        ] {
            assert_eq!(thousandths(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_measure_is_parted_from_its_unit() {
        assert_eq!(measure("190/70 mm[Hg]"), ("190/70", Some("mm[Hg]")));
        assert_eq!(measure("325 lb"), ("325", Some("lb")));
        for whole in ["3", "NEG", "13.2 Critical High", "135, 170, 150", ""] {
            assert_eq!(measure(whole), (whole, None));
        }
    }
}
