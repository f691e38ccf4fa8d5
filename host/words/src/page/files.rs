//! Texts of fields for files.

use crate::message::messages;

messages! {
    /// Texts of fields for files.
    pub enum Files in "page-files" {
        Choose,
        Chosen,
        Waiting,
        Receiving,
        Reading,
        Storing,
        Added,
        Refused,
        Asks,
    }
}
