//! Values in a view, and the host's own text around it.

use crate::date::{date, date_time, span};
use crate::digits::NBSP;
use crate::message::messages;
use crate::number::{MISSING, chart_number, money, number, quantity, unit_name};
use mesinfos_model::view::{Confidence, Direction, Effort, Lang, Level, Piece, QuantityUnit, Saving, Value};

messages! {
    /// The host's own text around a view.
    pub enum Word in "view" {
        Limits,
        HowComputed,
        PossibleSaving,
        Effort,
        Confidence,
        Recommended,
        CurrentOffer,
        YearlyCost,
        Provider,
        Criterion,
        Offer,
        Advised,
        CostInBars,
        Pros,
        Cons,
        Disclosure,
        SeeData,
        Download,
        Table,
        PagesOfResult,
        InThisResult { parts: u64 },
        OnlyYou,
        Trial,
        PerYear,
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
        NoData,
        NothingRead,
        Receipt,
        Version,
        KeepsNothing,
        Noted,
        NotedOnlyForYou,
        Settings,
        Recalculate,
        SettingsStay,
        SettingsRefused,
        DateWanted,
        Yes,
        No,
        EffortOneClick,
        EffortMinutes,
        EffortDays,
        EffortWorks,
        ConfidenceLow,
        ConfidenceMedium,
        ConfidenceHigh,
        LevelInfo,
        LevelSuccess,
        LevelWarning,
        LevelDanger,
        DirectionUp,
        DirectionDown,
        DirectionFlat,
    }
}

messages! {
    /// Messages around parts of a view.
    pub(crate) enum Around<'a> in "around" {
        ResultOf { app: &'a str },
        Labelled { label: &'a str, rest: &'a str },
        Saving { amount: &'a str },
        OutOf { value: &'a str, target: &'a str },
        AndCarbon { amount: &'a str },
        MoreRows { rows: u64 },
        Continued { title: &'a str },
        InUnit { title: &'a str, unit: &'a str },
        OnlyUnit { unit: &'a str },
        FromTo { min: &'a str, max: &'a str },
    }
}

/// Yes or no.
pub fn flag(yes: bool, lang: Lang) -> String {
    if yes { Word::Yes.to(lang) } else { Word::No.to(lang) }
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
        Value::Flag(yes) => flag(*yes, lang),
        Value::Missing => MISSING.to_owned(),
    }
}

/// Text of all pieces, without marks.
pub fn text(pieces: &[Piece], lang: Lang) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Plain(words) | Piece::Marked(_, words) => words.clone(),
            Piece::Val(v) => value(v, lang),
        })
        .collect()
}

/// "Résultat : Conso", "Result: Conso".
pub fn result_of(app: &str, lang: Lang) -> String {
    Around::ResultOf { app }.to(lang)
}

/// A label and its text: "Effort : quelques minutes", "Effort: a few minutes".
pub fn labelled(label: impl AsRef<str>, rest: impl AsRef<str>, lang: Lang) -> String {
    Around::Labelled { label: label.as_ref(), rest: rest.as_ref() }.to(lang)
}

/// Saving of an advice: "120 € par an, 85 kg CO₂e par an". `None` if it names no saving.
pub fn saving(saving: &Saving, lang: Lang) -> Option<String> {
    let money = saving.money_per_year.as_ref().map(|m| money(m, lang));
    let carbon = saving.kg_co2e_per_year.map(|kg| chart_number(kg, QuantityUnit::KgCo2e, None, lang));
    let parts: Vec<String> = [money, carbon]
        .into_iter()
        .flatten()
        .map(|amount| Around::Saving { amount: &amount }.to(lang))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Progress towards a goal: "120 kWh sur 200 kWh".
pub fn out_of(value: &str, target: &str, lang: Lang) -> String {
    Around::OutOf { value, target }.to(lang)
}

/// Carbon saved beside an amount of money: "et 25 kg CO₂e".
pub fn and_carbon(kg_co2e: f64, lang: Lang) -> String {
    Around::AndCarbon { amount: &chart_number(kg_co2e, QuantityUnit::KgCo2e, None, lang) }.to(lang)
}

/// Rows of a table that are folded away: "Les 12 lignes suivantes".
pub fn more_rows(rows: u64, lang: Lang) -> String {
    Around::MoreRows { rows }.to(lang)
}

/// Second part of a table: "Paiements, suite".
pub fn continued(title: &str, lang: Lang) -> String {
    Around::Continued { title }.to(lang)
}

/// Title of a chart with the unit of its numbers: "Jour par jour, en kWh". The unit is left out if the title
/// names it already, or if there is none.
pub fn in_unit(title: &str, unit: QuantityUnit, currency: Option<&str>, lang: Lang) -> String {
    let unit = unit_name(unit, currency, lang);
    let named =
        |word: &str| word.trim_matches(|c: char| ",;:()".contains(c)).to_lowercase() == unit.to_lowercase();
    match (title, unit.as_str()) {
        (title, "") => title.to_owned(),
        ("", unit) => Around::OnlyUnit { unit }.to(lang),
        (title, _) if title.split(char::is_whitespace).any(named) => title.to_owned(),
        (title, unit) => {
            // A unit alone on a line says nothing.
            let said = Around::InUnit { title, unit }.to(lang);
            let before = said.strip_suffix(unit).map_or("", str::trim_end);
            if before.is_empty() { said } else { format!("{before}{NBSP}{unit}") }
        }
    }
}

/// Numbers that a parameter accepts: "de 0 à 200".
pub fn from_to(min: &str, max: &str, lang: Lang) -> String {
    Around::FromTo { min, max }.to(lang)
}

/// Effort that an advice takes.
pub fn effort(effort: Effort, lang: Lang) -> String {
    match effort {
        Effort::OneClick => Word::EffortOneClick,
        Effort::Minutes => Word::EffortMinutes,
        Effort::Days => Word::EffortDays,
        Effort::Works => Word::EffortWorks,
    }
    .to(lang)
}

/// An app's confidence in a saving.
pub fn confidence(confidence: Confidence, lang: Lang) -> String {
    match confidence {
        Confidence::Low => Word::ConfidenceLow,
        Confidence::Medium => Word::ConfidenceMedium,
        Confidence::High => Word::ConfidenceHigh,
    }
    .to(lang)
}

/// Importance of a notice.
pub fn level(level: Level, lang: Lang) -> String {
    match level {
        Level::Info => Word::LevelInfo,
        Level::Success => Word::LevelSuccess,
        Level::Warning => Word::LevelWarning,
        Level::Danger => Word::LevelDanger,
    }
    .to(lang)
}

/// Direction of a figure.
pub fn direction(direction: Direction, lang: Lang) -> String {
    match direction {
        Direction::Up => Word::DirectionUp,
        Direction::Down => Word::DirectionDown,
        Direction::Flat => Word::DirectionFlat,
    }
    .to(lang)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Lang::{En, Fr};
    use mesinfos_model::view::{Decimal, Emphasis, Money};

    fn eur(mantissa: i64, scale: u8) -> Money {
        Money { amount: Decimal { mantissa, scale }, currency: "EUR".to_owned() }
    }

    #[test]
    fn pieces_are_joined() {
        let pieces = [
            Piece::Plain("Vous payez ".to_owned()),
            Piece::Val(Value::Money(eur(1_250, 2))),
            Piece::Marked(Emphasis::Strong, " de trop".to_owned()),
            Piece::Val(Value::Flag(true)),
            Piece::Val(Value::Missing),
        ];
        assert_eq!(text(&pieces, Fr), "Vous payez 12,50\u{A0}€ de tropoui–");
    }

    #[test]
    fn savings_name_what_is_known() {
        let mut one = Saving {
            money_per_year: Some(eur(12_000, 2)),
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
        assert_eq!(labelled("Effort", "", Fr), "Effort\u{A0}: ");
        assert_eq!(labelled("Effort", "one click", En), "Effort: one click");
        assert_eq!(Word::Limits.to(Fr), "Ce que l’application n’a pas pu faire");
        assert_eq!(result_of("Conso", Fr), "Résultat\u{A0}: Conso");
        assert_eq!(and_carbon(25.0, Fr), "et 25\u{A0}kg\u{A0}CO₂e");
        assert_eq!(more_rows(1, Fr), "La ligne suivante");
        assert_eq!(more_rows(1_200, En), "The next 1,200 rows");
        assert_eq!(effort(Effort::Works, En), "building work");
    }

    #[test]
    fn a_chart_names_its_unit_once() {
        let of = |title, unit, currency| in_unit(title, unit, currency, Fr);
        assert_eq!(of("Chaque jour", QuantityUnit::Kwh, None), "Chaque jour, en\u{A0}kWh");
        assert_eq!(of("Énergie (kWh)", QuantityUnit::Kwh, None), "Énergie (kWh)");
        assert_eq!(of("Chaque mois", QuantityUnit::Call, None), "Chaque mois, en\u{A0}appels");
        assert_eq!(of("Appels émis", QuantityUnit::Call, None), "Appels émis");
        assert_eq!(of("Chaque mois", QuantityUnit::None, Some("EUR")), "Chaque mois, en\u{A0}€");
        assert_eq!(of("Chaque mois", QuantityUnit::None, None), "Chaque mois");
        assert_eq!(of("", QuantityUnit::Watt, None), "En W");
        assert_eq!(of("", QuantityUnit::None, None), "");
        assert_eq!(in_unit("Each month", QuantityUnit::Gigabyte, None, En), "Each month, in\u{A0}GB");
    }
}
