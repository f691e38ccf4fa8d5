//! What the cells of a column look like, over all rows of a table.

use super::words::currency_in;
use super::{DateOrder, DecimalMark};
use crate::bank::values::{currency, day};
use crate::number::{Mark, scaled_with, told_mark};
use crate::time::clock;

/// Different texts of a column that are remembered.
const WORDS: usize = 4;

/// Longest of them, in characters.
const WORD: usize = 24;

/// Decimals of the numbers that are looked at.
const DECIMALS: u32 = 9;

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

    /// Whether rows run in one direction of time.
    fn runs(&self) -> bool {
        (self.ups == 0) != (self.downs == 0)
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
        if clock(cell).is_some() {
            self.clocks += 1;
        }
        if currency(cell).is_some() {
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
        let is_named = cell.chars().any(char::is_alphabetic) && !cell.contains('T');
        let mut is_date = false;
        for (sequence, order) in self.orders.iter_mut().zip(ORDERS) {
            let fits = begins_with_year == (order == DateOrder::YearFirst) || is_named || has_short_year;
            if let Some(day) = Some(cell).filter(|_| fits).and_then(|cell| day(cell, order.code())) {
                sequence.add(day);
                is_date = true;
            }
        }
        if is_date {
            self.named += u64::from(is_named);
            self.timed += u64::from(time_in(cell).is_some());
        }
        is_date
    }

    fn add_number(&mut self, cell: &str) {
        let Some(bare) = bare(cell) else { return };
        let value = |mark| scaled_with(&bare, DECIMALS, mark);
        let (told, value) = match told_mark(&bare) {
            Some(mark) => (Some(mark), value(mark)),
            None => (None, value(Mark::Comma).or_else(|| value(Mark::Point))),
        };
        let Some(value) = value else { return };
        self.numbers += 1;
        self.negatives += u64::from(value < 0);
        match told {
            Some(Mark::Comma) => self.commas += 1,
            Some(Mark::Point) => self.points += 1,
            None => self.unsure += u64::from(bare.contains([',', '.'])),
        }
        if let Some(found) = currency_in(cell) {
            self.sign = Some(match self.sign {
                None => Ok(found),
                Some(Ok(known)) if known == found => Ok(found),
                Some(_) => Err(()),
            });
        }
    }

    /// Whether that many cells are nearly all: in a small table, all but one.
    fn mostly(&self, count: u64) -> bool {
        let is_few = count >= 3 && self.filled - count <= 1;
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

    /// Whether at least half of its numbers are negative.
    pub(super) fn is_mostly_negative(&self) -> bool {
        self.negatives * 2 >= self.numbers
    }

    /// Whether nearly all cells are codes of currencies.
    pub(super) fn is_codes(&self) -> bool {
        self.mostly(self.codes) && self.words.len() <= WORDS
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

    /// The currency of the signs beside its numbers.
    pub(super) fn currency(&self) -> Option<&'static str> {
        self.sign.and_then(Result::ok)
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

    /// Decimal mark of its numbers: `None` if some may be read with either.
    pub(super) fn decimal(&self) -> Option<DecimalMark> {
        match (self.commas, self.points, self.unsure) {
            (0, 0, 0) => Some(DecimalMark::Point),
            (commas, points, _) if commas > points && points == 0 => Some(DecimalMark::Comma),
            (commas, points, _) if points > commas && commas == 0 => Some(DecimalMark::Point),
            // Each tells its own.
            (commas, points, 0) => {
                Some(if commas > points { DecimalMark::Comma } else { DecimalMark::Point })
            }
            _ => None,
        }
    }
}

/// The text of a number without the sign or code of a currency; `None` if there is anything else beside digits.
fn bare(cell: &str) -> Option<String> {
    let digits = |c: char| c.is_ascii_digit() || "-+.,'’()\u{2212} \u{a0}\u{202f}".contains(c);
    let rest: String = cell.chars().filter(|c| !digits(*c)).collect();
    let is_money = rest.is_empty() || currency_in(&rest).is_some() || rest == "$";
    let bare: String = cell.chars().filter(|c| digits(*c)).collect();
    (is_money && bare.chars().any(|c| c.is_ascii_digit())).then(|| bare.trim().to_owned())
}

/// The time of day after a date in one cell: hours, minutes, and the text of an offset.
pub(super) fn time_in(cell: &str) -> Option<&str> {
    let cell = cell.trim();
    let (_, time) = cell.split_once(['T', ' '])?;
    let time = time.trim();
    let end = time.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(time.len());
    clock(&time[..end]).map(|_| &time[..end])
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
        assert_eq!(
            of(&["11/01/2025", "12/01/2025", "01/02/2025", "02/02/2025"]),
            Settled::By(DateOrder::DayFirst)
        );
        assert_eq!(of(&["01/11/2025", "01/12/2025", "02/01/2025"]), Settled::By(DateOrder::MonthFirst));
        assert_eq!(of(&["01/02/2025", "02/03/2025"]), Settled::No);
        assert_eq!(of(&["27 Feb 2018", "1 Mar 2018"]), Settled::By(DateOrder::DayFirst));
    }

    #[test]
    fn numbers_tell_their_mark() {
        let of = |cells: &[&str]| column(cells).decimal();
        assert_eq!(of(&["1,50", "1.234,00"]), Some(DecimalMark::Comma));
        assert_eq!(of(&["1.5", "1,234.00"]), Some(DecimalMark::Point));
        assert_eq!(of(&["12", "7"]), Some(DecimalMark::Point));
        assert_eq!(of(&["1.234", "5.678"]), None);
        assert_eq!(of(&["1.234", "5,60"]), Some(DecimalMark::Comma));
    }

    #[test]
    fn cells_are_told_apart() {
        let amounts = column(&["-1 234,50 €", "12,00 €", ""]);
        assert!(amounts.is_numbers() && amounts.currency() == Some("EUR") && amounts.negatives == 1);
        let labels = column(&["CB SHOP 12", "VIR 7"]);
        assert!(!labels.is_numbers() && !labels.is_dates());
        assert!(column(&["EUR", "GBP"]).is_codes());
        assert_eq!(column(&["D", "C", "D"]).pair(), Some(["D", "C"]));
        assert_eq!(column(&["1", "2"]).pair(), None);
        assert!(column(&["31.12.2025", "01.01.2026"]).is_dates());
        assert!(column(&["08:30", "9:00"]).is_clocks());
        assert_eq!(column(&["2025-01-01 08:30", "2025-01-01T09:00:00"]).timed, 2);
        assert_eq!(time_in("01/02/2025"), None);
    }
}
