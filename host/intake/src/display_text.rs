//! Names and reasons for display, short and on one line.
//!
//! They quote the file's own text, so they may have any length and may contain characters that control a
//! terminal or reverse the direction of a line.

/// Longest reason, field name or file name, in characters: a few lines of a screen. Together with
/// [`crate::MAX_REJECTED`] it bounds the memory of rejections to some ten MiB.
pub(crate) const LONGEST: usize = 200;

/// Longest quoted part of a reason, in characters: the words of the reason surround it.
pub(crate) const LONGEST_PART: usize = 120;

/// Formats a text for display. A text that is too long loses its middle; white space becomes a space, and
/// a character without an appearance of its own becomes the replacement character.
pub(crate) fn short(text: &str) -> String {
    within(text, LONGEST)
}

/// Formats a quoted part of a reason for display.
pub(crate) fn part(text: &str) -> String {
    within(text, LONGEST_PART)
}

fn within(text: &str, longest: usize) -> String {
    if text.char_indices().nth(longest).is_none() {
        return text.chars().map(shown).collect();
    }
    let beginning = longest / 2;
    let end = text.char_indices().nth_back(longest - beginning - 2).map_or("", |(at, _)| &text[at..]);
    text.chars().take(beginning).chain(['…']).chain(end.chars()).map(shown).collect()
}

/// The start of a text held only for display: as much as [`short`] may need.
pub(crate) fn beginning(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(at, _)| &text[..at])
}

fn shown(c: char) -> char {
    match c {
        c if c.is_whitespace() => ' ',
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        // Direction marks, zero-width characters, and tags (UAX #9, UTS #39).
        '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_loses_its_middle() {
        let reason = format!("\"{}\" is not a date", "é".repeat(100_000));
        let told = short(&reason);
        assert_eq!(told.chars().count(), LONGEST);
        assert!(told.starts_with("\"éé") && told.contains('…') && told.ends_with("éé\" is not a date"));
        let fits = "x".repeat(LONGEST);
        assert_eq!(short(&fits), fits);
        assert_eq!(beginning(&reason).chars().count(), LONGEST);
        assert_eq!(beginning("x"), "x");
    }

    #[test]
    fn nothing_in_it_steers_a_terminal() {
        assert_eq!(
            short("a\u{1b}]0;x\u{7}\n\u{202e}b\u{200b}c\u{9b}d é"),
            "a\u{fffd}]0;x\u{fffd} \u{fffd}b\u{fffd}c\u{fffd}d é"
        );
    }
}
