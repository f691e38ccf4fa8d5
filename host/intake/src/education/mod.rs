//! Formats of qualifications and student loans.

mod elm_json;
mod elm_xml;
mod europass_cv;
mod json;
mod nslds;
mod open_badge_2;
mod open_badge_3;

use crate::Format;

/// The formats, in the order in which files are tried.
pub(crate) static FORMATS: &[&dyn Format] = &[
    &nslds::Nslds,
    // A European credential is a verifiable credential too, as one of Open Badges is: before those.
    &elm_json::ElmJson,
    &open_badge_3::OpenBadge3,
    &open_badge_2::OpenBadge2,
    &elm_xml::ElmXml,
    &europass_cv::EuropassCv,
];
