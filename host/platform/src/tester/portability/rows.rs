//! Rows of a category, as lines of JSON and for Parquet.

use super::archive::Pieces;
use super::papers::Papers;
use crate::Result;
use crate::tester::own_rows::id;
use mesinfos_intake::portable::write_line;
use mesinfos_model::{Batch, Category, Period};
use mesinfos_vault::{Origins, PersonVault};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// Form of the lines.
pub(super) const FORM: &str = "application/x-ndjson; schema=mesinfos/row/1";

/// The rows that an archive has: those of some imports. They are opened when they are read.
#[derive(Clone)]
pub(super) struct RowSource {
    pub(super) vault: PersonVault,
    pub(super) imports: BTreeSet<u64>,
    pub(super) papers: Papers,
    /// Number of rows of each category.
    pub(super) counts: BTreeMap<Category, u64>,
}

/// Rows of a category, chunk by chunk, with the number of their import.
pub(super) type Batches = Box<dyn Iterator<Item = Result<(u64, Batch)>> + Send>;

impl RowSource {
    /// The rows of a category. The last item is an error if there are others than at the beginning: rows were undone
    /// meanwhile, and nobody could take the archive in.
    pub(super) fn batches(&self, category: Category) -> Batches {
        let RowSource { vault, imports, counts, .. } = self.clone();
        let (expected, mut there) = (counts.get(&category).copied().unwrap_or(0), 0);
        let opened = std::iter::once_with(move || -> Result<Origins> {
            Ok(vault.origins(category, &Period::ALL)?.of_imports(&imports))
        });
        let batches = opened.flat_map(|origins| -> Batches {
            match origins {
                Ok(origins) => Box::new(origins.map(|origin| Ok(origin?))),
                Err(error) => Box::new(std::iter::once(Err(error))),
            }
        });
        let end = std::iter::once(None);
        Box::new(batches.map(Some).chain(end).filter_map(move |batch| match batch {
            Some(batch) => {
                there += batch.as_ref().map_or(0, |(_, batch)| batch.rows() as u64);
                Some(batch)
            }
            None if there == expected => None,
            None => Some(Err(io::Error::other("rows were undone while the archive was made").into())),
        }))
    }

    /// The rows of a category as lines of JSON.
    pub(super) fn lines(&self, category: Category) -> Pieces {
        let papers = self.papers.clone();
        Box::new(self.batches(category).map(move |origin| {
            let (import, batch) = origin?;
            let mut lines = Vec::new();
            for row in 0..batch.rows() {
                let id = id(&batch, row, import);
                let paper = if category == Category::Documents { papers.name(id) } else { None };
                write_line(&mut lines, &batch, row, id, paper).map_err(io::Error::from)?;
            }
            Ok(lines)
        }))
    }
}
