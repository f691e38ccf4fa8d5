//! Pausing everything: no app can read anything until the person resumes.

use crate::{Caller, Person, Platform, Result};
use mesinfos_consent::{Act, Change, ConsentError, Grant, GrantState};
use mesinfos_records::{Current, Records, json};
use mesinfos_store::PersonId;
use serde::{Deserialize, Serialize};

/// Name of the record, for errors.
const WHAT: &str = "pause";

/// A pause of everything, as stored. Without the record, grants that are paused were paused one by one.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Pause {
    /// Start in UTC seconds.
    since: i64,
}

fn key(person: PersonId) -> Vec<u8> {
    [b"pause/", &person.0[..]].concat()
}

/// Whether a pause of everything that began at `since` paused the grant.
fn is_of(pause: Pause, grant: &Grant) -> bool {
    let last = grant.events.iter().rev().find(|event| matches!(event.change, Change::Paused));
    last.is_some_and(|event| event.at >= pause.since)
}

impl Platform {
    /// Pauses every grant that lets an app run, and stops the person's runs. Everything stays paused until
    /// [`Platform::resume_all`]. Returns the number of these grants.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn pause_all(&self, caller: &Caller) -> Result<u64> {
        self.write_of(caller, |person| {
            let paused = self.pause_everything_of(person, caller.act())?;
            self.underway.stop(|run| run.person == person.vault.id());
            Ok(paused)
        })
    }

    /// Pauses every grant of a person that lets an app run. Returns the number of these grants.
    pub(crate) fn pause_everything_of(&self, person: &Person, by: Act) -> Result<u64> {
        let at = self.clock.now();
        if self.stored_pause(person)?.is_none() {
            let mut commit = person.vault.empty_commit();
            person.vault.guard(&mut commit);
            let plain = json(WHAT, &Pause { since: at }).map_err(ConsentError::from)?;
            let (records, key) = (self.pauses(person), key(person.vault.id()));
            // Another pause at the same time may write it first.
            let there = Current::Stored(records.get(&key).map_err(ConsentError::from)?);
            records.replace(WHAT, key, there, &plain, &mut commit).map_err(ConsentError::from)?;
            self.store().commit(&commit)?;
        }
        let mut paused = 0;
        for grant in self.grants(person).list()?.iter().filter(|grant| grant.state_at(at).runs()) {
            self.act(person, by, at, |commit| {
                let change = self.grants(person).change(grant.id(), Change::Paused, by, at, commit)?;
                Ok((change, Vec::new()))
            })?;
            paused += 1;
        }
        Ok(paused)
    }

    /// Ends the pause of everything: resumes every grant that it paused, and leaves those paused one by one. Without
    /// such a pause, resumes every paused grant. Returns the number of resumed grants.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn resume_all(&self, caller: &Caller) -> Result<u64> {
        self.write_of(caller, |person| {
            let (at, by) = (self.clock.now(), caller.act());
            let pause = self.stored_pause(person)?;
            let mut resumed = 0;
            let waits = |grant: &&Grant| {
                grant.state_at(at) == GrantState::Paused && pause.is_none_or(|pause| is_of(pause, grant))
            };
            for grant in self.grants(person).list()?.iter().filter(waits) {
                self.act(person, by, at, |commit| {
                    let change = self.grants(person).change(grant.id(), Change::Resumed, by, at, commit)?;
                    Ok((change, Vec::new()))
                })?;
                resumed += 1;
            }
            if pause.is_some() {
                let mut commit = person.vault.empty_commit();
                commit.delete(key(person.vault.id()));
                self.store().commit(&commit)?;
            }
            Ok(resumed)
        })
    }

    /// Start of the pause of everything, in UTC seconds; `None` if the person did not pause everything.
    ///
    /// # Errors
    /// If there is no such person, or the record cannot be read.
    pub fn paused_since(&self, caller: &Caller) -> Result<Option<i64>> {
        self.read_of(caller, |person| Ok(self.stored_pause(person)?.map(|pause| pause.since)))
    }

    fn pauses<'a>(&self, person: &'a Person) -> Records<'a> {
        Records::new(person.store(), person.sealer.as_ref(), person.vault.id())
    }

    fn stored_pause(&self, person: &Person) -> Result<Option<Pause>> {
        let (records, key) = (self.pauses(person), key(person.vault.id()));
        let Some(sealed) = records.get(&key).map_err(ConsentError::from)? else { return Ok(None) };
        Ok(Some(records.open(WHAT, &key, &sealed).map_err(ConsentError::from)?))
    }
}
