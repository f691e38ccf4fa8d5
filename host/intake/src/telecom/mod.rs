//! Formats of telephone use.
//!
//! No layout of a French operator's call records is public: what a person can bring is what the
//! telephone itself keeps.

mod repair_xml;
mod sms_backup;

use crate::Format;

/// The formats, in the order in which files are tried.
pub(crate) static FORMATS: &[&dyn Format] = &[&sms_backup::SmsBackup];
