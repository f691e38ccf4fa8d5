//! Leaving: a person and their account end together.

use crate::{Caller, Person, Platform, Result, TRIES};
use mesinfos_consent::Act;
use mesinfos_identity::{Account, IdentityError};
use mesinfos_store::StoreError;
use mesinfos_vault::ErasureReceipt;

impl Platform {
    /// Erases the person of an account, and removes the account with all its sessions.
    ///
    /// The commit that begins the erasure removes the account, so no account is left without its vault, and no vault
    /// without its account. [`Platform::upkeep`] or another call finishes an erasure that was interrupted after it.
    ///
    /// # Errors
    /// As [`Platform::erase`]; [`IdentityError::NoVault`] if `caller` is not that of the account.
    pub fn leave(&self, caller: &Caller, account: &Account) -> Result<ErasureReceipt> {
        let Some(person) = caller.whose else { return Err(IdentityError::NoVault.into()) };
        match self.identity().account(account.id) {
            Ok(account) if account.person == Some(person) => {}
            // A call before this one began the erasure.
            Err(IdentityError::NoSuchAccount) => {}
            Ok(_) => return Err(IdentityError::NoVault.into()),
            Err(error) => return Err(error.into()),
        }
        self.erase(caller)
    }

    /// After a restore: signs everybody out, because sessions that ended after the backup would be valid again, and
    /// removes accounts without a vault, which are of people erased after it, or who lost their data with them.
    pub(crate) fn settle_accounts(&self) -> Result<()> {
        let identity = self.identity();
        identity.end_all_of_everybody()?;
        for person in identity.people()? {
            if self.vault.person_by_id(person)?.is_none() {
                self.store().commit(&identity.removal_of(person)?)?;
            }
        }
        Ok(())
    }

    /// Removes an account, and erases its person if it has one.
    pub(crate) fn end_account(&self, mut account: Account, by: Act) -> Result<()> {
        for _ in 0..TRIES {
            if let Some(person) = account.person
                && let Some(vault) = self.vault.person_by_id(person)?
            {
                return self.erase_person(by, &Person::new(vault)).map(drop);
            }
            let Some(removal) = self.identity().removal(account.id)? else { return Ok(()) };
            match self.store().commit(&removal) {
                // It may have been linked to a person.
                Err(StoreError::Conflict) => match self.identity().account(account.id) {
                    Ok(changed) => account = changed,
                    Err(IdentityError::NoSuchAccount) => return Ok(()),
                    Err(error) => return Err(error.into()),
                },
                committed => return Ok(committed?),
            }
        }
        Err(StoreError::Conflict.into())
    }
}
