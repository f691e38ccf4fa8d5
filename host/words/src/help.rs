//! Help of the `mesinfos` command. Keys are derived from the command line; a test of the command compares
//! them.

use crate::message::texts;
use mesinfos_model::view::Lang;

/// Help of a command or argument. `None` if the key is unknown.
pub fn help(key: &str, lang: Lang) -> Option<String> {
    texts!("help", lang).find(key)
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
