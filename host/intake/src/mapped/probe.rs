//! What a table that no format knows looks like, and a guess of what its columns mean.

use super::beginning::Beginning;
use super::columns::{Column, Settled, decimal, is_row};
use super::ways;
use super::words::{Hint, currency_in, hint, hints, is_of_another, is_rate_or_money, says_cents, unit};
use super::{
    ColumnLook, CurrencyColumn, DateOrder, DecimalMark, Every, MAPPING_VERSION, MOST_COLUMNS, MOST_LABELS,
    Mapping, ReadingUnit, RowKind, ValueColumns, byte_of,
};
use crate::display_text;
use crate::error::FormatError;
use crate::read::Input;
use serde::{Deserialize, Serialize};

/// Largest description of a table, in bytes.
pub const LARGEST_PROBE: usize = 1 << 20;

/// Rows that are shown.
const SHOWN: usize = 6;

/// Rows that are looked at.
const ROWS: u64 = 200_000;

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
    /// What the cells of each column look like, over these rows.
    pub looks: Vec<ColumnLook>,
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
        let TableProbe { header, columns, rows, looks, guess, open, .. } = &probe;
        let width = usize::from(*columns);
        let named = Mapping { holder: "-".to_owned(), ..guess.clone() };
        let used = named.columns();
        let is_bounded = (2..=MOST_COLUMNS).contains(columns)
            && (header.is_empty() || header.len() <= width)
            && rows.len() <= SHOWN
            && rows.iter().all(|row| row.len() == width)
            && looks.len() == width
            && looks.iter().all(ColumnLook::is_credible)
            && open.len() <= Open::ALL.len()
            && named.check().is_ok()
            && used.iter().all(|column| column <= columns);
        let part = |text: &String| display_text::part(text);
        is_bounded.then(|| TableProbe {
            header: header.iter().map(part).collect(),
            rows: rows.iter().map(|row| row.iter().map(part).collect()).collect(),
            looks: looks.iter().map(ColumnLook::cleaned).collect(),
            ..probe.clone()
        })
    }
}

impl TableProbe {
    /// The other word of a column that has two, where the person says which is that of money that goes out.
    pub fn other_word(&self, column: u16, out: &str) -> Option<&str> {
        let look = usize::from(column).checked_sub(1).and_then(|at| self.looks.get(at))?;
        let is_out = |word: &str| word.trim().to_lowercase() == out.trim().to_lowercase();
        match look.texts.as_deref()? {
            [one, other] if is_out(one) && !is_out(other) => Some(other),
            [other, one] if is_out(one) && !is_out(other) => Some(other),
            _ => None,
        }
    }

    /// Whether its header and its cells tell everything about it but whose it is and its currency, which the person says.
    pub fn is_plain(&self) -> bool {
        !self.header.is_empty() && self.open.iter().all(|open| *open == Open::Currency)
    }

    /// Whether the name of a column says that its amounts are in cents.
    pub fn says_cents(&self, column: u16) -> bool {
        let name = usize::from(column).checked_sub(1).and_then(|at| self.header.get(at));
        name.is_some_and(|name| says_cents(name))
    }
}

/// What a table does not tell, or what it tells otherwise than a mapping that was made for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Open {
    /// Which column has the date.
    Date,
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

impl Open {
    /// All of them.
    pub const ALL: &'static [Open] = &[
        Open::Date,
        Open::DateOrder,
        Open::Sign,
        Open::Decimal,
        Open::Currency,
        Open::Unit,
        Open::Every,
        Open::Value,
        Open::Direction,
    ];
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
    let mut records = input.table(byte_of(delimiter)).with_rows(is_row);
    for _ in 0..skip {
        records.next()?;
    }
    while counted < ROWS {
        let Some(row) = records.next()? else { break };
        if row.is_closed() && row.is_blank() {
            continue;
        }
        counted += 1;
        if !row.is_closed() {
            continue;
        }
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
    let looks = columns.iter().map(ColumnLook::of).collect();
    Ok(Some(TableProbe { header, columns: width, rows, counted, looks, guess, open }))
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

    fn mapping(&self, delimiter: char, skip: u16) -> Option<(Mapping, Vec<Open>)> {
        let mut open = Vec::new();
        let date = self.date(&mut open)?;
        let date_order = match self.columns[date].date_order() {
            Settled::By(order) => order,
            Settled::No => {
                open.push(Open::DateOrder);
                DateOrder::DayFirst
            }
        };
        let rows = self.kind();
        let (value, values) =
            if rows.is_reading() { self.reading(&mut open) } else { self.amount(&mut open) }?;
        let decimal = decimal(values.iter().map(|at| &self.columns[*at]));
        if decimal.is_none() {
            open.push(Open::Decimal);
        }
        let mut used: Vec<usize> = value.columns().iter().map(|column| usize::from(*column) - 1).collect();
        used.push(date);
        let time = (0..self.columns.len()).find(|at| !used.contains(at) && self.columns[*at].is_clocks());
        used.extend(time);
        let currency = if rows.is_reading() { None } else { Some(self.currency(&values, &used, &mut open)) };
        if let Some(CurrencyColumn::In(at)) = currency {
            used.push(usize::from(at) - 1);
        }
        let unit = if rows.is_reading() { Some(self.unit(rows, &values, &mut open)) } else { None };
        let is_timed = time.is_some() || self.columns[date].timed > 0;
        let every = matches!(value, ValueColumns::Consumed { .. }).then(|| {
            open.push(Open::Every);
            if is_timed { Every::HalfHour } else { Every::Day }
        });
        let account = self.account(&used);
        used.extend(account);
        let column = |at: usize| u16::try_from(at + 1).unwrap_or(0);
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
                account: account.map(column),
                value,
                decimal: decimal.unwrap_or(DecimalMark::Comma),
                currency,
                in_cents: !rows.is_reading() && values.iter().any(|at| says_cents(self.name(*at))),
                unit,
                every,
            },
            open,
        ))
    }

    /// The column of the date. Which one is open if several may be it.
    fn date(&self, open: &mut Vec<Open>) -> Option<usize> {
        let dates: Vec<usize> = (0..self.columns.len()).filter(|at| self.columns[*at].is_dates()).collect();
        let is = |at: &usize, wanted: Hint| hint(self.name(*at)) == Some(wanted);
        let named: Vec<usize> = dates.iter().copied().filter(|at| is(at, Hint::Date)).collect();
        let free: Vec<usize> = dates.iter().copied().filter(|at| !is(at, Hint::OtherDate)).collect();
        // The best of them, and what may be meant as well.
        let among = [&named, &free, &dates].into_iter().find(|among| !among.is_empty())?;
        if among.len() > 1 {
            open.push(Open::Date);
        }
        among.first().copied()
    }

    /// The column of accounts or meters, if one is named so.
    fn account(&self, used: &[usize]) -> Option<usize> {
        let is = |at: &usize| {
            let (name, column) = (self.name(*at), &self.columns[*at]);
            let is_named = hint(name) == Some(Hint::Account) && !is_of_another(name);
            is_named && column.filled > 0 && !column.is_dates() && !used.contains(at)
        };
        let found: Vec<usize> = (0..self.columns.len()).filter(is).collect();
        Some(found).filter(|found| found.len() == 1).map(|found| found[0])
    }

    fn kind(&self) -> RowKind {
        let has = |wanted: Hint| {
            (0..self.columns.len())
                .any(|at| hints(self.name(at)).contains(&wanted) && self.columns[at].is_numbers())
        };
        let named = |wanted: Hint| (0..self.columns.len()).any(|at| hints(self.name(at)).contains(&wanted));
        let has_money = has(Hint::Amount) || has(Hint::Out) || has(Hint::In);
        let of_numbers = (0..self.columns.len()).filter(|at| self.columns[*at].is_numbers());
        // What is bought may have litres.
        let counts = |unit: &ReadingUnit| *unit != ReadingUnit::Litre || !has_money;
        let units: Vec<ReadingUnit> =
            of_numbers.filter_map(|at| unit(self.name(at))).filter(counts).collect();
        let is_reading = !units.is_empty() || has(Hint::Energy) || has(Hint::Register);
        let has_volume =
            units.iter().any(|unit| matches!(unit, ReadingUnit::CubicMetre | ReadingUnit::Litre));
        match () {
            () if !is_reading && has_money => RowKind::Bank,
            () if named(Hint::Gas) && is_reading => RowKind::Gas,
            () if named(Hint::Water) && is_reading || has_volume => RowKind::Water,
            () if is_reading => RowKind::Electricity,
            () => RowKind::Bank,
        }
    }

    /// Columns of numbers that may be values: no balances, and no numbers of accounts.
    fn numbers(&self) -> Vec<usize> {
        let is_other = |at: usize| matches!(hint(self.name(at)), Some(Hint::Balance | Hint::Account));
        (0..self.columns.len()).filter(|&at| self.columns[at].is_numbers() && !is_other(at)).collect()
    }

    fn amount(&self, open: &mut Vec<Open>) -> Option<(ValueColumns, Vec<usize>)> {
        let column = |at: usize| u16::try_from(at + 1).unwrap_or(0);
        let numbers = self.numbers();
        let with = |wanted: Hint| -> Vec<usize> {
            let fits = |at: &usize| self.columns[*at].is_numbers() || self.columns[*at].filled == 0;
            (0..self.columns.len()).filter(|at| hint(self.name(*at)) == Some(wanted)).filter(fits).collect()
        };
        let (out, into) = (with(Hint::Out), with(Hint::In));
        let named: Vec<usize> =
            numbers.iter().copied().filter(|at| hint(self.name(*at)) == Some(Hint::Amount)).collect();
        if let ([out, other_out @ ..], [into, other_in @ ..]) = (&out[..], &into[..]) {
            if !(other_out.is_empty() && other_in.is_empty() && named.is_empty()) {
                open.push(Open::Value);
            }
            let value = ValueColumns::OutAndIn { out: column(*out), into: column(*into) };
            return Some((value, vec![*out, *into]));
        }
        // A number with a sign or decimals is an amount rather than a number of an account.
        let signed = numbers.iter().copied().find(|at| self.columns[*at].negatives > 0);
        let amount = named.first().copied().or(signed).or_else(|| numbers.first().copied())?;
        if named.len() != 1 && numbers.len() > 1 {
            open.push(Open::Value);
        }
        if self.columns[amount].negatives > 0 {
            if !self.columns[amount].tells_ways() {
                open.push(Open::Sign);
            }
            return Some((ValueColumns::Signed { column: column(amount) }, vec![amount]));
        }
        if let Some((at, out, into)) = self.direction(amount, open) {
            let value = ValueColumns::Directed {
                amount: column(amount),
                direction: column(at),
                out: out.to_owned(),
                into: Some(into.to_owned()),
            };
            return Some((value, vec![amount]));
        }
        if !self.columns[amount].tells_ways() {
            open.push(Open::Sign);
        }
        Some((ValueColumns::Signed { column: column(amount) }, vec![amount]))
    }

    /// A column whose two words say which way money goes, the word of money that goes out, and the other. Which is which
    /// is open unless they are known as a pair.
    fn direction(&self, amount: usize, open: &mut Vec<Open>) -> Option<(usize, &str, &str)> {
        let pairs: Vec<(usize, [&str; 2])> = (0..self.columns.len())
            .filter(|at| *at != amount && !self.columns[*at].is_dates() && !self.columns[*at].is_clocks())
            .filter_map(|at| Some((at, self.columns[at].pair()?)))
            .filter(|(_, pair)| pair.iter().all(|word| !word.trim().is_empty()))
            .collect();
        let known: Vec<(usize, &str, &str)> = pairs
            .iter()
            .filter_map(|(at, [one, other])| {
                let out = ways::out_of(one, other)?;
                Some((*at, out, if out == *one { *other } else { *one }))
            })
            .collect();
        if let [first, others @ ..] = &known[..] {
            if !others.is_empty() {
                open.push(Open::Direction);
            }
            return Some(*first);
        }
        let is_named = |at: usize| hint(self.name(at)) == Some(Hint::Direction);
        let (at, [one, other]) = pairs
            .iter()
            .find(|(at, _)| is_named(*at))
            .or_else(|| pairs.iter().find(|(_, pair)| pair.iter().any(|word| ways::is_known(word))))?;
        open.push(Open::Direction);
        // Nothing says that this column is one of directions, either.
        if !is_named(*at) {
            open.push(Open::Value);
        }
        Some((*at, one, other))
    }

    fn reading(&self, open: &mut Vec<Open>) -> Option<(ValueColumns, Vec<usize>)> {
        let column = |at: usize| u16::try_from(at + 1).unwrap_or(0);
        let numbers = self.numbers();
        let says = |at: usize, wanted: &[Hint]| hints(self.name(at)).iter().any(|hint| wanted.contains(hint));
        let is_fit = |at: &usize| {
            let is_named = says(*at, &[Hint::Energy, Hint::Gas, Hint::Water, Hint::Register]);
            let name = self.name(*at);
            let is_measure = unit(name).is_some() || is_named && !is_rate_or_money(name);
            is_measure && !says(*at, &[Hint::Produced])
        };
        let fit: Vec<usize> = numbers.iter().copied().filter(is_fit).collect();
        let at = fit.first().or(numbers.first()).copied()?;
        // Several registers, or a register and what was consumed, or a column that may be anything.
        if fit.len() > 1 || fit.is_empty() && (numbers.len() > 1 || says(at, &[Hint::Produced])) {
            open.push(Open::Value);
        }
        if says(at, &[Hint::Register]) {
            return Some((ValueColumns::Register { column: column(at) }, vec![at]));
        }
        Some((ValueColumns::Consumed { column: column(at) }, vec![at]))
    }

    fn currency(&self, values: &[usize], used: &[usize], open: &mut Vec<Open>) -> CurrencyColumn {
        let codes: Vec<usize> =
            (0..self.columns.len()).filter(|at| self.columns[*at].is_codes() && !used.contains(at)).collect();
        let named: Vec<usize> =
            codes.iter().copied().filter(|at| hint(self.name(*at)) == Some(Hint::Currency)).collect();
        let among = if named.is_empty() { codes } else { named };
        if let [only] = among[..] {
            return CurrencyColumn::In(u16::try_from(only + 1).unwrap_or(0));
        }
        let mut found: Vec<Option<&str>> = Vec::new();
        for &at in values {
            found.extend(self.columns[at].currency());
            found.extend(currency_in(self.name(at)).map(Some));
        }
        // Two columns of currencies, or two currencies, tell none.
        let first = found.first().copied().flatten();
        let is_told = among.is_empty() && found.iter().all(|other| *other == first);
        let told = first.filter(|_| is_told);
        if told.is_none() {
            open.push(Open::Currency);
        }
        CurrencyColumn::Is(told.unwrap_or("EUR").to_owned())
    }

    fn unit(&self, rows: RowKind, values: &[usize], open: &mut Vec<Open>) -> ReadingUnit {
        let found = values.iter().find_map(|at| unit(self.name(*at)));
        let fits = |unit: &ReadingUnit| match unit {
            ReadingUnit::Wh | ReadingUnit::Kwh => rows != RowKind::Water,
            ReadingUnit::Litre | ReadingUnit::CubicMetre => rows != RowKind::Electricity,
        };
        let found = found.filter(fits);
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
pub(super) mod tests {
    use super::*;
    use crate::read::Head;
    use proptest::prelude::*;

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
            "Compte 123\n\nDate;Date de valeur;Libellé;Débit;Crédit;Solde\n13/01/2026;14/01/2026;CB SHOP;12,50;;100,00\n14/01/2026;14/01/2026;VIR;;2 000,00;2 100,00\n",
        );
        assert_eq!((guess.rows, guess.delimiter, guess.skip), (RowKind::Bank, ';', 2));
        assert_eq!((guess.date, guess.date_order), (1, DateOrder::DayFirst));
        assert_eq!(guess.value, ValueColumns::OutAndIn { out: 4, into: 5 });
        assert_eq!((guess.label, guess.decimal), (vec![3], DecimalMark::Comma));
        assert_eq!(open, [Open::Currency]);
    }

    /// Headers that a person may find anywhere are understood at once: only whose file it is and the currency are asked.
    #[test]
    fn plain_headers_tell_everything_but_the_currency() {
        for (header, row, label, date) in [
            ("Date;Libellé;Débit;Crédit", "13/01/2026;CB SHOP;12,50;", vec![2], 1),
            ("Date;Description;Débit;Crédit", "13/01/2026;CB SHOP;12,50;", vec![2], 1),
            ("Date;Description;Debit;Credit", "13/01/2026;CB SHOP;12.50;", vec![2], 1),
            ("Date;Libelle;Debit;Credit", "13/01/2026;CB SHOP;12,50;", vec![2], 1),
            (
                "Date d'opération;Date de valeur;Libellé;Débit;Crédit",
                "13/01/2026;14/01/2026;CB SHOP;12,50;",
                vec![3],
                1,
            ),
            (
                "Date opération;Date valeur;Libellé;Débit;Crédit;Solde",
                "13/01/2026;14/01/2026;CB SHOP;12,50;;5,00",
                vec![3],
                1,
            ),
        ] {
            let other = row.replace("13/01", "15/01").replace("14/01", "16/01").replace("12,50;", ";99,10");
            let other = other.replace("12.50;", ";99.10");
            let probe = probed(format!("{header}\n{row}\n{other}\n").as_bytes()).unwrap();
            assert!(probe.is_plain(), "{header}: {:?}", probe.open);
            let guess = &probe.guess;
            assert_eq!((guess.rows, guess.date, &guess.label), (RowKind::Bank, date, &label), "{header}");
            assert!(matches!(guess.value, ValueColumns::OutAndIn { .. }), "{header}");
        }
        // What nothing tells is asked, and never taken for granted.
        let order = probed("Date;Libellé;Débit;Crédit\n01/02/2026;A;12,50;\n02/03/2026;B;;1,00\n".as_bytes());
        assert!(!order.unwrap().is_plain());
        assert!(!probed(b"13/01/2026;CB SHOP;-5,20\n12/01/2026;VIR;7,00\n").unwrap().is_plain(), "no header");
    }

    #[test]
    fn a_german_bank_and_an_english_one() {
        let (german, open) = guess(
            "Buchungstag;Verwendungszweck;Betrag;Währung\n13.01.2026;Miete;-800,00;EUR\n14.01.2026;Strom;-80,00;EUR\n02.02.2026;Lohn;2.500,00;EUR\n",
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
        assert_eq!(
            guess.value,
            ValueColumns::Directed {
                amount: 4,
                direction: 3,
                out: "Af".to_owned(),
                into: Some("Bij".to_owned())
            }
        );
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
        assert_eq!(open, [Open::Sign, Open::Currency], "one sign may be that of a correction");
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
        // The rows run in one direction of time in one order alone.
        let rows = |days: [&str; 5]| -> String {
            let rows = days.map(|day| format!("{day},A,-1.00\n")).concat();
            format!("Date,What,Amount\n{rows}")
        };
        let year_first = ["26/01/13", "26/01/28", "26/02/28", "26/03/02", "26/03/05"];
        assert_eq!(order(&rows(year_first)), (DateOrder::YearFirst, false));
        let day_first = ["13/01/26", "28/01/26", "28/02/26", "02/03/26", "05/03/26"];
        assert_eq!(order(&rows(day_first)), (DateOrder::DayFirst, false));
    }

    /// A bank of one language may be of a country with another order, and so may its export.
    #[test]
    fn the_language_of_a_header_does_not_settle_the_order_of_dates() {
        for header in ["Date;Libellé;Montant", "Datum;Text;Betrag", "Jour;Texte;Prix", "Date;Label;Amount"] {
            let rows = "01/02/2026;A;-1,00\n02/03/2026;B;-2,00\n";
            assert!(guess(&format!("{header}\n{rows}")).1.contains(&Open::DateOrder), "{header}");
            let rows = "01/02/2026;A;-1,00\n13/03/2026;B;-2,00\n";
            assert!(!guess(&format!("{header}\n{rows}")).1.contains(&Open::DateOrder), "{header}");
        }
    }

    #[test]
    fn several_columns_that_may_be_it_are_asked_about() {
        for (header, row, asked) in [
            ("Date;Quoi;Montant", "13/01/2026;A;-5,00", None),
            ("Date;Quoi;Montant;Solde", "13/01/2026;A;-5,00;100,00", None),
            ("Date;Quoi;Montant HT;Montant TTC", "13/01/2026;A;-5,00;-6,00", Some(Open::Value)),
            ("Date;Quoi;Prix;Total", "13/01/2026;A;-5,00;-10,00", Some(Open::Value)),
            ("Date;Quoi;x;y", "13/01/2026;A;-5,00;2,00", Some(Open::Value)),
            ("Date;Quoi;Débit;Crédit", "13/01/2026;A;5,00;0,00", None),
            ("Date;Quoi;Débit;Crédit;Débit EUR", "13/01/2026;A;5,00;0,00;5,00", Some(Open::Value)),
            ("Date;Quoi;Débit;Crédit;Montant", "13/01/2026;A;5,00;0,00;-5,00", Some(Open::Value)),
            ("Date;Date de valeur;Quoi;Montant", "13/01/2026;14/01/2026;A;-5,00", None),
            ("Date;Date d'opération;Quoi;Montant", "13/01/2026;14/01/2026;A;-5,00", Some(Open::Date)),
            ("u;v;Quoi;Montant", "13/01/2026;14/01/2026;A;-5,00", Some(Open::Date)),
            ("Date;Quoi;Montant;Devise", "13/01/2026;A;-5,00;EUR", None),
            ("Date;Quoi;Montant;u;v", "13/01/2026;A;-5,00;EUR;USD", Some(Open::Currency)),
            ("Date;Quoi;Montant;Devise;v", "13/01/2026;A;-5,00;EUR;USD", None),
            ("Date;Quoi;Montant EUR", "13/01/2026;A;-5,00 £", Some(Open::Currency)),
        ] {
            let (_, open) = guess(&format!("{header}\n{row}\n{row}\n{row}\n"));
            let of_columns = |open: &Open| matches!(open, Open::Value | Open::Date);
            match asked {
                Some(asked) => assert!(open.contains(&asked), "{header}: {open:?}"),
                None => assert!(!open.iter().any(of_columns), "{header}: {open:?}"),
            }
            if row.contains(";EUR") && asked.is_none() {
                assert!(!open.contains(&Open::Currency), "{header}: {open:?}");
            }
        }
    }

    #[test]
    fn registers_of_a_meter_are_asked_about() {
        let of = |header: &str, row: &str| guess(&format!("{header}\n13/01/2026;{row}\n14/01/2026;{row}\n"));
        for (header, row) in [
            ("Date;HP (kWh);HC (kWh)", "5,5;6,5"),
            ("Date;HP;HC", "5,5;6,5"),
            ("Date;Index HP;Index HC", "500,5;600,5"),
            ("Date;Index (kWh);Consommation (kWh)", "500,5;6,5"),
            ("Date;Production (kWh)", "5,5"),
            ("Date;Production (kWh);Surplus (kWh)", "5,5;6,5"),
        ] {
            assert!(of(header, row).1.contains(&Open::Value), "{header}");
        }
        for (header, row, kind, column) in [
            ("Date;Production (kWh);Consommation (kWh)", "5,5;6,5", RowKind::Electricity, 3),
            ("Date;Prix (€/kWh);Consommation (kWh)", "0,25;6,5", RowKind::Electricity, 3),
            ("Date;Conso (kWh);Montant EUR", "5,5;1,50", RowKind::Electricity, 2),
            ("Date;m3", "5,5", RowKind::Water, 2),
        ] {
            let (guess, open) = of(header, row);
            assert_eq!((guess.rows, guess.value.columns()), (kind, vec![column]), "{header}");
            assert!(!open.contains(&Open::Value), "{header}: {open:?}");
        }
        // "l'opération" is no litre, and a litre of something bought is no reading.
        assert_eq!(of("Date;Montant de l'opération", "5,50").0.rows, RowKind::Bank);
        assert_eq!(of("Date;Article;Volume (L);Prix", "Lait;1,0;1,50").0.rows, RowKind::Bank);
    }

    #[test]
    fn amounts_in_cents_are_told_by_the_header() {
        let cents = guess("Date;Quoi;Amount (EUR cents)\n13/01/2026;A;-1250\n14/01/2026;B;-300\n").0;
        assert!(cents.in_cents && cents.currency == Some(CurrencyColumn::Is("EUR".to_owned())));
        assert!(!guess("Date;Quoi;Montant EUR\n13/01/2026;A;-1250\n14/01/2026;B;-300\n").0.in_cents);
    }

    #[test]
    fn only_known_words_say_which_way_money_goes() {
        let of = |header: &str, words: [&str; 2]| {
            let rows = words.map(|word| format!("13/01/2026;A;5,00;{word}\n")).concat();
            guess(&format!("Date;Quoi;Montant EUR;{header}\n{rows}"))
        };
        let directed = |out: &str, into: &str| ValueColumns::Directed {
            amount: 3,
            direction: 4,
            out: out.to_owned(),
            into: Some(into.to_owned()),
        };
        for (words, out, into) in [
            (["D", "C"], "D", "C"),
            (["Crédit", "Débit"], "Débit", "Crédit"),
            (["Haben", "Soll"], "Soll", "Haben"),
            (["cargo", "abono"], "cargo", "abono"),
            (["Dare", "Avere"], "Dare", "Avere"),
            (["Bij", "Af"], "Af", "Bij"),
        ] {
            for header in ["Sens", "x"] {
                let (guess, open) = of(header, words);
                assert_eq!((guess.value, open), (directed(out, into), vec![]), "{words:?}");
            }
        }
        let table = "Date;Quoi;Montant (cts);Type\n13/01/2026;A;500;Achat\n13/01/2026;A;500;Avoir\n";
        let table = probed(table.as_bytes()).unwrap();
        assert_eq!((table.other_word(4, "avoir "), table.other_word(4, "x")), (Some("Achat"), None));
        assert_eq!((table.other_word(3, "500"), table.other_word(9, "x")), (None, None));
        assert!(table.says_cents(3) && !table.says_cents(2) && !table.says_cents(0) && !table.says_cents(9));
        // Two words that are no pair say nothing: the sign is asked about.
        let (guess, open) = of("Type", ["Carte", "Virement"]);
        assert_eq!((guess.value, open), (ValueColumns::Signed { column: 3 }, vec![Open::Sign]));
        let (guess, open) = of("Sens", ["Carte", "Virement"]);
        assert_eq!((guess.value, open), (directed("Carte", "Virement"), vec![Open::Direction]));
        assert_eq!(of("x", ["S", "V"]).1, [Open::Direction, Open::Value]);
    }

    #[test]
    fn marks_beside_amounts_say_which_way_money_goes() {
        let (guess, open) = guess("Date;Quoi;Montant EUR\n13/01/2026;A;5,00 DR\n14/01/2026;B;7,00 CR\n");
        assert_eq!((guess.value, open), (ValueColumns::Signed { column: 3 }, vec![]));
    }

    #[test]
    fn accounts_and_meters_have_their_column() {
        let account = |header: &str| {
            guess(&format!("{header}\n0012;13/01/2026;A;-5,00\n0013;14/01/2026;B;-6,00\n")).0.account
        };
        assert_eq!(account("N° de compte;Date;Quoi;Montant"), Some(1));
        assert_eq!(account("Compte bénéficiaire;Date;Quoi;Montant"), None);
        let meter = guess("PRM;Date;Conso (kWh)\n0012;13/01/2026;5,5\n0013;13/01/2026;6,5\n").0;
        assert_eq!((meter.account, meter.value), (Some(1), ValueColumns::Consumed { column: 3 }));
    }

    #[test]
    fn a_first_row_without_a_date_or_an_amount_is_counted() {
        let table = "Date;Libellé;Montant\n;CARTE;-1,00\n13/01/2026;CARTE;-5,00\n14/01/2026;CARTE;-6,00\n";
        let probe = probed(table.as_bytes()).unwrap();
        assert_eq!((probe.guess.skip, probe.counted, probe.header.len()), (1, 3, 3));
        // A line without a value whose quotation mark does not end is rejected.
        let table = "Date;Montant\n13/01/2026;-1,00\n;\"\n14/01/2026;-6,00\n";
        assert_eq!(probed(table.as_bytes()).unwrap().counted, 3);
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
        assert_eq!(other(&|probe| drop(probe.looks.pop())), None);
        assert_eq!(other(&|probe| probe.looks[0].texts = Some(vec!["x".to_owned(); 5])), None);
        assert_eq!(other(&|probe| probe.looks[0].texts = Some(vec!["x".repeat(25)])), None);
        assert_eq!(other(&|probe| probe.looks[0].currency = Some("<b>".to_owned())), None);
        assert_eq!(other(&|probe| probe.looks[0].orders = vec![DateOrder::DayFirst; 4]), None);
        let told = other(&|probe| probe.header[0] = "\u{202e}x".to_owned()).unwrap();
        assert!(!told.header[0].contains('\u{202e}'));
        let told = other(&|probe| probe.looks[0].texts = Some(vec!["\u{202e}x".to_owned()])).unwrap();
        assert!(!told.looks[0].texts.as_ref().unwrap()[0].contains('\u{202e}'));
    }

    proptest! {
        /// Whatever a table has, what is said about it is believed.
        #[test]
        fn what_is_said_about_a_table_is_believed(
            header in prop::collection::vec(
                prop::sample::select(vec![
                    "Date", "Date de valeur", "Heure", "Montant", "Débit", "Crédit", "Solde", "Devise", "Sens", "Compte",
                    "Conso (kWh)", "Index (m3)", "Eau", "Prix (cents)", "Libellé", "x", "",
                ]),
                2..7,
            ),
            rows in prop::collection::vec(
                prop::collection::vec(
                    prop::sample::select(vec![
                        "13/01/2026", "01/02/2026", "2026-01-13 08:30", "08:30", "-5,00", "7,50 €", "1.234", "3 DR", "D",
                        "C", "EUR", "USD", "A label", "\"", "", "Total", "0012",
                    ]),
                    2..8,
                ),
                1..12,
            ),
        ) {
            let lines = [header].into_iter().chain(rows).map(|cells| cells.join(";") + "\n");
            let text: String = lines.collect();
            if let Some(probe) = probed(text.as_bytes()) {
                let described = serde_json::to_vec(&probe).unwrap();
                prop_assert_eq!(TableProbe::told(&described), Some(probe.clone()), "{}", text);
                let mapping = Mapping { holder: "H".to_owned(), ..probe.guess.clone() };
                prop_assert!(!mapping.contradicted(&probe).contains(&Open::Date), "{}", text);
                // Each record below the header is a row, or is told.
                let done = crate::mapped::rows::tests::read(&mapping, text.as_bytes()).0;
                // The first state of a register is none.
                let is_register = matches!(mapping.value, ValueColumns::Register { .. });
                prop_assert!(is_register || done.rows + done.rejected_count == probe.counted, "{}", text);
            }
        }
    }
}
