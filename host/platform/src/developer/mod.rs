//! Use cases of an app's author: checking and installing a component.

mod apps;

pub(crate) use apps::key;
pub use apps::{Check, CheckProblem, InstalledApp, Publisher, check, declared};
