//! Data of a category: its holders and its days.

use mesinfos_sdk::Date;
use mesinfos_sdk::trips::in_france;
use std::collections::{BTreeMap, BTreeSet};

/// Findings in one category.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) rows: i64,
    /// Number of rows, by holder.
    pub(crate) holders: BTreeMap<String, i64>,
    /// Days with data.
    days: BTreeSet<Date>,
}

impl Found {
    pub(crate) fn add(&mut self, holder: Option<&str>, on: Option<Date>) {
        self.rows += 1;
        if let Some(holder) = holder {
            match self.holders.get_mut(holder) {
                Some(rows) => *rows += 1,
                None => drop(self.holders.insert(holder.to_owned(), 1)),
            }
        }
        self.days.extend(on);
    }

    /// First and last day up to `today`: contracts and appointments may be in the future.
    pub(crate) fn days(&self, today: Date) -> Option<(Date, Date)> {
        let mut past = self.days.range(..=today);
        let first = *past.next()?;
        Some((first, past.next_back().copied().unwrap_or(first)))
    }

    /// Months without data between the first and the last day.
    pub(crate) fn gaps(&self, today: Date) -> Vec<Date> {
        let Some((first, last)) = self.days(today) else {
            return Vec::new();
        };
        let months = std::iter::successors(Some(first.month_start()), |month| Some(month.plus_months(1)));
        months.take_while(|month| *month <= last).filter(|month| self.days_of(*month, last) == 0).collect()
    }

    /// Number of days of a month with data, up to `until`: payments and appointments may be in the future.
    pub(crate) fn days_of(&self, month: Date, until: Date) -> usize {
        self.days.range(month..month.plus_months(1)).filter(|day| **day <= until).count()
    }
}

/// Day of an instant in the time of France: the local time of each row would need another requested field, the offset.
/// In UTC, a receipt of 4 January would be on the 3rd, because its lines begin at midnight in France.
pub(crate) fn day(seconds: i64) -> Option<Date> {
    // The minimum value means missing.
    if seconds == i64::MIN {
        return None;
    }
    // France is one or two hours ahead: which one matters in the last hour of a day only.
    let ahead = |hours: i64| seconds.saturating_add(hours * 3_600).div_euclid(86_400);
    let day = match (ahead(1), ahead(2)) {
        (winter, summer) if winter == summer => i32::try_from(winter).ok()?,
        (winter, _) => {
            known(i32::try_from(winter).ok()?)?;
            in_france(seconds).date().0
        }
    };
    known(day)
}

/// A valid day; the minimum value means missing.
pub(crate) fn known(day: i32) -> Option<Date> {
    (-719_162..=2_932_896).contains(&day).then_some(Date(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_lie_between_what_is_there() {
        let on = |month, day| Date::new(2026, month, day).unwrap();
        let mut found = Found::default();
        found.add(Some("Enedis"), Some(on(1, 31)));
        found.add(Some("Enedis"), Some(on(4, 1)));
        found.add(None, Some(on(12, 1)));
        found.add(Some("GRDF"), None);
        assert_eq!((found.rows, found.holders["Enedis"], found.holders.len()), (4, 2, 2));
        assert_eq!(found.days(on(5, 5)), Some((on(1, 31), on(4, 1))));
        assert_eq!(found.gaps(on(5, 5)), [on(2, 1), on(3, 1)]);
        assert_eq!(found.days_of(on(1, 1), on(5, 5)), 1);
        assert_eq!((found.days_of(on(12, 1), on(5, 5)), found.days_of(on(12, 1), on(12, 1))), (0, 1));
        assert_eq!(Found::default().days(on(1, 1)), None);
    }

    #[test]
    fn the_last_month_of_the_calendar_is_a_month() {
        let today = Date::new(9999, 12, 31).unwrap();
        let mut found = Found::default();
        found.add(None, Date::new(9999, 10, 2));
        found.add(None, Some(today));
        assert_eq!(found.gaps(today), [Date::new(9999, 11, 1).unwrap()]);
        assert_eq!(found.days_of(today.month_start(), today), 1);
    }

    /// 22 h 30 and 23 h UTC are on the next day in France in summer, and only the second one in winter.
    #[test]
    fn days_are_those_of_france() {
        let at =
            |month, minutes: i64| i64::from(Date::new(2023, month, 3).unwrap().0) * 86_400 + minutes * 60;
        let of = |month, minutes| day(at(month, minutes)).map(|day| day.day());
        assert_eq!([of(1, 22 * 60 + 30), of(1, 23 * 60)], [Some(3), Some(4)]);
        assert_eq!([of(7, 21 * 60 + 59), of(7, 22 * 60 + 30), of(7, 23 * 60)], [Some(3), Some(4), Some(4)]);
    }

    #[test]
    fn what_is_missing_has_no_day() {
        assert_eq!((day(i64::MIN), known(i32::MIN), day(i64::MAX)), (None, None, None));
        assert_eq!(day(0), Some(Date(0)));
        assert_eq!((known(-719_162), known(2_932_896)), (Date::new(1, 1, 1), Date::new(9999, 12, 31)));
    }
}
