//! A sync of sled's log where sled asks for one.
//!
//! On Linux sled takes `sync_file_range` for a sync (its issue 1452). It is none: it neither writes the size of the
//! file, nor empties the disk's own cache, nor does every file system do anything for it. More hangs on it than
//! what is acknowledged. sled writes over old segments of its log once it believes that what replaces them is on
//! the disk, and notes in new segments up to where the log is whole. After a power cut either may be wrong, and
//! then records are gone that were acknowledged long ago. A sync after each commit cannot mend that, because a
//! commit may be longer than a segment.
//!
//! So here is a function of that name. The linker takes it before it looks into the C library, and sled gets the
//! sync it asks for. [`is_in_place`] tells whether it did; a store is not opened without.

use std::sync::atomic::{AtomicU64, Ordering};

static CALLS: AtomicU64 = AtomicU64::new(0);

/// Makes the whole file durable, whatever range is asked for.
#[unsafe(no_mangle)]
#[allow(unsafe_code, reason = "sled calls a function of the C library by this name")]
extern "C" fn sync_file_range(file: libc::c_int, _: i64, _: i64, _: libc::c_uint) -> libc::c_int {
    CALLS.fetch_add(1, Ordering::Relaxed);
    // SAFETY: it takes a number, and says so if no file has it.
    unsafe { libc::fdatasync(file) }
}

/// Whether whoever calls `sync_file_range` in this program comes here.
pub(crate) fn is_in_place() -> bool {
    let before = CALLS.load(Ordering::Relaxed);
    // SAFETY: as above; no file has this number.
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
