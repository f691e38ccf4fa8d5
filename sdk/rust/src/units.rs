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
    fn days_of_the_calendar_are_those_of_the_calendar() {
        // Days since 1970 of known dates: beginnings and ends of centuries, of leap years and of months.
        for (days, of) in [
            (-719_468, (0, 3, 1)),
            (-719_469, (0, 2, 29)),
            (-719_163, (0, 12, 31)),
            (-719_162, (1, 1, 1)),
            (-135_082, (1600, 2, 28)),
            (-135_081, (1600, 2, 29)),
            (-135_080, (1600, 3, 1)),
            (-25_509, (1900, 2, 28)),
            (-25_508, (1900, 3, 1)),
            (-1, (1969, 12, 31)),
            (0, (1970, 1, 1)),
            (10_956, (1999, 12, 31)),
            (11_016, (2000, 2, 29)),
            (11_017, (2000, 3, 1)),
            (11_322, (2000, 12, 31)),
            (19_782, (2024, 2, 29)),
            (20_147, (2025, 2, 28)),
            (20_148, (2025, 3, 1)),
            (47_540, (2100, 2, 28)),
            (47_541, (2100, 3, 1)),
            (2_932_896, (9999, 12, 31)),
        ] {
            let date = Date(days);
            assert_eq!((date.year(), date.month(), date.day()), of, "{days}");
            assert_eq!(Date::new(of.0, of.1, of.2), Some(date), "{of:?}");
        }
        // Every day of eight years and of the turns of two centuries is the one after the day before.
        for first in [Date(19_000), Date(-25_600), Date(11_000), Date(47_400)] {
            for days in 0..3_000 {
                let (day, next) = (first.plus_days(days), first.plus_days(days + 1));
                let is_next =
                    next.day() == day.day() + 1 && next.month() == day.month() && next.year() == day.year();
                assert!(is_next || next.day() == 1, "{day:?}");
                let months = |day: Date| day.year() * 12 + i32::from(day.month());
                assert_eq!(months(next) - months(day), i32::from(!is_next), "{day:?}");
                assert_eq!(next.weekday(), (day.weekday() + 1) % 7);
                assert_eq!(day.month_start().plus_days(i32::from(day.day()) - 1), day);
            }
        }
        assert_eq!((Date(0).weekday(), Date(-4).weekday(), Date(4).weekday()), (3, 6, 0));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for (year, month, day) in [
            (2025, 0, 1),
            (2025, 13, 1),
            (2025, 1, 0),
            (2025, 1, 32),
            (2025, 4, 31),
            (2100, 2, 29),
            (10_000, 1, 1),
            (-10_000, 1, 1),
        ] {
            assert_eq!(Date::new(year, month, day), None, "{year} {month} {day}");
        }
        assert!(Date::new(-9_999, 1, 1).is_some() && Date::new(9_999, 12, 31).is_some());
    }

    #[test]
    fn months_go_on_over_years() {
        let of = |months| Date::new(2025, 11, 30).unwrap().plus_months(months);
        let at = |year, month| Date::new(year, month, 1).unwrap();
        assert_eq!([of(0), of(1), of(2), of(14)], [at(2025, 11), at(2025, 12), at(2026, 1), at(2027, 1)]);
        assert_eq!([of(-10), of(-11), of(-23)], [at(2025, 1), at(2024, 12), at(2023, 12)]);
        assert_eq!(at(2025, 3) - at(2025, 2), 28);
        assert_eq!(Date(i32::MAX).plus_days(1), Date(i32::MAX));
    }

    #[test]
    fn an_instant_has_its_local_day_hour_and_minute() {
        let at = |utc, offset| Timestamp { utc, offset };
        let noon = at(43_200 + 59 * 60 + 59, 0);
        assert_eq!((noon.date(), noon.hour(), noon.minute()), (Date(0), 12, 59));
        let before = at(0, -1);
        assert_eq!((before.date(), before.hour(), before.minute()), (Date(-1), 23, 59));
        let ahead = at(86_399 - 3_600, 60);
        assert_eq!((ahead.date(), ahead.hour(), ahead.minute()), (Date(0), 23, 59));
        assert_eq!(at(86_400 - 3_600, 60).date(), Date(1));
        assert_eq!((at(i64::MAX, 0).date(), at(i64::MIN, 0).date()), (Date(i32::MAX), Date(i32::MIN)));
        assert_eq!(at(86_400 * 2_147_483_648, 0).date(), Date(i32::MAX), "the first day that has no number");
    }

    #[test]
    fn amounts_have_the_decimals_of_their_currency() {
        let of = |code| Currency::new(code).unwrap();
        assert_eq!(
            ["JPY", "XOF", "TND", "KWD", "EUR", "USD"].map(|code| of(code).decimals()),
            [0, 0, 3, 3, 2, 2]
        );
        assert_eq!(of("CHF").code(), "CHF");
        assert_eq!(of("CHF").to_string(), "CHF");
        assert_eq!(
            MixedCurrencies(of("CHF"), of("EUR")).to_string(),
            "CHF and EUR cannot be added: keep one total for each currency"
        );
        let major = |minor, code| Money::new(minor, of(code)).major();
        assert_eq!(
            [major(1_250, "EUR"), major(1_250, "JPY"), major(1_250, "TND")].map(f64::to_bits),
            [12.5, 1_250.0, 1.25].map(f64::to_bits)
        );
        assert_eq!(
            Money::new(i64::MAX, of("EUR")).plus(Money::new(1, of("EUR"))).map(|sum| sum.minor),
            Ok(i64::MAX)
        );
        for code in ["EU", "EURO", "eur", "E1R", ""] {
            assert!(Currency::new(code).is_none(), "{code}");
        }
        assert_eq!(
            [Energy(2_500).wh(), Energy(2_500_000).kwh()].map(f64::to_bits),
            [2.5, 2.5].map(f64::to_bits)
        );
        assert_eq!([Energy(1), Energy(2), Energy(i64::MAX)].into_iter().sum::<Energy>(), Energy(i64::MAX));
        assert_eq!([Energy(1), Energy(2)].into_iter().sum::<Energy>(), Energy(3));
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
