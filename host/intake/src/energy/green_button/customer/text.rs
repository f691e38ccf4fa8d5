//! Texts of the customer feed.

use crate::read::Node;

/// The longest text that is kept, in bytes: the schema's longest is 512 characters.
pub(super) const TEXT: usize = 1 << 10;

/// The text at the end of a way of names; none where holders write that there is none.
pub(super) fn value<'n>(node: &'n Node, path: &[&str]) -> Option<&'n str> {
    node.text_at(path).map(cut).filter(|text| !text.eq_ignore_ascii_case("n/a"))
}

/// The beginning of a text that is too long.
pub(super) fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(TEXT)]
}
