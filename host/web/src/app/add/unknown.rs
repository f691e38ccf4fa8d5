//! A table that no format knows, on the page that answers an upload.

use crate::app::parts::{Icon, icon, note};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_platform::intake::mapped::RowKind;
use mesinfos_words::page::{Add, Tables as Words};

/// What rows of a kind are, in words.
pub(crate) fn kind(rows: RowKind, lang: Lang) -> String {
    match rows {
        RowKind::Bank => Words::Bank,
        RowKind::Purchase => Words::Purchase,
        RowKind::Electricity => Words::Electricity,
        RowKind::Gas => Words::Gas,
        RowKind::Water => Words::Water,
    }
    .to(lang)
}

/// What was found, and the way to the assistant.
pub(crate) fn found(id: &str, columns: u64, lang: Lang) -> Markup {
    html! {
        (note("", &Words::Found { columns }.to(lang), false))
        div.row {
            a.btn.pri href=(format!("/add/tables/{id}")) { (icon(Icon::Rows3)) (Words::Say.to(lang)) }
            (keep_form(id, lang))
        }
        p.soft { (Words::FoundWhy.to(lang)) }
    }
}

/// The button that keeps a waiting table as a document.
pub(crate) fn keep_form(id: &str, lang: Lang) -> Markup {
    html! {
        form method="post" action=(format!("/add/tables/{id}")) {
            button.btn type="submit" name="act" value="keep" { (icon(Icon::FileText)) (Add::KeepThis.to(lang)) }
        }
    }
}
