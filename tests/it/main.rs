//! Integration tests across crates, through the `mesinfos` command, on built apps.
//!
//! `cargo xtask test` builds the command and the apps first.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests fail by panicking")]

mod ahead;
mod alike;
mod amendments;
mod arbitrary;
mod attacks;
mod author;
mod between;
mod blocks;
mod conformance;
mod consent;
mod contract;
mod crash;
mod disk;
mod documented;
mod doors;
mod event;
mod evidence;
mod fixtures;
mod floods;
mod forge;
mod gallery;
mod handles;
mod hostile;
mod http;
mod imports;
mod lab;
mod learn;
mod left_out;
mod log;
mod metamorphic;
mod mistakes;
mod mixed;
mod mutants;
mod names;
mod notices;
mod operator;
mod output;
mod pages;
mod papers;
mod publishers;
mod reading;
mod readings;
mod recognition;
mod registry;
mod rejects;
mod released;
mod residue;
mod rows;
#[path = "../../host/store-postgres/tests/server/mod.rs"]
#[allow(dead_code, reason = "the tests of the store use the rest")]
mod server;
mod shapes;
mod shared_store;
mod speech;
mod stale;
mod support;
mod tables;
mod terminal;
mod timeline;
mod tools;
mod trials;
mod verbs;
mod versions;
mod views;
mod walls;
mod wasi;
mod withdrawals;
mod withheld;
mod wording;
