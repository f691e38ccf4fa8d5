//! Events and metrics for the operator, one of each per act, without anybody's data.
//!
//! Invariant: a value is a number, a word of a closed list, the id of an installed app or a request id. No
//! person, file or parameter, and no error message: a message may quote any of these.

use crate::{PlatformError, RequestId, Result, Upkeep};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::time::Instant;

/// A label and its value, from a closed list.
type Label = [(&'static str, &'static str); 1];

/// Upper bounds of the histogram buckets, in seconds. Most runs take milliseconds; none takes more than ten
/// seconds.
const RUN_SECONDS: [f64; 9] = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 10.0];

/// Metrics of one platform since it was opened.
pub struct Figures {
    runs: Family<Label, Counter>,
    run_seconds: Histogram,
    imports: Family<Label, Counter>,
    rows: Family<Label, Counter>,
    upkeep: Family<Label, Counter>,
    swept: Family<Label, Counter>,
    artifacts_not_kept: Counter,
    taken: Family<Label, Gauge>,
    waiting: Family<Label, Gauge>,
}

impl Default for Figures {
    fn default() -> Figures {
        Figures {
            runs: Family::default(),
            run_seconds: Histogram::new(RUN_SECONDS),
            imports: Family::default(),
            rows: Family::default(),
            upkeep: Family::default(),
            swept: Family::default(),
            artifacts_not_kept: Counter::default(),
            taken: Family::default(),
            waiting: Family::default(),
        }
    }
}

/// Outcome of an act: a word of a closed list.
fn ending<T>(done: &Result<T>, well: &'static str) -> &'static str {
    done.as_ref().map_or_else(PlatformError::code, |_| well)
}

/// The id of an app, if `done` shows that it is installed; a requested id may be any text.
pub(crate) fn installed<'a, T>(app: &'a str, done: &Result<T>) -> Option<&'a str> {
    let is_installed = match done {
        Ok(_) => true,
        Err(error) => matches!(
            error,
            PlatformError::NotGranted { .. }
                | PlatformError::Busy
                | PlatformError::Run(_)
                | PlatformError::Ended { .. }
        ),
    };
    is_installed.then_some(app)
}

/// Whole milliseconds since an instant, as used in events.
pub fn milliseconds(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}

fn number(count: usize) -> u64 {
    count as u64
}

impl Figures {
    /// Registers the metrics with `registry`.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("runs", "Runs by outcome, including refused ones", self.runs.clone());
        registry.register(
            "run_seconds",
            "Duration of runs in seconds, including waiting",
            self.run_seconds.clone(),
        );
        registry.register("imports", "Imports by outcome", self.imports.clone());
        registry.register("imported_rows", "Imported rows by outcome", self.rows.clone());
        registry.register("upkeep", "Rounds of upkeep by outcome", self.upkeep.clone());
        registry.register("swept", "Items finished or swept by upkeep", self.swept.clone());
        registry.register(
            "artifacts_not_kept",
            "Compiled apps that could not be stored on disk",
            self.artifacts_not_kept.clone(),
        );
        registry.register("slots_taken", "Slots in use", self.taken.clone());
        registry.register("slots_waiting", "Requests waiting for a slot", self.waiting.clone());
    }

    pub(crate) fn ran<T>(
        &self,
        request: RequestId,
        app: Option<&str>,
        since: Instant,
        well: &'static str,
        done: &Result<T>,
    ) {
        let outcome = ending(done, well);
        self.runs.get_or_create(&[("outcome", outcome)]).inc();
        self.run_seconds.observe(since.elapsed().as_secs_f64());
        let (request, ms) = (request.to_string(), milliseconds(since));
        tracing::info!(name: "run", request, app, outcome, ms);
    }

    pub(crate) fn imported(
        &self,
        request: RequestId,
        since: Instant,
        done: &Result<crate::ImportReport>,
        is_dry: bool,
    ) {
        let outcome = ending(done, if is_dry { "dry-run" } else { "done" });
        self.imports.get_or_create(&[("outcome", outcome)]).inc();
        let (mut rows, mut corrected, mut duplicates, mut rejected) = (0, 0, 0, 0);
        if let Err(PlatformError::AllRejected(report)) = done {
            rejected = report.rejected();
        }
        if let Ok(report) = done {
            rows = report.categories.iter().map(|category| category.accepted).sum();
            corrected = report.categories.iter().map(|category| category.corrected).sum();
            duplicates = report.categories.iter().map(|category| category.duplicates).sum();
            rejected = report.rejected();
        }
        if !is_dry {
            let counts =
                [("new", rows), ("corrected", corrected), ("duplicate", duplicates), ("rejected", rejected)];
            for (what, count) in counts {
                self.rows.get_or_create(&[("what", what)]).inc_by(count);
            }
        }
        let (request, ms) = (request.to_string(), milliseconds(since));
        tracing::info!(name: "import", request, outcome, rows, corrected, duplicates, rejected, ms);
    }

    pub(crate) fn kept_up(&self, since: Instant, done: &Result<Upkeep>) {
        let outcome = ending(done, "done");
        self.upkeep.get_or_create(&[("outcome", outcome)]).inc();
        let ms = milliseconds(since);
        let Ok(Upkeep { erasures, chunks, strays, samples, sign_ins }) = *done else {
            tracing::error!(name: "upkeep", outcome, ms);
            return;
        };
        let (erasures, chunks, strays) = (number(erasures), number(chunks), number(strays));
        let (samples, sign_ins) = (number(samples), number(sign_ins));
        for (what, count) in [
            ("erasures", erasures),
            ("chunks", chunks),
            ("strays", strays),
            ("samples", samples),
            ("sign-ins", sign_ins),
        ] {
            self.swept.get_or_create(&[("what", what)]).inc_by(count);
        }
        tracing::info!(name: "upkeep", outcome, erasures, chunks, strays, samples, sign_ins, ms);
    }

    /// Reports that a compiled app cannot be written to disk and has to be compiled again later.
    pub(crate) fn not_kept(&self, error: &std::io::Error) {
        self.artifacts_not_kept.inc();
        tracing::warn!(name: "artifact-not-kept", errno = error.raw_os_error());
    }

    /// Sets the gauges of a kind of slots: number taken, and number of waiting requests.
    pub fn slots(&self, kind: &'static str, (taken, waiting): (usize, usize)) {
        let set = |family: &Family<Label, Gauge>, count: usize| {
            family.get_or_create(&[("kind", kind)]).set(i64::try_from(count).unwrap_or(i64::MAX));
        };
        set(&self.taken, taken);
        set(&self.waiting, waiting);
    }
}

/// Reports that the store was opened after a damaged snapshot was moved aside.
pub(crate) fn repaired() {
    tracing::warn!(name: "store-repaired", snapshots_aside = true);
}

/// Reports that the platform is open.
pub(crate) fn opened(since: Instant) {
    tracing::info!(name: "opened", ms = milliseconds(since));
}
