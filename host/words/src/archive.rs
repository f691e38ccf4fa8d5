//! The instructions in the archive of everything that a person has.

use crate::message::messages;
use mesinfos_model::view::Lang;

messages! {
    /// Instructions in the archive.
    pub(crate) enum Readme<'a> in "archive" {
        FileName,
        Title,
        Made { at: &'a str },
        Private,
        Rows,
        Values,
        Papers,
        Texts,
        Consents,
        Receipts,
        Results,
        Letters,
        Mappings,
        Changes,
        Withheld,
        Journal,
        Imports,
        List,
        Elsewhere,
        NotTakenIn,
    }
}

/// The instructions in each language, by file name. `at` is when the archive is made, in UTC seconds.
pub fn readmes(at: i64) -> Vec<(String, String)> {
    [Lang::Fr, Lang::En].into_iter().map(|lang| (Readme::FileName.to(lang), readme(at, lang))).collect()
}

fn readme(at: i64, lang: Lang) -> String {
    let at = crate::instant(at, lang);
    let parts = [
        Readme::Title,
        Readme::Made { at: &at },
        Readme::Private,
        Readme::Rows,
        Readme::Values,
        Readme::Papers,
        Readme::Texts,
        Readme::Consents,
        Readme::Receipts,
        Readme::Results,
        Readme::Letters,
        Readme::Mappings,
        Readme::Changes,
        Readme::Withheld,
        Readme::Journal,
        Readme::Imports,
        Readme::List,
        Readme::Elsewhere,
        Readme::NotTakenIn,
    ];
    let mut text = String::new();
    for part in parts {
        text.push_str(&part.to(lang));
        text.push_str("\n\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_instructions_are_there_in_both_languages() {
        let [(fr, french), (en, english)] = &readmes(0)[..] else { panic!("two") };
        assert_eq!((fr.as_str(), en.as_str()), ("LISEZ-MOI.txt", "README.txt"));
        for name in [
            "rows/",
            "papers/",
            "texts/",
            "letters.jsonl",
            "mappings.jsonl",
            "changes.jsonl",
            "withheld.jsonl",
            "consent/notices/",
            "consent/",
            "results/",
            "journal/",
            "imports.json",
            "manifest.json",
        ] {
            assert!(french.contains(name) && english.contains(name), "{name}");
        }
        assert!(french.contains("1970") && english.contains("1970"));
    }
}
