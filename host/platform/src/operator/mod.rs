//! Use cases of the operator: people, tokens, backups, health, upkeep.

pub(crate) mod backup;
pub mod credentials;
mod doctor;
mod people;
mod readiness;
mod review;
mod upkeep;

pub use backup::is_unused;
pub use backup::{Backup, Restored};
pub use doctor::{Advice, Finding, Found, Health, examine};
pub use readiness::Readiness;
pub use upkeep::Upkeep;
