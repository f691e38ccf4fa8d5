//! Help of the `mesinfos` command. Keys are derived from the command line; a test of the command compares
//! them.

use crate::message::texts;
use mesinfos_model::view::Lang;

/// Help of a command or argument. `None` if the key is unknown.
pub fn help(key: &str, lang: Lang) -> Option<String> {
    texts!("help", lang).find(key)
}

/// Placeholders of arguments: French, English.
const PLACEHOLDERS: &[(&str, &str)] = &[
    ("ADRESSE", "ADDRESS"),
    ("CATÉGORIE", "CATEGORY"),
    ("CLÉ", "KEY"),
    ("COMPTE", "ACCOUNT"),
    ("CHAMPS", "FIELDS"),
    ("DATE-HEURE", "DATE-TIME"),
    ("DÉTENTEURS", "HOLDERS"),
    ("DOSSIER", "DIR"),
    ("DOSSIER_APP", "APP_DIR"),
    ("EMPREINTE", "HASH"),
    ("FICHIER", "FILE"),
    ("FINESSE", "GRANULARITY"),
    ("FORME", "FORM"),
    ("ID=VALEUR", "ID=VALUE"),
    ("JOURS", "DAYS"),
    ("LANGUE", "LANG"),
    ("MODÈLE", "TEMPLATE"),
    ("MOTIF", "REASON"),
    ("NOM", "NAME"),
    ("NOMBRE", "LIMIT"),
    ("OÙ", "WHERE"),
    ("PÉRIODE", "PERIOD"),
    ("PERSONNE", "PERSON"),
    ("PORTÉE", "SCOPE"),
    ("QUOI", "WHAT"),
    ("REÇU", "RECEIPT"),
];

/// A placeholder of an argument, named in English. `None` if it is the same in every language.
pub fn placeholder(name: &str, lang: Lang) -> Option<&'static str> {
    let (fr, en) = PLACEHOLDERS.iter().find(|(_, en)| *en == name)?;
    Some(lang.of(*fr, *en))
}

/// All keys.
pub fn keys() -> Vec<&'static str> {
    let lines = crate::message::file!("en", "help").lines();
    lines
        .filter_map(|line| line.split_once(" = "))
        .filter(|(key, _)| !key.starts_with('#'))
        .map(|(key, _)| key)
        .collect()
}
