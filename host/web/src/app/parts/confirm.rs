//! The step before something is erased: what would be, and two ways on. It needs no script.

use super::icon::{Icon, icon};
use crate::app::form::Fields;
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_words::page::Shell as Words;

/// Field that says that the person confirmed.
const SURE: &str = "sure";

/// What is about to be erased.
pub(crate) struct Question<'a> {
    /// The question, which is the title of the page.
    pub(crate) title: &'a str,
    /// What becomes of what.
    pub(crate) words: &'a str,
    /// More of it, as a list.
    pub(crate) facts: &'a [String],
    /// Words of the button that does it.
    pub(crate) button: &'a str,
    /// Path that the button posts to.
    pub(crate) action: &'a str,
    /// Path of the page to go back to.
    pub(crate) back: &'a str,
    /// Fields that go along.
    pub(crate) fields: &'a [(&'a str, &'a str)],
}

/// Whether the person confirmed.
pub(crate) fn is_sure(fields: &Fields) -> bool {
    fields.get(SURE) == "yes"
}

/// The body of the page that asks.
pub(crate) fn confirm(question: &Question<'_>, lang: Lang) -> Markup {
    html! {
        header.head { h1 { bdi { (question.title) } } p.lead { (question.words) } }
        @if !question.facts.is_empty() { ul.limits { @for fact in question.facts { li { bdi { (fact) } } } } }
        form.row method="post" action=(question.action) {
            input type="hidden" name=(SURE) value="yes";
            @for (name, value) in question.fields { input type="hidden" name=(name) value=(value); }
            button.btn.danger type="submit" { (icon(Icon::Eraser)) (question.button) }
            a.btn href=(question.back) { (Words::Keep.to(lang)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_posts_its_answer_and_has_a_way_back() {
        let question = Question {
            title: "<b>",
            words: "w",
            facts: &[],
            button: "Erase",
            action: "/letters/1/erase",
            back: "/letters/1",
            fields: &[("key", "k")],
        };
        let page = confirm(&question, Lang::En).into_string();
        assert!(!page.contains("<b>") && page.contains("action=\"/letters/1/erase\""), "{page}");
        assert!(page.contains("href=\"/letters/1\"") && page.contains("name=\"sure\" value=\"yes\""));
        let fields = |text: &str| Fields::read(text.as_bytes()).unwrap();
        assert!(is_sure(&fields("sure=yes")) && !is_sure(&fields("")) && !is_sure(&fields("sure=on")));
    }
}
