//! Each block as HTML, in both languages, beside this file: `BLESS=1` writes them anew.

use super::super::drawing::Drawing;
use super::*;
use maud::html;
use std::path::PathBuf;

/// The HTML with a line for each element that begins a part, so that a difference can be read.
fn lines(html: &str) -> String {
    let mut lines = String::with_capacity(html.len() + 256);
    for (at, part) in html.split('<').enumerate() {
        if at > 0 {
            // Closing tags stay on the line of what they close.
            if !part.starts_with('/') && !lines.is_empty() {
                lines.push('\n');
            }
            lines.push('<');
        }
        lines.push_str(part);
    }
    lines.push('\n');
    lines
}

fn golden(name: &str, lang: Lang, html: &str) {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "src/view/tests/golden"].iter().collect();
    let file = folder.join(format!("{name}.{}.html", lang.code()));
    let now = lines(html);
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(&file, &now).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == now, "{} differs (BLESS=1 writes it anew):\n{now}", file.display());
}

/// The first page of a sample with one block in one section with a title.
fn alone(lang: Lang, block: &Block) -> View {
    let section =
        Section { title: Some("Titre".to_owned()), layout: Layout::Stack, blocks: vec![block.clone()] };
    let page = Page { title: "Page".to_owned(), icon: Icon::None, sections: vec![section] };
    View {
        headline_figure: None,
        period: None,
        pages: vec![page],
        limits: Vec::new(),
        ..sample::view(lang, &str::to_owned)
    }
}

#[test]
fn each_block_looks_like_this() {
    for lang in [Lang::Fr, Lang::En] {
        let view = sample::view(lang, &str::to_owned);
        let blocks = view.pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks);
        let mut counts = std::collections::BTreeMap::new();
        for block in blocks {
            let name = match block {
                Block::Chart(Chart { plot: Plot::Xy(xy), .. }) => {
                    format!("chart-{:?}", xy.kind).to_lowercase()
                }
                Block::Chart(Chart { plot: Plot::Parts(_), .. }) => "chart-parts".to_owned(),
                Block::Chart(Chart { plot: Plot::Calendar(_), .. }) => "chart-calendar".to_owned(),
                Block::Chart(Chart { plot: Plot::Heatmap(_), .. }) => "chart-heatmap".to_owned(),
                other => other.kind().to_owned(),
            };
            let count = counts.entry(name.clone()).or_insert(0_u8);
            *count += 1;
            let name = if *count > 1 { format!("{name}-{count}") } else { name };
            let context = Context { lang, ..context("Conso", &path) };
            golden(&name, lang, &report(&alone(lang, block), &context, None).into_string());
        }
        let kinds: std::collections::BTreeSet<&str> =
            counts.keys().map(|name| name.split("-").next().unwrap()).collect();
        assert!(kinds.len() >= 10, "{kinds:?}");
    }
}

/// The drawings beside the code in the book: `docs/reference/blocks`, a page for each block of the view that the app of the
/// book gave (`tests/it/blocks.rs`). The book puts the style sheet and the scripts of the web app beside them.
#[test]
fn each_block_of_the_book_looks_like_this() {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../docs/reference/blocks"].iter().collect();
    let view = std::fs::read_to_string(folder.join("view.en.json")).unwrap();
    let view: View = serde_json::from_str(&view).unwrap();
    let lang = Lang::En;
    let context = Context { lang, csv: None, ..context("Blocks", &path) };
    let drawing = Drawing::new(lang, &context);
    for section in view.pages.iter().flat_map(|page| &page.sections) {
        let name = section.title.as_deref().unwrap();
        let [block] = &section.blocks[..] else { panic!("{name} is not one block") };
        let at = Address { page: 0, section: 0, block: 0 };
        let page = html! {
            (maud::DOCTYPE)
            html lang=(lang.code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (name) }
                    link rel="stylesheet" href="../../assets/app.css";
                    script type="module" src="../../assets/charts.js" {}
                }
                body { div.res { div.res-b { div.flow { (super::super::blocks::block(block, at, 2, false, &drawing)) } } } }
            }
        };
        let file = folder.join(format!("{name}.html"));
        let now = lines(&page.into_string());
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&file, &now).unwrap();
        }
        let kept = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(kept == now, "{} differs (BLESS=1 writes it anew):\n{now}", file.display());
    }
    assert!(view.pages.iter().flat_map(|page| &page.sections).count() >= 10);
}

#[test]
fn a_frame_and_a_form_look_like_this() {
    for lang in [Lang::Fr, Lang::En] {
        let mut view = sample::view(lang, &str::to_owned);
        for page in &mut view.pages {
            page.sections.truncate(1);
            page.sections[0].blocks.truncate(1);
        }
        let context = Context { lang, pages: Pages::One(0), is_trial: true, ..context("Conso", &path) };
        let filled = Filled {
            answers: vec![pair("price", "abc")],
            errors: [("price".to_owned(), "faux".to_owned())].into(),
        };
        let form = parameters(&settings(&str::to_owned), &filled, "/runs", lang);
        golden("frame", lang, &report(&view, &context, None).into_string());
        golden("form", lang, &form.into_string());
    }
}
