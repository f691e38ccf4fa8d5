//! Rows of a category, as lines of JSON and for Parquet.

use super::archive::Pieces;
use super::papers::Papers;
use crate::Result;
use crate::tester::own_rows::id;
use mesinfos_intake::portable::write_line;
use mesinfos_model::{Batch, Category, Period};
use mesinfos_vault::{Origins, PersonVault};
use std::collections::BTreeSet;
use std::io;

/// Form of the lines.
pub(super) const FORM: &str = "application/x-ndjson; schema=mesinfos/row/1";

/// The rows that an archive has: those of some imports. They are opened when they are read.
#[derive(Clone)]
pub(super) struct RowSource {
    pub(super) vault: PersonVault,
    pub(super) imports: BTreeSet<u64>,
    pub(super) papers: Papers,
}

/// Rows of a category, chunk by chunk, with the number of their import.
pub(super) type Batches = Box<dyn Iterator<Item = Result<(u64, Batch)>> + Send>;

impl RowSource {
    /// The rows of a category.
    pub(super) fn batches(&self, category: Category) -> Batches {
        let RowSource { vault, imports, .. } = self.clone();
        let opened = std::iter::once_with(move || -> Result<Origins> {
            Ok(vault.origins(category, &Period::ALL)?.of_imports(&imports))
        });
        Box::new(opened.flat_map(|origins| -> Batches {
            match origins {
                Ok(origins) => Box::new(origins.map(|origin| Ok(origin?))),
                Err(error) => Box::new(std::iter::once(Err(error))),
            }
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
