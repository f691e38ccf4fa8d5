//! Use cases of an app's author: checking and installing a component.

mod apps;

pub(crate) use apps::key;
pub use apps::{AppRecord, Check, CheckProblem, Publisher, check, declared};
