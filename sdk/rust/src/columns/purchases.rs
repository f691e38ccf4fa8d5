//! Receipts and orders, with their lines (schema.org `Order`, `OrderItem`).
//!
//! Written from the table of the category by `cargo xtask generate`.

use crate::data::{Terms, Texts, category, codes, long, money, timestamp};
use crate::units::{Money, Timestamp};

codes! {
    /// Kind of row.
    Row {
        /// Receipt.
        Receipt = 0,
        /// Line.
        Line = 1,
    }
}

codes! {
    /// Channel.
    Channel {
        /// In store.
        Store = 0,
        /// Online.
        Online = 1,
    }
}

codes! {
    /// Status.
    Status {
        /// Bought.
        Bought = 0,
        /// Cancelled.
        Cancelled = 1,
        /// Returned.
        Returned = 2,
    }
}

codes! {
    /// Kind of line.
    Kind {
        /// Product.
        Product = 0,
        /// Discount.
        Discount = 1,
        /// Deposit.
        Deposit = 2,
        /// Delivery.
        Delivery = 3,
        /// Voucher.
        Voucher = 4,
        /// Other.
        Other = 5,
    }
}

codes! {
    /// Unit.
    Unit {
        /// Piece.
        Piece = 0,
        /// Kilogram.
        Kilogram = 1,
        /// Litre.
        Litre = 2,
        /// Metre.
        Metre = 3,
    }
}

category! {
    Purchase from crate::bindings::mesinfos::data::purchases;
    /// Shop’s data holder; who gave the data, e.g. "Intermarché".
    holder: Terms,
    /// Kind of row; 0 receipt, 1 line; the receipt, or one of its lines: never add the two.
    row: Vec<u8>,
    /// Receipt; a pseudonym that holds within one run; the same for a receipt and its lines.
    receipt: Terms,
    /// Date and time; UTC seconds since 1970-01-01T00:00:00Z.
    at: Vec<i64>,
    /// Offset from UTC; minutes; local time minus UTC; missing means unknown, count it as 0.
    utc_offset: Vec<i64>,
    /// Merchant.
    merchant: Terms,
    /// Store; which store: it says where someone lives; empty unless the person gave this very
    /// field.
    store: Terms,
    /// Channel; 0 in store, 1 online.
    channel: Vec<u8>,
    /// Status; 0 bought, 1 cancelled, 2 returned.
    status: Vec<u8>,
    /// Product; the wording of the receipt.
    label: Texts,
    /// Kind of line; 0 product, 1 discount, 2 deposit, 3 delivery, 4 voucher, 5 other.
    kind: Vec<u8>,
    /// Barcode; checked GTIN (EAN-13, UPC); missing for codes of the store’s own.
    gtin: Terms,
    /// Quantity; thousandths; thousandths of `unit`.
    quantity: Vec<i64>,
    /// Unit; 0 piece, 1 kilogram, 2 litre, 3 metre.
    unit: Vec<u8>,
    /// Unit price; minor units of the currency (cents).
    unit_price: Vec<i64>,
    /// Amount; minor units of the currency (cents); what was paid: for the whole receipt, or for
    /// the line, discount taken off.
    amount: Vec<i64>,
    /// Discount; minor units of the currency (cents); what was taken off, positive.
    discount: Vec<i64>,
    /// Currency; ISO 4217 code, three letters.
    currency: Terms,
    /// Shelf; where the shop files the product, in its own words.
    shelf: Terms,
    /// Loyalty points; points.
    points: Vec<i64>,
}

/// The rows of `period`, from the oldest to the newest.
#[must_use]
pub fn purchases(period: Period) -> Rows {
    all(period)
}

impl Purchase {
    /// Shop’s data holder; who gave the data, e.g. "Intermarché".
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        self.page.holder().get(self.index)
    }

    /// Kind of row; 0 receipt, 1 line; the receipt, or one of its lines: never add the two.
    #[must_use]
    pub fn row(&self) -> Option<Row> {
        Row::get(self.page.row(), self.index)
    }

    /// Receipt; a pseudonym that holds within one run; the same for a receipt and its lines.
    #[must_use]
    pub fn receipt(&self) -> Option<&str> {
        self.page.receipt().get(self.index)
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

    /// Merchant.
    #[must_use]
    pub fn merchant(&self) -> Option<&str> {
        self.page.merchant().get(self.index)
    }

    /// Store; which store: it says where someone lives; empty unless the person gave this very
    /// field.
    #[must_use]
    pub fn store(&self) -> Option<&str> {
        self.page.store().get(self.index)
    }

    /// Channel; 0 in store, 1 online.
    #[must_use]
    pub fn channel(&self) -> Option<Channel> {
        Channel::get(self.page.channel(), self.index)
    }

    /// Status; 0 bought, 1 cancelled, 2 returned.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        Status::get(self.page.status(), self.index)
    }

    /// Product; the wording of the receipt.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        self.page.label().get(self.index)
    }

    /// Kind of line; 0 product, 1 discount, 2 deposit, 3 delivery, 4 voucher, 5 other.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        Kind::get(self.page.kind(), self.index)
    }

    /// Barcode; checked GTIN (EAN-13, UPC); missing for codes of the store’s own.
    #[must_use]
    pub fn gtin(&self) -> Option<&str> {
        self.page.gtin().get(self.index)
    }

    /// Quantity; thousandths; thousandths of `unit`.
    #[must_use]
    pub fn quantity(&self) -> Option<i64> {
        long(self.page.quantity(), self.index)
    }

    /// Unit; 0 piece, 1 kilogram, 2 litre, 3 metre.
    #[must_use]
    pub fn unit(&self) -> Option<Unit> {
        Unit::get(self.page.unit(), self.index)
    }

    /// Unit price; minor units of the currency (cents).
    #[must_use]
    pub fn unit_price(&self) -> Option<Money> {
        money(self.page.unit_price(), self.page.currency(), self.index)
    }

    /// Amount; minor units of the currency (cents); what was paid: for the whole receipt, or for
    /// the line, discount taken off.
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        money(self.page.amount(), self.page.currency(), self.index)
    }

    /// Discount; minor units of the currency (cents); what was taken off, positive.
    #[must_use]
    pub fn discount(&self) -> Option<Money> {
        money(self.page.discount(), self.page.currency(), self.index)
    }

    /// Currency; ISO 4217 code, three letters.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        self.page.currency().get(self.index)
    }

    /// Shelf; where the shop files the product, in its own words.
    #[must_use]
    pub fn shelf(&self) -> Option<&str> {
        self.page.shelf().get(self.index)
    }

    /// Loyalty points; points.
    #[must_use]
    pub fn points(&self) -> Option<i64> {
        long(self.page.points(), self.index)
    }
}
