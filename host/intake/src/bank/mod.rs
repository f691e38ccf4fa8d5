//! Formats of bank statements.
//!
//! Whatever the format, a row is one booking of the account (an ISO 20022 `Ntry`), and `amount` is what
//! it did to the account: positive is money coming in. What a bank writes unsigned gets its sign from
//! the direction that the bank writes beside it. Parts that formats share are in [`words`] (labels and
//! kinds of movement) and [`values`] (amounts, currencies and days).

mod berlin_group;
mod camt;
mod csv;
mod midata;
mod obie;
mod ofx;
mod qif;
mod stet;
mod values;
mod words;

use crate::Format;
use crate::reason::Reason;

/// The formats, in the order in which files are tried.
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

/// A field that is wrong, as the file names it, and what is wrong with it.
type Wrong = (&'static str, Reason);
