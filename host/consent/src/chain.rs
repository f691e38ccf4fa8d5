//! Append-only lists of sealed records, each of which holds the hash of the one before.
//!
//! What is sealed under `<prefix><seq u64>` is `prev` (32 bytes), `hash` (32 bytes), body:
//! `hash = SHA-256(domain, prev, body)` as [`crate::sha::digest`] writes it, and `prev` is the hash
//! of the record before. The first record's `prev` is the digest of the key prefix, which holds the
//! person: no list continues another's. The head tells how long the list is and what its last
//! hash is, so that one that was cut is known to be. A body that is longer than a value may be stands in
//! parts beside the list; its hash is that of the whole.

use crate::error::{ConsentError, Result};
use crate::faults::{Broken, Fault, Log, Record};
use crate::records::{Current, PAGE, PART, Records, json};
use crate::sha;
use mesinfos_model::Digest;
use mesinfos_store::{Batch, StoreError};
use serde::{Deserialize, Serialize};

/// The end of a chain: what the head holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tip {
    pub(crate) length: u64,
    /// Of the last record; of the prefix where there is none.
    pub(crate) hash: Digest,
    /// What the head of the log holds beside.
    #[serde(flatten)]
    pub(crate) bound: Bound,
}

/// What the head of the log is bound to: records that stand by themselves, and of which an older one
/// would open as well as the one that is there. A head of a version that did not know this has none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bound {
    /// Digest of the records that tell the newest grant of each app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) grants: Option<Digest>,
    /// The vault's sequence number: what counts imports and their undoing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) sequence: Option<u64>,
    /// Whether the last entry was the last one for good.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) closed: bool,
}

/// One record of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) seq: u64,
    pub(crate) prev: Digest,
    pub(crate) hash: Digest,
    pub(crate) body: Vec<u8>,
}

/// What stands before the body of a record, in bytes.
const HASHES: usize = 64;

/// A chain of one person.
pub(crate) struct Chain<'a> {
    pub(crate) records: Records<'a>,
    /// What people call it.
    pub(crate) log: Log,
    pub(crate) domain: &'static str,
    /// Of the keys of its records.
    pub(crate) prefix: Vec<u8>,
    /// Key of its head.
    pub(crate) head: Vec<u8>,
    /// Of the keys of its records' parts; none if its records are all short.
    pub(crate) parts: Option<Vec<u8>>,
}

impl Chain<'_> {
    fn broken(&self, seq: u64, fault: Fault) -> ConsentError {
        Broken { log: self.log, seq, fault }.into()
    }

    pub(crate) fn key(&self, seq: u64) -> Vec<u8> {
        [&self.prefix[..], &seq.to_be_bytes()].concat()
    }

    fn start(&self) -> Tip {
        Tip { length: 0, hash: sha::digest(self.domain, &[&self.prefix]), bound: Bound::default() }
    }

    fn parts(&self, seq: u64) -> Option<Vec<u8>> {
        self.parts.as_ref().map(|parts| [&parts[..], &seq.to_be_bytes(), b"/"].concat())
    }

    /// The end as a batch will find it.
    pub(crate) fn end(&self, batch: &Batch) -> Result<(Current, Tip)> {
        let head = self.records.current(&self.head, batch)?;
        let tip = self.tip(&head)?;
        Ok((head, tip))
    }

    /// Looks at something that changes only with the end of this chain, until the end stays as it is
    /// meanwhile.
    pub(crate) fn settled<T>(&self, mut look: impl FnMut(Tip) -> Result<T>) -> Result<T> {
        let nothing = Batch::default();
        let (mut head, mut tip) = self.end(&nothing)?;
        loop {
            let seen = look(tip);
            let (now, tip_now) = self.end(&nothing)?;
            if now == head {
                return seen;
            }
            (head, tip) = (now, tip_now);
        }
    }

    /// Checks, without walking it, that the chain ends where its head says.
    pub(crate) fn check_end(&self, tip: Tip) -> Result<()> {
        let store = self.records.store;
        if let Some(last) = tip.length.checked_sub(1) {
            let cut = || self.broken(last, Fault::Cut { length: tip.length });
            let sealed = store.get(&self.key(last))?.ok_or_else(cut)?;
            if self.link(last, &sealed, &Batch::default())?.hash != tip.hash {
                return Err(self.broken(last, Fault::Replaced));
            }
        }
        match store.get(&self.key(tip.length))? {
            Some(_) => Err(self.broken(tip.length, Fault::Beyond)),
            None => Ok(()),
        }
    }

    fn tip(&self, head: &Current) -> Result<Tip> {
        head.sealed().map_or_else(
            || Ok(self.start()),
            |sealed| {
                let opened = self.records.open(Record::End, &self.head, sealed);
                opened.map_err(|_| self.broken(0, Fault::Head))
            },
        )
    }

    /// Adds records to the end that was found, in a batch that happens only if nobody else adds any meanwhile and
    /// no record is overwritten. The batch may be half filled when this fails.
    pub(crate) fn append(
        &self,
        bodies: Vec<Vec<u8>>,
        (head, mut tip): (Current, Tip),
        batch: &mut Batch,
    ) -> Result<Vec<Link>> {
        let mut links = Vec::with_capacity(bodies.len());
        for body in bodies {
            let (prev, seq) = (tip.hash, tip.length);
            let hash = sha::digest(self.domain, &[&prev.0, &body]);
            let stored = match self.parts(seq) {
                Some(parts) => self.records.cut(self.log.record(), &parts, &body, PART - HASHES, batch)?,
                None => body.clone(),
            };
            let plain = [&prev.0[..], &hash.0, &stored].concat();
            let nothing = Current::Stored(None);
            self.records.replace(self.log.record(), self.key(seq), nothing, &plain, batch)?;
            tip = Tip { length: seq + 1, hash, bound: tip.bound };
            links.push(Link { seq, prev, hash, body });
        }
        if !links.is_empty() {
            let plain = json(Record::End, &tip)?;
            self.records.replace(self.log.record(), self.head.clone(), head, &plain, batch)?;
        }
        Ok(links)
    }

    /// Opens a record, and checks that it is what its own hash says.
    pub(crate) fn link(&self, seq: u64, sealed: &[u8], batch: &Batch) -> Result<Link> {
        let changed = || self.broken(seq, Fault::Changed);
        let plain = self.records.sealer.open(&self.key(seq), sealed).map_err(|_| changed())?;
        let (prev, rest) = plain.split_first_chunk::<32>().ok_or_else(changed)?;
        let (hash, stored) = rest.split_first_chunk::<32>().ok_or_else(changed)?;
        let body = match self.parts(seq) {
            Some(parts) => self.records.joined(&parts, stored.to_vec(), batch)?.ok_or_else(changed)?,
            None => stored.to_vec(),
        };
        if sha::digest(self.domain, &[prev, &body]).0 != *hash {
            return Err(changed());
        }
        Ok(Link { seq, prev: Digest(*prev), hash: Digest(*hash), body })
    }

    /// The next record after those that end with `tip`, from what stands under a key.
    fn next(&self, tip: Tip, key: &[u8], sealed: &[u8], batch: &Batch) -> Result<Link> {
        let seq = tip.length;
        if key != self.key(seq) {
            return Err(self.broken(seq, Fault::Missing));
        }
        let link = self.link(seq, sealed, batch)?;
        if link.prev != tip.hash {
            return Err(self.broken(seq, Fault::Unchained));
        }
        Ok(link)
    }

    /// At most `limit` records after `after`. Of each it is checked that it is what its hash says;
    /// that nothing is missing is for [`Chain::walk`].
    pub(crate) fn page(&self, after: Option<u64>, limit: usize) -> Result<Vec<Link>> {
        let after = after.map(|seq| self.key(seq));
        self.records
            .store
            .scan(&self.prefix, after.as_deref(), limit)?
            .iter()
            .map(|(key, sealed)| {
                let seq = key.strip_prefix(&self.prefix[..]).and_then(|seq| seq.try_into().ok());
                let seq = seq.map(u64::from_be_bytes);
                self.link(seq.ok_or_else(|| self.broken(0, Fault::Missing))?, sealed, &Batch::default())
            })
            .collect()
    }

    /// Visits every record in order, those that the batch adds included, and checks the whole
    /// chain up to its head.
    pub(crate) fn walk(&self, batch: &Batch, visit: &mut dyn FnMut(Link) -> Result<()>) -> Result<Tip> {
        let mut tip = self.start();
        let mut head = self.records.current(&self.head, batch)?;
        loop {
            let mut step = |tip: &mut Tip, key: &[u8], sealed: &[u8]| {
                let link = self.next(*tip, key, sealed, batch)?;
                *tip = Tip { length: link.seq + 1, hash: link.hash, bound: tip.bound };
                visit(link)
            };
            loop {
                let after = tip.length.checked_sub(1).map(|seq| self.key(seq));
                let page = self.records.store.scan(&self.prefix, after.as_deref(), PAGE)?;
                for (key, sealed) in &page {
                    // Somebody else wrote what the batch is about to write: it will not happen.
                    if batch.puts.iter().any(|(pending, _)| pending == key) {
                        return Err(StoreError::Conflict.into());
                    }
                    step(&mut tip, key, sealed)?;
                }
                if page.len() < PAGE {
                    break;
                }
            }
            for (key, sealed) in &batch.puts {
                if key.starts_with(&self.prefix) && *key >= self.key(tip.length) {
                    step(&mut tip, key, sealed)?;
                }
            }
            // Somebody may have added records since the head was read: go on from here then.
            let now = self.records.current(&self.head, batch)?;
            if now == head {
                return self.ends_at(tip, self.tip(&head)?);
            }
            head = now;
        }
    }

    fn ends_at(&self, tip: Tip, head: Tip) -> Result<Tip> {
        if tip.length < head.length {
            return Err(self.broken(tip.length, Fault::Cut { length: head.length }));
        }
        if tip.length > head.length {
            return Err(self.broken(head.length, Fault::Beyond));
        }
        if tip.hash != head.hash {
            return Err(self.broken(tip.length.saturating_sub(1), Fault::Replaced));
        }
        Ok(head)
    }
}
