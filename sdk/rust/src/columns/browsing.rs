//! Pages that were visited and words that were searched.
//!
//! Written from the table of the category by `cargo xtask generate`.

use crate::data::{Terms, Texts, category, codes, long, timestamp};
use crate::units::Timestamp;

codes! {
    /// Kind.
    Kind {
        /// Visit.
        Visit = 0,
        /// Search.
        Search = 1,
        /// Watched.
        Watch = 2,
        /// Other.
        Other = 3,
    }
}

codes! {
    /// Way of arriving.
    Transition {
        /// Typed.
        Typed = 0,
        /// Link.
        Link = 1,
        /// Bookmark.
        Bookmark = 2,
        /// Redirect.
        Redirect = 3,
        /// Reload.
        Reload = 4,
        /// Other.
        Other = 5,
    }
}

category! {
    Visit from crate::bindings::mesinfos::data::browsing;
    /// Browser or service; where the row comes from, e.g. "Firefox".
    holder: Terms,
    /// Date and time; UTC seconds since 1970-01-01T00:00:00Z.
    at: Vec<i64>,
    /// Offset from UTC; minutes; local time minus UTC; missing means unknown, count it as 0.
    utc_offset: Vec<i64>,
    /// Kind; 0 visit, 1 search, 2 watched, 3 other.
    kind: Vec<u8>,
    /// Site; the host name only, e.g. "wikipedia.org".
    site: Terms,
    /// Way of arriving; 0 typed, 1 link, 2 bookmark, 3 redirect, 4 reload, 5 other.
    transition: Vec<u8>,
    /// Service; e.g. "Maps".
    product: Terms,
    /// Title of the page; empty unless the person gave this very field.
    title: Texts,
    /// Address of the page; without user name, fragment and query: these hold secrets; empty unless
    /// the person gave this very field.
    url: Texts,
    /// Words searched; empty unless the person gave this very field.
    query: Texts,
}

/// The rows of `period`, from the oldest to the newest.
#[must_use]
pub fn visits(period: Period) -> Rows {
    all(period)
}

impl Visit {
    /// Browser or service; where the row comes from, e.g. "Firefox".
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        self.page.holder().get(self.index)
    }

    /// Date and time; UTC seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        timestamp(self.page.at(), self.page.utc_offset(), self.index)
    }

    /// Offset from UTC; minutes; local time minus UTC; missing means unknown, count it as 0.
    #[must_use]
    pub fn utc_offset(&self) -> Option<i64> {
        long(self.page.utc_offset(), self.index)
    }

    /// Kind; 0 visit, 1 search, 2 watched, 3 other.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        Kind::get(self.page.kind(), self.index)
    }

    /// Site; the host name only, e.g. "wikipedia.org".
    #[must_use]
    pub fn site(&self) -> Option<&str> {
        self.page.site().get(self.index)
    }

    /// Way of arriving; 0 typed, 1 link, 2 bookmark, 3 redirect, 4 reload, 5 other.
    #[must_use]
    pub fn transition(&self) -> Option<Transition> {
        Transition::get(self.page.transition(), self.index)
    }

    /// Service; e.g. "Maps".
    #[must_use]
    pub fn product(&self) -> Option<&str> {
        self.page.product().get(self.index)
    }

    /// Title of the page; empty unless the person gave this very field.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.page.title().get(self.index)
    }

    /// Address of the page; without user name, fragment and query: these hold secrets; empty unless
    /// the person gave this very field.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.page.url().get(self.index)
    }

    /// Words searched; empty unless the person gave this very field.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.page.query().get(self.index)
    }
}
