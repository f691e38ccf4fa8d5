//! The event itself.

use crate::code::Code;
use crate::error::{EventError, Result};
use crate::limits;
use crate::team::name;
use serde::{Deserialize, Serialize};

/// What an organiser says of a new event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Its name.
    pub name: String,
    /// The most teams.
    pub teams: u16,
    /// The deadline, in UTC seconds. `None` if the organiser closes the submissions by hand.
    pub until: Option<i64>,
}

/// What there is to know of an event. Times are UTC seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Its name.
    pub name: String,
    /// When it was made.
    pub made_at: i64,
    /// The most teams.
    pub most_teams: u16,
    /// The deadline.
    pub until: Option<i64>,
    /// When the organiser closed the submissions, before the deadline or without one.
    pub closed_at: Option<i64>,
    /// When the organiser closed the vote.
    pub vote_closed_at: Option<i64>,
    /// When the organiser showed the ranking.
    pub revealed_at: Option<i64>,
    /// The code with which teams join.
    pub code: Code,
    /// Number of teams so far.
    pub(crate) teams: u16,
    /// Number of jurors so far.
    pub(crate) jurors: u16,
}

impl About {
    pub(crate) fn new(new: &NewEvent, now: i64) -> Result<About> {
        if !(1..=limits::TEAMS).contains(&new.teams) {
            return Err(EventError::BadTeams { most: limits::TEAMS });
        }
        if new.until.is_some_and(|until| until <= now) {
            return Err(EventError::BadDeadline);
        }
        Ok(About {
            name: name(&new.name)?,
            made_at: now,
            most_teams: new.teams,
            until: new.until,
            closed_at: None,
            vote_closed_at: None,
            revealed_at: None,
            code: Code::random()?,
            teams: 0,
            jurors: 0,
        })
    }

    /// When the submissions ended or will end.
    pub fn ends_at(&self) -> Option<i64> {
        match (self.until, self.closed_at) {
            (Some(until), Some(closed)) => Some(until.min(closed)),
            (until, closed) => until.or(closed),
        }
    }

    /// Whether teams hand in: until the second of the deadline.
    pub fn takes_submissions(&self, now: i64) -> bool {
        self.ends_at().is_none_or(|ends| now < ends)
    }

    /// Whether jurors vote: from the end of the submissions until the organiser closes the vote.
    pub fn takes_ballots(&self, now: i64) -> bool {
        !self.takes_submissions(now) && self.vote_closed_at.is_none()
    }

    /// Refuses what comes after the submissions.
    ///
    /// # Errors
    /// [`EventError::SubmissionsOver`].
    pub fn check_submissions(&self, now: i64) -> Result<()> {
        if self.takes_submissions(now) { Ok(()) } else { Err(EventError::SubmissionsOver) }
    }

    /// Refuses a ballot that comes too early or too late.
    pub(crate) fn check_vote(&self, now: i64) -> Result<()> {
        match self.vote_closed_at {
            Some(_) => Err(EventError::VoteOver),
            None if self.takes_submissions(now) => Err(EventError::NotYet),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(until: Option<i64>) -> About {
        About::new(&NewEvent { name: "Lyon".to_owned(), teams: 8, until }, 0).unwrap()
    }

    #[test]
    fn the_deadline_is_the_first_second_that_is_too_late() {
        let about = about(Some(100));
        assert!(about.takes_submissions(99) && !about.takes_submissions(100));
        assert!(!about.takes_ballots(99) && about.takes_ballots(100));
        assert!(matches!(about.check_vote(99), Err(EventError::NotYet)));
        assert!(matches!(about.check_submissions(100), Err(EventError::SubmissionsOver)));
    }

    #[test]
    fn the_organiser_ends_the_submissions_earlier_and_never_later() {
        let mut about = about(Some(100));
        about.closed_at = Some(40);
        assert_eq!((about.takes_submissions(39), about.takes_submissions(40)), (true, false));
        about.closed_at = Some(140);
        assert!(!about.takes_submissions(100));
        let open = self::about(None);
        assert!(open.takes_submissions(i64::MAX));
    }

    #[test]
    fn an_event_has_a_name_some_teams_and_a_deadline_to_come() {
        let new =
            |name: &str, teams, until| About::new(&NewEvent { name: name.to_owned(), teams, until }, 10);
        assert!(matches!(new("x", 0, None), Err(EventError::BadTeams { .. })));
        assert!(matches!(new("x", limits::TEAMS + 1, None), Err(EventError::BadTeams { .. })));
        assert!(matches!(new("x", 1, Some(10)), Err(EventError::BadDeadline)));
        assert!(matches!(new(" ", 1, None), Err(EventError::BadName { .. })));
        assert!(new("x", 1, Some(11)).is_ok());
    }
}
