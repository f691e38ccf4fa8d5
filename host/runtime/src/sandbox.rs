//! The seam between the decisions about a run and the place where its instance lives.
//!
//! A [`Sandbox`] compiles components and calls them. [`InProcess`](crate::InProcess) does so in this process;
//! the crate `runner` does so in processes that hold no key, no file and no socket but the one to the host.
//! The result is raw: [`Runtime`](crate::Runtime) checks it on this side of the wall, whichever sandbox it
//! came from.

use crate::capability::Request;
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

/// Where instances live.
pub trait Sandbox: Send + Sync {
    /// Which engine, with which configuration: what a receipt says of it. Two sandboxes of one
    /// identity compute the same.
    fn identity(&self) -> String;

    /// Its kind, a word. What one kind compiled is not loaded by another: code that was compiled
    /// behind a wall stays behind it.
    fn kind(&self) -> &'static str;

    /// Walls that this machine may not have, by name, and whether it has them.
    fn walls(&self) -> Vec<(&'static str, bool)> {
        Vec::new()
    }

    /// Compiles an inspected component to native code, and links all that it asks for, once, so
    /// that what fits nowhere is refused at its installation.
    ///
    /// # Errors
    /// [`Outcome::Incompatible`].
    fn compile(&self, component: &[u8], asked: &Request) -> Result<Vec<u8>, Outcome>;

    /// Makes compiled code ready to be called.
    ///
    /// # Safety
    /// The artifact is native code: it must be, byte for byte, what [`Sandbox::compile`] of a
    /// sandbox of this kind and identity returned.
    ///
    /// # Errors
    /// [`Outcome::Incompatible`] if it was compiled for another engine.
    #[allow(unsafe_code, reason = "the caller vouches for native code")]
    unsafe fn load(&self, artifact: &[u8], asked: &Request) -> Result<Arc<dyn Loaded>, Outcome>;
}

/// An app that is ready to be called. Every call has an instance of its own.
pub trait Loaded: Send + Sync {
    /// What it declares as parameters. It has no access to data while it does.
    ///
    /// # Errors
    /// How it ended, if not with parameters.
    fn parameters(&self, lang: Lang, pace: Pace) -> Result<RawParams, Outcome>;

    /// Calls it over rows.
    fn call(&self, call: Call) -> Called;
}

/// What a call is given.
pub struct Call {
    /// What may be seen: granted categories, all of which the app imports, and of which there are rows.
    pub scope: Scope,
    /// What the app is told of the other categories that it imports: it was refused them, or nothing is there,
    /// and it is told the same of both.
    pub wishes: Scope,
    /// Rows of each category of `scope`, cut to it.
    pub rows: BTreeMap<Category, Box<dyn RowSource>>,
    /// When it has to end before its time.
    pub withdrawal: Withdrawal,
    /// Language, day and answers.
    pub context: Context,
    /// Before or behind others.
    pub pace: Pace,
}

/// How a call shares the machine with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pace {
    /// As all others.
    #[default]
    Usual,
    /// Behind all others.
    Background,
}

/// How a call went.
pub struct Called {
    /// What the app returned, unchecked, or how it was stopped.
    pub result: Result<RawView, Outcome>,
    /// What it used.
    pub usage: Usage,
    /// What it noted down: see [`clean`](crate::notes::clean).
    pub log: String,
}

impl Called {
    /// A call that did not happen.
    pub fn not(outcome: Outcome) -> Called {
        Called { result: Err(outcome), usage: Usage::default(), log: String::new() }
    }
}

/// What a run used.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Usage {
    /// From instantiation to view.
    pub time: Duration,
    /// Largest linear memory, in bytes.
    pub memory: usize,
    /// Calls of the app into the host.
    pub host_calls: u64,
    /// Rows and bytes of each category that the app opened.
    pub reads: BTreeMap<Category, (u64, u64)>,
}

/// What the app is told of the run beside rows, as it crosses.
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

/// Parameters as the app declared them: nobody has checked them yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RawParams(pub(crate) Vec<Param>);

/// What the app returned: nobody has checked it yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RawView(pub(crate) Result<Report, Failure>);
