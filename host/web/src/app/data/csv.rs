//! Rows as CSV (RFC 4180), safe to open in a spreadsheet.
//!
//! A spreadsheet computes a cell that begins with "=" and a few other characters, and a formula can send the
//! other cells elsewhere. Texts of holders are hostile: such a character gets an apostrophe before it, which
//! makes the cell a text. Programs that need the exact texts take the JSON.
//!
//! A spreadsheet in French ends cells at semicolons and writes decimals with a comma; so does the file of a person who
//! reads French.

use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Field, FieldKind, Reach};
use mesinfos_platform::Row;
use mesinfos_words::number::spreadsheet;
use mesinfos_words::page::Data as Words;

/// Mark of UTF-8, without which some spreadsheets misread accents.
const MARK: &str = "\u{feff}";

/// The fields of a category in the columns, in the order of the dictionary.
fn fields(category: Category) -> impl Iterator<Item = &'static Field> {
    category.schema().fields.iter().filter(|field| field.reach != Reach::Host)
}

/// The first line: names of the columns.
pub(super) fn head(category: Category, lang: Lang) -> String {
    let names = fields(category).map(|field| field.label(lang).to_owned());
    let own = [Words::Id, Words::File, Words::Import, Words::Ordinal].map(|words| words.to(lang));
    format!("{MARK}{}", line(names.chain(own).map(|name| safe(&name)), lang))
}

/// A row as a line. Dates have the form for programs, and numbers that of the language.
pub(super) fn row(category: Category, row: &Row, lang: Lang) -> String {
    let values = fields(category).map(|field| {
        let text = row.value(field.name).unwrap_or_default();
        // The host writes numbers and dates itself.
        let is_ours = matches!(field.kind, FieldKind::Date | FieldKind::Instant);
        match field.kind {
            FieldKind::Integer => text.replace('.', &spreadsheet(lang).1.to_string()),
            _ if is_ours => text.to_owned(),
            _ => safe(text),
        }
    });
    let own = [row.id.to_string(), safe(&row.file), row.import.to_string(), row.place.to_string()];
    line(values.chain(own), lang)
}

/// A table of texts: the names of its columns, and its rows.
pub(crate) fn table(names: &[String], rows: impl Iterator<Item = Vec<String>>, lang: Lang) -> String {
    let mut text = format!("{MARK}{}", line(names.iter().map(|name| safe(name)), lang));
    rows.for_each(|row| text.push_str(&line(row.iter().map(|cell| safe(cell)), lang)));
    text
}

fn line(cells: impl Iterator<Item = String>, lang: Lang) -> String {
    let cells: Vec<String> = cells.map(|cell| quoted(&cell)).collect();
    let mut line = cells.join(&spreadsheet(lang).0.to_string());
    line.push_str("\r\n");
    line
}

/// A cell, in quotes if it has a character that ends a cell or a line. Spreadsheets of some countries end
/// cells at semicolons.
fn quoted(cell: &str) -> String {
    if cell.bytes().any(|byte| matches!(byte, b'"' | b',' | b';' | b'\t' | b'\r' | b'\n')) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// Whether a cell at the start of a text is a negative number as a whole.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let Some(number) = text.strip_prefix('-') else { return false };
    let whole = digits(number);
    let rest = &number[whole..];
    let decimals = rest.strip_prefix(['.', ',']).map_or(0, digits);
    let rest = if decimals > 0 { &rest[1 + decimals..] } else { rest };
    whole > 0 && (rest.is_empty() || rest.starts_with([';', '\t', '\r', '\n']))
}

/// A text without a formula: an apostrophe stands before each character that would begin one, at the start of
/// the text and wherever a spreadsheet may begin a cell within it.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut is_start = true;
    let ends_cell = |c: char| matches!(c, ',' | ';' | '\t' | '\r' | '\n' | '"' | '\'' | '|');
    for (at, c) in text.char_indices() {
        // Those of OWASP, "CSV injection", with their full-width forms.
        let begins = is_start && matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
        if begins && !is_number(&text[at..]) {
            safe.push('\'');
        }
        safe.push(c);
        let ends = ends_cell(c);
        is_start = ends
            || is_start && (c.is_whitespace() || c.is_control() || mesinfos_model::visible::is_hidden(c));
    }
    // A tab or a line end at the start is also read as the start of a formula.
    if text.starts_with(['\t', '\r', '\n']) { format!("'{safe}") } else { safe }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cells of a line as RFC 4180 reads them.
    fn cells(line: &str, end: char) -> Vec<String> {
        let (mut cells, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
        let mut chars = line.strip_suffix("\r\n").unwrap().chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' if is_quoted && chars.peek() == Some(&'"') => cell.push(chars.next().unwrap()),
                '"' if is_quoted || cell.is_empty() => is_quoted = !is_quoted,
                c if c == end && !is_quoted => cells.push(std::mem::take(&mut cell)),
                c => cell.push(c),
            }
        }
        cells.push(cell);
        cells
    }

    #[test]
    fn cells_come_back_and_formulas_do_not() {
        for text in [
            "",
            "a",
            "-18,50",
            "3;-18.50;x",
            "Café, « x »",
            "a;b",
            "say \"hi\"",
            "two\r\nlines",
            "2025-01-03",
            "a-b+c=d@e",
            "l'eau",
        ] {
            assert_eq!(safe(text), text);
            for (lang, end) in [(Lang::En, ','), (Lang::Fr, ';')] {
                let line = line([text, "z"].iter().map(|text| safe(text)), lang);
                assert_eq!(cells(&line, end), [text, "z"]);
            }
        }
        for formula in [
            "=HYPERLINK(\"http://x\")",
            "+1",
            "-1+cmd|' /C calc'!A0",
            "-1,5+cmd|' /C calc'!A0",
            "-1,5*A1",
            "-2,0-3+A2",
            "-5,A1:B9",
            "-1|x!A0",
            "-1'x'!A1",
            "a;-1,5+A1",
            "@SUM(A1)",
            " =1",
            "\u{a0}=1",
            "\u{200b}=1",
            "\t=1",
            "\r=1",
            "\n=1",
            "\tx",
            "＝1",
            "a;=1",
            "a,=1",
            "a\t=1",
            "a\"=1",
            "a\n=1",
            "a'=1",
            "a; \u{feff}+1",
            "=",
            "==",
        ] {
            let line = line([formula, "z"].iter().map(|text| safe(text)), Lang::En);
            // However the line is cut in cells, none begins like a formula.
            for end in [',', ';', '\t'] {
                for cell in
                    line.trim_end().split(['\r', '\n']).flat_map(|line| cells(&format!("{line}\r\n"), end))
                {
                    let start = cell.trim_start_matches(|c: char| {
                        c.is_whitespace() || c == '"' || mesinfos_model::visible::is_hidden(c)
                    });
                    assert!(!start.starts_with(['=', '+', '-', '@', '＝']), "{formula:?}: {cell:?}");
                }
            }
        }
    }

    #[test]
    fn the_head_names_every_column() {
        for &category in Category::ALL {
            for lang in [Lang::Fr, Lang::En] {
                let head = head(category, lang);
                let head = head.strip_prefix(MARK).unwrap();
                let end = if lang == Lang::Fr { ';' } else { ',' };
                assert_eq!(cells(head, end).len(), fields(category).count() + 4, "{category}");
                assert!(!head.contains('\''), "{head}");
            }
        }
    }
}
