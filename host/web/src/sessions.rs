//! Browser sessions for the pages.
//!
//! Cookies are sent to every port of a host (RFC 6265, 8.5), and any other user of the machine may listen on
//! one. Two measures protect the session. Its pages are under an unguessable path and the cookie is limited
//! to that path, so a server on another port receives it only from somebody who knows the path. And the
//! cookie is not a token: it opens the pages of this session and nothing of the API.
//!
//! A random name under `.localhost` would also separate origins, but Safari, `curl` and many resolvers do not
//! support such names. A path works everywhere.
//!
//! Invariant: sessions are in memory only and end with the process.

use crate::limits;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// A new session, as given to a browser.
pub(crate) struct Opened {
    /// Path segment: 128 random bits in hexadecimal.
    pub(crate) place: String,
    /// Value of the cookie: 256 random bits in hexadecimal.
    pub(crate) secret: String,
}

struct Session {
    secret: String,
    opened: Instant,
    used: Instant,
}

impl Session {
    fn is_over(&self, now: Instant) -> bool {
        now.duration_since(self.used) >= limits::SESSION_IDLE
            || now.duration_since(self.opened) >= limits::SESSION
    }
}

/// Sessions by path segment.
#[derive(Default)]
pub(crate) struct Sessions(Mutex<HashMap<String, Session>>);

impl Sessions {
    /// Creates a session. `None` if the system provides no random bytes.
    pub(crate) fn open(&self) -> Option<Opened> {
        self.open_at(Instant::now())
    }

    fn open_at(&self, now: Instant) -> Option<Opened> {
        let opened = Opened { place: random::<16>()?, secret: random::<32>()? };
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, session| !session.is_over(now));
        if sessions.len() >= limits::SESSIONS {
            let oldest = sessions.iter().min_by_key(|(_, session)| session.used);
            if let Some(place) = oldest.map(|(place, _)| place.clone()) {
                sessions.remove(&place);
            }
        }
        let session = Session { secret: opened.secret.clone(), opened: now, used: now };
        sessions.insert(opened.place.clone(), session);
        Some(opened)
    }

    /// Whether one of `secrets` is that of the session at `place`.
    pub(crate) fn admit<'a>(&self, place: &str, secrets: impl Iterator<Item = &'a str>) -> bool {
        self.admit_at(place, secrets, Instant::now())
    }

    fn admit_at<'a>(&self, place: &str, mut secrets: impl Iterator<Item = &'a str>, now: Instant) -> bool {
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, session| !session.is_over(now));
        let Some(session) = sessions.get_mut(place) else { return false };
        let admitted = secrets.any(|secret| is(&session.secret, secret));
        if admitted {
            session.used = now;
        }
        admitted
    }
}

/// Compares in constant time.
fn is(secret: &str, given: &str) -> bool {
    let differences = secret.bytes().zip(given.bytes()).fold(0, |differences, (a, b)| differences | (a ^ b));
    secret.len() == given.len() && differences == 0
}

fn random<const N: usize>() -> Option<String> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_session_is_admitted_at_its_place_with_its_secret() {
        let sessions = Sessions::default();
        let (one, two) = (sessions.open().unwrap(), sessions.open().unwrap());
        assert!(sessions.admit(&one.place, [two.secret.as_str(), &one.secret].into_iter()));
        assert!(!sessions.admit(&one.place, [two.secret.as_str(), "", &one.secret[1..]].into_iter()));
        assert!(!sessions.admit(&one.place, std::iter::empty()));
        assert!(!sessions.admit(&one.secret, [one.secret.as_str()].into_iter()));
        assert!(one.place.len() == 32 && one.secret.len() == 64 && one.place != two.place);
    }

    #[test]
    fn a_session_ends_by_itself() {
        let (sessions, start) = (Sessions::default(), Instant::now());
        let one = sessions.open_at(start).unwrap();
        let admit =
            |after: Duration| sessions.admit_at(&one.place, [one.secret.as_str()].into_iter(), start + after);
        let step = limits::SESSION_IDLE - Duration::from_secs(1);
        let mut after = Duration::ZERO;
        while after + step < limits::SESSION {
            after += step;
            assert!(admit(after), "{after:?}: it is used");
        }
        assert!(!admit(limits::SESSION), "used or not");
        let idle = sessions.open_at(start).unwrap();
        let late = start + limits::SESSION_IDLE;
        assert!(!sessions.admit_at(&idle.place, [idle.secret.as_str()].into_iter(), late));
    }

    #[test]
    fn sessions_are_bounded_and_the_least_used_goes() {
        let (sessions, start) = (Sessions::default(), Instant::now());
        let first = sessions.open_at(start).unwrap();
        let rest: Vec<Opened> = (1..limits::SESSIONS as u64)
            .map(|n| sessions.open_at(start + Duration::from_secs(n)).unwrap())
            .collect();
        let later = start + Duration::from_secs(60);
        assert!(sessions.admit_at(&first.place, [first.secret.as_str()].into_iter(), later));
        sessions.open_at(later).unwrap();
        assert!(sessions.admit_at(&first.place, [first.secret.as_str()].into_iter(), later));
        assert!(!sessions.admit_at(&rest[0].place, [rest[0].secret.as_str()].into_iter(), later));
    }
}
