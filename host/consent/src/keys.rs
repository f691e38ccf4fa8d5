//! Keys of this crate's records in the store.

use crate::id::{GrantId, ReceiptId};
use mesinfos_model::Digest;
use mesinfos_records::sha;
use mesinfos_store::{PersonId, Range};

/// Every key prefix of this crate's records for one person.
#[cfg(test)]
pub(crate) fn prefixes(person: PersonId) -> Vec<Vec<u8>> {
    vec![
        audit(person),
        audit_head(person),
        grants(person),
        grant_heads(person),
        of_person("grant-app/", person),
        grants_parts(person),
        receipts(person),
        of_person("receipt-part/", person),
        of_person("notice/", person),
        of_person("notice-part/", person),
    ]
}

/// Maximum number of records read in advance per range of grant records: the newest ones.
const RECENT: usize = 256;

/// The ranges of a person's records needed to check the head of the audit chain, to find the grants in force,
/// and to add entries.
pub fn ranges(person: PersonId) -> Vec<Range> {
    let of = |prefix: Vec<u8>| Range::prefix(person.into(), prefix);
    vec![
        Range::key(person.into(), audit_head(person)),
        // The last entry; also shows that none follows it.
        of(audit(person)).last(1),
        of(grant_apps(person)),
        of(grant_heads(person)).last(RECENT),
        of(grants(person)).last(RECENT),
        of(grants_parts(person)).last(RECENT),
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

/// Key prefix of the heads of all grants.
pub(crate) fn grant_heads(person: PersonId) -> Vec<u8> {
    of_person("grant-head/", person)
}

pub(crate) fn grant_head(person: PersonId, id: GrantId) -> Vec<u8> {
    [&grant_heads(person)[..], id.as_bytes()].concat()
}

/// Key prefix of the parts of all grants' events.
pub(crate) fn grants_parts(person: PersonId) -> Vec<u8> {
    of_person("grant-part/", person)
}

/// Key prefix of the parts of a grant's events.
pub(crate) fn grant_parts(person: PersonId, id: GrantId) -> Vec<u8> {
    [&grants_parts(person)[..], id.as_bytes(), b"/"].concat()
}

/// Key prefix of the newest grants of all apps.
pub(crate) fn grant_apps(person: PersonId) -> Vec<u8> {
    of_person("grant-app/", person)
}

/// Key of an app's record. The app's id has no fixed length and must not be readable in a key, so the key
/// holds 16 bytes of a digest of it.
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

/// Key prefix of the parts of a receipt.
pub(crate) fn receipt_parts(person: PersonId, id: ReceiptId) -> Vec<u8> {
    [&of_person("receipt-part/", person)[..], id.as_bytes(), b"/"].concat()
}

/// Key of the notice with a digest.
pub(crate) fn notice(person: PersonId, digest: Digest) -> Vec<u8> {
    [&of_person("notice/", person)[..], &digest.0].concat()
}

/// Key prefix of the parts of a notice.
pub(crate) fn notice_parts(person: PersonId, digest: Digest) -> Vec<u8> {
    [&of_person("notice-part/", person)[..], &digest.0, b"/"].concat()
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
            notice(person, Digest([1; 32])),
            notice_parts(person, Digest([1; 32])),
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
