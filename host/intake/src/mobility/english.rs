//! Dates with English month names.

use mesinfos_model::Day;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Parses a day with a month name: "01-Jan-2015", "30-Apr-16", "Oct 7, 2020", "7 Oct 2020".
pub(super) fn day(text: &str) -> Option<Day> {
    let mut words = text.split(['-', ' ', ',', '\u{a0}']).filter(|word| !word.is_empty());
    let (first, second, year) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let (month, day) = match month(first) {
        Some(month) => (month, second),
        None => (month(second)?, first),
    };
    let year = match (year.len(), year.parse::<i16>().ok()?) {
        (2, year @ 0..) => 2000 + year,
        (4, year @ 0..) => year,
        _ => return None,
    };
    Day::from_ymd(year, month, day.parse().ok()?)
}

fn month(name: &str) -> Option<i8> {
    let place = MONTHS
        .iter()
        .position(|month| name.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(month)))?;
    i8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_with_names_of_months() {
        let shown = |text: &str| day(text).map(|day| day.to_string());
        for text in ["01-Jan-2015", "01-Jan-15", "Jan 1, 2015", "1 Jan 2015", "1 January 2015"] {
            assert_eq!(shown(text).as_deref(), Some("2015-01-01"), "{text}");
        }
        for bad in [
            "",
            "31-Feb-2015",
            "01-01-2015",
            "01-Jan",
            "01-Jan-2015-1",
            "1 Janvier",
            "é-é-é",
            "1 Jan 5",
            "1 Jan 20155",
        ] {
            assert_eq!(shown(bad), None, "{bad}");
        }
    }
}
