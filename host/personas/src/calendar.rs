//! Days, working days and clock time in France.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::sync::LazyLock;

/// The time zone of all sample people. The zone database is compiled in.
static PARIS: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC));

/// The days from `from` to `until` (exclusive).
pub(crate) fn days(from: Date, until: Date) -> impl Iterator<Item = Date> {
    from.series(1.day()).take_while(move |day| *day < until)
}

/// The first days of the months that begin from `from` to `until` (exclusive).
pub(crate) fn months(from: Date, until: Date) -> impl Iterator<Item = Date> {
    from.first_of_month()
        .series(1.month())
        .take_while(move |day| *day < until)
        .filter(move |day| *day >= from)
}

/// The day `days` later; earlier if negative.
pub(crate) fn later(day: Date, days: i64) -> Date {
    day.saturating_add(days.days())
}

/// Day `day` of a month.
pub(crate) fn on(month: Date, day: i8) -> Date {
    date(month.year(), month.month(), day)
}

/// The first day of the previous month.
pub(crate) fn month_before(month: Date) -> Date {
    later(month.first_of_month(), -1).first_of_month()
}

/// UTC seconds of a local time, given in minutes after midnight by the clock. A time skipped by a clock
/// change moves one hour later.
pub(crate) fn at(day: Date, minute: i64) -> i64 {
    let time = day.at(0, 0, 0, 0).saturating_add(minute.minutes());
    PARIS.to_timestamp(time).map_or(0, Timestamp::as_second)
}

/// Local time minus UTC in seconds.
pub(crate) fn offset(at: i64) -> i64 {
    Timestamp::from_second(at).map_or(0, |at| i64::from(PARIS.to_offset(at).seconds()))
}

/// Local day of an instant.
pub(crate) fn day(at: i64) -> Date {
    later(date(1970, 1, 1), (at + offset(at)).div_euclid(86_400))
}

/// UTC time as "2024-02-01T12:30:00Z".
pub(crate) fn utc(at: i64) -> String {
    Timestamp::from_second(at).map_or_else(|_| String::new(), |at| at.to_string())
}

/// Local time as "2024-02-01T13:30:00+01:00".
pub(crate) fn local(at: i64) -> String {
    let offset = offset(at);
    let clock = utc(at + offset);
    let (hours, minutes) = (offset / 3_600, offset % 3_600 / 60);
    format!("{}+{hours:02}:{minutes:02}", clock.trim_end_matches('Z'))
}

/// Date as "01/02/2024".
pub(crate) fn french(day: Date) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

/// Date as "20240201".
pub(crate) fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// Monday to Friday, except the holidays with a fixed date.
pub(crate) fn is_working(day: Date) -> bool {
    const HOLIDAYS: [(i8, i8); 8] = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];
    day.weekday().to_monday_one_offset() <= 5 && !HOLIDAYS.contains(&(day.month(), day.day()))
}

/// The day itself, or else the next banking day.
pub(crate) fn banking(day: Date) -> Date {
    (0..7).map(|wait| later(day, wait)).find(|day| is_working(*day)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_clock_change_have_23_and_25_hours() {
        let hours = |day| (at(later(day, 1), 0) - at(day, 0)) / 3_600;
        assert_eq!([hours(date(2025, 3, 30)), hours(date(2025, 10, 26))], [23, 25]);
        assert_eq!(local(at(date(2025, 7, 1), 90)), "2025-07-01T01:30:00+02:00");
    }

    #[test]
    fn months_begin_in_the_time() {
        let all: Vec<Date> = months(date(2025, 1, 15), date(2025, 3, 2)).collect();
        assert_eq!(all, [date(2025, 2, 1), date(2025, 3, 1)]);
    }
}
