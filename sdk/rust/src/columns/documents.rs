//! Papers: name, kind, date, and text where it is known. The file itself stays sealed in the vault:
//! no app is given it.
//!
//! Written from the table of the category by `cargo xtask generate`.

use crate::data::{Terms, Texts, category, codes, day, long};
use crate::units::Date;

codes! {
    /// Kind.
    Kind {
        /// Invoice.
        Invoice = 0,
        /// Statement.
        Statement = 1,
        /// Certificate.
        Certificate = 2,
        /// Contract.
        Contract = 3,
        /// Payslip.
        Payslip = 4,
        /// Tax.
        Tax = 5,
        /// Photo.
        Photo = 6,
        /// Calendar event.
        Event = 7,
        /// Task.
        Task = 8,
        /// Note.
        Note = 9,
        /// Other.
        Other = 10,
    }
}

category! {
    Document from crate::bindings::mesinfos::data::documents;
    /// Data holder; where the paper comes from, e.g. "MAIF".
    holder: Terms,
    /// Date; days since 1970-01-01.
    on: Vec<i32>,
    /// Kind; 0 invoice, 1 statement, 2 certificate, 3 contract, 4 payslip, 5 tax, 6 photo, 7
    /// calendar event, 8 task, 9 note, 10 other.
    kind: Vec<u8>,
    /// Media type; MIME type, e.g. "application/pdf".
    media_type: Terms,
    /// Size; bytes.
    size: Vec<i64>,
    /// Name; empty unless the person gave this very field.
    name: Texts,
    /// Folder; empty unless the person gave this very field.
    folder: Terms,
    /// Text; its text, where known; empty unless the person gave this very field.
    body: Texts,
}

/// The rows of `period`, from the oldest to the newest.
#[must_use]
pub fn documents(period: Period) -> Rows {
    all(period)
}

impl Document {
    /// Data holder; where the paper comes from, e.g. "MAIF".
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        self.page.holder().get(self.index)
    }

    /// Date; days since 1970-01-01.
    #[must_use]
    pub fn on(&self) -> Option<Date> {
        day(self.page.on(), self.index)
    }

    /// Kind; 0 invoice, 1 statement, 2 certificate, 3 contract, 4 payslip, 5 tax, 6 photo, 7
    /// calendar event, 8 task, 9 note, 10 other.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        Kind::get(self.page.kind(), self.index)
    }

    /// Media type; MIME type, e.g. "application/pdf".
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        self.page.media_type().get(self.index)
    }

    /// Size; bytes.
    #[must_use]
    pub fn size(&self) -> Option<i64> {
        long(self.page.size(), self.index)
    }

    /// Name; empty unless the person gave this very field.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.page.name().get(self.index)
    }

    /// Folder; empty unless the person gave this very field.
    #[must_use]
    pub fn folder(&self) -> Option<&str> {
        self.page.folder().get(self.index)
    }

    /// Text; its text, where known; empty unless the person gave this very field.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.page.body().get(self.index)
    }
}
