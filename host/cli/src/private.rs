//! Files with personal data, readable only by their owner.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{Result, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// Mode: read and write for the owner, nothing for others.
const OWNER: u32 = 0o600;

/// Creates a file; fails if it exists.
pub(crate) fn create_new(path: &Path) -> Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(OWNER).open(path)
}

/// Writes a file. An existing file is truncated and its permissions reduced to the owner.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(OWNER).open(path)?;
    // Anything but a regular file (a terminal, a pipe) keeps its permissions.
    if file.metadata()?.is_file() {
        file.set_permissions(Permissions::from_mode(OWNER))?;
    }
    file.write_all(bytes)
}
