//! Tables.

use super::Address;
use super::drawing::{Drawing, heading};
use super::grid::{Cell, Grid, Head, table as grid_of};
use super::icon::{Mark, mark};
use maud::{Markup, html};
use mesinfos_model::view::Table;
use mesinfos_words::{self as words, Word};

/// Rows that are shown at once; the others are folded away.
const SHOWN: usize = 12;

/// Rows that a fold must have: fewer take no more room than its button.
const FOLDED: usize = 4;

/// Rows of a table that is worth a file.
const FILED: usize = 6;

/// A table of the app. `level` is that of its heading; 0 leaves the heading to the section.
pub(super) fn table(table: &Table, at: Address, level: u8, drawing: &Drawing<'_>) -> Markup {
    let grid = grid_of(table);
    html! {
        @if level > 0 { (heading(level, &table.title)) }
        @if grid.rows.is_empty() {
            p.soft { (Word::NothingToShow.to(drawing.lang)) }
        } @else {
            (folding(&grid, &table.title, drawing))
            @if grid.rows.len() >= FILED { (file(at, &table.title, drawing)) }
        }
    }
}

/// A table whose last rows are folded away if there are many.
fn folding(grid: &Grid<'_>, title: &str, drawing: &Drawing<'_>) -> Markup {
    let rows = grid.rows.as_slice();
    if rows.len() < SHOWN + FOLDED {
        return drawing.region(title, bare(grid, rows, (title, ""), drawing));
    }
    let (shown, folded) = rows.split_at(SHOWN);
    let count = u64::try_from(folded.len()).unwrap_or(u64::MAX);
    let rest = words::continued(title, drawing.lang);
    html! {
        (drawing.region(title, bare(grid, shown, (title, ""), drawing)))
        details.more.fold {
            summary { (mark(Mark::Open)) (words::more_rows(count, drawing.lang)) }
            (drawing.region(&rest, bare(grid, folded, (&rest, ""), drawing)))
        }
    }
}

/// The rows of a chart, set tight, with the link to their file.
pub(super) fn of_chart(grid: &Grid<'_>, title: &str, at: Address, drawing: &Drawing<'_>) -> Markup {
    html! {
        (drawing.region(title, bare(grid, &grid.rows, (title, "tight"), drawing)))
        (file(at, title, drawing))
    }
}

/// The link to the CSV file of a block, if the caller serves it.
pub(super) fn file(at: Address, title: &str, drawing: &Drawing<'_>) -> Markup {
    let path = drawing.csv(at);
    html! {
        @if let Some(path) = path {
            p.small {
                a href=(path) {
                    (Word::Download.to(drawing.lang))
                    // For those who hear the links of a page without what stands around them.
                    @if !title.is_empty() { span.sr { " " bdi { (title) } } }
                }
            }
        }
    }
}

/// Class of a table that becomes lists where its columns do not fit; the style sheet has the widths.
pub(crate) fn narrow(columns: usize) -> Option<&'static str> {
    match columns {
        0..=2 => None,
        3 => Some("c3"),
        4 => Some("c4"),
        5..=6 => Some("c6"),
        7..=10 => Some("c10"),
        _ => Some("c11"),
    }
}

/// Columns that fit beside a panel on a laptop.
pub(super) const BESIDE: usize = 4;

/// A table with its caption, which is heard and not seen: its title stands above.
fn bare(
    grid: &Grid<'_>,
    rows: &[Vec<Cell<'_>>],
    (title, class): (&str, &str),
    drawing: &Drawing<'_>,
) -> Markup {
    let auto = |cell: &Cell<'_>| cell.is_said().then_some("auto");
    // Where its columns do not fit, a row is shown as a list, in which each cell says its column.
    let narrow = narrow(grid.heads.len());
    let classes = [narrow.unwrap_or_default(), class].join(" ");
    let classes = classes.trim();
    let label = |head: &Head<'_>| narrow.map(|_| head.label.to_string());
    html! {
        table class=[(!classes.is_empty()).then_some(classes)] role=[narrow.map(|_| "table")] {
            @if !title.trim().is_empty() { caption.sr dir="auto" { (title) } }
            thead role=[narrow.map(|_| "rowgroup")] { tr role=[narrow.map(|_| "row")] {
                @for head in &grid.heads {
                    th scope="col" role=[narrow.map(|_| "columnheader")] class=[head.is_number.then_some("num")] dir="auto" { (head.label) }
                }
            } }
            tbody role=[narrow.map(|_| "rowgroup")] {
                @for row in rows {
                    tr role=[narrow.map(|_| "row")] {
                        @for (at, (cell, head)) in row.iter().zip(&grid.heads).enumerate() {
                            // A number never breaks; a text in a column of numbers may.
                            @let class = (head.is_number && !cell.is_said()).then_some("num");
                            @if at == 0 {
                                th scope="row" role=[narrow.map(|_| "rowheader")] class=[class] dir=[auto(cell)] { (cell.shown(drawing.lang)) }
                            } @else {
                                td role=[narrow.map(|_| "cell")] data-l=[label(head)] class=[class] dir=[auto(cell)] { (cell.shown(drawing.lang)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
