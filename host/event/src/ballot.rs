//! Ballots.

use crate::error::{EventError, Result};
use crate::limits;
use serde::{Deserialize, Serialize};

/// What a juror judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Criterion {
    /// Whether people would use it.
    Usefulness,
    /// Whether it asks for no more than it needs.
    Minimisation,
    /// Whether people understand what it says.
    Clarity,
}

impl Criterion {
    /// All of them, in their order.
    pub const ALL: [Criterion; 3] = [Criterion::Usefulness, Criterion::Minimisation, Criterion::Clarity];

    /// Its word in forms and files.
    pub fn id(self) -> &'static str {
        match self {
            Criterion::Usefulness => "usefulness",
            Criterion::Minimisation => "minimisation",
            Criterion::Clarity => "clarity",
        }
    }
}

/// A mark from 1 to 5 for each criterion, in the order of [`Criterion::ALL`].
pub type Marks = [u8; Criterion::ALL.len()];

/// The ballot of a juror about a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// Number of the juror.
    pub juror: u16,
    /// Number of the team.
    pub team: u16,
    /// The marks.
    pub marks: Marks,
    /// What they say of it; may be empty.
    pub comment: String,
    /// When it was given.
    pub at: i64,
}

impl Ballot {
    /// Refuses marks that are none, and a comment that is too long.
    pub(crate) fn check(&self) -> Result<()> {
        let are_marks = self.marks.iter().all(|mark| (1..=limits::HIGHEST).contains(mark));
        let is_short = self.comment.chars().count() <= limits::COMMENT;
        // A control character takes six bytes of a record.
        let is_text = !self.comment.chars().any(|c| c.is_control() && c != '\n');
        if are_marks && is_short && is_text {
            return Ok(());
        }
        Err(EventError::BadBallot { most: limits::COMMENT })
    }
}
