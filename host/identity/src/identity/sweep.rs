//! Deletion of what is over.

use super::invitations::INVITATION;
use super::passkeys::USED;
use super::{ACCOUNT, FAILED, Identity, SESSION};
use crate::account::AccountRecord;
use crate::attempts::Failures;
use crate::challenge::Used;
use crate::error::Result;
use crate::ids::AccountId;
use crate::invitation::Invitation;
use crate::keys;
use crate::session::SessionRecord;
use mesinfos_records::PAGE;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

impl Identity<'_> {
    /// Deletes ended sessions, expired invitations, those of removed accounts, forgotten failures and used challenges.
    /// Returns their number. Records that do not open stay.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn sweep(&self, now: i64) -> Result<usize> {
        let accounts = self.accounts()?;
        let is_over = |session: &SessionRecord, account: &AccountRecord| {
            session.epoch != account.epoch || session.is_over(account.life(), now)
        };
        let session_is_over = |key: &[u8], session: &SessionRecord| {
            let id = key.strip_prefix(keys::SESSIONS).and_then(|rest| rest.first_chunk::<16>());
            let Some(id) = id else { return Ok(false) };
            if accounts.get(id).is_some_and(|account| !is_over(session, account)) {
                return Ok(false);
            }
            // The account may have been made or changed since the list was read, and the session opened after.
            let account = self.read::<AccountRecord>(ACCOUNT, &keys::account(AccountId::from_bytes(*id)));
            Ok(account?.is_none_or(|account| is_over(session, &account.record)))
        };
        let invitation_is_over = |_: &[u8], one: &Invitation| Ok(one.is_over(now) || !self.has_inviter(one)?);
        let failure_is_over = |_: &[u8], one: &Failures| Ok(one.is_forgotten(now));
        Ok(self.delete_if(SESSION, keys::SESSIONS, session_is_over)?
            + self.delete_if(INVITATION, keys::INVITATIONS, invitation_is_over)?
            + self.delete_if(FAILED, keys::FAILURES, failure_is_over)?
            + self.delete_if(USED, keys::USED, |_, one: &Used| Ok(one.is_over(now)))?)
    }

    /// Every account that opens.
    fn accounts(&self) -> Result<BTreeMap<[u8; 16], AccountRecord>> {
        let mut accounts = BTreeMap::new();
        for (key, sealed) in self.records.all(keys::ACCOUNTS)? {
            let id = key.strip_prefix(keys::ACCOUNTS).and_then(|id| id.try_into().ok());
            let account = self.records.open::<AccountRecord>(ACCOUNT, &key, &sealed);
            accounts.extend(id.zip(account.ok()));
        }
        Ok(accounts)
    }

    /// Deletes the records under a prefix that are over, and that nobody has changed meanwhile. One about which
    /// `is_over` fails stays.
    fn delete_if<T: DeserializeOwned>(
        &self,
        what: &'static str,
        prefix: &[u8],
        is_over: impl Fn(&[u8], &T) -> Result<bool>,
    ) -> Result<usize> {
        let (mut deleted, mut after) = (0, None::<Vec<u8>>);
        loop {
            let page = self.records.scan(prefix, after.as_deref(), PAGE)?;
            for (key, sealed) in &page {
                let record = self.records.open(what, key, sealed);
                if !record.is_ok_and(|record| is_over(key, &record).unwrap_or(false)) {
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
}
