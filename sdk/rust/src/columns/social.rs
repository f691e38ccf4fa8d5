//! Contacts (vCard) and messages; the text of messages is never given unless it is named.
//!
//! Written from the table of the category by `cargo xtask generate`.

use crate::data::{Terms, Texts, category, codes, day, long, timestamp};
use crate::units::{Date, Timestamp};

codes! {
    /// Kind of row.
    Row {
        /// Contact.
        Contact = 0,
        /// Message.
        Message = 1,
    }
}

codes! {
    /// Channel.
    Channel {
        /// SMS.
        Sms = 0,
        /// MMS.
        Mms = 1,
        /// Chat.
        Chat = 2,
        /// E-mail.
        Email = 3,
        /// Social network.
        Network = 4,
        /// Address book.
        AddressBook = 5,
        /// Other.
        Other = 6,
    }
}

codes! {
    /// Direction.
    Direction {
        /// In.
        In = 0,
        /// Out.
        Out = 1,
    }
}

category! {
    Entry from crate::bindings::mesinfos::data::social;
    /// Service; where contacts or messages come from, e.g. "Facebook".
    holder: Terms,
    /// Kind of row; 0 contact, 1 message.
    row: Vec<u8>,
    /// Date and time; UTC seconds since 1970-01-01T00:00:00Z; of the message; of a contact, since
    /// when it is known.
    at: Vec<i64>,
    /// Offset from UTC; minutes; local time minus UTC; missing means unknown, count it as 0.
    utc_offset: Vec<i64>,
    /// Channel; 0 SMS, 1 MMS, 2 chat, 3 e-mail, 4 social network, 5 address book, 6 other.
    channel: Vec<u8>,
    /// Direction; 0 in, 1 out.
    direction: Vec<u8>,
    /// Person; a pseudonym that holds within one run; the same for a contact and its messages,
    /// where that can be known.
    person: Terms,
    /// Length; characters; of the message.
    length: Vec<i64>,
    /// Groups; with commas between.
    groups: Texts,
    /// Country.
    country: Terms,
    /// Name; empty unless the person gave this very field.
    name: Texts,
    /// Organisation; empty unless the person gave this very field.
    organisation: Texts,
    /// Telephone numbers; E.164 where possible, with spaces between; empty unless the person gave
    /// this very field.
    phones: Texts,
    /// E-mail addresses; with spaces between; empty unless the person gave this very field.
    emails: Texts,
    /// Address; empty unless the person gave this very field.
    address: Texts,
    /// Birthday; days since 1970-01-01; empty unless the person gave this very field.
    birthday: Vec<i32>,
    /// Text of the message; empty unless the person gave this very field.
    body: Texts,
}

/// The rows of `period`, from the oldest to the newest.
#[must_use]
pub fn entries(period: Period) -> Rows {
    all(period)
}

impl Entry {
    /// Service; where contacts or messages come from, e.g. "Facebook".
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        self.page.holder().get(self.index)
    }

    /// Kind of row; 0 contact, 1 message.
    #[must_use]
    pub fn row(&self) -> Option<Row> {
        Row::get(self.page.row(), self.index)
    }

    /// Date and time; UTC seconds since 1970-01-01T00:00:00Z; of the message; of a contact, since
    /// when it is known.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        timestamp(self.page.at(), self.page.utc_offset(), self.index)
    }

    /// Offset from UTC; minutes; local time minus UTC; missing means unknown, count it as 0.
    #[must_use]
    pub fn utc_offset(&self) -> Option<i64> {
        long(self.page.utc_offset(), self.index)
    }

    /// Channel; 0 SMS, 1 MMS, 2 chat, 3 e-mail, 4 social network, 5 address book, 6 other.
    #[must_use]
    pub fn channel(&self) -> Option<Channel> {
        Channel::get(self.page.channel(), self.index)
    }

    /// Direction; 0 in, 1 out.
    #[must_use]
    pub fn direction(&self) -> Option<Direction> {
        Direction::get(self.page.direction(), self.index)
    }

    /// Person; a pseudonym that holds within one run; the same for a contact and its messages,
    /// where that can be known.
    #[must_use]
    pub fn person(&self) -> Option<&str> {
        self.page.person().get(self.index)
    }

    /// Length; characters; of the message.
    #[must_use]
    pub fn length(&self) -> Option<i64> {
        long(self.page.length(), self.index)
    }

    /// Groups; with commas between.
    #[must_use]
    pub fn groups(&self) -> Option<&str> {
        self.page.groups().get(self.index)
    }

    /// Country.
    #[must_use]
    pub fn country(&self) -> Option<&str> {
        self.page.country().get(self.index)
    }

    /// Name; empty unless the person gave this very field.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.page.name().get(self.index)
    }

    /// Organisation; empty unless the person gave this very field.
    #[must_use]
    pub fn organisation(&self) -> Option<&str> {
        self.page.organisation().get(self.index)
    }

    /// Telephone numbers; E.164 where possible, with spaces between; empty unless the person gave
    /// this very field.
    #[must_use]
    pub fn phones(&self) -> Option<&str> {
        self.page.phones().get(self.index)
    }

    /// E-mail addresses; with spaces between; empty unless the person gave this very field.
    #[must_use]
    pub fn emails(&self) -> Option<&str> {
        self.page.emails().get(self.index)
    }

    /// Address; empty unless the person gave this very field.
    #[must_use]
    pub fn address(&self) -> Option<&str> {
        self.page.address().get(self.index)
    }

    /// Birthday; days since 1970-01-01; empty unless the person gave this very field.
    #[must_use]
    pub fn birthday(&self) -> Option<Date> {
        day(self.page.birthday(), self.index)
    }

    /// Text of the message; empty unless the person gave this very field.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.page.body().get(self.index)
    }
}
