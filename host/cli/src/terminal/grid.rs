//! Tables: aligned columns if they fit, otherwise each row as a list.

use super::screen::{Ink, Line, Run, Screen, pad, pad_left, plain, run, width, wrap};
use mesinfos_model::view::Lang;
use mesinfos_words as words;
use std::io;

/// Minimum width of a text column; its longest word may ask for more. A grid that does not fit at these widths becomes a
/// list.
const NARROWEST_TEXT: usize = 10;
/// Longest word that a column is kept wide for: a longer one is no word of a language, and is broken.
const LONGEST_WORD: usize = 24;
/// Space between two columns.
const GUTTER: usize = 2;

/// Head of a column.
pub(crate) struct Head {
    pub(crate) label: String,
    /// Whether cells are numbers: right-aligned, never wrapped.
    pub(crate) number: bool,
}

/// Heads and rows of cells. Each row has as many cells as there are heads.
pub(crate) struct Grid {
    pub(crate) heads: Vec<Head>,
    pub(crate) rows: Vec<Vec<Run>>,
    /// Language of the host's punctuation.
    pub(crate) lang: Lang,
}

pub(crate) fn grid(screen: &mut Screen<'_>, grid: &Grid) -> io::Result<()> {
    match widths(grid, screen.width()) {
        Some(widths) => columns(screen, grid, &widths),
        None => list(screen, grid),
    }
}

/// Width of each column. `None` if they do not fit side by side.
fn widths(grid: &Grid, most: usize) -> Option<Vec<usize>> {
    let (mut widths, mut narrowest): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for (i, head) in grid.heads.iter().enumerate() {
        let cells = grid.rows.iter().filter_map(|row| row.get(i)).map(|c| width(&c.text)).max();
        // Heads of number columns wrap down to their longest word.
        let label =
            if head.number { head.label.split(' ').map(width).max() } else { Some(width(&head.label)) };
        widths.push(cells.max(label).unwrap_or(0).max(1));
        let texts = grid.rows.iter().filter_map(|row| row.get(i)).map(|cell| cell.text.as_str());
        let words =
            texts.chain([head.label.as_str()]).flat_map(|text| text.split([' ', '\u{a0}'])).map(width);
        narrowest.push(words.filter(|word| *word <= LONGEST_WORD).max().unwrap_or(0).max(NARROWEST_TEXT));
    }
    let gutters = GUTTER * widths.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gutters > most {
        let widest = (0..widths.len())
            .filter(|&i| !grid.heads[i].number && widths[i] > narrowest[i])
            .max_by_key(|&i| widths[i])?;
        widths[widest] -= 1;
    }
    Some(widths)
}

fn columns(screen: &mut Screen<'_>, grid: &Grid, widths: &[usize]) -> io::Result<()> {
    let heads: Vec<Run> = grid.heads.iter().map(|h| run(Ink::Strong, h.label.clone())).collect();
    row(screen, grid, widths, &heads)?;
    let rules: Vec<String> = widths.iter().map(|&w| "─".repeat(w)).collect();
    screen.line(&[run(Ink::Soft, rules.join(&" ".repeat(GUTTER)))])?;
    for cells in &grid.rows {
        row(screen, grid, widths, cells)?;
    }
    Ok(())
}

/// Writes one row, on as many lines as its longest cell needs.
fn row(screen: &mut Screen<'_>, grid: &Grid, widths: &[usize], cells: &[Run]) -> io::Result<()> {
    let wrapped: Vec<Vec<Line>> =
        cells.iter().zip(widths).map(|(cell, &width)| wrap(std::slice::from_ref(cell), width)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for y in 0..height {
        let mut line = Vec::new();
        for (i, (cell, &width)) in wrapped.iter().zip(widths).enumerate() {
            if i > 0 {
                line.push(plain(" ".repeat(GUTTER)));
            }
            let ink = cells[i].ink;
            let text: String =
                cell.get(y).map(|l| l.iter().map(|r| r.text.as_str()).collect()).unwrap_or_default();
            let number = grid.heads.get(i).is_some_and(|head| head.number);
            line.push(run(ink, if number { pad_left(&text, width) } else { pad(&text, width) }));
        }
        screen.line(&line)?;
    }
    Ok(())
}

/// Writes each row as a list of its cells with their heads.
fn list(screen: &mut Screen<'_>, grid: &Grid) -> io::Result<()> {
    for (i, cells) in grid.rows.iter().enumerate() {
        if i > 0 {
            screen.line(&[run(Ink::Soft, "─".repeat(8))])?;
        }
        for (head, cell) in grid.heads.iter().zip(cells) {
            let label = words::labelled(&head.label, "", grid.lang);
            let line = [run(Ink::Soft, label), cell.clone()];
            screen.paragraph_with(plain(""), &plain("  "), &line)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::screen::Style;
    use super::*;

    fn drawn(width: usize, grid_: &Grid) -> String {
        let mut out = Vec::new();
        grid(&mut Screen::new(&mut out, Style { color: false, width }), grid_).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn sample(columns: usize) -> Grid {
        let head = |i: usize| Head { label: format!("Colonne {i}"), number: i % 2 == 1 };
        let cell = |i: usize| plain(if i % 2 == 1 { "12,50\u{A0}€" } else { "un texte assez long" });
        Grid {
            heads: (0..columns).map(head).collect(),
            rows: vec![(0..columns).map(cell).collect()],
            lang: Lang::Fr,
        }
    }

    #[test]
    fn numbers_stand_to_the_right_and_text_wraps() {
        assert_eq!(
            drawn(40, &sample(2)),
            "\
Colonne 0            Colonne
                           1
───────────────────  ───────
un texte assez long  12,50\u{A0}€
"
        );
        assert_eq!(
            drawn(40, &sample(3)),
            "\
Colonne 0        Colonne  Colonne 2
                       1
───────────────  ───────  ──────────────
un texte assez   12,50\u{A0}€  un texte assez
long                      long
"
        );
    }

    #[test]
    fn no_word_is_broken() {
        let of = |words: [&'static str; 3]| Grid {
            heads: ["Établissement", "Type", "Intitulé"]
                .map(|label| Head { label: label.into(), number: false })
                .into(),
            rows: vec![words.map(plain).into()],
            lang: Lang::Fr,
        };
        let french = of(["Croix-Rouge française", "diplôme ou certificat", "Compétences numériques"]);
        for columns in 20..80 {
            let text = drawn(columns, &french);
            for word in ["Établissement", "Croix-Rouge", "certificat", "Compétences"] {
                assert!(text.contains(word), "{columns}: {text}");
            }
        }
        // What is no word is broken, and the columns stay.
        let address = of(["https://www.exemple.fr/une/adresse/longue", "x", "y"]);
        assert!(drawn(40, &address).starts_with("Établissement"));
        assert_eq!(drawn(40, &address).lines().next().map(|line| line.contains("Intitulé")), Some(true));
    }

    #[test]
    fn what_does_not_fit_becomes_a_list() {
        let text = drawn(40, &sample(6));
        assert!(
            text.starts_with("Colonne 0\u{A0}: un texte assez long\nColonne 1\u{A0}: 12,50\u{A0}€\n"),
            "{text}"
        );
    }
}
