//! Hashes of rows: of what identifies them, of some values, and of all.

use aws_lc_rs::digest::{SHA256, digest};
use mesinfos_model::category::{Identity, Revision};
use mesinfos_model::{Batch, Category, FieldKind, Position, RowId, bic};
use std::hash::BuildHasher;

/// Names of formats that versions until 0.2 gave as holders where a file names none. Such a row is the same as one without
/// a holder.
const FORMER_HOLDERS: [&str; 15] = [
    "OFX",
    "QIF",
    "camt",
    "STET",
    "Berlin Group",
    "Open Banking",
    "midata",
    "GPX",
    "vCard",
    "Green Button",
    "browserexport",
    "FHIR",
    "Health record",
    "Open Badges",
    "Europass",
];

/// The holder by which a row is compared. Versions until 0.2 gave a format or, of an account, a BIC as the holder: now a
/// bank that is known by its BIC has its name, and another one none.
fn holder(category: Category, text: &str) -> &str {
    match text {
        text if FORMER_HOLDERS.contains(&text) => "",
        text if category == Category::Bank && bic::is_bic(text) => bic::bank(text).unwrap_or_default(),
        text => text,
    }
}

/// Id of a row of an import.
pub(crate) fn row_id(batch: &Batch, row: usize, import: u64) -> RowId {
    let packed = batch.integer(batch.schema().position(), row).unwrap_or(0);
    RowId { import, position: Position::unpacked(packed) }
}

/// The SHA-256 of the identity of a row.
pub(crate) fn identity_of(batch: &Batch, row: usize) -> [u8; 32] {
    identity_with(batch, row, &mut Vec::new())
}

/// [`identity_of`], with memory for the values that is used again.
pub(crate) fn identity_with(batch: &Batch, row: usize, bytes: &mut Vec<u8>) -> [u8; 32] {
    let (Identity::Set(fields) | Identity::Multiset(fields)) = batch.schema().identity;
    bytes.clear();
    identity(batch, fields, row, bytes);
    sha256(bytes)
}

/// The SHA-256 of all values of a row.
pub(crate) fn fingerprint(batch: &Batch, row: usize) -> [u8; 32] {
    let all: Vec<usize> = (0..batch.schema().fields.len()).collect();
    hashed(batch, &all, row)
}

/// The SHA-256 of all values of a row without its position in the file.
pub(crate) fn content(batch: &Batch, row: usize) -> [u8; 32] {
    let position = batch.schema().position();
    let all: Vec<usize> = (0..batch.schema().fields.len()).filter(|field| *field != position).collect();
    hashed(batch, &all, row)
}

/// The SHA-256 of some values of a row, without its holder.
pub(crate) fn hash_of(batch: &Batch, fields: &[usize], row: usize) -> [u8; 32] {
    let mut bytes = Vec::new();
    encode(batch, fields.iter().copied(), row, &mut bytes);
    sha256(&bytes)
}

fn hashed(batch: &Batch, fields: &[usize], row: usize) -> [u8; 32] {
    let mut bytes = Vec::new();
    identity(batch, fields, row, &mut bytes);
    sha256(&bytes)
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut id = [0; 32];
    id.copy_from_slice(digest(&SHA256, bytes).as_ref());
    id
}

/// Appends the identifying values of a row and its holder, encoded without ambiguity.
fn identity(batch: &Batch, fields: &[usize], row: usize, out: &mut Vec<u8>) {
    encode(batch, [batch.schema().holder].into_iter().chain(fields.iter().copied()), row, out);
    // What was announced only is another row than what was booked, which would not count if it were there already.
    if is_pending(batch, row) {
        out.push(1);
    }
}

/// Whether a row was announced only, by the rule of its category.
pub(crate) fn is_pending(batch: &Batch, row: usize) -> bool {
    let pending = batch.schema().alike.and_then(|alike| alike.pending);
    pending.is_some_and(|(field, code)| batch.integer(field, row) == Some(code))
}

/// Whether a row has a value of a field; an empty text is none.
pub(crate) fn has_value(batch: &Batch, field: usize, row: usize) -> bool {
    match batch.schema().fields[field].kind {
        FieldKind::Term | FieldKind::Pseudonym | FieldKind::Text => {
            batch.text(field, row).is_some_and(|text| !text.is_empty())
        }
        FieldKind::Date | FieldKind::Instant | FieldKind::Integer | FieldKind::Code(_) => {
            batch.integer(field, row).is_some()
        }
    }
}

fn encode(batch: &Batch, fields: impl Iterator<Item = usize>, row: usize, out: &mut Vec<u8>) {
    for field in fields {
        match batch.schema().fields[field].kind {
            FieldKind::Term | FieldKind::Pseudonym | FieldKind::Text => {
                // In the model, a missing text equals an empty one.
                let text = batch.text(field, row).unwrap_or_default();
                let text = if field == batch.schema().holder { holder(batch.category(), text) } else { text };
                out.extend_from_slice(&text.len().to_le_bytes());
                out.extend_from_slice(text.as_bytes());
            }
            FieldKind::Date | FieldKind::Instant | FieldKind::Integer | FieldKind::Code(_) => {
                // The model encodes a missing number as the smallest one.
                let number = batch.integer(field, row).unwrap_or(i64::MIN);
                out.extend_from_slice(&number.to_le_bytes());
            }
        }
    }
}

/// The names of what a row tells, by the category's [`Revision`], as hashes with its holder; `None` if it has none.
pub(crate) fn names_of(batch: &Batch, row: usize) -> [Option<[u8; 32]>; Revision::MOST_NAMES] {
    let mut names = [None; Revision::MOST_NAMES];
    for (number, (hash, name)) in names.iter_mut().zip(batch.schema().revision.names).enumerate() {
        if name.required.iter().all(|field| has_value(batch, *field, row)) {
            // Two names of a category are never equal.
            let mut bytes = number.to_le_bytes().to_vec();
            let fields = name.required.iter().chain(name.others).copied();
            encode(batch, [batch.schema().holder].into_iter().chain(fields), row, &mut bytes);
            *hash = Some(sha256(&bytes));
        }
    }
    names
}

/// Hashes of the fields of the identity of a row, in their order; zero if missing.
pub(crate) fn identity_fields(batch: &Batch, row: usize, hasher: &impl BuildHasher) -> Vec<u64> {
    let (Identity::Set(fields) | Identity::Multiset(fields)) = batch.schema().identity;
    fields.iter().map(|field| hash_value(batch, *field, row, hasher)).collect()
}

/// Hash of a value; zero if it is missing.
pub(crate) fn hash_value(batch: &Batch, field: usize, row: usize, hasher: &impl BuildHasher) -> u64 {
    if !has_value(batch, field, row) {
        return 0;
    }
    let hash = match batch.schema().fields[field].kind {
        FieldKind::Term | FieldKind::Pseudonym | FieldKind::Text => hasher.hash_one(batch.text(field, row)),
        FieldKind::Date | FieldKind::Instant | FieldKind::Integer | FieldKind::Code(_) => {
            hasher.hash_one(batch.integer(field, row))
        }
    };
    hash.max(1)
}

/// Number of a row's file in the archive; 0 if the file is none.
pub(crate) fn member(rows: &Batch, row: usize) -> u64 {
    let position = rows.integer(rows.schema().position(), row);
    position.map_or(0, |packed| Position::unpacked(packed).member)
}

/// How firm a row is, by the category's [`Revision`]: 0 if it does not last, 2 if it is certain.
pub(crate) fn firmness(batch: &Batch, row: usize) -> u8 {
    let Some(rule) = batch.schema().revision.firmness else { return 1 };
    match batch.integer(rule.field, row) {
        Some(code) if rule.firm.contains(&code) => 2,
        Some(code) if rule.provisional.contains(&code) => 0,
        _ => 1,
    }
}
