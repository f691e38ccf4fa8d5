//! Movements on bank accounts, one row for each booking (ISO 20022 `Ntry`).
//!
//! Written from the table of the category by `cargo xtask generate`.

use crate::data::{Terms, Texts, category, codes, day, long, money};
use crate::units::{Date, Money};

codes! {
    /// Status.
    Status {
        /// Booked.
        Booked = 0,
        /// Pending.
        Pending = 1,
        /// Reversed.
        Reversed = 2,
    }
}

codes! {
    /// Kind of movement.
    Kind {
        /// Card.
        Card = 0,
        /// Transfer.
        Transfer = 1,
        /// Direct debit.
        DirectDebit = 2,
        /// Cash.
        Cash = 3,
        /// Cheque.
        Cheque = 4,
        /// Fee.
        Fee = 5,
        /// Interest.
        Interest = 6,
        /// Deposit.
        Deposit = 7,
        /// Other.
        Other = 8,
    }
}

category! {
    Transaction from crate::bindings::mesinfos::data::bank;
    /// Bank; who gave the data, e.g. "Boursorama".
    holder: Terms,
    /// Account; a pseudonym that holds within one run; the same for all rows of one account; never
    /// its number.
    account: Terms,
    /// Booking date; days since 1970-01-01.
    booked_on: Vec<i32>,
    /// Value date; days since 1970-01-01.
    value_on: Vec<i32>,
    /// Amount; minor units of the currency (cents); positive is money coming in.
    amount: Vec<i64>,
    /// Currency; ISO 4217 code, three letters.
    currency: Terms,
    /// Balance; minor units of the currency (cents); balance of the account after the booking.
    balance: Vec<i64>,
    /// Status; 0 booked, 1 pending, 2 reversed.
    status: Vec<u8>,
    /// Kind of movement; 0 card, 1 transfer, 2 direct debit, 3 cash, 4 cheque, 5 fee, 6 interest, 7
    /// deposit, 8 other.
    kind: Vec<u8>,
    /// Label; the holder’s wording; parts may be masked with `*`.
    label: Texts,
    /// Other party; the other party’s name, where the holder gives one.
    counterparty: Terms,
    /// Merchant category; number; merchant category code (ISO 18245).
    merchant_category: Vec<i64>,
    /// Bank’s category; where the bank files the movement, in its own words.
    bank_category: Terms,
    /// Reference; the bank’s own reference of the booking; empty unless the person gave this very
    /// field.
    reference: Texts,
}

/// The rows of `period`, from the oldest to the newest.
#[must_use]
pub fn transactions(period: Period) -> Rows {
    all(period)
}

impl Transaction {
    /// Bank; who gave the data, e.g. "Boursorama".
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        self.page.holder().get(self.index)
    }

    /// Account; a pseudonym that holds within one run; the same for all rows of one account; never
    /// its number.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        self.page.account().get(self.index)
    }

    /// Booking date; days since 1970-01-01.
    #[must_use]
    pub fn booked_on(&self) -> Option<Date> {
        day(self.page.booked_on(), self.index)
    }

    /// Value date; days since 1970-01-01.
    #[must_use]
    pub fn value_on(&self) -> Option<Date> {
        day(self.page.value_on(), self.index)
    }

    /// Amount; minor units of the currency (cents); positive is money coming in.
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        money(self.page.amount(), self.page.currency(), self.index)
    }

    /// Currency; ISO 4217 code, three letters.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        self.page.currency().get(self.index)
    }

    /// Balance; minor units of the currency (cents); balance of the account after the booking.
    #[must_use]
    pub fn balance(&self) -> Option<Money> {
        money(self.page.balance(), self.page.currency(), self.index)
    }

    /// Status; 0 booked, 1 pending, 2 reversed.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        Status::get(self.page.status(), self.index)
    }

    /// Kind of movement; 0 card, 1 transfer, 2 direct debit, 3 cash, 4 cheque, 5 fee, 6 interest, 7
    /// deposit, 8 other.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        Kind::get(self.page.kind(), self.index)
    }

    /// Label; the holder’s wording; parts may be masked with `*`.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        self.page.label().get(self.index)
    }

    /// Other party; the other party’s name, where the holder gives one.
    #[must_use]
    pub fn counterparty(&self) -> Option<&str> {
        self.page.counterparty().get(self.index)
    }

    /// Merchant category; number; merchant category code (ISO 18245).
    #[must_use]
    pub fn merchant_category(&self) -> Option<i64> {
        long(self.page.merchant_category(), self.index)
    }

    /// Bank’s category; where the bank files the movement, in its own words.
    #[must_use]
    pub fn bank_category(&self) -> Option<&str> {
        self.page.bank_category().get(self.index)
    }

    /// Reference; the bank’s own reference of the booking; empty unless the person gave this very
    /// field.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.page.reference().get(self.index)
    }
}
