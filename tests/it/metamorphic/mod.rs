//! Relations of the example apps: how a view must change when the data does.
//!
//! The oracle (`tests/oracle`) says what figures must be, for the sample people. Here, nobody says what a figure must
//! be: an app is run on a random vault (`vault`), the vault is changed (`transformation`), and the app is run again.
//! `relations` says, for each app and each change, which figures stay, which are doubled, which go, and which may change
//! and why. What it does not name stays: a figure that moves without a reason there is a fault.
//!
//! `PROPTEST_CASES` is the number of vaults for each app, `MESINFOS_SEED` the first seed, and `MESINFOS_APPS` another
//! folder of components. With `MESINFOS_EXPLAIN`, the rules that no figure needed are printed.

mod figures;
mod relations;
mod transformation;
mod vault;

use crate::lab::times;
use crate::mutants::Random;
use crate::support::{app, me};
use figures::Figures;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Day};
use mesinfos_platform::{CategoryChoice, Isolation, Platform, PlatformError, RunInput};
use relations::{TABLES, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use transformation::Transformation;
use vault::{File, Vault};

/// Most violations that a message lists.
const LISTED: usize = 40;

/// An app in a platform of its own.
struct Bench {
    platform: Platform,
    id: String,
    required: Vec<Category>,
    asked: BTreeSet<Category>,
    _folder: tempfile::TempDir,
}

impl Bench {
    fn of(name: &str) -> Bench {
        let memory = Path::new("/dev/shm");
        let folder =
            if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
        let platform = Platform::open(folder.path(), &Isolation::InProcess).unwrap();
        let component = std::env::var_os("MESINFOS_APPS")
            .map_or_else(|| app(name), |apps| PathBuf::from(apps).join(format!("{name}.wasm")));
        let (record, inspection) = platform.install(&std::fs::read(component).unwrap()).unwrap();
        let asked = inspection.request.categories.keys().copied().collect();
        Bench { platform, id: record.id, required: inspection.required(), asked, _folder: folder }
    }

    /// Imports a vault under a name.
    fn fill(&self, name: &str, vault: &Vault) {
        for file in &vault.files {
            self.platform.import_rows(&me(name), &file.name, &file.rows).unwrap();
        }
        if self.platform.summary(&me(name)).is_err() {
            self.platform.create_person(&me(name)).unwrap();
        }
    }

    /// Runs the app on what is granted. The figures, or the code of the outcome.
    fn run(
        &self,
        name: &str,
        today: Day,
        lang: Lang,
        grant: &[(Category, CategoryChoice)],
    ) -> Result<Figures, String> {
        if grant.is_empty() {
            return Err("nothing granted".to_owned());
        }
        self.platform.grant(&me(name), &self.id, grant, None).unwrap();
        let caller = me(name).on(Some(today)).in_language(lang);
        match self.platform.run(&caller, &self.id, &RunInput { params: Vec::new() }) {
            Ok(output) => Ok(Figures::of(&output.view, &output.evidence)),
            Err(PlatformError::Ended { outcome, .. } | PlatformError::Run(outcome)) => {
                Err(outcome.code().to_owned())
            }
            Err(other) => panic!("{}: {other}", self.id),
        }
    }
}

/// Rows of a category that the app does not ask for, as those of another holder.
fn strangers(asked: &BTreeSet<Category>, random: &mut Random) -> Vec<File> {
    let others: Vec<Category> = Category::ALL
        .iter()
        .copied()
        .filter(|category| !asked.contains(category) && *category != Category::Documents)
        .collect();
    if others.is_empty() {
        return Vec::new();
    }
    let category = others[random.below(others.len())];
    let vault = Vault::random(&BTreeSet::from([category]), random);
    let vault = Transformation::Second(category).of(&vault, &[], random);
    let is_other = |file: &File| file.name.starts_with("other-");
    vault.files.into_iter().filter(is_other).collect()
}

/// Every change that says something of this vault.
fn changes(bench: &Bench, vault: &Vault, random: &mut Random) -> Vec<Transformation> {
    use Transformation::{Cycle, Doubled, English, Overlap, Reorder, Split, Stranger, Twice, Year};
    let mut all = vec![Cycle, Split, Overlap, Twice, Reorder, Stranger, Doubled, English];
    all.extend(vault.is_recent.then_some(Year));
    let mut there: Vec<Category> = vault.categories().into_iter().collect();
    // Of an app that reads everything, some at a time.
    while there.len() > 4 {
        there.remove(random.below(there.len()));
    }
    for category in there {
        all.push(Transformation::Second(category));
        all.extend(vault.holders(category).map(|_| Transformation::LeftOut(category)));
        all.extend((!bench.required.contains(&category)).then_some(Transformation::Without(category)));
    }
    all
}

/// Runs an app on a vault, and again after each change. Returns what does not hold, and counts the rules that were needed.
fn vault_holds(bench: &Bench, table: &Table, seed: u64, needed: &mut BTreeMap<usize, usize>) -> Vec<String> {
    let random = &mut Random(seed);
    let mut wanted = bench.asked.clone();
    // A document is kept with its bytes, which rows that a test makes do not have.
    wanted.remove(&Category::Documents);
    let vault = Vault::random(&wanted, random);
    let stranger = strangers(&bench.asked, random);
    let all: Vec<(Category, CategoryChoice)> =
        bench.asked.iter().map(|category| (*category, CategoryChoice::default())).collect();
    let person = format!("v{seed}");
    bench.fill(&person, &vault);
    let base = bench.run(&person, vault.today, Lang::Fr, &all);
    let mut wrong = Vec::new();
    for change in changes(bench, &vault, random) {
        let changed = change.of(&vault, &stranger, random);
        let mut grant = all.clone();
        let mut lang = Lang::Fr;
        let mut name = format!("{person}-{}", grant_name(change));
        match change {
            Transformation::English => lang = Lang::En,
            Transformation::Without(category) => grant.retain(|(one, _)| *one != category),
            Transformation::LeftOut(category) => {
                for (one, choice) in &mut grant {
                    if *one == category {
                        choice.holders = vault.holders(category).map(|holders| holders.into_iter().collect());
                    }
                }
            }
            _ => {}
        }
        if matches!(change, Transformation::English | Transformation::Without(_)) {
            name.clone_from(&person);
        } else {
            bench.fill(&name, &changed);
        }
        let seen = bench.run(&name, changed.today, lang, &grant);
        let found = table.violations(change, &bench.required, &base, &seen, needed);
        wrong.extend(
            found
                .into_iter()
                .map(|why| format!("{} | {change:?} | {why}\n    vault {seed}: {}", table.app, vault.of)),
        );
    }
    wrong
}

/// A name for the vault after a change.
fn grant_name(change: Transformation) -> String {
    let name: String = format!("{change:?}").chars().filter(char::is_ascii_alphanumeric).collect();
    name.to_lowercase()
}

fn holds(name: &str) {
    let bench = Bench::of(name);
    let table = TABLES.iter().find(|table| table.app == name).unwrap();
    let number = |name: &str| std::env::var(name).ok().and_then(|number| number.parse::<u64>().ok());
    let count = number("PROPTEST_CASES").unwrap_or(times(3, 60) as u64);
    let first = number("MESINFOS_SEED").unwrap_or(1);
    let (mut wrong, mut needed) = (Vec::new(), BTreeMap::new());
    for seed in first..first + count {
        wrong.extend(vault_holds(&bench, table, seed, &mut needed));
    }
    if std::env::var_os("MESINFOS_EXPLAIN").is_some() {
        wrong.iter().for_each(|why| println!("{why}"));
        for (at, rule) in table.rules.iter().enumerate() {
            println!("{name}: {:4} figures needed {rule:?}", needed.get(&at).copied().unwrap_or(0));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} relations do not hold:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(LISTED)].join("\n")
    );
}

macro_rules! apps {
    ($($app:ident)*) => {
        $(#[test]
        fn $app() {
            holds(stringify!($app));
        })*

        /// Each app has a table and a test.
        #[test]
        fn every_app_has_relations() {
            let tables: BTreeSet<&str> = TABLES.iter().map(|table| table.app).collect();
            let tests: BTreeSet<&str> = [$(stringify!($app)),*].into();
            let built = crate::support::built_apps();
            let built: BTreeSet<&str> = built.iter().map(String::as_str).collect();
            assert_eq!((&tables, &tests), (&built, &built));
        }
    };
}

apps! { assurances budget conso empreinte forfait fournisseurs mobilite panier parcours radar sante }
