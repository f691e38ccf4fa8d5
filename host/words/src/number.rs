//! Formatting of numbers, amounts of money, quantities and sizes.
//!
//! Invariant: an app never formats an amount, a unit or a date. It returns the value and this crate formats
//! it, so that all apps look the same in a browser and in a terminal.
//!
//! French follows the Imprimerie nationale: narrow no-break spaces between groups of three digits, a no-break
//! space before a unit, the typographic minus sign. English is British, as the platform is European.
//!
//! Why not ICU4X: its data for French (CLDR) differs from this usage in the most visible places. Negative
//! numbers have a hyphen ("-1 234"), the first of a month is "1 avril", a span is "3–9 avril 2013", and
//! amounts of money are still in its experimental crate. Only digit grouping would remain, for some hundred
//! kilobytes of data. Plurals do come from a library: Fluent has the rules of CLDR.

use crate::digits::{MINUS, NBSP, localised, rounded};
use crate::message::messages;
use mesinfos_model::money::exponent;
use mesinfos_model::view::{Decimal, Lang, Money, Quantity, QuantityUnit};

/// What stands for the currency of an amount without one.
const UNKNOWN: &str = "unknown";

/// Text for an unknown value.
pub const MISSING: &str = "–";

messages! {
    /// Units written as words after a number.
    pub(crate) enum Noun in "units" {
        Day { count: f64 },
        Month { count: f64 },
        Call { count: f64 },
        Item { count: f64 },
        Trip { count: f64 },
        TimesItsSize { times: u64 },
    }
}

/// A bare number with its own decimals: "1 234,5", "1,234.5".
pub fn number(n: Decimal, lang: Lang) -> String {
    localised(&plain(n), lang)
}

/// A number as typed, without digit grouping: "1234,5", "1234.5".
pub fn typed(n: Decimal, lang: Lang) -> String {
    let digits = trimmed(plain(n));
    lang.of(digits.replace('.', ","), digits)
}

/// A count: "1 234", "1,234".
pub fn count(n: u64, lang: Lang) -> String {
    localised(&n.to_string(), lang)
}

/// A number given in ASCII: "1234.5".
pub(crate) fn ascii(digits: &str, lang: Lang) -> String {
    localised(digits, lang)
}

/// A number with `decimals` decimals: "12,5".
pub fn decimal(n: f64, decimals: usize, lang: Lang) -> String {
    localised(&rounded(n, decimals), lang)
}

/// An amount of money: "1 234,50 €", "€1,234.50".
///
/// An amount given in whole units stays whole ("1 486 €": the app rounded it). Any other has at least the
/// decimals of its currency's minor unit.
pub fn money(money: &Money, lang: Lang) -> String {
    let mut digits = plain(money.amount);
    if money.amount.scale > 0 {
        for _ in money.amount.scale..exponent(&money.currency) {
            digits.push('0');
        }
    }
    with_currency(&digits, &money.currency, lang)
}

/// An amount in minor units of its currency, as in tables and files.
pub fn minor_units(amount: i64, currency: &str, lang: Lang) -> String {
    let amount = Decimal { mantissa: amount, scale: exponent(currency) };
    with_currency(&plain(amount), currency, lang)
}

/// A number with its unit, in the size of unit that people use: "3 appels", "12,5 kWh", "958 h 7 min". No digit is
/// lost.
pub fn quantity(quantity: &Quantity, lang: Lang) -> String {
    let digits = plain(quantity.amount);
    in_larger_unit(&digits, quantity.unit, lang).unwrap_or_else(|| with_unit(&digits, quantity.unit, lang))
}

/// A number with exactly this unit, as a person types it: "120 min".
pub fn quantity_in_its_unit(quantity: &Quantity, lang: Lang) -> String {
    with_unit(&plain(quantity.amount), quantity.unit, lang)
}

/// A number given in ASCII with its unit, without trailing zeros: "151.000" is "151 Wh", "10974" is "10,974 kWh".
pub(crate) fn ascii_quantity(digits: &str, unit: QuantityUnit, lang: Lang) -> String {
    let digits = trimmed(digits.to_owned());
    in_larger_unit(&digits, unit, lang).unwrap_or_else(|| with_unit(&digits, unit, lang))
}

/// A quantity of many small units in a larger one, with all its digits. `None` if its unit fits.
fn in_larger_unit(digits: &str, unit: QuantityUnit, lang: Lang) -> Option<String> {
    let larger = match unit {
        QuantityUnit::Minute => return long_duration(digits, 60, 3_600, lang),
        QuantityUnit::Second => return long_duration(digits, 1, 60, lang),
        QuantityUnit::Wh => QuantityUnit::Kwh,
        QuantityUnit::Litre => QuantityUnit::M3,
        _ => return None,
    };
    Some(with_unit(&thousandth(digits)?, larger, lang))
}

/// A duration of at least `least` seconds, given as a number of `each` seconds.
fn long_duration(digits: &str, each: i64, least: i64, lang: Lang) -> Option<String> {
    let (is_negative, size) = digits.strip_prefix('-').map_or((false, digits), |size| (true, size));
    let (whole, fraction) = size.split_once('.').unwrap_or((size, ""));
    let fraction = fraction.trim_end_matches('0');
    // A fraction of a minute is whole seconds, or the number stays as it is.
    let part = |fraction: &str| {
        let scale = 10_i64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
        let seconds = fraction.parse::<i64>().ok()?.checked_mul(each)?;
        (seconds % scale == 0).then_some(seconds / scale)
    };
    let rest = if fraction.is_empty() { 0 } else { part(fraction)? };
    let seconds = whole.parse::<i64>().ok()?.checked_mul(each)?.checked_add(rest)?;
    let said = (seconds >= least).then(|| duration(seconds, lang))?;
    Some(if is_negative { format!("{MINUS}{said}") } else { said })
}

/// A number of at least a thousand, divided by a thousand without rounding.
fn thousandth(digits: &str) -> Option<String> {
    let (sign, size) = digits.strip_prefix('-').map_or(("", digits), |size| ("-", size));
    let (whole, fraction) = size.split_once('.').unwrap_or((size, ""));
    let cut = whole.len().checked_sub(3).filter(|cut| *cut > 0)?;
    let (thousands, below) = whole.split_at_checked(cut)?;
    Some(trimmed(format!("{sign}{thousands}.{below}{fraction}")))
}

/// A length in metres: "850 m", "11,362 km".
pub(crate) fn metres(digits: &str, lang: Lang) -> String {
    match thousandth(digits) {
        Some(kilometres) => with_unit(&kilometres, QuantityUnit::Km, lang),
        None => format!("{}{NBSP}m", ascii(digits, lang)),
    }
}

/// A power in volt-amperes: "800 VA", "6 kVA".
pub(crate) fn volt_amperes(digits: &str, lang: Lang) -> String {
    match thousandth(digits) {
        Some(thousands) => format!("{}{NBSP}kVA", ascii(&thousands, lang)),
        None => format!("{}{NBSP}VA", ascii(digits, lang)),
    }
}

/// A duration: "45 s", "1 h 30 min", "25 h", "31 jours".
pub fn duration(seconds: i64, lang: Lang) -> String {
    const DAY: i64 = 86_400;
    let part = |n: i64, unit| with_unit(&n.to_string(), unit, lang);
    if seconds >= 2 * DAY && seconds % DAY == 0 {
        return part(seconds / DAY, QuantityUnit::Day);
    }
    let parts = [
        (seconds / 3_600, QuantityUnit::Hour),
        (seconds / 60 % 60, QuantityUnit::Minute),
        (seconds % 60, QuantityUnit::Second),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(n, _)| *n != 0).map(|(n, unit)| part(n, unit)).collect();
    if parts.is_empty() { part(0, QuantityUnit::Second) } else { parts.join(" ") }
}

/// Size of a file with three significant digits: "412 octets", "1,23 Mo"; "412 bytes", "1.23 MB".
pub fn size(bytes: u64, lang: Lang) -> String {
    let units = lang.of(["octets", "ko", "Mo", "Go", "To"], ["bytes", "kB", "MB", "GB", "TB"]);
    // Sizes below 2^53 are exact, and no file is larger.
    let mut n = approximate(bytes);
    let mut unit = 0;
    while n >= 999.5 && unit + 1 < units.len() {
        n /= 1_000.0;
        unit += 1;
    }
    let decimals = match n {
        _ if unit == 0 || n >= 99.95 => 0,
        _ if n >= 9.995 => 1,
        _ => 2,
    };
    let word = match (unit, bytes, lang) {
        (0, 0 | 1, Lang::Fr) => "octet",
        (0, 1, Lang::En) => "byte",
        _ => units[unit],
    };
    format!("{}{NBSP}{word}", localised(&trimmed(rounded(n, decimals)), lang))
}

/// A size in bytes in powers of two: "64 Kio", "8 Mio", "26,5 Gio"; "64 KiB", "8 MiB", "26.5 GiB".
pub fn binary_size(bytes: u64, lang: Lang) -> String {
    let letter = lang.of('o', 'B');
    match bytes {
        bytes if bytes < 1 << 20 => format!("{}{NBSP}Ki{letter}", count(bytes >> 10, lang)),
        bytes if bytes < 1 << 30 => format!("{}{NBSP}Mi{letter}", count(bytes >> 20, lang)),
        bytes => {
            let number = trimmed(rounded(approximate(bytes) / approximate(1 << 30), 1));
            format!("{}{NBSP}Gi{letter}", localised(&number, lang))
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "sizes are far below 2^53, and are shown with three digits")]
fn approximate(n: u64) -> f64 {
    n as f64
}

/// A number of a chart with about three significant digits: 12.345 kWh is "12,3 kWh", 1 234.5 is "1 235".
/// Money under a million keeps its minor units, so that amounts of one chart add up. A number that is not finite is [`MISSING`].
pub fn chart_number(n: f64, unit: QuantityUnit, currency: Option<&str>, lang: Lang) -> String {
    if !n.is_finite() {
        return MISSING.to_owned();
    }
    let size = n.abs();
    if let Some(code) = currency {
        let decimals = if size >= 1_000_000.0 { 0 } else { usize::from(exponent(code)) };
        return with_currency(&rounded(n, decimals), code, lang);
    }
    // A long time is rounded to its smallest unit that is shown.
    let decimals = match (unit, size) {
        (QuantityUnit::Minute | QuantityUnit::Second, _) if size >= 60.0 => 0,
        _ if size >= 100.0 => 0,
        _ if size >= 10.0 => 1,
        _ if size >= 0.1 => 2,
        _ => 4,
    };
    let digits = trimmed(rounded(n, decimals));
    let is_time = matches!(unit, QuantityUnit::Minute | QuantityUnit::Second);
    let long = if is_time { in_larger_unit(&digits, unit, lang) } else { None };
    long.unwrap_or_else(|| with_unit(&digits, unit, lang))
}

/// A sum, formatted like [`chart_number`]: `value` over `divisor`, in `unit`. Computed in whole numbers and
/// rounded once, half away from zero.
pub fn sum(value: i64, divisor: u64, unit: QuantityUnit, lang: Lang) -> String {
    let (size, one) = (u128::from(value.unsigned_abs()), u128::from(divisor.max(1)));
    let decimals = match size {
        _ if size >= 100 * one => 0,
        _ if size >= 10 * one => 1,
        _ if 10 * size >= one => 2,
        _ => 4,
    };
    let scale = 10_u128.pow(decimals);
    let rounded = (size * scale + one / 2) / one;
    let sign = if value < 0 && rounded > 0 { "-" } else { "" };
    let digits = match decimals {
        0 => rounded.to_string(),
        decimals => format!("{}.{:0width$}", rounded / scale, rounded % scale, width = decimals as usize),
    };
    with_unit(&trimmed(format!("{sign}{digits}")), unit, lang)
}

/// What ends a cell of a CSV file, and what begins the decimals of a number, in a spreadsheet of a language.
pub fn spreadsheet(lang: Lang) -> (char, char) {
    match lang {
        Lang::Fr => (';', ','),
        Lang::En => (',', '.'),
    }
}

/// [`chart_number`], where `None` is a gap.
pub fn chart_point(n: Option<f64>, unit: QuantityUnit, currency: Option<&str>, lang: Lang) -> String {
    n.map_or_else(|| MISSING.to_owned(), |n| chart_number(n, unit, currency, lang))
}

/// Name of a unit, or of the currency if the numbers are money: "kWh", "appels", "€". Empty if there is
/// none.
pub fn unit_name(unit: QuantityUnit, currency: Option<&str>, lang: Lang) -> String {
    // Of many: "appels".
    const MANY: f64 = 100.0;
    currency.map_or_else(|| unit_label(unit, MANY, lang), |code| symbol(code, lang).to_owned())
}

/// A formatted number and its unit, which may be set smaller: "71,89" and " €". A unit in front stays with
/// the number.
pub fn amount_and_unit(text: &str) -> (&str, &str) {
    let end = text.rfind(|c: char| c.is_ascii_digit()).map_or(text.len(), |at| at + 1);
    // No unit has an ASCII digit: "m³", "CO₂e".
    text.split_at(end)
}

/// A formatted number as its whole part and the rest, its decimals and its unit, which may be set smaller:
/// "2 759" and ",89 €", "166" and " W".
pub fn whole_and_rest(text: &str, lang: Lang) -> (&str, &str) {
    let mark = lang.of(',', '.');
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let begins = |at: usize, c: char| {
        let (before, after) = (text[..at].chars().next_back(), text[at + c.len_utf8()..].chars().next());
        is_digit(before) && (c == NBSP || c == '%' || (c == mark && is_digit(after)))
    };
    let at = text.char_indices().find(|(at, c)| begins(*at, *c));
    let (whole, rest) = at.map_or((text, ""), |(at, _)| text.split_at(at));
    // Of less than one, the decimals are the number.
    if whole.trim_start_matches(|c: char| !c.is_ascii_digit()) == "0" && rest.starts_with(mark) {
        return amount_and_unit(text);
    }
    (whole, rest)
}

/// A decimal in ASCII: "-1234.50".
pub fn plain(n: Decimal) -> String {
    let scale = usize::from(n.scale);
    let mut digits = format!("{:0>1$}", n.mantissa.unsigned_abs(), scale + 1);
    if scale > 0 {
        digits.insert(digits.len() - scale, '.');
    }
    if n.mantissa < 0 {
        digits.insert(0, '-');
    }
    digits
}

/// Removes trailing zeros of a fraction.
fn trimmed(mut digits: String) -> String {
    if digits.contains('.') {
        digits.truncate(digits.trim_end_matches('0').trim_end_matches('.').len());
    }
    digits
}

/// Symbol of a currency, or its code.
fn symbol(code: &str, lang: Lang) -> &str {
    match code {
        "EUR" => "€",
        "GBP" => "£",
        "USD" => "$",
        "JPY" => "¥",
        "CAD" => lang.of("$\u{A0}CA", "CA$"),
        "AUD" => lang.of("$\u{A0}AU", "A$"),
        _ => code,
    }
}

fn with_currency(digits: &str, code: &str, lang: Lang) -> String {
    let (amount, symbol) = (localised(digits, lang), symbol(code, lang));
    // The file does not say in which currency it is, as in QIF.
    if code == UNKNOWN {
        return format!("{amount} ({})", lang.of("devise inconnue", "unknown currency"));
    }
    match lang {
        Lang::Fr => format!("{amount}{NBSP}{symbol}"),
        Lang::En => {
            let symbol = if symbol == code { &format!("{code}{NBSP}") } else { symbol };
            match amount.strip_prefix(MINUS) {
                Some(amount) => format!("{MINUS}{symbol}{amount}"),
                None => format!("{symbol}{amount}"),
            }
        }
    }
}

fn with_unit(digits: &str, unit: QuantityUnit, lang: Lang) -> String {
    let amount = localised(digits, lang);
    let label = unit_label(unit, digits.parse().unwrap_or(f64::MAX), lang);
    match (unit, lang) {
        (QuantityUnit::None, _) => amount,
        (QuantityUnit::Percent, Lang::En) => format!("{amount}%"),
        _ => format!("{amount}{NBSP}{label}"),
    }
}

/// Label of a unit after a number; may be empty.
fn unit_label(unit: QuantityUnit, count: f64, lang: Lang) -> String {
    use QuantityUnit as U;
    let symbol = match unit {
        U::None => "",
        U::Percent => "%",
        U::Wh => "Wh",
        U::Kwh => "kWh",
        U::Watt => "W",
        U::M3 => "m³",
        U::Litre => "L",
        U::Kg => "kg",
        U::Gram => "g",
        U::KgCo2e => "kg\u{A0}CO₂e",
        U::Km => "km",
        U::Second => "s",
        U::Minute => "min",
        U::Hour => "h",
        U::Gigabyte => lang.of("Go", "GB"),
        U::Sms => "SMS",
        U::Day => return Noun::Day { count }.to(lang),
        U::Month => return Noun::Month { count }.to(lang),
        U::Call => return Noun::Call { count }.to(lang),
        U::Item => return Noun::Item { count }.to(lang),
        U::Trip => return Noun::Trip { count }.to(lang),
    };
    symbol.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digits::whole;
    use Lang::{En, Fr};

    fn dec(mantissa: i64, scale: u8) -> Decimal {
        Decimal { mantissa, scale }
    }
    fn eur(mantissa: i64, scale: u8, code: &str) -> Money {
        Money { amount: dec(mantissa, scale), currency: code.to_owned() }
    }
    fn of(mantissa: i64, scale: u8, unit: QuantityUnit, lang: Lang) -> String {
        quantity(&Quantity { amount: dec(mantissa, scale), unit }, lang)
    }

    #[test]
    fn numbers() {
        assert_eq!(number(dec(0, 0), Fr), "0");
        assert_eq!(number(dec(1_234_567, 0), Fr), "1\u{202F}234\u{202F}567");
        assert_eq!(number(dec(1_234_567, 2), Fr), "12\u{202F}345,67");
        assert_eq!(number(dec(1_234_567, 2), En), "12,345.67");
        assert_eq!(number(dec(-5, 3), Fr), "−0,005");
        assert_eq!(number(dec(123, 0), En), "123");
        assert_eq!(number(dec(i64::MIN, 9), En), "−9,223,372,036.854775808");
        assert_eq!(count(12_345, Fr), "12\u{202F}345");
        assert_eq!(whole(12_345.0, En), "12,345");
        for (n, fr, en) in [
            (dec(0, 4), "0", "0"),
            (dec(10_000, 4), "1", "1"),
            (dec(-12_345_670, 4), "-1234,567", "-1234.567"),
        ] {
            assert_eq!((typed(n, Fr).as_str(), typed(n, En).as_str()), (fr, en));
        }
    }

    #[test]
    fn amounts_of_money() {
        assert_eq!(money(&eur(123_450, 2, "EUR"), Fr), "1\u{202F}234,50\u{A0}€");
        assert_eq!(money(&eur(123_450, 2, "EUR"), En), "€1,234.50");
        assert_eq!(money(&eur(12_345, 1, "EUR"), En), "€1,234.50");
        assert_eq!(money(&eur(1_486, 0, "EUR"), Fr), "1\u{202F}486\u{A0}€");
        assert_eq!(money(&eur(-212, 2, "GBP"), En), "−£2.12");
        assert_eq!(money(&eur(15_123, 4, "EUR"), Fr), "1,5123\u{A0}€");
        assert_eq!(money(&eur(900, 0, "JPY"), En), "¥900");
        assert_eq!(money(&eur(50, 1, "CHF"), Fr), "5,00\u{A0}CHF");
        assert_eq!(money(&eur(50, 1, "CHF"), En), "CHF\u{A0}5.00");
        assert_eq!(money(&eur(-4_670, 2, "unknown"), En), "−46.70 (unknown currency)");
        assert_eq!(money(&eur(-4_670, 2, "unknown"), Fr), "−46,70 (devise inconnue)");
        assert_eq!(money(&eur(50, 1, "CAD"), Fr), "5,00\u{A0}$\u{A0}CA");
        assert_eq!(money(&eur(50, 1, "TND"), Fr), "5,000\u{A0}TND");
        assert_eq!(minor_units(-104_532, "EUR", Fr), "−1\u{202F}045,32\u{A0}€");
        assert_eq!(minor_units(900, "JPY", En), "¥900");
    }

    #[test]
    fn quantities_and_plurals() {
        use QuantityUnit::*;
        assert_eq!(of(3, 0, Call, Fr), "3\u{A0}appels");
        assert_eq!(of(1, 0, Call, Fr), "1\u{A0}appel");
        assert_eq!(of(0, 0, Call, Fr), "0\u{A0}appel");
        assert_eq!(of(0, 0, Call, En), "0\u{A0}calls");
        assert_eq!(of(1, 0, Call, En), "1\u{A0}call");
        assert_eq!(of(-1, 0, Day, En), "−1\u{A0}day");
        assert_eq!(of(15, 1, Day, Fr), "1,5\u{A0}jour");
        assert_eq!(of(15, 1, Day, En), "1.5\u{A0}days");
        assert_eq!(of(10, 0, Day, Fr), "10\u{A0}jours");
        assert_eq!(of(i64::MAX, 0, Trip, Fr).split('\u{A0}').next_back(), Some("trajets"));
        assert_eq!(of(125, 1, Kwh, Fr), "12,5\u{A0}kWh");
        assert_eq!(of(250, 0, KgCo2e, Fr), "250\u{A0}kg\u{A0}CO₂e");
        assert_eq!(of(2, 0, Gigabyte, Fr), "2\u{A0}Go");
        assert_eq!(of(2, 0, Gigabyte, En), "2\u{A0}GB");
        assert_eq!(of(12, 0, Percent, Fr), "12\u{A0}%");
        assert_eq!(of(12, 0, Percent, En), "12%");
        assert_eq!(of(12, 0, None, En), "12");
    }

    #[test]
    fn a_number_splits_before_its_decimals_or_its_unit() {
        for (text, lang, whole, rest) in [
            ("2\u{202F}759,89\u{A0}€", Fr, "2\u{202F}759", ",89\u{A0}€"),
            ("−166\u{A0}W", Fr, "−166", "\u{A0}W"),
            ("25\u{A0}kg\u{A0}CO₂e", Fr, "25", "\u{A0}kg\u{A0}CO₂e"),
            ("€1,234.50", En, "€1,234", ".50"),
            ("CHF\u{A0}12.50", En, "CHF\u{A0}12", ".50"),
            ("CHF\u{A0}12", En, "CHF\u{A0}12", ""),
            ("12%", En, "12", "%"),
            // Of less than one, the decimals are the number.
            ("0,2484\u{A0}€", Fr, "0,2484", "\u{A0}€"),
            ("−0,5\u{A0}kWh", Fr, "−0,5", "\u{A0}kWh"),
            ("€0.25", En, "€0.25", ""),
            ("–", Fr, "–", ""),
            ("", Fr, "", ""),
        ] {
            assert_eq!(whole_and_rest(text, lang), (whole, rest), "{text}");
        }
        assert_eq!(amount_and_unit("71,89\u{A0}€"), ("71,89", "\u{A0}€"));
        assert_eq!(amount_and_unit("25\u{A0}kg\u{A0}CO₂e"), ("25", "\u{A0}kg\u{A0}CO₂e"));
        assert_eq!(amount_and_unit("€71.89"), ("€71.89", ""));
        assert_eq!(amount_and_unit("–"), ("–", ""));
    }

    #[test]
    fn units_have_a_name() {
        use QuantityUnit::*;
        let of = |unit, lang| unit_name(unit, Option::None, lang);
        assert_eq!((of(Call, Fr), of(Call, En)), ("appels".to_owned(), "calls".to_owned()));
        assert_eq!((of(Kwh, Fr), of(None, Fr)), ("kWh".to_owned(), String::new()));
        assert_eq!(unit_name(None, Some("CAD"), Fr), "$\u{A0}CA");
        assert_eq!(unit_name(None, Some("CHF"), En), "CHF");
    }

    #[test]
    fn durations_are_in_the_units_that_people_use() {
        assert_eq!(duration(1_800, Fr), "30\u{A0}min");
        assert_eq!(duration(5_445, En), "1\u{A0}h 30\u{A0}min 45\u{A0}s");
        assert_eq!(duration(90_000, Fr), "25\u{A0}h");
        assert_eq!(duration(31 * 86_400, Fr), "31\u{A0}jours");
        assert_eq!(duration(31 * 86_400 - 3_600, En), "743\u{A0}h");
        assert_eq!(duration(0, En), "0\u{A0}s");
    }

    #[test]
    fn many_small_units_are_said_in_a_larger_one_without_loss() {
        use QuantityUnit::*;
        assert_eq!(of(57_487, 0, Minute, Fr), "958\u{A0}h 7\u{A0}min");
        assert_eq!(of(59, 0, Minute, Fr), "59\u{A0}min");
        assert_eq!(of(1_325, 1, Minute, En), "2\u{A0}h 12\u{A0}min 30\u{A0}s");
        assert_eq!(of(-90, 0, Minute, En), "−1\u{A0}h 30\u{A0}min");
        // A fraction that is no whole second is not lost.
        assert_eq!(of(100_001, 3, Minute, En), "100.001\u{A0}min");
        assert_eq!(of(90, 0, Second, Fr), "1\u{A0}min 30\u{A0}s");
        assert_eq!(of(45, 0, Second, Fr), "45\u{A0}s");
        assert_eq!(of(i64::MAX, 0, Minute, En), "9,223,372,036,854,775,807\u{A0}min");
        assert_eq!(of(10_974, 0, Wh, Fr), "10,974\u{A0}kWh");
        assert_eq!(of(-12_000, 0, Wh, Fr), "−12\u{A0}kWh");
        assert_eq!(of(999, 0, Wh, Fr), "999\u{A0}Wh");
        assert_eq!(of(4_500, 0, Litre, En), "4.5\u{A0}m³");
        assert_eq!(metres("11362", Fr), "11,362\u{A0}km");
        assert_eq!(metres("850", Fr), "850\u{A0}m");
        assert_eq!(volt_amperes("6000", En), "6\u{A0}kVA");
        assert_eq!(volt_amperes("850", En), "850\u{A0}VA");
        assert_eq!(chart_number(132.4, Minute, Option::None, Fr), "2\u{A0}h 12\u{A0}min");
        assert_eq!(chart_number(12.5, Minute, Option::None, Fr), "12,5\u{A0}min");
        let minutes = Quantity { amount: dec(120, 0), unit: Minute };
        assert_eq!(quantity_in_its_unit(&minutes, Fr), "120\u{A0}min");
    }

    #[test]
    fn sizes_have_three_digits_that_count() {
        assert_eq!(size(0, Fr), "0\u{A0}octet");
        assert_eq!(size(1, En), "1\u{A0}byte");
        assert_eq!(size(412, En), "412\u{A0}bytes");
        assert_eq!(size(1_234, Fr), "1,23\u{A0}ko");
        assert_eq!(size(12_345_678, En), "12.3\u{A0}MB");
        assert_eq!(size(999_600, Fr), "1\u{A0}Mo");
        assert_eq!(size(u64::MAX, En), "18,446,744\u{A0}TB");
        assert_eq!(binary_size(64 << 10, Fr), "64\u{A0}Kio");
        assert_eq!(binary_size(1_023 << 20, Fr), "1\u{202F}023\u{A0}Mio");
        assert_eq!(binary_size(4 << 30, En), "4\u{A0}GiB");
        assert_eq!(binary_size(27_166 << 20, Fr), "26,5\u{A0}Gio");
    }

    #[test]
    fn numbers_of_charts_have_few_digits() {
        use QuantityUnit::*;
        assert_eq!(chart_number(12.345, Kwh, Option::None, Fr), "12,3\u{A0}kWh");
        assert_eq!(chart_number(1_234.56, Kwh, Option::None, Fr), "1\u{202F}235\u{A0}kWh");
        assert_eq!(chart_number(3.0, Call, Option::None, Fr), "3\u{A0}appels");
        assert_eq!(chart_number(100.0, Call, Option::None, En), "100\u{A0}calls");
        assert_eq!(chart_number(1e300, Call, Option::None, En).split('\u{A0}').next_back(), Some("calls"));
        assert_eq!(chart_number(0.25, Percent, Option::None, En), "0.25%");
        assert_eq!(chart_number(0.001_23, Kg, Option::None, En), "0.0012\u{A0}kg");
        assert_eq!(chart_number(-0.000_01, None, Option::None, En), "0");
        assert_eq!(chart_number(12.5, None, Some("EUR"), Fr), "12,50\u{A0}€");
        assert_eq!(chart_number(1_234.5, None, Some("EUR"), En), "€1,234.50");
        assert_eq!(chart_number(1_234_567.5, None, Some("EUR"), En), "€1,234,568");
        assert_eq!(chart_number(f64::NAN, None, Option::None, En), "–");
        assert_eq!(chart_point(Option::None, None, Option::None, En), "–");
    }
}
