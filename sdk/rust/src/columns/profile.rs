//! Household, home, vehicles: what holders know of the person herself.
//!
//! Written from the table of the category by `cargo xtask generate`.

use crate::data::{Terms, Texts, category, codes, day, long};
use crate::units::Date;

codes! {
    /// Kind of row.
    Row {
        /// Person.
        Person = 0,
        /// Household.
        Household = 1,
        /// Home.
        Home = 2,
        /// Vehicle.
        Vehicle = 3,
        /// Customer account.
        Account = 4,
        /// Appliance.
        Device = 5,
    }
}

category! {
    Fact from crate::bindings::mesinfos::data::profile;
    /// Data holder; who gave the data, e.g. "MAIF".
    holder: Terms,
    /// Kind of row; 0 person, 1 household, 2 home, 3 vehicle, 4 customer account, 5 appliance.
    row: Vec<u8>,
    /// Since; days since 1970-01-01.
    since: Vec<i32>,
    /// Thing; a pseudonym that holds within one run; the same for all rows of one thing.
    item: Terms,
    /// Kind; in the holder’s words, e.g. "Maison".
    kind: Terms,
    /// People; number.
    people: Vec<i64>,
    /// Rooms; number.
    rooms: Vec<i64>,
    /// Floor area; square metres.
    area: Vec<i64>,
    /// Year of construction; year; of a vehicle, its first registration.
    built: Vec<i64>,
    /// Heating.
    heating: Terms,
    /// Make.
    make: Terms,
    /// Model.
    model: Terms,
    /// Mileage; metres.
    distance: Vec<i64>,
    /// Year of birth; year.
    birth_year: Vec<i64>,
    /// Role; e.g. "spouse", "child".
    role: Terms,
    /// Occupation.
    occupation: Terms,
    /// Detail; what else the holder says, in its words.
    detail: Texts,
    /// Postcode; empty unless the person gave this very field.
    postcode: Terms,
    /// Name; empty unless the person gave this very field.
    name: Texts,
    /// Address; empty unless the person gave this very field.
    address: Texts,
    /// Number plate; empty unless the person gave this very field.
    plate: Terms,
    /// Number; of the customer, of the meter…; empty unless the person gave this very field.
    number: Terms,
    /// Date of birth; days since 1970-01-01; empty unless the person gave this very field.
    birthday: Vec<i32>,
}

/// The rows of `period`, from the oldest to the newest.
#[must_use]
pub fn facts(period: Period) -> Rows {
    all(period)
}

impl Fact {
    /// Data holder; who gave the data, e.g. "MAIF".
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        self.page.holder().get(self.index)
    }

    /// Kind of row; 0 person, 1 household, 2 home, 3 vehicle, 4 customer account, 5 appliance.
    #[must_use]
    pub fn row(&self) -> Option<Row> {
        Row::get(self.page.row(), self.index)
    }

    /// Since; days since 1970-01-01.
    #[must_use]
    pub fn since(&self) -> Option<Date> {
        day(self.page.since(), self.index)
    }

    /// Thing; a pseudonym that holds within one run; the same for all rows of one thing.
    #[must_use]
    pub fn item(&self) -> Option<&str> {
        self.page.item().get(self.index)
    }

    /// Kind; in the holder’s words, e.g. "Maison".
    #[must_use]
    pub fn kind(&self) -> Option<&str> {
        self.page.kind().get(self.index)
    }

    /// People; number.
    #[must_use]
    pub fn people(&self) -> Option<i64> {
        long(self.page.people(), self.index)
    }

    /// Rooms; number.
    #[must_use]
    pub fn rooms(&self) -> Option<i64> {
        long(self.page.rooms(), self.index)
    }

    /// Floor area; square metres.
    #[must_use]
    pub fn area(&self) -> Option<i64> {
        long(self.page.area(), self.index)
    }

    /// Year of construction; year; of a vehicle, its first registration.
    #[must_use]
    pub fn built(&self) -> Option<i64> {
        long(self.page.built(), self.index)
    }

    /// Heating.
    #[must_use]
    pub fn heating(&self) -> Option<&str> {
        self.page.heating().get(self.index)
    }

    /// Make.
    #[must_use]
    pub fn make(&self) -> Option<&str> {
        self.page.make().get(self.index)
    }

    /// Model.
    #[must_use]
    pub fn model(&self) -> Option<&str> {
        self.page.model().get(self.index)
    }

    /// Mileage; metres.
    #[must_use]
    pub fn distance(&self) -> Option<i64> {
        long(self.page.distance(), self.index)
    }

    /// Year of birth; year.
    #[must_use]
    pub fn birth_year(&self) -> Option<i64> {
        long(self.page.birth_year(), self.index)
    }

    /// Role; e.g. "spouse", "child".
    #[must_use]
    pub fn role(&self) -> Option<&str> {
        self.page.role().get(self.index)
    }

    /// Occupation.
    #[must_use]
    pub fn occupation(&self) -> Option<&str> {
        self.page.occupation().get(self.index)
    }

    /// Detail; what else the holder says, in its words.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.page.detail().get(self.index)
    }

    /// Postcode; empty unless the person gave this very field.
    #[must_use]
    pub fn postcode(&self) -> Option<&str> {
        self.page.postcode().get(self.index)
    }

    /// Name; empty unless the person gave this very field.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.page.name().get(self.index)
    }

    /// Address; empty unless the person gave this very field.
    #[must_use]
    pub fn address(&self) -> Option<&str> {
        self.page.address().get(self.index)
    }

    /// Number plate; empty unless the person gave this very field.
    #[must_use]
    pub fn plate(&self) -> Option<&str> {
        self.page.plate().get(self.index)
    }

    /// Number; of the customer, of the meter…; empty unless the person gave this very field.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        self.page.number().get(self.index)
    }

    /// Date of birth; days since 1970-01-01; empty unless the person gave this very field.
    #[must_use]
    pub fn birthday(&self) -> Option<Date> {
        day(self.page.birthday(), self.index)
    }
}
