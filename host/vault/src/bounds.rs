//! Limits for the memory that a month may take. A month may have any number of rows: a file with all rows on
//! one day is as easily made as one over a lifetime.

use crate::columns;

/// The limits. There is one set; tests use tiny ones, so that a few rows exercise every path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// Bytes of rows that an import holds before it spills the largest month, sealed.
    pub(crate) held: usize,
    /// Bytes of new rows that an import sorts at once: one run. Readers merge runs.
    pub(crate) run: usize,
    /// Size of a chunk: rows, and their approximate bytes in memory when open.
    pub(crate) chunk: Size,
    /// Identities that an import holds at once, of some hundred bytes each. Above this, it passes over the
    /// stored rows and its own once per part; months of usual size take one pass.
    pub(crate) known: u64,
    /// Size of a page: rows, and approximate bytes. A month of readings at one a minute is one page.
    pub(crate) page: Size,
    /// Bytes of open chunks that a reader holds during a merge; above this it closes and reopens chunks.
    pub(crate) open: usize,
}

/// Number of rows, and their bytes in memory.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) rows: usize,
    pub(crate) bytes: usize,
}

/// Minimum size of a chunk in bytes, however many runs there are: a chunk is a file on disk.
const LEAST: usize = 64 << 10;

impl Bounds {
    pub(crate) const USUAL: Bounds = Bounds {
        held: 16 << 20,
        run: 8 << 20,
        chunk: Size { rows: columns::MAX_ROWS, bytes: 8 << 20 },
        known: 500_000,
        page: Size { rows: columns::MAX_ROWS, bytes: 16 << 20 },
        open: 48 << 20,
    };

    /// The chunk size for a month of `bytes`. A reader holds one chunk of each run, so chunks are smaller if
    /// there will be many runs.
    pub(crate) fn chunk_of(&self, bytes: u64) -> Size {
        let runs = usize::try_from(bytes / self.run.max(1) as u64).unwrap_or(usize::MAX).saturating_add(1);
        let bytes = (self.open / 2 / runs).max(LEAST).min(self.chunk.bytes);
        Size { bytes, ..self.chunk }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_of_each_run_is_open_at_once() {
        let usual = Bounds::USUAL;
        assert_eq!(usual.chunk_of(0).bytes, usual.chunk.bytes);
        for runs in [2, 10, 100, 300] {
            let size = usual.chunk_of((usual.run * runs) as u64);
            assert!(size.bytes * runs <= usual.open && size.bytes >= LEAST, "{runs} runs of {size:?}");
        }
        assert_eq!(usual.chunk_of(u64::MAX).bytes, LEAST);
    }
}
