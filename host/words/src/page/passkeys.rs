//! Texts of passkeys.

use crate::message::messages;

messages! {
    /// Texts of passkeys.
    pub enum Passkeys<'a> in "page-passkeys" {
        Title,
        None,
        MadeAt { at: &'a str },
        UsedAt { at: &'a str },
        Remove,
        Label,
        Add,
        NotMade,
        ConfirmFirst,
        Confirm,
        NotRecognised,
        NoName,
        NameFirst,
    }
}
