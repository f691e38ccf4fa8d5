//! How much of a month is held in memory at once. A month may have any number of rows: a file whose rows are
//! all of one day is as easily made as one of a lifetime.

use crate::columns;

/// The bounds. There is one set of them; tests take tiny ones, so that a few rows go every way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// Bytes of rows that an import holds before it puts the largest month aside, sealed.
    pub(crate) held: usize,
    /// Bytes of new rows that an import sorts at once: a run. Readers merge runs.
    pub(crate) run: usize,
    /// Rows of a chunk, and about how many bytes they take in memory when it is opened.
    pub(crate) chunk: Size,
    /// Rows whose identities an import knows at once, of some hundred bytes each. It goes over what is there,
    /// and over its own rows, once for each so many: for months as people have them, once.
    pub(crate) known: u64,
    /// Rows of a page, and about how many bytes. A month of readings at one a minute is one page.
    pub(crate) page: Size,
    /// Bytes of opened chunks that a reader holds while it merges them; beyond, it opens chunks again.
    pub(crate) open: usize,
}

/// A number of rows, and their bytes in memory.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) rows: usize,
    pub(crate) bytes: usize,
}

/// The smallest bytes of a chunk, however many runs there are: a chunk is a file on disk.
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

    /// The size of the chunks of a month of which so many bytes come: if there will be many runs, a reader
    /// holds one chunk of each, so they are the smaller.
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
