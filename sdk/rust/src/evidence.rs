//! The rows behind a figure. The host shows them to the person who runs the app, and to nobody else.
//!
//! A [`Source`] names a row by the order in which the host gave it: it holds nothing else, and the app learns nothing
//! from it. [`KeyFigure::because`](crate::view::KeyFigure::because) says that a figure rests on rows.

/// A row that was read, as evidence: see `as_source` of a row. The default names no row, for tests of an app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Source {
    category: &'static str,
    reader: u32,
    row: u32,
}

impl Source {
    pub(crate) fn new(category: &'static str, reader: u32, row: usize) -> Source {
        Source { category, reader, row: u32::try_from(row).unwrap_or(u32::MAX) }
    }
}

/// Says that the figures with this label rest on these rows. The host keeps the first few thousand of a run.
pub(crate) fn cite(label: &str, sources: impl IntoIterator<Item = Source>) {
    let mut sources: Vec<Source> = sources.into_iter().filter(|source| !source.category.is_empty()).collect();
    sources.sort_by_key(|source| (source.category, source.reader, source.row));
    sources.dedup();
    for of_reader in sources.chunk_by(|a, b| (a.category, a.reader) == (b.category, b.reader)) {
        let rows: Vec<u32> = of_reader.iter().map(|source| source.row).collect();
        give(label, of_reader[0], &rows);
    }
}

#[cfg(target_arch = "wasm32")]
fn give(label: &str, first: Source, rows: &[u32]) {
    crate::bindings::mesinfos::app::evidence::cite(label, first.category, first.reader, rows);
}

/// For the app's own tests, on the developer's machine: there is no host.
#[cfg(not(target_arch = "wasm32"))]
fn give(label: &str, first: Source, rows: &[u32]) {
    crate::testing::cite(label, first.category, first.reader, rows);
}
