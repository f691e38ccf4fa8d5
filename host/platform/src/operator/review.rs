//! Reviewing, publishing and stopping versions of apps.

use crate::developer::{self, record, retried};
use crate::{Caller, InstalledApp, Person, Platform, PlatformError, Result, Stopped};
use mesinfos_consent::{Act, AppChange, AuditEvent, Grant, GrantState};
use mesinfos_model::Digest;
use mesinfos_registry::log::note::Verifier;
use mesinfos_registry::log::tile::Tile;
use mesinfos_registry::{Change, Owner, RegistryError, Role, State, Version};
use mesinfos_store::{Commit, Partition, PersonId, StoreError};
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};

const HOUSE: Partition = Partition::House;

/// Keys of what people still have to be told: this, and the component.
const TELLING: &[u8] = b"telling/";

/// How long the act itself tells people. Upkeep tells the rest.
const TELLING_TIME: Duration = Duration::from_secs(5);

/// People looked up at once.
const PAGE: usize = 64;

/// What the people who have an app are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Telling {
    app: String,
    version: String,
    component: Digest,
    change: AppChange,
    reason: String,
    by: Act,
    /// The last person who was looked up.
    after: Option<[u8; 16]>,
}

/// What a change means for the people who have the app.
fn told(change: Change) -> Option<AppChange> {
    match change {
        Change::Suspended => Some(AppChange::Suspended),
        Change::Resumed => Some(AppChange::Resumed),
        Change::Yanked => Some(AppChange::Yanked),
        _ => None,
    }
}

impl Platform {
    /// Versions that wait for a review, the oldest first.
    ///
    /// # Errors
    /// [`RegistryError::NoSuchVersion`] for another role than an operator.
    pub fn waiting_versions(&self, caller: &Caller) -> Result<Vec<Version>> {
        if caller.actor != mesinfos_consent::Actor::Operator {
            return Err(RegistryError::NoSuchVersion.into());
        }
        Ok(self.registry().waiting()?)
    }

    /// Changes the state of a version: an operator publishes, gives back, suspends and resumes; its author takes back and
    /// withdraws. A published version becomes the installed one of its app. When this returns, a version that was
    /// suspended or withdrawn gets no further row and starts for nobody, and those who have it find the reason in their
    /// journal: at once, or at the next upkeep where there are very many.
    ///
    /// # Errors
    /// [`PlatformError::Registry`].
    pub fn change_version(
        &self,
        caller: &Caller,
        who: &Owner,
        component: Digest,
        change: Change,
        reason: &str,
    ) -> Result<Version> {
        let by = Platform::by(caller, who)?;
        let at = self.clock.now();
        if by.role == Role::Developer {
            self.takes_submissions(caller.at)?;
        }
        let (version, installed) = retried(|| {
            let mut commit = Commit::new(HOUSE);
            commit.is_ending = matches!(change, Change::Suspended | Change::Yanked);
            let version = self.registry().change(component, change, &by, reason, at, &mut commit)?;
            let release = &version.release;
            let old = self.store().get(HOUSE, &developer::key(&release.app))?;
            let installed = old.as_deref().map(record).transpose()?;
            let mut now = None;
            if change == Change::Published {
                now = Some(self.installs(release, old, at, &mut commit)?);
            } else if let Some(app) = installed.filter(|app| app.component == component) {
                let is_final = version.state == State::Yanked;
                let stopped = Stopped { at, is_final, reason: version.reason.clone() };
                let stopped = version.state.is_blocked().then_some(stopped);
                let app = InstalledApp { stopped, ..app };
                developer::put(&app, old, &mut commit)?;
                now = Some(app);
            }
            if let Some(change) = told(change) {
                let telling = Telling {
                    app: release.app.clone(),
                    version: release.version.clone(),
                    component,
                    change,
                    reason: version.reason.clone(),
                    by: caller.act(),
                    after: None,
                };
                commit.put(telling_key(component), json(&telling)?);
            }
            self.store().commit(&commit)?;
            Ok((version, now))
        })?;
        if version.state.is_blocked() {
            self.underway.stop(|run| run.component == component);
        }
        if let Some(installed) = installed.filter(|_| change == Change::Published) {
            self.only_installed(&installed);
        }
        if told(change).is_some() {
            // Upkeep goes on where this stops, whatever stopped it.
            let _ = self.tell_people(Instant::now() + TELLING_TIME);
        }
        Ok(version)
    }

    /// Tells people what happened to apps that they have, until a time. Returns whether everybody was told.
    pub(crate) fn tell_people(&self, until: Instant) -> Result<bool> {
        for (key, value) in self.store().scan(HOUSE, TELLING, None, usize::MAX)? {
            let mut telling: Telling =
                serde_json::from_slice(&value).map_err(|error| StoreError::Damaged(error.to_string()))?;
            let mut stored = value;
            loop {
                let people = self.store().persons(telling.after.map(PersonId), PAGE)?;
                let Some(last) = people.last() else { break };
                for person in &people {
                    // A vault that does not open keeps nobody else from being told.
                    let _ = self.tell(*person, &telling);
                }
                telling.after = Some(last.0);
                let mut commit = Commit::new(HOUSE).ending();
                commit.expect(key.clone(), Some(stored));
                stored = json(&telling)?;
                commit.put(key.clone(), stored.clone());
                match self.store().commit(&commit) {
                    // Another act on this version replaced what there is to tell, or another host tells it.
                    Err(StoreError::Conflict) => return Ok(false),
                    done => done?,
                }
                if Instant::now() >= until {
                    return Ok(false);
                }
            }
            let mut commit = Commit::new(HOUSE).ending();
            commit.expect(key.clone(), Some(stored));
            commit.delete(key);
            match self.store().commit(&commit) {
                Err(StoreError::Conflict) => return Ok(false),
                done => done?,
            }
        }
        Ok(true)
    }

    /// Writes into the journal of a person who has the component.
    fn tell(&self, person: PersonId, telling: &Telling) -> Result<()> {
        let Some(vault) = self.vault.person_by_id(person)? else { return Ok(()) };
        let (person, at) = (Person::new(vault), self.clock.now());
        let has_it = |grant: &Grant| {
            let is_open =
                matches!(grant.state_at(at), GrantState::Given | GrantState::Renewed | GrantState::Paused);
            is_open && grant.app().component == telling.component
        };
        if !self.grants(&person).last_for(&telling.app)?.is_some_and(|grant| has_it(&grant)) {
            return Ok(());
        }
        let event = AuditEvent::AppChanged {
            app: telling.app.as_str().into(),
            version: telling.version.as_str().into(),
            component: telling.component,
            change: telling.change,
            reason: telling.reason.as_str().into(),
        };
        self.act(&person, telling.by, at, |_| Ok(((), vec![event.clone()])))
    }

    /// The signed head of the log of apps.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn log_checkpoint(&self) -> Result<String> {
        Ok(self.registry().log().checkpoint()?)
    }

    /// A tile or an entry bundle of the log; `None` if the log does not have it.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn log_tile(&self, tile: Tile) -> Result<Option<Vec<u8>>> {
        Ok(self.registry().log().tile(tile)?)
    }

    /// Name and public key of the log.
    pub fn log_verifier(&self) -> &Verifier {
        self.log_key.verifier()
    }
}

fn telling_key(component: Digest) -> Vec<u8> {
    [TELLING, &component.0].concat()
}

fn json<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    Ok(serde_json::to_vec(value).map_err(std::io::Error::from)?)
}

/// The error of a version that is not there, for doors.
impl PlatformError {
    /// As if a version did not exist.
    pub fn no_such_version() -> PlatformError {
        RegistryError::NoSuchVersion.into()
    }
}
