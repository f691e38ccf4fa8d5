//! ZIP archives (PKWARE APPNOTE.TXT): each member is read as if it had been imported on its own.
//!
//! Members that no format recognises are skipped and reported: the first ones by name, the others by their number. So are
//! those that cannot be read. Of empty ones, nothing is read; of films and sounds, the first bytes. A member
//! that is packed with gzip is unpacked. An archive inside an archive is refused. Activities that a table tells of and that
//! also have a file count once: of the file, only the points are read.
//! So is an archive packed more tightly than a holder would pack it: its purpose is to fill memory or
//! disks. An archive of everything that a person had in another instance has a reader of its own
//! ([`crate::portable`]).

use crate::display_text;
use crate::documents::{self, is_open_document};
use crate::error::{FormatError, IntakeError, OverLimit};
use crate::fault;
use crate::format::Format;
use crate::gzip::{self, Packed};
use crate::mobility;
use crate::ordinal_kind::OrdinalKind;
use crate::portable::{self, Unpacking};
use crate::read::{Head, Input, Unreadable};
use crate::read_one::{Read, read_one, read_with};
use crate::reason::{Excess, Extent, Limit, Reason};
use crate::registry::{ARCHIVE, unrecognised};
use crate::rows::{MAX_REJECTED, Rejected};
use crate::sink::Sink;
use std::cell::Cell;
use std::collections::HashSet;
use std::io::{BufRead, BufReader, Cursor, Seek, SeekFrom};
use std::rc::Rc;

/// Largest archive read from a stream, in bytes. It is held in memory because its central directory is at
/// the end. Callers with a disk write larger archives to it and read them with [`crate::read_archive`].
const STREAMED: u64 = 8 << 20;

/// Most members of an archive. Exports with photographs have over 20 000
/// (<https://github.com/Freika/dawarich/issues/3163>), and one of Takeout with the notes beside each photograph over
/// 100 000. The list of them is held in memory: some 500 bytes for each.
pub(crate) const FILES: usize = 150_000;

/// Most members that no format recognises and that are named; further ones are counted together, in one line.
const NAMED: usize = 10;

/// Most members that cannot be read and that are named; further ones are counted together, in one line.
const NAMED_UNREAD: usize = 1_000;

/// Maximum number of bytes read to find and parse the central directory: over 220 for each member. Takeout's have 150.
const LIST: u64 = 32 << 20;

/// Maximum number of bytes to which all members of an archive together may unpack.
const UNPACKED: u64 = 4 << 30;

/// Maximum number of bytes one packed byte may expand to. Text from holders packs to 1/20, seldom to 1/100; deflate
/// itself reaches 1/1032.
const RATIO: u64 = 200;

/// Whether a file is an archive to unpack. Workbooks and word-processor documents are ZIP files too, but
/// their own formats read them.
pub(crate) fn is_one(head: &Head) -> bool {
    let bytes = head.bytes();
    bytes.starts_with(b"PK\x03\x04")
        && memchr::memmem::find(bytes, b"[Content_Types].xml").is_none()
        && !is_open_document(bytes)
}

/// Maximum number of bytes that a member of this packed size may unpack to.
pub(crate) fn most_unpacked(packed: u64) -> u64 {
    packed.max(1 << 10).saturating_mul(RATIO)
}

/// Reads an archive from a stream.
pub(crate) fn read_stream(
    name: &str,
    input: Input<'_>,
    sink: &mut dyn Sink,
) -> Result<Vec<Read>, IntakeError> {
    let bytes = input.bytes(STREAMED).map_err(|stop| IntakeError::of(name, ARCHIVE.counts, stop))?;
    read(name, Cursor::new(bytes), sink)
}

/// Reads an archive from a seekable input.
pub(crate) fn read(
    name: &str,
    input: impl std::io::Read + Seek,
    sink: &mut dyn Sink,
) -> Result<Vec<Read>, IntakeError> {
    let wrong = |stop: FormatError| IntakeError::of(name, ARCHIVE.counts, stop);
    let broken = |reason: Reason| wrong(FormatError::broken(0, reason));
    let left = Rc::new(Cell::new(LIST));
    let metered = Metered { inner: BufReader::new(input), left: Rc::clone(&left), at: None };
    let mut archive = zip::ZipArchive::new(metered).map_err(|error| broken(fault::archive(&error)))?;
    // Past the directory, each member has its own bound on expansion.
    left.set(u64::MAX);
    if archive.len() > FILES {
        return Err(wrong(FormatError::too_many(Excess::Files, FILES)));
    }
    if portable::is_one(&mut archive) {
        let within = Unpacking { ratio: RATIO, bytes: UNPACKED, files: FILES };
        return portable::take_in(name, &mut archive, within, sink);
    }
    let mut reads = Vec::new();
    let mut left = UNPACKED;
    let activities = Activities::of(&mut archive, &mut left);
    let mut room = MAX_REJECTED;
    let (mut unknown, mut unread) = (0, 0);
    for index in 0..archive.len() {
        let member = index as u64 + 1;
        let file = archive.by_index(index).map_err(|error| broken(fault::archive(&error)))?;
        if file.is_dir() {
            continue;
        }
        // A member whose name is not valid text is reported by its number.
        let own = file.name().map_or_else(|_| member.to_string(), std::borrow::Cow::into_owned);
        let member_name = display_text::short(&format!("{name}/{own}"));
        let most = most_unpacked(file.compressed_size()).min(left);
        let is_empty = file.size() == 0;
        let mut bounded = Bounded { inner: file, left: most };
        let mut start = BufReader::new(&mut bounded);
        let read = (if is_empty { Ok(&[][..]) } else { start.fill_buf() })
            .map_err(|source| IntakeError::io(&member_name, source))
            .and_then(|first| {
                let lack = match () {
                    () if is_empty => Reason::EmptyFile,
                    () if documents::is_film_or_sound(first) => return Err(unrecognised(&member_name)),
                    () => return Ok(()),
                };
                Err(IntakeError::of(&member_name, ARCHIVE.counts, FormatError::broken(0, lack)))
            })
            .and_then(|()| Head::take(start).map_err(|source| IntakeError::io(&member_name, source)))
            .and_then(|(head, input)| {
                if is_one(&head) {
                    let stop = FormatError::broken(0, Reason::ArchiveInArchive);
                    return Err(IntakeError::of(&member_name, ARCHIVE.counts, stop));
                }
                let table = activities.table_of(&own);
                if gzip::is_one(head.bytes()) {
                    let input = Input::new(&head, input);
                    return read_packed_in(&member_name, (member, room), input, left, table, sink);
                }
                read_member(&member_name, (member, room), &head, input, table, sink)
            });
        left = left.saturating_sub(most - bounded.left);
        let read = match read {
            // Report an unrecognised or malformed member and go on: the other members are good.
            Err(ref stop) if let Some(lack) = nothing_in(stop) => {
                unknown += 1;
                if unknown > NAMED {
                    continue;
                }
                let reason = activities.table_of(&own).map_or(lack, Reason::path_not_read);
                passed_over(member_name, member, (ARCHIVE.counts, 0), reason)
            }
            Err(IntakeError::Malformed { counts, ordinal, reason, .. }) => {
                unread += 1;
                if unread > NAMED_UNREAD {
                    continue;
                }
                passed_over(member_name, member, (counts, ordinal), reason)
            }
            read => read?,
        };
        room = room.saturating_sub(read.rejected.len());
        reads.push(read);
    }
    let mut further = |reason| reads.push(passed_over(format!("{name}/…"), 0, (ARCHIVE.counts, 0), reason));
    if unknown > NAMED {
        further(Reason::further_unknown((unknown - NAMED).to_string()));
    }
    if unread > NAMED_UNREAD {
        further(Reason::further_unread((unread - NAMED_UNREAD).to_string()));
    }
    // One whose files give nothing tells why of each: its caller refuses it.
    if reads.iter().all(|read| read.rejected.is_empty() && read.rejected_count == 0 && read.rows == 0) {
        return Err(broken(Reason::nothing_known(archive.len().to_string())));
    }
    Ok(reads)
}

/// Why a member is nothing to us, if that is all: further ones are only counted.
fn nothing_in(stop: &IntakeError) -> Option<Reason> {
    match stop {
        IntakeError::Unrecognised { .. } => Some(Reason::NoFormat),
        IntakeError::Malformed { reason: Reason::EmptyFile, .. } => Some(Reason::EmptyFile),
        _ => None,
    }
}

/// Reads a file that is packed with gzip.
pub(crate) fn read_packed(
    name: &str,
    ordinal: (u64, usize),
    input: Input<'_>,
    sink: &mut dyn Sink,
) -> Result<Read, IntakeError> {
    read_packed_in(name, ordinal, input, UNPACKED, None, sink)
}

fn read_packed_in(
    name: &str,
    ordinal: (u64, usize),
    input: Input<'_>,
    left: u64,
    table: Option<&str>,
    sink: &mut dyn Sink,
) -> Result<Read, IntakeError> {
    let wrong = |stop: FormatError| IntakeError::of(name, ARCHIVE.counts, stop);
    let bytes = input.bytes(STREAMED).map_err(wrong)?;
    let broken = |reason: Reason| wrong(FormatError::broken(0, reason));
    let most = most_unpacked(bytes.len() as u64).min(left);
    Packed::of(&bytes).map_err(broken)?.open(broken, |content| {
        let content = BufReader::new(Bounded { inner: content, left: most });
        let (head, input) = Head::take(content).map_err(|source| IntakeError::io(name, source))?;
        if is_one(&head) || gzip::is_one(head.bytes()) {
            return Err(broken(Reason::ArchiveInArchive));
        }
        read_member(gzip::unpacked_name(name), ordinal, &head, input, table, sink)
    })
}

/// Reads a file. If a table tells of its activity, only the points of its path are read.
fn read_member(
    name: &str,
    ordinal: (u64, usize),
    head: &Head,
    input: impl std::io::BufRead,
    table: Option<&str>,
    sink: &mut dyn Sink,
) -> Result<Read, IntakeError> {
    match table {
        Some(_) if mobility::PATHS.recognise(head) => {
            read_with(&mobility::PATHS, name, ordinal, Input::new(head, input), sink)
        }
        _ => read_one(name, ordinal, head, input, sink),
    }
}

/// Files whose activities are in a table of the same archive: each activity counts once.
#[derive(Default)]
struct Activities {
    /// Name of the table, and the names of the files without their folders: no more than an archive has.
    table: String,
    paths: HashSet<String>,
}

impl Activities {
    /// Looks for a table of activities. One that cannot be read is reported when its turn comes.
    fn of<R: std::io::Read + Seek>(archive: &mut zip::ZipArchive<R>, left: &mut u64) -> Activities {
        let tables: Vec<usize> = (0..archive.len())
            .filter(|index| {
                let name = archive.name_for_index(*index).and_then(Result::ok);
                name.is_some_and(|name| name.to_ascii_lowercase().ends_with(".csv"))
            })
            .collect();
        for index in tables {
            let Ok(file) = archive.by_index(index) else { continue };
            let name = file.name().map_or_else(|_| (index + 1).to_string(), std::borrow::Cow::into_owned);
            let most = most_unpacked(file.compressed_size()).min(*left);
            let mut bounded = Bounded { inner: file, left: most };
            let paths = match Head::take(BufReader::new(&mut bounded)) {
                Ok((head, input)) if mobility::is_activity_table(&head) => {
                    mobility::activity_paths(Input::new(&head, input), FILES).ok()
                }
                _ => None,
            };
            *left = left.saturating_sub(most - bounded.left);
            if let Some(paths) = paths {
                return Activities { table: name, paths };
            }
        }
        Activities::default()
    }

    /// Name of the table that tells of a member's activity.
    fn table_of(&self, member: &str) -> Option<&str> {
        let name = member.rsplit('/').next().unwrap_or(member);
        self.paths.contains(name).then_some(&*self.table)
    }
}

fn passed_over(file: String, member: u64, (counts, ordinal): (OrdinalKind, u64), reason: Reason) -> Read {
    let extent = Extent::File { counts, ordinal };
    let rejected = vec![Rejected { line: None, field: None, extent, reason }];
    let unreadable = Unreadable::default();
    Read {
        file,
        member,
        about: &ARCHIVE,
        rows: 0,
        rejected,
        rejected_count: 0,
        unreadable,
        raw: None,
        withheld: Vec::new(),
    }
}

/// A buffered reader with a byte budget that its owner can reset.
struct Metered<R> {
    inner: BufReader<R>,
    left: Rc<Cell<u64>>,
    /// Place in the input, once it is known.
    at: Option<u64>,
}

impl<R: std::io::Read + Seek> std::io::Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let Some(left) = self.left.get().checked_sub(read as u64) else {
            return Err(OverLimit::error(Excess::FileList, Limit::Bytes(LIST)));
        };
        self.left.set(left);
        self.at = self.at.map(|at| at + read as u64);
        Ok(read)
    }
}

impl<R: std::io::Read + Seek> Seek for Metered<R> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        // Members follow each other, and small ones are in one buffer: it is dropped only for what is not in it.
        if let (SeekFrom::Start(to), Some(at)) = (to, self.at)
            && let Some(by) = to.checked_signed_diff(at)
        {
            self.inner.seek_relative(by)?;
            self.at = Some(to);
            return Ok(to);
        }
        let at = self.inner.seek(to)?;
        self.at = Some(at);
        Ok(at)
    }
}

/// A reader limited to `left` bytes; one byte more is an error.
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
                return Err(OverLimit::error(Excess::Unpacked, Limit::Times(RATIO)));
            }
        }
        Ok(read)
    }
}
