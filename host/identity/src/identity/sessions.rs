//! Sessions: listed, opened, ended.

use super::{ACCOUNT, Identity, SESSION, key_of, retried};
use crate::account::AccountRecord;
use crate::error::{IdentityError, Result};
use crate::ids::{AccountId, SessionId};
use crate::keys;
use crate::limits;
use crate::session::{Session, SessionRecord, Token};
use mesinfos_records::PAGE;
use mesinfos_store::Commit;

/// A stored session: key, sealed value, and record; `None` if it does not open.
pub(super) type StoredSession = (Vec<u8>, Vec<u8>, Option<SessionRecord>);

impl Identity<'_> {
    /// The sessions of an account, the one used last first.
    ///
    /// # Errors
    /// [`IdentityError::NoSuchAccount`].
    pub fn sessions(&self, account: AccountId, now: i64) -> Result<Vec<Session>> {
        let of = self.account_record(account)?.record;
        let mut sessions: Vec<Session> = self
            .stored_sessions(account)?
            .into_iter()
            .filter_map(|(_, _, record)| record)
            .filter(|record| record.epoch == of.epoch && !record.is_over(of.life(), now))
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

    /// The sessions of an account.
    pub(super) fn stored_sessions(&self, account: AccountId) -> Result<Vec<StoredSession>> {
        let stored = self.records.all(&keys::sessions(account))?.into_iter();
        let opened = stored.map(|(key, sealed)| {
            let record = self.records.open(SESSION, &key, &sealed).ok();
            (key, sealed, record)
        });
        Ok(opened.collect())
    }

    /// Adds a new session to a commit. Deletes those that have ended and, beyond [`limits::SESSIONS`], those
    /// unused longest.
    pub(super) fn open(
        &self,
        id: AccountId,
        account: &AccountRecord,
        device: &str,
        now: i64,
        commit: &mut Commit,
    ) -> Result<Token> {
        let (token, epoch, life) = (Token::random(id)?, account.epoch, account.life());
        let mut live = Vec::new();
        for (key, _, record) in self.stored_sessions(id)? {
            match record.filter(|record| record.epoch == epoch && !record.is_over(life, now)) {
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
    pub(super) fn delete_sessions(&self, account: AccountId, commit: &mut Commit) -> Result<()> {
        let sessions = self.records.all(&keys::sessions(account))?;
        commit.deletes.extend(sessions.into_iter().map(|(key, _)| key));
        Ok(())
    }
}
