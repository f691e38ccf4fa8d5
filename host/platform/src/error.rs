//! Errors of use cases, with messages for the person.

use crate::ImportReport;
use crate::kind::{self, ErrorKind};
use mesinfos_consent::{ConsentError, NotLive};
use mesinfos_event::EventError;
use mesinfos_identity::IdentityError;
use mesinfos_intake::IntakeError;
use mesinfos_intake::mapped::MappingProblem;
use mesinfos_intake::till::TillError;
use mesinfos_model::{Category, CategoryScope, Digest, Grain, Period, RowId};
use mesinfos_registry::RegistryError;
use mesinfos_runtime::{Outcome, Problem};
use mesinfos_store::StoreError;
use mesinfos_vault::{Gaps, VaultError};
use std::path::PathBuf;

/// Error of a use case.
#[derive(Debug, thiserror::Error)]
pub enum PlatformError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The vault failed.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// Grants, receipts or the audit chain failed.
    #[error(transparent)]
    Consent(#[from] ConsentError),
    /// Accounts or sign-in failed, for another reason than the store.
    #[error(transparent)]
    Identity(IdentityError),
    /// A file could not be read.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// Every row of a file was rejected. Nothing was imported.
    #[error("no row of {} could be read: {} were rejected; nothing was imported", .0.file, .0.rejected())]
    AllRejected(Box<ImportReport>),
    /// I/O on a file or folder failed.
    #[error("{0}")]
    Io(std::io::Error),
    /// A folder of keys, rows or code is accessible to users other than its owner. Nothing was read or
    /// written.
    #[error(
        "users other than the owner may enter the folder {} (its mode is {mode:o}); nothing was read or written",
        .path.display()
    )]
    OpenToOthers {
        /// The folder.
        path: PathBuf,
        /// Its Unix mode.
        mode: u32,
    },
    /// A token or code cannot be created.
    #[error(transparent)]
    BadToken(#[from] TokenError),
    /// No such token.
    #[error("there is no token {id}")]
    NoSuchToken {
        /// Requested id.
        id: String,
    },
    /// The component was refused at `check`.
    #[error("the app is refused: {}", problems(.0))]
    Refused(Vec<Problem>),
    /// This version of the app is installed with different content.
    #[error("{app} {version} is already installed with different content: give the new one a new version")]
    SameVersion {
        /// Id of the app.
        app: String,
        /// Its version.
        version: String,
    },
    /// Another publisher owns the app's id.
    #[error(
        "{app} is published by \"{installed}\", but this component names \"{new}\"; nothing was installed"
    )]
    OtherPublisher {
        /// Id of the app.
        app: String,
        /// Publisher of the installed component.
        installed: String,
        /// Publisher named by the new component.
        new: String,
    },
    /// Error of the registry of apps.
    #[error(transparent)]
    Registry(RegistryError),
    /// The folder is that of an event, which nothing but an event opens. Nothing was read or written.
    #[error("{} is the folder of an event: only \"event serve\" opens it", .path.display())]
    IsEvent {
        /// The folder.
        path: PathBuf,
    },
    /// The folder is not that of an event. Nothing was read or written.
    #[error("{} is not the folder of an event", .path.display())]
    NotAnEvent {
        /// The folder.
        path: PathBuf,
    },
    /// An event takes no file and creates no person.
    #[error("this is an event: it has invented people only, and takes no file; nothing was kept")]
    OnlySamples,
    /// Error of an event.
    #[error(transparent)]
    Event(EventError),
    /// The app fails for a sample person, so it is not submitted.
    #[error("it fails for the sample person {} without {}: {}", .0.person, ids(&.0.refused), .0.outcome.code())]
    FailsFor(Box<MatrixFailure>),
    /// Another version of the same author is being tried on the sample people.
    #[error(
        "another version of the same author is being tried on the sample people; wait until that is over"
    )]
    TrialUnderWay,
    /// A source is too long for the playground.
    #[error("the source takes {bytes} bytes once written, and the playground has {most}")]
    LongSource {
        /// Bytes that it takes, characters beyond ASCII with six each.
        bytes: usize,
        /// Bytes that there are.
        most: usize,
    },
    /// The person paused everything.
    #[error("the person paused everything, and nothing was granted: end the pause first, in the web app")]
    EverythingPaused,
    /// The installed version of the app was stopped: it runs for nobody.
    #[error("{app} {version} was stopped, and nothing was started{}", because(.reason))]
    Stopped {
        /// Id of the app.
        app: String,
        /// Its version.
        version: String,
        /// Whether it is for good.
        is_final: bool,
        /// Why.
        reason: String,
    },
    /// The installed component differs from the one the person saw.
    #[error(
        "{app} is not the app you were shown: the installed component is {installed}, and {}. Nothing was granted: review the request of the installed component, and grant that one",
        shown.as_ref().map_or_else(|| "none was named".to_owned(), |shown| format!("\"{shown}\" was named"))
    )]
    OtherComponent {
        /// Id of the app.
        app: String,
        /// Its installed component.
        installed: Digest,
        /// Component named in the request, if any.
        shown: Option<String>,
    },
    /// The notice has changed since the person was shown it.
    #[error(
        "what you were told about {app} has changed since you were shown it. Nothing was granted and nothing was read: read the notice as it is now, then answer"
    )]
    OtherNotice {
        /// Id of the app.
        app: String,
    },
    /// The request is about a person's data but names no person.
    #[error("no person is named")]
    NoPerson,
    /// No such app.
    #[error("there is no app \"{app}\"{}", known(.installed))]
    NoSuchApp {
        /// Requested id.
        app: String,
        /// Ids of installed apps.
        installed: Vec<String>,
    },
    /// The app may not run: a required category is not granted.
    #[error("{app} was not started: {}{}", requires(.missing), refused(.why.as_deref()))]
    NotGranted {
        /// Id of the app.
        app: String,
        /// Name of the person.
        person: String,
        /// Required categories not granted.
        missing: Vec<Category>,
        /// Reason no grant is in force. `None` if one is, and the person refused the categories.
        why: Option<Box<NotLive>>,
    },
    /// No slot is free and the queue is full, globally, per app or per person. Nothing was started.
    #[error(
        "too many runs are under way, in all, of this app or for this person; nothing was started: try again in a few seconds"
    )]
    Busy,
    /// The app could not be loaded, or its parameters are invalid.
    #[error("{0}")]
    Run(Outcome),
    /// A run ended without a view.
    #[error("{outcome}")]
    Ended {
        /// Outcome of the run.
        outcome: Outcome,
        /// Notes the app wrote until then, for the person only.
        log: String,
        /// Categories that the app lacked although the vault has rows of them, none within the grant. For the
        /// person only: the app cannot tell.
        beyond: Box<[Outside]>,
    },
    /// The requested grant does not fit the app.
    #[error(transparent)]
    BadGrant(#[from] GrantError),
    /// The app has no grant in force to change.
    #[error("{app} has no grant in force")]
    NoGrant {
        /// Id of the app.
        app: String,
    },
    /// Creating or using a runner process failed.
    #[cfg(target_os = "linux")]
    #[error(transparent)]
    Isolation(#[from] mesinfos_runner::RunnerError),
    /// Runner processes are not supported on this system.
    #[error("runner processes need Linux")]
    NoRunners,
    /// No such document, or its file is not kept.
    #[error("there is no kept document {id}")]
    NoSuchDocument {
        /// Requested id.
        id: String,
    },
    /// The text of a document cannot be recognised.
    #[error("{0}")]
    NotRecognised(#[from] RecognitionError),
    /// A value that a person typed into a row cannot be understood.
    #[error("the value of \"{field}\" cannot be understood; nothing was changed")]
    BadRowValue {
        /// Category of the row.
        category: Category,
        /// Name of the field.
        field: String,
    },
    /// What is said about the columns of a table is not whole.
    #[error(transparent)]
    BadMapping(#[from] MappingProblem),
    /// A till receipt cannot be stored as it is.
    #[error(transparent)]
    BadReceipt(#[from] TillError),
    /// A till receipt of this document is stored. Nothing was written.
    #[error("a receipt of this document was added by import {import}; undo that import to add another")]
    ReceiptKept {
        /// Number of its import.
        import: u64,
    },
    /// The target folder of a restore is not empty. Nothing was written.
    #[error("the folder {} is not empty: a backup is restored only where no store exists; nothing was written", .path.display())]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// A restore into the data folder did not end, and there is no store. Nothing was written.
    #[error("a restore was interrupted or is under way: {} is incomplete, and there is no store; nothing was written", .path.display())]
    RestoreUnfinished {
        /// The folder of the restore.
        path: PathBuf,
    },
    /// The data folder has keys but no store. A new store would hide the loss. Nothing was written.
    #[error("the data folder has keys, but its store {} is gone; nothing was written", .path.display())]
    StoreGone {
        /// The folder of the store.
        path: PathBuf,
    },
    /// The data folder has no keys. A backup or a store opens only with the keys it was made with. Nothing was written.
    #[error("there are no keys in {}: a backup contains none, and it and a store open only with the keys of their own data folder; nothing was written", .path.display())]
    NoKeys {
        /// The folder of keys.
        path: PathBuf,
    },
    /// Rows or documents of some people are gone or were changed. No backup was made.
    #[error("{} sealed chunks of {} people are missing or do not open; no backup was made", .0.chunks, .0.persons)]
    ChunksMissing(Gaps),
    /// A receipt cannot be replayed.
    #[error("the receipt cannot be replayed: {0}")]
    NotReplayable(ReplayError),
}

/// Reason why the text of a document cannot be recognised. Nothing was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecognitionError {
    /// The document is of a kind without characters.
    #[error("this kind of document has no text that can be read")]
    NoCharacters,
    /// The program that recognises characters is not installed.
    #[error("the program that recognises text in pictures (tesseract) is not installed")]
    NoProgram,
    /// Files are read in the process with the keys, where no other program is started.
    #[error("text in pictures is recognised only with --isolation process, on Linux")]
    NotConfined,
    /// Other pictures are being read.
    #[error("other pictures are being read: try again in a minute")]
    Busy,
    /// The program ended without a text, or took too much time or memory.
    #[error("the text of the picture could not be recognised")]
    Failed,
}

/// A category of which the person has rows, none of them within a grant, or none with all the fields that an app asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// The category.
    pub category: Category,
    /// Scope of the category in the grant. `None` if the grant does not give the category.
    pub scope: Option<CategoryScope>,
    /// Days from the earliest row to the latest. `None` if no row has a date.
    pub days: Option<Period>,
    /// Fields that the app asks for and the grant withholds, where rows are within it.
    pub withheld: Vec<&'static str>,
}

/// A requested grant that does not fit the app, or names something that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GrantError {
    /// The app does not request the category.
    #[error("{app} does not ask for {category}: it asks for {}", ids(.asked))]
    NotAsked {
        /// Id of the app.
        app: String,
        /// Category named in the grant.
        category: Category,
        /// Categories that the app requests.
        asked: Vec<Category>,
    },
    /// The purpose in the app's manifest is not in the closed list.
    #[error("the app's purpose is not one of the known purposes")]
    UnknownPurpose,
    /// A category to narrow is not in the grant.
    #[error("{app} was not given {category}")]
    NotGiven {
        /// Id of the app.
        app: String,
        /// Category named in the change.
        category: Category,
    },
    /// The change takes nothing away.
    #[error("this takes nothing away from the grant of {app}; nothing was changed")]
    NothingNarrower {
        /// Id of the app.
        app: String,
    },
    /// The request names a category twice.
    #[error("{0} is named twice: name each category once")]
    Twice(Category),
    /// No row of a category comes from a holder of that name.
    #[error("{category} has no row of \"{name}\"; there are rows of {}; nothing was changed", .known.join(", "))]
    NoSuchHolder {
        /// Category named in the grant.
        category: Category,
        /// Requested name.
        name: String,
        /// Holders with rows in the categories named.
        known: Vec<String>,
    },
    /// A row to exclude does not exist.
    #[error("{category} has no row {id}; nothing was changed")]
    NoSuchRow {
        /// Category of the row.
        category: Category,
        /// Requested row id.
        id: RowId,
    },
    /// The category does not support this granularity.
    #[error("{category} supports the granularities {}, not {}", grains(*.category), .grain.id())]
    Granularity {
        /// Category named in the grant.
        category: Category,
        /// Granularity requested.
        grain: Grain,
    },
    /// The grant names fields that the app does not request.
    #[error("the app asks only for these fields of {category}: {}", .asked.join(", "))]
    FieldsNotAsked {
        /// Category of the fields.
        category: Category,
        /// Fields that the app requests.
        asked: Vec<&'static str>,
    },
    /// No such field.
    #[error("{category} has no field \"{name}\"")]
    NoSuchField {
        /// Category named in the grant.
        category: Category,
        /// Field name requested.
        name: String,
    },
    /// A list of fields or holders is empty: the grant would give nothing.
    #[error("this would give nothing of {0}: name at least one field and one holder, or neither")]
    GivesNothing(Category),
    /// The grant ends after the last day that can be written.
    #[error("a grant ends on 9999-12-31 at the latest")]
    EndsTooLate,
    /// The grant is monthly and its period contains no whole month.
    #[error("there is no whole month in {period}: choose a longer period or a finer granularity")]
    NoWholeMonth {
        /// Period of the grant.
        period: Period,
    },
    /// The grant includes a running total and excludes rows that the total reveals.
    #[error("{category}: \"{field}\" would reveal the excluded rows: omit the field, or exclude no rows")]
    RunningField {
        /// Category of the field.
        category: Category,
        /// Id of the field.
        field: &'static str,
    },
}

/// A failure of an app for a sample person.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixFailure {
    /// Id of the sample person.
    pub person: String,
    /// Optional categories that were refused.
    pub refused: Vec<Category>,
    /// How the run ended.
    pub outcome: Outcome,
}

/// Reason a receipt cannot be replayed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// The app may not run. `Some` has the reason no grant is in force; `None` if there is no grant.
    #[error("{}", absent(.0.as_ref()))]
    NotGranted(Option<NotLive>),
    /// The grant was narrowed after the run.
    #[error("your grant now lets the app see less than it saw then")]
    Narrower,
    /// The component was stopped: it runs for nobody.
    #[error("this version of the app was stopped")]
    Stopped,
    /// The receipt's parameters cannot be read.
    #[error("{0}")]
    Parameters(String),
}

fn absent(why: Option<&NotLive>) -> String {
    why.map_or_else(|| "there is no grant".to_owned(), ToString::to_string)
}

fn refused(why: Option<&NotLive>) -> String {
    why.map_or_else(|| "you refused it, and the app cannot do without it".to_owned(), ToString::to_string)
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

/// Reason a token or code cannot be created.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The name is empty: nobody would know whose token it is.
    #[error("a token needs a name that says who it is for")]
    NoName,
    /// Validity outside 1 to `most` days.
    #[error("a token cannot be valid for {days} days: choose 1 to {most} days")]
    Days {
        /// Requested validity, in days.
        days: u32,
        /// Maximum validity, in days.
        most: u32,
    },
    /// A deposit token names no people.
    #[error("a token for deposits must name the people it is for")]
    NoPeople,
    /// A token for publishing that does not name its developer.
    #[error("a token for publishing needs the name of its developer: 2 to 40 characters from a-z, 0-9 and -")]
    NoDeveloper,
    /// Too many tokens exist.
    #[error("there are already {most} tokens: revoke those that are no longer used")]
    TooMany {
        /// Maximum number of tokens.
        most: usize,
    },
    /// Too many unused codes exist.
    #[error("there are {most} unused codes: try again in {minutes} minutes")]
    TooManyCodes {
        /// Maximum number of unused codes.
        most: usize,
        /// Minutes until the oldest expires, at most.
        minutes: i64,
    },
}

impl TokenError {
    fn kind(&self) -> ErrorKind {
        match self {
            TokenError::NoName | TokenError::Days { .. } | TokenError::NoDeveloper | TokenError::NoPeople => {
                ErrorKind::Invalid
            }
            TokenError::TooMany { .. } => ErrorKind::Conflict,
            TokenError::TooManyCodes { .. } => ErrorKind::Busy,
        }
    }
}

/// Recovers a vault error that crossed a reader or writer as an I/O error.
impl From<std::io::Error> for PlatformError {
    fn from(error: std::io::Error) -> PlatformError {
        error.downcast::<VaultError>().map_or_else(PlatformError::Io, PlatformError::Vault)
    }
}

fn because(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(": {reason}") }
}

fn problems(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// The missing requirements, in words; empty if `categories` is.
fn requires(categories: &[Category]) -> String {
    if categories.is_empty() {
        return String::new();
    }
    format!("it requires {}, which is not granted: ", ids(categories))
}

fn known(installed: &[String]) -> String {
    match installed {
        [] => "; none is installed yet".to_owned(),
        some => format!("; installed: {}", some.join(", ")),
    }
}

impl PlatformError {
    /// Notes the app wrote before its run ended without a view, for the person only.
    pub fn log(&self) -> &str {
        match self {
            PlatformError::Ended { log, .. } => log,
            _ => "",
        }
    }

    /// Whether a concurrent writer changed the same data, so that a retry may succeed.
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

    /// Whether this machine cannot isolate apps in processes.
    pub fn lacks_isolation(&self) -> bool {
        match self {
            #[cfg(target_os = "linux")]
            PlatformError::Isolation(_) => true,
            PlatformError::NoRunners => true,
            _ => false,
        }
    }

    /// Kind of the error.
    pub fn kind(&self) -> ErrorKind {
        match self {
            PlatformError::Store(error) => kind::of_store(error),
            PlatformError::Vault(error) => kind::of_vault(error),
            PlatformError::Consent(error) => kind::of_consent(error),
            PlatformError::Identity(error) => kind::of_identity(error),
            PlatformError::Intake(error) => kind::of_intake(error),
            PlatformError::Run(outcome) | PlatformError::Ended { outcome, .. } => kind::of_outcome(outcome),
            PlatformError::Registry(error) => kind::of_registry(error),
            PlatformError::Event(error) => kind::of_event(error),
            PlatformError::Stopped { .. } | PlatformError::EverythingPaused | PlatformError::OnlySamples => {
                ErrorKind::Refused
            }
            PlatformError::TrialUnderWay => ErrorKind::Conflict,
            PlatformError::FailsFor(_) => ErrorKind::AppFailed,
            PlatformError::BadToken(error) => error.kind(),
            PlatformError::NoPerson | PlatformError::LongSource { .. } => ErrorKind::Invalid,
            PlatformError::NoSuchToken { .. }
            | PlatformError::NoSuchApp { .. }
            | PlatformError::NoSuchDocument { .. }
            | PlatformError::NoGrant { .. } => ErrorKind::NotFound,
            PlatformError::NotGranted { .. } | PlatformError::NotReplayable(_) => ErrorKind::Refused,
            PlatformError::SameVersion { .. }
            | PlatformError::OtherPublisher { .. }
            | PlatformError::OtherComponent { .. }
            | PlatformError::OtherNotice { .. }
            | PlatformError::ReceiptKept { .. }
            | PlatformError::NotEmpty { .. } => ErrorKind::Conflict,
            PlatformError::NotRecognised(error) => error.kind(),
            PlatformError::BadMapping(_) | PlatformError::BadRowValue { .. } => ErrorKind::Invalid,
            PlatformError::Busy => ErrorKind::Busy,
            PlatformError::Refused(_)
            | PlatformError::BadGrant(_)
            | PlatformError::BadReceipt(_)
            | PlatformError::AllRejected(_) => ErrorKind::Invalid,
            PlatformError::ChunksMissing(_) => ErrorKind::Unsound,
            #[cfg(target_os = "linux")]
            PlatformError::Isolation(_) => ErrorKind::Unavailable,
            PlatformError::NoRunners
            | PlatformError::IsEvent { .. }
            | PlatformError::NotAnEvent { .. }
            | PlatformError::OpenToOthers { .. }
            | PlatformError::RestoreUnfinished { .. }
            | PlatformError::StoreGone { .. }
            | PlatformError::NoKeys { .. } => ErrorKind::Unavailable,
            PlatformError::Io(error) => kind::of_io(error),
        }
    }

    /// Stable code, independent of the wording.
    pub fn code(&self) -> &'static str {
        match self {
            error if error.is_conflict() => "changed-meanwhile",
            PlatformError::Store(StoreError::InUse) => "in-use",
            PlatformError::Busy => "busy",
            PlatformError::OpenToOthers { .. } => "open-to-others",
            PlatformError::BadToken(_) => "bad-token",
            PlatformError::NoSuchToken { .. } => "no-such-token",
            PlatformError::OtherPublisher { .. } => "other-publisher",
            PlatformError::Registry(error) => kind::code_of_registry(error),
            PlatformError::Event(error) => kind::code_of_event(error),
            PlatformError::IsEvent { .. } => "is-event",
            PlatformError::NotAnEvent { .. } => "not-an-event",
            PlatformError::OnlySamples => "only-samples",
            PlatformError::Stopped { .. } => "stopped",
            PlatformError::TrialUnderWay => "trial-under-way",
            PlatformError::LongSource { .. } => "long-source",
            PlatformError::EverythingPaused => "everything-paused",
            PlatformError::FailsFor(_) => "fails-for-sample",
            PlatformError::OtherComponent { .. } => "other-component",
            PlatformError::OtherNotice { .. } => "other-notice",
            PlatformError::Store(StoreError::Dump(_)) => "not-a-backup",
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
            PlatformError::Vault(VaultError::Lost { .. }) | PlatformError::ChunksMissing(_) => "lost",
            PlatformError::Vault(VaultError::ErasureBegun { .. }) => "erasure-begun",
            PlatformError::Vault(_) => "vault",
            PlatformError::Consent(ConsentError::Broken(_) | ConsentError::Mismatch(_)) => "broken-log",
            PlatformError::Consent(ConsentError::NoSuchReceipt(_)) => "no-such-receipt",
            PlatformError::Consent(ConsentError::NoSuchGrant(_)) => "no-such-grant",
            PlatformError::Consent(_) => "consent",
            PlatformError::Identity(error) => kind::code_of_identity(error),
            PlatformError::Intake(_) | PlatformError::AllRejected(_) => "unreadable-file",
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
            PlatformError::NotRecognised(_) => "not-recognised",
            PlatformError::BadMapping(_) => "bad-mapping",
            PlatformError::BadRowValue { .. } => "bad-row-value",
            PlatformError::BadReceipt(_) => "bad-receipt",
            PlatformError::ReceiptKept { .. } => "receipt-kept",
            PlatformError::NotReplayable(_) => "not-replayable",
            PlatformError::NotEmpty { .. } => "not-empty",
            PlatformError::NoKeys { .. } => "no-keys",
            PlatformError::RestoreUnfinished { .. } => "restore-unfinished",
            PlatformError::StoreGone { .. } => "store-gone",
        }
    }
}

impl RecognitionError {
    fn kind(self) -> ErrorKind {
        match self {
            RecognitionError::NoCharacters | RecognitionError::Failed => ErrorKind::Invalid,
            RecognitionError::NoProgram | RecognitionError::NotConfined => ErrorKind::Unavailable,
            RecognitionError::Busy => ErrorKind::Busy,
        }
    }
}

/// An error of the store is one wherever it occurs.
impl From<IdentityError> for PlatformError {
    fn from(error: IdentityError) -> PlatformError {
        error.into_store().map_or_else(PlatformError::Identity, PlatformError::Store)
    }
}

/// An error of the store is one wherever it occurs.
impl From<EventError> for PlatformError {
    fn from(error: EventError) -> PlatformError {
        match error.into_store() {
            Ok(error) => PlatformError::Store(error),
            Err(error) => PlatformError::Event(error),
        }
    }
}

/// An error of the store is one wherever it occurs.
impl From<RegistryError> for PlatformError {
    fn from(error: RegistryError) -> PlatformError {
        match error {
            RegistryError::Store(error) => PlatformError::Store(error),
            error => PlatformError::Registry(error),
        }
    }
}

impl From<mesinfos_model::person::NotAName> for PlatformError {
    fn from(error: mesinfos_model::person::NotAName) -> PlatformError {
        VaultError::from(error).into()
    }
}
