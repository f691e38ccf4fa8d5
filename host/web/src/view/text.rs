//! Texts and values of an app, always as text.
//!
//! A text that fills an element has `dir="auto"`, and one beside other words is in a `bdi`, so that a text
//! written from right to left does not reorder what stands around it.

use maud::{Markup, html};
use mesinfos_model::view::{Emphasis, Lang, Piece, Value};
use mesinfos_words as words;

/// Text with its marks.
pub(super) fn pieces(pieces: &[Piece], lang: Lang) -> Markup {
    html! {
        @for piece in pieces {
            @match piece {
                Piece::Plain(text) | Piece::Marked(Emphasis::None, text) => { (text) }
                Piece::Marked(Emphasis::Strong, text) => { strong { (text) } }
                Piece::Marked(Emphasis::Soft, text) => { span.soft { (text) } }
                Piece::Val(value) => { bdi { (words::value(value, lang)) } }
            }
        }
    }
}

/// A paragraph of text; nothing if it has no piece.
pub(super) fn paragraph(text: &[Piece], lang: Lang) -> Markup {
    html! { @if !text.is_empty() { p dir="auto" { (pieces(text, lang)) } } }
}

/// Longest text that is set like a number, in characters.
const FIGURE: usize = 11;

/// A number and what is set smaller beside it. Cents count in a small amount.
fn split<'t>(part: &'t str, class: &str, lang: Lang) -> (&'t str, &'t str) {
    if class == "m" { words::amount_and_unit(part) } else { words::whole_and_rest(part, lang) }
}

/// A value set big: its decimals and its unit smaller. `class` is a size of `.n`, or empty.
pub(super) fn big(value: &Value, class: &str, lang: Lang) -> Markup {
    let text = words::value(value, lang);
    let is_number = matches!(value, Value::Number(_) | Value::Money(_) | Value::Quantity(_) | Value::Missing);
    // A duration has several numbers, each with its unit.
    let parts: Vec<&str> =
        if matches!(value, Value::Quantity(_)) { text.split(' ').collect() } else { vec![text.as_str()] };
    // A number never breaks: what is long, or made of words, is set smaller and does.
    if !is_number || parts.iter().any(|part| split(part, class, lang).0.chars().count() > FIGURE) {
        return html! { span.h3s dir="auto" { (text) } };
    }
    html! {
        span class=(format!("n {class}").trim_end()) {
            @for (at, part) in parts.into_iter().enumerate() {
                @let (whole, rest) = split(part, class, lang);
                @if at > 0 { " " }
                (whole)
                @if !rest.is_empty() { small { (rest) } }
            }
        }
    }
}
