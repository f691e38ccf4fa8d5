//! Reading files: errors, reasons for rejected rows, and sums over a file.

use crate::message::{Argument, messages, texts};
use crate::names;
use crate::number::{self, Noun, binary_size, count, minor_units, size};
use crate::system::system;
use mesinfos_intake::{Excess, Extent, IntakeError, Limit, OrdinalKind, Reason, Rejected, Total};
use mesinfos_model::view::{Lang, QuantityUnit};
use mesinfos_model::{Category, Day, FieldKind};

messages! {
    /// Messages about intake, except reasons.
    pub(crate) enum Intake<'a> in "intake" {
        Unrecognised { file: &'a str, formats: u64 },
        Malformed { file: &'a str, reason: &'a str },
        MalformedAt { file: &'a str, at: &'a str, reason: &'a str },
        TooLarge { file: &'a str, what: &'a str, limit: &'a str },
        Exhausted { file: &'a str },
        Incredible { file: &'a str },
        Unreadable { file: &'a str, why: &'a str },
        Line { number: u64 },
        Entry { number: u64 },
        Rest { reason: &'a str },
        WholeFile { reason: &'a str },
        WholeFileAt { at: &'a str, reason: &'a str },
        NoSuchDay { text: &'a str },
        ExcessFile,
        ExcessRecord,
        ExcessCells,
        ExcessValues,
        ExcessNesting,
        ExcessElement,
        ExcessAttributes,
        ExcessFiles,
        ExcessFileList,
        ExcessUnpacked,
        ExcessWorkbookPart,
        ExcessWorkbook,
        ExcessWorkbookTexts,
        ExcessPages,
        ExcessRegisters,
        ExcessResources,
        ExcessAddress,
        ExcessAddresses,
        ExcessChanges,
        ExcessWithheld,
        Total { field: &'a str, sum: &'a str },
        TotalOf { field: &'a str, of: &'a str, sum: &'a str },
        MoneyIn,
        MoneyOut,
        Incoming,
        Outgoing,
        Forwarded,
        Missed,
        Declined,
        Consumed,
        Produced,
        NetEnergy,
        BothWays,
        UnknownKind,
        Messages { count: u64 },
    }
}

/// File of reasons. Names and arguments are those of [`Reason::ALL`].
#[cfg(test)]
pub(crate) const REASONS: crate::file::File = crate::file::File {
    name: "reasons",
    texts: [crate::message::file!("fr", "reasons"), crate::message::file!("en", "reasons")],
    messages: Reason::ALL,
};

/// A file that could not be read.
pub fn intake_error(error: &IntakeError, lang: Lang) -> String {
    match error {
        IntakeError::Unrecognised { file, tried } => {
            Intake::Unrecognised { file, formats: tried.len() as u64 }.to(lang)
        }
        IntakeError::Malformed { file, counts: _, ordinal: 0, reason: why } => {
            Intake::Malformed { file, reason: &reason(why, lang) }.to(lang)
        }
        IntakeError::Malformed { file, counts, ordinal, reason: why } => {
            let (at, why) = (place_in_file(*counts, *ordinal, lang), reason(why, lang));
            Intake::MalformedAt { file, at: &at, reason: &why }.to(lang)
        }
        IntakeError::TooLarge { file, what, limit: most } => {
            let (what, most) = (excess(*what, lang), limit(*most, lang));
            Intake::TooLarge { file, what: &what, limit: &most }.to(lang)
        }
        IntakeError::Exhausted { file } => Intake::Exhausted { file }.to(lang),
        IntakeError::Incredible { file, what: _ } => Intake::Incredible { file }.to(lang),
        IntakeError::Io { file, source } => Intake::Unreadable { file, why: &system(source, lang) }.to(lang),
        IntakeError::Sink { file, source } => Intake::Unreadable { file, why: &source.to_string() }.to(lang),
    }
}

/// Why a row or file cannot be read, as part of a sentence.
pub fn reason(reason: &Reason, lang: Lang) -> String {
    if let Reason::NotADate { text, .. } = reason
        && names_no_day(text)
    {
        return Intake::NoSuchDay { text }.to(lang);
    }
    let parts = reason.parts().into_iter().map(|(name, part)| (name, part.value())).collect();
    texts!("reasons", lang).get(reason.name(), parts)
}

/// Whether a text has the form of a day, and the calendar has no such day.
fn names_no_day(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().split(['-', '/', '.']).collect();
    let [first, month, last] = parts[..] else { return false };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    let number =
        |text: &str, most: u32| text.parse::<u32>().ok().filter(|number| (1..=most).contains(number));
    match (number(year, 9_999), number(month, 12), number(day, 31)) {
        (Some(year), Some(month), Some(day)) if year >= 1_000 => {
            format!("{year:04}-{month:02}-{day:02}").parse::<Day>().is_err()
        }
        _ => false,
    }
}

/// A rejection: position, field and reason.
pub fn rejected(rejected: &Rejected, counts: OrdinalKind, lang: Lang) -> String {
    let why = why(rejected, lang);
    let at = rejected.line.map(|line| place_in_file(counts, line, lang));
    let before = [at, rejected.field.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    if before.is_empty() { why } else { crate::view::labelled(&before, &why, lang) }
}

/// Why a row, the rest of the file, or the whole file was rejected.
pub fn why(rejected: &Rejected, lang: Lang) -> String {
    let why = reason(&rejected.reason, lang);
    match rejected.extent {
        Extent::Row | Extent::Values => why,
        Extent::Rest => Intake::Rest { reason: &why }.to(lang),
        Extent::File { counts: _, ordinal: 0 } => Intake::WholeFile { reason: &why }.to(lang),
        Extent::File { counts, ordinal } => {
            Intake::WholeFileAt { at: &place_in_file(counts, ordinal, lang), reason: &why }.to(lang)
        }
    }
}

/// A position in a file: "ligne 12", "entry 3".
pub fn place_in_file(counts: OrdinalKind, number: u64, lang: Lang) -> String {
    match counts {
        OrdinalKind::Lines => Intake::Line { number },
        OrdinalKind::Entries => Intake::Entry { number },
    }
    .to(lang)
}

fn excess(excess: Excess, lang: Lang) -> String {
    match excess {
        Excess::File => Intake::ExcessFile,
        Excess::Record => Intake::ExcessRecord,
        Excess::Cells => Intake::ExcessCells,
        Excess::Values => Intake::ExcessValues,
        Excess::Nesting => Intake::ExcessNesting,
        Excess::Element => Intake::ExcessElement,
        Excess::Attributes => Intake::ExcessAttributes,
        Excess::Files => Intake::ExcessFiles,
        Excess::FileList => Intake::ExcessFileList,
        Excess::Unpacked => Intake::ExcessUnpacked,
        Excess::WorkbookPart => Intake::ExcessWorkbookPart,
        Excess::Workbook => Intake::ExcessWorkbook,
        Excess::WorkbookTexts => Intake::ExcessWorkbookTexts,
        Excess::Pages => Intake::ExcessPages,
        Excess::Registers => Intake::ExcessRegisters,
        Excess::Resources => Intake::ExcessResources,
        Excess::Address => Intake::ExcessAddress,
        Excess::Addresses => Intake::ExcessAddresses,
        Excess::Changes => Intake::ExcessChanges,
        Excess::Withheld => Intake::ExcessWithheld,
    }
    .to(lang)
}

fn limit(limit: Limit, lang: Lang) -> String {
    match limit {
        Limit::Count(most) => count(most, lang),
        Limit::Bytes(bytes) => binary_size(bytes, lang),
        Limit::Times(times) => Noun::TimesItsSize { times }.to(lang),
    }
}

/// A sum over the rows of a file: "montant, sorties : −1 045,32 €".
pub fn total(category: Category, total: &Total, lang: Lang) -> String {
    let (field, sum) = (names::field(category, total.field, lang), &sum(total, lang));
    if total.of.is_empty() {
        return Intake::Total { field, sum }.to(lang);
    }
    let of = part(category, total, lang).unwrap_or_else(|| Intake::UnknownKind.to(lang));
    Intake::TotalOf { field, of: &of, sum }.to(lang)
}

/// Words for the values that a sum adds up, worded to agree with any field name.
fn part(category: Category, total: &Total, lang: Lang) -> Option<String> {
    let schema = category.schema();
    let (_, part) = schema.totals.iter().find(|(index, _)| schema.fields[*index].name == total.field)?;
    let Some(part) = *part else {
        // A sum split by sign: money only.
        return match total.of {
            "in" => Some(Intake::MoneyIn.to(lang)),
            "out" => Some(Intake::MoneyOut.to(lang)),
            _ => None,
        };
    };
    let words = match (category, total.of) {
        (Category::Telecom, "in") => Intake::Incoming,
        (Category::Telecom, "out") => Intake::Outgoing,
        (Category::Telecom, "forwarded") => Intake::Forwarded,
        (Category::Telecom, "missed") => Intake::Missed,
        (Category::Telecom, "rejected") => Intake::Declined,
        (Category::Energy, "consumed") => Intake::Consumed,
        (Category::Energy, "produced") => Intake::Produced,
        (Category::Energy, "net") => Intake::NetEnergy,
        (Category::Energy, "total") => Intake::BothWays,
        _ => return code_name(&schema.fields[part].kind, total.of, lang),
    };
    Some(words.to(lang))
}

fn code_name(kind: &FieldKind, code: &str, lang: Lang) -> Option<String> {
    match kind {
        FieldKind::Code(codes) => {
            codes.iter().find(|one| one.id == code).map(|one| one.name(lang).to_owned())
        }
        FieldKind::Date
        | FieldKind::Instant
        | FieldKind::Integer
        | FieldKind::Term
        | FieldKind::Pseudonym
        | FieldKind::Text => None,
    }
}

fn sum(total: &Total, lang: Lang) -> String {
    let of = |divisor, unit| number::sum(total.value, divisor, unit, lang);
    match total.unit.as_str() {
        "Wh" => of(1_000, QuantityUnit::Kwh),
        "ml" => of(1_000_000, QuantityUnit::M3),
        "m" if total.value.unsigned_abs() < 1_000 => number::metres(&total.value.to_string(), lang),
        "m" => of(1_000, QuantityUnit::Km),
        "s" => number::duration(total.value, lang),
        "messages" => Intake::Messages { count: total.value.unsigned_abs() }.to(lang),
        "bytes" => size(total.value.unsigned_abs(), lang),
        currency => minor_units(total.value, currency, lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Lang::{En, Fr};

    fn row(line: Option<u64>, field: Option<&str>, extent: Extent, reason: Reason) -> Rejected {
        Rejected { line, field: field.map(str::to_owned), extent, reason }
    }

    #[test]
    fn a_rejection_says_where_what_and_why() {
        let date = Reason::NotADate { text: "31/02".to_owned(), example: "2020-12-31".to_owned() };
        let one = row(Some(7), Some("Date"), Extent::Row, date);
        assert_eq!(
            rejected(&one, OrdinalKind::Lines, Fr),
            "ligne 7, Date\u{A0}: «\u{A0}31/02\u{A0}» n’est pas une date comme 2020-12-31"
        );
        let no_day =
            |text: &str| Reason::NotADate { text: text.to_owned(), example: "2020-12-31".to_owned() };
        assert_eq!(reason(&no_day("2026-02-31"), Fr), "le jour «\u{A0}2026-02-31\u{A0}» n’existe pas");
        assert_eq!(reason(&no_day("29.02.2025"), En), "there is no day \"29.02.2025\"");
        for other in ["2026-13-01", "2026-02-28", "02/26", "x", "31/02/26"] {
            assert!(reason(&no_day(other), En).contains("not a date"), "{other}");
        }
        let rest = row(Some(953), None, Extent::Rest, Reason::EndsWithinAnElement);
        assert_eq!(
            rejected(&rest, OrdinalKind::Entries, Fr),
            "entrée 953\u{A0}: tout ce qui suit est illisible\u{A0}: le fichier finit au milieu d’un élément"
        );
        let file = row(None, None, Extent::File { counts: OrdinalKind::Lines, ordinal: 3 }, Reason::NoDate);
        assert_eq!(
            rejected(&file, OrdinalKind::Entries, En),
            "the file cannot be read, line 3: there is no date"
        );
    }

    #[test]
    fn files_that_cannot_be_read_say_that_nothing_was_imported() {
        let file = "relevé.csv".to_owned();
        let error = IntakeError::Malformed {
            file: file.clone(),
            counts: OrdinalKind::Lines,
            ordinal: 2,
            reason: Reason::NoBankHeader,
        };
        assert_eq!(
            intake_error(&error, Fr),
            "«\u{A0}relevé.csv\u{A0}», ligne 2\u{A0}: l’en-tête n’est celui d’aucune banque connue ici. Rien n’en a été importé."
        );
        let error = IntakeError::TooLarge { file, what: Excess::Unpacked, limit: Limit::Times(200) };
        assert_eq!(
            intake_error(&error, En),
            "\"relevé.csv\" exceeds what can be read: a file once unpacked, at most 200 times its size. \
             None of it was imported."
        );
    }

    #[test]
    fn sums_have_the_unit_that_people_use() {
        let of = |category, field, of, unit: &str, value, lang| {
            total(category, &Total { field, of, unit: unit.to_owned(), value }, lang)
        };
        assert_eq!(
            of(Category::Bank, "amount", "out", "EUR", -7_664_039, Fr),
            "montant, sorties\u{A0}: −76\u{202F}640,39\u{A0}€"
        );
        assert_eq!(
            of(Category::Energy, "energy", "consumed", "Wh", 10_974_058, Fr),
            "énergie mesurée, consommation\u{A0}: 10\u{202F}974\u{A0}kWh"
        );
        assert_eq!(
            of(Category::Energy, "volume", "consumed", "ml", 5_400_000, Fr),
            "volume de gaz, consommation\u{A0}: 5,4\u{A0}m³"
        );
        // Half a unit of the last digit rounds away from zero, whatever its binary fraction.
        for (ml, said) in
            [(175_000, "0.18"), (525_000, "0.53"), (-175_000, "−0.18"), (9_995_000, "10"), (40, "0")]
        {
            let words = of(Category::Water, "volume", "", "ml", ml, En);
            assert_eq!(words, format!("volume: {said}\u{A0}m³"));
        }
        assert_eq!(of(Category::Water, "volume", "", "ml", 136_416_000, En), "volume: 136\u{A0}m³");
        assert_eq!(of(Category::Mobility, "distance", "", "m", 850, Fr), "distance\u{A0}: 850\u{A0}m");
        assert_eq!(of(Category::Mobility, "distance", "", "m", 31_724_300, En), "distance: 31,724\u{A0}km");
        assert_eq!(
            of(Category::Telecom, "messages", "unknown", "messages", 1, En),
            "messages, of an unknown kind: 1 message"
        );
        assert_eq!(
            of(Category::Telecom, "bytes", "unknown", "bytes", 1_234, En),
            "data, of an unknown kind: 1.23\u{A0}kB"
        );
    }

    #[test]
    fn only_money_is_called_money() {
        for &category in Category::ALL {
            let schema = category.schema();
            for &(index, part) in schema.totals {
                let FieldKind::Code(codes) = part.map_or(FieldKind::Text, |part| schema.fields[part].kind)
                else {
                    continue;
                };
                for code in codes {
                    let unit = schema.fields[index].unit.id().to_owned();
                    let sum = Total { field: schema.fields[index].name, of: code.id, unit, value: 1 };
                    let said = total(category, &sum, En);
                    assert!(!said.contains("money"), "{said}");
                    assert!(!said.contains("unknown kind"), "{said}");
                }
            }
        }
        let calls = |field, unit: &str, value, lang| {
            total(Category::Telecom, &Total { field, of: "in", unit: unit.to_owned(), value }, lang)
        };
        assert_eq!(calls("duration", "s", 378_000, En), "duration, incoming: 105\u{A0}h");
        assert_eq!(calls("duration", "s", 378_000, Fr), "durée, en réception\u{A0}: 105\u{A0}h");
        assert_eq!(calls("messages", "messages", 1_287, En), "messages, incoming: 1,287 messages");
    }

    #[test]
    fn every_reason_has_its_words_in_both_languages() {
        let text = |_: &str| "x".to_owned();
        for reason_ in [Reason::NoDate, Reason::OddForm { why: "y".to_owned() }] {
            let reason_ = reason_.cleaned(text);
            assert_ne!(reason(&reason_, Fr), reason(&reason_, En));
        }
    }
}
