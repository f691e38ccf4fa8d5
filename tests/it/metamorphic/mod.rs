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
mod golden;
mod relations;
mod transformation;
mod vault;

use crate::lab::times;
use crate::mutants::Random;
use crate::support::{app, me};
use figures::Figures;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Day};
use mesinfos_platform::runtime::{Outcome, manifest};
use mesinfos_platform::{CategoryChoice, Isolation, Platform, PlatformError, RunInput, RunOutput};
use relations::{TABLES, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use transformation::Transformation;
use vault::{File, Vault};

/// Day of the runs for sample people, as in `tests/oracle`.
const TODAY: &str = "2026-01-01";

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

/// The component of an app. `MESINFOS_APPS` may have core modules, as the compiler leaves them.
fn component(name: &str) -> Vec<u8> {
    let Some(folder) = std::env::var_os("MESINFOS_APPS") else { return std::fs::read(app(name)).unwrap() };
    let bytes = std::fs::read(PathBuf::from(folder).join(format!("{name}.wasm"))).unwrap();
    if !bytes.starts_with(b"\0asm\x01\0\0\0") {
        return bytes;
    }
    let encoded =
        wit_component::ComponentEncoder::default().module(&bytes).and_then(|mut one| one.encode()).unwrap();
    let manifest =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../example-apps").join(name).join("mesinfos.toml");
    manifest::embed(&encoded, &std::fs::read_to_string(manifest).unwrap()).unwrap()
}

/// A folder in memory if possible: hundreds of vaults need no disk.
fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
}

fn open(folder: &Path) -> Platform {
    Platform::open(folder, &Isolation::InProcess).unwrap()
}

impl Bench {
    fn of(name: &str) -> Bench {
        let folder = folder();
        if let Some(kept) = kept(name).filter(|kept| kept.is_dir()) {
            let copied =
                Command::new("cp").arg("-a").arg(kept.join(".")).arg(folder.path()).status().unwrap();
            assert!(copied.success());
        }
        let platform = open(folder.path());
        let nothing = (String::new(), Vec::new(), BTreeSet::new());
        let mut bench =
            Bench { platform, id: nothing.0, required: nothing.1, asked: nothing.2, _folder: folder };
        bench.takes(name);
        bench
    }

    /// Has another app, beside the same people.
    fn takes(&mut self, name: &str) {
        let (record, inspection) = self.platform.install(&component(name)).unwrap();
        self.id = record.id;
        self.required = inspection.required();
        self.asked = inspection.request.categories.keys().copied().collect();
    }

    /// Imports a vault under a name, unless it is there: see [`kept`].
    fn fill(&self, name: &str, vault: impl FnOnce() -> Vault) {
        fill(&self.platform, name, vault);
    }

    /// Runs the app on what is granted. The figures, or the code of the outcome.
    fn figures(
        &self,
        name: &str,
        today: Day,
        lang: Lang,
        grant: &[(Category, CategoryChoice)],
    ) -> Result<Figures, String> {
        if grant.is_empty() {
            return Err("nothing granted".to_owned());
        }
        self.run(name, today, lang, grant).map(|output| Figures::of(&output.view, &output.evidence))
    }

    fn run(
        &self,
        name: &str,
        today: Day,
        lang: Lang,
        grant: &[(Category, CategoryChoice)],
    ) -> Result<RunOutput, String> {
        self.platform.grant(&me(name), &self.id, grant, None).unwrap();
        let caller = me(name).on(Some(today)).in_language(lang);
        loop {
            match self.platform.run(&caller, &self.id, &RunInput { params: Vec::new() }) {
                Ok(output) => return Ok(output),
                // A timeout on a slow machine says nothing of the app.
                Err(PlatformError::Ended { outcome: Outcome::TimedOut { .. }, .. } | PlatformError::Busy) => {
                }
                Err(PlatformError::Ended { outcome, .. } | PlatformError::Run(outcome)) => {
                    return Err(outcome.code().to_owned());
                }
                Err(other) => panic!("{}: {other}", self.id),
            }
        }
    }

    /// Everything that the app asks for.
    fn all(&self) -> Vec<(Category, CategoryChoice)> {
        self.asked.iter().map(|category| (*category, CategoryChoice::default())).collect()
    }
}

fn fill(platform: &Platform, name: &str, vault: impl FnOnce() -> Vault) {
    if platform.summary(&me(name)).is_ok() {
        return;
    }
    for file in &vault().files {
        platform.import_rows(&me(name), &file.name, &file.rows).unwrap();
    }
    // A person without rows needs a vault too.
    if platform.summary(&me(name)).is_err() {
        platform.create_person(&me(name)).unwrap();
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
fn changes(required: &[Category], vault: &Vault, random: &mut Random) -> Vec<Transformation> {
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
        // Readings and trips count whatever the currency of their price.
        let is_money = ![Category::Energy, Category::Mobility, Category::Water].contains(&category);
        all.extend((is_money && vault.rows(category) >= 100).then_some(Transformation::Foreign(category)));
        all.extend(vault.holders(category).map(|_| Transformation::LeftOut(category)));
        all.extend((!required.contains(&category)).then_some(Transformation::Without(category)));
    }
    all
}

/// A vault, what another holder may give, and the changes to try.
struct Case {
    person: String,
    vault: Vault,
    stranger: Vec<File>,
    changes: Vec<Transformation>,
    seed: u64,
}

impl Case {
    fn of(asked: &BTreeSet<Category>, required: &[Category], seed: u64) -> Case {
        let random = &mut Random(seed);
        let mut wanted = asked.clone();
        // A document is kept with its bytes, which rows that a test makes do not have.
        wanted.remove(&Category::Documents);
        let vault = Vault::random(&wanted, random);
        let stranger = strangers(asked, random);
        let changes = changes(required, &vault, random);
        Case { person: format!("v{seed}"), vault, stranger, changes, seed }
    }

    /// Name of the person with the vault after a change.
    fn name(&self, change: Transformation) -> String {
        match change {
            Transformation::English | Transformation::Without(_) => self.person.clone(),
            _ => format!("{}-{}", self.person, name_of(change)),
        }
    }

    /// The vault after a change: the same however many others were tried before.
    fn after(&self, change: Transformation) -> Vault {
        let at = self.changes.iter().position(|one| *one == change).unwrap_or(0) as u64;
        change.of(&self.vault, &self.stranger, &mut Random(self.seed * 1_000 + at))
    }

    /// The day of the run after a change.
    fn today(&self, change: Transformation) -> Day {
        let nobody = Vault { files: Vec::new(), ..self.vault.clone() };
        change.of(&nobody, &[], &mut Random(0)).today
    }
}

/// Runs an app on a vault, and again after each change. Returns what does not hold, and counts the rules that were needed.
fn vault_holds(bench: &Bench, table: &Table, seed: u64, needed: &mut BTreeMap<usize, usize>) -> Vec<String> {
    let case = Case::of(&bench.asked, &bench.required, seed);
    let vault = &case.vault;
    bench.fill(&case.person, || vault.clone());
    let base = bench.figures(&case.person, vault.today, Lang::Fr, &bench.all());
    let mut wrong = Vec::new();
    for &change in &case.changes {
        let (mut grant, mut lang) = (bench.all(), Lang::Fr);
        match change {
            Transformation::English => lang = Lang::En,
            Transformation::Without(category) => grant.retain(|(one, _)| *one != category),
            Transformation::LeftOut(category) => {
                for (_, choice) in grant.iter_mut().filter(|(one, _)| *one == category) {
                    choice.holders = vault.holders(category).map(|holders| holders.into_iter().collect());
                }
            }
            _ => {}
        }
        bench.fill(&case.name(change), || case.after(change));
        let seen = bench.figures(&case.name(change), case.today(change), lang, &grant);
        let found = table.violations(change, &bench.required, &base, &seen, needed);
        let of_vault =
            |why: String| format!("{} | {change:?} | {why}\n    vault {seed}: {}", table.app, vault.of);
        wrong.extend(found.into_iter().map(of_vault));
    }
    wrong
}

/// A name for the vault after a change.
fn name_of(change: Transformation) -> String {
    let name: String = format!("{change:?}").chars().filter(char::is_ascii_alphanumeric).collect();
    name.to_lowercase()
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|number| number.parse().ok())
}

/// The seeds of the vaults.
fn seeds() -> std::ops::Range<u64> {
    let first = number("MESINFOS_SEED").unwrap_or(1);
    first..first + number("PROPTEST_CASES").unwrap_or(times(3, 60) as u64)
}

fn holds(name: &str) {
    let bench = Bench::of(name);
    let table = TABLES.iter().find(|table| table.app == name).unwrap();
    let (mut wrong, mut needed) = (Vec::new(), BTreeMap::new());
    for seed in seeds() {
        wrong.extend(vault_holds(&bench, table, seed, &mut needed));
    }
    if std::env::var_os("MESINFOS_EXPLAIN").is_some() {
        wrong.iter().for_each(|why| println!("{why}"));
        for (at, rule) in table.rules.iter().enumerate() {
            println!("{name}: {:4} figures needed {rule:?}", needed.get(&at).copied().unwrap_or(0));
        }
    }
    let listed = wrong[..wrong.len().min(LISTED)].join("\n");
    assert!(wrong.is_empty(), "{} relations do not hold:\n{listed}", wrong.len());
}

/// Where vaults of an app are kept from one run of the tests to the next, for `cargo xtask mutants`: `MESINFOS_VAULTS`.
fn kept(name: &str) -> Option<PathBuf> {
    Some(PathBuf::from(std::env::var_os("MESINFOS_VAULTS")?).join(name))
}

/// For `cargo xtask mutants`: fills the kept vaults of an app, with those of the sample people in `MESINFOS_LIVES`.
#[test]
fn vaults_are_kept() {
    let (Some(lives), Ok(name)) = (std::env::var_os("MESINFOS_LIVES"), std::env::var("MESINFOS_APP")) else {
        return;
    };
    let Some(kept) = kept(&name).filter(|kept| !kept.is_dir()) else { return };
    let (asked, required) = {
        let bench = Bench::of(&name);
        (bench.asked, bench.required)
    };
    let owner_only = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    std::fs::create_dir_all(&kept).unwrap();
    std::fs::set_permissions(&kept, owner_only).unwrap();
    let platform = open(&kept);
    for seed in seeds() {
        let case = Case::of(&asked, &required, seed);
        fill(&platform, &case.person, || case.vault.clone());
        for &change in &case.changes {
            fill(&platform, &case.name(change), || case.after(change));
        }
    }
    for life in std::fs::read_dir(lives).unwrap().map(|entry| entry.unwrap().path()) {
        let person = life.file_name().unwrap().to_str().unwrap().to_owned();
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(life).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files {
            let name = file.file_name().unwrap().to_str().unwrap();
            platform.import(&me(&person), name, std::fs::File::open(&file).unwrap()).unwrap();
        }
    }
}

/// For `cargo xtask mutants`: writes the views of the sample people in `MESINFOS_LIVES` to `MESINFOS_VIEWS`, for the oracle.
#[test]
fn views_are_written() {
    let (Some(lives), Some(views)) = (std::env::var_os("MESINFOS_LIVES"), std::env::var_os("MESINFOS_VIEWS"))
    else {
        return;
    };
    let name = std::env::var("MESINFOS_APP").unwrap();
    let bench = Bench::of(&name);
    let today = TODAY.parse().unwrap();
    for life in std::fs::read_dir(lives).unwrap().map(|entry| entry.unwrap().file_name()) {
        let life = life.to_str().unwrap();
        let said = match bench.run(life, today, Lang::Fr, &bench.all()) {
            Ok(output) => serde_json::json!({ "view": output.view }),
            Err(code) => serde_json::json!({ "code": code }),
        };
        std::fs::write(Path::new(&views).join(format!("{name}-{life}.json")), said.to_string()).unwrap();
    }
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

apps! { assurances budget comptes conso empreinte forfait fournisseurs mobilite panier parcours radar sante }
