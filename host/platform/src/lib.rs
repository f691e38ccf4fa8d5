//! The use cases, which join the rooms: import, install, grant, run, replay, revoke, erase.
//!
//! `intake`, `vault`, `consent` and `runtime` do not know each other; here rows of the first go
//! into the second, grants of the third decide what of them reaches the fourth, and every act
//! leaves its entry in the person's audit chain in the same commit as the act itself.
//!
//! Invariants: nothing is acknowledged before it is durable; no row goes to an app but through
//! [`CategoryScope::cut`](model::CategoryScope::cut) of a live grant; doors (`web`, `cli`) hold no
//! rule of their own.
//!
//! Start reading at [`Platform`], then [`runs`].

mod ahead;
mod apps;
mod artifacts;
mod consents;
mod documents;
mod error;
mod imports;
mod origins;
mod persons;
mod probation;
mod reading;
mod rows;
pub mod runs;
mod turns;

pub use apps::{AppRecord, Check, check};
pub use consents::{Ask, GrantView};
pub use documents::{Document, DocumentId};
pub use error::PlatformError;
pub use imports::{CategoryReport, FileReport, ImportReport, Source, UndoReport, rejects_csv};
pub use mesinfos_consent as consent;
pub use mesinfos_intake as intake;
pub use mesinfos_model as model;
pub use mesinfos_runtime as runtime;
pub use mesinfos_vault::{CategorySummary, ImportRecord, Pieces};
pub use origins::Row;
pub use runs::{RunInput, RunOutput};

use cap_std::fs::Dir;
use mesinfos_consent::{Audit, AuditEvent, Grants, Receipts};
use mesinfos_runtime::{InProcess, Limits, Runtime, Sandbox};
use mesinfos_store::sled_store::SledStore;
use mesinfos_store::{Batch, Sealer, Store, StoreError};
use mesinfos_vault::kms::LocalKms;
use mesinfos_vault::{PersonVault, Vault};
use reading::Reading;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use turns::Turns;

/// The result of this room.
pub type Result<T> = std::result::Result<T, PlatformError>;

/// How often an act is prepared again when somebody else wrote first.
const TRIES: usize = 5;

/// The platform on one data folder.
pub struct Platform {
    store: Arc<SledStore>,
    vault: Vault,
    runtime: Runtime,
    apps: Dir,
    reading: Reading,
    /// Runs under way, by grant: set when the grant ends, and looked at before each page.
    ended: Mutex<HashMap<mesinfos_consent::GrantId, Arc<AtomicBool>>>,
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
    /// (an operator may mount another volume there) and `apps/`.
    ///
    /// # Errors
    /// [`PlatformError`] if another process uses it, it cannot be read, or this machine cannot
    /// isolate apps in this way.
    pub fn open(path: &Path, isolation: &Isolation) -> Result<Platform> {
        let ambient = cap_std::ambient_authority();
        Dir::create_ambient_dir_all(path, ambient)?;
        let data = Dir::open_ambient_dir(path, ambient)?;
        for folder in ["store", "keys", "apps"] {
            data.create_dir_all(folder)?;
        }
        let store = Arc::new(SledStore::open(&data.open_dir("store")?, &path.join("store"))?);
        let keys = data.open_dir("keys")?;
        let artifacts = artifacts::Folder::open(data.open_dir("apps")?, &keys)?;
        let kms = Arc::new(LocalKms::open(keys).map_err(mesinfos_vault::VaultError::from)?);
        let vault = Vault::open(Arc::clone(&store) as Arc<dyn Store>, kms)?;
        let (sandbox, reading) = isolated(isolation)?;
        let runtime = Runtime::new(sandbox, Box::new(artifacts));
        let apps = data.open_dir("apps")?;
        Ok(Platform {
            store,
            vault,
            runtime,
            apps,
            reading,
            ended: Mutex::default(),
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

    /// Prepares an act, adds its entries to the person's audit chain and commits both at once.
    /// If somebody else wrote meanwhile, it is prepared again.
    fn act<T>(
        &self,
        person: &Person,
        now: i64,
        mut prepare: impl FnMut(&mut Batch) -> Result<(T, Vec<AuditEvent>)>,
    ) -> Result<T> {
        let mut tries = 0;
        loop {
            let mut batch = Batch::default();
            let (done, events) = prepare(&mut batch)?;
            self.audit(person).append(&events, now, &mut batch)?;
            person.vault.guard(&mut batch);
            tries += 1;
            match self.store.commit(&batch) {
                Ok(()) => return Ok(done),
                Err(StoreError::Conflict) if tries < TRIES => {}
                Err(error) => return Err(error.into()),
            }
        }
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
