//! What an app says that its figures rest on: rows, by the order in which they were given.

use crate::limits;
use crate::view::clean;
use mesinfos_model::Category;
use serde::{Deserialize, Serialize};

/// Rows of one reader behind the figures with one label. Not looked up yet: the rows may not exist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Label of the figures.
    pub label: String,
    /// Category of the rows.
    pub category: Category,
    /// Number of the reader among those of the category, from 0 in the order of opening.
    pub reader: u32,
    /// Numbers of the rows, from 0 in the order in which the reader gave them.
    pub rows: Vec<u32>,
}

/// All citations of a run, within [`limits::CITATIONS`] and [`limits::CITED_ROWS`]. What is beyond is dropped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citations(Vec<Citation>);

impl Citations {
    /// Adds what an app cites. An unknown category is dropped.
    pub(crate) fn add(&mut self, label: &str, category: &str, reader: u32, rows: Vec<u32>) {
        if let Some(category) = Category::from_id(category) {
            self.put(Citation { label: clean(label, limits::view::LABEL), category, reader, rows });
        }
    }

    fn put(&mut self, mut citation: Citation) {
        let cited: usize = self.0.iter().map(|one| one.rows.len()).sum();
        citation.rows.truncate(limits::CITED_ROWS.saturating_sub(cited));
        if self.0.len() < limits::CITATIONS && !citation.rows.is_empty() {
            self.0.push(citation);
        }
    }

    /// The citations of a runner, which may be anything.
    #[must_use]
    pub fn checked(self) -> Citations {
        let mut checked = Citations::default();
        for citation in self.0 {
            let label = clean(&citation.label, limits::view::LABEL);
            checked.put(Citation { label, ..citation });
        }
        checked
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Citation> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_are_bounded_and_clean() {
        let mut citations = Citations::default();
        citations.add("a\u{202e}b\n", "bank", 0, vec![1, 2]);
        citations.add("a", "dreams", 0, vec![1]);
        citations.add("a", "bank", 0, Vec::new());
        assert_eq!(citations.iter().count(), 1);
        assert!(!citations.iter().any(|one| one.label.contains('\u{202e}') || one.label.contains('\n')));
        for _ in 0..2 * limits::CITATIONS {
            citations.add(&"x".repeat(9_000), "bank", 7, vec![0; 100]);
        }
        citations.add("last", "bank", 7, vec![0; 2 * limits::CITED_ROWS]);
        let is_within = |all: &Citations| {
            all.iter().count() <= limits::CITATIONS
                && all.iter().map(|one| one.rows.len()).sum::<usize>() <= limits::CITED_ROWS
                && all.iter().all(|one| one.label.chars().count() <= limits::view::LABEL)
        };
        assert!(is_within(&citations));
        let one = |rows| Citation { label: "l".repeat(500), category: Category::Bank, reader: 0, rows };
        let forged = Citations((0..500).map(|_| one(vec![9; 1_000])).collect());
        assert!(is_within(&forged.checked()));
    }
}
