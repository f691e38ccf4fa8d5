//! The form of a letter: what it holds, as fields and as a draft.

use crate::app::form::Fields;
use crate::app::parts::{Icon, icon};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::{Day, Holder};
use mesinfos_platform::letters::{
    Addressee, LetterDraft, MOST_LINE, MOST_LINES, MOST_WANTED, Reminder, Right, Sender,
};
use mesinfos_words::page::Letters as Words;

/// Most characters of an address, with its line ends.
const MOST_ADDRESS: usize = (MOST_LINE + 2) * MOST_LINES;

/// A draft for a holder, before anything was typed.
pub(crate) fn begun(holder: Option<&Holder>, lang: Lang, today: Day) -> LetterDraft {
    let address = holder.map(|holder| holder.address.join("\n")).unwrap_or_default();
    LetterDraft {
        to: Addressee::typed(holder, "", &address),
        from: Sender::default(),
        right: Right::proposed(holder),
        lang: language(holder, lang),
        day: today,
        reminder: None,
    }
}

/// The language of a letter, until the person chooses another: the one that its reader certainly reads.
fn language(holder: Option<&Holder>, lang: Lang) -> Lang {
    if holder.is_some_and(|holder| !holder.is_international) { Lang::Fr } else { lang }
}

/// The draft of a form. A field that is missing has the value that the empty form has.
pub(crate) fn draft(fields: &Fields, lang: Lang, today: Day) -> LetterDraft {
    let holder = Holder::find(fields.get("holder"));
    let empty = begun(holder, lang, today);
    let text = |name: &str, before: String| {
        if fields.has(name) { fields.get(name).to_owned() } else { before }
    };
    let address = text("their-address", empty.to.address.join("\n"));
    let sent: Option<Day> = fields.get("since").parse().ok();
    LetterDraft {
        to: Addressee::typed(holder, fields.get("their-name"), &address),
        from: Sender::typed(
            fields.get("name"),
            fields.get("address"),
            fields.get("reference"),
            fields.get("wanted"),
        ),
        right: Right::ALL.into_iter().find(|right| right.id() == fields.get("right")).unwrap_or(empty.right),
        lang: Lang::from_tag(fields.get("language")).unwrap_or(empty.lang),
        day: today,
        reminder: sent.map(|sent| Reminder {
            sent,
            received: fields.get("received").parse().ok(),
            extended: fields.has("extended"),
        }),
    }
}

/// A draft as hidden fields.
pub(crate) fn hidden(draft: &LetterDraft) -> Markup {
    let (to, from) = (&draft.to, &draft.from);
    let fields = [
        ("their-address", to.address.join("\n")),
        ("right", draft.right.id().to_owned()),
        ("language", draft.lang.code().to_owned()),
        ("name", from.name.clone()),
        ("address", from.address.join("\n")),
        ("reference", from.reference.clone()),
        ("wanted", from.wanted.clone()),
    ];
    html! {
        (fixed(draft))
        @if to.holder.is_none() && draft.reminder.is_none() {
            input type="hidden" name="their-name" value=(to.name);
        }
        @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
    }
}

/// Fields that the person does not change: the holder, and what a reminder is about.
fn fixed(draft: &LetterDraft) -> Markup {
    html! {
        @if let Some(holder) = &draft.to.holder { input type="hidden" name="holder" value=(holder); }
        @if draft.to.holder.is_none() && draft.reminder.is_some() {
            input type="hidden" name="their-name" value=(draft.to.name);
        }
        @if let Some(Reminder { sent, received, extended }) = draft.reminder {
            input type="hidden" name="since" value=(sent);
            @if let Some(day) = received { input type="hidden" name="received" value=(day); }
            @if extended { input type="hidden" name="extended" value="on"; }
        }
    }
}

/// The fields that complete a letter, and the buttons that redraw it and make a PDF.
pub(crate) fn fields(draft: &LetterDraft, has_pdf: bool, lang: Lang) -> Markup {
    let (to, from) = (&draft.to, &draft.from);
    let is_reminder = draft.reminder.is_some();
    let rights = [
        (Right::Both, Words::RightBoth),
        (Right::Access, Words::RightAccess),
        (Right::Portability, Words::RightPortability),
    ];
    html! {
        (fixed(draft))
        div.card.flow {
            h2.h3s { (Words::Complete.to(lang)) }
            @if to.holder.is_none() && !is_reminder {
                (line("their-name", &Words::TheirName.to(lang), &to.name, "off", ""))
            }
            (line("name", &Words::YourName.to(lang), &from.name, "name", ""))
            (lines("address", &Words::YourAddress.to(lang), &from.address.join("\n"), &Words::AddressWhy.to(lang), "street-address"))
            (line("reference", &Words::Reference.to(lang), &from.reference, "off", &Words::ReferenceWhy.to(lang)))
            (lines("their-address", &Words::TheirAddress.to(lang), &to.address.join("\n"), &where_address(to.known(), lang), "off"))
            @if is_reminder {
                input type="hidden" name="right" value=(draft.right.id());
                input type="hidden" name="wanted" value=(from.wanted);
            } @else {
                fieldset {
                    legend { (Words::Asks.to(lang)) }
                    div.pick {
                        @for (right, words) in rights {
                            label {
                                input type="radio" name="right" value=(right.id()) checked[right == draft.right];
                                span { (words.to(lang)) }
                            }
                        }
                    }
                    @if to.known().is_some_and(|holder| holder.is_public) {
                        p.soft.small { (Words::PublicTask.to(lang)) }
                    }
                }
                label.field {
                    (Words::Wanted.to(lang))
                    textarea name="wanted" rows="3" maxlength=(MOST_WANTED) { "\n" (from.wanted) }
                    small { (Words::WantedWhy.to(lang)) }
                }
            }
            fieldset {
                legend { (Words::Language.to(lang)) }
                div.seg {
                    @for (code, name) in [("fr", "Français"), ("en", "English")] {
                        label lang=(code) {
                            input type="radio" name="language" value=(code) checked[code == draft.lang.code()];
                            (name)
                        }
                    }
                }
            }
            button.btn.full type="submit" { (icon(Icon::RotateCw)) (Words::Update.to(lang)) }
            p.soft.small { (Words::NoIdentity.to(lang)) }
        }
        div.row {
            @if has_pdf {
                button.btn.pri type="submit" formaction="/letters/new/pdf" {
                    (icon(Icon::Download)) (Words::Pdf.to(lang))
                }
            }
            button.btn type="button" data-print hidden { (icon(Icon::Printer)) (Words::Print.to(lang)) }
            button.btn type="button" data-copy="plain" hidden { (icon(Icon::Copy)) (Words::Copy.to(lang)) }
            span.soft role="status" data-done=(Words::Copied.to(lang)) data-failed=(Words::NotCopied.to(lang)) {}
        }
        @if !has_pdf { p.note { (Words::NoPdf.to(lang)) } }
        p.soft.small { (Words::NothingLeaves.to(lang)) }
    }
}

/// The part of the form that keeps a letter and counts the days.
pub(crate) fn sending(draft: &LetterDraft, lang: Lang) -> Markup {
    html! {
        div.panel.flow-s {
            h2.h3s { (Words::Sent.to(lang)) }
            p { (Words::SentWhy.to(lang)) }
            (day(draft.day, lang))
            div.pick {
                label { input type="checkbox" name="keep" value="on"; span { (Words::KeepMine.to(lang)) } }
            }
            p.soft.small { (Words::KeepMineWhy.to(lang)) }
            div.row {
                button.btn type="submit" formaction="/letters" name="as" value="sent" {
                    (icon(Icon::Check)) (Words::SentButton.to(lang))
                }
                button.btn.quiet type="submit" formaction="/letters" name="as" value="later" {
                    (Words::LaterButton.to(lang))
                }
            }
        }
    }
}

/// The field for the day of sending.
pub(crate) fn day(today: Day, lang: Lang) -> Markup {
    html! {
        label.field {
            (Words::SentOn.to(lang))
            input type="date" name="on" value=(today) max=(today);
        }
    }
}

/// Where the address of a holder comes from, or where it can be found.
fn where_address(holder: Option<&Holder>, lang: Lang) -> String {
    let checked = holder.filter(|holder| !holder.address.is_empty()).and_then(|holder| holder.checked);
    match (checked.and_then(|day| day.parse().ok()), holder) {
        (Some(day), _) => Words::AddressChecked { day: &mesinfos_words::day(day, lang) }.to(lang),
        (None, Some(holder)) => Words::AddressUnknown { site: holder.site }.to(lang),
        (None, None) => Words::AddressUnknownWhere.to(lang),
    }
}

fn line(name: &str, label: &str, value: &str, autocomplete: &str, why: &str) -> Markup {
    html! {
        label.field {
            (label)
            input type="text" name=(name) value=(value) maxlength=(MOST_LINE) autocomplete=(autocomplete);
            @if !why.is_empty() { small { (why) } }
        }
    }
}

fn lines(name: &str, label: &str, value: &str, why: &str, autocomplete: &str) -> Markup {
    html! {
        label.field {
            (label)
            // A line end after the tag is no part of the value (HTML, 13.1.2.5).
            textarea name=(name) rows="3" maxlength=(MOST_ADDRESS) autocomplete=(autocomplete) { "\n" (value) }
            small { (why) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_begins_in_the_language_of_its_reader() {
        let begins = |holder: &str, typed: &str, lang| {
            let fields = Fields::read(format!("holder={holder}{typed}").as_bytes()).unwrap();
            draft(&fields, lang, Day(20_000)).lang
        };
        assert_eq!(begins("edf", "", Lang::En), Lang::Fr);
        assert_eq!(begins("edf", "&language=en", Lang::En), Lang::En, "as the person wants it");
        assert_eq!(begins("strava", "", Lang::En), Lang::En);
        assert_eq!(begins("strava", "", Lang::Fr), Lang::Fr);
        assert_eq!(begins("", "", Lang::En), Lang::En, "somebody the person names");
    }
}
