//! Styled lines of text: wrapping, widths, and the only place that writes them.

use mesinfos_model::visible::clean;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Output style.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// Whether ANSI colours may be used.
    pub(crate) color: bool,
    /// Width of the terminal in columns, clamped to [`MIN_WIDTH`] and [`MAX_WIDTH`].
    pub(crate) width: usize,
}

/// Minimum width: a month of days with its label takes 39 columns.
pub(crate) const MIN_WIDTH: usize = 40;
/// Maximum width of prose and bars: longer lines are hard to follow.
pub(crate) const MAX_WIDTH: usize = 120;

/// Style of a run of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    Plain,
    Strong,
    Soft,
    Accent,
    Good,
    Warn,
    Bad,
    Compare,
}

impl Ink {
    /// Parameters of the SGR sequence (ECMA-48, 8.3.117). Uses only the sixteen colours that terminal
    /// themes define.
    fn sgr(self) -> &'static str {
        match self {
            Ink::Plain => "",
            Ink::Strong => "1",
            Ink::Soft => "2",
            Ink::Accent => "1;34",
            Ink::Good => "32",
            Ink::Warn => "33",
            Ink::Bad => "31",
            Ink::Compare => "36",
        }
    }
}

/// Text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) ink: Ink,
    pub(crate) text: String,
}

/// Consecutive runs.
pub(crate) type Line = Vec<Run>;

pub(crate) fn run(ink: Ink, text: impl Into<String>) -> Run {
    Run { ink, text: text.into() }
}

pub(crate) fn plain(text: impl Into<String>) -> Run {
    run(Ink::Plain, text)
}

/// Width of a text in columns.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Width of a line in columns.
pub(crate) fn line_width(line: &[Run]) -> usize {
    line.iter().map(|run| width(&run.text)).sum()
}

/// Truncates a text to a width, with "…" at the end if it was longer.
pub(crate) fn cut(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let (mut head, _) = split_at_width(text, most.saturating_sub(1));
    if most > 0 {
        head.push('…');
    }
    head
}

/// Pads a text with spaces on the right.
pub(crate) fn pad(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

/// Pads a text with spaces on the left.
pub(crate) fn pad_left(text: &str, to: usize) -> String {
    format!("{}{text}", " ".repeat(to.saturating_sub(width(text))))
}

fn split_at_width(text: &str, most: usize) -> (String, String) {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        if width(&text[..next]) > most {
            break;
        }
        end = next;
    }
    (text[..end].to_owned(), text[end..].to_owned())
}

/// Wraps text at spaces, never at no-break spaces. A word wider than a line is split.
pub(crate) fn wrap(runs: &[Run], most: usize) -> Vec<Line> {
    let most = most.max(1);
    let mut lines = Vec::new();
    let mut line: Line = Vec::new();
    for word in words(runs) {
        let room = most.saturating_sub(line_width(&line));
        if !line.is_empty() && line_width(&word) + 1 > room {
            lines.push(std::mem::take(&mut line));
        }
        if let (Some(last), Some(first)) = (line.last_mut(), word.first()) {
            // The space between two words of the same style takes that style, so they stay one run.
            if last.ink == first.ink {
                last.text.push(' ');
            } else {
                line.push(plain(" "));
            }
        }
        for piece in word {
            let mut rest = piece.text;
            while line_width(&line) + width(&rest) > most && !rest.is_empty() {
                let room = most.saturating_sub(line_width(&line));
                let (head, tail) = split_at_width(&rest, room);
                if head.is_empty() && line.is_empty() {
                    break;
                }
                append(&mut line, piece.ink, &head);
                lines.push(std::mem::take(&mut line));
                rest = tail;
            }
            append(&mut line, piece.ink, &rest);
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

fn append(line: &mut Line, ink: Ink, text: &str) {
    match line.last_mut() {
        Some(last) if last.ink == ink => last.text.push_str(text),
        _ if text.is_empty() => {}
        _ => line.push(run(ink, text)),
    }
}

/// Splits runs into words. The style may change inside a word ("**12 €**.").
fn words(runs: &[Run]) -> Vec<Line> {
    let mut words = Vec::new();
    let mut word: Line = Vec::new();
    for piece in runs {
        for (i, part) in piece.text.split(' ').enumerate() {
            if i > 0 && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            append(&mut word, piece.ink, part);
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Output for lines.
///
/// Invariant: only [`Screen::line`] writes to `out`, and it cleans every text.
pub(crate) struct Screen<'a> {
    out: &'a mut dyn Write,
    color: bool,
    width: usize,
    /// Whether the last line was blank, or none was written yet. Prevents consecutive blank lines.
    blank: bool,
}

impl<'a> Screen<'a> {
    pub(crate) fn new(out: &'a mut dyn Write, style: Style) -> Screen<'a> {
        Screen { out, color: style.color, width: style.width.clamp(MIN_WIDTH, MAX_WIDTH), blank: true }
    }

    /// Width in columns.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn line(&mut self, line: &[Run]) -> io::Result<()> {
        let mut painted = String::new();
        for run in line {
            let text = clean(&run.text);
            if self.color && run.ink != Ink::Plain && !text.trim().is_empty() {
                painted.push_str(&format!("\u{1b}[{}m{text}\u{1b}[0m", run.ink.sgr()));
            } else {
                painted.push_str(&text);
            }
        }
        let painted = painted.trim_end_matches(' ');
        self.blank = painted.is_empty();
        writeln!(self.out, "{painted}")
    }

    /// Writes a blank line, unless the last line is blank.
    pub(crate) fn gap(&mut self) -> io::Result<()> {
        if self.blank { Ok(()) } else { self.line(&[]) }
    }

    /// Writes a wrapped paragraph with `first` before its first line and as many spaces before the others.
    pub(crate) fn paragraph(&mut self, first: Run, text: &[Run]) -> io::Result<()> {
        let rest = plain(" ".repeat(width(&first.text)));
        self.paragraph_with(first, &rest, text)
    }

    /// Like [`Screen::paragraph`], with `rest` before the other lines.
    pub(crate) fn paragraph_with(&mut self, first: Run, rest: &Run, text: &[Run]) -> io::Result<()> {
        let mut before = first;
        for line in wrap(text, self.width.saturating_sub(width(&before.text))) {
            let mut whole = vec![before];
            whole.extend(line);
            self.line(&whole)?;
            before = rest.clone();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|l| l.iter().map(|r| r.text.as_str()).collect()).collect()
    }

    #[test]
    fn wrapping_keeps_no_break_spaces_and_inks() {
        let runs = [plain("Vous payez "), run(Ink::Strong, "12,50\u{A0}€"), plain(". Trop.")];
        let lines = wrap(&runs, 12);
        assert_eq!(texts(&lines), ["Vous payez", "12,50\u{A0}€.", "Trop."]);
        assert_eq!(lines[1], vec![run(Ink::Strong, "12,50\u{A0}€"), plain(".")]);
        assert_eq!(texts(&wrap(&[plain("abcdefgh ij")], 3)), ["abc", "def", "gh", "ij"]);
        assert_eq!(texts(&wrap(&[], 3)), [""]);
        // A character wider than the line is still written, and wrapping terminates.
        assert_eq!(texts(&wrap(&[plain("漢")], 1)), ["漢"]);
    }

    #[test]
    fn cutting_counts_columns() {
        assert_eq!(cut("électricité", 6), "élect…");
        assert_eq!(cut("漢字漢字", 5), "漢字…");
        assert_eq!(cut("court", 5), "court");
        assert_eq!(pad_left("é", 3), "  é");
        assert_eq!(pad("漢", 3), "漢 ");
    }

    #[test]
    fn nothing_that_commands_a_terminal_gets_through() {
        let mut out = Vec::new();
        let mut screen = Screen::new(&mut out, Style { color: true, width: 80 });
        let bad = "a\u{1b}[31mrouge\u{1b}]8;;x\u{7}\u{9b}2J\u{202E}b\u{200B}\r\nc\u{2066}";
        screen.line(&[run(Ink::Strong, bad), plain(bad)]).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "\u{1b}[1ma[31mrouge]8;;x2Jb  c\u{1b}[0ma[31mrouge]8;;x2Jb  c\n");
    }
}
