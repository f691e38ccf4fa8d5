//! Values that a person types into a row: the inverse of the form in which [`value`](super::own_rows::value) writes them.

use mesinfos_model::money::exponent;
use mesinfos_model::visible::clean;
use mesinfos_model::{Cell, Day, Field, FieldKind, Unit};

/// Longest text that is typed, in characters.
pub const LONGEST_TYPED: usize = 1_000;

/// Years that a date can be of.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// Largest number, in the unit of its field.
const LARGEST: i64 = 1_000_000_000_000_000;

/// A value, as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Typed {
    Missing,
    Int(i64),
    Text(String),
}

impl Typed {
    pub(crate) fn cell(&self) -> Cell<'_> {
        match self {
            Typed::Missing => Cell::Missing,
            Typed::Int(number) => Cell::Int(*number),
            Typed::Text(text) => Cell::Text(text),
        }
    }
}

/// Decimals of a number of a field; `currency` is that of its row.
pub(crate) fn decimals(field: &Field, currency: &str) -> u8 {
    match field.unit {
        Unit::MinorUnits => exponent(currency),
        Unit::MilliwattHours | Unit::Millilitres | Unit::Thousandths => 3,
        Unit::E7Degrees => 7,
        Unit::BasisPoints => 2,
        _ => 0,
    }
}

/// An instant (UTC seconds) as the local time of a row, with seconds, without its offset (ISO 8601, as the value of
/// `input type="datetime-local"` in HTML). `offset` is that of the row, in minutes.
pub fn local_time(instant: i64, offset: i64) -> Option<String> {
    let local = jiff::Timestamp::from_second(instant.checked_add(offset.checked_mul(60)?)?).ok()?;
    Some(local.strftime("%Y-%m-%dT%H:%M:%S").to_string())
}

/// The instant (UTC seconds) of a local time, or of a time that has an offset of its own.
pub fn instant_of(text: &str, offset: i64) -> Option<i64> {
    let text = text.trim();
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Some(instant.as_second());
    }
    let local: jiff::Timestamp = format!("{text}Z").parse().ok()?;
    local.as_second().checked_sub(offset.checked_mul(60)?)
}

/// What a typed value depends on of its row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Beside {
    /// ISO 4217 code.
    pub(crate) currency: String,
    /// Difference between local time and UTC, in minutes.
    pub(crate) offset: i64,
}

/// A typed value of a field; `None` if it cannot be understood. An empty text is no value.
pub(crate) fn typed(field: &Field, text: &str, beside: &Beside) -> Option<Typed> {
    let text = text.trim();
    if text.is_empty() {
        return Some(Typed::Missing);
    }
    let is_plausible = |day: &Day| YEARS.contains(&day.civil().year());
    Some(match field.kind {
        FieldKind::Date => Typed::Int(i64::from(text.parse::<Day>().ok().filter(is_plausible)?.0)),
        FieldKind::Instant => {
            let instant = instant_of(text, beside.offset)?;
            let day = i32::try_from(instant.div_euclid(86_400)).ok().map(Day)?;
            is_plausible(&day).then_some(Typed::Int(instant))?
        }
        FieldKind::Code(codes) => {
            Typed::Int(i64::try_from(codes.iter().position(|code| code.id == text)?).ok()?)
        }
        FieldKind::Integer => {
            let number = scaled(text, decimals(field, &beside.currency))?;
            let is_possible = number >= 0 || may_be_negative(field.unit);
            (is_possible && number.abs() <= LARGEST).then_some(Typed::Int(number))?
        }
        FieldKind::Term if field.name == "currency" => {
            let code = text.to_ascii_uppercase();
            let is_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
            is_code.then_some(Typed::Text(code))?
        }
        FieldKind::Term | FieldKind::Pseudonym | FieldKind::Text => {
            let text = clean(text);
            (text.chars().count() <= LONGEST_TYPED).then_some(Typed::Text(text))?
        }
    })
}

/// Whether a quantity of this unit can be below zero: money that is paid, positions, energy that is given back, rates.
fn may_be_negative(unit: Unit) -> bool {
    match unit {
        Unit::None
        | Unit::MinorUnits
        | Unit::MilliwattHours
        | Unit::E7Degrees
        | Unit::Thousandths
        | Unit::BasisPoints
        | Unit::Points => true,
        Unit::VoltAmperes
        | Unit::Millilitres
        | Unit::Metres
        | Unit::SquareMetres
        | Unit::Seconds
        | Unit::Minutes
        | Unit::Bytes
        | Unit::Messages
        | Unit::Characters
        | Unit::Count
        | Unit::Year => false,
    }
}

/// A decimal number times 10^`digits`, exactly, with a comma or a point. A separator before three digits, of a number with
/// fewer decimals, could separate thousands: it is not understood.
fn scaled(text: &str, digits: u8) -> Option<i64> {
    let (is_negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let whole: String = whole.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
    if fraction.len() == 3 && digits < 3 {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    if whole.is_empty() || !is_digits(&whole) || !is_digits(fraction) || fraction.len() > usize::from(digits)
    {
        return None;
    }
    let padded = format!("{whole}{fraction:0<width$}", width = usize::from(digits));
    let value: i64 = padded.parse().ok()?;
    Some(if is_negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::super::own_rows::value;
    use super::*;
    use mesinfos_model::view::Lang;
    use mesinfos_model::{BatchBuilder, Category};

    #[test]
    fn numbers_are_exact() {
        assert_eq!(scaled("-61,37", 2), Some(-6_137));
        assert_eq!(scaled("1 234.5", 2), Some(123_450));
        assert_eq!(scaled("+3", 0), Some(3));
        assert_eq!(scaled("5.0000", 2), Some(500));
        assert_eq!((scaled("5.000", 3), scaled("5.000", 2), scaled("1,000", 0)), (Some(5_000), None, None));
        for bad in ["", "-", "1,234", "1.2.3", "abc", "1e5", "99999999999999999999", ".5", "--1", "1-"] {
            assert_eq!(scaled(bad, 2), None, "{bad}");
        }
    }

    #[test]
    fn a_local_time_is_that_of_its_row() {
        assert_eq!(local_time(1_738_362_600, 60).as_deref(), Some("2025-01-31T23:30:00"));
        for text in ["2025-01-31T23:30", "2025-01-31T23:30:00", "2025-01-31T22:30:00Z"] {
            assert_eq!(instant_of(text, 60), Some(1_738_362_600), "{text}");
        }
        for bad in ["", "31/01/2025", "2025-02-30T10:00", "2025-01-31T25:00", "-999999-01-01T00:00"] {
            assert_eq!(instant_of(bad, 60), None, "{bad}");
        }
        assert_eq!((local_time(i64::MAX, 60), instant_of("9999-12-31T23:59", i64::MAX)), (None, None));
    }

    /// What is written of a value is understood as that value, in every field of every category.
    #[test]
    fn a_written_value_is_understood_as_itself() {
        for &category in Category::ALL {
            let schema = category.schema();
            for (at, field) in schema.fields.iter().enumerate() {
                let (number, text) = match field.kind {
                    FieldKind::Code(codes) => (Some((codes.len() - 1) as i64), None),
                    FieldKind::Date => (Some(20_091), None),
                    FieldKind::Instant => (Some(1_738_362_600), None),
                    FieldKind::Integer if may_be_negative(field.unit) => (Some(-12_345_678), None),
                    FieldKind::Integer => (Some(12_345_678), None),
                    _ if field.name == "currency" => (None, Some("EUR")),
                    _ => (None, Some("Café & fils")),
                };
                let mut builder = BatchBuilder::new(category);
                let cell = number.map_or_else(|| Cell::Text(text.unwrap_or_default()), Cell::Int);
                let mut cells = vec![(at, cell)];
                if let Some(currency) = schema.index("currency").filter(|currency| *currency != at) {
                    cells.push((currency, "EUR".into()));
                }
                builder.push(&cells);
                let batch = builder.finish();
                let Some(written) = value(&batch, at, field, 0, Lang::En) else { continue };
                let written = match field.kind {
                    FieldKind::Code(codes) => codes[codes.len() - 1].id.to_owned(),
                    _ => written,
                };
                let expected = match (batch.integer(at, 0), batch.text(at, 0)) {
                    (Some(number), _) => Typed::Int(number),
                    (None, Some(text)) => Typed::Text(text.to_owned()),
                    _ => continue,
                };
                let beside = Beside { currency: "EUR".to_owned(), offset: 60 };
                assert_eq!(typed(field, &written, &beside), Some(expected), "{category:?} {}", field.name);
            }
        }
    }
}
