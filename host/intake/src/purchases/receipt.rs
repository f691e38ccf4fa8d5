//! Receipt lines, and the receipts built from them.
//!
//! These files have lines only. A row for the receipt is built from them: its amount is the sum of its
//! lines' amounts.

use crate::error::FormatError;
use crate::rows::RowWriter;
use crate::time::Instant;
use mesinfos_model::Category;
use mesinfos_model::category::purchases as p;
use std::collections::VecDeque;

/// Most open receipts, whose lines may still come. Files keep the lines of a receipt together, or nearly
/// so. Lines that come after more than this many other receipts make a second receipt row; sums stay
/// correct.
const WINDOW: usize = 64;

/// A line of a receipt.
pub(super) struct Line<'a> {
    pub(super) ordinal: u64,
    /// Values shared by the receipt and its lines.
    pub(super) of: Common<'a>,
    pub(super) status: i64,
    pub(super) label: &'a str,
    pub(super) kind: i64,
    pub(super) gtin: Option<&'a str>,
    pub(super) quantity: Option<i64>,
    pub(super) unit: Option<i64>,
    pub(super) unit_price: Option<i64>,
    pub(super) amount: Option<i64>,
    /// Amount deducted, positive.
    pub(super) discount: Option<i64>,
}

/// Values shared by a receipt and its lines.
#[derive(Clone, Copy)]
pub(super) struct Common<'a> {
    pub(super) holder: &'static str,
    pub(super) id: &'a str,
    /// UTC seconds, and local time minus UTC where known.
    pub(super) at: (i64, Option<i64>),
    pub(super) merchant: Option<&'a str>,
    pub(super) store: Option<&'a str>,
    pub(super) channel: i64,
    pub(super) currency: &'a str,
}

/// An instant with a known offset.
pub(super) fn local(at: Instant) -> (i64, Option<i64>) {
    (at.0, Some(at.1))
}

/// Open receipts, the one with the latest line last.
#[derive(Default)]
pub(super) struct Receipts {
    open: VecDeque<Open>,
    /// Receipts of which a line was rejected before any other came; at most [`WINDOW`].
    spoilt: VecDeque<String>,
}

struct Open {
    ordinal: u64,
    holder: &'static str,
    id: String,
    at: (i64, Option<i64>),
    merchant: Option<String>,
    store: Option<String>,
    channel: i64,
    currency: String,
    bought: Sum,
    /// Sum of lines with another status, and the status of the first.
    rest: Sum,
    status_of_rest: i64,
}

/// A sum over lines. A value is missing as soon as one line lacks it.
struct Sum {
    lines: u64,
    amount: Option<i64>,
    discount: Option<i64>,
}

impl Default for Sum {
    fn default() -> Sum {
        Sum { lines: 0, amount: Some(0), discount: Some(0) }
    }
}

impl Sum {
    fn add(&mut self, amount: Option<i64>, discount: Option<i64>) {
        let plus = |sum: Option<i64>, value: Option<i64>| sum?.checked_add(value?);
        self.lines += 1;
        self.amount = plus(self.amount, amount);
        self.discount = plus(self.discount, discount);
    }
}

impl Receipts {
    /// Writes a line to `rows`, and adds it to its receipt.
    pub(super) fn add(&mut self, line: &Line<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        rows.push(Category::Purchases, line.ordinal, &line.cells())?;
        let known = self.open.iter().rposition(|receipt| receipt.id == line.of.id);
        let known = known.and_then(|index| self.open.remove(index));
        let mut receipt = known.unwrap_or_else(|| Open::of(line.ordinal, &line.of));
        receipt.add(line);
        if let Some(index) = self.spoilt.iter().position(|id| id == line.of.id) {
            self.spoilt.remove(index);
            receipt.spoil();
        }
        self.open.push_back(receipt);
        if self.open.len() > WINDOW
            && let Some(oldest) = self.open.pop_front()
        {
            oldest.push(rows)?;
        }
        Ok(())
    }

    /// Marks a receipt whose line was rejected: its sum is unknown.
    pub(super) fn spoil(&mut self, id: &str) {
        match self.open.iter_mut().rev().find(|receipt| receipt.id == id) {
            Some(receipt) => receipt.spoil(),
            None => {
                self.spoilt.push_back(id.to_owned());
                if self.spoilt.len() > WINDOW {
                    self.spoilt.pop_front();
                }
            }
        }
    }

    /// Writes the receipts that are still open.
    pub(super) fn finish(self, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        self.open.into_iter().try_for_each(|receipt| receipt.push(rows))
    }
}

impl Open {
    fn of(ordinal: u64, common: &Common<'_>) -> Open {
        Open {
            ordinal,
            holder: common.holder,
            id: common.id.to_owned(),
            at: common.at,
            merchant: common.merchant.map(str::to_owned),
            store: common.store.map(str::to_owned),
            channel: common.channel,
            currency: common.currency.to_owned(),
            bought: Sum::default(),
            rest: Sum::default(),
            status_of_rest: p::status::BOUGHT,
        }
    }

    fn add(&mut self, line: &Line<'_>) {
        if line.status == p::status::BOUGHT {
            self.bought.add(line.amount, line.discount);
        } else {
            if self.rest.lines == 0 {
                self.status_of_rest = line.status;
            }
            self.rest.add(line.amount, line.discount);
        }
        if self.currency != line.of.currency {
            self.spoil();
        }
    }

    /// Drops the sums: a line could not be read, or is in another currency.
    fn spoil(&mut self) {
        self.bought = Sum { amount: None, discount: None, ..self.bought };
        self.rest = Sum { amount: None, discount: None, ..self.rest };
    }

    /// Writes the receipt: with the sum of its bought lines, if there are any; else with the sum and
    /// status of the others.
    fn push(&self, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let (sum, status) = if self.bought.lines > 0 {
            (&self.bought, p::status::BOUGHT)
        } else {
            (&self.rest, self.status_of_rest)
        };
        let common = Common {
            holder: self.holder,
            id: &self.id,
            at: self.at,
            merchant: self.merchant.as_deref(),
            store: self.store.as_deref(),
            channel: self.channel,
            currency: &self.currency,
        };
        let own = [
            (p::ROW, p::row::RECEIPT.into()),
            (p::STATUS, status.into()),
            (p::AMOUNT, sum.amount.into()),
            (p::DISCOUNT, sum.discount.into()),
        ];
        let cells: Vec<_> = common.cells().into_iter().chain(own).collect();
        rows.push(Category::Purchases, self.ordinal, &cells)
    }
}

type Cells<'a, const N: usize> = [(usize, mesinfos_model::Cell<'a>); N];

impl Common<'_> {
    fn cells(&self) -> Cells<'_, 8> {
        [
            (p::HOLDER, self.holder.into()),
            (p::RECEIPT, self.id.into()),
            (p::AT, self.at.0.into()),
            (p::UTC_OFFSET, self.at.1.into()),
            (p::MERCHANT, self.merchant.into()),
            (p::STORE, self.store.into()),
            (p::CHANNEL, self.channel.into()),
            (p::CURRENCY, self.currency.into()),
        ]
    }
}

impl Line<'_> {
    fn cells(&self) -> Vec<(usize, mesinfos_model::Cell<'_>)> {
        let own: Cells<'_, 10> = [
            (p::ROW, p::row::LINE.into()),
            (p::STATUS, self.status.into()),
            (p::LABEL, self.label.into()),
            (p::KIND, self.kind.into()),
            (p::GTIN, self.gtin.into()),
            (p::QUANTITY, self.quantity.into()),
            (p::UNIT, self.unit.into()),
            (p::UNIT_PRICE, self.unit_price.into()),
            (p::AMOUNT, self.amount.into()),
            (p::DISCOUNT, self.discount.into()),
        ];
        self.of.cells().into_iter().chain(own).collect()
    }
}
