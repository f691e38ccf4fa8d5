//! Apps: checking, installing and finding them.

use crate::{Isolation, Person, Platform, PlatformError, Result, TRIES, private};
use mesinfos_model::view::{Lang, Param};
use mesinfos_model::{Category, Digest};
use mesinfos_runtime::{App, Inspection, Manifest, Nowhere, Pace, Problem, Runtime, inspect};
use mesinfos_store::{ChunkId, Commit, Partition, Store, StoreError};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::sync::Arc;

/// What `check` says of a component.
#[derive(Debug, Clone)]
pub struct Check {
    /// Whether it is taken.
    pub ok: bool,
    /// Ids of the categories that it imports.
    pub categories: Vec<&'static str>,
    /// What it may do, in one of the four words of the platform, computed from the imports.
    pub badge: &'static str,
    /// Why it is refused.
    pub problems: Vec<CheckProblem>,
    /// Names of the fields that it imports, for each category.
    pub fields: std::collections::BTreeMap<Category, Vec<&'static str>>,
    /// Size in bytes.
    pub size: usize,
    /// SHA-256 of the component.
    pub component: Digest,
}

/// One reason for a refusal.
#[derive(Debug, Clone)]
pub struct CheckProblem {
    /// A code that does not change with the wording.
    pub code: &'static str,
    /// In words.
    pub message: String,
}

/// Looks at a component without installing it.
pub fn check(bytes: &[u8]) -> (Check, Inspection) {
    let inspection = inspect(bytes);
    let check = Check {
        ok: inspection.ok(),
        categories: inspection.asks.keys().map(|c| c.id()).collect(),
        // Reading is all that this version of the contract offers.
        badge: "read",
        problems: inspection
            .problems
            .iter()
            .map(|p| CheckProblem { code: p.code(), message: p.to_string() })
            .collect(),
        fields: inspection.asks.iter().map(|(c, fields)| (*c, fields.names(*c))).collect(),
        size: inspection.size,
        component: inspection.component,
    };
    (check, inspection)
}

/// The settings that a component declares, which is compiled and called for it, behind these walls. It has no data
/// then.
///
/// # Errors
/// [`PlatformError::Refused`], [`PlatformError::Run`] if it fails to say, and what isolation says.
pub fn declared(bytes: &[u8], isolation: &Isolation, lang: Lang) -> Result<Arc<Vec<Param>>> {
    let inspection = Arc::new(inspect(bytes));
    if !inspection.ok() {
        return Err(PlatformError::Refused(inspection.problems.clone()));
    }
    let runtime = Runtime::new(crate::isolated(isolation)?.0, Box::new(Nowhere));
    let app = runtime.compile(&inspection, bytes).map_err(PlatformError::Run)?;
    runtime.parameters(&app, lang, Pace::Usual).map_err(PlatformError::Run)
}

/// An installed app: its newest version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppRecord {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the component.
    pub component: Digest,
    /// Who publishes it, as its manifest says. Nobody signs yet: this is what the first component of this id
    /// said, and what every later one has to say too. Empty in records of before, which any may follow.
    #[serde(default)]
    pub publisher: String,
    /// When it was installed, in UTC seconds.
    pub installed_at: i64,
}

impl AppRecord {
    /// As grants and the log name it.
    pub(crate) fn named(&self) -> mesinfos_consent::App {
        let AppRecord { id, version, component, .. } = self.clone();
        mesinfos_consent::App { id, version, component }
    }
}

/// Whose component may take the place of an installed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publisher {
    /// The same publisher's.
    Same,
    /// Anybody's, because a person says so.
    Any,
}

const HOUSE: Partition = Partition::House;

pub(crate) fn key(id: &str) -> Vec<u8> {
    [b"app/", id.as_bytes()].concat()
}

impl Platform {
    /// Installs a component, or a new version of it. Nobody's grant changes by it: a grant is for
    /// exactly one component.
    ///
    /// # Errors
    /// [`PlatformError::Refused`] with every reason; [`PlatformError::SameVersion`];
    /// [`PlatformError::OtherPublisher`] if the id belongs to somebody else.
    pub fn install(&self, bytes: &[u8]) -> Result<(AppRecord, Inspection)> {
        self.install_of(bytes, Publisher::Same)
    }

    /// [`Platform::install`], with what a person says of the publisher.
    ///
    /// # Errors
    /// As [`Platform::install`].
    pub fn install_of(&self, bytes: &[u8], publisher: Publisher) -> Result<(AppRecord, Inspection)> {
        let mut tries = TRIES;
        loop {
            match self.try_install(bytes, publisher) {
                // Somebody installed at the same time: what is there now decides.
                Err(PlatformError::Store(StoreError::Conflict)) if tries > 0 => tries -= 1,
                done => return done,
            }
        }
    }

    fn try_install(&self, bytes: &[u8], publisher: Publisher) -> Result<(AppRecord, Inspection)> {
        let inspection = inspect(bytes);
        let Some(manifest) = inspection.manifest.as_ref().filter(|_| inspection.ok()) else {
            return Err(PlatformError::Refused(inspection.problems));
        };
        let (id, version) = (manifest.app.id.clone(), manifest.app.version.clone());
        let old = self.store().get(HOUSE, &key(&id))?;
        let installed = old.as_deref().map(record).transpose()?;
        if let Some(installed) = installed {
            if installed.component == inspection.component {
                self.ready(inspection.clone(), bytes)?;
                // It may be installed again because it is gone.
                self.keep_component(inspection.component, bytes)?;
                return Ok((installed, inspection));
            }
            if installed.version == version {
                return Err(PlatformError::SameVersion { app: id, version });
            }
            if publisher == Publisher::Same
                && !installed.publisher.is_empty()
                && installed.publisher != manifest.app.publisher
            {
                let (installed, new) = (installed.publisher, manifest.app.publisher.clone());
                return Err(PlatformError::OtherPublisher { app: id, installed, new });
            }
        }
        let publisher = manifest.app.publisher.clone();
        self.ready(inspection.clone(), bytes)?;
        self.keep_component(inspection.component, bytes)?;
        let component = inspection.component;
        let record = AppRecord { id, version, component, publisher, installed_at: self.clock.now() };
        let json = serde_json::to_vec(&record).map_err(std::io::Error::from)?;
        let mut commit = Commit::new(HOUSE);
        commit.expect(key(&record.id), old);
        commit.put(key(&record.id), json);
        commit.name(chunk(component));
        self.store().commit(&commit)?;
        // What is not installed any more does not read on.
        let now = self.app(&record.id).map_or(component, |record| record.component);
        self.underway.stop(|run| run.app == record.id && run.component != now);
        Ok((record, inspection))
    }

    /// Removes an installed app: it runs for nobody any more. What people gave it stays recorded, and counts again if
    /// the very same component is installed again.
    ///
    /// # Errors
    /// [`PlatformError::NoSuchApp`].
    pub fn uninstall(&self, id: &str) -> Result<AppRecord> {
        for _ in 0..TRIES {
            let removed = self.app(id)?;
            let mut commit = Commit::new(HOUSE);
            commit.expect(key(id), self.store().get(HOUSE, &key(id))?);
            commit.delete(key(id));
            match self.store().commit(&commit) {
                Ok(()) => {
                    self.underway.stop(|run| run.app == removed.id);
                    return Ok(removed);
                }
                Err(StoreError::Conflict) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(StoreError::Conflict.into())
    }

    /// Components are chunks of the house, found by their digest. The folder has copies of those that were used
    /// here.
    fn keep_component(&self, component: Digest, bytes: &[u8]) -> Result<()> {
        self.store().put_chunks(HOUSE, &[(chunk(component), bytes.to_vec())])?;
        Ok(())
    }

    /// Every installed app, by id.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn apps(&self) -> Result<Vec<AppRecord>> {
        let rows = self.store().scan(HOUSE, b"app/", None, usize::MAX)?;
        rows.iter().map(|(_, value)| record(value)).collect()
    }

    /// The installed version of an app.
    ///
    /// # Errors
    /// [`PlatformError::NoSuchApp`] with those that are installed.
    pub fn app(&self, id: &str) -> Result<AppRecord> {
        self.app_in(self.store(), id)
    }

    /// The same, from a store in which its record was read already.
    pub(crate) fn app_in(&self, store: &dyn Store, id: &str) -> Result<AppRecord> {
        match store.get(HOUSE, &key(id))? {
            Some(value) => record(&value),
            None => Err(PlatformError::NoSuchApp {
                app: id.to_owned(),
                installed: self.apps()?.into_iter().map(|app| app.id).collect(),
            }),
        }
    }

    /// Whether this is the installed version of an app, as a person's view of the store has it.
    pub(crate) fn is_installed(&self, person: &Person, app: &AppRecord) -> Result<bool> {
        let stored = person.store().get(HOUSE, &key(&app.id))?;
        Ok(stored.as_deref().map(record).transpose()?.as_ref() == Some(app))
    }

    /// The compiled app of a component that was installed, from memory or from its files.
    pub(crate) fn load(&self, component: Digest) -> Result<App> {
        if let Some(app) = self.runtime.recent(component) {
            return Ok(app);
        }
        let (inspection, bytes) = self.component(component)?;
        self.ready(inspection, &bytes)
    }

    /// A component that was installed, from its copy in the folder or from the store. Nothing is compiled.
    fn component(&self, component: Digest) -> Result<(Inspection, Vec<u8>)> {
        let file = format!("{component}.wasm");
        let sound = |bytes: &[u8]| {
            let inspection = inspect(bytes);
            // The file is outside the seal: what runs must be what was granted.
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
        // A copy that cannot be kept is got from the store again.
        let _ = private::write(&self.apps, &file, &[&bytes]);
        Ok((inspection, bytes))
    }

    /// Puts components into the store that an earlier version kept in the folder alone; how many are in neither.
    pub(crate) fn keep_components(&self) -> Result<u64> {
        let there: HashSet<ChunkId> =
            self.store().chunks_of(HOUSE)?.into_iter().map(|(chunk, _)| chunk).collect();
        let mut missing = 0;
        for app in self.apps()?.into_iter().filter(|app| !there.contains(&chunk(app.component))) {
            match self.component(app.component) {
                Ok((_, bytes)) => self.keep_component(app.component, &bytes)?,
                Err(_) => missing += 1,
            }
        }
        Ok(missing)
    }

    /// The app, compiled when its turn comes if that is not kept.
    fn ready(&self, inspection: Inspection, bytes: &[u8]) -> Result<App> {
        let inspection = Arc::new(inspection);
        if let Some(app) = self.runtime.kept(&inspection) {
            return Ok(app);
        }
        let _turn = self.compilations.enter("", "")?;
        // Whoever was before may have compiled the same.
        if let Some(app) = self.runtime.kept(&inspection) {
            return Ok(app);
        }
        self.runtime.compile(&inspection, bytes).map_err(PlatformError::Run)
    }

    /// The manifest of an installed app, and what it asks for.
    ///
    /// # Errors
    /// As [`Platform::app`].
    pub fn describe(&self, id: &str) -> Result<(AppRecord, Manifest, Inspection)> {
        let record = self.app(id)?;
        let inspection = match self.runtime.recent(record.component) {
            Some(app) => app.inspection().clone(),
            None => self.component(record.component)?.0,
        };
        let manifest = inspection
            .manifest
            .clone()
            .ok_or_else(|| StoreError::Damaged(format!("{id} has no manifest")))?;
        Ok((record, manifest, inspection))
    }
}

/// The chunk of a component.
fn chunk(component: Digest) -> ChunkId {
    let mut id = [0; 16];
    id.copy_from_slice(&component.0[..16]);
    ChunkId(id)
}

fn record(value: &[u8]) -> Result<AppRecord> {
    serde_json::from_slice(value).map_err(|e| StoreError::Damaged(format!("an app's record: {e}")).into())
}
