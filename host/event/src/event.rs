//! The rules of an event.

use crate::about::{About, NewEvent};
use crate::ballot::{Ballot, Marks};
use crate::code::Code;
use crate::error::{EventError, Result};
use crate::limits;
use crate::ranking::{Rank, ranking};
use crate::team::{Juror, Place, Team, folded, name};
use mesinfos_records::Records;
use mesinfos_store::{Commit, Partition, Sealer, Store};
use serde::Serialize;
use serde::de::DeserializeOwned;

const ABOUT: &str = "an event";
const TEAM: &str = "a team";
const JUROR: &str = "a juror";
const BALLOT: &str = "a ballot";
const PLACE: &str = "a place in an event";

/// Key of the event.
const KEY: &[u8] = b"event/about";
const TEAMS: &[u8] = b"event/team/";
const JURORS: &[u8] = b"event/juror/";
const BALLOTS: &[u8] = b"event/ballot/";
const PLACES: &[u8] = b"event/place/";

/// Attempts of a change that loses races: a room of sixty phones joins within a minute.
const TRIES: usize = 64;

/// The event of a store.
#[derive(Clone, Copy)]
pub struct Event<'a> {
    records: Records<'a>,
}

/// A record with its sealed value, which is the precondition of a change.
struct Found<T> {
    record: T,
    sealed: Vec<u8>,
}

fn numbered(prefix: &[u8], number: u16) -> Vec<u8> {
    [prefix, format!("{number:05}").as_bytes()].concat()
}

fn ballot_key(team: u16, juror: u16) -> Vec<u8> {
    [numbered(BALLOTS, team), format!("/{juror:05}").into_bytes()].concat()
}

fn place_key(account: &str) -> Vec<u8> {
    [PLACES, account.as_bytes()].concat()
}

/// Repeats a change that lost a race: each attempt reads again.
fn retried<T>(attempt: impl Fn() -> Result<T>) -> Result<T> {
    for _ in 1..TRIES {
        match attempt() {
            Err(error) if error.is_conflict() => {}
            done => return done,
        }
    }
    attempt()
}

impl<'a> Event<'a> {
    /// The event of a store, whose records `sealer` seals.
    pub fn new(store: &'a dyn Store, sealer: &'a dyn Sealer) -> Event<'a> {
        Event { records: Records::new(store, sealer, Partition::House) }
    }

    /// Whether a store has an event: true also if its record does not open.
    ///
    /// # Errors
    /// [`EventError::Store`].
    pub fn is_in(store: &dyn Store) -> Result<bool> {
        Ok(store.get(Partition::House, KEY)?.is_some())
    }

    /// Makes the event.
    ///
    /// # Errors
    /// [`EventError::Exists`], [`EventError::BadName`], [`EventError::BadTeams`], [`EventError::BadDeadline`].
    pub fn create(&self, new: &NewEvent, now: i64) -> Result<About> {
        let about = About::new(new, now)?;
        let mut commit = self.records.empty_commit();
        self.write(ABOUT, KEY.to_vec(), None, &about, &mut commit)?;
        match self.commit(&commit) {
            Err(error) if error.is_conflict() => Err(EventError::Exists),
            done => done.map(|()| about),
        }
    }

    /// What there is to know of it.
    ///
    /// # Errors
    /// [`EventError::NoEvent`].
    pub fn about(&self) -> Result<About> {
        Ok(self.found()?.record)
    }

    /// What an account is here. `None` for others.
    ///
    /// # Errors
    /// [`EventError::Record`].
    pub fn place(&self, account: &str) -> Result<Option<Place>> {
        Ok(self.read(PLACE, &place_key(account))?.map(|found| found.record))
    }

    /// The teams, in the order in which they came.
    ///
    /// # Errors
    /// [`EventError::Record`].
    pub fn teams(&self) -> Result<Vec<Team>> {
        self.all(TEAM, TEAMS)
    }

    /// A team.
    ///
    /// # Errors
    /// [`EventError::NoSuchTeam`].
    pub fn team(&self, number: u16) -> Result<Team> {
        Ok(self.read(TEAM, &numbered(TEAMS, number))?.ok_or(EventError::NoSuchTeam)?.record)
    }

    /// Checks the code of the event.
    ///
    /// # Errors
    /// [`EventError::WrongCode`].
    pub fn check_code(&self, code: &Code) -> Result<About> {
        let about = self.about()?;
        if about.code.is(code) { Ok(about) } else { Err(EventError::WrongCode) }
    }

    /// Makes a team with its first member. `beside` makes its account and the member's session in the same commit.
    ///
    /// # Errors
    /// [`EventError::WrongCode`], [`EventError::NameTaken`], [`EventError::BadName`], [`EventError::TooManyTeams`],
    /// [`EventError::SubmissionsOver`].
    pub fn create_team(
        &self,
        code: &Code,
        (team, member): (&str, &str),
        account: &str,
        beside: &Commit,
        now: i64,
    ) -> Result<Team> {
        self.check_code(code)?;
        let (team, member, own) = (name(team)?, name(member)?, Code::random()?);
        retried(|| {
            let Found { record: mut about, sealed } = self.found()?;
            about.check_submissions(now)?;
            if about.teams >= about.most_teams {
                return Err(EventError::TooManyTeams { most: about.most_teams });
            }
            // The count of teams is a precondition, so the names are these until the commit.
            if self.teams()?.iter().any(|other| folded(&other.name) == folded(&team)) {
                return Err(EventError::NameTaken);
            }
            let number = about.teams;
            about.teams += 1;
            let made = Team {
                number,
                name: team.clone(),
                account: account.to_owned(),
                code: own.clone(),
                members: vec![member.clone()],
                made_at: now,
            };
            let mut commit = beside.clone();
            self.write(ABOUT, KEY.to_vec(), Some(sealed), &about, &mut commit)?;
            self.write(TEAM, numbered(TEAMS, number), None, &made, &mut commit)?;
            self.write(PLACE, place_key(account), None, &Place::Team(number), &mut commit)?;
            self.commit(&commit)?;
            Ok(made)
        })
    }

    /// The team with this code, for somebody who wants to join it.
    ///
    /// # Errors
    /// [`EventError::WrongCode`]: a wrong number and a wrong code are the same.
    pub fn joinable(&self, code: &Code, team: u16, of_team: &Code) -> Result<Team> {
        self.check_code(code)?;
        let found = self.read::<Team>(TEAM, &numbered(TEAMS, team))?;
        let is_it = |found: &Found<Team>| found.record.code.is(of_team);
        Ok(found.filter(is_it).ok_or(EventError::WrongCode)?.record)
    }

    /// Adds a member to a team. `beside` opens the member's session in the same commit.
    ///
    /// # Errors
    /// As [`Event::joinable`]; [`EventError::TooManyMembers`], [`EventError::BadName`].
    pub fn join_team(
        &self,
        (code, of_team): (&Code, &Code),
        team: u16,
        member: &str,
        beside: &Commit,
    ) -> Result<Team> {
        let member = name(member)?;
        retried(|| {
            self.joinable(code, team, of_team)?;
            let key = numbered(TEAMS, team);
            let Found { record: mut joined, sealed } =
                self.read::<Team>(TEAM, &key)?.ok_or(EventError::WrongCode)?;
            // Who comes back from another browser is a member already.
            if !joined.members.contains(&member) {
                if joined.members.len() >= limits::MEMBERS {
                    return Err(EventError::TooManyMembers { most: limits::MEMBERS });
                }
                joined.members.push(member.clone());
            }
            let mut commit = beside.clone();
            self.write(TEAM, key, Some(sealed), &joined, &mut commit)?;
            self.commit(&commit)?;
            Ok(joined)
        })
    }

    /// Moves the deadline of submissions that go on, to earlier or later.
    ///
    /// # Errors
    /// [`EventError::SubmissionsOver`]; [`EventError::BadDeadline`] if it is not to come.
    pub fn move_deadline(&self, until: i64, now: i64) -> Result<()> {
        self.change(|about| {
            about.check_submissions(now)?;
            if until <= now {
                return Err(EventError::BadDeadline);
            }
            about.until = Some(until);
            Ok(())
        })
    }

    /// Ends the submissions, if they go on.
    ///
    /// # Errors
    /// [`EventError::SubmissionsOver`].
    pub fn close_submissions(&self, now: i64) -> Result<()> {
        self.change(|about| {
            about.check_submissions(now)?;
            about.closed_at = Some(now);
            Ok(())
        })
    }

    /// Ends the vote.
    ///
    /// # Errors
    /// [`EventError::NotYet`], [`EventError::VoteOver`].
    pub fn close_vote(&self, now: i64) -> Result<()> {
        self.change(|about| {
            about.check_vote(now)?;
            about.vote_closed_at = Some(now);
            Ok(())
        })
    }

    /// Shows the ranking to everybody.
    ///
    /// # Errors
    /// [`EventError::VoteOpen`].
    pub fn reveal(&self, now: i64) -> Result<()> {
        self.change(|about| {
            if about.vote_closed_at.is_none() {
                return Err(EventError::VoteOpen);
            }
            about.revealed_at.get_or_insert(now);
            Ok(())
        })
    }

    /// Names a juror. Their code opens their ballots once.
    ///
    /// # Errors
    /// [`EventError::BadName`], [`EventError::TooManyJurors`].
    pub fn add_juror(&self, juror: &str) -> Result<Juror> {
        let (juror, code) = (name(juror)?, Code::random()?);
        retried(|| {
            let Found { record: mut about, sealed } = self.found()?;
            if about.jurors >= limits::JURORS {
                return Err(EventError::TooManyJurors { most: limits::JURORS });
            }
            let number = about.jurors;
            about.jurors += 1;
            let made = Juror { number, name: juror.clone(), code: code.clone(), account: None, team: None };
            let mut commit = self.records.empty_commit();
            self.write(ABOUT, KEY.to_vec(), Some(sealed), &about, &mut commit)?;
            self.write(JUROR, numbered(JURORS, number), None, &made, &mut commit)?;
            self.commit(&commit)?;
            Ok(made)
        })
    }

    /// The jurors, in the order in which they were named.
    ///
    /// # Errors
    /// [`EventError::Record`].
    pub fn jurors(&self) -> Result<Vec<Juror>> {
        self.all(JUROR, JURORS)
    }

    /// A juror.
    ///
    /// # Errors
    /// [`EventError::NoSuchJuror`].
    pub fn juror(&self, number: u16) -> Result<Juror> {
        Ok(self.read(JUROR, &numbered(JURORS, number))?.ok_or(EventError::NoSuchJuror)?.record)
    }

    /// Gives a juror a new code, and ends what the old one opened. Their ballots stay.
    ///
    /// # Errors
    /// [`EventError::NoSuchJuror`].
    pub fn renew_juror(&self, number: u16) -> Result<Juror> {
        let code = Code::random()?;
        retried(|| {
            let key = numbered(JURORS, number);
            let found = self.read::<Juror>(JUROR, &key)?.ok_or(EventError::NoSuchJuror)?;
            let mut commit = self.records.empty_commit();
            if let Some(account) = &found.record.account {
                commit.delete(place_key(account));
            }
            let renewed = Juror { code: code.clone(), account: None, ..found.record };
            self.write(JUROR, key, Some(found.sealed), &renewed, &mut commit)?;
            self.commit(&commit)?;
            Ok(renewed)
        })
    }

    /// The juror whose unused code this is.
    ///
    /// # Errors
    /// [`EventError::WrongCode`], also for a code that was used.
    pub fn unused_juror(&self, code: &Code) -> Result<Juror> {
        let jurors = self.jurors()?;
        let is_it = |juror: &Juror| juror.account.is_none() && juror.code.is(code);
        jurors.into_iter().find(is_it).ok_or(EventError::WrongCode)
    }

    /// Uses the code of a juror, who is a member of `team`, if any. `beside` makes the account in the same commit. A
    /// juror who gave a team once keeps it.
    ///
    /// # Errors
    /// [`EventError::WrongCode`], [`EventError::NoSuchTeam`].
    pub fn begin_juror(
        &self,
        code: &Code,
        team: Option<u16>,
        account: &str,
        beside: &Commit,
    ) -> Result<Juror> {
        if let Some(team) = team {
            self.team(team)?;
        }
        retried(|| {
            let number = self.unused_juror(code)?.number;
            let key = numbered(JURORS, number);
            let Found { record, sealed } = self.read::<Juror>(JUROR, &key)?.ok_or(EventError::WrongCode)?;
            if record.account.is_some() || !record.code.is(code) {
                return Err(EventError::WrongCode);
            }
            let begun = Juror { account: Some(account.to_owned()), team: record.team.or(team), ..record };
            let mut commit = beside.clone();
            self.write(JUROR, key, Some(sealed), &begun, &mut commit)?;
            self.write(PLACE, place_key(account), None, &Place::Juror(number), &mut commit)?;
            self.commit(&commit)?;
            Ok(begun)
        })
    }

    /// Gives the ballot of a juror about a team, in place of the one before.
    ///
    /// # Errors
    /// [`EventError::NotYet`], [`EventError::VoteOver`], [`EventError::OwnTeam`], [`EventError::NoSuchTeam`],
    /// [`EventError::NoSuchJuror`], [`EventError::BadBallot`].
    pub fn vote(&self, juror: u16, team: u16, marks: Marks, comment: &str, now: i64) -> Result<()> {
        let comment = comment.replace("\r\n", "\n").trim().to_owned();
        let ballot = Ballot { juror, team, marks, comment, at: now };
        ballot.check()?;
        self.team(team)?;
        retried(|| {
            let Found { record: about, sealed } = self.found()?;
            about.check_vote(now)?;
            if self.juror(juror)?.team == Some(team) {
                return Err(EventError::OwnTeam);
            }
            let mut commit = self.records.empty_commit();
            // The vote is not closed meanwhile.
            commit.expect(KEY, Some(sealed));
            let key = ballot_key(team, juror);
            let before = self.records.get(&key)?;
            self.write(BALLOT, key, before, &ballot, &mut commit)?;
            self.commit(&commit)
        })
    }

    /// The ballot of a juror about a team.
    ///
    /// # Errors
    /// [`EventError::Record`].
    pub fn ballot(&self, juror: u16, team: u16) -> Result<Option<Ballot>> {
        Ok(self.read(BALLOT, &ballot_key(team, juror))?.map(|found| found.record))
    }

    /// All ballots, by team and juror.
    ///
    /// # Errors
    /// [`EventError::Record`].
    pub fn ballots(&self) -> Result<Vec<Ballot>> {
        self.all(BALLOT, BALLOTS)
    }

    /// The ranking of some teams.
    ///
    /// # Errors
    /// [`EventError::VoteOpen`] before the vote is closed: nobody follows it.
    pub fn ranking(&self, teams: &[u16]) -> Result<Vec<Rank>> {
        if self.about()?.vote_closed_at.is_none() {
            return Err(EventError::VoteOpen);
        }
        Ok(ranking(teams, &self.ballots()?))
    }

    fn found(&self) -> Result<Found<About>> {
        self.read(ABOUT, KEY)?.ok_or(EventError::NoEvent)
    }

    /// Changes the event.
    fn change(&self, change: impl Fn(&mut About) -> Result<()>) -> Result<()> {
        retried(|| {
            let Found { record: mut about, sealed } = self.found()?;
            change(&mut about)?;
            let mut commit = self.records.empty_commit();
            self.write(ABOUT, KEY.to_vec(), Some(sealed), &about, &mut commit)?;
            self.commit(&commit)
        })
    }

    fn all<T: DeserializeOwned>(&self, what: &'static str, prefix: &[u8]) -> Result<Vec<T>> {
        let found = self.records.all(prefix)?;
        found.iter().map(|(key, sealed)| Ok(self.records.open(what, key, sealed)?)).collect()
    }

    fn read<T: DeserializeOwned>(&self, what: &'static str, key: &[u8]) -> Result<Option<Found<T>>> {
        let Some(sealed) = self.records.get(key)? else { return Ok(None) };
        Ok(Some(Found { record: self.records.open(what, key, &sealed)?, sealed }))
    }

    /// Adds a record to a commit, with the precondition that the key has the value `found`.
    fn write<T: Serialize>(
        &self,
        what: &'static str,
        key: Vec<u8>,
        found: Option<Vec<u8>>,
        record: &T,
        commit: &mut Commit,
    ) -> Result<()> {
        let sealed = self.records.seal(what, &key, record)?;
        commit.expect(key.clone(), found);
        commit.put(key, sealed);
        Ok(())
    }

    fn commit(&self, commit: &Commit) -> Result<()> {
        Ok(self.records.store.commit(commit)?)
    }
}

#[cfg(test)]
mod tests;
