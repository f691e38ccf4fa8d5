//! What a run may use. Every number is here, with its reason.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Limits of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Wall-clock time from instantiation to view. Honest apps take milliseconds; a person does
    /// not wait longer than this for a page.
    pub time: Duration,
    /// Linear memory in bytes. A month of half-hours is 0.2 MiB of columns; ten years as rows of
    /// an app fit many times.
    pub memory: usize,
    /// Elements of all tables: function pointers of an honest app are a few hundred.
    pub table_elements: usize,
    /// Core instances, tables and memories in the store. A component made by our tools has three
    /// core instances (its module, a shim and its fix-ups), two tables and one memory; one of
    /// Python has 38 instances (the interpreter, its libraries, a stub for each interface of WASI).
    pub instances: usize,
    /// Stack of the app in bytes: wasmtime's own default.
    pub stack: usize,
    /// Calls into the host: 100 years of months, every column, ten times over.
    pub host_calls: u64,
    /// Rows handed over: 10 years of minutes, thrice.
    pub rows: u64,
    /// Bytes that one call may copy from the app to the host (wasmtime's "hostcall fuel"). The
    /// view is the largest thing: 256 KiB of text and numbers is under a quarter of this once it
    /// is lifted.
    pub output: usize,
    /// Handles that the app may hold at once: readers and pages.
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

/// Largest component that is taken, in bytes. Rust apps are under 0.4 MB; a Python app with its
/// interpreter is 18 MB.
pub const MAX_COMPONENT: usize = 24 << 20;

/// How often running apps are interrupted to look at the clock.
pub const TICK: Duration = Duration::from_millis(10);

/// Bytes of a run's notes: what a developer reads on a screen or two.
pub const NOTES: usize = 16 << 10;

/// Apps kept ready in memory. A compiled app is about four times its component.
pub const LOADED_APPS: usize = 64;

/// Links kept of one app, one for each set of granted categories and fields.
pub const LINKED: usize = 16;

/// Pages that a reader asks for ahead of its app, so that the next one is there when the app is done
/// with this one, on whichever side of a wall it is opened. What is asked for counts as read.
pub const AHEAD: usize = 2;

/// Readers of a run that do so, the first ones. Others ask for what the app asks for: nothing that an
/// app does with handles shall put more requests on their way than a socket holds.
pub const READERS_AHEAD: u32 = 16;

/// What is compiled: what bounds the compiler's time and memory where nothing else does. A component
/// of Python with its interpreter and one of JavaScript with its engine are the largest honest ones
/// ("theirs" below); [`MAX_COMPONENT`] bounds what grows with the bytes alone.
pub mod compile {
    /// Core modules: each has a memory image and tables of its own. Theirs: 38.
    pub const MODULES: u64 = 128;
    /// Instances that a component is put together from, and functions between them and the host: each
    /// of those is compiled. Theirs: 200.
    pub const PARTS: u64 = 2_000;
    /// Names and types that its types are made of: functions between its components convert them.
    /// Theirs: 2,900.
    pub const TYPES: u64 = 50_000;
    /// Functions of all modules: each is a compilation of its own. Theirs: 13,400.
    pub const FUNCTIONS: u64 = 60_000;
    /// Types, imports, exports, globals, segments and what a component names of them. Theirs: 12,000.
    pub const ITEMS: u64 = 100_000;
    /// Elements that tables have from the start: they are written out. A run has fewer, see
    /// [`Limits`](super::Limits).
    pub const TABLE_ELEMENTS: u64 = 1 << 20;
    /// Bytes of one function: it is compiled by one thread, in memory that grows with it. Theirs:
    /// 427,000, an interpreter's loop.
    pub const FUNCTION_SIZE: u64 = 1 << 20;
    /// Parameters and local variables of one function. Theirs: 273.
    pub const LOCALS: u64 = 2_000;
    /// Blocks within each other. Theirs: 781.
    pub const DEPTH: u64 = 5_000;
    /// Loops within each other: the compiler is quick up to some hundred of them, and then takes a cube
    /// (300 over 300 locals, 4.5 KB, take 40 seconds). Theirs: 21.
    pub const LOOPS: u64 = 40;
    /// What one function weighs, see `weight.rs`. Theirs: 4,400,000.
    pub const FUNCTION_WEIGHT: u64 = 10_000_000;
    /// What all of them weigh: under a microsecond of a processor each, so two minutes in all, as much
    /// as a runner may take. Theirs: 108,000,000.
    pub const WEIGHT: u64 = 160_000_000;
    /// Largest memory image, in bytes, that is written out although most of it is empty.
    pub const SPARSE_IMAGE: u64 = 1 << 20;
}

/// The view: what a person can read, and what cannot hide a copy of the data.
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
    /// Key figures, points of a spark line.
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
    /// Offers, and criteria by which they are compared.
    pub const OFFERS: usize = 12;
    /// Criteria of a comparison.
    pub const CRITERIA: usize = 10;
    /// Parameters of an app.
    pub const PARAMS: usize = 12;
    /// Choices of a parameter.
    pub const CHOICES: usize = 30;
    /// Largest number in a chart; larger ones are refused, as are NaN and infinities.
    pub const NUMBER: f64 = 1e15;
}
