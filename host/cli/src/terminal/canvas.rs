//! Lines of text with ink: the only way from a view to the terminal.
//!
//! Invariant: every text goes through [`Line::push`], which drops control and direction marks, so
//! that nothing in a report can move the cursor, change colours or reorder what is read.

use std::io::{self, Write};
use unicode_width::UnicodeWidthChar;

/// How a piece of a line is written where colours are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
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
    /// SGR parameters (ECMA-48, 8.3.117). Only the 16 colours that every theme of a terminal sets.
    fn sgr(self) -> Option<&'static str> {
        match self {
            Ink::Plain => None,
            Ink::Strong => Some("1"),
            Ink::Soft => Some("2"),
            Ink::Accent => Some("36"),
            Ink::Good => Some("32"),
            Ink::Warn => Some("33"),
            Ink::Bad => Some("31"),
            Ink::Compare => Some("35"),
        }
    }
}

/// One line: pieces of clean text with their ink.
#[derive(Debug, Default, Clone)]
pub(super) struct Line(Vec<(Ink, String)>);

impl Line {
    pub(super) fn of(ink: Ink, text: &str) -> Line {
        Line::default().and(ink, text)
    }

    pub(super) fn and(mut self, ink: Ink, text: &str) -> Line {
        self.push(ink, text);
        self
    }

    /// Adds a text after what is there.
    pub(super) fn push(&mut self, ink: Ink, text: &str) {
        self.0.push((ink, clean(text)));
    }

    fn write(&self, out: &mut dyn Write, color: bool) -> io::Result<()> {
        let last = self.0.len().saturating_sub(1);
        for (at, (ink, text)) in self.0.iter().enumerate() {
            // No blanks at the end of a line: they only trouble those who compare outputs.
            let text = if at == last { text.trim_end_matches(' ') } else { text };
            match ink.sgr().filter(|_| color && !text.is_empty()) {
                Some(sgr) => write!(out, "\x1b[{sgr}m{text}\x1b[0m")?,
                None => out.write_all(text.as_bytes())?,
            }
        }
        out.write_all(b"\n")
    }
}

/// The lines of a report, in order.
pub(super) struct Canvas {
    lines: Vec<Line>,
    /// Columns that a line may take.
    pub(super) width: usize,
}

impl Canvas {
    pub(super) fn new(width: usize) -> Canvas {
        Canvas { lines: Vec::new(), width }
    }

    pub(super) fn line(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// An empty line, unless there is one already or nothing stands above.
    pub(super) fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.0.is_empty()) {
            self.lines.push(Line::default());
        }
    }

    /// A text over as many lines as it needs; the first starts with `lead`, the others are
    /// indented as far.
    pub(super) fn text(&mut self, lead: &str, ink: Ink, text: &str) {
        let indent = width(lead).min(self.width / 2);
        for (at, part) in wrap(text, self.width - indent).iter().enumerate() {
            let start = if at == 0 { lead.to_owned() } else { " ".repeat(indent) };
            self.line(Line::of(Ink::Plain, &start).and(ink, part));
        }
    }

    pub(super) fn write(&self, out: &mut dyn Write, color: bool) -> io::Result<()> {
        self.lines.iter().try_for_each(|line| line.write(out, color))
    }
}

/// Without control characters and without marks that are invisible or set a direction. Breaks and
/// tabulators become blanks.
pub(super) fn clean(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() => None,
        '\u{ad}' | '\u{61c}' | '\u{feff}' => None,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => None,
        // Tags: invisible copies of ASCII.
        '\u{e0000}'..='\u{e007f}' => None,
        c => Some(c),
    };
    text.chars().filter_map(shown).collect()
}

/// Columns that a text takes in a terminal.
pub(super) fn width(text: &str) -> usize {
    clean(text).chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// Filled with blanks on its right up to a width.
pub(super) fn left(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Filled with blanks on its left up to a width.
pub(super) fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Cut to a width, with an ellipsis where something is missing.
pub(super) fn cut(text: &str, columns: usize) -> String {
    let text = clean(text);
    if width(&text) <= columns {
        return text;
    }
    let mut kept = take(&text, columns.saturating_sub(1)).0.to_owned();
    kept.push('…');
    kept
}

/// A text in lines of at most so many columns, broken at blanks (never at no-break spaces), and
/// inside a word only if it is longer than a line. One line at least.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in clean(text).split(' ').filter(|word| !word.is_empty()) {
        let mut rest = word;
        if !line.is_empty() && width(&line) + 1 + width(rest) > columns {
            lines.push(std::mem::take(&mut line));
        }
        while width(rest) > columns {
            let (head, tail) = take(rest, columns);
            if head.is_empty() {
                break;
            }
            lines.push(head.to_owned());
            rest = tail;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(rest);
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// The longest start that takes at most so many columns, and the rest.
fn take(text: &str, columns: usize) -> (&str, &str) {
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        taken += c.width().unwrap_or(0);
        if taken > columns {
            return text.split_at(at);
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_escape_or_direction_mark_gets_through() {
        let mut canvas = Canvas::new(40);
        canvas.text("", Ink::Plain, "a\x1b[31mb\u{9b}c\u{202e}d\u{2066}e\u{7}f\ng");
        for color in [false, true] {
            let mut out = Vec::new();
            canvas.write(&mut out, color).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), "a[31mbcdef g\n");
        }
    }

    #[test]
    fn colours_are_only_written_when_wanted() {
        let mut canvas = Canvas::new(40);
        canvas.line(Line::of(Ink::Strong, "a").and(Ink::Plain, " b"));
        let mut out = Vec::new();
        canvas.write(&mut out, true).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "\x1b[1ma\x1b[0m b\n");
    }

    #[test]
    fn lines_are_broken_at_blanks() {
        assert_eq!(wrap("un deux trois", 8), ["un deux", "trois"]);
        assert_eq!(wrap("12\u{a0}kWh de", 6), ["12\u{a0}kWh", "de"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("日本語", 4), ["日本", "語"]);
        assert_eq!(wrap("", 4), [""]);
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(right("日", 4), "  日");
    }
}
