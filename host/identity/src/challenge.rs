//! Challenges of passkeys.
//!
//! A challenge is given to the browser, sealed, and comes back with the answer. Nothing is stored until an answer proves
//! right: strangers ask for challenges, and must not fill the disk. The commit that uses a challenge writes a mark under
//! its id, with the precondition that there is none: it is used once.

use crate::error::{IdentityError, Result};
use crate::ids::{AccountId, SessionId, read_hex};
use crate::limits;
use crate::secrets::Secrets;
use crate::since;
use mesinfos_model::Digest;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use webauthn_rs::prelude::{DiscoverableAuthentication, PasskeyRegistration};

/// A challenge as the browser holds it, as text in hexadecimal. Opaque: it says nothing, and is worth nothing without
/// the passkey.
#[derive(Clone, PartialEq, Eq)]
pub struct ChallengeId(Vec<u8>);

/// A text that is not a challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a challenge")]
pub struct NotAChallenge;

impl fmt::Display for ChallengeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Omits its long text.
impl fmt::Debug for ChallengeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChallengeId({} bytes)", self.0.len())
    }
}

impl FromStr for ChallengeId {
    type Err = NotAChallenge;

    fn from_str(text: &str) -> std::result::Result<ChallengeId, NotAChallenge> {
        if text.len() > limits::CHALLENGE_TEXT || !text.len().is_multiple_of(2) {
            return Err(NotAChallenge);
        }
        let mut sealed = vec![0; text.len() / 2];
        read_hex(text, &mut sealed).ok_or(NotAChallenge)?;
        Ok(ChallengeId(sealed))
    }
}

/// A challenge.
#[derive(Serialize, Deserialize)]
pub(crate) struct Challenge {
    pub(crate) id: [u8; 16],
    made_at: i64,
    pub(crate) ceremony: Ceremony,
}

/// What a challenge is for. It is accepted for nothing else.
#[derive(Serialize, Deserialize)]
pub(crate) enum Ceremony {
    /// A further passkey for the account of a session.
    Add { account: AccountId, session: SessionId, state: PasskeyRegistration },
    /// The passkey of a new account.
    Accept { account: AccountId, invitation: Digest, folded: String, state: PasskeyRegistration },
    /// Sign-in by somebody unknown.
    SignIn { state: DiscoverableAuthentication },
    /// A proof of presence in a session.
    Prove { account: AccountId, session: SessionId, state: DiscoverableAuthentication },
}

/// Additional data of the seal. It is not the key of any record.
const SEALED: &[u8] = b"identity/challenge";

impl Challenge {
    pub(crate) fn new(ceremony: Ceremony, now: i64) -> Result<Challenge> {
        let mut id = [0; 16];
        getrandom::fill(&mut id).map_err(|_| IdentityError::NoRandomness)?;
        Ok(Challenge { id, made_at: now, ceremony })
    }

    pub(crate) fn seal(&self, secrets: &dyn Secrets) -> Result<ChallengeId> {
        let failed = |why: String| IdentityError::Passkeys(why);
        let plain = serde_json::to_vec(self).map_err(|error| failed(error.to_string()))?;
        let sealed = secrets.seal(SEALED, &plain).map_err(|error| failed(error.to_string()))?;
        Ok(ChallengeId(sealed))
    }

    /// The challenge, unless it is not one of ours or is over.
    pub(crate) fn open(id: &ChallengeId, secrets: &dyn Secrets, now: i64) -> Option<Challenge> {
        let plain = secrets.open(SEALED, &id.0).ok()?;
        let challenge: Challenge = serde_json::from_slice(&plain).ok()?;
        challenge.is_valid(now).then_some(challenge)
    }

    /// A clock set back by more than clocks of hosts differ makes it invalid: its mark may be gone.
    fn is_valid(&self, now: i64) -> bool {
        since(self.made_at, now) < limits::CHALLENGE.as_secs()
            && since(now, self.made_at) < limits::USED.as_secs()
    }
}

/// The mark of a used challenge: the time of its use.
#[derive(Serialize, Deserialize)]
pub(crate) struct Used {
    pub(crate) at: i64,
}

impl Used {
    /// Whether no host accepts the challenge any more.
    pub(crate) fn is_over(&self, now: i64) -> bool {
        since(self.at, now) >= (limits::CHALLENGE + 2 * limits::USED).as_secs()
    }
}
