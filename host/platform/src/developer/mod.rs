//! What an app's author does: checking a component, and installing it.

mod apps;

pub(crate) use apps::key;
pub use apps::{AppRecord, Check, CheckProblem, Publisher, check, declared};
