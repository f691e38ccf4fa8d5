//! Each block of a view for developers: what it is for, what is drawn, and the code that gives it.
//!
//! The views and the code are those of the book (`docs/reference/blocks`), where a test writes them from what ran.

use crate::Shared;
use crate::app::parts::{Shell, more, section};
use crate::app::releases::Developer;
use crate::view::one_block;
use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use mesinfos_model::view::{Lang, View};
use mesinfos_words::page::Blocks as Words;
use std::collections::BTreeMap;

const FR: &str = include_str!("../../../../docs/reference/blocks/view.fr.json");
const EN: &str = include_str!("../../../../docs/reference/blocks/view.en.json");
const CODE: &str = include_str!("../../../../docs/reference/blocks/code.json");

/// The code of each block, by language of programming.
type Codes = BTreeMap<String, Vec<(String, String)>>;

/// The page.
pub(crate) fn pages() -> Router<Shared> {
    Router::new().route("/developer/blocks", get(page))
}

async fn page(Developer(visitor): Developer) -> Response {
    let lang = visitor.lang();
    let title = Words::Title.to(lang);
    let shell = Shell { charts: true, ..visitor.shell(&title, None) };
    shell.around(body(&title, lang)).into_response()
}

fn body(title: &str, lang: Lang) -> Markup {
    // A test reads both.
    let view: Option<View> = serde_json::from_str(lang.of(FR, EN)).ok();
    let codes: Codes = serde_json::from_str(CODE).unwrap_or_default();
    let sections = view.iter().flat_map(|view| &view.pages).flat_map(|page| &page.sections);
    html! {
        header.head {
            h1 { (title) }
            p.lead { (Words::Lead { blocks: Words::EACH.len() as u64 }.to(lang)) }
        }
        @for (at, ((name, says), drawn)) in Words::EACH.iter().zip(sections).enumerate() {
            (section(name, name, html! {
                p { (says.to(lang)) }
                div.res { div.res-b { div.flow {
                    @for block in &drawn.blocks { (one_block(block, at, lang)) }
                } } }
                @for (language, code) in codes.get(*name).into_iter().flatten() {
                    @let words = Words::Code { language }.to(lang);
                    (more(&words, html! {
                        pre.code tabindex="0" role="region" aria-label=(format!("{words}: {name}")) { code { (code) } }
                    }))
                }
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_block_is_drawn_beside_its_code_in_three_languages() {
        for lang in [Lang::Fr, Lang::En] {
            let page = body("Blocs", lang).into_string();
            let count = |what: &str| page.matches(what).count();
            let blocks = Words::EACH.len();
            assert_eq!((count("class=\"res\""), count("<pre")), (blocks, 3 * blocks));
            let parts: Vec<&str> = page.split("<section").skip(1).collect();
            for ((name, says), part) in Words::EACH.iter().zip(parts) {
                assert!(part.contains(&format!("id=\"{name}\"")) && part.contains(&says.to(lang)), "{name}");
                assert!(part.contains("view::") && part.contains("view."), "{name} has no code");
            }
        }
    }
}
