//! The repayment table ("tableau d'amortissement", "échéancier") that a French bank gives for a loan, as CSV or as a
//! workbook (XLSX).
//!
//! Lines above the table name the loan; each row of it is one instalment. No law fixes the columns beyond the share of
//! principal, interest and insurance of each instalment (code de la consommation, art. R. 314-19 and R. 312-10), so that
//! they are found by their words, in [`columns`]. Only student loans have a place in the model: the table of another loan
//! is refused, and so is one that does not say what it is of.
//!
//! Who the borrower is is never kept.

mod above;
mod columns;

use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::number::{Mark, amount, mark_of, scaled_with, times};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, Table};
use crate::reason::Reason;
use crate::rows::{RowWriter, part};
use crate::time;
use crate::workbook::{self, Line};
use above::Above;
use columns::Columns;
use mesinfos_model::category::education::{self, row};
use mesinfos_model::{Category, Day};

/// The `loan-table-csv` format.
pub(super) struct LoanTable;

/// The `loan-table-xlsx` format.
pub(super) struct LoanWorkbook;

static TEXT: FormatInfo = FormatInfo {
    id: "loan-table-csv",
    fr: "Tableau d’amortissement d’un prêt étudiant (CSV)",
    en: "Repayment table of a student loan, France (CSV)",
    origin: "",
    categories: &[Category::Education],
    looks_for: "a CSV header with the columns \"Capital restant dû\" and \"Intérêts\", under lines that name the loan",
    spec: "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000032809813",
    counts: OrdinalKind::Lines,
};

static BOOK: FormatInfo = FormatInfo {
    id: "loan-table-xlsx",
    fr: "Tableau d’amortissement d’un prêt étudiant (classeur XLSX)",
    en: "Repayment table of a student loan, France (XLSX workbook)",
    looks_for: "an XLSX workbook with the columns \"Capital restant dû\" and \"Intérêts\"",
    ..TEXT
};

/// Records searched for the header: banks write a dozen lines about the loan above it.
const HEADER_WITHIN: usize = 40;

/// Cells of a record that are read.
const CELLS: usize = 64;

impl Format for LoanTable {
    fn about(&self) -> &'static FormatInfo {
        &TEXT
    }

    fn recognise(&self, head: &Head) -> bool {
        delimiter(head).is_some()
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let Some(delimiter) = delimiter(input.head) else {
            return Err(FormatError::broken(1, Reason::NoInstalments));
        };
        let mut reader = Reader::new(false);
        let mut table = input.table(delimiter);
        while let Some(row) = table.next()? {
            let cells: Vec<&str> = row.iter().take(CELLS).collect();
            reader.record(row.line, &cells, rows)?;
        }
        reader.end(rows)
    }
}

impl Format for LoanWorkbook {
    fn about(&self) -> &'static FormatInfo {
        &BOOK
    }

    fn recognise(&self, head: &Head) -> bool {
        workbook::is_one(head.bytes()) && is_workbook(head.bytes())
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut book = workbook::open(input.bytes(workbook::PACKED)?)?;
        let texts = workbook::shared(&mut book)?;
        let mut reader = Reader::new(true);
        for member in workbook::places(&mut book, |name| name.starts_with("xl/worksheets/sheet"))? {
            workbook::each_line(&mut book, member, &texts, &mut |number, line| {
                reader.record(number, &cells_of(line), rows)
            })?;
        }
        reader.end(rows)
    }
}

/// Whether the first bytes of a workbook have the marks of this one.
pub(crate) fn is_workbook(bytes: &[u8]) -> bool {
    workbook::texts(bytes, |name| name.starts_with("xl/") && name.ends_with(".xml")).is_some_and(|texts| {
        let texts = plain(&texts);
        texts.contains("capital restant") && texts.contains("interet")
    })
}

/// Cells of a line of a workbook, from its first column on.
fn cells_of(line: &Line) -> Vec<&str> {
    let width = line.last_key_value().map_or(0, |(last, _)| last + 1);
    (0..width).map(|column| line.get(&column).map_or("", |text| &**text)).collect()
}

/// Delimiter of a text whose first records have the header of such a table.
fn delimiter(head: &Head) -> Option<u8> {
    b";,\t".iter().copied().find(|delimiter| {
        let mut table = Table::of_text(head.text(), *delimiter);
        (0..HEADER_WITHIN)
            .map_while(|_| {
                table.next().ok().flatten().map(|row| Columns::of(row.iter().take(CELLS)).is_some())
            })
            .any(|is_header| is_header)
    })
}

/// Text in lower case, without accents and with single spaces, to be compared.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'â' | 'ä' => plain.push('a'),
            'é' | 'è' | 'ê' | 'ë' => plain.push('e'),
            'î' | 'ï' => plain.push('i'),
            'ô' | 'ö' => plain.push('o'),
            'ù' | 'û' | 'ü' => plain.push('u'),
            'ç' => plain.push('c'),
            '’' => plain.push('\''),
            c if c.is_whitespace() || c == '_' => {
                if !plain.is_empty() && !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            c => plain.push(c),
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// What is owed after an instalment, and what it is.
#[derive(Clone, Copy)]
struct Instalment {
    due: Day,
    payment: i64,
    insurance: Option<i64>,
    remaining: i64,
}

struct Reader {
    is_workbook: bool,
    above: Above,
    columns: Option<Columns>,
    /// Line of the header.
    line: u64,
    /// Name of the loan: its number, or its type and first day.
    name: Option<String>,
    /// The sum lent, where the table begins with it.
    lent: Option<(Day, i64)>,
    /// The last instalment due on or before the day of the table, and the first one after it.
    before: Option<Instalment>,
    after: Option<Instalment>,
    last: Option<Day>,
    has_rows: bool,
}

impl Reader {
    fn new(is_workbook: bool) -> Reader {
        Reader {
            is_workbook,
            above: Above::default(),
            columns: None,
            line: 0,
            name: None,
            lent: None,
            before: None,
            after: None,
            last: None,
            has_rows: false,
        }
    }

    fn record(&mut self, line: u64, cells: &[&str], rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        if let Some(columns) = Columns::of(cells.iter().copied()) {
            // A long table repeats its header on each page.
            if self.columns.is_none() {
                if columns.date.is_none() {
                    return Err(FormatError::broken(line, Reason::no_member("Date d'échéance")));
                }
                self.above.is_of_a_student(line)?;
                self.line = line;
            }
            self.columns = Some(columns);
            return Ok(());
        }
        let Some(columns) = self.columns.take() else {
            self.above.line(cells, self.is_workbook);
            return Ok(());
        };
        let read = self.instalment(line, cells, &columns, rows);
        self.columns = Some(columns);
        read
    }

    fn instalment(
        &mut self,
        line: u64,
        cells: &[&str],
        columns: &Columns,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        // Notes below the table, and its sums.
        if filled < 2 || cells.iter().any(|cell| plain(cell).starts_with("total")) {
            return Ok(());
        }
        self.has_rows = true;
        let get = |column: Option<usize>| column.and_then(|at| cells.get(at)).copied().unwrap_or_default();
        let date = get(columns.date);
        let Some(due) = day(date, self.is_workbook) else {
            let reason =
                if date.is_empty() { Reason::NoDate } else { Reason::not_a_date(date, "05/10/2025") };
            rows.reject(line, Some("Date d'échéance"), reason);
            return Ok(());
        };
        let mut read = |column: Option<usize>, name: &str| -> Result<Option<i64>, ()> {
            let text = get(column);
            if text.is_empty() || text == "-" {
                return Ok(None);
            }
            match self.money(text) {
                Ok(minor) if minor >= 0 => Ok(Some(minor)),
                Ok(_) => {
                    rows.reject(line, Some(name), Reason::Negative);
                    Err(())
                }
                Err(reason) => {
                    rows.reject(line, Some(name), reason);
                    Err(())
                }
            }
        };
        let (Ok(payment), Ok(principal), Ok(interest), Ok(insurance), Ok(remaining)) = (
            read(columns.payment, "Échéance"),
            read(columns.principal, "Capital amorti"),
            read(columns.interest, "Intérêts"),
            read(columns.insurance, "Assurance"),
            read(columns.remaining, "Capital restant dû"),
        ) else {
            return Ok(());
        };
        let Some(remaining) = remaining.and_then(|owed| columns.after(owed, principal)) else {
            rows.reject(line, Some("Capital restant dû"), Reason::NoAmount);
            return Ok(());
        };
        let parts = principal.zip(interest).map(|(principal, interest)| principal.saturating_add(interest));
        let is_first = self.last.is_none() && self.lent.is_none();
        if is_first && payment.or(parts).unwrap_or(0) == 0 && columns.is_number_zero(cells) {
            self.lent = Some((due, remaining));
            return Ok(());
        }
        let Some(payment) = payment_of(columns, payment, parts, insurance) else {
            rows.reject(line, Some("Échéance"), Reason::NoAmount);
            return Ok(());
        };
        let instalment = Instalment { due, payment, insurance, remaining };
        if is_first && self.lent.is_none() && self.above.amount.is_none() {
            self.above.amount = principal.and_then(|principal| remaining.checked_add(principal));
        }
        self.keep(instalment);
        let loan = self.name_of(due).to_owned();
        rows.push(
            Category::Education,
            line,
            &[
                (education::HOLDER, self.above.lender.as_deref().into()),
                (education::ROW, row::INSTALMENT.into()),
                (education::START, i64::from(due.0).into()),
                (education::LOAN, loan.as_str().into()),
                (education::LOAN_TYPE, self.above.kind.as_deref().into()),
                (education::PAYMENT, payment.into()),
                (education::INSURANCE, insurance.into()),
                (education::REMAINING, remaining.into()),
                (education::CURRENCY, self.above.currency.into()),
                (education::RATE, self.above.rate.into()),
                (education::SERVICER, self.above.lender.as_deref().into()),
            ],
        )
    }

    /// Name of the loan, the same for all its rows.
    fn name_of(&mut self, first: Day) -> &str {
        let (number, kind) = (&self.above.number, self.above.kind.as_deref().unwrap_or_default());
        self.name.get_or_insert_with(|| number.clone().unwrap_or_else(|| format!("{}/{first}", part(kind))))
    }

    fn keep(&mut self, instalment: Instalment) {
        let due = instalment.due;
        self.last = self.last.max(Some(due));
        let on = self.above.of_day.or(self.lent.map(|(on, _)| on)).or(self.above.start);
        let is_past = on.is_some_and(|on| due <= on);
        if is_past && self.before.is_none_or(|before| before.due < due) {
            self.before = Some(instalment);
        }
        if !is_past && self.after.is_none_or(|after| after.due > due) {
            self.after = Some(instalment);
        }
    }

    /// Writes the loan itself, as it was on the day of the table.
    fn end(mut self, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        if self.columns.is_none() {
            return Err(FormatError::broken(0, Reason::NoInstalments));
        }
        let Some(last) = self.last else {
            return if self.has_rows {
                Ok(())
            } else {
                Err(FormatError::broken(self.line, Reason::NoInstalments))
            };
        };
        let name = self.name_of(last).to_owned();
        let lent = self.above.amount.or(self.lent.map(|(_, minor)| minor));
        let start = self.above.start.or(self.lent.map(|(on, _)| on));
        let (principal, on) = match self.before {
            Some(before) => (Some(before.remaining), Some(before.due)),
            None => (lent, start.or(self.above.of_day)),
        };
        let next = self.after.or(self.before);
        let number = |day: Option<Day>| day.map(|day| i64::from(day.0));
        rows.push(
            Category::Education,
            self.line,
            &[
                (education::HOLDER, self.above.lender.as_deref().into()),
                (education::ROW, row::LOAN.into()),
                (education::START, number(start).into()),
                (education::END, i64::from(last.0).into()),
                (education::LOAN, name.as_str().into()),
                (education::LOAN_TYPE, self.above.kind.as_deref().into()),
                (education::AMOUNT, lent.into()),
                (education::PRINCIPAL, principal.into()),
                (education::PAYMENT, next.map(|next| next.payment).into()),
                (education::INSURANCE, next.and_then(|next| next.insurance).into()),
                (education::CURRENCY, self.above.currency.into()),
                (education::RATE, self.above.rate.into()),
                (education::RATE_KIND, self.above.rate_kind.as_deref().into()),
                (education::SERVICER, self.above.lender.as_deref().into()),
                (education::BALANCE_ON, number(on).into()),
            ],
        )
    }

    fn money(&self, text: &str) -> Result<i64, Reason> {
        money(text, self.above.currency, self.is_workbook)
    }
}

/// What is paid at an instalment, insurance included. A column of payments without insurance is told by its name, or by the
/// sum of its parts.
fn payment_of(
    columns: &Columns,
    payment: Option<i64>,
    parts: Option<i64>,
    insurance: Option<i64>,
) -> Option<i64> {
    let is_bare = columns.is_bare || payment.is_none() || payment == parts;
    let payment = payment.or(parts)?;
    if is_bare { payment.checked_add(insurance.unwrap_or(0)) } else { Some(payment) }
}

/// A day of the table. A workbook stores the number of the day.
fn day(text: &str, is_workbook: bool) -> Option<Day> {
    let serial = is_workbook.then(|| workbook::serial(text)).flatten();
    let day = serial.or_else(|| time::day(text, "dmy")).or_else(|| time::day(text, "ymd"))?;
    time::is_plausible(day).then_some(day)
}

/// Decimals of a number of a workbook that are read: a formula leaves more than a cent has.
const EXACT: u32 = 6;

/// An amount in minor units. A workbook stores numbers with a point, and with the decimals that a formula left.
fn money(text: &str, currency: &str, is_workbook: bool) -> Result<i64, Reason> {
    let is_number = is_workbook && text.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
    if !is_number {
        return amount(text, currency, mark_of(text, Mark::Comma));
    }
    let end = text.find('.').map_or(text.len(), |point| text.len().min(point + 1 + EXACT as usize));
    let minor = u32::from(mesinfos_model::money::exponent(currency));
    scaled_with(&text[..end], EXACT, Mark::Point)
        .and_then(|exact| times(exact, 1, 10_i64.pow(EXACT - minor.min(EXACT))))
        .ok_or_else(|| Reason::not_an_amount_of(text, currency))
}

#[cfg(test)]
mod tests;
