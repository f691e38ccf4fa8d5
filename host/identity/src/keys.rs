//! Keys of this crate's records, all in the house partition.

use crate::ids::AccountId;
use crate::secrets::Secrets;
use mesinfos_model::Digest;
use mesinfos_store::PersonId;

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

/// Key prefix of the accounts by person.
pub(crate) const PERSONS: &[u8] = b"identity/person/";
/// Key prefix of the slots of sample accounts.
pub(crate) const SAMPLES: &[u8] = b"identity/sample/";

/// Key prefix of all passkeys.
const PASSKEYS: &[u8] = b"identity/passkey/";
/// Key prefix of the accounts by credential.
const CREDENTIALS: &[u8] = b"identity/credential/";
/// Key prefix of used challenges.
pub(crate) const USED: &[u8] = b"identity/used/";

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

/// The account that opens the vault of a person.
pub(crate) fn person(id: PersonId) -> Vec<u8> {
    [PERSONS, &id.0].concat()
}

pub(crate) fn sample(slot: u16) -> Vec<u8> {
    [SAMPLES, &slot.to_be_bytes()].concat()
}

/// Key prefix of the passkeys of an account.
pub(crate) fn passkeys(account: AccountId) -> Vec<u8> {
    [PASSKEYS, account.as_bytes()].concat()
}

/// A passkey, by the digest of its credential id.
pub(crate) fn passkey(account: AccountId, credential: Digest) -> Vec<u8> {
    [&passkeys(account)[..], &credential.0].concat()
}

/// The account that a credential signs in to.
pub(crate) fn credential(credential: Digest) -> Vec<u8> {
    [CREDENTIALS, &credential.0].concat()
}

pub(crate) fn used(challenge: [u8; 16]) -> Vec<u8> {
    [USED, &challenge].concat()
}
