//! Formats of energy meters' readings.

mod enedis;
mod grdf;
mod green_button;
mod green_button_csv;

use crate::Format;

/// Formats, in the order they are tried.
pub(crate) static FORMATS: &[&dyn Format] = &[
    &green_button::GreenButton,
    &green_button::GreenButtonCustomer,
    &green_button_csv::IntervalTable,
    &green_button_csv::Edison,
    &enedis::EnedisCsv,
    &enedis::EnedisFlow,
    &enedis::Sge,
    &enedis::DataConnect,
    &enedis::EnedisWorkbook,
    &grdf::GrdfJson,
    &grdf::GrdfPeriods,
    &grdf::GrdfWorkbook,
];
