//! The use cases of accounts. Times are UTC seconds.

use crate::account::{Account, AccountId, AccountRecord, LoginName, Role};
use crate::attempts::Failures;
use crate::codes::{InvitationCode, RecoveryCode};
use crate::error::{IdentityError, Result};
use crate::invitation::Invitation;
use crate::keys;
use crate::limits;
use crate::password::Password;
use crate::secrets::Secrets;
use crate::session::{Session, SessionId, SessionRecord, Token, since};
use mesinfos_records::{PAGE, Records};
use mesinfos_store::{Commit, Partition, PersonId, Store};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

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
    /// Whether presence was proven within [`limits::FRESH`].
    pub is_fresh: bool,
}

/// A record with its sealed value, which is the precondition of a change.
struct Found<T> {
    record: T,
    sealed: Vec<u8>,
}

/// A stored session: key, sealed value, and record; `None` if it does not open.
type StoredSession = (Vec<u8>, Vec<u8>, Option<SessionRecord>);

/// The records behind a valid token.
struct Live {
    account: Found<AccountRecord>,
    session: Found<SessionRecord>,
}

const ACCOUNT: &str = "an account";
const NAME: &str = "a sign-in name";
const SESSION: &str = "a session";
const INVITATION: &str = "an invitation";
const FAILED: &str = "failed sign-ins";

impl<'a> Identity<'a> {
    /// The accounts of a store.
    pub fn new(store: &'a dyn Store, secrets: &'a dyn Secrets) -> Identity<'a> {
        Identity { records: Records::new(store, secrets, Partition::House), secrets }
    }

    /// Makes an invitation that is valid once, for at most [`limits::INVITATION`].
    ///
    /// # Errors
    /// Errors of the store.
    pub fn invite(
        &self,
        role: Role,
        by: Option<AccountId>,
        valid: Duration,
        now: i64,
    ) -> Result<(InvitationCode, Invitation)> {
        let code = InvitationCode::random()?;
        let valid = i64::try_from(valid.min(limits::INVITATION).as_secs()).unwrap_or(i64::MAX);
        let invitation = Invitation { role, by, made_at: now, ends_at: now.saturating_add(valid) };
        let mut commit = self.records.empty_commit();
        self.write(INVITATION, keys::invitation(code.digest()), None, &invitation, &mut commit)?;
        self.commit(&commit)?;
        Ok((code, invitation))
    }

    /// The invitation of a code.
    ///
    /// # Errors
    /// [`IdentityError::NoSuchInvitation`].
    pub fn invitation(&self, code: &InvitationCode, now: i64) -> Result<Invitation> {
        Ok(self.valid_invitation(code, now)?.record)
    }

    fn valid_invitation(&self, code: &InvitationCode, now: i64) -> Result<Found<Invitation>> {
        let found = self.read::<Invitation>(INVITATION, &keys::invitation(code.digest()))?;
        found.filter(|found| !found.record.is_over(now)).ok_or(IdentityError::NoSuchInvitation)
    }

    /// Accepts an invitation: makes an account and signs it in.
    ///
    /// # Errors
    /// [`IdentityError::NoSuchInvitation`], also if another browser accepts it at the same time;
    /// [`IdentityError::NameTaken`]; [`IdentityError::Unfit`].
    pub fn accept(
        &self,
        code: &InvitationCode,
        name: &LoginName,
        password: &Password,
        device: &str,
        now: i64,
    ) -> Result<SignedUp> {
        self.valid_invitation(code, now)?;
        password.check(name)?;
        let (id, hash) = (AccountId::random()?, password.hash()?);
        let recovery = recovery_codes()?;
        retried(|| {
            let invitation = self.valid_invitation(code, now)?;
            let by_name = keys::name(self.secrets, name.folded());
            if self.records.get(&by_name)?.is_some() {
                return Err(IdentityError::NameTaken);
            }
            let account = AccountRecord {
                name: name.as_str().to_owned(),
                folded: name.folded().to_owned(),
                roles: BTreeSet::from([invitation.record.role]),
                person: None,
                made_at: now,
                password: Some(hash.clone()),
                recovery: recovery.iter().map(RecoveryCode::digest).collect(),
                epoch: 0,
            };
            let mut commit = self.records.empty_commit();
            let key = keys::invitation(code.digest());
            commit.expect(key.clone(), Some(invitation.sealed));
            commit.delete(key);
            self.write(NAME, by_name, None, id.as_bytes(), &mut commit)?;
            self.write(ACCOUNT, keys::account(id), None, &account, &mut commit)?;
            let token = self.open(id, account.epoch, device, now, &mut commit)?;
            self.commit(&commit)?;
            Ok(SignedUp { account: account.account(id), token, recovery: recovery.clone() })
        })
    }

    /// Signs in with a password.
    ///
    /// # Errors
    /// [`IdentityError::NoSuchSignIn`] after the same work whether the name or the password is wrong;
    /// [`IdentityError::Wait`].
    pub fn sign_in(&self, name: &LoginName, password: &Password, device: &str, now: i64) -> Result<Token> {
        let counter = keys::failed(self.secrets, name.folded());
        let (id, checked) = self.checked(name.folded(), &counter, password, now)?;
        retried(|| {
            // The password was right for this epoch. If it was changed since, or everybody signed out, it counts
            // no longer.
            let account = self.read::<AccountRecord>(ACCOUNT, &keys::account(id))?;
            let account = account.filter(|account| account.record.epoch == checked.epoch);
            let account = account.ok_or(IdentityError::NoSuchSignIn)?;
            let mut commit = self.records.empty_commit();
            commit.expect(keys::account(id), Some(account.sealed));
            let token = self.open(id, checked.epoch, device, now, &mut commit)?;
            self.commit(&commit)?;
            Ok(token)
        })
    }

    /// The account with this name and password. Counts failures under `counter`, and forgets them after a success.
    fn checked(
        &self,
        folded: &str,
        counter: &[u8],
        password: &Password,
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
            let mut commit = self.records.empty_commit();
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
            let token = self.open(id, record.epoch, device, now, &mut commit)?;
            commit.delete(keys::failed(self.secrets, name.folded()));
            self.commit(&commit)?;
            Ok(token)
        })
    }

    /// The account behind a token; `None` if the session does not exist or has ended. Notes the use at most
    /// every [`limits::NOTED`].
    ///
    /// # Errors
    /// Errors of the store.
    pub fn present(&self, token: &Token, now: i64) -> Result<Option<Present>> {
        let Some(Live { account, session }) = self.live(token, now)? else { return Ok(None) };
        if since(session.record.used_at, now) >= limits::NOTED.as_secs() {
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
            is_fresh: session.record.is_fresh(now),
        }))
    }

    /// Proves presence with the password. The session continues under a new token; the old one is worth
    /// nothing.
    ///
    /// # Errors
    /// [`IdentityError::SessionOver`], [`IdentityError::NoSuchSignIn`], [`IdentityError::Wait`].
    pub fn prove(&self, token: &Token, password: &Password, now: i64) -> Result<Token> {
        self.proven(token, password, now)?;
        retried(|| {
            let session = self.live(token, now)?.ok_or(IdentityError::SessionOver)?.session;
            let proven = SessionRecord { used_at: now, proven_at: now, ..session.record };
            let mut commit = self.records.empty_commit();
            let new = self.replace(token, session.sealed, &proven, &mut commit)?;
            self.commit(&commit)?;
            Ok(new)
        })
    }

    /// Checks the password of the account of a token. Failures are counted by account.
    fn proven(&self, token: &Token, password: &Password, now: i64) -> Result<()> {
        let account = self.live(token, now)?.ok_or(IdentityError::SessionOver)?.account.record;
        let counter = keys::failed(self.secrets, &token.account.to_string());
        let (id, _) = self.checked(&account.folded, &counter, password, now)?;
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
        let account = self.live(token, now)?.ok_or(IdentityError::SessionOver)?.account.record;
        let name: LoginName = account.name.parse().map_err(|_| IdentityError::NoSuchAccount)?;
        new.check(&name)?;
        self.proven(token, old, now)?;
        let hash = new.hash()?;
        retried(|| {
            let Live { account, session } = self.live(token, now)?.ok_or(IdentityError::SessionOver)?;
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
    /// [`IdentityError::SessionOver`]; [`IdentityError::NotFresh`].
    pub fn new_recovery_codes(&self, token: &Token, now: i64) -> Result<Vec<RecoveryCode>> {
        let codes = recovery_codes()?;
        retried(|| {
            // The session is a precondition of the commit: it may be ended at this moment.
            let Live { account, session } = self.live(token, now)?.ok_or(IdentityError::SessionOver)?;
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

    /// The sessions of an account, the one used last first.
    ///
    /// # Errors
    /// [`IdentityError::NoSuchAccount`].
    pub fn sessions(&self, account: AccountId, now: i64) -> Result<Vec<Session>> {
        let epoch = self.account_record(account)?.record.epoch;
        let mut sessions: Vec<Session> = self
            .stored_sessions(account)?
            .into_iter()
            .filter_map(|(_, _, record)| record)
            .filter(|record| record.epoch == epoch && !record.is_over(now))
            .map(|record| Session {
                id: record.id,
                device: record.device,
                opened_at: record.opened_at,
                used_at: record.used_at,
            })
            .collect();
        sessions.sort_by_key(|session| (std::cmp::Reverse(session.used_at), session.id));
        Ok(sessions)
    }

    /// Ends the session of a token, unless it has ended or goes on under a newer token.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn sign_out(&self, token: &Token) -> Result<()> {
        let mut commit = self.records.empty_commit().ending();
        commit.delete(key_of(token));
        self.commit(&commit)
    }

    /// Ends a session of an account, also if its token is being replaced. Returns whether there was one: that of
    /// another account is none.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn end(&self, account: AccountId, session: SessionId) -> Result<bool> {
        retried(|| {
            let sessions = self.stored_sessions(account)?;
            let is_it = |record: &Option<SessionRecord>| record.as_ref().is_some_and(|one| one.id == session);
            let Some((key, sealed, _)) = sessions.into_iter().find(|(_, _, record)| is_it(record)) else {
                return Ok(false);
            };
            let mut commit = self.records.empty_commit().ending();
            commit.expect(key.clone(), Some(sealed));
            commit.delete(key);
            self.commit(&commit)?;
            Ok(true)
        })
    }

    /// Ends every session of an account, also one that is being opened at this moment.
    ///
    /// # Errors
    /// [`IdentityError::NoSuchAccount`].
    pub fn end_everywhere(&self, id: AccountId) -> Result<()> {
        retried(|| {
            let account = self.account_record(id)?;
            let ended = AccountRecord { epoch: account.record.epoch + 1, ..account.record };
            let mut commit = self.records.empty_commit().ending();
            self.write(ACCOUNT, keys::account(id), Some(account.sealed), &ended, &mut commit)?;
            self.delete_sessions(id, &mut commit)?;
            self.commit(&commit)
        })
    }

    /// Ends every session of everybody and every invitation: after a restore, those of the backup would be
    /// valid again. Passwords and recovery codes are those of the backup.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn end_all_of_everybody(&self) -> Result<()> {
        for (key, _) in self.records.all(keys::ACCOUNTS)? {
            let id = key.strip_prefix(keys::ACCOUNTS).and_then(|id| id.try_into().ok());
            match id.map(AccountId::from_bytes).map(|id| self.end_everywhere(id)) {
                Some(Err(IdentityError::NoSuchAccount)) | None => {}
                Some(done) => done?,
            }
        }
        for prefix in [keys::SESSIONS, keys::INVITATIONS] {
            for page in self.records.all(prefix)?.chunks(PAGE) {
                let mut commit = self.records.empty_commit().ending();
                commit.deletes.extend(page.iter().map(|(key, _)| key.clone()));
                self.commit(&commit)?;
            }
        }
        Ok(())
    }

    /// An account.
    ///
    /// # Errors
    /// [`IdentityError::NoSuchAccount`].
    pub fn account(&self, id: AccountId) -> Result<Account> {
        Ok(self.account_record(id)?.record.account(id))
    }

    /// Links an account to the person whose vault it opens. An account is linked once.
    ///
    /// # Errors
    /// [`IdentityError::NoSuchAccount`], [`IdentityError::Linked`].
    pub fn link(&self, id: AccountId, person: PersonId) -> Result<Account> {
        retried(|| {
            let account = self.account_record(id)?;
            match account.record.person {
                Some(linked) if linked == person.0 => return Ok(account.record.account(id)),
                Some(_) => return Err(IdentityError::Linked),
                None => {}
            }
            let linked = AccountRecord { person: Some(person.0), ..account.record };
            let mut commit = self.records.empty_commit();
            self.write(ACCOUNT, keys::account(id), Some(account.sealed), &linked, &mut commit)?;
            self.commit(&commit)?;
            Ok(linked.account(id))
        })
    }

    /// Removes an account with its name, sessions and codes. One that does not exist is ignored.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn remove(&self, id: AccountId) -> Result<()> {
        retried(|| {
            let Some(account) = self.read::<AccountRecord>(ACCOUNT, &keys::account(id))? else {
                return Ok(());
            };
            let mut commit = self.records.empty_commit().ending();
            commit.expect(keys::account(id), Some(account.sealed));
            commit.delete(keys::account(id));
            let by_name = keys::name(self.secrets, &account.record.folded);
            if let Some(name) = self.read::<[u8; 16]>(NAME, &by_name)?
                && name.record == *id.as_bytes()
            {
                commit.expect(by_name.clone(), Some(name.sealed));
                commit.delete(by_name);
            }
            commit.delete(keys::failed(self.secrets, &account.record.folded));
            commit.delete(keys::failed(self.secrets, &id.to_string()));
            self.delete_sessions(id, &mut commit)?;
            self.commit(&commit)
        })
    }

    /// Deletes ended sessions, expired invitations and forgotten failures. Returns their number. Records that do
    /// not open stay.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn sweep(&self, now: i64) -> Result<usize> {
        let epochs = self.epochs()?;
        let is_over = |key: &[u8], session: &SessionRecord| {
            let account = key.strip_prefix(keys::SESSIONS).and_then(|rest| rest.first_chunk::<16>());
            session.is_over(now) || account.and_then(|id| epochs.get(id)) != Some(&session.epoch)
        };
        Ok(self.delete_if(SESSION, keys::SESSIONS, is_over)?
            + self.delete_if(INVITATION, keys::INVITATIONS, |_, one: &Invitation| one.is_over(now))?
            + self.delete_if(FAILED, keys::FAILURES, |_, one: &Failures| one.is_forgotten(now))?)
    }

    /// The epoch of every account.
    fn epochs(&self) -> Result<BTreeMap<[u8; 16], u64>> {
        let mut epochs = BTreeMap::new();
        for (key, sealed) in self.records.all(keys::ACCOUNTS)? {
            let id = key.strip_prefix(keys::ACCOUNTS).and_then(|id| id.try_into().ok());
            let account = self.records.open::<AccountRecord>(ACCOUNT, &key, &sealed);
            epochs.extend(id.zip(account.ok().map(|account| account.epoch)));
        }
        Ok(epochs)
    }

    /// Deletes the records under a prefix that are over, and that nobody has changed meanwhile.
    fn delete_if<T: DeserializeOwned>(
        &self,
        what: &'static str,
        prefix: &[u8],
        is_over: impl Fn(&[u8], &T) -> bool,
    ) -> Result<usize> {
        let (mut deleted, mut after) = (0, None::<Vec<u8>>);
        loop {
            let page = self.records.scan(prefix, after.as_deref(), PAGE)?;
            for (key, sealed) in &page {
                if !self.records.open(what, key, sealed).is_ok_and(|record| is_over(key, &record)) {
                    continue;
                }
                let mut commit = self.records.empty_commit().ending();
                commit.expect(key.clone(), Some(sealed.clone()));
                commit.delete(key.clone());
                match self.commit(&commit) {
                    Err(error) if error.is_conflict() => {}
                    done => {
                        done?;
                        deleted += 1;
                    }
                }
            }
            match page.last() {
                Some((key, _)) if page.len() == PAGE => after = Some(key.clone()),
                _ => return Ok(deleted),
            }
        }
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
        let is_live = session.record.epoch == account.record.epoch && !session.record.is_over(now);
        Ok(is_live.then_some(Live { account, session }))
    }

    /// The sessions of an account.
    fn stored_sessions(&self, account: AccountId) -> Result<Vec<StoredSession>> {
        let stored = self.records.all(&keys::sessions(account))?.into_iter();
        let opened = stored.map(|(key, sealed)| {
            let record = self.records.open(SESSION, &key, &sealed).ok();
            (key, sealed, record)
        });
        Ok(opened.collect())
    }

    /// Adds a new session to a commit. Deletes those that have ended and, beyond [`limits::SESSIONS`], those
    /// unused longest.
    fn open(
        &self,
        account: AccountId,
        epoch: u64,
        device: &str,
        now: i64,
        commit: &mut Commit,
    ) -> Result<Token> {
        let token = Token::random(account)?;
        let mut live = Vec::new();
        for (key, _, record) in self.stored_sessions(account)? {
            match record.filter(|record| record.epoch == epoch && !record.is_over(now)) {
                Some(record) if !commit.deletes.contains(&key) => live.push((record.used_at, key)),
                _ => commit.delete(key),
            }
        }
        live.sort();
        let beyond = (live.len() + 1).saturating_sub(limits::SESSIONS);
        commit.deletes.extend(live.into_iter().take(beyond).map(|(_, key)| key));
        self.write(SESSION, key_of(&token), None, &SessionRecord::new(device, epoch, now)?, commit)?;
        Ok(token)
    }

    /// Deletes the stored sessions. The epoch of the account is what ends them.
    fn delete_sessions(&self, account: AccountId, commit: &mut Commit) -> Result<()> {
        let sessions = self.records.all(&keys::sessions(account))?;
        commit.deletes.extend(sessions.into_iter().map(|(key, _)| key));
        Ok(())
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
mod tests;
