//! The help of the `mesinfos` command. Its keys are made of the command line itself: a test of the command holds them
//! against it.

use crate::message::texts;
use mesinfos_model::view::Lang;

/// The help of a command or of one of its arguments; none if there is none of that key.
pub fn help(key: &str, lang: Lang) -> Option<String> {
    texts!("help", lang).find(key)
}

/// The keys of all helps.
pub fn keys() -> Vec<&'static str> {
    let lines = crate::message::file!("en", "help").lines();
    lines
        .filter_map(|line| line.split_once(" = "))
        .filter(|(key, _)| !key.starts_with('#'))
        .map(|(key, _)| key)
        .collect()
}
