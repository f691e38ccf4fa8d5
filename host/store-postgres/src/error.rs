//! What can go wrong with a server.

use crate::address::AddressError;
use crate::patience::PAUSE;
use crate::statements::FORMAT;
use mesinfos_store::StoreError;
use std::fmt;
use std::io::ErrorKind;
use std::time::Instant;
use tokio_postgres::error::{DbError, Severity, SqlState};

/// The oldest PostgreSQL that is supported.
pub const OLDEST_SERVER: i32 = 15;

/// Why a store cannot be opened, created or checked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The address is refused.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// No server of the address takes writes. The text names each with the reason.
    #[error("no server of the address takes writes: {0}")]
    Unreachable(String),
    /// All sessions are in use.
    #[error("all its sessions are in use")]
    Busy,
    /// The server is too old.
    #[error("the server is PostgreSQL {found}; {OLDEST_SERVER} or later is needed")]
    OldServer {
        /// Its major version.
        found: i32,
    },
    /// The database contains no store.
    #[error("the database contains no store")]
    NoStore,
    /// The store has another format than this program.
    #[error("the store has format {found}; this program knows {FORMAT}")]
    OtherFormat {
        /// Format of the store.
        found: i32,
    },
    /// The operator has closed the store.
    #[error("the operator has closed the store")]
    Closed,
    /// The server refused a statement. Contains the code and the message of the server.
    #[error("the server answered: {0}")]
    Refused(String),
}

impl OpenError {
    /// Whether another attempt may succeed.
    pub(crate) fn is_passing(&self) -> bool {
        matches!(self, OpenError::Unreachable(_) | OpenError::Busy | OpenError::Refused(_))
    }
}

/// Attempts `open` until it succeeds, fails for good, or the time is over.
pub(crate) fn patiently<T>(until: Instant, open: impl Fn() -> Result<T, OpenError>) -> Result<T, OpenError> {
    loop {
        match open() {
            Err(error) if error.is_passing() && Instant::now() + PAUSE < until => std::thread::sleep(PAUSE),
            outcome => return outcome,
        }
    }
}

impl From<OpenError> for StoreError {
    fn from(error: OpenError) -> StoreError {
        match error {
            OpenError::Closed => StoreError::Closed,
            // People read it: it names no server.
            OpenError::Unreachable(_) => StoreError::Unavailable("no server takes writes".to_owned()),
            error => StoreError::Unavailable(error.to_string()),
        }
    }
}

/// Failure of one attempt.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The server refused: this attempt has changed nothing.
    Refused(Box<DbError>),
    /// No answer, or one that is no acknowledgement: this attempt may have been applied.
    Lost(String),
}

impl Failure {
    /// Only an error of the transaction says that nothing was applied. One that ends the session may also come
    /// after a commit.
    pub(crate) fn of(error: &tokio_postgres::Error) -> Failure {
        match error.as_db_error() {
            Some(error) if error.parsed_severity() == Some(Severity::Error) => {
                Failure::Refused(Box::new(error.clone()))
            }
            Some(error) => Failure::Lost(words(error)),
            None => Failure::Lost(error.to_string()),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Refused(error) => f.write_str(&words(error)),
            Failure::Lost(why) => f.write_str(why),
        }
    }
}

/// Code and message of the server. Its details may quote values.
pub(crate) fn words(error: &DbError) -> String {
    format!("{} ({})", error.message(), error.code().code())
}

/// What a refusal means.
pub(crate) enum Refusal {
    /// It passes: another attempt may succeed.
    Passing,
    /// The server takes no writes any more: another one does.
    Demoted,
    /// It stays.
    Final(StoreError),
}

/// The gate is not open.
const CLOSED: &str = "MI001";
/// The slot is moving, or elsewhere.
const MOVING: &str = "MI002";

impl Refusal {
    pub(crate) fn of(error: &DbError) -> Refusal {
        let code = error.code();
        let is_passing = [
            SqlState::T_R_SERIALIZATION_FAILURE,
            SqlState::T_R_DEADLOCK_DETECTED,
            SqlState::LOCK_NOT_AVAILABLE,
            SqlState::QUERY_CANCELED,
            SqlState::TOO_MANY_CONNECTIONS,
        ];
        if is_passing.contains(code) || code.code() == MOVING {
            return Refusal::Passing;
        }
        if *code == SqlState::READ_ONLY_SQL_TRANSACTION {
            return Refusal::Demoted;
        }
        Refusal::Final(match code.code() {
            CLOSED => StoreError::Closed,
            _ if *code == SqlState::DISK_FULL => StoreError::Io(ErrorKind::StorageFull.into()),
            _ => StoreError::Unavailable(words(error)),
        })
    }
}
