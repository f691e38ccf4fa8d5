//! Browser sessions for the pages.
//!
//! Browsers send cookies to every port of a host (RFC 6265, 8.5), and any other user of the machine may
//! listen on one. Two measures protect the session. Its pages are under an unguessable path and the cookie
//! is limited to that path, so a server on another port receives it only from a client that knows the path.
//! And the cookie is not a token: it opens the pages of this session and nothing of the API.
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
pub(crate) struct NewSession {
    /// Path segment: 128 random bits in hexadecimal.
    pub(crate) path_token: String,
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
    pub(crate) fn open(&self) -> Option<NewSession> {
        self.open_at(Instant::now())
    }

    fn open_at(&self, now: Instant) -> Option<NewSession> {
        let opened = NewSession { path_token: random::<16>()?, secret: random::<32>()? };
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, session| !session.is_over(now));
        if sessions.len() >= limits::SESSIONS {
            let oldest = sessions.iter().min_by_key(|(_, session)| session.used);
            if let Some(path_token) = oldest.map(|(path_token, _)| path_token.clone()) {
                sessions.remove(&path_token);
            }
        }
        let session = Session { secret: opened.secret.clone(), opened: now, used: now };
        sessions.insert(opened.path_token.clone(), session);
        Some(opened)
    }

    /// Whether one of `secrets` belongs to the session at `path_token`.
    pub(crate) fn admit<'a>(&self, path_token: &str, secrets: impl Iterator<Item = &'a str>) -> bool {
        self.admit_at(path_token, secrets, Instant::now())
    }

    fn admit_at<'a>(
        &self,
        path_token: &str,
        mut secrets: impl Iterator<Item = &'a str>,
        now: Instant,
    ) -> bool {
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, session| !session.is_over(now));
        let Some(session) = sessions.get_mut(path_token) else { return false };
        let admitted = secrets.any(|secret| is(&session.secret, secret));
        if admitted {
            session.used = now;
        }
        admitted
    }
}

/// Compares two secrets in constant time.
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
        assert!(sessions.admit(&one.path_token, [two.secret.as_str(), &one.secret].into_iter()));
        assert!(!sessions.admit(&one.path_token, [two.secret.as_str(), "", &one.secret[1..]].into_iter()));
        assert!(!sessions.admit(&one.path_token, std::iter::empty()));
        assert!(!sessions.admit(&one.secret, [one.secret.as_str()].into_iter()));
        assert!(one.path_token.len() == 32 && one.secret.len() == 64 && one.path_token != two.path_token);
    }

    #[test]
    fn a_session_ends_by_itself() {
        let (sessions, start) = (Sessions::default(), Instant::now());
        let one = sessions.open_at(start).unwrap();
        let admit = |after: Duration| {
            sessions.admit_at(&one.path_token, [one.secret.as_str()].into_iter(), start + after)
        };
        let step = limits::SESSION_IDLE - Duration::from_secs(1);
        let mut after = Duration::ZERO;
        while after + step < limits::SESSION {
            after += step;
            assert!(admit(after), "{after:?}: it is used");
        }
        assert!(!admit(limits::SESSION), "used or not");
        let idle = sessions.open_at(start).unwrap();
        let late = start + limits::SESSION_IDLE;
        assert!(!sessions.admit_at(&idle.path_token, [idle.secret.as_str()].into_iter(), late));
    }

    #[test]
    fn sessions_are_bounded_and_the_least_used_goes() {
        let (sessions, start) = (Sessions::default(), Instant::now());
        let first = sessions.open_at(start).unwrap();
        let rest: Vec<NewSession> = (1..limits::SESSIONS as u64)
            .map(|n| sessions.open_at(start + Duration::from_secs(n)).unwrap())
            .collect();
        let later = start + Duration::from_secs(60);
        assert!(sessions.admit_at(&first.path_token, [first.secret.as_str()].into_iter(), later));
        sessions.open_at(later).unwrap();
        assert!(sessions.admit_at(&first.path_token, [first.secret.as_str()].into_iter(), later));
        assert!(!sessions.admit_at(&rest[0].path_token, [rest[0].secret.as_str()].into_iter(), later));
    }
}
