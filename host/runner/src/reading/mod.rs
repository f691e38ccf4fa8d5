//! Reads data holders' files in runners, and the contents of kept ones: sixty parsers of hostile bytes, one of
//! them in C, must not share a process with keys.
//!
//! The host supplies the bytes of one file on request, and receives batches, pieces of documents and the
//! report. It trusts none of them: a batch is checked as if it were a file, the host counts on its own,
//! texts are cut and cleaned, a format is looked up by its id, and a document's digest is computed again.
//! The memory, time and rows that a runner may use depend on the number of bytes that it was given.

mod message;
pub(crate) mod reader;
#[cfg(test)]
mod tests;

use crate::deadline::Until;
use crate::pool::{Code, Runners};
use crate::protocol::{self, Job, Shape, Task};
use mesinfos_intake::{
    Content, IntakeError, LARGEST_BATCH, LARGEST_DOCUMENT, MAX_REJECTED, MOST_FILES, RawRows,
    Read as FileRead, ReadAs, Rejected, Sink, SinkError, Unreadable,
};
use mesinfos_model::category::documents;
use mesinfos_model::{Batch, CarriedChange, Category, Digest, Position, RowChangeKind};
use mesinfos_runtime::view::clean;
use mesinfos_runtime::{Pace, Request};
use message::{Fault, FileSummary, PIECE, REASON, ReaderMessage, RejectedSummary};
use sha2::{Digest as _, Sha256};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// A seekable file.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// A file to read.
pub enum File<'a> {
    /// Bytes that come once, in order.
    Stream(&'a mut dyn Read),
    /// A seekable archive.
    Archive(&'a mut dyn ReadSeek),
}

/// Writable memory of a runner that reads, in bytes. Readers hold one record at a time; the largest item
/// held whole is a browser's database of 64 MiB, plus the memory that SQLite uses for it.
pub(crate) const MEMORY: u64 = 256 << 20;

/// Processor time granted to a runner for any file, ...
const AT_FIRST: Duration = Duration::from_secs(6);

/// ... and the number of bytes that earn it one more second. The slowest honest reader, in a development
/// build, reads a few megabytes per second; archives are compressed to 1/20.
const BYTES_PER_SECOND: u64 = 1 << 20;

/// Largest stream, in bytes, that a runner has time to read: the size of a stream is not known when the
/// processor limit is set.
pub(crate) const LARGEST_STREAM: u64 = 4 << 30;

/// Factor between the processor time of a runner and the time the host waits for it, since it may share a
/// processor.
const SHARED: u32 = 4;

/// Interval at which the host checks the processor time of a runner.
const LOOK: Duration = Duration::from_millis(100);

/// Minimum time that the host waits: on a busy machine a runner takes a while to start working.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes of rows and documents accepted for any file, ...
const TAKEN: u64 = 64 << 20;

/// ... plus this many for each byte given. With compression to 1/20, a row of ten bytes can become fifty
/// columns.
const TAKEN_PER_BYTE: u64 = 200;

/// Largest message of a runner, in bytes, excluding what follows it.
const LARGEST_WORD: usize = 1 << 20;

/// Maximum size in bytes of the rows that belong to changes: they are held until the import is compared with the vault.
const CHANGED: usize = 32 << 20;

/// Bytes that a change of a row counts as, beside those of its rows.
const CHANGE: usize = 256;

/// Maximum length of a file name, in characters.
const NAME: usize = 1_000;

/// Maximum number of rejections kept for all files of an archive together.
const ALL_REJECTED: usize = 3 * MAX_REJECTED;

/// Maximum size of the rejected rows of all files of an archive together, in bytes.
const ALL_RAW: usize = 1 << 20;

/// Processor time granted to a runner that was given this many bytes.
pub(crate) fn allowance(given: u64) -> Duration {
    AT_FIRST + Duration::from_secs(given / BYTES_PER_SECOND)
}

impl Runners {
    /// Reads a file in a runner of its own, like [`mesinfos_intake::read_stream`] and [`mesinfos_intake::read_archive`].
    ///
    /// # Errors
    /// Like those functions; [`IntakeError::Exhausted`] if reading takes more memory or time than allowed;
    /// [`IntakeError::Incredible`] if the result is not credible. In both cases discard everything that the
    /// sink received.
    pub fn read(
        &self,
        name: &str,
        mut file: File<'_>,
        how: &ReadAs,
        sink: &mut dyn Sink,
    ) -> Result<Vec<FileRead>, IntakeError> {
        let io = |source| IntakeError::Io { file: name.to_owned(), source };
        let size = match &mut file {
            File::Stream(_) => None,
            File::Archive(file) => Some(file.seek(SeekFrom::End(0)).map_err(io)?),
        };
        let task = Task::Read { name: name.to_owned(), how: how.clone(), size };
        self.session(name, task, file, sink)
    }

    /// Reads the content of a kept file in a runner of its own, like [`mesinfos_intake::extract`]: at most
    /// `most` bytes.
    ///
    /// # Errors
    /// Like that function, and those of [`Runners::read`].
    pub fn extract(
        &self,
        content: Content,
        name: &str,
        file: &mut dyn Read,
        most: usize,
    ) -> Result<Vec<u8>, IntakeError> {
        let mut taken = Taken { bytes: Vec::new(), most };
        let task = Task::Extract { content, name: name.to_owned() };
        let reads = self.session(name, task, File::Stream(file), &mut taken)?;
        if reads.is_empty() {
            return Ok(taken.bytes);
        }
        Err(IntakeError::Incredible { file: name.to_owned(), what: "a report of a content" })
    }

    fn session(
        &self,
        name: &str,
        task: Task,
        file: File<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<FileRead>, IntakeError> {
        let io = |source| IntakeError::Io { file: name.to_owned(), source };
        let code = Code::new(&[]).map_err(io)?;
        let job = Job { asked: (&Request::default()).into(), code: 0, task };
        let started = self.pool.start(&code, &job, Pace::Usual);
        let runner = started.map_err(|error| io(io::Error::other(error)))?;
        let pid = runner.pid();
        let spent = move || pid.and_then(processor_time);
        ReadSession::new(name, &runner.socket, file, sink, &spent).until_done()
    }
}

/// The content of one file, up to `most` bytes.
struct Taken {
    bytes: Vec<u8>,
    most: usize,
}

impl Sink for Taken {
    fn rows(&mut self, _: Batch) -> Result<(), SinkError> {
        Err("rows instead of a content".into())
    }

    fn piece(&mut self, _: i64, bytes: &[u8]) -> Result<(), SinkError> {
        if self.bytes.len() + bytes.len() > self.most {
            return Err("a content that is too large".into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }
}

/// Reading of one file.
struct ReadSession<'a, 'f, 's> {
    name: &'a str,
    socket: &'a UnixStream,
    file: File<'f>,
    sink: &'s mut dyn Sink,
    /// Processor time used by the runner; `None` once it is no longer known.
    spent: &'a dyn Fn() -> Option<Duration>,
    /// When the processor time was last checked.
    looked: Cell<Instant>,
    /// Bytes given to the runner, and bytes received from it.
    given: u64,
    taken: u64,
    /// Minimum time that the host waits for the runner, and time waited so far.
    patience: Duration,
    waited: Duration,
    reads: Vec<FileRead>,
    /// Rows received, by archive member number.
    rows: BTreeMap<u64, u64>,
    /// Number of rejections kept.
    rejected: usize,
    /// Bytes of rejected rows that are kept.
    raw: usize,
    document: Option<Document>,
    documents: BTreeSet<i64>,
    /// Number of changes of rows received, and bytes of their rows.
    changes: (usize, usize),
    piece: Vec<u8>,
}

/// The document being received.
struct Document {
    position: i64,
    size: u64,
    hash: Sha256,
}

/// Reason for ending the reading.
enum Over {
    /// The runner ended, or used too much time or memory.
    Exhausted,
    /// The runner sent something that is not credible.
    Incredible(&'static str),
    /// An error of the host's own, or the fault reported by the runner.
    Error(IntakeError),
}

impl From<io::Error> for Over {
    fn from(error: io::Error) -> Over {
        match error.kind() {
            ErrorKind::InvalidData => Over::Incredible("an invalid message"),
            ErrorKind::FileTooLarge => Over::Incredible("a message that is too long"),
            _ => Over::Exhausted,
        }
    }
}

impl<'a, 'f, 's> ReadSession<'a, 'f, 's> {
    fn new(
        name: &'a str,
        socket: &'a UnixStream,
        file: File<'f>,
        sink: &'s mut dyn Sink,
        spent: &'a dyn Fn() -> Option<Duration>,
    ) -> ReadSession<'a, 'f, 's> {
        ReadSession {
            name,
            socket,
            file,
            sink,
            spent,
            looked: Cell::new(Instant::now()),
            given: 0,
            taken: 0,
            patience: PATIENCE + AT_FIRST * SHARED,
            waited: Duration::ZERO,
            reads: Vec::new(),
            rows: BTreeMap::new(),
            rejected: 0,
            raw: 0,
            document: None,
            documents: BTreeSet::new(),
            changes: (0, 0),
            piece: Vec::new(),
        }
    }

    fn until_done(mut self) -> Result<Vec<FileRead>, IntakeError> {
        let file = self.name.to_owned();
        match self.all() {
            Ok(()) => Ok(self.reads),
            Err(Over::Error(error)) => Err(error),
            Err(Over::Exhausted) => Err(IntakeError::Exhausted { file }),
            Err(Over::Incredible(what)) => Err(IntakeError::Incredible { file, what }),
        }
    }

    fn all(&mut self) -> Result<(), Over> {
        loop {
            match self.heard(|until| protocol::read(until, LARGEST_WORD))? {
                ReaderMessage::More { at } => self.more(at)?,
                ReaderMessage::Rows { category, rows, columns } => self.rows(category, rows, &columns)?,
                ReaderMessage::Piece { position, bytes } => self.piece(position, bytes)?,
                ReaderMessage::Change { kind, category, columns } => self.change(kind, category, &columns)?,
                ReaderMessage::File(file) => self.file(&file)?,
                ReaderMessage::Rejected(some) => self.rejected(some)?,
                ReaderMessage::End(Ok(())) => return Ok(()),
                ReaderMessage::End(Err(fault)) => return Err(Over::Error(self.fault(&fault))),
            }
        }
    }

    /// Receives or sends while the runner has time left. Time spent waiting for the file itself is not
    /// counted.
    fn heard<T>(&mut self, act: impl FnOnce(&mut Until<'_>) -> io::Result<T>) -> io::Result<T> {
        let may = allowance(self.given);
        let began = Instant::now();
        let longest = self.patience + may.saturating_sub(AT_FIRST) * SHARED;
        let deadline = began + longest.saturating_sub(self.waited);
        let is_over = || {
            if self.looked.get().elapsed() < LOOK {
                return false;
            }
            self.looked.set(Instant::now());
            (self.spent)().is_some_and(|spent| spent > may)
        };
        let done = act(&mut Until::watched(self.socket, deadline, &is_over));
        self.waited += began.elapsed();
        done
    }

    /// Counts bytes received from the runner against its limit.
    fn take(&mut self, bytes: usize) -> Result<(), Over> {
        self.taken = self.taken.saturating_add(bytes as u64);
        let most = TAKEN.saturating_add(self.given.saturating_mul(TAKEN_PER_BYTE));
        if self.taken > most { Err(Over::Incredible("more than the file can contain")) } else { Ok(()) }
    }

    fn more(&mut self, at: u64) -> Result<(), Over> {
        let mut answer = vec![0_u8; 4 + PIECE];
        let read = match &mut self.file {
            File::Stream(stream) => some(stream, &mut answer[4..]),
            File::Archive(file) => file.seek(SeekFrom::Start(at)).and_then(|_| whole(file, &mut answer[4..])),
        };
        let read =
            read.map_err(|source| Over::Error(IntakeError::Io { file: self.name.to_owned(), source }))?;
        self.given += read as u64;
        answer.truncate(4 + read);
        answer[..4].copy_from_slice(&u32::try_from(read).unwrap_or(0).to_le_bytes());
        Ok(self.heard(|until| until.write_all(&answer))?)
    }

    fn rows(&mut self, category: Category, rows: usize, columns: &[Shape]) -> Result<(), Over> {
        let bytes = columns.iter().map(|shape| shape.bytes(rows)).fold(0, usize::saturating_add);
        if bytes > LARGEST_BATCH || columns.len() != category.schema().fields.len() {
            return Err(Over::Incredible("a batch that is too large"));
        }
        self.take(bytes)?;
        let batch = self.heard(|until| protocol::read_page(until, category, rows, columns))?;
        mesinfos_intake::check(&batch).map_err(Over::Incredible)?;
        if category == Category::Documents {
            self.kept(&batch)?;
        }
        let position = batch.schema().position();
        let member = |row| Position::unpacked(batch.integer(position, row).unwrap_or(0)).member;
        // A batch covers few files, so its rows are counted in runs of the same file.
        let mut from = 0;
        while from < batch.rows() {
            let of = member(from);
            let until = (from..batch.rows()).find(|&row| member(row) != of).unwrap_or(batch.rows());
            *self.rows.entry(of).or_default() += (until - from) as u64;
            from = until;
        }
        self.sink.rows(batch).map_err(|source| self.sunk(source))
    }

    /// Checks the rows of kept documents against the bytes received.
    fn kept(&mut self, batch: &Batch) -> Result<(), Over> {
        let position = batch.schema().position();
        for row in 0..batch.rows() {
            let Some(told) = batch.text(documents::SHA256, row) else { continue };
            let of_it = self.document.as_ref().filter(|document| {
                Some(document.position) == batch.integer(position, row)
                    && i64::try_from(document.size).ok() == batch.integer(documents::SIZE, row)
                    && Digest(document.hash.clone().finalize().into()).to_string() == told
            });
            if of_it.is_none() {
                return Err(Over::Incredible("a document that differs from its description"));
            }
        }
        Ok(())
    }

    fn piece(&mut self, at: i64, bytes: usize) -> Result<(), Over> {
        if at < 0 || Position::unpacked(at).member > MOST_FILES || bytes == 0 || bytes > PIECE {
            return Err(Over::Incredible("an impossible piece of a document"));
        }
        self.take(bytes)?;
        let mut piece = std::mem::take(&mut self.piece);
        piece.resize(bytes, 0);
        self.heard(|until| until.read_exact(&mut piece))?;
        if self.document.as_ref().is_none_or(|document| document.position != at) {
            if !self.documents.insert(at) {
                return Err(Over::Incredible("two documents at one position"));
            }
            self.document = Some(Document { position: at, size: 0, hash: Sha256::new() });
        }
        if let Some(document) = &mut self.document {
            document.size += bytes as u64;
            document.hash.update(&piece);
            if document.size > LARGEST_DOCUMENT || self.documents.len() as u64 > MOST_FILES {
                return Err(Over::Incredible("more documents, or a larger one, than can be kept"));
            }
        }
        self.sink.piece(at, &piece).map_err(|source| self.sunk(source))?;
        self.piece = piece;
        Ok(())
    }

    /// A change that the person made to a row in another instance: checked like rows.
    fn change(&mut self, kind: RowChangeKind, category: Category, columns: &[Shape]) -> Result<(), Over> {
        let rows = kind.rows();
        let bytes = columns.iter().map(|shape| shape.bytes(rows)).fold(0, usize::saturating_add);
        if columns.len() != category.schema().fields.len() {
            return Err(Over::Incredible("a batch that is too large"));
        }
        self.changes = (self.changes.0 + 1, self.changes.1.saturating_add(bytes));
        if self.changes.0 > RowChangeKind::MOST || self.changes.1 > CHANGED {
            return Err(Over::Incredible("too many changes of rows"));
        }
        let (position, kind) = match kind {
            RowChangeKind::Deleted { position, ref trace, .. } if trace.is_bounded() => {
                (Some(position), kind)
            }
            RowChangeKind::Deleted { .. } => return Err(Over::Incredible("a trace that is too large")),
            RowChangeKind::Noted { position, text } => {
                let text = clean(&text, RowChangeKind::LONGEST_NOTE);
                (Some(position), RowChangeKind::Noted { position, text })
            }
            kind => (None, kind),
        };
        self.take(bytes.saturating_add(CHANGE))?;
        let rows = self.heard(|until| protocol::read_page(until, category, rows, columns))?;
        mesinfos_intake::check(&rows).map_err(Over::Incredible)?;
        let of = rows.schema().position();
        let positions = (0..rows.rows()).map(|row| rows.integer(of, row).unwrap_or(0)).chain(position);
        if positions.into_iter().any(|at| at < 0 || Position::unpacked(at).member > MOST_FILES) {
            return Err(Over::Incredible("a change of an impossible row"));
        }
        self.sink.change(CarriedChange { kind, rows }).map_err(|source| self.sunk(source))
    }

    fn sunk(&self, source: mesinfos_intake::SinkError) -> Over {
        Over::Error(IntakeError::Sink { file: self.name.to_owned(), source })
    }

    fn file(&mut self, told: &FileSummary) -> Result<(), Over> {
        let about = mesinfos_intake::about(&told.format);
        let about = about.ok_or(Over::Incredible("an unknown format"))?;
        if self.reads.len() as u64 > MOST_FILES {
            return Err(Over::Incredible("too many files"));
        }
        let came = self.rows.get(&told.member).copied().unwrap_or(0);
        let raw = self.raw(told.raw.as_ref())?;
        self.reads.push(FileRead {
            file: clean(&told.file, NAME),
            member: told.member,
            about,
            rows: told.rows.min(came),
            rejected: Vec::new(),
            // Each row takes at least a byte before compression, and compression has a limit.
            rejected_count: told.rejected.min(self.given.saturating_mul(TAKEN_PER_BYTE)),
            unreadable: self.unreadable(&told.unreadable),
            raw,
        });
        Ok(())
    }

    /// Cells of rejected rows, those of all files of an archive together within a limit.
    fn raw(&mut self, told: Option<&RawRows>) -> Result<Option<RawRows>, Over> {
        let Some(raw) = told else { return Ok(None) };
        if !raw.is_bounded() {
            return Err(Over::Incredible("rejected rows that are too large"));
        }
        let mut room = ALL_RAW.saturating_sub(self.raw);
        let size = |cells: &[String]| cells.iter().map(|cell| cell.len() + 1).sum::<usize>();
        let mut rows = Vec::new();
        for (line, cells) in &raw.rows {
            let size = size(cells);
            if size > room {
                break;
            }
            room -= size;
            self.raw += size;
            rows.push((*line, cells.iter().map(|cell| clean(cell, usize::MAX)).collect()));
        }
        Ok((!rows.is_empty()).then(|| RawRows { rows, ..raw.clone() }))
    }

    /// Characters that could not be read, as far as the file can have them.
    fn unreadable(&self, (count, lines): &(u64, Vec<u64>)) -> Unreadable {
        let count = (*count).min(self.given.saturating_mul(TAKEN_PER_BYTE));
        let mut lines: Vec<u64> = lines.iter().take(Unreadable::LINES).copied().collect();
        lines.truncate(usize::try_from(count).unwrap_or(usize::MAX));
        Unreadable { count, lines }
    }

    fn rejected(&mut self, some: Vec<RejectedSummary>) -> Result<(), Over> {
        let read = self.reads.last_mut().ok_or(Over::Incredible("a rejection without a file"))?;
        for told in some {
            if read.rejected.len() >= MAX_REJECTED || self.rejected >= ALL_REJECTED {
                return Ok(());
            }
            self.rejected += 1;
            read.rejected.push(Rejected {
                line: told.line,
                field: told.field.map(|field| clean(&field, REASON)),
                extent: told.extent,
                reason: told.reason.cleaned(|text| clean(text, REASON)),
            });
        }
        Ok(())
    }

    fn fault(&self, fault: &Fault) -> IntakeError {
        let name = |file: &str| {
            if file.starts_with(self.name) { clean(file, NAME) } else { self.name.to_owned() }
        };
        match fault {
            Fault::Unrecognised => mesinfos_intake::unrecognised(self.name),
            Fault::Malformed { file, counts, ordinal, reason } => IntakeError::Malformed {
                file: name(file),
                counts: *counts,
                ordinal: *ordinal,
                reason: reason.clone().cleaned(|text| clean(text, REASON)),
            },
            Fault::TooLarge { file, what, limit } => {
                IntakeError::TooLarge { file: name(file), what: *what, limit: *limit }
            }
            Fault::Io { file, why } => {
                IntakeError::Io { file: name(file), source: io::Error::other(clean(why, REASON)) }
            }
        }
    }
}

/// One read from a stream, as many bytes as it returns.
fn some(stream: &mut &mut dyn Read, into: &mut [u8]) -> io::Result<usize> {
    loop {
        match stream.read(into) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}

/// Fills the buffer, or reads up to the end of the file.
fn whole(file: &mut &mut dyn ReadSeek, into: &mut [u8]) -> io::Result<usize> {
    let mut read = 0;
    while read < into.len() {
        match file.read(&mut into[read..]) {
            Ok(0) => break,
            Ok(count) => read += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(read)
}

/// Processor time used by a process; `None` if it has ended.
fn processor_time(pid: libc::pid_t) -> Option<Duration> {
    let (mut clock, mut time) = (0, libc::timespec { tv_sec: 0, tv_nsec: 0 });
    // SAFETY: both calls write one value each, to valid locations.
    #[allow(unsafe_code, reason = "no crate of ours wraps the clock of another process")]
    let told = unsafe {
        libc::clock_getcpuclockid(pid, &raw mut clock) == 0 && libc::clock_gettime(clock, &raw mut time) == 0
    };
    let (seconds, nanos) = (u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?);
    told.then(|| Duration::new(seconds, nanos))
}
