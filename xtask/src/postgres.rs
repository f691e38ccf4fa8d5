//! PostgreSQL, for the tests of the store on it (`host/store-postgres/tests/server`), which look for it in the same folders.

use crate::{Done, packages};
use std::path::{Path, PathBuf};

/// Variable with the folder of its programs.
const PROGRAMS: &str = "MESINFOS_POSTGRES_BIN";

/// Checks that its programs are there. What is missing is installed where that is possible.
pub(crate) fn ready() -> Done {
    if !is_installed() {
        packages::install(&["postgresql"])?;
    }
    if is_installed() {
        return Ok(());
    }
    Err(format!(
        "PostgreSQL 15 or later is needed: install it (\"apt-get install postgresql\" as root on Debian), or set \
         {PROGRAMS} to the folder of initdb and postgres"
    ))
}

fn is_installed() -> bool {
    let given = std::env::var_os(PROGRAMS).map(PathBuf::from);
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian: Vec<PathBuf> = versions.map(|entry| entry.path().join("bin")).collect();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let has = |folder: &Path| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    match given {
        Some(folder) => has(&folder),
        None => {
            debian.iter().any(|folder| has(folder)) || std::env::split_paths(&path).any(|folder| has(&folder))
        }
    }
}
