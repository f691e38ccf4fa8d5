//! What can go wrong in a use case, in words for the person who did it.

use crate::kind::{self, ErrorKind};
use mesinfos_consent::{Absence, ConsentError};
use mesinfos_intake::IntakeError;
use mesinfos_model::{Category, Digest, Grain, Period, RowId};
use mesinfos_runtime::{Outcome, Problem};
use mesinfos_store::StoreError;
use mesinfos_vault::VaultError;
use std::path::PathBuf;

/// A use case that did not happen.
#[derive(Debug, thiserror::Error)]
pub enum PlatformError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// Grants, receipts or the audit chain.
    #[error(transparent)]
    Consent(#[from] ConsentError),
    /// A file that could not be read.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// A file or folder.
    #[error("{0}")]
    Io(std::io::Error),
    /// A folder of keys, rows or code that others than its owner may enter; nothing was read or written.
    #[error(
        "others than its owner may enter the folder {} (its mode is {mode:o}); nothing was read or written",
        .path.display()
    )]
    OpenToOthers {
        /// Which folder.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// A token or a code that cannot be made.
    #[error(transparent)]
    BadToken(#[from] TokenError),
    /// There is no such token.
    #[error("there is no token {id}")]
    NoSuchToken {
        /// The id that was given.
        id: String,
    },
    /// A component that is refused.
    #[error("the app is refused: {}", problems(.0))]
    Refused(Vec<Problem>),
    /// The same version of an app with another content.
    #[error("{app} {version} is installed already with another content: give the new one a new version")]
    SameVersion {
        /// Which app.
        app: String,
        /// Which version.
        version: String,
    },
    /// The id of an app belongs to another publisher.
    #[error(
        "{app} is published by \"{installed}\", and this component says \"{new}\": nothing was installed"
    )]
    OtherPublisher {
        /// Which app.
        app: String,
        /// Who publishes the installed one.
        installed: String,
        /// Who publishes the new one.
        new: String,
    },
    /// What is installed is not what the person was shown.
    #[error(
        "{app} is not what you were shown: installed is the component {installed}, and {}. Nothing was granted: look at what it asks for now, and grant that component",
        shown.as_ref().map_or_else(|| "none was named".to_owned(), |shown| format!("\"{shown}\" was named"))
    )]
    OtherComponent {
        /// Which app.
        app: String,
        /// Its installed component.
        installed: Digest,
        /// What was named instead, if anything was.
        shown: Option<String>,
    },
    /// What is asked for is about a person's data, and nobody is named.
    #[error("no person is named")]
    NoPerson,
    /// There is no such app.
    #[error("there is no app \"{app}\"{}", known(.installed))]
    NoSuchApp {
        /// The id that was given.
        app: String,
        /// Ids that are installed.
        installed: Vec<String>,
    },
    /// An app that may not run.
    #[error("{app} was not started: {}{}", requires(.missing), refused(.why.as_deref()))]
    NotGranted {
        /// Which app.
        app: String,
        /// For whom.
        person: String,
        /// The categories that are missing.
        missing: Vec<Category>,
        /// Why there is no grant for them; none if there is one, and they were refused in it.
        why: Option<Box<Absence>>,
    },
    /// Too many run and wait already; nothing was started.
    #[error(
        "too many apps are running at this moment, or too many of this app or for this person: try again in a few seconds"
    )]
    Busy,
    /// An app that could not be made ready, or was not asked rightly.
    #[error("{0}")]
    Run(Outcome),
    /// A run that did not give a view.
    #[error("{outcome}")]
    Ended {
        /// How it ended.
        outcome: Outcome,
        /// What the app noted down before, for the person alone.
        log: String,
    },
    /// What is asked for in a grant does not fit the app.
    #[error(transparent)]
    BadGrant(#[from] GrantError),
    /// An app has no grant that could be changed.
    #[error("{app} has no grant that is in force")]
    NoGrant {
        /// Which app.
        app: String,
    },
    /// Runner processes cannot be had.
    #[cfg(target_os = "linux")]
    #[error(transparent)]
    Isolation(#[from] mesinfos_runner::RunnerError),
    /// Runner processes cannot be had on this system.
    #[error("runner processes need Linux")]
    NoRunners,
    /// There is no such document, or its file is not kept.
    #[error("there is no document {id} that is kept")]
    NoSuchDocument {
        /// The id that was given.
        id: String,
    },
    /// A backup is put into an empty folder only; nothing was written.
    #[error("the folder {} is there and is not empty: a backup is put in the place of nothing; nothing was written", .path.display())]
    NotEmpty {
        /// Which folder.
        path: PathBuf,
    },
    /// A backup opens with the keys that it was made with; nothing was written.
    #[error("there are no keys in {}: a backup has none, and opens with those of its data folder alone; nothing was written", .path.display())]
    NoKeys {
        /// The folder of keys.
        path: PathBuf,
    },
    /// A receipt that cannot be replayed.
    #[error("the receipt cannot be replayed: {0}")]
    NotReplayable(ReplayError),
}

/// What is asked for in a grant and does not fit the app, or is not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GrantError {
    /// The app does not ask for a category.
    #[error("{app} does not ask for {category}: it asks for {}", ids(.asked))]
    NotAsked {
        /// Which app.
        app: String,
        /// Which category.
        category: Category,
        /// What it asks for.
        asked: Vec<Category>,
    },
    /// What the app's manifest gives as its purpose is none of the closed list.
    #[error("the app's purpose is not known")]
    UnknownPurpose,
    /// The app was not given a category that is to become narrower.
    #[error("{app} was not given {category}")]
    NotGiven {
        /// Which app.
        app: String,
        /// Which category.
        category: Category,
    },
    /// A category comes twice.
    #[error("{0} is named twice: say all of it at once")]
    Twice(Category),
    /// No row of a category comes from a holder of that name.
    #[error("{category} has no row of \"{name}\"; there are rows of {}; nothing was changed", .known.join(", "))]
    NoSuchHolder {
        /// Which category.
        category: Category,
        /// The name that was given.
        name: String,
        /// The holders that there are.
        known: Vec<String>,
    },
    /// A row that is to be left out is not there.
    #[error("{category} has no row {id}; nothing was changed")]
    NoSuchRow {
        /// Of which category.
        category: Category,
        /// Its address.
        id: RowId,
    },
    /// A category is not given like that.
    #[error("{category} is given {}, not {}", grains(*.category), .grain.id())]
    Granularity {
        /// Which category.
        category: Category,
        /// How it was to be given.
        grain: Grain,
    },
    /// The app does not ask for some of the fields.
    #[error("of {category} the app asks for the fields {}", .asked.join(", "))]
    FieldsNotAsked {
        /// Of which category.
        category: Category,
        /// What it asks for.
        asked: Vec<&'static str>,
    },
    /// There is no such field.
    #[error("{category} has no field \"{name}\"")]
    NoSuchField {
        /// Of which category.
        category: Category,
        /// The name that was given.
        name: String,
    },
    /// Whole months are to be given, and there is none.
    #[error("there is no whole month in {period}: give a longer period, or a finer granularity")]
    NoWholeMonth {
        /// The period.
        period: Period,
    },
    /// A field that adds up the rows before is to be given, and some of these are left out.
    #[error("{category}: \"{field}\" tells of the rows that are left out: give one or leave out the other")]
    RunningField {
        /// Of which category.
        category: Category,
        /// Which field.
        field: &'static str,
    },
}

/// Why a receipt cannot be replayed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// The app may not run: for want of a grant, or why there is none.
    #[error("{}", absent(.0.as_ref()))]
    NotGranted(Option<Absence>),
    /// The grant became narrower since.
    #[error("your grant lets the app see less today than it saw then")]
    Narrower,
    /// The parameters of the receipt cannot be read.
    #[error("{0}")]
    Parameters(String),
}

fn absent(why: Option<&Absence>) -> String {
    why.map_or_else(|| "there is no grant".to_owned(), ToString::to_string)
}

fn refused(why: Option<&Absence>) -> String {
    why.map_or_else(|| "you refused it, and the app cannot do without".to_owned(), ToString::to_string)
}

fn ids(categories: &[Category]) -> String {
    if categories.is_empty() {
        return "nothing".to_owned();
    }
    categories.iter().map(|category| category.id()).collect::<Vec<_>>().join(", ")
}

fn grains(category: Category) -> String {
    category.schema().grains.iter().map(|grain| grain.id()).collect::<Vec<_>>().join(", ")
}

/// A token or a code that cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Nobody would know whose it is.
    #[error("a token has a name that says whom it is for")]
    NoName,
    /// Not for so many days.
    #[error("{days} days: a token is good for 1 to {most} days")]
    Days {
        /// How many were asked for.
        days: u32,
        /// The most.
        most: u32,
    },
    /// For deposits, and for nobody.
    #[error("a token for deposits names the people it is for")]
    NoPeople,
    /// There are too many.
    #[error("there are {most} tokens already: revoke those that nobody uses")]
    TooMany {
        /// The most.
        most: usize,
    },
    /// Too many codes wait to be used.
    #[error("{most} codes wait to be used: try again in {minutes} minutes")]
    TooManyCodes {
        /// The most.
        most: usize,
        /// Until the oldest is over.
        minutes: i64,
    },
}

impl TokenError {
    fn kind(&self) -> ErrorKind {
        match self {
            TokenError::NoName | TokenError::Days { .. } | TokenError::NoPeople => ErrorKind::Invalid,
            TokenError::TooMany { .. } => ErrorKind::Conflict,
            TokenError::TooManyCodes { .. } => ErrorKind::Busy,
        }
    }
}

/// An error of the vault may cross a reader or a writer as an I/O error: it is that error still.
impl From<std::io::Error> for PlatformError {
    fn from(error: std::io::Error) -> PlatformError {
        error.downcast::<VaultError>().map_or_else(PlatformError::Io, PlatformError::Vault)
    }
}

fn problems(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// What an app cannot do without; nothing of one that can do without everything.
fn requires(categories: &[Category]) -> String {
    if categories.is_empty() {
        return String::new();
    }
    format!("it requires {}, which is not granted: ", ids(categories))
}

fn known(installed: &[String]) -> String {
    match installed {
        [] => "; none is installed yet".to_owned(),
        some => format!("; installed are {}", some.join(", ")),
    }
}

impl PlatformError {
    /// What an app noted down before its run ended without a view: for the person alone.
    pub fn log(&self) -> &str {
        match self {
            PlatformError::Ended { log, .. } => log,
            _ => "",
        }
    }

    /// Whether somebody else changed what this is about at the same time: it may be tried again.
    pub(crate) fn is_conflict(&self) -> bool {
        let conflict = |error: &StoreError| matches!(error, StoreError::Conflict);
        match self {
            PlatformError::Store(error) | PlatformError::Consent(ConsentError::Store(error)) => {
                conflict(error)
            }
            PlatformError::Vault(VaultError::Store(error)) => conflict(error),
            _ => false,
        }
    }

    /// Whether this machine has no processes apart.
    pub fn lacks_isolation(&self) -> bool {
        match self {
            #[cfg(target_os = "linux")]
            PlatformError::Isolation(_) => true,
            PlatformError::NoRunners => true,
            _ => false,
        }
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> ErrorKind {
        match self {
            PlatformError::Store(error) => kind::of_store(error),
            PlatformError::Vault(error) => kind::of_vault(error),
            PlatformError::Consent(error) => kind::of_consent(error),
            PlatformError::Intake(error) => kind::of_intake(error),
            PlatformError::Run(outcome) | PlatformError::Ended { outcome, .. } => kind::of_outcome(outcome),
            PlatformError::BadToken(error) => error.kind(),
            PlatformError::NoPerson => ErrorKind::Invalid,
            PlatformError::NoSuchToken { .. }
            | PlatformError::NoSuchApp { .. }
            | PlatformError::NoSuchDocument { .. }
            | PlatformError::NoGrant { .. } => ErrorKind::NotFound,
            PlatformError::NotGranted { .. } | PlatformError::NotReplayable(_) => ErrorKind::Refused,
            PlatformError::SameVersion { .. }
            | PlatformError::OtherPublisher { .. }
            | PlatformError::OtherComponent { .. }
            | PlatformError::NotEmpty { .. } => ErrorKind::Conflict,
            PlatformError::Busy => ErrorKind::Busy,
            PlatformError::Refused(_) | PlatformError::BadGrant(_) => ErrorKind::Invalid,
            #[cfg(target_os = "linux")]
            PlatformError::Isolation(_) => ErrorKind::Unavailable,
            PlatformError::NoRunners | PlatformError::OpenToOthers { .. } | PlatformError::NoKeys { .. } => {
                ErrorKind::Unavailable
            }
            PlatformError::Io(_) => ErrorKind::Internal,
        }
    }

    /// A code that does not change with the wording.
    pub fn code(&self) -> &'static str {
        match self {
            error if error.is_conflict() => "changed-meanwhile",
            PlatformError::Store(StoreError::InUse) => "in-use",
            PlatformError::Busy => "busy",
            PlatformError::OpenToOthers { .. } => "open-to-others",
            PlatformError::BadToken(_) => "bad-token",
            PlatformError::NoSuchToken { .. } => "no-such-token",
            PlatformError::OtherPublisher { .. } => "other-publisher",
            PlatformError::OtherComponent { .. } => "other-component",
            PlatformError::Store(_) | PlatformError::Io(_) => "storage",
            PlatformError::Vault(VaultError::NoSuchPerson { .. }) => "no-such-person",
            PlatformError::Vault(VaultError::BadName(_)) => "bad-name",
            PlatformError::Vault(VaultError::NoSuchImport { .. }) => "no-such-import",
            PlatformError::Vault(VaultError::Exists { .. }) => "exists",
            PlatformError::Vault(
                VaultError::RowTooLarge { .. } | VaultError::NoTime { .. } | VaultError::TooManyMonths { .. },
            ) => "unreadable-file",
            PlatformError::Vault(VaultError::SpoolFull { .. }) => "too-large",
            PlatformError::Vault(VaultError::NewerFormat { .. } | VaultError::Newer { .. }) => "newer",
            PlatformError::Vault(_) => "vault",
            PlatformError::Consent(ConsentError::Broken(_) | ConsentError::Mismatch(_)) => "broken-log",
            PlatformError::Consent(ConsentError::NoSuchReceipt(_)) => "no-such-receipt",
            PlatformError::Consent(ConsentError::NoSuchGrant(_)) => "no-such-grant",
            PlatformError::Consent(_) => "consent",
            PlatformError::Intake(_) => "unreadable-file",
            PlatformError::Refused(_) => "refused",
            PlatformError::SameVersion { .. } => "same-version",
            PlatformError::NoPerson => "no-person",
            PlatformError::NoSuchApp { .. } => "no-such-app",
            PlatformError::NotGranted { .. } => "not-granted",
            PlatformError::Run(outcome) | PlatformError::Ended { outcome, .. } => outcome.code(),
            PlatformError::BadGrant(_) => "bad-grant",
            PlatformError::NoGrant { .. } => "no-such-grant",
            #[cfg(target_os = "linux")]
            PlatformError::Isolation(_) => "isolation",
            PlatformError::NoRunners => "isolation",
            PlatformError::NoSuchDocument { .. } => "no-such-document",
            PlatformError::NotReplayable(_) => "not-replayable",
            PlatformError::NotEmpty { .. } => "not-empty",
            PlatformError::NoKeys { .. } => "no-keys",
        }
    }
}

impl From<mesinfos_model::person::NotAName> for PlatformError {
    fn from(error: mesinfos_model::person::NotAName) -> PlatformError {
        VaultError::from(error).into()
    }
}
