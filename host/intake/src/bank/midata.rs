//! UK midata current-account statements (midata PCA file specification, 2014), and the layout with two
//! amount columns that the same banks offer.
//!
//! Amounts are in pounds; personal payees are masked with `*`. Lines before the header and the overdraft
//! line after the rows are not rows. Columns: `Date,Type,Merchant/Description,Debit/Credit,Balance`, or
//! `Date,Transaction type,Description,Paid out,Paid in,Balance`.

use super::{Wrong, values, words};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::number::Mark;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Columns, Head, Input, Row};
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::Category;
use mesinfos_model::category::bank::{self, kind, status};

/// The `midata-csv` format.
pub(crate) struct Midata;

static ABOUT: FormatInfo = FormatInfo {
    id: "midata-csv",
    fr: "Relevé de compte midata (CSV, Royaume-Uni)",
    en: "midata current-account statement (CSV, UK)",
    origin: "midata",
    categories: &[Category::Bank],
    looks_for: "a CSV header with Date, Type, Description, Debit/Credit (or Paid out and Paid in) and Balance",
    spec: "https://www.pacsus.org/midata",
    counts: OrdinalKind::Lines,
};

/// Lines searched for the header.
const HEADER_WITHIN: usize = 20;

/// Index of each column.
struct ColumnIndexes {
    count: usize,
    date: usize,
    kind: usize,
    label: usize,
    amount: Amount,
    balance: usize,
}

enum Amount {
    Signed(usize),
    OutAndIn(usize, usize),
}

impl ColumnIndexes {
    /// Columns of a header; `None` if it is not one. `find` returns the index of the first name that is
    /// present.
    fn of(count: usize, find: impl Fn(&[&str]) -> Option<usize>) -> Option<ColumnIndexes> {
        let amount = match find(&["Debit/Credit"]) {
            Some(signed) => Amount::Signed(signed),
            None => Amount::OutAndIn(find(&["Paid out"])?, find(&["Paid in"])?),
        };
        Some(ColumnIndexes {
            count,
            date: find(&["Date"])?,
            kind: find(&["Type", "Transaction type"])?,
            label: find(&["Merchant/Description", "Description"])?,
            amount,
            balance: find(&["Balance"])?,
        })
    }
}

impl Format for Midata {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.text().lines().take(HEADER_WITHIN).any(|line| {
            let cells: Vec<&str> = line.split(',').map(|cell| cell.trim().trim_matches('"')).collect();
            let find = |names: &[&str]| {
                names.iter().find_map(|name| cells.iter().position(|cell| cell.eq_ignore_ascii_case(name)))
            };
            ColumnIndexes::of(cells.len(), find).is_some()
        })
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut table = input.table(b',');
        let mut places: Option<ColumnIndexes> = None;
        let mut account: Option<String> = None;
        while let Some(row) = table.next()? {
            let Some(places) = &places else {
                let first = row.get(0);
                if first.starts_with("Account Number") || first.starts_with("Account Name") {
                    account = words::some(row.get(1)).map(str::to_owned);
                }
                let columns = Columns::of(row);
                places = ColumnIndexes::of(columns.len(), |names| columns.find(names));
                continue;
            };
            // The overdraft line ends the rows.
            if row.is_blank() || row.get(0).to_ascii_lowercase().starts_with("arranged overdraft") {
                continue;
            }
            if row.len() != places.count {
                rows.reject(row.line, None, Reason::columns(places.count.to_string(), row.len().to_string()));
                continue;
            }
            match movement(row, places) {
                Ok(movement) => give(row, places, &movement, account.as_deref(), rows)?,
                Err((field, reason)) => rows.reject(row.line, Some(field), reason),
            }
        }
        Ok(())
    }
}

struct Movement {
    day: i64,
    minor: i64,
    balance: Option<i64>,
}

fn movement(row: Row<'_>, places: &ColumnIndexes) -> Result<Movement, Wrong> {
    let text = row.get(places.date);
    let day = values::day(text, "dmy")
        .ok_or_else(|| ("Date", Reason::not_a_date(text, "19/07/2025, 13 May 2025")))?;
    let minor = match places.amount {
        Amount::Signed(at) => pounds("Debit/Credit", row.get(at))?,
        Amount::OutAndIn(out, into) => match (row.get(out), row.get(into)) {
            (paid, "") => -pounds("Paid out", paid)?,
            ("", paid) => pounds("Paid in", paid)?,
            _ => return Err(("Paid out", Reason::TwoAmounts)),
        },
    };
    let balance = match row.get(places.balance) {
        "" => None,
        text => Some(pounds("Balance", text)?),
    };
    Ok(Movement { day, minor, balance })
}

fn pounds(field: &'static str, text: &str) -> Result<i64, Wrong> {
    values::minor(text, Some("GBP"), Mark::Point)
        .map_err(|_| (field, Reason::not_an_amount_as(text, "-£52.00")))
}

fn give(
    row: Row<'_>,
    places: &ColumnIndexes,
    movement: &Movement,
    account: Option<&str>,
    rows: &mut RowWriter<'_>,
) -> Result<(), FormatError> {
    rows.push(
        Category::Bank,
        row.line,
        &[
            (bank::ACCOUNT, account.into()),
            (bank::BOOKED_ON, movement.day.into()),
            (bank::AMOUNT, movement.minor.into()),
            (bank::CURRENCY, "GBP".into()),
            (bank::BALANCE, movement.balance.into()),
            (bank::STATUS, status::BOOKED.into()),
            (bank::KIND, kind(row.get(places.kind)).into()),
            (bank::LABEL, words::some(&words::squeezed(row.get(places.label))).into()),
        ],
    )
}

/// Kind code of the bank's type: words, or a code such as VIS, DD, CR, and `)))` for contactless.
fn kind(text: &str) -> i64 {
    match text {
        ")))" => kind::CARD,
        "CR" => kind::TRANSFER,
        text => words::kind(text).unwrap_or(kind::OTHER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    const FILE: &str = "\"Account Number:\",\"****12345\"\n\n\"Date\",\"Type\",\"Merchant/Description\",\"Debit/Credit\",\"Balance\"\n\
        \"19/07/2025\",\"Visa purchase\",\"A COFFEE SHOP GB\",\"-£52.00\",\"-£2.00\"\n\
        \"31/02/2025\",\"Visa purchase\",\"X\",\"-£1.00\",\"£1.00\"\n\
        \"26/05/2025\",\"Contactless Payment\",\"A PARK\",\"-£15.00\",\"£50.00\",\"too many\"\n\
        \"11/09/2024\",\"Bank credit\",\"****\",\"+£5.00\",\"£65.00\"\n\n\"Arranged Overdraft Limit\",\"20/08/2025\",\"£100.00\"\n";

    fn check(bytes: &[u8]) {
        let (reads, batches) = read_all(bytes).unwrap();
        let batch = &batches[0];
        assert_eq!((reads[0].about.id, batch.rows(), reads[0].rejected_count), ("midata-csv", 2, 2));
        assert_eq!(batch.integer(bank::AMOUNT, 0), Some(-5_200));
        assert_eq!(batch.integer(bank::AMOUNT, 1), Some(500));
        assert_eq!(batch.text(bank::ACCOUNT, 0), Some("****12345"));
        assert_eq!(batch.integer(bank::KIND, 0), Some(kind::CARD));
        assert_eq!(batch.integer(bank::KIND, 1), Some(kind::TRANSFER));
        assert!(reads[0].rejected[0].reason.to_string().contains("31/02/2025"));
        assert!(reads[0].rejected[1].reason.to_string().contains("5 columns"));
    }

    #[test]
    fn rows_are_read_in_any_encoding_and_line_end() {
        check(FILE.as_bytes());
        check(FILE.replace('\n', "\r").as_bytes());
        check(FILE.replace('\n', "\r\n").as_bytes());
        let latin: Vec<u8> = FILE.chars().map(|c| if c == '£' { 0xA3 } else { c as u8 }).collect();
        check(&latin);
    }

    #[test]
    fn codes_of_types_and_bad_amounts() {
        let file = "Date,Type,Merchant/Description,Debit/Credit,Balance\n\
            14/03/2016,))),STARBUCKS         LONDON,-£10.33,+£23751.72\n\
            15/03/2016,DD,X,-£1.00,\n15/03/2016,CR,X,£1.00,£2.00\n15/03/2016,VIS,X,£one,£2.00\n";
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        let kinds: Vec<_> = (0..3).map(|row| batches[0].integer(bank::KIND, row)).collect();
        assert_eq!(kinds, [Some(kind::CARD), Some(kind::DIRECT_DEBIT), Some(kind::TRANSFER)]);
        assert_eq!(batches[0].text(bank::LABEL, 0), Some("STARBUCKS LONDON"));
        assert_eq!(batches[0].integer(bank::BALANCE, 1), None);
        assert_eq!(reads[0].rejected[0].field.as_deref(), Some("Debit/Credit"));
        assert!(reads[0].rejected[0].reason.to_string().contains("£one"));
    }

    #[test]
    fn two_columns_of_amounts() {
        let file = "\"Date\",\"Transaction type\",\"Description\",\"Paid out\",\"Paid in\",\"Balance\"\n\
            \"13 May 2025\",\"Direct debit A\",\"A\",\"£30.00\",\"\",\"£200.00\"\n\
            \"30 May 2025\",\"Interest added\",\"B\",\"\",\"£1.00\",\"£120.00\"\n\
            \"30 May 2025\",\"Interest added\",\"B\",\"£1.00\",\"£1.00\",\"£120.00\"\n";
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!(batches[0].integer(bank::AMOUNT, 0), Some(-3_000));
        assert_eq!(batches[0].integer(bank::AMOUNT, 1), Some(100));
        assert_eq!(batches[0].integer(bank::KIND, 1), Some(kind::INTEREST));
        assert_eq!(reads[0].rejected_count, 1);
    }
}
