//! Use cases of an app's author: checking and installing a component.

mod apps;
mod fairness;
mod matrix;
mod playground;
mod releases;

pub use apps::{Check, CheckProblem, InstalledApp, Publisher, Stopped, check, declared, release_of};
pub(crate) use apps::{key, put, record, retried};
pub use fairness::{Fairness, Profit};
pub use matrix::{Group, MOST_SUBSETS, Matrix, Samples};
pub use playground::Playground;
