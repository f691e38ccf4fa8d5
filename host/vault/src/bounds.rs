//! Limits on the memory used for one month. A month may have any number of rows: a file with all rows on one
//! day is as easy to make as one that spans a lifetime.

use crate::columns;

/// The limits. Production uses one set; tests use tiny limits, so that a few rows exercise every path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// Bytes of rows that an import holds before it seals and spills the largest month.
    pub(crate) held: usize,
    /// Bytes of new rows that an import sorts at once: one run. Readers merge runs.
    pub(crate) run: usize,
    /// Maximum size of a chunk: rows, and their approximate bytes in memory when open.
    pub(crate) chunk: Size,
    /// Identities that an import holds at once, about a hundred bytes each. Above this limit, it passes over
    /// the stored rows and its own rows once per part. A month of usual size takes one pass.
    pub(crate) known: u64,
    /// Maximum size of a page: rows, and approximate bytes. A month of one reading per minute is one page.
    pub(crate) page: Size,
    /// Bytes of open chunks that a reader holds during a merge. Above this limit, it closes and reopens
    /// chunks.
    pub(crate) open: usize,
}

/// Number of rows, and their bytes in memory.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) rows: usize,
    pub(crate) bytes: usize,
}

/// Lower bound for the size limit of a chunk, in bytes, for any number of runs: each chunk is a file on disk.
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

    /// The size limit of chunks for a month of `bytes`. A reader holds one chunk of each run, so the limit is
    /// lower for a month with many runs.
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
