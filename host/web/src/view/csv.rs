//! A block as a CSV file (RFC 4180), from the same rows as its table.
//!
//! Numbers are plain ("1234.5") so that a spreadsheet computes with them; their unit is in the head of their
//! column, or beside them where a column has several. Days are in ISO 8601.
//!
//! A text of an app may look like a formula, which a spreadsheet would run: such a cell begins with an
//! apostrophe.

use super::Address;
use super::grid::{Cell, Grid, Head, grid};
use mesinfos_model::view::{Date, DateTime, Lang, Money, QuantityUnit, Value, View};
use mesinfos_words::{self as words, number};
use std::collections::BTreeSet;

/// CSV file of a block, in UTF-8 with the byte order mark that spreadsheets need. `None` if there is no such
/// block, or it has no rows.
pub(crate) fn csv(view: &View, at: Address) -> Option<String> {
    let grid = grid(at.find(view)?, view.lang)?;
    let units: Vec<Unit> = (0..grid.heads.len()).map(|column| Unit::of(&grid, column, view.lang)).collect();
    let heads = grid.heads.iter().zip(&units).map(|(head, unit)| titled(head, unit));
    let mut file = String::from('\u{FEFF}');
    line(&mut file, heads);
    for row in &grid.rows {
        line(&mut file, row.iter().zip(&units).map(|(cell, unit)| plain(cell, unit, view.lang)));
    }
    Some(file)
}

/// Unit of a column.
enum Unit {
    /// All numbers have this one; empty for none.
    One(String),
    /// Several: each number has its own beside it.
    Several,
}

impl Unit {
    fn of(grid: &Grid<'_>, column: usize, lang: Lang) -> Unit {
        let cells = grid.rows.iter().filter_map(|row| row.get(column));
        let units: BTreeSet<String> =
            cells.filter_map(|cell| measured(cell, lang)).map(|(_, unit)| unit).collect();
        let mut units = units.into_iter();
        match (units.next(), units.next()) {
            (Some(_), Some(_)) => Unit::Several,
            (one, _) => Unit::One(one.unwrap_or_default()),
        }
    }
}

/// A number in ASCII and its unit, if the cell is a number.
fn measured(cell: &Cell<'_>, lang: Lang) -> Option<(String, String)> {
    let named = |unit: QuantityUnit| words::unit_name(unit, None, lang).replace('\u{A0}', " ");
    let amount = |money: &Money| (number::plain(money.amount), money.currency.clone());
    Some(match cell {
        Cell::Value(Value::Number(decimal)) => (number::plain(*decimal), String::new()),
        Cell::Money(money) => amount(money),
        Cell::Value(Value::Money(money)) => amount(money),
        Cell::Value(Value::Quantity(quantity)) => (number::plain(quantity.amount), named(quantity.unit)),
        Cell::Point(point) => {
            let number = point.number.filter(|number| number.is_finite())?;
            // Zero has no sign.
            let number = if number == 0.0 { 0.0 } else { number };
            (number.to_string(), point.currency.map_or_else(|| named(point.unit), str::to_owned))
        }
        Cell::Said(_) | Cell::Host(_) | Cell::Step(..) | Cell::Value(_) => return None,
    })
}

fn titled(head: &Head<'_>, unit: &Unit) -> String {
    match unit {
        Unit::One(unit) if !unit.is_empty() => format!("{} ({unit})", head.label),
        _ => head.label.to_string(),
    }
}

/// A cell without the typography of a language.
fn plain(cell: &Cell<'_>, unit: &Unit, lang: Lang) -> String {
    if let Some((number, own)) = measured(cell, lang) {
        return match unit {
            Unit::Several if !own.is_empty() => format!("{number} {own}"),
            _ => number,
        };
    }
    match cell {
        Cell::Step(at, _) | Cell::Value(Value::Date(at)) => iso(*at),
        Cell::Value(Value::DateTime(DateTime { date, hour, minute })) => {
            format!("{}T{hour:02}:{minute:02}", iso(*date))
        }
        Cell::Value(Value::Missing) | Cell::Point(_) => String::new(),
        other => other.shown(lang).into_owned(),
    }
}

/// A date as 2013-04-01.
pub(super) fn iso(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

fn line(file: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            file.push(',');
        }
        field(file, &cell);
    }
    file.push_str("\r\n");
}

/// A field, in quotes where RFC 4180 asks for them.
fn field(file: &mut String, cell: &str) {
    let apostrophe = if looks_like_a_formula(cell) { "'" } else { "" };
    if cell.contains(['"', ',', '\r', '\n']) {
        file.push('"');
        file.push_str(apostrophe);
        file.push_str(&cell.replace('"', "\"\""));
        file.push('"');
    } else {
        file.push_str(apostrophe);
        file.push_str(cell);
    }
}

/// Whether a spreadsheet could take a cell for a formula: by its first character, also after spaces, and also
/// in the wide forms that some spreadsheets accept (OWASP, "CSV Injection").
fn looks_like_a_formula(cell: &str) -> bool {
    let is_control = cell.starts_with(['\t', '\r', '\n']);
    let first = cell.trim_start().chars().next();
    let is_sign = first.is_some_and(|first| "=+-@＝＋－＠".contains(first));
    (is_control || is_sign) && !is_number(cell)
}

/// Whether a cell is a plain number: "-12.5".
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, decimals].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::sample;
    use mesinfos_model::view::{Block, Chart, Plot};

    fn written(cell: &str) -> String {
        let mut file = String::new();
        field(&mut file, cell);
        file
    }

    #[test]
    fn a_field_is_quoted_where_it_must_be() {
        for (cell, expected) in [
            ("", ""),
            ("abc", "abc"),
            ("a,b", "\"a,b\""),
            ("a\"b", "\"a\"\"b\""),
            ("a\r\nb", "\"a\r\nb\""),
            ("é ’", "é ’"),
        ] {
            assert_eq!(written(cell), expected);
        }
    }

    #[test]
    fn no_field_is_a_formula() {
        for cell in [
            "=1+1",
            "+1",
            "-1+1",
            "-",
            "--1",
            "-1.",
            "-.5",
            "-1e3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\nx",
            " =1+1",
            "\u{A0}=1",
            "＝1",
            "=HYPERLINK(\"http://x\",\"y\")",
            "=cmd|' /C calc'!A0",
            "@",
        ] {
            assert!(written(cell).trim_start_matches('"').starts_with('\''), "{cell:?}");
        }
        for cell in ["-12", "-12.50", "12", "0.5", "a=b", "1-2", "", "'=1", "−12"] {
            assert_eq!(written(cell), cell);
        }
    }

    /// Fields of a file, by RFC 4180.
    fn read(file: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
        let mut chars = file.strip_prefix('\u{FEFF}').unwrap().chars().peekable();
        while let Some(c) = chars.next() {
            match (c, quoted) {
                ('"', true) if chars.peek() == Some(&'"') => {
                    chars.next();
                    cell.push('"');
                }
                ('"', _) => quoted = !quoted,
                (',', false) => row.push(std::mem::take(&mut cell)),
                ('\r', false) => {
                    assert_eq!(chars.next(), Some('\n'));
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                (c, _) => cell.push(c),
            }
        }
        assert!(row.is_empty() && cell.is_empty() && !quoted);
        rows
    }

    fn addresses(view: &View) -> Vec<Address> {
        let mut all = Vec::new();
        for (page, one) in view.pages.iter().enumerate() {
            for (section, one) in one.sections.iter().enumerate() {
                all.extend((0..one.blocks.len()).map(|block| Address { page, section, block }));
            }
        }
        all
    }

    #[test]
    fn every_block_with_rows_has_a_file_with_as_many_fields_as_heads() {
        for text in ["", "\",\r\n=", "=1+1;\t"] {
            let view = sample::view(Lang::Fr, &|t| format!("{text}{t}"));
            let mut files = 0;
            for at in addresses(&view) {
                let has_rows =
                    matches!(at.find(&view), Some(Block::Table(_) | Block::Chart(_) | Block::Comparison(_)));
                let file = csv(&view, at);
                assert_eq!(file.is_some(), has_rows, "{at}");
                let Some(rows) = file.map(|file| read(&file)) else { continue };
                files += 1;
                let width = rows[0].len();
                assert!(width > 1 && rows.len() > 1 && rows.iter().all(|row| row.len() == width), "{at}");
                for cell in rows.iter().flatten() {
                    assert!(!cell.starts_with(['=', '\t', '\r', '\n', '@', '+']), "{cell:?}");
                }
            }
            assert_eq!(files, 9);
        }
        let view = sample::view(Lang::Fr, &str::to_owned);
        assert_eq!(csv(&view, Address { page: 9, section: 0, block: 0 }), None);
    }

    #[test]
    fn numbers_are_plain_and_their_unit_is_in_the_head() {
        let view = sample::view(Lang::Fr, &str::to_owned);
        let of = |wanted: &dyn Fn(&Block) -> bool| {
            let at = addresses(&view).into_iter().find(|at| at.find(&view).is_some_and(wanted)).unwrap();
            read(&csv(&view, at).unwrap())
        };
        let table = of(&|block| matches!(block, Block::Table(_)));
        assert_eq!(table[1][1..], ["1234.5", "99.05", "512", "2013-02-03", "oui"]);
        assert_eq!(table[3], ["", "", "", "", "", ""]);
        assert!(table[0][2].ends_with(" (EUR)") && table[0][3].ends_with(" (kWh)"));
        let parts = of(&|block| matches!(block, Block::Chart(Chart { plot: Plot::Parts(_), .. })));
        assert_eq!(parts[0], ["Nom", "Valeur (EUR)", "Part (%)"]);
        assert_eq!(parts[1], ["Chauffage", "620", "75"]);
        let days = of(&|block| matches!(block, Block::Chart(Chart { plot: Plot::Calendar(_), .. })));
        assert_eq!(days[0], ["Date", "Valeur (kWh)"]);
        assert_eq!(days[1], ["2013-01-10", "0"]);
        assert_eq!(days[4], ["2013-01-13", ""]);
        let offers = of(&|block| matches!(block, Block::Comparison(_)));
        assert_eq!(offers[0][4], "Coût par an (EUR)");
        assert_eq!(offers[2][4..], ["1274.00", "non", "oui", "Moins cher l’hiver", "Engagement"]);
    }
}
