//! A run's view as a plain page, readable without scripts, on a phone, in print and by a screen reader.
//!
//! Invariants: a report never becomes markup (maud escapes every text, and no text is placed where it would
//! be a URL or a name); no script, no inline style, no foreign content; the app's content is inside the
//! frame "Résultat de X", which the host's own pages never use.
//!
//! Start reading at [`view`]; [`blocks`] has one function per block, [`charts`] renders a chart as a table
//! of its data.

mod blocks;
mod charts;
#[cfg(test)]
mod tests;

use maud::{DOCTYPE, Markup, html};
use mesinfos_model::view::{KeyFigure, Lang, Layout, Page, Piece, Section, View};
use mesinfos_words::{self as words, Word};

/// Stylesheet of every page, served as `/style.css`.
pub(crate) const STYLE: &str = include_str!("style.css");

/// The host's texts around a view.
pub(crate) struct Chrome {
    /// Name of the app.
    pub(crate) app_name: String,
    /// Version of the app.
    pub(crate) app_version: String,
    /// Language of the host's texts; the report states its own.
    pub(crate) lang: Lang,
    /// Id of the run's receipt.
    pub(crate) receipt: Option<String>,
    /// Reads of the run, one phrase per category.
    pub(crate) reads: Vec<String>,
}

/// The app's notes, collapsed: only for people who want the details.
pub(crate) fn log(log: &str, lang: Lang) -> Markup {
    html! {
        @if !log.is_empty() {
            details.log {
                summary { (Word::Noted.to(lang)) }
                p { (Word::NotedOnlyForYou.to(lang)) }
                pre { (log) }
            }
        }
    }
}

/// A whole document around a body.
#[allow(clippy::needless_pass_by_value, reason = "callers hand over what they have just made")]
pub(crate) fn shell(title: &str, lang: Lang, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="stylesheet" href="/style.css";
            }
            body { (body) }
        }
    }
}

/// Body of a page with a run's view and its reads.
pub(crate) fn view(view: &View, chrome: &Chrome) -> Markup {
    html! {
        main {
            header.chrome {
                p.brand { (words::result_of(&chrome.app_name, chrome.lang)) }
                p.soft { (Word::Version.to(chrome.lang)) " " (chrome.app_version) }
            }
            article.result lang=(view.lang.code()) {
                (opening(view))
                @for page in &view.pages {
                    (draw_page(page, view.pages.len() > 1, view.lang))
                }
                (limits(&view.limits, view.lang))
            }
            (footer(chrome))
        }
    }
}

fn opening(view: &View) -> Markup {
    let lang = view.lang;
    html! {
        h1 { (view.title) }
        @if let Some(period) = &view.period { p.soft { (words::span(period, lang)) } }
        p.headline { (view.headline) }
        @if let Some(figure) = &view.headline_figure {
            (blocks::key_figures(std::slice::from_ref::<KeyFigure>(figure), lang))
        }
    }
}

/// A page of the report. Its title is shown if it has siblings.
fn draw_page(page: &Page, named: bool, lang: Lang) -> Markup {
    html! {
        @if named { h2.page { (page.title) } }
        @for section in &page.sections { (draw_section(section, lang)) }
    }
}

fn draw_section(section: &Section, lang: Lang) -> Markup {
    let layout = match section.layout {
        Layout::Stack => "stack",
        Layout::TwoColumns => "two",
        Layout::Grid => "grid",
    };
    html! {
        section class=(layout) {
            @if let Some(title) = &section.title { h3 { (title) } }
            @for block in &section.blocks { (blocks::block(block, lang)) }
        }
    }
}

fn limits(limits: &[Vec<Piece>], lang: Lang) -> Markup {
    html! {
        @if !limits.is_empty() {
            section.limits {
                h2 { (Word::Limits.to(lang)) }
                ul { @for limit in limits { li { (blocks::pieces(limit, lang)) } } }
            }
        }
    }
}

fn footer(chrome: &Chrome) -> Markup {
    let lang = chrome.lang;
    html! {
        footer.chrome {
            h2 { (Word::DataRead.to(lang)) }
            @if chrome.reads.is_empty() {
                p { (Word::NothingRead.to(lang)) }
            } @else {
                ul { @for read in &chrome.reads { li { (read) } } }
                p { (Word::KeepsNothing.to(lang)) }
            }
            @if let Some(receipt) = &chrome.receipt {
                p.soft { (words::labelled(Word::Receipt.to(lang), "", lang)) code { (receipt) } }
            }
        }
    }
}
