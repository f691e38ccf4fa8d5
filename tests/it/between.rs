//! Interleaving of two acts: one act happens between any two store requests of the other, as with two browser
//! windows or two hosts. Neither fails with an unexpected error, and the data stays consistent.

use crate::lab::times;
use crate::support::{app, me};
use mesinfos_model::{Category, Period};
use mesinfos_platform::{
    CategoryChoice, GrantSummary, Isolation, Platform, PlatformError, RowsAsked, RunInput,
};
use mesinfos_store::memory::MemoryStore;
use mesinfos_store::{ChunkId, Commit, Partition, PersonId, Range, Record, Result, Store, Which};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A store that runs a hook once, between two requests.
struct Between {
    store: Mutex<Arc<MemoryStore>>,
    /// Requests left until the hook.
    left: AtomicI64,
    then: Mutex<Option<Box<dyn FnOnce() + Send>>>,
}

impl Between {
    fn asked(&self) -> Arc<MemoryStore> {
        if self.left.fetch_sub(1, SeqCst) == 0
            && let Some(then) = self.then.lock().unwrap().take()
        {
            then();
        }
        Arc::clone(&self.store.lock().unwrap())
    }
}

impl Store for Between {
    fn read(&self, ranges: &[Range]) -> Result<Vec<Vec<Record>>> {
        self.asked().read(ranges)
    }
    fn commit(&self, commit: &Commit) -> Result<()> {
        self.asked().commit(commit)
    }
    fn put_chunks(&self, partition: Partition, chunks: &[(ChunkId, Vec<u8>)]) -> Result<()> {
        self.asked().put_chunks(partition, chunks)
    }
    fn get_chunks(&self, partition: Partition, chunks: &[ChunkId]) -> Result<Vec<Vec<u8>>> {
        self.asked().get_chunks(partition, chunks)
    }
    fn chunks_of(&self, partition: Partition) -> Result<Vec<(ChunkId, Duration)>> {
        self.asked().chunks_of(partition)
    }
    fn delete_chunks(&self, partition: Partition, which: Which<'_>) -> Result<()> {
        self.asked().delete_chunks(partition, which)
    }
    fn persons(&self, after: Option<PersonId>, limit: usize) -> Result<Vec<PersonId>> {
        self.asked().persons(after, limit)
    }
    fn clock(&self) -> Result<i64> {
        self.store.lock().unwrap().clock()
    }
}

const WHO: &str = "alice";
const APP: &str = "budget";

type Act = fn(&Platform) -> std::result::Result<(), PlatformError>;

/// Acts that write.
const WRITES: [(&str, Act); 11] = [
    ("run", |p| p.run(&me(WHO), APP, &RunInput { params: Vec::new() }).map(drop)),
    ("replay", |p| {
        let receipts = p.receipts_of(&me(WHO))?;
        receipts.first().map_or(Ok(()), |first| p.replay(&me(WHO), first.id).map(drop))
    }),
    ("grant", |p| p.grant(&me(WHO), APP, &[], None).map(drop)),
    ("narrow", |p| {
        let ask =
            CategoryChoice { period: Some(Period::parse("2020").unwrap()), ..CategoryChoice::default() };
        p.narrow(&me(WHO), APP, &[(Category::Bank, ask)], &[]).map(drop)
    }),
    ("pause", |p| p.pause(&me(WHO), APP).map(drop)),
    ("resume", |p| p.resume(&me(WHO), APP).map(drop)),
    ("revoke", |p| p.withdraw(&me(WHO), APP).map(drop)),
    ("import", |p| p.import(&me(WHO), "b.json", movement(2).as_bytes()).map(drop)),
    ("undo", |p| p.undo_import(&me(WHO), 1).map(drop)),
    ("erase", |p| p.erase(&me(WHO)).map(drop)),
    ("install", |p| {
        let mut newer = std::fs::read(app(APP)).unwrap();
        let version = b"version = \"0.2.0\"";
        let at = newer.windows(version.len()).position(|part| part == version).unwrap();
        newer[at + version.len() - 2] = b'1';
        p.install(&newer).map(drop)
    }),
];

/// Acts that only read.
const READS: [(&str, Act); 8] = [
    ("audit", |p| p.audit_entries(&me(WHO)).map(drop)),
    ("verify", |p| p.audit_verify(&me(WHO), None).map(drop)),
    ("grants", |p| p.grants_of(&me(WHO)).map(drop)),
    ("receipts", |p| p.receipts_of(&me(WHO)).map(drop)),
    ("summary", |p| p.summary(&me(WHO)).map(drop)),
    ("imports", |p| p.imports(&me(WHO)).map(drop)),
    ("documents", |p| p.documents(&me(WHO)).map(drop)),
    ("rows", |p| {
        let asked = RowsAsked { period: Period::ALL, undated: false, limit: 100 };
        p.rows(&me(WHO), Category::Bank, &asked).map(drop)
    }),
];

fn movement(month: u32) -> String {
    format!(
        r#"[{{"docType":"bankoperation","date":"2020-{month:02}-08T00:00:00.000Z","amount":-{month}2.28,
            "raw":"r","title":"t","bankAccount":"a"}}]"#
    )
}

/// A person with an import, a grant, a run, and further entries in their audit chain.
struct Home {
    folder: tempfile::TempDir,
    store: Arc<Between>,
    platform: Arc<Platform>,
    dumped: Vec<u8>,
}

impl Home {
    fn new(more: usize) -> Home {
        let folder = tempfile::tempdir().unwrap();
        let (store, platform) = open(Arc::default(), folder.path());
        platform.install(&std::fs::read(app(APP)).unwrap()).unwrap();
        platform.import(&me(WHO), "a.json", movement(1).as_bytes()).unwrap();
        platform.grant(&me(WHO), APP, &[], None).unwrap();
        platform.run(&me(WHO), APP, &RunInput { params: Vec::new() }).unwrap();
        for _ in 0..more {
            platform.grant(&me(WHO), APP, &[], None).unwrap();
        }
        let mut dumped = Vec::new();
        mesinfos_store::dump::dump(&*store.asked(), 0, &mut dumped).unwrap();
        Home { folder, store, platform, dumped }
    }

    fn store(&self) -> Arc<MemoryStore> {
        let store = Arc::new(MemoryStore::new());
        mesinfos_store::dump::load(&*store, &mut &self.dumped[..]).unwrap();
        store
    }

    /// A copy in its own folder, with its own keys, which may be destroyed.
    fn apart(&self) -> Home {
        let folder = tempfile::tempdir().unwrap();
        let from = self.folder.path();
        let ended =
            std::process::Command::new("cp").arg("-a").arg(from.join(".")).arg(folder.path()).status();
        assert!(ended.unwrap().success());
        let (store, platform) = open(self.store(), folder.path());
        Home { folder, store, platform, dumped: self.dumped.clone() }
    }
}

fn open(store: Arc<MemoryStore>, folder: &std::path::Path) -> (Arc<Between>, Arc<Platform>) {
    let store = Arc::new(Between {
        store: Mutex::new(store),
        left: AtomicI64::new(i64::MAX),
        then: Mutex::default(),
    });
    let on = Arc::clone(&store) as Arc<dyn Store>;
    (store, Arc::new(Platform::on(on, folder, &Isolation::InProcess).unwrap()))
}

/// Results of two acts, and the state after them.
type Ended = (&'static str, &'static str, String);

fn code(ended: std::result::Result<(), PlatformError>) -> &'static str {
    ended.map_or_else(|error| error.code(), |()| "ok")
}

/// State of the platform, without values that differ between runs.
fn there(platform: &Platform) -> String {
    match platform.audit_verify(&me(WHO), None) {
        Ok(_) => {}
        Err(error) => return error.code().to_owned(),
    }
    let grants = platform.grants_of(&me(WHO)).unwrap();
    // Grants in force only: the order in which an ended one was superseded and withdrawn does not matter.
    let in_force: Vec<&GrantSummary> = grants.iter().filter(|grant| !grant.scope.is_empty()).collect();
    let scopes: Vec<_> = in_force.iter().map(|grant| (&grant.state, &grant.scope)).collect();
    format!("{:?} {} {scopes:?}", platform.summary(&me(WHO)).unwrap(), grants.len())
}

/// Runs two acts, one of them after `at` store requests of the other. Returns whether the other made that
/// many.
fn between(home: &Home, (does, happens): (Act, Act), at: i64) -> (Ended, bool) {
    let said = Arc::new(Mutex::new("ok"));
    let (says, platform) = (Arc::clone(&said), Arc::clone(&home.platform));
    *home.store.then.lock().unwrap() =
        Some(Box::new(move || *says.lock().unwrap() = code(happens(&platform))));
    home.store.left.store(at, SeqCst);
    let ended = code(does(&home.platform));
    home.store.left.store(i64::MAX, SeqCst);
    let came = home.store.then.lock().unwrap().take().is_none();
    let said = *said.lock().unwrap();
    ((ended, said, there(&home.platform)), came)
}

/// Interleaves each act with each other one at every store request. Results and state must equal those of a
/// serial order.
fn all_between(more: usize, acts: &[(&'static str, Act)]) {
    let home = Home::new(more);
    let afresh = |destroys: bool| {
        let apart = destroys.then(|| home.apart());
        if apart.is_none() {
            *home.store.store.lock().unwrap() = home.store();
        }
        apart
    };
    let mut wrong: BTreeMap<(&str, &str, Ended), Vec<i64>> = BTreeMap::new();
    for &(act, does) in acts {
        for (other, happens) in WRITES {
            let destroys = act == "erase" || other == "erase";
            let apart = afresh(destroys);
            let at = apart.as_ref().unwrap_or(&home);
            let (first, then) = (code(does(&at.platform)), code(happens(&at.platform)));
            let one = (first, then, there(&at.platform));
            let apart = afresh(destroys);
            let at = apart.as_ref().unwrap_or(&home);
            let (first, then) = (code(happens(&at.platform)), code(does(&at.platform)));
            let two = (then, first, there(&at.platform));
            for at in 0.. {
                let apart = afresh(destroys);
                let (ended, came) = between(apart.as_ref().unwrap_or(&home), (does, happens), at);
                if !came {
                    assert_eq!(ended.0, one.0, "{act} alone");
                    break;
                }
                let is_stopped = ended.0 == "withdrawn" && matches!(act, "run" | "replay");
                // An erasure takes two steps, and nothing else can be logged in between.
                let is_closed = act == "erase" && ended.1 == "consent";
                // An erasure that has begun is continued by asking again.
                let is_continued = (act, other, ended.0, ended.1) == ("erase", "erase", "ok", "ok");
                // An import for a person erased meanwhile must not create another person of the same name.
                let is_gone = (act, other, ended.0) == ("import", "erase", "no-such-person");
                // A grant reports that the app is not the one shown.
                let is_other = (act, other, ended.0) == ("grant", "install", "other-component");
                let is_one = |serial: &Ended| {
                    (serial.0 == ended.0 || is_stopped || is_gone || is_other)
                        && (serial.1 == ended.1 || is_closed)
                        && (serial.2 == ended.2 || is_gone || is_other)
                };
                if !is_continued && !is_one(&one) && !is_one(&two) {
                    wrong.entry((act, other, ended)).or_default().push(at);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn two_acts_at_once_end_as_if_one_came_after_the_other() {
    all_between(0, &WRITES);
    all_between(0, &READS);
}

/// As above, with more audit entries than are read ahead.
#[test]
fn two_acts_at_once_end_so_with_a_long_log_too() {
    all_between(140, &WRITES[..times(2, WRITES.len())]);
}
