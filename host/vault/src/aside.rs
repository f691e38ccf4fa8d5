//! Rows of an import that do not fit in memory: sealed in chunks that no record names yet, by a thread of their own while
//! more rows are read.

use crate::bounds::Size;
use crate::error::{Result, VaultError};
use crate::new_chunk::{WRITTEN, parts, sealed_chunk};
use crate::person::PersonVault;
use crate::records::Indexed;
use mesinfos_model::{Batch, Category};
use mesinfos_store::{Store, StoreError};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::JoinHandle;

/// Largest size of rows that are sealed beside the reading, in bytes: they are in memory together with the rows that are
/// read meanwhile.
const BESIDE: usize = 8 << 20;

/// Rows of a month to put aside.
pub(crate) struct Job {
    pub(crate) month: (Category, i32),
    pub(crate) rows: Vec<Batch>,
    /// Size of the rows in memory, in bytes.
    pub(crate) bytes: usize,
    /// Largest size of a chunk.
    pub(crate) size: Size,
    /// Whether the rows are so few that they are one run.
    pub(crate) is_small: bool,
}

/// Rows of a month that are put aside, one of several months that are written together.
pub(crate) struct Spill {
    of: Arc<Spilling>,
    place: usize,
}

/// Months that are written together.
pub(crate) struct Spilling {
    thread: Mutex<Option<JoinHandle<Result<Vec<Written>>>>>,
    months: OnceLock<Vec<Written>>,
}

/// Chunks of a month.
pub(crate) struct Written {
    /// In the order of the rows. Their index entries lack import and number.
    pub(crate) chunks: Vec<Indexed>,
    /// Whether they are as those of the month would be at the end of the import, if these are all of its rows.
    pub(crate) is_run: bool,
}

impl Spilling {
    /// Seals and writes rows. Returns before they are written, if they are not many.
    pub(crate) fn begin(vault: &PersonVault, jobs: Vec<Job>) -> Result<Arc<Spilling>> {
        let (thread, months) = (Mutex::new(None), OnceLock::new());
        if jobs.iter().map(|job| job.bytes).sum::<usize>() > BESIDE {
            let _ = months.set(write(vault, jobs)?);
            return Ok(Arc::new(Spilling { thread, months }));
        }
        let vault = vault.clone();
        let builder = std::thread::Builder::new().name("sealing".to_owned());
        let thread = Mutex::new(Some(builder.spawn(move || write(&vault, jobs)).map_err(StoreError::from)?));
        Ok(Arc::new(Spilling { thread, months }))
    }

    /// The months in the order of the jobs; waits until they are written.
    pub(crate) fn months(&self) -> Result<&[Written]> {
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(thread) = thread.take() {
            // A panic there is an error here: this is also called while the import is dropped.
            let written = thread.join().unwrap_or_else(|_| Err(failed()))?;
            let _ = self.months.set(written);
        }
        self.months.get().map(Vec::as_slice).ok_or_else(failed)
    }
}

impl Spill {
    /// The month of the job at `place`.
    pub(crate) fn new(of: &Arc<Spilling>, place: usize) -> Spill {
        Spill { of: Arc::clone(of), place }
    }

    /// Its chunks; waits until they are written.
    pub(crate) fn written(&self) -> Result<&Written> {
        self.of.months()?.get(self.place).ok_or_else(failed)
    }
}

fn failed() -> VaultError {
    VaultError::Damaged("rows of an import could not be put aside".to_owned())
}

fn write(vault: &PersonVault, jobs: Vec<Job>) -> Result<Vec<Written>> {
    let (mut months, mut sealed, mut bytes) = (Vec::with_capacity(jobs.len()), Vec::new(), 0);
    for Job { month: (category, month), mut rows, size, is_small, .. } in jobs {
        if is_small {
            rows = vec![Batch::concat(category, &rows)];
        }
        let mut written =
            Written { chunks: Vec::new(), is_run: is_small && rows.iter().all(Batch::is_sorted) };
        for rows in rows {
            for part in parts(&rows, size)? {
                let (chunk, body, entry) = sealed_chunk(vault, month, &part, 0, None)?;
                bytes += body.len();
                sealed.push((chunk, body));
                written.chunks.push(Indexed { chunk, entry });
                if bytes >= WRITTEN {
                    vault.store().put_chunks(vault.partition(), &sealed)?;
                    sealed.clear();
                    bytes = 0;
                }
            }
        }
        months.push(written);
    }
    vault.store().put_chunks(vault.partition(), &sealed)?;
    Ok(months)
}
