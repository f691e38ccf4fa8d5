//! Contracts as plain rows: yearly price, and dates on which a contract can be ended. Amounts are minor
//! units of one currency.

use mesinfos_sdk::contracts::{Kind, PremiumPeriod};
use mesinfos_sdk::words::fold;
use mesinfos_sdk::{Date, Source};

/// A contract.
#[derive(Clone, Debug)]
pub(crate) struct Contract {
    /// Shared by a contract and the things it covers.
    pub(crate) id: Option<String>,
    pub(crate) provider: String,
    pub(crate) kind: Kind,
    /// Product and plan, in the provider's words.
    pub(crate) name: String,
    pub(crate) start: Option<Date>,
    pub(crate) end: Option<Date>,
    pub(crate) is_ended: bool,
    /// Premium per period.
    pub(crate) premium: Option<(i64, PremiumPeriod)>,
    /// Things covered, in the provider's words.
    pub(crate) covered: Vec<String>,
    /// The row that it was read from.
    pub(crate) source: Source,
}

/// Words in product names that mean insurance, whatever the kind of the contract.
const INSURANCE: &[&str] = &["ASSUR", "PREVOYANCE", "GARANTIE", "PROTECTION", "ACCIDENT", "DECES", "INSUR"];

impl Contract {
    pub(crate) fn is_active(&self, today: Date) -> bool {
        !self.is_ended && self.end.is_none_or(|end| end >= today)
    }

    pub(crate) fn is_insurance(&self) -> bool {
        let said = fold(&self.name);
        matches!(self.kind, Kind::Home | Kind::Vehicle | Kind::Health)
            || said.split(' ').any(|word| INSURANCE.iter().any(|beginning| word.starts_with(beginning)))
    }

    /// Yearly price; `None` if it is unknown or paid once.
    pub(crate) fn yearly(&self) -> Option<i64> {
        let (minor, period) = self.premium?;
        match period {
            PremiumPeriod::Month => minor.checked_mul(12),
            PremiumPeriod::Quarter => minor.checked_mul(4),
            PremiumPeriod::Year => Some(minor),
            PremiumPeriod::Once => None,
        }
    }

    /// Dates of the contract after `today`, under French law.
    pub(crate) fn dates(&self, today: Date) -> Option<Dates> {
        let start = self.start.filter(|start| *start <= today)?;
        let anniversary =
            (0..=1).map(|later| on_day(today.year() + later, start)).find(|day| *day > today)?;
        let notice = months_before(anniversary, 2);
        // Start dates of these rights: decree 2014-1685 of 29 December 2014; law 2019-733, art. 1.
        let right = match self.kind {
            Kind::Home | Kind::Vehicle => Date::new(2015, 1, 1),
            Kind::Health => Date::new(2020, 12, 1),
            _ => None,
        };
        Some(Dates {
            anniversary,
            notice,
            reminder: notice.plus_days(-15),
            free_from: right.map(|right| right.max(on_day(start.year() + 1, start))),
        })
    }
}

/// Dates on which a contract with automatic renewal can be ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dates {
    /// Next renewal, assumed on the day on which the contract began.
    pub(crate) anniversary: Date,
    /// Last day for a notice: two months before the renewal (Code des assurances, art. L113-12).
    pub(crate) notice: Date,
    /// Latest day for the insurer's reminder: fifteen days before the notice date; after a later reminder,
    /// the person has twenty days (art. L113-15-1, law 2005-67 of 28 January 2005, "Chatel").
    pub(crate) reminder: Date,
    /// First day on which it can be ended at any time without a fee: home and vehicle (art. L113-15-2, law
    /// 2014-344 of 17 March 2014, "Hamon"), health (law 2019-733 of 14 July 2019, since December 2020).
    pub(crate) free_from: Option<Date>,
}

/// The same day in another year; 28 February for 29 February.
fn on_day(year: i32, day: Date) -> Date {
    Date::new(year, day.month(), day.day()).or_else(|| Date::new(year, 2, 28)).unwrap_or(day)
}

/// The same day a number of months earlier, or the last day of a shorter month.
fn months_before(day: Date, months: i32) -> Date {
    let first = day.plus_months(-months);
    let last = first.plus_months(1).plus_days(-1);
    first.plus_days(i32::from(day.day()) - 1).min(last)
}
