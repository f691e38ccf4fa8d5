//! Append-only lists of sealed records, each with the hash of the record before.
//!
//! The plaintext sealed under `<prefix><seq u64>` is `prev` (32 bytes), `hash` (32 bytes), body. `prev` is
//! the hash of the record before, and `hash = SHA-256(domain, prev, body)`, as computed by
//! [`crate::sha::digest`]. The first record's `prev` is the digest of the key prefix, which includes the
//! person: no chain continues another's. The head stores the length and the last hash, so that truncation is
//! detected. A body longer than the largest value is stored in parts beside the list; its hash covers the
//! whole body.

use crate::error::{Broken, Fault, RecordError, Result};
use crate::sealed::{Current, PAGE, PART, Records, json};
use crate::sha;
use mesinfos_model::Digest;
use mesinfos_store::{Commit, StoreError};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;

/// Name, in errors, of the record that marks the end of a chain.
pub const END: &str = "the end of a list";

/// The end of a chain, as its head stores it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tip<B = Unbound> {
    /// Number of records.
    pub length: u64,
    /// Hash of the last record; of the prefix if the chain is empty.
    pub hash: Digest,
    /// Additional content of the head.
    #[serde(flatten)]
    pub bound: B,
}

/// Additional content of a chain's head.
pub trait Beside: Copy + Default + PartialEq + Serialize + DeserializeOwned {}

impl<T: Copy + Default + PartialEq + Serialize + DeserializeOwned> Beside for T {}

/// No additional content.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unbound {}

/// One record of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Sequence number, from 0.
    pub seq: u64,
    /// Hash of the record before.
    pub prev: Digest,
    /// Hash of this record.
    pub hash: Digest,
    /// Content of the record.
    pub body: Vec<u8>,
}

/// Length of the two hashes before the body of a record, in bytes.
const HASHES: usize = 64;

/// A chain. `B` is the additional content of its head.
pub struct Chain<'a, B = Unbound> {
    /// The records of the partition that holds the chain.
    pub records: Records<'a>,
    /// Name of the chain in messages.
    pub log: &'static str,
    /// Domain of its hashes: `mesinfos/<what>/<version>`.
    pub domain: &'static str,
    /// Key prefix of its records.
    pub prefix: Vec<u8>,
    /// Key of its head.
    pub head: Vec<u8>,
    /// Key prefix of the records' parts; `None` if its records are never in parts.
    pub parts: Option<Vec<u8>>,
    /// Type of the head's additional content.
    pub beside: PhantomData<B>,
}

impl<B: Beside> Chain<'_, B> {
    fn broken(&self, seq: u64, fault: Fault) -> RecordError {
        Broken { log: self.log, seq, fault }.into()
    }

    /// The key of a record.
    pub fn key(&self, seq: u64) -> Vec<u8> {
        [&self.prefix[..], &seq.to_be_bytes()].concat()
    }

    fn start(&self) -> Tip<B> {
        Tip { length: 0, hash: sha::digest(self.domain, &[&self.prefix]), bound: B::default() }
    }

    fn parts(&self, seq: u64) -> Option<Vec<u8>> {
        self.parts.as_ref().map(|parts| [&parts[..], &seq.to_be_bytes(), b"/"].concat())
    }

    /// The end of the chain as the commit will find it: the current value of the head, and its content.
    pub fn end(&self, commit: &Commit) -> Result<(Current, Tip<B>)> {
        let head = self.records.current(&self.head, commit)?;
        let tip = self.tip(&head)?;
        Ok((head, tip))
    }

    /// Calls `look`, whose result depends only on the end of this chain, until the end did not change
    /// during the call.
    pub fn settled<T, E: From<RecordError>>(
        &self,
        mut look: impl FnMut(Tip<B>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let nothing = self.records.empty_commit();
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

    /// Checks, without a walk, that the chain ends where its head says.
    pub fn check_end(&self, tip: Tip<B>) -> Result<()> {
        if let Some(last) = tip.length.checked_sub(1) {
            let cut = || self.broken(last, Fault::Cut { length: tip.length });
            let sealed = self.records.get(&self.key(last))?.ok_or_else(cut)?;
            if self.link(last, &sealed, &self.records.empty_commit())?.hash != tip.hash {
                return Err(self.broken(last, Fault::Replaced));
            }
        }
        match self.records.get(&self.key(tip.length))? {
            Some(_) => Err(self.broken(tip.length, Fault::Beyond)),
            None => Ok(()),
        }
    }

    fn tip(&self, head: &Current) -> Result<Tip<B>> {
        head.sealed().map_or_else(
            || Ok(self.start()),
            |sealed| {
                let opened = self.records.open(END, &self.head, sealed);
                opened.map_err(|_| self.broken(0, Fault::Head))
            },
        )
    }

    /// Adds records after the end found before. The preconditions make the commit fail if others were added
    /// meanwhile or a record would be overwritten. On an error the commit may be partly filled.
    pub fn append(
        &self,
        bodies: Vec<Vec<u8>>,
        (head, mut tip): (Current, Tip<B>),
        commit: &mut Commit,
    ) -> Result<Vec<Link>> {
        let mut links = Vec::with_capacity(bodies.len());
        for body in bodies {
            let (prev, seq) = (tip.hash, tip.length);
            let hash = sha::digest(self.domain, &[&prev.0, &body]);
            let stored = match self.parts(seq) {
                Some(parts) => self.records.split(self.log, &parts, &body, PART - HASHES, commit)?,
                None => body.clone(),
            };
            let plain = [&prev.0[..], &hash.0, &stored].concat();
            let nothing = Current::Stored(None);
            self.records.replace(self.log, self.key(seq), nothing, &plain, commit)?;
            tip = Tip { length: seq + 1, hash, bound: tip.bound };
            links.push(Link { seq, prev, hash, body });
        }
        if !links.is_empty() {
            let plain = json(self.log, &tip)?;
            self.records.replace(self.log, self.head.clone(), head, &plain, commit)?;
        }
        Ok(links)
    }

    /// Opens a record and checks its content against its own hash.
    pub fn link(&self, seq: u64, sealed: &[u8], commit: &Commit) -> Result<Link> {
        let changed = || self.broken(seq, Fault::Changed);
        let plain = self.records.sealer.open(&self.key(seq), sealed).map_err(|_| changed())?;
        let (prev, rest) = plain.split_first_chunk::<32>().ok_or_else(changed)?;
        let (hash, stored) = rest.split_first_chunk::<32>().ok_or_else(changed)?;
        let body = match self.parts(seq) {
            Some(parts) => self.records.join_parts(&parts, stored.to_vec(), commit)?.ok_or_else(changed)?,
            None => stored.to_vec(),
        };
        if sha::digest(self.domain, &[prev, &body]).0 != *hash {
            return Err(changed());
        }
        Ok(Link { seq, prev: Digest(*prev), hash: Digest(*hash), body })
    }

    /// Checks that the record stored under `key` is the one after `tip`.
    fn next(&self, tip: Tip<B>, key: &[u8], sealed: &[u8], commit: &Commit) -> Result<Link> {
        let seq = tip.length;
        if key != self.key(seq) {
            return Err(self.broken(seq, Fault::Missing));
        }
        let link = self.link(seq, sealed, commit)?;
        if link.prev != tip.hash {
            return Err(self.broken(seq, Fault::Unchained));
        }
        Ok(link)
    }

    /// At most `limit` records after `after`. Each is checked against its own hash; only [`Chain::walk`]
    /// detects missing records.
    pub fn page(&self, after: Option<u64>, limit: usize) -> Result<Vec<Link>> {
        let after = after.map(|seq| self.key(seq));
        self.records
            .scan(&self.prefix, after.as_deref(), limit)?
            .iter()
            .map(|(key, sealed)| {
                let seq = key.strip_prefix(&self.prefix[..]).and_then(|seq| seq.try_into().ok());
                let seq = seq.map(u64::from_be_bytes);
                self.link(
                    seq.ok_or_else(|| self.broken(0, Fault::Missing))?,
                    sealed,
                    &self.records.empty_commit(),
                )
            })
            .collect()
    }

    /// Visits every record in order, including those added by the commit, and checks the whole chain up to
    /// its head.
    pub fn walk<E: From<RecordError>>(
        &self,
        commit: &Commit,
        visit: &mut dyn FnMut(Link) -> std::result::Result<(), E>,
    ) -> std::result::Result<Tip<B>, E> {
        let mut tip = self.start();
        let mut head = self.records.current(&self.head, commit)?;
        loop {
            let mut step = |tip: &mut Tip<B>, key: &[u8], sealed: &[u8]| {
                let link = self.next(*tip, key, sealed, commit)?;
                *tip = Tip { length: link.seq + 1, hash: link.hash, bound: tip.bound };
                visit(link)
            };
            loop {
                let after = tip.length.checked_sub(1).map(|seq| self.key(seq));
                let page = self.records.scan(&self.prefix, after.as_deref(), PAGE)?;
                for (key, sealed) in &page {
                    // A concurrent writer used a key that the commit is about to write, so the commit would
                    // fail.
                    if commit.puts.iter().any(|(pending, _)| pending == key) {
                        return Err(RecordError::from(StoreError::Conflict).into());
                    }
                    step(&mut tip, key, sealed)?;
                }
                if page.len() < PAGE {
                    break;
                }
            }
            for (key, sealed) in &commit.puts {
                if key.starts_with(&self.prefix) && *key >= self.key(tip.length) {
                    step(&mut tip, key, sealed)?;
                }
            }
            // Records may have been added since the head was read. If so, continue with them.
            let now = self.records.current(&self.head, commit)?;
            if now == head {
                return Ok(self.ends_at(tip, self.tip(&head)?)?);
            }
            head = now;
        }
    }

    fn ends_at(&self, tip: Tip<B>, head: Tip<B>) -> Result<Tip<B>> {
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
