//! The use cases of accounts. Times are UTC seconds.
//!
//! Here: sign-in, presence, passwords and recovery. The modules below have the rest, each for its own subject.

mod guests;
mod invitations;
mod passkeys;
mod people;
mod samples;
mod sessions;
mod sweep;

use crate::account::{Account, AccountRecord};
use crate::attempts::Failures;
use crate::codes::RecoveryCode;
use crate::error::{IdentityError, Result};
use crate::ids::{AccountId, SessionId};
use crate::keys;
use crate::limits;
use crate::login_name::LoginName;
use crate::password::Password;
use crate::secrets::Secrets;
use crate::session::{SessionRecord, Token};
use crate::since;
use mesinfos_records::Records;
use mesinfos_store::{Commit, Partition, Store};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Attempts of a change that loses races against other hosts.
const TRIES: usize = 8;

/// Accounts, sessions and invitations of a store.
#[derive(Clone, Copy)]
pub struct Identity<'a> {
    records: Records<'a>,
    secrets: &'a dyn Secrets,
}

/// Result of a sign-up. The codes are shown once and stored nowhere.
#[derive(Debug)]
pub struct SignedUp {
    /// The new account.
    pub account: Account,
    /// Session of the browser that accepted the invitation.
    pub token: Token,
    /// Codes to print or write down.
    pub recovery: Vec<RecoveryCode>,
}

/// The account behind a valid token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// The account.
    pub account: Account,
    /// Its session.
    pub session: SessionId,
    /// Whether presence was proven within [`limits::FRESH`]. Always so for a sample account, which has nothing to
    /// prove it with and no data of a person.
    pub is_fresh: bool,
}

/// A record with its sealed value, which is the precondition of a change.
struct Found<T> {
    record: T,
    sealed: Vec<u8>,
}

/// The records behind a valid token.
struct Live {
    account: Found<AccountRecord>,
    session: Found<SessionRecord>,
}

const ACCOUNT: &str = "an account";
const NAME: &str = "a sign-in name";
const SESSION: &str = "a session";
const FAILED: &str = "failed sign-ins";

impl<'a> Identity<'a> {
    /// The accounts of a store.
    pub fn new(store: &'a dyn Store, secrets: &'a dyn Secrets) -> Identity<'a> {
        Identity { records: Records::new(store, secrets, Partition::House), secrets }
    }

    /// Signs in with a password.
    ///
    /// # Errors
    /// [`IdentityError::NoSuchSignIn`] after the same work whether the name or the password is wrong;
    /// [`IdentityError::Wait`].
    pub fn sign_in(&self, name: &LoginName, password: &Password, device: &str, now: i64) -> Result<Token> {
        let counter = keys::failed(self.secrets, name.folded());
        let (id, checked) =
            self.checked(name.folded(), &counter, password, &self.records.empty_commit(), now)?;
        retried(|| {
            // The password was right for this epoch. If it was changed since, or everybody signed out, it counts
            // no longer.
            let account = self.read::<AccountRecord>(ACCOUNT, &keys::account(id))?;
            let account = account.filter(|account| account.record.epoch == checked.epoch);
            let account = account.ok_or(IdentityError::NoSuchSignIn)?;
            let mut commit = self.records.empty_commit();
            commit.expect(keys::account(id), Some(account.sealed));
            let token = self.open(id, &account.record, device, now, &mut commit)?;
            self.commit(&commit)?;
            Ok(token)
        })
    }

    /// The account with this name and password. Counts failures under `counter` with a commit that begins as `counting`,
    /// and forgets them after a success.
    fn checked(
        &self,
        folded: &str,
        counter: &[u8],
        password: &Password,
        counting: &Commit,
        now: i64,
    ) -> Result<(AccountId, AccountRecord)> {
        // Count the attempt before the slow check: attempts made at once would otherwise all be free.
        let counted = retried(|| {
            let failed = self.read::<Failures>(FAILED, counter)?;
            let (failures, sealed) = failed.map_or_else(Default::default, |f| (f.record, Some(f.sealed)));
            match failures.wait(now) {
                0 => {}
                wait_seconds => return Err(IdentityError::Wait { wait_seconds }),
            }
            let counted = self.records.seal(FAILED, counter, &failures.and_one(now))?;
            let mut commit = counting.clone();
            commit.expect(counter, sealed);
            commit.put(counter, counted.clone());
            self.commit(&commit)?;
            Ok(counted)
        })?;
        let account = self.named(folded)?;
        let hash = account.as_ref().and_then(|(_, found)| found.record.password.as_deref());
        if !password.is_of(hash)? {
            return Err(IdentityError::NoSuchSignIn);
        }
        let (id, found) = account.ok_or(IdentityError::NoSuchSignIn)?;
        let mut commit = self.records.empty_commit().ending();
        commit.expect(counter, Some(counted));
        commit.delete(counter);
        match self.commit(&commit) {
            // Somebody else failed meanwhile: that stays counted.
            Err(error) if error.is_conflict() => {}
            done => done?,
        }
        Ok((id, found.record))
    }

    /// Replaces the password with the help of a recovery code, which is then used up, and ends all sessions.
    ///
    /// # Errors
    /// [`IdentityError::NoSuchSignIn`], [`IdentityError::Unfit`].
    pub fn recover(
        &self,
        name: &LoginName,
        code: &RecoveryCode,
        new: &Password,
        device: &str,
        now: i64,
    ) -> Result<Token> {
        let with_code = || {
            let (id, Found { mut record, sealed }) =
                self.named(name.folded())?.ok_or(IdentityError::NoSuchSignIn)?;
            let had = record.recovery.remove(&code.digest());
            had.then_some((id, record, sealed)).ok_or(IdentityError::NoSuchSignIn)
        };
        // A stranger without a code does not get the costly checks.
        with_code()?;
        new.check(name)?;
        let hash = new.hash()?;
        retried(|| {
            let (id, mut record, sealed) = with_code()?;
            record.password = Some(hash.clone());
            record.epoch += 1;
            let mut commit = self.records.empty_commit();
            self.write(ACCOUNT, keys::account(id), Some(sealed), &record, &mut commit)?;
            self.delete_sessions(id, &mut commit)?;
            let token = self.open(id, &record, device, now, &mut commit)?;
            commit.delete(keys::failed(self.secrets, name.folded()));
            self.commit(&commit)?;
            Ok(token)
        })
    }

    /// The account with this name and the number of sign-ins with it that failed in a row; `None` if there is no such
    /// account or none failed.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn failed_sign_ins(&self, name: &LoginName) -> Result<Option<(AccountId, u32)>> {
        let failed = self.read::<Failures>(FAILED, &keys::failed(self.secrets, name.folded()))?;
        let count = failed.map_or(0, |failed| failed.record.count);
        Ok(self.named(name.folded())?.filter(|_| count > 0).map(|(id, _)| (id, count)))
    }

    /// The account behind a token; `None` if the session does not exist or has ended. Notes the use at most
    /// every [`limits::NOTED`].
    ///
    /// # Errors
    /// Errors of the store.
    pub fn present(&self, token: &Token, now: i64) -> Result<Option<Present>> {
        let Some(Live { account, session }) = self.live(token, now)? else { return Ok(None) };
        if since(session.record.used_at, now) >= account.record.life().noted().as_secs() {
            let used = SessionRecord { used_at: now, ..session.record.clone() };
            let mut commit = self.records.empty_commit();
            self.write(SESSION, key_of(token), Some(session.sealed), &used, &mut commit)?;
            // Another request noted it, or the session has just ended, or the disk is full: a person must be able
            // to withdraw a grant all the same.
            let _ = self.commit(&commit);
        }
        Ok(Some(Present {
            account: account.record.account(token.account),
            session: session.record.id,
            is_fresh: session.record.is_fresh(now) || account.record.sample.is_some(),
        }))
    }

    /// Proves presence with the password. The session continues under a new token; the old one is worth
    /// nothing.
    ///
    /// # Errors
    /// [`IdentityError::SessionOver`], [`IdentityError::NoSuchSignIn`], [`IdentityError::Wait`],
    /// [`IdentityError::IsSample`].
    pub fn prove(&self, token: &Token, password: &Password, now: i64) -> Result<Token> {
        self.proven(token, password, now)?;
        retried(|| {
            let session = self.live(token, now)?.ok_or(IdentityError::SessionOver)?.session;
            let proven = SessionRecord { used_at: now, proven_at: now, ..session.record };
            let mut commit = self.records.empty_commit().ending();
            let new = self.replace(token, session.sealed, &proven, &mut commit)?;
            self.commit(&commit)?;
            Ok(new)
        })
    }

    /// Checks the password of the account of a token. Failures are counted by account, also on a full disk: an erasure
    /// needs a proof, and whoever has a session leaves one counter.
    fn proven(&self, token: &Token, password: &Password, now: i64) -> Result<()> {
        let account = self.named_live(token, now)?.account.record;
        let counter = keys::failed(self.secrets, &token.account.to_string());
        let (id, _) =
            self.checked(&account.folded, &counter, password, &self.records.empty_commit().ending(), now)?;
        if id == token.account { Ok(()) } else { Err(IdentityError::NoSuchSignIn) }
    }

    /// Replaces the secret of a session.
    fn replace(
        &self,
        token: &Token,
        sealed: Vec<u8>,
        record: &SessionRecord,
        commit: &mut Commit,
    ) -> Result<Token> {
        let new = Token::random(token.account)?;
        commit.expect(key_of(token), Some(sealed));
        commit.delete(key_of(token));
        self.write(SESSION, key_of(&new), None, record, commit)?;
        Ok(new)
    }

    /// Changes the password, and ends all other sessions. Needs the old password.
    ///
    /// # Errors
    /// As [`Identity::prove`], and [`IdentityError::Unfit`].
    pub fn change_password(&self, token: &Token, old: &Password, new: &Password, now: i64) -> Result<Token> {
        let before = self.named_live(token, now)?.account.record;
        let name: LoginName = before.name.parse()?;
        new.check(&name)?;
        // Who has passkeys alone has no password to prove anything with: they proved presence otherwise.
        if before.password.is_some() {
            self.proven(token, old, now)?;
        }
        let hash = new.hash()?;
        retried(|| {
            let Live { account, session } = self.live(token, now)?.ok_or(IdentityError::SessionOver)?;
            if account.record.password.is_none() && !session.record.is_fresh(now) {
                return Err(IdentityError::NotFresh);
            }
            let epoch = account.record.epoch + 1;
            let changed = AccountRecord { password: Some(hash.clone()), epoch, ..account.record };
            let kept = SessionRecord { epoch, used_at: now, proven_at: now, ..session.record };
            let mut commit = self.records.empty_commit();
            self.write(ACCOUNT, keys::account(token.account), Some(account.sealed), &changed, &mut commit)?;
            self.delete_sessions(token.account, &mut commit)?;
            let new = self.replace(token, session.sealed, &kept, &mut commit)?;
            self.commit(&commit)?;
            Ok(new)
        })
    }

    /// Replaces all recovery codes.
    ///
    /// # Errors
    /// [`IdentityError::SessionOver`], [`IdentityError::NotFresh`], [`IdentityError::IsSample`].
    pub fn new_recovery_codes(&self, token: &Token, now: i64) -> Result<Vec<RecoveryCode>> {
        let codes = recovery_codes()?;
        retried(|| {
            // The session is a precondition of the commit: it may be ended at this moment.
            let Live { account, session } = self.named_live(token, now)?;
            if !session.record.is_fresh(now) {
                return Err(IdentityError::NotFresh);
            }
            let recovery = codes.iter().map(RecoveryCode::digest).collect();
            let changed = AccountRecord { recovery, ..account.record };
            let mut commit = self.records.empty_commit();
            commit.expect(key_of(token), Some(session.sealed));
            self.write(ACCOUNT, keys::account(token.account), Some(account.sealed), &changed, &mut commit)?;
            self.commit(&commit)?;
            Ok(codes.clone())
        })
    }

    /// The account of a name.
    fn named(&self, folded: &str) -> Result<Option<(AccountId, Found<AccountRecord>)>> {
        let by_name = keys::name(self.secrets, folded);
        let found = self.read::<[u8; 16]>(NAME, &by_name)?;
        // A name that belongs to nobody costs as many reads of the store.
        let id = AccountId::from_bytes(found.map_or([0; 16], |found| found.record));
        Ok(self.read(ACCOUNT, &keys::account(id))?.map(|found| (id, found)))
    }

    fn account_record(&self, id: AccountId) -> Result<Found<AccountRecord>> {
        self.read(ACCOUNT, &keys::account(id))?.ok_or(IdentityError::NoSuchAccount)
    }

    /// The account and session of a token, unless the session has ended.
    fn live(&self, token: &Token, now: i64) -> Result<Option<Live>> {
        let Some(session) = self.read::<SessionRecord>(SESSION, &key_of(token))? else { return Ok(None) };
        let Some(account) = self.read::<AccountRecord>(ACCOUNT, &keys::account(token.account))? else {
            return Ok(None);
        };
        let life = account.record.life();
        let is_live = session.record.epoch == account.record.epoch && !session.record.is_over(life, now);
        Ok(is_live.then_some(Live { account, session }))
    }

    /// [`Identity::live`] for what a sample account or a guest cannot do.
    fn named_live(&self, token: &Token, now: i64) -> Result<Live> {
        let live = self.live(token, now)?.ok_or(IdentityError::SessionOver)?;
        let account = &live.account.record;
        if account.sample.is_some() || account.is_guest() { Err(IdentityError::IsSample) } else { Ok(live) }
    }

    fn read<T: DeserializeOwned>(&self, what: &'static str, key: &[u8]) -> Result<Option<Found<T>>> {
        let Some(sealed) = self.records.get(key)? else { return Ok(None) };
        Ok(Some(Found { record: self.records.open(what, key, &sealed)?, sealed }))
    }

    /// Adds a record to a commit, with the precondition that the key has the value `found`.
    fn write<T: Serialize>(
        &self,
        what: &'static str,
        key: Vec<u8>,
        found: Option<Vec<u8>>,
        record: &T,
        commit: &mut Commit,
    ) -> Result<()> {
        let sealed = self.records.seal(what, &key, record)?;
        commit.expect(key.clone(), found);
        commit.put(key, sealed);
        Ok(())
    }

    fn commit(&self, commit: &Commit) -> Result<()> {
        Ok(self.records.store.commit(commit)?)
    }
}

fn key_of(token: &Token) -> Vec<u8> {
    keys::session(token.account, token.digest())
}

fn recovery_codes() -> Result<Vec<RecoveryCode>> {
    (0..limits::RECOVERY_CODES).map(|_| RecoveryCode::random()).collect()
}

/// Repeats a change that lost a race: each attempt reads again.
fn retried<T>(attempt: impl Fn() -> Result<T>) -> Result<T> {
    for _ in 1..TRIES {
        match attempt() {
            Err(error) if error.is_conflict() => {}
            done => return done,
        }
    }
    attempt()
}

#[cfg(test)]
mod race_tests;
#[cfg(test)]
mod tests;
