//! Pages visited and words searched.

use crate::calendar::{at, days};
use crate::life::{Life, Record, Visit};
use crate::random::Chance;

const PAGES: [(&str, &str); 10] = [
    ("https://www.lemonde.fr/actualite", "Le Monde - actualités"),
    ("https://www.ouest-france.fr/", "Ouest-France"),
    ("https://meteofrance.com/previsions", "Prévisions - Météo-France"),
    ("https://fr.wikipedia.org/wiki/Jardin", "Jardin - Wikipédia"),
    ("https://www.youtube.com/watch", "YouTube"),
    ("https://www.marmiton.org/recettes", "Recettes - Marmiton"),
    ("https://www.sncf-connect.com/", "SNCF Connect"),
    ("https://www.leboncoin.fr/", "leboncoin"),
    ("https://www.ameli.fr/assure", "ameli.fr"),
    ("https://www.service-public.fr/", "Service-Public.fr"),
];

const WORDS: [&str; 8] = [
    "meteo demain",
    "recette tarte",
    "horaires bus",
    "reparation velo",
    "aide energie",
    "film ce soir",
    "pharmacie de garde",
    "prix kwh",
];

pub(super) fn browse(life: &Life, seed: u64, record: &mut Record) {
    let mut chance = Chance::of(seed, life.key, "web");
    for day in days(life.from, life.until) {
        for _ in 0..chance.between(0, life.visits) {
            let minute = chance.between(7 * 60, 23 * 60);
            let (title, url) = if chance.permille(200) {
                let words = *chance.pick(&WORDS);
                (
                    format!("{words} - Recherche Google"),
                    format!("https://www.google.fr/search?q={}", words.replace(' ', "+")),
                )
            } else {
                let (url, title) = *chance.pick(&PAGES);
                (title.to_owned(), url.to_owned())
            };
            record.visits.push(Visit { at: at(day, minute), title, url, typed: chance.permille(250) });
        }
    }
}
