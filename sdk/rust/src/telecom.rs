//! Use of telephone lines, one row for each call, message or data session.
//!
//! ```no_run
//! use mesinfos_sdk::{AccessError, Period, telecom};
//! fn seconds_called() -> Result<i64, AccessError> {
//!     let mut seconds = 0;
//!     for event in telecom::events(Period::all()) {
//!         let event = event?;
//!         if event.direction() == Some(telecom::Direction::Out) {
//!             seconds += event.seconds().unwrap_or(0);
//!         }
//!     }
//!     Ok(seconds)
//! }
//! ```

use crate::data::{Terms, category, codes, long, money, timestamp};
use crate::units::{Money, Timestamp};

codes! {
    /// What was used.
    Service {
        /// A call.
        Voice = 0,
        /// A text message.
        Sms = 1,
        /// A message with a picture.
        Mms = 2,
        /// Mobile data.
        Data = 3,
        /// The answering machine.
        Voicemail = 4,
    }
}

codes! {
    /// Which way it went.
    Direction {
        /// To the person.
        In = 0,
        /// From the person.
        Out = 1,
        /// Handed on to another line.
        Forwarded = 2,
        /// Not answered.
        Missed = 3,
        /// Refused.
        Rejected = 4,
    }
}

codes! {
    /// What kind of line the other party has.
    PeerKind {
        /// Mobile.
        Mobile = 0,
        /// Landline.
        Landline = 1,
        /// Short or special number.
        ShortNumber = 2,
        /// Abroad.
        International = 3,
        /// Not known.
        Unknown = 4,
    }
}

category! {
    Events of Event from crate::bindings::mesinfos::data::telecom;
    /// Who gave the data.
    holders: Terms = holder,
    /// The person's own line, as a pseudonym.
    lines: Terms = line,
    /// UTC seconds since 1970-01-01; `i64::MIN` is missing.
    starts: Vec<i64> = at,
    /// Local time minus UTC in minutes; `i64::MIN` is missing.
    utc_offsets: Vec<i64> = utc_offset,
    /// Codes of [`Service`]; 255 is missing.
    services: Vec<u8> = service,
    /// Codes of [`Direction`]; 255 is missing.
    directions: Vec<u8> = direction,
    /// The other party, as a pseudonym.
    peers: Terms = peer,
    /// Codes of [`PeerKind`]; 255 is missing.
    peer_kinds: Vec<u8> = peer_kind,
    /// Seconds; `i64::MIN` is missing.
    durations: Vec<i64> = duration,
    /// Number of messages; `i64::MIN` is missing.
    message_counts: Vec<i64> = messages,
    /// Bytes both ways; `i64::MIN` is missing.
    volumes: Vec<i64> = bytes,
    /// Minor units of the currency; `i64::MIN` is missing.
    costs: Vec<i64> = cost,
    /// ISO 4217 codes.
    currencies: Terms = currency,
    /// ISO 3166-1 alpha-2 codes.
    countries: Terms = roaming,
}

/// The events of `period`, from the oldest to the newest.
#[must_use]
pub fn events(period: Period) -> Events {
    rows(period)
}

impl Event {
    /// Who gave the data, e.g. "Orange".
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        self.page.holders().get(self.index)
    }

    /// The person's own line, as a pseudonym that holds within one run.
    #[must_use]
    pub fn line(&self) -> Option<&str> {
        self.page.lines().get(self.index)
    }

    /// When it began (reads the offset to local time too).
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        timestamp(self.page.starts(), self.page.utc_offsets(), self.index)
    }

    /// What was used.
    #[must_use]
    pub fn service(&self) -> Option<Service> {
        Service::get(self.page.services(), self.index)
    }

    /// Which way it went.
    #[must_use]
    pub fn direction(&self) -> Option<Direction> {
        Direction::get(self.page.directions(), self.index)
    }

    /// The other party, as a pseudonym that holds within one run; never a number.
    #[must_use]
    pub fn peer(&self) -> Option<&str> {
        self.page.peers().get(self.index)
    }

    /// What kind of line the other party has.
    #[must_use]
    pub fn peer_kind(&self) -> Option<PeerKind> {
        PeerKind::get(self.page.peer_kinds(), self.index)
    }

    /// Length of a call in seconds.
    #[must_use]
    pub fn seconds(&self) -> Option<i64> {
        long(self.page.durations(), self.index)
    }

    /// Number of messages (a long text is several).
    #[must_use]
    pub fn messages(&self) -> Option<i64> {
        long(self.page.message_counts(), self.index)
    }

    /// Data in bytes, both ways.
    #[must_use]
    pub fn bytes(&self) -> Option<i64> {
        long(self.page.volumes(), self.index)
    }

    /// What it cost (reads the currency too).
    #[must_use]
    pub fn cost(&self) -> Option<Money> {
        money(self.page.costs(), self.page.currencies(), self.index)
    }

    /// Country where it happened, when not at home; ISO 3166-1 alpha-2.
    #[must_use]
    pub fn roaming(&self) -> Option<&str> {
        self.page.countries().get(self.index)
    }
}
