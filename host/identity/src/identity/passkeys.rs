//! Passkeys: registered, used to sign in and to prove presence, listed, removed.
//!
//! Each takes two calls. The first returns options for the browser (`navigator.credentials`) and a [`ChallengeId`]; the
//! second takes the [`ChallengeId`] back, with the authenticator's answer as `PublicKeyCredential.toJSON()` gives it.

use super::invitations::Begun;
use super::{ACCOUNT, Found, Identity, Live, SignedUp, recovery_codes, retried};
use crate::account::AccountRecord;
use crate::challenge::{Ceremony, Challenge, ChallengeId, Used};
use crate::codes::InvitationCode;
use crate::error::{IdentityError, Result};
use crate::ids::{AccountId, PasskeyId};
use crate::keys;
use crate::limits;
use crate::login_name::LoginName;
use crate::passkey::{Answer, Passkey, PasskeyRecord, PublicKey, RelyingParty, digest};
use crate::session::{SessionRecord, Token};
use mesinfos_model::Digest;
use mesinfos_store::Commit;
use serde_json::Value;

const PASSKEY: &str = "a passkey";
const CREDENTIAL: &str = "the account of a passkey";
pub(super) const USED: &str = "a used challenge";

/// A stored passkey: key, sealed value, and record.
type StoredPasskey = (Vec<u8>, Vec<u8>, PasskeyRecord);

/// A passkey that proved right, with the account that it signs in to.
struct Proven {
    id: AccountId,
    account: Found<AccountRecord>,
}

impl Identity<'_> {
    /// Begins the registration of a further passkey. Returns the options for `navigator.credentials.create`.
    ///
    /// # Errors
    /// [`IdentityError::SessionOver`], [`IdentityError::NotFresh`], [`IdentityError::IsSample`],
    /// [`IdentityError::TooManyPasskeys`].
    pub fn passkey_begin(&self, token: &Token, rp: &RelyingParty, now: i64) -> Result<(ChallengeId, Value)> {
        let Live { account, session } = self.fresh_live(token, now)?;
        check_room(&account.record)?;
        let known = self.stored_passkeys(token.account)?;
        let known = known.iter().map(|(_, _, passkey)| passkey.key.cred_id().clone()).collect();
        let (options, state) = rp.begin(token.account, &account.record.name, known)?;
        let (account, session) = (token.account, session.record.id);
        let challenge = Challenge::new(Ceremony::Add { account, session, state }, now)?;
        Ok((challenge.seal(self.secrets)?, options))
    }

    /// Registers a further passkey, in the session that began it. `label` is what the person calls it.
    ///
    /// # Errors
    /// [`IdentityError::NoSuchPasskey`] if the answer is not valid, or the challenge has expired or was used;
    /// [`IdentityError::SessionOver`], [`IdentityError::TooManyPasskeys`], [`IdentityError::PasskeyKnown`].
    pub fn passkey_finish(
        &self,
        token: &Token,
        rp: &RelyingParty,
        challenge: &ChallengeId,
        label: &str,
        answer: &[u8],
        now: i64,
    ) -> Result<Passkey> {
        let challenge = self.opened(challenge, now)?;
        let Ceremony::Add { account: begun_for, session: begun_in, state } = &challenge.ceremony else {
            return Err(IdentityError::NoSuchPasskey);
        };
        let key = rp.registered(state, answer).ok_or(IdentityError::NoSuchPasskey)?;
        let passkey = PasskeyRecord::new(label, key, now)?;
        retried(|| {
            let Live { mut account, session } = self.named_live(token, now)?;
            if (*begun_for, *begun_in) != (token.account, session.record.id) {
                return Err(IdentityError::NoSuchPasskey);
            }
            let mut commit = self.records.empty_commit();
            // The session may be ended at this moment.
            commit.expect(super::key_of(token), Some(session.sealed));
            self.use_up(&challenge, now, &mut commit)?;
            self.add_passkey(token.account, &mut account.record, &passkey, &mut commit)?;
            let (key, found) = (keys::account(token.account), Some(account.sealed));
            self.write(ACCOUNT, key, found, &account.record, &mut commit)?;
            self.commit(&commit)?;
            Ok(passkey.clone().passkey())
        })
    }

    /// Begins to accept an invitation with a passkey instead of a password. Returns the options for
    /// `navigator.credentials.create`. Stores nothing.
    ///
    /// # Errors
    /// [`IdentityError::NoSuchInvitation`], [`IdentityError::NameTaken`].
    pub fn passkey_invited(
        &self,
        code: &InvitationCode,
        name: &LoginName,
        rp: &RelyingParty,
        now: i64,
    ) -> Result<(ChallengeId, Value)> {
        self.begun(code, name, now)?;
        let account = AccountId::random()?;
        let (options, state) = rp.begin(account, name.as_str(), Vec::new())?;
        let (invitation, folded) = (code.digest(), name.folded().to_owned());
        let challenge = Challenge::new(Ceremony::Accept { account, invitation, folded, state }, now)?;
        Ok((challenge.seal(self.secrets)?, options))
    }

    /// Accepts an invitation with a passkey: makes an account and signs it in. The passkey is labelled as the device.
    ///
    /// # Errors
    /// As [`Identity::accept`], and [`IdentityError::NoSuchPasskey`] if the answer is not valid, the challenge was begun
    /// for another code or name, has expired or was used.
    #[allow(clippy::too_many_arguments, reason = "what was begun, and the answer to it")]
    pub fn accept_with_passkey(
        &self,
        code: &InvitationCode,
        name: &LoginName,
        rp: &RelyingParty,
        challenge: &ChallengeId,
        answer: &[u8],
        device: &str,
        now: i64,
    ) -> Result<SignedUp> {
        let challenge = self.opened(challenge, now)?;
        let Ceremony::Accept { account: id, invitation, folded, state } = &challenge.ceremony else {
            return Err(IdentityError::NoSuchPasskey);
        };
        if *invitation != code.digest() || folded != name.folded() {
            return Err(IdentityError::NoSuchPasskey);
        }
        let key = rp.registered(state, answer).ok_or(IdentityError::NoSuchPasskey)?;
        let passkey = PasskeyRecord::new(device, key, now)?;
        let recovery = recovery_codes()?;
        retried(|| {
            let Begun { mut account, mut commit } = self.begin_account(code, name, *id, &recovery, now)?;
            self.use_up(&challenge, now, &mut commit)?;
            self.add_passkey(*id, &mut account, &passkey, &mut commit)?;
            self.sign_up(*id, &account, &recovery, device, now, commit)
        })
    }

    /// Asks anybody to sign in with a passkey. Returns the options for `navigator.credentials.get`. Stores nothing.
    ///
    /// # Errors
    /// [`IdentityError::Passkeys`], [`IdentityError::NoRandomness`].
    pub fn passkey_ask(&self, rp: &RelyingParty, now: i64) -> Result<(ChallengeId, Value)> {
        let (options, state) = rp.ask(&[])?;
        Ok((Challenge::new(Ceremony::SignIn { state }, now)?.seal(self.secrets)?, options))
    }

    /// Signs in with a passkey.
    ///
    /// # Errors
    /// [`IdentityError::NoSuchPasskey`] whether the passkey is unknown, its signature or counter is wrong, or the
    /// challenge has expired or was used.
    pub fn passkey_sign_in(
        &self,
        rp: &RelyingParty,
        challenge: &ChallengeId,
        answer: &[u8],
        device: &str,
        now: i64,
    ) -> Result<Token> {
        let challenge = self.opened(challenge, now)?;
        let Ceremony::SignIn { state } = &challenge.ceremony else {
            return Err(IdentityError::NoSuchPasskey);
        };
        let answer = Answer::read(answer).ok_or(IdentityError::NoSuchPasskey)?;
        retried(|| {
            let mut commit = self.records.empty_commit();
            self.use_up(&challenge, now, &mut commit)?;
            let is_proof = |key: &mut PublicKey| rp.is_proof(state, &answer, key);
            let Proven { id, account } = self.passkey_proven(&answer, is_proof, now, &mut commit)?;
            // Nobody was named: the authenticator has to.
            if answer.account() != Some(id.as_bytes()) {
                return Err(IdentityError::NoSuchPasskey);
            }
            let token = self.open(id, &account.record, device, now, &mut commit)?;
            commit.expect(keys::account(id), Some(account.sealed));
            self.commit(&commit)?;
            Ok(token)
        })
    }

    /// Asks for a proof of presence with a passkey of the account. Returns the options for `navigator.credentials.get`.
    ///
    /// # Errors
    /// [`IdentityError::SessionOver`]; [`IdentityError::NoSuchPasskey`] if the account has none.
    pub fn passkey_ask_proof(
        &self,
        token: &Token,
        rp: &RelyingParty,
        now: i64,
    ) -> Result<(ChallengeId, Value)> {
        let session = self.named_live(token, now)?.session.record.id;
        let keys: Vec<PublicKey> =
            self.stored_passkeys(token.account)?.into_iter().map(|(_, _, passkey)| passkey.key).collect();
        if keys.is_empty() {
            return Err(IdentityError::NoSuchPasskey);
        }
        let (options, state) = rp.ask(&keys)?;
        let challenge = Challenge::new(Ceremony::Prove { account: token.account, session, state }, now)?;
        Ok((challenge.seal(self.secrets)?, options))
    }

    /// Proves presence with a passkey. The session continues under a new token; the old one is worth nothing.
    ///
    /// # Errors
    /// [`IdentityError::SessionOver`]; [`IdentityError::NoSuchPasskey`], also for a passkey of another account.
    pub fn passkey_prove(
        &self,
        token: &Token,
        rp: &RelyingParty,
        challenge: &ChallengeId,
        answer: &[u8],
        now: i64,
    ) -> Result<Token> {
        let challenge = self.opened(challenge, now)?;
        let Ceremony::Prove { account: asked, session: asked_in, state } = &challenge.ceremony else {
            return Err(IdentityError::NoSuchPasskey);
        };
        let answer = Answer::read(answer).ok_or(IdentityError::NoSuchPasskey)?;
        retried(|| {
            let session = self.named_live(token, now)?.session;
            if (*asked, *asked_in) != (token.account, session.record.id) {
                return Err(IdentityError::NoSuchPasskey);
            }
            // As with a password, also on a full disk.
            let mut commit = self.records.empty_commit().ending();
            self.use_up(&challenge, now, &mut commit)?;
            let is_proof = |key: &mut PublicKey| rp.is_proof(state, &answer, key);
            let Proven { id, account } = self.passkey_proven(&answer, is_proof, now, &mut commit)?;
            if id != token.account || answer.account().is_some_and(|named| named != id.as_bytes()) {
                return Err(IdentityError::NoSuchPasskey);
            }
            commit.expect(keys::account(id), Some(account.sealed));
            let proven = SessionRecord { used_at: now, proven_at: now, ..session.record };
            let new = self.replace(token, session.sealed, &proven, &mut commit)?;
            self.commit(&commit)?;
            Ok(new)
        })
    }

    /// The passkeys of an account, the newest first.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn passkeys(&self, account: AccountId) -> Result<Vec<Passkey>> {
        let mut passkeys: Vec<Passkey> =
            self.stored_passkeys(account)?.into_iter().map(|(_, _, passkey)| passkey.passkey()).collect();
        passkeys.sort_by_key(|passkey| (std::cmp::Reverse(passkey.made_at), passkey.id));
        Ok(passkeys)
    }

    /// Removes a passkey of the account of a session. Returns whether there was one. Sessions that it opened go on: see
    /// [`Identity::end_everywhere`].
    ///
    /// # Errors
    /// [`IdentityError::SessionOver`], [`IdentityError::NotFresh`]; [`IdentityError::LastSignIn`] if the account has
    /// neither a password nor another passkey.
    pub fn remove_passkey(&self, token: &Token, id: PasskeyId, now: i64) -> Result<bool> {
        retried(|| {
            let Live { account: Found { mut record, sealed }, session } = self.fresh_live(token, now)?;
            let stored = self.stored_passkeys(token.account)?;
            let Some((key, found, passkey)) = stored.into_iter().find(|(_, _, one)| one.id == id) else {
                return Ok(false);
            };
            let credential = digest(passkey.key.cred_id());
            record.passkeys.remove(&credential);
            if record.password.is_none() && record.passkeys.is_empty() {
                return Err(IdentityError::LastSignIn);
            }
            let mut commit = self.records.empty_commit().ending();
            commit.expect(super::key_of(token), Some(session.sealed));
            commit.expect(key.clone(), Some(found));
            commit.delete(key);
            commit.delete(keys::credential(credential));
            self.write(ACCOUNT, keys::account(token.account), Some(sealed), &record, &mut commit)?;
            self.commit(&commit)?;
            Ok(true)
        })
    }

    /// Deletes the passkeys of an account that is removed.
    pub(super) fn delete_passkeys(&self, account: AccountId, commit: &mut Commit) -> Result<()> {
        let prefix = keys::passkeys(account);
        for (key, _) in self.records.all(&prefix)? {
            let credential = key.strip_prefix(&prefix[..]).and_then(|digest| digest.try_into().ok());
            commit.deletes.extend(credential.map(|digest| keys::credential(Digest(digest))));
            commit.delete(key);
        }
        Ok(())
    }

    /// A challenge that may still be answered.
    fn opened(&self, id: &ChallengeId, now: i64) -> Result<Challenge> {
        Challenge::open(id, self.secrets, now).ok_or(IdentityError::NoSuchPasskey)
    }

    /// Marks a challenge as used. Of two commits that use it, one fails.
    fn use_up(&self, challenge: &Challenge, now: i64, commit: &mut Commit) -> Result<()> {
        let key = keys::used(challenge.id);
        if self.records.get(&key)?.is_some() {
            return Err(IdentityError::NoSuchPasskey);
        }
        self.write(USED, key, None, &Used { at: now }, commit)
    }

    /// The live session of a token, proven recently.
    fn fresh_live(&self, token: &Token, now: i64) -> Result<Live> {
        let live = self.named_live(token, now)?;
        if live.session.record.is_fresh(now) { Ok(live) } else { Err(IdentityError::NotFresh) }
    }

    /// The passkeys that an account has, by its own list.
    fn stored_passkeys(&self, id: AccountId) -> Result<Vec<StoredPasskey>> {
        let Some(account) = self.read::<AccountRecord>(ACCOUNT, &keys::account(id))? else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for credential in &account.record.passkeys {
            let key = keys::passkey(id, *credential);
            // One that does not open signs in nobody, and must not keep the others from doing so.
            let Some(sealed) = self.records.get(&key)? else { continue };
            let Ok(record) = self.records.open::<PasskeyRecord>(PASSKEY, &key, &sealed) else { continue };
            found.push((key, sealed, record));
        }
        Ok(found)
    }

    /// Adds a passkey to an account, whose record the caller writes.
    fn add_passkey(
        &self,
        id: AccountId,
        account: &mut AccountRecord,
        passkey: &PasskeyRecord,
        commit: &mut Commit,
    ) -> Result<()> {
        check_room(account)?;
        let credential = digest(passkey.key.cred_id());
        if self.records.get(&keys::credential(credential))?.is_some() {
            return Err(IdentityError::PasskeyKnown);
        }
        account.passkeys.insert(credential);
        self.write(CREDENTIAL, keys::credential(credential), None, id.as_bytes(), commit)?;
        self.write(PASSKEY, keys::passkey(id, credential), None, passkey, commit)
    }

    /// The account of the passkey that gave an answer, if `is_proof` accepts the answer. Notes the use.
    fn passkey_proven(
        &self,
        answer: &Answer,
        is_proof: impl Fn(&mut PublicKey) -> bool,
        now: i64,
        commit: &mut Commit,
    ) -> Result<Proven> {
        let credential = answer.credential();
        let id = self.read::<[u8; 16]>(CREDENTIAL, &keys::credential(credential))?;
        let id = AccountId::from_bytes(id.ok_or(IdentityError::NoSuchPasskey)?.record);
        let account = self.read::<AccountRecord>(ACCOUNT, &keys::account(id))?;
        let account = account.filter(|account| account.record.passkeys.contains(&credential));
        let account = account.ok_or(IdentityError::NoSuchPasskey)?;
        let key = keys::passkey(id, credential);
        let found = self.read::<PasskeyRecord>(PASSKEY, &key)?.ok_or(IdentityError::NoSuchPasskey)?;
        let Found { record: mut passkey, sealed } = found;
        if !is_proof(&mut passkey.key) {
            return Err(IdentityError::NoSuchPasskey);
        }
        passkey.used_at = Some(now);
        self.write(PASSKEY, key, Some(sealed), &passkey, commit)?;
        Ok(Proven { id, account })
    }
}

fn check_room(account: &AccountRecord) -> Result<()> {
    if account.passkeys.len() < limits::PASSKEYS { Ok(()) } else { Err(IdentityError::TooManyPasskeys) }
}

#[cfg(test)]
mod tests;
