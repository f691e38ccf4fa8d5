//! Readings of water meters, one row for each interval of a series.
//!
//! Written from the table of the category by `cargo xtask generate`.

use crate::data::{Terms, category, codes, long, money, timestamp};
use crate::units::{Money, Timestamp};

codes! {
    /// Quality.
    Quality {
        /// Measured.
        Measured = 0,
        /// Estimated.
        Estimated = 1,
        /// Derived.
        Derived = 2,
        /// Other.
        Other = 3,
    }
}

category! {
    WaterReading from crate::bindings::mesinfos::data::water;
    /// Water supplier; who gave the data, e.g. "Veolia".
    holder: Terms,
    /// Series of readings; a pseudonym that holds within one run; two series may cover the same
    /// time: never add rows of different series without looking.
    series: Terms,
    /// Meter; a pseudonym that holds within one run; the same for all its series; never its number.
    meter: Terms,
    /// Start; UTC seconds since 1970-01-01T00:00:00Z.
    start: Vec<i64>,
    /// Offset from UTC; minutes; local time minus UTC; missing means unknown, count it as 0.
    utc_offset: Vec<i64>,
    /// Duration; seconds; length of the interval; in a coarser grain, the seconds that readings
    /// cover.
    duration: Vec<i64>,
    /// Volume; millilitres.
    volume: Vec<i64>,
    /// Register; millilitres; what the meter shows at the end.
    index: Vec<i64>,
    /// Quality; 0 measured, 1 estimated, 2 derived, 3 other.
    quality: Vec<u8>,
    /// Cost; minor units of the currency (cents); what the interval cost.
    cost: Vec<i64>,
    /// Currency; ISO 4217 code, three letters.
    currency: Terms,
}

/// The rows of `period`, from the oldest to the newest.
#[must_use]
pub fn readings(period: Period) -> Rows {
    all(period)
}

impl WaterReading {
    /// Water supplier; who gave the data, e.g. "Veolia".
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        self.page.holder().get(self.index)
    }

    /// Series of readings; a pseudonym that holds within one run; two series may cover the same
    /// time: never add rows of different series without looking.
    #[must_use]
    pub fn series(&self) -> Option<&str> {
        self.page.series().get(self.index)
    }

    /// Meter; a pseudonym that holds within one run; the same for all its series; never its number.
    #[must_use]
    pub fn meter(&self) -> Option<&str> {
        self.page.meter().get(self.index)
    }

    /// Start; UTC seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn start(&self) -> Option<Timestamp> {
        timestamp(self.page.start(), self.page.utc_offset(), self.index)
    }

    /// Offset from UTC; minutes; local time minus UTC; missing means unknown, count it as 0.
    #[must_use]
    pub fn utc_offset(&self) -> Option<i64> {
        long(self.page.utc_offset(), self.index)
    }

    /// Duration; seconds; length of the interval; in a coarser grain, the seconds that readings
    /// cover.
    #[must_use]
    pub fn duration(&self) -> Option<i64> {
        long(self.page.duration(), self.index)
    }

    /// Volume; millilitres.
    #[must_use]
    pub fn volume(&self) -> Option<i64> {
        long(self.page.volume(), self.index)
    }

    /// Register; millilitres; what the meter shows at the end.
    #[must_use]
    pub fn index(&self) -> Option<i64> {
        long(self.page.index(), self.index)
    }

    /// Quality; 0 measured, 1 estimated, 2 derived, 3 other.
    #[must_use]
    pub fn quality(&self) -> Option<Quality> {
        Quality::get(self.page.quality(), self.index)
    }

    /// Cost; minor units of the currency (cents); what the interval cost.
    #[must_use]
    pub fn cost(&self) -> Option<Money> {
        money(self.page.cost(), self.page.currency(), self.index)
    }

    /// Currency; ISO 4217 code, three letters.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        self.page.currency().get(self.index)
    }
}
