//! The letter as a sheet of paper in the page.

use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_words::letter::LetterText;
use mesinfos_words::page::Letters as Words;

/// The sheet, and its text for copying.
pub(crate) fn sheet(text: &LetterText, lang: Lang) -> Markup {
    html! {
        article.paper lang=(text.lang.code()) aria-label=(Words::TheLetter.to(lang)) {
            p { (lines(&text.sender)) }
            p.to { (lines(&text.to)) }
            p.when { (text.day) }
            p { strong { (text.subject) } }
            @for paragraph in &text.paragraphs { p { (paragraph) } }
            p.sign { bdi { (text.signature) } }
        }
        textarea #plain hidden readonly aria-label=(Words::TheLetter.to(lang)) { "\n" (text.plain()) }
    }
}

fn lines(lines: &[String]) -> Markup {
    html! {
        @for (number, line) in lines.iter().enumerate() {
            @if number > 0 { br; }
            bdi { (line) }
        }
    }
}
