//! Contracts (insurance, energy, telephone…), what they cover, and claims.
//!
//! Written from the table of the category by `cargo xtask generate`.

use crate::data::{Terms, Texts, category, codes, day, long, money};
use crate::units::{Date, Money};

codes! {
    /// Kind of row.
    Row {
        /// Contract.
        Contract = 0,
        /// Thing covered.
        Covered = 1,
        /// Claim.
        Claim = 2,
    }
}

codes! {
    /// Kind.
    Kind {
        /// Home insurance.
        Home = 0,
        /// Vehicle insurance.
        Vehicle = 1,
        /// Health insurance.
        Health = 2,
        /// Energy.
        Energy = 3,
        /// Telephone.
        Telecom = 4,
        /// Internet.
        Internet = 5,
        /// Water.
        Water = 6,
        /// Bank.
        Bank = 7,
        /// Transport.
        Transport = 8,
        /// Other.
        Other = 9,
    }
}

codes! {
    /// Status.
    Status {
        /// Active.
        Active = 0,
        /// Ended.
        Ended = 1,
        /// Open.
        Open = 2,
        /// Closed.
        Closed = 3,
    }
}

codes! {
    /// Period of the price.
    PremiumPeriod {
        /// Month.
        Month = 0,
        /// Quarter.
        Quarter = 1,
        /// Year.
        Year = 2,
        /// Once.
        Once = 3,
    }
}

category! {
    Contract from crate::bindings::mesinfos::data::contracts;
    /// Provider; who gave the data, e.g. "MAIF".
    holder: Terms,
    /// Kind of row; 0 contract, 1 thing covered, 2 claim.
    row: Vec<u8>,
    /// Contract; a pseudonym that holds within one run; the same for a contract, what it covers and
    /// its claims.
    contract: Terms,
    /// Start; days since 1970-01-01; of the contract; of a claim, its day.
    start: Vec<i32>,
    /// End; days since 1970-01-01.
    end: Vec<i32>,
    /// Kind; 0 home insurance, 1 vehicle insurance, 2 health insurance, 3 energy, 4 telephone, 5
    /// internet, 6 water, 7 bank, 8 transport, 9 other.
    kind: Vec<u8>,
    /// Product.
    product: Texts,
    /// Plan; level of cover, option of the price.
    plan: Texts,
    /// Status; 0 active, 1 ended, 2 open, 3 closed.
    status: Vec<u8>,
    /// Price; minor units of the currency (cents); for each `premium-period`, taxes included.
    premium: Vec<i64>,
    /// Period of the price; 0 month, 1 quarter, 2 year, 3 once.
    premium_period: Vec<u8>,
    /// Currency; ISO 4217 code, three letters.
    currency: Terms,
    /// Subscribed power; volt-amperes.
    power: Vec<i64>,
    /// What is covered.
    covered: Texts,
    /// Amount of the claim; minor units of the currency (cents).
    amount: Vec<i64>,
    /// Where; empty unless the person gave this very field.
    place_name: Texts,
    /// Number plate; empty unless the person gave this very field.
    plate: Terms,
    /// Number; the number of the contract or claim; empty unless the person gave this very field.
    number: Texts,
}

/// The rows of `period`, from the oldest to the newest.
#[must_use]
pub fn contracts(period: Period) -> Rows {
    all(period)
}

impl Contract {
    /// Provider; who gave the data, e.g. "MAIF".
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        self.page.holder().get(self.index)
    }

    /// Kind of row; 0 contract, 1 thing covered, 2 claim.
    #[must_use]
    pub fn row(&self) -> Option<Row> {
        Row::get(self.page.row(), self.index)
    }

    /// Contract; a pseudonym that holds within one run; the same for a contract, what it covers and
    /// its claims.
    #[must_use]
    pub fn contract(&self) -> Option<&str> {
        self.page.contract().get(self.index)
    }

    /// Start; days since 1970-01-01; of the contract; of a claim, its day.
    #[must_use]
    pub fn start(&self) -> Option<Date> {
        day(self.page.start(), self.index)
    }

    /// End; days since 1970-01-01.
    #[must_use]
    pub fn end(&self) -> Option<Date> {
        day(self.page.end(), self.index)
    }

    /// Kind; 0 home insurance, 1 vehicle insurance, 2 health insurance, 3 energy, 4 telephone, 5
    /// internet, 6 water, 7 bank, 8 transport, 9 other.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        Kind::get(self.page.kind(), self.index)
    }

    /// Product.
    #[must_use]
    pub fn product(&self) -> Option<&str> {
        self.page.product().get(self.index)
    }

    /// Plan; level of cover, option of the price.
    #[must_use]
    pub fn plan(&self) -> Option<&str> {
        self.page.plan().get(self.index)
    }

    /// Status; 0 active, 1 ended, 2 open, 3 closed.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        Status::get(self.page.status(), self.index)
    }

    /// Price; minor units of the currency (cents); for each `premium-period`, taxes included.
    #[must_use]
    pub fn premium(&self) -> Option<Money> {
        money(self.page.premium(), self.page.currency(), self.index)
    }

    /// Period of the price; 0 month, 1 quarter, 2 year, 3 once.
    #[must_use]
    pub fn premium_period(&self) -> Option<PremiumPeriod> {
        PremiumPeriod::get(self.page.premium_period(), self.index)
    }

    /// Currency; ISO 4217 code, three letters.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        self.page.currency().get(self.index)
    }

    /// Subscribed power; volt-amperes.
    #[must_use]
    pub fn power(&self) -> Option<i64> {
        long(self.page.power(), self.index)
    }

    /// What is covered.
    #[must_use]
    pub fn covered(&self) -> Option<&str> {
        self.page.covered().get(self.index)
    }

    /// Amount of the claim; minor units of the currency (cents).
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        money(self.page.amount(), self.page.currency(), self.index)
    }

    /// Where; empty unless the person gave this very field.
    #[must_use]
    pub fn place_name(&self) -> Option<&str> {
        self.page.place_name().get(self.index)
    }

    /// Number plate; empty unless the person gave this very field.
    #[must_use]
    pub fn plate(&self) -> Option<&str> {
        self.page.plate().get(self.index)
    }

    /// Number; the number of the contract or claim; empty unless the person gave this very field.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        self.page.number().get(self.index)
    }
}
