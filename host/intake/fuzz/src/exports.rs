//! Two exports of one life, on two days: the bytes choose the person, the days, the order of the imports and what is
//! undone. The vault ends equal to the life. The same is a property test of the platform, with the doors in between
//! (`host/platform/tests/exports.rs`): here is nothing but readers and vault, so that many lives a second can be tried.

use cap_std::fs::Dir;
use mesinfos_intake::read_file;
use mesinfos_model::{Batch, Category, Digest, FieldKind};
use mesinfos_personas::{Export, Persona, personas};
use mesinfos_store::Store;
use mesinfos_store::memory::MemoryStore;
use mesinfos_vault::kms::LocalKms;
use mesinfos_vault::{ImportSource, PersonVault, Vault};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the bytes choose, one at a time; zeros when there are no more.
struct Choices<'a>(&'a [u8]);

impl Choices<'_> {
    fn next(&mut self) -> u64 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        u64::from(*first)
    }

    /// A number below `most`.
    fn below(&mut self, most: u64) -> i64 {
        let chosen = (self.next() << 8 | self.next()) % most.max(1);
        i64::try_from(chosen).unwrap_or_default()
    }
}

/// A vault without anything else.
struct Home {
    store: Arc<MemoryStore>,
    person: PersonVault,
    /// Where the keys are.
    _folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Home {
        let folder = tempfile::tempdir().expect("a folder");
        let keys = Dir::open_ambient_dir(folder.path(), cap_std::ambient_authority()).expect("the folder");
        let store = Arc::new(MemoryStore::new());
        let kms = Arc::new(LocalKms::open(keys).expect("keys"));
        let vault = Vault::open(store.clone(), kms).expect("a vault");
        let person = vault.create_person("camille").expect("a person");
        Home { store, person, _folder: folder }
    }

    /// Imports the files of an export. Returns the imports, and the number of rows that were new or corrected.
    fn import(&self, (persona, seed): (&Persona, u64), export: Export) -> (Vec<u64>, u64) {
        let (mut imports, mut changed) = (Vec::new(), 0);
        for file in persona.export(seed, export) {
            let mut importing = self.person.begin_import();
            let mut sink = |batch: Batch| {
                importing.add(&batch).expect("rows");
                Ok(())
            };
            let reads = read_file(&file.name, &mut &*file.bytes, &mut sink);
            let reads = reads.unwrap_or_else(|error| panic!("{}: {error}", file.name));
            assert!(reads.iter().all(|read| read.rejected_count == 0), "{}", file.name);
            let source = ImportSource {
                file_name: file.name,
                file_sha256: Digest([0; 32]),
                format: "fuzz".to_owned(),
                at_utc_seconds: 0,
            };
            let (commit, outcome) = importing.prepare(source, &[], &BTreeMap::new()).expect("an import");
            self.store.commit(&commit).expect("a commit");
            changed += outcome.added() + outcome.corrected();
            imports.push(outcome.import_id);
        }
        (imports, changed)
    }

    fn undo(&self, imports: &[u64]) {
        for import in imports {
            let (commit, undone) = self.person.prepare_undo(*import, 0, &BTreeMap::new()).expect("an undo");
            self.store.commit(&commit).expect("a commit");
            self.person.finish_undo(&undone).expect("the end of an undo");
        }
    }

    /// The values of all rows without their places in files, in order.
    fn rows(&self) -> Vec<String> {
        let mut rows = Vec::new();
        for &category in Category::ALL {
            for month in self.person.month_chunks(category).expect("months") {
                for origin in month.origins(|_| true).expect("chunks") {
                    let (_, batch) = origin.expect("a chunk");
                    rows.extend((0..batch.rows()).map(|row| told(&batch, row)));
                }
            }
        }
        rows.sort_unstable();
        rows
    }
}

fn told(batch: &Batch, row: usize) -> String {
    let schema = batch.schema();
    let fields = schema.fields.iter().enumerate().filter(|(field, _)| *field != schema.position());
    let values = fields.map(|(field, about)| match about.kind {
        FieldKind::Term | FieldKind::Pseudonym | FieldKind::Text => {
            format!("{}={:?}", about.name, batch.text(field, row).unwrap_or_default())
        }
        FieldKind::Date | FieldKind::Instant | FieldKind::Integer | FieldKind::Code(_) => {
            format!("{}={:?}", about.name, batch.integer(field, row))
        }
    });
    format!("{} {}", batch.category().id(), values.collect::<Vec<_>>().join(" "))
}

/// Asserts that two vaults have the same rows, and says of which one has more.
fn assert_same(one: &Home, other: &Home, when: &str) {
    let (one, mut rest) = (one.rows(), other.rows());
    let mut more = Vec::new();
    for row in one {
        match rest.binary_search(&row) {
            Ok(at) => drop(rest.remove(at)),
            Err(_) => more.push(row),
        }
    }
    assert!(more.is_empty() && rest.is_empty(), "{when}: too many {more:#?}, missing {rest:#?}");
}

/// Two exports of one life.
///
/// # Panics
/// If the vault does not end equal to the life: each panic is a finding.
pub fn two_exports(bytes: &[u8]) {
    let mut choices = Choices(bytes);
    let persona = &personas()[usize::try_from(choices.next()).unwrap_or(0) % personas().len()];
    let life = (persona, choices.next());
    let (first, end) = persona.days();
    let later = |day: jiff::civil::Date, days: i64| day.saturating_add(jiff::Span::new().days(days));
    let days = i64::from(first.until(end).map_or(0, |span| span.get_days()));
    let begin = later(first, choices.below(u64::try_from(days - 50).unwrap_or(1)));
    let middle = later(begin, 5 + choices.below(20));
    // The second covers at least the days that are corrected.
    let common = 3 + choices.below(22);
    let early = Export { from: begin, until: middle, is_early: true };
    let late =
        Export { from: later(middle, -common), until: later(middle, 5 + choices.below(20)), is_early: false };
    let all = Export { from: early.from.min(late.from), ..late };
    let home = Home::new();
    let whole = Home::new();
    whole.import(life, all);
    let (imports, _) = home.import(life, early);
    let alone = Home::new();
    alone.import(life, early);
    let (later_imports, _) = home.import(life, late);
    assert_same(&home, &whole, "after both");
    for export in [late, early] {
        let (again, changed) = home.import(life, export);
        assert_eq!(changed, 0, "the same files again say nothing new");
        home.undo(&again);
    }
    assert_same(&home, &whole, "after both again");
    if choices.next() % 2 == 0 {
        home.undo(&later_imports);
        assert_same(&home, &alone, "without the later ones");
        home.undo(&imports);
    } else {
        home.undo(&imports);
        let second = Home::new();
        second.import(life, late);
        assert_same(&home, &second, "without the earlier ones");
        home.undo(&later_imports);
    }
    assert!(home.rows().is_empty(), "nothing stays");
}
