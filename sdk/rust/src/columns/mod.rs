//! The categories as an author sees them, one module for each.
//!
//! Written from the tables of categories by `cargo xtask generate`.

#![allow(unreachable_pub, reason = "some stand behind a module that adds to them")]

pub mod bank;
pub mod bills;
pub mod browsing;
pub mod contracts;
pub mod documents;
pub mod education;
pub mod energy;
pub mod health;
pub mod mobility;
pub mod profile;
pub mod purchases;
pub mod social;
pub mod telecom;
pub mod water;
