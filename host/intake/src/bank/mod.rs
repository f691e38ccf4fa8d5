//! Formats of bank statements.
//!
//! In every format, a row is one booking on the account (an ISO 20022 `Ntry`), and `amount` is its effect
//! on the account: positive is incoming money. An unsigned amount gets its sign from the direction that
//! the bank writes beside it. The holder of a row is its bank, or unknown: never a format. Formats share [`words`] (labels and kinds of movement) and [`values`]
//! (amounts, currencies and days), and [`names`] (banks by their codes).

mod berlin_group;
mod camt;
mod csv;
mod midata;
mod names;
mod obie;
mod ofx;
mod qif;
mod stet;
pub(crate) mod values;
pub(crate) mod words;

use crate::Format;
use crate::reason::Reason;

/// Formats, in the order they are tried.
pub(crate) static FORMATS: &[&dyn Format] = &[
    &camt::Camt,
    &ofx::Ofx,
    &qif::Qif,
    &obie::Obie,
    &stet::Stet,
    &berlin_group::BerlinGroup,
    &midata::Midata,
    &csv::BankCsv,
];

/// A wrong field, by its name in the file, and the reason.
type Wrong = (&'static str, Reason);
