//! Who has to wait because a run had to be stopped: that person with that app, and nobody else.
//!
//! If it were everybody with that app, one person's data would slow another's runs, and the app's author could
//! measure it. Only an app that fails for many different people has everybody's runs of it held back.

use std::collections::HashMap;
use std::time::Instant;

/// As many people may have a run of an app stopped before everybody's run of it is held back: so many have to
/// fall for it together that none of them is told of.
pub(crate) const FEW_PEOPLE: usize = 5;

/// Whose runs of an app are held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Those of one person: one at a time of hers.
    Hers,
    /// Everybody's: one at a time of the app.
    Everybodys,
}

/// By app and person, until when.
#[derive(Debug, Default)]
pub(crate) struct Probation(HashMap<String, HashMap<String, Instant>>);

impl Probation {
    /// A run of this app for this person had to be stopped.
    pub(crate) fn stopped(&mut self, app: &str, person: &str, now: Instant, until: Instant) {
        for people in self.0.values_mut() {
            people.retain(|_, until| *until > now);
        }
        self.0.retain(|_, people| !people.is_empty());
        self.0.entry(app.to_owned()).or_default().insert(person.to_owned(), until);
    }

    /// Whether runs of this app for this person are held back, and why.
    pub(crate) fn of(&self, app: &str, person: &str, now: Instant) -> Option<Whose> {
        let people = self.0.get(app)?;
        if people.values().filter(|until| **until > now).count() > FEW_PEOPLE {
            return Some(Whose::Everybodys);
        }
        people.get(person).is_some_and(|until| *until > now).then_some(Whose::Hers)
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
        assert_eq!(probation.of("app", "0", now), Some(Whose::Hers));
        assert_eq!(probation.of("app", "other", now), None);
        assert_eq!(probation.of("another", "0", now), None);
        assert_eq!(probation.of("app", "0", until), None, "after a while");
        probation.stopped("app", "one more", now, until);
        assert_eq!(probation.of("app", "other", now), Some(Whose::Everybodys));
        assert_eq!(probation.of("app", "other", until), None);
        probation.stopped("another", "0", until, until + Duration::from_secs(1));
        assert_eq!(probation.0.len(), 1, "nothing is kept of what is over");
    }
}
