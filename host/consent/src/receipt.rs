//! The receipt of a run: its inputs and outputs, as digests.
//!
//! A receipt is self-contained. With the component, an engine of the same configuration and the vault as of
//! sequence number `as_of`, the run can be repeated, and [`Receipt::differences`] compares the results.

use crate::bounded_text::Name;
use crate::error::{ConsentError, Result};
use crate::faults::RecordKind;
use crate::grant::GrantRef;
use crate::id::ReceiptId;
use crate::keys;
use crate::terms::AppVersion;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Day, Digest, Scope};
use mesinfos_records::{Current, PAGE, PART, Records, all_or_nothing, fits, json, sha};
use mesinfos_store::{Commit, PersonId, Sealer, Store};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// Layout of a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Schema {
    /// The first layout.
    #[serde(rename = "mesinfos/receipt/1")]
    V1,
}

/// Data of one category read by a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadDigest {
    /// Number of rows that left the vault for the run, each as often as it was read. The run may have used fewer.
    pub rows: u64,
    /// Number of different rows among them; `None` if no row was read twice, and in receipts of older versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distinct: Option<u64>,
    /// Bytes of the columns read.
    pub bytes: u64,
    /// SHA-256 of the data that left the vault.
    pub digest: Digest,
}

impl ReadDigest {
    /// Number of different rows that left the vault for the run.
    pub fn distinct_rows(&self) -> u64 {
        self.distinct.unwrap_or(self.rows)
    }

    /// Whether the same data was read in both. The number of different rows follows from the data, and receipts of
    /// older versions do not have it.
    fn is_same(&self, other: &ReadDigest) -> bool {
        (self.rows, self.bytes, self.digest) == (other.rows, other.bytes, other.digest)
    }
}

/// The receipt of a run. Stored in several parts if it is too long for one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Layout of the record.
    pub schema: Schema,
    /// Id of the receipt, and of the run.
    pub id: ReceiptId,
    /// Time in UTC seconds.
    pub at: i64,
    /// The person's pseudonym for this app: [`crate::pseudonym`].
    pub person: String,
    /// The app that ran.
    pub app: AppVersion,
    /// The engine: name, version, hash of the configuration.
    pub engine: Name,
    /// Language of the run.
    pub lang: Lang,
    /// Date given to the run as today.
    pub today: Day,
    /// Parameters set by the person, by id.
    pub parameters: Vec<(String, serde_json::Value)>,
    /// The grant of the run.
    pub grant: GrantRef,
    /// Scope of the run.
    pub scope: Scope,
    /// Sequence number of the vault as of which the run reads: later imports are invisible to it.
    pub as_of: u64,
    /// Data read, by category.
    pub reads: BTreeMap<Category, ReadDigest>,
    /// Number of rows of the scope's days that the person withheld from every app, by category. Not written if there were
    /// none, and in receipts of older versions.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub withheld: BTreeMap<Category, u64>,
    /// SHA-256 of the view; `None` if there was none.
    pub view: Option<Digest>,
    /// Outcome: a code of a closed list.
    pub outcome: Name,
    /// Head of the audit chain at the start: the hash of the entry that records the start. A copy of the
    /// receipt kept elsewhere serves to check that the chain up to there was not replaced. `None` in receipts
    /// of older versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<Digest>,
}

/// A difference between a replay and the receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Difference {
    /// The component differs.
    Component {
        /// In the receipt.
        then: Digest,
        /// In the replay.
        now: Digest,
    },
    /// The engine or its configuration differs.
    Engine {
        /// In the receipt.
        then: Name,
        /// In the replay.
        now: Name,
    },
    /// Language, day or parameters differ.
    Inputs,
    /// The scope, or the sequence number `as_of`, differs.
    Scope,
    /// The data read of a category differs.
    Reads {
        /// The category.
        category: Category,
        /// In the receipt; `None` if nothing was read.
        then: Option<ReadDigest>,
        /// In the replay; `None` if nothing was read.
        now: Option<ReadDigest>,
    },
    /// The outcome differs.
    Outcome {
        /// In the receipt.
        then: Name,
        /// In the replay.
        now: Name,
    },
    /// The view differs.
    View,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = |read: &Option<ReadDigest>| read.map_or(0, |read| read.rows);
        match self {
            Difference::Component { then, now } => {
                write!(f, "another component ran: {now} instead of {then}")
            }
            Difference::Engine { then, now } => {
                write!(f, "it ran in {now} instead of {then}")
            }
            Difference::Inputs => f.write_str("the language, the day or a parameter is different"),
            Difference::Scope => f.write_str("it was allowed to see different data"),
            Difference::Reads { category, then, now } if rows(then) == rows(now) => {
                write!(f, "it read {} rows of {category} as before, but not the same ones", rows(now))
            }
            Difference::Reads { category, then, now } => {
                write!(f, "it read {} rows of {category} instead of {}", rows(now), rows(then))
            }
            Difference::Outcome { then, now } => {
                write!(f, "it ended with \"{now}\" instead of \"{then}\"")
            }
            Difference::View => f.write_str("its view is different"),
        }
    }
}

impl Receipt {
    /// Differences between this receipt and that of a replay. Ids, times and the grant are not compared,
    /// because a replay has its own.
    pub fn differences(&self, replayed: &Receipt) -> Vec<Difference> {
        let mut all = Vec::new();
        let (then, now) = (self.app.component, replayed.app.component);
        if then != now {
            all.push(Difference::Component { then, now });
        }
        if self.engine != replayed.engine {
            let (then, now) = (self.engine.clone(), replayed.engine.clone());
            all.push(Difference::Engine { then, now });
        }
        let inputs = |r: &Receipt| (r.lang, r.today, r.parameters.clone());
        if inputs(self) != inputs(replayed) {
            all.push(Difference::Inputs);
        }
        if (&self.scope, self.as_of) != (&replayed.scope, replayed.as_of) {
            all.push(Difference::Scope);
        }
        for &category in Category::ALL {
            let read = |r: &Receipt| r.reads.get(&category).copied();
            let (then, now) = (read(self), read(replayed));
            let is_same = match (&then, &now) {
                (Some(then), Some(now)) => then.is_same(now),
                (then, now) => then.is_none() && now.is_none(),
            };
            if !is_same {
                all.push(Difference::Reads { category, then, now });
            }
        }
        if self.outcome != replayed.outcome {
            let (then, now) = (self.outcome.clone(), replayed.outcome.clone());
            all.push(Difference::Outcome { then, now });
        }
        if self.view != replayed.view {
            all.push(Difference::View);
        }
        all
    }
}

/// The receipts of one person.
#[derive(Clone, Copy)]
pub struct Receipts<'a> {
    records: Records<'a>,
    person: PersonId,
}

impl<'a> Receipts<'a> {
    /// The receipts of a person, with the sealer of that person.
    pub fn new(store: &'a dyn Store, sealer: &'a dyn Sealer, person: PersonId) -> Receipts<'a> {
        Receipts { records: Records::new(store, sealer, person), person }
    }

    /// Adds a receipt to a commit, which fails if a receipt with the same id exists. Returns the digest for
    /// the audit chain: `SHA-256("mesinfos/receipt/1", JSON as stored)`, as computed by
    /// [`mesinfos_records::sha::digest`].
    ///
    /// # Errors
    /// [`ConsentError::TooLarge`] and others; the commit is then unchanged.
    pub fn put(&self, receipt: &Receipt, commit: &mut Commit) -> Result<Digest> {
        receipt.app.check()?;
        let key = keys::receipt(self.person, receipt.id);
        let parts = keys::receipt_parts(self.person, receipt.id);
        let plain = json(WHAT, receipt)?;
        all_or_nothing(commit, |commit| {
            let stored = self.records.split(WHAT, &parts, &plain, PART, commit)?;
            self.records.replace(WHAT, key, Current::Stored(None), &stored, commit)
        })?;
        Ok(digest(&plain))
    }

    /// Checks, before a run begins, that its receipt can be stored.
    ///
    /// # Errors
    /// [`ConsentError::TooLarge`], and [`ConsentError::Terms`] for the app's id or version.
    pub fn check(receipt: &Receipt) -> Result<()> {
        receipt.app.check()?;
        fits(WHAT, &json(WHAT, receipt)?)?;
        Ok(())
    }

    /// A receipt by id.
    ///
    /// # Errors
    /// [`ConsentError::NoSuchReceipt`], and [`ConsentError::Unreadable`] if it was changed.
    pub fn get(&self, id: ReceiptId) -> Result<Receipt> {
        let key = keys::receipt(self.person, id);
        let sealed = self.records.get(&key)?.ok_or(ConsentError::NoSuchReceipt(id))?;
        Ok(self.opened(id, &sealed)?.0)
    }

    /// A receipt and its digest, from the sealed value of its key.
    fn opened(&self, id: ReceiptId, sealed: &[u8]) -> Result<(Receipt, Digest)> {
        let unreadable = |why: String| ConsentError::Unreadable { what: WHAT, why: format!("{id}: {why}") };
        let key = keys::receipt(self.person, id);
        let stored = self.records.sealer.open(&key, sealed).map_err(|e| unreadable(e.to_string()))?;
        let parts = keys::receipt_parts(self.person, id);
        let plain = self.records.join_parts(&parts, stored, &self.records.empty_commit())?;
        let plain = plain.ok_or_else(|| unreadable("a part is missing or was changed".to_owned()))?;
        let receipt: Receipt = serde_json::from_slice(&plain).map_err(|e| unreadable(e.to_string()))?;
        if receipt.id == id {
            Ok((receipt, digest(&plain)))
        } else {
            Err(unreadable("it has the id of another receipt".to_owned()))
        }
    }

    /// All receipts, ordered by the second of their run.
    ///
    /// # Errors
    /// [`ConsentError::Unreadable`] if one was changed.
    pub fn list(&self) -> Result<Vec<Receipt>> {
        Ok(self.digests()?.into_iter().map(|(receipt, _)| receipt).collect())
    }

    /// All receipts with their digests.
    pub(crate) fn digests(&self) -> Result<Vec<(Receipt, Digest)>> {
        let prefix = keys::receipts(self.person);
        let mut all = Vec::new();
        let mut after: Option<Vec<u8>> = None;
        loop {
            let page = self.records.scan(&prefix, after.as_deref(), PAGE)?;
            for (key, sealed) in &page {
                let id = key.strip_prefix(&prefix[..]).and_then(|id| id.try_into().ok());
                let Some(id) = id.map(ReceiptId::from_bytes) else {
                    let why = "its key is not that of a receipt".to_owned();
                    return Err(ConsentError::Unreadable { what: WHAT, why });
                };
                all.push(self.opened(id, sealed)?);
            }
            match page.last() {
                Some((key, _)) if page.len() == PAGE => after = Some(key.clone()),
                _ => return Ok(all),
            }
        }
    }
}

const WHAT: RecordKind = RecordKind::Receipt;

fn digest(plain: &[u8]) -> Digest {
    sha::digest("mesinfos/receipt/1", &[plain])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::empty_commit;
    use crate::testing::{
        ALICE, BOB, Home, OpenSealer, app, bank_2011, component, draft, energy_daily, scope_of,
    };
    use mesinfos_store::{Store, StoreError};

    fn receipts(home: &Home) -> Receipts<'_> {
        Receipts::new(&home.store, &home.sealer, ALICE)
    }

    fn receipt(at: i64) -> Receipt {
        let home = Home::new();
        let grants = crate::Grants::new(&home.store, &home.sealer, ALICE);
        let grant = home.commit(|commit| grants.give(&draft(1), at, commit));
        let read = ReadDigest { rows: 12, distinct: None, bytes: 480, digest: component(7) };
        Receipt {
            schema: Schema::V1,
            id: ReceiptId::new(at),
            at,
            person: grant.terms.person.clone(),
            app: app(1),
            engine: "wasmtime 48.0.8 1f2e".into(),
            lang: Lang::Fr,
            today: Day(20_000),
            parameters: vec![("months".into(), serde_json::json!({"type": "number", "value": 3}))],
            grant: grant.reference(at).unwrap(),
            scope: grant.scope_at(at),
            as_of: 2,
            reads: BTreeMap::from([(Category::Bank, read)]),
            withheld: BTreeMap::new(),
            view: Some(component(8)),
            outcome: "completed".into(),
            log: None,
        }
    }

    #[test]
    fn a_receipt_comes_back_as_it_was_put() {
        let home = Home::new();
        let (late, early) = (receipt(20), receipt(10));
        home.commit(|commit| receipts(&home).put(&late, commit));
        home.commit(|commit| receipts(&home).put(&early, commit));
        assert_eq!(receipts(&home).get(late.id).unwrap(), late);
        assert_eq!(receipts(&home).list().unwrap(), [early.clone(), late.clone()]);
        assert!(late.differences(&receipts(&home).get(late.id).unwrap()).is_empty());

        let mut again = empty_commit();
        receipts(&home).put(&early, &mut again).unwrap();
        assert!(matches!(home.store.commit(&again), Err(StoreError::Conflict)));
        let unknown = receipts(&home).get(ReceiptId::new(0));
        assert!(matches!(unknown, Err(ConsentError::NoSuchReceipt(_))));
    }

    #[test]
    fn a_receipt_that_was_moved_or_changed_does_not_open() {
        let home = Home::new();
        let mine = receipt(10);
        home.commit(|commit| receipts(&home).put(&mine, commit));
        let key = keys::receipt(ALICE, mine.id);
        let bob = OpenSealer(BOB);
        home.overwrite_of(BOB, &keys::receipt(BOB, mine.id), Some(home.value(&key)));
        let theirs = Receipts::new(&home.store, &bob, BOB).get(mine.id);
        assert!(matches!(theirs, Err(ConsentError::Unreadable { what: RecordKind::Receipt, .. })));
        let mut bad = home.value(&key);
        *bad.last_mut().unwrap() ^= 1;
        home.overwrite(&key, Some(bad));
        assert!(receipts(&home).get(mine.id).is_err());
        assert!(receipts(&home).list().is_err());
    }

    /// Keys of the stored parts of a receipt.
    fn parts(home: &Home, id: ReceiptId) -> Vec<Vec<u8>> {
        let prefix = keys::receipt_parts(ALICE, id);
        home.store.scan(ALICE.into(), &prefix, None, 1_000).unwrap().into_iter().map(|(key, _)| key).collect()
    }

    #[test]
    fn a_long_receipt_is_kept_in_parts_and_comes_back_whole() {
        let home = Home::new();
        let mut digests = Vec::new();
        for (at, length) in [(1, 1), (2, PART - 1_300), (3, PART), (4, 10 * PART), (5, 80 * PART)] {
            let mut long = receipt(at);
            long.parameters.push(("text".into(), "é".repeat(length / 2).into()));
            Receipts::check(&long).unwrap();
            digests.push(home.commit(|commit| receipts(&home).put(&long, commit)));
            assert_eq!(receipts(&home).get(long.id).unwrap(), long, "{length}");
            assert_eq!(parts(&home, long.id).len() > 1, length >= PART, "{length}");
        }
        let listed = receipts(&home).digests().unwrap();
        assert_eq!(listed.len(), 5, "a part is no receipt");
        assert_eq!(listed.into_iter().map(|(_, digest)| digest).collect::<Vec<_>>(), digests);
    }

    #[test]
    fn a_part_that_is_missing_moved_or_changed_is_found() {
        let home = Home::new();
        let mut long = receipt(1);
        long.parameters.push(("text".into(), "x".repeat(3 * PART).into()));
        home.commit(|commit| receipts(&home).put(&long, commit));
        let keys = parts(&home, long.id);
        let (first, second) = (home.value(&keys[0]), home.value(&keys[1]));
        let mut changed = first.clone();
        *changed.last_mut().unwrap() ^= 1;
        for bad in [None, Some(second), Some(changed)] {
            home.overwrite(&keys[0], bad);
            let error = receipts(&home).get(long.id).unwrap_err();
            assert!(matches!(error, ConsentError::Unreadable { what: RecordKind::Receipt, .. }), "{error}");
        }
        home.overwrite(&keys[0], Some(first));
        assert_eq!(receipts(&home).get(long.id).unwrap(), long);
    }

    #[test]
    fn a_receipt_that_is_too_large_is_refused() {
        let home = Home::new();
        let mut big = receipt(10);
        big.parameters.push(("text".into(), "x".repeat(mesinfos_records::MAX_PARTS * PART).into()));
        assert!(matches!(Receipts::check(&big), Err(ConsentError::TooLarge { .. })));
        let mut commit = empty_commit();
        let error = receipts(&home).put(&big, &mut commit).unwrap_err();
        assert!(matches!(error, ConsentError::TooLarge { .. }), "{error}");
        assert!(commit.puts.is_empty());
    }

    #[test]
    fn a_receipt_of_an_older_version_is_read() {
        let home = Home::new();
        let old = receipt(10);
        let plain = serde_json::to_vec(&old).unwrap();
        assert!(!String::from_utf8(plain.clone()).unwrap().contains("\"log\""));
        let key = keys::receipt(ALICE, old.id);
        home.overwrite(&key, Some(home.sealer.seal(&key, &plain).unwrap()));
        assert_eq!(receipts(&home).get(old.id).unwrap(), old);
    }

    #[test]
    fn differences_say_what_came_out_otherwise() {
        let then = receipt(10);
        assert!(then.differences(&receipt(99)).is_empty(), "ids and times are not compared");
        let said = |change: &dyn Fn(&mut Receipt)| {
            let mut now = then.clone();
            change(&mut now);
            then.differences(&now).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let (one, two) = (component(1), component(2));
        let text = format!("another component ran: {two} instead of {one}");
        assert_eq!(said(&|r| r.app = app(2)), [text]);
        assert_eq!(
            said(&|r| r.engine = "wasmtime 49".into()),
            ["it ran in wasmtime 49 instead of wasmtime 48.0.8 1f2e"]
        );
        let inputs = "the language, the day or a parameter is different";
        assert_eq!(said(&|r| r.parameters.clear()), [inputs]);
        assert_eq!(said(&|r| r.today = Day(0)), [inputs]);
        assert_eq!(said(&|r| r.lang = Lang::En), [inputs]);
        let scope = "it was allowed to see different data";
        assert_eq!(said(&|r| r.scope = scope_of([bank_2011()])), [scope]);
        assert_eq!(said(&|r| r.as_of = 3), [scope]);
        let read = |rows, byte| ReadDigest { rows, distinct: None, bytes: 480, digest: component(byte) };
        assert_eq!(
            said(&|r| r.reads = BTreeMap::from([(Category::Bank, read(12, 9))])),
            ["it read 12 rows of bank as before, but not the same ones"]
        );
        assert_eq!(
            said(&|r| r.reads = BTreeMap::from([(Category::Energy, read(1, 9))])),
            ["it read 0 rows of bank instead of 12", "it read 1 rows of energy instead of 0"]
        );
        assert_eq!(
            said(&|r| r.outcome = "trapped".into()),
            ["it ended with \"trapped\" instead of \"completed\""]
        );
        assert_eq!(said(&|r| r.view = None), ["its view is different"]);
        assert_eq!(then.scope, scope_of([bank_2011(), energy_daily()]));
    }
}
