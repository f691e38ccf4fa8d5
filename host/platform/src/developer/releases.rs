//! Drafts of an author, and their submission.
//!
//! A draft runs for nobody but its author: other people cannot name it, and it is not an installed app.

use super::apps::{chunk, key, release_of, retried};
use super::matrix::{self, Matrix};
use crate::{Caller, InstalledApp, Platform, PlatformError, Result};
use mesinfos_consent::Actor;
use mesinfos_model::Digest;
use mesinfos_registry::{App, By, Event, Owner, Proof, RegistryError, Role, Version};
use mesinfos_runtime::{Inspection, inspect};
use mesinfos_store::{Commit, Partition};

impl Platform {
    /// Who a caller is for the registry: an operator, or the developer `who`.
    ///
    /// # Errors
    /// [`RegistryError::NoSuchVersion`] for every other role, as if nothing were there.
    pub(crate) fn by(caller: &Caller, who: &Owner) -> Result<By> {
        let role = match caller.actor {
            Actor::Operator => Role::Operator,
            Actor::Publisher => Role::Developer,
            Actor::Person | Actor::Platform | Actor::Holder => {
                return Err(RegistryError::NoSuchVersion.into());
            }
        };
        Ok(By { role, who: who.clone() })
    }

    fn developer(caller: &Caller, who: &Owner) -> Result<By> {
        let by = Platform::by(caller, who)?;
        if by.role == Role::Developer { Ok(by) } else { Err(RegistryError::NoSuchVersion.into()) }
    }

    /// Keeps a component as a draft of its author, and compiles it.
    ///
    /// # Errors
    /// [`PlatformError::Refused`] with every reason; [`PlatformError::Registry`].
    pub fn upload_draft(&self, caller: &Caller, who: &Owner, bytes: &[u8]) -> Result<(Version, Inspection)> {
        let by = Platform::developer(caller, who)?;
        let inspection = inspect(bytes);
        let release = release_of(bytes, &inspection)?;
        // Refuse before anything is compiled.
        self.registry().upload(release.clone(), &by, caller.at, &mut Commit::new(Partition::House))?;
        self.ready(inspection.clone(), bytes)?;
        self.keep_component(inspection.component, bytes)?;
        let draft = retried(|| {
            let mut commit = Commit::new(Partition::House);
            let draft = self.registry().upload(release.clone(), &by, caller.at, &mut commit)?;
            commit.name(chunk(inspection.component));
            self.store().commit(&commit)?;
            Ok(draft)
        });
        if draft.is_err() {
            // What did not become a draft leaves nothing: the error is that of the draft.
            let _ = self.forget_unwanted(inspection.component);
        }
        Ok((draft?, inspection))
    }

    /// Deletes a draft, and its component if nothing else has it.
    ///
    /// # Errors
    /// [`RegistryError::NoSuchVersion`].
    pub fn delete_draft(&self, caller: &Caller, who: &Owner, component: Digest) -> Result<()> {
        Platform::developer(caller, who)?;
        retried(|| {
            let mut commit = Commit::new(Partition::House).ending();
            self.registry().delete(who, component, &mut commit)?;
            Ok(self.store().commit(&commit)?)
        })?;
        self.forget_unwanted(component)
    }

    /// Removes what is kept of a component that is neither in the registry nor installed.
    fn forget_unwanted(&self, component: Digest) -> Result<()> {
        let is_wanted = || -> Result<bool> {
            Ok(self.registry().has(component)? || self.apps()?.iter().any(|app| app.component == component))
        };
        if is_wanted()? {
            return Ok(());
        }
        let bytes = self.component(component).ok().map(|(_, bytes)| bytes);
        self.forget_component(component)?;
        // Somebody else may have begun to use it between the look and the deletion.
        if let (true, Some(bytes)) = (is_wanted()?, bytes) {
            self.keep_component(component, &bytes)?;
        }
        Ok(())
    }

    /// The drafts and the apps of a developer.
    ///
    /// # Errors
    /// [`RegistryError::NoSuchVersion`] for another role.
    pub fn own_apps(&self, caller: &Caller, who: &Owner) -> Result<(Vec<Version>, Vec<App>)> {
        Platform::developer(caller, who)?;
        Ok((self.registry().drafts(who)?, self.registry().apps_of(who)?))
    }

    /// A version that its author or an operator may see.
    ///
    /// # Errors
    /// [`RegistryError::NoSuchVersion`].
    pub fn version(&self, caller: &Caller, who: &Owner, component: Digest) -> Result<Version> {
        let by = Platform::by(caller, who)?;
        let draft = match by.role {
            Role::Developer => self.registry().draft(who, component)?,
            Role::Operator => None,
        };
        let registered = || self.registry().version(component);
        let found = draft.map_or_else(registered, |draft| Ok(Some(draft)))?;
        let is_theirs = |version: &Version| by.role == Role::Operator || version.owner == *who;
        found.filter(is_theirs).ok_or_else(|| RegistryError::NoSuchVersion.into())
    }

    /// What happened to a version, and what its component says.
    ///
    /// # Errors
    /// As [`Platform::version`].
    pub fn version_history(
        &self,
        caller: &Caller,
        who: &Owner,
        component: Digest,
    ) -> Result<(Version, Vec<Event>, Inspection)> {
        let version = self.version(caller, who, component)?;
        let events = self.registry().events(&version)?;
        Ok((version, events, self.component(component)?.0))
    }

    /// At most `limit` versions of an app, the newest first, for its owner or an operator.
    ///
    /// # Errors
    /// [`RegistryError::NoSuchVersion`] if there is none that they may see.
    pub fn versions(
        &self,
        caller: &Caller,
        who: &Owner,
        app: &str,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<Version>> {
        let by = Platform::by(caller, who)?;
        let mut versions = self.registry().versions(app, before, limit)?;
        versions.retain(|version| by.role == Role::Operator || version.owner == *who);
        if versions.is_empty() { Err(RegistryError::NoSuchVersion.into()) } else { Ok(versions) }
    }

    /// Sends a draft to be reviewed. From now on its id belongs to its owner and its key, and the log says so.
    /// `tried` is what came out when it was tried on sample people.
    ///
    /// # Errors
    /// [`PlatformError::FailsFor`]; [`PlatformError::Registry`], among them [`RegistryError::Unclaimed`] for an id that is
    /// not theirs yet.
    pub fn submit_draft(
        &self,
        caller: &Caller,
        (who, proof): (&Owner, &Proof),
        component: Digest,
        tried: &Matrix,
    ) -> Result<Version> {
        let by = Platform::developer(caller, who)?;
        matrix::check(tried)?;
        retried(|| {
            let (version, commit) =
                self.submission((&by, proof), component, tried.works_refused, caller.at)?;
            self.store().commit(&commit)?;
            Ok(version)
        })
    }

    /// Whether the submission of a draft needs a claim of its id.
    ///
    /// # Errors
    /// [`RegistryError::NoSuchVersion`].
    pub fn needs_claim(&self, caller: &Caller, who: &Owner, component: Digest) -> Result<bool> {
        Platform::developer(caller, who)?;
        Ok(!self.is_event() && self.registry().needs_claim(who, component)?)
    }

    /// The component of a draft that could be submitted now, if it never fails for the sample people.
    ///
    /// # Errors
    /// As [`Platform::submit_draft`].
    pub fn submittable(
        &self,
        caller: &Caller,
        (who, proof): (&Owner, &Proof),
        component: Digest,
    ) -> Result<Vec<u8>> {
        let by = Platform::developer(caller, who)?;
        self.submission((&by, proof), component, false, caller.at)?;
        Ok(self.component(component)?.1)
    }

    /// The version that a draft becomes, and the commit that makes it so.
    fn submission(
        &self,
        (by, proof): (&By, &Proof),
        component: Digest,
        works_refused: bool,
        at: i64,
    ) -> Result<(Version, Commit)> {
        self.takes_submissions(at)?;
        let mut commit = Commit::new(Partition::House);
        // The teams of an event are in one room, and their ids end with it.
        let proof = if self.is_event() { &Proof::Local } else { proof };
        let version = self.registry().submit(component, works_refused, (by, proof), at, &mut commit)?;
        let app = &version.release.app;
        // An id that was installed before there was a registry is the operator's.
        let installed = self.store().get(Partition::House, &key(app))?;
        if installed.is_some() && self.registry().app(app)?.is_none() {
            return Err(RegistryError::OtherOwner { app: app.clone() }.into());
        }
        commit.expect(key(app), installed);
        Ok((version, commit))
    }

    /// Refuses a component that was stopped. Read after a run is registered, so that whoever stops it finds the run.
    pub(crate) fn check_not_stopped(&self, app: &InstalledApp) -> Result<()> {
        app.may_run()?;
        let Some(version) = self.registry().blocked(app.component)? else { return Ok(()) };
        Err(PlatformError::Stopped {
            app: app.id.clone(),
            version: app.version.clone(),
            is_final: version.state == mesinfos_registry::State::Yanked,
            reason: version.reason,
        })
    }
}
