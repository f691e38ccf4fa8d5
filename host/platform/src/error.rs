//! What can go wrong in a use case, in words for the person who did it.

use crate::private::quoted;
use mesinfos_consent::ConsentError;
use mesinfos_intake::IntakeError;
use mesinfos_model::{Category, Digest};
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
    Io(#[from] std::io::Error),
    /// A folder of keys, rows or code that others than its owner may enter; nothing was read or written.
    #[error(
        "others than its owner may enter the folder {} (its mode is {mode:o}); nothing was read or written. To mend it: chmod 700 {}",
        .path.display(), quoted(.path)
    )]
    OpenToOthers {
        /// Which folder.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// A token or a code that cannot be made.
    #[error("{0}")]
    BadToken(String),
    /// There is no such token.
    #[error("there is no token {id}: `mesinfos token list` shows them")]
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
        "{app} is published by \"{installed}\", and this component says \"{new}\": nothing was installed. If you know that the publisher changed, say so: {how}"
    )]
    OtherPublisher {
        /// Which app.
        app: String,
        /// Who publishes the installed one.
        installed: String,
        /// Who publishes the new one.
        new: String,
        /// The option that says so.
        how: &'static str,
    },
    /// What is installed is not what the person was shown.
    #[error(
        "{app} is not what you were shown: installed is the component {installed}, and {shown}. Nothing was granted: look at what it asks for now, and grant that component"
    )]
    OtherComponent {
        /// Which app.
        app: String,
        /// Its installed component.
        installed: Digest,
        /// What was named instead, in words.
        shown: String,
    },
    /// There is no such app.
    #[error("there is no app \"{app}\"{}", known(.installed))]
    NoSuchApp {
        /// The id that was given.
        app: String,
        /// Ids that are installed.
        installed: Vec<String>,
    },
    /// An app that may not run.
    #[error("{app} was not started: {}{why}. To grant: mesinfos grant {app} --person {person}{}", requires(.missing), options(.missing))]
    NotGranted {
        /// Which app.
        app: String,
        /// For whom.
        person: String,
        /// The categories that are missing.
        missing: Vec<Category>,
        /// Why there is no grant for them.
        why: String,
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
    #[error("{0}")]
    BadGrant(String),
    /// Runner processes cannot be had.
    #[cfg(target_os = "linux")]
    #[error(transparent)]
    Isolation(#[from] mesinfos_runner::RunnerError),
    /// Runner processes cannot be had on this system.
    #[error("runner processes need Linux: --isolation in-process does without")]
    NoRunners,
    /// There is no such document, or its file is not kept.
    #[error("there is no document {id}; `mesinfos documents` lists those that are kept")]
    NoSuchDocument {
        /// The id that was given.
        id: String,
    },
    /// A receipt that cannot be replayed.
    #[error("the receipt cannot be replayed: {0}")]
    NotReplayable(String),
}

fn problems(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// What an app cannot do without; nothing of one that can do without everything.
fn requires(categories: &[Category]) -> String {
    if categories.is_empty() {
        return String::new();
    }
    let ids: Vec<&str> = categories.iter().map(|c| c.id()).collect();
    format!("it requires {}, which is not granted: ", ids.join(", "))
}

fn options(categories: &[Category]) -> String {
    categories.iter().map(|c| format!(" --category {c}")).collect()
}

fn known(installed: &[String]) -> String {
    match installed {
        [] => "; none is installed yet (mesinfos install APP.wasm)".to_owned(),
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

    /// A code that does not change with the wording.
    pub fn code(&self) -> &'static str {
        match self {
            PlatformError::Store(StoreError::InUse) => "in-use",
            PlatformError::Busy => "busy",
            PlatformError::OpenToOthers { .. } => "open-to-others",
            PlatformError::BadToken(_) => "bad-token",
            PlatformError::NoSuchToken { .. } => "no-such-token",
            PlatformError::OtherPublisher { .. } => "other-publisher",
            PlatformError::OtherComponent { .. } => "other-component",
            PlatformError::Store(_) | PlatformError::Io(_) => "storage",
            PlatformError::Vault(VaultError::NoSuchPerson { .. }) => "no-such-person",
            PlatformError::Vault(VaultError::BadName { .. }) => "bad-name",
            PlatformError::Vault(VaultError::NoSuchImport { .. }) => "no-such-import",
            PlatformError::Vault(_) => "vault",
            PlatformError::Consent(ConsentError::Broken(_) | ConsentError::Mismatch(_)) => "broken-log",
            PlatformError::Consent(_) => "consent",
            PlatformError::Intake(_) => "unreadable-file",
            PlatformError::Refused(_) => "refused",
            PlatformError::SameVersion { .. } => "same-version",
            PlatformError::NoSuchApp { .. } => "no-such-app",
            PlatformError::NotGranted { .. } => "not-granted",
            PlatformError::Run(outcome) | PlatformError::Ended { outcome, .. } => outcome.code(),
            PlatformError::BadGrant(_) => "bad-grant",
            #[cfg(target_os = "linux")]
            PlatformError::Isolation(_) => "isolation",
            PlatformError::NoRunners => "isolation",
            PlatformError::NoSuchDocument { .. } => "no-such-document",
            PlatformError::NotReplayable(_) => "not-replayable",
        }
    }
}
