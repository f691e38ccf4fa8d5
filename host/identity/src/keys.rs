//! Keys of this crate's records, all in the house partition.

use crate::account::AccountId;
use crate::secrets::Secrets;
use mesinfos_model::Digest;

const ACCOUNT: &[u8] = b"identity/account/";
const NAME: &[u8] = b"identity/name/";
const SESSION: &[u8] = b"identity/session/";
const INVITATION: &[u8] = b"identity/invitation/";
const FAILED: &[u8] = b"identity/failed/";

/// Key prefix of all accounts.
pub(crate) const ACCOUNTS: &[u8] = ACCOUNT;
/// Key prefix of all sessions.
pub(crate) const SESSIONS: &[u8] = SESSION;
/// Key prefix of all invitations.
pub(crate) const INVITATIONS: &[u8] = INVITATION;
/// Key prefix of failed sign-ins.
pub(crate) const FAILURES: &[u8] = FAILED;

pub(crate) fn account(id: AccountId) -> Vec<u8> {
    [ACCOUNT, id.as_bytes()].concat()
}

/// Names are short and guessable: their keys are hashed with a secret.
pub(crate) fn name(secrets: &dyn Secrets, folded: &str) -> Vec<u8> {
    [NAME, &secrets.tag("identity/name", folded)].concat()
}

pub(crate) fn failed(secrets: &dyn Secrets, folded: &str) -> Vec<u8> {
    [FAILED, &secrets.tag("identity/failed", folded)].concat()
}

/// Key prefix of the sessions of an account.
pub(crate) fn sessions(account: AccountId) -> Vec<u8> {
    [SESSION, account.as_bytes()].concat()
}

pub(crate) fn session(account: AccountId, secret: Digest) -> Vec<u8> {
    [&sessions(account)[..], &secret.0].concat()
}

pub(crate) fn invitation(code: Digest) -> Vec<u8> {
    [INVITATION, &code.0].concat()
}
