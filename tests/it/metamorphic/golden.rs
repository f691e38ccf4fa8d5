//! What the apps showed when somebody last looked: of each sample person with everything, and without each category that
//! an app can do without, in French; with everything in English too. `docs/gallery` has the texts of a view; here, one
//! line has the headline, and one the digest of each of its parts, so that a change is seen where nobody would look.
//!
//! A golden view freezes and does not prove: the oracle, the relations and the tests of an app say what is right.
//! `BLESS=1` rewrites `golden/`. Changed headlines are in the difference; what else changed, `mesinfos gallery` shows.

use super::{Bench, TODAY};
use crate::support::{built_apps, me};
use mesinfos_model::view::Lang;
use mesinfos_personas::{SEED, personas};
use mesinfos_platform::Platform;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A digest of 32 bits (FNV-1a): a change is missed once in four thousand million times.
fn digest(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The lines of a view: its headline, and its parts in their order.
fn lines(bench: &Bench, person: &str, lang: Lang, without: Option<mesinfos_model::Category>) -> String {
    let mut grant = bench.all();
    grant.retain(|(category, _)| Some(*category) != without);
    let figures = match bench.figures(person, TODAY.parse().unwrap(), lang, &grant) {
        Ok(figures) => figures,
        Err(code) => return code,
    };
    let mut parts: Vec<(&str, String)> = Vec::new();
    let mut headline = "";
    for (path, figure) in &figures.all {
        let part = path.split(" / ").next().unwrap_or_default();
        if let ("headline", super::figures::Figure::Text(text)) = (part, figure) {
            headline = text;
        }
        if parts.iter().all(|(known, _)| *known != part) {
            parts.push((part, String::new()));
        }
        let of = parts.iter_mut().find(|(known, _)| *known == part).map(|(_, text)| text).unwrap();
        let _ = writeln!(of, "{path} = {figure:?}");
    }
    let shown: Vec<String> =
        parts.iter().map(|(part, text)| format!("{part} {:08x}", digest(text))).collect();
    format!("{headline}\n    {}", shown.join(" | "))
}

/// Views of an app by person, refused category and language. With the kept vaults of `cargo xtask mutants`, those of the
/// people in them.
fn views(bench: &Bench) -> BTreeMap<String, String> {
    let lives = std::env::var_os("MESINFOS_LIVES");
    let people: Vec<String> = match &lives {
        Some(lives) => {
            let names = std::fs::read_dir(lives).unwrap().map(|entry| entry.unwrap().file_name());
            names.map(|name| name.into_string().unwrap()).collect()
        }
        None => personas().iter().map(|persona| persona.id.to_owned()).collect(),
    };
    let mut variants = vec![("all fr".to_owned(), Lang::Fr, None), ("all en".to_owned(), Lang::En, None)];
    for category in bench.asked.iter().filter(|category| !bench.required.contains(category)) {
        variants.push((format!("without {category} fr"), Lang::Fr, Some(*category)));
    }
    let mut views = BTreeMap::new();
    for person in &people {
        for (variant, lang, without) in &variants {
            views.insert(format!("{person}, {variant}"), lines(bench, person, *lang, *without));
        }
    }
    views
}

fn bring_in(platform: &Platform) {
    for persona in personas() {
        for file in persona.files(SEED) {
            platform.import(&me(persona.id), &file.name, file.bytes.as_slice()).unwrap();
        }
        if platform.summary(&me(persona.id)).is_err() {
            platform.create_person(&me(persona.id)).unwrap();
        }
    }
}

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("it/metamorphic/golden").join(format!("{name}.txt"))
}

/// The views that were accepted: a line for the person and the variant, then those of the view.
fn accepted(name: &str) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(kept(name)).unwrap_or_default();
    let views = text.split("\n\n").filter_map(|view| view.trim_end().split_once('\n'));
    views.map(|(of, lines)| (of.to_owned(), lines.to_owned())).collect()
}

fn is_accepted(bench: &Bench, name: &str) {
    let views = views(bench);
    if std::env::var_os("BLESS").is_some() {
        let text: String = views.iter().map(|(of, lines)| format!("{of}\n{lines}\n\n")).collect();
        std::fs::create_dir_all(kept(name).parent().unwrap()).unwrap();
        std::fs::write(kept(name), text).unwrap();
        return;
    }
    let accepted = accepted(name);
    let mut changed = Vec::new();
    for (of, lines) in &views {
        match accepted.get(of) {
            Some(known) if known == lines => {}
            Some(known) => {
                let parts = |lines: &str| {
                    lines
                        .split('\n')
                        .flat_map(|line| line.split(" | "))
                        .map(str::to_owned)
                        .collect::<Vec<_>>()
                };
                let known = parts(known);
                let new: Vec<String> =
                    parts(lines).into_iter().filter(|part| !known.contains(part)).collect();
                changed.push(format!("{name}, {of}: {}", new.join(" | ")));
            }
            None => changed.push(format!("{name}, {of}: it is new")),
        }
    }
    let is_whole = std::env::var_os("MESINFOS_LIVES").is_none();
    changed.extend(
        accepted
            .keys()
            .filter(|of| is_whole && !views.contains_key(*of))
            .map(|of| format!("{name}, {of}: it is gone")),
    );
    assert!(
        changed.is_empty(),
        "{} views differ (BLESS=1 writes them anew):\n{}",
        changed.len(),
        changed.join("\n")
    );
}

/// Of all apps; for `cargo xtask mutants`, of `MESINFOS_APP`.
#[test]
fn the_views_are_as_accepted() {
    match std::env::var("MESINFOS_APP") {
        Ok(name) => is_accepted(&Bench::of(&name), &name),
        Err(_) => {
            let names = built_apps();
            let mut bench = Bench::of(&names[0]);
            bring_in(&bench.platform);
            for name in &names {
                bench.takes(name);
                is_accepted(&bench, name);
            }
        }
    }
}
