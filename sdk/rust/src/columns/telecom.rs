//! Use of telephone lines, one row for each call, message or data session.
//!
//! Written from the table of the category by `cargo xtask generate`.

use crate::data::{Terms, category, codes, long, money, timestamp};
use crate::units::{Money, Timestamp};

codes! {
    /// Service.
    Service {
        /// Voice.
        Voice = 0,
        /// SMS.
        Sms = 1,
        /// MMS.
        Mms = 2,
        /// Data.
        Data = 3,
        /// Voicemail.
        Voicemail = 4,
    }
}

codes! {
    /// Direction.
    Direction {
        /// In.
        In = 0,
        /// Out.
        Out = 1,
        /// Forwarded.
        Forwarded = 2,
        /// Missed.
        Missed = 3,
        /// Rejected.
        Rejected = 4,
    }
}

codes! {
    /// Kind of other party.
    PeerKind {
        /// Mobile.
        Mobile = 0,
        /// Landline.
        Landline = 1,
        /// Short or special number.
        Short = 2,
        /// Abroad.
        International = 3,
        /// Unknown.
        Unknown = 4,
    }
}

category! {
    Event from crate::bindings::mesinfos::data::telecom;
    /// Operator; who gave the data, e.g. "Orange".
    holder: Terms,
    /// Line; a pseudonym that holds within one run; the person’s own line, never its number.
    line: Terms,
    /// Date and time; UTC seconds since 1970-01-01T00:00:00Z.
    at: Vec<i64>,
    /// Offset from UTC; minutes; local time minus UTC; missing means unknown, count it as 0.
    utc_offset: Vec<i64>,
    /// Service; 0 voice, 1 SMS, 2 MMS, 3 data, 4 voicemail.
    service: Vec<u8>,
    /// Direction; 0 in, 1 out, 2 forwarded, 3 missed, 4 rejected.
    direction: Vec<u8>,
    /// Other party; a pseudonym that holds within one run; never a number.
    peer: Terms,
    /// Kind of other party; 0 mobile, 1 landline, 2 short or special number, 3 abroad, 4 unknown.
    peer_kind: Vec<u8>,
    /// Duration; seconds; length of a call.
    duration: Vec<i64>,
    /// Messages; messages; number of messages (a long text is several).
    messages: Vec<i64>,
    /// Data; bytes; both ways.
    bytes: Vec<i64>,
    /// Cost; minor units of the currency (cents).
    cost: Vec<i64>,
    /// Currency; ISO 4217 code, three letters.
    currency: Terms,
    /// Roaming country; country where it happened when not at home; ISO 3166-1 alpha-2.
    roaming: Terms,
    /// Network; e.g. "4G".
    network: Terms,
    /// Number of the other party; E.164 where possible, e.g. "+33612345678"; empty unless the
    /// person gave this very field.
    peer_number: Terms,
    /// Latitude; 1/10 000 000 degree (WGS 84); of the cell; empty unless the person gave this very
    /// field.
    latitude: Vec<i64>,
    /// Longitude; 1/10 000 000 degree (WGS 84); of the cell; empty unless the person gave this very
    /// field.
    longitude: Vec<i64>,
}

/// The rows of `period`, from the oldest to the newest.
#[must_use]
pub fn events(period: Period) -> Rows {
    all(period)
}

impl Event {
    /// Operator; who gave the data, e.g. "Orange".
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        self.page.holder().get(self.index)
    }

    /// Line; a pseudonym that holds within one run; the person’s own line, never its number.
    #[must_use]
    pub fn line(&self) -> Option<&str> {
        self.page.line().get(self.index)
    }

    /// Date and time; UTC seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        timestamp(self.page.at(), self.page.utc_offset(), self.index)
    }

    /// Offset from UTC; minutes; local time minus UTC; missing means unknown, count it as 0.
    #[must_use]
    pub fn utc_offset(&self) -> Option<i64> {
        long(self.page.utc_offset(), self.index)
    }

    /// Service; 0 voice, 1 SMS, 2 MMS, 3 data, 4 voicemail.
    #[must_use]
    pub fn service(&self) -> Option<Service> {
        Service::get(self.page.service(), self.index)
    }

    /// Direction; 0 in, 1 out, 2 forwarded, 3 missed, 4 rejected.
    #[must_use]
    pub fn direction(&self) -> Option<Direction> {
        Direction::get(self.page.direction(), self.index)
    }

    /// Other party; a pseudonym that holds within one run; never a number.
    #[must_use]
    pub fn peer(&self) -> Option<&str> {
        self.page.peer().get(self.index)
    }

    /// Kind of other party; 0 mobile, 1 landline, 2 short or special number, 3 abroad, 4 unknown.
    #[must_use]
    pub fn peer_kind(&self) -> Option<PeerKind> {
        PeerKind::get(self.page.peer_kind(), self.index)
    }

    /// Duration; seconds; length of a call.
    #[must_use]
    pub fn duration(&self) -> Option<i64> {
        long(self.page.duration(), self.index)
    }

    /// Messages; messages; number of messages (a long text is several).
    #[must_use]
    pub fn messages(&self) -> Option<i64> {
        long(self.page.messages(), self.index)
    }

    /// Data; bytes; both ways.
    #[must_use]
    pub fn bytes(&self) -> Option<i64> {
        long(self.page.bytes(), self.index)
    }

    /// Cost; minor units of the currency (cents).
    #[must_use]
    pub fn cost(&self) -> Option<Money> {
        money(self.page.cost(), self.page.currency(), self.index)
    }

    /// Currency; ISO 4217 code, three letters.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        self.page.currency().get(self.index)
    }

    /// Roaming country; country where it happened when not at home; ISO 3166-1 alpha-2.
    #[must_use]
    pub fn roaming(&self) -> Option<&str> {
        self.page.roaming().get(self.index)
    }

    /// Network; e.g. "4G".
    #[must_use]
    pub fn network(&self) -> Option<&str> {
        self.page.network().get(self.index)
    }

    /// Number of the other party; E.164 where possible, e.g. "+33612345678"; empty unless the
    /// person gave this very field.
    #[must_use]
    pub fn peer_number(&self) -> Option<&str> {
        self.page.peer_number().get(self.index)
    }

    /// Latitude; 1/10 000 000 degree (WGS 84); of the cell; empty unless the person gave this very
    /// field.
    #[must_use]
    pub fn latitude(&self) -> Option<i64> {
        long(self.page.latitude(), self.index)
    }

    /// Longitude; 1/10 000 000 degree (WGS 84); of the cell; empty unless the person gave this very
    /// field.
    #[must_use]
    pub fn longitude(&self) -> Option<i64> {
        long(self.page.longitude(), self.index)
    }
}
