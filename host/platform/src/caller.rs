//! The caller of a use case: actor, person, time, channel and language. It is the first argument of every use
//! case. A door (`web`, `cli`) creates one per request.

use crate::clock::Clock;
use crate::redacted::Redacted;
use crate::{PlatformError, Result};
use mesinfos_consent::{Act, Actor, Channel};
use mesinfos_model::view::Lang;
use mesinfos_model::{Day, PersonName};
use mesinfos_store::PersonId;
use std::fmt;

/// Id of a request: 16 random bytes, shown in hexadecimal. It appears in the operator's log and in nothing
/// stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RequestId([u8; 16]);

impl RequestId {
    /// A new id. All zeroes if the system provides no random bytes: the id only distinguishes log lines.
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

/// Caller of a use case.
#[derive(Clone)]
pub struct Caller {
    /// Role of the caller.
    pub actor: Actor,
    /// Door the request came through.
    pub channel: Channel,
    /// Language of the answer.
    pub lang: Lang,
    /// Person whose data the request is about, if any.
    pub person: Option<PersonName>,
    /// Current day as apps see it.
    pub today: Day,
    /// Time of the request, in UTC seconds since 1970.
    pub at: i64,
    /// Id of the request.
    pub request: RequestId,
    /// Id of the person, for the caller of an account: it acts on nobody else of that name, and creates nobody.
    pub(crate) whose: Option<PersonId>,
}

/// Omits the person's name.
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
    /// A caller at the current time, with no person.
    pub fn new(clock: &dyn Clock, actor: Actor, channel: Channel, lang: Lang) -> Caller {
        let (today, at) = (clock.today(), clock.now());
        Caller { actor, channel, lang, person: None, today, at, request: RequestId::random(), whose: None }
    }

    /// The same caller, with `person` as the person whose data the request is about.
    #[must_use]
    pub fn about(self, person: PersonName) -> Caller {
        Caller { person: Some(person), whose: None, ..self }
    }

    /// The same caller, for this person and nobody else of the same name.
    #[must_use]
    pub(crate) fn only(self, whose: PersonId) -> Caller {
        Caller { whose: Some(whose), ..self }
    }

    /// Whether the request may be about this person.
    pub(crate) fn may_act_on(&self, person: PersonId) -> bool {
        self.whose.is_none_or(|whose| whose == person)
    }

    /// The same caller, with another day for apps. `None` keeps the day.
    #[must_use]
    pub fn on(self, today: Option<Day>) -> Caller {
        Caller { today: today.unwrap_or(self.today), ..self }
    }

    /// The same caller, in the request with this id.
    #[must_use]
    pub fn in_request(self, request: RequestId) -> Caller {
        Caller { request, ..self }
    }

    /// The same caller, answered in another language.
    #[must_use]
    pub fn in_language(self, lang: Lang) -> Caller {
        Caller { lang, ..self }
    }

    /// The same caller, through another door.
    #[must_use]
    pub fn through(self, channel: Channel) -> Caller {
        Caller { channel, ..self }
    }

    /// Actor and channel as written in the audit chain.
    pub fn act(&self) -> Act {
        Act { actor: self.actor, channel: self.channel }
    }

    /// The person whose data the request is about.
    ///
    /// # Errors
    /// [`PlatformError::NoPerson`] if there is none.
    pub fn person(&self) -> Result<&PersonName> {
        self.person.as_ref().ok_or(PlatformError::NoPerson)
    }
}

/// A person at the command line, for tests.
#[cfg(test)]
pub(crate) fn me(name: &str) -> Caller {
    let somebody = Caller::new(&crate::SystemClock, Actor::Person, Channel::Cli, Lang::En);
    somebody.about(name.parse().unwrap())
}
