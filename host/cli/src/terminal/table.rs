//! Tables: columns side by side where they fit, else one short list for each row.

use super::canvas::{Canvas, Ink, Line, left, right, width, wrap};
use mesinfos_model::view::Lang;
use mesinfos_model::words;

/// Blanks between two columns.
const BETWEEN: usize = 2;
/// A column is not made narrower than this: words would be cut into syllables.
const NARROWEST: usize = 8;

/// A column's head and side.
pub(super) struct Head {
    pub(super) label: String,
    pub(super) is_number: bool,
}

/// Draws a table. `rows` have as many cells as there are heads.
pub(super) fn draw(canvas: &mut Canvas, heads: &[Head], rows: &[Vec<String>], lang: Lang) {
    match column_widths(heads, rows, canvas.width) {
        Some(widths) => draw_columns(canvas, heads, rows, &widths),
        None => draw_records(canvas, heads, rows, lang),
    }
}

/// Widths that fit into `total`, taken from the widest columns; none if there are too many.
fn column_widths(heads: &[Head], rows: &[Vec<String>], total: usize) -> Option<Vec<usize>> {
    let mut widths: Vec<usize> = heads.iter().map(|head| width(&head.label)).collect();
    for row in rows {
        for (column, cell) in widths.iter_mut().zip(row) {
            *column = (*column).max(width(cell));
        }
    }
    let room = total.checked_sub(BETWEEN * heads.len().saturating_sub(1))?;
    while widths.iter().sum::<usize>() > room {
        let widest = widths.iter_mut().max()?;
        if *widest <= NARROWEST {
            return None;
        }
        *widest -= 1;
    }
    Some(widths)
}

fn draw_columns(canvas: &mut Canvas, heads: &[Head], rows: &[Vec<String>], widths: &[usize]) {
    let labels: Vec<String> = heads.iter().map(|head| head.label.clone()).collect();
    draw_row(canvas, heads, &labels, widths, Ink::Strong);
    let whole = widths.iter().sum::<usize>() + BETWEEN * widths.len().saturating_sub(1);
    canvas.line(Line::of(Ink::Soft, &"─".repeat(whole)));
    for row in rows {
        draw_row(canvas, heads, row, widths, Ink::Plain);
    }
}

/// One row, as many lines high as its highest cell.
fn draw_row(canvas: &mut Canvas, heads: &[Head], row: &[String], widths: &[usize], ink: Ink) {
    let cells: Vec<Vec<String>> =
        row.iter().zip(widths).map(|(cell, columns)| wrap(cell, *columns)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..height {
        let mut text = String::new();
        for ((cell, head), columns) in cells.iter().zip(heads).zip(widths) {
            if !text.is_empty() {
                text.push_str(&" ".repeat(BETWEEN));
            }
            let part = cell.get(at).map_or("", String::as_str);
            let side = if head.is_number { right } else { left };
            text.push_str(&side(part, *columns));
        }
        canvas.line(Line::of(ink, &text));
    }
}

fn draw_records(canvas: &mut Canvas, heads: &[Head], rows: &[Vec<String>], lang: Lang) {
    for row in rows {
        for (at, (head, cell)) in heads.iter().zip(row).enumerate() {
            let lead = if at == 0 { "• " } else { "  " };
            canvas.text(lead, Ink::Plain, &words::labelled(&head.label, cell, lang));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(columns: usize) -> String {
        let heads = [("Mois", false), ("Consommation", true)]
            .map(|(label, is_number)| Head { label: label.to_owned(), is_number });
        let rows = [vec!["janvier".to_owned(), "12,5\u{a0}kWh".to_owned()]];
        let mut canvas = Canvas::new(columns);
        draw(&mut canvas, &heads, &rows, Lang::Fr);
        let mut out = Vec::new();
        canvas.write(&mut out, false).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_stand_right() {
        let expected = "\
Mois     Consommation
─────────────────────
janvier     12,5\u{a0}kWh
";
        assert_eq!(drawn(40), expected);
    }

    #[test]
    fn too_narrow_for_columns_becomes_a_list() {
        let list = drawn(12);
        assert!(list.starts_with("• Mois\u{a0}:"), "{list}");
        assert!(list.contains("12,5\u{a0}kWh"));
    }
}
