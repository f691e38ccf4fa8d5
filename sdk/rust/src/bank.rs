//! Movements on bank accounts, one row for each booking (ISO 20022 `Ntry`).
//!
//! ```no_run
//! use mesinfos_sdk::{Failure, Period, bank};
//! fn spent() -> Result<i64, Failure> {
//!     let mut cents = 0;
//!     for tx in bank::transactions(Period::all()) {
//!         cents += tx?.amount().map_or(0, |money| money.minor.min(0));
//!     }
//!     Ok(-cents)
//! }
//! ```

use crate::data::{Terms, Texts, category, codes, day, money};
use crate::units::{Date, Money};

codes! {
    /// State of a booking.
    Status {
        /// Final.
        Booked = 0,
        /// Announced, may still change.
        Pending = 1,
        /// Taken back.
        Reversed = 2,
    }
}

codes! {
    /// What kind of movement it is.
    Kind {
        /// Payment by card.
        Card = 0,
        /// Credit transfer.
        Transfer = 1,
        /// Direct debit.
        DirectDebit = 2,
        /// Cash taken or brought.
        Cash = 3,
        /// Cheque.
        Cheque = 4,
        /// Fee of the bank.
        Fee = 5,
        /// Interest.
        Interest = 6,
        /// Deposit.
        Deposit = 7,
        /// Anything else.
        Other = 8,
    }
}

category! {
    Transactions of Transaction from crate::bindings::mesinfos::data::bank;
    /// Who gave the data.
    holders: Terms = holder,
    /// The account.
    accounts: Terms = account,
    /// Day of the booking, days since 1970-01-01; `i32::MIN` is missing.
    booking_days: Vec<i32> = booked_on,
    /// Value date, days since 1970-01-01; `i32::MIN` is missing.
    value_days: Vec<i32> = value_on,
    /// Minor units of the currency; `i64::MIN` is missing.
    amounts: Vec<i64> = amount,
    /// ISO 4217 codes.
    currencies: Terms = currency,
    /// Balance after the booking in minor units; `i64::MIN` is missing.
    balances: Vec<i64> = balance,
    /// Codes of [`Status`]; 255 is missing.
    statuses: Vec<u8> = status,
    /// Codes of [`Kind`]; 255 is missing.
    kinds: Vec<u8> = kind,
    /// The holder's wording.
    labels: Texts = label,
    /// The other party's name.
    counterparties: Terms = counterparty,
}

/// The transactions of `period`, from the oldest to the newest.
#[must_use]
pub fn transactions(period: Period) -> Transactions {
    rows(period)
}

impl Transaction {
    /// Who gave the data, e.g. "Boursorama".
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        self.page.holders().get(self.index)
    }

    /// The account: the same label for all rows of one account.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        self.page.accounts().get(self.index)
    }

    /// Day of the booking.
    #[must_use]
    pub fn booked_on(&self) -> Option<Date> {
        day(self.page.booking_days(), self.index)
    }

    /// Value date.
    #[must_use]
    pub fn value_on(&self) -> Option<Date> {
        day(self.page.value_days(), self.index)
    }

    /// The amount (reads the currency too); positive is money coming in.
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        money(self.page.amounts(), self.page.currencies(), self.index)
    }

    /// Balance of the account after the booking (reads the currency too).
    #[must_use]
    pub fn balance(&self) -> Option<Money> {
        money(self.page.balances(), self.page.currencies(), self.index)
    }

    /// State of the booking.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        Status::get(self.page.statuses(), self.index)
    }

    /// Kind of movement.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        Kind::get(self.page.kinds(), self.index)
    }

    /// The holder's wording; parts may be masked with `*`.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        self.page.labels().get(self.index)
    }

    /// The other party's name.
    #[must_use]
    pub fn counterparty(&self) -> Option<&str> {
        self.page.counterparties().get(self.index)
    }
}
