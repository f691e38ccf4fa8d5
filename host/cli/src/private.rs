//! Files with personal data, readable only by their owner.

use std::fs::{File, OpenOptions};
use std::io::Result;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Mode: read and write for the owner, nothing for others.
const OWNER: u32 = 0o600;

/// Creates a file; fails if it exists.
pub(crate) fn create_new(path: &Path) -> Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(OWNER).open(path)
}
