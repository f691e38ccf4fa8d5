//! Formats of telephone use.
//!
//! No French operator has published the layout of its call records, so a person can only bring the
//! telephone's own records.

mod repair_xml;
mod sms_backup;

use crate::Format;

/// Formats, in the order they are tried.
pub(crate) static FORMATS: &[&dyn Format] = &[&sms_backup::SmsBackup];
