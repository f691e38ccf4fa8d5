//! Folders that only their owner may enter.
//!
//! The data folder holds keys, rows and native code. A folder that others may list reveals who has a vault
//! and lets them copy the store; a folder that others may write lets them replace code.

use crate::{PlatformError, Result};
use cap_std::fs::{Dir, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use zeroize::Zeroizing;

/// Opens a folder, creating it and its parents if missing. An empty folder that is open to other users is
/// closed to them. A non-empty one is not trusted and is refused.
///
/// # Errors
/// [`PlatformError::OpenToOthers`] if anybody but the owner may enter it.
pub(crate) fn open(path: &Path) -> Result<Dir> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, OWNER_ONLY);
    builder.create(path).map_err(|error| {
        let is_no_folder = error.kind() == io::ErrorKind::AlreadyExists && !path.is_dir();
        if is_no_folder { io::Error::from(io::ErrorKind::NotADirectory) } else { error }
    })?;
    let folder = Dir::open_ambient_dir(path, cap_std::ambient_authority())?;
    check(&folder, path)?;
    Ok(folder)
}

/// Whether somebody other than the owner may enter a folder with this metadata.
#[cfg(unix)]
pub(crate) fn is_open_to_others(about: &std::fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o077 != 0
}

#[cfg(not(unix))]
pub(crate) fn is_open_to_others(_: &std::fs::Metadata) -> bool {
    false
}

/// Writes a file atomically, readable by its owner only. Concurrent writers, in this process or another, each
/// write a temporary file of their own before renaming it.
///
/// # Errors
/// The I/O error.
pub(crate) fn write(folder: &Dir, name: &str, parts: &[&[u8]]) -> io::Result<()> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let temporary = format!("{name}.{}-{number}.tmp", std::process::id());
    let written = write_new(folder, &temporary, parts).and_then(|()| folder.rename(&temporary, folder, name));
    if written.is_err() {
        let _ = folder.remove_file(&temporary);
    }
    written
}

/// The 32 bytes of a key file, created with random bytes on first use. If two processes create it, both use the first.
///
/// # Errors
/// The I/O error, also if the file is damaged.
pub(crate) fn key(keys: &Dir, name: &str) -> io::Result<Zeroizing<[u8; 32]>> {
    match keys.read(name).map(Zeroizing::new) {
        Ok(bytes) => {
            let damaged = || io::Error::other(format!("keys/{name} is damaged: restore it from a backup"));
            return Ok(Zeroizing::new(bytes.as_slice().try_into().map_err(|_| damaged())?));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let (mut bytes, mut random) = (Zeroizing::new([0_u8; 32]), [0_u8; 4]);
    for into in [bytes.as_mut_slice(), &mut random] {
        aws_lc_rs::rand::fill(into).map_err(|_| io::Error::other("the system provides no random bytes"))?;
    }
    let temporary = format!("{name}.{:08x}.tmp", u32::from_be_bytes(random));
    write(keys, &temporary, &[bytes.as_ref()])?;
    let linked = keys.hard_link(&temporary, keys, name);
    keys.remove_file(&temporary)?;
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => key(keys, name),
        done => done.map(|()| bytes),
    }
}

/// Writes a new file for its owner only.
fn write_new(folder: &Dir, name: &str, parts: &[&[u8]]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    cap_std::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = folder.open_with(name, &options)?;
    parts.iter().try_for_each(|part| file.write_all(part))?;
    file.sync_all()
}

/// Allowed mode of a folder: its owner lists, enters and writes.
#[cfg(unix)]
const OWNER_ONLY: u32 = 0o700;

#[cfg(unix)]
fn check(folder: &Dir, path: &Path) -> Result<()> {
    use cap_std::fs::PermissionsExt;
    let mode = folder.dir_metadata()?.permissions().mode() & 0o777;
    if mode & !OWNER_ONLY == 0 {
        return Ok(());
    }
    if folder.entries()?.next().is_none() {
        let owner_only = cap_std::fs::Permissions::from_mode(OWNER_ONLY);
        // This fails for a folder of another user, which is then refused below.
        if folder.set_permissions(".", owner_only).is_ok() {
            return Ok(());
        }
    }
    Err(PlatformError::OpenToOthers { path: path.to_owned(), mode })
}

/// Checks nothing: on other systems a folder keeps the permissions it inherits.
#[cfg(not(unix))]
fn check(_: &Dir, _: &Path) -> Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_folder_is_the_owners_alone_and_a_wider_one_is_refused() {
        let temporary = tempfile::tempdir().unwrap();
        let path = temporary.path().join("a/it's b");
        open(&path).unwrap();
        for made in [&path, path.parent().unwrap()] {
            assert_eq!(made.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        }
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o777)).unwrap();
        open(&path).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o700, "it was empty");
        std::fs::write(path.join("row"), "x").unwrap();
        for mode in [0o750, 0o701, 0o770, 0o755, 0o777] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            let said = open(&path).map(|_| ()).unwrap_err().to_string();
            assert!(said.contains(&format!("{mode:o}")) && said.contains("it's b"), "{said}");
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, mode, "it is as it was");
        }
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        open(&path).unwrap();
        let file = open(&path.join("row")).map(|_| ()).unwrap_err();
        assert!(matches!(file, PlatformError::Io(error) if error.kind() == io::ErrorKind::NotADirectory));
    }
}
