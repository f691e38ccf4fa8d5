//! Formatting of days, times and periods: "3 avril 2013", "1er avril 2013", "3 April 2013".
//!
//! See [`number`](mod@crate::number) for why no library does this.

use crate::digits::NBSP;
use crate::message::messages;
use crate::number::MISSING;
use mesinfos_model::view::{Axis, Date, DateTime, Lang, Span, Step};
use mesinfos_model::{Day, Period};

messages! {
    /// Messages with dates.
    pub(crate) enum Dates<'a> in "dates" {
        At { day: &'a str, time: &'a str },
        Between { first: &'a str, last: &'a str },
        Since { first: &'a str },
        Until { last: &'a str },
        AllDays,
    }
}

/// A date: "3 avril 2013", "1er avril 2013", "3 April 2013".
pub fn date(date: Date, lang: Lang) -> String {
    let month = month(date.month, lang);
    format!("{}{NBSP}{month} {}", day_of_month(date.day, lang), date.year)
}

/// A day: "3 avril 2013", "3 April 2013".
pub fn day(day: Day, lang: Lang) -> String {
    date(Date::from(day), lang)
}

/// A date and time: "3 avril 2013 à 14 h 05", "3 April 2013, 14:05".
pub fn date_time(at: DateTime, lang: Lang) -> String {
    Dates::At { day: &date(at.date, lang), time: &clock(at.hour, at.minute, lang) }.to(lang)
}

/// The last day before an exclusive end in UTC seconds.
pub fn last_day(until: i64, lang: Lang) -> String {
    day(Day::of_instant(until.saturating_sub(1), 0), lang)
}

/// An instant in the time of Paris, which is that of the people here: "3 avril 2013 à 14 h 05".
pub fn instant(utc_seconds: i64, lang: Lang) -> String {
    local_instant(utc_seconds, paris_offset(utc_seconds), lang)
}

/// An instant in the time of Paris with its seconds: "3 avril 2013 à 14 h 05 min 09 s", "3 April 2013, 14:05:09".
pub fn instant_to_the_second(utc_seconds: i64, lang: Lang) -> String {
    let at = instant(utc_seconds, lang);
    let second = utc_seconds.rem_euclid(60);
    match lang {
        Lang::Fr => format!("{at}{NBSP}min{NBSP}{second:02}{NBSP}s"),
        Lang::En => format!("{at}:{second:02}"),
    }
}

/// The instant of a time in Paris as it is typed, "2027-03-15T16:00", or of a time with an offset of its own. `None` for
/// other texts.
pub fn typed_instant(text: &str) -> Option<i64> {
    let winter = mesinfos_platform::instant_of(text, 60)?;
    mesinfos_platform::instant_of(text, paris_offset(winter))
}

/// An instant as [`typed_instant`] reads it, to the minute, in the time of Paris: the form of a field `datetime-local`.
pub fn as_typed(utc_seconds: i64) -> String {
    let local = utc_seconds.saturating_add(paris_offset(utc_seconds).saturating_mul(60));
    let minute = local.rem_euclid(86_400) / 60;
    format!("{}T{:02}:{:02}", Day::of_instant(local, 0), minute / 60, minute % 60)
}

/// The day of an instant in Paris.
pub fn day_of(utc_seconds: i64) -> Day {
    Day::of_instant(utc_seconds, paris_offset(utc_seconds))
}

/// The time of day of an instant in Paris: "14 h 05", "14:05".
pub fn time_of(utc_seconds: i64, lang: Lang) -> String {
    day_and_time(utc_seconds.saturating_add(paris_offset(utc_seconds).saturating_mul(60)), lang).1
}

/// Time in Paris minus UTC at an instant, in minutes. Summer time is from the last Sunday of March to the last Sunday of
/// October, at one o'clock UTC both (Directive 2000/84/EC); here in every year from 1970 to 2999, and never outside them.
fn paris_offset(utc_seconds: i64) -> i64 {
    const YEARS: std::ops::Range<i64> = 0..32_503_680_000;
    if !YEARS.contains(&utc_seconds) {
        return 60;
    }
    let january = Day::of_instant(utc_seconds, 0).month().div_euclid(12) * 12;
    // The last Sunday before the first of a month; 1 January 1970 was a Thursday.
    let change = |next_month: i32| {
        let last = Day::first_of_month(january + next_month).0 - 1;
        i64::from(last - (last + 4).rem_euclid(7)) * 86_400 + 3_600
    };
    if (change(3)..change(10)).contains(&utc_seconds) { 120 } else { 60 }
}

/// An instant in local time, given local time minus UTC in minutes: "3 avril 2013 à 14 h 05".
pub fn local_instant(utc_seconds: i64, offset_minutes: i64, lang: Lang) -> String {
    let (day, time) = day_and_time(utc_seconds.saturating_add(offset_minutes.saturating_mul(60)), lang);
    Dates::At { day: &day, time: &time }.to(lang)
}

/// A time of day: "14 h 05", "14:05". `minutes` are those since midnight.
pub fn time_of_day(minutes: u16, lang: Lang) -> String {
    let part = |n: u16| u8::try_from(n).unwrap_or_default();
    clock(part(minutes / 60 % 24), part(minutes % 60), lang)
}

fn day_and_time(seconds: i64, lang: Lang) -> (String, String) {
    let minutes = seconds.div_euclid(60).rem_euclid(24 * 60);
    let part = |n: i64| u8::try_from(n).unwrap_or_default();
    (day(Day::of_instant(seconds, 0), lang), clock(part(minutes / 60), part(minutes % 60), lang))
}

fn clock(hour: u8, minute: u8, lang: Lang) -> String {
    match lang {
        Lang::Fr => format!("{hour}{NBSP}h{NBSP}{minute:02}"),
        Lang::En => format!("{hour:02}:{minute:02}"),
    }
}

/// A span of days in the shortest form: "2013", "avril 2013", "janvier à mars 2013", "du 3 au 9 avril 2013".
/// An empty span is shown as its first day.
pub fn span(span: &Span, lang: Lang) -> String {
    let Some(last) = last_of(span) else {
        return date(span.start, lang);
    };
    let start = span.start;
    if start.day == 1 && span.end.day == 1 {
        return whole_months(start, last, lang);
    }
    if last == start {
        return date(start, lang);
    }
    let first = if (start.year, start.month) == (last.year, last.month) {
        day_of_month(start.day, lang)
    } else if start.year == last.year {
        format!("{}{NBSP}{}", day_of_month(start.day, lang), month(start.month, lang))
    } else {
        date(start, lang)
    };
    Dates::Between { first: &first, last: &date(last, lang) }.to(lang)
}

/// A period as a [`span`], or open at one or both ends.
pub fn period(period: &Period, lang: Lang) -> String {
    match (period.from, period.until) {
        (Some(from), Some(until)) => {
            span(&Span { start: Date::from(from), end: Date::from(until), step: Step::Day }, lang)
        }
        (Some(from), None) => Dates::Since { first: &day(from, lang) }.to(lang),
        (None, Some(until)) => Dates::Until { last: &day(Day(until.0.saturating_sub(1)), lang) }.to(lang),
        (None, None) => Dates::AllDays.to(lang),
    }
}

/// Short label of a point on a date axis: "3 avr.", "avr. 2013", "T2 2013", "2013".
pub fn axis_label(date: Date, step: Step, lang: Lang) -> String {
    let short = month_short(date.month, lang);
    match step {
        Step::Hour | Step::Day | Step::Week => {
            format!("{}{NBSP}{short}", day_of_month(date.day, lang))
        }
        Step::Month => format!("{short}{NBSP}{}", date.year),
        Step::Quarter => {
            let quarter = (date.month.max(1) - 1) / 3 + 1;
            format!("{}{quarter}{NBSP}{}", lang.of('T', 'Q'), date.year)
        }
        Step::Year => date.year.to_string(),
    }
}

/// Labels of all points of an axis.
pub fn axis_labels(axis: &Axis, lang: Lang) -> Vec<String> {
    match axis {
        Axis::Labels(labels) => labels.clone(),
        Axis::Dates(step, dates) => dates.iter().map(|d| axis_label(*d, *step, lang)).collect(),
    }
}

/// Name of a month, 1 to 12.
pub fn month(month: u8, lang: Lang) -> &'static str {
    const FR: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    const EN: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    of_month(lang.of(&FR, &EN), month)
}

/// Abbreviation of a month, 1 to 12: "janv.", "Jan".
pub fn month_short(month: u8, lang: Lang) -> &'static str {
    const FR: [&str; 12] =
        ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
    const EN: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    of_month(lang.of(&FR, &EN), month)
}

fn of_month(names: &'static [&'static str; 12], month: u8) -> &'static str {
    names.get(usize::from(month.wrapping_sub(1))).copied().unwrap_or(MISSING)
}

fn day_of_month(day: u8, lang: Lang) -> String {
    match (day, lang) {
        (1, Lang::Fr) => "1er".to_owned(),
        _ => day.to_string(),
    }
}

/// Last day of a span. `None` if the span is empty or one of its dates does not exist.
fn last_of(span: &Span) -> Option<Date> {
    let (start, end) = (span.start.day()?, span.end.day()?);
    (end > start).then(|| Date::from(Day(end.0 - 1)))
}

/// A span from the first day of a month to the last day of another.
fn whole_months(first: Date, last: Date, lang: Lang) -> String {
    let whole_years = first.month == 1 && last.month == 12;
    let to = lang.of("à", "to");
    let (a, b) = (month(first.month, lang), month(last.month, lang));
    match (first.year == last.year, whole_years) {
        (true, true) => first.year.to_string(),
        (false, true) => format!("{} {to} {}", first.year, last.year),
        (true, false) if first.month == last.month => format!("{a} {}", first.year),
        (true, false) => format!("{a} {to} {b} {}", first.year),
        (false, false) => format!("{a} {} {to} {b} {}", first.year, last.year),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Lang::{En, Fr};

    fn ymd(year: i32, month: u8, day: u8) -> Date {
        Date { year, month, day }
    }
    fn between(start: Date, end: Date, lang: Lang) -> String {
        span(&Span { start, end, step: Step::Day }, lang)
    }

    #[test]
    fn an_instant_is_read_as_it_was_typed() {
        for (text, seconds) in [("2027-01-15T16:05", 1_800_025_500), ("2027-07-15T00:00", 1_815_602_400)] {
            assert_eq!(typed_instant(text), Some(seconds));
            assert_eq!(as_typed(seconds), text);
        }
        assert_eq!(as_typed(1_800_025_559), "2027-01-15T16:05", "to the minute");
    }

    #[test]
    fn dates_and_times() {
        assert_eq!(date(ymd(2013, 4, 3), Fr), "3\u{A0}avril 2013");
        assert_eq!(date(ymd(2013, 4, 1), Fr), "1er\u{A0}avril 2013");
        assert_eq!(date(ymd(2013, 4, 1), En), "1\u{A0}April 2013");
        let at = DateTime { date: ymd(2013, 12, 25), hour: 9, minute: 5 };
        assert_eq!(date_time(at, Fr), "25\u{A0}décembre 2013 à 9\u{A0}h\u{A0}05");
        assert_eq!(date_time(at, En), "25\u{A0}December 2013, 09:05");
        assert_eq!(instant(0, Fr), "1er\u{A0}janvier 1970 à 1\u{A0}h\u{A0}00");
        assert_eq!(instant(-3_660, En), "31\u{A0}December 1969, 23:59");
        // 29 March and 25 October 2026, one second before and at the change.
        for (at, time) in [
            (1_774_745_999, "01:59"),
            (1_774_746_000, "03:00"),
            (1_792_889_999, "02:59"),
            (1_792_890_000, "02:00"),
        ] {
            assert_eq!(time_of(at, En), time, "{at}");
        }
        assert_eq!(
            day_of(1_782_860_399),
            Day::first_of_month(12 * 56 + 6),
            "after midnight in Paris, not in UTC"
        );
        assert_eq!((time_of(i64::MAX, En).len(), time_of(i64::MIN, En).len()), (5, 5));
        assert_eq!(local_instant(-3_600, 60, Fr), "1er\u{A0}janvier 1970 à 0\u{A0}h\u{A0}00");
        assert_eq!(local_instant(0, -90, En), "31\u{A0}December 1969, 22:30");
    }

    #[test]
    fn spans_are_said_as_people_say_them() {
        let april = (ymd(2013, 4, 1), ymd(2013, 5, 1));
        assert_eq!(between(april.0, april.1, Fr), "avril 2013");
        assert_eq!(between(april.0, april.1, En), "April 2013");
        assert_eq!(between(ymd(2013, 1, 1), ymd(2014, 1, 1), Fr), "2013");
        assert_eq!(between(ymd(2012, 1, 1), ymd(2014, 1, 1), En), "2012 to 2013");
        assert_eq!(between(ymd(2013, 1, 1), ymd(2013, 4, 1), Fr), "janvier à mars 2013");
        assert_eq!(between(ymd(2012, 4, 1), ymd(2013, 4, 1), En), "April 2012 to March 2013");
        let (a, b) = (ymd(2013, 4, 3), ymd(2013, 4, 10));
        assert_eq!(between(a, b, Fr), "du 3 au 9\u{A0}avril 2013");
        assert_eq!(between(a, b, En), "3 to 9\u{A0}April 2013");
        let b = ymd(2013, 5, 10);
        assert_eq!(between(a, b, Fr), "du 3\u{A0}avril au 9\u{A0}mai 2013");
        let b = ymd(2014, 5, 10);
        assert_eq!(between(a, b, Fr), "du 3\u{A0}avril 2013 au 9\u{A0}mai 2014");
        assert_eq!(between(a, ymd(2013, 4, 4), Fr), "3\u{A0}avril 2013");
        assert_eq!(between(a, a, Fr), "3\u{A0}avril 2013");
    }

    #[test]
    fn periods_may_be_open() {
        let of = |text: &str, lang| period(&Period::parse(text).unwrap(), lang);
        assert_eq!(of("2011", Fr), "2011");
        assert_eq!(of("2011-03-05..", Fr), "depuis le 5\u{A0}mars 2011");
        assert_eq!(of("..2011-03-05", Fr), "jusqu’au 5\u{A0}mars 2011");
        assert_eq!(of("..2011-03-05", En), "up to 5\u{A0}March 2011");
        assert_eq!(of("..", En), "all dates");
    }

    #[test]
    fn axes_have_short_names() {
        let d = ymd(2013, 4, 1);
        assert_eq!(axis_label(d, Step::Day, Fr), "1er\u{A0}avr.");
        assert_eq!(axis_label(d, Step::Month, Fr), "avr.\u{A0}2013");
        assert_eq!(axis_label(d, Step::Month, En), "Apr\u{A0}2013");
        assert_eq!(axis_label(d, Step::Quarter, Fr), "T2\u{A0}2013");
        assert_eq!(axis_label(d, Step::Quarter, En), "Q2\u{A0}2013");
        assert_eq!(axis_label(d, Step::Year, En), "2013");
        assert_eq!(axis_labels(&Axis::Labels(vec!["a".to_owned()]), En), ["a"]);
    }
}
