//! What a table that no format knows looks like, and a guess of what its columns mean.

use super::columns::{Column, Settled};
use super::words::{Hint, begins_with_day, currency_in, hint, hints, unit};
use super::{
    CurrencyColumn, DELIMITERS, DateOrder, DecimalMark, Every, MAPPING_VERSION, MOST_COLUMNS, MOST_LABELS,
    MOST_SKIPPED, Mapping, ReadingUnit, RowKind, ValueColumns,
};
use crate::display_text;
use crate::error::FormatError;
use crate::read::{Head, Input};
use serde::{Deserialize, Serialize};

/// Largest description of a table, in bytes.
pub const LARGEST_PROBE: usize = 1 << 20;

/// Rows that are shown.
const SHOWN: usize = 6;

/// Rows that are looked at.
const ROWS: u64 = 200_000;

/// Records at the beginning that are searched for the first row.
const BEGINNING: usize = MOST_SKIPPED as usize + 50;

/// Bytes of a head that is not the whole file.
const HEAD: usize = 64 << 10;

/// What a table looks like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableProbe {
    /// Names of its columns; empty if it has no header.
    pub header: Vec<String>,
    /// Number of its columns.
    pub columns: u16,
    /// Its first rows.
    pub rows: Vec<Vec<String>>,
    /// Number of rows that were looked at.
    pub counted: u64,
    /// What its columns seem to mean. The name of the data holder is empty.
    pub guess: Mapping,
    /// What it does not tell.
    pub open: Vec<Open>,
}

impl TableProbe {
    /// What a process that read a hostile file says about it, within the bounds of what this program would say. `None` if
    /// it says nothing, or nothing credible.
    pub fn told(described: &[u8]) -> Option<TableProbe> {
        let probe: TableProbe = serde_json::from_slice(described).ok()?;
        let TableProbe { header, columns, rows, guess, open, .. } = &probe;
        let width = usize::from(*columns);
        let named = Mapping { holder: "-".to_owned(), ..guess.clone() };
        let used = named.value.columns().into_iter().chain([named.date]).chain(named.label.iter().copied());
        let is_bounded = (2..=MOST_COLUMNS).contains(columns)
            && (header.is_empty() || header.len() <= width)
            && rows.len() <= SHOWN
            && rows.iter().all(|row| row.len() == width)
            && open.len() <= 8
            && named.check().is_ok()
            && used.chain(named.time).all(|column| column <= *columns);
        let part = |text: &String| display_text::part(text);
        is_bounded.then(|| TableProbe {
            header: header.iter().map(part).collect(),
            rows: rows.iter().map(|row| row.iter().map(part).collect()).collect(),
            ..probe.clone()
        })
    }
}

/// What a table does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Open {
    /// Whether the day or the month comes first.
    DateOrder,
    /// Whether money that goes out is positive or negative: most amounts have no sign.
    Sign,
    /// Whether a mark groups thousands or separates decimals.
    Decimal,
    /// The currency.
    Currency,
    /// The unit.
    Unit,
    /// The time that a reading covers.
    Every,
    /// Which column has the amount or reading.
    Value,
    /// Which of two words is that of money that goes out.
    Direction,
}

/// Looks at a table. `None` if the file is none, or has no column of dates and no column of numbers, or too many columns.
///
/// # Errors
/// Errors of the input.
pub(crate) fn probe(input: Input<'_>) -> Result<Option<TableProbe>, FormatError> {
    let Some(table) = Beginning::of(input.head) else { return Ok(None) };
    let Beginning { delimiter, skip, header, width } = table;
    let mut columns = vec![Column::default(); width];
    let (mut rows, mut counted) = (Vec::new(), 0);
    let mut records = input.table(delimiter as u8);
    for _ in 0..skip {
        records.next()?;
    }
    while counted < ROWS {
        let Some(row) = records.next()? else { break };
        if row.is_blank() {
            continue;
        }
        counted += 1;
        for (column, cell) in columns.iter_mut().zip(row.iter()) {
            column.add(cell);
        }
        if rows.len() < SHOWN {
            rows.push((0..width).map(|at| display_text::part(row.get(at))).collect());
        }
    }
    let Ok(width) = u16::try_from(width) else { return Ok(None) };
    let Ok(skip) = u16::try_from(skip) else { return Ok(None) };
    let Some((guess, open)) = Guess { header: &header, columns: &columns }.mapping(delimiter, skip) else {
        return Ok(None);
    };
    let header = header.iter().map(|name| display_text::part(name)).collect();
    Ok(Some(TableProbe { header, columns: width, rows, counted, guess, open }))
}

/// The beginning of a table: how cells are separated, and where rows begin.
struct Beginning {
    delimiter: char,
    /// Records above the first row.
    skip: usize,
    header: Vec<String>,
    width: usize,
}

impl Beginning {
    fn of(head: &Head) -> Option<Beginning> {
        let control = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\u{c}');
        if head.text().contains(control) || head.text().trim_start().starts_with(['<', '{', '[']) {
            return None;
        }
        let text = match head.text().rsplit_once('\n') {
            // The last record may be cut.
            Some((whole, _)) if head.bytes().len() >= HEAD => whole,
            _ => head.text(),
        };
        let mut best: Option<(usize, usize, Beginning)> = None;
        for &delimiter in DELIMITERS {
            let Some((fitting, found)) = Beginning::with(text, delimiter) else { continue };
            let width = found.width;
            if best.as_ref().is_none_or(|(most, widest, _)| (fitting, width) > (*most, *widest)) {
                best = Some((fitting, width, found));
            }
        }
        best.map(|(_, _, found)| found)
    }

    /// The beginning if cells are separated by this character, and the number of records that fit.
    fn with(text: &str, delimiter: char) -> Option<(usize, Beginning)> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter as u8)
            .from_reader(text.as_bytes());
        let records: Vec<Vec<String>> = reader
            .records()
            .take(BEGINNING)
            .map_while(Result::ok)
            .map(|record| record.iter().map(|cell| cell.trim().to_owned()).collect())
            .collect();
        let is_row = |record: &Vec<String>| {
            let kinds = record.iter().map(|cell| {
                let mut column = Column::default();
                column.add(cell);
                (column.is_dates(), column.is_numbers())
            });
            let (dates, numbers): (Vec<bool>, Vec<bool>) = kinds.unzip();
            record.len() >= 2 && dates.contains(&true) && numbers.contains(&true)
        };
        let first = records.iter().position(is_row)?;
        let width = records[first].len().max(first.checked_sub(1).map_or(0, |at| records[at].len()));
        if width > usize::from(MOST_COLUMNS) || first > usize::from(MOST_SKIPPED) {
            return None;
        }
        let header = first.checked_sub(1).map(|at| records[at].clone());
        // A header has a name for nearly each column, and no values.
        let header = header.filter(|names| {
            names.len() >= 2
                && names.iter().filter(|name| !name.is_empty()).count() * 2 > width
                && names.iter().all(|name| name.is_empty() || name.chars().any(char::is_alphabetic))
        });
        let fitting = records[first..].iter().filter(|record| is_row(record)).count();
        let found = Beginning { delimiter, skip: first, header: header.unwrap_or_default(), width };
        Some((fitting, found))
    }
}

/// A table, to guess from.
struct Guess<'a> {
    header: &'a [String],
    columns: &'a [Column],
}

impl Guess<'_> {
    fn name(&self, at: usize) -> &str {
        self.header.get(at).map_or("", String::as_str)
    }

    /// The first column that fits, of those with a hint if there is one.
    fn first(&self, wanted: Hint, fits: impl Fn(usize) -> bool) -> Option<usize> {
        (0..self.columns.len()).find(|&at| hint(self.name(at)) == Some(wanted) && fits(at))
    }

    fn mapping(&self, delimiter: char, skip: u16) -> Option<(Mapping, Vec<Open>)> {
        let mut open = Vec::new();
        let dates = |at: usize| self.columns[at].is_dates();
        let date = self
            .first(Hint::Date, dates)
            .or_else(|| {
                (0..self.columns.len()).find(|&at| dates(at) && hint(self.name(at)) != Some(Hint::OtherDate))
            })
            .or_else(|| (0..self.columns.len()).find(|&at| dates(at)))?;
        let date_order = match self.columns[date].date_order() {
            Settled::By(order) => order,
            Settled::No if begins_with_day(self.header) => DateOrder::DayFirst,
            Settled::No => {
                open.push(Open::DateOrder);
                DateOrder::DayFirst
            }
        };
        let rows = self.kind();
        let (value, values) =
            if rows.is_reading() { self.reading(&mut open) } else { self.amount(&mut open) }?;
        let decimals = values.iter().map(|at| self.columns[*at].decimal());
        let decimal = decimals.reduce(|one, other| if one == other { one } else { one.or(other) }).flatten();
        if decimal.is_none() {
            open.push(Open::Decimal);
        }
        let time = (0..self.columns.len()).find(|&at| at != date && self.columns[at].is_clocks());
        let currency = if rows.is_reading() { None } else { Some(self.currency(&values, &mut open)) };
        let unit = if rows.is_reading() { Some(self.unit(rows, &values, &mut open)) } else { None };
        let is_timed = time.is_some() || self.columns[date].timed > 0;
        let every = matches!(value, ValueColumns::Consumed { .. }).then(|| {
            open.push(Open::Every);
            if is_timed { Every::HalfHour } else { Every::Day }
        });
        let column = |at: usize| u16::try_from(at + 1).unwrap_or(0);
        let mut used: Vec<usize> = value.columns().iter().map(|column| usize::from(*column) - 1).collect();
        used.push(date);
        let label = if rows.is_reading() { Vec::new() } else { self.label(&used) };
        Some((
            Mapping {
                version: MAPPING_VERSION,
                rows,
                holder: String::new(),
                delimiter,
                skip,
                date: column(date),
                date_order,
                time: time.map(column),
                label: label.into_iter().map(column).collect(),
                value,
                decimal: decimal.unwrap_or(DecimalMark::Comma),
                currency,
                unit,
                every,
            },
            open,
        ))
    }

    fn kind(&self) -> RowKind {
        let has = |wanted: Hint| {
            (0..self.columns.len())
                .any(|at| hints(self.name(at)).contains(&wanted) && self.columns[at].is_numbers())
        };
        let named = |wanted: Hint| (0..self.columns.len()).any(|at| hints(self.name(at)).contains(&wanted));
        let units: Vec<ReadingUnit> = self.header.iter().filter_map(|name| unit(name)).collect();
        let is_reading = !units.is_empty() || has(Hint::Energy) || has(Hint::Register);
        let has_money = has(Hint::Amount) || has(Hint::Out) || has(Hint::In);
        match () {
            () if !is_reading && has_money => RowKind::Bank,
            () if named(Hint::Gas) && is_reading => RowKind::Gas,
            () if named(Hint::Water) && is_reading || units.contains(&ReadingUnit::CubicMetre) => {
                RowKind::Water
            }
            () if is_reading => RowKind::Electricity,
            () => RowKind::Bank,
        }
    }

    /// Columns of numbers that may be values: not balances.
    fn numbers(&self) -> Vec<usize> {
        let fits = |&at: &usize| self.columns[at].is_numbers() && hint(self.name(at)) != Some(Hint::Balance);
        (0..self.columns.len()).filter(fits).collect()
    }

    fn amount(&self, open: &mut Vec<Open>) -> Option<(ValueColumns, Vec<usize>)> {
        let column = |at: usize| u16::try_from(at + 1).unwrap_or(0);
        let numeric = |at: usize| self.columns[at].is_numbers() || self.columns[at].filled == 0;
        let (out, into) = (self.first(Hint::Out, numeric), self.first(Hint::In, numeric));
        if let (Some(out), Some(into)) = (out, into) {
            return Some((ValueColumns::OutAndIn { out: column(out), into: column(into) }, vec![out, into]));
        }
        let numbers = self.numbers();
        let named = numbers.iter().copied().find(|at| hint(self.name(*at)) == Some(Hint::Amount));
        // A number with a sign or decimals is an amount rather than a number of an account.
        let signed = numbers.iter().copied().find(|at| self.columns[*at].negatives > 0);
        let amount = named.or(signed).or_else(|| numbers.first().copied())?;
        if named.is_none() && numbers.len() > 1 {
            open.push(Open::Value);
        }
        if self.columns[amount].negatives > 0 {
            // A card may write what was given back with a sign, and what was spent without one.
            if !self.columns[amount].is_mostly_negative() {
                open.push(Open::Sign);
            }
            return Some((ValueColumns::Signed { column: column(amount) }, vec![amount]));
        }
        if let Some((at, out)) = self.direction(amount, open) {
            let value = ValueColumns::Directed { amount: column(amount), direction: column(at), out };
            return Some((value, vec![amount]));
        }
        open.push(Open::Sign);
        Some((ValueColumns::Signed { column: column(amount) }, vec![amount]))
    }

    /// A column whose two words say which way money goes, and the word of money that goes out.
    fn direction(&self, amount: usize, open: &mut Vec<Open>) -> Option<(usize, String)> {
        const OUT: &[&str] =
            &["d", "dr", "debit", "débit", "s", "soll", "af", "out", "dbit", "-", "sortie", "dépense"];
        for at in (0..self.columns.len()).filter(|at| *at != amount) {
            let Some(pair) = self.columns[at].pair() else { continue };
            if let Some(out) = pair.iter().find(|word| OUT.contains(&word.to_lowercase().as_str())) {
                return Some((at, (*out).to_owned()));
            }
            if hint(self.name(at)) == Some(Hint::Direction) {
                open.push(Open::Direction);
                return Some((at, pair[0].to_owned()));
            }
        }
        None
    }

    fn reading(&self, open: &mut Vec<Open>) -> Option<(ValueColumns, Vec<usize>)> {
        let column = |at: usize| u16::try_from(at + 1).unwrap_or(0);
        let numbers = self.numbers();
        let with_unit = numbers.iter().copied().find(|at| unit(self.name(*at)).is_some());
        let says = |at: usize, wanted: &[Hint]| hints(self.name(at)).iter().any(|hint| wanted.contains(hint));
        let register = numbers.iter().copied().find(|at| says(*at, &[Hint::Register]));
        let consumed = numbers
            .iter()
            .copied()
            .find(|at| says(*at, &[Hint::Energy, Hint::Gas, Hint::Water]) && !says(*at, &[Hint::Register]));
        if let (Some(at), None) = (register, consumed) {
            return Some((ValueColumns::Register { column: column(at) }, vec![at]));
        }
        let at = consumed.or(with_unit).or_else(|| numbers.first().copied())?;
        if consumed.is_none() && with_unit.is_none() && numbers.len() > 1 {
            open.push(Open::Value);
        }
        Some((ValueColumns::Consumed { column: column(at) }, vec![at]))
    }

    fn currency(&self, values: &[usize], open: &mut Vec<Open>) -> CurrencyColumn {
        let codes = (0..self.columns.len()).find(|at| self.columns[*at].is_codes());
        if let Some(at) = codes {
            return CurrencyColumn::In(u16::try_from(at + 1).unwrap_or(0));
        }
        let found =
            values.iter().find_map(|at| self.columns[*at].currency().or_else(|| currency_in(self.name(*at))));
        if found.is_none() {
            open.push(Open::Currency);
        }
        CurrencyColumn::Is(found.unwrap_or("EUR").to_owned())
    }

    fn unit(&self, rows: RowKind, values: &[usize], open: &mut Vec<Open>) -> ReadingUnit {
        let found = values.iter().find_map(|at| unit(self.name(*at)));
        if found.is_none() {
            open.push(Open::Unit);
        }
        found.unwrap_or(if rows == RowKind::Electricity { ReadingUnit::Kwh } else { ReadingUnit::CubicMetre })
    }

    /// Columns of words: those whose name says so, or else the one with most letters.
    fn label(&self, used: &[usize]) -> Vec<usize> {
        let is_free =
            |at: &usize| !used.contains(at) && !self.columns[*at].is_dates() && self.columns[*at].filled > 0;
        let wordy = |at: &usize| self.columns[*at].wordiness() > 0 && !self.columns[*at].is_codes();
        let free: Vec<usize> = (0..self.columns.len()).filter(is_free).filter(wordy).collect();
        let named: Vec<usize> = free
            .iter()
            .copied()
            .filter(|at| hint(self.name(*at)) == Some(Hint::Label))
            .take(MOST_LABELS)
            .collect();
        if named.is_empty() {
            return free.into_iter().max_by_key(|at| self.columns[*at].wordiness()).into_iter().collect();
        }
        named
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn probed(bytes: &[u8]) -> Option<TableProbe> {
        let (head, input) = Head::take(bytes).unwrap();
        probe(Input::new(&head, input)).unwrap()
    }

    fn guess(text: &str) -> (Mapping, Vec<Open>) {
        let probe = probed(text.as_bytes()).unwrap();
        (probe.guess, probe.open)
    }

    #[test]
    fn a_french_bank() {
        let (guess, open) = guess(
            "Compte 123\n\nDate;Date de valeur;Libellé;Débit;Crédit;Solde\n02/01/2026;03/01/2026;CB SHOP;12,50;;100,00\n03/01/2026;03/01/2026;VIR;;2 000,00;2 100,00\n",
        );
        assert_eq!((guess.rows, guess.delimiter, guess.skip), (RowKind::Bank, ';', 2));
        assert_eq!((guess.date, guess.date_order), (1, DateOrder::DayFirst));
        assert_eq!(guess.value, ValueColumns::OutAndIn { out: 4, into: 5 });
        assert_eq!((guess.label, guess.decimal), (vec![3], DecimalMark::Comma));
        assert_eq!(open, [Open::Currency]);
    }

    #[test]
    fn a_german_bank_and_an_english_one() {
        let (german, open) = guess(
            "Buchungstag;Verwendungszweck;Betrag;Währung\n13.01.2026;Miete;-800,00;EUR\n02.02.2026;Lohn;2.500,00;EUR\n",
        );
        assert_eq!(
            (german.value, german.currency),
            (ValueColumns::Signed { column: 3 }, Some(CurrencyColumn::In(4)))
        );
        assert_eq!((german.date_order, german.label, open), (DateOrder::DayFirst, vec![2], vec![]));
        let (english, open) =
            guess("Date,Description,Amount\n01/02/2026,Shop,-5.20\n02/03/2026,Shop,-7.00\n");
        assert_eq!(english.decimal, DecimalMark::Point);
        assert_eq!(open, [Open::DateOrder, Open::Currency], "nothing tells the order");
    }

    #[test]
    fn amounts_without_a_sign_are_asked_about() {
        let (guess, open) = guess("date,merchant,total\n2026-01-13,Shop,5.20\n2026-01-14,Shop,7.00\n");
        assert_eq!(guess.value, ValueColumns::Signed { column: 3 });
        assert!(open.contains(&Open::Sign));
        let (guess, open) = self::guess(
            "Datum\tNaam\tAf Bij\tBedrag (EUR)\n20260113\tWinkel\tAf\t5,20\n20260114\tLoon\tBij\t700,00\n",
        );
        assert_eq!(guess.value, ValueColumns::Directed { amount: 4, direction: 3, out: "Af".to_owned() });
        assert_eq!((guess.delimiter, open), ('\t', vec![]));
    }

    #[test]
    fn meters() {
        let (guess, open) =
            guess("Jour;Consommation (kWh)\n01/01/2026;12,345\n02/01/2026;9,100\n13/01/2026;8,000\n");
        assert_eq!((guess.rows, guess.unit), (RowKind::Electricity, Some(ReadingUnit::Kwh)));
        assert_eq!(guess.value, ValueColumns::Consumed { column: 2 });
        assert_eq!(open, [Open::Decimal, Open::Every], "three decimals, or thousands");
        let (guess, _) = self::guess("Date,Eau : index (m3)\n2026-01-01,120.5\n2026-02-01,131.25\n");
        assert_eq!((guess.rows, guess.value), (RowKind::Water, ValueColumns::Register { column: 2 }));
    }

    #[test]
    fn a_table_without_a_header() {
        let (guess, open) = guess("13/01/2026;CB SHOP;-5,20\n12/01/2026;VIR;7,00\n");
        assert_eq!((guess.skip, guess.date, guess.label), (0, 1, vec![2]));
        assert_eq!(open, [Open::Currency]);
    }

    #[test]
    fn what_is_no_table() {
        let wide = vec!["1,50"; 100].join(";");
        for none in [
            "",
            "hello",
            "a,b\nc,d\n",
            "a;1\nb;2\n",
            "<html><body>2026-01-01, 5</body></html>",
            "\0\x01\x02;2026-01-01;5",
            &format!("2026-01-01;{wide}\n"),
        ] {
            assert_eq!(probed(none.as_bytes()), None, "{}", &none[..none.len().min(60)]);
        }
    }

    /// Many cards write what was spent without a sign, and what was given back with one.
    #[test]
    fn a_sign_on_few_amounts_does_not_tell_which_way_money_goes() {
        let card = "Date,Description,Amount\n2026-01-13,Shop,5.20\n2026-01-14,Shop,7.00\n2026-01-15,Payment,-12.20\n";
        let (guess, open) = guess(card);
        assert_eq!(guess.value, ValueColumns::Signed { column: 3 });
        assert!(open.contains(&Open::Sign), "{open:?}");
        let account = card.replace("5.20", "-5.20").replace("7.00", "-7.00").replace("-12.20", "12.20");
        assert!(!self::guess(&account).1.contains(&Open::Sign));
    }

    #[test]
    fn years_of_two_digits_may_come_first() {
        let order = |text: &str| {
            let (guess, open) = guess(text);
            (guess.date_order, open.contains(&Open::DateOrder))
        };
        // 26 January of 2013 and 2028, or 13 and 28 January 2026.
        assert!(order("Date,What,Amount\n26/01/13,A,-1.00\n26/01/28,B,-2.00\n").1);
        // A year of many: the rows run in one direction in one order alone.
        let rows =
            |a: &str, b: &str, c: &str| format!("Date,What,Amount\n{a},A,-1.00\n{b},B,-2.00\n{c},C,-3.00\n");
        assert_eq!(order(&rows("26/01/13", "26/02/28", "26/03/02")), (DateOrder::YearFirst, false));
        assert_eq!(order(&rows("13/01/26", "28/02/26", "02/03/26")), (DateOrder::DayFirst, false));
        // The language tells.
        assert_eq!(
            order("Date;Libellé;Montant\n13/01/26;A;-1,00\n28/01/26;B;-2,00\n"),
            (DateOrder::DayFirst, false)
        );
    }

    #[test]
    fn huge_tables_end() {
        let wide = vec!["13/01/2026"; 100_000].join(";");
        assert_eq!(probed(format!("{wide}\n{wide}\n").as_bytes()), None);
        let cell = "x".repeat(4 << 20);
        let big = format!("Date;Libellé;Montant\n2026-01-13;A;-5,20\n2026-01-14;{cell};-7,00\n");
        let (head, input) = Head::take(big.as_bytes()).unwrap();
        assert!(probe(Input::new(&head, input)).is_err(), "a row is bounded, as in every table");
        assert_eq!(probed(&[0xff; 100_000]), None);
    }

    #[test]
    fn hostile_cells_are_shown_as_text_and_bounded() {
        let long = "x".repeat(10_000);
        let file =
            format!("Date;Libellé;Montant\n2026-01-13;\u{202e}<b>{long};-5,20\n2026-01-14;=1+1;-7,00\n");
        let probe = probed(file.as_bytes()).unwrap();
        assert!(!probe.rows[0][1].contains('\u{202e}') && probe.rows[0][1].chars().count() <= 200);
        let described = serde_json::to_vec(&probe).unwrap();
        assert!(described.len() < LARGEST_PROBE);
        assert_eq!(TableProbe::told(&described), Some(probe.clone()));
        // What another program would say.
        let other = |change: &dyn Fn(&mut TableProbe)| {
            let mut other = probe.clone();
            change(&mut other);
            TableProbe::told(&serde_json::to_vec(&other).unwrap())
        };
        assert_eq!(other(&|probe| probe.guess.date = 9), None);
        assert_eq!(other(&|probe| probe.rows.push(vec!["x".to_owned()])), None);
        assert_eq!(other(&|probe| probe.columns = 61), None);
        assert_eq!(TableProbe::told(b""), None);
        let told = other(&|probe| probe.header[0] = "\u{202e}x".to_owned()).unwrap();
        assert!(!told.header[0].contains('\u{202e}'));
    }
}
