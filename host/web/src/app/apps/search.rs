//! Which apps answer the words of a search: those of the app, of what it reads, and everyday words for its purpose.

use super::AppPage;
use mesinfos_model::view::Lang;
use mesinfos_words::page::Purposes;

/// Everyday words for a purpose, in all languages.
fn everyday(purpose: &str) -> String {
    let words = match purpose {
        "energy-saving" => Purposes::WordsEnergy,
        "service-comparison" => Purposes::WordsComparison,
        "personal-finance" | "personalised-benefits" => Purposes::WordsMoney,
        "carbon-footprint" => Purposes::WordsCarbon,
        "mobility" => Purposes::WordsTravel,
        "health-summary" => Purposes::WordsHealth,
        "education-summary" => Purposes::WordsStudies,
        "record-management" => Purposes::WordsPapers,
        _ => Purposes::WordsResearch,
    };
    [Lang::Fr, Lang::En].map(|lang| words.to(lang)).join(" ")
}

/// All that can be searched of an app, in all languages: a person does not always search in that of the page.
fn text(app: &AppPage) -> String {
    let about = &app.manifest.app;
    let mut text = everyday(&about.purpose);
    for lang in [Lang::Fr, Lang::En] {
        for part in [about.name.get(lang), about.summary.get(lang)] {
            text.push(' ');
            text.push_str(part);
        }
        for category in app.categories() {
            let why = app.manifest.read(category).map_or("", |read| read.why.get(lang));
            for part in [category.name(lang), category.schema().about(lang), why] {
                text.push(' ');
                text.push_str(part);
            }
        }
    }
    text
}

/// Whether an app answers all words of a search. No words are answered by every app.
pub(super) fn answers(app: &AppPage, asked: &str) -> bool {
    finds(&text(app), asked)
}

/// Whether each asked word begins a word of a text, whatever their accents, case and plural.
fn finds(text: &str, asked: &str) -> bool {
    let there = words(text);
    words(asked).iter().all(|asked| {
        let stem = asked.strip_suffix(['s', 'x']).filter(|stem| stem.len() > 2).unwrap_or(asked);
        there.iter().any(|word| word.starts_with(stem))
    })
}

/// The words of a text, without case and accents. Words of one letter, as of an elision, do not count.
fn words(text: &str) -> Vec<String> {
    let plain: String = text.chars().flat_map(char::to_lowercase).map(unaccented).collect();
    let words = plain.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| word.chars().count() > 1).map(str::to_owned).collect()
}

/// A letter of French or English without its accent.
fn unaccented(letter: char) -> char {
    match letter {
        'à' | 'â' | 'ä' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_accents_case_and_plural() {
        let text = "Quand et combien vous consommez d’électricité, d’après vos relevés";
        for asked in
            ["electricite", "ÉLECTRICITÉ", "releve", "relevés électricité", "l’électricité", "  ", "conso"]
        {
            assert!(finds(text, asked), "{asked}");
        }
        for asked in ["gaz", "électricité gaz", "icité"] {
            assert!(!finds(text, asked), "{asked}");
        }
    }

    #[test]
    fn everyday_words_of_both_languages_are_those_of_their_purpose() {
        for (asked, purpose) in [
            ("chauffage", "energy-saving"),
            ("heating", "energy-saving"),
            ("forfait", "service-comparison"),
            ("courses", "personal-finance"),
            ("groceries", "personal-finance"),
            ("climat", "carbon-footprint"),
            ("vélo", "mobility"),
            ("mutuelle", "health-summary"),
            ("doctor", "health-summary"),
            ("diplômes", "education-summary"),
            ("mutuelle", "record-management"),
        ] {
            assert!(finds(&everyday(purpose), asked), "{asked}");
        }
        assert!(!finds(&everyday("mobility"), "mutuelle"));
    }

    #[test]
    fn every_purpose_has_everyday_words() {
        for (purpose, _) in mesinfos_model::purpose::PURPOSES {
            assert!(words(&everyday(purpose)).len() >= 6, "{purpose}");
        }
    }
}
