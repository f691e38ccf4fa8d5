//! Whether a data folder and its machine are as they should be.
//!
//! Invariant: nothing is made and nothing is mended. What a look may change (opening a store finishes what a crash
//! left) is what every other verb changes too.

use crate::{Caller, Isolation, Platform, PlatformError, Readiness, StoreError, SystemClock};
use mesinfos_consent::{Actor, Channel};
use mesinfos_model::view::Lang;
use mesinfos_vault::kms::LocalKms;
use mesinfos_vault::{Vault, VaultError};
use std::path::{Path, PathBuf};

/// Bytes that have to be free: less, and a file of ordinary size cannot be taken in.
const FREE: u64 = 1 << 30;

/// How many people are named whose log is not whole.
const NAMED: usize = 5;

/// How something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// As it should be.
    Good,
    /// It works, and somebody should know.
    Remark,
    /// Wrong.
    Wrong,
    /// It could not be looked at.
    Unknown,
}

/// What was looked at, how it is, and what to do.
#[derive(Debug)]
pub struct Finding {
    /// Its word, which does not change.
    pub check: &'static str,
    /// How it is.
    pub health: Health,
    /// What was found.
    pub found: Found,
    /// What to do; none if it is good.
    pub advice: Option<Advice>,
}

/// What was found.
#[derive(Debug)]
pub enum Found {
    /// There is no such folder yet.
    NoFolder(PathBuf),
    /// There is no store yet.
    NoStoreYet,
    /// There is a store, and there are no keys.
    StoreWithoutKeys,
    /// Only its owner may enter the data folder.
    OwnersAlone(PathBuf),
    /// Others may enter a folder, which has this mode.
    OpenToOthers(PathBuf, u32),
    /// A folder cannot be looked at.
    FolderUnseen(PathBuf, std::io::Error),
    /// The disk of a folder has so many bytes free.
    Free {
        /// Bytes.
        bytes: u64,
        /// The folder.
        path: PathBuf,
    },
    /// The disk of a folder does not say what is free.
    FreeUnseen(PathBuf, std::io::Error),
    /// What is free is not looked at on this system.
    FreeUnknown,
    /// Whether this machine has a wall around apps.
    Wall(&'static str, bool),
    /// Apps run in processes of their own.
    OwnProcesses,
    /// Apps run in the process that has the keys.
    OneProcess(PlatformError),
    /// The store does not open.
    Unopened(PlatformError),
    /// The store opens, and nobody else has it.
    StoreOpens,
    /// The store opens, and does not answer.
    StoreSilent,
    /// The keys are there, and are those of this store.
    KeysThere,
    /// The key file is not the one that was opened.
    OtherKeys,
    /// Keys of so many buckets of people are gone.
    BucketsWithoutKey(usize),
    /// Whether the keys of all people can be had cannot be said.
    KeysUnseen(VaultError),
    /// The clocks of the store and of the machine agree.
    ClocksAgree,
    /// They are two seconds or more apart.
    ClocksApart,
    /// Every erasure is finished.
    ErasuresDone,
    /// So many erasures are not.
    ErasuresOpen(usize),
    /// Which erasures are finished cannot be said.
    ErasuresUnseen(VaultError),
    /// Versions of the program, of the vault's format and of the engine.
    Versions {
        /// Of this program.
        version: &'static str,
        /// Of what is stored.
        format: u32,
        /// In which apps run.
        engine: String,
    },
    /// The audit logs of so many people are whole.
    LogsWhole(usize),
    /// Some audit logs are not.
    LogsBroken {
        /// How many.
        broken: usize,
        /// Of how many.
        all: usize,
        /// Whose, for a few of them.
        some: Vec<String>,
    },
    /// Not every vault opens.
    VaultsClosed(PlatformError),
}

/// What to do about a finding. How it is done is the door's to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Advice {
    /// Make a store by importing something, or put a backup back.
    MakeOrRestore,
    /// Keep others out of this folder.
    KeepOthersOut(PathBuf),
    /// Look at it as the owner of the folder.
    BeTheOwner,
    /// Put the folder of keys back as it was: without it the store is lost.
    PutKeysBack,
    /// Look at the disk.
    LookAtTheDisk,
    /// Make room: so many bytes at least.
    MakeRoom(u64),
    /// Use a machine that has the walls.
    OtherMachine,
    /// Ask the server that has the store, or stop it.
    AskTheServer,
    /// Use the program that wrote the store, or a later one.
    NewerProgram,
    /// Keep a copy of the folder, and put the last backup back.
    RestoreLastBackup,
    /// Put a backup back with the verb for it, and not by hand.
    RestoreNotByHand,
    /// Set the clock, and keep it set.
    SetTheClock,
    /// Let a server run, which finishes erasures; its log says why it does not.
    LetAServerFinish,
    /// Verify the log of each of these people, and stop apps for them.
    VerifyEach,
}

impl Finding {
    fn good(check: &'static str, found: Found) -> Finding {
        Finding { check, health: Health::Good, found, advice: None }
    }

    fn bad(check: &'static str, health: Health, found: Found, advice: Advice) -> Finding {
        Finding { check, health, found, advice: Some(advice) }
    }
}

/// Looks at a data folder and at this machine. `program` is what runners are started from; `deep` verifies the audit
/// log of every person, which reads all of it.
pub fn examine(path: &Path, program: PathBuf, deep: bool) -> Vec<Finding> {
    if !path.exists() {
        let none = Found::NoFolder(path.to_owned());
        return vec![Finding::bad("folder", Health::Remark, none, Advice::MakeOrRestore)];
    }
    let mut found = folders(path);
    found.push(room(path));
    if !path.join("store").is_dir() {
        found.push(Finding::bad("store", Health::Remark, Found::NoStoreYet, Advice::MakeOrRestore));
        return found;
    }
    if found.iter().any(|finding| finding.check == "folder" && finding.health == Health::Wrong) {
        return found;
    }
    if !path.join("keys").join(LocalKms::FILE).is_file() {
        found.push(Finding::bad("keys", Health::Wrong, Found::StoreWithoutKeys, Advice::PutKeysBack));
        return found;
    }
    match open(path, program, &mut found) {
        Ok(platform) => inside(&platform, deep, &mut found),
        Err(error) => found.push(unopened(error)),
    }
    found
}

/// The folders that there are, and who may enter them.
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
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => {
                let unseen = Found::FolderUnseen(folder, error);
                found.push(Finding::bad("folder", Health::Wrong, unseen, Advice::BeTheOwner));
            }
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

/// What is free on the disk.
#[cfg(unix)]
fn room(path: &Path) -> Finding {
    let there = path.ancestors().find(|path| path.is_dir()).unwrap_or(path);
    let free = match rustix::fs::statvfs(there) {
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

/// Opens it, with runners if there are any, and says which walls there are.
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
    let (check, health, advice) = match &error {
        PlatformError::Store(StoreError::InUse) => ("store", Health::Unknown, Advice::AskTheServer),
        PlatformError::Vault(VaultError::Kms(_)) => ("keys", Health::Wrong, Advice::PutKeysBack),
        PlatformError::Vault(VaultError::NewerFormat { .. }) => {
            ("formats", Health::Wrong, Advice::NewerProgram)
        }
        PlatformError::OpenToOthers { path, .. } => {
            ("folder", Health::Wrong, Advice::KeepOthersOut(path.clone()))
        }
        _ => ("store", Health::Wrong, Advice::RestoreLastBackup),
    };
    Finding::bad(check, health, Found::Unopened(error), advice)
}

/// What can be looked at in a store that is open.
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
    let engine = platform.engine();
    found.push(Finding::good("formats", Found::Versions { version, format, engine }));
    if deep {
        found.push(logs(platform));
    }
}

/// Whether the keys of all people can be had.
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

/// The audit logs of all persons.
fn logs(platform: &Platform) -> Finding {
    const CHECK: &str = "logs";
    let names = match platform.persons() {
        Ok(names) => names,
        Err(error) => {
            let closed = Found::VaultsClosed(error);
            return Finding::bad(CHECK, Health::Wrong, closed, Advice::RestoreNotByHand);
        }
    };
    let is_whole = |name: &&String| {
        let caller = Caller::new(&SystemClock, Actor::Operator, Channel::Cli, Lang::En);
        name.parse().is_ok_and(|person| platform.audit_verify(&caller.about(person), None).is_ok())
    };
    let broken: Vec<&String> = names.iter().filter(|name| !is_whole(name)).collect();
    if broken.is_empty() {
        return Finding::good(CHECK, Found::LogsWhole(names.len()));
    }
    let some = broken.iter().take(NAMED).copied().cloned().collect();
    let found = Found::LogsBroken { broken: broken.len(), all: names.len(), some };
    Finding::bad(CHECK, Health::Wrong, found, Advice::VerifyEach)
}
