//! Till receipts: a proposal from the text of a document, and the rows of what the person confirmed.
//!
//! The text is that of a PDF or of a photograph, so it may have mistakes, and anything may be in it. A proposal
//! is for a person to correct; nothing of it is stored. Amounts are whole minor units throughout.

mod amount;
mod date;
mod line;
mod proposal;
mod rows;

pub use amount::{amount, quantity};
pub use proposal::{propose, unread};
pub(crate) use rows::ABOUT;
pub use rows::{TillError, batch};

use mesinfos_model::Day;

/// Format of the imports of confirmed receipts.
pub const FORMAT: &str = ABOUT.id;

/// Most lines of a receipt.
pub const MOST_TILL_LINES: usize = 300;

/// Longest label of a line or name of a merchant, in characters.
pub const LONGEST_TILL_LABEL: usize = 120;

/// Largest amount of a line or total, in minor units: a hundred thousand euros.
pub const LARGEST_TILL_AMOUNT: i64 = 10_000_000;

/// Largest quantity, in thousandths.
pub const LARGEST_TILL_QUANTITY: i64 = 10_000_000;

/// A till receipt.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TillReceipt {
    /// Name of the merchant; empty if it is not known.
    pub merchant: String,
    /// Day of the purchase.
    pub day: Option<Day>,
    /// Hour and minute of the purchase.
    pub time: Option<(i8, i8)>,
    /// What was bought and taken off.
    pub lines: Vec<TillLine>,
    /// What was paid, in cents of a euro.
    pub total: Option<i64>,
}

/// A line of a till receipt.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TillLine {
    /// The wording of the receipt.
    pub label: String,
    /// Thousandths of pieces or kilograms, if the receipt says how many.
    pub quantity: Option<i64>,
    /// Whether the quantity is a weight in kilograms.
    pub is_weight: bool,
    /// What was paid for the line, in cents of a euro; negative for a discount.
    pub amount: i64,
}

impl TillReceipt {
    /// Sum of the lines, in cents.
    pub fn sum(&self) -> i64 {
        self.lines.iter().fold(0, |sum, line| sum.saturating_add(line.amount))
    }

    /// Whether a text that gave it is that of a till receipt, rather than of an invoice or a letter with amounts: it has a
    /// total, and lines that come to it or that a till may have rounded or left out a few of.
    pub fn is_likely(&self) -> bool {
        let Some(total) = self.total.filter(|total| *total > 0) else { return false };
        let is_near = |over: i64| over.saturating_abs() <= total / 4;
        !self.lines.is_empty() && self.difference().is_some_and(is_near)
    }

    /// By how much the total is over the sum of the lines; `None` if the total is not known.
    pub fn difference(&self) -> Option<i64> {
        Some(self.total?.saturating_sub(self.sum()))
    }
}

#[cfg(test)]
mod tests;
