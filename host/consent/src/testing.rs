//! Shared by the tests of this crate: a sealer without secrets, and a person with grants.

use crate::audit::Audit;
use crate::grant_items::Item;
use crate::grants::Grants;
use crate::notice::Notice;
use crate::state::Actor;
use crate::terms::{Act, AppVersion, Channel, Draft, Mode, Purpose};
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, CategoryScope, Digest, DpvPurpose, Grain, Necessity, Period, Scope};
use mesinfos_records::sha;
use mesinfos_store::memory::MemoryStore;
use mesinfos_store::{Commit, PersonId, SealError, Sealer, Store};

pub(crate) const ALICE: PersonId = PersonId([0xa1; 16]);
pub(crate) const BOB: PersonId = PersonId([0xb0; 16]);

/// The person, through the command line.
pub(crate) const PERSON: Act = Act { actor: Actor::Person, channel: Channel::Cli };
pub(crate) const OPERATOR: Act = Act { actor: Actor::Operator, channel: Channel::Api };

/// Binds a record to its person and key like a real sealer, but without encryption: a test can act as an
/// attacker with the key.
pub(crate) struct OpenSealer(pub(crate) PersonId);

impl OpenSealer {
    fn tag(&self, record_key: &[u8], plain: &[u8]) -> Digest {
        sha::digest("test", &[&self.0.0, record_key, plain])
    }
}

impl Sealer for OpenSealer {
    fn seal(&self, record_key: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealError> {
        Ok([&self.tag(record_key, plain).0[..], plain].concat())
    }

    fn open(&self, record_key: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let (tag, plain) = sealed.split_first_chunk::<32>().ok_or(SealError)?;
        if self.tag(record_key, plain).0 == *tag { Ok(plain.to_vec()) } else { Err(SealError) }
    }
}

/// An empty commit of Alice's.
pub(crate) fn empty_commit() -> Commit {
    Commit::new(ALICE.into())
}

/// Keys and their values.
pub(crate) type Backup = Vec<(Vec<u8>, Vec<u8>)>;

/// A store and Alice's sealer.
pub(crate) struct Home {
    pub(crate) store: MemoryStore,
    pub(crate) sealer: OpenSealer,
}

impl Home {
    pub(crate) fn new() -> Home {
        Home { store: MemoryStore::new(), sealer: OpenSealer(ALICE) }
    }

    /// Fills a commit and commits it.
    pub(crate) fn commit<T>(&self, fill: impl FnOnce(&mut Commit) -> crate::Result<T>) -> T {
        let mut commit = empty_commit();
        let done = fill(&mut commit).unwrap();
        self.store.commit(&commit).unwrap();
        done
    }

    /// Fills a commit with changes of grants and commits it with their audit entries, as the platform does.
    pub(crate) fn logged<T>(&self, fill: impl FnOnce(&mut Commit) -> crate::Result<T>) -> T {
        self.commit(|commit| {
            let done = fill(commit)?;
            let events = Grants::new(&self.store, &self.sealer, ALICE).entries(commit)?;
            Audit::new(&self.store, &self.sealer, ALICE).by(PERSON).append(&events, 0, commit)?;
            Ok(done)
        })
    }

    /// All records, as in a backup.
    pub(crate) fn backup(&self) -> Backup {
        self.store.scan(ALICE.into(), b"", None, usize::MAX).unwrap()
    }

    /// Restores the records under some prefixes from a backup.
    pub(crate) fn put_back(&self, backup: &[(Vec<u8>, Vec<u8>)], prefixes: &[Vec<u8>]) {
        let mut commit = empty_commit();
        for prefix in prefixes {
            for (key, _) in self.store.scan(ALICE.into(), prefix, None, usize::MAX).unwrap() {
                commit.delete(key);
            }
        }
        let back = backup.iter().filter(|(key, _)| prefixes.iter().any(|prefix| key.starts_with(prefix)));
        commit.puts.extend(back.cloned());
        self.store.commit(&commit).unwrap();
    }

    /// Writes without any check.
    pub(crate) fn overwrite(&self, key: &[u8], value: Option<Vec<u8>>) {
        self.overwrite_of(ALICE, key, value);
    }

    /// Like [`Home::overwrite`], for any person.
    pub(crate) fn overwrite_of(&self, person: PersonId, key: &[u8], value: Option<Vec<u8>>) {
        let mut commit = Commit::new(person.into());
        match value {
            Some(value) => commit.put(key, value),
            None => commit.delete(key),
        }
        self.store.commit(&commit).unwrap();
    }

    pub(crate) fn value(&self, key: &[u8]) -> Vec<u8> {
        self.store.get(ALICE.into(), key).unwrap().unwrap()
    }
}

pub(crate) fn component(byte: u8) -> Digest {
    Digest([byte; 32])
}

pub(crate) fn app(version: u8) -> AppVersion {
    AppVersion { id: "budget".into(), version: format!("{version}.0.0"), component: component(version) }
}

/// Bank transactions of 2011.
pub(crate) fn bank_2011() -> CategoryScope {
    let period = Period::parse("2011").unwrap();
    CategoryScope { period, ..CategoryScope::all(Category::Bank) }
}

/// Energy readings by day.
pub(crate) fn energy_daily() -> CategoryScope {
    CategoryScope { grain: Grain::Daily, ..CategoryScope::all(Category::Energy) }
}

pub(crate) fn scope_of(scopes: impl IntoIterator<Item = CategoryScope>) -> Scope {
    scopes.into_iter().map(|scope| (scope.category, scope)).collect()
}

/// A grant for version `version` of an app: bank and energy given, telecom refused.
pub(crate) fn draft(version: u8) -> Draft {
    Draft {
        app: app(version),
        mode: Mode::Read,
        purpose: Purpose {
            iri: DpvPurpose::PersonalisedBenefits, sentence: "voir où part l’argent".into()
        },
        items: vec![
            Item::given(Necessity::Required, bank_2011()),
            Item::given(Necessity::Optional, energy_daily()),
            Item::refused(Necessity::Optional, Category::Telecom),
        ],
        until: None,
        language: Lang::Fr,
        notice: Some(Notice::new(Lang::Fr, 1, "ce qui est demandé".to_owned())),
        act: PERSON,
    }
}

/// The same as a question.
pub(crate) fn question(version: u8) -> Draft {
    let items = vec![
        Item::open(Necessity::Required, bank_2011()),
        Item::open(Necessity::Optional, energy_daily()),
        Item::open(Necessity::Optional, CategoryScope::all(Category::Telecom)),
    ];
    Draft { items, ..draft(version) }
}
