//! The interface between decisions about a run and the place where its instance lives.
//!
//! A [`Sandbox`] compiles components and calls them. [`InProcess`](crate::InProcess) does so in this
//! process; the crate `runner` does so in processes that hold no key, no file, and no socket except the one
//! to the host. The result is raw: [`Runtime`](crate::Runtime) checks it in the host, whichever sandbox it
//! came from.

use crate::capability::Request;
use crate::citations::Citations;
use crate::contract::v0_1::exports::mesinfos::app::app::{Failure, RunContext};
use crate::contract::v0_1::mesinfos::app::params::{Answer, Param};
use crate::contract::v0_1::mesinfos::app::view::Report;
use crate::outcome::Outcome;
use crate::row_source::{RowSource, Withdrawal};
use crate::view;
use mesinfos_model::view::{Lang, Value};
use mesinfos_model::{Category, Day, Scope};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// The place where instances live.
pub trait Sandbox: Send + Sync {
    /// Engine and configuration, as recorded in a receipt. Two sandboxes with the same identity compute the
    /// same results.
    fn identity(&self) -> String;

    /// Kind of the sandbox, one word. A sandbox of another kind does not load its artifacts: code compiled
    /// in a confined process is only loaded in confined processes.
    fn kind(&self) -> &'static str;

    /// Layers of isolation that not every machine supports, by name, and whether this one does.
    fn walls(&self) -> Vec<(&'static str, bool)> {
        Vec::new()
    }

    /// Compiles an inspected component to native code, and links its whole request once, so that a
    /// component that does not fit is refused at installation.
    ///
    /// # Errors
    /// [`Outcome::Incompatible`].
    fn compile(&self, component: &[u8], asked: &Request) -> Result<Vec<u8>, Outcome>;

    /// Prepares compiled code for calls.
    ///
    /// # Safety
    /// The artifact is native code: it must be, byte for byte, what [`Sandbox::compile`] returned in a
    /// sandbox of this kind and identity.
    ///
    /// # Errors
    /// [`Outcome::Incompatible`] if it was compiled for another engine.
    #[allow(unsafe_code, reason = "the caller vouches for native code")]
    unsafe fn load(&self, artifact: &[u8], asked: &Request) -> Result<Arc<dyn Loaded>, Outcome>;
}

/// An app that is ready to be called. Every call has an instance of its own.
pub trait Loaded: Send + Sync {
    /// The parameters that it declares. It has no access to data while declaring them.
    ///
    /// # Errors
    /// The [`Outcome`] if declaring them fails.
    fn parameters(&self, lang: Lang, pace: Pace) -> Result<RawParams, Outcome>;

    /// Calls the app over rows.
    fn call(&self, call: Call) -> Called;
}

/// Input of a call.
pub struct Call {
    /// Granted categories that the app imports and that have rows.
    pub scope: Scope,
    /// Scopes announced to the app for the other categories that it imports. They were refused or have no
    /// rows; the announcement is the same in both cases.
    pub wishes: Scope,
    /// Rows of each category in `scope`, cut to it.
    pub rows: BTreeMap<Category, Box<dyn RowSource>>,
    /// Ends the call early if its data is withdrawn.
    pub withdrawal: Withdrawal,
    /// Language, day and parameters.
    pub context: Context,
    /// Priority relative to other calls.
    pub pace: Pace,
}

/// Priority of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pace {
    /// Normal priority.
    #[default]
    Usual,
    /// Lowest priority.
    Background,
}

/// Result of a call.
pub struct Called {
    /// The app's result, unchecked, or how it was stopped.
    pub result: Result<RawView, Outcome>,
    /// Resources used.
    pub usage: Usage,
    /// Notes of the app: see [`clean`](crate::notes::clean).
    pub notes: String,
    /// Rows that the app names as evidence, not looked up yet.
    pub citations: Citations,
}

impl Called {
    /// A call that did not take place.
    pub fn not(outcome: Outcome) -> Called {
        Called {
            result: Err(outcome),
            usage: Usage::default(),
            notes: String::new(),
            citations: Citations::default(),
        }
    }
}

/// Resources used by a run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Usage {
    /// Wall-clock time from instantiation to view.
    pub time: Duration,
    /// Largest linear memory, in bytes.
    pub memory: usize,
    /// Number of calls of the app into the host.
    pub host_calls: u64,
    /// Rows and bytes read of each category that the app opened.
    pub reads: BTreeMap<Category, (u64, u64)>,
}

/// Input of the app besides rows, in wire form.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Context(pub(crate) RunContext);

impl Context {
    /// The day of the run.
    pub(crate) fn today(&self) -> Day {
        view::date_from_wire(self.0.today).day().unwrap_or(Day(0))
    }

    pub(crate) fn new(lang: Lang, today: Day, answers: &[(String, Value)]) -> Context {
        let answers = answers
            .iter()
            .map(|(id, value)| Answer { id: id.clone(), value: view::value_to_wire(value) })
            .collect();
        Context(RunContext { lang: lang.code().to_owned(), today: view::date_to_wire(today.into()), answers })
    }
}

/// Parameters as declared by the app, not checked yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RawParams(pub(crate) Vec<Param>);

/// Result of the app, not checked yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RawView(pub(crate) Result<Report, Failure>);
