//! Use cases of an event: teams that join, hand in and are judged.
//!
//! `event` has the rules, `identity` the accounts, `registry` the versions. Here their changes become one commit.
//!
//! Invariant: an event has its own, marked data folder, in which no person can be created and no file is imported. Sample
//! people live in memory, apart from it, and are made on the spot. So nothing in an event reaches a real row.

mod archive;
mod folder;
#[cfg(test)]
mod tests;

pub use archive::{Content, Packed};
pub(crate) use folder::{Kind, check_marker, check_store};

use crate::{Caller, Isolation, Platform, PlatformError, Result};
use mesinfos_event::{About, Code, Event, EventError, Juror, Marks, NewEvent, Rank, Team};
use mesinfos_identity::{Role, Token};
use mesinfos_model::Digest;
use mesinfos_registry::{Owner, State, Version};
use mesinfos_runtime::Inspection;
use std::collections::BTreeSet;
use std::path::Path;

/// Versions of an app among which the one that was handed in is looked for.
const LOOKED: usize = 20;

/// How somebody joins.
#[derive(Debug, Clone)]
pub enum Joining {
    /// With a new team of this name.
    Creating(String),
    /// In a team that exists: its number, and the code that its members tell.
    In(u16, Code),
}

/// A team with what it handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The team.
    pub team: Team,
    /// The version that counts: the one that it submitted last and did not take back.
    pub version: Option<Version>,
    /// Number of its drafts.
    pub drafts: usize,
}

impl Platform {
    /// Makes the data folder of an event, which must not be in use.
    ///
    /// # Errors
    /// [`PlatformError::NotEmpty`]; [`PlatformError::Event`]; as [`Platform::open`].
    pub fn create_event(path: &Path, isolation: &Isolation, new: &NewEvent) -> Result<About> {
        if !crate::is_unused(path)? {
            return Err(PlatformError::NotEmpty { path: path.to_owned() });
        }
        let now = crate::Clock::now(&crate::SystemClock);
        folder::mark(path)?;
        let platform = Platform::open_as(path, isolation, Kind::NewEvent)?;
        let made = Event::new(platform.store(), &platform.secrets).create(new, now);
        drop(platform);
        if made.is_err() {
            // Nothing is in it yet: the next attempt finds an unused folder.
            folder::unmake(path)?;
        }
        Ok(made?)
    }

    /// Opens the data folder of an event. No other way opens one, and this way opens no other folder.
    ///
    /// # Errors
    /// [`PlatformError::NotAnEvent`]; as [`Platform::open`].
    pub fn open_event(path: &Path, isolation: &Isolation) -> Result<Platform> {
        Platform::open_as(path, isolation, Kind::Event)
    }

    /// Whether this is the platform of an event.
    pub fn is_event(&self) -> bool {
        self.is_event
    }

    /// The event.
    ///
    /// # Errors
    /// [`EventError::NoEvent`] unless the platform is that of one.
    pub fn event(&self) -> Result<Event<'_>> {
        if self.is_event {
            Ok(Event::new(self.store(), &self.secrets))
        } else {
            Err(EventError::NoEvent.into())
        }
    }

    /// Refuses what would bring the data of a person into an event.
    ///
    /// # Errors
    /// [`PlatformError::OnlySamples`].
    pub(crate) fn takes_data(&self) -> Result<()> {
        if self.is_event { Err(PlatformError::OnlySamples) } else { Ok(()) }
    }

    /// Refuses a change of what a team handed in after the deadline. The time is that of the request, so that a version
    /// that is tried in turn is not late because others are tried before.
    pub(crate) fn takes_submissions(&self, at: i64) -> Result<()> {
        if self.is_event {
            self.event()?.about()?.check_submissions(at)?;
        }
        Ok(())
    }

    /// Joins a team, and opens a session of its account.
    ///
    /// # Errors
    /// [`PlatformError::Event`].
    pub fn join_event(
        &self,
        caller: &Caller,
        code: &Code,
        member: &str,
        how: &Joining,
        device: &str,
    ) -> Result<(Team, Token)> {
        let event = self.event()?;
        match how {
            Joining::Creating(team) => {
                event.check_code(code)?;
                let (id, token, commit) =
                    self.identity().guest(BTreeSet::from([Role::Developer]), device, caller.at)?;
                let team = event.create_team(code, (team, member), &id.to_string(), &commit, caller.at)?;
                Ok((team, token))
            }
            Joining::In(number, of_team) => {
                let team = event.joinable(code, *number, of_team)?;
                let account = team.account.parse().map_err(|_| EventError::NoSuchTeam)?;
                let (token, commit) = self.identity().guest_session(account, device, caller.at)?;
                Ok((event.join_team((code, of_team), *number, member, &commit)?, token))
            }
        }
    }

    /// Uses the code of a juror, who is a member of `team`, if any.
    ///
    /// # Errors
    /// [`PlatformError::Event`].
    pub fn begin_juror(
        &self,
        caller: &Caller,
        code: &Code,
        team: Option<u16>,
        device: &str,
    ) -> Result<(Juror, Token)> {
        let event = self.event()?;
        event.unused_juror(code)?;
        let (id, token, commit) = self.identity().guest(BTreeSet::new(), device, caller.at)?;
        Ok((event.begin_juror(code, team, &id.to_string(), &commit)?, token))
    }

    /// All teams, each with what it handed in.
    ///
    /// # Errors
    /// [`PlatformError::Event`], [`PlatformError::Registry`].
    pub fn entries(&self) -> Result<Vec<Entry>> {
        self.event()?.teams()?.into_iter().map(|team| self.entry_of(team)).collect()
    }

    /// A team with what it handed in.
    ///
    /// # Errors
    /// [`EventError::NoSuchTeam`].
    pub fn entry(&self, team: u16) -> Result<Entry> {
        self.entry_of(self.event()?.team(team)?)
    }

    fn entry_of(&self, team: Team) -> Result<Entry> {
        // The id of an account is hexadecimal.
        let owner = Owner::new(&format!("account:{}", team.account)).ok_or(EventError::NoSuchTeam)?;
        let registry = self.registry();
        let mut submitted = Vec::new();
        for app in registry.apps_of(&owner)? {
            submitted.extend(registry.versions(&app.id, None, LOOKED)?);
        }
        let counts = |version: &Version| {
            version.owner == owner && matches!(version.state, State::Submitted | State::Published)
        };
        let version = submitted.into_iter().filter(counts).max_by_key(|version| (version.since, version.seq));
        Ok(Entry { team, version, drafts: registry.drafts(&owner)?.len() })
    }

    /// What a component that was handed in says, and its bytes.
    ///
    /// # Errors
    /// [`EventError::NothingHandedIn`]; as for a missing component.
    pub fn handed_in(&self, entry: &Entry) -> Result<(Inspection, Vec<u8>)> {
        let version = entry.version.as_ref().ok_or(EventError::NothingHandedIn)?;
        self.component(version.release.component)
    }

    /// Gives the ballot of a juror about what a team handed in.
    ///
    /// # Errors
    /// [`PlatformError::Event`].
    pub fn vote(&self, caller: &Caller, juror: u16, team: u16, marks: Marks, comment: &str) -> Result<()> {
        if self.entry(team)?.version.is_none() {
            return Err(EventError::NothingHandedIn.into());
        }
        Ok(self.event()?.vote(juror, team, marks, comment, caller.at)?)
    }

    /// The ranking of the teams that handed something in.
    ///
    /// # Errors
    /// [`EventError::VoteOpen`].
    pub fn event_ranking(&self) -> Result<Vec<Rank>> {
        let entries = self.entries()?;
        let teams: Vec<u16> =
            entries.iter().filter(|entry| entry.version.is_some()).map(|entry| entry.team.number).collect();
        Ok(self.event()?.ranking(&teams)?)
    }

    /// The bytes of a component, for an archive.
    pub(crate) fn packed_component(&self, component: Digest) -> Result<Vec<u8>> {
        Ok(self.component(component)?.1)
    }
}
