//! Accounts and sign-in: who is asking, in which role, and how recently they proved it.
//!
//! - [`Identity`]: the use cases. Invitations, sign-in, sessions, recovery, sample accounts, removal.
//! - [`Account`]: a sign-in name, roles, and the person whose vault the account opens.
//! - [`Token`]: the secret of a session, as held by a browser.
//! - [`RelyingParty`]: the site that passkeys are bound to.
//!
//! Invariants:
//! - It knows no vault key, row, category or grant. An account names a person by the id of the person.
//! - No secret is stored. Of passkeys there are public keys. Passwords are stored as Argon2id hashes (RFC 9106);
//!   session tokens, invitation codes and recovery codes, which are random, as SHA-256 digests. A copy of the store
//!   signs in nobody.
//! - Keys of the store contain no name: a sign-in name is found under a keyed hash.
//! - A wrong name and a wrong password give the same answer after the same work.
//! - Every change that gives something is one commit with preconditions on what it was based on, so that two hosts
//!   of one store cannot both use an invitation, a recovery code or a session that is being replaced.
//! - Passwords and tokens are wiped when dropped. Copies that the libraries make are not.
//!
//! The door bounds the number of sign-ins per address and at once: each takes 19 MiB and a new name leaves a record.
//!
//! Start reading at [`Identity`].

mod account;
mod attempts;
mod challenge;
mod codes;
mod error;
mod identity;
mod ids;
mod invitation;
mod keys;
mod life;
pub mod limits;
mod login_name;
mod passkey;
mod password;
mod secrets;
mod session;
#[cfg(test)]
mod testing;

pub use account::{Account, Role};
pub use challenge::{ChallengeId, NotAChallenge};
pub use codes::{InvitationCode, RecoveryCode};
pub use error::{IdentityError, NotACode, NotALoginName, NotAnOrigin, Result, Unfit};
pub use identity::{Identity, Present, SignedUp};
pub use ids::{AccountId, InvitationId, NotAnId, PasskeyId, SessionId};
pub use invitation::Invitation;
pub use login_name::LoginName;
pub use passkey::{Passkey, RelyingParty};
pub use password::Password;
pub use secrets::Secrets;
pub use session::{NotAToken, Session, Token};

/// Seconds from one time to a later one; 0 if it is not later.
fn since(earlier: i64, now: i64) -> u64 {
    u64::try_from(now.saturating_sub(earlier)).unwrap_or(0)
}
