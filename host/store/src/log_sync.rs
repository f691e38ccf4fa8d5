//! Makes sled sync its log wherever it asks for a sync.
//!
//! On Linux sled uses `sync_file_range` as a sync (sled issue 1452). It is not a sync: it neither writes
//! the file's size nor flushes the disk's own cache, and some file systems ignore it. More than the latest
//! acknowledged commits is at risk. sled overwrites old segments of its log once it believes that their
//! replacements are on disk, and records in new segments up to where the log is complete. After a power cut
//! either may be wrong, and records acknowledged long ago are lost. A sync after each commit does not
//! prevent that, because a commit may be longer than a segment.
//!
//! This module therefore defines a function of that name. The linker resolves it before the C library's, so
//! sled gets the sync it asks for. [`is_in_place`] checks this; if it fails, no store is opened.

use std::sync::atomic::{AtomicU64, Ordering};

static CALLS: AtomicU64 = AtomicU64::new(0);

/// Makes the whole file durable, whatever the range.
#[unsafe(no_mangle)]
#[allow(unsafe_code, reason = "sled calls a function of the C library by this name")]
extern "C" fn sync_file_range(file: libc::c_int, _: i64, _: i64, _: libc::c_uint) -> libc::c_int {
    CALLS.fetch_add(1, Ordering::Relaxed);
    // SAFETY: `fdatasync` takes a plain number, and returns an error if it is not an open file.
    unsafe { libc::fdatasync(file) }
}

/// Whether calls of `sync_file_range` in this program reach this module.
pub(crate) fn is_in_place() -> bool {
    let before = CALLS.load(Ordering::Relaxed);
    // SAFETY: as above; -1 is never an open file.
    #[allow(unsafe_code, reason = "it is called as sled calls it")]
    let refused = unsafe { libc::sync_file_range(-1, 0, 0, 0) };
    refused != 0 && CALLS.load(Ordering::Relaxed) > before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sled_syncs_what_it_writes() {
        let folder = tempfile::tempdir().unwrap();
        let db = sled::Config::default().path(folder.path()).flush_every_ms(None).open().unwrap();
        assert!(is_in_place());
        for n in 0..3_u8 {
            let before = CALLS.load(Ordering::Relaxed);
            db.insert([n], &[n]).unwrap();
            db.flush().unwrap();
            assert!(CALLS.load(Ordering::Relaxed) > before);
        }
    }
}
