//! Vaults through their public API: import, read, tamper, erase, crash.

#![allow(clippy::unwrap_used, reason = "what goes wrong here is the failure of a test")]

use cap_std::fs::Dir;
use mesinfos_model::category::{bank, documents, energy};
use mesinfos_model::{Batch, BatchBuilder, Category, Day, Digest, Period};
use mesinfos_store::memory::MemoryStore;
use mesinfos_store::sled_store::SledStore;
use mesinfos_store::{ChunkId, Commit, Partition, PersonId, Range, Record, Store, StoreError, Which};
use mesinfos_vault::keys::SecretKey;
use mesinfos_vault::kms::{KeyVersion, Kms, KmsError, LocalKms};
use mesinfos_vault::{
    ErasureRequest, ImportOutcome, ImportSource, LARGEST_TEXT, MonthPage, NewText, PersonVault, TextSource,
    Vault, VaultError,
};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};
use std::time::Duration;

fn folder(path: &Path) -> Dir {
    std::fs::create_dir_all(path).unwrap();
    Dir::open_ambient_dir(path, cap_std::ambient_authority()).unwrap()
}

fn local_kms(path: &Path) -> Arc<LocalKms> {
    Arc::new(LocalKms::open(folder(path)).unwrap())
}

fn on_disk(store: &Path, kms: &Path) -> Result<Vault, VaultError> {
    let store = SledStore::open(&folder(store), store).unwrap();
    Vault::open(Arc::new(store), local_kms(kms))
}

/// A vault in memory, with a key store on disk.
struct Fixture {
    _temp: tempfile::TempDir,
    store: Arc<MemoryStore>,
    kms: Arc<LocalKms>,
}

impl Fixture {
    fn new() -> Fixture {
        let temp = tempfile::tempdir().unwrap();
        let kms = local_kms(temp.path());
        Fixture { _temp: temp, store: Arc::new(MemoryStore::new()), kms }
    }

    fn open(&self) -> Vault {
        Vault::open(self.store.clone(), self.kms.clone()).unwrap()
    }

    /// The same vault a day later, after a sweep.
    fn swept(&self) -> Vault {
        self.store.pass(Duration::from_hours(25));
        let vault = self.open();
        vault.sweep(None, 100).unwrap();
        vault
    }
}

fn day(text: &str) -> i64 {
    i64::from(text.parse::<Day>().unwrap().0)
}

const HOUSE: Partition = Partition::House;

fn ids(store: &dyn Store, person: PersonId) -> Vec<ChunkId> {
    store.chunks_of(person.into()).unwrap().into_iter().map(|(chunk, _)| chunk).collect()
}

fn movements(holder: &str, rows: &[(&str, i64, &str)]) -> Batch {
    let mut builder = BatchBuilder::new(Category::Bank);
    for (on, amount, label) in rows {
        builder.push(&[
            (bank::HOLDER, holder.into()),
            (bank::BOOKED_ON, day(on).into()),
            (bank::AMOUNT, (*amount).into()),
            (bank::LABEL, (*label).into()),
        ]);
    }
    builder.finish()
}

fn source(file_name: &str) -> ImportSource {
    ImportSource {
        file_name: file_name.to_owned(),
        file_sha256: Digest([3; 32]),
        format: "test".to_owned(),
        at_utc_seconds: 1_300_000_000,
    }
}

/// The commit of an import, and its result.
fn prepare(
    person: &PersonVault,
    file: &str,
    batches: &[Batch],
) -> Result<(Commit, ImportOutcome), VaultError> {
    let mut importing = person.begin_import();
    for batch in batches {
        importing.add(batch)?;
    }
    importing.prepare(source(file), &[], &BTreeMap::new())
}

fn import(store: &dyn Store, person: &PersonVault, batches: &[Batch]) -> ImportOutcome {
    let (commit, outcome) = prepare(person, "file.csv", batches).unwrap();
    store.commit(&commit).unwrap();
    outcome
}

fn read(person: &PersonVault, category: Category, period: &str, as_of: u64) -> Vec<MonthPage> {
    let period = Period::parse(period).unwrap();
    person.months(category, &period, as_of).unwrap().map(Result::unwrap).collect()
}

fn labels(person: &PersonVault) -> Vec<String> {
    let months = read(person, Category::Bank, "..", person.sequence().unwrap());
    let label = |batch: &Batch, row| batch.text(bank::LABEL, row).unwrap().to_owned();
    months.iter().flat_map(|m| (0..m.batch.rows()).map(|row| label(&m.batch, row))).collect()
}

fn march() -> Batch {
    movements(
        "Banque",
        &[
            ("2011-03-20", -300, "livre"),
            ("2011-03-05", -150, "café"),
            ("2011-03-05", -150, "café"),
            ("2011-04-01", 200_000, "salaire"),
        ],
    )
}

/// Vaults and readers can move between threads.
#[test]
fn vaults_are_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    fn sent<T: Send>() {}
    shared::<Vault>();
    shared::<PersonVault>();
    sent::<mesinfos_vault::MonthReader>();
}

#[test]
fn persons_have_names_of_one_form() {
    let fixture = Fixture::new();
    let vault = fixture.open();
    for name in ["a", "alice", "0.a_b-c", &"x".repeat(64)] {
        assert_eq!(vault.create_person(name).unwrap().name(), name);
    }
    for name in ["", "-a", ".", "a/b", "a  b", "a\u{202e}", &"x".repeat(65)] {
        assert!(matches!(vault.create_person(name), Err(VaultError::BadName(_))), "{name}");
    }
    assert_eq!(vault.create_person("E\u{301}ric").unwrap().name(), "Éric");
    for there in ["alice", "Éric"] {
        assert!(matches!(vault.create_person(there), Err(VaultError::Exists { .. })));
    }
    assert_eq!(vault.persons().unwrap(), ["0.a_b-c", "a", "alice", &"x".repeat(64), "Éric"]);
    let id = vault.person("alice").unwrap().id();
    assert_eq!(vault.person_or_create("alice").unwrap().id(), id);
    assert_eq!(fixture.open().person("alice").unwrap().id(), id);
}

#[test]
fn a_wrong_name_is_answered_with_close_ones() {
    let fixture = Fixture::new();
    let vault = fixture.open();
    let said = |name: &str| vault.person(name).err().unwrap().to_string();
    assert_eq!(said("alice"), "there is no person \"alice\"; there are no people yet");
    for name in ["alice", "bob"] {
        vault.create_person(name).unwrap();
    }
    assert_eq!(said("carol"), "there is no person \"carol\"; known people: alice, bob");
    for name in ["carl", "dora", "emil", "fred"] {
        vault.create_person(name).unwrap();
    }
    assert_eq!(said("alcie"), "there is no person \"alcie\"; did you mean alice?");
    assert!(said("zzzzz").ends_with("none of the 6 people here has a similar name"));
}

#[test]
fn what_is_imported_is_read_by_month_in_order_of_time() {
    let fixture = Fixture::new();
    let alice = fixture.open().create_person("alice").unwrap();
    let outcome = import(&*fixture.store, &alice, &[march()]);
    assert_eq!((outcome.import_id, outcome.added(), outcome.duplicates()), (1, 4, 0));
    assert_eq!(outcome.first().unwrap().to_string(), "2011-03-05");
    assert_eq!(outcome.last().unwrap().to_string(), "2011-04-01");

    let alice = fixture.open().person("alice").unwrap();
    assert_eq!(labels(&alice), ["café", "café", "livre", "salaire"]);
    let months = read(&alice, Category::Bank, "2011-03-06..2011-03-07", 1);
    assert_eq!(months.iter().map(|m| (m.month, m.batch.rows())).collect::<Vec<_>>(), [(494, 3)]);
    for (chunk, digest) in &months[0].chunks {
        let body = fixture.store.get_chunk(alice.partition(), *chunk).unwrap();
        let sha256 = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &body);
        assert_eq!(digest.0, sha256.as_ref());
    }
    assert!(read(&alice, Category::Bank, "2012", 1).is_empty());
    assert!(read(&alice, Category::Energy, "..", 1).is_empty());

    let summary = alice.summary().unwrap();
    assert_eq!(summary.len(), 1);
    assert_eq!((summary[0].category, summary[0].rows), (Category::Bank, 4));
    assert_eq!(summary[0].holders.iter().collect::<Vec<_>>(), ["Banque"]);
    let imports = alice.imports().unwrap();
    assert_eq!(imports.len(), 1);
    assert_eq!((&imports[0].outcome, &imports[0].source), (&outcome, &source("file.csv")));
}

#[test]
fn importing_again_or_overlapping_adds_only_what_is_new() {
    let fixture = Fixture::new();
    let alice = fixture.open().create_person("alice").unwrap();
    let store = &*fixture.store;
    import(store, &alice, &[march()]);
    let chunks = ids(store, alice.id());

    let again = import(store, &alice, &[march()]);
    assert_eq!((again.import_id, again.added(), again.duplicates()), (2, 0, 4));
    let twice = ids(store, alice.id());
    assert!(chunks.iter().all(|chunk| twice.contains(chunk)));
    assert_eq!(twice.len(), 2 * chunks.len(), "the rows are held a second time");
    assert_eq!(again.first().unwrap().to_string(), "2011-03-05");
    assert_eq!(alice.imports().unwrap().len(), 2);

    // A third coffee on that day, and one row of the month before, in two batches.
    let overlap =
        [march(), movements("Banque", &[("2011-03-05", -150, "café"), ("2011-02-28", 5, "intérêts")])];
    let outcome = import(store, &alice, &overlap);
    assert_eq!((outcome.added(), outcome.duplicates()), (2, 4));
    assert_eq!(labels(&alice), ["intérêts", "café", "café", "café", "livre", "salaire"]);

    let other_bank = movements("Autre", &[("2011-03-05", -150, "café")]);
    assert_eq!(import(store, &alice, &[other_bank]).added(), 1, "rows of another holder");
}

#[test]
fn rows_without_a_time_are_refused_with_their_number() {
    let fixture = Fixture::new();
    let alice = fixture.open().create_person("alice").unwrap();
    let mut builder = BatchBuilder::new(Category::Bank);
    builder.push(&[(bank::HOLDER, "Banque".into()), (bank::AMOUNT, 1_i64.into())]);
    let error = prepare(&alice, "f", &[builder.finish()]).err().unwrap();
    assert_eq!(error.to_string(), "1 rows of bank have no booked-on; nothing was imported");
}

#[test]
fn a_reader_sees_what_was_there_as_of_its_number() {
    let fixture = Fixture::new();
    let alice = fixture.open().create_person("alice").unwrap();
    let store = &*fixture.store;
    import(store, &alice, &[march()]);
    let reader = alice.months(Category::Bank, &Period::ALL, 1).unwrap();
    let before = read(&alice, Category::Bank, "..", 1);

    import(store, &alice, &[movements("Banque", &[("2011-03-31", 1, "x"), ("2012-01-01", 2, "y")])]);
    assert_eq!(reader.map(Result::unwrap).collect::<Vec<_>>(), before);
    assert_eq!(read(&alice, Category::Bank, "..", 1), before);
    assert!(read(&alice, Category::Bank, "..", 0).is_empty());
    let now = read(&alice, Category::Bank, "..", 2);
    assert_eq!(now.iter().map(|m| m.batch.rows()).collect::<Vec<_>>(), [4, 1, 1]);
    assert_eq!(now[0].chunks.len(), 2, "two imports, merged");
}

#[test]
fn an_import_is_invisible_until_its_commit_and_collected_if_it_never_comes() {
    let fixture = Fixture::new();
    let alice = fixture.open().create_person("alice").unwrap();
    let store = &*fixture.store;
    let (first, _) = prepare(&alice, "a", &[march()]).unwrap();
    let (second, _) = prepare(&alice, "b", &[march()]).unwrap();
    assert_eq!(ids(store, alice.id()).len(), 4);
    assert!(labels(&alice).is_empty() && alice.imports().unwrap().is_empty());
    store.commit(&second).unwrap();
    assert!(matches!(store.commit(&first), Err(StoreError::Conflict)));
    assert_eq!(import(store, &alice, &[march()]).added(), 0, "prepared again, it adds nothing");

    // A sweep keeps chunks that a commit may still name.
    let young = fixture.open().sweep(None, 10).unwrap();
    assert_eq!((young.chunks, ids(store, alice.id()).len()), (0, 6));
    let alice = fixture.swept().person("alice").unwrap();
    assert_eq!(ids(store, alice.id()).len(), 4, "the loser's chunks are gone");
    assert_eq!(labels(&alice).len(), 4);
}

#[test]
fn a_month_larger_than_a_chunk_is_split_and_read_in_pages() {
    let fixture = Fixture::new();
    let alice = fixture.open().create_person("alice").unwrap();
    let start = day("2011-03-01") * 86_400;
    let mut builder = BatchBuilder::new(Category::Energy);
    for n in (0..70_000_i64).rev() {
        builder.push(&[
            (energy::HOLDER, "Enedis".into()),
            (energy::SERIES, "s".into()),
            (energy::START, (start + n * 30).into()),
            (energy::DURATION, 30_i64.into()),
            (energy::ENERGY, n.into()),
        ]);
    }
    import(&*fixture.store, &alice, &[builder.finish()]);
    let pages = read(&alice, Category::Energy, "..", 1);
    assert_eq!(pages.iter().map(|page| page.batch.rows()).collect::<Vec<_>>(), [65_536, 70_000 - 65_536]);
    assert_eq!(pages.iter().map(|page| page.is_last).collect::<Vec<_>>(), [false, true]);
    assert_eq!(ids(&*fixture.store, alice.id()).len(), 2);
    let batches: Vec<Batch> = pages.into_iter().map(|page| page.batch).collect();
    let batch = Batch::concat(Category::Energy, &batches);
    assert!((0..70_000).all(|n| batch.integer(energy::ENERGY, n) == i64::try_from(n).ok()));
}

#[test]
fn chunks_and_entries_that_were_changed_or_moved_do_not_open() {
    let fixture = Fixture::new();
    let vault = fixture.open();
    let (alice, bob) = (vault.create_person("alice").unwrap(), vault.create_person("bob").unwrap());
    let store = &*fixture.store;
    import(store, &alice, &[march()]);
    import(store, &bob, &[march()]);
    let months = read(&alice, Category::Bank, "..", 1);
    let (of_march, of_april) = (months[0].chunks[0].0, months[1].chunks[0].0);
    let replace = |chunk: ChunkId, body: &[u8]| {
        store.delete_chunks(alice.partition(), Which::Some(&[chunk])).unwrap();
        store.put_chunks(alice.partition(), &[(chunk, body.to_vec())]).unwrap();
    };
    let opens = || alice.months(Category::Bank, &Period::ALL, 1).unwrap().all(|m| m.is_ok());
    let sound = store.get_chunk(alice.partition(), of_march).unwrap();
    let april = store.get_chunk(alice.partition(), of_april).unwrap();
    let bobs = read(&bob, Category::Bank, "2011-03", 1)[0].chunks[0].0;
    let bobs = store.get_chunk(bob.partition(), bobs).unwrap();
    for body in [&april, &bobs, &Vec::new()] {
        replace(of_march, body);
        assert!(!opens());
    }
    for at in 0..sound.len() {
        let mut changed = sound.clone();
        changed[at] ^= 1;
        replace(of_march, &changed);
        assert!(!opens(), "byte {at}");
    }
    replace(of_march, &sound);
    assert!(opens());

    // An index entry moved to the key of another month.
    let own = store.scan(alice.partition(), b"chunk/", None, 10).unwrap();
    let mut commit = alice.empty_commit();
    commit.put(own[0].0.clone(), own[1].1.clone());
    store.commit(&commit).unwrap();
    assert!(alice.months(Category::Bank, &Period::ALL, 1).is_err());
}

/// Imports a file, in pieces as from a network, with its row.
fn keep(store: &dyn Store, person: &PersonVault, place: i64, bytes: &[u8]) -> ImportOutcome {
    let mut importing = person.begin_import();
    for piece in bytes.chunks(100_000) {
        importing.keep(place, piece).unwrap();
    }
    importing.add(&paper(place, bytes)).unwrap();
    let (commit, outcome) = importing.prepare(source("a.pdf"), &[], &BTreeMap::new()).unwrap();
    store.commit(&commit).unwrap();
    outcome
}

fn paper(place: i64, bytes: &[u8]) -> Batch {
    let mut builder = BatchBuilder::new(Category::Documents);
    builder.push(&[
        (documents::NAME, "a.pdf".into()),
        (documents::SHA256, format!("{:?}", &bytes[..bytes.len().min(9)]).as_str().into()),
        (documents::POSITION, place.into()),
    ]);
    builder.finish()
}

/// Reads a document back, or returns its error.
fn back(person: &PersonVault, import: u64, place: i64) -> Result<Vec<u8>, VaultError> {
    let document = person.document(import, place)?.unwrap();
    let mut all = Vec::new();
    for piece in person.pieces(&document) {
        all.extend_from_slice(&piece?);
    }
    Ok(all)
}

fn scan(length: usize, seed: usize) -> Vec<u8> {
    (0..length).map(|n| u8::try_from((n * 31 + n / 251 + seed) % 256).unwrap()).collect()
}

#[test]
fn a_document_comes_back_as_it_came_and_goes_with_its_import() {
    let fixture = Fixture::new();
    let alice = fixture.open().create_person("alice").unwrap();
    let store = &*fixture.store;
    // Less than a piece, exactly one, and more than two.
    for (import, length) in [(1, 10), (2, 4 << 20), (3, (8 << 20) + 1)] {
        let bytes = scan(length, length);
        assert_eq!(keep(store, &alice, 7, &bytes).added(), 1);
        assert_eq!(back(&alice, import, 7).unwrap(), bytes);
        let document = alice.document(import, 7).unwrap().unwrap();
        assert_eq!((document.size, document.import, document.position), (length as u64, import, 7));
        assert!(alice.document(import, 8).unwrap().is_none());
    }
    let chunks = || ids(store, alice.id()).len();
    assert_eq!(chunks(), 3 + 1 + 1 + 3, "rows and pieces");
    assert_eq!(keep(store, &alice, 9, &scan(10, 10)).duplicates(), 1);
    assert!(alice.document(4, 9).unwrap().is_none(), "it is there already");
    assert_eq!(chunks(), 9, "and is not there twice: its row is held");

    let (commit, undone) = alice.prepare_undo(3, 0, &BTreeMap::new()).unwrap();
    store.commit(&commit).unwrap();
    alice.finish_undo(&undone).unwrap();
    assert!(alice.document(3, 7).unwrap().is_none());
    assert_eq!(chunks(), 5);
    assert_eq!(back(&alice, 2, 7).unwrap().len(), 4 << 20, "the others stay");

    // A sweep deletes the chunks that nothing names, and only those.
    let vault = fixture.swept();
    assert_eq!(chunks(), 5);
    assert_eq!(back(&vault.person("alice").unwrap(), 1, 7).unwrap(), scan(10, 10));
    vault.erase("alice", &REQUEST).unwrap();
    assert!(store.scan(alice.partition(), &[], None, 9).unwrap().is_empty());
}

/// Keeps a text with a document.
fn keep_text(store: &dyn Store, person: &PersonVault, import: u64, place: i64, text: &str) {
    let document = person.document(import, place).unwrap().unwrap();
    let new = NewText { text, source: TextSource::Characters, is_cut: false, at: 5 };
    let (commit, replaced) = person.prepare_text(&document, new).unwrap();
    store.commit(&commit).unwrap();
    person.finish_text(replaced);
}

/// The text kept with a document.
fn text_back(person: &PersonVault, import: u64, place: i64) -> Option<String> {
    let document = person.document(import, place).unwrap().unwrap();
    let text = person.text_of(&document).unwrap()?;
    Some(person.read_text(&text).unwrap().to_string())
}

#[test]
fn a_text_is_kept_with_its_document_and_goes_with_it() {
    let fixture = Fixture::new();
    let vault = fixture.open();
    let alice = vault.create_person("alice").unwrap();
    let store = &*fixture.store;
    let chunks = || ids(store, alice.id()).len();
    keep(store, &alice, 7, b"one");
    keep(store, &alice, 8, b"two");
    assert_eq!((text_back(&alice, 1, 7), chunks()), (None, 4));
    keep_text(store, &alice, 1, 7, "première");
    keep_text(store, &alice, 2, 8, "");
    assert_eq!((text_back(&alice, 1, 7).as_deref(), chunks()), (Some("première"), 6));
    assert_eq!(text_back(&alice, 2, 8).as_deref(), Some(""));
    // Another one takes its place.
    keep_text(store, &alice, 1, 7, "deuxième");
    assert_eq!((text_back(&alice, 1, 7).as_deref(), chunks()), (Some("deuxième"), 6));
    // One that is too long is cut, and says so.
    let long = "é".repeat(LARGEST_TEXT);
    keep_text(store, &alice, 1, 7, &long);
    let texts = alice.texts().unwrap();
    assert_eq!((texts.len(), texts[0].import, texts[0].position, texts[0].at), (2, 1, 7, 5));
    assert_eq!((texts[0].bytes, texts[0].is_cut, texts[1].is_cut), (LARGEST_TEXT as u64, true, false));
    assert_eq!(alice.check().unwrap().whole().unwrap().chunks, 6);
    // Nothing of it is in the clear.
    keep_text(store, &alice, 1, 7, "canary-canary");
    for (key, value) in store.scan(alice.partition(), &[], None, 99).unwrap() {
        assert!(!key.windows(6).chain(value.windows(6)).any(|bytes| bytes == b"canary"));
    }
    for chunk in ids(store, alice.id()) {
        assert!(
            !store.get_chunk(alice.partition(), chunk).unwrap().windows(6).any(|bytes| bytes == b"canary")
        );
    }
    // A sweep leaves it.
    let vault = fixture.swept();
    let alice = vault.person("alice").unwrap();
    assert_eq!((text_back(&alice, 1, 7).as_deref(), chunks()), (Some("canary-canary"), 6));

    let (commit, undone) = alice.prepare_undo(1, 0, &BTreeMap::new()).unwrap();
    store.commit(&commit).unwrap();
    alice.finish_undo(&undone).unwrap();
    assert_eq!((alice.texts().unwrap().len(), chunks()), (1, 3));
    vault.erase("alice", &REQUEST).unwrap();
    assert!(store.scan(alice.partition(), &[], None, 9).unwrap().is_empty());
}

#[test]
fn a_text_and_the_undo_of_its_import_do_not_pass_each_other() {
    let fixture = Fixture::new();
    let alice = fixture.open().create_person("alice").unwrap();
    let store = &*fixture.store;
    keep(store, &alice, 7, b"one");
    let document = alice.document(1, 7).unwrap().unwrap();
    let new = |text| NewText { text, source: TextSource::Recognised, is_cut: false, at: 0 };
    // A text that comes while an undo is prepared makes the undo look again.
    let (undo, _) = alice.prepare_undo(1, 0, &BTreeMap::new()).unwrap();
    let (first, _) = alice.prepare_text(&document, new("first")).unwrap();
    let (second, _) = alice.prepare_text(&document, new("second")).unwrap();
    store.commit(&first).unwrap();
    assert!(matches!(store.commit(&undo), Err(StoreError::Conflict)));
    // Two texts at once: one of them.
    assert!(matches!(store.commit(&second), Err(StoreError::Conflict)));
    assert_eq!(text_back(&alice, 1, 7).as_deref(), Some("first"));
    // A text prepared before an undo does not come after it.
    let (late, _) = alice.prepare_text(&document, new("late")).unwrap();
    let (undo, undone) = alice.prepare_undo(1, 0, &BTreeMap::new()).unwrap();
    store.commit(&undo).unwrap();
    alice.finish_undo(&undone).unwrap();
    assert!(matches!(store.commit(&late), Err(StoreError::Conflict)));
    assert!(alice.prepare_text(&document, new("late")).is_err());
    assert!(alice.texts().unwrap().is_empty());
}

#[test]
fn a_text_that_was_changed_or_moved_does_not_open() {
    let fixture = Fixture::new();
    let alice = fixture.open().create_person("alice").unwrap();
    let store = &*fixture.store;
    keep(store, &alice, 7, b"one");
    keep(store, &alice, 8, b"two");
    keep_text(store, &alice, 1, 7, "premier");
    keep_text(store, &alice, 2, 8, "second!");
    let texts = alice.texts().unwrap();
    let entries = store.scan(alice.partition(), b"text/", None, 9).unwrap();
    let chunk = |at: usize| ChunkId(*entries[at].1.first_chunk().unwrap());
    let sound = store.get_chunk(alice.partition(), chunk(0)).unwrap();
    let replace = |body: &[u8]| {
        store.delete_chunks(alice.partition(), Which::Some(&[chunk(0)])).unwrap();
        store.put_chunks(alice.partition(), &[(chunk(0), body.to_vec())]).unwrap();
    };
    for at in 0..sound.len() {
        let mut changed = sound.clone();
        changed[at] ^= 1;
        replace(&changed);
        assert!(alice.read_text(&texts[0]).is_err(), "byte {at}");
    }
    replace(&store.get_chunk(alice.partition(), chunk(1)).unwrap());
    assert!(alice.read_text(&texts[0]).is_err(), "the text of another document");
    replace(&sound);
    assert!(alice.read_text(&texts[0]).is_ok());
    let mut commit = alice.empty_commit();
    commit.put(entries[0].0.clone(), entries[1].1.clone());
    store.commit(&commit).unwrap();
    assert!(alice.texts().is_err(), "the record of another document");
}

#[test]
fn a_document_whose_row_or_commit_never_comes_leaves_nothing() {
    let fixture = Fixture::new();
    let alice = fixture.open().create_person("alice").unwrap();
    let store = &*fixture.store;
    let chunks = || ids(store, alice.id()).len();
    {
        let mut importing = alice.begin_import();
        importing.keep(1, &scan(5 << 20, 1)).unwrap();
        importing.keep(2, b"whole").unwrap();
        importing.add(&paper(2, b"whole")).unwrap();
        assert_eq!(chunks(), 2, "a piece of each");
        let (commit, outcome) = importing.prepare(source("a.zip"), &[], &BTreeMap::new()).unwrap();
        store.commit(&commit).unwrap();
        assert_eq!(outcome.added(), 1);
    }
    assert!(alice.document(1, 1).unwrap().is_none());
    assert_eq!(back(&alice, 1, 2).unwrap(), b"whole");
    assert_eq!(chunks(), 2, "the row, and the one that is whole");
    {
        let mut importing = alice.begin_import();
        importing.keep(1, &scan(5 << 20, 2)).unwrap();
        importing.add(&paper(1, &scan(9, 2))).unwrap();
        importing.prepare(source("b.pdf"), &[], &BTreeMap::new()).unwrap();
    }
    let alice = fixture.swept().person("alice").unwrap();
    assert_eq!(ids(store, alice.id()).len(), 2);
}

#[test]
fn a_document_that_was_changed_cut_or_moved_does_not_open() {
    let fixture = Fixture::new();
    let vault = fixture.open();
    let (alice, bob) = (vault.create_person("alice").unwrap(), vault.create_person("bob").unwrap());
    let store = &*fixture.store;
    keep(store, &alice, 1, &scan((4 << 20) + 60, 0));
    keep(store, &alice, 1, &scan((4 << 20) + 60, 1));
    keep(store, &bob, 1, &scan((4 << 20) + 60, 0));
    let pieces = |person: &PersonVault, import: u64| -> Vec<ChunkId> {
        let keys = store.scan(person.partition(), b"document/", None, 9).unwrap();
        let own = |key: &[u8]| key[25..33] == import.to_be_bytes();
        let (key, _) = keys.into_iter().find(|(key, _)| own(key)).unwrap();
        let id = &key[41..53];
        ids(store, person.id()).into_iter().filter(|chunk| chunk.0[..12] == *id).collect()
    };
    let own = pieces(&alice, 1);
    let body = |person: &PersonVault, chunk: ChunkId| store.get_chunk(person.partition(), chunk).unwrap();
    let sound: Vec<Vec<u8>> = own.iter().map(|chunk| body(&alice, *chunk)).collect();
    let replace = |chunk: ChunkId, body: &[u8]| {
        store.delete_chunks(alice.partition(), Which::Some(&[chunk])).unwrap();
        store.put_chunks(alice.partition(), &[(chunk, body.to_vec())]).unwrap();
    };
    let others = [sound[0].clone(), body(&alice, pieces(&alice, 2)[1]), body(&bob, pieces(&bob, 1)[1])];
    for other in &others {
        replace(own[1], other);
        assert!(back(&alice, 1, 1).is_err());
    }
    for at in 0..sound[1].len() {
        let mut changed = sound[1].clone();
        changed[at] ^= 1;
        replace(own[1], &changed);
        assert!(back(&alice, 1, 1).is_err(), "byte {at}");
    }
    replace(own[1], &sound[1]);
    assert!(back(&alice, 1, 1).is_ok());

    // A record that claims more pieces, and one under another import's key.
    let entries = store.scan(alice.partition(), b"document/", None, 9).unwrap();
    let (key, sealed) = entries.first().unwrap();
    for at in [key.len() - 1, 32] {
        let mut other = key.clone();
        other[at] ^= 0x40;
        let mut commit = alice.empty_commit();
        commit.delete(key.clone());
        commit.put(other.clone(), sealed.clone());
        store.commit(&commit).unwrap();
        let import = u64::from_be_bytes(*other[25..].first_chunk().unwrap());
        assert!(alice.document(import, 1).is_err());
        let mut back = alice.empty_commit();
        back.delete(other);
        back.put(key.clone(), sealed.clone());
        store.commit(&back).unwrap();
    }
}

#[test]
fn a_sealer_of_a_person_opens_nothing_of_another() {
    let fixture = Fixture::new();
    let vault = fixture.open();
    let (alice, bob) = (vault.create_person("alice").unwrap(), vault.create_person("bob").unwrap());
    let sealed = alice.sealer().seal(b"place", b"grant").unwrap();
    assert_eq!(alice.sealer().open(b"place", &sealed).unwrap(), b"grant");
    assert!(bob.sealer().open(b"place", &sealed).is_err());
}

#[test]
fn a_newer_format_and_another_key_store_are_refused_in_words() {
    let fixture = Fixture::new();
    drop(fixture.open());
    let other = tempfile::tempdir().unwrap();
    let error = Vault::open(fixture.store.clone(), local_kms(other.path())).err().unwrap();
    assert!(error.to_string().contains("not in the key store"), "{error}");

    let mut record = fixture.store.get(HOUSE, b"meta/format").unwrap().unwrap();
    record[3] = 2;
    let mut commit = Commit::new(HOUSE);
    commit.put("meta/format", record);
    fixture.store.commit(&commit).unwrap();
    let error = Vault::open(fixture.store, fixture.kms).err().unwrap();
    assert!(matches!(error, VaultError::NewerFormat { found: 2, known: 1 }), "{error}");
}

fn files_below(path: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

fn copy(from: &Path, to: &Path) {
    for file in files_below(from) {
        let target = to.join(file.strip_prefix(from).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(file, target).unwrap();
    }
}

#[test]
fn nothing_personal_is_readable_in_the_data_folder() {
    let temp = tempfile::tempdir().unwrap();
    let (data, keys) = (temp.path().join("data"), temp.path().join("keys"));
    let canaries = ["canary-person", "CANARY-LABEL", "CANARY-HOLDER", "CANARY-FILE"];
    {
        let store = Arc::new(SledStore::open(&folder(&data), &data).unwrap());
        let vault = Vault::open(store.clone(), local_kms(&keys)).unwrap();
        let person = vault.create_person("canary-person").unwrap();
        let batch = movements("CANARY-HOLDER", &[("2011-03-05", 1, "CANARY-LABEL")]);
        let (commit, _) = prepare(&person, "CANARY-FILE", &[batch]).unwrap();
        store.commit(&commit).unwrap();
        assert_eq!(labels(&person), ["CANARY-LABEL"]);
    }
    let files = files_below(temp.path());
    assert!(files.len() >= 4, "{files:?}");
    for file in files {
        let path = file.to_string_lossy().into_owned();
        let bytes = std::fs::read(&file).unwrap();
        for canary in canaries {
            let found = bytes.windows(canary.len()).any(|part| part == canary.as_bytes());
            assert!(!found && !path.contains(canary), "{canary} in {path}");
        }
    }
}

const REQUEST: ErasureRequest = ErasureRequest { at_utc_seconds: 1_400_000_000, closing: Digest([7; 32]) };

/// Backs the data up, erases a person, then opens the backup with the current key store.
#[test]
fn after_an_erasure_a_backup_does_not_open_and_the_others_still_read() {
    let temp = tempfile::tempdir().unwrap();
    let [data, backup, keys] = ["data", "backup", "keys"].map(|name| temp.path().join(name));
    let person = {
        let store = Arc::new(SledStore::open(&folder(&data), &data).unwrap());
        let vault = Vault::open(store.clone(), local_kms(&keys)).unwrap();
        for name in ["alice", "bob"] {
            import(&*store, &vault.create_person(name).unwrap(), &[march()]);
        }
        vault.person("alice").unwrap().id()
    };
    copy(&data, &backup);
    let read_backup = |kms: &Path| -> Result<Vec<String>, VaultError> {
        let vault = on_disk(&backup, kms)?;
        vault.person("alice").map(|alice| labels(&alice))
    };
    assert_eq!(read_backup(&keys).unwrap().len(), 4, "the backup was good");
    {
        let vault = on_disk(&data, &keys).unwrap();
        let receipt = vault.erase("alice", &REQUEST).unwrap();
        assert_eq!((receipt.person, receipt.closing), (person, Digest([7; 32])));
        assert!(matches!(vault.person("alice"), Err(VaultError::NoSuchPerson { .. })));
        assert_eq!(labels(&vault.person("bob").unwrap()).len(), 4);
    }
    let error = read_backup(&keys).unwrap_err();
    assert!(matches!(error, VaultError::Kms(KmsError::NoSuchKey(_))), "{error}");

    // No key in the current key store opens any bucket key of the backup.
    let kms = local_kms(&keys);
    let store = SledStore::open(&folder(&backup), &backup).unwrap();
    let buckets = store.scan(HOUSE, b"bucket/", None, 100).unwrap();
    assert_eq!(buckets.len(), 1);
    for (_, record) in buckets {
        let mut aad = b"mesinfos/v1/bucket-key".to_vec();
        aad.extend_from_slice(&1_u64.to_be_bytes());
        aad.extend_from_slice(&record[..4]);
        for version in kms.versions() {
            assert!(kms.unwrap_key(version, &aad, &record[16..]).is_err());
        }
    }
    drop(store);

    // The store keeps nothing of the person but the record of an erasure.
    let store = SledStore::open(&folder(&data), &data).unwrap();
    assert!(store.scan(person.into(), b"", None, 1).unwrap().is_empty());
    let keys_left: Vec<_> = store
        .scan(HOUSE, b"", None, usize::MAX)
        .unwrap()
        .into_iter()
        .filter(|(key, value)| [key, value].iter().any(|b| b.windows(16).any(|p| p == person.0)))
        .map(|(key, _)| key)
        .collect();
    assert_eq!(keys_left, [[b"erased/", &person.0[..]].concat()]);
    assert!(ids(&store, person).is_empty());
}

#[test]
fn an_erasure_takes_what_other_rooms_keep_and_nothing_of_others() {
    let fixture = Fixture::new();
    let vault = fixture.open();
    let (alice, bob) = (vault.create_person("alice").unwrap(), vault.create_person("bob").unwrap());
    let grants = |id: PersonId| [b"grant/", &id.0[..]].concat();
    for person in [&alice, &bob] {
        let mut commit = person.empty_commit();
        for n in 0..600_u16 {
            commit.put([&grants(person.id())[..], &n.to_be_bytes()].concat(), "sealed");
        }
        person.guard(&mut commit);
        fixture.store.commit(&commit).unwrap();
    }
    let count = |person: &PersonVault| {
        fixture.store.scan(person.partition(), &grants(person.id()), None, 1000).unwrap().len()
    };
    assert_eq!((count(&alice), count(&bob)), (600, 600));

    let (in_flight, _) = prepare(&alice, "late", &[march()]).unwrap();
    vault.erase("alice", &REQUEST).unwrap();
    assert_eq!((count(&alice), count(&bob)), (0, 600));

    // A commit in progress for the person fails.
    assert!(matches!(fixture.store.commit(&in_flight), Err(StoreError::Conflict)));
    let mut late = alice.empty_commit();
    late.put(grants(alice.id()), "late");
    alice.guard(&mut late);
    assert!(matches!(fixture.store.commit(&late), Err(StoreError::Conflict)));
    assert!(alice.sequence().is_err());
    let again = vault.create_person("alice").unwrap();
    assert_ne!(again.id(), alice.id());
    assert!(labels(&again).is_empty());
}

#[test]
fn more_persons_than_a_bucket_holds() {
    let fixture = Fixture::new();
    let vault = fixture.open();
    let name = |n: usize| format!("person{n}");
    for n in 0..70 {
        let person = vault.create_person(&name(n)).unwrap();
        let label = format!("of {n}");
        let batch = movements("Banque", &[("2011-03-05", 1, &label)]);
        import(&*fixture.store, &person, &[batch]);
    }
    assert_eq!(fixture.store.scan(HOUSE, b"bucket/", None, 10).unwrap().len(), 2);
    for n in [3, 66] {
        vault.erase(&name(n), &REQUEST).unwrap();
    }
    let vault = fixture.open();
    assert_eq!(vault.persons().unwrap().len(), 68);
    for n in (0..70).filter(|n| ![3, 66].contains(n)) {
        assert_eq!(labels(&vault.person(&name(n)).unwrap()), [format!("of {n}")]);
    }
    assert_eq!(fixture.kms.versions().len(), 3, "one for each bucket, one for the instance");
}

/// Lets a number of changes through and then fails, as if the process had stopped.
struct Power(AtomicI64);

impl Power {
    fn spend(&self) -> std::io::Result<()> {
        if self.0.fetch_sub(1, SeqCst) > 0 { Ok(()) } else { Err(std::io::Error::other("no power")) }
    }
}

struct Failing<T>(Arc<T>, Arc<Power>);

impl Store for Failing<MemoryStore> {
    fn read(&self, ranges: &[Range]) -> mesinfos_store::Result<Vec<Vec<Record>>> {
        self.0.read(ranges)
    }
    fn commit(&self, commit: &Commit) -> mesinfos_store::Result<()> {
        self.1.spend()?;
        self.0.commit(commit)
    }
    fn put_chunks(&self, partition: Partition, chunks: &[(ChunkId, Vec<u8>)]) -> mesinfos_store::Result<()> {
        self.1.spend()?;
        self.0.put_chunks(partition, chunks)
    }
    fn get_chunks(&self, partition: Partition, chunks: &[ChunkId]) -> mesinfos_store::Result<Vec<Vec<u8>>> {
        self.0.get_chunks(partition, chunks)
    }
    fn chunks_of(&self, partition: Partition) -> mesinfos_store::Result<Vec<(ChunkId, Duration)>> {
        self.0.chunks_of(partition)
    }
    fn delete_chunks(&self, partition: Partition, which: Which<'_>) -> mesinfos_store::Result<()> {
        self.1.spend()?;
        self.0.delete_chunks(partition, which)
    }
    fn persons(&self, after: Option<PersonId>, limit: usize) -> mesinfos_store::Result<Vec<PersonId>> {
        self.0.persons(after, limit)
    }
    fn clock(&self) -> mesinfos_store::Result<i64> {
        self.0.clock()
    }
}

impl Kms for Failing<LocalKms> {
    fn create_key(&self) -> Result<KeyVersion, KmsError> {
        self.1.spend()?;
        self.0.create_key()
    }
    fn wrap_key(&self, version: KeyVersion, aad: &[u8], key: &SecretKey) -> Result<Vec<u8>, KmsError> {
        self.0.wrap_key(version, aad, key)
    }
    fn unwrap_key(&self, version: KeyVersion, aad: &[u8], wrapped: &[u8]) -> Result<SecretKey, KmsError> {
        self.0.unwrap_key(version, aad, wrapped)
    }
    fn destroy_key(&self, version: KeyVersion) -> Result<(), KmsError> {
        self.1.spend()?;
        self.0.destroy_key(version)
    }
    fn health(&self) -> Result<(), KmsError> {
        self.0.health()
    }
}

/// Cuts the power at each step of an erasure in turn, and again at each step of its completion.
#[test]
fn an_erasure_that_is_cut_short_anywhere_is_finished_later() {
    let mut finished_alone = false;
    let mut steps = 0;
    while !finished_alone {
        let fixture = Fixture::new();
        let vault = fixture.open();
        for name in ["alice", "bob"] {
            import(&*fixture.store, &vault.create_person(name).unwrap(), &[march()]);
        }
        let id = vault.person("alice").unwrap().id();
        drop(vault);

        let power = Arc::new(Power(AtomicI64::new(i64::MAX)));
        let failing_store = Arc::new(Failing(fixture.store.clone(), power.clone()));
        let failing_kms = Arc::new(Failing(fixture.kms.clone(), power.clone()));
        let vault = Vault::open(failing_store.clone(), failing_kms.clone()).unwrap();
        power.0.store(steps, SeqCst);
        let erased = vault.erase("alice", &REQUEST);
        finished_alone = erased.is_ok();
        // The error says that the erasure has begun, and whether anything still opens.
        match &erased {
            Ok(_) => {}
            Err(VaultError::ErasureBegun { is_closed, .. }) => {
                // Steps 1 to 3: commit the tombstone, create a key, commit its use. The next step destroys
                // the old key.
                assert_eq!(*is_closed, steps > 3, "after {steps} steps");
            }
            Err(error) => assert_eq!(steps, 0, "{error}"),
        }
        power.0.store(1, SeqCst);
        let _ = vault.finish_erasures();

        let vault = fixture.open();
        if steps % 2 == 1 && vault.unfinished_erasures().unwrap() == 1 {
            // A second request continues it.
            let receipt = vault.continue_erasure("alice").unwrap().unwrap();
            assert_eq!((receipt.person, receipt.closing), (id, REQUEST.closing));
        }
        assert_eq!(vault.continue_erasure("bob").unwrap(), None);
        vault.finish_erasures().unwrap();
        assert_eq!(labels(&vault.person("bob").unwrap()).len(), 4, "after {steps} steps");
        if steps == 0 {
            assert_eq!(labels(&vault.person("alice").unwrap()).len(), 4, "it never began");
        } else {
            assert!(vault.person("alice").is_err(), "after {steps} steps");
            assert!(ids(&*fixture.store, id).is_empty());
            assert!(fixture.store.scan(id.into(), b"", None, 1).unwrap().is_empty());
            let all = fixture.store.scan(HOUSE, b"", None, usize::MAX).unwrap();
            let with_id: Vec<_> =
                all.iter().filter(|(key, _)| key.windows(16).any(|part| part == id.0)).collect();
            assert_eq!(with_id.len(), 1, "after {steps} steps");
            assert!(with_id[0].0.starts_with(b"erased/"));
        }
        steps += 1;
    }
    assert!(steps > 6, "an erasure has more steps than {steps}");
}

/// Two hosts on one store finish the same erasures concurrently, while persons are created.
#[test]
fn two_hosts_may_finish_one_erasure() {
    for round in 0..20 {
        let fixture = Fixture::new();
        let names = ["alice", "bob", "carol"];
        let vault = fixture.open();
        for name in names {
            import(&*fixture.store, &vault.create_person(name).unwrap(), &[march()]);
        }
        let hosts = [fixture.open(), fixture.open()];
        for name in ["alice", "carol"] {
            let (_, commit) = vault.prepare_erase(name, &REQUEST).unwrap();
            fixture.store.commit(&commit).unwrap();
        }
        std::thread::scope(|scope| {
            for host in &hosts {
                scope.spawn(move || host.finish_erasures().unwrap());
            }
            scope.spawn(|| vault.create_person("dora").unwrap());
        });
        assert_eq!(vault.persons().unwrap(), ["bob", "dora"], "round {round}");
        assert_eq!(labels(&vault.person("bob").unwrap()).len(), 4);
        assert!(fixture.store.scan(HOUSE, b"erasing/", None, 1).unwrap().is_empty());
        assert_eq!(fixture.store.scan(HOUSE, b"erased/", None, 9).unwrap().len(), 2);
        assert_eq!(fixture.store.persons(None, 9).unwrap().len(), 2);
        // One key for the instance, one for the bucket: unused keys created by either host are destroyed.
        assert_eq!(fixture.kms.versions().len(), 2, "round {round}");
    }
}

/// Cuts the power at each step of a person's creation in turn. No person exists in part, the name stays
/// available, and sweeps leave nothing behind.
#[test]
fn a_person_whose_making_was_cut_short_leaves_nothing() {
    for steps in 0..4 {
        let fixture = Fixture::new();
        let vault = fixture.open();
        vault.create_person("bob").unwrap();
        let power = Arc::new(Power(AtomicI64::new(steps)));
        let store = Arc::new(Failing(fixture.store.clone(), power.clone()));
        let failing = Vault::open(store, Arc::new(Failing(fixture.kms.clone(), power))).unwrap();
        let made = failing.create_person("alice").is_ok();
        assert_eq!(made, steps > 1, "{steps}");
        assert_eq!(vault.find("alice").unwrap().is_some(), made, "{steps}");
        // The first sweep marks strays, the next day's sweep deletes them.
        fixture.swept();
        let expected = if steps == 1 { 1 } else { 0 };
        fixture.store.pass(Duration::from_hours(25));
        assert_eq!(vault.sweep(None, 100).unwrap().strays, expected, "{steps}");
        assert_eq!(fixture.store.persons(None, 9).unwrap().len(), 1 + usize::from(made));
        assert!(fixture.store.scan(HOUSE, b"stray/", None, 1).unwrap().is_empty());
        assert_eq!(vault.person_or_create("alice").unwrap().name(), "alice");
    }
}

/// A sweep deletes chunks of unknown persons, page by page, and ignores erasures.
#[test]
fn a_sweep_goes_from_page_to_page() {
    let fixture = Fixture::new();
    let vault = fixture.open();
    import(&*fixture.store, &vault.create_person("alice").unwrap(), &[march()]);
    for n in 0..7_u8 {
        fixture.store.put_chunks(PersonId([n; 16]).into(), &[(ChunkId([1; 16]), vec![1])]).unwrap();
    }
    fixture.store.pass(Duration::from_hours(25));
    let (mut after, mut chunks, mut pages) = (None, 0, 0);
    loop {
        let swept = vault.sweep(after, 3).unwrap();
        chunks += swept.chunks;
        pages += 1;
        after = swept.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!((chunks, pages), (7, 3));
    assert_eq!(labels(&vault.person("alice").unwrap()).len(), 4);
}

/// Benchmark of the time a run waits for data. Run with
/// `cargo test -p mesinfos-vault -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn how_long_twenty_thousand_movements_take() {
    const ROWS: i64 = 20_000;
    let temp = tempfile::tempdir().unwrap();
    let shops = ["CARREFOUR MARKET", "SNCF INTERNET", "EDF CLIENTS", "BOULANGERIE", "AMAZON EU"];
    let mut builder = BatchBuilder::new(Category::Bank);
    for n in 0..ROWS {
        let on = day("2006-01-01") + n * 1_826 / ROWS;
        let shop = shops[usize::try_from(n * n % 5).unwrap()];
        let label = format!("PAIEMENT CB {:06} {shop} {:02}", n * 7_919 % 1_000_000, n % 96);
        builder.push(&[
            (bank::HOLDER, "Banque".into()),
            (bank::ACCOUNT, ["courant", "livret"][usize::try_from(n % 2).unwrap()].into()),
            (bank::BOOKED_ON, on.into()),
            (bank::VALUE_ON, (on + 1).into()),
            (bank::AMOUNT, (-(n * 7_919 % 25_000)).into()),
            (bank::CURRENCY, "EUR".into()),
            (bank::BALANCE, (150_000 + n * 104_729 % 1_000_000).into()),
            (bank::STATUS, 0_i64.into()),
            (bank::KIND, (n % 5).into()),
            (bank::LABEL, label.as_str().into()),
            (bank::COUNTERPARTY, shop.into()),
        ]);
    }
    let batch = builder.finish();
    let measure = |name: &str, store: Arc<dyn Store>, keys: &str| {
        let vault = Vault::open(store.clone(), local_kms(&temp.path().join(keys))).unwrap();
        let alice = vault.create_person("alice").unwrap();
        let started = std::time::Instant::now();
        import(&*store, &alice, std::slice::from_ref(&batch));
        println!("{name}: import {:?}", started.elapsed());
        let mut size = 0;
        for chunk in ids(&*store, alice.id()) {
            size += store.get_chunk(alice.partition(), chunk).unwrap().len();
        }
        let mut best = [std::time::Duration::MAX; 2];
        for _ in 0..30 {
            let started = std::time::Instant::now();
            let reader = alice.months(Category::Bank, &Period::ALL, 1).unwrap();
            let indexed = started.elapsed();
            let (mut months, mut rows) = (0, 0);
            for month in reader {
                months += 1;
                rows += month.unwrap().batch.rows();
            }
            assert_eq!((months, rows), (60, 20_000));
            best = [best[0].min(indexed), best[1].min(started.elapsed())];
        }
        println!("{name}: index {:?}, all 60 months {:?}, {size} bytes", best[0], best[1]);
    };
    measure("memory", Arc::new(MemoryStore::new()), "keys-memory");
    let data = temp.path().join("data");
    measure("sled", Arc::new(SledStore::open(&folder(&data), &data).unwrap()), "keys-sled");
}
