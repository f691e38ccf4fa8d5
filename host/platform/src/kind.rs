//! What kind of thing went wrong: what a door needs to choose a status, and a program to decide what to do next.
//!
//! Invariant: kinds are made from variants, never from words, and every variant of every room is named here. A new
//! one does not compile until somebody has decided.

use mesinfos_consent::ConsentError;
use mesinfos_intake::IntakeError;
use mesinfos_runtime::Outcome;
use mesinfos_store::StoreError;
use mesinfos_vault::VaultError;

/// The kind of an error: what can be done about it, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorKind {
    /// What is named is not there.
    NotFound,
    /// It may not be done: a grant, or a person, says no.
    Refused,
    /// It does not go with what is there by now.
    Conflict,
    /// Records and the audit log do not agree: nothing is done until somebody has looked.
    Unsound,
    /// Too much at once: the same request may succeed a little later.
    Busy,
    /// What was asked or sent cannot be taken as it is.
    Invalid,
    /// What was sent is larger than what is taken.
    TooLarge,
    /// The app gave no view, for a reason of its own.
    AppFailed,
    /// This machine, or this version of the program, cannot do it.
    Unavailable,
    /// The platform's own fault, or its disk's.
    Internal,
}

impl ErrorKind {
    /// Every kind.
    pub const ALL: &'static [ErrorKind] = &[
        ErrorKind::NotFound,
        ErrorKind::Refused,
        ErrorKind::Conflict,
        ErrorKind::Unsound,
        ErrorKind::Busy,
        ErrorKind::Invalid,
        ErrorKind::TooLarge,
        ErrorKind::AppFailed,
        ErrorKind::Unavailable,
        ErrorKind::Internal,
    ];

    /// Its word, which does not change.
    pub fn id(self) -> &'static str {
        match self {
            ErrorKind::NotFound => "not-found",
            ErrorKind::Refused => "refused",
            ErrorKind::Conflict => "conflict",
            ErrorKind::Unsound => "unsound",
            ErrorKind::Busy => "busy",
            ErrorKind::Invalid => "invalid",
            ErrorKind::TooLarge => "too-large",
            ErrorKind::AppFailed => "app-failed",
            ErrorKind::Unavailable => "unavailable",
            ErrorKind::Internal => "internal",
        }
    }

    /// What all errors of the kind have in common, in words that do not change.
    pub fn title(self) -> &'static str {
        match self {
            ErrorKind::NotFound => "Not found",
            ErrorKind::Refused => "Refused",
            ErrorKind::Conflict => "Not as things stand now",
            ErrorKind::Unsound => "Records that do not agree with the log",
            ErrorKind::Busy => "Too much at once",
            ErrorKind::Invalid => "Not valid",
            ErrorKind::TooLarge => "Too large",
            ErrorKind::AppFailed => "The app gave no view",
            ErrorKind::Unavailable => "Not available here",
            ErrorKind::Internal => "Internal error",
        }
    }
}

pub(crate) fn of_store(error: &StoreError) -> ErrorKind {
    match error {
        StoreError::Conflict => ErrorKind::Conflict,
        StoreError::InUse => ErrorKind::Unavailable,
        // The rooms bound what they write.
        StoreError::TooLarge { .. } | StoreError::Damaged(_) | StoreError::Io(_) => ErrorKind::Internal,
    }
}

pub(crate) fn of_vault(error: &VaultError) -> ErrorKind {
    match error {
        VaultError::Store(error) => of_store(error),
        VaultError::NoSuchPerson { .. } | VaultError::NoSuchImport { .. } => ErrorKind::NotFound,
        VaultError::Exists { .. } => ErrorKind::Conflict,
        VaultError::BadName { .. }
        | VaultError::RowTooLarge { .. }
        | VaultError::NoTime { .. }
        | VaultError::TooManyMonths { .. } => ErrorKind::Invalid,
        VaultError::SpoolFull { .. } => ErrorKind::TooLarge,
        VaultError::NewerFormat { .. } | VaultError::Newer { .. } => ErrorKind::Unavailable,
        VaultError::Kms(_) | VaultError::Damaged(_) | VaultError::ForeignPrefix => ErrorKind::Internal,
    }
}

pub(crate) fn of_consent(error: &ConsentError) -> ErrorKind {
    match error {
        ConsentError::Store(error) => of_store(error),
        ConsentError::NoSuchGrant(_) | ConsentError::NoSuchReceipt(_) => ErrorKind::NotFound,
        ConsentError::TooLarge { .. } | ConsentError::Terms(_) | ConsentError::Widening(_) => {
            ErrorKind::Invalid
        }
        ConsentError::Transition(_) | ConsentError::Closed => ErrorKind::Conflict,
        ConsentError::Broken(_) | ConsentError::Mismatch(_) => ErrorKind::Unsound,
        ConsentError::Unreadable { .. } | ConsentError::Unsealable { .. } => ErrorKind::Internal,
    }
}

pub(crate) fn of_intake(error: &IntakeError) -> ErrorKind {
    match error {
        IntakeError::Unrecognised { .. }
        | IntakeError::Malformed { .. }
        | IntakeError::Exhausted { .. }
        | IntakeError::Incredible { .. } => ErrorKind::Invalid,
        IntakeError::TooLarge { .. } => ErrorKind::TooLarge,
        IntakeError::Io { .. } | IntakeError::Sink { .. } => ErrorKind::Internal,
    }
}

pub(crate) fn of_outcome(outcome: &Outcome) -> ErrorKind {
    match outcome {
        Outcome::BadAnswer { .. } => ErrorKind::Invalid,
        Outcome::NotGranted(_) | Outcome::Withdrawn => ErrorKind::Refused,
        Outcome::NeedsData(_)
        | Outcome::Declined(_)
        | Outcome::Trapped
        | Outcome::TimedOut { .. }
        | Outcome::OutOfMemory { .. }
        | Outcome::StackOverflow
        | Outcome::TooManyCalls
        | Outcome::TooManyRows
        | Outcome::TooManyHandles
        | Outcome::OutputTooLarge
        | Outcome::InvalidView { .. }
        | Outcome::Incompatible(_) => ErrorKind::AppFailed,
        Outcome::Completed | Outcome::Unavailable(_) => ErrorKind::Internal,
    }
}
