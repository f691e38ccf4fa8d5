//! Trips of several sources: one movement that two of them saw counts once.

use crate::Timestamp;
use crate::mobility::Mode;
use std::collections::BTreeMap;

/// What is compared of a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// UTC seconds.
    pub start: i64,
    /// Its length in time; without it, a leg cannot be compared.
    pub seconds: Option<i64>,
    /// Its length.
    pub metres: Option<i64>,
    /// Its mode.
    pub mode: Mode,
    /// Its holder, by a number that the caller gives; `None` if it is not known.
    pub source: Option<usize>,
}

/// Longest leg that is compared. A longer one is a journey that others may well lie in.
const LONGEST: i64 = 86_400;

/// Which legs count, in their order. Nobody makes two trips by one mode at once: two legs of one mode, or of which one
/// has an unknown mode, that share half of the shorter one's time are one, unless one holder gave both as two. The one
/// with a mode counts, then the longer one: a track with few points cuts corners.
///
/// ```
/// use mesinfos_sdk::mobility::Mode;
/// use mesinfos_sdk::trips::{Leg, once};
/// let ride = |start, metres, source| {
///     Leg { start, seconds: Some(900), metres: Some(metres), mode: Mode::Bike, source: Some(source) }
/// };
/// // A timeline and a sports watch saw one ride; then the way back.
/// assert_eq!(once(&[ride(0, 4_242, 0), ride(30, 2_750, 1), ride(30_000, 4_242, 0)]), [true, false, true]);
/// ```
#[must_use]
pub fn once(legs: &[Leg]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..legs.len()).collect();
    let is_known = |leg: &Leg| leg.mode != Mode::Unknown;
    order.sort_by_key(|&i| (!is_known(&legs[i]), std::cmp::Reverse(legs[i].metres), legs[i].start, i));
    let mut counts = vec![true; legs.len()];
    // Legs that count, by start.
    let mut kept: BTreeMap<(i64, usize), usize> = BTreeMap::new();
    for i in order {
        let Some((start, end)) = span(&legs[i]) else { continue };
        let near = kept.range((start.saturating_sub(LONGEST), 0)..(end, 0));
        counts[i] = !near.map(|(_, other)| &legs[*other]).any(|other| is_same(&legs[i], other));
        if counts[i] {
            kept.insert((start, i), i);
        }
    }
    counts
}

/// Start and end of a leg that can be compared.
fn span(leg: &Leg) -> Option<(i64, i64)> {
    let seconds = leg.seconds.filter(|seconds| (1..=LONGEST).contains(seconds))?;
    Some((leg.start, leg.start.saturating_add(seconds)))
}

fn is_same(one: &Leg, other: &Leg) -> bool {
    let (Some(a), Some(b)) = (span(one), span(other)) else { return false };
    let shared = a.1.min(b.1) - a.0.max(b.0);
    let shorter = (a.1 - a.0).min(b.1 - b.0);
    let alike = one.mode == other.mode || [one.mode, other.mode].contains(&Mode::Unknown);
    let are_two = one.source.is_some() && one.source == other.source;
    alike && !are_two && shared.saturating_mul(2) >= shorter
}

/// An instant with the legal time of France, for rows that say no local time. Summer time begins and ends at 1 h UTC on
/// the last Sundays of March and October (directive 2000/84/EC).
///
/// ```
/// use mesinfos_sdk::trips::in_france;
/// // 31 March 2024, one second before summer time and at its beginning.
/// assert_eq!([in_france(1_711_846_799).offset, in_france(1_711_846_800).offset], [60, 120]);
/// assert_eq!((in_france(1_711_846_800).hour(), in_france(1_729_990_800).hour()), (3, 2));
/// ```
#[must_use]
pub fn in_france(utc: i64) -> Timestamp {
    let at = Timestamp { utc, offset: 0 };
    let (year, month) = (at.date().year(), at.date().month());
    // 1 h UTC on the last Sunday of a month of 31 days.
    let change = |month: u8| {
        let last = crate::Date::new(year, month, 31)?;
        let sunday = last.plus_days(-i32::from((last.weekday() + 1) % 7));
        Some(i64::from(sunday.0) * 86_400 + 3_600)
    };
    let is_summer = match month {
        4..=9 => true,
        3 => change(3).is_some_and(|begin| utc >= begin),
        10 => change(10).is_some_and(|end| utc < end),
        _ => false,
    };
    Timestamp { utc, offset: if is_summer { 120 } else { 60 } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leg(start: i64, minutes: i64, metres: i64, mode: Mode) -> Leg {
        Leg { start: start * 60, seconds: Some(minutes * 60), metres: Some(metres), mode, source: None }
    }

    #[test]
    fn what_overlaps_by_half_in_one_mode_is_one() {
        let half = [leg(0, 20, 5_000, Mode::Bike), leg(10, 20, 4_000, Mode::Bike)];
        assert_eq!(once(&half), [true, false]);
        let less = [leg(0, 20, 5_000, Mode::Bike), leg(11, 20, 4_000, Mode::Bike)];
        assert_eq!(once(&less), [true, true]);
        let other_mode = [leg(0, 20, 5_000, Mode::Bike), leg(0, 20, 4_000, Mode::Walk)];
        assert_eq!(once(&other_mode), [true, true]);
        let unknown = [leg(0, 20, 9_000, Mode::Unknown), leg(1, 20, 4_000, Mode::Walk)];
        assert_eq!(once(&unknown), [false, true], "the one with a mode");
        let of = |source| Leg { source: Some(source), ..leg(0, 20, 5_000, Mode::Bus) };
        assert_eq!(once(&[of(1), of(1)]), [true, true], "one holder gave two");
        assert_eq!(once(&[of(1), of(2)]), [true, false]);
    }

    #[test]
    fn a_track_over_two_legs_is_both_and_untimed_legs_stay() {
        let track =
            [leg(0, 60, 10_000, Mode::Bike), leg(2, 25, 5_000, Mode::Bike), leg(31, 25, 6_000, Mode::Bike)];
        assert_eq!(once(&track), [true, false, false]);
        let untimed = Leg { seconds: None, ..leg(0, 1, 10, Mode::Bus) };
        assert_eq!(once(&[untimed, untimed]), [true, true]);
        assert_eq!(once(&[]), [true; 0]);
    }

    #[test]
    fn what_cannot_be_compared_stays() {
        let long = |seconds| Leg { seconds: Some(seconds), ..leg(0, 1, 10, Mode::Bus) };
        assert_eq!(once(&[long(LONGEST), long(LONGEST)]), [true, false]);
        assert_eq!(once(&[long(LONGEST + 1), long(LONGEST + 1)]), [true, true], "a journey");
        assert_eq!(once(&[long(0), long(0)]), [true, true], "no time at all");
        // A leg that began a day before, to the second.
        let day = Leg { start: -LONGEST, ..long(LONGEST) };
        assert_eq!(
            once(&[day, Leg { metres: Some(1), ..long(600) }]),
            [true, true],
            "it ends where the other begins"
        );
        let later = Leg { start: -LONGEST + 300, ..long(LONGEST) };
        assert_eq!(
            once(&[later, Leg { metres: Some(1), ..long(600) }]),
            [true, false],
            "half of ten minutes"
        );
        let unknown = Leg { mode: Mode::Unknown, ..long(600) };
        assert_eq!(once(&[unknown, unknown]), [true, false]);
        assert_eq!(
            once(&[Leg { source: Some(1), ..long(600) }, Leg { source: None, ..long(600) }]),
            [true, false]
        );
    }

    #[test]
    fn the_order_of_rows_changes_nothing() {
        let legs = [
            leg(0, 30, 4_000, Mode::Bike),
            leg(5, 30, 4_500, Mode::Bike),
            leg(100, 15, 900, Mode::Walk),
            leg(103, 10, 950, Mode::Unknown),
        ];
        let forward = once(&legs);
        let mut backward = legs;
        backward.reverse();
        let mut again = once(&backward);
        again.reverse();
        assert_eq!(forward, again);
        assert_eq!(forward, [false, true, true, false]);
    }

    #[test]
    fn the_time_of_france_over_a_year() {
        let at = |year, month, day, hour: i64| {
            i64::from(crate::Date::new(year, month, day).unwrap().0) * 86_400 + hour * 3_600
        };
        let offsets = [
            at(2023, 1, 15, 12),
            at(2023, 3, 26, 0),
            at(2023, 3, 26, 1),
            at(2023, 7, 1, 0),
            at(2023, 10, 29, 0),
            at(2023, 10, 29, 1),
        ];
        assert_eq!(offsets.map(|utc| in_france(utc).offset), [60, 60, 120, 120, 120, 60]);
    }
}
