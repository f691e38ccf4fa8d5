//! Rows on their way from a vault to an app: opened month by month, cut to the grant, counted into
//! the digest of what was read.

use crate::ahead::Months;
use mesinfos_model::scope::Pseudonyms;
use mesinfos_model::{Batch, CategoryScope, Digest, Period};
use mesinfos_runtime::{Pages, Rows, RowsError};
use mesinfos_vault::PersonVault;
use sha2::{Digest as _, Sha256};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What all readers of one category of one run share.
pub(crate) struct Reading {
    /// Every page's month, its sealed chunks and its rows after the cut. Chunks never change, so
    /// this fixes what was read without hashing it again.
    digest: Sha256,
    /// Its rows after the cut.
    rows: u64,
    /// Pseudonyms hold over all reads of a run.
    pseudonyms: Pseudonyms,
}

/// The rows of one granted category.
pub(crate) struct VaultRows {
    vault: PersonVault,
    scope: CategoryScope,
    as_of: u64,
    ended: Arc<AtomicBool>,
    ahead: bool,
    reading: Arc<Mutex<Reading>>,
}

fn lock(reading: &Mutex<Reading>) -> MutexGuard<'_, Reading> {
    reading.lock().unwrap_or_else(PoisonError::into_inner)
}

impl VaultRows {
    pub(crate) fn new(
        vault: PersonVault,
        scope: CategoryScope,
        as_of: u64,
        ended: Arc<AtomicBool>,
    ) -> VaultRows {
        let reading = Reading { digest: Sha256::new(), rows: 0, pseudonyms: Pseudonyms::default() };
        VaultRows { vault, scope, as_of, ended, ahead: false, reading: Arc::new(Mutex::new(reading)) }
    }

    /// Whether months may be opened ahead of the app.
    pub(crate) fn ahead(self, ahead: bool) -> VaultRows {
        VaultRows { ahead, ..self }
    }

    /// A handle on what will have been read.
    pub(crate) fn reading(&self) -> Arc<Mutex<Reading>> {
        Arc::clone(&self.reading)
    }
}

/// How many rows were read so far, and SHA-256 over what they were.
pub(crate) fn read(reading: &Mutex<Reading>) -> (u64, Digest) {
    let reading = lock(reading);
    (reading.rows, Digest(reading.digest.clone().finalize().into()))
}

impl Rows for VaultRows {
    fn open(&self, period: Period) -> Box<dyn Pages> {
        let scope = CategoryScope { period: self.scope.period.intersect(&period), ..self.scope.clone() };
        let months = self
            .vault
            .months(scope.category, &scope.period, self.as_of)
            .map(|months| Months::new(months.only(scope.looks_at()), self.ahead))
            .map_err(|error| RowsError::Unavailable(error.to_string()));
        Box::new(VaultPages {
            months,
            scope,
            ended: Arc::clone(&self.ended),
            reading: Arc::clone(&self.reading),
            asked: VecDeque::new(),
        })
    }
}

struct VaultPages {
    months: Result<Months, RowsError>,
    scope: CategoryScope,
    ended: Arc<AtomicBool>,
    reading: Arc<Mutex<Reading>>,
    /// Pages that were asked for and not taken.
    asked: VecDeque<Result<Option<Batch>, RowsError>>,
}

impl VaultPages {
    fn withdrawn(&self) -> Result<(), RowsError> {
        if self.ended.load(Ordering::Acquire) { Err(RowsError::Withdrawn) } else { Ok(()) }
    }

    fn open_next(&mut self) -> Result<Option<Batch>, RowsError> {
        loop {
            self.withdrawn()?;
            let months = self.months.as_mut().map_err(|error| error.clone())?;
            let Some(page) = months.next() else {
                return Ok(None);
            };
            let page = page.map_err(|error| RowsError::Unavailable(error.to_string()))?;
            let mut reading = lock(&self.reading);
            let cut = self.scope.cut(&page.batch, &mut reading.pseudonyms);
            // A page of which nothing is left is no page: its emptiness would tell of its rows.
            if cut.rows() == 0 {
                continue;
            }
            reading.digest.update(page.month.to_be_bytes());
            for (chunk, sealed) in &page.chunks {
                reading.digest.update(chunk.0);
                reading.digest.update(sealed.0);
            }
            reading.digest.update((cut.rows() as u64).to_be_bytes());
            reading.rows += cut.rows() as u64;
            return Ok(Some(cut));
        }
    }
}

impl Pages for VaultPages {
    /// Cuts and counts in the order in which pages are asked for, as if they were on their way across
    /// a wall already: pseudonyms and receipts are the same with one and without.
    fn ask(&mut self, pages: usize) {
        for _ in 0..pages {
            let page = self.open_next();
            self.asked.push_back(page);
        }
    }

    fn next(&mut self) -> Result<Option<Batch>, RowsError> {
        self.withdrawn()?;
        self.asked.pop_front().unwrap_or_else(|| self.open_next())
    }
}
