//! Trips, stays, positions and fares.
//!
//! Written from the table of the category by `cargo xtask generate`.

use crate::data::{Terms, Texts, category, codes, long, money, timestamp};
use crate::units::{Money, Timestamp};

codes! {
    /// Kind of row.
    Row {
        /// Leg.
        Leg = 0,
        /// Stay.
        Visit = 1,
        /// Position.
        Point = 2,
        /// Payment.
        Payment = 3,
    }
}

codes! {
    /// Mode.
    Mode {
        /// On foot.
        Walk = 0,
        /// Running.
        Run = 1,
        /// Bicycle.
        Bike = 2,
        /// Car.
        Car = 3,
        /// Motorcycle.
        Motorcycle = 4,
        /// Bus.
        Bus = 5,
        /// Tram.
        Tram = 6,
        /// Underground.
        Metro = 7,
        /// Train.
        Train = 8,
        /// Ferry.
        Ferry = 9,
        /// Plane.
        Plane = 10,
        /// Other.
        Other = 11,
        /// Unknown.
        Unknown = 12,
    }
}

codes! {
    /// Completeness.
    Complete {
        /// Complete.
        Complete = 0,
        /// Incomplete.
        Incomplete = 1,
    }
}

codes! {
    /// Kind of place.
    PlaceKind {
        /// Home.
        Home = 0,
        /// Work.
        Work = 1,
        /// School.
        School = 2,
        /// Station.
        Station = 3,
        /// Other.
        Other = 4,
    }
}

category! {
    Movement from crate::bindings::mesinfos::data::mobility;
    /// Data holder; who gave the data, e.g. "Google".
    holder: Terms,
    /// Kind of row; 0 leg, 1 stay, 2 position, 3 payment; a trip by one mode, a stay at a place, a
    /// position, or a payment (top-up, pass).
    row: Vec<u8>,
    /// Card or device; a pseudonym that holds within one run.
    source: Terms,
    /// Date and time; UTC seconds since 1970-01-01T00:00:00Z; the start.
    at: Vec<i64>,
    /// Offset from UTC; minutes; local time minus UTC; missing means unknown, count it as 0.
    utc_offset: Vec<i64>,
    /// Duration; seconds.
    duration: Vec<i64>,
    /// Mode; 0 on foot, 1 running, 2 bicycle, 3 car, 4 motorcycle, 5 bus, 6 tram, 7 underground, 8
    /// train, 9 ferry, 10 plane, 11 other, 12 unknown.
    mode: Vec<u8>,
    /// Distance; metres.
    distance: Vec<i64>,
    /// Cost; minor units of the currency (cents); what the trip cost, or what was paid.
    cost: Vec<i64>,
    /// Currency; ISO 4217 code, three letters.
    currency: Terms,
    /// Operator.
    operator: Terms,
    /// Line.
    line: Terms,
    /// Completeness; 0 complete, 1 incomplete; incomplete: a touch in or out is missing.
    complete: Vec<u8>,
    /// Origin; a pseudonym that holds within one run; the same for the same place.
    from: Terms,
    /// Destination; a pseudonym that holds within one run; the same for the same place; of a stay,
    /// the place.
    to: Terms,
    /// Kind of place; 0 home, 1 work, 2 school, 3 station, 4 other.
    place_kind: Vec<u8>,
    /// Label; the wording of the operator or the app; empty unless the person gave this very field.
    label: Texts,
    /// Name of the origin; empty unless the person gave this very field.
    from_name: Terms,
    /// Name of the destination; empty unless the person gave this very field.
    to_name: Terms,
    /// Latitude; 1/10 000 000 degree (WGS 84); of the position, the stay, or the origin; empty
    /// unless the person gave this very field.
    latitude: Vec<i64>,
    /// Longitude; 1/10 000 000 degree (WGS 84); of the position, the stay, or the origin; empty
    /// unless the person gave this very field.
    longitude: Vec<i64>,
    /// Latitude of the destination; 1/10 000 000 degree (WGS 84); empty unless the person gave this
    /// very field.
    to_latitude: Vec<i64>,
    /// Longitude of the destination; 1/10 000 000 degree (WGS 84); empty unless the person gave
    /// this very field.
    to_longitude: Vec<i64>,
    /// Accuracy; metres; radius around the position.
    accuracy: Vec<i64>,
    /// Altitude; metres; empty unless the person gave this very field.
    altitude: Vec<i64>,
}

/// The rows of `period`, from the oldest to the newest.
#[must_use]
pub fn movements(period: Period) -> Rows {
    all(period)
}

impl Movement {
    /// Data holder; who gave the data, e.g. "Google".
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        self.page.holder().get(self.index)
    }

    /// Kind of row; 0 leg, 1 stay, 2 position, 3 payment; a trip by one mode, a stay at a place, a
    /// position, or a payment (top-up, pass).
    #[must_use]
    pub fn row(&self) -> Option<Row> {
        Row::get(self.page.row(), self.index)
    }

    /// Card or device; a pseudonym that holds within one run.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.page.source().get(self.index)
    }

    /// Date and time; UTC seconds since 1970-01-01T00:00:00Z; the start.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        timestamp(self.page.at(), self.page.utc_offset(), self.index)
    }

    /// Offset from UTC; minutes; local time minus UTC; missing means unknown, count it as 0.
    #[must_use]
    pub fn utc_offset(&self) -> Option<i64> {
        long(self.page.utc_offset(), self.index)
    }

    /// Duration; seconds.
    #[must_use]
    pub fn duration(&self) -> Option<i64> {
        long(self.page.duration(), self.index)
    }

    /// Mode; 0 on foot, 1 running, 2 bicycle, 3 car, 4 motorcycle, 5 bus, 6 tram, 7 underground, 8
    /// train, 9 ferry, 10 plane, 11 other, 12 unknown.
    #[must_use]
    pub fn mode(&self) -> Option<Mode> {
        Mode::get(self.page.mode(), self.index)
    }

    /// Distance; metres.
    #[must_use]
    pub fn distance(&self) -> Option<i64> {
        long(self.page.distance(), self.index)
    }

    /// Cost; minor units of the currency (cents); what the trip cost, or what was paid.
    #[must_use]
    pub fn cost(&self) -> Option<Money> {
        money(self.page.cost(), self.page.currency(), self.index)
    }

    /// Currency; ISO 4217 code, three letters.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        self.page.currency().get(self.index)
    }

    /// Operator.
    #[must_use]
    pub fn operator(&self) -> Option<&str> {
        self.page.operator().get(self.index)
    }

    /// Line.
    #[must_use]
    pub fn line(&self) -> Option<&str> {
        self.page.line().get(self.index)
    }

    /// Completeness; 0 complete, 1 incomplete; incomplete: a touch in or out is missing.
    #[must_use]
    pub fn complete(&self) -> Option<Complete> {
        Complete::get(self.page.complete(), self.index)
    }

    /// Origin; a pseudonym that holds within one run; the same for the same place.
    #[must_use]
    pub fn from(&self) -> Option<&str> {
        self.page.from().get(self.index)
    }

    /// Destination; a pseudonym that holds within one run; the same for the same place; of a stay,
    /// the place.
    #[must_use]
    pub fn to(&self) -> Option<&str> {
        self.page.to().get(self.index)
    }

    /// Kind of place; 0 home, 1 work, 2 school, 3 station, 4 other.
    #[must_use]
    pub fn place_kind(&self) -> Option<PlaceKind> {
        PlaceKind::get(self.page.place_kind(), self.index)
    }

    /// Label; the wording of the operator or the app; empty unless the person gave this very field.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        self.page.label().get(self.index)
    }

    /// Name of the origin; empty unless the person gave this very field.
    #[must_use]
    pub fn from_name(&self) -> Option<&str> {
        self.page.from_name().get(self.index)
    }

    /// Name of the destination; empty unless the person gave this very field.
    #[must_use]
    pub fn to_name(&self) -> Option<&str> {
        self.page.to_name().get(self.index)
    }

    /// Latitude; 1/10 000 000 degree (WGS 84); of the position, the stay, or the origin; empty
    /// unless the person gave this very field.
    #[must_use]
    pub fn latitude(&self) -> Option<i64> {
        long(self.page.latitude(), self.index)
    }

    /// Longitude; 1/10 000 000 degree (WGS 84); of the position, the stay, or the origin; empty
    /// unless the person gave this very field.
    #[must_use]
    pub fn longitude(&self) -> Option<i64> {
        long(self.page.longitude(), self.index)
    }

    /// Latitude of the destination; 1/10 000 000 degree (WGS 84); empty unless the person gave this
    /// very field.
    #[must_use]
    pub fn to_latitude(&self) -> Option<i64> {
        long(self.page.to_latitude(), self.index)
    }

    /// Longitude of the destination; 1/10 000 000 degree (WGS 84); empty unless the person gave
    /// this very field.
    #[must_use]
    pub fn to_longitude(&self) -> Option<i64> {
        long(self.page.to_longitude(), self.index)
    }

    /// Accuracy; metres; radius around the position.
    #[must_use]
    pub fn accuracy(&self) -> Option<i64> {
        long(self.page.accuracy(), self.index)
    }

    /// Altitude; metres; empty unless the person gave this very field.
    #[must_use]
    pub fn altitude(&self) -> Option<i64> {
        long(self.page.altitude(), self.index)
    }
}
