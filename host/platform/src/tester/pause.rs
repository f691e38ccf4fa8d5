//! Pausing everything: no app can read anything until the person resumes.

use crate::{Caller, Person, Platform, Result};
use mesinfos_consent::{Act, Actor, Change, ConsentError, Grant, GrantEvent, GrantState};
use mesinfos_records::{Current, Records, json};
use mesinfos_store::PersonId;
use serde::{Deserialize, Serialize};

/// Name of the record, for errors.
const WHAT: &str = "pause";

/// A pause of everything, as stored. Without the record, grants that are paused were paused one by one.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Pause {
    /// Start in UTC seconds.
    since: i64,
    /// When grants were paused for it, in UTC seconds: at its start, and again if there were new ones. Empty in records
    /// of earlier versions, for which every pause since the start counts.
    #[serde(default)]
    at: Vec<i64>,
}

/// Most times of a pause. A grant of a later one is resumed alone.
const MOST_TIMES: usize = 100;

fn key(person: PersonId) -> Vec<u8> {
    [b"pause/", &person.0[..]].concat()
}

/// Whether the grant was paused for a pause of everything. What was paused alone meanwhile was not.
fn is_of(pause: &Pause, grant: &Grant) -> bool {
    last_pause(grant).is_some_and(|event| {
        if pause.at.is_empty() { event.at >= pause.since } else { pause.at.contains(&event.at) }
    })
}

fn last_pause(grant: &Grant) -> Option<&GrantEvent> {
    grant.events.iter().rev().find(|event| matches!(event.change, Change::Paused))
}

/// Whether a restore paused the grant. The person may have withdrawn it since the backup, so each is resumed alone.
pub(crate) fn is_of_a_restore(grant: &Grant) -> bool {
    last_pause(grant).is_some_and(|event| event.act.actor == Actor::Operator)
}

impl Platform {
    /// Pauses every grant that lets an app run, and stops the person's runs. Everything stays paused until
    /// [`Platform::resume_all`]. Returns the number of these grants.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn pause_all(&self, caller: &Caller) -> Result<u64> {
        self.write_of(caller, |person| {
            let at = self.clock.now();
            self.keep_pause(person, at)?;
            let paused = self.pause_grants_of(person, caller.act(), at)?;
            self.underway.stop(|run| run.person == person.vault.id());
            Ok(paused)
        })
    }

    /// Writes that everything is paused, and was once more at `at`.
    fn keep_pause(&self, person: &Person, at: i64) -> Result<()> {
        let mut commit = person.vault.empty_commit();
        person.vault.guard(&mut commit);
        let (records, key) = (self.pauses(person), key(person.vault.id()));
        // Another pause at the same time may write it first.
        let there = records.get(&key).map_err(ConsentError::from)?;
        let stored = there.as_ref().map(|sealed| records.open::<Pause>(WHAT, &key, sealed));
        let mut pause = stored.transpose().map_err(ConsentError::from)?;
        let pause = match &mut pause {
            // A record of an earlier version keeps its rule.
            Some(pause) if pause.at.is_empty() || pause.at.len() >= MOST_TIMES => return Ok(()),
            Some(pause) => {
                pause.at.push(at);
                pause
            }
            None => &Pause { since: at, at: vec![at] },
        };
        let plain = json(WHAT, pause).map_err(ConsentError::from)?;
        records
            .replace(WHAT, key, Current::Stored(there), &plain, &mut commit)
            .map_err(ConsentError::from)?;
        self.store().commit(&commit)?;
        Ok(())
    }

    /// Pauses every grant of a person that lets an app run. Returns the number of these grants.
    pub(crate) fn pause_grants_of(&self, person: &Person, by: Act, at: i64) -> Result<u64> {
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
    /// such a pause, resumes every paused grant but those that a restore paused. Returns the number of resumed grants.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn resume_all(&self, caller: &Caller) -> Result<u64> {
        self.write_of(caller, |person| {
            let (at, by) = (self.clock.now(), caller.act());
            let pause = self.stored_pause(person)?;
            let mut resumed = 0;
            let waits = |grant: &&Grant| {
                grant.state_at(at) == GrantState::Paused
                    && pause.as_ref().map_or_else(|| !is_of_a_restore(grant), |pause| is_of(pause, grant))
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

    /// Whether the person paused everything.
    pub(crate) fn is_all_paused(&self, person: &Person) -> Result<bool> {
        Ok(self.stored_pause(person)?.is_some())
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
