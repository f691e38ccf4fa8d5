//! What a team of an event handed in, and what the jury said of it, as in the archive.

use crate::Release;
use mesinfos_platform::Entry;
use mesinfos_platform::hackathon::{Ballot, Criterion};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What a team handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EventSubmission {
    /// Name of the team.
    pub team: String,
    /// Names of its members, as they gave them.
    pub members: Vec<String>,
    /// The version that counts.
    pub release: Option<Release>,
}

impl From<&Entry> for EventSubmission {
    fn from(entry: &Entry) -> EventSubmission {
        EventSubmission {
            team: entry.team.name.clone(),
            members: entry.team.members.clone(),
            release: entry.version.as_ref().map(Release::from),
        }
    }
}

/// A ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EventBallot {
    /// Name of the juror.
    pub juror: String,
    /// Marks from 1 to 5, by criterion.
    pub marks: BTreeMap<String, u8>,
    /// What the juror wrote.
    pub comment: String,
}

impl EventBallot {
    /// The ballot of the juror with this name.
    pub fn new(juror: &str, ballot: &Ballot) -> EventBallot {
        let marks = Criterion::ALL.into_iter().zip(ballot.marks);
        EventBallot {
            juror: juror.to_owned(),
            marks: marks.map(|(of, mark)| (of.id().to_owned(), mark)).collect(),
            comment: ballot.comment.clone(),
        }
    }
}

/// What the jury said of a team. Empty until the vote is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EventResult {
    /// What the team handed in.
    pub submission: EventSubmission,
    /// Its rank, which teams with the same mean share.
    pub rank: Option<u64>,
    /// Mean of all marks, in hundredths.
    pub mean_hundredths: Option<u64>,
    /// The ballots.
    pub ballots: Vec<EventBallot>,
}

/// An event, for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MadeEvent {
    /// Its name.
    pub name: String,
    /// Its data folder.
    pub folder: String,
    /// The most teams.
    pub teams: u16,
    /// The deadline, in UTC seconds.
    pub until: Option<i64>,
    /// The code with which teams join.
    pub code: String,
}
