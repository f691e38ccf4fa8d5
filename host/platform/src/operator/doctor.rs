//! Whether a data folder and its machine are as they should be, in plain words.
//!
//! Invariant: nothing is made and nothing is mended. What a look may change (opening a store finishes what a crash
//! left) is what every other verb changes too.

use crate::{Caller, Isolation, Platform, PlatformError, Readiness, StoreError, SystemClock};
use mesinfos_consent::{Actor, Channel};
use mesinfos_model::view::Lang;
use mesinfos_vault::Vault;
use mesinfos_vault::kms::LocalKms;
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its word, which does not change.
    pub check: &'static str,
    /// How it is.
    pub health: Health,
    /// In words.
    pub words: String,
    /// What to do; none if it is good.
    pub advice: Option<Advice>,
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
    /// Make room: so many MiB at least.
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
    fn good(check: &'static str, words: impl Into<String>) -> Finding {
        Finding { check, health: Health::Good, words: words.into(), advice: None }
    }

    fn bad(check: &'static str, health: Health, words: impl Into<String>, advice: Advice) -> Finding {
        Finding { check, health, words: words.into(), advice: Some(advice) }
    }
}

/// Looks at a data folder and at this machine. `program` is what runners are started from; `deep` verifies the audit
/// log of every person, which reads all of it.
pub fn examine(path: &Path, program: PathBuf, deep: bool) -> Vec<Finding> {
    let mut found = folders(path);
    found.push(room(path));
    if !path.join("store").is_dir() {
        let words = "there is no store yet: the first verb that needs one makes it";
        found.push(Finding::bad("store", Health::Remark, words, Advice::MakeOrRestore));
        return found;
    }
    if found.iter().any(|finding| finding.check == "folder" && finding.health == Health::Wrong) {
        return found;
    }
    if !path.join("keys").join(LocalKms::FILE).is_file() {
        let words = "there is a store, and there are no keys: nothing in it opens";
        let advice = Advice::PutKeysBack;
        found.push(Finding::bad("keys", Health::Wrong, words, advice));
        return found;
    }
    match open(path, program, &mut found) {
        Ok(platform) => inside(&platform, deep, &mut found),
        Err(error) => found.push(unopened(&error)),
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
                    let words =
                        format!("others than its owner may enter {} (mode {mode:o})", folder.display());
                    let advice = Advice::KeepOthersOut(folder);
                    found.push(Finding::bad("folder", Health::Wrong, words, advice));
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => {
                let words = format!("{} cannot be looked at: {error}", folder.display());
                found.push(Finding::bad("folder", Health::Wrong, words, Advice::BeTheOwner));
            }
        }
    }
    if found.is_empty() {
        found.push(Finding::good("folder", format!("{} is its owner's alone", path.display())));
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
            let words = format!("the disk of {} does not say what is free: {error}", there.display());
            return Finding::bad("disk", Health::Unknown, words, Advice::LookAtTheDisk);
        }
    };
    let words = format!("{} MiB are free on the disk of {}", free >> 20, there.display());
    if free < FREE {
        let advice = Advice::MakeRoom(FREE >> 20);
        return Finding::bad("disk", Health::Wrong, words, advice);
    }
    Finding::good("disk", words)
}

#[cfg(not(unix))]
fn room(_: &Path) -> Finding {
    Finding::bad(
        "disk",
        Health::Unknown,
        "what is free on the disk is not looked at on this system",
        Advice::LookAtTheDisk,
    )
}

/// Opens it, with runners if there are any, and says which walls there are.
fn open(path: &Path, program: PathBuf, found: &mut Vec<Finding>) -> crate::Result<Platform> {
    match Platform::open(path, &Isolation::Process { program }) {
        Ok(platform) => {
            for (wall, is_there) in platform.walls() {
                found.push(if is_there {
                    Finding::good("walls", format!("{wall}: yes"))
                } else {
                    Finding::bad("walls", Health::Remark, format!("{wall}: no"), Advice::OtherMachine)
                });
            }
            found.push(Finding::good("walls", "apps run in processes of their own"));
            Ok(platform)
        }
        Err(error) if error.lacks_isolation() => {
            let words = format!(
                "apps run in the process that has the keys, behind WebAssembly's wall alone: {error}"
            );
            found.push(Finding::bad("walls", Health::Wrong, words, Advice::OtherMachine));
            Platform::open(path, &Isolation::InProcess)
        }
        Err(error) => Err(error),
    }
}

fn unopened(error: &PlatformError) -> Finding {
    let (check, health, advice) = match error {
        PlatformError::Store(StoreError::InUse) => ("store", Health::Unknown, Advice::AskTheServer),
        PlatformError::Vault(crate::VaultError::Kms(_)) => ("keys", Health::Wrong, Advice::PutKeysBack),
        PlatformError::Vault(crate::VaultError::NewerFormat { .. }) => {
            ("formats", Health::Wrong, Advice::NewerProgram)
        }
        PlatformError::OpenToOthers { path, .. } => {
            ("folder", Health::Wrong, Advice::KeepOthersOut(path.clone()))
        }
        _ => ("store", Health::Wrong, Advice::RestoreLastBackup),
    };
    Finding::bad(check, health, error.to_string(), advice)
}

/// What can be looked at in a store that is open.
fn inside(platform: &Platform, deep: bool, found: &mut Vec<Finding>) {
    found.push(Finding::good("store", "the store opens, and nobody else has it"));
    let Readiness { store, keys, clock } = platform.readiness();
    if !store {
        found.push(Finding::bad("store", Health::Wrong, "the store does not answer", Advice::LookAtTheDisk));
    }
    found.push(if keys {
        buckets(platform)
    } else {
        let advice = Advice::PutKeysBack;
        Finding::bad("keys", Health::Wrong, "the key file is not the one that was opened", advice)
    });
    found.push(if clock {
        Finding::good("clock", "the clocks of the store and of this machine agree")
    } else {
        let words = "the clocks of the store and of this machine are two seconds or more apart";
        Finding::bad("clock", Health::Wrong, words, Advice::SetTheClock)
    });
    found.push(match platform.vault.unfinished_erasures() {
        Ok(0) => Finding::good("erasures", "every erasure is finished"),
        Ok(open) => {
            let words = format!("{open} erasures were begun and are not finished");
            let advice = Advice::LetAServerFinish;
            Finding::bad("erasures", Health::Wrong, words, advice)
        }
        Err(error) => Finding::bad("erasures", Health::Wrong, error.to_string(), Advice::LookAtTheDisk),
    });
    let (version, format) = (env!("CARGO_PKG_VERSION"), Vault::FORMAT);
    let engine = platform.engine();
    found.push(Finding::good(
        "formats",
        format!("mesinfos {version}, vault format {format}, engine {engine}"),
    ));
    if deep {
        found.push(logs(platform));
    }
}

/// Whether the keys of all people can be had.
fn buckets(platform: &Platform) -> Finding {
    match platform.vault.buckets_without_key() {
        Ok(gone) if gone.is_empty() => {
            Finding::good("keys", "the keys are there, and are those of this store")
        }
        Ok(gone) => {
            let words = format!("of {} buckets of people the key is gone: nobody in them opens", gone.len());
            Finding::bad("keys", Health::Wrong, words, Advice::RestoreNotByHand)
        }
        Err(error) => Finding::bad("keys", Health::Wrong, error.to_string(), Advice::PutKeysBack),
    }
}

/// The audit logs of all persons.
fn logs(platform: &Platform) -> Finding {
    const CHECK: &str = "logs";
    let names = match platform.persons() {
        Ok(names) => names,
        Err(error) => {
            let words = format!("not every vault opens: {error}");
            return Finding::bad(CHECK, Health::Wrong, words, Advice::RestoreNotByHand);
        }
    };
    let is_whole = |name: &&String| {
        let caller = Caller::new(&SystemClock, Actor::Operator, Channel::Cli, Lang::En);
        name.parse().is_ok_and(|person| platform.audit_verify(&caller.about(person), None).is_ok())
    };
    let broken: Vec<&str> = names.iter().filter(|name| !is_whole(name)).map(String::as_str).collect();
    if broken.is_empty() {
        return Finding::good(CHECK, format!("{} vaults open, and their audit logs are whole", names.len()));
    }
    let some = broken.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    let words = format!("{} of {} audit logs are not whole: {some}", broken.len(), names.len());
    Finding::bad(CHECK, Health::Wrong, words, Advice::VerifyEach)
}
