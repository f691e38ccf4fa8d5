//! Stored rows from the days of a file that the file lacks.

use crate::bodies::{Bodies, Plan};
use crate::chunk::Opener;
use crate::error::Result;
use crate::gathered::{Compared, Gathered, Importing};
use crate::identity::{fingerprint, identity_of};
use crate::opened::{OpenOptions, open};
use crate::reader;
use crate::records::Indexed;
use mesinfos_model::day::UNDATED;
use mesinfos_model::{Batch, Category, Digest};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A stored row that the file lacks.
pub(crate) struct Lacking<'a> {
    pub(crate) batch: &'a Batch,
    pub(crate) row: usize,
    pub(crate) month: i32,
    pub(crate) indexed: &'a Indexed,
    /// Whether the file does not cover the day of the row.
    pub(crate) is_outside: bool,
    /// Whether the row is as the person corrected it.
    pub(crate) is_corrected: bool,
}

/// The rows of one category that are looked for.
pub(crate) struct Wanted<'a> {
    pub(crate) category: Category,
    /// Whether a row may be one of them.
    pub(crate) is: &'a dyn Fn(&Batch, usize) -> bool,
    /// Whether a row is looked for in the months beside those of the file too.
    pub(crate) is_beyond: &'a dyn Fn(&Batch, usize) -> bool,
    pub(crate) has_beyond: bool,
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
    let has_undated = gathered.contains_key(&UNDATED);
    // Also months in which the file has no row. Few have stored ones.
    let beyond = i32::from(wanted.has_beyond);
    let span = dated().min().zip(dated().max());
    let span = span.map(|(from, until)| from.saturating_sub(beyond)..=until.saturating_add(beyond));
    let there_are = vault.months_known()?.into_iter().filter(|month| month.category == category);
    let months = there_are.map(|month| month.month);
    let months = months.filter(|month| span.as_ref().is_some_and(|span| span.contains(month)));
    let months = months.chain(has_undated.then_some(UNDATED)).map(|month| (category, month));
    let kept = reader::chunks_of_months(vault, months, as_of)?;
    if kept.values().all(Vec::is_empty) {
        return Ok(());
    }
    let first = gathered.values().filter_map(|gathered| gathered.first).min();
    let last = gathered.values().filter_map(|gathered| gathered.last).max();
    let days = first.zip(last);
    let plan = Plan::new(Bodies::default(), kept.values().flatten());
    let mut opener = Opener::new()?;
    let corrected: BTreeMap<Digest, Digest> = compared.amended.corrected(category).collect();
    let in_file: BTreeSet<Digest> = corrected
        .iter()
        .filter(|(_, original)| compared.in_file.contains(original))
        .map(|(corrected, _)| *corrected)
        .collect();
    for (&month, chunks) in kept.iter().filter(|(_, chunks)| !chunks.is_empty()) {
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
                let is_within = match batch.day(row) {
                    Some(day) => days.is_some_and(|(first, last)| first <= day && day <= last),
                    None => has_undated,
                };
                if !is_within && !(wanted.is_beyond)(&batch, row) || !(wanted.is)(&batch, row) {
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
                        is_outside: !is_within,
                        is_corrected: corrected.contains_key(&is),
                    }),
                }
            }
        }
    }
    Ok(())
}
