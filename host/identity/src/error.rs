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

/// A text that cannot be a sign-in name. It does not repeat the text, which may be a password in the wrong field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "this cannot be a name to sign in with: use 1 to 64 letters of one alphabet, digits, spaces, '.', '_', '-' and apostrophes"
)]
pub struct NotALoginName;

/// An address that passkeys cannot be bound to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("passkeys need an address like https://example.org or http://localhost:8080, not {0}")]
pub struct NotAnOrigin(pub String);

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
    /// The text cannot be a sign-in name.
    #[error(transparent)]
    NotALoginName(#[from] NotALoginName),
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
    /// The account opens the vault of another person, or another account opens the person's vault.
    #[error("this account already opens another vault, or another account opens this one")]
    Linked,
    /// The account opens a vault, and is removed with it only.
    #[error("this account opens a vault: erase the vault, and the account goes with it")]
    HasVault,
    /// The account has no vault: its role is another one.
    #[error("this account opens no vault")]
    NoVault,
    /// All slots of sample accounts are taken.
    #[error("too many people are trying a sample life; try again in a few minutes")]
    TooManySamples,
    /// The passkey is unknown, its answer is not valid, or the challenge has expired or was used. Which of them is not
    /// said.
    #[error("this passkey is not accepted; try again, or use another way to sign in")]
    NoSuchPasskey,
    /// The account has as many passkeys as it may have.
    #[error("an account has at most {} passkeys; remove one first", limits::PASSKEYS)]
    TooManyPasskeys,
    /// The authenticator is registered already, with this account or another.
    #[error("this passkey is registered already")]
    PasskeyKnown,
    /// It is the only way to sign in.
    #[error("this passkey is the only way to sign in to this account; add another one or a password first")]
    LastSignIn,
    /// The passkey library failed.
    #[error("passkeys do not work at the moment ({0}); nothing was changed")]
    Passkeys(String),
    /// A sample account has no password, recovery codes or passkeys.
    #[error("a sample account has no means to sign in again, and gets none; nothing was changed")]
    IsSample,
    /// The id of a sample life is empty or too long.
    #[error("this is not the id of a sample life")]
    NoSuchSample,
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
    /// The error of the store, if it is one.
    ///
    /// # Errors
    /// Any other error, unchanged.
    pub fn into_store(self) -> std::result::Result<StoreError, IdentityError> {
        match self {
            IdentityError::Records(RecordError::Store(error)) => Ok(error),
            other => Err(other),
        }
    }

    /// Whether a concurrent change made it fail: the same call may succeed.
    pub fn is_conflict(&self) -> bool {
        matches!(self, IdentityError::Records(RecordError::Store(StoreError::Conflict)))
    }
}
