//! What whoever runs the platform does: people, tokens, upkeep.

pub mod doors;
mod people;
mod upkeep;

pub use upkeep::Upkeep;
