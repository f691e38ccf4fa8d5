//! Errors of this crate.

use crate::key::PublicKey;
use crate::release::{Change, State};
use mesinfos_store::StoreError;

/// Result with [`RegistryError`].
pub type Result<T> = std::result::Result<T, RegistryError>;

/// Errors of the registry.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// Error of the store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No such version, or not one that the caller may see.
    #[error("there is no such version")]
    NoSuchVersion,
    /// The component is not signed.
    #[error("the component is not signed")]
    Unsigned,
    /// The signature of the component is not good.
    #[error("the signature of the component is not good: it was changed after it was signed")]
    Forged,
    /// The id belongs to another key.
    #[error("the id \"{app}\" belongs to the key {owner}")]
    OtherKey {
        /// Id of the app.
        app: String,
        /// Key to which the id belongs.
        owner: PublicKey,
    },
    /// The id belongs to somebody else.
    #[error("the id \"{app}\" belongs to somebody else")]
    OtherOwner {
        /// Id of the app.
        app: String,
    },
    /// The id is not theirs yet, and nothing shows that they have the key of the component.
    #[error("the id \"{app}\" has to be claimed with the key {key}")]
    Unclaimed {
        /// Id of the app.
        app: String,
        /// Key of the component.
        key: PublicKey,
        /// The owner to whom the id would belong.
        owner: String,
    },
    /// A claim that the key of the component did not make for this server, owner and id.
    #[error("the claim of the id \"{app}\" is not that of the key {key} for this account and this server")]
    BadClaim {
        /// Id of the app.
        app: String,
        /// Key of the component.
        key: PublicKey,
    },
    /// A version number is not above every earlier one.
    #[error("version {version} of \"{app}\" is not above {highest}")]
    NotAbove {
        /// Id of the app.
        app: String,
        /// Number of the version.
        version: String,
        /// Highest number so far.
        highest: String,
    },
    /// The component is registered already.
    #[error("this component is registered already")]
    Known,
    /// The change is not possible in this state.
    #[error("a version that is {state} cannot be {change}")]
    Impossible {
        /// State of the version.
        state: State,
        /// The change.
        change: Change,
    },
    /// The change needs a reason.
    #[error("a reason is needed")]
    NoReason,
    /// The component was suspended or withdrawn.
    #[error("this component is {0}")]
    Blocked(State),
    /// Too many drafts.
    #[error("there are {most} drafts already")]
    TooManyDrafts {
        /// The limit.
        most: usize,
    },
    /// Too many versions wait for a review.
    #[error("{most} versions wait for a review already")]
    TooManyWaiting {
        /// The limit.
        most: usize,
    },
    /// A record would be too large.
    #[error("a record of {size} bytes is over the limit of {most}")]
    TooLarge {
        /// Size in bytes.
        size: usize,
        /// Largest size.
        most: usize,
    },
}
