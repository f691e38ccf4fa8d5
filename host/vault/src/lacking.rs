//! Stored rows from the days of a file that the file lacks.

use crate::bodies::{Bodies, Plan};
use crate::chunk::Opener;
use crate::error::Result;
use crate::gathered::{Compared, Gathered, Importing};
use crate::identity::{fingerprint, identity_of};
use crate::index::index;
use crate::opened::{OpenOptions, open};
use crate::records::{self, Indexed};
use mesinfos_model::day::UNDATED;
use mesinfos_model::{Batch, Category, Day, Digest};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A stored row that the file lacks.
pub(crate) struct Lacking<'a> {
    pub(crate) batch: &'a Batch,
    pub(crate) row: usize,
    pub(crate) month: i32,
    pub(crate) indexed: &'a Indexed,
    /// What the file says of the day of the row.
    pub(crate) covered: Covered,
    /// Whether the row is as the person corrected it.
    pub(crate) is_corrected: bool,
}

/// What a file says of a day. It may have a part of its first and of its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Covered {
    Not,
    Edge,
    Inner,
}

impl Covered {
    pub(crate) fn of(day: Option<Day>, days: Option<(Day, Day)>) -> Covered {
        match day.zip(days) {
            Some((day, (first, last))) if first < day && day < last => Covered::Inner,
            Some((day, (first, last))) if first == day || day == last => Covered::Edge,
            _ => Covered::Not,
        }
    }
}

/// The rows of one category that are looked for.
pub(crate) struct Wanted<'a> {
    pub(crate) category: Category,
    /// Whether a row may be one of them.
    pub(crate) is: &'a dyn Fn(&Batch, usize) -> bool,
    /// Whether a row is looked for outside the days of the file, too.
    pub(crate) is_beyond: &'a dyn Fn(&Batch, usize) -> bool,
    pub(crate) beyond: Beyond,
}

/// Months outside those of the file that are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beyond {
    None,
    /// The month before the first and the one after the last.
    Beside,
    All,
}

/// First and last day of the rows of a file in a category.
pub(crate) fn days(importing: &Importing, category: Category) -> Option<(Day, Day)> {
    let own = || importing.months().filter(|((of, _), _)| *of == category).map(|(_, gathered)| gathered);
    own().filter_map(|gathered| gathered.first).min().zip(own().filter_map(|gathered| gathered.last).max())
}

/// Calls `each` for every stored row that is wanted and that the file lacks, as of sequence number `as_of`.
pub(crate) fn lacking(
    importing: &Importing,
    compared: &Compared,
    as_of: u64,
    wanted: &Wanted<'_>,
    each: &mut dyn FnMut(&Lacking<'_>),
) -> Result<()> {
    let (vault, category) = (importing.vault(), wanted.category);
    let own = importing.months().filter(|((of, _), _)| *of == category);
    let gathered: BTreeMap<i32, &Gathered> = own.map(|((_, month), of)| (month, of)).collect();
    let dated = || gathered.keys().copied().filter(|month| *month != UNDATED);
    let span = dated().min().zip(dated().max());
    let span = span.map(|(from, until)| match wanted.beyond {
        Beyond::None => from..=until,
        Beyond::Beside => from.saturating_sub(1)..=until.saturating_add(1),
        Beyond::All => i32::MIN..=i32::MAX,
    });
    // Also months in which the file has no row.
    let is_near = |month| month != UNDATED && span.as_ref().is_some_and(|span| span.contains(&month));
    let mut kept: BTreeMap<(Category, i32), Vec<Indexed>> = BTreeMap::new();
    for (month, indexed) in index(vault, &records::chunks_of_category(vault.id(), category), is_near)? {
        if indexed.entry.seq <= as_of {
            kept.entry((category, month)).or_default().push(indexed);
        }
    }
    if kept.is_empty() {
        return Ok(());
    }
    let days = days(importing, category);
    let plan = Plan::new(Bodies::default(), kept.values().flatten());
    let mut opener = Opener::new()?;
    let corrected: BTreeMap<Digest, Digest> = compared.amended.corrected(category).collect();
    let in_file: BTreeSet<Digest> = corrected
        .iter()
        .filter(|(_, original)| compared.in_file.contains(original))
        .map(|(corrected, _)| *corrected)
        .collect();
    for (&month, chunks) in &kept {
        // Rows of the file by identity: each stands for one stored row.
        let mut there: HashMap<[u8; 32], u32> = HashMap::new();
        if let Some(gathered) = gathered.get(&month.1) {
            importing.each(month, gathered, &mut opener, &mut |_, batch| {
                for row in (0..batch.rows()).filter(|row| (wanted.is)(batch, *row)) {
                    *there.entry(identity_of(batch, row)).or_default() += 1;
                }
                Ok(())
            })?;
        }
        let of = OpenOptions::all(category);
        for indexed in chunks {
            let batch = open(vault, month, indexed, &of, &plan, &mut opener)?;
            for row in 0..batch.rows() {
                let covered = Covered::of(batch.day(row), days);
                if covered == Covered::Not && !(wanted.is_beyond)(&batch, row) || !(wanted.is)(&batch, row) {
                    continue;
                }
                let is = Digest(fingerprint(&batch, row));
                // A corrected row that the file has as the holder gave it is there.
                if in_file.contains(&is) {
                    continue;
                }
                match there.get_mut(&identity_of(&batch, row)) {
                    Some(count) if *count > 0 => *count -= 1,
                    _ => each(&Lacking {
                        batch: &batch,
                        row,
                        month: month.1,
                        indexed,
                        covered,
                        is_corrected: corrected.contains_key(&is),
                    }),
                }
            }
        }
    }
    Ok(())
}
