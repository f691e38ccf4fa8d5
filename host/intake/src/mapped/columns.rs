//! What the cells of a column look like, over all rows of a table.

use super::amounts::{Written, written};
use super::currencies::{is_currency, usual};
use super::ways::Way;
use super::{DateOrder, DecimalMark};
use crate::bank::values::{currency, day};
use crate::number::Mark;
use crate::read::Row;
use crate::time::{clock, is_plausible};
use jiff::civil::Time;
use mesinfos_model::Day;

/// Different texts of a column that are remembered.
const WORDS: usize = 4;

/// Longest of them, in characters.
const WORD: usize = 24;

/// Decimals of the numbers that are looked at.
const DECIMALS: u32 = 9;

/// Steps from one day to another after which rows are taken to run in one direction of time: four in a row come about by
/// chance once in sixty files that are not sorted.
const STEPS: u64 = 4;

/// Negative amounts from which signs are taken to say which way money goes: one may be a correction.
const NEGATIVES: u64 = 2;

/// Order of dates that is tried.
const ORDERS: [DateOrder; 3] = [DateOrder::YearFirst, DateOrder::DayFirst, DateOrder::MonthFirst];

/// What the cells of a column look like.
#[derive(Debug, Clone, Default)]
pub(super) struct Column {
    /// Cells that are not empty.
    pub(super) filled: u64,
    orders: [Sequence; 3],
    /// Dates with a month by its name, which have no order of digits.
    named: u64,
    /// Dates with a time of day after them.
    pub(super) timed: u64,
    clocks: u64,
    pub(super) numbers: u64,
    pub(super) negatives: u64,
    /// Numbers with a mark such as "DR".
    marked: u64,
    commas: u64,
    points: u64,
    /// Numbers whose only mark may group thousands.
    unsure: u64,
    codes: u64,
    /// The currency of the signs beside its numbers; `Err` if there are several.
    sign: Option<Result<&'static str, ()>>,
    letters: u64,
    /// Different texts, in order of appearance, while they are few.
    words: Vec<String>,
    has_more_words: bool,
}

/// Days in the order of rows, if digits are read in one order.
#[derive(Debug, Clone, Copy, Default)]
struct Sequence {
    dates: u64,
    last: Option<i64>,
    ups: u64,
    downs: u64,
}

impl Sequence {
    fn add(&mut self, day: i64) {
        self.dates += 1;
        match self.last.replace(day) {
            Some(last) if last < day => self.ups += 1,
            Some(last) if last > day => self.downs += 1,
            _ => {}
        }
    }

    /// Whether rows run in one direction of time, and not by chance.
    fn runs(&self) -> bool {
        self.ups.min(self.downs) == 0 && self.ups.max(self.downs) >= STEPS
    }
}

/// Which order the dates of a column have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Settled {
    /// The only one with which all can be read, or run in one direction.
    By(DateOrder),
    /// Day or month first: nothing tells.
    No,
}

impl Column {
    pub(super) fn add(&mut self, cell: &str) {
        let cell = cell.trim();
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        self.letters += cell.chars().filter(|c| c.is_alphabetic()).count() as u64;
        self.remember(cell);
        if self.add_date(cell) {
            return;
        }
        if time_of_day(cell).is_some() {
            self.clocks += 1;
        }
        if currency(cell).is_some_and(is_currency) {
            self.codes += 1;
        }
        self.add_number(cell);
    }

    fn remember(&mut self, cell: &str) {
        if self.has_more_words || self.words.iter().any(|word| word == cell) {
            return;
        }
        if self.words.len() == WORDS || cell.chars().count() > WORD {
            self.has_more_words = true;
        } else {
            self.words.push(cell.to_owned());
        }
    }

    /// Whether the cell is a date.
    fn add_date(&mut self, cell: &str) -> bool {
        let begins_with_year = cell.len() >= 8 && cell.bytes().take(4).all(|b| b.is_ascii_digit());
        // A year of two digits may be the first or the last.
        let has_short_year = !cell.as_bytes().windows(3).any(|digits| digits.iter().all(u8::is_ascii_digit));
        // The T before a time is no month; that of "OCT" is.
        let digits = |pair: &[u8]| pair[0].is_ascii_digit() && pair[1] == b'T' && pair[2].is_ascii_digit();
        let is_named = cell.chars().any(char::is_alphabetic) && !cell.as_bytes().windows(3).any(digits);
        let mut is_date = false;
        for (sequence, order) in self.orders.iter_mut().zip(ORDERS) {
            let fits = begins_with_year == (order == DateOrder::YearFirst) || is_named || has_short_year;
            let found = Some(cell).filter(|_| fits).and_then(|cell| plausible_day(cell, order));
            if let Some(day) = found {
                sequence.add(i64::from(day.0));
                is_date = true;
            }
        }
        if is_date {
            self.named += u64::from(is_named);
            self.timed += u64::from(matches!(after_date(cell), AfterDate::Time(_)));
        }
        is_date
    }

    fn add_number(&mut self, cell: &str) {
        let Some(written) = written(cell) else { return };
        let value = |written: &Written<'_>, mark| written.scaled(DECIMALS, mark);
        let Some(value) = value(&written, Mark::Comma).or_else(|| value(&written, Mark::Point)) else {
            return;
        };
        self.numbers += 1;
        self.negatives += u64::from(value < 0 || written.way == Some(Way::Out));
        self.marked += u64::from(written.way.is_some());
        match written.told() {
            Some(Mark::Comma) => self.commas += 1,
            Some(Mark::Point) => self.points += 1,
            None => self.unsure += u64::from(written.is_unsure()),
        }
        if let Some(found) = usual(written.currencies) {
            self.sign = Some(match self.sign {
                None => Ok(found),
                Some(Ok(known)) if known == found => Ok(found),
                Some(_) => Err(()),
            });
        }
    }

    /// Whether that many cells are nearly all: in a small table, all but a quarter and no more than three, such as the
    /// lines of totals below it.
    fn mostly(&self, count: u64) -> bool {
        let others = self.filled.saturating_sub(count);
        let is_few = count >= 3 && others * 3 <= count && others <= 3;
        self.filled > 0 && (count * 20 >= self.filled * 19 || is_few)
    }

    /// Whether nearly all cells are dates.
    pub(super) fn is_dates(&self) -> bool {
        self.mostly(self.orders.iter().map(|sequence| sequence.dates).max().unwrap_or(0))
    }

    /// Whether nearly all cells are times of day.
    pub(super) fn is_clocks(&self) -> bool {
        self.mostly(self.clocks)
    }

    /// Whether nearly all cells are numbers.
    pub(super) fn is_numbers(&self) -> bool {
        !self.is_dates() && self.mostly(self.numbers)
    }

    /// Whether the signs of its numbers, or the marks beside them, say which way money goes. A card may write what was
    /// given back with a sign, and what was spent without one.
    pub(super) fn tells_ways(&self) -> bool {
        let is_marked = self.numbers > 0 && self.marked == self.numbers;
        is_marked || self.negatives >= NEGATIVES && self.negatives * 2 >= self.numbers
    }

    /// Whether nearly all cells are codes of currencies.
    pub(super) fn is_codes(&self) -> bool {
        self.mostly(self.codes) && self.words.len() <= WORDS
    }

    /// The orders of digits in which nearly all of its dates can be read.
    pub(super) fn orders(&self) -> Vec<DateOrder> {
        let most = self.orders.iter().map(|sequence| sequence.dates).max().unwrap_or(0);
        (0..ORDERS.len()).filter(|at| self.orders[*at].dates == most).map(|at| ORDERS[at]).collect()
    }

    /// The different texts of the column, if they are few.
    pub(super) fn texts(&self) -> Option<&[String]> {
        Some(self.words.as_slice()).filter(|_| !self.has_more_words)
    }

    /// The mark of its numbers that tell theirs, if it is one mark, and whether others do not tell.
    pub(super) fn told(&self) -> (Option<DecimalMark>, bool) {
        let told = match (self.commas, self.points) {
            (1.., 0) => Some(DecimalMark::Comma),
            (0, 1..) => Some(DecimalMark::Point),
            _ => None,
        };
        (told, self.unsure > 0)
    }

    /// The two words of the column, if it has two and no more.
    pub(super) fn pair(&self) -> Option<[&str; 2]> {
        match self.words.as_slice() {
            [one, two] if !self.has_more_words && !self.is_numbers() => Some([one, two]),
            _ => None,
        }
    }

    /// Letters per filled cell.
    pub(super) fn wordiness(&self) -> u64 {
        self.letters / self.filled.max(1)
    }

    /// The currency of the signs beside its numbers; `Some(None)` if there are several.
    pub(super) fn currency(&self) -> Option<Option<&'static str>> {
        self.sign.map(Result::ok)
    }

    /// Order of its dates, by all of them.
    pub(super) fn date_order(&self) -> Settled {
        let most = self.orders.iter().map(|sequence| sequence.dates).max().unwrap_or(0);
        if self.named == most {
            return Settled::By(DateOrder::DayFirst);
        }
        let fitting: Vec<usize> = (0..ORDERS.len()).filter(|at| self.orders[*at].dates == most).collect();
        if let [only] = fitting[..] {
            return Settled::By(ORDERS[only]);
        }
        let running: Vec<usize> = fitting.into_iter().filter(|at| self.orders[*at].runs()).collect();
        match running[..] {
            [only] => Settled::By(ORDERS[only]),
            _ => Settled::No,
        }
    }
}

/// Decimal mark of the numbers of some columns: `None` if some may be read with either.
pub(super) fn decimal<'c>(columns: impl IntoIterator<Item = &'c Column>) -> Option<DecimalMark> {
    let (mut commas, mut points, mut unsure) = (0, 0, 0);
    for column in columns {
        commas += column.commas;
        points += column.points;
        unsure += column.unsure;
    }
    match (commas, points, unsure) {
        (1.., 0, _) => Some(DecimalMark::Comma),
        (0, 1.., _) | (0, 0, 0) => Some(DecimalMark::Point),
        // Each tells its own.
        (_, _, 0) => Some(if commas > points { DecimalMark::Comma } else { DecimalMark::Point }),
        _ => None,
    }
}

/// A day in a cell, between the years that a person's data may be of.
pub(super) fn plausible_day(cell: &str, order: DateOrder) -> Option<Day> {
    let day = day(cell, order.code()).and_then(|day| i32::try_from(day).ok()).map(Day)?;
    is_plausible(day).then_some(day)
}

/// What follows a date in its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AfterDate<'t> {
    Nothing,
    Time(Time),
    /// Something that is no time of day.
    Odd(&'t str),
}

/// What follows a date in its cell. A date with the name of a month has nothing after it.
pub(super) fn after_date(cell: &str) -> AfterDate<'_> {
    let cell = cell.trim();
    let Some(at) = cell.find(['T', ' ']).filter(|at| *at >= 6) else { return AfterDate::Nothing };
    let (date, rest) = (&cell[..at], cell[at + 1..].trim());
    let is_digits = date.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/' | b'.'));
    if !is_digits || rest.is_empty() {
        return AfterDate::Nothing;
    }
    time_of_day(rest).map_or(AfterDate::Odd(rest), AfterDate::Time)
}

/// A time of day, of 24 or of twice 12 hours.
pub(super) fn time_of_day(text: &str) -> Option<Time> {
    let lower = text.trim().to_lowercase();
    let halves = [("am", 0), ("a.m.", 0), ("pm", 12), ("p.m.", 12)];
    let half = halves.iter().find_map(|(end, hours)| Some((lower.strip_suffix(end)?, *hours)));
    let Some((time, hours)) = half else { return clock(&lower) };
    let time = clock(time)?;
    let is_half = (1..=12).contains(&time.hour());
    is_half.then(|| time.with().hour(time.hour() % 12 + hours).build().ok()).flatten()
}

/// Whether a record is a row: it has a date and a number.
pub(super) fn is_row(row: &Row<'_>) -> bool {
    are_of_a_row(row.iter())
}

/// Whether cells are those of a row.
pub(super) fn are_of_a_row<'c>(cells: impl Iterator<Item = &'c str> + Clone) -> bool {
    cells.clone().nth(1).is_some()
        && holds(cells.clone(), Column::is_dates)
        && holds(cells, Column::is_numbers)
}

/// Whether one of the cells is such as a column of it alone would be.
pub(super) fn holds<'c>(cells: impl IntoIterator<Item = &'c str>, is: fn(&Column) -> bool) -> bool {
    cells.into_iter().any(|cell| {
        let mut column = Column::default();
        column.add(cell);
        is(&column)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(cells: &[&str]) -> Column {
        let mut column = Column::default();
        cells.iter().for_each(|cell| column.add(cell));
        column
    }

    #[test]
    fn the_order_of_dates_is_settled_by_all_rows() {
        let of = |cells: &[&str]| column(cells).date_order();
        assert_eq!(of(&["01/02/2025", "03/04/2025", "31/12/2025"]), Settled::By(DateOrder::DayFirst));
        assert_eq!(of(&["01/02/2025", "03/04/2025", "12/31/2025"]), Settled::By(DateOrder::MonthFirst));
        assert_eq!(of(&["2025-02-01", "2025-12-31"]), Settled::By(DateOrder::YearFirst));
        // The rows run forwards if the day is first, and to and fro if the month is.
        let run = ["11/01/2025", "12/01/2025", "01/02/2025", "02/02/2025", "03/02/2025"];
        assert_eq!(of(&run), Settled::By(DateOrder::DayFirst));
        let mut back = run;
        back.reverse();
        assert_eq!(of(&back), Settled::By(DateOrder::DayFirst));
        // So few may run by chance.
        assert_eq!(of(&run[..4]), Settled::No);
        assert_eq!(of(&["01/11/2025", "01/12/2025", "02/01/2025"]), Settled::No);
        assert_eq!(of(&["11/01/2025", "01/02/2025"]), Settled::No);
        assert_eq!(of(&["01/02/2025", "02/03/2025"]), Settled::No);
        assert_eq!(of(&["27 Feb 2018", "1 Mar 2018"]), Settled::By(DateOrder::DayFirst));
    }

    #[test]
    fn numbers_tell_their_mark() {
        let of = |cells: &[&str]| decimal([&column(cells)]);
        assert_eq!(of(&["1,50", "1.234,00"]), Some(DecimalMark::Comma));
        assert_eq!(of(&["1.5", "1,234.00"]), Some(DecimalMark::Point));
        assert_eq!(of(&["12", "7"]), Some(DecimalMark::Point));
        assert_eq!(of(&["1.234", "5.678"]), None);
        assert_eq!(of(&["1.234", "5,60"]), Some(DecimalMark::Comma));
        // A column without a mark does not settle that of another.
        assert_eq!(decimal([&column(&["12"]), &column(&["1.234"])]), None);
        assert_eq!(decimal([&column(&["12"]), &column(&["1,50"])]), Some(DecimalMark::Comma));
    }

    #[test]
    fn cells_are_told_apart() {
        let amounts = column(&["-1 234,50 €", "12,00 €", ""]);
        assert!(amounts.is_numbers() && amounts.currency() == Some(Some("EUR")) && amounts.negatives == 1);
        assert_eq!(column(&["5 €", "5 £"]).currency(), Some(None));
        assert_eq!(column(&["5 $", "5"]).currency(), None);
        let labels = column(&["CB SHOP 12", "VIR 7"]);
        assert!(!labels.is_numbers() && !labels.is_dates());
        assert!(column(&["EUR", "GBP"]).is_codes() && !column(&["EDF", "VIR"]).is_codes());
        for no in ["5,00 BTC", "1 2 3", "31.12.2026 B", "12 kWh"] {
            assert!(!column(&[no]).is_numbers(), "{no}");
        }
        assert!(column(&["5,00 DR", "5,00 CR"]).tells_ways() && !column(&["5,00 DR", "5,00"]).tells_ways());
        assert!(column(&["-1", "-2", "3"]).tells_ways() && !column(&["-1", "3"]).tells_ways());
        assert!(!column(&["0001-01-01", "9999-12-31"]).is_dates());
        assert_eq!(column(&["D", "C", "D"]).pair(), Some(["D", "C"]));
        assert_eq!(column(&["1", "2"]).pair(), None);
        assert!(column(&["31.12.2025", "01.01.2026"]).is_dates());
        assert!(column(&["08:30", "9:00"]).is_clocks());
        assert_eq!(column(&["2025-01-01 08:30", "2025-01-01T09:00:00"]).timed, 2);
        let at = |hour, minute| AfterDate::Time(Time::new(hour, minute, 0, 0).unwrap());
        for (cell, is) in [
            ("01/02/2025", AfterDate::Nothing),
            ("1 Mar 2018", AfterDate::Nothing),
            ("12-SEPT-2018", AfterDate::Nothing),
            ("01/02/2025 14:30", at(14, 30)),
            ("01/02/2025 02:30 PM", at(14, 30)),
            ("01/02/2025 12:30am", at(0, 30)),
            ("2025-01-01T09:00:00.5", at(9, 0)),
            ("01/02/2025 14:30 PM", AfterDate::Odd("14:30 PM")),
            ("01/02/2025 14h30", AfterDate::Odd("14h30")),
            ("01/02/2025 08:30 UTC", AfterDate::Odd("08:30 UTC")),
        ] {
            assert_eq!(after_date(cell), is, "{cell}");
        }
    }
}
