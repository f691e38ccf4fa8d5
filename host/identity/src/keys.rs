//! Keys of this crate's records, all in the house partition.

use crate::account::AccountId;
use crate::secrets::Secrets;
use mesinfos_model::Digest;

/// Key prefix of all accounts.
pub(crate) const ACCOUNTS: &[u8] = b"identity/account/";
/// Key prefix of all sign-in names.
const NAMES: &[u8] = b"identity/name/";
/// Key prefix of all sessions.
pub(crate) const SESSIONS: &[u8] = b"identity/session/";
/// Key prefix of all invitations.
pub(crate) const INVITATIONS: &[u8] = b"identity/invitation/";
/// Key prefix of failed sign-ins.
pub(crate) const FAILURES: &[u8] = b"identity/failed/";

pub(crate) fn account(id: AccountId) -> Vec<u8> {
    [ACCOUNTS, id.as_bytes()].concat()
}

/// Names are short and guessable: their keys are hashed with a secret.
pub(crate) fn name(secrets: &dyn Secrets, folded: &str) -> Vec<u8> {
    [NAMES, &secrets.tag("identity/name", folded)].concat()
}

pub(crate) fn failed(secrets: &dyn Secrets, folded: &str) -> Vec<u8> {
    [FAILURES, &secrets.tag("identity/failed", folded)].concat()
}

/// Key prefix of the sessions of an account.
pub(crate) fn sessions(account: AccountId) -> Vec<u8> {
    [SESSIONS, account.as_bytes()].concat()
}

pub(crate) fn session(account: AccountId, secret: Digest) -> Vec<u8> {
    [&sessions(account)[..], &secret.0].concat()
}

pub(crate) fn invitation(code: Digest) -> Vec<u8> {
    [INVITATIONS, &code.0].concat()
}
