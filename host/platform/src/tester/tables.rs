//! Tables that no format knows: what they look like, and what the person said about their columns.
//!
//! A mapping is kept with the header of its table, so that the next file of the same kind is read without asking. It is
//! sealed in the vault, and no app reads it.

use crate::{Caller, Person, Platform, Result};
use mesinfos_consent::{Actor, ConsentError};
use mesinfos_intake::Content;
use mesinfos_intake::mapped::{LARGEST_PROBE, Mapping, TableProbe};
use mesinfos_records::{Current, Records, json};
use mesinfos_store::PersonId;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::io::Read;

const WHAT: &str = "a mapping";

/// Version of the records that this code writes.
const VERSION: u8 = 1;

/// Largest number of mappings that a person keeps. Beyond it, the next one is not kept.
pub const MOST_MAPPINGS: usize = 200;

/// A mapping that a person keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptMapping {
    version: u8,
    /// Names of the columns that it is for.
    pub header: Vec<String>,
    /// What they mean.
    pub mapping: Mapping,
    /// When it was kept, in UTC seconds.
    pub at: i64,
}

fn prefix(person: PersonId) -> Vec<u8> {
    [b"mapping/", &person.0[..], b"/"].concat()
}

/// Key of the mapping of tables with a header.
fn key(person: PersonId, header: &[String]) -> Vec<u8> {
    let mut hash = Sha256::new();
    for name in header {
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name.as_bytes());
    }
    [&prefix(person)[..], &hash.finalize()].concat()
}

impl Platform {
    /// What a file looks like as a table; `None` if it is none. Nothing is stored. The file is read in a process of its
    /// own, like every file.
    ///
    /// # Errors
    /// Errors of the file.
    pub fn probe_table(&self, file: &str, mut input: impl Read) -> Result<Option<TableProbe>> {
        let described = self.reading.extract(Content::Table, file, &mut input, LARGEST_PROBE)?;
        Ok(TableProbe::told(&described))
    }

    /// The mapping that a person keeps for tables with this header.
    ///
    /// # Errors
    /// If there is no such person, or it cannot be read.
    pub fn kept_mapping(&self, caller: &Caller, header: &[String]) -> Result<Option<KeptMapping>> {
        self.read_of(caller, |person| self.mapping_in(person, header))
    }

    /// All mappings of a person, the newest first.
    ///
    /// # Errors
    /// If there is no such person, or one cannot be read.
    pub fn mappings(&self, caller: &Caller) -> Result<Vec<KeptMapping>> {
        self.read_of(caller, |person| self.mappings_in(person))
    }

    pub(super) fn mappings_in(&self, person: &Person) -> Result<Vec<KeptMapping>> {
        let records = self.tables(person);
        let mut all = Vec::new();
        for (key, sealed) in records.all(&prefix(person.vault.id())).map_err(ConsentError::from)? {
            all.push(records.open::<KeptMapping>(WHAT, &key, &sealed).map_err(ConsentError::from)?);
        }
        all.sort_by_key(|kept| std::cmp::Reverse(kept.at));
        Ok(all)
    }

    /// Keeps a mapping for tables with this header, in place of an earlier one. Whether it was kept: a table without a
    /// header cannot be recognised again.
    ///
    /// # Errors
    /// If there is no such person, or the store cannot be written.
    pub fn keep_mapping(&self, caller: &Caller, header: &[String], mapping: &Mapping) -> Result<bool> {
        if header.is_empty() {
            return Ok(false);
        }
        let kept = KeptMapping {
            version: VERSION,
            header: header.to_vec(),
            mapping: mapping.clone(),
            at: self.clock.now(),
        };
        self.write_of(caller, |person| {
            let (records, whose) = (self.tables(person), person.vault.id());
            let key = key(whose, header);
            let found = records.get(&key).map_err(ConsentError::from)?;
            if found.is_none() && self.mappings_in(person)?.len() >= MOST_MAPPINGS {
                return Ok(false);
            }
            let mut commit = person.vault.empty_commit();
            person.vault.guard(&mut commit);
            let plain = json(WHAT, &kept).map_err(ConsentError::from)?;
            records
                .replace(WHAT, key, Current::Stored(found), &plain, &mut commit)
                .map_err(ConsentError::from)?;
            self.store().commit(&commit)?;
            Ok(true)
        })
    }

    /// Erases the mapping for tables with this header. Whether there was one.
    ///
    /// # Errors
    /// If there is no such person, or the store cannot be written.
    pub fn forget_mapping(&self, caller: &Caller, header: &[String]) -> Result<bool> {
        self.write_of(caller, |person| {
            let key = key(person.vault.id(), header);
            let is_there = self.tables(person).get(&key).map_err(ConsentError::from)?.is_some();
            if is_there {
                let mut commit = person.vault.empty_commit().ending();
                commit.delete(key);
                self.store().commit(&commit)?;
            }
            Ok(is_there)
        })
    }

    /// The mapping that the caller's person keeps for a file, if it is a table with a header that is known, and nothing in
    /// it contradicts the mapping.
    pub(super) fn mapping_of_file(
        &self,
        caller: &Caller,
        file: &str,
        input: &mut dyn Read,
    ) -> Result<Option<Mapping>> {
        // The person's answers are for the person's own files.
        let Some(name) = caller.person.as_ref().filter(|_| caller.actor == Actor::Person) else {
            return Ok(None);
        };
        let Some(person) = self.find(name.as_str())? else { return Ok(None) };
        if self.mappings_in(&person)?.is_empty() {
            return Ok(None);
        }
        // A file that is no table stays one that no format knows.
        let Ok(Some(probe)) = self.probe_table(file, input) else { return Ok(None) };
        let kept = self.mapping_in(&person, &probe.header)?.map(|kept| kept.mapping);
        // What the file proves wrong is asked about again. Its rows may begin elsewhere.
        let holds = |mapping: &Mapping| mapping.contradicted(&probe).is_empty();
        Ok(kept.filter(holds).map(|mapping| Mapping {
            skip: probe.guess.skip,
            delimiter: probe.guess.delimiter,
            ..mapping
        }))
    }

    fn tables<'a>(&self, person: &'a Person) -> Records<'a> {
        Records::new(person.store(), person.sealer.as_ref(), person.vault.id())
    }

    fn mapping_in(&self, person: &Person, header: &[String]) -> Result<Option<KeptMapping>> {
        if header.is_empty() {
            return Ok(None);
        }
        let (records, key) = (self.tables(person), key(person.vault.id(), header));
        let Some(sealed) = records.get(&key).map_err(ConsentError::from)? else { return Ok(None) };
        Ok(Some(records.open(WHAT, &key, &sealed).map_err(ConsentError::from)?))
    }
}
