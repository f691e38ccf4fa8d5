//! Words that a person types for a category or a granularity: its id, or what the dictionary calls it in either language.

use crate::scope::{GRAINS, grain};
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Grain};

const LANGS: [Lang; 2] = [Lang::Fr, Lang::En];

/// Short words for a category, without accents, beside its names.
const SHORT: [(Category, &[&str]); 14] = [
    (Category::Bank, &["banque", "compte", "comptes"]),
    (Category::Purchases, &["achat", "tickets"]),
    (Category::Bills, &["facture"]),
    (Category::Contracts, &["contrat", "assurances"]),
    (Category::Telecom, &["telephone", "appels"]),
    (Category::Energy, &["energie", "electricite"]),
    (Category::Water, &["eau"]),
    (Category::Mobility, &["deplacement", "trajets", "trips"]),
    (Category::Health, &["sante"]),
    (Category::Education, &["etudes", "studies"]),
    (Category::Browsing, &["historique"]),
    (Category::Social, &["contacts", "messages"]),
    (Category::Profile, &["foyer", "profil", "household"]),
    (Category::Documents, &["document", "papiers", "papers"]),
];

/// The category that a text names, in any case, with or without accents.
pub fn category(text: &str) -> Option<Category> {
    let said = folded(text);
    let is_it = |category: &Category| {
        folded(category.id()) == said
            || LANGS.iter().any(|lang| folded(category.name(*lang)) == said)
            || SHORT.iter().any(|(of, words)| of == category && words.contains(&said.as_str()))
    };
    Category::ALL.iter().copied().find(is_it)
}

/// The granularity that a text names: "arrondi", "par jour", "monthly".
pub fn granularity(text: &str) -> Option<Grain> {
    let said = folded(text);
    let short = |name: &str| {
        let name = folded(name);
        let bare = name.split(" (").next().unwrap_or_default().to_owned();
        let unit =
            ["par ", "by the "].iter().find_map(|by| bare.strip_prefix(by)).unwrap_or(&bare).to_owned();
        [name, bare, unit]
    };
    let is_it =
        |one: &Grain| one.id() == said || LANGS.iter().any(|lang| short(&grain(*one, *lang)).contains(&said));
    GRAINS.into_iter().find(is_it).or_else(|| Grain::from_id(&said))
}

/// Text in lower case, without accents, with plain apostrophes and single spaces.
fn folded(text: &str) -> String {
    let letter = |c: char| match c {
        'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        '’' => '\'',
        c if c.is_whitespace() || c == '_' => ' ',
        c => c,
    };
    let plain: String = text.chars().flat_map(char::to_lowercase).map(letter).collect();
    plain.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_has_its_id_and_both_names() {
        for one in Category::ALL {
            for word in [one.id(), one.name(Lang::Fr), one.name(Lang::En), &one.name(Lang::Fr).to_uppercase()]
            {
                assert_eq!(category(word), Some(*one), "{word}");
            }
            let (_, short) = SHORT.iter().find(|(of, _)| of == one).unwrap();
            assert!(short.iter().all(|word| category(word) == Some(*one)));
        }
        let words = ["banque", "Énergie", "relevés  d'énergie", "EAU", "Santé", "banques", "", "x"];
        let found = words.map(category);
        assert_eq!(
            found[..4],
            [Category::Bank, Category::Energy, Category::Energy, Category::Water].map(Some)
        );
        assert_eq!(found[4..], [Some(Category::Health), None, None, None]);
    }

    #[test]
    fn every_granularity_has_its_id_and_both_names() {
        for one in GRAINS {
            for word in [one.id(), &grain(one, Lang::Fr), &grain(one, Lang::En)] {
                assert_eq!(granularity(word), Some(one), "{word}");
            }
        }
        let words = ["arrondi", "Exact", "par jour", "jour", "PAR MOIS", "hour", "rounded", "par an", ""];
        let found = words.map(granularity);
        let known = [
            Grain::Rounded,
            Grain::Raw,
            Grain::Daily,
            Grain::Daily,
            Grain::Monthly,
            Grain::Hourly,
            Grain::Rounded,
        ];
        assert_eq!(found[..7], known.map(Some));
        assert_eq!(found[7..], [None, None]);
    }
}
