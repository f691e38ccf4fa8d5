//! WASI 0.2, through `wasmtime-wasi`, for apps whose toolchain needs it (JavaScript, Python).
//!
//! It gives access to nothing: the clock shows the day of the run, random numbers are the same in every
//! run, output goes to the run's [`Notes`](crate::notes), and there are no environment variables, no
//! arguments and no standard input. Only the interfaces that a component imports are linked, one by one.
//! Sockets, files and HTTP are not in the list, so they cannot be linked.

use super::{Capability, Import, Request};
use crate::limits::Limits;
use crate::refusal::Problem;
use crate::state::{Counters, State, StopReason};
use std::sync::LazyLock;
use tokio::runtime::Runtime;
use wasmtime::Result;
use wasmtime::component::{HasData, Linker, Resource, ResourceTable};
use wasmtime_wasi::cli::{WasiCli, WasiCliCtxView};
use wasmtime_wasi::clocks::{WasiClocks, WasiClocksCtxView};
use wasmtime_wasi::p2::DynPollable;
use wasmtime_wasi::p2::bindings::{cli as wasi_cli, clocks as wasi_clocks, random as wasi_random, sync};
use wasmtime_wasi::random::{WasiRandom, WasiRandomCtx};

use crate::environment::World;

/// Served version of WASI. Interfaces of 0.2.x are compatible with each other.
const VERSION: &str = "0.2";

/// WASI interfaces that an app may import.
const INTERFACES: &[&str] = &[
    "wasi:cli/environment",
    "wasi:cli/exit",
    "wasi:cli/stderr",
    "wasi:cli/stdin",
    "wasi:cli/stdout",
    "wasi:cli/terminal-input",
    "wasi:cli/terminal-output",
    "wasi:cli/terminal-stderr",
    "wasi:cli/terminal-stdin",
    "wasi:cli/terminal-stdout",
    "wasi:clocks/monotonic-clock",
    "wasi:clocks/wall-clock",
    "wasi:io/error",
    "wasi:io/poll",
    "wasi:io/streams",
    "wasi:random/insecure",
    "wasi:random/insecure-seed",
    "wasi:random/random",
];

/// The WASI interfaces that give access to nothing.
pub(crate) struct Wasi;

impl Capability for Wasi {
    fn claim(&self, import: &Import<'_>, request: &mut Request) -> Option<Vec<Problem>> {
        let path = import.name.rsplit_once('@').map_or(import.name, |(path, _)| path);
        let interface = INTERFACES.iter().find(|interface| **interface == path)?;
        if !import.version.strip_prefix(VERSION).is_some_and(|patch| patch.starts_with('.')) {
            return Some(vec![Problem::UnknownVersion { import: import.name.to_owned(), served: VERSION }]);
        }
        request.wasi.insert((*interface).to_owned());
        Some(Vec::new())
    }

    fn link(&self, linker: &mut Linker<State>, _: &Request, granted: &Request) -> Result<()> {
        granted.wasi.iter().try_for_each(|interface| link(linker, interface))
    }

    /// WASI reaches no personal data, so a refused run gets the same functions as a granted one.
    fn link_refused(&self, linker: &mut Linker<State>, asked: &Request) -> Result<()> {
        asked.wasi.iter().try_for_each(|interface| link(linker, interface))
    }

    /// WASI calls count as host calls; see [`State::may_go_on`].
    fn budget(&self, _: &Counters, _: &Limits) -> std::result::Result<(), StopReason> {
        Ok(())
    }
}

/// Runtime in which WASI calls block. Nothing that an app can wait for takes time, so it has neither a
/// thread nor a timer.
static WAITING: LazyLock<Option<Runtime>> =
    LazyLock::new(|| tokio::runtime::Builder::new_current_thread().build().ok());

/// While the returned guard lives, WASI functions may block.
pub(crate) fn may_wait() -> Option<tokio::runtime::EnterGuard<'static>> {
    WAITING.as_ref().map(Runtime::enter)
}

struct HasIo;

impl HasData for HasIo {
    type Data<'a> = &'a mut ResourceTable;
}

struct HasMonotonic;

impl HasData for HasMonotonic {
    type Data<'a> = Monotonic<'a>;
}

/// The monotonic clock of a run. Waiting until an instant returns at once, with the clock set to that
/// instant.
struct Monotonic<'a> {
    now: &'a mut u64,
    clocks: WasiClocksCtxView<'a>,
}

/// Nanoseconds by which each reading advances the monotonic clock, so that polling it ends.
const LOOK: u64 = 1_000;

impl wasi_clocks::monotonic_clock::Host for Monotonic<'_> {
    fn now(&mut self) -> Result<u64> {
        *self.now = self.now.saturating_add(LOOK);
        Ok(*self.now)
    }

    fn resolution(&mut self) -> Result<u64> {
        Ok(LOOK)
    }

    fn subscribe_instant(&mut self, when: u64) -> Result<Resource<DynPollable>> {
        *self.now = when.max(*self.now);
        wasi_clocks::monotonic_clock::Host::subscribe_duration(&mut self.clocks, 0)
    }

    fn subscribe_duration(&mut self, duration: u64) -> Result<Resource<DynPollable>> {
        self.subscribe_instant(self.now.saturating_add(duration))
    }
}

/// Counts a call, and returns the run's WASI state. It is always present: only components that import WASI
/// have these functions linked.
fn parts(state: &mut State) -> (&mut World, &mut ResourceTable) {
    state.counters.calls += 1;
    #[allow(clippy::expect_used, reason = "linked only together with it")]
    let wasi = state.wasi.as_deref_mut().expect("a run whose component imports WASI has it");
    (wasi, &mut state.table)
}

fn io(state: &mut State) -> &mut ResourceTable {
    state.counters.calls += 1;
    &mut state.table
}

fn cli(state: &mut State) -> WasiCliCtxView<'_> {
    let (wasi, table) = parts(state);
    WasiCliCtxView { ctx: wasi.ctx.cli(), table }
}

fn clocks(state: &mut State) -> WasiClocksCtxView<'_> {
    let (wasi, table) = parts(state);
    WasiClocksCtxView { ctx: wasi.ctx.clocks(), table }
}

fn monotonic(state: &mut State) -> Monotonic<'_> {
    let (wasi, table) = parts(state);
    Monotonic { now: &mut wasi.now, clocks: WasiClocksCtxView { ctx: wasi.ctx.clocks(), table } }
}

fn random(state: &mut State) -> &mut WasiRandomCtx {
    parts(state).0.ctx.random()
}

/// Links one WASI interface.
fn link(linker: &mut Linker<State>, interface: &str) -> Result<()> {
    match interface {
        "wasi:cli/environment" => wasi_cli::environment::add_to_linker::<_, WasiCli>(linker, cli),
        "wasi:cli/exit" => wasi_cli::exit::add_to_linker::<_, WasiCli>(linker, cli),
        "wasi:cli/stderr" => wasi_cli::stderr::add_to_linker::<_, WasiCli>(linker, cli),
        "wasi:cli/stdin" => wasi_cli::stdin::add_to_linker::<_, WasiCli>(linker, cli),
        "wasi:cli/stdout" => wasi_cli::stdout::add_to_linker::<_, WasiCli>(linker, cli),
        "wasi:cli/terminal-input" => wasi_cli::terminal_input::add_to_linker::<_, WasiCli>(linker, cli),
        "wasi:cli/terminal-output" => wasi_cli::terminal_output::add_to_linker::<_, WasiCli>(linker, cli),
        "wasi:cli/terminal-stderr" => wasi_cli::terminal_stderr::add_to_linker::<_, WasiCli>(linker, cli),
        "wasi:cli/terminal-stdin" => wasi_cli::terminal_stdin::add_to_linker::<_, WasiCli>(linker, cli),
        "wasi:cli/terminal-stdout" => wasi_cli::terminal_stdout::add_to_linker::<_, WasiCli>(linker, cli),
        "wasi:clocks/monotonic-clock" => {
            wasi_clocks::monotonic_clock::add_to_linker::<_, HasMonotonic>(linker, monotonic)
        }
        "wasi:clocks/wall-clock" => wasi_clocks::wall_clock::add_to_linker::<_, WasiClocks>(linker, clocks),
        "wasi:io/error" => wasmtime_wasi_io::bindings::wasi::io::error::add_to_linker::<_, HasIo>(linker, io),
        "wasi:io/poll" => sync::io::poll::add_to_linker::<_, HasIo>(linker, io),
        "wasi:io/streams" => sync::io::streams::add_to_linker::<_, HasIo>(linker, io),
        "wasi:random/insecure" => wasi_random::insecure::add_to_linker::<_, WasiRandom>(linker, random),
        "wasi:random/insecure-seed" => {
            wasi_random::insecure_seed::add_to_linker::<_, WasiRandom>(linker, random)
        }
        "wasi:random/random" => wasi_random::random::add_to_linker::<_, WasiRandom>(linker, random),
        other => Err(wasmtime::format_err!("{other} is not served")),
    }
}
