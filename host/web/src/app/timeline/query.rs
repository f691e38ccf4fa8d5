//! What an address of the timeline names: a month, a domain, and the day before which the page begins.

use crate::app::domain::Domain;
use crate::app::form::{Fields, date};
use mesinfos_model::Day;

/// What was asked for. What cannot be read is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked {
    /// Months since January 1970.
    month: Option<i32>,
    pub(super) domain: Option<Domain>,
    /// The days on the page are before this one.
    pub(super) until: Option<Day>,
}

impl Asked {
    pub(super) fn read(query: Option<&str>) -> Asked {
        let fields = Fields::read(query.unwrap_or_default().as_bytes()).unwrap_or_default();
        let month = fields.get("month");
        Asked {
            month: if month.len() == 7 { date(&format!("{month}-01")).map(Day::month) } else { None },
            domain: Domain::from_id(fields.get("domain")),
            until: date(fields.get("until")),
        }
    }

    /// The month to show, of those with rows: the one asked for or the nearest one, or else the last that is over, or
    /// has begun. `None` if there is none.
    pub(super) fn month(&self, months: &[i32], today: Day) -> Option<i32> {
        match self.month {
            Some(asked) => {
                months.iter().copied().min_by_key(|month| (i64::from(*month) - i64::from(asked)).abs())
            }
            None => months.iter().copied().rfind(|month| *month <= today.month()).or(months.first().copied()),
        }
    }

    /// Address of a month, with the same domain.
    pub(super) fn at(&self, month: i32) -> String {
        address(month, self.domain, None)
    }

    /// Address of the days before `day`.
    pub(super) fn before(&self, month: i32, day: Day) -> String {
        address(month, self.domain, Some(day))
    }

    /// Address of a domain in this month; `None` for all.
    pub(super) fn of(month: i32, domain: Option<Domain>) -> String {
        address(month, domain, None)
    }
}

fn address(month: i32, domain: Option<Domain>, until: Option<Day>) -> String {
    let first = Day::first_of_month(month).to_string();
    let mut address = format!("/timeline?month={}", first.strip_suffix("-01").unwrap_or(&first));
    if let Some(domain) = domain {
        address.push_str(&format!("&domain={}", domain.id()));
    }
    if let Some(until) = until {
        address.push_str(&format!("&until={until}"));
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_comes_back_from_its_address() {
        let july = (2025 - 1970) * 12 + 6;
        let asked = Asked::read(Some("month=2025-07&domain=health&until=2025-07-20"));
        assert_eq!(
            asked,
            Asked { month: Some(july), domain: Some(Domain::Health), until: "2025-07-20".parse().ok() }
        );
        let before = asked.before(july, "2025-07-10".parse().unwrap());
        assert_eq!(before, "/timeline?month=2025-07&domain=health&until=2025-07-10");
        assert_eq!(asked.at(july + 1), "/timeline?month=2025-08&domain=health");
        assert_eq!(Asked::of(july, None), "/timeline?month=2025-07");
        for none in
            ["", "month=2025-13&domain=x&until=31/12/2025", "month=2025", "month=%FF", "until=٢٠٢٥-٠١-٠١"]
        {
            assert_eq!(Asked::read(Some(none)), Asked { month: None, domain: None, until: None }, "{none}");
        }
    }

    #[test]
    fn the_month_shown_has_rows() {
        let today: Day = "2025-07-15".parse().unwrap();
        let now = today.month();
        let of = |query: &str, months: &[i32]| Asked::read(Some(query)).month(months, today);
        assert_eq!(of("", &[]), None);
        assert_eq!(of("", &[now - 30, now - 2, now + 5]), Some(now - 2));
        assert_eq!(of("", &[now + 5]), Some(now + 5));
        assert_eq!(of("month=2025-09", &[now - 2, now + 1]), Some(now + 1));
        assert_eq!(of("month=0001-01", &[now - 2, now + 1]), Some(now - 2));
    }
}
