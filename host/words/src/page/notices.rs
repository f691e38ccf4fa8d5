//! Texts of the page that shows a notice again.

use crate::message::messages;

messages! {
    /// Texts of the page that shows a notice again.
    pub enum Notices<'a> in "page-notices" {
        Title,
        Lead { at: &'a str },
        Said,
        Codes,
        Digest,
        Unchanged,
        None,
        NoneWhy,
        Answer,
        State { app: &'a str, version: &'a str, state: &'a str },
    }
}
