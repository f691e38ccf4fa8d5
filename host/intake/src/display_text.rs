//! Names and reasons that are shown about a file, short and on one line.
//!
//! They are made of the file's own text, so they may be of any length and hold characters that control a
//! terminal or reverse the direction of a line.

/// The longest reason, name of a field or name of a file, in characters: some lines of a screen. It bounds
/// what [`crate::MAX_REJECTED`] rejections take in memory to some ten MiB.
pub(crate) const LONGEST: usize = 200;

/// The longest part of a reason, in characters: the words of the reason come around it.
pub(crate) const LONGEST_PART: usize = 120;

/// A text as it is told. One that is too long loses its middle; white space becomes a space, and a character
/// that has no look of its own the replacement character.
pub(crate) fn short(text: &str) -> String {
    within(text, LONGEST)
}

/// A part of a reason, as it is told.
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

/// The beginning of a text that is only held to be told of: what [`short`] may need of it.
pub(crate) fn beginning(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(at, _)| &text[..at])
}

fn shown(c: char) -> char {
    match c {
        c if c.is_whitespace() => ' ',
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        // Marks of direction, characters without width, and tags (UAX #9, UTS #39).
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
