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

/// Decimals of a number of a unit, as people see it; `currency` is that of its row.
fn unit_decimals(unit: Unit, currency: &str) -> u8 {
    match unit {
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
            let number = measured(text, field.unit, &beside.currency)?;
            let is_possible = number >= 0 || may_be_negative(field.unit);
            (is_possible && number.abs() <= LARGEST).then_some(Typed::Int(number))?
        }
        FieldKind::Term if field.name == "currency" => {
            let code = text.to_ascii_uppercase();
            mesinfos_model::money::is_code(&code).then_some(Typed::Text(code))?
        }
        FieldKind::Term | FieldKind::Pseudonym | FieldKind::Text => {
            let text = clean(text);
            (text.chars().count() <= LONGEST_TYPED).then_some(Typed::Text(text))?
        }
    })
}

/// A number in the stored unit of a field. After it there may be the unit in which a person sees the field, or a larger
/// one: `0,6 kWh`, `1 h 30 min`, `12,50 €`.
fn measured(text: &str, unit: Unit, currency: &str) -> Option<i64> {
    let digits = unit_decimals(unit, currency);
    let starts_unit = |c: char| !(c.is_ascii_digit() || c.is_whitespace() || "+-\u{2212}.,".contains(c));
    let Some(at) = text.find(starts_unit) else { return scaled(text, digits) };
    let (number, name) = (text[..at].trim_end(), text[at..].trim());
    match unit {
        Unit::Seconds => time_span(text, 1),
        Unit::Minutes => time_span(text, 60),
        Unit::MinorUnits => {
            let is_it = !currency.is_empty() && name.eq_ignore_ascii_case(currency);
            (is_it || name == "€" && currency == "EUR").then(|| scaled(number, digits))?
        }
        _ => {
            let more = larger(unit).iter().find(|(other, _)| *other == name)?.1;
            scaled(number, digits.checked_add(more)?)
        }
    }
}

/// Spellings of a unit that are understood, each with the power of ten by which it is larger than the one that people see.
fn larger(unit: Unit) -> &'static [(&'static str, u8)] {
    match unit {
        Unit::MilliwattHours => {
            &[("Wh", 0), ("wh", 0), ("kWh", 3), ("kwh", 3), ("KWh", 3), ("KWH", 3), ("MWh", 6)]
        }
        Unit::Millilitres => {
            &[("L", 0), ("l", 0), ("litre", 0), ("litres", 0), ("m³", 3), ("m3", 3), ("M3", 3)]
        }
        Unit::BasisPoints => &[("%", 0)],
        Unit::E7Degrees => &[("°", 0)],
        Unit::VoltAmperes => &[("VA", 0), ("kVA", 3), ("KVA", 3), ("kva", 3)],
        Unit::Metres => &[("m", 0), ("km", 3), ("Km", 3), ("KM", 3)],
        Unit::SquareMetres => &[("m²", 0), ("m2", 0)],
        Unit::Bytes => &[
            ("o", 0),
            ("B", 0),
            ("ko", 3),
            ("Ko", 3),
            ("kB", 3),
            ("KB", 3),
            ("Mo", 6),
            ("MB", 6),
            ("Go", 9),
            ("GB", 9),
        ],
        _ => &[],
    }
}

/// A span of time with its units, in units of `each` seconds: `1 h 30 min`, `1h30`, `0,5 h`. A number without a unit,
/// after hours, is minutes.
fn time_span(text: &str, each: i64) -> Option<i64> {
    // Of an hour, in thousandths: exact for what people write.
    const DIGITS: u8 = 3;
    let (mut rest, mut thousandths, mut last) = (text.trim(), 0_i64, i64::MAX);
    while !rest.is_empty() {
        let at = rest.find(char::is_alphabetic).unwrap_or(rest.len());
        let (number, after) = (rest[..at].trim(), &rest[at..]);
        let end = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        let seconds = match (&after[..end], last) {
            ("j" | "d", _) => 86_400,
            ("h" | "H" | "heure" | "heures" | "hour" | "hours", _) => 3_600,
            ("min" | "mn" | "minute" | "minutes", _) | ("", 3_600) => 60,
            ("s" | "sec" | "seconde" | "secondes" | "second" | "seconds", _) | ("", 60) => 1,
            _ => return None,
        };
        // From days to seconds, each once.
        if seconds >= last || number.starts_with(['-', '\u{2212}', '+']) {
            return None;
        }
        thousandths = thousandths.checked_add(scaled(number, DIGITS)?.checked_mul(seconds)?)?;
        (rest, last) = (after[end..].trim(), seconds);
    }
    let whole = each.checked_mul(1_000)?;
    (thousandths % whole == 0).then_some(thousandths / whole)
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
    fn a_number_may_have_a_unit() {
        let of = |text, unit| measured(text, unit, "EUR");
        for (text, expected) in
            [("0,6 kWh", 600_000), ("0.6kWh", 600_000), ("600", 600_000), ("600 Wh", 600_000)]
        {
            assert_eq!(of(text, Unit::MilliwattHours), Some(expected), "{text}");
        }
        assert_eq!(of("1,234 kWh", Unit::MilliwattHours), Some(1_234_000));
        assert_eq!(of("-2 MWh", Unit::MilliwattHours), Some(-2_000_000_000));
        assert_eq!(
            (of("1,2 m³", Unit::Millilitres), of("50 L", Unit::Millilitres)),
            (Some(1_200_000), Some(50_000))
        );
        assert_eq!((of("1,5 km", Unit::Metres), of("6 kVA", Unit::VoltAmperes)), (Some(1_500), Some(6_000)));
        assert_eq!(
            (of("-12,50 €", Unit::MinorUnits), of("12,50 eur", Unit::MinorUnits)),
            (Some(-1_250), Some(1_250))
        );
        assert_eq!((of("5,5 %", Unit::BasisPoints), of("2 Mo", Unit::Bytes)), (Some(550), Some(2_000_000)));
        let spans = [
            ("1800", 1_800),
            ("30 min", 1_800),
            ("1 h 30", 5_400),
            ("1h30", 5_400),
            ("0,5 h", 1_800),
            ("1 min 5 s", 65),
        ];
        for (text, expected) in spans {
            assert_eq!(of(text, Unit::Seconds), Some(expected), "{text}");
        }
        assert_eq!(of("2 h", Unit::Minutes), Some(120));
        // Another quantity, another currency, nothing, or no whole number of what is stored.
        for (text, unit) in [
            ("0,6 kWh", Unit::Metres),
            ("0,6 m³", Unit::MilliwattHours),
            ("12,50 $", Unit::MinorUnits),
            ("kWh", Unit::MilliwattHours),
            ("1 kWh 2", Unit::MilliwattHours),
            ("1 mWh", Unit::MilliwattHours),
            ("0,0001 h", Unit::Seconds),
            ("30 min 1 h", Unit::Seconds),
            ("1 h -5 min", Unit::Seconds),
            ("90 s", Unit::Minutes),
            ("99999999999999999999 h", Unit::Seconds),
            ("3 pommes", Unit::Count),
        ] {
            assert_eq!(of(text, unit), None, "{text}");
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
