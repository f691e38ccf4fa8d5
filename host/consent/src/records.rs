//! The keys of this room, and how a sealed record is read and put into a batch.

use crate::error::{ConsentError, Result};
use crate::faults::Record;
use crate::id::{GrantId, ReceiptId};
use crate::sha;
use mesinfos_store::{Batch, MAX_VALUE, PersonId, Sealer, Store};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// How many records one step of a scan asks for.
pub(crate) const PAGE: usize = 256;

/// How much of a record that is longer than a value may be stands under one key, in bytes: what a
/// value may have, less what sealing adds (28 bytes) and some room.
pub(crate) const PART: usize = MAX_VALUE - 96;

/// The most parts of a record. The largest grant that [`crate::Draft`] lets through (every category,
/// each with the most holders, of the longest names, of characters that take six bytes as JSON, and without the
/// most rows) takes some 240, and the receipt of a run under it a few more.
pub(crate) const MAX_PARTS: usize = 256;

/// What stands in the place of a record that is kept in parts, before their number (u16). Other
/// records are JSON and begin with a brace.
const IN_PARTS: &[u8] = b"mesinfos/parts/1";

/// Every prefix under which this room keeps records of a person: what an erasure deletes.
pub fn prefixes(person: PersonId) -> Vec<Vec<u8>> {
    vec![
        audit(person),
        audit_head(person),
        grants(person),
        of_person("grant-head/", person),
        of_person("grant-app/", person),
        of_person("grant-part/", person),
        receipts(person),
        of_person("receipt-part/", person),
    ]
}

fn of_person(room: &str, person: PersonId) -> Vec<u8> {
    [room.as_bytes(), &person.0, b"/"].concat()
}

pub(crate) fn audit(person: PersonId) -> Vec<u8> {
    of_person("audit/", person)
}

pub(crate) fn audit_head(person: PersonId) -> Vec<u8> {
    [b"audit-head/", &person.0[..]].concat()
}

pub(crate) fn grants(person: PersonId) -> Vec<u8> {
    of_person("grant/", person)
}

pub(crate) fn grant(person: PersonId, id: GrantId) -> Vec<u8> {
    [&grants(person)[..], id.as_bytes(), b"/"].concat()
}

pub(crate) fn grant_head(person: PersonId, id: GrantId) -> Vec<u8> {
    [&of_person("grant-head/", person)[..], id.as_bytes()].concat()
}

/// Of the parts of a grant's events.
pub(crate) fn grant_parts(person: PersonId, id: GrantId) -> Vec<u8> {
    [&of_person("grant-part/", person)[..], id.as_bytes(), b"/"].concat()
}

/// Of the newest grants of all apps.
pub(crate) fn grant_apps(person: PersonId) -> Vec<u8> {
    of_person("grant-app/", person)
}

/// The app's id may be of any length and is nobody's business in a key: 16 bytes of its digest.
pub(crate) fn grant_app(person: PersonId, app: &str) -> Vec<u8> {
    let digest = sha::digest("mesinfos/grant-app/1", &[&person.0, app.as_bytes()]);
    [&grant_apps(person)[..], &digest.0[..16]].concat()
}

pub(crate) fn receipts(person: PersonId) -> Vec<u8> {
    of_person("receipt/", person)
}

pub(crate) fn receipt(person: PersonId, id: ReceiptId) -> Vec<u8> {
    [&receipts(person)[..], id.as_bytes()].concat()
}

/// Of the parts of a receipt.
pub(crate) fn receipt_parts(person: PersonId, id: ReceiptId) -> Vec<u8> {
    [&of_person("receipt-part/", person)[..], id.as_bytes(), b"/"].concat()
}

/// The sealed records of one person.
#[derive(Clone, Copy)]
pub(crate) struct Records<'a> {
    pub(crate) store: &'a dyn Store,
    pub(crate) sealer: &'a dyn Sealer,
    pub(crate) person: PersonId,
}

/// The sealed value of a key as a batch that is being filled will find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Current {
    /// The batch itself writes it.
    Pending(Vec<u8>),
    /// What is in the store.
    Stored(Option<Vec<u8>>),
}

impl Current {
    pub(crate) fn sealed(&self) -> Option<&[u8]> {
        match self {
            Current::Pending(sealed) => Some(sealed),
            Current::Stored(sealed) => sealed.as_deref(),
        }
    }
}

impl Records<'_> {
    /// The value of a key: that of the batch, if the batch writes it, so that one batch can hold
    /// several changes of the same record.
    pub(crate) fn current(&self, key: &[u8], batch: &Batch) -> Result<Current> {
        match batch.puts.iter().rev().find(|(k, _)| k == key) {
            Some((_, sealed)) => Ok(Current::Pending(sealed.clone())),
            None => Ok(Current::Stored(self.store.get(key)?)),
        }
    }

    /// Seals a record into a batch that happens only if the key is still as it was found.
    pub(crate) fn replace(
        &self,
        what: Record,
        key: Vec<u8>,
        found: Current,
        plain: &[u8],
        batch: &mut Batch,
    ) -> Result<()> {
        let Ok(sealed) = self.sealer.seal(&key, plain) else {
            return Err(ConsentError::Unsealable { what });
        };
        if sealed.len() > MAX_VALUE {
            return Err(ConsentError::TooLarge { what, size: sealed.len(), most: MAX_VALUE });
        }
        if let Current::Stored(value) = found {
            batch.expect(key.clone(), value);
        }
        batch.put(key, sealed);
        Ok(())
    }

    /// What is to stand under the key of a record that has so much room there: the record, or, if it is
    /// longer, what says that it is in parts, which are added to the batch.
    pub(crate) fn cut(
        &self,
        what: Record,
        parts: &[u8],
        plain: &[u8],
        room: usize,
        batch: &mut Batch,
    ) -> Result<Vec<u8>> {
        if plain.len() <= room {
            return Ok(plain.to_vec());
        }
        let count = fits(what, plain)?;
        for (number, part) in (0_u16..).zip(plain.chunks(PART)) {
            let key = [parts, &number.to_be_bytes()].concat();
            self.replace(what, key, Current::Stored(None), part, batch)?;
        }
        Ok([IN_PARTS, &count.to_be_bytes()].concat())
    }

    /// The whole of a record that [`Records::cut`] made this of; none if a part is missing or does not
    /// open. That the parts are those of this record is for its hash to say.
    pub(crate) fn joined(&self, parts: &[u8], stored: Vec<u8>, batch: &Batch) -> Result<Option<Vec<u8>>> {
        let Some(count) = stored.strip_prefix(IN_PARTS).and_then(|count| count.try_into().ok()) else {
            return Ok(Some(stored));
        };
        let mut whole = Vec::new();
        for number in 0..u16::from_be_bytes(count) {
            let key = [parts, &number.to_be_bytes()].concat();
            let found = self.current(&key, batch)?;
            let Some(Ok(part)) = found.sealed().map(|sealed| self.sealer.open(&key, sealed)) else {
                return Ok(None);
            };
            whole.extend(part);
        }
        Ok(Some(whole))
    }

    /// Opens the record that was found under a key.
    pub(crate) fn open<T: DeserializeOwned>(&self, what: Record, key: &[u8], sealed: &[u8]) -> Result<T> {
        let unreadable = |why: String| ConsentError::Unreadable { what, why };
        let plain = self.sealer.open(key, sealed).map_err(|e| unreadable(e.to_string()))?;
        serde_json::from_slice(&plain).map_err(|e| unreadable(e.to_string()))
    }
}

/// How many parts a record takes.
///
/// # Errors
/// [`ConsentError::TooLarge`] if they are too many.
pub(crate) fn fits(what: Record, plain: &[u8]) -> Result<u16> {
    let count = plain.len().div_ceil(PART);
    match u16::try_from(count) {
        Ok(parts) if count <= MAX_PARTS => Ok(parts),
        _ => Err(ConsentError::TooLarge { what, size: plain.len(), most: MAX_PARTS * PART }),
    }
}

/// A value as JSON.
pub(crate) fn json<T: Serialize>(what: Record, value: &T) -> Result<Vec<u8>> {
    serde_json::to_vec(value)
        .map_err(|e| ConsentError::Unreadable { what, why: format!("it is no JSON: {e}") })
}

/// Does something with a batch that leaves it as it was if it fails.
pub(crate) fn whole<T>(batch: &mut Batch, fill: impl FnOnce(&mut Batch) -> Result<T>) -> Result<T> {
    let mut filled = batch.clone();
    let done = fill(&mut filled)?;
    *batch = filled;
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::Category;

    #[test]
    fn every_key_is_under_a_prefix_that_names_the_person() {
        let person = PersonId([7; 16]);
        let grant_id = GrantId::new(1);
        let keys = [
            [&audit(person)[..], &[0; 8]].concat(),
            audit_head(person),
            [&grant(person, grant_id)[..], &[0; 8]].concat(),
            grant_head(person, grant_id),
            grant_app(person, Category::Bank.id()),
            receipt(person, ReceiptId::new(1)),
            grant_parts(person, grant_id),
            receipt_parts(person, ReceiptId::new(1)),
        ];
        let prefixes = prefixes(person);
        for key in &keys {
            let over: Vec<_> = prefixes.iter().filter(|p| key.starts_with(p)).collect();
            assert_eq!(over.len(), 1, "{key:?}");
        }
        for prefix in &prefixes {
            assert!(prefix.windows(16).any(|part| part == person.0));
        }
    }
}
