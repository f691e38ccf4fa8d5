//! Civil days and half-open periods of them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A civil day: days since 1970-01-01 (negative before).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// Seconds in a civil day without a clock change.
pub const DAY_SECONDS: i64 = 86_400;

/// The end of the last day that can be represented, 9999-12-31, in UTC seconds.
pub const END: i64 = 253_402_300_800;

/// The month of rows that have no date, on the scale of [`Day::month`]. It contains no date.
pub const UNDATED: i32 = i32::MIN;

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

impl Day {
    /// The Gregorian date. Days outside the years -9999 to 9999 are clamped.
    pub fn civil(self) -> Date {
        let end = if self.0 < 0 { Date::MIN } else { Date::MAX };
        let span = jiff::Span::new().try_days(self.0);
        span.and_then(|span| EPOCH.checked_add(span)).unwrap_or(end)
    }

    /// The day of a Gregorian date.
    pub fn from_civil(date: Date) -> Day {
        // Years begin in March, so that a leap day is the last of its year; 400 of them have 146 097 days, whatever
        // the first. The same as jiff's difference, which is a general one and takes many times as long.
        let (month, day) = (i32::from(date.month()), i32::from(date.day()));
        let year = i32::from(date.year()) - i32::from(month <= 2);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Day(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    /// The day with that year, month (1 to 12) and day (1 to 31); `None` if it does not exist.
    pub fn from_ymd(year: i16, month: i8, day: i8) -> Option<Day> {
        Date::new(year, month, day).ok().map(Day::from_civil)
    }

    /// The local day of an instant, given local time minus UTC in minutes.
    pub fn of_instant(utc_seconds: i64, offset_minutes: i64) -> Day {
        let days = utc_seconds.saturating_add(offset_minutes.saturating_mul(60)).div_euclid(DAY_SECONDS);
        Day(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX }))
    }

    /// Months since 1970-01: 2011-03 is 494.
    pub fn month(self) -> i32 {
        let date = self.civil();
        (i32::from(date.year()) - 1970) * 12 + i32::from(date.month()) - 1
    }

    /// The first day of a month as counted by [`Day::month`].
    pub fn first_of_month(month: i32) -> Day {
        let year = i16::try_from(1970 + month.div_euclid(12)).unwrap_or(i16::MAX);
        let in_year = i8::try_from(month.rem_euclid(12) + 1).unwrap_or(1);
        Day::from_ymd(year, in_year, 1).unwrap_or(Day(0))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.civil())
    }
}

impl std::str::FromStr for Day {
    type Err = PeriodError;
    fn from_str(text: &str) -> Result<Day, PeriodError> {
        text.parse::<Date>()
            .map(Day::from_civil)
            .map_err(|_| PeriodError::NotAPeriod { text: text.to_owned() })
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Day, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A half-open period of civil days: `from` included, `until` excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Period {
    /// First day, if bounded.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub from: Option<Day>,
    /// Day after the last one, if bounded.
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub until: Option<Day>,
}

/// Error: a text that is not a valid period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// It has none of the accepted forms.
    #[error(
        "\"{text}\" is not a period: write 2011-03, 2011, 2011-03-05, or two of these as 2011-03..2011-06 (the end included)"
    )]
    NotAPeriod {
        /// The text.
        text: String,
    },
    /// It ends before it starts.
    #[error("the period \"{text}\" ends before it starts")]
    Reversed {
        /// The text.
        text: String,
    },
}

impl Period {
    /// All time.
    pub const ALL: Period = Period { from: None, until: None };

    /// Whether a day is in the period.
    pub fn contains(&self, day: Day) -> bool {
        self.from.is_none_or(|from| day >= from) && self.until.is_none_or(|until| day < until)
    }

    /// The days in both periods. May be empty.
    pub fn intersect(&self, other: &Period) -> Period {
        Period {
            from: self.from.max(other.from),
            until: match (self.until, other.until) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
        }
    }

    /// Whether every day of `other` is in this period.
    pub fn covers(&self, other: &Period) -> bool {
        let from = match (self.from, other.from) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(a), Some(b)) => a <= b,
        };
        let until = match (self.until, other.until) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(a), Some(b)) => a >= b,
        };
        from && until
    }

    /// The days of a month (see [`Day::month`]).
    pub fn of_month(month: i32) -> Period {
        let next = Day::first_of_month(month.saturating_add(1));
        Period { from: Some(Day::first_of_month(month)), until: Some(next) }
    }

    /// Whether some day of the month (see [`Day::month`]) is in the period. The month [`UNDATED`] counts as
    /// in every period.
    pub fn touches_month(&self, month: i32) -> bool {
        if month == UNDATED {
            return true;
        }
        let first = Day::first_of_month(month);
        let next = Day::first_of_month(month + 1);
        self.from.is_none_or(|from| from < next) && self.until.is_none_or(|until| until > first)
    }

    /// Parses `2011`, `2011-03`, `2011-03-05`, or `A..B` (both ends included, either may be omitted).
    ///
    /// # Errors
    /// [`PeriodError`] with the accepted forms.
    pub fn parse(text: &str) -> Result<Period, PeriodError> {
        let bad = || PeriodError::NotAPeriod { text: text.to_owned() };
        let one = |part: &str| -> Result<(Day, Day), PeriodError> {
            let parts: Vec<&str> = part.split('-').collect();
            let year: i16 = parts[0].parse().map_err(|_| bad())?;
            if parts[0].len() != 4 {
                return Err(bad());
            }
            match parts.len() {
                1 => Ok((
                    Day::from_ymd(year, 1, 1).ok_or_else(bad)?,
                    Day::from_ymd(year + 1, 1, 1).ok_or_else(bad)?,
                )),
                2 => {
                    let month: i8 = parts[1].parse().map_err(|_| bad())?;
                    let first = Day::from_ymd(year, month, 1).ok_or_else(bad)?;
                    Ok((first, Day::first_of_month(first.month() + 1)))
                }
                3 => {
                    let day: Day = part.parse().map_err(|_| bad())?;
                    Ok((day, Day(day.0 + 1)))
                }
                _ => Err(bad()),
            }
        };
        let period = match text.trim().split_once("..") {
            None => {
                let (from, until) = one(text.trim())?;
                Period { from: Some(from), until: Some(until) }
            }
            Some((a, b)) => Period {
                from: if a.is_empty() { None } else { Some(one(a)?.0) },
                until: if b.is_empty() { None } else { Some(one(b)?.1) },
            },
        };
        match (period.from, period.until) {
            (Some(from), Some(until)) if from >= until => {
                Err(PeriodError::Reversed { text: text.to_owned() })
            }
            _ => Ok(period),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(from) = self.from {
            write!(f, "{from}")?;
        }
        f.write_str("..")?;
        if let Some(until) = self.until {
            write!(f, "{}", Day(until.0 - 1))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months() {
        assert_eq!("2011-03-05".parse::<Day>().unwrap().month(), 494);
        assert_eq!(Day::first_of_month(494).to_string(), "2011-03-01");
        assert_eq!(Day::first_of_month(-1).to_string(), "1969-12-01");
        assert_eq!(Day::of_instant(-1, 0), Day(-1));
        assert_eq!(Day::of_instant(86_399, 1), Day(1));
        assert_eq!(Day(0).to_string(), "1970-01-01");
        assert_eq!(Day::of_instant(END - 1, 0).to_string(), "9999-12-31");
        // Clamped, not 1970.
        assert_eq!(Day::of_instant(i64::MAX, 0).to_string(), "9999-12-31");
        assert!(Day::of_instant(i64::MIN, 0).to_string().starts_with('-'));
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let (first, last) = (Day::from_civil(Date::MIN).0, Day::from_civil(Date::MAX).0);
        let today = -30_000..60_000;
        for day in (first..=last).step_by(1_009).chain(today).chain([first, last]) {
            assert_eq!(Day::from_civil(Day(day).civil()), Day(day));
        }
        assert_eq!(EPOCH.until(Date::MAX).unwrap().get_days(), last);
        assert_eq!(EPOCH.until(Date::MIN).unwrap().get_days(), first);
    }

    #[test]
    fn periods_are_read_and_written() {
        let march = Period::parse("2011-03").unwrap();
        assert_eq!(march.to_string(), "2011-03-01..2011-03-31");
        assert_eq!(Period::parse(&march.to_string()).unwrap(), march);
        assert!(march.touches_month(494) && !march.touches_month(495) && !march.touches_month(493));
        assert_eq!(Period::parse("..").unwrap(), Period::ALL);
        assert_eq!(Period::parse("2011..").unwrap().until, None);
        for bad in ["", "11", "2011-13", "2011-02-30", "2011-03-05-06", "march", "2012..2011"] {
            assert!(Period::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn cover_and_intersect() {
        let year = Period::parse("2011").unwrap();
        let march = Period::parse("2011-03").unwrap();
        assert!(year.covers(&march) && !march.covers(&year) && Period::ALL.covers(&year));
        assert_eq!(year.intersect(&march), march);
        assert!(!march.covers(&Period::ALL));
    }
}
