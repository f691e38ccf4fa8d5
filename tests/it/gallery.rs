//! All example apps on all sample people: their views, with everything granted and with less.

use crate::lab::times;
use crate::support::{Data, app, built_apps, me};
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Day};
use mesinfos_personas::{LIVES, Persona, SEED, personas};
use mesinfos_platform::{CategoryChoice, Isolation, Platform, PlatformError, RunInput};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Day that apps see for sample people: the day after their last file.
const TODAY: &str = "2026-01-01";

/// Maximum number of optional categories for testing all subsets. Beyond it: all single ones, all but one,
/// pairs, and none. Long runs test all subsets of any number.
const ALL_SUBSETS: usize = 5;

/// Maximum number of grants per vault in long runs: each act takes longer as the audit chain grows.
const GRANTS: usize = 256;

/// A platform with all people's files and all apps, with everything granted.
pub(crate) fn everybody() -> (Platform, Vec<String>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let platform = Platform::open(folder.path(), &Isolation::InProcess).unwrap();
    for persona in personas() {
        bring_in(&platform, persona, persona.id);
    }
    let mut ids = Vec::new();
    for name in built_apps() {
        let component = std::fs::read(app(&name)).unwrap();
        assert!(component.len() < 400_000, "{name} is {} bytes", component.len());
        ids.push(platform.install(&component).unwrap().0.id);
    }
    assert!(ids.len() >= 11, "{ids:?}");
    (platform, ids, folder)
}

/// Imports a sample person's files into a vault of the given name.
fn bring_in(platform: &Platform, persona: &Persona, name: &str) {
    for file in persona.files(SEED) {
        let report = platform.import(&me(name), &file.name, file.bytes.as_slice()).unwrap();
        assert_eq!(report.rejected(), 0, "{} of {}", file.name, persona.id);
    }
    // A person without files needs a vault too.
    if platform.summary(&me(name)).is_err() {
        platform.create_person(&me(name)).unwrap();
    }
}

/// Grants these categories and runs the app. Without categories, there is no grant and no run.
fn run_given(platform: &Platform, person: &str, id: &str, given: &[Category]) -> Option<Result<(), String>> {
    if given.is_empty() {
        return None;
    }
    let asks: Vec<(Category, CategoryChoice)> =
        given.iter().map(|category| (*category, CategoryChoice::default())).collect();
    platform.grant(&me(person), id, &asks, None).unwrap();
    Some(run(platform, person, id, Lang::Fr))
}

fn run(platform: &Platform, person: &str, id: &str, lang: Lang) -> Result<(), String> {
    let today = Some(TODAY.parse::<Day>().unwrap());
    match platform.run(&me(person).on(today).in_language(lang), id, &RunInput { params: Vec::new() }) {
        Ok(_) => Ok(()),
        // The app reports the missing data in its own words.
        Err(PlatformError::Ended { outcome, .. }) if ["needs-data", "declined"].contains(&outcome.code()) => {
            Ok(())
        }
        Err(error) => Err(format!("{id} of {person}: {error}")),
    }
}

/// Subsets of `optional` categories as bits.
fn subsets(optional: usize) -> Vec<u32> {
    let all = (1_u32 << optional) - 1;
    if optional <= ALL_SUBSETS {
        return (0..=all).collect();
    }
    let one = |i: usize| 1_u32 << i;
    let mut sets: Vec<u32> = vec![0, all];
    sets.extend((0..optional).flat_map(|i| [one(i), all & !one(i)]));
    sets.extend((0..optional).flat_map(|i| (0..i).map(move |j| one(i) | one(j))));
    sets
}

/// Required and optional categories of an app.
fn needs(platform: &Platform, id: &str) -> (Vec<Category>, Vec<Category>) {
    let (_, _, inspection) = platform.describe(id).unwrap();
    let required = inspection.required();
    let optional = inspection
        .request
        .categories
        .keys()
        .copied()
        .filter(|category| !required.contains(category))
        .collect();
    (required, optional)
}

/// The required categories, and the optional ones selected by these bits.
fn chosen(required: &[Category], optional: &[Category], set: u32) -> Vec<Category> {
    let some = optional.iter().enumerate().filter(|(i, _)| set >> i & 1 == 1).map(|(_, category)| category);
    required.iter().chain(some).copied().collect()
}

#[test]
fn no_app_stumbles_whatever_a_sample_person_gives() {
    let (platform, ids, _folder) = everybody();
    let (mut runs, mut wrong) = (0, Vec::new());
    for id in &ids {
        let (required, optional) = needs(&platform, id);
        for persona in personas() {
            for set in subsets(optional.len()) {
                let given = chosen(&required, &optional, set);
                let Some(ended) = run_given(&platform, persona.id, id, &given) else { continue };
                runs += 1;
                wrong.extend(ended.err());
            }
        }
    }
    eprintln!("{runs} runs of {} apps on {} people", ids.len(), personas().len());
    assert!(wrong.is_empty(), "{} runs: {:#?}", wrong.len(), &wrong[..wrong.len().min(20)]);
}

/// All subsets of any number of categories, for all people. In long runs only.
#[test]
fn no_app_stumbles_over_any_subset_at_all() {
    if times(0, 1) == 0 {
        eprintln!("skipped: this runs at length only (cargo xtask hostile)");
        return;
    }
    let (platform, ids, _folder) = everybody();
    let many: Vec<(&String, Vec<Category>, Vec<Category>)> = ids
        .iter()
        .map(|id| (id, needs(&platform, id)))
        .filter(|(_, (_, optional))| optional.len() > ALL_SUBSETS)
        .map(|(id, (required, optional))| (id, required, optional))
        .collect();
    let mut jobs = Vec::new();
    for persona in personas() {
        for (id, required, optional) in &many {
            let sets: Vec<u32> = (0..1 << optional.len()).collect();
            jobs.extend(sets.chunks(GRANTS).map(|sets| (persona, *id, required, optional, sets.to_vec())));
        }
    }
    let (next, runs, wrong) = (AtomicUsize::new(0), AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            let Some((persona, id, required, optional, sets)) = jobs.get(n) else { return };
            let name = format!("{}-{n}", persona.id);
            bring_in(&platform, persona, &name);
            for set in sets {
                let given = chosen(required, optional, *set);
                let Some(ended) = run_given(&platform, &name, id, &given) else { continue };
                runs.fetch_add(1, Ordering::Relaxed);
                wrong.lock().unwrap().extend(ended.err().map(|why| format!("{given:?}: {why}")));
            }
            platform.erase(&me(&name)).unwrap();
            if n % 64 == 63 {
                eprintln!("{}: {} of {} jobs", persona.id, n + 1, jobs.len());
            }
        }
    };
    std::thread::scope(|scope| {
        (0..2).for_each(|_| drop(scope.spawn(work)));
    });
    let (runs, wrong) = (runs.into_inner(), wrong.into_inner().unwrap());
    eprintln!("{runs} runs of every subset, on {} people", personas().len());
    assert!(wrong.is_empty(), "{} runs: {:#?}", wrong.len(), &wrong[..wrong.len().min(20)]);
    assert!(runs >= ((1 << 14) - 1) * personas().len(), "radar has 14 optional categories");
}

/// Categories in a cell of the index of apps.
fn named(cell: &str) -> Vec<Category> {
    let mut named: Vec<Category> = if cell.contains("all 14") { Category::ALL.to_vec() } else { Vec::new() };
    named.extend(cell.split('`').filter_map(Category::from_id));
    named.sort();
    named
}

/// Each app requests the categories in its line of `example-apps/README.md`, and its page names the same.
#[test]
fn apps_ask_for_what_their_pages_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../example-apps");
    let index = std::fs::read_to_string(folder.join("README.md")).unwrap();
    for name in built_apps() {
        let inspection = mesinfos_platform::check(&std::fs::read(app(&name)).unwrap()).1;
        let required = inspection.required();
        let optional: Vec<Category> =
            inspection.request.categories.keys().copied().filter(|c| !required.contains(c)).collect();
        let line = index.lines().find(|line| line.starts_with(&format!("| [`{name}`]")));
        let cells: Vec<&str> =
            line.unwrap_or_else(|| panic!("{name} is not in the index")).split('|').collect();
        assert_eq!((named(cells[3]), named(cells[4])), (required, optional), "{name}");
        let page = std::fs::read_to_string(folder.join(&name).join("README.md")).unwrap();
        for category in inspection.request.categories.keys() {
            let said = page.contains(&format!("`{category}")) || page.contains("14 categories");
            assert!(said, "{name}/README.md does not name {category}");
        }
        assert!(page.contains("```rust"), "{name}/README.md shows no code");
    }
}

fn texts(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(texts(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// Amounts and hours written as in the other language.
fn foreign_numbers(text: &str, is_french: bool) -> Vec<&str> {
    let is_space = |c: char| c == ' ' || c == '\u{a0}';
    let is_foreign = |line: &&str| {
        let chars: Vec<char> = line.chars().collect();
        let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
        chars.iter().enumerate().any(|(at, c)| match c {
            '€' if is_french => digit(at + 1),
            '€' => at > 1 && (digit(at - 1) || is_space(chars[at - 1]) && digit(at - 2)),
            // "22 h – 6 h"; a duration is "22 h" or "22 h 30 min".
            'h' if !is_french => {
                let follows = |next: usize, of: char| chars.get(at + next) == Some(&of);
                at > 1 && is_space(chars[at - 1]) && digit(at - 2) && follows(2, '–')
            }
            '.' if is_french => {
                let after = chars[at + 1..].iter().skip_while(|c| c.is_ascii_digit());
                let unit: String = after.take(2).collect();
                at > 0 && digit(at - 1) && digit(at + 1) && unit == "\u{a0}€"
            }
            _ => false,
        })
    };
    text.lines().filter(is_foreign).collect()
}

#[test]
fn amounts_and_hours_of_the_other_language_are_found() {
    for french in ["0.12\u{a0}€", "à €12"] {
        assert_eq!(foreign_numbers(french, true), [french]);
    }
    for english in ["0.12 €: fuel", "blue, 22\u{a0}h – 6 h"] {
        assert_eq!(foreign_numbers(english, false), [english]);
    }
    assert!(foreign_numbers("0,12\u{a0}€, 22\u{a0}h\u{a0}– 6\u{a0}h, 12.5", true).is_empty());
    assert!(foreign_numbers("€0.12, 22:00–06:00, 4\u{a0}h 7\u{a0}min", false).is_empty());
}

/// `docs/gallery` equals the command's output. `BLESS=1` rewrites it.
#[test]
fn the_gallery_is_what_the_apps_show() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/gallery");
    let made = tempfile::tempdir().unwrap();
    let apps = app("budget").parent().unwrap().to_owned();
    let data = Data::new();
    let output = Command::new(crate::support::binary())
        .arg("gallery")
        // Edge cases among the sample people are for tests and need no page.
        .args(personas().iter().take(LIVES).map(|persona| persona.id))
        .arg("--apps")
        .arg(&apps)
        .arg("--out")
        .arg(made.path())
        .arg("--data")
        .arg(data.path())
        .env("LANG", "fr_FR.UTF-8")
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let fresh = texts(made.path());
    assert!(fresh.len() > LIVES * 12 * 2 * 3 / 4, "most apps have a view of most lives: {}", fresh.len());
    for path in &fresh {
        let text = std::fs::read_to_string(path).unwrap();
        let foreign = foreign_numbers(&text, path.to_string_lossy().ends_with(".fr.txt"));
        assert!(foreign.is_empty(), "{}: {foreign:?}", path.display());
    }
    if std::env::var_os("BLESS").is_some() {
        let _ = std::fs::remove_dir_all(&kept);
        for path in &fresh {
            let to = kept.join(path.strip_prefix(made.path()).unwrap());
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::copy(path, to).unwrap();
        }
        return;
    }
    let mut changed = Vec::new();
    for path in &fresh {
        let relative = path.strip_prefix(made.path()).unwrap();
        if std::fs::read(kept.join(relative)).ok() != Some(std::fs::read(path).unwrap()) {
            changed.push(relative.to_owned());
        }
    }
    assert!(changed.is_empty(), "docs/gallery differs (BLESS=1 writes it anew): {changed:?}");
}
