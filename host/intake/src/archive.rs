//! ZIP archives (APPNOTE.TXT of PKWARE): each file in them is read as if it had come by itself.
//!
//! Files that no format knows are passed over and told of. An archive in an archive is refused, as are
//! archives that are packed more tightly than a holder's: they are made to fill memory or disks.

use crate::error::{IntakeError, OverLimit, Stop};
use crate::format::{About, Counts};
use crate::read::{Head, Input};
use crate::rows::{Rejected, SinkError};
use crate::{Read, read_one};
use mesinfos_model::{Batch, Category};
use std::io::{BufReader, Cursor};

/// The largest archive, in bytes: it is held in memory, as its list of files stands at its end.
const ARCHIVE: u64 = 256 << 20;

/// The most files in one archive that are looked at.
const FILES: usize = 10_000;

/// The most bytes that all files of an archive may be unpacked.
const UNPACKED: u64 = 4 << 30;

/// How many bytes a packed byte may become. Text of holders packs to 1/20, seldom to 1/100; deflate
/// itself goes to 1/1032.
const RATIO: u64 = 200;

/// What an archive is, for the list of formats.
pub static ABOUT: About = About {
    id: "zip-archive",
    fr: "Archive ZIP qui contient de tels fichiers",
    en: "ZIP archive of such files",
    origin: "Google Takeout, Facebook, Apple, banks",
    categories: Category::ALL,
    looks_for: "the signature of a ZIP file (PK) with files that are known by themselves",
    spec: "https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT",
    counts: Counts::Lines,
};

/// Whether a file is an archive. Workbooks are archives too, and are read by their formats.
pub(crate) fn is_one(head: &Head) -> bool {
    let bytes = head.bytes();
    bytes.starts_with(b"PK\x03\x04") && memchr::memmem::find(bytes, b"[Content_Types].xml").is_none()
}

pub(crate) fn read(
    name: &str,
    input: Input<'_>,
    sink: &mut dyn FnMut(Batch) -> Result<(), SinkError>,
) -> Result<Vec<Read>, IntakeError> {
    let bytes = input.bytes(ARCHIVE).map_err(|stop| IntakeError::of(name, stop))?;
    let broken = |reason: String| IntakeError::of(name, Stop::broken(0, reason));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| broken(format!("not a whole ZIP archive: {error}")))?;
    if archive.len() > FILES {
        let stop = Stop::too_large("the number of files in the archive", FILES.to_string());
        return Err(IntakeError::of(name, stop));
    }
    let mut reads = Vec::new();
    let mut left = UNPACKED;
    for index in 0..archive.len() {
        let member = index as u64 + 1;
        let file = archive.by_index(index).map_err(|error| broken(error.to_string()))?;
        if file.is_dir() {
            continue;
        }
        // A name that is no text is told by its number.
        let own = file.name().map_or_else(|_| member.to_string(), std::borrow::Cow::into_owned);
        let member_name = format!("{name}/{own}");
        let most = file.compressed_size().max(1 << 10).saturating_mul(RATIO).min(left);
        let mut bounded = Bounded { inner: file, left: most };
        let read = Head::take(BufReader::new(&mut bounded))
            .map_err(|source| IntakeError::io(&member_name, source))
            .and_then(|(head, input)| {
                if head.bytes().starts_with(b"PK\x03\x04") && is_one(&head) {
                    let stop = Stop::broken(0, "an archive in an archive is not read: unpack it first");
                    return Err(IntakeError::of(&member_name, stop));
                }
                read_one(&member_name, member, &head, input, sink)
            });
        left = left.saturating_sub(most - bounded.left);
        match read {
            Ok(read) => reads.push(read),
            // What is no data, or no whole file, is told of; the other files are good.
            Err(error @ (IntakeError::Unrecognised { .. } | IntakeError::Malformed { .. })) => {
                reads.push(passed_over(member_name, member, &error));
            }
            Err(error) => return Err(error),
        }
    }
    if reads.iter().all(|read| read.rows == 0) {
        let reason = format!("none of its {} files has rows of a format that is known", archive.len());
        return Err(IntakeError::of(name, Stop::broken(0, reason)));
    }
    Ok(reads)
}

fn passed_over(file: String, member: u64, error: &IntakeError) -> Read {
    let reason = match error {
        IntakeError::Unrecognised { .. } => "no format knows this file".to_owned(),
        other => other.to_string(),
    };
    let rejected = vec![Rejected { line: None, field: None, reason }];
    Read { file, member, about: &ABOUT, rows: 0, rejected, rejected_count: 0 }
}

/// At most so many bytes; one more is an error.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: std::io::Read> std::io::Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => self.left = left,
            None => {
                return Err(OverLimit::error(
                    "what a packed file becomes",
                    format!("{RATIO} times its size"),
                ));
            }
        }
        Ok(read)
    }
}
