//! The use cases, which join the rooms: import, install, grant, run, replay, revoke, erase.
//!
//! `intake`, `vault`, `consent` and `runtime` do not know each other; here rows of the first go
//! into the second, grants of the third decide what of them reaches the fourth, and every act
//! leaves its entry in the person's audit chain in the same commit as the act itself.
//!
//! Invariants: nothing is acknowledged before it is durable; no row goes to an app but through
//! [`CategoryScope::units`](model::CategoryScope::units) of a live grant; doors (`web`, `cli`) hold no
//! rule of their own.
//!
//! Start reading at [`Platform`], then [`runs`].

mod acting;
mod ahead;
mod apps;
mod artifacts;
mod caller;
mod consents;
mod documents;
pub mod doors;
mod error;
#[cfg(feature = "testing")]
mod given;
mod imports;
mod kind;
mod origins;
mod persons;
mod private;
mod probation;
mod reading;
mod refusals;
mod rows;
pub mod runs;
mod turns;
mod underway;

pub use acting::Acting;
pub use apps::{AppRecord, Check, CheckProblem, Publisher, check};
pub use consents::{Ask, GrantView};
pub use documents::Document;
pub use error::{GrantError, PlatformError, ReplayError, TokenError};
pub use imports::{CategoryReport, FileReport, ImportReport, Source, UndoReport, Whose, rejects_csv};
pub use kind::ErrorKind;
pub use mesinfos_consent as consent;
pub use mesinfos_intake as intake;
pub use mesinfos_model as model;
pub use mesinfos_runtime as runtime;
pub use mesinfos_store::{PersonId, StoreError};
pub use mesinfos_vault::{CategorySummary, ErasureReceipt, ImportRecord, Pieces, Spool, Spooled, VaultError};
pub use origins::Row;
pub use persons::{Logged, RunState};
pub use runs::{RunInput, RunOutput};

use cap_std::fs::Dir;
use mesinfos_consent::{Act, Audit, AuditEvent, Entry, Grants, Receipts};
use mesinfos_runtime::{InProcess, Limits, Runtime, Sandbox};
use mesinfos_store::sled_store::SledStore;
use mesinfos_store::{Batch, Sealer, Store};
use mesinfos_vault::kms::LocalKms;
use mesinfos_vault::{PersonVault, Vault};
use reading::Reading;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use turns::Turns;
use underway::Underway;

/// The result of this room.
pub type Result<T> = std::result::Result<T, PlatformError>;

/// How often an act is prepared again when what it is about was changed by somebody else first. An entry
/// that somebody else logged first is no such change, and is no reason to give up.
const TRIES: usize = 20;

/// The platform on one data folder.
pub struct Platform {
    store: Arc<SledStore>,
    vault: Vault,
    runtime: Runtime,
    apps: Dir,
    doors: doors::Doors,
    underway: Arc<Underway>,
    refusals: refusals::Refusals,
    reading: Reading,
    runs: Arc<Turns>,
    compilations: Arc<Turns>,
}

/// Where apps are compiled and run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Isolation {
    /// In this process: WebAssembly is the only wall.
    InProcess,
    /// Each job in a process of its own that can only compute. Linux only.
    Process {
        /// What is started as the fork server, with the argument "runner".
        program: PathBuf,
    },
}

/// One person's vault and the rooms' records of her.
struct Person {
    vault: PersonVault,
    sealer: Arc<dyn Sealer>,
}

impl Platform {
    /// Opens a data folder, and makes it if it is not there: `store/` (index and chunks), `keys/`
    /// (an operator may mount another volume there), `apps/`, and `doors/` (see [`doors`]). Only their owner
    /// may enter them.
    ///
    /// # Errors
    /// [`PlatformError`] if another process uses it, it cannot be read, others may enter it, or this machine
    /// cannot isolate apps in this way.
    pub fn open(path: &Path, isolation: &Isolation) -> Result<Platform> {
        private::open(path)?;
        let part = |name: &str| private::open(&path.join(name));
        // All of them before anything is read or written.
        let (store, keys, apps) = (part("store")?, part("keys")?, part("apps")?);
        let store = Arc::new(SledStore::open(&store, &path.join("store"))?);
        let artifacts = artifacts::Folder::open(apps.try_clone()?, &keys)?;
        let kms = Arc::new(LocalKms::open(keys).map_err(mesinfos_vault::VaultError::from)?);
        let vault = Vault::open(Arc::clone(&store) as Arc<dyn Store>, kms)?;
        let (sandbox, reading) = isolated(isolation)?;
        let runtime = Runtime::new(sandbox, Box::new(artifacts));
        Ok(Platform {
            store,
            vault,
            runtime,
            apps,
            doors: doors::Doors::open(path)?,
            underway: Arc::default(),
            refusals: refusals::Refusals::default(),
            reading,
            runs: Turns::new(turns::RUNS),
            compilations: Turns::new(turns::COMPILATIONS),
        })
    }

    /// The engine in which apps run, as receipts name it.
    pub fn engine(&self) -> String {
        self.runtime.identity()
    }

    /// Walls around apps that this machine may not have, by name, and whether it has them.
    pub fn walls(&self) -> Vec<(&'static str, bool)> {
        self.runtime.walls()
    }

    fn store(&self) -> &dyn Store {
        self.store.as_ref()
    }

    fn person(&self, name: &str) -> Result<Person> {
        let vault = self.vault.person(name)?;
        Ok(Person { sealer: vault.sealer(), vault })
    }

    fn grants<'a>(&'a self, person: &'a Person) -> Grants<'a> {
        Grants::new(self.store(), person.sealer.as_ref(), person.vault.id())
    }

    fn audit<'a>(&'a self, person: &'a Person) -> Audit<'a> {
        Audit::new(self.store(), person.sealer.as_ref(), person.vault.id())
    }

    fn receipts<'a>(&'a self, person: &'a Person) -> Receipts<'a> {
        Receipts::new(self.store(), person.sealer.as_ref(), person.vault.id())
    }

    /// Prepares an act, adds its entries to the person's audit chain, with one for each event of a grant,
    /// and commits all at once. If what it is about was changed meanwhile, it is prepared again.
    fn act<T>(
        &self,
        person: &Person,
        by: Act,
        now: i64,
        mut prepare: impl FnMut(&mut Batch) -> Result<(T, Vec<AuditEvent>)>,
    ) -> Result<T> {
        let mut tries = 0;
        loop {
            let mut batch = Batch::default();
            tries += 1;
            let prepared = prepare(&mut batch).and_then(|(done, events)| {
                Ok((done, [self.grants(person).entries(&batch)?, events].concat()))
            });
            let (done, events) = match prepared {
                // Somebody else was at it while it was looked at.
                Err(error) if error.is_conflict() && tries < TRIES => continue,
                prepared => prepared?,
            };
            match self.log(person, by, now, &events, batch)? {
                Some(_) => return Ok(done),
                None if tries < TRIES => {}
                None => return Err(StoreError::Conflict.into()),
            }
        }
    }

    /// Commits a batch with entries of the person's audit chain, which it returns; none if the batch
    /// cannot happen because what it expects is not so, or the person is gone. That others log something
    /// at the same time never keeps an entry out.
    fn log(
        &self,
        person: &Person,
        by: Act,
        now: i64,
        events: &[AuditEvent],
        mut batch: Batch,
    ) -> Result<Option<Vec<Entry>>> {
        person.vault.guard(&mut batch);
        let audit = self.audit(person).by(by);
        loop {
            let mut whole = batch.clone();
            let entries = audit.append(events, now, &mut whole)?;
            match self.store.commit(&whole) {
                Ok(()) => return Ok(Some(entries)),
                Err(StoreError::Conflict) if self.holds(&batch)? => {}
                Err(StoreError::Conflict) => return Ok(None),
                Err(error) => return Err(error.into()),
            }
            // Somebody else's entry came first; or the log is not as its head says, and no entry fits.
            audit.check_end()?;
        }
    }

    /// Whether all is as a batch expects.
    fn holds(&self, batch: &Batch) -> Result<bool> {
        for (key, expected) in &batch.preconditions {
            if self.store.get(key)? != *expected {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a person is still there.
    fn is_there(&self, person: &Person) -> Result<bool> {
        let mut batch = Batch::default();
        person.vault.guard(&mut batch);
        self.holds(&batch)
    }
}

/// What the program of [`Isolation::Process`] does when it is started with "runner".
///
/// # Errors
/// If this machine cannot isolate processes.
pub fn serve_runners() -> Result<()> {
    #[cfg(target_os = "linux")]
    return Ok(mesinfos_runner::fork_server::serve()?);
    #[cfg(not(target_os = "linux"))]
    Err(PlatformError::NoRunners)
}

/// Where apps run, and where files are read.
fn isolated(isolation: &Isolation) -> Result<(Box<dyn Sandbox>, Reading)> {
    let limits = Limits::default();
    match isolation {
        Isolation::InProcess => {
            let sandbox = InProcess::new(limits).map_err(PlatformError::Run)?;
            Ok((Box::new(sandbox), Reading::Here))
        }
        #[cfg(target_os = "linux")]
        Isolation::Process { program } => {
            let runners = mesinfos_runner::Runners::new(program.clone(), limits)?;
            Ok((Box::new(runners.clone()), Reading::Apart(runners)))
        }
        #[cfg(not(target_os = "linux"))]
        Isolation::Process { .. } => Err(PlatformError::NoRunners),
    }
}

/// UTC seconds now: the platform's only look at a clock.
fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}
