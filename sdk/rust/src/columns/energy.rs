//! Readings of energy meters, one row for each interval of a series (ESPI `IntervalReading`).
//!
//! Written from the table of the category by `cargo xtask generate`.

use crate::data::{Terms, category, codes, long, money, timestamp};
use crate::units::{Energy, Money, Timestamp};

codes! {
    /// Commodity.
    Commodity {
        /// Electricity.
        Electricity = 0,
        /// Gas.
        Gas = 1,
        /// Heat.
        Heat = 2,
    }
}

codes! {
    /// Direction.
    Direction {
        /// Consumed.
        Consumed = 0,
        /// Produced.
        Produced = 1,
        /// Net.
        Net = 2,
        /// Total.
        Total = 3,
    }
}

codes! {
    /// Quality.
    Quality {
        /// Measured.
        Measured = 0,
        /// Estimated.
        Estimated = 1,
        /// Validated.
        Validated = 2,
        /// Raw.
        Raw = 3,
        /// Derived.
        Derived = 4,
        /// Other.
        Other = 5,
    }
}

category! {
    MeterReading from crate::bindings::mesinfos::data::energy;
    /// Data holder; who gave the data, e.g. "Enedis".
    holder: Terms,
    /// Series of readings; a pseudonym that holds within one run; what was measured by which meter
    /// at which step (ESPI `MeterReading`). Two series may cover the same time (half-hours and days
    /// of one meter): never add rows of different series without looking.
    series: Terms,
    /// Meter; a pseudonym that holds within one run; the same for all its series; never its number.
    meter: Terms,
    /// Commodity; 0 electricity, 1 gas, 2 heat.
    commodity: Vec<u8>,
    /// Direction; 0 consumed, 1 produced, 2 net, 3 total.
    direction: Vec<u8>,
    /// Start; UTC seconds since 1970-01-01T00:00:00Z.
    start: Vec<i64>,
    /// Offset from UTC; minutes; local time minus UTC; missing means unknown, count it as 0.
    utc_offset: Vec<i64>,
    /// Duration; seconds; length of the interval; in a coarser grain, the seconds that readings
    /// cover.
    duration: Vec<i64>,
    /// Energy; milliwatt-hours; of the interval (a mean power over half an hour gives half
    /// watt-hours); missing where the holder gives a volume only.
    energy: Vec<i64>,
    /// Volume of gas; millilitres; where the holder gives one.
    volume: Vec<i64>,
    /// Quality; 0 measured, 1 estimated, 2 validated, 3 raw, 4 derived, 5 other.
    quality: Vec<u8>,
    /// Price slot; the holder’s name of the price slot, e.g. "HP".
    tariff: Terms,
    /// Cost; minor units of the currency (cents); what the interval cost.
    cost: Vec<i64>,
    /// Currency; ISO 4217 code, three letters.
    currency: Terms,
    /// Peak power; volt-amperes; the highest of the interval.
    peak: Vec<i64>,
}

/// The rows of `period`, from the oldest to the newest.
#[must_use]
pub fn readings(period: Period) -> Rows {
    all(period)
}

impl MeterReading {
    /// Data holder; who gave the data, e.g. "Enedis".
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        self.page.holder().get(self.index)
    }

    /// Series of readings; a pseudonym that holds within one run; what was measured by which meter
    /// at which step (ESPI `MeterReading`). Two series may cover the same time (half-hours and days
    /// of one meter): never add rows of different series without looking.
    #[must_use]
    pub fn series(&self) -> Option<&str> {
        self.page.series().get(self.index)
    }

    /// Meter; a pseudonym that holds within one run; the same for all its series; never its number.
    #[must_use]
    pub fn meter(&self) -> Option<&str> {
        self.page.meter().get(self.index)
    }

    /// Commodity; 0 electricity, 1 gas, 2 heat.
    #[must_use]
    pub fn commodity(&self) -> Option<Commodity> {
        Commodity::get(self.page.commodity(), self.index)
    }

    /// Direction; 0 consumed, 1 produced, 2 net, 3 total.
    #[must_use]
    pub fn direction(&self) -> Option<Direction> {
        Direction::get(self.page.direction(), self.index)
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

    /// Energy; milliwatt-hours; of the interval (a mean power over half an hour gives half
    /// watt-hours); missing where the holder gives a volume only.
    #[must_use]
    pub fn energy(&self) -> Option<Energy> {
        long(self.page.energy(), self.index).map(Energy)
    }

    /// Volume of gas; millilitres; where the holder gives one.
    #[must_use]
    pub fn volume(&self) -> Option<i64> {
        long(self.page.volume(), self.index)
    }

    /// Quality; 0 measured, 1 estimated, 2 validated, 3 raw, 4 derived, 5 other.
    #[must_use]
    pub fn quality(&self) -> Option<Quality> {
        Quality::get(self.page.quality(), self.index)
    }

    /// Price slot; the holder’s name of the price slot, e.g. "HP".
    #[must_use]
    pub fn tariff(&self) -> Option<&str> {
        self.page.tariff().get(self.index)
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

    /// Peak power; volt-amperes; the highest of the interval.
    #[must_use]
    pub fn peak(&self) -> Option<i64> {
        long(self.page.peak(), self.index)
    }
}
