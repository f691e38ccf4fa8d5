//! The page of the book that shows each block of a view: the code in three languages beside what it draws.
//!
//! The code is that of `tests/hostile-apps/blocks` and of the same app in the SDKs for JavaScript and Python, whose tests
//! compare their views with those written here. `BLESS=1` writes the page and the views; the drawings for a browser are
//! those of `host/web`, which draws the same views.

use crate::support::{app, binary};
use mesinfos_model::view::Lang;
use mesinfos_words::page::Blocks;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Height of the drawing of each block, in pixels.
const HEIGHTS: [u32; 16] = [90, 110, 200, 220, 170, 110, 240, 460, 110, 340, 360, 340, 360, 260, 340, 300];

/// The languages: heading, name of a code block, and file.
const LANGUAGES: [(&str, &str, &str); 3] = [
    ("Rust", "rust", "tests/hostile-apps/blocks/src/lib.rs"),
    ("JavaScript", "js", "sdk/js/test/blocks.js"),
    ("Python", "python", "sdk/python/tests/blocks.py"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Compares a file with its expected text, or writes it when blessing.
fn hold(path: &str, expected: &str) {
    let file = root().join(path);
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, expected).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(found == expected, "{path} is not what the app shows (BLESS=1 writes it anew)");
}

/// What the app says, run as a component for somebody without data.
fn ran(lang: &str, more: &[&str]) -> String {
    let output = Command::new(binary())
        .arg("run")
        .arg(app("hostile-apps/blocks"))
        .args(["--sample", "rien", "--lang", lang])
        .args(more)
        .env("NO_COLOR", "1")
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Lines between the mark of a block and the next end.
fn code<'a>(source: &'a str, name: &str) -> &'a str {
    let (_, rest) = source.split_once(&format!(" [{name}]\n")).unwrap_or_else(|| panic!("no code of {name}"));
    let end = rest.find("[end]").unwrap();
    rest[..rest[..end].rfind('\n').unwrap()].trim_end()
}

/// The part of a drawing below the heading of a block.
fn drawn<'a>(text: &'a str, name: &str) -> &'a str {
    let heading =
        |name: &str| text.find(&format!("\n{name}\n")).unwrap_or_else(|| panic!("no drawing of {name}"));
    let at = Blocks::EACH.iter().position(|(known, _)| *known == name).unwrap();
    let start = heading(name) + name.len() + 2;
    let end = Blocks::EACH.get(at + 1).map_or(text.len(), |(next, _)| heading(next));
    // Above the first block of a page stands the page's title.
    text[start..end].split("\n── ").next().unwrap().trim_matches('\n')
}

#[test]
fn the_page_of_blocks_is_what_ran() {
    for lang in ["fr", "en"] {
        let ran: Value = serde_json::from_str(&ran(lang, &["--json"])).unwrap();
        assert_eq!(ran["outcome"], "completed");
        let pages = ran["view"]["pages"].as_array().unwrap();
        let sections = pages.iter().flat_map(|page| page["sections"].as_array().unwrap());
        let names: Vec<&str> = sections.map(|section| section["title"].as_str().unwrap()).collect();
        assert_eq!(names, Blocks::EACH.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        let view = serde_json::to_string_pretty(&ran["view"]).unwrap() + "\n";
        hold(&format!("docs/reference/blocks/view.{lang}.json"), &view);
    }
    let text = ran("en", &[]);
    let sources = LANGUAGES.map(|(.., file)| std::fs::read_to_string(root().join(file)).unwrap());
    let mut page = String::from(
        "<!-- Written by the test `blocks::the_page_of_blocks_is_what_ran` (BLESS=1) from what the app `blocks` shows. -->\n\n\
         # Blocks of a view\n\n\
         A view is pages, sections and blocks. This is each block: as a person sees it in the browser and in a terminal, and \
         the code that gave it, in Rust, JavaScript and Python. In TypeScript it is as in JavaScript.\n\n\
         The three give the same view: tests run the code below and compare. `ctx.t` chooses the person's language. The sizes \
         of a block are limited ([`limits.rs`](../../host/runtime/src/limits.rs)); [the contract](contract.md) has each field.\n\n\
         Above the blocks of each language stands:\n\n",
    );
    for ((heading, fence, _), source) in LANGUAGES.iter().zip(&sources) {
        let head = source.split(" [paragraph]\n").next().unwrap();
        let start = ["use mesinfos_sdk::view", "import ", "from "]
            .iter()
            .filter_map(|word| head.find(word))
            .min()
            .unwrap();
        let head = head[start..].rsplit_once('\n').unwrap().0;
        // Not the list of the blocks.
        let head = match head.split_once("fn run(") {
            Some((imports, rest)) => {
                format!("{}\n\n{}", imports.trim_end(), &rest[rest.find("fn euros").unwrap()..])
            }
            None => head.to_owned(),
        };
        write!(page, "**{heading}**\n\n```{fence}\n{}\n```\n\n", head.trim_end()).unwrap();
    }
    let mut codes = serde_json::Map::new();
    for ((name, says), height) in Blocks::EACH.iter().zip(HEIGHTS) {
        let says = says.to(Lang::En);
        write!(
            page,
            "## `{name}`\n\n{says}\n\n\
             <iframe class=\"drawing\" src=\"blocks/{name}.html\" title=\"{name}\" width=\"100%\" height=\"{height}\"></iframe>\n\n\
             ```text\n{}\n```\n\n",
            drawn(&text, name)
        )
        .unwrap();
        let code = sources.each_ref().map(|source| code(source, name));
        for ((heading, fence, _), code) in LANGUAGES.iter().zip(code) {
            write!(page, "**{heading}**\n\n```{fence}\n{code}\n```\n\n").unwrap();
        }
        let names = LANGUAGES.map(|(heading, ..)| heading);
        codes.insert(
            (*name).to_owned(),
            names.into_iter().zip(code).map(|(name, code)| json!([name, code])).collect(),
        );
    }
    hold("docs/reference/blocks/code.json", &(serde_json::to_string_pretty(&codes).unwrap() + "\n"));
    hold("docs/reference/blocks.md", &format!("{}\n", page.trim_end()));
}
