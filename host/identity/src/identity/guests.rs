//! Guest accounts: nobody signs in to them. Whoever opens a session with another secret, such as the code of an event,
//! has it.

use super::{ACCOUNT, Identity};
use crate::account::{AccountRecord, Role};
use crate::error::{IdentityError, Result};
use crate::ids::AccountId;
use crate::keys;
use crate::session::Token;
use mesinfos_store::Commit;
use std::collections::BTreeSet;

impl Identity<'_> {
    /// A new guest account with these roles, signed in, once the commit is made.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn guest(&self, roles: BTreeSet<Role>, device: &str, now: i64) -> Result<(AccountId, Token, Commit)> {
        let id = AccountId::random()?;
        let account = AccountRecord {
            name: String::new(),
            folded: String::new(),
            roles,
            person: None,
            made_at: now,
            password: None,
            recovery: BTreeSet::new(),
            passkeys: BTreeSet::new(),
            epoch: 0,
            sample: None,
        };
        let mut commit = self.records.empty_commit();
        self.write(ACCOUNT, keys::account(id), None, &account, &mut commit)?;
        let token = self.open(id, &account, device, now, &mut commit)?;
        Ok((id, token, commit))
    }

    /// Another session of a guest account, once the commit is made.
    ///
    /// # Errors
    /// [`IdentityError::NoSuchAccount`], also for an account that is no guest's.
    pub fn guest_session(&self, id: AccountId, device: &str, now: i64) -> Result<(Token, Commit)> {
        let found = self.account_record(id)?;
        if !found.record.is_guest() {
            return Err(IdentityError::NoSuchAccount);
        }
        let mut commit = self.records.empty_commit();
        let token = self.open(id, &found.record, device, now, &mut commit)?;
        Ok((token, commit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{GOOD, Home, is_in, sign_up, typed};
    use mesinfos_store::Store;

    #[test]
    fn a_guest_has_sessions_and_no_other_way_in() {
        let home = Home::new();
        let identity = home.identity();
        let (id, first, commit) = identity.guest(BTreeSet::from([Role::Developer]), "Firefox", 0).unwrap();
        assert!(!is_in(&identity, &first, 0), "nothing is there before the commit");
        home.0.commit(&commit).unwrap();
        let (second, commit) = identity.guest_session(id, "Safari", 0).unwrap();
        home.0.commit(&commit).unwrap();
        assert_eq!(identity.sessions(id, 0).unwrap().len(), 2);
        let account = identity.account(id).unwrap();
        assert!(account.is_guest() && account.unused_for().is_none());
        for refused in [
            identity.change_password(&first, &typed(""), &typed(GOOD), 1).map(|_| ()),
            identity.new_recovery_codes(&first, 1).map(|_| ()),
            identity.prove(&first, &typed(""), 1).map(|_| ()),
        ] {
            assert!(matches!(refused, Err(IdentityError::IsSample)));
        }
        // A working day of silence, and three days in all.
        assert!(is_in(&identity, &second, 20 * 3_600 - 1) && !is_in(&identity, &first, 20 * 3_600));
        for hour in (20..72).step_by(10) {
            assert!(is_in(&identity, &second, hour * 3_600 - 1));
        }
        assert!(!is_in(&identity, &second, 72 * 3_600));
    }

    #[test]
    fn only_a_guest_is_joined() {
        let home = Home::new();
        let identity = home.identity();
        let chloe = sign_up(&identity, "chloe", Role::Developer).account;
        assert!(!chloe.is_guest());
        let sample = identity.sample("camille", "", 0).unwrap().0;
        assert!(!sample.is_guest());
        for id in [chloe.id, sample.id, AccountId::from_bytes([7; 16])] {
            let refused = identity.guest_session(id, "", 0);
            assert!(matches!(refused, Err(IdentityError::NoSuchAccount)));
        }
    }
}
