//! Pausing everything: no app can read anything until the person resumes.

use crate::{Caller, Platform, Result};
use mesinfos_consent::{Change, GrantState};

impl Platform {
    /// Pauses every grant that lets an app run, and stops the person's runs. Returns the number of these grants.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn pause_all(&self, caller: &Caller) -> Result<u64> {
        self.write_of(caller, |person| {
            let paused = self.pause_running(person, caller.act())?;
            self.underway.stop(|run| run.person == person.vault.id());
            Ok(paused)
        })
    }

    /// Resumes every paused grant, also one that was paused alone. Returns the number of these grants.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn resume_all(&self, caller: &Caller) -> Result<u64> {
        self.write_of(caller, |person| {
            let (at, by) = (self.clock.now(), caller.act());
            let mut resumed = 0;
            let paused = |grant: &&mesinfos_consent::Grant| grant.state_at(at) == GrantState::Paused;
            for grant in self.grants(person).list()?.iter().filter(paused) {
                self.act(person, by, at, |commit| {
                    let change = self.grants(person).change(grant.id(), Change::Resumed, by, at, commit)?;
                    Ok((change, Vec::new()))
                })?;
                resumed += 1;
            }
            Ok(resumed)
        })
    }
}
