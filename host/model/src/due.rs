//! The last day of a period of months, as the law of the Union counts it: Regulation (EEC, Euratom) No 1182/71,
//! article 3, with the public holidays of mainland France.

use crate::Day;
use jiff::civil::{Date, Weekday};

/// The last day on which an answer to a request that arrived on a day is in time, if the period is a number of
/// months (article 12(3) of the GDPR: one, or three if it is extended).
///
/// It is the same date in the last month, or the last day of that month if it has no such date. A Saturday, a Sunday
/// or a public holiday moves it to the next working day.
pub fn answer_due(arrived: Day, months: i32) -> Day {
    let date = arrived.civil();
    let due = jiff::Span::new().try_months(months).and_then(|span| date.checked_add(span)).unwrap_or(date);
    let mut day = Day::from_civil(due);
    while is_day_off(day.civil()) {
        day = Day(day.0.saturating_add(1));
    }
    day
}

/// Whether nobody works on a date: a weekend, or a public holiday of mainland France (Code du travail, L3133-1).
fn is_day_off(date: Date) -> bool {
    if matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
        return true;
    }
    let fixed = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];
    // Easter Monday, Ascension, Whit Monday.
    let moving = [1, 39, 50];
    let days = easter(date.year()).map(|easter| Day::from_civil(date).0 - Day::from_civil(easter).0);
    fixed.contains(&(date.month(), date.day())) || days.is_some_and(|days| moving.contains(&days))
}

/// Easter Sunday of a Gregorian year (Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let m = (a + 11 * h) / 319;
    let r = (2 * (b % 4) + 2 * (c / 4) - c % 4 - h + m + 32) % 7;
    let month = (h - m + r + 90) / 25;
    let day = (h - m + r + month + 19) % 32;
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(arrived: &str, months: i32) -> String {
        answer_due(arrived.parse().unwrap(), months).to_string()
    }

    #[test]
    fn a_month_ends_on_the_same_date() {
        assert_eq!(due("2026-03-05", 1), "2026-04-07", "5 April is Easter, 6 April Easter Monday");
        assert_eq!(due("2025-03-05", 1), "2025-04-07", "5 April 2025 is a Saturday");
        assert_eq!(due("2026-06-02", 1), "2026-07-02");
        assert_eq!(due("2025-12-15", 1), "2026-01-15", "over the end of a year");
        assert_eq!(due("2026-06-02", 3), "2026-09-02", "extended by two months");
    }

    #[test]
    fn a_month_without_that_date_ends_on_its_last_day() {
        assert_eq!(due("2026-08-31", 1), "2026-09-30");
        assert_eq!(due("2025-01-31", 1), "2025-02-28");
        assert_eq!(due("2028-01-31", 1), "2028-02-29", "a leap year");
        assert_eq!(due("2026-01-29", 1), "2026-03-02", "28 February 2026 is a Saturday");
        assert_eq!(due("2026-11-30", 3), "2027-03-01", "28 February 2027 is a Sunday");
    }

    #[test]
    fn a_day_off_moves_the_end_to_the_next_working_day() {
        for (arrived, expected) in [
            ("2026-04-01", "2026-05-04"),
            ("2026-04-08", "2026-05-11"),
            ("2026-04-14", "2026-05-15"),
            ("2026-04-25", "2026-05-26"),
            ("2026-06-14", "2026-07-15"),
            ("2026-07-15", "2026-08-17"),
            ("2026-10-11", "2026-11-12"),
            ("2026-11-25", "2026-12-28"),
            ("2025-12-01", "2026-01-02"),
        ] {
            assert_eq!(due(arrived, 1), expected, "{arrived}");
        }
    }

    #[test]
    fn easter_is_where_it_was() {
        for day in ["1961-04-02", "2000-04-23", "2008-03-23", "2026-04-05", "2038-04-25"] {
            let date: Date = day.parse().unwrap();
            assert_eq!(easter(date.year()), Some(date));
        }
    }

    #[test]
    fn no_day_stops_the_count() {
        for day in [Day(i32::MIN), Day(i32::MAX), Day(0)] {
            answer_due(day, 1);
        }
        assert_eq!(answer_due(Day(0), i32::MAX), Day(1), "too many months: 1 January 1970 is a day off");
    }
}
