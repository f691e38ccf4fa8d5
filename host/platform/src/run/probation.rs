//! Probation after a stopped run: for that app and that person only.
//!
//! If it applied to everybody, one person's data would slow down other people's runs, and the app's author
//! could measure the delay. Only an app that fails for many people is held back for everybody.

use std::collections::HashMap;
use std::time::Instant;

/// Number of people for whom an app may be stopped before it is held back for everybody. More than this many
/// have to contribute, so that the delay reveals nothing about any one of them.
pub(crate) const FEW_PEOPLE: usize = 5;

/// Scope of a probation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProbationScope {
    /// One person: one run of the app at a time for that person.
    Hers,
    /// Everybody: one run of the app at a time.
    Everybodys,
}

/// End of probation, by app and person.
#[derive(Debug, Default)]
pub(crate) struct Probation(HashMap<String, HashMap<String, Instant>>);

impl Probation {
    /// Records that a run of this app for this person was stopped.
    pub(crate) fn stopped(&mut self, app: &str, person: &str, now: Instant, until: Instant) {
        for people in self.0.values_mut() {
            people.retain(|_, until| *until > now);
        }
        self.0.retain(|_, people| !people.is_empty());
        self.0.entry(app.to_owned()).or_default().insert(person.to_owned(), until);
    }

    /// Scope of the probation that applies to this app and person, if any.
    pub(crate) fn of(&self, app: &str, person: &str, now: Instant) -> Option<ProbationScope> {
        let people = self.0.get(app)?;
        if people.values().filter(|until| **until > now).count() > FEW_PEOPLE {
            return Some(ProbationScope::Everybodys);
        }
        people.get(person).is_some_and(|until| *until > now).then_some(ProbationScope::Hers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn one_persons_runs_hold_back_nobody_else() {
        let mut probation = Probation::default();
        let now = Instant::now();
        let until = now + Duration::from_secs(60);
        for person in 0..FEW_PEOPLE {
            probation.stopped("app", &person.to_string(), now, until);
            probation.stopped("app", &person.to_string(), now, until);
        }
        assert_eq!(probation.of("app", "0", now), Some(ProbationScope::Hers));
        assert_eq!(probation.of("app", "other", now), None);
        assert_eq!(probation.of("another", "0", now), None);
        assert_eq!(probation.of("app", "0", until), None, "after a while");
        probation.stopped("app", "one more", now, until);
        assert_eq!(probation.of("app", "other", now), Some(ProbationScope::Everybodys));
        assert_eq!(probation.of("app", "other", until), None);
        probation.stopped("another", "0", until, until + Duration::from_secs(1));
        assert_eq!(probation.0.len(), 1, "nothing is kept of what is over");
    }
}
