//! Payments and products with one label, filed elsewhere together.
//!
//! A bank files every payment at a shop alike, and wrongly alike: a person corrects all of them at once. Their labels may
//! differ in a date or a number. Each is a correction of one row, as if it had been made alone.

use crate::tester::amendments::is_changeable;
use crate::tester::own_rows::id;
use crate::tester::typed_value::{Beside, typed};
use crate::{Caller, Platform, PlatformError, Result};
use mesinfos_consent::RowChange;
use mesinfos_model::visible::clean;
use mesinfos_model::{Batch, Category, Digest, Period, RowId};
use mesinfos_vault::{Amendment, Change, PersonVault, row_fingerprint};
use std::collections::BTreeMap;

/// Most rows that are corrected at once. Each is a commit and an entry of the log.
pub const MOST_REFILED: usize = 200;

/// Rows of one label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Refiled {
    /// Rows that were corrected.
    pub corrected: usize,
    /// Rows that were not, because there were more than [`MOST_REFILED`].
    pub left: usize,
}

/// The field that names what a row of a category is about, and the one by which its holder files it, if it has both.
pub fn filed_by(category: Category) -> Option<(&'static str, &'static str)> {
    match category {
        Category::Bank => Some(("label", "bank-category")),
        Category::Purchases => Some(("label", "shelf")),
        _ => None,
    }
}

/// A label without what changes from one payment to the next: dates, numbers of cards and references. The whole label if
/// nothing but words of every payment would be left.
///
/// ```
/// use mesinfos_platform::gist;
/// assert_eq!(gist("CARTE 23/11/26 ASSO CHORALE CB*4412"), "CARTE ASSO CHORALE");
/// assert_eq!(gist("PHARMACIE DU 8 MAI"), "PHARMACIE DU 8 MAI");
/// assert_eq!(gist("CARTE 23/11/26"), "CARTE 23/11/26");
/// ```
pub fn gist(label: &str) -> String {
    let is_kept = |word: &&str| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let groups = word.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).count();
        let is_date = groups > 1 && word.contains(['/', '.', '-']) && !word.contains(char::is_alphabetic);
        digits < 4 && !is_date
    };
    let kept: Vec<&str> = label.split_whitespace().filter(is_kept).collect();
    let says = |word: &&&str| !OF_EVERY_PAYMENT.contains(&word.to_uppercase().as_str());
    if kept.iter().any(|word| says(&word)) { kept.join(" ") } else { label.to_owned() }
}

/// Words of French statements that say how was paid, and not whom.
const OF_EVERY_PAYMENT: [&str; 18] = [
    "ACHAT",
    "AU",
    "CARTE",
    "CB",
    "CHEQUE",
    "DAB",
    "DE",
    "DU",
    "FACTURE",
    "LE",
    "PAIEMENT",
    "PRELEVEMENT",
    "PRLV",
    "RETRAIT",
    "SEPA",
    "VERS",
    "VIR",
    "VIREMENT",
];

impl Platform {
    /// Number of a person's rows of a category with a label, or one of the same [`gist`].
    ///
    /// # Errors
    /// If there is no such person.
    pub fn rows_labelled(&self, caller: &Caller, category: Category, label: &str) -> Result<usize> {
        self.read_of(caller, |person| {
            let mut found = 0;
            labelled(&person.vault, category, label, |_, _| found += 1)?;
            Ok(found)
        })
    }

    /// Files all rows of a category with a label, or one of the same [`gist`], under `text`: at most [`MOST_REFILED`] that are filed elsewhere,
    /// those of the oldest months first.
    ///
    /// # Errors
    /// [`PlatformError::BadRowValue`] if the category has no such fields or `text` cannot be stored;
    /// [`Platform::correct_row`]. Rows that were corrected before an error stay corrected.
    pub fn refile(&self, caller: &Caller, category: Category, label: &str, text: &str) -> Result<Refiled> {
        let bad = |field: &str| PlatformError::BadRowValue { category, field: clean(field) };
        let (_, filed) = filed_by(category).ok_or_else(|| bad(""))?;
        let schema = category.schema();
        let at = schema.index(filed).ok_or_else(|| bad(filed))?;
        let value = typed(&schema.fields[at], text, &Beside::default()).ok_or_else(|| bad(filed))?;
        let wanted = (!text.trim().is_empty()).then(|| text.trim());
        let mut rows: Vec<(RowId, Digest)> = Vec::new();
        self.read_of(caller, |person| {
            labelled(&person.vault, category, label, |row, _| {
                if row.filed.as_deref() != wanted {
                    rows.push((row.id, row.key));
                }
            })
        })?;
        let mut done = Refiled { left: rows.len().saturating_sub(MOST_REFILED), ..Refiled::default() };
        let cells = [(at, value.cell())];
        for (row, key) in rows.into_iter().take(MOST_REFILED) {
            // Another window may have changed a row meanwhile.
            let is_there = self.change_row(
                caller,
                (category, row, key),
                Change::Correct(&cells),
                RowChange::Corrected,
                None,
            )?;
            done.corrected += usize::from(is_there);
        }
        Ok(done)
    }

    /// Number of other rows of a category with a label, or one of the same [`gist`], that the person filed as `filed` too,
    /// and corrected in nothing else: [`Platform::restore_refiled`] takes them back with the row `but`.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn refiled_with(
        &self,
        caller: &Caller,
        category: Category,
        (label, filed): (&str, &str),
        but: RowId,
    ) -> Result<usize> {
        self.read_of(caller, |person| {
            let others = refiled_as(&person.vault, category, (label, filed))?;
            Ok(others.iter().filter(|(row, _)| *row != but).count())
        })
    }

    /// Puts back what the holder gave of a corrected row, and of the others of [`Platform::refiled_with`]: at most
    /// [`MOST_REFILED`] of these. `None` if the row itself is not there any more.
    ///
    /// # Errors
    /// [`Platform::restore_row`]. Rows that were put back before an error stay so.
    pub fn restore_refiled(
        &self,
        caller: &Caller,
        category: Category,
        (label, filed): (&str, &str),
        (row, key): (RowId, Digest),
    ) -> Result<Option<Refiled>> {
        let all = self.read_of(caller, |person| refiled_as(&person.vault, category, (label, filed)))?;
        if !self.restore_row(caller, category, row, key)? {
            return Ok(None);
        }
        let others: Vec<(RowId, Digest)> = all.into_iter().filter(|(other, _)| *other != row).collect();
        let left = others.len().saturating_sub(MOST_REFILED);
        let mut done = Refiled { corrected: 1, left };
        for (other, key) in others.into_iter().take(MOST_REFILED) {
            // Another window may have changed a row meanwhile.
            done.corrected += usize::from(self.restore_row(caller, category, other, key)?);
        }
        Ok(Some(done))
    }
}

/// The rows with a label that the person filed as `filed`, where the holder had filed them elsewhere and nothing else was
/// corrected.
fn refiled_as(
    vault: &PersonVault,
    category: Category,
    (label, filed): (&str, &str),
) -> Result<Vec<(RowId, Digest)>> {
    let Some((_, field)) = filed_by(category) else { return Ok(Vec::new()) };
    let Some(field) = category.schema().index(field) else { return Ok(Vec::new()) };
    let corrected = vault.amendments()?.into_iter().filter(|one| one.category == category);
    let corrected: BTreeMap<(RowId, Digest), Amendment> =
        corrected.filter_map(|one| Some(((one.row, one.now?), one))).collect();
    let mut found = Vec::new();
    labelled(vault, category, label, |row, now| {
        let before = corrected.get(&(row.id, row.key)).and_then(Amendment::original);
        let is_only = before.is_some_and(|before| differs_only_in(field, &before, now));
        if is_only && row.filed.as_deref().unwrap_or_default() == filed {
            found.push((row.id, row.key));
        }
    })?;
    Ok(found)
}

/// Whether a row was corrected in a field, and in no other that a person changes.
fn differs_only_in(field: usize, before: &Batch, (now, row): (&Batch, usize)) -> bool {
    let value = |batch: &Batch, at: usize, row: usize| {
        (batch.integer(at, row), batch.text(at, row).map(str::to_owned))
    };
    let schema = now.schema();
    (0..schema.fields.len())
        .filter(|at| is_changeable(schema.category, &schema.fields[*at]))
        .all(|at| (value(before, at, 0) == value(now, at, row)) == (at != field))
}

/// A row with the label.
struct Labelled {
    id: RowId,
    key: Digest,
    filed: Option<String>,
}

/// Visits the rows with a label.
fn labelled(
    vault: &PersonVault,
    category: Category,
    label: &str,
    mut visit: impl FnMut(Labelled, (&Batch, usize)),
) -> Result<()> {
    let schema = category.schema();
    let Some((named, filed)) = filed_by(category) else { return Ok(()) };
    let (Some(named), Some(filed)) = (schema.index(named), schema.index(filed)) else { return Ok(()) };
    let wanted = gist(label);
    for origin in vault.origins(category, &Period::ALL)? {
        let (import, batch) = origin?;
        let is_it = |row: &usize| batch.text(named, *row).is_some_and(|text| gist(text) == wanted);
        for row in (0..batch.rows()).filter(is_it) {
            let found = Labelled {
                id: id(&batch, row, import),
                key: row_fingerprint(&batch, row),
                filed: batch.text(filed, row).map(str::to_owned),
            };
            visit(found, (&batch, row));
        }
    }
    Ok(())
}
