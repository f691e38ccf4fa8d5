//! Names to sign in with, and the form in which they are compared.
//!
//! Names that look alike are the same name (UTS #39): whoever sees one must not take it for another. The form compared is
//! in Unicode's normal form KC and in lower case, with Greek and Cyrillic letters that look like Latin ones replaced by
//! these. A name has letters of one script; Chinese, Japanese and Korean may be mixed with Latin ones, which look like
//! none of theirs.

use crate::error::NotALoginName;
use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::Script;
use mesinfos_model::PersonName;
use std::collections::BTreeSet;
use std::str::FromStr;

/// Name to sign in with: a [`PersonName`] of one script. Capitals, forms of apostrophes and letters that look alike do
/// not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginName {
    shown: String,
    lower: String,
    folded: String,
}

impl FromStr for LoginName {
    type Err = NotALoginName;

    fn from_str(text: &str) -> Result<LoginName, NotALoginName> {
        let refused = |_| NotALoginName;
        let shown: PersonName = text.parse().map_err(refused)?;
        let compatible = ComposingNormalizerBorrowed::new_nfkc().normalize(shown.as_str());
        // Phones type a curly apostrophe. Lower case may be longer or decomposed: the same rules apply to it.
        let lower = compatible.to_lowercase().replace(['\u{2019}', '\u{2bc}'], "'");
        let lower: PersonName = lower.parse().map_err(refused)?;
        if !is_of_one_script(lower.as_str()) {
            return Err(NotALoginName);
        }
        let lower = lower.as_str().to_owned();
        let folded = lower.chars().map(alike).collect();
        Ok(LoginName { shown: shown.as_str().to_owned(), lower, folded })
    }
}

impl LoginName {
    /// The name as typed, without surrounding spaces.
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// The name in lower case.
    pub(crate) fn lower(&self) -> &str {
        &self.lower
    }

    /// The form in which two names are compared.
    pub(crate) fn folded(&self) -> &str {
        &self.folded
    }
}

/// Scripts that are written together, each group with Latin letters or without.
const TOGETHER: [&[Script]; 3] = [
    &[Script::Latin, Script::Han, Script::Hiragana, Script::Katakana],
    &[Script::Latin, Script::Han, Script::Hangul],
    &[Script::Latin, Script::Han, Script::Bopomofo],
];

/// Whether all letters are of one script, or of scripts that are written together ("highly restrictive", UTS #39, 5.2).
fn is_of_one_script(name: &str) -> bool {
    let script_of = CodePointMapData::<Script>::new();
    let scripts: BTreeSet<Script> = name
        .chars()
        .map(|c| script_of.get(c))
        // Digits and punctuation are of every script, combining marks of that of their letter.
        .filter(|script| ![Script::Common, Script::Inherited].contains(script))
        .collect();
    scripts.len() <= 1 || TOGETHER.iter().any(|group| scripts.iter().all(|script| group.contains(script)))
}

/// The Latin letter that a letter in lower case looks like, or the letter itself.
fn alike(c: char) -> char {
    match c {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' => 'e',
        'ɡ' => 'g',
        'һ' | 'н' => 'h',
        'і' | 'ι' | 'ı' => 'i',
        'ј' | 'ϳ' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' => 'l',
        'м' | 'μ' => 'm',
        'п' | 'η' => 'n',
        'о' | 'ο' | 'σ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' => 'u',
        'ѵ' | 'ν' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'ү' | 'γ' => 'y',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(name: &str) -> String {
        name.parse::<LoginName>().unwrap().folded().to_owned()
    }

    #[test]
    fn capitals_apostrophes_and_forms_of_a_name_do_not_matter() {
        for same in
            ["Éloïse O'Neill", "e\u{301}loi\u{308}se o’neill", " ÉLOÏSE OʼNEILL ", "Ｅ́ｌｏïｓｅ O'Neill"]
        {
            assert_eq!(folded(same), "éloïse o'neill", "{same}");
            assert_eq!(folded(&folded(same)), folded(same), "once is enough");
        }
        assert_ne!(folded("Éloïse"), folded("Eloise"));
        assert_eq!("Éloïse".parse::<LoginName>().unwrap().as_str(), "Éloïse");
        for not in ["", " ", "a\u{200b}", "a/b", "-a"] {
            assert!(not.parse::<LoginName>().is_err(), "{not:?}");
        }
        let secret = "my/secret".parse::<LoginName>().unwrap_err();
        assert!(!format!("{secret} {secret:?}").contains("secret"));
    }

    #[test]
    fn names_that_look_alike_are_one_name() {
        for (one, other) in [
            ("coco", "сосо"),
            ("HAPPY", "НАРРУ"),
            ("oxo", "οχο"),
            ("ﬁne", "fine"),
            ("anne²", "anne2"),
            ("ℌans", "Hans"),
            ("ıda", "ida"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
        assert_ne!(folded("Анна"), folded("Анне"));
    }

    #[test]
    fn a_name_has_one_script() {
        for name in [
            "Анна-Мария 2",
            "Ελένη",
            "محمد",
            "山田 Taro",
            "ひらがな漢字カナ",
            "김 Kim",
            "नेहा",
            "Zoë_1",
            "2026",
        ] {
            assert!(name.parse::<LoginName>().is_ok(), "{name}");
        }
        for mixed in ["аnne", "Ann\u{435}", "ραul", "Анна Smith", "עlice", "ひらがなа"] {
            assert!(mixed.parse::<LoginName>().is_err(), "{mixed}");
        }
    }

    proptest! {
        /// Any text is a name or is refused, and case makes no difference.
        #[test]
        fn any_text_is_a_name_or_refused(text in "\\PC{0,70}") {
            if let Ok(name) = text.parse::<LoginName>() {
                prop_assert!(!name.folded().is_empty());
                let again = name.as_str().parse::<LoginName>();
                prop_assert_eq!(again, Ok(name.clone()));
                if let Ok(lower) = name.lower().parse::<LoginName>() {
                    prop_assert_eq!(lower.folded(), name.folded());
                }
            }
        }
    }
}
