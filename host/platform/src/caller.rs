//! Who asks for something, for whom, when, through which door and in which language: the first argument of every
//! use case. A door makes one for each request.

use crate::clock::Clock;
use crate::redacted::Redacted;
use crate::{PlatformError, Result};
use mesinfos_consent::{Act, Actor, Channel};
use mesinfos_model::view::Lang;
use mesinfos_model::{Day, PersonName};
use std::fmt;

/// The id of a request: 16 random bytes, in hexadecimal. It stands in the operator's log, and in nothing that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RequestId([u8; 16]);

impl RequestId {
    /// A new one. All zeroes if the system gives no random bytes: it only tells lines of a log apart.
    pub fn random() -> RequestId {
        let mut id = [0; 16];
        let _ = getrandom::fill(&mut id);
        RequestId(id)
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Who asks.
#[derive(Clone)]
pub struct Caller {
    /// In which role.
    pub actor: Actor,
    /// Through which door.
    pub channel: Channel,
    /// In which language they are answered.
    pub lang: Lang,
    /// Whose data it is about, if it is about anybody's.
    pub person: Option<PersonName>,
    /// The day that apps are told.
    pub today: Day,
    /// When they asked: UTC seconds since 1970.
    pub at: i64,
    /// The request's id.
    pub request: RequestId,
}

/// Without the person's name.
impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller")
            .field("actor", &self.actor)
            .field("channel", &self.channel)
            .field("lang", &self.lang)
            .field("person", &self.person.as_ref().map(Redacted))
            .field("today", &self.today)
            .field("at", &self.at)
            .field("request", &self.request)
            .finish()
    }
}

impl Caller {
    /// Somebody who asks now, about nobody's data.
    pub fn new(clock: &dyn Clock, actor: Actor, channel: Channel, lang: Lang) -> Caller {
        let (today, at) = (clock.today(), clock.now());
        Caller { actor, channel, lang, person: None, today, at, request: RequestId::random() }
    }

    /// The same, about the data of a person.
    #[must_use]
    pub fn about(self, person: PersonName) -> Caller {
        Caller { person: Some(person), ..self }
    }

    /// The same, with another day for apps.
    #[must_use]
    pub fn on(self, today: Option<Day>) -> Caller {
        Caller { today: today.unwrap_or(self.today), ..self }
    }

    /// As the audit log names it.
    pub fn act(&self) -> Act {
        Act { actor: self.actor, channel: self.channel }
    }

    /// Whose data it is about.
    ///
    /// # Errors
    /// [`PlatformError::NoPerson`] if it is about nobody's.
    pub fn person(&self) -> Result<&PersonName> {
        self.person.as_ref().ok_or(PlatformError::NoPerson)
    }
}

/// A person at the command line.
#[cfg(test)]
pub(crate) fn me(name: &str) -> Caller {
    let somebody = Caller::new(&crate::SystemClock, Actor::Person, Channel::Cli, Lang::En);
    somebody.about(name.parse().unwrap())
}
