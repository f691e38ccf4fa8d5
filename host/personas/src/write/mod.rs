//! Each data holder's files about a life, in the format that people receive: one module per subject. A
//! holder without data writes no file.

mod bank;
mod care;
mod energy;
mod phone;
mod places;
mod school;
mod shop;
mod terms;
mod web;

use crate::life::{Life, Record};

/// A file of a holder, as downloaded by a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleFile {
    /// Name of the file.
    pub name: String,
    /// Content of the file.
    pub bytes: Vec<u8>,
}

/// A holder: a function that writes its files.
pub(crate) type Holder = fn(&Life, &Record) -> Vec<SampleFile>;

/// One file with this text.
fn file(name: &str, text: String) -> Vec<SampleFile> {
    vec![SampleFile { name: name.to_owned(), bytes: text.into_bytes() }]
}

/// One file, or none if it would be empty.
fn some(name: &str, is_empty: bool, text: impl FnOnce() -> String) -> Vec<SampleFile> {
    if is_empty { Vec::new() } else { file(name, text()) }
}

pub(crate) use bank::{boursobank, camt, ofx};
pub(crate) use energy::{daily, half_hours};
pub(crate) use phone::log;

/// All holders except banks.
pub(crate) static EVERYBODY: [Holder; 21] = [
    energy::half_hours,
    energy::gas,
    energy::water,
    phone::log,
    phone::contacts,
    phone::chat,
    shop::receipts,
    places::months,
    places::timeline,
    places::rides,
    places::positions,
    terms::bills,
    terms::energy_contract,
    terms::insurance,
    terms::profile,
    terms::papers,
    care::claims,
    care::record,
    school::badges,
    school::loan,
    web::history,
];

pub(crate) use care::claims;
pub(crate) use energy::water;
pub(crate) use phone::chat;
pub(crate) use places::timeline;
pub(crate) use school::badge;
pub(crate) use shop::receipts;
pub(crate) use terms::{bills, energy_contract, household, papers};
pub(crate) use web::history;
