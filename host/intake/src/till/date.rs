//! The day and time of a till receipt, wherever they are in a line.

use crate::time;
use mesinfos_model::Day;

/// The first day in a line: `12/03/2025`, `12-03-25`, `12.03.2025`, `2025-03-12`.
pub(super) fn day(line: &str) -> Option<Day> {
    let words = line.split(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '-' | '.')));
    words.map(|word| word.trim_matches(['/', '-', '.'])).find_map(|word| {
        let is_date = (6..=10).contains(&word.len()) && word.matches(['/', '-', '.']).count() == 2;
        if !is_date {
            return None;
        }
        let starts_with_year = word.split(['/', '-', '.']).next().is_some_and(|first| first.len() == 4);
        let found = time::day(word, if starts_with_year { "ymd" } else { "dmy" })?;
        // No receipt of a till that prints text is older.
        (found >= Day::from_ymd(1990, 1, 1)?).then_some(found)
    })
}

/// The first time of day in a line: `14:32`, `14:32:05`, `14h32`.
pub(super) fn time(line: &str) -> Option<(i8, i8)> {
    let words = line.split(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | 'h' | 'H')));
    words.filter(|word| word.contains([':', 'h', 'H'])).find_map(|word| {
        let mut parts = word.split([':', 'h', 'H']);
        let (hour, minute) = (parts.next()?, parts.next()?);
        let is_time = (1..=2).contains(&hour.len()) && minute.len() == 2;
        let (hour, minute) = (hour.parse::<i8>().ok()?, minute.parse::<i8>().ok()?);
        (is_time && (0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, minute))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_a_time_are_found_in_a_line() {
        let of = |year, month, day| Day::from_ymd(year, month, day);
        assert_eq!(day("Le 12/03/2025 à 14:32"), of(2025, 3, 12));
        assert_eq!(day("TICKET 0012 12-03-25 C:3"), of(2025, 3, 12));
        assert_eq!(day("2025-03-12T14:32:05"), of(2025, 3, 12));
        assert_eq!(day("Date:12.03.2025."), of(2025, 3, 12));
        for none in
            ["31/02/2025", "1,50", "01.02.03.04.05", "12/03", "SIRET 552 100", "", "12/03/1925", "//////"]
        {
            assert_eq!(day(none), None, "{none}");
        }
        assert_eq!(time("12/03/2025 14:32:05"), Some((14, 32)));
        assert_eq!(time("à 9h05"), Some((9, 5)));
        for none in ["25:00", "9:5", "12h", "h", "::", "1:234"] {
            assert_eq!(time(none), None, "{none}");
        }
    }
}
