//! Rows that several files of one archive have: exports of one account overlap, in an archive as anywhere.
//!
//! Of rows with one identity, the archive counts for as many as the file of it that has most of them, as if each file had
//! been imported on its own. Only rows of a multiset are told apart: in a set, one row stands for all of an identity.

use crate::chunk::Opener;
use crate::error::Result;
use crate::gathered::{Flags, Gathered, Importing};
use crate::identity::{firmness, identity_with, member};
use crate::known::part_of;
use mesinfos_model::Category;
use std::collections::HashMap;

/// The rows of one identity: those that count, each with its firmness, and how many the present file has.
#[derive(Default)]
struct Same {
    counting: Vec<(usize, u8)>,
    member: u64,
    seen: usize,
}

impl Importing {
    /// Marks the rows of a month that another file of the archive has too, among the identities of one part of `parts`. Of
    /// two, the firmer one counts (a booked transaction, not the pending one), else the first.
    pub(crate) fn mark_repeats(
        &self,
        month: (Category, i32),
        gathered: &Gathered,
        (part, parts): (u64, u64),
        opener: &mut Opener,
        repeats: &mut Flags,
    ) -> Result<()> {
        let mut by_id: HashMap<[u8; 32], Same> = HashMap::new();
        let mut bytes = Vec::new();
        self.each(month, gathered, opener, &mut |before, rows| {
            for row in 0..rows.rows() {
                let id = identity_with(rows, row, &mut bytes);
                if part_of(&id, parts) != part {
                    continue;
                }
                let own = (before + row, firmness(rows, row));
                if let Some(repeat) = by_id.entry(id).or_default().take(own, member(rows, row)) {
                    repeats.set(repeat);
                }
            }
            Ok(())
        })
    }
}

impl Same {
    /// Takes the next row. Returns the row that does not count because of it, which may be itself.
    fn take(&mut self, own: (usize, u8), member: u64) -> Option<usize> {
        if self.member != member {
            (self.member, self.seen) = (member, 0);
        }
        self.seen += 1;
        let Some(earlier) = self.counting.get_mut(self.seen - 1) else {
            self.counting.push(own);
            return None;
        };
        if own.1 > earlier.1 {
            return Some(std::mem::replace(earlier, own).0);
        }
        Some(own.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_count_as_the_file_with_most_has() {
        let mut same = Same::default();
        let mut dropped = |row, firmness, member| same.take((row, firmness), member);
        assert_eq!((dropped(0, 1, 1), dropped(1, 1, 1)), (None, None), "two in the first file");
        assert_eq!((dropped(2, 1, 2), dropped(3, 1, 2), dropped(4, 1, 2)), (Some(2), Some(3), None));
        assert_eq!((dropped(5, 0, 7), dropped(6, 2, 7)), (Some(5), Some(1)), "the booked one counts");
    }
}
