//! Values with units: money, energy, days and instants. All are small and `Copy`, and hold whole numbers.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

/// A currency, by its ISO 4217 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");

    /// A currency from three letters; `None` for anything else.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// Code of three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// Decimals of the minor unit (ISO 4217 list one): 2 for cents, 0 for yen, 3 for Tunisian dinars.
    #[must_use]
    pub fn decimals(self) -> u8 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Error: the sum of two amounts in different currencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MixedCurrencies(pub Currency, pub Currency);

impl fmt::Display for MixedCurrencies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} and {} cannot be added: keep one total for each currency", self.0, self.1)
    }
}

impl std::error::Error for MixedCurrencies {}

/// An amount in minor units (cents) of one currency.
///
/// ```
/// use mesinfos_sdk::{Currency, Money};
/// let price = Money::new(1299, Currency::EUR);
/// assert_eq!(price.plus(Money::new(1, Currency::EUR)), Ok(Money::new(1300, Currency::EUR)));
/// let dollars = Money::new(1, Currency::new("USD").unwrap());
/// assert!(price.plus(dollars).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// Amount in minor units; positive for incoming money.
    pub minor: i64,
    /// Its currency.
    pub currency: Currency,
}

impl Money {
    /// `minor` units of `currency`.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Amount in units of the currency (euros), for charts: a float is not exact.
    #[must_use]
    pub fn major(self) -> f64 {
        self.minor as f64 / 10_f64.powi(i32::from(self.currency.decimals()))
    }

    /// The sum, saturating.
    ///
    /// # Errors
    /// If the currencies differ.
    pub fn plus(self, other: Self) -> Result<Self, MixedCurrencies> {
        if self.currency != other.currency {
            return Err(MixedCurrencies(self.currency, other.currency));
        }
        Ok(Self::new(self.minor.saturating_add(other.minor), self.currency))
    }
}

/// Energy in milliwatt-hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Energy(pub i64);

impl Energy {
    /// Value in watt-hours.
    #[must_use]
    pub fn wh(self) -> f64 {
        self.0 as f64 / 1e3
    }

    /// Value in kilowatt-hours.
    #[must_use]
    pub fn kwh(self) -> f64 {
        self.0 as f64 / 1e6
    }
}

impl Add for Energy {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Energy {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self(0), Add::add)
    }
}

/// A Gregorian day, as days since 1970-01-01.
///
/// ```
/// use mesinfos_sdk::Date;
/// let day = Date::new(2026, 11, 23).unwrap();
/// assert_eq!((day.year(), day.month(), day.day(), day.weekday()), (2026, 11, 23, 0));
/// assert_eq!(day.month_start().plus_months(2), Date::new(2027, 1, 1).unwrap());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub i32);

impl Date {
    /// The day of a year, a month (1 to 12) and a day (1 to 31); `None` if it does not exist.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(-9999..=9999).contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        let date = Self::from_civil(year, i32::from(month), i32::from(day));
        (date.civil() == (year, month, day)).then_some(date)
    }

    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years start in March.
    fn from_civil(year: i32, month: i32, day: i32) -> Self {
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self(era * 146_097 + day_of_era - 719_468)
    }

    #[allow(clippy::cast_possible_truncation, reason = "years, months and days are in range")]
    fn civil(self) -> (i32, u8, u8) {
        let z = i64::from(self.0) + 719_468;
        let (era, doe) = (z.div_euclid(146_097), z.rem_euclid(146_097));
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let month = (mp + 2) % 12 + 1;
        let year = yoe + era * 400 + i64::from(month <= 2);
        (year as i32, month as u8, (doy - (153 * mp + 2) / 5 + 1) as u8)
    }

    /// Year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.civil().0
    }

    /// Month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.civil().1
    }

    /// Day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.civil().2
    }

    /// Day of the week: 0 is Monday, 6 Sunday.
    #[must_use]
    pub fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday (3).
        u8::try_from((i64::from(self.0) + 3).rem_euclid(7)).unwrap_or(0)
    }

    /// The first day of this month.
    #[must_use]
    pub fn month_start(self) -> Self {
        Self(self.0 - i32::from(self.day()) + 1)
    }

    /// The first day of the month `months` after this one (before it if negative), at most January of the
    /// year 10000.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let (year, month, _) = self.civil();
        let index = year.saturating_mul(12).saturating_add(i32::from(month) - 1).saturating_add(months);
        // The month after the calendar's last one exists, as the end of a range.
        let index = index.clamp(-9_999 * 12, 10_000 * 12);
        Self::from_civil(index.div_euclid(12), index.rem_euclid(12) + 1, 1)
    }

    /// The day `days` later (earlier if negative).
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

impl Sub for Date {
    type Output = i32;
    /// Days from `other` to this one.
    fn sub(self, other: Self) -> i32 {
        self.0.saturating_sub(other.0)
    }
}

/// An instant, with the local time at its location.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp {
    /// UTC seconds since 1970-01-01T00:00:00Z.
    pub utc: i64,
    /// Local time minus UTC, in minutes; 0 if unknown.
    pub offset: i64,
}

impl Timestamp {
    fn local(self) -> i64 {
        self.utc.saturating_add(self.offset.saturating_mul(60))
    }

    /// Local day.
    #[must_use]
    pub fn date(self) -> Date {
        let days = self.local().div_euclid(86_400);
        Date(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX }))
    }

    /// Local hour, 0 to 23.
    #[must_use]
    pub fn hour(self) -> u8 {
        u8::try_from(self.local().rem_euclid(86_400) / 3600).unwrap_or(0)
    }

    /// Local minute, 0 to 59.
    #[must_use]
    pub fn minute(self) -> u8 {
        u8::try_from(self.local().rem_euclid(3600) / 60).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_go_round() {
        for days in (-200_000..200_000).step_by(13) {
            let date = Date(days);
            assert_eq!(Date::new(date.year(), date.month(), date.day()), Some(date));
        }
        assert_eq!(Date::new(1970, 1, 1), Some(Date(0)));
        assert_eq!(Date::new(2023, 2, 29), None);
        assert_eq!(Date::new(2024, 2, 29).map(|d| d.plus_months(-2)), Date::new(2023, 12, 1));
    }

    #[test]
    fn a_month_has_an_end_at_the_end_of_the_calendar_too() {
        let last = Date::new(9999, 12, 31).unwrap();
        assert_eq!(last.plus_months(1), last.plus_days(1));
        assert_eq!(last.plus_months(i32::MAX), last.plus_days(1));
        assert!(Date(i32::MIN).plus_months(i32::MIN) < Date(0));
    }

    #[test]
    fn local_time_crosses_midnight() {
        let late = Timestamp { utc: 23 * 3600 + 1800, offset: 60 };
        assert_eq!((late.date(), late.hour(), late.minute()), (Date(1), 0, 30));
        assert_eq!(Timestamp { utc: -1, offset: 0 }.date(), Date(-1));
    }

    #[test]
    fn currencies_do_not_mix() {
        let yen = Currency::new("JPY").unwrap();
        assert_eq!(yen.decimals(), 0);
        assert!(Currency::new("eur").is_none());
        assert!(Money::new(1, yen).plus(Money::new(1, Currency::EUR)).is_err());
    }
}
