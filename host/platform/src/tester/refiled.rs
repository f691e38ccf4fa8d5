//! Payments and products with one label, filed elsewhere together.
//!
//! A bank files every payment at a shop alike, and wrongly alike: a person corrects all of them at once. Their labels may
//! differ in a date or a number. Each is a correction of one row, as if it had been made alone.

use crate::tester::own_rows::id;
use crate::tester::typed_value::{Beside, typed};
use crate::{Caller, Platform, PlatformError, Result};
use mesinfos_consent::RowChange;
use mesinfos_model::visible::clean;
use mesinfos_model::{Category, Digest, Period, RowId};
use mesinfos_vault::{Change, PersonVault, row_fingerprint};

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
            labelled(&person.vault, category, label, |_| found += 1)?;
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
            labelled(&person.vault, category, label, |row| {
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
    mut visit: impl FnMut(Labelled),
) -> Result<()> {
    let schema = category.schema();
    let Some((named, filed)) = filed_by(category) else { return Ok(()) };
    let (Some(named), Some(filed)) = (schema.index(named), schema.index(filed)) else { return Ok(()) };
    let wanted = gist(label);
    for origin in vault.origins(category, &Period::ALL)? {
        let (import, batch) = origin?;
        let is_it = |row: &usize| batch.text(named, *row).is_some_and(|text| gist(text) == wanted);
        for row in (0..batch.rows()).filter(is_it) {
            visit(Labelled {
                id: id(&batch, row, import),
                key: row_fingerprint(&batch, row),
                filed: batch.text(filed, row).map(str::to_owned),
            });
        }
    }
    Ok(())
}
