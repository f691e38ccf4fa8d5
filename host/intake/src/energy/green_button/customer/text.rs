//! Texts of the customer feed.

use crate::read::Node;

/// Longest text that is kept, in bytes: the schema's longest is 512 characters.
pub(super) const TEXT: usize = 1 << 10;

/// Text at a path; `None` where holders write "n/a".
pub(super) fn value<'n>(node: &'n Node, path: &[&str]) -> Option<&'n str> {
    node.text_at(path).map(cut).filter(|text| !text.eq_ignore_ascii_case("n/a"))
}

/// Cuts a text to the longest that is kept.
pub(super) fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(TEXT)]
}
