//! Banks' own CSV files.
//!
//! There is no common layout, so each bank has an entry in the table in [`layouts`]: its header and the
//! meaning of each column. This file reads any of them. A new bank needs an entry there and a sample, and
//! no code.

mod layouts;

use super::names;
use super::values::{self, minor};
use super::words;
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, Row, Table};
use crate::reason::Reason;
use crate::rows::RowWriter;
use layouts::{Above, Amount, Currency, LAYOUTS, Layout};
use mesinfos_model::Category;
use mesinfos_model::category::bank::{self, kind, status};
use std::borrow::Cow;

/// The `bank-csv` format.
pub(crate) struct BankCsv;

static ABOUT: FormatInfo = FormatInfo {
    id: "bank-csv",
    fr: "Relevé de compte de la banque (CSV)",
    en: "Bank's own statement (CSV)",
    origin: "BoursoBank, Crédit Agricole, BNP Paribas, N26, Revolut…",
    categories: &[Category::Bank],
    looks_for: "a CSV header of a known bank, such as BoursoBank's dateOp;dateVal;label;…;amount",
    spec: "https://github.com/bank2ynab/bank2ynab/blob/develop/bank2ynab.conf",
    counts: OrdinalKind::Lines,
};

/// Records searched for the header: banks write up to a dozen lines about the account before it.
const HEADER_WITHIN: usize = 30;

impl Format for BankCsv {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        Known::find(head).is_some()
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let Some(known) = Known::find(input.head) else {
            return Err(FormatError::broken(1, Reason::NoBankHeader));
        };
        let layout = known.layout;
        let mut statement = Statement { known, account: None, label: String::new() };
        let outgoing = statement.known.outgoing(input.head);
        if outgoing.is_some() {
            // How outgoing money is written is what most rows of the file say.
            rows.keep_no_raw_rows();
        }
        let mut table = input.table(statement.known.delimiter).with_rows(begins_with_a_day);
        let mut places: Option<ColumnIndexes> = layout.bare().map(|places| places.with(outgoing));
        let mut held: Option<Held> = None;
        let mut has_rows = false;
        while let Some(row) = table.next()? {
            let Some(places) = &places else {
                places = ColumnIndexes::of(layout, &statement.known.names(row.iter()))
                    .map(|places| places.with(outgoing));
                if places.is_none() {
                    statement.look_above(row);
                }
                continue;
            };
            if row.is_blank() || layout.no_rows.iter().any(|begin| row.get(0).starts_with(begin)) {
                continue;
            }
            has_rows = true;
            if !layout.continued {
                statement.give(&row, row.line, places, rows)?;
            } else if let Some(held) = held.as_mut().filter(|_| places.continues(row)) {
                held.add(row, places);
            } else if let Some(done) = held.replace(Held::of(row)) {
                statement.give(&done, done.line, places, rows)?;
            }
        }
        let Some(places) = places else {
            return Err(FormatError::broken(1, Reason::NoBankHeader));
        };
        if let Some(done) = held {
            statement.give(&done, done.line, &places, rows)?;
        }
        // A file of a month without movements.
        if has_rows { Ok(()) } else { Err(FormatError::broken(0, Reason::OnlyHeader)) }
    }
}

/// Layout of a file, with the choices that the layout leaves open.
struct Known {
    layout: &'static Layout,
    delimiter: u8,
    /// The bytes use the layout's code page but were read as Windows-1252.
    recode: bool,
}

impl Known {
    /// Finds the layout of a file from its first records.
    fn find(head: &Head) -> Option<Known> {
        let is_utf8 = match std::str::from_utf8(head.bytes()) {
            Ok(_) => true,
            Err(error) => error.error_len().is_none(),
        };
        b";,\t".iter().find_map(|&delimiter| {
            let mut table = Table::of_text(head.text(), delimiter);
            (0..HEADER_WITHIN).find_map(|number| {
                let record = table.next().ok()??;
                let fitting = LAYOUTS.iter().filter(|layout| {
                    layout.delimiters.contains(&delimiter) && record.len() >= layout.header.len().max(2)
                });
                fitting
                    .map(|layout| Known { layout, delimiter, recode: layout.codepage.is_some() && !is_utf8 })
                    .find(|known| known.fits(number, record))
            })
        })
    }

    /// Whether a record with `number` records before it starts a file of this layout: the header, or a
    /// good first row where files have no header.
    fn fits(&self, number: usize, record: Row<'_>) -> bool {
        match self.layout.bare() {
            Some(places) => number == 0 && places.fits(self.layout, record),
            None => ColumnIndexes::of(self.layout, &self.names(record.iter())).is_some(),
        }
    }

    /// How the first rows write outgoing money, if all of them contradict the layout.
    fn outgoing(&self, head: &Head) -> Option<Outgoing> {
        let mut table = Table::of_text(head.text(), self.delimiter);
        let mut places = self.layout.bare();
        let (mut plain, mut signed) = (0, 0);
        while let Ok(Some(row)) = table.next() {
            let Some(places) = &places else {
                places = ColumnIndexes::of(self.layout, &self.names(row.iter()));
                continue;
            };
            let &AmountColumns::OutAndIn(out, ..) = &places.amount else { return None };
            match minor(filled(row.get(out)), None, self.layout.mark) {
                Ok(1..) => plain += 1,
                Ok(..=-1) => signed += 1,
                _ => {}
            }
        }
        match places?.amount {
            AmountColumns::OutAndIn(.., Outgoing::Plain) if plain == 0 && signed >= CONTRADICT => {
                Some(Outgoing::Signed)
            }
            // What is paid back stands in the other column.
            AmountColumns::OutAndIn(.., Outgoing::Signed) if signed == 0 && plain > 0 => {
                Some(Outgoing::Plain)
            }
            _ => None,
        }
    }

    /// Text of a cell, decoded with the layout's code page.
    fn text<'c>(&self, cell: &'c str) -> Cow<'c, str> {
        match self.layout.codepage {
            Some(codepage) if self.recode && !cell.is_ascii() => {
                let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(cell);
                Cow::Owned(codepage.decode_without_bom_handling(&bytes).0.into_owned())
            }
            _ => Cow::Borrowed(cell),
        }
    }

    /// Header names, folded for comparison.
    fn names<'c>(&self, cells: impl Iterator<Item = &'c str>) -> Vec<String> {
        cells.map(|cell| folded(&self.text(cell))).collect()
    }
}

/// A column name in lower case, with one kind of apostrophe, single spaces and no byte order mark.
fn folded(name: &str) -> String {
    words::squeezed(name.trim_start_matches('\u{feff}')).to_lowercase().replace('’', "'")
}

/// Currency in a column's name, in capitals, where the layout's name has `***`.
fn in_name(name: &str, wanted: &str) -> Option<String> {
    let (before, after) = wanted.split_once("***")?;
    let currency = name.strip_prefix(before)?.strip_suffix(after)?;
    let is_code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_code.then(|| currency.to_ascii_uppercase())
}

/// Column indexes of a layout in one file.
struct ColumnIndexes {
    /// Number of columns up to the last one with a name or a use; a non-empty cell beyond is an error.
    width: usize,
    /// Fewest cells that a row needs.
    least: usize,
    date: usize,
    else_date: Option<usize>,
    value_date: Option<usize>,
    amount: AmountColumns,
    fee: Option<usize>,
    currency: Option<usize>,
    /// Currency in the name of the amount's column.
    named: Option<String>,
    balance: Option<usize>,
    label: Vec<usize>,
    counterparty: Option<usize>,
    payer: Option<usize>,
    account: Option<usize>,
    kind: Option<usize>,
    category: Option<usize>,
    reference: Option<usize>,
    status: Option<usize>,
}

enum AmountColumns {
    Signed(usize),
    OutAndIn(usize, usize, Outgoing),
    Directed(usize, usize),
    Sides(Box<Sides>),
}

/// How a column of outgoing money is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outgoing {
    /// Without a sign.
    Plain,
    /// With a minus.
    Signed,
}

/// Numbers with a minus from which a column of outgoing money is a signed one though the layout's is not, if none is without
/// it: a bank that changed its files, not a few purchases that were paid back.
const CONTRADICT: u64 = 3;

/// Columns of two sides, of which one or both are the account's.
struct Sides {
    direction: usize,
    source: (usize, usize),
    fee: Option<usize>,
    target: (usize, usize),
}

/// Part of a row that is one movement.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leg {
    Whole,
    Source,
    Target,
}

impl ColumnIndexes {
    /// Columns of a header with these names; `None` if it is not the layout's header.
    fn of(layout: &Layout, names: &[String]) -> Option<ColumnIndexes> {
        let titled = names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
        let one = |wanted: &str| {
            wanted.split('|').find_map(|wanted| {
                let wanted = folded(wanted);
                names.iter().position(|name| *name == wanted || in_name(name, &wanted).is_some())
            })
        };
        let optional = |wanted: &str| if wanted.is_empty() { None } else { one(wanted) };
        if layout.header.iter().any(|wanted| one(wanted).is_none())
            || layout.whole && titled != layout.header.len()
        {
            return None;
        }
        let amount = match layout.amount {
            Amount::Signed(amount) => AmountColumns::Signed(one(amount)?),
            Amount::OutAndIn(out, into) => AmountColumns::OutAndIn(one(out)?, one(into)?, Outgoing::Plain),
            Amount::SignedOutAndIn(out, into) => {
                AmountColumns::OutAndIn(one(out)?, one(into)?, Outgoing::Signed)
            }
            Amount::Directed { amount, direction, .. } => {
                AmountColumns::Directed(one(amount)?, one(direction)?)
            }
            Amount::Sides { direction, source, fee, source_currency, target, target_currency } => {
                AmountColumns::Sides(Box::new(Sides {
                    direction: one(direction)?,
                    source: (one(source)?, one(source_currency)?),
                    fee: one(fee),
                    target: (one(target)?, one(target_currency)?),
                }))
            }
        };
        let date = one(layout.date)?;
        let last = match &amount {
            AmountColumns::Signed(amount) => *amount,
            AmountColumns::OutAndIn(out, into, _) => *out.max(into),
            AmountColumns::Directed(amount, direction) => *amount.max(direction),
            AmountColumns::Sides(sides) => sides.source.1.max(sides.target.1),
        };
        let named = match layout.amount {
            Amount::Signed(column) | Amount::OutAndIn(column, _) | Amount::SignedOutAndIn(column, _) => {
                column.split('|').find_map(|wanted| {
                    let wanted = folded(wanted);
                    names.iter().find_map(|name| in_name(name, &wanted))
                })
            }
            _ => None,
        };
        Some(ColumnIndexes {
            width: titled.max(last + 1),
            least: date.max(last) + 1,
            date,
            else_date: optional(layout.else_date),
            value_date: optional(layout.value_date),
            amount,
            fee: optional(layout.fee),
            currency: match layout.currency {
                Currency::Is(_) | Currency::Named => None,
                Currency::In(name) => Some(one(name)?),
            },
            named,
            balance: optional(layout.balance),
            label: layout.label.iter().filter_map(|name| one(name)).collect(),
            counterparty: optional(layout.counterparty),
            payer: optional(layout.payer),
            account: optional(layout.account),
            kind: optional(layout.kind),
            category: optional(layout.category),
            reference: optional(layout.reference),
            status: optional(layout.status),
        })
    }

    /// The same columns, where the file says how outgoing money is written.
    fn with(mut self, outgoing: Option<Outgoing>) -> ColumnIndexes {
        if let (AmountColumns::OutAndIn(.., own), Some(outgoing)) = (&mut self.amount, outgoing) {
            *own = outgoing;
        }
        self
    }

    /// Whether a record is a good row of a layout without a header.
    fn fits(&self, layout: &'static Layout, record: Row<'_>) -> bool {
        record.len() == layout.bare.len() && movement(&record, layout, self, Leg::Whole).is_ok()
    }

    /// Whether a row only continues the label of the row before.
    fn continues(&self, row: Row<'_>) -> bool {
        (0..row.len()).all(|cell| row.get(cell).is_empty() != self.label.contains(&cell))
    }
}

impl Layout {
    /// Columns of a layout whose files have no header; `None` if they have one.
    fn bare(&self) -> Option<ColumnIndexes> {
        if self.bare.is_empty() {
            return None;
        }
        ColumnIndexes::of(self, &self.bare.iter().map(|name| folded(name)).collect::<Vec<_>>())
    }
}

/// Cells of a row, either borrowed from the file or held.
trait Cells {
    fn cell(&self, at: usize) -> &str;
    fn count(&self) -> usize;

    fn at(&self, at: Option<usize>) -> &str {
        at.map_or("", |at| self.cell(at))
    }
}

impl Cells for Row<'_> {
    fn cell(&self, at: usize) -> &str {
        self.get(at)
    }
    fn count(&self) -> usize {
        self.len()
    }
}

/// A row whose label the next lines may continue.
struct Held {
    line: u64,
    cells: Vec<String>,
}

/// Maximum number of bytes of a continued label: further lines are dropped.
const CONTINUED: usize = 16 << 10;

impl Held {
    fn of(row: Row<'_>) -> Held {
        Held { line: row.line, cells: row.iter().map(str::to_owned).collect() }
    }

    fn add(&mut self, row: Row<'_>, places: &ColumnIndexes) {
        for &at in &places.label {
            if let Some(cell) = self.cells.get_mut(at).filter(|cell| cell.len() < CONTINUED) {
                cell.push(' ');
                cell.push_str(row.get(at));
            }
        }
    }
}

impl Cells for Held {
    fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", String::as_str)
    }
    fn count(&self) -> usize {
        self.cells.len()
    }
}

struct Movement<'c> {
    booked_on: i64,
    value_on: Option<i64>,
    amount: i64,
    currency: &'c str,
    balance: Option<i64>,
    status: i64,
}

/// A column that is wrong, by its name in the layout (empty: the row as a whole), and the reason.
type Wrong = (&'static str, Reason);

/// The movements of a row: one, or two where money changes from one of the person's currencies to another.
fn legs(cells: &dyn Cells, layout: &Layout, places: &ColumnIndexes) -> Result<&'static [Leg], Wrong> {
    let (Amount::Sides { direction: name, .. }, AmountColumns::Sides(sides)) =
        (&layout.amount, &places.amount)
    else {
        return Ok(&[Leg::Whole]);
    };
    match cells.cell(sides.direction) {
        "OUT" => Ok(&[Leg::Source]),
        "IN" => Ok(&[Leg::Target]),
        "NEUTRAL" => Ok(&[Leg::Source, Leg::Target]),
        other => Err((name, Reason::not_one_of(other, "OUT, IN, NEUTRAL"))),
    }
}

fn movement<'c>(
    cells: &'c dyn Cells,
    layout: &'static Layout,
    places: &'c ColumnIndexes,
    leg: Leg,
) -> Result<Movement<'c>, Wrong> {
    let count = cells.count();
    if count < places.least || (places.width..count).any(|extra| !cells.cell(extra).is_empty()) {
        return Err(("", Reason::columns(places.width.to_string(), count.to_string())));
    }
    let first_date = cells.cell(places.date);
    let date = if first_date.is_empty() { cells.at(places.else_date) } else { first_date };
    let booked_on = day(date, layout).ok_or_else(|| not_a_day(layout.date, date, layout))?;
    let value_on = match cells.at(places.value_date) {
        "" => None,
        text => Some(day(text, layout).ok_or_else(|| not_a_day(layout.value_date, text, layout))?),
    };
    let in_column = |name: &'static str, at: Option<usize>| {
        values::needed_currency(cells.at(at)).map_err(|reason| (name, reason))
    };
    let currency = match (&layout.currency, &layout.amount, &places.amount) {
        (_, Amount::Sides { source_currency, target_currency, .. }, AmountColumns::Sides(sides)) => match leg
        {
            Leg::Target => in_column(target_currency, Some(sides.target.1))?,
            _ => in_column(source_currency, Some(sides.source.1))?,
        },
        (Currency::Is(currency), ..) => currency,
        (Currency::In(name), ..) => in_column(name, places.currency)?,
        (Currency::Named, ..) => places.named.as_deref().unwrap_or_default(),
    };
    let in_minor = |name: &'static str, text: &str| {
        minor(text, Some(currency), layout.mark).map_err(|reason| (name, reason))
    };
    let amount = amount(cells, layout, places, leg, &in_minor)?;
    let fee = match filled(cells.at(places.fee)) {
        "" => 0,
        text => in_minor(layout.fee, text)?,
    };
    let amount = amount.checked_sub(fee).ok_or((layout.fee, Reason::FeeTooLarge))?;
    let balance = match filled(cells.at(places.balance)) {
        "" => None,
        text => Some(in_minor(layout.balance, text)?),
    };
    let status = state(cells.at(places.status));
    Ok(Movement { booked_on, value_on, amount, currency, balance, status })
}

/// The text of a cell that may hold nothing, which some banks write as a dash.
fn filled(cell: &str) -> &str {
    if matches!(cell, "-" | "\u{2013}" | "\u{2014}") { "" } else { cell }
}

/// Signed change of the account's balance, in minor units.
fn amount(
    cells: &dyn Cells,
    layout: &'static Layout,
    places: &ColumnIndexes,
    leg: Leg,
    in_minor: &dyn Fn(&'static str, &str) -> Result<i64, Wrong>,
) -> Result<i64, Wrong> {
    match (&layout.amount, &places.amount) {
        (
            Amount::OutAndIn(out_name, into_name) | Amount::SignedOutAndIn(out_name, into_name),
            &AmountColumns::OutAndIn(out, into, outgoing),
        ) => {
            let one =
                |name: &'static str, text: &str| if text.is_empty() { Ok(0) } else { in_minor(name, text) };
            let (out, into) = (filled(cells.cell(out)), filled(cells.cell(into)));
            if out.is_empty() && into.is_empty() {
                return Err((out_name, Reason::NoAmount));
            }
            match (one(out_name, out)?, one(into_name, into)?) {
                (out, 0) if outgoing == Outgoing::Signed => Ok(out),
                (out, 0) => Ok(-out),
                (0, into) => Ok(into),
                _ => Err((out_name, Reason::TwoAmounts)),
            }
        }
        (
            Amount::Directed { amount: name, direction: direction_name, out, into },
            &AmountColumns::Directed(amount, direction),
        ) => {
            let amount = in_minor(name, cells.cell(amount))?;
            let direction = cells.cell(direction);
            match () {
                () if out.contains(&direction) => Ok(-amount),
                () if into.contains(&direction) => Ok(amount),
                () => Err((
                    direction_name,
                    Reason::not_one_of(direction, [out, into].map(|words| words.join(", ")).join(", ")),
                )),
            }
        }
        (Amount::Signed(name), &AmountColumns::Signed(amount)) => in_minor(name, cells.cell(amount)),
        (Amount::Sides { target, .. }, AmountColumns::Sides(sides)) if leg == Leg::Target => {
            in_minor(target, cells.cell(sides.target.0)).map(i64::abs)
        }
        (Amount::Sides { source, fee, .. }, AmountColumns::Sides(sides)) => {
            let amount = in_minor(source, cells.cell(sides.source.0))?.abs();
            let on_top = match cells.at(sides.fee) {
                "" => 0,
                text => in_minor(fee, text)?.abs(),
            };
            amount.checked_add(on_top).map(|sum| -sum).ok_or((*fee, Reason::FeeTooLarge))
        }
        // Unreachable: the indexes are built from the layout.
        _ => Err(("", Reason::NoAmount)),
    }
}

/// Whether a line below an open quote is a movement of its own: no label has a day and then further cells.
fn begins_with_a_day(row: &Row<'_>) -> bool {
    let first = row.get(0);
    row.len() >= 3 && ["dmy", "mdy"].iter().any(|order| values::day(first, order).is_some())
}

/// Day in the layout's order. A file with the year first that a spreadsheet saved again has the order of the bank's
/// country or, where that is not known, the only one in which the day exists.
fn day(text: &str, layout: &Layout) -> Option<i64> {
    let resaved = || match layout.resaved {
        _ if layout.order != "ymd" => None,
        "" => match (values::day(text, "dmy"), values::day(text, "mdy")) {
            (Some(day), None) | (None, Some(day)) => Some(day),
            (Some(day), Some(other)) if day == other => Some(day),
            _ => None,
        },
        order => values::day(text, order),
    };
    values::day(text, layout.order).or_else(resaved)
}

fn not_a_day(name: &'static str, text: &str, layout: &Layout) -> Wrong {
    let example = match layout.order {
        "ymd" => "2020-12-31",
        values::NAMED => "31 Dec 2020",
        _ => "31/12/2020",
    };
    (name, Reason::not_a_date(text, example))
}

/// Status code of a bank's word; a row without a word is booked.
fn state(text: &str) -> i64 {
    if matches!(text, "" | "COMPLETED" | "Gebucht") {
        return status::BOOKED;
    }
    let text = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match () {
        () if has(&[
            "pending",
            "attente",
            "processing",
            "vorgemerkt",
            "ausstehend",
            "pendiente",
            "in sospeso",
        ]) =>
        {
            status::PENDING
        }
        () if has(&[
            "revert",
            "declined",
            "failed",
            "annul",
            "refus",
            "cancel",
            "refunded",
            "geweigerd",
            "abgelehnt",
        ]) =>
        {
            status::REVERSED
        }
        () => status::BOOKED,
    }
}

/// A file being read.
struct Statement {
    known: Known,
    account: Option<String>,
    label: String,
}

impl Statement {
    /// Takes the account from a line above the header, if that line names it.
    fn look_above(&mut self, row: Row<'_>) {
        let found = match self.known.layout.above {
            Above::Nothing => None,
            Above::After(begin) => row.get(0).starts_with(begin).then(|| row.get(1)),
            Above::First if self.account.is_none() => Some(row.get(0)),
            Above::First => None,
        };
        // Banks write ="0123" so that spreadsheets keep it as text.
        let found = found.map(|text| text.trim_matches(['=', '"'])).and_then(words::some);
        if let Some(found) = found {
            self.account = Some(found.to_owned());
        }
    }

    fn give(
        &mut self,
        cells: &dyn Cells,
        line: u64,
        places: &ColumnIndexes,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        match legs(cells, self.known.layout, places) {
            Ok(legs) => legs.iter().try_for_each(|leg| self.give_leg(cells, line, places, *leg, rows)),
            Err((name, reason)) => {
                rows.reject(line, words::some(name), reason);
                Ok(())
            }
        }
    }

    fn give_leg(
        &mut self,
        cells: &dyn Cells,
        line: u64,
        places: &ColumnIndexes,
        leg: Leg,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        let layout = self.known.layout;
        let movement = match movement(cells, layout, places, leg) {
            Ok(movement) => movement,
            Err((name, reason)) => {
                let name = name.split('|').next().unwrap_or_default();
                rows.reject(line, words::some(name), reason);
                return Ok(());
            }
        };
        self.label.clear();
        for &at in &places.label {
            words::add(&mut self.label, &self.known.text(cells.cell(at)));
        }
        let kind_words = self.known.text(cells.at(places.kind));
        let kind = words::kind(&kind_words).or_else(|| words::kind(&self.label)).unwrap_or(kind::OTHER);
        let counterparty = places.payer.filter(|_| movement.amount > 0).or(places.counterparty);
        let counterparty = self.known.text(cells.at(counterparty));
        let category = self.known.text(cells.at(places.category));
        // Rabobank omits the first quote on some lines.
        let account = words::some(cells.at(places.account).trim_matches('"')).or(self.account.as_deref());
        let holder = words::some(layout.holder).or_else(|| account.and_then(names::of_iban));
        rows.push(
            Category::Bank,
            line,
            &[
                (bank::HOLDER, holder.into()),
                (bank::ACCOUNT, account.into()),
                (bank::BOOKED_ON, movement.booked_on.into()),
                (bank::VALUE_ON, movement.value_on.into()),
                (bank::AMOUNT, movement.amount.into()),
                (bank::CURRENCY, movement.currency.into()),
                (bank::BALANCE, movement.balance.into()),
                (bank::STATUS, movement.status.into()),
                (bank::KIND, kind.into()),
                (bank::LABEL, words::some(&self.label).into()),
                (bank::COUNTERPARTY, words::some(&counterparty).into()),
                (bank::BANK_CATEGORY, words::some(&category).into()),
                (bank::REFERENCE, words::some(cells.at(places.reference)).into()),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Read, read_all};
    use mesinfos_model::Batch;

    fn read(bytes: &[u8]) -> (Read, Batch) {
        let (mut reads, mut batches) = read_all(bytes).unwrap();
        assert_eq!(reads[0].about.id, "bank-csv");
        (reads.remove(0), batches.remove(0))
    }

    fn amounts(batch: &Batch) -> Vec<i64> {
        (0..batch.rows()).filter_map(|row| batch.integer(bank::AMOUNT, row)).collect()
    }

    fn rejected(read: &Read) -> Vec<(u64, Option<&str>)> {
        read.rejected.iter().map(|r| (r.line.unwrap(), r.field.as_deref())).collect()
    }

    #[test]
    fn boursorama_with_and_without_its_optional_columns() {
        let file = "\u{feff}dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance\n\
            2026-02-10;2026-02-11;\"CARTE 09/02/26 SHOP\";\"Alimentation\";\"Vie\";shop;-1\u{202f}045,32;;0004;\"B\";1 234,56\n\
            2026-02-09;;\"VIR ; \"\"SALAIRE\"\"\";\"\";\"\";;2 500,00;x;0004;\"B\";12.5\n\
            2026-02-30;;X;;;;1,00;;0004;B;\n2026-02-09;;X;;;;1,00;;0004;B;;;extra\n2026-02-09;;X\n2026-02-09;;X;;;;one;;0004;B;\n";
        let (read, batch) = self::read(file.as_bytes());
        assert_eq!(amounts(&batch), [-104_532, 250_000]);
        assert_eq!(batch.integer(bank::BALANCE, 0), None, "the last column is the balance of another day");
        assert_eq!(batch.integer(bank::VALUE_ON, 1), None);
        assert_eq!(batch.integer(bank::KIND, 0), Some(kind::CARD));
        assert_eq!(batch.text(bank::LABEL, 1), Some("VIR ; \"SALAIRE\""));
        assert_eq!(batch.text(bank::HOLDER, 0), Some("BoursoBank"));
        assert_eq!(batch.text(bank::COUNTERPARTY, 0), Some("shop"));
        assert_eq!(rejected(&read), [(4, Some("dateOp")), (5, None), (6, None), (7, Some("amount"))]);
        let short =
            "dateOp;dateVal;label;category;amount;accountNum\n2026-02-10;;X;;1;2\n2026-02-10;;X;;2;2\n";
        assert_eq!(amounts(&self::read(short.as_bytes()).1), [100, 200]);
    }

    #[test]
    fn lines_above_and_below_and_two_columns() {
        let file = "Code de la banque : 1;Date de début : 01/12/2019;\nNuméro de compte : 1;Devise : EUR;\n\nSolde en fin de période;;;;10\n\
            Date;Numéro d'opération;Libellé;Débit;Crédit;Détail;\n31/12/19;R1;PRLV EDF;-50,10;;EDF 2019;\n30/12/19;R2;VIR;;+100,00;;\n\
            29/12/19;R3;BOTH;-1,00;1,00;;\n29/12/19;R4;NONE;;;;\nSolde en début de période;;;;10\n";
        let (read, batch) = self::read(file.as_bytes());
        assert_eq!(amounts(&batch), [-5_010, 10_000]);
        assert_eq!(batch.text(bank::LABEL, 0), Some("PRLV EDF EDF 2019"));
        assert_eq!(rejected(&read), [(8, Some("Débit")), (9, Some("Débit"))]);

        let file = "=\"00123\";01/01/2026;31/01/2026;2;31/01/2026;3,39 EUR\n\n\
            Date de l’opération;Libellé;Détail de l'écriture;Montant de l'opération;Devise\n\
            18/01/2026;CARTE X1 ;CARTE X1 17/01 SHOP;-26,01;EUR\n18/01/2026;A;B;1;Euro\n";
        let (read, batch) = self::read(file.as_bytes());
        assert_eq!(batch.text(bank::ACCOUNT, 0), Some("00123"));
        assert_eq!(batch.text(bank::LABEL, 0), Some("CARTE X1 17/01 SHOP"));
        assert_eq!(rejected(&read), [(5, Some("Devise"))]);

        let latin: Vec<u8> = "Date;Libellé;Débit euros;Crédit euros;\n02/01/2026;\"PAIEMENT PAR CARTE\n   X1  SHOP\";26,01;;\n"
            .chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap())
            .collect();
        let (_, batch) = self::read(&latin);
        assert_eq!(amounts(&batch), [-2_601]);
        assert_eq!(batch.text(bank::LABEL, 0), Some("PAIEMENT PAR CARTE X1 SHOP"));
    }

    #[test]
    fn fees_states_and_dates_that_are_still_missing() {
        let file = "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n\
            CARD_PAYMENT,Current,2026-01-02 10:30:00,2026-01-03 10:30:00,Shop,-12.50,0.50,EUR,COMPLETED,87.00\n\
            CARD_PAYMENT,Current,2026-01-04 10:30:00,,Shop,-900,0.00,JPY,PENDING,\n\
            TRANSFER,Current,2026-01-04 10:30:00,,Shop,-1.00,0.00,EUR,REVERTED,\n";
        let (_, batch) = read(file.as_bytes());
        assert_eq!(amounts(&batch), [-1_300, -900, -100]);
        let states: Vec<_> = (0..3).filter_map(|row| batch.integer(bank::STATUS, row)).collect();
        assert_eq!(states, [status::BOOKED, status::PENDING, status::REVERSED]);
        assert_eq!(batch.day(1).unwrap().to_string(), "2026-01-04");
    }

    #[test]
    fn directions_in_a_column_of_their_own() {
        let file = "\"Datum\";\"Naam / Omschrijving\";\"Rekening\";\"Tegenrekening\";\"Code\";\"Af Bij\";\"Bedrag (EUR)\";\"MutatieSoort\";\"Mededelingen\"\n\
            \"20251030\";\"Shop\";\"NL1\";\"\";\"GT\";\"Af\";\"74,00\";\"Incasso\";\"Shop a\"\n20251030;B;NL1;;OV;Bij;1,5;;\n20251030;B;NL1;;OV;Eo;1;;\n";
        let (read, batch) = self::read(file.as_bytes());
        assert_eq!(amounts(&batch), [-7_400, 150]);
        assert_eq!(batch.integer(bank::KIND, 0), Some(kind::DIRECT_DEBIT));
        assert_eq!(rejected(&read), [(4, Some("Af Bij"))]);

        let file = "Date Processed,Description,Amount,\nPending,A,£67.40,\n12-Dec-2019,B,\"£1,183.23\",\n02-Dec-2019,C,\"+ £1,100.00\",CR\n";
        let (read, batch) = self::read(file.as_bytes());
        assert_eq!(amounts(&batch), [-118_323, 110_000]);
        assert_eq!(rejected(&read), [(2, Some("Date Processed"))]);
    }

    #[test]
    fn labels_over_several_lines() {
        let file = "Account details for:,FRANK 666\nAvailable Balance,\"6,666.66\"\n\nTransaction History \n\
            Transaction date,Value date,Description,Withdrawals (SGD),Deposits (SGD)\n\
            18/04/2018,18/04/2018,DEBIT PURCHASE,6.66,\n,,15/04/18  UBER \n,,EATS\n17/04/2018,17/04/2018,CASH,,66.66\n";
        let (_, batch) = read(file.as_bytes());
        assert_eq!(amounts(&batch), [-666, 6_666]);
        assert_eq!(batch.text(bank::LABEL, 0), Some("DEBIT PURCHASE 15/04/18 UBER EATS"));
        assert_eq!(batch.text(bank::ACCOUNT, 0), Some("FRANK 666"));
    }

    #[test]
    fn files_without_a_header_and_other_code_pages() {
        let file =
            "27 Feb 2018,UMC-, 7.80, ,MCDONALD'S,,,\n28 Feb 2018,ITR, ,5,X,,,\n28 Xyz 2018,ITR, ,5,X,,,\n";
        let (read, batch) = self::read(file.as_bytes());
        assert_eq!(amounts(&batch), [-780, 500]);
        assert_eq!(rejected(&read), [(3, Some("date"))]);
        assert!(read_all(b"27/02/2018,UMC-, 7.80, ,MCDONALD'S,,,\n").is_err());

        let header = "Položka;Datum zaúčtování;Částka CZK;Bankovní spojení;Datum provedení\n";
        let file = format!("{header}Č;2018/11/11;-111,11;X;2018/11/11\n");
        let czech = encoding_rs::WINDOWS_1250.encode(&file).0.into_owned();
        for bytes in [czech.as_slice(), file.as_bytes()] {
            let (_, batch) = self::read(bytes);
            assert_eq!(batch.text(bank::LABEL, 0), Some("Č X"));
            assert_eq!(amounts(&batch), [-11_111]);
        }
    }

    /// Banks of several names write one layout, and plain names of columns are everybody's: whose a file is, only the
    /// number of its account tells.
    #[test]
    fn a_layout_of_several_banks_names_none_of_them() {
        let holder = |file: &str| read(file.as_bytes()).1.text(bank::HOLDER, 0).map(str::to_owned);
        let row = "10/01/2026;10/01/2026;SHOP;-1,00;\n";
        for file in [
            "Compte de chèques;****1234\nDate operation;Libelle court;Type operation;Libelle operation;Montant operation en euro\n10/01/2026;CB;CB;SHOP A;-1,00\n",
            &format!("Date opération;Date valeur;libellé;Débit;Crédit;\n{row}"),
            "Date;Date de valeur;Débit;Crédit;Libellé;Solde\n10/01/2026;10/01/2026;-1,00;;SHOP;5,00\n",
            "Date;Date de valeur;Montant;Libellé;Solde\n10/01/2026;10/01/2026;-1,00;SHOP;5,00\n",
            "Date de comptabilisation;Libelle operation;Debit;Credit;Pointage operation\n10/01/2026;SHOP;-1,00;;0\n",
            "Date Processed,Description,Amount,\n10-Jan-2026,SHOP,£1.00,\n",
            "27 Feb 2018,UMC-, 7.80, ,MCDONALD'S,,,\n",
        ] {
            assert_eq!(holder(file), None, "{file}");
        }
        let kbc = |account: &str| {
            holder(&format!(
                "Rekeningnummer;Rubrieknaam;Datum;Omschrijving;Munt;Bedrag;Saldo\n{account};;04/05/2026;B;EUR;-1;5\n"
            ))
        };
        assert_eq!(kbc("BE42"), None);
        assert_eq!(kbc("FR7630004000000000000000000").as_deref(), Some("BNP Paribas"));
        // No layout has two names for its bank.
        assert!(LAYOUTS.iter().all(|layout| !layout.holder.contains('/')));
        assert!(LAYOUTS.iter().all(|layout| layout.bare.is_empty() || layout.holder.is_empty()));
    }

    #[test]
    fn every_layout_names_columns_of_its_own() {
        for layout in LAYOUTS {
            let names = if layout.bare.is_empty() { layout.header } else { layout.bare };
            let one_each: Vec<String> = names
                .iter()
                .map(|name| folded(name.split('|').next().unwrap()).replace("***", "eur"))
                .collect();
            let mut with_rest = one_each.clone();
            for name in layout.label.iter().chain([&layout.value_date, &layout.balance, &layout.account]) {
                let name = folded(name.split('|').next().unwrap()).replace("***", "eur");
                if !layout.whole && !with_rest.contains(&name) {
                    with_rest.push(name);
                }
            }
            if !layout.whole {
                with_rest.push(folded("Another column"));
            } else {
                with_rest.push(String::new());
            }
            let places = ColumnIndexes::of(layout, &with_rest);
            assert!(places.is_some_and(|p| !p.label.is_empty()), "{names:?}");
        }
    }
}
