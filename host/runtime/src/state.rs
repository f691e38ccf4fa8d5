//! The state of one run: what host calls reach.

use crate::data::{Pages, Rows, RowsError};
use crate::limits::{AHEAD, Limits};
use crate::log::Log;
use crate::wasi::Wasi;
use mesinfos_model::{Batch, Category, CategoryScope, Column, TextColumn};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;
use wasmtime::component::{ComponentType, Lower, ResourceTable};

/// Why the host stopped a run.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum Stop {
    #[error("out of time")]
    Time,
    #[error("out of memory")]
    Memory,
    #[error("too many calls")]
    Calls,
    #[error("too many rows")]
    Rows,
    #[error("too many handles")]
    Handles,
    #[error(transparent)]
    Data(#[from] RowsError),
}

/// What a run has used.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counters {
    pub(crate) calls: u64,
    pub(crate) memory: usize,
    /// Rows and bytes handed over, for each category that was opened.
    pub(crate) reads: BTreeMap<Category, (u64, u64)>,
}

/// One granted category: its rows and how it is described to the app.
pub(crate) struct Granted {
    pub(crate) scope: CategoryScope,
    pub(crate) rows: Box<dyn Rows>,
}

pub(crate) struct State {
    /// Granted categories, and nothing else.
    pub(crate) granted: BTreeMap<Category, Granted>,
    pub(crate) table: ResourceTable,
    /// Readers that were opened.
    pub(crate) readers: u32,
    pub(crate) counters: Counters,
    pub(crate) log: Log,
    /// If its component imports any of it.
    pub(crate) wasi: Option<Box<Wasi>>,
    pub(crate) limits: Limits,
    pub(crate) deadline: Instant,
}

impl State {
    pub(crate) fn new(granted: BTreeMap<Category, Granted>, limits: Limits) -> State {
        let mut table = ResourceTable::new();
        table.set_max_capacity(limits.handles);
        State {
            granted,
            table,
            readers: 0,
            counters: Counters::default(),
            log: Log::default(),
            wasi: None,
            limits,
            deadline: Instant::now() + limits.time,
        }
    }

    /// Counts a call from the app, and looks at the clock: epochs do not interrupt host calls.
    pub(crate) fn called(&mut self) -> Result<(), Stop> {
        self.counters.calls += 1;
        if self.counters.calls > self.limits.host_calls {
            return Err(Stop::Calls);
        }
        self.on_time()
    }

    pub(crate) fn on_time(&self) -> Result<(), Stop> {
        if Instant::now() < self.deadline { Ok(()) } else { Err(Stop::Time) }
    }
}

impl wasmtime::ResourceLimiter for State {
    fn memory_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        if desired > self.limits.memory {
            return Err(Stop::Memory.into());
        }
        self.counters.memory = self.counters.memory.max(desired);
        Ok(true)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        if desired > self.limits.table_elements {
            return Err(Stop::Memory.into());
        }
        Ok(true)
    }

    fn instances(&self) -> usize {
        self.limits.instances
    }

    fn tables(&self) -> usize {
        self.limits.instances
    }

    fn memories(&self) -> usize {
        self.limits.instances
    }
}

/// A `reader` resource. None: the category was refused, so there are no rows.
pub(crate) struct Reader(pub(crate) Option<Reading>);

/// Pages, of which some are asked for ahead of the app.
pub(crate) struct Reading {
    pages: Box<dyn Pages>,
    /// How many to ask for when the app asks for its next page.
    ask: usize,
}

impl Reading {
    pub(crate) fn new(pages: Box<dyn Pages>, ahead: bool) -> Reading {
        Reading { pages, ask: if ahead { 1 + AHEAD } else { 1 } }
    }

    pub(crate) fn next(&mut self) -> Result<Option<Batch>, RowsError> {
        self.pages.ask(std::mem::replace(&mut self.ask, 1));
        self.pages.next()
    }
}

/// A `page` resource: columns ready to be lowered, without a copy.
pub(crate) struct Page {
    pub(crate) rows: u32,
    pub(crate) columns: Vec<Wire>,
}

/// The `text` record of `wit/data/types.wit`.
#[derive(ComponentType, Lower, Clone, Default)]
#[component(record)]
pub(crate) struct TextWire {
    ends: Arc<Vec<u32>>,
    utf8: Arc<Vec<u8>>,
}

impl From<Arc<TextColumn>> for TextWire {
    fn from(column: Arc<TextColumn>) -> TextWire {
        // Nobody else holds the column of a fresh page: this moves it.
        let column = Arc::try_unwrap(column).unwrap_or_else(|shared| (*shared).clone());
        TextWire { ends: Arc::new(column.ends), utf8: Arc::new(column.utf8) }
    }
}

/// The `terms` record of `wit/data/types.wit`.
#[derive(ComponentType, Lower, Clone, Default)]
#[component(record)]
pub(crate) struct TermsWire {
    codes: Arc<Vec<u32>>,
    values: TextWire,
}

/// A column as it crosses.
#[derive(Clone)]
pub(crate) enum Wire {
    Absent,
    I64(Arc<Vec<i64>>),
    I32(Arc<Vec<i32>>),
    U8(Arc<Vec<u8>>),
    Terms(TermsWire),
    Text(TextWire),
}

impl Page {
    pub(crate) fn new(batch: Batch) -> Page {
        let rows = u32::try_from(batch.rows()).unwrap_or(u32::MAX);
        let columns = batch
            .into_columns()
            .into_iter()
            .map(|column| match column {
                Column::Absent => Wire::Absent,
                Column::I64(v) => Wire::I64(v),
                Column::I32(v) => Wire::I32(v),
                Column::U8(v) => Wire::U8(v),
                Column::Terms { codes, values } => Wire::Terms(TermsWire { codes, values: values.into() }),
                Column::Text(texts) => Wire::Text(texts.into()),
            })
            .collect();
        Page { rows, columns }
    }
}

impl Wire {
    /// Bytes that cross to the app.
    pub(crate) fn bytes(&self) -> u64 {
        let text = |t: &TextWire| 4 * t.ends.len() + t.utf8.len();
        let bytes = match self {
            Wire::Absent => 0,
            Wire::I64(v) => 8 * v.len(),
            Wire::I32(v) => 4 * v.len(),
            Wire::U8(v) => v.len(),
            Wire::Terms(terms) => 4 * terms.codes.len() + text(&terms.values),
            Wire::Text(t) => text(t),
        };
        bytes as u64
    }
}
