//! Backup and restore of the store.
//!
//! Invariant: a backup contains no key. Data erased after the backup stays erased: the key that would open it
//! is no longer in `keys/`, and a restore never adds one.

use crate::{ErrorKind, Isolation, Platform, PlatformError, Result, private};
use cap_std::fs::Dir;
use mesinfos_consent::{Act, Actor, AppVersion, Channel};
use mesinfos_model::view::Lang;
use mesinfos_registry::{Change, Owner, Release, State};
use mesinfos_store::sled_store::SledStore;
use mesinfos_store::{Partition, Store, StoreError, dump};
use mesinfos_vault::kms::LocalKms;
use mesinfos_vault::{Gaps, Vault, VaultError};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

/// Folder that a restore writes to until it is complete.
pub(crate) const INCOMPLETE: &str = "store.restoring";
const STORE: &str = "store";
const KEYS: &str = "keys";

/// Contents of a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backup {
    /// Number of people with a vault.
    pub persons: u64,
    /// Number of records.
    pub records: u64,
    /// Number of sealed chunks.
    pub chunks: u64,
}

/// Result of a restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Number of people whose vaults open.
    pub open: u64,
    /// Number of people whose vaults do not open: erased since, or in the bucket of an erased person. None of
    /// their data was restored.
    pub closed: u64,
    /// Number of installed apps whose components are neither in the store nor in `apps/`, and must be
    /// installed again.
    pub apps_missing: u64,
    /// Time of the backup, in UTC seconds. `None` if an earlier version made it.
    pub at: Option<i64>,
    /// Number of grants in force in the backup, which are now paused because the person may have withdrawn
    /// them since.
    pub paused: u64,
    /// Versions of installed apps, which are now suspended because the operator may have stopped them since.
    pub suspended: Vec<AppVersion>,
}

impl Platform {
    /// Writes the whole store, sealed as stored, without keys, components in `apps/` and tokens.
    ///
    /// # Errors
    /// [`PlatformError::ChunksMissing`] if rows or documents are gone or were changed; nothing is written
    /// then. Every row and document is opened first, so that a backup without them does not replace one that
    /// has them. After an error of the store or the stream, the bytes written so far are not a backup.
    pub fn backup(&self, to: &mut dyn Write) -> Result<Backup> {
        let gaps = self.vault.gaps()?;
        let gaps = if gaps.chunks > 0 { gaps } else { self.unsound()? };
        if gaps.chunks > 0 {
            return Err(PlatformError::ChunksMissing(gaps));
        }
        // As many components as there are, even on a disk that takes none of them.
        let _ = self.keep_components();
        let dump::Dumped { persons, records, chunks, at: _ } =
            dump::dump(&*self.store, self.clock.now(), to)?;
        Ok(Backup { persons, records, chunks })
    }

    /// Restores a backup into a data folder that has keys but no store. The store is complete on return;
    /// after an error, nothing of it is there. A restore after an interrupted one starts over.
    ///
    /// Pauses every grant in force, because a backup does not contain withdrawals made after it. Suspends every
    /// installed app for the same cause, with `reason`, which the people who have it read. Ends every
    /// session and invitation, and removes the accounts of people whose vaults do not open. Imports undone after the
    /// backup are visible again.
    ///
    /// # Errors
    /// [`PlatformError::NotEmpty`] if there is a store; [`PlatformError::NoKeys`] if there are no keys;
    /// [`PlatformError::Vault`] if the keys belong to other data; [`PlatformError::Store`] with
    /// [`mesinfos_store::StoreError::Dump`] if the stream is not a backup, or is truncated or changed.
    pub fn restore(path: &Path, from: &mut dyn Read, reason: &str) -> Result<Restored> {
        let folder = private::open(path)?;
        // Held until the end, so that one of two concurrent restores is refused.
        let lock = folder.open(".")?.into_std();
        lock.try_lock().map_err(StoreError::from)?;
        if has_store(path)? {
            return Err(PlatformError::NotEmpty { path: path.join(STORE) });
        }
        let keys = private::open(&path.join(KEYS))?;
        if !keys.try_exists(LocalKms::FILE)? {
            return Err(PlatformError::NoKeys { path: path.join(KEYS) });
        }
        remove(&folder)?;
        let restored = match put_back(path, keys, from, reason) {
            Ok(restored) => restored,
            Err(error) => {
                remove(&folder)?;
                return Err(error);
            }
        };
        folder.rename(INCOMPLETE, &folder, STORE)?;
        folder.open(".")?.sync_all()?;
        let platform = Platform::open(path, &Isolation::InProcess)?;
        Ok(Restored { apps_missing: platform.keep_components()?, ..restored })
    }

    /// Counts chunks that are missing or do not open, over all people whose vaults open.
    fn unsound(&self) -> Result<Gaps> {
        let mut gaps = Gaps::default();
        for name in self.persons()? {
            // A vault that no key opens cannot be checked here; the doctor reports it.
            let Ok(person) = self.person(&name) else { continue };
            let checked = person.vault.check()?;
            let chunks = checked.missing + checked.changed;
            gaps.chunks += chunks;
            gaps.persons += u64::from(chunks > 0);
        }
        Ok(gaps)
    }

    /// Suspends every published version of every installed app: an earlier one may still be replayed. Returns these versions.
    fn suspend_installed(&self, reason: &str) -> Result<Vec<AppVersion>> {
        let caller = self.caller(Actor::Operator, Channel::Cli, Lang::En);
        let mut suspended = Vec::new();
        for app in self.apps()? {
            for version in self.registry().versions(&app.id, None, usize::MAX)? {
                if version.state == State::Published {
                    let Release { app: id, version, component, .. } = version.release;
                    self.change_version(&caller, &Owner::operator(), component, Change::Suspended, reason)?;
                    suspended.push(AppVersion { id, version, component });
                }
            }
        }
        Ok(suspended)
    }

    /// Pauses every grant of every person that lets an app run. Returns the number of these grants.
    fn pause_everything(&self) -> Result<u64> {
        let by = Act { actor: Actor::Operator, channel: Channel::Cli };
        let mut paused = 0;
        for name in self.persons()? {
            match self.pause_grants_of(&self.person(&name)?, by, self.clock.now()) {
                Ok(grants) => paused += grants,
                // No app runs for a person whose records and log do not agree.
                Err(error) if error.kind() == ErrorKind::Unsound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(paused)
    }
}

/// Loads a backup beside the final folder, removes people whose vaults do not open, pauses all grants in force, suspends
/// all installed apps, and signs everybody out. Does not check components of apps.
fn put_back(path: &Path, keys: Dir, from: &mut dyn Read, reason: &str) -> Result<Restored> {
    let incomplete = path.join(INCOMPLETE);
    let store: Arc<dyn Store> = Arc::new(SledStore::open(&private::open(&incomplete)?, &incomplete)?);
    let at = dump::load(&*store, from)?.at;
    let kms = Arc::new(LocalKms::open(keys).map_err(VaultError::from)?);
    let mesinfos_vault::Restored { open, closed } = Vault::open(Arc::clone(&store), kms)?.settle()?;
    let platform = Platform::on(store, path, &Isolation::InProcess)?;
    let paused = platform.pause_everything()?;
    platform.settle_accounts()?;
    let suspended = platform.suspend_installed(reason)?;
    Ok(Restored { open, closed, apps_missing: 0, at, paused, suspended })
}

/// Whether a data folder has a store, which is a folder that is not empty.
pub(crate) fn has_store(path: &Path) -> io::Result<bool> {
    match std::fs::read_dir(path.join(STORE)) {
        Ok(mut entries) => Ok(entries.next().is_some()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Fails if a data folder has no store and must not get a new, empty one, because a restore was interrupted
/// or the keys of a store exist.
///
/// # Errors
/// [`PlatformError::RestoreUnfinished`], [`PlatformError::StoreGone`].
pub(crate) fn may_begin(path: &Path) -> Result<()> {
    if has_store(path)? {
        return Ok(());
    }
    let left = path.join(INCOMPLETE);
    if left.try_exists()? {
        return Err(PlatformError::RestoreUnfinished { path: left });
    }
    if path.join(KEYS).join(LocalKms::FILE).try_exists()? {
        return Err(PlatformError::StoreGone { path: path.join(STORE) });
    }
    Ok(())
}

/// Refuses a store that was used with keys which the data folder lacks. Nothing is created.
pub(crate) fn has_keys_for(store: &dyn Store, path: &Path) -> Result<()> {
    let is_used = !store.scan(Partition::House, b"", None, 1)?.is_empty();
    let keys = path.join(KEYS);
    if is_used && !keys.join(LocalKms::FILE).try_exists()? {
        return Err(PlatformError::NoKeys { path: keys });
    }
    Ok(())
}

/// Whether nothing was stored in a data folder yet: it does not exist, or has neither a store nor keys nor an
/// incomplete restore, and opening it would not be refused.
///
/// # Errors
/// If the folder cannot be read.
pub fn is_unused(path: &Path) -> Result<bool> {
    match std::fs::metadata(path) {
        Ok(about) if !about.is_dir() => return Ok(false),
        Ok(about) => {
            // A folder that is not empty must be its owner's alone.
            if private::is_open_to_others(&about) && std::fs::read_dir(path)?.next().is_some() {
                return Ok(false);
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error.into()),
    }
    Ok(!has_store(path)? && may_begin(path).is_ok())
}

/// Removes the folder of an incomplete restore.
fn remove(folder: &Dir) -> Result<()> {
    if folder.try_exists(INCOMPLETE)? {
        folder.remove_dir_all(INCOMPLETE)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caller::me;

    const WHY: &str = "restored";

    fn open(path: &Path) -> Platform {
        Platform::open(path, &Isolation::InProcess).unwrap()
    }

    fn platform_time() -> i64 {
        crate::Clock::now(&crate::SystemClock)
    }

    /// Stores a document for a person.
    fn keep(platform: &Platform, name: &str) {
        let source = crate::ImportInput::file(std::io::Cursor::new(b"%PDF-1.4 a paper")).as_document(true);
        platform.import(&me(name), "paper.pdf", source).unwrap();
    }

    #[test]
    fn a_backup_brings_back_all_but_those_of_the_bucket_of_one_who_was_erased() {
        let temporary = tempfile::tempdir().unwrap();
        let path = temporary.path().join("data");
        // Fill the first bucket and put three people in the second.
        let name = |n: usize| format!("person-{n:03}");
        let platform = open(&path);
        for n in 0..67 {
            platform.create_person(&me(&name(n))).unwrap();
        }
        for n in [5, 6, 65] {
            keep(&platform, &name(n));
        }
        let mut backup = Vec::new();
        let told = platform.backup(&mut backup).unwrap();
        assert_eq!((told.persons, told.chunks > 0), (67, true));
        assert!(!backup.windows(7).any(|window| window == b"person-"), "names are sealed");
        platform.erase(&me(&name(5))).unwrap();
        drop(platform);

        let store = path.join("store");
        let refused = Platform::restore(&path, &mut &backup[..], WHY).unwrap_err();
        assert!(matches!(refused, PlatformError::NotEmpty { .. }), "{refused}");
        std::fs::remove_dir_all(&store).unwrap();
        for at in [0, 40, backup.len() / 2, backup.len() - 1] {
            let mut changed = backup.clone();
            changed[at] ^= 1;
            for wrong in [&changed[..], &backup[..at]] {
                let refused = Platform::restore(&path, &mut &*wrong, WHY).unwrap_err();
                assert_eq!(refused.code(), "not-a-backup", "the fault is the file's: {refused}");
            }
            assert!(!store.exists() && !path.join(INCOMPLETE).exists(), "nothing of it is there");
        }
        let restored = Platform::restore(&path, &mut &backup[..], WHY).unwrap();
        assert_eq!((restored.open, restored.closed, restored.apps_missing, restored.paused), (3, 64, 0, 0));
        let made = restored.at.unwrap();
        assert!(platform_time().abs_diff(made) < 600, "{made}");

        let platform = open(&path);
        assert_eq!(platform.persons().unwrap(), (64..67).map(name).collect::<Vec<_>>());
        assert_eq!(platform.documents(&me(&name(65))).unwrap().len(), 1);
        platform.audit_verify(&me(&name(65)), None).unwrap();
        for gone in [5, 6, 63] {
            assert_eq!(platform.who(&me(&name(gone))).unwrap(), None);
        }
        // The restored store works normally: names can be taken, buckets have room, erasures and sweeps work.
        platform.create_person(&me(&name(5))).unwrap();
        keep(&platform, &name(5));
        assert_eq!(platform.documents(&me(&name(5))).unwrap().len(), 1);
        platform.erase(&me(&name(65))).unwrap();
        platform.upkeep().unwrap();
        assert_eq!(platform.persons().unwrap().len(), 3);
        // A backup of it restores everyone.
        let mut backup = Vec::new();
        assert_eq!(platform.backup(&mut backup).unwrap().persons, 3, "nothing is left of the others");
        drop(platform);
        std::fs::remove_dir_all(&store).unwrap();
        let restored = Platform::restore(&path, &mut &backup[..], WHY).unwrap();
        assert_eq!((restored.open, restored.closed, restored.apps_missing), (3, 0, 0));
    }

    #[test]
    fn an_erasure_that_was_under_way_is_closed_with_its_bucket() {
        let temporary = tempfile::tempdir().unwrap();
        let path = temporary.path().join("data");
        let platform = open(&path);
        platform.create_person(&me("one")).unwrap();
        platform.create_person(&me("two")).unwrap();
        let request =
            mesinfos_vault::ErasureRequest { at_utc_seconds: 1, closing: mesinfos_model::Digest([0; 32]) };
        let (_, commit) = platform.vault.prepare_erase("one", &request).unwrap();
        platform.store.commit(&commit).unwrap();
        assert_eq!(platform.vault.gaps().unwrap(), mesinfos_vault::Gaps::default());
        let mut backup = Vec::new();
        platform.backup(&mut backup).unwrap();
        assert_eq!(platform.upkeep().unwrap().erasures, 1);
        drop(platform);
        std::fs::remove_dir_all(path.join("store")).unwrap();
        let restored = Platform::restore(&path, &mut &backup[..], WHY).unwrap();
        assert_eq!((restored.open, restored.closed), (0, 2));
        let platform = open(&path);
        assert_eq!(platform.vault.unfinished_erasures().unwrap(), 0);
        assert_eq!(platform.upkeep().unwrap().erasures, 0);
        assert!(platform.persons().unwrap().is_empty());
    }

    #[test]
    fn a_backup_opens_with_its_own_keys_alone() {
        let temporary = tempfile::tempdir().unwrap();
        let (one, other) = (temporary.path().join("one"), temporary.path().join("other"));
        let platform = open(&one);
        platform.create_person(&me("one")).unwrap();
        let mut backup = Vec::new();
        platform.backup(&mut backup).unwrap();
        let refused = Platform::restore(&other, &mut &backup[..], WHY).unwrap_err();
        assert!(matches!(refused, PlatformError::NoKeys { .. }), "{refused}");
        drop(open(&other));
        std::fs::remove_dir_all(other.join("store")).unwrap();
        let refused = Platform::restore(&other, &mut &backup[..], WHY).unwrap_err();
        assert!(matches!(refused, PlatformError::Vault(VaultError::Kms(_))), "{refused}");
        assert!(!other.join("store").exists());
    }
}
