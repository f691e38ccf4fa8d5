//! Runs apps: WebAssembly components that compute over granted rows and keep nothing.
//!
//! - [`mod@inspect`]: what a component asks for, read from its imports; what is refused, by name.
//! - [`Runtime`]: compiles a component once, links what is granted, runs it in a fresh instance
//!   within [`limits`], and checks the view that it returns.
//! - [`Rows`]: the seam. Rows come through this trait, already cut to the grant; this room never
//!   sees a store, a key or a grant.
//!
//! Invariants:
//! - nothing here opens a file or a socket, reads a clock for an app, or gives it random numbers;
//! - the state of a run holds readers of granted categories only: the rest is not reachable, not
//!   merely checked;
//! - an instance is used once. The on-demand allocator gives each one fresh zeroed memory; pooled
//!   slots are never reused between people (RUSTSEC-2026-0088 and its two elders);
//! - what leaves is a [`Report`](mesinfos_model::view::Report) that was checked, or an [`Outcome`]
//!   of a closed list.
//!
//! Start reading at [`run`], then [`link`].

mod contract;
pub mod data;
pub mod engine;
pub mod inspect;
pub mod limits;
pub mod link;
pub mod manifest;
pub mod outcome;
pub mod params;
pub mod run;
mod state;
pub mod view;

pub use data::{Pages, Rows, RowsError};
pub use inspect::{Inspection, Problem, inspect};
pub use limits::Limits;
pub use manifest::{Manifest, Need};
pub use outcome::Outcome;
pub use run::{App, Run, RunRequest, Runtime, Usage};

/// The Rust side of `wit/app`, as the generator writes it.
#[allow(missing_docs, clippy::all, reason = "generated from the WIT files, which are documented")]
mod bindings {
    wasmtime::component::bindgen!({
        path: ["../../wit/data", "../../wit/app"],
        world: "mesinfos:app/host-side",
    });
}
