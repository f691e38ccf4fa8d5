//! Instances in this process: compiles an app once, links each granted set once, and calls a fresh instance
//! each time.
//!
//! WebAssembly is the only layer of isolation here. Instances come from the on-demand allocator: each has
//! fresh, zeroed memory, and nothing is passed from one to the next. Each call has its own thread, and the
//! operating system divides the processors between threads, so a call's pace has no effect here.

use crate::capability::{self, Request, wasi};
use crate::contract::v0_1::{HostSide, HostSidePre};
use crate::engine::{self, Threads};
use crate::environment::World;
use crate::limits::{self, Limits};
use crate::lru::Lru;
use crate::outcome::Outcome;
use crate::row_source::{RowSource, RowSourceError};
use crate::sandbox::{Call, Called, Loaded, Pace, RawParams, RawView, Sandbox, Usage};
use crate::state::{Counters, State, StopReason};
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Day, Scope};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;
use wasmtime::component::Component;
use wasmtime::{Engine, Store, Trap, UpdateDeadline};

/// The in-process sandbox.
pub struct InProcess {
    engine: Engine,
    limits: Limits,
}

impl InProcess {
    /// A sandbox with a running clock, which stops runs that take too long.
    ///
    /// # Errors
    /// [`Outcome::Incompatible`] if this machine cannot run WebAssembly.
    pub fn new(limits: Limits) -> Result<InProcess, Outcome> {
        let sandbox = InProcess::with(limits, Threads::Many)?;
        sandbox.tick()?;
        Ok(sandbox)
    }

    /// A sandbox without a clock, and so without a thread, so that its process may fork. Must not be called
    /// before [`InProcess::tick`].
    ///
    /// # Errors
    /// Same as [`InProcess::new`].
    pub fn still(limits: Limits) -> Result<InProcess, Outcome> {
        InProcess::with(limits, Threads::One)
    }

    fn with(limits: Limits, threads: Threads) -> Result<InProcess, Outcome> {
        let engine = engine::engine(&limits, threads).map_err(|e| Outcome::Incompatible(e.to_string()))?;
        Ok(InProcess { engine, limits })
    }

    /// Starts the clock.
    ///
    /// # Errors
    /// [`Outcome::Incompatible`] if no thread can be started.
    pub fn tick(&self) -> Result<(), Outcome> {
        engine::tick(&self.engine).map_err(|e| Outcome::Incompatible(e.to_string()))
    }

    /// Limits of each run.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    fn app(&self, component: Component, asked: &Request) -> LinkedApp {
        LinkedApp {
            engine: self.engine.clone(),
            limits: self.limits,
            asked: asked.clone(),
            component,
            linked: Lru::new(limits::LINKED),
        }
    }
}

impl Sandbox for InProcess {
    fn identity(&self) -> String {
        engine::identity(&self.engine)
    }

    fn kind(&self) -> &'static str {
        "in-process"
    }

    fn compile(&self, component: &[u8], asked: &Request) -> Result<Vec<u8>, Outcome> {
        // A compiler panic caused by a developer's code counts as a refusal.
        let component = catch_unwind(AssertUnwindSafe(|| Component::from_binary(&self.engine, component)))
            .map_err(|_| Outcome::Incompatible("the compiler failed on it".to_owned()))?
            .map_err(|e| Outcome::Incompatible(e.root_cause().to_string()))?;
        let artifact = component.serialize().map_err(|e| Outcome::Incompatible(e.to_string()))?;
        self.app(component, asked).link(Some(asked.clone()))?;
        Ok(artifact)
    }

    #[allow(unsafe_code, reason = "the caller vouches for native code")]
    unsafe fn load(&self, artifact: &[u8], asked: &Request) -> Result<Arc<dyn Loaded>, Outcome> {
        // SAFETY: the caller guarantees what this function's contract requires.
        let component = unsafe { Component::deserialize(&self.engine, artifact) }
            .map_err(|e| Outcome::Incompatible(e.root_cause().to_string()))?;
        Ok(Arc::new(self.app(component, asked)))
    }
}

/// A compiled app, and its links.
struct LinkedApp {
    engine: Engine,
    limits: Limits,
    component: Component,
    asked: Request,
    /// Links by granted set; the key `None` holds the link with everything refused.
    linked: Lru<Option<Request>, HostSidePre<State>>,
}

impl LinkedApp {
    fn link(&self, granted: Option<Request>) -> Result<HostSidePre<State>, Outcome> {
        if let Some(pre) = self.linked.get(&granted) {
            return Ok(pre);
        }
        let pre = capability::linker(&self.engine, &self.asked, granted.as_ref())
            .and_then(|linker| linker.instantiate_pre(&self.component))
            .and_then(HostSidePre::new)
            .map_err(|e| Outcome::Incompatible(format!("{e:#}")))?;
        self.linked.put(granted, pre.clone());
        Ok(pre)
    }

    fn store(
        &self,
        granted: BTreeMap<Category, Box<dyn RowSource>>,
        told: Scope,
        today: Day,
    ) -> Store<State> {
        let mut state = State::new(granted, told, self.limits);
        if !self.asked.wasi.is_empty() {
            state.wasi = Some(Box::new(World::new(today, &state.notes)));
        }
        let mut store = Store::new(&self.engine, state);
        store.limiter(|state| state);
        store.set_hostcall_fuel(self.limits.output);
        store.set_max_component_handles(self.limits.handles);
        store.set_epoch_deadline(1);
        store.epoch_deadline_callback(|cx| {
            cx.data().may_go_on()?;
            Ok(UpdateDeadline::Continue(1))
        });
        store
    }

    /// Calls into wasmtime, and converts every error into an [`Outcome`]. A panic there fails the run, not
    /// the host.
    fn guarded<T>(&self, call: impl FnOnce() -> wasmtime::Result<T>) -> Result<T, Outcome> {
        let _context = if self.asked.wasi.is_empty() { None } else { wasi::may_wait() };
        match catch_unwind(AssertUnwindSafe(call)) {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => Err(self.stopped(&error)),
            Err(_) => Err(Outcome::Trapped),
        }
    }

    fn stopped(&self, error: &wasmtime::Error) -> Outcome {
        if let Some(stop) = error.downcast_ref::<StopReason>() {
            return match stop {
                StopReason::Time => Outcome::TimedOut { seconds: self.limits.time.as_secs() },
                StopReason::Memory => Outcome::OutOfMemory { mebibytes: self.limits.memory >> 20 },
                StopReason::Calls => Outcome::TooManyCalls,
                StopReason::RowSource => Outcome::TooManyRows,
                StopReason::Handles => Outcome::TooManyHandles,
                StopReason::Foreign => Outcome::Trapped,
                StopReason::Data(RowSourceError::Withdrawn) => Outcome::Withdrawn,
                StopReason::Data(RowSourceError::Unavailable(why)) => Outcome::Unavailable(why.clone()),
            };
        }
        if let Some(Trap::StackOverflow) = error.downcast_ref::<Trap>() {
            return Outcome::StackOverflow;
        }
        // wasmtime does not export the type of this error; a test checks the wording.
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

impl Loaded for LinkedApp {
    fn parameters(&self, lang: Lang, _pace: Pace) -> Result<RawParams, Outcome> {
        let pre = self.link(None)?;
        let mut store = self.store(BTreeMap::new(), Scope::new(), Day(0));
        self.guarded(|| {
            let instance = pre.instantiate(&mut store)?;
            instance.mesinfos_app_app().call_parameters(&mut store, &lang.code().to_owned())
        })
        .map(RawParams)
    }

    fn call(&self, call: Call) -> Called {
        let started = Instant::now();
        let Call { mut scope, wishes, mut rows, withdrawal, context, .. } = call;
        // The granted set: categories both imported and granted.
        scope.retain(|category, _| {
            self.asked.categories.contains_key(category) && rows.contains_key(category)
        });
        rows.retain(|category, _| scope.contains_key(category));
        let granted = self.asked.within(&scope);
        let told = wishes.into_iter().chain(scope).collect();
        let pre = match self.link(Some(granted)) {
            Ok(pre) => pre,
            Err(outcome) => return Called::not(outcome),
        };
        let mut store = self.store(rows, told, context.today());
        store.data_mut().withdrawal = withdrawal;
        let result = self.guarded(|| {
            let instance: HostSide = pre.instantiate(&mut store)?;
            instance.mesinfos_app_app().call_run(&mut store, &context.0)
        });
        let Counters { calls, memory, reads } = store.data().counters.clone();
        let usage = Usage { time: started.elapsed(), memory, host_calls: calls, reads };
        let notes = store.data().notes.text();
        let citations = std::mem::take(&mut store.data_mut().citations);
        Called { result: result.map(RawView), usage, notes, citations }
    }
}
