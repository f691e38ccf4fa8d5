//! Errors of this crate.

use crate::limits;
use mesinfos_records::RecordError;
use mesinfos_store::StoreError;

/// Result with [`IdentityError`].
pub type Result<T> = std::result::Result<T, IdentityError>;

/// A text that is not a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a code: a code has 25 letters and digits in five groups")]
pub struct NotACode;

/// Reason why a text cannot become a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Too short.
    #[error("the password is too short: use at least {} characters", limits::SHORTEST_PASSWORD)]
    Short,
    /// Too long.
    #[error("the password is too long: use at most {} characters", limits::LONGEST_PASSWORD)]
    Long,
    /// Easy to guess: a common password, a name, a date, keys in a row, or a repetition of these.
    #[error("this password is easy to guess: use several unrelated words")]
    Guessable,
}

/// Errors of accounts and sessions.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// Error of the store, of a record, or of a lost race ([`StoreError::Conflict`]).
    #[error(transparent)]
    Records(#[from] RecordError),
    /// The system provides no random bytes.
    #[error("the system provides no random bytes; nothing was changed")]
    NoRandomness,
    /// The password cannot be hashed, or a stored hash is not one.
    #[error("the password could not be checked ({0}); nothing was changed")]
    Hash(String),
    /// The password does not meet the rules.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The code has a typing error.
    #[error(transparent)]
    NotACode(#[from] NotACode),
    /// Name and secret do not belong together, or there is no such name. Which of the two is not said.
    #[error("this name and this secret do not belong together")]
    NoSuchSignIn,
    /// Too many failed sign-ins with this name.
    #[error("too many failed sign-ins with this name; try again in {wait_seconds} s, or use a recovery code")]
    Wait {
        /// Seconds to wait.
        wait_seconds: u64,
    },
    /// The name belongs to another account.
    #[error("this name is taken; choose another one")]
    NameTaken,
    /// The invitation does not exist, was used, or has expired. Which of them is not said.
    #[error("this invitation is not valid any more; ask for a new one")]
    NoSuchInvitation,
    /// The session does not exist or has ended.
    #[error("the session has ended; sign in again")]
    SessionOver,
    /// The act needs a recent proof of presence.
    #[error("this needs a fresh sign-in; nothing was changed")]
    NotFresh,
    /// The account opens the vault of another person.
    #[error("this account already opens another vault")]
    Linked,
    /// The account does not exist.
    #[error("there is no such account")]
    NoSuchAccount,
}

impl From<StoreError> for IdentityError {
    fn from(error: StoreError) -> IdentityError {
        RecordError::from(error).into()
    }
}

impl IdentityError {
    /// Whether a concurrent change made it fail: the same call may succeed.
    pub fn is_conflict(&self) -> bool {
        matches!(self, IdentityError::Records(RecordError::Store(StoreError::Conflict)))
    }
}
