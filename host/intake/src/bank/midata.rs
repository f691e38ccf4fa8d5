//! UK midata current-account statements (midata PCA file specification, 2014), and the statement
//! layout with two amount columns that the same banks offer.
//!
//! Amounts are pounds; personal payees are masked with `*`. Lines before the header and the
//! overdraft line after the rows are not rows.

use crate::money::scaled;
use crate::{Format, Intake, IntakeError, text};
use mesinfos_model::category::bank;
use mesinfos_model::view::Lang;
use mesinfos_model::{BatchBuilder, Category, Day};
use std::io::BufRead;

/// The format.
pub(crate) struct Midata;

/// Where the columns are.
struct Columns {
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

impl Columns {
    /// The columns of a header line, if it is one.
    fn of(cells: &[&str]) -> Option<Columns> {
        let find = |names: &[&str]| {
            cells.iter().position(|cell| names.iter().any(|name| cell.trim().eq_ignore_ascii_case(name)))
        };
        let amount = match find(&["Debit/Credit"]) {
            Some(signed) => Amount::Signed(signed),
            None => Amount::OutAndIn(find(&["Paid out"])?, find(&["Paid in"])?),
        };
        Some(Columns {
            count: cells.len(),
            date: find(&["Date"])?,
            kind: find(&["Type", "Transaction type"])?,
            label: find(&["Merchant/Description", "Description"])?,
            amount,
            balance: find(&["Balance"])?,
        })
    }
}

impl Format for Midata {
    fn id(&self) -> &'static str {
        "midata-csv"
    }
    fn name(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Fr => "Relevé de compte midata (CSV, Royaume-Uni)",
            Lang::En => "midata current-account statement (CSV, UK)",
        }
    }
    fn categories(&self) -> &'static [Category] {
        &[Category::Bank]
    }
    fn looks_for(&self) -> &'static str {
        "a CSV header with Date, Type, Description, Debit/Credit (or Paid out and Paid in) and Balance"
    }
    fn spec(&self) -> &'static str {
        "https://www.pacsus.org/midata"
    }
    fn recognise(&self, head: &[u8]) -> bool {
        let head = text::decode(head);
        head.lines().take(20).any(|line| {
            let cells: Vec<&str> = line.split(',').map(|cell| cell.trim().trim_matches('"')).collect();
            Columns::of(&cells).is_some()
        })
    }
    fn read(&self, file: &str, input: &mut dyn BufRead) -> Result<Intake, IntakeError> {
        let text = text::whole(file, input)?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut intake = Intake::default();
        let mut builder = BatchBuilder::new(Category::Bank);
        let mut columns: Option<Columns> = None;
        let mut account = None;
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    intake.reject(1, line, None, error.to_string());
                    continue;
                }
            };
            let line = record.position().map_or(0, csv::Position::line);
            let cells: Vec<&str> = record.iter().collect();
            let Some(known) = &columns else {
                if let [name, value, ..] = cells[..]
                    && (name.starts_with("Account Number") || name.starts_with("Account Name"))
                {
                    account = Some(value.to_owned());
                }
                columns = Columns::of(&cells);
                continue;
            };
            // The overdraft line closes the rows.
            if cells[0].to_ascii_lowercase().starts_with("arranged overdraft") || cells == [""] {
                continue;
            }
            if let Err((field, reason)) = row(&cells, known, account.as_deref(), &mut builder) {
                intake.reject(1, line, field, reason);
            }
        }
        intake.batches.push(builder.finish());
        Ok(intake)
    }
}

type Wrong = (Option<&'static str>, String);

fn row(
    cells: &[&str],
    columns: &Columns,
    account: Option<&str>,
    builder: &mut BatchBuilder,
) -> Result<(), Wrong> {
    if cells.len() != columns.count {
        return Err((None, format!("{} columns are expected, not {}", columns.count, cells.len())));
    }
    let text = cells[columns.date];
    let day = date(text)
        .ok_or_else(|| (Some("Date"), format!("\"{text}\" is not a date as 19/07/2025 or 13 May 2025")))?;
    let minor = match columns.amount {
        Amount::Signed(at) => pounds("Debit/Credit", cells[at])?,
        Amount::OutAndIn(out, into) => match (cells[out], cells[into]) {
            (paid, "") => -pounds("Paid out", paid)?,
            ("", paid) => pounds("Paid in", paid)?,
            _ => {
                return Err((
                    Some("Paid out"),
                    "one of Paid out and Paid in is expected, not both".to_owned(),
                ));
            }
        },
    };
    let balance = match cells[columns.balance] {
        "" => None,
        text => Some(pounds("Balance", text)?),
    };
    builder.push(&[
        (bank::HOLDER, "midata".into()),
        (bank::ACCOUNT, account.into()),
        (bank::BOOKED_ON, i64::from(day.0).into()),
        (bank::AMOUNT, minor.into()),
        (bank::CURRENCY, "GBP".into()),
        (bank::BALANCE, balance.into()),
        (bank::STATUS, 0_i64.into()),
        (bank::KIND, kind(cells[columns.kind]).into()),
        (bank::LABEL, cells[columns.label].into()),
    ]);
    Ok(())
}

fn pounds(field: &'static str, text: &str) -> Result<i64, Wrong> {
    let plain: String = text.chars().filter(|c| !matches!(c, '£' | ' ' | '\u{a0}')).collect();
    scaled(&plain, 2).ok_or_else(|| (Some(field), format!("\"{text}\" is not an amount as -£52.00")))
}

fn date(text: &str) -> Option<Day> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let parts: Vec<&str> = text.split(['/', ' ', '-']).collect();
    let [day, month, year] = parts[..] else {
        return None;
    };
    let month = match month.parse() {
        Ok(month) => month,
        Err(_) => {
            let short = month.get(..3)?.to_ascii_lowercase();
            i8::try_from(MONTHS.iter().position(|m| *m == short)? + 1).ok()?
        }
    };
    if year.len() != 4 {
        return None;
    }
    Day::from_ymd(year.parse().ok()?, month, day.parse().ok()?)
}

/// Our code of the holder's words; banks do not agree on them.
fn kind(words: &str) -> i64 {
    let words = words.to_lowercase();
    let has = |some: &[&str]| some.iter().any(|word| words.contains(word));
    match () {
        () if has(&["direct debit"]) || words == "dd" => 2,
        () if has(&["interest"]) => 6,
        () if has(&["visa", "card", "contactless", ")))"]) || words == "vis" => 0,
        () if has(&["cash", "atm"]) => 3,
        () if has(&["cheque"]) || words == "chq" => 4,
        () if has(&["fee", "charge"]) => 5,
        () if has(&["transfer", "payment to", "bank credit"]) || words == "cr" => 1,
        () => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\"Account Number:\",\"****12345\"\n\n\"Date\",\"Type\",\"Merchant/Description\",\"Debit/Credit\",\"Balance\"\n\
        \"19/07/2025\",\"Visa purchase\",\"A COFFEE SHOP GB\",\"-£52.00\",\"-£2.00\"\n\
        \"31/02/2025\",\"Visa purchase\",\"X\",\"-£1.00\",\"£1.00\"\n\
        \"26/05/2025\",\"Contactless Payment\",\"A PARK\",\"-£15.00\",\"£50.00\",\"too many\"\n\
        \"11/09/2024\",\"Bank credit\",\"****\",\"+£5.00\",\"£65.00\"\n\n\"Arranged Overdraft Limit\",\"20/08/2025\",\"£100.00\"\n";

    fn check(bytes: &[u8]) {
        let mut input = bytes;
        let intake = crate::read_file("m.csv", &mut input).unwrap();
        let batch = &intake.batches[0];
        assert_eq!((batch.rows(), intake.rejected_count), (2, 2));
        assert_eq!(batch.integer(bank::AMOUNT, 0), Some(-5_200));
        assert_eq!(batch.integer(bank::AMOUNT, 1), Some(500));
        assert_eq!(batch.text(bank::ACCOUNT, 0), Some("****12345"));
        assert_eq!(batch.integer(bank::KIND, 0), Some(0));
        assert!(intake.rejected[0].reason.contains("31/02/2025"));
        assert!(intake.rejected[1].reason.contains("5 columns"));
    }

    #[test]
    fn rows_are_read_in_any_encoding_and_line_end() {
        check(FILE.as_bytes());
        check(FILE.replace('\n', "\r").as_bytes());
        let latin: Vec<u8> = FILE.chars().map(|c| if c == '£' { 0xA3 } else { c as u8 }).collect();
        check(&latin);
    }
}
