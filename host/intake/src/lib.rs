//! PLACEHOLDER to be overwritten: only the names that the platform uses.
#![allow(missing_docs)]
use mesinfos_model::{Batch, Category, view::Lang};
use serde::Serialize;
#[derive(Debug, Clone, Serialize)]
pub struct Rejected { pub line: Option<u64>, pub field: Option<String>, pub reason: String }
#[derive(Debug, Clone, Serialize)]
pub struct Total { pub unit: String, pub direction: String, pub value: i64 }
#[derive(Debug)]
pub struct Intake { pub format: &'static str, pub batches: Vec<Batch>, pub rejected: Vec<Rejected>, pub rejected_count: u64 }
#[derive(Debug, thiserror::Error)]
pub enum IntakeError { #[error("unrecognised")] Unrecognised }
pub trait Format: Sync { fn id(&self) -> &'static str; fn name(&self, l: Lang) -> &'static str; fn categories(&self) -> &'static [Category]; fn spec(&self) -> &'static str; }
pub static FORMATS: &[&dyn Format] = &[];
pub fn read_file(_n: &str, _i: &mut dyn std::io::BufRead) -> Result<Intake, IntakeError> { Err(IntakeError::Unrecognised) }
pub fn totals(_b: &Batch) -> Vec<Total> { vec![] }
