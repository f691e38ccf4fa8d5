//! The chunks of a category by month, as the index describes them: what to open is chosen before it is
//! opened.

use crate::chunk::Opener;
use crate::error::Result;
use crate::index::index;
use crate::person::PersonVault;
use crate::reader::Origins;
use crate::records::{self, Indexed};
use mesinfos_model::{Category, Day};

/// What the index says of a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChunkSummary {
    /// Number of the import of its rows.
    pub import: u64,
    /// Number of rows.
    pub rows: u64,
    /// Local days of its first and last row; `None` if its rows have no date.
    pub days: Option<(Day, Day)>,
}

/// The chunks of one month of a category, each with the rows of one import. None is open.
pub struct MonthChunks {
    vault: PersonVault,
    category: Category,
    month: i32,
    chunks: Vec<Indexed>,
}

impl MonthChunks {
    /// Number of the month: see [`Day::month`]; [`mesinfos_model::day::UNDATED`] for rows without a date.
    pub fn month(&self) -> i32 {
        self.month
    }

    /// What the index says of each chunk, in the order of [`MonthChunks::origins`].
    pub fn chunks(&self) -> impl Iterator<Item = ChunkSummary> {
        self.chunks.iter().map(|Indexed { entry, .. }| ChunkSummary {
            import: entry.seq,
            rows: entry.rows,
            days: entry.first.zip(entry.last),
        })
    }

    /// The rows of the chunks at these indexes, in ascending order, each with the number of its import.
    /// Chunks are opened on demand.
    ///
    /// # Errors
    /// [`crate::VaultError`] if the library that unpacks chunks cannot start.
    pub fn origins(&self, wanted: impl Fn(usize) -> bool) -> Result<Origins> {
        let chosen = self.chunks.iter().enumerate().filter(|(at, _)| wanted(*at));
        let chunks = chosen.map(|(_, Indexed { chunk, entry })| {
            (self.month, Indexed { chunk: *chunk, entry: entry.clone() })
        });
        Ok(Origins::new(self.vault.clone(), self.category, chunks.collect(), Opener::new()?))
    }
}

impl PersonVault {
    /// The months of a category that have rows, newest first. Rows without a date come last. For the person
    /// only, who may see the origin of each row. Opens no chunk.
    ///
    /// # Errors
    /// [`crate::VaultError`] if the index cannot be read.
    pub fn month_chunks(&self, category: Category) -> Result<Vec<MonthChunks>> {
        let mut months: Vec<MonthChunks> = Vec::new();
        // In order of months: rows without a date come first.
        for (month, indexed) in index(self, &records::chunks_of_category(self.id(), category), |_| true)? {
            match months.last_mut() {
                Some(last) if last.month == month => last.chunks.push(indexed),
                _ => months.push(MonthChunks { vault: self.clone(), category, month, chunks: vec![indexed] }),
            }
        }
        months.reverse();
        Ok(months)
    }
}
