//! The field for files, and the list of those that were chosen.

use super::icon::{Icon, icon};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_words::page::Files as Words;

/// A field for files over a large area, on which they can be dropped. `input` has the id `id`.
#[allow(clippy::needless_pass_by_value, reason = "markup is made for one place")]
pub(crate) fn drop_zone(
    (id, input): (&str, Markup),
    mark: Icon,
    (title, why): (&str, &str),
    lang: Lang,
) -> Markup {
    html! {
        div.drop-z {
            label for=(id) {
                span.dic.big { (icon(mark)) }
                span.h3s { (title) }
                span.soft { (why) }
                span.btn.small { (Words::Choose.to(lang)) }
            }
            (input)
        }
    }
}

/// The files that were chosen in a form, each with its state. A script fills it.
pub(crate) fn chosen(lang: Lang) -> Markup {
    html! {
        div.flow-s hidden {
            p.lab { (Words::Chosen.to(lang)) }
            ol.files data-files data-waiting=(Words::Waiting.to(lang)) data-receiving=(Words::Receiving.to(lang))
                data-reading=(Words::Reading.to(lang)) data-storing=(Words::Storing.to(lang))
                data-added=(Words::Added.to(lang)) data-refused=(Words::Refused.to(lang))
                data-asks=(Words::Asks.to(lang)) {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_for_files_has_its_words_and_no_others() {
        let input = html! { input #x type="file" name="file"; };
        let zone = drop_zone(("x", input), Icon::FileUp, ("<b>", "w"), Lang::Fr).into_string();
        assert!(zone.contains("label for=\"x\"") && zone.contains("&lt;b&gt;") && !zone.contains("<b>"));
        assert!(chosen(Lang::En).into_string().starts_with("<div class=\"flow-s\" hidden>"));
    }
}
