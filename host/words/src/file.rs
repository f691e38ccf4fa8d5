//! A file of messages, for tests.

/// A file of messages.
pub(crate) struct File {
    pub(crate) name: &'static str,
    /// French and English text.
    pub(crate) texts: [&'static str; 2],
    pub(crate) messages: &'static [(&'static str, &'static [&'static str])],
}
