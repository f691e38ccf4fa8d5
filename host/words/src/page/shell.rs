//! Texts around every page.

use crate::message::messages;

messages! {
    /// Texts around every page.
    pub enum Shell<'a> in "page-shell" {
        Skip,
        Main,
        Crumbs,
        Home,
        Data,
        Apps,
        Journal,
        Settings,
        OtherLanguage,
        ChangeTheme,
        Account,
        SignOut,
        Help,
        Privacy,
        Accessibility,
        Pages,
        Keep,
        EndsSoon,
        Stay,
        Invented,
        LifeOf { life: &'a str },
        LifeDay { day: &'a str },
        NobodyReal,
        OtherLife,
        WithMyData,
    }
}
