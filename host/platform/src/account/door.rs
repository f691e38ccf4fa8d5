//! What happens to how a person signs in, in the log of their data.

use crate::{Person, Platform, Result};
use mesinfos_consent::{AccountAct, Act, Actor, AuditEvent, Channel};
use mesinfos_identity::{AccountId, LoginName};

impl Platform {
    /// Writes to the log of an account's person what happened to how they sign in. Accounts without a vault and sample
    /// lives have no such log.
    ///
    /// It is written after the act, and what cannot be written is left out: on a full disk a person still signs in, to
    /// withdraw and to erase.
    pub fn note_account(&self, account: AccountId, act: AccountAct, device: &str) {
        let _ = self.try_note_account(account, (act, device, 0), Actor::Person);
    }

    /// Writes to the log of the person with this name, if there is one, that sign-ins failed. Called after each failure,
    /// it writes after 1, 2, 4, 8 … in a row, so that a stranger who knows a name cannot fill somebody's log.
    pub fn note_failed_sign_in(&self, name: &LoginName, device: &str) {
        let failed = self.identity().failed_sign_ins(name);
        if let Ok(Some((account, times))) = failed
            && times.is_power_of_two()
        {
            let what = (AccountAct::SignInFailed, device, u64::from(times));
            let _ = self.try_note_account(account, what, Actor::Platform);
        }
    }

    fn try_note_account(
        &self,
        account: AccountId,
        (act, device, times): (AccountAct, &str, u64),
        actor: Actor,
    ) -> Result<()> {
        let account = self.identity().account(account)?;
        let person = account.person.filter(|_| account.sample.is_none());
        let Some(person) = person else { return Ok(()) };
        let Some(vault) = self.vault.person_by_id(person)? else { return Ok(()) };
        let (person, event) = (Person::new(vault), AuditEvent::Account { act, device: device.into(), times });
        let by = Act { actor, channel: Channel::Web };
        self.log(&person, by, self.clock.now(), &[event], person.vault.empty_commit())?;
        Ok(())
    }
}
