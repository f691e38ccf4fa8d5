//! Runs apps: WebAssembly components that compute over granted rows and keep nothing.
//!
//! - [`mod@inspect`]: the request of a component, read from its imports; problems are reported by name.
//! - [`Runtime`]: loads an app once, runs it within [`limits`], and checks the view that it returns.
//! - [`Sandbox`]: the interface to where instances live. [`InProcess`] links what is granted and calls a
//!   fresh instance in this process; the crate `runner` does it in a separate process.
//! - [`RowSource`]: the interface to the data. Rows come through this trait, already cut to the grant; this
//!   crate never sees a store, a key or a grant.
//!
//! Invariants:
//! - nothing here opens a file or a socket, gives an app the real time, or gives it true random numbers;
//! - the state of a run holds readers of granted categories only: other rows are unreachable, not merely
//!   guarded by a check;
//! - an instance is used once. The on-demand allocator gives each one fresh zeroed memory; pooled slots are
//!   never reused between people (RUSTSEC-2026-0088 and its two predecessors);
//! - the result is a checked [`View`](mesinfos_model::view::View), or an [`Outcome`] from a closed list.
//!
//! Start reading at [`run`], then [`in_process`] and [`capability`].

pub mod capability;
mod citations;
mod compile_cost;
mod contract;
pub mod engine;
mod environment;
mod imitation;
pub mod in_process;
pub mod inspect;
pub mod limits;
mod lru;
pub mod manifest;
pub mod notes;
pub mod outcome;
pub mod params;
pub mod refusal;
pub mod row_source;
pub mod run;
pub mod sandbox;
pub mod spacing;
mod state;
mod type_check;
pub mod view;

pub use capability::Request;
pub use citations::{Citation, Citations};
pub use in_process::InProcess;
pub use inspect::{Inspection, digest, inspect};
pub use limits::Limits;
pub use manifest::{AppInfo, Bilingual, DeclaredRead, FieldProblem, Manifest, ManifestError, ShapeProblem};
pub use outcome::{Expected, Outcome};
pub use refusal::{Complexity, Forbidden, Problem};
pub use row_source::{PageSource, RowSource, RowSourceError, Withdrawal};
pub use run::{ArtifactKey, Artifacts, LoadedApp, Nowhere, Run, RunRequest, Runtime};
pub use sandbox::{Pace, Sandbox, Usage};
