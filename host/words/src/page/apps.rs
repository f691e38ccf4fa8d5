//! Texts of the list of apps.

use crate::message::messages;

messages! {
    /// Texts of the list of apps.
    pub enum Apps<'a> in "page-apps" {
        Title,
        Crumb,
        Lead { apps: u64 },
        Search,
        SearchHint,
        All,
        AllOf { apps: u64 },
        Ready { apps: u64 },
        HowChecked,
        None,
        NoneWhy,
        NotFound,
        NotFoundWhy,
        Have { have: u64, of: u64 },
        By,
        Granted,
        Paused,
        Changed,
        Rounded,
        KeepsNothing,
        SameSign,
        SameSignWhy,
        Refused { app: &'a str },
        RefusedStands { app: &'a str },
        Erased,
    }
}
