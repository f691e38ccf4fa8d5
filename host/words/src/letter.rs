//! The text of a letter to a data holder, in the language of the letter. Pages and PDF files draw it.

use crate::date;
use crate::message::messages;
use mesinfos_model::view::Lang;
use mesinfos_platform::letters::{LetterDraft, Reminder, Right};

messages! {
    /// Texts of letters.
    pub(crate) enum Letters<'a> in "letters" {
        YourName,
        YourAddress,
        TheirName,
        TheirAddress,
        Officer,
        OnDay { day: &'a str },
        Subject { asks: &'a str },
        SubjectReminder { sent: &'a str },
        AsksAccess,
        AsksPortability,
        AsksBoth,
        Greeting,
        Access,
        AccessMore,
        Portability,
        PortabilityToo,
        Wanted { wanted: &'a str },
        Reference { reference: &'a str },
        Identity,
        Time,
        Complaint,
        RemindAccess { sent: &'a str },
        RemindPortability { sent: &'a str },
        RemindBoth { sent: &'a str },
        RemindDue { due: &'a str },
        RemindDueExtended { due: &'a str },
        RemindNow,
        Closing,
    }
}

/// The text of a letter, in the order of reading. Every text is one line without its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterText {
    /// Its language.
    pub lang: Lang,
    /// Name and address of the sender.
    pub sender: Vec<String>,
    /// Name and address of the addressee.
    pub to: Vec<String>,
    /// The day, as it stands in a letter.
    pub day: String,
    /// What it is about.
    pub subject: String,
    /// The paragraphs, from the greeting to the closing words.
    pub paragraphs: Vec<String>,
    /// The name under it.
    pub signature: String,
}

impl LetterText {
    /// All lines and paragraphs, in the order of reading.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let lines = self.sender.iter().chain(&self.to).chain([&self.day, &self.subject]);
        lines.chain(&self.paragraphs).chain([&self.signature]).map(String::as_str)
    }

    /// The letter as plain text, with empty lines between its parts.
    pub fn plain(&self) -> String {
        let blocks = [self.sender.join("\n"), self.to.join("\n"), self.day.clone(), self.subject.clone()];
        let signature = std::iter::once(self.signature.clone());
        blocks
            .into_iter()
            .chain(self.paragraphs.iter().cloned())
            .chain(signature)
            .collect::<Vec<_>>()
            .join("\n\n")
    }
}

/// The text of a letter. What was not typed stands in brackets, to be filled in.
pub fn letter(draft: &LetterDraft) -> LetterText {
    let lang = draft.lang;
    let or =
        |text: &str, missing: Letters<'_>| if text.is_empty() { missing.to(lang) } else { text.to_owned() };
    let or_lines = |lines: &[String], missing: Letters<'_>| {
        if lines.is_empty() { vec![missing.to(lang)] } else { lines.to_vec() }
    };
    let name = or(&draft.from.name, Letters::YourName);
    let sender = [vec![name.clone()], or_lines(&draft.from.address, Letters::YourAddress)].concat();
    let head = vec![or(&draft.to.name, Letters::TheirName), Letters::Officer.to(lang)];
    let to = [head, or_lines(&draft.to.address, Letters::TheirAddress)].concat();
    let (subject, asked) = match draft.reminder {
        None => (Letters::Subject { asks: &asks(draft.right, lang) }.to(lang), request(draft.right, lang)),
        Some(of) => {
            let sent = date::day(of.sent, lang);
            (Letters::SubjectReminder { sent: &sent }.to(lang), reminder(of, draft.right, lang))
        }
    };
    let part = |text: &str, of: fn(&str) -> Letters<'_>| (!text.is_empty()).then(|| of(text).to(lang));
    let wanted = part(&draft.from.wanted, |wanted| Letters::Wanted { wanted });
    let reference = part(&draft.from.reference, |reference| Letters::Reference { reference });
    let terms: &[Letters<'_>] = match draft.reminder {
        None => &[Letters::Identity, Letters::Time, Letters::Complaint],
        Some(_) => &[Letters::RemindNow],
    };
    let mut paragraphs = vec![Letters::Greeting.to(lang)];
    paragraphs.extend(asked);
    paragraphs.extend(wanted.into_iter().chain(reference));
    paragraphs.extend(terms.iter().chain([&Letters::Closing]).map(|text| text.to(lang)));
    let day = Letters::OnDay { day: &date::day(draft.day, lang) }.to(lang);
    LetterText { lang, sender, to, day, subject, paragraphs, signature: name }
}

/// What a letter asks for, in its own words: "accès et portabilité (articles 15 et 20 du RGPD)".
pub fn asks(right: Right, lang: Lang) -> String {
    match right {
        Right::Access => Letters::AsksAccess,
        Right::Portability => Letters::AsksPortability,
        Right::Both => Letters::AsksBoth,
    }
    .to(lang)
}

fn request(right: Right, lang: Lang) -> Vec<String> {
    let texts: &[Letters<'_>] = match right {
        Right::Access => &[Letters::Access, Letters::AccessMore],
        Right::Portability => &[Letters::Portability],
        Right::Both => &[Letters::Access, Letters::AccessMore, Letters::PortabilityToo],
    };
    texts.iter().map(|text| text.to(lang)).collect()
}

fn reminder(of: Reminder, right: Right, lang: Lang) -> Vec<String> {
    let (sent, due) = (date::day(of.sent, lang), date::day(of.due(), lang));
    let asked = match right {
        Right::Access => Letters::RemindAccess { sent: &sent },
        Right::Portability => Letters::RemindPortability { sent: &sent },
        Right::Both => Letters::RemindBoth { sent: &sent },
    };
    let late =
        if of.extended { Letters::RemindDueExtended { due: &due } } else { Letters::RemindDue { due: &due } };
    vec![asked.to(lang), late.to(lang)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::Holder;
    use mesinfos_platform::letters::{Addressee, Sender};

    fn draft(right: Right, lang: Lang) -> LetterDraft {
        LetterDraft {
            to: Addressee::typed(Holder::find("edf"), "", "1 place de l’Exemple\n75000 Paris"),
            from: Sender::typed("Camille Exemple", "12 rue des Tilleuls\n69003 Lyon", "118", "mes factures"),
            right,
            lang,
            day: "2026-03-01".parse().unwrap(),
            reminder: None,
        }
    }

    #[test]
    fn each_right_names_its_article_and_no_other() {
        for lang in [Lang::Fr, Lang::En] {
            for (right, has, not) in [
                (Right::Access, vec!["15"], vec!["20 "]),
                (Right::Portability, vec!["20"], vec!["15"]),
                (Right::Both, vec!["15", "20"], vec![]),
            ] {
                let text = letter(&draft(right, lang));
                let body = format!("{} {}", text.subject, text.paragraphs.join(" "));
                for article in has {
                    assert!(body.contains(&format!("article {article}")), "{article}: {body}");
                    assert!(text.subject.contains(article), "{}", text.subject);
                }
                let body = body.replace("(UE) 2016/679", "").replace("(EU) 2016/679", "");
                for article in not {
                    assert!(!body.contains(&format!("article {article}")), "{article}: {body}");
                }
                assert!(body.contains("77") && body.contains("CNIL"), "the complaint");
            }
        }
    }

    #[test]
    fn the_legal_references_are_exact() {
        let text = letter(&draft(Right::Both, Lang::Fr)).plain();
        for part in [
            "Objet\u{a0}: demande d’accès et de portabilité (articles 15 et 20 du RGPD)",
            "l’article 15 du règlement (UE) 2016/679",
            "structuré, couramment utilisé et lisible par machine",
            "article 12, paragraphe 3",
            "deux mois",
            "article 77",
            "À l’attention du délégué à la protection des données",
            "Le 1er\u{a0}mars 2026",
            "Je souhaite en particulier\u{a0}: mes factures",
            "\n\nCamille Exemple",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        let text = letter(&draft(Right::Both, Lang::En)).plain();
        for part in [
            "article 15 of Regulation (EU) 2016/679",
            "structured, commonly used and machine-readable",
            "article 12(3)",
            "two further months",
            "article 77",
            "For the attention of the data protection officer",
            "1\u{a0}March 2026",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }

    #[test]
    fn a_reminder_names_both_days() {
        let sent = "2026-06-02".parse().unwrap();
        let of = |extended, lang| {
            letter(&LetterDraft {
                reminder: Some(Reminder { sent, received: None, extended }),
                ..draft(Right::Both, lang)
            })
        };
        let text = of(false, Lang::Fr).plain();
        assert!(text.contains("2\u{a0}juin 2026") && text.contains("2\u{a0}juillet 2026"), "{text}");
        assert!(of(true, Lang::Fr).plain().contains("2\u{a0}septembre 2026"));
        assert!(of(false, Lang::En).plain().contains("2\u{a0}July 2026"));
        assert_ne!(of(false, Lang::En).paragraphs, of(true, Lang::En).paragraphs);
    }

    #[test]
    fn what_was_not_typed_is_left_to_fill_in() {
        let empty = LetterDraft {
            to: Addressee::default(),
            from: Sender::default(),
            ..draft(Right::Access, Lang::Fr)
        };
        let text = letter(&empty);
        assert_eq!(text.sender, ["[votre nom]", "[votre adresse]"]);
        assert_eq!(text.signature, "[votre nom]");
        assert_eq!(text.to[0], "[nom de l’organisme]");
        assert!(!text.plain().contains("particulier"), "{}", text.plain());
    }

    #[test]
    fn what_was_typed_stands_as_it_is() {
        let hostile = "<script>alert(1)</script> { $day } \u{202e}";
        let from = Sender::typed(hostile, hostile, hostile, hostile);
        let text = letter(&LetterDraft { from, ..draft(Right::Both, Lang::Fr) });
        assert_eq!(text.sender[0], "<script>alert(1)</script> { $day }");
        assert!(text.paragraphs.iter().any(|part| part.contains("{ $day }")));
        assert!(text.all().all(|line| !line.contains('\n') && !line.contains('\u{202e}')));
    }
}
