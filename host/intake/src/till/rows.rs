//! The rows of a receipt that a person confirmed: one for the receipt, and one for each line.

use super::{
    LARGEST_TILL_AMOUNT, LARGEST_TILL_QUANTITY, LONGEST_TILL_LABEL, MOST_TILL_LINES, TillLine, TillReceipt,
};
use crate::format::FormatInfo;
use crate::ordinal_kind::OrdinalKind;
use crate::time;
use jiff::civil::Time;
use mesinfos_model::category::purchases as p;
use mesinfos_model::visible::clean;
use mesinfos_model::{Batch, BatchBuilder, Category, Cell, Position};

/// Description of receipts that a person confirmed, for the list of imports. No file is recognised as one.
pub(crate) static ABOUT: FormatInfo = FormatInfo {
    id: "till-receipt",
    fr: "Ticket de caisse, lu sur un document et confirmé",
    en: "Till receipt, read from a document and confirmed",
    origin: "the person",
    categories: &[Category::Purchases],
    looks_for: "nothing: the person confirms each line",
    spec: "https://schema.org/Order",
    counts: OrdinalKind::Lines,
};

/// Zone of the times on receipts. They do not name one.
const ZONE: &str = "Europe/Paris";

/// Time of a receipt without one: noon, so that the day is the same in neighbouring zones.
const NOON: (i8, i8) = (12, 0);

/// The reason why a receipt cannot be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TillError {
    /// The day is missing.
    #[error("the receipt has no day")]
    NoDay,
    /// There is no such time of day.
    #[error("the receipt has an impossible time")]
    BadTime,
    /// There is no line.
    #[error("the receipt has no line")]
    NoLine,
    /// There are too many lines.
    #[error("a receipt has at most {MOST_TILL_LINES} lines")]
    TooManyLines,
    /// A line has no label, or a text is too long.
    #[error("line {line} needs a label of at most {LONGEST_TILL_LABEL} characters")]
    BadLabel {
        /// Number of the line, from 1; 0 for the merchant.
        line: usize,
    },
    /// An amount or a quantity is over its limit.
    #[error("line {line} has an amount or a quantity that is too large")]
    TooLarge {
        /// Number of the line, from 1; 0 for the total.
        line: usize,
    },
}

/// The rows of a receipt with this id.
///
/// # Errors
/// [`TillError`] for what cannot be stored.
pub fn batch(receipt: &TillReceipt, id: &str) -> Result<Batch, TillError> {
    check(receipt)?;
    let day = receipt.day.ok_or(TillError::NoDay)?;
    let (hour, minute) = receipt.time.unwrap_or(NOON);
    let clock = Time::new(hour, minute, 0, 0).map_err(|_| TillError::BadTime)?;
    let (at, offset) = time::local_at(day, clock, &time::zone(ZONE)).ok_or(TillError::BadTime)?;
    let merchant = clean(&receipt.merchant);
    let merchant = Some(merchant.trim()).filter(|merchant| !merchant.is_empty());
    let common: [(usize, Cell<'_>); 8] = [
        (p::HOLDER, merchant.into()),
        (p::RECEIPT, id.into()),
        (p::AT, at.into()),
        (p::UTC_OFFSET, offset.into()),
        (p::MERCHANT, merchant.into()),
        (p::CHANNEL, p::channel::STORE.into()),
        (p::STATUS, p::status::BOUGHT.into()),
        (p::CURRENCY, "EUR".into()),
    ];
    let mut rows = BatchBuilder::new(Category::Purchases);
    let mut push = |ordinal: usize, own: &[(usize, Cell<'_>)]| {
        let position = Position { member: 0, ordinal: ordinal as u64 }.packed();
        let place = (Category::Purchases.schema().position(), Cell::Int(position));
        rows.push_cells(common.iter().chain(own).copied().chain([place]));
    };
    let total = receipt.total.unwrap_or_else(|| receipt.sum());
    push(1, &[(p::ROW, p::row::RECEIPT.into()), (p::AMOUNT, total.into())]);
    for (number, line) in receipt.lines.iter().enumerate() {
        let label = clean(&line.label);
        let unit = if line.is_weight { p::unit::KILOGRAM } else { p::unit::PIECE };
        push(
            number + 2,
            &[
                (p::ROW, p::row::LINE.into()),
                (p::LABEL, label.trim().into()),
                (p::KIND, if line.amount < 0 { p::kind::DISCOUNT } else { p::kind::PRODUCT }.into()),
                (p::QUANTITY, line.quantity.into()),
                (p::UNIT, line.quantity.map(|_| unit).into()),
                (p::AMOUNT, line.amount.into()),
            ],
        );
    }
    Ok(rows.finish())
}

fn check(receipt: &TillReceipt) -> Result<(), TillError> {
    let is_long = |text: &str| text.chars().count() > LONGEST_TILL_LABEL;
    match receipt.lines.len() {
        0 => return Err(TillError::NoLine),
        MOST_TILL_LINES.. if receipt.lines.len() > MOST_TILL_LINES => return Err(TillError::TooManyLines),
        _ => {}
    }
    if is_long(&receipt.merchant) {
        return Err(TillError::BadLabel { line: 0 });
    }
    if receipt.total.is_some_and(|total| total.unsigned_abs() > LARGEST_TILL_AMOUNT.unsigned_abs()) {
        return Err(TillError::TooLarge { line: 0 });
    }
    for (line, at) in receipt.lines.iter().zip(1..) {
        let TillLine { label, quantity, amount, .. } = line;
        if clean(label).trim().is_empty() || is_long(label) {
            return Err(TillError::BadLabel { line: at });
        }
        let is_quantity = quantity.is_none_or(|quantity| (1..=LARGEST_TILL_QUANTITY).contains(&quantity));
        if amount.unsigned_abs() > LARGEST_TILL_AMOUNT.unsigned_abs() || !is_quantity {
            return Err(TillError::TooLarge { line: at });
        }
    }
    Ok(())
}
