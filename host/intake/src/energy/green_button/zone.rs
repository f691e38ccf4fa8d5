//! Local time of a feed: ESPI `LocalTimeParameters`.

use crate::read::Node;
use jiff::civil::{Date, Weekday};

/// Seconds of local standard time minus UTC, and the summer-time rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LocalTime {
    standard: i64,
    summer: Option<Summer>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Summer {
    /// Seconds that summer time adds.
    adds: i64,
    begins: Rule,
    ends: Rule,
}

/// A yearly day and time: the bit map `DstRuleType`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    month: i8,
    operator: u32,
    /// Day of the month; 0 if unused.
    day: i8,
    /// Monday is 1; 0 if unused.
    weekday: i8,
    /// Seconds since midnight.
    clock: i64,
}

/// Offset from UTC in minutes, and the UTC seconds between which it holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offset {
    pub(super) minutes: i64,
    from: i64,
    until: i64,
}

impl Offset {
    pub(super) fn holds(&self, utc: i64) -> bool {
        (self.from..self.until).contains(&utc)
    }
}

impl LocalTime {
    /// `None` without `tzOffset`. An invalid rule counts as no rule.
    pub(super) fn of(node: &Node) -> Option<LocalTime> {
        let seconds = |name: &str| {
            node.text_at(&[name])?.parse::<i64>().ok().filter(|s| (-86_400..=86_400).contains(s))
        };
        let rule = |name: &str| Rule::parse(node.text_at(&[name])?);
        let summer = || {
            let adds = seconds("dstOffset").filter(|&adds| adds != 0)?;
            Some(Summer { adds, begins: rule("dstStartRule")?, ends: rule("dstEndRule")? })
        };
        Some(LocalTime { standard: seconds("tzOffset")?, summer: summer() })
    }

    /// Offset at an instant.
    pub(super) fn at(&self, utc: i64) -> Offset {
        let always = |seconds: i64| Offset { minutes: seconds / 60, from: i64::MIN, until: i64::MAX };
        let Some(summer) = &self.summer else { return always(self.standard) };
        let Some(changes) = self.changes(summer, utc) else { return always(self.standard) };
        let [begins, ends, year, next_year] = changes;
        // South of the equator, summer is at both ends of the year.
        let is_summer = match begins < ends {
            true => (begins..ends).contains(&utc),
            false => !(ends..begins).contains(&utc),
        };
        let seconds = if is_summer { self.standard + summer.adds } else { self.standard };
        let marks = [year, begins, ends, next_year];
        let from = marks.iter().copied().filter(|&mark| mark <= utc).max();
        let until = marks.iter().copied().filter(|&mark| mark > utc).min();
        Offset { minutes: seconds / 60, from: from.unwrap_or(utc), until: until.unwrap_or(utc) }
    }

    /// In UTC seconds: begin and end of summer time in the local standard year of an instant, and the
    /// starts of that year and the next.
    fn changes(&self, summer: &Summer, utc: i64) -> Option<[i64; 4]> {
        let day = utc.checked_add(self.standard)?.div_euclid(86_400);
        let year = mesinfos_model::Day(i32::try_from(day).ok()?).civil().year();
        let begins = summer.begins.in_year(year)? - self.standard;
        let ends = summer.ends.in_year(year)? - self.standard - summer.adds;
        let new_year = |year: i16| Some(seconds_of(Date::new(year, 1, 1).ok()?) - self.standard);
        Some([begins, ends, new_year(year)?, new_year(year.checked_add(1)?)?])
    }

    /// Local day of an instant, in days since 1970.
    pub(super) fn day(&self, utc: i64) -> i64 {
        utc.saturating_add(self.at(utc).minutes * 60).div_euclid(86_400)
    }
}

/// Lower half of a rule of a change at two o'clock.
const TWO_O_CLOCK: &str = "2000";

impl Rule {
    /// Parses the bits: 0 to 11 are seconds of the hour, 12 to 16 hours, 17 to 19 the day of the week
    /// (Monday is 1), 20 to 24 the day of the month, 25 to 27 an operator, 28 to 31 the month.
    fn parse(hex: &str) -> Option<Rule> {
        // As many real files have four digits as eight. Only the upper half can begin with a month and be a rule; the
        // hour is then that of North America, where such files come from.
        let whole = match hex.len() {
            8 => hex.to_owned(),
            4 => format!("{hex}{TWO_O_CLOCK}"),
            _ => return None,
        };
        let bits = u32::from_str_radix(&whole, 16).ok()?;
        let field = |from: u32, length: u32| bits >> from & ((1 << length) - 1);
        let small = |value: u32| i8::try_from(value).ok();
        let (seconds, hours) = (field(0, 12), field(12, 5));
        let rule = Rule {
            month: small(field(28, 4))?,
            operator: field(25, 3),
            day: small(field(20, 5))?,
            weekday: small(field(17, 3))?,
            clock: i64::from(hours) * 3_600 + i64::from(seconds),
        };
        // All bits set means "no rule"; its month 15 is out of range.
        let is_sound = (1..=12).contains(&rule.month) && hours <= 24 && seconds < 3_600;
        is_sound.then_some(rule)
    }

    /// Local seconds since 1970 of the change in a year.
    fn in_year(&self, year: i16) -> Option<i64> {
        let first = Date::new(year, self.month, 1).ok()?;
        let weekday = || Weekday::from_monday_one_offset(self.weekday).ok();
        let date = match self.operator {
            0 => Date::new(year, self.month, self.day).ok()?,
            1 => {
                let from = Date::new(year, self.month, self.day).ok()?;
                from.yesterday().ok()?.nth_weekday(1, weekday()?).ok()?
            }
            7 => first.nth_weekday_of_month(-1, weekday()?).ok()?,
            nth => first.nth_weekday_of_month(i8::try_from(nth - 1).ok()?, weekday()?).ok()?,
        };
        Some(seconds_of(date) + self.clock)
    }
}

fn seconds_of(date: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    i64::from(date.since(epoch).map_or(0, |span| span.get_days())) * 86_400
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters(fields: &[(&str, &str)]) -> Option<LocalTime> {
        let children = fields.iter().map(|(name, text)| Node {
            name: (*name).into(),
            text: (*text).to_owned(),
            ..Node::default()
        });
        LocalTime::of(&Node { children: children.collect(), ..Node::default() })
    }

    fn minutes(local: &LocalTime, utc: &str) -> i64 {
        local.at(crate::time::instant(utc).unwrap().0).minutes
    }

    #[test]
    fn the_rule_of_north_america() {
        let rules = [("dstEndRule", "B40E2000"), ("dstOffset", "3600"), ("dstStartRule", "360E2000")];
        let east = parameters(&[rules[0], rules[1], rules[2], ("tzOffset", "-18000")]).unwrap();
        let zone = crate::time::zone("America/New_York");
        // Every hour of three years, against the time zone database.
        for utc in (1_293_840_000..1_388_534_400).step_by(3_600) {
            let offset = east.at(utc);
            assert_eq!(Some(offset.minutes), crate::time::offset(utc, &zone), "{utc}");
            assert!(offset.holds(utc));
        }
        assert_eq!(east.day(1_293_840_000), 14_974);
    }

    #[test]
    fn the_rule_of_europe_and_of_the_south() {
        // The last Sunday of March at 2:00 and of October at 3:00, local.
        let paris = [
            ("dstEndRule", "AE0E3000"),
            ("dstOffset", "3600"),
            ("dstStartRule", "3E0E2000"),
            ("tzOffset", "3600"),
        ];
        let paris = parameters(&paris).unwrap();
        assert_eq!(minutes(&paris, "2020-03-29T00:59:59Z"), 60);
        assert_eq!(minutes(&paris, "2020-03-29T01:00:00Z"), 120);
        assert_eq!(minutes(&paris, "2020-10-25T00:59:59Z"), 120);
        assert_eq!(minutes(&paris, "2020-10-25T01:00:00Z"), 60);
        // Sydney: from the first Sunday of October to the first Sunday of April.
        let sydney = [
            ("dstEndRule", "440E3000"),
            ("dstOffset", "3600"),
            ("dstStartRule", "A40E2000"),
            ("tzOffset", "36000"),
        ];
        let sydney = parameters(&sydney).unwrap();
        assert_eq!(minutes(&sydney, "2020-01-01T00:00:00Z"), 660);
        assert_eq!(minutes(&sydney, "2020-07-01T00:00:00Z"), 600);
        assert_eq!(minutes(&sydney, "2020-12-01T00:00:00Z"), 660);
    }

    #[test]
    fn what_is_no_rule_counts_as_none() {
        assert_eq!(Rule::parse("B40E"), Rule::parse("B40E2000"));
        for bad in ["2000", "FFFF", "FFFFFFFF", "", "B40E200G", "040E2000"] {
            let cut = [
                ("dstEndRule", bad),
                ("dstOffset", "3600"),
                ("dstStartRule", "360E2000"),
                ("tzOffset", "-28800"),
            ];
            let cut = parameters(&cut).unwrap();
            assert_eq!(minutes(&cut, "2015-07-01T00:00:00Z"), -480, "{bad}");
        }
        assert_eq!(parameters(&[("dstOffset", "3600")]), None);
        assert_eq!(parameters(&[("tzOffset", "99999999999")]), None);
        assert_eq!(parameters(&[("tzOffset", "-9223372036854775808")]), None);
    }
}
