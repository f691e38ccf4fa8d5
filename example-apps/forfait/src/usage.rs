//! Use of a line, month by month.

use mesinfos_sdk::telecom::{Direction, PeerKind, Service};
use mesinfos_sdk::{Date, span};
use std::collections::{BTreeMap, BTreeSet};

/// Relevant fields of a call, message or data session.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event<'a> {
    pub(crate) on: Date,
    pub(crate) service: Service,
    pub(crate) direction: Option<Direction>,
    pub(crate) peer: PeerKind,
    pub(crate) seconds: i64,
    pub(crate) messages: i64,
    pub(crate) bytes: Option<i64>,
    /// Country outside home, as ISO 3166-1 alpha-2.
    pub(crate) roaming: Option<&'a str>,
}

/// Outgoing use in a month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Use {
    /// Calls included in a plan: to mobiles and landlines, from home or from Europe.
    pub(crate) seconds: i64,
    /// Calls to short and special numbers, charged outside a plan.
    pub(crate) special_seconds: i64,
    /// Calls to other countries, and from countries outside a plan.
    pub(crate) abroad_seconds: i64,
    /// Messages included in a plan.
    pub(crate) messages: i64,
    /// Messages to special numbers or other countries, or from countries outside a plan.
    pub(crate) other_messages: i64,
    /// Mobile data in bytes; `None` if the operator does not report it.
    pub(crate) bytes: Option<i64>,
}

/// Use of one line.
#[derive(Debug, Default)]
pub(crate) struct Line {
    pub(crate) events: usize,
    /// Day of each event.
    days: Vec<Date>,
    pub(crate) months: BTreeMap<Date, Use>,
    /// Seconds of calls, and bytes, in each foreign country.
    pub(crate) roaming: BTreeMap<String, (i64, i64)>,
}

/// Countries where a French plan applies as at home: the European Economic Area (Regulation (EU) 2022/612)
/// with the French overseas departments.
const AT_HOME: [&str; 36] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GF", "GP", "GR", "HR", "HU", "IE",
    "IS", "IT", "LI", "LT", "LU", "LV", "MF", "MQ", "MT", "NL", "NO", "PL", "PT", "RE", "RO", "SE", "SI",
    "SK", "YT",
];

impl Line {
    pub(crate) fn add(&mut self, event: &Event<'_>) {
        self.events += 1;
        self.days.push(event.on);
        let month = self.months.entry(event.on.month_start()).or_default();
        let out = event.direction == Some(Direction::Out);
        let away = event.roaming.filter(|country| *country != "FR");
        let in_plan = away.is_none_or(|country| AT_HOME.contains(&country));
        match event.service {
            Service::Voice if out => {
                let seconds = match event.peer {
                    PeerKind::Short => &mut month.special_seconds,
                    PeerKind::International => &mut month.abroad_seconds,
                    _ if in_plan => &mut month.seconds,
                    _ => &mut month.abroad_seconds,
                };
                *seconds += event.seconds;
            }
            Service::Sms | Service::Mms if out => {
                let there = in_plan && !matches!(event.peer, PeerKind::Short | PeerKind::International);
                *(if there { &mut month.messages } else { &mut month.other_messages }) += event.messages;
            }
            Service::Data => {
                if let Some(bytes) = event.bytes {
                    *month.bytes.get_or_insert(0) += bytes;
                }
            }
            _ => {}
        }
        if let Some(country) = away {
            let there = self.roaming.entry(country.to_owned()).or_default();
            there.0 += if event.service == Service::Voice { event.seconds } else { 0 };
            there.1 += event.bytes.unwrap_or(0);
        }
    }

    /// Months used in computations, oldest first: the newest whole ones in a row, twelve at most. A part of a month says
    /// nothing of a month, and calls of years ago nothing of those of today.
    pub(crate) fn whole(&self) -> Vec<Date> {
        span::newest_months(self.days.iter().copied(), 12)
    }

    /// Number of months without data between the first and the last one.
    pub(crate) fn gaps(&self) -> usize {
        let there: BTreeSet<Date> = self.months.keys().copied().collect();
        let (Some(from), Some(to)) = (there.first(), there.last()) else {
            return 0;
        };
        let all = std::iter::successors(Some(*from), |month| Some(month.plus_months(1)));
        all.take_while(|month| month <= to).filter(|month| !there.contains(month)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call<'a>(day: u8, peer: PeerKind, roaming: Option<&'a str>) -> Event<'a> {
        let (service, direction) = (Service::Voice, Some(Direction::Out));
        let on = Date::new(2026, 3, day).unwrap();
        Event { on, service, direction, peer, seconds: 60, messages: 0, bytes: None, roaming }
    }

    #[test]
    fn what_a_plan_has_in_it_is_told_apart() {
        let mut line = Line::default();
        line.add(&call(1, PeerKind::Mobile, None));
        line.add(&call(2, PeerKind::Unknown, Some("DE")));
        line.add(&call(3, PeerKind::Short, None));
        line.add(&call(4, PeerKind::International, None));
        line.add(&call(5, PeerKind::Mobile, Some("US")));
        line.add(&Event { direction: Some(Direction::In), ..call(6, PeerKind::Mobile, None) });
        line.add(&Event { service: Service::Sms, messages: 3, ..call(7, PeerKind::Mobile, None) });
        line.add(&Event {
            service: Service::Data,
            direction: None,
            bytes: Some(5),
            ..call(8, PeerKind::Unknown, None)
        });
        assert!(line.whole().is_empty(), "the data ends on the 8th");
        let used = line.months.values().next().unwrap();
        assert_eq!((used.seconds, used.special_seconds, used.abroad_seconds), (120, 60, 120));
        assert_eq!((used.messages, used.other_messages, used.bytes), (3, 0, Some(5)));
        assert_eq!(line.roaming.keys().collect::<Vec<_>>(), ["DE", "US"]);
    }

    #[test]
    fn months_at_the_ends_and_of_long_ago_are_left_out() {
        let mut line = Line::default();
        let days = [(1, 3), (1, 28), (4, 20), (5, 3), (5, 28), (6, 3), (6, 28), (7, 2)];
        for (month, day) in days {
            let seconds = i64::from(month) * 100;
            line.add(&Event {
                on: Date::new(2026, month, day).unwrap(),
                seconds,
                ..call(1, PeerKind::Mobile, None)
            });
        }
        let months = [5, 6].map(|month| Date::new(2026, month, 1).unwrap());
        assert_eq!((line.whole(), line.gaps()), (months.to_vec(), 2), "January is before the hole");
    }
}
