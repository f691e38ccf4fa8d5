//! Checking, installing and finding apps.

use crate::{Isolation, Person, Platform, PlatformError, Result, TRIES, private};
use mesinfos_model::view::{Lang, Param};
use mesinfos_model::{Category, Digest};
use mesinfos_registry::{By, PublicKey, RegistryError, Release, Signature};
use mesinfos_runtime::{Inspection, LoadedApp, Manifest, Nowhere, Pace, Problem, Runtime, inspect};
use mesinfos_store::{ChunkId, Commit, Partition, Store, StoreError, Which};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Result of `check` for a component.
#[derive(Debug, Clone)]
pub struct Check {
    /// Whether the component can be installed.
    pub ok: bool,
    /// Ids of the categories it imports.
    pub categories: Vec<&'static str>,
    /// Mode of the app, one of the platform's four words, derived from its imports.
    pub badge: &'static str,
    /// Reasons for a refusal.
    pub problems: Vec<CheckProblem>,
    /// Names of the fields it imports, by category.
    pub fields: std::collections::BTreeMap<Category, Vec<&'static str>>,
    /// Size in bytes.
    pub size: usize,
    /// SHA-256 of the component.
    pub component: Digest,
}

/// One reason for a refusal.
#[derive(Debug, Clone)]
pub struct CheckProblem {
    /// Stable code, independent of the wording.
    pub code: &'static str,
    /// Message in English.
    pub message: String,
}

/// Inspects a component without installing it.
pub fn check(bytes: &[u8]) -> (Check, Inspection) {
    let inspection = inspect(bytes);
    let check = Check {
        ok: inspection.ok(),
        categories: inspection.request.categories.keys().map(|c| c.id()).collect(),
        // This version of the contract offers reading only.
        badge: "read",
        problems: inspection
            .problems
            .iter()
            .map(|p| CheckProblem { code: p.code(), message: p.to_string() })
            .collect(),
        fields: inspection.request.categories.iter().map(|(c, fields)| (*c, fields.names(*c))).collect(),
        size: inspection.size,
        component: inspection.component,
    };
    (check, inspection)
}

/// Parameters that a component declares. Compiles and calls it with the given isolation and without data.
///
/// # Errors
/// [`PlatformError::Refused`]; [`PlatformError::Run`] if the component fails; other errors if the isolation
/// is not available.
pub fn declared(bytes: &[u8], isolation: &Isolation, lang: Lang) -> Result<Arc<Vec<Param>>> {
    let inspection = Arc::new(inspect(bytes));
    if !inspection.ok() {
        return Err(PlatformError::Refused(inspection.problems.clone()));
    }
    let runtime = Runtime::new(crate::isolated(isolation)?.0, Box::new(Nowhere));
    let app = runtime.compile(&inspection, bytes).map_err(PlatformError::Run)?;
    runtime.parameters(&app, lang, Pace::Usual).map_err(PlatformError::Run)
}

/// The newest installed version of an app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstalledApp {
    /// Id of the app.
    pub id: String,
    /// Version of the app.
    pub version: String,
    /// SHA-256 of the component.
    pub component: Digest,
    /// Publisher named in the manifest. The first component with an id sets it, and later ones must name the
    /// same. Empty in records of earlier versions, which any publisher may replace.
    #[serde(default)]
    pub publisher: String,
    /// Key that signed the component. The id belongs to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<PublicKey>,
    /// Time of installation, in UTC seconds.
    pub installed_at: i64,
    /// That the component was stopped, if it was: it runs for nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Stopped>,
}

/// A component that runs for nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// When it was stopped, in UTC seconds.
    pub at: i64,
    /// Whether it was withdrawn for good.
    pub is_final: bool,
    /// Why.
    pub reason: String,
}

impl InstalledApp {
    /// The app as named in grants and the audit chain.
    pub(crate) fn named(&self) -> mesinfos_consent::AppVersion {
        let InstalledApp { id, version, component, .. } = self.clone();
        mesinfos_consent::AppVersion { id, version, component }
    }

    /// What the registry keeps of it.
    fn release(&self) -> Release {
        let InstalledApp { id, version, component, publisher, key, .. } = self.clone();
        let (succession, size, works_refused) = (None, 0, false);
        Release { app: id, version, component, publisher, key, succession, size, works_refused }
    }

    /// Whether it may run for anybody.
    ///
    /// # Errors
    /// [`PlatformError::Stopped`].
    pub(crate) fn may_run(&self) -> Result<()> {
        let Some(Stopped { is_final, reason, .. }) = self.stopped.clone() else { return Ok(()) };
        Err(PlatformError::Stopped { app: self.id.clone(), version: self.version.clone(), is_final, reason })
    }
}

/// What the registry keeps of a component.
///
/// # Errors
/// [`PlatformError::Refused`] with every reason; [`RegistryError::Forged`].
pub fn release_of(bytes: &[u8], inspection: &Inspection) -> Result<Release> {
    let Some(manifest) = inspection.manifest.as_ref().filter(|_| inspection.ok()) else {
        return Err(PlatformError::Refused(inspection.problems.clone()));
    };
    let signature =
        mesinfos_registry::signature(bytes, &manifest.app.id).map_err(|_| RegistryError::Forged)?;
    let (key, succession) =
        signature.map_or((None, None), |Signature { key, succession }| (Some(key), succession));
    Ok(Release {
        app: manifest.app.id.clone(),
        version: manifest.app.version.clone(),
        component: inspection.component,
        publisher: manifest.app.publisher.clone(),
        key,
        succession,
        size: inspection.size as u64,
        works_refused: false,
    })
}

/// Publishers whose components may replace an installed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publisher {
    /// Only the publisher of the installed component.
    Same,
    /// Any publisher: a person confirmed the change.
    Any,
}

/// Whether two components may have one version number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbering {
    /// A version number stands for exactly one component.
    Strict,
    /// The number of a draft means nothing yet.
    Draft,
}

const HOUSE: Partition = Partition::House;

pub(crate) fn key(id: &str) -> Vec<u8> {
    [b"app/", id.as_bytes()].concat()
}

/// Adds the record of an installed app to a commit. `old` is the stored record before.
pub(crate) fn put(record: &InstalledApp, old: Option<Vec<u8>>, commit: &mut Commit) -> Result<()> {
    let json = serde_json::to_vec(record).map_err(std::io::Error::from)?;
    commit.expect(key(&record.id), old);
    commit.put(key(&record.id), json);
    Ok(())
}

/// Retries a change of an installed app that lost a race. Each attempt reads the record again.
pub(crate) fn retried<T>(attempt: impl Fn() -> Result<T>) -> Result<T> {
    let mut tries = TRIES;
    loop {
        match attempt() {
            Err(PlatformError::Store(StoreError::Conflict)) if tries > 0 => tries -= 1,
            done => return done,
        }
    }
}

impl Platform {
    /// Installs a component, new or as a new version. No grant changes: a grant binds to exactly one
    /// component.
    ///
    /// # Errors
    /// [`PlatformError::Refused`] with every reason; [`PlatformError::SameVersion`];
    /// [`PlatformError::OtherPublisher`] if the id belongs to another publisher.
    pub fn install(&self, bytes: &[u8]) -> Result<(InstalledApp, Inspection)> {
        self.install_of(bytes, Publisher::Same)
    }

    /// [`Platform::install`] with an explicit rule for the publisher.
    ///
    /// # Errors
    /// As [`Platform::install`].
    pub fn install_of(&self, bytes: &[u8], publisher: Publisher) -> Result<(InstalledApp, Inspection)> {
        retried(|| self.try_install(bytes, publisher, Numbering::Strict))
    }

    /// [`Platform::install`] for an author's own machine: a draft replaces whatever was installed with its id, also
    /// with the same version number.
    ///
    /// # Errors
    /// [`PlatformError::Refused`] with every reason.
    pub fn install_draft(&self, bytes: &[u8]) -> Result<(InstalledApp, Inspection)> {
        retried(|| self.try_install(bytes, Publisher::Any, Numbering::Draft))
    }

    fn try_install(
        &self,
        bytes: &[u8],
        publisher: Publisher,
        numbering: Numbering,
    ) -> Result<(InstalledApp, Inspection)> {
        let inspection = inspect(bytes);
        let release = release_of(bytes, &inspection)?;
        let (id, version) = (release.app.clone(), release.version.clone());
        let old = self.store().get(HOUSE, &key(&id))?;
        let installed = old.as_deref().map(record).transpose()?;
        if let Some(installed) = installed {
            if installed.component == inspection.component {
                installed.may_run()?;
                self.ready(inspection.clone(), bytes)?;
                // Store the component again: it may be missing.
                self.keep_component(inspection.component, bytes)?;
                return Ok((installed, inspection));
            }
            if numbering == Numbering::Strict && installed.version == version {
                return Err(PlatformError::SameVersion { app: id, version });
            }
            if publisher == Publisher::Same
                && !installed.publisher.is_empty()
                && installed.publisher != release.publisher
            {
                let (installed, new) = (installed.publisher, release.publisher);
                return Err(PlatformError::OtherPublisher { app: id, installed, new });
            }
        }
        let (component, at) = (inspection.component, self.clock.now());
        let mut commit = Commit::new(HOUSE);
        // The draft of an author is theirs alone: it takes no id and no number.
        let register = |commit: &mut Commit| match numbering {
            Numbering::Strict => {
                self.registry().install(release.clone(), &By::operator(), at, commit).map(|_| ())
            }
            Numbering::Draft => Ok(()),
        };
        // Refuse before anything is compiled; the log may grow meanwhile.
        register(&mut Commit::new(HOUSE))?;
        self.ready(inspection.clone(), bytes)?;
        self.keep_component(component, bytes)?;
        register(&mut commit)?;
        let record = self.installs(&release, old, at, &mut commit)?;
        self.store().commit(&commit)?;
        self.only_installed(&record);
        Ok((record, inspection))
    }

    /// Adds to a commit that a component is the installed one of its app. `old` is the stored record before.
    pub(crate) fn installs(
        &self,
        release: &Release,
        old: Option<Vec<u8>>,
        at: i64,
        commit: &mut Commit,
    ) -> Result<InstalledApp> {
        let Release { app, version, component, publisher, key, .. } = release.clone();
        let record =
            InstalledApp { id: app, version, component, publisher, key, installed_at: at, stopped: None };
        put(&record, old, commit)?;
        commit.name(chunk(component));
        Ok(record)
    }

    /// Stops runs of components of an app that are no longer installed.
    pub(crate) fn only_installed(&self, record: &InstalledApp) {
        let now = self.app(&record.id).map_or(record.component, |record| record.component);
        self.underway.stop(|run| run.app == record.id && run.component != now);
    }

    /// Removes an installed app, which then runs for nobody. Grants stay recorded, and apply again if exactly
    /// the same component is installed later.
    ///
    /// # Errors
    /// [`PlatformError::NoSuchApp`].
    pub fn uninstall(&self, id: &str) -> Result<InstalledApp> {
        let removed = retried(|| {
            let found = self.store().get(HOUSE, &key(id))?;
            let Some(removed) = found.as_deref().map(record).transpose()? else {
                return Err(self.no_such_app(id)?);
            };
            let mut commit = Commit::new(HOUSE).ending();
            commit.expect(key(id), found);
            commit.delete(key(id));
            let at = self.clock.now();
            self.registry().uninstalled(&removed.release(), &By::operator(), at, &mut commit)?;
            self.store().commit(&commit)?;
            Ok(removed)
        })?;
        self.underway.stop(|run| run.app == removed.id);
        Ok(removed)
    }

    /// Stores a component as a chunk of the house partition, under its digest. `apps/` caches components used
    /// on this host.
    pub(crate) fn keep_component(&self, component: Digest, bytes: &[u8]) -> Result<()> {
        // A store keeps a chunk as it is, so a changed one has to go first.
        if self.store().get_chunk(HOUSE, chunk(component)).is_ok_and(|stored| stored != bytes) {
            self.store().delete_chunks(HOUSE, Which::Some(&[chunk(component)]))?;
        }
        self.store().put_chunks(HOUSE, &[(chunk(component), bytes.to_vec())])?;
        Ok(())
    }

    /// Removes what is kept of a component: in the store, and its files in `apps/`.
    pub(crate) fn forget_component(&self, component: Digest) -> Result<()> {
        self.store().delete_chunks(HOUSE, Which::Some(&[chunk(component)]))?;
        let id = component.to_string();
        for entry in self.apps.entries()? {
            let name = entry?.file_name();
            if name.to_str().is_some_and(|name| name.starts_with(&id)) {
                self.apps.remove_file(&name)?;
            }
        }
        Ok(())
    }

    /// Whether the store has a component, unchanged.
    fn is_kept(&self, component: Digest) -> bool {
        let stored = self.store().get_chunk(HOUSE, chunk(component));
        stored.is_ok_and(|bytes| inspect(&bytes).component == component)
    }

    /// All installed apps, ordered by id.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn apps(&self) -> Result<Vec<InstalledApp>> {
        let rows = self.store().scan(HOUSE, b"app/", None, usize::MAX)?;
        rows.iter().map(|(_, value)| record(value)).collect()
    }

    /// The record of an installed app.
    ///
    /// # Errors
    /// [`PlatformError::NoSuchApp`] with the ids of installed apps.
    pub fn app(&self, id: &str) -> Result<InstalledApp> {
        self.app_in(self.store(), id)
    }

    /// [`Platform::app`], read from `store`.
    pub(crate) fn app_in(&self, store: &dyn Store, id: &str) -> Result<InstalledApp> {
        match store.get(HOUSE, &key(id))? {
            Some(value) => record(&value),
            None => Err(self.no_such_app(id)?),
        }
    }

    fn no_such_app(&self, id: &str) -> Result<PlatformError> {
        let installed = self.apps()?.into_iter().map(|app| app.id).collect();
        Ok(PlatformError::NoSuchApp { app: id.to_owned(), installed })
    }

    /// Whether `app` is the installed version in the person's view of the store.
    pub(crate) fn is_installed(&self, person: &Person, app: &InstalledApp) -> Result<bool> {
        let stored = person.store().get(HOUSE, &key(&app.id))?;
        Ok(stored.as_deref().map(record).transpose()?.as_ref() == Some(app))
    }

    /// The loaded app of an installed component, from memory or from its files.
    pub(crate) fn load(&self, component: Digest) -> Result<LoadedApp> {
        if let Some(app) = self.runtime.recent(component) {
            return Ok(app);
        }
        let (inspection, bytes) = self.component(component)?;
        self.ready(inspection, &bytes)
    }

    /// The program of an installed app: the component that runs, byte for byte.
    ///
    /// # Errors
    /// [`PlatformError::NoSuchApp`], or if it cannot be read.
    pub fn program(&self, id: &str) -> Result<Vec<u8>> {
        let (app, ..) = self.describe(id)?;
        Ok(self.component(app.component)?.1)
    }

    /// An installed component, from the cache in `apps/` or from the store. Nothing is compiled.
    pub(crate) fn component(&self, component: Digest) -> Result<(Inspection, Vec<u8>)> {
        let file = format!("{component}.wasm");
        let sound = |bytes: &[u8]| {
            let inspection = inspect(bytes);
            // The file is not sealed: the component that runs must be the one granted.
            let is_sound = inspection.problems.iter().all(Problem::is_of_names);
            (inspection.component == component && is_sound).then_some(inspection)
        };
        if let Ok(bytes) = self.apps.read(&file)
            && let Some(inspection) = sound(&bytes)
        {
            return Ok((inspection, bytes));
        }
        let bytes = self.store().get_chunk(HOUSE, chunk(component))?;
        let Some(inspection) = sound(&bytes) else {
            return Err(StoreError::Damaged(format!("the app {component} was changed")).into());
        };
        // If this fails, the component is read from the store next time.
        let _ = private::write(&self.apps, &file, &[&bytes]);
        Ok((inspection, bytes))
    }

    /// Copies into the store the components that it lacks, or has changed, and that are in `apps/`: an earlier
    /// version kept them there only. Returns the number of installed apps whose component is in neither.
    pub(crate) fn keep_components(&self) -> Result<u64> {
        let mut missing = 0;
        for app in self.apps()?.into_iter().filter(|app| !self.is_kept(app.component)) {
            match self.component(app.component) {
                Ok((_, bytes)) => self.keep_component(app.component, &bytes)?,
                Err(_) => missing += 1,
            }
        }
        Ok(missing)
    }

    /// Number of installed apps, and ids of those whose component is missing from the store or changed there. A
    /// copy in `apps/` does not count: it is not in a backup.
    pub(crate) fn apps_missing(&self) -> Result<(usize, Vec<String>)> {
        let apps = self.apps()?;
        let all = apps.len();
        let is_gone = |app: &InstalledApp| !self.is_kept(app.component);
        Ok((all, apps.into_iter().filter(is_gone).map(|app| app.id).collect()))
    }

    /// The loaded app. Compiles it in a compilation slot unless its artifact is kept.
    pub(crate) fn ready(&self, inspection: Inspection, bytes: &[u8]) -> Result<LoadedApp> {
        let inspection = Arc::new(inspection);
        if let Some(app) = self.runtime.kept(&inspection) {
            return Ok(app);
        }
        let _turn = self.compilations.enter("", "")?;
        // The previous holder of the slot may have compiled the same component.
        if let Some(app) = self.runtime.kept(&inspection) {
            return Ok(app);
        }
        self.runtime.compile(&inspection, bytes).map_err(PlatformError::Run)
    }

    /// Record, manifest and inspection of an installed app.
    ///
    /// # Errors
    /// As [`Platform::app`].
    pub fn describe(&self, id: &str) -> Result<(InstalledApp, Manifest, Inspection)> {
        let record = self.app(id)?;
        let read = || Ok::<_, PlatformError>(self.component(record.component)?.0);
        let inspection = Arc::unwrap_or_clone(self.runtime.inspection(record.component, read)?);
        let manifest = inspection
            .manifest
            .clone()
            .ok_or_else(|| StoreError::Damaged(format!("{id} has no manifest")))?;
        Ok((record, manifest, inspection))
    }
}

/// Chunk id of a component.
pub(crate) fn chunk(component: Digest) -> ChunkId {
    let mut id = [0; 16];
    id.copy_from_slice(&component.0[..16]);
    ChunkId(id)
}

pub(crate) fn record(value: &[u8]) -> Result<InstalledApp> {
    serde_json::from_slice(value).map_err(|e| StoreError::Damaged(format!("an app's record: {e}")).into())
}
