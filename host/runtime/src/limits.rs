//! Limits of a run and of compilation, each with its reason.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Limits of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Wall-clock time from instantiation to view. Honest apps take milliseconds; a person does not wait
    /// longer than this for a page.
    pub time: Duration,
    /// Linear memory in bytes. A month of half-hourly readings takes 0.2 MiB of columns; ten years of them,
    /// as rows in an app, fit many times over.
    pub memory: usize,
    /// Elements of all tables. An honest app has a few hundred function pointers.
    pub table_elements: usize,
    /// Core instances, tables and memories in the store, each. A component built by our tools has three
    /// core instances (its module, a shim and its fix-ups), two tables and one memory; a Python component
    /// has 38 instances (the interpreter, its libraries, a stub for each WASI interface).
    pub instances: usize,
    /// Stack of the app in bytes; wasmtime's default.
    pub stack: usize,
    /// Calls into the host. Enough to read every column of 100 years of months ten times.
    pub host_calls: u64,
    /// Rows handed over. Enough to read 10 years of one-minute readings three times.
    pub rows: u64,
    /// Bytes that one call may copy from the app to the host (wasmtime's "hostcall fuel"). The view is the
    /// largest item: 256 KiB of text and numbers take less than a quarter of this once lifted.
    pub output: usize,
    /// Handles (readers and pages) that the app may hold at once.
    pub handles: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            time: Duration::from_secs(5),
            memory: 64 << 20,
            table_elements: 20_000,
            instances: 48,
            stack: 512 << 10,
            host_calls: 200_000,
            rows: 20_000_000,
            output: 4 << 20,
            handles: 1_000,
        }
    }
}

/// Largest accepted component, in bytes. Rust apps are under 0.4 MB; a Python app with its interpreter is
/// 18 MB.
pub const MAX_COMPONENT: usize = 24 << 20;

/// Interval at which running apps are interrupted to check the clock.
pub const TICK: Duration = Duration::from_millis(10);

/// Size of a run's notes, in bytes: one or two screens.
pub const NOTES: usize = 16 << 10;

/// Calls of a run that name rows behind its figures: a few for each figure that a view may have.
pub const CITATIONS: usize = 200;

/// Rows that a run names as evidence. Nobody looks through more.
pub const CITED_ROWS: usize = 5_000;

/// Inspections kept in memory. Pages read those of all installed apps.
pub const INSPECTIONS: usize = 256;

/// Number of apps kept loaded in memory. A compiled app is about four times as large as its component.
pub const LOADED_APPS: usize = 64;

/// Links cached for one app, one for each set of granted categories and fields.
pub const LINKED: usize = 16;

/// Pages that a reader requests ahead of its app, so that the next one is ready when the app has finished
/// with the current one, whether the reader is in this process or in a runner. Requested pages count as
/// read.
pub const AHEAD: usize = 2;

/// Number of readers of a run that request ahead; the first ones do. Others request only what the app asks
/// for, so that no use of handles can put more requests in flight than a socket holds.
pub const READERS_AHEAD: u32 = 16;

/// Limits of compilation, where nothing else bounds the compiler's time and memory. The largest honest
/// components are Python with its interpreter and JavaScript with its engine ("Largest honest" below);
/// [`MAX_COMPONENT`] bounds any cost that grows with the bytes alone.
pub mod compile {
    /// Core modules; each has a memory image and tables of its own. Largest honest: 38.
    pub const MODULES: u64 = 128;
    /// Instances that make up a component, and functions between them and the host, each of which is
    /// compiled. Largest honest: 200.
    pub const PARTS: u64 = 2_000;
    /// Names and types that make up its types; functions between its components convert them. Largest
    /// honest: 2,900.
    pub const TYPES: u64 = 50_000;
    /// Functions of all modules; each is compiled separately. Largest honest: 13,400.
    pub const FUNCTIONS: u64 = 60_000;
    /// Types, imports, exports, globals, segments, and the names a component gives them. Largest honest:
    /// 12,000.
    pub const ITEMS: u64 = 100_000;
    /// Initial elements of tables, which are written out. A run has a lower limit, see
    /// [`Limits`](super::Limits).
    pub const TABLE_ELEMENTS: u64 = 1 << 20;
    /// Bytes of one function. One thread compiles it, in memory that grows with it. Largest honest:
    /// 427,000, an interpreter's loop.
    pub const FUNCTION_SIZE: u64 = 1 << 20;
    /// Parameters and local variables of one function. Largest honest: 273.
    pub const LOCALS: u64 = 2_000;
    /// Depth of nested blocks. Largest honest: 781.
    pub const DEPTH: u64 = 5_000;
    /// Depth of nested loops. The compiler is fast up to a few hundred, and then takes cubic time (300
    /// loops over 300 locals, 4.5 KB, take 40 seconds). Largest honest: 21.
    pub const LOOPS: u64 = 40;
    /// Weight of one function, see `compile_cost.rs`. Largest honest: 4,400,000.
    pub const FUNCTION_WEIGHT: u64 = 10_000_000;
    /// Weight of all functions. A unit takes under a microsecond of processor time, so two minutes in all,
    /// as much as a runner may take. Largest honest: 108,000,000.
    pub const WEIGHT: u64 = 160_000_000;
    /// Largest mostly empty memory image that is written out, in bytes.
    pub const SPARSE_IMAGE: u64 = 1 << 20;
}

/// Limits of a view: small enough to read, and too small to hide a copy of the data.
pub mod view {
    /// Pages of a view.
    pub const PAGES: usize = 6;
    /// Sections of a page.
    pub const SECTIONS: usize = 12;
    /// Blocks of a view.
    pub const BLOCKS: usize = 120;
    /// Characters of a title.
    pub const TITLE: usize = 120;
    /// Characters of a label.
    pub const LABEL: usize = 60;
    /// Characters of a headline.
    pub const HEADLINE: usize = 140;
    /// Characters of a sentence: a takeaway, a note, a reason.
    pub const SENTENCE: usize = 300;
    /// Characters of one piece of text.
    pub const PIECE: usize = 1_000;
    /// Pieces of one text.
    pub const PIECES: usize = 60;
    /// Key figures of one block.
    pub const KEY_FIGURES: usize = 6;
    /// Points of a spark line.
    pub const SPARK: usize = 60;
    /// Columns of a table.
    pub const COLUMNS: usize = 12;
    /// Rows of a table.
    pub const ROWS: usize = 500;
    /// Cells of all tables.
    pub const CELLS: usize = 6_000;
    /// Series of a chart.
    pub const SERIES: usize = 8;
    /// Points of an axis.
    pub const POINTS: usize = 1_500;
    /// Points of all charts.
    pub const ALL_POINTS: usize = 12_000;
    /// Slices of a whole.
    pub const SLICES: usize = 12;
    /// Cells of a grid of values.
    pub const GRID: usize = 2_500;
    /// Days of a calendar: three years.
    pub const DAYS: usize = 1_100;
    /// Events of a timeline.
    pub const EVENTS: usize = 100;
    /// Items of a list.
    pub const ITEMS: usize = 30;
    /// Pieces of advice.
    pub const ADVICE: usize = 10;
    /// Offers of a comparison.
    pub const OFFERS: usize = 12;
    /// Criteria of a comparison.
    pub const CRITERIA: usize = 10;
    /// Parameters of an app.
    pub const PARAMS: usize = 12;
    /// Choices of a parameter.
    pub const CHOICES: usize = 30;
    /// Largest absolute value in a chart. Larger numbers, NaN and infinities are refused.
    pub const NUMBER: f64 = 1e15;
}
