//! Everything that hangs in the log, held against it.

use crate::audit::{Audit, AuditEvent, Entry, Verified, entry};
use crate::error::{ConsentError, Result};
use crate::faults::{Against, Mismatch};
use crate::grant::Grant;
use crate::id::{GrantId, ReceiptId};
use crate::ledger::Grants;
use crate::receipt::Receipts;
use mesinfos_model::{Category, Digest};
use mesinfos_store::{Batch, PersonId, Sealer, Store};
use std::collections::{BTreeMap, BTreeSet};

/// What the log says of imports: for who holds the vault against it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imports {
    /// Rows that came in, by import and category.
    pub rows: BTreeMap<(u64, Category), u64>,
    /// Imports that were undone.
    pub undone: BTreeSet<u64>,
}

/// What the log tells of records that stand by themselves.
#[derive(Default)]
struct Told {
    /// Hashes of events, by grant and number.
    events: BTreeMap<GrantId, BTreeMap<u64, Digest>>,
    /// Grants of which an older version logged events without their hash.
    partly: BTreeSet<GrantId>,
    /// Receipts, with their digests; an older version did not log those.
    receipts: BTreeMap<ReceiptId, Option<Digest>>,
    imports: Imports,
    /// Whether the head that was kept has come up.
    kept: bool,
}

impl Told {
    fn take(&mut self, entry: &Entry, kept: Option<Digest>) {
        self.kept |= kept == Some(entry.hash);
        match &entry.event {
            AuditEvent::Grant { grant, event: Some(event), .. } => {
                self.events.entry(*grant).or_default().insert(event.seq, event.hash);
            }
            AuditEvent::Grant { grant, event: None, .. } => {
                self.partly.insert(*grant);
            }
            AuditEvent::Ran { receipt: Some(receipt), digest, .. } => {
                self.receipts.insert(*receipt, *digest);
            }
            AuditEvent::Imported { import, category, accepted, .. } => {
                *self.imports.rows.entry((*import, *category)).or_default() += accepted;
            }
            AuditEvent::Undone { import, .. } => {
                self.imports.undone.insert(*import);
            }
            _ => {}
        }
    }

    /// Holds the record of a grant against the log.
    fn grant(&self, grant: &Grant) -> Result<()> {
        let (id, nothing) = (grant.id(), BTreeMap::new());
        let logged = self.events.get(&id).unwrap_or(&nothing);
        let wrong = |event, what| Err(Mismatch::Event { grant: id, event, what }.into());
        for event in &grant.events {
            match logged.get(&event.seq) {
                Some(hash) if *hash == event.hash => {}
                Some(_) => return wrong(event.seq, Against::Other),
                // Some events of an older version are not logged, all of them before the first that is.
                None if self.partly.contains(&id)
                    && logged.first_key_value().is_none_or(|(first, _)| event.seq < *first) => {}
                None => return wrong(event.seq, Against::Unlogged),
            }
        }
        let length = grant.events.len() as u64;
        match logged.range(length..).next() {
            Some((missing, _)) => wrong(*missing, Against::Missing),
            None => Ok(()),
        }
    }

    /// Holds all grants against the log.
    fn grants(&self, grants: &Grants<'_>) -> Result<()> {
        let all = grants.list()?;
        all.iter().try_for_each(|grant| self.grant(grant))?;
        let there: BTreeSet<GrantId> = all.iter().map(Grant::id).collect();
        match self.events.keys().chain(&self.partly).find(|id| !there.contains(id)) {
            Some(&grant) => Err(Mismatch::Event { grant, event: 0, what: Against::Missing }.into()),
            None => Ok(()),
        }
    }

    /// Holds all receipts against the log.
    fn receipts(&self, receipts: &Receipts<'_>) -> Result<()> {
        let mut there = BTreeSet::new();
        for (receipt, digest) in receipts.digests()? {
            let wrong = |what| Err(Mismatch::Receipt { receipt: receipt.id, what }.into());
            match self.receipts.get(&receipt.id) {
                None => return wrong(Against::Unlogged),
                Some(Some(logged)) if *logged != digest => return wrong(Against::Other),
                Some(_) => there.insert(receipt.id),
            };
        }
        match self.receipts.keys().find(|id| !there.contains(id)) {
            Some(&receipt) => Err(Mismatch::Receipt { receipt, what: Against::Missing }.into()),
            None => Ok(()),
        }
    }
}

/// Reads the whole log of a person, whose sealer it is, and holds every grant and receipt against it.
/// `kept` is a head of the log that was kept elsewhere: the hash of any entry up to now.
///
/// # Errors
/// [`ConsentError::Broken`] for the log itself, [`ConsentError::Mismatch`] for what does not agree with
/// it: the first that is found.
pub fn verify(
    store: &dyn Store,
    sealer: &dyn Sealer,
    person: PersonId,
    kept: Option<Digest>,
) -> Result<(Verified, Imports)> {
    let audit = Audit::new(store, sealer, person);
    let (grants, receipts) = (Grants::new(store, sealer, person), Receipts::new(store, sealer, person));
    // What is logged meanwhile changes the head: then it is looked at again.
    audit.chain.settled(|before| {
        let mut told = Told { kept: kept.is_none(), ..Told::default() };
        let tip = audit.chain.walk(&Batch::default(), &mut |link| {
            told.take(&entry(link)?, kept);
            Ok(())
        })?;
        if let Some(kept) = kept.filter(|_| !told.kept) {
            return Err(Mismatch::Head(kept).into());
        }
        told.grants(&grants)?;
        told.receipts(&receipts)?;
        audit.check_grants(before.bound)?;
        Ok::<_, ConsentError>((Verified { entries: tip.length, head: tip.hash }, told.imports))
    })
}
