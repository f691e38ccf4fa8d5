//! Ids of apps.

/// Longest id of an app, in characters.
pub const LONGEST_APP_ID: usize = 40;

/// Whether a text is an id of an app: 2 to 40 lower-case letters, digits and hyphens, beginning with a letter, in ASCII.
/// So no id looks like another one, ends a line, or leaves a folder.
pub fn is_app_id(text: &str) -> bool {
    (2..=LONGEST_APP_ID).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
