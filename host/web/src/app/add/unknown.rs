//! A table that no format knows, on the page that answers an upload.

use crate::app::parts::{Icon, icon, note};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_platform::intake::mapped::RowKind;
use mesinfos_words::page::Tables as Words;

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
pub(crate) fn found(id: &str, columns: u64, rows: RowKind, lang: Lang) -> Markup {
    html! {
        (note("", &Words::Found { columns, kind: &kind(rows, lang) }.to(lang), false))
        p.row {
            a.btn.pri href=(format!("/add/tables/{id}")) { (icon(Icon::Rows3)) (Words::Say.to(lang)) }
        }
        p.soft { (Words::FoundWhy.to(lang)) }
    }
}
