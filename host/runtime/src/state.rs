//! The state of one run: everything that host calls can reach.

use crate::citations::Citations;
use crate::environment::World;
use crate::limits::{AHEAD, Limits};
use crate::notes::Notes;
use crate::row_source::{PageSource, RowSource, RowSourceError, Withdrawal};
use mesinfos_model::{Batch, Category, Column, FieldSet, Scope, TextColumn};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;
use wasmtime::component::{ComponentType, Lower, ResourceTable};

/// Reason for which the host stops a run.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum StopReason {
    #[error("out of time")]
    Time,
    #[error("out of memory")]
    Memory,
    #[error("too many calls")]
    Calls,
    #[error("too many rows")]
    RowSource,
    #[error("too many handles")]
    Handles,
    #[error("a handle of another category")]
    Foreign,
    #[error(transparent)]
    Data(#[from] RowSourceError),
}

/// Resources that a run has used so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counters {
    pub(crate) calls: u64,
    pub(crate) memory: usize,
    /// Rows handed over and bytes of columns read, for each opened category.
    pub(crate) reads: BTreeMap<Category, (u64, u64)>,
}

pub(crate) struct State {
    /// The rows of granted categories only.
    pub(crate) granted: BTreeMap<Category, Box<dyn RowSource>>,
    /// Scope announced to the app for each category that it imports, granted or not.
    pub(crate) announced: Scope,
    pub(crate) table: ResourceTable,
    /// Number of readers opened.
    pub(crate) readers: u32,
    pub(crate) counters: Counters,
    pub(crate) notes: Notes,
    pub(crate) citations: Citations,
    /// Bytes of all linear memories, and elements of all tables.
    pub(crate) taken: (usize, usize),
    /// Set if the component imports any WASI interface.
    pub(crate) wasi: Option<Box<World>>,
    pub(crate) limits: Limits,
    pub(crate) deadline: Instant,
    pub(crate) withdrawal: Withdrawal,
}

impl State {
    pub(crate) fn new(
        granted: BTreeMap<Category, Box<dyn RowSource>>,
        announced: Scope,
        limits: Limits,
    ) -> State {
        let mut table = ResourceTable::new();
        table.set_max_capacity(limits.handles);
        State {
            granted,
            announced,
            table,
            readers: 0,
            counters: Counters::default(),
            notes: Notes::default(),
            citations: Citations::default(),
            taken: (0, 0),
            wasi: None,
            limits,
            deadline: Instant::now() + limits.time,
            withdrawal: Withdrawal::never(),
        }
    }

    /// Counts a call from the app, and checks the clock: epochs do not interrupt host calls.
    pub(crate) fn called(&mut self) -> Result<(), StopReason> {
        self.counters.calls += 1;
        self.may_go_on()
    }

    /// Checks that calls and time are left and nothing was withdrawn. WASI calls only count: if they exceed
    /// the limit, the run ends here at the app's next interruption.
    pub(crate) fn may_go_on(&self) -> Result<(), StopReason> {
        if self.counters.calls > self.limits.host_calls {
            return Err(StopReason::Calls);
        }
        if self.withdrawal.is_over() {
            return Err(RowSourceError::Withdrawn.into());
        }
        if Instant::now() < self.deadline { Ok(()) } else { Err(StopReason::Time) }
    }
}

/// Growth of a memory or a table; 0 beyond its own maximum, where it cannot grow.
fn grown(current: usize, desired: usize, maximum: Option<usize>) -> usize {
    if maximum.is_some_and(|maximum| desired > maximum) { 0 } else { desired.saturating_sub(current) }
}

impl wasmtime::ResourceLimiter for State {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        // Counts all memories: a component may have several. None grows beyond its own maximum.
        self.taken.0 += grown(current, desired, maximum);
        if self.taken.0 > self.limits.memory {
            return Err(StopReason::Memory.into());
        }
        self.counters.memory = self.taken.0;
        Ok(true)
    }

    fn table_growing(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        self.taken.1 += grown(current, desired, maximum);
        if self.taken.1 > self.limits.table_elements {
            return Err(StopReason::Memory.into());
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

/// A `reader` resource.
pub(crate) struct ReaderHandle {
    /// Its category: a forged component may make two categories share one resource type.
    pub(crate) category: Category,
    /// `None` if the category was refused, so there are no rows.
    pub(crate) pages: Option<PrefetchedPages>,
}

/// A page source that requests some pages ahead of the app.
pub(crate) struct PrefetchedPages {
    pages: Box<dyn PageSource>,
    /// Number of pages to request when the app asks for its next one.
    ask: usize,
}

impl PrefetchedPages {
    pub(crate) fn new(pages: Box<dyn PageSource>, ahead: bool) -> PrefetchedPages {
        PrefetchedPages { pages, ask: if ahead { 1 + AHEAD } else { 1 } }
    }

    pub(crate) fn next(&mut self) -> Result<Option<Batch>, RowSourceError> {
        self.pages.ask(std::mem::replace(&mut self.ask, 1));
        self.pages.next()
    }
}

/// A `page` resource: columns ready to be lowered, without a copy.
pub(crate) struct PageHandle {
    pub(crate) category: Category,
    pub(crate) rows: u32,
    pub(crate) columns: Vec<Wire>,
    /// Columns that the app has read. Each counts once.
    pub(crate) taken: FieldSet,
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
        // Nothing else holds the column of a fresh page, so this moves it.
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

/// A column in the form sent to the app.
#[derive(Clone)]
pub(crate) enum Wire {
    Absent,
    I64(Arc<Vec<i64>>),
    I32(Arc<Vec<i32>>),
    U8(Arc<Vec<u8>>),
    Terms(TermsWire),
    Text(TextWire),
}

impl PageHandle {
    pub(crate) fn new(batch: Batch) -> PageHandle {
        let rows = u32::try_from(batch.rows()).unwrap_or(u32::MAX);
        let category = batch.category();
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
        PageHandle { category, rows, columns, taken: FieldSet::NONE }
    }
}

impl Wire {
    /// Number of bytes sent to the app.
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_call_after_the_end_of_its_time_is_stopped() {
        let mut state = State::new(BTreeMap::new(), Scope::new(), Limits::default());
        assert!(state.called().is_ok());
        state.deadline = Instant::now();
        assert!(matches!(state.called(), Err(StopReason::Time)));
        state.deadline += Duration::from_secs(60);
        state.withdrawal = Withdrawal::new(|| true);
        assert!(matches!(state.called(), Err(StopReason::Data(RowSourceError::Withdrawn))));
        state.withdrawal = Withdrawal::never();
        state.counters.calls = state.limits.host_calls;
        assert!(matches!(state.called(), Err(StopReason::Calls)));
    }

    #[test]
    fn memories_and_tables_are_added_up() {
        use wasmtime::ResourceLimiter as _;
        let limits = Limits { memory: 100, table_elements: 10, ..Limits::default() };
        let mut state = State::new(BTreeMap::new(), Scope::new(), limits);
        // A memory does not grow beyond its own maximum, and counts nothing.
        assert!(state.memory_growing(0, 90, Some(80)).unwrap());
        assert!(state.memory_growing(0, 60, None).unwrap());
        assert!(state.memory_growing(60, 80, None).unwrap());
        assert!(state.memory_growing(0, 30, None).is_err(), "a second one");
        assert!(state.table_growing(0, 9, None).unwrap());
        assert!(state.table_growing(0, 2, None).is_err());
        assert_eq!((state.counters.memory, state.instances()), (80, limits.instances));
    }
}
