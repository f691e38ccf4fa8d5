//! Health checks of a data folder and its machine.
//!
//! Invariant: nothing is created or repaired, except that opening a store completes work interrupted by a
//! crash, as in every other command.

use crate::operator::backup;
use crate::{Caller, Isolation, Platform, PlatformError, Readiness, StoreError, SystemClock};
use mesinfos_consent::{Actor, Channel};
use mesinfos_model::PersonName;
use mesinfos_model::view::Lang;
use mesinfos_vault::kms::{KmsError, LocalKms};
use mesinfos_vault::{Vault, VaultError};
#[cfg(unix)]
use rustix::fs::StatVfsMountFlags;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Minimum free space in bytes. With less, a file of ordinary size cannot be imported.
const FREE: u64 = 1 << 30;

/// Maximum number of people named in a finding, such as those whose audit chain is broken.
const NAMED: usize = 5;

/// Severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// No problem.
    Good,
    /// Works, but the operator should know.
    Remark,
    /// A fault.
    Wrong,
    /// Could not be checked.
    Unknown,
}

/// Result of one check.
#[derive(Debug)]
pub struct Finding {
    /// Stable name of the check.
    pub check: &'static str,
    /// Severity.
    pub health: Health,
    /// Details.
    pub found: Found,
    /// Recommended action. `None` if the result is good.
    pub advice: Option<Advice>,
}

/// Details of a check.
#[derive(Debug)]
pub enum Found {
    /// The data folder does not exist.
    NoFolder(PathBuf),
    /// The store does not exist.
    NoStoreYet,
    /// The store exists, but the keys do not.
    StoreWithoutKeys,
    /// Only the owner may enter the data folder.
    OwnersAlone(PathBuf),
    /// A folder with this Unix mode is accessible to users other than its owner.
    OpenToOthers(PathBuf, u32),
    /// The metadata of a folder cannot be read.
    FolderUnseen(PathBuf, std::io::Error),
    /// Free space on the disk of a folder.
    Free {
        /// Bytes.
        bytes: u64,
        /// The folder.
        path: PathBuf,
    },
    /// The file system of a folder is mounted read-only.
    DiskReadOnly(PathBuf),
    /// The free space cannot be read.
    FreeUnseen(PathBuf, std::io::Error),
    /// Free space is not checked on this system.
    FreeUnknown,
    /// A barrier around apps, and whether this machine has it.
    Wall(&'static str, bool),
    /// Apps run in their own processes.
    OwnProcesses,
    /// Apps run in the process that holds the keys.
    OneProcess(PlatformError),
    /// The store cannot be opened.
    Unopened(PlatformError),
    /// The store opens, and no other process uses it.
    StoreOpens,
    /// The store opens, but does not answer.
    StoreSilent,
    /// The keys exist and belong to this store.
    KeysThere,
    /// The key file is not the one that was opened.
    OtherKeys,
    /// Number of buckets whose keys are missing.
    BucketsWithoutKey(usize),
    /// The keys of all buckets could not be checked.
    KeysUnseen(VaultError),
    /// The clocks of the store and the machine agree.
    ClocksAgree,
    /// The clocks differ by two seconds or more.
    ClocksApart,
    /// All erasures are finished.
    ErasuresDone,
    /// Number of unfinished erasures.
    ErasuresOpen(usize),
    /// Erasures could not be checked.
    ErasuresUnseen(VaultError),
    /// Versions of the program, the vault format and the engine.
    Versions {
        /// Version of this program.
        version: &'static str,
        /// Version of the stored format.
        format: u32,
        /// Identity of the engine that runs apps.
        engine: String,
    },
    /// All audit chains are intact. Number of people.
    LogsWhole(usize),
    /// Some audit chains are broken.
    LogsBroken {
        /// Number of broken chains.
        broken: usize,
        /// Number of chains checked.
        all: usize,
        /// Names of some people whose chain is broken.
        some: Vec<String>,
    },
    /// Not every vault opens.
    VaultsClosed(PlatformError),
    /// Every row and document opens. Number of sealed chunks.
    RowsWhole(u64),
    /// Rows or documents of a person are missing or changed.
    RowsLost {
        /// Name of the person.
        person: String,
        /// Number of missing chunks.
        missing: u64,
        /// Number of chunks that do not open.
        changed: u64,
    },
    /// The rows of a person could not be read.
    RowsUnread {
        /// Name of the person.
        person: String,
        /// The reason.
        why: PlatformError,
    },
    /// The components of all installed apps are there and unchanged. Number of apps.
    AppsWhole(usize),
    /// Ids of installed apps whose component is missing or changed.
    AppsMissing(Vec<String>),
    /// The installed apps cannot be read.
    AppsUnseen(PlatformError),
    /// Number of other people whose rows are not whole.
    RowsLostOfOthers(usize),
    /// The store is gone, but its keys exist.
    StoreGone,
    /// A restore into this folder did not end, and there is no store.
    RestoreUnfinished(PathBuf),
    /// A restore left this folder beside a store.
    RestoreLeft(PathBuf),
}

/// Recommended action for a finding. The door phrases the instructions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Advice {
    /// Create a store by importing something, or restore a backup.
    MakeOrRestore,
    /// Close this folder to others.
    KeepOthersOut(PathBuf),
    /// Run the check as the owner of the folder.
    BeTheOwner,
    /// Put the folder of keys back. Without it, the store is lost.
    PutKeysBack,
    /// Check the disk.
    LookAtTheDisk,
    /// Free at least this many bytes.
    MakeRoom(u64),
    /// Use a machine that has the barriers.
    OtherMachine,
    /// Ask the server that holds the store, or stop it.
    AskTheServer,
    /// Use the program version that wrote the store, or a later one.
    NewerProgram,
    /// Keep a copy of the folder and restore the last backup.
    RestoreLastBackup,
    /// Restore a backup.
    Restore,
    /// Remove this folder.
    Remove(PathBuf),
    /// Make the file system writable.
    MakeWritable,
    /// Restore a backup with the restore command instead of copying files.
    RestoreNotByHand,
    /// Set the clock, and keep it synchronised.
    SetTheClock,
    /// Keep a server running to finish erasures. Its log says why one fails.
    LetAServerFinish,
    /// Verify the audit chain of each of these people, and stop apps for them.
    VerifyEach,
    /// Install these apps again.
    InstallAgain,
}

impl Finding {
    fn good(check: &'static str, found: Found) -> Finding {
        Finding { check, health: Health::Good, found, advice: None }
    }

    fn bad(check: &'static str, health: Health, found: Found, advice: Advice) -> Finding {
        Finding { check, health, found, advice: Some(advice) }
    }
}

/// Checks a data folder and this machine. `program` is the program of runners (see [`Isolation::Process`]).
/// `deep` verifies the audit chain of every person and opens all their rows and documents, one person at a
/// time.
pub fn examine(path: &Path, program: PathBuf, deep: bool) -> Vec<Finding> {
    match path.try_exists() {
        Ok(true) => {}
        Ok(false) => {
            let none = Found::NoFolder(path.to_owned());
            return vec![Finding::bad("folder", Health::Remark, none, Advice::MakeOrRestore)];
        }
        Err(why) => return vec![unseen(path.to_owned(), why)],
    }
    let mut found = folders(path);
    found.push(room(path));
    if found.iter().any(|finding| matches!(finding.found, Found::FolderUnseen(..))) {
        return found;
    }
    let (keys, left) = (path.join("keys").join(LocalKms::FILE), path.join(backup::INCOMPLETE));
    let seen =
        backup::has_store(path).and_then(|has_store| Ok((has_store, keys.try_exists()?, left.try_exists()?)));
    let (has_store, has_keys, has_left) = match seen {
        Ok(seen) => seen,
        Err(why) => {
            found.push(unseen(path.to_owned(), why));
            return found;
        }
    };
    if !has_store {
        found.push(if has_left {
            Finding::bad("store", Health::Wrong, Found::RestoreUnfinished(left), Advice::Restore)
        } else if has_keys {
            Finding::bad("store", Health::Wrong, Found::StoreGone, Advice::Restore)
        } else {
            Finding::bad("store", Health::Remark, Found::NoStoreYet, Advice::MakeOrRestore)
        });
        return found;
    }
    if has_left {
        let beside = Found::RestoreLeft(left.clone());
        found.push(Finding::bad("store", Health::Remark, beside, Advice::Remove(left)));
    }
    if found.iter().any(|finding| finding.check == "folder" && finding.health == Health::Wrong) {
        return found;
    }
    if !has_keys {
        found.push(Finding::bad("keys", Health::Wrong, Found::StoreWithoutKeys, Advice::PutKeysBack));
        return found;
    }
    match open(path, program, &mut found) {
        Ok(platform) => inside(&platform, deep, &mut found),
        Err(error) => found.push(unopened(error)),
    }
    found
}

/// The finding for a folder whose metadata cannot be read.
fn unseen(path: PathBuf, why: std::io::Error) -> Finding {
    let advice = of_disk(why.kind());
    Finding::bad("folder", Health::Wrong, Found::FolderUnseen(path, why), advice)
}

/// Recommended action for an error of the file system.
fn of_disk(kind: ErrorKind) -> Advice {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Advice::MakeRoom(FREE),
        ErrorKind::ReadOnlyFilesystem => Advice::MakeWritable,
        ErrorKind::PermissionDenied => Advice::BeTheOwner,
        _ => Advice::LookAtTheDisk,
    }
}

/// Checks which folders exist and who may enter them.
fn folders(path: &Path) -> Vec<Finding> {
    let mut found = Vec::new();
    for part in ["", "store", "keys", "apps", "doors"] {
        let folder = if part.is_empty() { path.to_owned() } else { path.join(part) };
        match std::fs::metadata(&folder) {
            Ok(about) => {
                let mode = mode(&about);
                if mode & !0o700 != 0 {
                    let open = Found::OpenToOthers(folder.clone(), mode);
                    found.push(Finding::bad("folder", Health::Wrong, open, Advice::KeepOthersOut(folder)));
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => found.push(unseen(folder, error)),
        }
    }
    if found.is_empty() {
        found.push(Finding::good("folder", Found::OwnersAlone(path.to_owned())));
    }
    found
}

#[cfg(unix)]
fn mode(about: &std::fs::Metadata) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o777
}

#[cfg(not(unix))]
fn mode(_: &std::fs::Metadata) -> u32 {
    0o700
}

/// Checks the free space of the disk.
#[cfg(unix)]
fn room(path: &Path) -> Finding {
    let there = path.ancestors().find(|path| path.is_dir()).unwrap_or(path);
    let free = match rustix::fs::statvfs(there) {
        Ok(disk) if disk.f_flag.contains(StatVfsMountFlags::RDONLY) => {
            let found = Found::DiskReadOnly(there.to_owned());
            return Finding::bad("disk", Health::Wrong, found, Advice::MakeWritable);
        }
        Ok(disk) => disk.f_bavail.saturating_mul(disk.f_frsize),
        Err(error) => {
            let unseen = Found::FreeUnseen(there.to_owned(), error.into());
            return Finding::bad("disk", Health::Unknown, unseen, Advice::LookAtTheDisk);
        }
    };
    let found = Found::Free { bytes: free, path: there.to_owned() };
    if free < FREE {
        return Finding::bad("disk", Health::Wrong, found, Advice::MakeRoom(FREE));
    }
    Finding::good("disk", found)
}

#[cfg(not(unix))]
fn room(_: &Path) -> Finding {
    Finding::bad("disk", Health::Unknown, Found::FreeUnknown, Advice::LookAtTheDisk)
}

/// Opens the platform, with runners if possible, and reports the barriers around apps.
fn open(path: &Path, program: PathBuf, found: &mut Vec<Finding>) -> crate::Result<Platform> {
    match Platform::open(path, &Isolation::Process { program }) {
        Ok(platform) => {
            for (wall, is_there) in platform.walls() {
                found.push(if is_there {
                    Finding::good("walls", Found::Wall(wall, true))
                } else {
                    Finding::bad("walls", Health::Remark, Found::Wall(wall, false), Advice::OtherMachine)
                });
            }
            found.push(Finding::good("walls", Found::OwnProcesses));
            Ok(platform)
        }
        Err(error) if error.lacks_isolation() => {
            let one = Found::OneProcess(error);
            found.push(Finding::bad("walls", Health::Wrong, one, Advice::OtherMachine));
            Platform::open(path, &Isolation::InProcess)
        }
        Err(error) => Err(error),
    }
}

fn unopened(error: PlatformError) -> Finding {
    let (check, health, advice) = judged(&error);
    Finding::bad(check, health, Found::Unopened(error), advice)
}

/// Recommended action for an error of an open store.
fn advice_on(error: &PlatformError) -> Advice {
    judged(error).2
}

/// The check that an error belongs to, its severity, and the recommended action.
fn judged(error: &PlatformError) -> (&'static str, Health, Advice) {
    match error {
        PlatformError::Store(StoreError::InUse) => ("store", Health::Unknown, Advice::AskTheServer),
        PlatformError::Store(StoreError::Io(why))
        | PlatformError::Vault(VaultError::Store(StoreError::Io(why))) => {
            ("disk", Health::Wrong, of_disk(why.kind()))
        }
        PlatformError::Io(why) => ("disk", Health::Wrong, of_disk(why.kind())),
        PlatformError::Vault(VaultError::Kms(KmsError::Io(why))) => {
            ("keys", Health::Wrong, of_disk(why.kind()))
        }
        PlatformError::Vault(VaultError::Kms(_)) => ("keys", Health::Wrong, Advice::PutKeysBack),
        PlatformError::Vault(VaultError::NewerFormat { .. }) => {
            ("formats", Health::Wrong, Advice::NewerProgram)
        }
        PlatformError::OpenToOthers { path, .. } => {
            ("folder", Health::Wrong, Advice::KeepOthersOut(path.clone()))
        }
        PlatformError::Store(StoreError::Damaged(_) | StoreError::MissingChunk { .. })
        | PlatformError::Vault(VaultError::Damaged(_) | VaultError::Store(StoreError::Damaged(_))) => {
            ("store", Health::Wrong, Advice::RestoreLastBackup)
        }
        _ => ("store", Health::Wrong, Advice::LookAtTheDisk),
    }
}

/// Checks inside an open store.
fn inside(platform: &Platform, deep: bool, found: &mut Vec<Finding>) {
    found.push(Finding::good("store", Found::StoreOpens));
    let Readiness { store, keys, clock } = platform.readiness();
    if !store {
        found.push(Finding::bad("store", Health::Wrong, Found::StoreSilent, Advice::LookAtTheDisk));
    }
    found.push(if keys {
        buckets(platform)
    } else {
        Finding::bad("keys", Health::Wrong, Found::OtherKeys, Advice::PutKeysBack)
    });
    found.push(if clock {
        Finding::good("clock", Found::ClocksAgree)
    } else {
        Finding::bad("clock", Health::Wrong, Found::ClocksApart, Advice::SetTheClock)
    });
    found.push(match platform.vault.unfinished_erasures() {
        Ok(0) => Finding::good("erasures", Found::ErasuresDone),
        Ok(open) => {
            Finding::bad("erasures", Health::Wrong, Found::ErasuresOpen(open), Advice::LetAServerFinish)
        }
        Err(error) => {
            Finding::bad("erasures", Health::Wrong, Found::ErasuresUnseen(error), Advice::LookAtTheDisk)
        }
    });
    let (version, format) = (env!("CARGO_PKG_VERSION"), Vault::FORMAT);
    let engine = platform.engine().to_owned();
    found.push(Finding::good("formats", Found::Versions { version, format, engine }));
    if deep {
        found.push(apps(platform));
        match platform.persons() {
            Ok(names) => {
                found.push(logs(platform, &names));
                found.extend(rows(platform, &names));
            }
            Err(error) => {
                let closed = Found::VaultsClosed(error);
                found.push(Finding::bad("logs", Health::Wrong, closed, Advice::RestoreNotByHand));
            }
        }
    }
}

/// Checks that the keys of all buckets are available.
fn buckets(platform: &Platform) -> Finding {
    match platform.vault.buckets_without_key() {
        Ok(gone) if gone.is_empty() => Finding::good("keys", Found::KeysThere),
        Ok(gone) => {
            let without = Found::BucketsWithoutKey(gone.len());
            Finding::bad("keys", Health::Wrong, without, Advice::RestoreNotByHand)
        }
        Err(error) => Finding::bad("keys", Health::Wrong, Found::KeysUnseen(error), Advice::PutKeysBack),
    }
}

/// A caller for the operator, about one person.
fn about(name: &str) -> crate::Result<Caller> {
    let caller = Caller::new(&SystemClock, Actor::Operator, Channel::Cli, Lang::En);
    Ok(caller.about(name.parse::<PersonName>()?))
}

/// Opens all rows and documents of all people, one person at a time.
fn rows(platform: &Platform, names: &[String]) -> Vec<Finding> {
    const CHECK: &str = "rows";
    let (mut found, mut chunks, mut wrong) = (Vec::new(), 0, 0);
    for name in names {
        let why = match about(name).and_then(|caller| platform.check_rows(&caller)) {
            Ok(checked) => {
                chunks += checked.chunks;
                continue;
            }
            Err(why) => why,
        };
        wrong += 1;
        if wrong > NAMED {
            continue;
        }
        let person = name.clone();
        found.push(match why {
            PlatformError::Vault(VaultError::Lost { missing, changed }) => {
                let lost = Found::RowsLost { person, missing, changed };
                Finding::bad(CHECK, Health::Wrong, lost, Advice::RestoreLastBackup)
            }
            why => {
                let advice = advice_on(&why);
                Finding::bad(CHECK, Health::Wrong, Found::RowsUnread { person, why }, advice)
            }
        });
    }
    if wrong == 0 {
        return vec![Finding::good(CHECK, Found::RowsWhole(chunks))];
    }
    if wrong > NAMED {
        let others = Found::RowsLostOfOthers(wrong - NAMED);
        found.push(Finding::bad(CHECK, Health::Wrong, others, Advice::RestoreLastBackup));
    }
    found
}

/// Checks that the component of every installed app is there and unchanged.
fn apps(platform: &Platform) -> Finding {
    const CHECK: &str = "apps";
    match platform.apps_missing() {
        Ok((all, missing)) if missing.is_empty() => Finding::good(CHECK, Found::AppsWhole(all)),
        Ok((_, missing)) => {
            Finding::bad(CHECK, Health::Wrong, Found::AppsMissing(missing), Advice::InstallAgain)
        }
        Err(error) => {
            let advice = advice_on(&error);
            Finding::bad(CHECK, Health::Wrong, Found::AppsUnseen(error), advice)
        }
    }
}

/// Checks the audit chains of all people.
fn logs(platform: &Platform, names: &[String]) -> Finding {
    const CHECK: &str = "logs";
    let is_whole = |name: &&String| about(name).and_then(|caller| platform.verify_log(&caller)).is_ok();
    let broken: Vec<&String> = names.iter().filter(|name| !is_whole(name)).collect();
    if broken.is_empty() {
        return Finding::good(CHECK, Found::LogsWhole(names.len()));
    }
    let some = broken.iter().take(NAMED).copied().cloned().collect();
    let found = Found::LogsBroken { broken: broken.len(), all: names.len(), some };
    Finding::bad(CHECK, Health::Wrong, found, Advice::VerifyEach)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    #[test]
    fn what_to_do_depends_on_what_refused() {
        let disk = |kind: ErrorKind| {
            [
                PlatformError::Io(io::Error::from(kind)),
                PlatformError::Store(StoreError::Io(io::Error::from(kind))),
                PlatformError::Vault(VaultError::Kms(KmsError::Io(io::Error::from(kind)))),
            ]
        };
        for (kind, expected) in [
            (ErrorKind::StorageFull, Advice::MakeRoom(FREE)),
            (ErrorKind::ReadOnlyFilesystem, Advice::MakeWritable),
            (ErrorKind::PermissionDenied, Advice::BeTheOwner),
            (ErrorKind::Other, Advice::LookAtTheDisk),
        ] {
            for error in disk(kind) {
                assert_eq!(unopened(error).advice, Some(expected.clone()), "{kind}");
            }
        }
        let damaged = || StoreError::Damaged("why".to_owned());
        for error in [PlatformError::Store(damaged()), VaultError::Store(damaged()).into()] {
            assert_eq!(unopened(error).advice, Some(Advice::RestoreLastBackup));
        }
    }

    /// A path below a file causes an error other than "not found", as a folder without permission does.
    #[test]
    fn what_cannot_be_seen_is_not_taken_for_absent() {
        let temporary = tempfile::tempdir().unwrap();
        std::fs::write(temporary.path().join("file"), "x").unwrap();
        let found = examine(&temporary.path().join("file/data"), PathBuf::new(), false);
        assert!(matches!(found[0].found, Found::FolderUnseen(..)), "{found:?}");
    }
}
