//! Language of this process: `--lang`, else the system's language, else English.

use mesinfos_model::view::Lang;
use std::ffi::OsString;
use std::sync::OnceLock;

static LANG: OnceLock<Lang> = OnceLock::new();

pub(crate) fn lang() -> Lang {
    LANG.get().copied().unwrap_or(Lang::En)
}

/// Whether the answer is JSON.
static JSON: OnceLock<bool> = OnceLock::new();

/// Language of sentences within an answer: JSON is in English, whatever the language of the person.
pub(crate) fn of_answer() -> Lang {
    if JSON.get().copied().unwrap_or_default() { Lang::En } else { lang() }
}

/// Sets the language before the command line is parsed, so that usage errors are in that language too. Uses
/// the first `--lang` at any position, if its value is a known language; otherwise the system's language.
pub(crate) fn settle(arguments: impl Iterator<Item = OsString>) {
    let arguments: Vec<String> = arguments.map(|text| text.to_string_lossy().into_owned()).collect();
    let is_json =
        |arguments: &[String]| arguments.iter().take_while(|text| *text != "--").any(|text| text == "--json");
    JSON.get_or_init(|| is_json(&arguments));
    let named = named(&arguments);
    LANG.get_or_init(|| named.unwrap_or_else(|| of_system(|name| std::env::var(name).ok())));
}

/// Language named on the command line.
fn named(arguments: &[String]) -> Option<Lang> {
    let mut arguments = arguments.iter().take_while(|argument| *argument != "--");
    let tag = loop {
        let argument = arguments.next()?;
        if argument == "--lang" {
            break arguments.next()?.as_str();
        }
        if let Some(tag) = argument.strip_prefix("--lang=") {
            break tag;
        }
    };
    Lang::from_tag(tag)
}

/// Language of the system: the first non-empty of the POSIX locale variables decides.
fn of_system(variable: impl Fn(&str) -> Option<String>) -> Lang {
    let tag = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| variable(name).filter(|value| !value.is_empty()));
    tag.as_deref().and_then(Lang::from_tag).unwrap_or(Lang::En)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_says_the_language() {
        let of = |variables: &[(&str, &str)]| {
            of_system(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).to_owned()))
        };
        assert_eq!(of(&[]), Lang::En);
        assert_eq!(of(&[("LANG", "C.UTF-8")]), Lang::En);
        assert_eq!(of(&[("LANG", "fr_FR.UTF-8")]), Lang::Fr);
        assert_eq!(of(&[("LANG", "fr_FR.UTF-8"), ("LC_ALL", "en_GB")]), Lang::En);
        assert_eq!(of(&[("LC_ALL", ""), ("LC_MESSAGES", "fr_CA"), ("LANG", "de_DE")]), Lang::Fr);
        assert_eq!(of(&[("LC_ALL", "C"), ("LANG", "fr_FR")]), Lang::En, "it asks for no language");
    }

    #[test]
    fn the_command_line_says_it_louder() {
        let of = |line: &str| named(&line.split(' ').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(of("mesinfos people --lang fr"), Some(Lang::Fr));
        assert_eq!(of("mesinfos --lang=en people"), Some(Lang::En));
        assert_eq!(of("mesinfos people"), None);
        assert_eq!(of("mesinfos --lang de people"), None);
        assert_eq!(of("mesinfos import -- --lang fr"), None);
    }
}
