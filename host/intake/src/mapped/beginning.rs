//! The beginning of a table: how cells are separated, and where rows begin.

use super::columns::{Column, are_of_a_row, holds, is_row};
use super::words::{Hint, hint};
use super::{DELIMITERS, MOST_COLUMNS, MOST_SKIPPED, byte_of};
use crate::read::{Head, beginning};

/// Records at the beginning that are searched for the first row.
const RECORDS: usize = MOST_SKIPPED as usize + 50;

/// Bytes of a head that is not the whole file.
const HEAD: usize = 64 << 10;

/// Most lines above a header that have a date and a number.
const BALANCES: usize = 2;

/// The beginning of a table.
pub(super) struct Beginning {
    pub(super) delimiter: char,
    /// Records above the first row.
    pub(super) skip: usize,
    /// Names of the columns; empty if there is no header.
    pub(super) header: Vec<String>,
    pub(super) width: usize,
}

impl Beginning {
    pub(super) fn of(head: &Head) -> Option<Beginning> {
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
        let records = beginning(text, byte_of(delimiter), is_row, RECORDS);
        let fits: Vec<bool> =
            records.iter().map(|record| are_of_a_row(record.iter().map(String::as_str))).collect();
        let row_from = |from: usize| fits[from..].iter().position(|fits| *fits).map(|at| from + at);
        let mut first = row_from(0)?;
        // A line above the header may have a date and a number, such as a balance.
        let is_named = |record: &[String]| names_columns(record) && is_header(record, record.len());
        let last = fits
            .iter()
            .enumerate()
            .filter(|(_, fits)| **fits)
            .nth(BALANCES)
            .map_or(records.len(), |(at, _)| at);
        let header = match best((0..last).rev(), &records, is_named) {
            Some(at) if row_from(at + 1).is_some() => {
                first = row_from(at + 1)?;
                Some(at)
            }
            _ => best(0..first, &records, |record| is_header(record, records[first].len())),
        };
        let width = records[first].len().max(header.map_or(0, |at| records[at].len()));
        let skip = match header {
            // A row without a date or an amount may follow.
            Some(at) => at + 1,
            None => {
                (0..first).rev().take_while(|at| is_nearly_row(&records[*at], width)).last().unwrap_or(first)
            }
        };
        if width > usize::from(MOST_COLUMNS) || skip > usize::from(MOST_SKIPPED) {
            return None;
        }
        let fitting = fits[first..].iter().filter(|fits| **fits).count();
        let header = header.map_or_else(Vec::new, |at| records[at].clone());
        Some((fitting, Beginning { delimiter, skip, header, width }))
    }
}

/// Whether a file is one line, of names of columns.
pub(crate) fn has_only_names(head: &Head) -> bool {
    let line = head.text().trim();
    let is_line = head.is_whole() && !line.contains(|c: char| c.is_control() && c != '\t');
    let are_names = |delimiter: char| {
        let names: Vec<String> = beginning(line, byte_of(delimiter), is_row, 1)
            .into_iter()
            .flatten()
            .filter(|name| !name.is_empty())
            .collect();
        let known = names.iter().filter(|name| hint(name).is_some()).count();
        known >= 2 && names.iter().all(|name| !name.contains(|c: char| c.is_ascii_digit()))
    };
    is_line && DELIMITERS.iter().any(|delimiter| are_names(*delimiter))
}

/// The record that fits and has most names that are known; of several, the last one.
fn best(
    mut among: impl Iterator<Item = usize>,
    records: &[Vec<String>],
    fits: impl Fn(&[String]) -> bool,
) -> Option<usize> {
    let known = |at: usize| records[at].iter().filter(|name| hint(name).is_some()).count();
    let first = among.find(|at| fits(&records[*at]))?;
    Some(among.filter(|at| fits(&records[*at])).fold(
        first,
        |best, at| {
            if known(at) >= known(best) { at } else { best }
        },
    ))
}

/// Whether a record is the header of rows of so many cells.
pub(super) fn heads(record: &[String], width: usize) -> bool {
    is_header(record, width) || names_columns(record) && is_header(record, record.len())
}

/// Whether a record can be the header of rows of so many cells: it has a name for most of them, and no values.
fn is_header(names: &[String], width: usize) -> bool {
    let filled: Vec<&str> = names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    names.len() >= 2
        && filled.len() * 2 > width
        && filled.iter().all(|name| name.chars().any(char::is_alphabetic))
        && !holds(filled.iter().copied(), |column: &Column| column.is_dates() || column.is_numbers())
}

/// Whether a record names a column of dates, and another.
fn names_columns(record: &[String]) -> bool {
    let hints: Vec<Hint> = record.iter().filter_map(|name| hint(name)).collect();
    hints.len() >= 2 && hints.iter().any(|hint| matches!(hint, Hint::Date | Hint::OtherDate))
}

/// Whether a record is a row without its date or its number, in a table without a header.
fn is_nearly_row(record: &[String], width: usize) -> bool {
    let cells = || record.iter().map(String::as_str);
    record.len() == width && holds(cells(), |column: &Column| column.is_dates() || column.is_numbers())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begins(text: &str) -> (usize, Vec<String>) {
        let (head, _) = Head::take(text.as_bytes()).unwrap();
        let found = Beginning::of(&head).unwrap();
        (found.skip, found.header)
    }

    #[test]
    fn a_first_row_without_a_date_or_an_amount_is_a_row() {
        let rows = "13/01/2026;CARTE;-5,00\n14/01/2026;CARTE;-6,00\n";
        for first in
            ["13/01/2026;CARTE;", "en attente;CARTE;-5,00", ";;-5,00", "en attente;CARTE;", "\"x;1;2"]
        {
            let (skip, header) = begins(&format!("Date;Libellé;Montant\n{first}\n{rows}"));
            assert_eq!((skip, header.len()), (1, 3), "{first}");
        }
        // Without a header, one of them at least tells.
        for first in ["13/01/2026;CARTE;", "en attente;CARTE;-5,00"] {
            assert_eq!(begins(&format!("{first}\n{rows}")), (0, Vec::new()), "{first}");
        }
    }

    #[test]
    fn what_stands_above_a_header_is_no_row() {
        let table = "Date;Libellé;Montant\n13/01/2026;CARTE;-5,00\n14/01/2026;CARTE;-6,00\n";
        for (above, skip) in [
            ("", 1),
            ("Compte 123\n\n", 2),
            ("Titulaire;Jeanne Dupont\n", 2),
            ("Solde au;12/01/2026;1 234,56\n", 2),
            ("Date;26/01/2026\nSolde;22,00\n", 3),
            ("Ancien;01/01/2026;1,00\nNouveau;12/01/2026;2,00\n", 3),
        ] {
            let (found, header) = begins(&format!("{above}{table}"));
            assert_eq!((found, header[2].as_str()), (skip, "Montant"), "{above}");
        }
        // A second header does not hide the rows above it.
        assert_eq!(begins(&format!("{table}{table}")).0, 1);
    }
}
