//! One run: compile once, link what is granted once, instantiate afresh, call, check.

use crate::bindings::exports::mesinfos::app::app::{Failure, RunContext};
use crate::bindings::mesinfos::app::params::Answer;
use crate::bindings::{HostSide, HostSidePre};
use crate::data::{Rows, RowsError};
use crate::inspect::Inspection;
use crate::limits::{self, Limits};
use crate::link::{self, Linked};
use crate::outcome::Outcome;
use crate::state::{Counters, Granted, State, Stop};
use crate::{engine, params, view};
use mesinfos_model::view::{Lang, Param, Report, Value};
use mesinfos_model::{Category, Day, Digest, Scope};
use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use wasmtime::component::Component;
use wasmtime::{Engine, Store, Trap, UpdateDeadline};

/// Runs apps.
pub struct Runtime {
    engine: Engine,
    limits: Limits,
    compiled: Mutex<Recent<Digest, Component>>,
    linked: Mutex<Recent<(Digest, Linked), HostSidePre<State>>>,
}

/// An app that was inspected and compiled.
#[derive(Clone)]
pub struct App {
    inspection: Arc<Inspection>,
    component: Component,
}

/// What a run is given.
pub struct RunRequest {
    /// What may be seen: the granted categories that the app imports, and of each what.
    pub scope: Scope,
    /// Rows of each category of `scope`, already cut to it.
    pub rows: BTreeMap<Category, Box<dyn Rows>>,
    /// The person's language.
    pub lang: Lang,
    /// The day of the run.
    pub today: Day,
    /// What the person set.
    pub answers: Vec<(String, Value)>,
}

/// What a run used.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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

/// How a run went.
#[derive(Debug)]
pub struct Run {
    /// How it ended.
    pub outcome: Outcome,
    /// The checked view, if it completed.
    pub report: Option<Report>,
    /// What it used.
    pub usage: Usage,
    /// Every parameter's value, given or initial.
    pub answers: Vec<(String, Value)>,
}

/// The few entries that were used last.
struct Recent<K, V> {
    entries: VecDeque<(K, V)>,
    most: usize,
}

impl<K: PartialEq, V: Clone> Recent<K, V> {
    fn new(most: usize) -> Recent<K, V> {
        Recent { entries: VecDeque::new(), most }
    }

    fn get(&mut self, key: &K) -> Option<V> {
        let at = self.entries.iter().position(|(k, _)| k == key)?;
        let entry = self.entries.remove(at)?;
        let value = entry.1.clone();
        self.entries.push_front(entry);
        Some(value)
    }

    fn put(&mut self, key: K, value: V) {
        self.entries.push_front((key, value));
        self.entries.truncate(self.most);
    }
}

/// A panic while the lock was held leaves a cache that is at worst out of order.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl App {
    /// What it asks for.
    pub fn inspection(&self) -> &Inspection {
        &self.inspection
    }
}

impl Runtime {
    /// A runtime with its engine.
    ///
    /// # Errors
    /// [`Outcome::Incompatible`] if this machine cannot run WebAssembly.
    pub fn new(limits: Limits) -> Result<Runtime, Outcome> {
        Ok(Runtime {
            engine: engine::engine(&limits).map_err(|e| Outcome::Incompatible(e.to_string()))?,
            limits,
            compiled: Mutex::new(Recent::new(limits::COMPILED_APPS)),
            linked: Mutex::new(Recent::new(limits::LINKED_APPS)),
        })
    }

    /// Which engine, with which configuration.
    pub fn identity(&self) -> String {
        engine::identity(&self.engine)
    }

    /// The compiled app of an inspected component: from the cache, or compiled from its bytes.
    ///
    /// # Errors
    /// [`Outcome::Incompatible`] if it does not compile or does not fit the contract.
    pub fn load(&self, inspection: Arc<Inspection>, bytes: &[u8]) -> Result<App, Outcome> {
        let key = inspection.component;
        if let Some(component) = lock(&self.compiled).get(&key) {
            return Ok(App { inspection, component });
        }
        let component = Component::from_binary(&self.engine, bytes)
            .map_err(|e| Outcome::Incompatible(e.root_cause().to_string()))?;
        lock(&self.compiled).put(key, component.clone());
        let app = App { inspection, component };
        // Links in full once, so that an app which fits nowhere is refused at installation.
        let all = app.inspection.asks.iter().map(|(c, fields)| (*c, Some(*fields))).collect();
        self.link(&app, all)?;
        Ok(app)
    }

    fn link(&self, app: &App, linked: Linked) -> Result<HostSidePre<State>, Outcome> {
        let key = (app.inspection.component, linked);
        if let Some(pre) = lock(&self.linked).get(&key) {
            return Ok(pre);
        }
        let pre = link::linker(&self.engine, &key.1)
            .and_then(|linker| linker.instantiate_pre(&app.component))
            .and_then(HostSidePre::new)
            .map_err(|e| Outcome::Incompatible(format!("{e:#}")))?;
        lock(&self.linked).put(key, pre.clone());
        Ok(pre)
    }

    fn store(&self, granted: BTreeMap<Category, Granted>) -> Store<State> {
        let mut store = Store::new(&self.engine, State::new(granted, self.limits));
        store.limiter(|state| state);
        store.set_hostcall_fuel(self.limits.output);
        store.set_max_component_handles(self.limits.handles);
        store.set_epoch_deadline(1);
        store.epoch_deadline_callback(|cx| {
            cx.data().on_time()?;
            Ok(UpdateDeadline::Continue(1))
        });
        store
    }

    /// The parameters that an app declares. It has no access to data while it does.
    ///
    /// # Errors
    /// The [`Outcome`] if it does not.
    pub fn parameters(&self, app: &App, lang: Lang) -> Result<Vec<Param>, Outcome> {
        let refused = app.inspection.asks.keys().map(|c| (*c, None)).collect();
        let pre = self.link(app, refused)?;
        let mut store = self.store(BTreeMap::new());
        let params = self.guarded(|| {
            let instance = pre.instantiate(&mut store)?;
            instance.mesinfos_app_app().call_parameters(&mut store, &lang.code().to_owned())
        })?;
        view::params(params).map_err(Outcome::from)
    }

    /// Runs an app. What it returns is checked; whatever it does, the next run is unaffected.
    pub fn run(&self, app: &App, request: RunRequest) -> Run {
        let started = Instant::now();
        let mut run =
            Run { outcome: Outcome::Completed, report: None, usage: Usage::default(), answers: Vec::new() };
        let missing: Vec<Category> = app
            .inspection
            .required()
            .into_iter()
            .filter(|category| !request.scope.contains_key(category))
            .collect();
        if !missing.is_empty() {
            run.outcome = Outcome::NotGranted(missing);
            return run;
        }
        if let Err(outcome) = self.attempt(app, request, &mut run) {
            run.outcome = outcome;
        }
        run.usage.time = started.elapsed();
        run
    }

    fn attempt(&self, app: &App, request: RunRequest, run: &mut Run) -> Result<(), Outcome> {
        let declared = self.parameters(app, request.lang)?;
        run.answers = params::complete(&declared, &request.answers)?;
        let RunRequest { scope, mut rows, lang, today, .. } = request;
        let asks = &app.inspection.asks;
        // The granted set: what is both imported and granted.
        let linked: Linked = asks.keys().map(|c| (*c, scope.get(c).map(|granted| granted.fields))).collect();
        let granted = scope
            .into_iter()
            .filter(|(category, _)| asks.contains_key(category))
            .filter_map(|(category, scope)| {
                Some((category, Granted { scope, rows: rows.remove(&category)? }))
            })
            .collect();
        let pre = self.link(app, linked)?;
        let mut store = self.store(granted);
        let context = RunContext {
            lang: lang.code().to_owned(),
            today: view::date_to_wire(today.into()),
            answers: run
                .answers
                .iter()
                .map(|(id, value)| Answer { id: id.clone(), value: view::value_to_wire(value) })
                .collect(),
        };
        let result = self.guarded(|| {
            let instance: HostSide = pre.instantiate(&mut store)?;
            instance.mesinfos_app_app().call_run(&mut store, &context)
        });
        let Counters { calls, memory, reads } = store.data().counters.clone();
        run.usage = Usage { time: Duration::ZERO, memory, host_calls: calls, reads };
        match result? {
            Ok(report) => {
                run.report = Some(view::report(report)?);
                Ok(())
            }
            Err(failure) => Err(said(failure)),
        }
    }

    /// Calls into wasmtime, and turns whatever comes back into an [`Outcome`]. A panic in there is
    /// a failed run, not a dead host.
    fn guarded<T>(&self, call: impl FnOnce() -> wasmtime::Result<T>) -> Result<T, Outcome> {
        match catch_unwind(AssertUnwindSafe(call)) {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => Err(self.stopped(&error)),
            Err(_) => Err(Outcome::Trapped),
        }
    }

    fn stopped(&self, error: &wasmtime::Error) -> Outcome {
        if let Some(stop) = error.downcast_ref::<Stop>() {
            return match stop {
                Stop::Time => Outcome::TimedOut { seconds: self.limits.time.as_secs() },
                Stop::Memory => Outcome::OutOfMemory { mebibytes: self.limits.memory >> 20 },
                Stop::Calls => Outcome::TooManyCalls,
                Stop::Rows => Outcome::TooManyRows,
                Stop::Handles => Outcome::TooManyHandles,
                Stop::Data(RowsError::Withdrawn) => Outcome::Withdrawn,
                Stop::Data(RowsError::Unavailable(why)) => Outcome::Unavailable(why.clone()),
            };
        }
        if let Some(Trap::StackOverflow) = error.downcast_ref::<Trap>() {
            return Outcome::StackOverflow;
        }
        // wasmtime keeps the type of this error to itself; a test holds the words.
        let words = format!("{error:#}");
        if words.contains("fuel allocated for hostcalls") {
            return Outcome::OutputTooLarge;
        }
        if words.contains("component handles") || words.contains("handle table") {
            return Outcome::TooManyHandles;
        }
        Outcome::Trapped
    }
}

/// What the app itself says.
fn said(failure: Failure) -> Outcome {
    match failure {
        Failure::NeedsData(ids) => {
            Outcome::NeedsData(ids.iter().filter_map(|id| Category::from_id(id)).collect())
        }
        Failure::BadAnswer((param, message)) => Outcome::BadAnswer {
            param: view::clean(&param, limits::view::LABEL),
            message: view::clean(&message, limits::view::SENTENCE),
        },
        Failure::Other(reason) => Outcome::Declined(view::clean(&reason, limits::view::SENTENCE)),
    }
}
