//! How values are written for people, in French and in English, and the host's own fixed words around a view.
//!
//! Invariant: an app never writes an amount, a unit or a date. It gives the value and this module formats it,
//! so that every app reads the same in the browser and in a terminal.
//!
//! French follows the conventions of the Imprimerie nationale: narrow no-break space in groups of three
//! digits, no-break space before a unit and before `: ; ? !`, the typographic apostrophe. English is British,
//! as the platform is European: "3 April 2013".

use crate::Day;
use crate::money::exponent;
use crate::view::{
    Axis, Confidence, Date, DateTime, Decimal, Direction, Effort, Lang, Level, Money, Piece, Quantity,
    QuantityUnit, Saving, Span, Step, Value,
};

/// Narrow no-break space: between groups of three digits in French.
const NARROW: char = '\u{202F}';
/// No-break space: between a number and its unit.
const NBSP: char = '\u{A0}';
/// The typographic minus sign: as wide as a digit.
const MINUS: char = '\u{2212}';

/// What stands for a value that is not known.
pub const MISSING: &str = "–";

/// A bare number, with the decimals that it has: "1 234,5", "1,234.5".
pub fn number(n: Decimal, lang: Lang) -> String {
    localised(&plain(n), lang)
}

/// An amount of money: "1 234,50 €", "€1,234.50".
///
/// An amount that was given in whole units stays whole ("1 486 €": the app rounded it); any other
/// has at least the decimals of its currency's minor unit.
pub fn money(money: &Money, lang: Lang) -> String {
    let mut digits = plain(money.amount);
    if money.amount.scale > 0 {
        for _ in money.amount.scale..exponent(&money.currency) {
            digits.push('0');
        }
    }
    with_currency(&digits, &money.currency, lang)
}

/// A number with its unit: "3 appels", "12,5 kWh", "1 call".
pub fn quantity(quantity: &Quantity, lang: Lang) -> String {
    with_unit(&plain(quantity.amount), quantity.unit, lang)
}

/// A date: "3 avril 2013", "1er avril 2013", "3 April 2013".
pub fn date(date: Date, lang: Lang) -> String {
    let month = month(date.month, lang);
    format!("{}{NBSP}{month} {}", day_of_month(date.day, lang), date.year)
}

/// A date and time: "3 avril 2013 à 14 h 05", "3 April 2013, 14:05".
pub fn date_time(at: DateTime, lang: Lang) -> String {
    let day = date(at.date, lang);
    match lang {
        Lang::Fr => format!("{day} à {}{NBSP}h{NBSP}{:02}", at.hour, at.minute),
        Lang::En => format!("{day}, {:02}:{:02}", at.hour, at.minute),
    }
}

/// A span of days as one would say it: "2013", "avril 2013", "janvier à mars 2013", "du 3 au
/// 9 avril 2013". An empty span is its first day.
pub fn span(span: &Span, lang: Lang) -> String {
    let Some(last) = last_day(span) else {
        return date(span.start, lang);
    };
    let start = span.start;
    if start.day == 1 && span.end.day == 1 {
        return whole_months(start, last, lang);
    }
    if last == start {
        return date(start, lang);
    }
    let first = if (start.year, start.month) == (last.year, last.month) {
        day_of_month(start.day, lang)
    } else if start.year == last.year {
        format!("{}{NBSP}{}", day_of_month(start.day, lang), month(start.month, lang))
    } else {
        date(start, lang)
    };
    let last = date(last, lang);
    match lang {
        Lang::Fr => format!("du {first} au {last}"),
        Lang::En => format!("{first} to {last}"),
    }
}

/// Yes or no.
pub fn flag(yes: bool, lang: Lang) -> &'static str {
    match (yes, lang) {
        (true, Lang::Fr) => "oui",
        (false, Lang::Fr) => "non",
        (true, Lang::En) => "yes",
        (false, Lang::En) => "no",
    }
}

/// Any value.
pub fn value(value: &Value, lang: Lang) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(n) => number(*n, lang),
        Value::Money(m) => money(m, lang),
        Value::Quantity(q) => quantity(q, lang),
        Value::Date(d) => date(*d, lang),
        Value::DateTime(at) => date_time(*at, lang),
        Value::Span(s) => span(s, lang),
        Value::Flag(yes) => flag(*yes, lang).to_owned(),
        Value::Missing => MISSING.to_owned(),
    }
}

/// A text of pieces, without its marks.
pub fn text(pieces: &[Piece], lang: Lang) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Plain(words) | Piece::Marked(_, words) => words.clone(),
            Piece::Val(v) => value(v, lang),
        })
        .collect()
}

/// A number of a chart, with about three digits that count: 12.345 kWh is "12,3 kWh", 1 234.5 is
/// "1 235". Money under a thousand keeps its minor units. A gap or a number that is not finite is
/// [`MISSING`].
pub fn chart_number(n: f64, unit: QuantityUnit, currency: Option<&str>, lang: Lang) -> String {
    if !n.is_finite() {
        return MISSING.to_owned();
    }
    let size = n.abs();
    if let Some(code) = currency {
        let decimals = if size >= 1_000.0 { 0 } else { usize::from(exponent(code)) };
        return with_currency(&rounded(n, decimals), code, lang);
    }
    let decimals = match size {
        _ if size >= 100.0 => 0,
        _ if size >= 10.0 => 1,
        _ if size >= 0.1 => 2,
        _ => 4,
    };
    let mut digits = rounded(n, decimals);
    if digits.contains('.') {
        digits.truncate(digits.trim_end_matches('0').trim_end_matches('.').len());
    }
    with_unit(&digits, unit, lang)
}

/// Like [`chart_number`]; none is a gap.
pub fn chart_point(n: Option<f64>, unit: QuantityUnit, currency: Option<&str>, lang: Lang) -> String {
    n.map_or_else(|| MISSING.to_owned(), |n| chart_number(n, unit, currency, lang))
}

/// The short name of a point of an axis of dates: "3 avr.", "avr. 2013", "T2 2013", "2013".
pub fn axis_label(date: Date, step: Step, lang: Lang) -> String {
    let short = month_short(date.month, lang);
    match step {
        Step::Hour | Step::Day | Step::Week => {
            format!("{}{NBSP}{short}", day_of_month(date.day, lang))
        }
        Step::Month => format!("{short}{NBSP}{}", date.year),
        Step::Quarter => {
            let quarter = (date.month.max(1) - 1) / 3 + 1;
            let letter = if lang == Lang::Fr { 'T' } else { 'Q' };
            format!("{letter}{quarter}{NBSP}{}", date.year)
        }
        Step::Year => date.year.to_string(),
    }
}

/// The names of all points of an axis.
pub fn axis_labels(axis: &Axis, lang: Lang) -> Vec<String> {
    match axis {
        Axis::Labels(labels) => labels.clone(),
        Axis::Dates(step, dates) => dates.iter().map(|d| axis_label(*d, *step, lang)).collect(),
    }
}

/// The name of a month, 1 to 12.
pub fn month(month: u8, lang: Lang) -> &'static str {
    const FR: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    const EN: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    of_month(if lang == Lang::Fr { &FR } else { &EN }, month)
}

/// The abbreviation of a month, 1 to 12: "janv.", "Jan".
pub fn month_short(month: u8, lang: Lang) -> &'static str {
    const FR: [&str; 12] =
        ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
    const EN: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    of_month(if lang == Lang::Fr { &FR } else { &EN }, month)
}

fn of_month(names: &'static [&'static str; 12], month: u8) -> &'static str {
    names.get(usize::from(month.wrapping_sub(1))).copied().unwrap_or(MISSING)
}

fn day_of_month(day: u8, lang: Lang) -> String {
    match (day, lang) {
        (1, Lang::Fr) => "1er".to_owned(),
        _ => day.to_string(),
    }
}

/// The last day of a span; none if the span is empty or one of its dates does not exist.
fn last_day(span: &Span) -> Option<Date> {
    let (start, end) = (span.start.day()?, span.end.day()?);
    (end > start).then(|| Date::from(Day(end.0 - 1)))
}

/// A span from the first day of a month to the last day of one.
fn whole_months(first: Date, last: Date, lang: Lang) -> String {
    let whole_years = first.month == 1 && last.month == 12;
    let to = if lang == Lang::Fr { "à" } else { "to" };
    let (a, b) = (month(first.month, lang), month(last.month, lang));
    match (first.year == last.year, whole_years) {
        (true, true) => first.year.to_string(),
        (false, true) => format!("{} {to} {}", first.year, last.year),
        (true, false) if first.month == last.month => format!("{a} {}", first.year),
        (true, false) => format!("{a} {to} {b} {}", first.year),
        (false, false) => format!("{a} {} {to} {b} {}", first.year, last.year),
    }
}

/// A decimal in ASCII: "-1234.50".
fn plain(n: Decimal) -> String {
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

/// A number in ASCII with so many decimals; never "-0".
fn rounded(n: f64, decimals: usize) -> String {
    let digits = format!("{n:.decimals$}");
    let is_zero = digits.chars().all(|c| matches!(c, '-' | '0' | '.'));
    if is_zero { digits.trim_start_matches('-').to_owned() } else { digits }
}

/// An ASCII decimal with the separators and the minus sign of the language.
fn localised(digits: &str, lang: Lang) -> String {
    let (group, mark) = match lang {
        Lang::Fr => (NARROW, ','),
        Lang::En => (',', '.'),
    };
    let (negative, digits) = match digits.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, digits),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::with_capacity(digits.len() + 8);
    if negative {
        out.push(MINUS);
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    if !decimals.is_empty() {
        out.push(mark);
        out.push_str(decimals);
    }
    out
}

fn with_currency(digits: &str, code: &str, lang: Lang) -> String {
    let amount = localised(digits, lang);
    match lang {
        Lang::Fr => {
            let symbol = match code {
                "EUR" => "€",
                "GBP" => "£",
                "USD" => "$",
                "JPY" => "¥",
                "CAD" => "$\u{A0}CA",
                "AUD" => "$\u{A0}AU",
                _ => code,
            };
            format!("{amount}{NBSP}{symbol}")
        }
        Lang::En => {
            let symbol = match code {
                "EUR" => "€",
                "GBP" => "£",
                "USD" => "$",
                "JPY" => "¥",
                "CAD" => "CA$",
                "AUD" => "A$",
                _ => &format!("{code}{NBSP}"),
            };
            match amount.strip_prefix(MINUS) {
                Some(amount) => format!("{MINUS}{symbol}{amount}"),
                None => format!("{symbol}{amount}"),
            }
        }
    }
}

fn with_unit(digits: &str, unit: QuantityUnit, lang: Lang) -> String {
    let amount = localised(digits, lang);
    let label = unit_label(unit, is_one(digits, lang), lang);
    match (unit, lang) {
        (QuantityUnit::None, _) => amount,
        (QuantityUnit::Percent, Lang::En) => format!("{amount}%"),
        _ => format!("{amount}{NBSP}{label}"),
    }
}

/// Whether a number takes the singular: below two in French ("0 appel", "1,5 jour"), exactly one
/// in English ("0 calls").
fn is_one(digits: &str, lang: Lang) -> bool {
    let digits = digits.trim_start_matches('-');
    match lang {
        Lang::Fr => matches!(digits.split('.').next(), Some("0" | "1")),
        Lang::En => digits == "1",
    }
}

/// The label of a unit after a number; empty for none.
pub fn unit_label(unit: QuantityUnit, singular: bool, lang: Lang) -> &'static str {
    use QuantityUnit as U;
    let fr = lang == Lang::Fr;
    let noun = |fr_one, fr_many, en_one, en_many| match (lang, singular) {
        (Lang::Fr, true) => fr_one,
        (Lang::Fr, false) => fr_many,
        (Lang::En, true) => en_one,
        (Lang::En, false) => en_many,
    };
    match unit {
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
        U::Day => noun("jour", "jours", "day", "days"),
        U::Month => noun("mois", "mois", "month", "months"),
        U::Gigabyte if fr => "Go",
        U::Gigabyte => "GB",
        U::Sms => "SMS",
        U::Call => noun("appel", "appels", "call", "calls"),
        U::Item => noun("élément", "éléments", "item", "items"),
        U::Trip => noun("trajet", "trajets", "trip", "trips"),
    }
}

/// The host's own words around a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the phrase that `Word::t` gives")]
pub enum Word {
    Limits,
    HowComputed,
    PossibleSaving,
    PerYear,
    Effort,
    Confidence,
    Recommended,
    CurrentOffer,
    YearlyCost,
    Provider,
    Criterion,
    Pros,
    Cons,
    Disclosure,
    SeeData,
    Date,
    Name,
    Value,
    Share,
    Total,
    Least,
    Most,
    Goal,
    NothingToShow,
    DataRead,
    NothingRead,
    Receipt,
    Version,
    KeepsNothing,
}

impl Word {
    /// The phrase in a language.
    pub fn t(self, lang: Lang) -> &'static str {
        let (fr, en) = match self {
            Word::Limits => ("Ce que l’application n’a pas pu faire", "What the app could not do"),
            Word::HowComputed => ("Comment c’est calculé", "How this is computed"),
            Word::PossibleSaving => ("Économie possible", "Possible saving"),
            Word::PerYear => ("par an", "a year"),
            Word::Effort => ("Effort", "Effort"),
            Word::Confidence => ("Confiance", "Confidence"),
            Word::Recommended => ("recommandé", "recommended"),
            Word::CurrentOffer => ("votre offre actuelle", "your current offer"),
            Word::YearlyCost => ("Coût par an", "Cost a year"),
            Word::Provider => ("Fournisseur", "Provider"),
            Word::Criterion => ("Critère", "Criterion"),
            Word::Pros => ("Pour", "For"),
            Word::Cons => ("Contre", "Against"),
            Word::Disclosure => ("Liens de l’auteur avec ces offres", "What ties the author to these offers"),
            Word::SeeData => ("Voir les données", "See the data"),
            Word::Date => ("Date", "Date"),
            Word::Name => ("Nom", "Name"),
            Word::Value => ("Valeur", "Value"),
            Word::Share => ("Part", "Share"),
            Word::Total => ("Total", "Total"),
            Word::Least => ("min.", "min"),
            Word::Most => ("max.", "max"),
            Word::Goal => ("objectif", "goal"),
            Word::NothingToShow => ("Rien à montrer ici.", "Nothing to show here."),
            Word::DataRead => ("Données lues", "Data read"),
            Word::NothingRead => ("Aucune donnée n’a été lue.", "No data was read."),
            Word::Receipt => ("Reçu", "Receipt"),
            Word::Version => ("version", "version"),
            Word::KeepsNothing => {
                ("L’application n’a rien gardé de ces données.", "The app has kept nothing of this data.")
            }
        };
        match lang {
            Lang::Fr => fr,
            Lang::En => en,
        }
    }
}

/// "Résultat de Conso", "Result of Conso".
pub fn result_of(app: &str, lang: Lang) -> String {
    match lang {
        Lang::Fr => format!("Résultat de {app}"),
        Lang::En => format!("Result of {app}"),
    }
}

/// A label and what follows it: "Effort : quelques minutes", "Effort: a few minutes".
pub fn labelled(label: &str, rest: &str, lang: Lang) -> String {
    match lang {
        Lang::Fr => format!("{label}{NBSP}: {rest}"),
        Lang::En => format!("{label}: {rest}"),
    }
}

/// What an advice saves: "120 € par an, 85 kg CO₂e par an"; none if it names no saving.
pub fn saving(saving: &Saving, lang: Lang) -> Option<String> {
    let money = saving.money_per_year.as_ref().map(|m| money(m, lang));
    let carbon = saving.kg_co2e_per_year.map(|kg| chart_number(kg, QuantityUnit::KgCo2e, None, lang));
    let parts: Vec<String> = [money, carbon]
        .into_iter()
        .flatten()
        .map(|part| format!("{part} {}", Word::PerYear.t(lang)))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// How much of a goal is reached: "120 kWh sur 200 kWh".
pub fn out_of(value: &str, target: &str, lang: Lang) -> String {
    match lang {
        Lang::Fr => format!("{value} sur {target}"),
        Lang::En => format!("{value} of {target}"),
    }
}

/// What an advice asks of the person.
pub fn effort(effort: Effort, lang: Lang) -> &'static str {
    match (effort, lang) {
        (Effort::OneClick, Lang::Fr) => "un clic",
        (Effort::OneClick, Lang::En) => "one click",
        (Effort::Minutes, Lang::Fr) => "quelques minutes",
        (Effort::Minutes, Lang::En) => "a few minutes",
        (Effort::Days, Lang::Fr) => "quelques jours",
        (Effort::Days, Lang::En) => "a few days",
        (Effort::Works, Lang::Fr) => "des travaux",
        (Effort::Works, Lang::En) => "building work",
    }
}

/// How sure an app is.
pub fn confidence(confidence: Confidence, lang: Lang) -> &'static str {
    match (confidence, lang) {
        (Confidence::Low, Lang::Fr) => "faible",
        (Confidence::Low, Lang::En) => "low",
        (Confidence::Medium, Lang::Fr) => "moyenne",
        (Confidence::Medium, Lang::En) => "medium",
        (Confidence::High, Lang::Fr) => "élevée",
        (Confidence::High, Lang::En) => "high",
    }
}

/// How much a notice matters.
pub fn level(level: Level, lang: Lang) -> &'static str {
    match (level, lang) {
        (Level::Info, Lang::Fr) => "À savoir",
        (Level::Info, Lang::En) => "Note",
        (Level::Success, Lang::Fr) => "Bonne nouvelle",
        (Level::Success, Lang::En) => "Good news",
        (Level::Warning, Lang::Fr) => "Attention",
        (Level::Warning, Lang::En) => "Warning",
        (Level::Danger, Lang::Fr) => "Alerte",
        (Level::Danger, Lang::En) => "Alert",
    }
}

/// Where a figure goes.
pub fn direction(direction: Direction, lang: Lang) -> &'static str {
    match (direction, lang) {
        (Direction::Up, Lang::Fr) => "en hausse",
        (Direction::Up, Lang::En) => "up",
        (Direction::Down, Lang::Fr) => "en baisse",
        (Direction::Down, Lang::En) => "down",
        (Direction::Flat, Lang::Fr) => "stable",
        (Direction::Flat, Lang::En) => "stable",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
    fn ymd(year: i32, month: u8, day: u8) -> Date {
        Date { year, month, day }
    }
    fn between(start: Date, end: Date, lang: Lang) -> String {
        span(&Span { start, end, step: Step::Day }, lang)
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
        assert_eq!(money(&eur(50, 1, "CAD"), Fr), "5,00\u{A0}$\u{A0}CA");
        assert_eq!(money(&eur(50, 1, "TND"), Fr), "5,000\u{A0}TND");
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
        assert_eq!(of(125, 1, Kwh, Fr), "12,5\u{A0}kWh");
        assert_eq!(of(250, 0, KgCo2e, Fr), "250\u{A0}kg\u{A0}CO₂e");
        assert_eq!(of(2, 0, Gigabyte, Fr), "2\u{A0}Go");
        assert_eq!(of(2, 0, Gigabyte, En), "2\u{A0}GB");
        assert_eq!(of(12, 0, Percent, Fr), "12\u{A0}%");
        assert_eq!(of(12, 0, Percent, En), "12%");
        assert_eq!(of(12, 0, None, En), "12");
    }

    #[test]
    fn dates_and_times() {
        assert_eq!(date(ymd(2013, 4, 3), Fr), "3\u{A0}avril 2013");
        assert_eq!(date(ymd(2013, 4, 1), Fr), "1er\u{A0}avril 2013");
        assert_eq!(date(ymd(2013, 4, 1), En), "1\u{A0}April 2013");
        let at = DateTime { date: ymd(2013, 12, 25), hour: 9, minute: 5 };
        assert_eq!(date_time(at, Fr), "25\u{A0}décembre 2013 à 9\u{A0}h\u{A0}05");
        assert_eq!(date_time(at, En), "25\u{A0}December 2013, 09:05");
    }

    #[test]
    fn spans_are_said_as_people_say_them() {
        let april = (ymd(2013, 4, 1), ymd(2013, 5, 1));
        assert_eq!(between(april.0, april.1, Fr), "avril 2013");
        assert_eq!(between(april.0, april.1, En), "April 2013");
        assert_eq!(between(ymd(2013, 1, 1), ymd(2014, 1, 1), Fr), "2013");
        assert_eq!(between(ymd(2012, 1, 1), ymd(2014, 1, 1), En), "2012 to 2013");
        assert_eq!(between(ymd(2013, 1, 1), ymd(2013, 4, 1), Fr), "janvier à mars 2013");
        assert_eq!(between(ymd(2012, 4, 1), ymd(2013, 4, 1), En), "April 2012 to March 2013");
        let (a, b) = (ymd(2013, 4, 3), ymd(2013, 4, 10));
        assert_eq!(between(a, b, Fr), "du 3 au 9\u{A0}avril 2013");
        assert_eq!(between(a, b, En), "3 to 9\u{A0}April 2013");
        let b = ymd(2013, 5, 10);
        assert_eq!(between(a, b, Fr), "du 3\u{A0}avril au 9\u{A0}mai 2013");
        let b = ymd(2014, 5, 10);
        assert_eq!(between(a, b, Fr), "du 3\u{A0}avril 2013 au 9\u{A0}mai 2014");
        assert_eq!(between(a, ymd(2013, 4, 4), Fr), "3\u{A0}avril 2013");
        assert_eq!(between(a, a, Fr), "3\u{A0}avril 2013");
    }

    #[test]
    fn numbers_of_charts_have_few_digits() {
        use QuantityUnit::*;
        assert_eq!(chart_number(12.345, Kwh, Option::None, Fr), "12,3\u{A0}kWh");
        assert_eq!(chart_number(1_234.56, Kwh, Option::None, Fr), "1\u{202F}235\u{A0}kWh");
        assert_eq!(chart_number(3.0, Call, Option::None, Fr), "3\u{A0}appels");
        assert_eq!(chart_number(100.0, Call, Option::None, En), "100\u{A0}calls");
        assert_eq!(chart_number(0.25, Percent, Option::None, En), "0.25%");
        assert_eq!(chart_number(0.001_23, Kg, Option::None, En), "0.0012\u{A0}kg");
        assert_eq!(chart_number(-0.000_01, None, Option::None, En), "0");
        assert_eq!(chart_number(12.5, None, Some("EUR"), Fr), "12,50\u{A0}€");
        assert_eq!(chart_number(1_234.5, None, Some("EUR"), En), "€1,234");
        assert_eq!(chart_number(f64::NAN, None, Option::None, En), "–");
        assert_eq!(chart_point(Option::None, None, Option::None, En), "–");
    }

    #[test]
    fn axes_have_short_names() {
        let d = ymd(2013, 4, 1);
        assert_eq!(axis_label(d, Step::Day, Fr), "1er\u{A0}avr.");
        assert_eq!(axis_label(d, Step::Month, Fr), "avr.\u{A0}2013");
        assert_eq!(axis_label(d, Step::Month, En), "Apr\u{A0}2013");
        assert_eq!(axis_label(d, Step::Quarter, Fr), "T2\u{A0}2013");
        assert_eq!(axis_label(d, Step::Quarter, En), "Q2\u{A0}2013");
        assert_eq!(axis_label(d, Step::Year, En), "2013");
        assert_eq!(axis_labels(&Axis::Labels(vec!["a".to_owned()]), En), ["a"]);
    }

    #[test]
    fn pieces_are_joined() {
        let pieces = [
            Piece::Plain("Vous payez ".to_owned()),
            Piece::Val(Value::Money(eur(1_250, 2, "EUR"))),
            Piece::Marked(crate::view::Emphasis::Strong, " de trop".to_owned()),
            Piece::Val(Value::Flag(true)),
            Piece::Val(Value::Missing),
        ];
        assert_eq!(text(&pieces, Fr), "Vous payez 12,50\u{A0}€ de tropoui–");
    }

    #[test]
    fn savings_name_what_is_known() {
        let mut one = Saving {
            money_per_year: Some(eur(12_000, 2, "EUR")),
            kg_co2e_per_year: Some(85.0),
            confidence: Confidence::Low,
        };
        let both = "120,00\u{A0}€ par an, 85\u{A0}kg\u{A0}CO₂e par an";
        assert_eq!(saving(&one, Fr).as_deref(), Some(both));
        one.money_per_year = None;
        assert_eq!(saving(&one, En).as_deref(), Some("85\u{A0}kg\u{A0}CO₂e a year"));
        one.kg_co2e_per_year = None;
        assert_eq!(saving(&one, En), None);
    }

    #[test]
    fn labels_follow_the_typography_of_the_language() {
        assert_eq!(labelled("Effort", "un clic", Fr), "Effort\u{A0}: un clic");
        assert_eq!(labelled("Effort", "one click", En), "Effort: one click");
        assert_eq!(Word::Limits.t(Fr), "Ce que l’application n’a pas pu faire");
        assert_eq!(result_of("Conso", Fr), "Résultat de Conso");
    }
}
