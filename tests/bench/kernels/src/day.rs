//! Civil days and local time.

/// Months since 1970-01, for a day since 1970-01-01 (Howard Hinnant's algorithm, years from March).
#[must_use]
pub fn month(day: i32) -> i32 {
    let shifted = i64::from(day) + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    ((era * 400 + year_of_era - 1970) * 12 + from_march + 2) as i32
}

/// A local day and the time in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Local {
    /// Days since 1970-01-01.
    pub day: i32,
    /// Second of the day, 0 to 86 399.
    pub second: i64,
}

impl Local {
    /// Converts an instant in UTC seconds, given local time minus UTC in minutes.
    #[must_use]
    pub fn new(utc: i64, offset: i64) -> Local {
        let local = utc + offset * 60;
        Local { day: local.div_euclid(86_400) as i32, second: local.rem_euclid(86_400) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_days() {
        assert_eq!([0, 30, 31, 58, 59, -1].map(month), [0, 0, 1, 1, 2, -1]);
        // 2024-02-29 and the following day.
        assert_eq!([19_782, 19_783].map(month), [649, 650]);
    }

    #[test]
    fn local_time_crosses_midnight() {
        assert_eq!(Local::new(86_399, 1), Local { day: 1, second: 59 });
    }
}
