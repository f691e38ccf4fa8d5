//! Use cases: import, install, grant, run, replay, withdraw, erase.
//!
//! `intake`, `vault`, `consent`, `identity` and `runtime` do not depend on each other; this crate connects them. Rows
//! read by `intake` are stored in the vault. Grants decide which of those rows an app sees. Every act appends
//! its entry to the person's audit chain in the same commit as the act itself.
//!
//! Invariants: nothing is acknowledged before it is durable; every row an app sees passed through
//! [`CategoryScope::units`](model::CategoryScope::units) of a grant in force; the doors (`web`, `cli`)
//! contain no rules of their own.
//!
//! Start reading at [`Platform`] and [`Caller`], then `tester/runs.rs`. Folders group use cases by actor:
//! `tester`, `developer`, `operator`. `account` connects accounts and vaults, and `run` holds the machinery of runs.

mod account;
mod caller;
mod clock;
mod developer;
mod error;
mod event;
mod kind;
mod operator;
mod private;
mod redacted;
mod run;
mod telemetry;
mod tester;

pub use caller::{Caller, RequestId};
pub use clock::{Clock, OnDay, SystemClock};
pub use developer::{
    Check, CheckProblem, Fairness, Group, InstalledApp, MOST_SUBSETS, Matrix, Playground, Profit, Publisher,
    Samples, Stopped, check, declared, release_of,
};
pub use error::{
    GrantError, MatrixFailure, Outside, PlatformError, RecognitionError, ReplayError, TokenError,
};
pub use event::{Content, Entry, Joining, Packed};
pub use kind::ErrorKind;
pub use mesinfos_consent as consent;
pub use mesinfos_event as hackathon;
pub use mesinfos_identity as identity;
pub use mesinfos_intake as intake;
pub use mesinfos_model as model;
pub use mesinfos_registry as registry;
pub use mesinfos_runtime as runtime;
pub use mesinfos_store::{PersonId, StoreError};
pub use mesinfos_vault::{AlikeRow, AlikeRows, Decision};
pub use mesinfos_vault::{
    CategorySummary, ErasureReceipt, ImportRecord, MonthSummary, Pieces, Spool, Spooled, TextSource,
    VaultError,
};
pub use mesinfos_vault::{
    MOST_WITHHELD, RuleId, RuleRows, WITHHELD_WORDS, Withheld, WithheldAs, WithheldRule, each_words,
};
pub use operator::{
    Advice, Backup, Finding, Found, Health, Readiness, Restored, Upkeep, credentials, examine, is_unused,
};
pub use redacted::{REDACTED, Redacted};
pub use run::cited::Evidence;
pub use telemetry::{Figures, milliseconds};
pub use tester::letters;
pub use tester::{
    AlikeGroup, AlikePair, AlikePairs, Archive, CategoryChoice, CategoryReport, Corrected, CountedTwice,
    DECIDED_AT_ONCE, DayCounts, DayRows, DeletedRow, Document, EarlierVersion, EvidenceRows, FileReport,
    GrantSummary, Holdings, ImportInput, ImportReport, KEPT_RESULTS, KeptMapping, KeptResult, LONGEST_NOTE,
    LONGEST_TYPED, Logged, MOST_MAPPINGS, MOST_REFILED, MOST_REJECTS, MOST_SKIPPED, MOST_SUMMED, Measured,
    Mended, MonthSums, OwnPapers, Paper, PaperDetail, PaperFilter, PaperText, Papers, PapersRead, PastImport,
    Preview, PreviewRow, Quantities, Readable, Refiled, RejectPlace, RejectedFile, RejectedRow, Replaced,
    Row, RowExport, RowFilter, RowOrigin, RowPage, RowReader, RowReaders, RowRun, RowValue, Rows, RowsAsked,
    RunInput, RunOutput, RunState, Shown, SumOf, TRIAL_RUNS, TablePieces, TargetVault, TrialChoices,
    TrialRun, UndoPreview, UndoReport, Update, WithheldCame, Withhold, all_but, fields_read, filed_by, gist,
    instant_of, is_changeable, local_time,
};

use cap_std::fs::Dir;
use mesinfos_consent::{Act, Actor, Audit, AuditEntry, AuditEvent, Channel, Grants, Receipts};
use mesinfos_model::view::Lang;
use mesinfos_registry::Registry;
use mesinfos_registry::log::note::LogKey;
use mesinfos_runtime::{InProcess, Limits, Runtime, Sandbox};
use mesinfos_store::sled_store::SledStore;
use mesinfos_store::{Commit, Range, Sealer, Snapshot, Store};
use mesinfos_vault::kms::LocalKms;
use mesinfos_vault::{PersonVault, Vault};
use run::file_reader::FileReader;
use run::running::Underway;
use run::scheduler::{self, Scheduler};
use run::{artifacts, refusals};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// Result of this crate.
pub type Result<T> = std::result::Result<T, PlatformError>;

/// Maximum number of attempts to prepare an act while concurrent writers change the data it depends on. A
/// concurrent append to the audit chain alone does not count as an attempt.
const TRIES: usize = 20;

/// File in `keys/` of the key that signs the log of apps.
const LOG_KEY: &str = "log.key";

/// The platform on one data folder.
pub struct Platform {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    vault: Vault,
    secrets: account::HouseSecrets,
    runtime: Runtime,
    apps: Dir,
    doors: credentials::Credentials,
    log_key: LogKey,
    underway: Arc<Underway>,
    refusals: refusals::Refusals,
    reading: FileReader,
    runs: Arc<Scheduler>,
    compilations: Arc<Scheduler>,
    figures: Arc<Figures>,
    /// Random id of this host, under which it takes leases.
    host: [u8; 16],
    /// Whether it is the platform of an event, which has no people.
    is_event: bool,
}

/// Where apps are compiled and run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Isolation {
    /// In the process of the platform. The WebAssembly sandbox is the only barrier.
    InProcess,
    /// Each job in its own confined process, which can only compute. Linux only.
    Process {
        /// Program started as the fork server, with the argument "runner".
        program: PathBuf,
    },
}

/// Folders inside a data folder that a platform needs with any kind of store.
struct Folders {
    keys: Dir,
    apps: Dir,
}

impl Folders {
    fn open(path: &Path) -> Result<Folders> {
        private::open(path)?;
        let part = |name: &str| private::open(&path.join(name));
        Ok(Folders { keys: part("keys")?, apps: part("apps")? })
    }
}

/// A person's vault and the sealer for other records about them, read through the vault's store.
#[derive(Clone)]
struct Person {
    vault: PersonVault,
    sealer: Arc<dyn Sealer>,
}

impl Person {
    fn new(vault: PersonVault) -> Person {
        Person { sealer: vault.sealer(), vault }
    }

    /// The same person, read through `store`.
    fn over(&self, store: Arc<dyn Store>) -> Person {
        Person { vault: self.vault.over(store), sealer: Arc::clone(&self.sealer) }
    }

    fn store(&self) -> &dyn Store {
        &**self.vault.store()
    }
}

impl Platform {
    /// Opens a data folder, creating it if missing: `store/` (index and chunks), `keys/` (an operator may
    /// mount another volume there), `apps/` and `doors/` (see [`credentials`]). Only the owner may enter these
    /// folders.
    ///
    /// # Errors
    /// [`PlatformError`] if another process uses the folder, it cannot be read, users other than the owner
    /// may enter it, its store is gone, it is that of an event ([`Platform::open_event`]), or this machine does not
    /// support `isolation`.
    pub fn open(path: &Path, isolation: &Isolation) -> Result<Platform> {
        Platform::open_as(path, isolation, event::Kind::Real)
    }

    fn open_as(path: &Path, isolation: &Isolation, kind: event::Kind) -> Result<Platform> {
        // Check every folder before reading or writing anything.
        event::check_marker(path, kind)?;
        let folders = Folders::open(path)?;
        operator::backup::may_begin(path)?;
        let store = SledStore::open(&private::open(&path.join("store"))?, &path.join("store"))?;
        if store.repaired() {
            telemetry::repaired();
        }
        Platform::with(Arc::new(store), path, folders, isolation, kind)
    }

    /// Opens a platform with records and chunks in `store`. The data folder provides `keys/`, `apps/` and
    /// `doors/`.
    ///
    /// # Errors
    /// As [`Platform::open`]; [`PlatformError::NoKeys`] if the store has records and the data folder no keys.
    pub fn on(store: Arc<dyn Store>, path: &Path, isolation: &Isolation) -> Result<Platform> {
        event::check_marker(path, event::Kind::Real)?;
        operator::backup::has_keys_for(&*store, path)?;
        Platform::with(store, path, Folders::open(path)?, isolation, event::Kind::Real)
    }

    fn with(
        store: Arc<dyn Store>,
        path: &Path,
        Folders { keys, apps }: Folders,
        isolation: &Isolation,
        kind: event::Kind,
    ) -> Result<Platform> {
        let since = Instant::now();
        event::check_store(&*store, path, kind)?;
        let figures = Arc::<Figures>::default();
        let artifacts = artifacts::Folder::open(apps.try_clone()?, &keys, Arc::clone(&figures))?;
        let log_key = LogKey::new(*private::key(&keys, LOG_KEY)?);
        let kms = Arc::new(LocalKms::open(keys).map_err(mesinfos_vault::VaultError::from)?);
        let vault = Vault::open(Arc::clone(&store), kms)?;
        let mut host = [0; 16];
        getrandom::fill(&mut host).map_err(std::io::Error::from)?;
        let (sandbox, reading) = isolated(isolation)?;
        let runtime = Runtime::new(sandbox, Box::new(artifacts));
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let platform = Platform {
            store,
            secrets: account::HouseSecrets::of(&vault),
            vault,
            runtime,
            apps,
            doors: credentials::Credentials::open(path)?,
            log_key,
            underway: Arc::new(Underway::new(Arc::clone(&clock))),
            clock,
            refusals: refusals::Refusals::default(),
            reading,
            runs: Scheduler::new(scheduler::RUNS),
            compilations: Scheduler::new(scheduler::COMPILATIONS),
            figures,
            host,
            is_event: kind != event::Kind::Real,
        };
        telemetry::opened(since);
        Ok(platform)
    }

    /// Identity of the engine that runs apps, as written in receipts.
    pub fn engine(&self) -> &str {
        self.runtime.identity()
    }

    /// Barriers around apps that depend on the machine, by name, with whether this machine has them.
    pub fn walls(&self) -> Vec<(&'static str, bool)> {
        self.runtime.walls()
    }

    /// Metrics since the platform was opened, with the current number of slots in use.
    pub fn figures(&self) -> &Figures {
        self.figures.slots("runs", self.runs.taken_and_waiting());
        self.figures.slots("compilations", self.compilations.taken_and_waiting());
        &self.figures
    }

    /// Replaces the clock.
    #[must_use]
    pub fn with_clock(self, clock: impl Clock + 'static) -> Platform {
        let clock: Arc<dyn Clock> = Arc::new(clock);
        Platform { underway: Arc::new(Underway::new(Arc::clone(&clock))), clock, ..self }
    }

    /// The platform's clock.
    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// A caller at the current time, through `channel`.
    pub fn caller(&self, actor: Actor, channel: Channel, lang: Lang) -> Caller {
        Caller::new(self.clock(), actor, channel, lang)
    }

    fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// Apps, their versions and the log of them.
    fn registry(&self) -> Registry<'_> {
        Registry::new(self.store(), &self.log_key)
    }

    /// The person the caller's request is about.
    fn person_of(&self, caller: &Caller) -> Result<Person> {
        let person = self.person(caller.person()?.as_str())?;
        self.check_whose(caller, &person)?;
        Ok(person)
    }

    /// Refuses another person of the same name than the one whose vault the caller's account opens.
    fn check_whose(&self, caller: &Caller, person: &Person) -> Result<()> {
        if caller.may_act_on(person.vault.id()) {
            return Ok(());
        }
        Err(self.vault.no_such_person(person.vault.name())?.into())
    }

    /// Runs a read about the caller's person. Retries a read that fails while their data changes, and reports
    /// an error only if the chain's head did not change between two attempts.
    fn read_of<T>(&self, caller: &Caller, read: impl FnMut(&Person) -> Result<T>) -> Result<T> {
        let person = self.person_of(caller)?;
        self.settled(&person, read).map_err(|error| self.or_gone(&person, error))
    }

    /// Runs a write about the caller's person, with [`Platform::act`].
    fn write_of<T>(&self, caller: &Caller, write: impl FnOnce(&Person) -> Result<T>) -> Result<T> {
        let person = self.person_of(caller)?;
        write(&person).map_err(|error| self.or_gone(&person, error))
    }

    /// Retries `look`, which writes nothing, while it fails and the audit chain grows between attempts.
    fn settled<T>(&self, person: &Person, mut look: impl FnMut(&Person) -> Result<T>) -> Result<T> {
        let mut before = None;
        loop {
            let error = match look(person) {
                Ok(seen) => return Ok(seen),
                Err(error) => error,
            };
            match self.audit(&self.afresh(person)).head(&person.vault.empty_commit()) {
                Ok(head) if before != Some(head) => before = Some(head),
                _ => return Err(error),
            }
        }
    }

    /// Replaces an error with "no such person" if the person was erased meanwhile.
    fn or_gone(&self, person: &Person, error: PlatformError) -> PlatformError {
        match error {
            // Keep the outcome of a run.
            PlatformError::Run(_) | PlatformError::Ended { .. } => error,
            _ if !matches!(self.is_there(person), Ok(false)) => error,
            _ => match self.vault.no_such_person(person.vault.name()) {
                Ok(gone) => gone.into(),
                Err(_) => error,
            },
        }
    }

    fn person(&self, name: &str) -> Result<Person> {
        Ok(Person::new(self.vault.person(name)?))
    }

    /// The person with this name; `None` if there is none.
    fn find(&self, name: &str) -> Result<Option<Person>> {
        Ok(self.vault.find(name)?.map(Person::new))
    }

    /// The person's current data, with `ranges` read in one snapshot.
    fn now(&self, person: &Person, ranges: Vec<Range>) -> Result<Person> {
        let view = Snapshot::read(Arc::clone(&self.store), ranges)?;
        Ok(person.over(Arc::new(view)))
    }

    /// The person, read record by record from the store instead of a snapshot.
    fn afresh(&self, person: &Person) -> Person {
        person.over(Arc::clone(&self.store))
    }

    fn grants<'a>(&self, person: &'a Person) -> Grants<'a> {
        Grants::new(person.store(), person.sealer.as_ref(), person.vault.id())
    }

    fn audit<'a>(&self, person: &'a Person) -> Audit<'a> {
        Audit::new(person.store(), person.sealer.as_ref(), person.vault.id())
    }

    fn receipts<'a>(&self, person: &'a Person) -> Receipts<'a> {
        Receipts::new(person.store(), person.sealer.as_ref(), person.vault.id())
    }

    /// Prepares an act and commits it with its audit entries, including one entry for each grant event.
    /// Prepares it again on a conflict.
    fn act<T>(
        &self,
        person: &Person,
        by: Act,
        now: i64,
        mut prepare: impl FnMut(&mut Commit) -> Result<(T, Vec<AuditEvent>)>,
    ) -> Result<T> {
        let mut tries = 0;
        loop {
            tries += 1;
            let prepared = self.settled(person, |person| {
                let mut commit = person.vault.empty_commit();
                let (done, events) = prepare(&mut commit)?;
                let events = [self.grants(person).entries(&commit)?, events].concat();
                Ok((done, events, commit))
            });
            let (done, events, commit) = match prepared {
                // Conflict while preparing: retry.
                Err(error) if error.is_conflict() && tries < TRIES => continue,
                prepared => prepared?,
            };
            match self.log(person, by, now, &events, commit)? {
                Some(_) => return Ok(done),
                None if tries < TRIES => {}
                None => return Err(StoreError::Conflict.into()),
            }
        }
    }

    /// Commits `commit` together with `events` appended to the person's audit chain, and returns the entries.
    /// Returns `None` if a precondition of the batch does not hold or the person was erased. A concurrent
    /// append to the chain causes a retry, never a lost entry.
    fn log(
        &self,
        person: &Person,
        by: Act,
        now: i64,
        events: &[AuditEvent],
        mut commit: Commit,
    ) -> Result<Option<Vec<AuditEntry>>> {
        person.vault.guard(&mut commit);
        let mut person = person.clone();
        loop {
            let mut whole = commit.clone();
            whole.is_ending = !events.is_empty() && events.iter().all(AuditEvent::is_ending);
            let entries = self.audit(&person).by(by).append(events, now, &mut whole)?;
            match self.store.commit(&whole) {
                Ok(()) => return Ok(Some(entries)),
                Err(StoreError::Conflict) if self.holds(&commit)? => {}
                Err(StoreError::Conflict) => return Ok(None),
                Err(error) => return Err(error.into()),
            }
            // Either a concurrent writer appended first, or the chain does not match its head, in which case
            // no append can succeed.
            person = self.afresh(&person);
            self.audit(&person).check_end()?;
        }
    }

    /// Whether all preconditions of a commit hold.
    fn holds(&self, commit: &Commit) -> Result<bool> {
        let key = |(key, _): &(Vec<u8>, _)| Range::key(commit.partition, key.clone());
        let found = self.store.read(&commit.preconditions.iter().map(key).collect::<Vec<_>>())?;
        let values = found.into_iter().map(|mut records| records.pop().map(|(_, value)| value));
        Ok(values.eq(commit.preconditions.iter().map(|(_, expected)| expected.clone())))
    }

    /// Whether the person still exists.
    fn is_there(&self, person: &Person) -> Result<bool> {
        let mut commit = person.vault.empty_commit();
        person.vault.guard(&mut commit);
        self.holds(&commit)
    }
}

/// Entry point of the program in [`Isolation::Process`] when its argument is "runner".
///
/// # Errors
/// If this machine cannot isolate processes.
pub fn serve_runners() -> Result<()> {
    #[cfg(target_os = "linux")]
    return Ok(mesinfos_runner::fork_server::serve()?);
    #[cfg(not(target_os = "linux"))]
    Err(PlatformError::NoRunners)
}

/// Entry point of the program that becomes another one, confined: `command` is that program and its arguments.
/// Returns only if this fails.
///
/// # Errors
/// If this machine cannot isolate processes, or there is no such program.
pub fn become_recogniser(command: &[std::ffi::OsString]) -> Result<()> {
    #[cfg(target_os = "linux")]
    return Ok(mesinfos_runner::recognition::launch(command)?);
    #[cfg(not(target_os = "linux"))]
    {
        let _ = command;
        Err(PlatformError::NoRunners)
    }
}

/// The sandbox that runs apps, and the reader of imported files.
fn isolated(isolation: &Isolation) -> Result<(Box<dyn Sandbox>, FileReader)> {
    let limits = Limits::default();
    match isolation {
        Isolation::InProcess => {
            let sandbox = InProcess::new(limits).map_err(PlatformError::Run)?;
            Ok((Box::new(sandbox), FileReader::Here))
        }
        #[cfg(target_os = "linux")]
        Isolation::Process { program } => {
            let runners = mesinfos_runner::Runners::new(program.clone(), limits)?;
            Ok((Box::new(runners.clone()), FileReader::Apart(runners)))
        }
        #[cfg(not(target_os = "linux"))]
        Isolation::Process { .. } => Err(PlatformError::NoRunners),
    }
}
