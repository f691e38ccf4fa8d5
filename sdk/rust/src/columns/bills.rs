//! Bills, their lines and payments (ESPI `UsageSummary`, schema.org `Invoice`).
//!
//! Written from the table of the category by `cargo xtask generate`.

use crate::data::{Terms, Texts, category, codes, day, money};
use crate::units::{Date, Money};

codes! {
    /// Kind of row.
    Row {
        /// Bill.
        Bill = 0,
        /// Line.
        Line = 1,
        /// Payment.
        Payment = 2,
    }
}

codes! {
    /// Service.
    Service {
        /// Energy.
        Energy = 0,
        /// Telephone.
        Telecom = 1,
        /// Internet.
        Internet = 2,
        /// Water.
        Water = 3,
        /// Insurance.
        Insurance = 4,
        /// Health.
        Health = 5,
        /// Video.
        Video = 6,
        /// Transport.
        Transport = 7,
        /// Housing.
        Housing = 8,
        /// Other.
        Other = 9,
    }
}

codes! {
    /// Kind of line.
    Kind {
        /// Subscription.
        Subscription = 0,
        /// Usage.
        Usage = 1,
        /// Tax.
        Tax = 2,
        /// Credit.
        Credit = 3,
        /// Fee.
        Fee = 4,
        /// Other.
        Other = 5,
    }
}

codes! {
    /// Status.
    Status {
        /// Due.
        Due = 0,
        /// Paid.
        Paid = 1,
        /// Refunded.
        Refunded = 2,
    }
}

category! {
    Bill from crate::bindings::mesinfos::data::bills;
    /// Issuer; who gave the data, e.g. "EDF".
    holder: Terms,
    /// Kind of row; 0 bill, 1 line, 2 payment; the bill, one of its lines, or a payment: never add
    /// them together.
    row: Vec<u8>,
    /// Bill; a pseudonym that holds within one run; the same for a bill and its lines.
    bill: Terms,
    /// Contract; a pseudonym that holds within one run; the same as in `contracts`.
    contract: Terms,
    /// Date of issue; days since 1970-01-01.
    issued_on: Vec<i32>,
    /// Due on; days since 1970-01-01.
    due_on: Vec<i32>,
    /// First day of the period; days since 1970-01-01.
    period_from: Vec<i32>,
    /// End of the period; days since 1970-01-01; the day after the last one.
    period_until: Vec<i32>,
    /// Provider.
    vendor: Terms,
    /// Service; 0 energy, 1 telephone, 2 internet, 3 water, 4 insurance, 5 health, 6 video, 7
    /// transport, 8 housing, 9 other.
    service: Vec<u8>,
    /// Kind of line; 0 subscription, 1 usage, 2 tax, 3 credit, 4 fee, 5 other.
    kind: Vec<u8>,
    /// Label.
    label: Texts,
    /// Amount; minor units of the currency (cents); taxes included; negative is a refund.
    amount: Vec<i64>,
    /// Currency; ISO 4217 code, three letters.
    currency: Terms,
    /// Status; 0 due, 1 paid, 2 refunded.
    status: Vec<u8>,
    /// Means of payment.
    method: Terms,
    /// Number; the provider’s own number; empty unless the person gave this very field.
    number: Texts,
}

/// The rows of `period`, from the oldest to the newest.
#[must_use]
pub fn bills(period: Period) -> Rows {
    all(period)
}

impl Bill {
    /// Issuer; who gave the data, e.g. "EDF".
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        self.page.holder().get(self.index)
    }

    /// Kind of row; 0 bill, 1 line, 2 payment; the bill, one of its lines, or a payment: never add
    /// them together.
    #[must_use]
    pub fn row(&self) -> Option<Row> {
        Row::get(self.page.row(), self.index)
    }

    /// Bill; a pseudonym that holds within one run; the same for a bill and its lines.
    #[must_use]
    pub fn bill(&self) -> Option<&str> {
        self.page.bill().get(self.index)
    }

    /// Contract; a pseudonym that holds within one run; the same as in `contracts`.
    #[must_use]
    pub fn contract(&self) -> Option<&str> {
        self.page.contract().get(self.index)
    }

    /// Date of issue; days since 1970-01-01.
    #[must_use]
    pub fn issued_on(&self) -> Option<Date> {
        day(self.page.issued_on(), self.index)
    }

    /// Due on; days since 1970-01-01.
    #[must_use]
    pub fn due_on(&self) -> Option<Date> {
        day(self.page.due_on(), self.index)
    }

    /// First day of the period; days since 1970-01-01.
    #[must_use]
    pub fn period_from(&self) -> Option<Date> {
        day(self.page.period_from(), self.index)
    }

    /// End of the period; days since 1970-01-01; the day after the last one.
    #[must_use]
    pub fn period_until(&self) -> Option<Date> {
        day(self.page.period_until(), self.index)
    }

    /// Provider.
    #[must_use]
    pub fn vendor(&self) -> Option<&str> {
        self.page.vendor().get(self.index)
    }

    /// Service; 0 energy, 1 telephone, 2 internet, 3 water, 4 insurance, 5 health, 6 video, 7
    /// transport, 8 housing, 9 other.
    #[must_use]
    pub fn service(&self) -> Option<Service> {
        Service::get(self.page.service(), self.index)
    }

    /// Kind of line; 0 subscription, 1 usage, 2 tax, 3 credit, 4 fee, 5 other.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        Kind::get(self.page.kind(), self.index)
    }

    /// Label.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        self.page.label().get(self.index)
    }

    /// Amount; minor units of the currency (cents); taxes included; negative is a refund.
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        money(self.page.amount(), self.page.currency(), self.index)
    }

    /// Currency; ISO 4217 code, three letters.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        self.page.currency().get(self.index)
    }

    /// Status; 0 due, 1 paid, 2 refunded.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        Status::get(self.page.status(), self.index)
    }

    /// Means of payment.
    #[must_use]
    pub fn method(&self) -> Option<&str> {
        self.page.method().get(self.index)
    }

    /// Number; the provider’s own number; empty unless the person gave this very field.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        self.page.number().get(self.index)
    }
}
