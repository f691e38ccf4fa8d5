//! Files that no format knows, kept sealed for an hour while a person says what their columns are.
//!
//! Only this host has them, in its memory's list and its disk's spool; a restart forgets them, and the person sends the
//! file again.

use crate::limits;
use mesinfos_platform::Spooled;
use mesinfos_platform::identity::AccountId;
use mesinfos_platform::intake::mapped::TableProbe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// A file that waits.
pub(crate) struct Table {
    account: AccountId,
    id: String,
    /// Name of the file.
    pub(crate) name: String,
    pub(crate) probe: TableProbe,
    /// The file itself. One request reads it at a time.
    pub(crate) file: Mutex<Spooled>,
    since: Instant,
}

impl Table {
    /// The file, for one reader.
    pub(crate) fn open(&self) -> MutexGuard<'_, Spooled> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// All files that wait on this host.
#[derive(Default)]
pub(crate) struct Tables(Mutex<Vec<Arc<Table>>>);

impl Tables {
    fn all(&self) -> MutexGuard<'_, Vec<Arc<Table>>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|table| table.since.elapsed() < limits::TABLE_WAIT);
        all
    }

    /// Keeps a file, and returns its id. The oldest of the account goes if it has too many, and the oldest of all if the
    /// host has. `None` if the system has no random bytes.
    pub(crate) fn keep(
        &self,
        account: AccountId,
        name: &str,
        probe: TableProbe,
        file: Spooled,
    ) -> Option<String> {
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).ok()?;
        let id: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let table = Table {
            account,
            id: id.clone(),
            name: name.to_owned(),
            probe,
            file: Mutex::new(file),
            since: Instant::now(),
        };
        let mut all = self.all();
        while all.iter().filter(|table| table.account == account).count() >= limits::TABLES_OF_ONE {
            let oldest = all.iter().position(|table| table.account == account);
            oldest.map(|at| all.remove(at));
        }
        while all.len() >= limits::TABLES {
            all.remove(0);
        }
        all.push(Arc::new(table));
        Some(id)
    }

    /// A file of an account.
    pub(crate) fn get(&self, account: AccountId, id: &str) -> Option<Arc<Table>> {
        self.all().iter().find(|table| table.account == account && table.id == id).map(Arc::clone)
    }

    /// Forgets all files of an account.
    pub(crate) fn forget_all(&self, account: AccountId) {
        self.all().retain(|table| table.account != account);
    }

    /// Forgets the files that have waited long enough.
    pub(crate) fn sweep(&self) {
        drop(self.all());
    }

    /// Forgets a file of an account.
    pub(crate) fn forget(&self, account: AccountId, id: &str) {
        self.all().retain(|table| table.account != account || table.id != id);
    }
}
