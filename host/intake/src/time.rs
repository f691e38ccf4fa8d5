//! Days and instants from text.
//!
//! An instant is UTC seconds with local time minus UTC in minutes, as in the model. Local times without a
//! zone get the zone of the format's region.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use mesinfos_model::Day;

/// Years that a date of a person's data may be of. A date outside them is a typing error, or no date.
pub(crate) const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

/// Whether a day is in one of [`YEARS`].
pub(crate) fn is_plausible(day: Day) -> bool {
    YEARS.contains(&day.civil().year())
}

/// UTC seconds, and local time minus UTC in minutes.
pub(crate) type Instant = (i64, i64);

/// A zone of the IANA database by name. The database is compiled in, so the names written in this crate
/// are always present.
pub(crate) fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// A day in text: digits of year, month and day in this order ("ymd", "yymd", "dmy", "mdy"), separated by `-`,
/// `/`, `.` or space, or eight digits; a two-digit year means 1970 to 2069, and comes first only in "yymd". Anything after the
/// date, separated by a space or `T`, is ignored.
pub(crate) fn day(text: &str, order: &str) -> Option<Day> {
    let text = text.trim();
    let end = text.find(['T', ' ']).filter(|&end| end >= 6).unwrap_or(text.len());
    let text = &text[..end];
    let pieces: Vec<&str> = if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        match order {
            "ymd" | "yymd" => vec![&text[..4], &text[4..6], &text[6..]],
            _ => vec![&text[..2], &text[2..4], &text[4..]],
        }
    } else {
        text.split(['-', '/', '.', ' ']).collect()
    };
    let [a, b, c] = pieces[..] else { return None };
    let (year, month, day) = match order {
        "ymd" | "yymd" => (a, b, c),
        "dmy" => (c, b, a),
        _ => (c, a, b),
    };
    let digits = |text: &str, longest: usize| {
        let sound = !text.is_empty() && text.len() <= longest && text.bytes().all(|b| b.is_ascii_digit());
        sound.then(|| text.parse::<i16>().ok()).flatten()
    };
    let year = match (year.len(), digits(year, 4)?) {
        // "10/02/26" in a file whose years come first was saved again by a spreadsheet: it is not 2010.
        (2, _) if order == "ymd" => return None,
        (2, year) if year >= 70 => 1900 + year,
        (2, year) => 2000 + year,
        (4, year) => year,
        _ => return None,
    };
    Day::from_ymd(year, i8::try_from(digits(month, 2)?).ok()?, i8::try_from(digits(day, 2)?).ok()?)
}

/// Like [`day`], as the number that a cell holds.
pub(crate) fn days(text: &str, order: &str) -> Option<i64> {
    day(text, order).map(|day| i64::from(day.0))
}

/// A time of day: `hh:mm` or `hh:mm:ss`, with an optional fraction that is ignored.
pub(crate) fn clock(text: &str) -> Option<Time> {
    let text = text.trim();
    let text = text.split_once(['.', ',']).map_or(text, |(whole, _)| whole);
    let mut parts = text.split(':').map(|part| {
        let sound = matches!(part.len(), 1 | 2) && part.bytes().all(|b| b.is_ascii_digit());
        sound.then(|| part.parse::<i8>().ok()).flatten()
    });
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = match parts.next() {
        Some(second) => second?,
        None => 0,
    };
    if parts.next().is_some() {
        return None;
    }
    Time::new(hour, minute, second, 0).ok()
}

/// Whether a text is a time of day, perhaps with a half of the day and a zone: what may stand after a date.
pub(crate) fn is_clock(text: &str) -> bool {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ',')).unwrap_or(text.len());
    let zone = text[end..].trim().to_ascii_uppercase();
    let zone = ["AM", "PM"].iter().find_map(|half| zone.strip_prefix(half)).unwrap_or(&zone).trim();
    let is_offset = |text: &str| {
        let digits = text.strip_prefix(['+', '-']).map(|text| text.replace(':', ""));
        digits
            .is_some_and(|digits| matches!(digits.len(), 2 | 4) && digits.bytes().all(|b| b.is_ascii_digit()))
    };
    let is_zone = matches!(zone, "" | "Z" | "UTC" | "GMT" | "CET" | "CEST" | "BST");
    clock(&text[..end]).is_some() && (is_zone || is_offset(zone))
}

/// An ISO 8601 instant with `Z` or an offset, seconds and their fraction optional.
pub(crate) fn instant(text: &str) -> Option<Instant> {
    let text = text.trim();
    if let Some(instant) = plain_instant(text.as_bytes()) {
        return Some(instant);
    }
    general_instant(text)
}

fn general_instant(text: &str) -> Option<Instant> {
    // An offset may lack its colon.
    let at = jiff::fmt::temporal::DateTimeParser::new().parse_timestamp(text).ok()?;
    let offset = match text.as_bytes().last()? {
        b'Z' | b'z' => 0,
        _ => {
            let sign = text.rfind(['+', '-']).filter(|&ordinal| ordinal > 10)?;
            let digits: String = text[sign + 1..].chars().filter(char::is_ascii_digit).collect();
            let (hours, minutes) = match digits.len() {
                2 => (&digits[..], "0"),
                4 | 6 => (&digits[..2], &digits[2..4]),
                _ => return None,
            };
            let minutes = hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?;
            if text.as_bytes()[sign] == b'-' { -minutes } else { minutes }
        }
    };
    Some((at.as_second(), offset))
}

/// Fast path for `2020-12-31T23:59:59Z`, with a fraction or an offset of hours and minutes, since 1970: the form of nearly
/// all instants.
fn plain_instant(text: &[u8]) -> Option<Instant> {
    let number = |bytes: &[u8]| {
        bytes.iter().try_fold(0_i16, |sum, b| b.is_ascii_digit().then(|| sum * 10 + i16::from(b - b'0')))
    };
    let (start, end) = text.split_at_checked(19)?;
    if [start[4], start[7], start[10], start[13], start[16]] != *b"--T::" {
        return None;
    }
    let two = |at: usize| number(&start[at..at + 2]);
    let (year, month, day) = (number(&start[..4])?, two(5)?, two(8)?);
    let (hour, minute, second) = (two(11)?, two(14)?, two(17)?);
    if year < 1970 || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let zone = match end {
        [b'.', fraction @ ..] => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if !(1..=9).contains(&digits) {
                return None;
            }
            &fraction[digits..]
        }
        zone => zone,
    };
    let offset = match zone {
        b"Z" => 0,
        [sign @ (b'+' | b'-'), hours @ .., b':', _, _] if hours.len() == 2 => {
            let (hours, minutes) = (number(hours)?, number(&zone[4..])?);
            if hours > 14 || minutes > 59 {
                return None;
            }
            let offset = i64::from(hours * 60 + minutes);
            if *sign == b'-' { -offset } else { offset }
        }
        _ => return None,
    };
    let day = Day::from_ymd(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
    let of_day = i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second);
    let at = i64::from(day.0) * 86_400 + of_day - offset * 60;
    // Before 1970, a fraction is rounded the other way; the last hours of the year 9999 are no instants.
    (at >= 0 && year < 9999).then_some((at, offset))
}

/// An ISO 8601 date and time, with an offset or, without one, in `zone`; `T` or a space separates date
/// and time.
pub(crate) fn instant_in(text: &str, zone: &TimeZone) -> Option<Instant> {
    let text = text.trim();
    instant(text).or_else(|| local(text.parse::<DateTime>().ok()?, zone))
}

/// A local date and time in a zone. A time skipped by the clocks is read as the later one, and a time
/// that occurs twice as the first.
pub(crate) fn local(at: DateTime, zone: &TimeZone) -> Option<Instant> {
    let zoned = zone.to_ambiguous_zoned_datetime(at).compatible().ok()?;
    Some((zoned.timestamp().as_second(), i64::from(zoned.offset().seconds()) / 60))
}

/// A local day and time of day in a zone.
pub(crate) fn local_at(day: Day, time: Time, zone: &TimeZone) -> Option<Instant> {
    let date: Date = day.civil();
    local(date.to_datetime(time), zone)
}

/// Local time minus UTC in minutes, for an instant in a zone.
pub(crate) fn offset(utc_seconds: i64, zone: &TimeZone) -> Option<i64> {
    let at = jiff::Timestamp::from_second(utc_seconds).ok()?;
    Some(i64::from(zone.to_offset(at).seconds()) / 60)
}

/// The instant `seconds` before another. Its offset is the zone's at that time if the offset of `at` is
/// the zone's; otherwise `at` is local time of an unknown place, and its offset is kept.
pub(crate) fn earlier(at: Instant, seconds: i64, zone: &TimeZone) -> Instant {
    let before = at.0.saturating_sub(seconds);
    let is_of_zone = offset(at.0, zone) == Some(at.1);
    (before, offset(before, zone).filter(|_| is_of_zone).unwrap_or(at.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_any_order() {
        let shown = |text, order| day(text, order).map(|d| d.to_string());
        assert_eq!(shown("23/07/2024", "dmy").as_deref(), Some("2024-07-23"));
        assert_eq!(shown("2024-07-23 10:00", "ymd").as_deref(), Some("2024-07-23"));
        assert_eq!(shown("20240723", "ymd").as_deref(), Some("2024-07-23"));
        assert_eq!(shown("7/4/69", "mdy").as_deref(), Some("2069-07-04"));
        assert_eq!(shown("01.12.70", "dmy").as_deref(), Some("1970-12-01"));
        assert_eq!(shown("10/02/26", "ymd"), None);
        assert_eq!(shown("26/02/10", "yymd").as_deref(), Some("2026-02-10"));
        for bad in
            ["", "2016-03-033", "2016-02-30", "31/04/2020", "1/2", "a/b/c", "2016-03-033T00:00", "+1/02/2020"]
        {
            assert_eq!(day(bad, "ymd").or(day(bad, "dmy")), None, "{bad}");
        }
    }

    /// The fast path gives what the general one gives.
    #[test]
    fn plain_instants_are_instants() {
        let mut read = 0;
        for date in
            ["1969-12-31", "1970-01-01", "2020-02-29", "2021-02-29", "2024-13-01", "9999-12-31", "2024-1-01"]
        {
            for clock in [
                "T00:00:00",
                "T23:59:59",
                "T24:00:00",
                "T12:60:00",
                "T12:00:60",
                " 12:00:00",
                "t01:00:00",
                "T1:00:00",
            ] {
                for fraction in ["", ".", ".5", ".123456789", ".1234567890", ",5"] {
                    for zone in [
                        "", "Z", "z", "+00:00", "+02:00", "-03:30", "+14:00", "+25:00", "+01:60", "+0100",
                        "+01", "Zx",
                    ] {
                        let text = format!("{date}{clock}{fraction}{zone}");
                        let Some(plain) = plain_instant(text.as_bytes()) else { continue };
                        assert_eq!(Some(plain), general_instant(&text), "{text}");
                        read += 1;
                    }
                }
            }
        }
        assert!(read > 50, "{read}");
        assert_eq!(plain_instant(b"2021-01-07T01:00:00.25+01:00"), Some((1_609_977_600, 60)));
    }

    #[test]
    fn instants_with_and_without_an_offset() {
        assert_eq!(instant("2021-01-07T01:00:00+01:00"), Some((1_609_977_600, 60)));
        assert_eq!(instant("2016-10-01T08:59:08.000Z"), Some((1_475_312_348, 0)));
        assert_eq!(instant("2021-01-07T01:00:00"), None);
        let paris = zone("Europe/Paris");
        assert_eq!(instant_in("2020-07-01 02:00:00", &paris), Some((1_593_561_600, 120)));
        // A time that occurs twice, and one that is skipped.
        assert_eq!(instant_in("2020-10-25T02:30:00", &paris), Some((1_603_585_800, 120)));
        assert_eq!(instant_in("2020-03-29T02:30:00", &paris), Some((1_585_445_400, 120)));
        assert_eq!(clock("9:05").map(|t| t.to_string()).as_deref(), Some("09:05:00"));
        for bad in ["25:00", "10", "10:61", "1:2:3:4", "-1:00"] {
            assert_eq!(clock(bad), None, "{bad}");
        }
        for good in ["12:34:56 +0000", "10:30:00.123Z", "9:05", "9:05 PM", "00:00:00+02:00", "10:00 UTC"] {
            assert!(is_clock(good), "{good}");
        }
        for bad in ["", "x", "10:00 x", "10:00:00foo", "2020", "10:00 +1"] {
            assert!(!is_clock(bad), "{bad}");
        }
    }
}
