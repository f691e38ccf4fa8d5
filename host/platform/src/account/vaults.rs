//! The vault that an account opens.

use crate::{Caller, Person, Platform, PlatformError, Result, TRIES};
use mesinfos_consent::{Act, Actor, AuditEvent, Channel};
use mesinfos_identity::{Account, IdentityError, Role};
use mesinfos_model::PersonName;
use mesinfos_model::view::Lang;
use mesinfos_store::StoreError;
use mesinfos_vault::PersonVault;

/// Characters of the random part of a name: 130 bits.
const LENGTH: usize = 26;
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

impl Platform {
    /// A caller that acts for the person whose vault an account opens. The first call for an account of a tester
    /// creates the vault, under a random name.
    ///
    /// Vault and link are one commit: of two concurrent calls one creates the vault, and after a crash there is either
    /// both or neither. An account whose person is gone, as in a store that was restored by hand, gets a new vault.
    ///
    /// # Errors
    /// [`IdentityError::NoVault`] unless it is an account of a tester; [`IdentityError::NoSuchAccount`].
    pub fn caller_of(&self, account: &Account, channel: Channel, lang: Lang) -> Result<Caller> {
        let caller = self.caller(Actor::Person, channel, lang);
        let vault = self.vault_of(account, caller.act())?;
        let name: PersonName = vault.name().parse()?;
        Ok(caller.about(name).only(vault.id()))
    }

    fn vault_of(&self, account: &Account, by: Act) -> Result<PersonVault> {
        self.takes_data()?;
        if !account.roles.contains(&Role::Tester) {
            return Err(IdentityError::NoVault.into());
        }
        let mut account = account.clone();
        for _ in 0..TRIES {
            if let Some(person) = account.person
                && let Some(vault) = self.vault.person_by_id(person)?
            {
                return Ok(vault);
            }
            match self.begin_vault(&account, by) {
                // Another call was first.
                Err(PlatformError::Identity(IdentityError::Linked)) => {
                    account = self.identity().account(account.id)?;
                }
                outcome => return outcome,
            }
        }
        Err(StoreError::Conflict.into())
    }

    /// Creates a vault and links the account to it.
    fn begin_vault(&self, account: &Account, by: Act) -> Result<PersonVault> {
        let (name, identity) = (random_name()?, self.identity());
        let vault = self.vault.create_person_with(&name, |person| {
            Ok::<_, PlatformError>(identity.linking(account.id, account.person, person)?)
        })?;
        let person = Person::new(vault.clone());
        self.act(&person, by, self.clock.now(), |_| Ok(((), vec![AuditEvent::PersonCreated])))?;
        Ok(vault)
    }
}

/// A name for a vault that says nothing about the account.
fn random_name() -> Result<String> {
    let mut bytes = [0_u8; LENGTH];
    getrandom::fill(&mut bytes).map_err(std::io::Error::from)?;
    // 32 divides 256: every character is equally likely.
    let characters = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    Ok("t-".chars().chain(characters).collect())
}
