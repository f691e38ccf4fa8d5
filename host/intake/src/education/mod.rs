//! Formats of qualifications and student loans.

mod elm_json;
mod elm_xml;
mod europass_cv;
mod json;
mod loan_table;
mod nslds;
mod open_badge_2;
mod open_badge_3;

use crate::Format;
pub(crate) use loan_table::is_workbook as is_loan_workbook;

/// Formats, in the order they are tried.
pub(crate) static FORMATS: &[&dyn Format] = &[
    &nslds::Nslds,
    &loan_table::LoanTable,
    &loan_table::LoanWorkbook,
    // European credentials and Open Badges are both verifiable credentials, so the more specific comes
    // first.
    &elm_json::ElmJson,
    &open_badge_3::OpenBadge3,
    &open_badge_2::OpenBadge2,
    &elm_xml::ElmXml,
    &europass_cv::EuropassCv,
];
