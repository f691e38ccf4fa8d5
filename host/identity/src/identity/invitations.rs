//! Invitations: made, listed, withdrawn, accepted.

use super::{ACCOUNT, Found, Identity, NAME, SignedUp, recovery_codes, retried};
use crate::account::{AccountRecord, Role};
use crate::codes::{InvitationCode, RecoveryCode};
use crate::error::{IdentityError, Result};
use crate::ids::{AccountId, InvitationId};
use crate::invitation::Invitation;
use crate::keys;
use crate::limits;
use crate::login_name::LoginName;
use crate::password::Password;
use mesinfos_store::Commit;
use std::collections::BTreeSet;
use std::time::Duration;

pub(super) const INVITATION: &str = "an invitation";

/// An account that is being made, and the commit that makes room for it.
pub(super) struct Begun {
    pub(super) account: AccountRecord,
    pub(super) commit: Commit,
}

impl Identity<'_> {
    /// Makes an invitation that is valid once, for at most [`limits::INVITATION`], while the account `by` exists.
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
        let (id, ends_at) = (InvitationId::random()?, now.saturating_add(valid));
        let invitation = Invitation { id, role, by, made_at: now, ends_at };
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
        Ok(self.valid_invitation(code, now)?.0.record)
    }

    /// The invitations that can be accepted, the newest first.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn invitations(&self, now: i64) -> Result<Vec<Invitation>> {
        let mut found = Vec::new();
        for (key, sealed) in self.records.all(keys::INVITATIONS)? {
            // One that does not open is accepted by nobody.
            let Ok(invitation) = self.records.open::<Invitation>(INVITATION, &key, &sealed) else { continue };
            if !invitation.is_over(now) && self.has_inviter(&invitation)? {
                found.push(invitation);
            }
        }
        found.sort_by_key(|invitation| (std::cmp::Reverse(invitation.made_at), invitation.id));
        Ok(found)
    }

    /// Withdraws an invitation. Returns whether there was one: an accepted one is none.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn withdraw_invitation(&self, id: InvitationId) -> Result<bool> {
        for (key, sealed) in self.records.all(keys::INVITATIONS)? {
            let invitation = self.records.open::<Invitation>(INVITATION, &key, &sealed);
            if !invitation.is_ok_and(|invitation| invitation.id == id) {
                continue;
            }
            let mut commit = self.records.empty_commit().ending();
            commit.expect(key.clone(), Some(sealed));
            commit.delete(key);
            return match self.commit(&commit) {
                // An invitation never changes: it was accepted, or withdrawn elsewhere.
                Err(error) if error.is_conflict() => Ok(false),
                done => done.map(|()| true),
            };
        }
        Ok(false)
    }

    /// Whether the account that made an invitation exists.
    pub(super) fn has_inviter(&self, invitation: &Invitation) -> Result<bool> {
        match invitation.by {
            Some(by) => Ok(self.records.get(&keys::account(by))?.is_some()),
            None => Ok(true),
        }
    }

    /// A valid invitation with the precondition that its maker's account exists.
    fn valid_invitation(&self, code: &InvitationCode, now: i64) -> Result<(Found<Invitation>, Commit)> {
        let found = self.read::<Invitation>(INVITATION, &keys::invitation(code.digest()))?;
        let found =
            found.filter(|found| !found.record.is_over(now)).ok_or(IdentityError::NoSuchInvitation)?;
        let mut commit = self.records.empty_commit();
        if let Some(by) = found.record.by {
            let maker = self.records.get(&keys::account(by))?.ok_or(IdentityError::NoSuchInvitation)?;
            commit.expect(keys::account(by), Some(maker));
        }
        Ok((found, commit))
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
        // A stranger without a code does not get the costly checks.
        self.valid_invitation(code, now)?;
        password.check(name)?;
        let (id, hash, recovery) = (AccountId::random()?, password.hash()?, recovery_codes()?);
        retried(|| {
            let Begun { mut account, commit } = self.begin_account(code, name, id, &recovery, now)?;
            account.password = Some(hash.clone());
            self.sign_up(id, &account, &recovery, device, now, commit)
        })
    }

    /// Checks that an invitation may be accepted under a name. Returns the role it is for, and the commit that uses it up
    /// and takes the name.
    pub(super) fn begun(&self, code: &InvitationCode, name: &LoginName, now: i64) -> Result<(Role, Commit)> {
        let (invitation, mut commit) = self.valid_invitation(code, now)?;
        if self.records.get(&keys::name(self.secrets, name.folded()))?.is_some() {
            return Err(IdentityError::NameTaken);
        }
        let key = keys::invitation(code.digest());
        commit.expect(key.clone(), Some(invitation.sealed));
        commit.delete(key);
        Ok((invitation.record.role, commit))
    }

    /// An account without a password or passkey, and the commit that uses up its invitation and takes its name.
    pub(super) fn begin_account(
        &self,
        code: &InvitationCode,
        name: &LoginName,
        id: AccountId,
        recovery: &[RecoveryCode],
        now: i64,
    ) -> Result<Begun> {
        let (role, mut commit) = self.begun(code, name, now)?;
        let by_name = keys::name(self.secrets, name.folded());
        self.write(NAME, by_name, None, id.as_bytes(), &mut commit)?;
        let account = AccountRecord {
            name: name.as_str().to_owned(),
            folded: name.folded().to_owned(),
            roles: BTreeSet::from([role]),
            person: None,
            made_at: now,
            password: None,
            recovery: recovery.iter().map(RecoveryCode::digest).collect(),
            passkeys: BTreeSet::new(),
            epoch: 0,
            sample: None,
        };
        Ok(Begun { account, commit })
    }

    /// Commits a new account with its first session.
    pub(super) fn sign_up(
        &self,
        id: AccountId,
        account: &AccountRecord,
        recovery: &[RecoveryCode],
        device: &str,
        now: i64,
        mut commit: Commit,
    ) -> Result<SignedUp> {
        self.write(ACCOUNT, keys::account(id), None, account, &mut commit)?;
        let token = self.open(id, account, device, now, &mut commit)?;
        self.commit(&commit)?;
        Ok(SignedUp { account: account.account(id), token, recovery: recovery.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{GOOD, Home, name, sign_up, typed};
    use mesinfos_store::{Partition, Store};

    const DAY: i64 = 86_400;

    #[test]
    fn an_operator_lists_and_withdraws_invitations() {
        let home = Home::new();
        let identity = home.identity();
        let operator = sign_up(&identity, "olga", Role::Operator).account.id;
        let day = Duration::from_hours(24);
        let (first, one) = identity.invite(Role::Tester, Some(operator), day, 10).unwrap();
        let (second, two) = identity.invite(Role::Researcher, None, 2 * day, 20).unwrap();
        assert_eq!(identity.invitations(20).unwrap(), [two.clone(), one.clone()]);
        assert_eq!(identity.invitations(10 + DAY).unwrap(), std::slice::from_ref(&two));
        let code = first.expose().replace('-', "");
        assert!(!format!("{one:?} {}", one.id).contains(&code), "an id does not reveal the code");
        assert!(identity.withdraw_invitation(one.id).unwrap());
        assert!(!identity.withdraw_invitation(one.id).unwrap());
        let refused = identity.accept(&first, &name("anne"), &typed(GOOD), "", 30);
        assert!(matches!(refused, Err(IdentityError::NoSuchInvitation)));
        identity.accept(&second, &name("anne"), &typed(GOOD), "", 30).unwrap();
        assert!(!identity.withdraw_invitation(two.id).unwrap(), "an accepted one is none");
        assert!(identity.invitations(30).unwrap().is_empty());
    }

    #[test]
    fn an_invitation_ends_with_the_account_that_made_it() {
        let home = Home::new();
        let identity = home.identity();
        let olga = sign_up(&identity, "olga", Role::Operator).account.id;
        let (code, _) = identity.invite(Role::Tester, Some(olga), limits::INVITATION, 0).unwrap();
        identity.invitation(&code, 1).unwrap();
        identity.remove(olga).unwrap();
        assert!(matches!(identity.invitation(&code, 1), Err(IdentityError::NoSuchInvitation)));
        let refused = identity.accept(&code, &name("anne"), &typed(GOOD), "", 1);
        assert!(matches!(refused, Err(IdentityError::NoSuchInvitation)));
        assert!(identity.invitations(1).unwrap().is_empty());
        assert_eq!(identity.sweep(1).unwrap(), 1);
        assert!(home.0.scan(Partition::House, b"", None, 9).unwrap().is_empty());
    }
}
