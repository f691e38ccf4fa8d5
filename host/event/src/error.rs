//! Errors of this crate.

use mesinfos_records::RecordError;
use mesinfos_store::StoreError;

/// Result with [`EventError`].
pub type Result<T> = std::result::Result<T, EventError>;

/// Errors of an event.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
    /// Error of the store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record could not be read or written.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The system provides no random bytes.
    #[error("the system provides no random bytes")]
    NoRandomness,
    /// The store has no event.
    #[error("there is no event here")]
    NoEvent,
    /// The store has one already.
    #[error("there is an event here already")]
    Exists,
    /// Not a code of this event, or one that was used.
    #[error("this is not a code of this event, or it was used already")]
    WrongCode,
    /// Not a name.
    #[error("a name has 1 to {most} characters")]
    BadName {
        /// The most characters.
        most: usize,
    },
    /// Another team has the name.
    #[error("another team has that name")]
    NameTaken,
    /// The number of teams is not one.
    #[error("an event has 1 to {most} teams")]
    BadTeams {
        /// The most teams.
        most: u16,
    },
    /// The deadline has passed already.
    #[error("the deadline is in the past")]
    BadDeadline,
    /// There are as many teams as there may be.
    #[error("there are {most} teams already")]
    TooManyTeams {
        /// The limit.
        most: u16,
    },
    /// The team has as many members as it may have.
    #[error("the team has {most} members already")]
    TooManyMembers {
        /// The limit.
        most: usize,
    },
    /// There are as many jurors as there may be.
    #[error("there are {most} jurors already")]
    TooManyJurors {
        /// The limit.
        most: u16,
    },
    /// No such team, or not one that the caller may see.
    #[error("there is no such team")]
    NoSuchTeam,
    /// No such juror.
    #[error("there is no such juror")]
    NoSuchJuror,
    /// The deadline has passed, or the organiser closed the submissions.
    #[error("the submissions are over: nothing was changed")]
    SubmissionsOver,
    /// The submissions go on, so nobody votes yet.
    #[error("the submissions go on: the vote begins after them")]
    NotYet,
    /// The vote is over.
    #[error("the vote is over: nothing was changed")]
    VoteOver,
    /// The vote goes on, so nothing is revealed.
    #[error("the vote goes on: close it first")]
    VoteOpen,
    /// A juror votes about their own team.
    #[error("a juror does not vote about their own team")]
    OwnTeam,
    /// The team handed nothing in.
    #[error("the team handed nothing in")]
    NothingHandedIn,
    /// A mark is missing, or a comment is too long.
    #[error("a ballot has a mark from 1 to 5 for each criterion, and a comment of {most} characters at most")]
    BadBallot {
        /// The most characters of a comment.
        most: usize,
    },
}

impl EventError {
    /// Whether somebody else changed a record at the same moment.
    pub fn is_conflict(&self) -> bool {
        matches!(
            self,
            EventError::Store(StoreError::Conflict)
                | EventError::Record(RecordError::Store(StoreError::Conflict))
        )
    }

    /// The error of the store, if it is one.
    ///
    /// # Errors
    /// Itself, if it is another one.
    pub fn into_store(self) -> std::result::Result<StoreError, EventError> {
        match self {
            EventError::Store(error) | EventError::Record(RecordError::Store(error)) => Ok(error),
            error => Err(error),
        }
    }
}
