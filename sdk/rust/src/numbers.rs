//! Arithmetic of figures that are shown: one rounding, one median, one year. Round once, at the end.

use crate::units::Date;

/// `amount × times / by`, half away from zero: the only division of an amount that is shown. Saturates; zero if `by` is
/// zero.
///
/// ```
/// use mesinfos_sdk::numbers::scaled;
/// assert_eq!([scaled(5, 1, 2), scaled(-5, 1, 2), scaled(7, 1, 3), scaled(100, 12, 365)], [3, -3, 2, 3]);
/// ```
#[must_use]
pub fn scaled(amount: impl Into<i128>, times: impl Into<i128>, by: impl Into<i128>) -> i64 {
    let (product, by) = (amount.into().saturating_mul(times.into()), by.into());
    let (size, half) = (product.unsigned_abs(), by.unsigned_abs() / 2);
    // With an odd divisor nothing lies in the middle, so that its half may be cut.
    let rounded = size.saturating_add(half).checked_div(by.unsigned_abs()).unwrap_or(0);
    match (product < 0) == (by < 0) {
        true => i64::try_from(rounded).unwrap_or(i64::MAX),
        false => i64::try_from(rounded).map_or(i64::MIN, |rounded| -rounded),
    }
}

/// Median, rounded half away from zero; of an even count, the mean of the two in the middle. `None` of nothing.
///
/// ```
/// use mesinfos_sdk::numbers::median;
/// assert_eq!((median(vec![3, 1, 2]), median(vec![1, 4]), median(vec![])), (Some(2), Some(3), None));
/// ```
#[must_use]
pub fn median(mut numbers: Vec<i64>) -> Option<i64> {
    numbers.sort_unstable();
    let last = numbers.len().checked_sub(1)?;
    let (low, high) = (numbers.get(last / 2)?, numbers.get(numbers.len() / 2)?);
    Some(scaled(i128::from(*low) + i128::from(*high), 1, 2))
}

/// A year of 365 days, in seconds.
pub const YEAR: i64 = 365 * 86_400;

/// Half a day: what may be missing of a span that counts as known, such as an hour at the change of clocks.
const HARMLESS: i64 = 43_200;

/// Whether `known` seconds of a span of `span` are all of it, or all but half a day.
#[must_use]
pub fn is_known(known: i64, span: i64) -> bool {
    known >= span.saturating_sub(HARMLESS)
}

/// Times and divisor, for [`scaled`], that bring an amount of `known` seconds to `span` seconds at the same pace. A
/// span that [`is_known`] needs none.
///
/// ```
/// use mesinfos_sdk::numbers::{YEAR, pace};
/// assert_eq!((pace(YEAR - 3_600, YEAR), pace(YEAR / 2, YEAR)), ((1, 1), (YEAR, YEAR / 2)));
/// ```
#[must_use]
pub fn pace(known: i64, span: i64) -> (i64, i64) {
    if is_known(known, span) { (1, 1) } else { (span, known.max(1)) }
}

/// How many times a year a bill comes that was issued on these days: twelve, six, four, two or one. The median of the
/// gaps decides, so that a bill that is missing changes nothing. `None` with fewer than two days, and for gaps that are
/// of no period.
///
/// ```
/// use mesinfos_sdk::{Date, numbers::times_a_year};
/// let days = |months: &[u8]| months.iter().map(|month| Date::new(2025, *month, 6).unwrap()).collect();
/// assert_eq!(times_a_year(days(&[2, 3])), Some(12));
/// assert_eq!(times_a_year(days(&[1, 2, 3, 7, 8])), Some(12), "three months are missing");
/// assert_eq!((times_a_year(days(&[1, 3, 5])), times_a_year(days(&[1]))), (Some(6), None));
/// ```
#[must_use]
pub fn times_a_year(mut days: Vec<Date>) -> Option<i64> {
    days.sort_unstable();
    let gaps = days.windows(2).map(|pair| i64::from(pair[1] - pair[0])).collect();
    match median(gaps)? {
        25..=36 => Some(12),
        53..=68 => Some(6),
        80..=100 => Some(4),
        170..=195 => Some(2),
        350..=380 => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_rounded_half_away_from_zero() {
        let halves: Vec<i64> = (-5..=5).map(|number| scaled(number, 1, 2)).collect();
        assert_eq!(halves, [-3, -2, -2, -1, -1, 0, 1, 1, 2, 2, 3]);
        let thirds: Vec<i64> = (-4..=4).map(|number| scaled(number, 1, 3)).collect();
        assert_eq!(thirds, [-1, -1, -1, 0, 0, 0, 1, 1, 1]);
        assert_eq!((scaled(5, 1, -2), scaled(-5, 1, -2), scaled(5, -1, 2)), (-3, 3, -3));
        assert_eq!((scaled(i64::MAX, 3, 3), scaled(i64::MIN, 3, 3)), (i64::MAX, i64::MIN));
        assert_eq!((scaled(i64::MAX, 2, 1), scaled(i64::MIN, 2, 1)), (i64::MAX, i64::MIN));
        assert_eq!((scaled(i128::MAX, i128::MAX, 1), scaled(i128::MAX, 2, i128::MAX)), (i64::MAX, 1));
        assert_eq!(scaled(7, 1, 0), 0);
    }

    #[test]
    fn a_median_lies_between_the_two_in_the_middle() {
        assert_eq!((median(vec![]), median(vec![7])), (None, Some(7)));
        assert_eq!(median(vec![9, 1, 4, 2]), Some(3));
        assert_eq!(
            (median(vec![2, 3]), median(vec![-2, -3]), median(vec![-1, 1])),
            (Some(3), Some(-3), Some(0))
        );
        assert_eq!(median(vec![i64::MAX, i64::MAX]), Some(i64::MAX));
        assert_eq!(median(vec![i64::MIN, i64::MIN]), Some(i64::MIN));
    }

    #[test]
    fn a_span_with_an_hour_missing_is_whole() {
        assert!(is_known(YEAR - HARMLESS, YEAR) && !is_known(YEAR - HARMLESS - 1, YEAR));
        assert_eq!(pace(YEAR - HARMLESS, YEAR), (1, 1));
        let (times, by) = pace(100 * 86_400, YEAR);
        assert_eq!(scaled(1_000, times, by), 3_650);
        assert_eq!(pace(0, YEAR), (YEAR, 1));
    }

    #[test]
    fn gaps_of_no_period_say_nothing() {
        let first = Date::new(2025, 1, 31).unwrap();
        let every = |gap: i32| times_a_year((0..6).map(|n| first.plus_days(n * gap)).collect());
        assert_eq!(
            [every(30), every(61), every(91), every(183), every(365)].map(Option::unwrap),
            [12, 6, 4, 2, 1]
        );
        assert_eq!([every(0), every(7), every(45), every(130), every(1_000)], [None; 5]);
    }
}
