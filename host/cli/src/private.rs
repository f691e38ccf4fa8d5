//! Files with a person's data: only their owner may read them.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{Result, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// Reading and writing for the owner, nothing for others.
const OWNER: u32 = 0o600;

/// A file that is not there yet.
pub(crate) fn create_new(path: &Path) -> Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(OWNER).open(path)
}

/// Writes a file; one that is there already is written anew, and becomes the owner's alone.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(OWNER).open(path)?;
    // What is no file (a terminal, a pipe) keeps its permissions.
    if file.metadata()?.is_file() {
        file.set_permissions(Permissions::from_mode(OWNER))?;
    }
    file.write_all(bytes)
}
