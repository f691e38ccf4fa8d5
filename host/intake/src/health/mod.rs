//! Formats of health claims and records.

use crate::Format;

mod apple_health;
mod blue_button_cms;
mod blue_button_va;
mod ccda;
mod cda;
mod cda_fr;
mod devices;
mod entry;
mod fhir;
mod labelled;

/// Formats, in the order they are tried: the French clinical document before the more general one it
/// derives from.
pub(crate) static FORMATS: &[&dyn Format] = &[
    &blue_button_cms::BlueButtonCms,
    &blue_button_va::BlueButtonVa,
    &cda_fr::CdaFr,
    &ccda::Ccda,
    &fhir::FhirClaims,
    &apple_health::AppleHealth,
];
