//! Kinds of errors. A door derives its status from the kind, and a program its next step.
//!
//! Invariant: kinds derive from variants, never from messages. The matches are exhaustive over the errors of
//! every crate, so a new variant does not compile until it has a kind.

use mesinfos_consent::ConsentError;
use mesinfos_event::EventError;
use mesinfos_identity::IdentityError;
use mesinfos_intake::IntakeError;
use mesinfos_registry::RegistryError;
use mesinfos_runtime::Outcome;
use mesinfos_store::StoreError;
use mesinfos_vault::VaultError;
use mesinfos_vault::kms::KmsError;
use std::io;

/// Kind of an error. Determines the remedy, and who can apply it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorKind {
    /// The named thing does not exist.
    NotFound,
    /// Not allowed: no grant in force covers it, or the person refused.
    Refused,
    /// Incompatible with the current state.
    Conflict,
    /// Records and the audit chain disagree. Nothing is done until somebody investigates it.
    Unsound,
    /// Overload. The same request may succeed later.
    Busy,
    /// The request or its content is invalid.
    Invalid,
    /// The content exceeds the size limit.
    TooLarge,
    /// The app gave no view, for a reason of its own.
    AppFailed,
    /// The disk, or the user's share of it, is full.
    Full,
    /// This machine, or this version of the program, does not support it.
    Unavailable,
    /// Fault of the platform or its disk.
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
        ErrorKind::Full,
        ErrorKind::Unavailable,
        ErrorKind::Internal,
    ];

    /// Stable word for the kind.
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
            ErrorKind::Full => "full",
            ErrorKind::Unavailable => "unavailable",
            ErrorKind::Internal => "internal",
        }
    }

    /// Stable title shared by all errors of the kind.
    pub fn title(self) -> &'static str {
        match self {
            ErrorKind::NotFound => "Not found",
            ErrorKind::Refused => "Refused",
            ErrorKind::Conflict => "Conflict",
            ErrorKind::Unsound => "Records do not match the audit log",
            ErrorKind::Busy => "Busy",
            ErrorKind::Invalid => "Not valid",
            ErrorKind::TooLarge => "Too large",
            ErrorKind::AppFailed => "The app returned no view",
            ErrorKind::Full => "No space left",
            ErrorKind::Unavailable => "Not available here",
            ErrorKind::Internal => "Internal error",
        }
    }
}

pub(crate) fn of_store(error: &StoreError) -> ErrorKind {
    match error {
        StoreError::Conflict => ErrorKind::Conflict,
        StoreError::InUse | StoreError::Closed | StoreError::Unavailable(_) => ErrorKind::Unavailable,
        StoreError::Dump(_) => ErrorKind::Invalid,
        StoreError::Io(error) => of_io(error),
        // The other crates bound the size of their writes.
        StoreError::TooLarge { .. }
        | StoreError::Damaged(_)
        | StoreError::MissingChunk { .. }
        | StoreError::Unknown(_) => ErrorKind::Internal,
    }
}

/// Kind of an error of the file system.
pub(crate) fn of_io(error: &io::Error) -> ErrorKind {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ErrorKind::Full,
        io::ErrorKind::ReadOnlyFilesystem => ErrorKind::Unavailable,
        _ => ErrorKind::Internal,
    }
}

pub(crate) fn of_vault(error: &VaultError) -> ErrorKind {
    match error {
        VaultError::Store(error) => of_store(error),
        VaultError::NoSuchPerson { .. } | VaultError::NoSuchImport { .. } => ErrorKind::NotFound,
        VaultError::Exists { .. } | VaultError::TooSlow { .. } => ErrorKind::Conflict,
        VaultError::TooManyAmendments { .. }
        | VaultError::TooManyWithheld { .. }
        | VaultError::TooManyStillWithheld { .. } => ErrorKind::Conflict,
        VaultError::BadName(_)
        | VaultError::RowTooLarge { .. }
        | VaultError::NoTime { .. }
        | VaultError::TooManyMonths { .. } => ErrorKind::Invalid,
        VaultError::SpoolFull { .. } => ErrorKind::TooLarge,
        VaultError::NewerFormat { .. } | VaultError::Newer { .. } => ErrorKind::Unavailable,
        VaultError::Lost { .. } => ErrorKind::Unsound,
        VaultError::ErasureBegun { .. } => ErrorKind::Internal,
        VaultError::Kms(KmsError::Io(error)) => of_io(error),
        VaultError::Kms(_)
        | VaultError::Damaged(_)
        | VaultError::ChunkDamaged { .. }
        | VaultError::DocumentDamaged { .. } => ErrorKind::Internal,
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

pub(crate) fn of_identity(error: &IdentityError) -> ErrorKind {
    match error {
        IdentityError::Unfit(_) | IdentityError::NotALoginName(_) | IdentityError::NotACode(_) => {
            ErrorKind::Invalid
        }
        IdentityError::NoSuchInvitation | IdentityError::NoSuchAccount | IdentityError::NoSuchSample => {
            ErrorKind::NotFound
        }
        IdentityError::NoSuchSignIn
        | IdentityError::NoSuchPasskey
        | IdentityError::SessionOver
        | IdentityError::NotFresh
        | IdentityError::NoVault
        | IdentityError::IsSample => ErrorKind::Refused,
        IdentityError::NameTaken
        | IdentityError::Linked
        | IdentityError::HasVault
        | IdentityError::TooManyPasskeys
        | IdentityError::PasskeyKnown
        | IdentityError::LastSignIn => ErrorKind::Conflict,
        IdentityError::Wait { .. } | IdentityError::TooManySamples => ErrorKind::Busy,
        IdentityError::Records(_)
        | IdentityError::NoRandomness
        | IdentityError::Hash(_)
        | IdentityError::Passkeys(_) => ErrorKind::Internal,
    }
}

pub(crate) fn of_registry(error: &RegistryError) -> ErrorKind {
    match error {
        RegistryError::Store(error) => of_store(error),
        RegistryError::NoSuchVersion => ErrorKind::NotFound,
        RegistryError::Unsigned
        | RegistryError::Forged
        | RegistryError::NoReason
        | RegistryError::Unclaimed { .. }
        | RegistryError::BadClaim { .. } => ErrorKind::Invalid,
        RegistryError::TooLarge { .. } => ErrorKind::Invalid,
        RegistryError::Blocked(_) => ErrorKind::Refused,
        RegistryError::OtherKey { .. }
        | RegistryError::OtherOwner { .. }
        | RegistryError::NotAbove { .. }
        | RegistryError::Known
        | RegistryError::Impossible { .. }
        | RegistryError::TooManyDrafts { .. }
        | RegistryError::TooManyWaiting { .. } => ErrorKind::Conflict,
    }
}

/// Stable code of an error of the registry.
pub(crate) fn code_of_registry(error: &RegistryError) -> &'static str {
    match error {
        RegistryError::Store(_) => "storage",
        RegistryError::NoSuchVersion => "no-such-version",
        RegistryError::Unsigned => "unsigned",
        RegistryError::Forged => "forged-signature",
        RegistryError::OtherKey { .. } => "other-key",
        RegistryError::OtherOwner { .. } => "other-owner",
        RegistryError::Unclaimed { .. } => "unclaimed",
        RegistryError::BadClaim { .. } => "bad-claim",
        RegistryError::NotAbove { .. } => "version-not-above",
        RegistryError::Known => "known-component",
        RegistryError::Impossible { .. } => "bad-state",
        RegistryError::NoReason => "no-reason",
        RegistryError::Blocked(_) => "blocked",
        RegistryError::TooManyDrafts { .. } => "too-many-drafts",
        RegistryError::TooManyWaiting { .. } => "too-many-waiting",
        RegistryError::TooLarge { .. } => "too-large-record",
    }
}

/// Kind of an error of an event.
pub(crate) fn of_event(error: &EventError) -> ErrorKind {
    match error {
        EventError::Store(error) => of_store(error),
        EventError::Record(_) => ErrorKind::Unsound,
        EventError::NoRandomness => ErrorKind::Unavailable,
        EventError::NoEvent
        | EventError::WrongCode
        | EventError::NoSuchTeam
        | EventError::NoSuchJuror
        | EventError::NothingHandedIn => ErrorKind::NotFound,
        EventError::BadName { .. }
        | EventError::BadTeams { .. }
        | EventError::BadDeadline
        | EventError::BadBallot { .. } => ErrorKind::Invalid,
        EventError::SubmissionsOver | EventError::NotYet | EventError::VoteOver | EventError::VoteOpen => {
            ErrorKind::Refused
        }
        EventError::OwnTeam => ErrorKind::Refused,
        EventError::Exists
        | EventError::NameTaken
        | EventError::TooManyTeams { .. }
        | EventError::TooManyMembers { .. }
        | EventError::TooManyJurors { .. } => ErrorKind::Conflict,
    }
}

/// Stable code of an error of an event.
pub(crate) fn code_of_event(error: &EventError) -> &'static str {
    match error {
        EventError::Store(_) => "storage",
        EventError::Record(_) => "event-record",
        EventError::NoRandomness => "no-randomness",
        EventError::NoEvent => "no-event",
        EventError::Exists => "event-exists",
        EventError::WrongCode => "wrong-code",
        EventError::BadName { .. } => "bad-display-name",
        EventError::NameTaken => "team-name-taken",
        EventError::BadTeams { .. } => "bad-teams",
        EventError::BadDeadline => "bad-deadline",
        EventError::TooManyTeams { .. } => "too-many-teams",
        EventError::TooManyMembers { .. } => "too-many-members",
        EventError::TooManyJurors { .. } => "too-many-jurors",
        EventError::NoSuchTeam => "no-such-team",
        EventError::NoSuchJuror => "no-such-juror",
        EventError::SubmissionsOver => "submissions-over",
        EventError::NotYet => "vote-not-yet",
        EventError::VoteOver => "vote-over",
        EventError::VoteOpen => "vote-open",
        EventError::OwnTeam => "own-team",
        EventError::NothingHandedIn => "nothing-handed-in",
        EventError::BadBallot { .. } => "bad-ballot",
    }
}

/// Stable code of an error of accounts.
pub(crate) fn code_of_identity(error: &IdentityError) -> &'static str {
    match error {
        IdentityError::Unfit(_) => "unfit-password",
        IdentityError::NotALoginName(_) => "bad-name",
        IdentityError::NotACode(_) => "not-a-code",
        IdentityError::NoSuchSignIn => "no-such-sign-in",
        IdentityError::NoSuchPasskey => "no-such-passkey",
        IdentityError::TooManyPasskeys => "too-many-passkeys",
        IdentityError::PasskeyKnown => "passkey-known",
        IdentityError::LastSignIn => "last-sign-in",
        IdentityError::Wait { .. } => "wait",
        IdentityError::NameTaken => "name-taken",
        IdentityError::NoSuchInvitation => "no-such-invitation",
        IdentityError::SessionOver => "session-over",
        IdentityError::NotFresh => "not-fresh",
        IdentityError::Linked => "linked",
        IdentityError::HasVault => "has-vault",
        IdentityError::NoVault => "no-vault",
        IdentityError::TooManySamples => "too-many-samples",
        IdentityError::IsSample => "is-sample",
        IdentityError::NoSuchSample => "no-such-sample",
        IdentityError::NoSuchAccount => "no-such-account",
        IdentityError::Records(_)
        | IdentityError::NoRandomness
        | IdentityError::Hash(_)
        | IdentityError::Passkeys(_) => "identity",
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
