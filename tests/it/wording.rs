//! Rules and terms of `docs/words.md`, over all that the example apps say of all sample people, in both languages.
//!
//! A text that is the same in both languages is data or a name, and free.

use crate::gallery::everybody;
use crate::support::me;
use mesinfos_model::Day;
use mesinfos_model::view::{Lang, Piece};
use mesinfos_personas::personas;
use mesinfos_platform::{CategoryChoice, PlatformError, RunInput};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

const TODAY: &str = "2026-01-01";
const UNITS: [&str; 13] = ["€", "%", "kWh", "kW", "W", "km", "m²", "kVA", "Go", "GB", "SMS", "kg", "min"];

/// Terms that are not written in a language: the last two columns of the page.
fn unwanted(lang: Lang) -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/words.md");
    let page = std::fs::read_to_string(page).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| ")).skip(1);
    let cell = lang.of(4, 5);
    let cells = rows.filter_map(|row| row.split('|').nth(cell).map(str::to_owned)).collect::<Vec<_>>();
    let words = cells.iter().flat_map(|cell| cell.split(',')).map(|word| word.trim().to_lowercase());
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    assert!(words.len() > 9, "{words:?}");
    words
}

/// Whether a text has these words, whole, or more than one of them.
fn has(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let rest = &text[at + words.len()..];
        let rest = rest.strip_prefix('s').unwrap_or(rest);
        !text[..at].ends_with(char::is_alphanumeric) && !rest.starts_with(char::is_alphanumeric)
    })
}

/// What breaks the rules in a text.
fn faults(text: &str, lang: Lang, unwanted: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut say = |is_wrong: bool, what: &str| {
        if is_wrong {
            found.push(what.to_owned());
        }
    };
    let chars: Vec<char> = text.chars().collect();
    let at = |place: usize| chars.get(place).copied().unwrap_or(' ');
    let follows = |place: usize, words: &str| {
        words.chars().enumerate().all(|(offset, c)| chars.get(place + offset) == Some(&c))
            && !at(place + words.chars().count()).is_alphanumeric()
            && at(place + words.chars().count()) != '’'
    };
    say(text.contains("  ") || text.trim() != text, "spaces");
    say(
        text.contains("...") || text.contains(" - ") || text.contains(['{', '}']),
        "marks of a keyboard or a program",
    );
    say(text.contains(" .") || text.contains(" ,"), "a space before a full stop or a comma");
    // An abbreviation is no sentence: "ven.".
    say(
        text.ends_with('.') && text.contains(' ') && at(0).is_lowercase(),
        "a sentence that begins in lower case",
    );
    say(text.contains('"'), "straight quotation marks");
    say(text.ends_with('…'), "cut, by the app or because the view takes no longer text");
    say(follows(0, "CO2") || text.contains("CO2 "), "CO2 is CO₂");
    for (place, c) in chars.iter().enumerate() {
        let (before, after) = (if place > 0 { at(place - 1) } else { ' ' }, at(place + 1));
        say(*c == '\'' && before.is_alphabetic() && after.is_alphabetic(), "a straight apostrophe");
        say(*c == '_' && before.is_ascii_uppercase() && after.is_ascii_uppercase(), "a code");
        let is_mark =
            matches!(c, ':' | ';' | '?' | '!' | '»') && (after.is_whitespace() || place + 1 == chars.len());
        let is_bound = matches!(before, '\u{A0}' | '\u{202F}');
        match lang {
            Lang::Fr => {
                // The mark of a bank's name is no mark of the sentence.
                let is_name = *c == '!' && place >= 4 && chars[place - 4..place] == ['b', 'a', 'n', 'k'];
                say(is_mark && !is_bound && !is_name, "no no-break space before a mark");
                say(*c == '«' && after != '\u{A0}', "no no-break space after «");
                say(matches!(c, '“' | '”'), "English quotation marks");
                say(*c == '€' && after.is_ascii_digit(), "an amount as in English");
            }
            Lang::En => {
                say(is_mark && before.is_whitespace(), "a space before a mark");
                say(*c == '%' && before.is_whitespace(), "a space before %");
                say(matches!(c, '«' | '»'), "French quotation marks");
                say(*c == '€' && (before.is_ascii_digit() || is_bound), "an amount as in French");
            }
        }
        if before.is_ascii_digit() && *c == ' ' {
            say(UNITS.iter().any(|unit| follows(place + 1, unit)), "a unit that may stand on another line");
        }
        let digits = |from: usize, count: usize| (from..from + count).all(|place| at(place).is_ascii_digit());
        let alone = !before.is_alphanumeric() && before != '-';
        say(
            alone && digits(place, 4) && at(place + 4) == '-' && digits(place + 5, 2) && at(place + 7) == '-',
            "2025-12-31",
        );
        let is_month = digits(place, 2) && (*c == '0' || *c == '1' && after <= '2') && at(place + 2) == '/';
        say(alone && is_month && digits(place + 3, 4) && !at(place + 7).is_alphanumeric(), "12/2025");
        let one = alone && *c == '1' && at(place + 1).is_whitespace();
        let many = lang.of(
            ["jours", "trajets", "factures", "années", "derniers"],
            ["days", "trips", "bills", "years", "months"],
        );
        say(one && many.iter().any(|many| follows(place + 2, many)), "a plural after 1");
    }
    let lower = text.to_lowercase();
    found.extend(unwanted.iter().filter(|words| has(&lower, words)).map(|words| format!("\"{words}\"")));
    found
}

/// Texts of two views of one run, side by side. A list of pieces is one text.
fn side_by_side(fr: &Value, en: &Value, path: &str, found: &mut Vec<(String, String, String)>) {
    let pieces = |json: &Value| {
        let pieces: Vec<Piece> = serde_json::from_value(json.clone()).ok()?;
        (!pieces.is_empty()).then_some(pieces)
    };
    match (fr, en) {
        (Value::String(fr), Value::String(en)) if fr != en => {
            found.push((path.to_owned(), fr.clone(), en.clone()));
        }
        (Value::Array(french), Value::Array(english)) => {
            if let Some((french, english)) = pieces(fr).zip(pieces(en)) {
                let fr = mesinfos_words::text(&french, Lang::Fr);
                let en = mesinfos_words::text(&english, Lang::En);
                found.push((path.to_owned(), fr, en));
                return;
            }
            assert_eq!(french.len(), english.len(), "{path} has other parts in English");
            for (fr, en) in french.iter().zip(english) {
                side_by_side(fr, en, path, found);
            }
        }
        (Value::Object(fr), Value::Object(en)) => {
            for (key, fr) in fr.iter().filter(|(key, _)| *key != "lang") {
                side_by_side(fr, &en[key], &format!("{path}.{key}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_text_of_the_apps_follows_the_rules() {
    let (platform, ids, _folder) = everybody();
    let mut texts: Vec<(String, String, String)> = Vec::new();
    for id in &ids {
        let (_, manifest, inspection) = platform.describe(id).unwrap();
        side_by_side_manifest(&serde_json::to_value(&manifest).unwrap(), id, &mut texts);
        for persona in personas() {
            let all = inspection.request.categories.keys();
            let asks: Vec<_> = all.map(|category| (*category, CategoryChoice::default())).collect();
            platform.grant(&me(persona.id), id, &asks, None).unwrap();
            let view = |lang: Lang| {
                let caller = me(persona.id).on(Some(TODAY.parse::<Day>().unwrap())).in_language(lang);
                match platform.run(&caller, id, &RunInput { params: Vec::new() }) {
                    Ok(output) => serde_json::to_value(&output.view).unwrap(),
                    Err(PlatformError::Ended { .. }) => Value::Null,
                    Err(error) => panic!("{id} of {}: {error}", persona.id),
                }
            };
            side_by_side(&view(Lang::Fr), &view(Lang::En), &format!("{id} of {}: ", persona.id), &mut texts);
        }
    }
    let (unwanted_fr, unwanted_en) = (unwanted(Lang::Fr), unwanted(Lang::En));
    let mut wrong = BTreeSet::new();
    for (path, fr, en) in &texts {
        for (text, lang, unwanted) in [(fr, Lang::Fr, &unwanted_fr), (en, Lang::En, &unwanted_en)] {
            for fault in faults(text, lang, unwanted) {
                wrong.insert(format!("{fault}: {text} [{path}]"));
            }
        }
    }
    let distinct: BTreeSet<&String> = texts.iter().flat_map(|(_, fr, en)| [fr, en]).collect();
    eprintln!("{} texts, {} different ones", texts.len(), distinct.len());
    assert!(distinct.len() > 1_000, "only {} texts were read", distinct.len());
    assert!(wrong.is_empty(), "{} texts: {wrong:#?}", wrong.len());
}

/// Texts of a manifest: every table of a French and an English one.
fn side_by_side_manifest(json: &Value, path: &str, found: &mut Vec<(String, String, String)>) {
    match json {
        Value::Object(fields) => match (fields.get("fr"), fields.get("en")) {
            (Some(fr), Some(en)) => side_by_side(fr, en, path, found),
            _ => {
                fields
                    .iter()
                    .for_each(|(key, it)| side_by_side_manifest(it, &format!("{path}.{key}"), found));
            }
        },
        Value::Array(items) => items.iter().for_each(|it| side_by_side_manifest(it, path, found)),
        _ => {}
    }
}

#[test]
fn what_breaks_a_rule_is_found() {
    let unwanted = [vec!["carbone".to_owned()], vec!["carbon".to_owned()]];
    let wrong = |text: &str, lang: Lang| faults(text, lang, &unwanted[lang.of(0, 1)]);
    for text in [
        "Prévu : 5",
        "« ici »",
        "Prévu: 5",
        "deux  mots",
        "l'été",
        "le 2025-12-31",
        "le 12/2025",
        "OPTION_BASE",
        "7 %",
        "5 km",
        "1 jours",
        "le carbone",
        "un \"mot\"",
        "“mot”",
        "Lire {}",
        "rien n’est là.",
        "fin .",
        "€12",
        "CO2 émis",
    ] {
        assert!(!wrong(text, Lang::Fr).is_empty(), "{text}");
    }
    for text in
        ["12 €", "5 km", "1 days", "Carbon", "it's", "«\u{A0}x\u{A0}»", "7 %", "Here : there", "12\u{A0}€"]
    {
        assert!(!wrong(text, Lang::En).is_empty(), "{text}");
    }
    for text in [
        "Prévu\u{A0}: 5\u{A0}km, «\u{A0}ici\u{A0}»",
        "loi n° 2005-882",
        "7\u{A0}%",
        "1\u{A0}jour",
        "12 l’été",
        "Règlement (CE) n° 66/2010",
        "à 12:30",
        "carbonée",
        "11 jours",
    ] {
        assert_eq!(wrong(text, Lang::Fr), Vec::<String>::new(), "{text}");
    }
    for text in ["It’s 7%: €12", "“Flat”, 22:00–06:00", "1\u{A0}day", "Regulation (EC) No 66/2010"]
    {
        assert_eq!(wrong(text, Lang::En), Vec::<String>::new(), "{text}");
    }
}
