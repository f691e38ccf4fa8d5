//! Quicken Interchange Format: one field per line, identified by its first letter; a record ends with
//! `^`.
//!
//! The format defines neither the order of dates nor the decimal mark nor the currency:
//! - The date order is decided once per file, from all its dates: the order that parses most of them. Dates with dots are
//!   never American. On a tie, a `'` before the year means Quicken's American order; else an order in which the dates
//!   follow each other wins, and day first if that ties too: most countries write so, and rents of three months would
//!   else be three days of January. A date may name its month.
//! - The decimal mark is a comma if any amount can only be read that way.
//! - The currency is unknown and stays missing; amounts are in hundredths.
//!
//! Account sections (`!Type:Bank`, `Cash`, `CCard`, `Oth A`, `Oth L`) hold movements; lists (categories,
//! classes, securities …) do not, and investment transactions are rejected. A first record "Opening
//! Balance" names the account in `L[…]` and is not a movement. A split is read as its total.

use super::{Wrong, values, words};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::number::Mark;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::{month, time};
use mesinfos_model::Category;
use mesinfos_model::category::bank::{self, kind, status};

/// The `qif` format.
pub(crate) struct Qif;

static ABOUT: FormatInfo = FormatInfo {
    id: "qif",
    fr: "Relevé de compte QIF (Quicken)",
    en: "QIF statement (Quicken)",
    origin: "QIF",
    categories: &[Category::Bank],
    looks_for: "a first line such as \"!Type:Bank\", \"!Account\" or \"!Option:AutoSwitch\", or a record with D, T and ^",
    spec: "https://en.wikipedia.org/wiki/Quicken_Interchange_Format",
    counts: OrdinalKind::Lines,
};

/// Largest file, in bytes. It is held in memory because all dates are inspected before the first row.
/// Twenty years of Quicken data take a few MiB.
const LIMIT: u64 = 16 << 20;

impl Format for Qif {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let mut lines = head.text().lines().map(str::trim);
        // Comments, and a stray record end, may come first.
        let first = lines.find(|line| !line.is_empty() && !line.starts_with('#') && *line != "^");
        if first.is_some_and(|line| line.starts_with('D')) {
            return begins_with_a_record(head.text());
        }
        first.is_some_and(|line| {
            ["!type:", "!account", "!option:", "!clear:"]
                .iter()
                .any(|begin| line.get(..begin.len()).is_some_and(|l| l.eq_ignore_ascii_case(begin)))
        })
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let text = input.string(LIMIT)?;
        let style = Style::of(&text);
        let mut account: Option<&str> = None;
        let mut movements = false;
        each_record(&text, |section, record| {
            movements |= section.holds_movements();
            match section {
                Section::Account => account = record.name.or(account),
                Section::Money if record.opens_account() => account = record.own_account().or(account),
                Section::Money => match record.told(&style) {
                    Ok((day, amount)) => record.give(day, amount, account, rows)?,
                    Err((field, reason)) => rows.reject(record.line, Some(field), reason),
                },
                Section::Investments => {
                    rows.reject(record.line, None, Reason::Investment);
                }
                Section::List => {}
            }
            Ok(())
        })?;
        if !movements {
            rows.reject(1, None, Reason::NoMovements);
        }
        Ok(())
    }
}

/// Whether the first lines are fields of one movement, up to its end.
fn begins_with_a_record(text: &str) -> bool {
    let mut date = false;
    let mut amount = false;
    for line in
        text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
    {
        let digits = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
        match line.split_at_checked(1) {
            Some(("^", "")) => return date && amount,
            Some(("D", text)) if digits(text) && text.len() <= 20 => date = true,
            Some(("T" | "U", text)) if digits(text) && text.len() <= 20 => amount = true,
            Some(("N" | "P" | "M" | "L" | "C" | "A" | "S" | "E" | "$", _)) => {}
            _ => return false,
        }
    }
    false
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    /// Movements of an account.
    Money,
    /// Movements of an investment account.
    Investments,
    /// The account that the following records belong to, or a list of accounts.
    Account,
    /// Anything else.
    List,
}

impl Section {
    /// Section of a line that begins with `!`; `None` if it begins no section.
    fn of(line: &str) -> Option<Section> {
        let line = line.trim().to_ascii_lowercase();
        if line.starts_with("!account") {
            return Some(Section::Account);
        }
        Some(match line.strip_prefix("!type:")?.trim() {
            "bank" | "cash" | "ccard" | "oth a" | "oth l" => Section::Money,
            "invst" | "port" => Section::Investments,
            _ => Section::List,
        })
    }

    fn holds_movements(self) -> bool {
        matches!(self, Section::Money | Section::Investments)
    }
}

/// A record. A split repeats fields; the first of each counts.
#[derive(Default)]
struct Record<'t> {
    line: u64,
    date: Option<&'t str>,
    amount: Option<&'t str>,
    name: Option<&'t str>,
    payee: Option<&'t str>,
    memo: Option<&'t str>,
    category: Option<&'t str>,
    cleared: Option<&'t str>,
}

impl<'t> Record<'t> {
    fn take(&mut self, line: &'t str) {
        let mut letters = line.chars();
        let Some(letter) = letters.next() else { return };
        let text = words::some(letters.as_str());
        let field = match letter {
            'D' => &mut self.date,
            // U is T with more digits before the decimal point.
            'T' | 'U' => &mut self.amount,
            'N' => &mut self.name,
            'P' => &mut self.payee,
            'M' => &mut self.memo,
            'L' => &mut self.category,
            'C' => &mut self.cleared,
            _ => return,
        };
        *field = field.or(text);
    }

    fn opens_account(&self) -> bool {
        self.payee.is_some_and(|payee| payee.eq_ignore_ascii_case("opening balance"))
            && self.own_account().is_some()
    }

    /// The account in brackets: this account for an opening balance, the other one for a transfer.
    fn own_account(&self) -> Option<&'t str> {
        self.category?.strip_prefix('[')?.split(']').next()
    }

    fn told(&self, style: &Style) -> Result<(i64, i64), Wrong> {
        let date = self.date.ok_or(("D", Reason::NoDate))?;
        let named = || month::day(date).map(|day| i64::from(day.0));
        let day = time::days(&plain_date(date), style.order)
            .or_else(named)
            .ok_or_else(|| ("D", Reason::not_a_date(date, style.example())))?;
        let amount = self.amount.ok_or(("T", Reason::NoAmount))?;
        let amount = values::minor(amount, None, style.mark).map_err(|reason| ("T", reason))?;
        Ok((day, amount))
    }

    fn give(
        &self,
        day: i64,
        amount: i64,
        account: Option<&str>,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        let mut label = String::new();
        words::add(&mut label, self.payee.unwrap_or_default());
        words::add(&mut label, self.memo.unwrap_or_default());
        let (kind, category) = match self.own_account() {
            Some(_) => (kind::TRANSFER, None),
            None => (words::kind(&label).unwrap_or(kind::OTHER), self.category),
        };
        rows.push(
            Category::Bank,
            self.line,
            &[
                (bank::ACCOUNT, account.into()),
                (bank::BOOKED_ON, day.into()),
                (bank::AMOUNT, amount.into()),
                // A cleared row is confirmed by the bank; the status of the others is unknown.
                (bank::STATUS, self.cleared.map(|_| status::BOOKED).into()),
                (bank::KIND, kind.into()),
                (bank::LABEL, words::some(&label).into()),
                (bank::BANK_CATEGORY, category.into()),
                (bank::REFERENCE, self.name.into()),
            ],
        )
    }
}

/// Calls `each` with every record and its section.
fn each_record<'t>(
    text: &'t str,
    mut each: impl FnMut(Section, &Record<'t>) -> Result<(), FormatError>,
) -> Result<(), FormatError> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with(['#', '^']));
    let has_type = lines.next().is_none_or(|line| line.starts_with('!'));
    let mut section = if has_type { Section::List } else { Section::Money };
    let mut record = Record::default();
    for (number, line) in (1_u64..).zip(text.lines()) {
        if line.starts_with('!') {
            section = Section::of(line).unwrap_or(section);
            record = Record::default();
        } else if line.trim_end() == "^" {
            if record.line > 0 {
                each(section, &record)?;
            }
            record = Record::default();
        } else if !line.trim().is_empty() && !line.starts_with('#') {
            if record.line == 0 {
                record.line = number;
            }
            record.take(line);
        }
    }
    // The last record end is often missing; a truncated record lacks required fields.
    if record.line > 0 { each(section, &record) } else { Ok(()) }
}

/// A date without padding spaces and with its year after `/`: `1/ 1'01` and `1/ 1' 1` become `1/1/01`.
fn plain_date(text: &str) -> String {
    let mut date: String =
        text.chars().filter(|c| *c != ' ').map(|c| if c == '\'' { '/' } else { c }).collect();
    // A year of one digit is padded with a space, and it comes last.
    if let Some(year) = date.rfind('/').map(|at| at + 1)
        && date.len() == year + 1
        && date.as_bytes()[year].is_ascii_digit()
        && !date.as_bytes().iter().take(4).all(u8::is_ascii_digit)
    {
        date.insert(year, '0');
    }
    date
}

/// How a file writes dates and amounts.
struct Style {
    order: &'static str,
    mark: Mark,
}

impl Style {
    fn of(text: &str) -> Style {
        let mut orders = ["dmy", "mdy", "ymd"].map(Order::new);
        let (mut american, mut dots, mut comma) = (false, false, false);
        let looked = each_record(text, |section, record| {
            if section.holds_movements() {
                if let Some(date) = record.date {
                    american |= date.contains('\'');
                    dots |= date.contains('.');
                    let date = plain_date(date);
                    orders.iter_mut().for_each(|order| order.take(&date));
                }
                comma |= record.amount.is_some_and(has_comma_mark);
            }
            Ok(())
        });
        debug_assert!(looked.is_ok(), "nothing here stops");
        let best = orders.iter().map(|order| order.read).max().unwrap_or_default();
        let left = orders.iter().filter(|order| order.read == best);
        let order = left.min_by_key(|order| {
            let is_other = if dots { order.name == "mdy" } else { american && order.name != "mdy" };
            (is_other, !order.is_ordered())
        });
        Style {
            order: order.map_or("dmy", |order| order.name),
            mark: if comma { Mark::Comma } else { Mark::Point },
        }
    }

    fn example(&self) -> &'static str {
        match self.order {
            "mdy" => "12/31/2020",
            "ymd" => "2020-12-31",
            _ => "31/12/2020",
        }
    }
}

/// Whether one or two digits follow the last comma.
fn has_comma_mark(amount: &str) -> bool {
    let bytes = amount.as_bytes();
    let comma = bytes.iter().rposition(|&b| b == b',');
    comma.is_some_and(|comma| matches!(bytes.len() - comma, 2 | 3) && !bytes[comma..].contains(&b'.'))
}

/// Result of reading a file's dates in one order.
struct Order {
    name: &'static str,
    read: u64,
    before: Option<i64>,
    /// A date is after, or before, the one above it.
    rises: bool,
    falls: bool,
}

impl Order {
    fn new(name: &'static str) -> Order {
        Order { name, read: 0, before: None, rises: false, falls: false }
    }

    fn take(&mut self, date: &str) {
        // A two-digit year never comes first.
        let year_first = date.len() >= 4 && date.as_bytes()[..4].iter().all(u8::is_ascii_digit);
        if (self.name == "ymd") != year_first {
            return;
        }
        if let Some(day) = time::days(date, self.name) {
            self.read += 1;
            let before = self.before.replace(day).unwrap_or(day);
            self.rises |= day > before;
            self.falls |= day < before;
        }
    }

    /// Whether the dates run in one direction.
    fn is_ordered(&self) -> bool {
        !(self.rises && self.falls)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Read, read_all};
    use mesinfos_model::Batch;

    fn read(text: &str) -> (Read, Option<Batch>) {
        let (mut reads, batches) = read_all(text.as_bytes()).unwrap();
        (reads.remove(0), batches.into_iter().next())
    }

    fn of_dates(dates: &[&str]) -> Vec<String> {
        let records: Vec<String> = dates.iter().map(|date| format!("D{date}\nT1\n^\n")).collect();
        let (_, batch) = read(&format!("!Type:Bank\n{}", records.concat()));
        let batch = batch.unwrap();
        (0..batch.rows()).map(|row| batch.day(row).unwrap().to_string()).collect()
    }

    #[test]
    fn the_order_of_dates_is_that_of_the_file() {
        assert_eq!(of_dates(&["01/02/2018", "22/02/2018"]), ["2018-02-01", "2018-02-22"]);
        assert_eq!(of_dates(&["01/02/2018", "01/22/2018"]), ["2018-01-02", "2018-01-22"]);
        // Both orders parse: day first.
        assert_eq!(of_dates(&["01/02/2018", "05/02/2018"]), ["2018-02-01", "2018-02-05"]);
        assert_eq!(of_dates(&["02/01/2018", "02/05/2018"]), ["2018-01-02", "2018-05-02"]);
        assert_eq!(of_dates(&["01/02/2018"]), ["2018-02-01"]);
        assert_eq!(of_dates(&["2/10'2020", "2/ 9'20"]), ["2020-02-10", "2020-02-09"]);
        assert_eq!(of_dates(&["2018-02-01"]), ["2018-02-01"]);
    }

    #[test]
    fn fields_splits_and_accounts() {
        let (read, batch) = read(
            "!Option:AutoSwitch\n!Account\nNOther\nTBank\n^\nNMine\nTBank\n^\n!Clear:AutoSwitch\n!Account\nNMine\nTBank\n^\n\
             !Type:Bank \nD13/02/2020\nT-1,234.50\nCX\nN77\nPCARTE SHOP\nMSHOP\nLFood:Groceries\nSFood\nE50%\n$-1,000.00\n^\n\
             D14/02/2020\nT67.5\nL[Savings]\n^\nD31/02/2020\nT1\n^\nD15/02/2020\n^\n!Type:Invst\nD15/02/2020\nNBuy\n^\n",
        );
        let batch = batch.unwrap();
        assert_eq!((read.about.id, batch.rows(), read.rejected_count), ("qif", 2, 3));
        assert_eq!(batch.integer(bank::AMOUNT, 0), Some(-123_450));
        assert_eq!(batch.integer(bank::AMOUNT, 1), Some(6_750));
        assert_eq!(batch.integer(bank::KIND, 0), Some(kind::CARD));
        assert_eq!(batch.integer(bank::KIND, 1), Some(kind::TRANSFER));
        assert_eq!(batch.integer(bank::STATUS, 1), None);
        assert_eq!(batch.text(bank::CURRENCY, 0), None);
        assert_eq!(batch.text(bank::ACCOUNT, 0), Some("Mine"));
        assert_eq!(batch.text(bank::LABEL, 0), Some("CARTE SHOP"));
        assert_eq!(batch.text(bank::BANK_CATEGORY, 0), Some("Food:Groceries"));
        assert_eq!(batch.text(bank::REFERENCE, 0), Some("77"));
        let fields: Vec<_> = read.rejected.iter().map(|r| (r.line.unwrap(), r.field.as_deref())).collect();
        assert_eq!(fields, [(30, Some("D")), (33, Some("T")), (36, None)]);
    }

    #[test]
    fn an_opening_balance_names_the_account() {
        let (read, batch) = read(
            "!Type:Bank\nD01/02/2020\nT100,00\nPOpening Balance\nL[Compte]\n^\nD02/02/2020\nT-1 234,50\n^",
        );
        let batch = batch.unwrap();
        assert_eq!((batch.rows(), read.rejected_count), (1, 0));
        assert_eq!(batch.text(bank::ACCOUNT, 0), Some("Compte"));
        assert_eq!(batch.integer(bank::AMOUNT, 0), Some(-123_450));
    }

    #[test]
    fn lists_alone_are_said_to_hold_nothing() {
        let (read, batch) = read("^\n!Type:Security\nNExample\nTStock\n");
        assert!(batch.is_none());
        assert!(read.rejected[0].reason.to_string().contains("only lists"));
        assert!(read_all(b"This is not a QIF file.").is_err());
    }
}
