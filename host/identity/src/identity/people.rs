//! The link between an account and the person whose vault it opens, and the removal of accounts.
//!
//! An account opens one vault, and a vault is opened by one account. Vault and account begin in one commit and end in
//! one commit: [`Identity::linking`] and [`Identity::removal`] return changes of the house partition, which the
//! caller adds to the commit that creates or erases the person.

use super::{ACCOUNT, Identity, retried};
use crate::account::{Account, AccountRecord, Role};
use crate::error::{IdentityError, Result};
use crate::ids::AccountId;
use crate::keys;
use mesinfos_store::{Commit, PersonId};

const PERSON: &str = "the account of a person";

impl Identity<'_> {
    /// An account.
    ///
    /// # Errors
    /// [`IdentityError::NoSuchAccount`].
    pub fn account(&self, id: AccountId) -> Result<Account> {
        Ok(self.account_record(id)?.record.account(id))
    }

    /// The account that opens the vault of a person.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn of_person(&self, person: PersonId) -> Result<Option<AccountId>> {
        let found = self.read::<[u8; 16]>(PERSON, &keys::person(person))?;
        Ok(found.map(|found| AccountId::from_bytes(found.record)))
    }

    /// All people whose vault an account opens. Unbounded.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn people(&self) -> Result<Vec<PersonId>> {
        let found = self.records.all(keys::PERSONS)?.into_iter();
        let id = |key: &[u8]| key.strip_prefix(keys::PERSONS).and_then(|id| id.try_into().ok()).map(PersonId);
        Ok(found.filter_map(|(key, _)| id(&key)).collect())
    }

    /// Links an account to the person whose vault it opens. An account is linked once, and a person to one account.
    ///
    /// # Errors
    /// [`IdentityError::NoSuchAccount`], [`IdentityError::NoVault`], [`IdentityError::Linked`].
    pub fn link(&self, id: AccountId, person: PersonId) -> Result<Account> {
        retried(|| {
            let account = self.account(id)?;
            if account.person == Some(person) {
                return Ok(account);
            }
            self.commit(&self.linking(id, None, person)?)?;
            Ok(Account { person: Some(person), ..account })
        })
    }

    /// The changes that link an account to a person. `before` is the person it is linked to now, who is known to be
    /// gone. The commit fails if the account changes meanwhile.
    ///
    /// # Errors
    /// [`IdentityError::NoSuchAccount`]; [`IdentityError::NoVault`] unless it is an account of a tester;
    /// [`IdentityError::Linked`] if it is linked to somebody else than `before`, or another account to the person.
    pub fn linking(&self, id: AccountId, before: Option<PersonId>, person: PersonId) -> Result<Commit> {
        let account = self.account_record(id)?;
        if !account.record.roles.contains(&Role::Tester) {
            return Err(IdentityError::NoVault);
        }
        let is_taken = self.records.get(&keys::person(person))?.is_some();
        if is_taken || account.record.person.map(PersonId) != before {
            return Err(IdentityError::Linked);
        }
        let linked = AccountRecord { person: Some(person.0), ..account.record };
        let mut commit = self.records.empty_commit();
        self.write(ACCOUNT, keys::account(id), Some(account.sealed), &linked, &mut commit)?;
        self.write(PERSON, keys::person(person), None, id.as_bytes(), &mut commit)?;
        commit.deletes.extend(before.map(keys::person));
        Ok(commit)
    }

    /// The changes that remove the account of a person, if there is one. The commit fails if one is linked to the
    /// person meanwhile.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn removal_of(&self, person: PersonId) -> Result<Commit> {
        let key = keys::person(person);
        let link = self.records.get(&key)?;
        // A link that was tampered with must not prevent an erasure.
        let account = link.as_ref().and_then(|link| self.records.open::<[u8; 16]>(PERSON, &key, link).ok());
        let removal = account.map(|id| self.removal(AccountId::from_bytes(id))).transpose()?.flatten();
        let mut commit = removal.unwrap_or_else(|| self.records.empty_commit().ending());
        commit.expect(key.clone(), link);
        commit.delete(key);
        Ok(commit)
    }

    /// Removes an account with its name, sessions, codes and passkeys. One that does not exist is ignored.
    ///
    /// # Errors
    /// [`IdentityError::HasVault`] if it opens a vault, which nobody could open any more.
    pub fn remove(&self, id: AccountId) -> Result<()> {
        retried(|| match self.read::<AccountRecord>(ACCOUNT, &keys::account(id))? {
            Some(account) if account.record.person.is_some() => Err(IdentityError::HasVault),
            Some(_) => self.removal(id)?.map_or(Ok(()), |commit| self.commit(&commit)),
            None => Ok(()),
        })
    }

    /// The changes that remove an account with its name, sessions, codes and passkeys; `None` if it does not exist. The commit
    /// fails if the account changes meanwhile.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn removal(&self, id: AccountId) -> Result<Option<Commit>> {
        let key = keys::account(id);
        let Some(sealed) = self.records.get(&key)? else { return Ok(None) };
        let account = self.records.open::<AccountRecord>(ACCOUNT, &key, &sealed);
        let mut commit = self.records.empty_commit().ending();
        commit.expect(key.clone(), Some(sealed));
        commit.delete(key);
        commit.delete(keys::failed(self.secrets, &id.to_string()));
        self.delete_sessions(id, &mut commit)?;
        self.delete_passkeys(id, &mut commit)?;
        // An account that was tampered with goes too, but nobody knows its name.
        let Ok(account) = account else { return Ok(Some(commit)) };
        commit.deletes.extend(account.person.map(|person| keys::person(PersonId(person))));
        match &account.sample {
            Some(sample) => commit.delete(keys::sample(sample.slot)),
            None => {
                let by_name = keys::name(self.secrets, &account.folded);
                commit.expect(by_name.clone(), self.records.get(&by_name)?);
                commit.delete(by_name);
                commit.delete(keys::failed(self.secrets, &account.folded));
            }
        }
        Ok(Some(commit))
    }
}
