//! What a person withholds stays withheld, whatever happens to the rows, until the person says otherwise.

#![allow(clippy::unwrap_used, reason = "what goes wrong here is the failure of a test")]

use cap_std::fs::Dir;
use mesinfos_model::category::bank;
use mesinfos_model::{Batch, BatchBuilder, Category, Digest, Period, Position, RowId};
use mesinfos_store::Store;
use mesinfos_store::memory::MemoryStore;
use mesinfos_vault::kms::LocalKms;
use mesinfos_vault::{
    AlikeRows, Change, Decision, ImportSource, PersonVault, RuleId, Vault, Withheld, WithheldAs,
    row_fingerprint,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A payment as a file has it: its number, its form, and its version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Payment {
    number: i64,
    form: i64,
    version: i64,
}

/// Forms of a payment: with another label, and on another day. The last one is told to be pending.
const FORMS: [&str; 3] = ["EN COURS", "CARTE", "ANNONCE"];

/// What tells a payment and its form, as the person may correct it: number and form.
type Key = (i64, i64);

/// What identifies a row too: its label, and the balance after it. A version that has others is known only by the row that
/// it replaces.
type Variant = (String, Option<i64>);

const FIRST: i64 = 20_000;

/// The day on which a payment is announced.
fn day(number: i64) -> i64 {
    FIRST + 4 * (number % 5)
}

fn key(batch: &Batch, row: usize) -> Key {
    let number = -batch.integer(bank::AMOUNT, row).unwrap() / 100;
    (number, batch.integer(bank::BOOKED_ON, row).unwrap() - day(number))
}

/// The files of an archive; one is a file on its own.
fn batch(files: &[Vec<Payment>]) -> Batch {
    let mut builder = BatchBuilder::new(Category::Bank);
    let numbered = |file: &[Payment], member: u64| {
        let rows = (1_u64..).zip(file.iter().copied()).map(|(ordinal, of)| (member, ordinal, of));
        rows.collect::<Vec<_>>()
    };
    let is_archive = files.len() > 1;
    let all = (1_u64..).zip(files).flat_map(|(at, file)| numbered(file, if is_archive { at } else { 0 }));
    for (member, ordinal, Payment { number, form, version }) in all {
        let label = format!("{} {number}", FORMS[usize::try_from(form).unwrap()]);
        let mut cells = vec![
            (bank::HOLDER, "B".into()),
            (bank::ACCOUNT, "A".into()),
            (bank::BOOKED_ON, (day(number) + form).into()),
            (bank::AMOUNT, (-100 * number).into()),
            (bank::CURRENCY, "EUR".into()),
            (bank::LABEL, label.as_str().into()),
            (bank::POSITION, Position { member, ordinal }.packed().into()),
        ];
        match version {
            0 => {}
            // The same identity, another identity.
            1 | 2 => cells.push((bank::VALUE_ON, (FIRST + version).into())),
            _ => cells.push((bank::BALANCE, version.into())),
        }
        if form == 2 {
            cells.push((bank::STATUS, bank::status::PENDING.into()));
        }
        builder.push(&cells);
    }
    builder.finish()
}

/// A row as it is now, and whether apps are given it.
#[derive(Debug, Clone)]
struct Now {
    id: RowId,
    fingerprint: Digest,
    key: Key,
    variant: Variant,
    rules: BTreeMap<RuleId, WithheldAs>,
}

struct Tested {
    _folder: tempfile::TempDir,
    store: Arc<MemoryStore>,
    vault: PersonVault,
    imports: Vec<u64>,
}

impl Tested {
    fn new() -> Tested {
        let folder = tempfile::tempdir().unwrap();
        let dir = Dir::open_ambient_dir(folder.path(), cap_std::ambient_authority()).unwrap();
        let store = Arc::new(MemoryStore::new());
        let vault = Vault::open(store.clone(), Arc::new(LocalKms::open(dir).unwrap())).unwrap();
        let vault = vault.person_or_create("p").unwrap();
        Tested { _folder: folder, store, vault, imports: Vec::new() }
    }

    fn import(&mut self, files: &[Vec<Payment>]) -> u64 {
        let mut importing = self.vault.begin_import();
        importing.add(&batch(files)).unwrap();
        let source = ImportSource {
            file_name: "f".to_owned(),
            file_sha256: Digest([3; 32]),
            format: "test".to_owned(),
            at_utc_seconds: 0,
        };
        let (commit, outcome) = importing.prepare(source, &[], &BTreeMap::new()).unwrap();
        self.store.commit(&commit).unwrap();
        self.imports.push(outcome.import_id);
        outcome.import_id
    }

    fn undo(&mut self, import: u64) {
        let (commit, undone) = self.vault.prepare_undo(import, 0, &BTreeMap::new()).unwrap();
        self.store.commit(&commit).unwrap();
        self.vault.finish_undo(&undone).unwrap();
        self.imports.retain(|other| *other != import);
    }

    fn withhold(&self, what: Withheld) {
        let mut commit = self.vault.empty_commit();
        self.vault.prepare_withheld([(Category::Bank, what)], None, 0, &mut commit).unwrap();
        self.store.commit(&commit).unwrap();
    }

    fn withhold_words(&self, words: &str) {
        self.withhold(Withheld::Words(words.to_owned()));
    }

    fn show_again(&self, rule: RuleId) {
        let (_, commit) = self.vault.prepare_unwithheld(rule).unwrap().unwrap();
        self.store.commit(&commit).unwrap();
    }

    fn change(&self, row: &Now, change: Change<'_>) {
        let (id, fingerprint) = (row.id, row.fingerprint);
        let prepared = self.vault.prepare_amend(Category::Bank, id, fingerprint, change, 0).unwrap();
        if let Some((commit, amended)) = prepared {
            self.store.commit(&commit).unwrap();
            self.vault.finish_amend(&amended);
        }
    }

    fn pairs(&self) -> Vec<AlikeRows> {
        let of = |import: &u64| self.vault.alike(*import).unwrap();
        self.imports.iter().flat_map(of).collect()
    }

    fn decide(&self, pair: &AlikeRows, decision: Decision) -> bool {
        let import = pair.new.id.import;
        if decision == Decision::KeepBoth {
            let Some(commit) = self.vault.prepare_two(import, pair).unwrap() else { return false };
            self.store.commit(&commit).unwrap();
            return true;
        }
        let keeps_new = decision == Decision::KeepNew;
        let Some((commit, amended)) = self.vault.prepare_one(import, pair, keeps_new, 0).unwrap() else {
            return false;
        };
        self.store.commit(&commit).unwrap();
        self.vault.finish_amend(&amended);
        true
    }

    /// All rows. Apps are given those without a rule, and no other.
    fn rows(&self) -> Vec<Now> {
        let mut all = Vec::new();
        for origin in self.vault.origins(Category::Bank, &Period::ALL).unwrap() {
            let (import, batch) = origin.unwrap();
            let by = self.vault.withheld_by(&batch, import).unwrap();
            for (row, by) in by.into_iter().enumerate() {
                all.push(Now {
                    id: RowId {
                        import,
                        position: Position::unpacked(batch.integer(bank::POSITION, row).unwrap()),
                    },
                    fingerprint: row_fingerprint(&batch, row),
                    key: key(&batch, row),
                    variant: (
                        batch.text(bank::LABEL, row).unwrap_or_default().to_owned(),
                        batch.integer(bank::BALANCE, row),
                    ),
                    rules: by.into_iter().map(|(rule, reason)| (rule.id, reason)).collect(),
                });
            }
        }
        let now = self.vault.sequence().unwrap();
        let months = self.vault.months(Category::Bank, &Period::ALL, now).unwrap();
        let pages: Vec<_> = months.map(Result::unwrap).collect();
        let given = pages.iter().flat_map(|page| (0..page.batch.rows()).map(|row| key(&page.batch, row)));
        let mut given: Vec<Key> = given.collect();
        let mut shown: Vec<Key> = all.iter().filter(|row| row.rules.is_empty()).map(|row| row.key).collect();
        given.sort_unstable();
        shown.sort_unstable();
        assert_eq!(given, shown);
        all
    }

    fn shown(&self) -> BTreeSet<Key> {
        self.rows().into_iter().filter(|row| row.rules.is_empty()).map(|row| row.key).collect()
    }
}

fn payment(number: i64, form: i64, version: i64) -> Payment {
    Payment { number, form, version }
}

/// A statement of four payments: those that are booked already have another form.
fn statement(booked: &[i64]) -> Vec<Payment> {
    (1..5).map(|number| payment(number, i64::from(booked.contains(&number)), 0)).collect()
}

#[derive(Debug, Clone)]
enum Act {
    Import(Vec<Vec<Payment>>),
    Words(i64, i64),
    Row(usize),
    ShowAgain(usize),
    Decide(usize, Decision),
    Undo(usize),
    Delete(usize),
    Correct(usize, bool),
    Restore(usize),
}

/// A file with one form of some payments, now and then with one twice.
fn a_file() -> impl Strategy<Value = Vec<Payment>> {
    let one = (0_i64..8, 0_i64..5, 0_u8..12);
    prop::collection::vec(one, 4).prop_map(|all| {
        let mut file = Vec::new();
        for (number, (form, version, count)) in (1_i64..).zip(all) {
            // The first and the last one are there: the file has the days between them.
            let (form, version) = if matches!(number, 1 | 4) { (form % 2, 0) } else { (form, version) };
            if form < 3 || matches!(number, 1 | 4) {
                file.extend(vec![payment(number, form, version); if count == 0 { 2 } else { 1 }]);
            }
        }
        file
    })
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let decision = prop::sample::select(vec![Decision::KeepNew, Decision::KeepOld, Decision::KeepBoth]);
    let act = prop_oneof![
        5 => a_file().prop_map(|file| Act::Import(vec![file])),
        1 => prop::collection::vec(a_file(), 2..4).prop_map(Act::Import),
        2 => (1_i64..5, 0_i64..3).prop_map(|(number, form)| Act::Words(number, form)),
        2 => any::<usize>().prop_map(Act::Row),
        1 => any::<usize>().prop_map(Act::ShowAgain),
        3 => (any::<usize>(), decision).prop_map(|(at, decision)| Act::Decide(at, decision)),
        4 => any::<usize>().prop_map(Act::Undo),
        1 => any::<usize>().prop_map(Act::Delete),
        1 => (any::<usize>(), any::<bool>()).prop_map(|(at, is_label)| Act::Correct(at, is_label)),
        1 => any::<usize>().prop_map(Act::Restore),
    ];
    prop::collection::vec(act, 4..16)
}

fn picked<T: Clone>(all: &[T], at: usize) -> Option<T> {
    all.get(at.checked_rem(all.len())?).cloned()
}

/// What an act was about.
enum About {
    /// A rule about this payment.
    Rule(i64),
    /// The person said of rows of this payment that they are two.
    Two(i64),
}

fn done(tested: &mut Tested, act: &Act) -> Option<About> {
    let rows = tested.rows();
    match act {
        Act::Import(files) => {
            tested.import(files);
        }
        Act::Words(number, form) => {
            tested.withhold_words(&format!("{} {number}", FORMS[usize::try_from(*form).unwrap()]));
            return Some(About::Rule(*number));
        }
        Act::Row(at) => {
            let row = picked(&rows, *at)?;
            tested.withhold(tested.vault.withheld_row(Category::Bank, row.id).unwrap().unwrap());
            return Some(About::Rule(row.key.0));
        }
        Act::ShowAgain(at) => tested.show_again(picked(&tested.vault.withheld().unwrap(), *at)?.id),
        Act::Decide(at, decision) => {
            let pair = picked(&tested.pairs(), *at)?;
            // One of the two may have been replaced since.
            let is_of = |row: &&Now| [pair.new.id, pair.old.id].contains(&row.id);
            let number = rows.iter().find(is_of)?.key.0;
            let is_two = tested.decide(&pair, *decision) && *decision == Decision::KeepBoth;
            return is_two.then_some(About::Two(number));
        }
        Act::Undo(at) => {
            let import = picked(&tested.imports, *at)?;
            tested.undo(import);
        }
        Act::Delete(at) => tested.change(&picked(&rows, *at)?, Change::Delete),
        Act::Correct(at, true) => {
            tested.change(&picked(&rows, *at)?, Change::Correct(&[(bank::LABEL, "AUTRE".into())]));
        }
        Act::Correct(at, false) => {
            tested.change(&picked(&rows, *at)?, Change::Correct(&[(bank::VALUE_ON, (FIRST + 9).into())]));
        }
        Act::Restore(at) => tested.change(&picked(&rows, *at)?, Change::Restore),
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    /// A row that is withheld by a rule stays so, in all its versions and wherever it comes from, until the rule ends or
    /// the person says that it and the row with which it is probably the same are two. Nothing else is withheld.
    #[test]
    fn a_row_is_shown_again_by_an_act_of_the_person_only(acts in acts()) {
        let mut tested = Tested::new();
        // By which rules each row was withheld.
        let mut withheld: BTreeMap<(Key, Variant), BTreeSet<RuleId>> = BTreeMap::new();
        let mut payments: BTreeMap<RuleId, i64> = BTreeMap::new();
        for (at, act) in acts.iter().enumerate() {
            let before = tested.rows();
            let about = done(&mut tested, act);
            let rules: BTreeSet<RuleId> =
                tested.vault.withheld().unwrap().into_iter().map(|rule| rule.id).collect();
            withheld.values_mut().for_each(|of| of.retain(|rule| rules.contains(rule)));
            match about {
                Some(About::Rule(number)) => {
                    rules.iter().for_each(|rule| _ = payments.entry(*rule).or_insert(number));
                }
                // What was withheld because of the other row may be shown.
                Some(About::Two(of)) => withheld.retain(|((number, _), _), _| *number != of),
                None => {}
            }
            let rows = tested.rows();
            let is_there =
                |row: &Now| rows.iter().any(|now| (now.key, &now.variant) == (row.key, &row.variant));
            // A row that replaces another one, or that the person corrected, is as that one was.
            for old in &before {
                let is_import = matches!(act, Act::Import(_));
                let is_next = |new: &&Now| match is_import {
                    true => new.key == old.key && !is_there(old),
                    false => new.id == old.id && new.key == old.key,
                };
                let by = withheld.get(&(old.key, old.variant.clone())).cloned().unwrap_or_default();
                for new in rows.iter().filter(is_next) {
                    let of_new = withheld.entry((new.key, new.variant.clone())).or_default();
                    of_new.extend(by.iter().copied());
                }
            }
            for row in rows {
                let by: BTreeSet<RuleId> = row.rules.keys().copied().collect();
                let was = withheld.entry((row.key, row.variant.clone())).or_default();
                prop_assert!(was.is_subset(&by), "after {at}: {row:?} was withheld by {was:?}");
                let is_about = |rule: &RuleId| payments.get(rule) == Some(&row.key.0);
                prop_assert!(by.iter().all(is_about), "after {at}: {row:?}");
                was.extend(by);
            }
        }
        for rule in tested.vault.withheld().unwrap() {
            tested.show_again(rule.id);
        }
        prop_assert!(tested.rows().iter().all(|row| row.rules.is_empty()));
        let left = tested.store.scan(tested.vault.partition(), b"still-withheld/", None, 1).unwrap();
        prop_assert!(left.is_empty());
    }
}

const PENDING: i64 = 0;
const BOOKED: i64 = 1;

/// All keys of rows of a payment, pending and booked.
fn hides(tested: &Tested, number: i64) -> bool {
    let rows = tested.rows();
    rows.iter().any(|row| row.key.0 == number) && tested.shown().iter().all(|(of, _)| *of != number)
}

#[test]
fn another_version_of_a_row_that_is_probably_the_same_is_withheld() {
    for version in [1, 3] {
        let mut tested = Tested::new();
        tested.import(&[statement(&[])]);
        tested.withhold_words("en cours 2");
        let second = tested.import(&[statement(&[2])]);
        assert!(hides(&tested, 2));
        let mut third = statement(&[2]);
        third[1].version = version;
        tested.import(&[third]);
        assert!(hides(&tested, 2), "{version}");
        tested.undo(second);
        assert!(hides(&tested, 2), "{version}");
        tested.undo(tested.imports[0]);
        assert!(hides(&tested, 2), "{version}");
    }
}

#[test]
fn a_row_that_a_third_file_has_is_withheld_when_the_import_with_the_pair_is_undone() {
    let mut tested = Tested::new();
    tested.import(&[statement(&[])]);
    tested.withhold_words("en cours 2");
    let second = tested.import(&[statement(&[2])]);
    tested.import(&[statement(&[2])]);
    tested.undo(second);
    assert!(tested.rows().iter().any(|row| row.key == (2, BOOKED)) && hides(&tested, 2));
    // Taken in again, it can be decided on.
    tested.undo(tested.imports[1]);
    tested.import(&[statement(&[2])]);
    let pairs = tested.pairs();
    assert!(pairs.len() == 1 && hides(&tested, 2));
    assert!(tested.decide(&pairs[0], Decision::KeepBoth));
    assert!(tested.shown().contains(&(2, BOOKED)) && !tested.shown().contains(&(2, PENDING)));
}

#[test]
fn the_row_for_which_another_one_stood_is_withheld_when_it_is_back() {
    for (decision, words) in [
        (Decision::KeepOld, "en cours 2"),
        (Decision::KeepOld, "carte 2"),
        (Decision::KeepNew, "en cours 2"),
        (Decision::KeepNew, "carte 2"),
    ] {
        let mut tested = Tested::new();
        let first = tested.import(&[statement(&[])]);
        tested.withhold_words(words);
        let second = tested.import(&[statement(&[2])]);
        assert!(tested.decide(&tested.pairs()[0], decision));
        assert!(hides(&tested, 2), "{decision:?} {words}");
        tested.undo(if decision == Decision::KeepOld { first } else { second });
        assert!(hides(&tested, 2), "{decision:?} {words}");
        tested.show_again(tested.vault.withheld().unwrap()[0].id);
        assert!(tested.rows().iter().all(|row| row.rules.is_empty()));
    }
}

#[test]
fn rows_of_two_files_of_an_archive_are_withheld_together() {
    for is_rule_first in [true, false] {
        let mut tested = Tested::new();
        if is_rule_first {
            tested.withhold_words("carte 2");
        }
        tested.import(&[statement(&[]), statement(&[2])]);
        if !is_rule_first {
            tested.withhold_words("carte 2");
        }
        assert!(hides(&tested, 2));
        let pairs = tested.pairs();
        assert_eq!(pairs.len(), 1);
        assert!(tested.decide(&pairs[0], Decision::KeepBoth));
        assert!(tested.shown().contains(&(2, PENDING)) && !tested.shown().contains(&(2, BOOKED)));
    }
    // They are one: the other one goes away for as long as the import is there.
    let mut tested = Tested::new();
    tested.withhold_words("carte 2");
    tested.import(&[statement(&[]), statement(&[2])]);
    assert!(tested.decide(&tested.pairs()[0], Decision::KeepOld) && hides(&tested, 2));
    tested.undo(tested.imports[0]);
    assert!(tested.rows().is_empty());
}

/// Of very many pairs, not all are kept as pairs.
#[test]
fn every_row_that_is_probably_the_same_as_a_withheld_one_is_withheld() {
    let many = |form: i64| (0..5_100).map(|number| payment(number, form, 0)).collect::<Vec<_>>();
    let mut tested = Tested::new();
    let first = tested.import(&[many(PENDING)]);
    tested.withhold_words("en cours");
    // The file has the first day, too.
    tested.import(&[[many(BOOKED), vec![payment(5_200, PENDING, 0)]].concat()]);
    assert!(tested.shown().is_empty());
    assert!(tested.pairs().len() < 5_100);
    tested.undo(first);
    assert!(tested.rows().len() == 5_101 && tested.shown().is_empty());
}
