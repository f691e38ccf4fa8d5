//! A file of messages, as the tests look at it.

/// A file of messages.
pub(crate) struct File {
    pub(crate) name: &'static str,
    /// In French and in English.
    pub(crate) texts: [&'static str; 2],
    pub(crate) messages: &'static [(&'static str, &'static [&'static str])],
}
