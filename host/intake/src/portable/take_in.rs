//! Taking an archive in: its rows and papers, after everything in it was found as its list says.

use super::changes::{CHANGES, Changes};
use super::line::Line;
use super::manifest::{MANIFEST, Manifest, MemberOf, NAME, TableOf, VERSION};
use super::names::is_safe;
use crate::display_text;
use crate::error::{FormatError, IntakeError};
use crate::fault;
use crate::ordinal_kind::OrdinalKind;
use crate::read::Unreadable;
use crate::read_one::Read as FileRead;
use crate::reason::{Excess, Limit, Reason};
use crate::registry::PORTABLE;
use crate::rows::{BATCH_ROWS, BATCH_TEXT, MAX_TEXT, check};
use crate::sink::Sink;
use mesinfos_model::{BatchBuilder, Category, Cell, Digest, Position, RowChangeKind};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Seek};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

/// Maximum size of the list, in bytes. It has some 250 bytes for each member and each file.
const LIST: u64 = 8 << 20;

/// Maximum length of a line, in bytes: a few texts of the greatest length, each byte as an escape of six.
const LINE: u64 = 4 << 20;

/// Maximum size in bytes of the rows of documents that have a paper: they are held until the papers are read, which
/// come from other members.
const HELD: usize = 96 << 20;

/// Maximum size in bytes of what the person changed of single rows: it is held until all rows were read.
const CHANGED: usize = 24 << 20;

/// Bytes of a paper that are passed on at once.
const PIECE: usize = 64 << 10;

/// Member with what the person shows to no app.
pub const WITHHELD: &str = "withheld.jsonl";

/// Most lines of it that are taken in.
pub const MOST_WITHHELD: usize = 300;

/// Longest line of it that is taken in, in bytes.
pub const LONGEST_WITHHELD: usize = 2_000;

/// Limits on what an archive may unpack to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unpacking {
    /// Maximum number of bytes that one packed byte may expand to.
    pub(crate) ratio: u64,
    /// Maximum number of bytes of all members.
    pub(crate) bytes: u64,
    /// Maximum number of files that rows may come from.
    pub(crate) files: usize,
}

/// Whether an archive has a list of ours.
pub(crate) fn is_one<R: Read + Seek>(archive: &mut ZipArchive<R>) -> bool {
    let Ok(list) = archive.by_name(MANIFEST) else { return false };
    let mut start = Vec::new();
    // The name of the format comes first.
    let read = list.take(200).read_to_end(&mut start);
    let named = format!("\"{NAME}\"");
    read.is_ok() && memchr::memmem::find(&start, named.as_bytes()).is_some()
}

/// Reads an archive with a list of ours.
pub(crate) fn take_in<R: Read + Seek>(
    name: &str,
    archive: &mut ZipArchive<R>,
    within: Unpacking,
    sink: &mut dyn Sink,
) -> Result<Vec<FileRead>, IntakeError> {
    let manifest = list(name, archive)?;
    let mut taking = Taking {
        name,
        archive,
        sink,
        files: Vec::new(),
        places: BTreeMap::new(),
        changes: Changes::default(),
    };
    taking.check_members(&manifest, within)?;
    taking.check_files(&manifest, within)?;
    let members: BTreeMap<&str, &MemberOf> =
        manifest.members.iter().map(|member| (member.name.as_str(), member)).collect();
    let mut read: BTreeSet<&str> = BTreeSet::new();
    let mut held = Vec::new();
    // Changes first: each row is compared with them as it passes.
    if let Some(member) = members.get(CHANGES).copied() {
        read.insert(CHANGES);
        taking.changes(member)?;
    }
    for table in &manifest.tables {
        let member = members.get(table.json.as_str()).copied();
        let member = member.filter(|member| read.insert(&member.name));
        let member = member.ok_or_else(|| taking.broken(MANIFEST, 0, Reason::not_in_list(&table.json)))?;
        taking.rows(table, member, &mut held)?;
    }
    let (mut kept, mut withheld) = (BTreeSet::new(), Vec::new());
    for (number, line) in held {
        let line = Line::read(&line).map_err(|reason| taking.broken(DOCUMENTS, number, reason))?;
        // Two papers of one row: nobody could tell them apart.
        if !kept.insert(line.id) {
            return Err(taking.broken(DOCUMENTS, number, Reason::not_in_list(line.id.to_string())));
        }
        let paper = line.paper.as_deref().unwrap_or_default();
        let member = members.get(paper).copied().filter(|member| read.insert(&member.name));
        let member = member.ok_or_else(|| taking.broken(DOCUMENTS, number, Reason::not_in_list(paper)))?;
        taking.paper(number, &line, member)?;
    }
    for member in manifest.members.iter().filter(|member| !read.contains(member.name.as_str())) {
        let mut content = open((name, taking.archive), member)?;
        let mut lines = Vec::new();
        if member.name == WITHHELD {
            let most = (MOST_WITHHELD * (LONGEST_WITHHELD + 1)) as u64;
            (&mut content)
                .take(most + 1)
                .read_to_end(&mut lines)
                .map_err(|error| unread(name, &member.name, error))?;
            if lines.len() as u64 > most {
                let stop = FormatError::too_large(Excess::Withheld, Limit::Bytes(most));
                return Err(IntakeError::of(&self::within(name, &member.name), OrdinalKind::Lines, stop));
            }
        }
        let read = std::io::copy(&mut content, &mut std::io::sink());
        read.map_err(|error| unread(name, &member.name, error))?;
        let is_whole = content.matches(member);
        taking.same(member, is_whole)?;
        let lines = withheld_lines(&lines)
            .map_err(|stop| IntakeError::of(&self::within(name, &member.name), OrdinalKind::Lines, stop))?;
        withheld.extend(lines);
    }
    // What is shown to no app is there too if no row is: it holds for rows of other files, and of later ones.
    match taking.files.first_mut() {
        Some(first) => first.withheld = withheld,
        None if withheld.is_empty() => {}
        None => taking.files.push(FileRead { withheld, ..no_rows(self::within(name, WITHHELD), 0) }),
    }
    taking.carry()?;
    Ok(taking.files)
}

/// The lines about what the person shows to no app. None is left out: rows without their rule would be shown to apps.
fn withheld_lines(text: &[u8]) -> Result<Vec<String>, FormatError> {
    let mut lines = Vec::new();
    for (number, line) in (1_u64..).zip(text.split(|byte| *byte == b'\n')) {
        if line.is_empty() {
            continue;
        }
        if line.len() > LONGEST_WITHHELD {
            return Err(FormatError::too_large(Excess::Withheld, Limit::Bytes(LONGEST_WITHHELD as u64)));
        }
        if lines.len() == MOST_WITHHELD {
            return Err(FormatError::too_many(Excess::Withheld, MOST_WITHHELD));
        }
        let line = std::str::from_utf8(line);
        lines.push(line.map_err(|_| FormatError::broken(number, Reason::OddShape))?.to_owned());
    }
    Ok(lines)
}

/// The report of a file without rows.
fn no_rows(file: String, member: u64) -> FileRead {
    FileRead {
        file,
        member,
        about: &PORTABLE,
        rows: 0,
        rejected: Vec::new(),
        rejected_count: 0,
        unreadable: Unreadable::default(),
        raw: None,
        withheld: Vec::new(),
    }
}

/// The list of an archive.
fn list<R: Read + Seek>(name: &str, archive: &mut ZipArchive<R>) -> Result<Manifest, IntakeError> {
    let broken = |reason| malformed(name, MANIFEST, 0, reason);
    let file = archive.by_name(MANIFEST).map_err(|error| broken(fault::archive(&error)))?;
    let mut text = Vec::new();
    file.take(LIST + 1).read_to_end(&mut text).map_err(|error| broken(fault::archive(&error.into())))?;
    if text.len() as u64 > LIST {
        let stop = FormatError::too_large(Excess::FileList, Limit::Bytes(LIST));
        return Err(IntakeError::of(&within(name, MANIFEST), OrdinalKind::Entries, stop));
    }
    // The version first: a later list may have another form.
    #[derive(serde::Deserialize)]
    struct Head {
        format: String,
        version: u32,
    }
    let not_json = |error: serde_json::Error| broken(fault::record(&error));
    let head: Head = serde_json::from_slice(&text).map_err(not_json)?;
    if head.format != NAME {
        return Err(broken(Reason::odd_form(head.format)));
    }
    if head.version != VERSION {
        return Err(broken(Reason::archive_version(head.version.to_string(), VERSION.to_string())));
    }
    serde_json::from_slice(&text).map_err(not_json)
}

fn within(archive: &str, member: &str) -> String {
    display_text::short(&format!("{archive}/{member}"))
}

fn malformed(archive: &str, member: &str, ordinal: u64, reason: Reason) -> IntakeError {
    let stop = FormatError::broken(ordinal, reason);
    IntakeError::of(&within(archive, member), OrdinalKind::Lines, stop)
}

/// An error of the archive, or of the disk below it.
fn unread(archive: &str, member: &str, error: impl Into<ZipError>) -> IntakeError {
    malformed(archive, member, 0, fault::archive(&error.into()))
}

/// The content of a member.
fn open<'z, R: Read + Seek>(
    (name, archive): (&str, &'z mut ZipArchive<R>),
    member: &MemberOf,
) -> Result<Content<ZipFile<'z, R>>, IntakeError> {
    let file = archive.by_name(&member.name).map_err(|error| unread(name, &member.name, error))?;
    Ok(Content { inner: file, left: member.bytes, is_over: false, hash: Sha256::new() })
}

/// An archive while it is taken in.
struct Taking<'a, R> {
    name: &'a str,
    archive: &'a mut ZipArchive<R>,
    sink: &'a mut dyn Sink,
    /// A report for each file that rows came from, with the number that it gets here.
    files: Vec<FileRead>,
    /// Index of a file by its import and its number in it.
    places: BTreeMap<(u64, u64), usize>,
    /// What the person changed of single rows.
    changes: Changes,
}

impl<R: Read + Seek> Taking<'_, R> {
    fn broken(&self, member: &str, ordinal: u64, reason: Reason) -> IntakeError {
        malformed(self.name, member, ordinal, reason)
    }

    fn same(&self, member: &MemberOf, is_whole: bool) -> Result<(), IntakeError> {
        if is_whole { Ok(()) } else { Err(self.broken(&member.name, 0, Reason::ChangedMember)) }
    }

    /// The list names every member once, and nothing that unpacks to too much.
    fn check_members(&self, manifest: &Manifest, most: Unpacking) -> Result<(), IntakeError> {
        let mut listed = BTreeSet::from([MANIFEST]);
        let mut left = most.bytes;
        for member in &manifest.members {
            let MemberOf { name, bytes, .. } = member;
            if !is_safe(name) {
                return Err(self.broken(MANIFEST, 0, Reason::unsafe_name(name)));
            }
            if !listed.insert(name) {
                return Err(self.broken(MANIFEST, 0, Reason::listed_twice(name)));
            }
            let index = self.archive.index_for_name(name);
            let file = index.and_then(|index| self.archive.by_index_data(index).ok());
            let packed =
                file.ok_or_else(|| self.broken(name, 0, Reason::not_in_archive(name)))?.compressed_size();
            let may = packed.max(1 << 10).saturating_mul(most.ratio).min(left);
            if *bytes > may {
                let stop = FormatError::too_large(Excess::Unpacked, Limit::Times(most.ratio));
                return Err(IntakeError::of(&within(self.name, name), OrdinalKind::Entries, stop));
            }
            left -= bytes;
        }
        let names = self.archive.file_names().map(|name| name.unwrap_or_default().into_owned());
        let other = names.into_iter().find(|name| !listed.contains(name.as_str()));
        other.map_or(Ok(()), |name| Err(self.broken(&name, 0, Reason::not_in_list(&name))))
    }

    /// Gives each file that rows came from a number of its own.
    fn check_files(&mut self, manifest: &Manifest, most: Unpacking) -> Result<(), IntakeError> {
        if manifest.files.len() > most.files {
            let stop = FormatError::too_many(Excess::Files, most.files);
            return Err(IntakeError::of(&within(self.name, MANIFEST), OrdinalKind::Entries, stop));
        }
        for (index, file) in manifest.files.iter().enumerate() {
            if self.places.insert((file.import, file.member), index).is_some() {
                return Err(self.broken(MANIFEST, 0, Reason::listed_twice(&file.name)));
            }
            self.files.push(no_rows(display_text::short(&file.name), index as u64 + 1));
        }
        Ok(())
    }

    /// Reads what the person changed of single rows.
    fn changes(&mut self, member: &MemberOf) -> Result<(), IntakeError> {
        let (whole, name) = (self.name, member.name.as_str());
        let mut lines = BufReader::with_capacity(PIECE, open((whole, self.archive), member)?);
        let (mut number, mut line, mut bytes) = (0, Vec::new(), 0);
        loop {
            line.clear();
            let read = (&mut lines).take(LINE).read_until(b'\n', &mut line);
            if read.map_err(|error| unread(whole, name, error))? == 0 {
                break;
            }
            number += 1;
            bytes += line.len();
            if bytes > CHANGED {
                let over = FormatError::too_large(Excess::Changes, Limit::Bytes(CHANGED as u64));
                return Err(IntakeError::of(&within(whole, name), OrdinalKind::Lines, over));
            }
            self.changes.read(number, &line).map_err(|reason| malformed(whole, name, number, reason))?;
            if self.changes.len() > RowChangeKind::MOST {
                let stop = FormatError::too_many(Excess::Changes, RowChangeKind::MOST);
                return Err(IntakeError::of(&within(whole, name), OrdinalKind::Lines, stop));
            }
        }
        let is_whole = lines.into_inner().matches(member);
        self.same(member, is_whole)
    }

    /// Passes on what the person changed, once all rows were. A change names rows that the archive has.
    fn carry(&mut self) -> Result<(), IntakeError> {
        let (places, files) = (&self.places, &self.files);
        let place = |id: mesinfos_model::RowId| {
            let place = places.get(&(id.import, id.position.member));
            place.and_then(|place| files.get(*place)).map(|file| file.member)
        };
        let carried = std::mem::take(&mut self.changes).carried(place);
        let name = self.name;
        for change in carried.map_err(|(line, reason)| malformed(name, CHANGES, line, reason))? {
            let done = self.sink.change(change);
            done.map_err(|source| IntakeError::Sink { file: name.to_owned(), source })?;
        }
        Ok(())
    }

    /// Reads the rows of a table. Lines with a paper are held, with their number.
    fn rows(
        &mut self,
        table: &TableOf,
        member: &MemberOf,
        held: &mut Vec<(u64, Vec<u8>)>,
    ) -> Result<(), IntakeError> {
        let unknown = Reason::unknown_table(&table.category, table.version.to_string());
        let category = Category::from_id(&table.category).filter(|of| of.schema().version >= table.version);
        let category = category.ok_or_else(|| self.broken(&member.name, 0, unknown))?;
        let (whole, name) = (self.name, member.name.as_str());
        let stop = |line, reason| malformed(whole, name, line, reason);
        let Taking { archive, sink, files, places, changes, .. } = self;
        let mut rows = Rows::new(category, &mut **sink);
        let mut lines = BufReader::with_capacity(PIECE, open((whole, archive), member)?);
        let (mut number, mut line, mut bytes) = (0, Vec::new(), 0);
        loop {
            line.clear();
            let read = (&mut lines).take(LINE).read_until(b'\n', &mut line);
            if read.map_err(|error| unread(whole, name, error))? == 0 {
                break;
            }
            number += 1;
            let row = Line::read(&line).map_err(|reason| stop(number, reason))?;
            let place = places.get(&(row.id.import, row.id.position.member));
            let file = place.and_then(|place| files.get_mut(*place));
            let file = file.ok_or_else(|| stop(number, Reason::not_in_list(row.id.to_string())))?;
            file.rows += 1;
            changes.see(category, &row);
            let at = Position { member: file.member, ordinal: row.id.position.ordinal };
            if category == Category::Documents && (row.paper.is_some() || row.text(SHA256).is_some()) {
                bytes += line.len();
                if bytes > HELD {
                    let over = FormatError::too_large(Excess::Record, Limit::Bytes(HELD as u64));
                    return Err(IntakeError::of(&within(whole, name), OrdinalKind::Lines, over));
                }
                held.push((number, line.clone()));
                continue;
            }
            rows.push(&row, at).map_err(|error| error.at(whole, name, number))?;
        }
        rows.flush().map_err(|error| error.at(whole, name, number))?;
        let is_whole = lines.into_inner().matches(member) && number == table.rows;
        self.same(member, is_whole)
    }

    /// Passes on a paper, then its row.
    fn paper(&mut self, number: u64, line: &Line, member: &MemberOf) -> Result<(), IntakeError> {
        let place = self.places.get(&(line.id.import, line.id.position.member));
        let of = place.and_then(|place| self.files.get(*place)).map_or(0, |file| file.member);
        let at = Position { member: of, ordinal: line.id.position.ordinal };
        let (name, sha256) = (self.name, member.sha256.to_string());
        let size = i64::try_from(member.bytes).ok();
        if line.text(SHA256) != Some(&sha256) || line.number(SIZE) != size || member.bytes == 0 {
            return Err(self.broken(&member.name, 0, Reason::ChangedMember));
        }
        let Taking { archive, sink, .. } = self;
        let mut content = open((name, archive), member)?;
        let mut piece = vec![0; PIECE];
        loop {
            let read = content.read(&mut piece).map_err(|error| unread(name, &member.name, error))?;
            if read == 0 {
                break;
            }
            let done = sink.piece(at.packed(), &piece[..read]);
            done.map_err(|source| IntakeError::Sink { file: name.to_owned(), source })?;
        }
        if !content.matches(member) {
            return Err(malformed(name, &member.name, 0, Reason::ChangedMember));
        }
        let mut rows = Rows::new(Category::Documents, &mut **sink);
        rows.push(line, at).and_then(|()| rows.flush()).map_err(|error| error.at(name, DOCUMENTS, number))
    }
}

/// Member of the rows of documents, in errors, and their fields about the paper.
const DOCUMENTS: &str = "rows/documents.jsonl";
const SHA256: &str = "sha256";
const SIZE: &str = "size";

/// Rows that leave in batches.
struct Rows<'a> {
    category: Category,
    builder: BatchBuilder,
    /// Bytes of text in the builder.
    text: usize,
    sink: &'a mut dyn Sink,
}

/// Why rows were not passed on.
enum Stopped {
    Wrong(Reason),
    Sink(crate::sink::SinkError),
}

impl Stopped {
    fn at(self, archive: &str, member: &str, line: u64) -> IntakeError {
        match self {
            Stopped::Wrong(reason) => malformed(archive, member, line, reason),
            Stopped::Sink(source) => IntakeError::Sink { file: archive.to_owned(), source },
        }
    }
}

impl<'a> Rows<'a> {
    fn new(category: Category, sink: &'a mut dyn Sink) -> Rows<'a> {
        Rows { category, builder: BatchBuilder::new(category), text: 0, sink }
    }

    fn push(&mut self, line: &Line, at: Position) -> Result<(), Stopped> {
        let cells = line.cells(self.category, at).map_err(Stopped::Wrong)?;
        for (_, cell) in &cells {
            if let Cell::Text(text) = cell {
                if text.len() > MAX_TEXT {
                    return Err(Stopped::Wrong(Reason::odd_form(*text)));
                }
                self.text += text.len();
            }
        }
        self.builder.push_cells(cells);
        if self.builder.rows() >= BATCH_ROWS || self.text >= BATCH_TEXT { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Stopped> {
        if self.builder.rows() == 0 {
            return Ok(());
        }
        let rows = std::mem::replace(&mut self.builder, BatchBuilder::new(self.category)).finish();
        self.text = 0;
        check(&rows).map_err(|_| Stopped::Wrong(Reason::OddShape))?;
        self.sink.rows(rows).map_err(Stopped::Sink)
    }
}

/// The content of a member, up to the size that the list names, and its digest.
struct Content<R> {
    inner: R,
    left: u64,
    /// Whether there is more than the list says.
    is_over: bool,
    hash: Sha256,
}

impl<R: Read> Read for Content<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(into.len());
        if most == 0 {
            // One byte more tells a longer member. At its end the library checks its checksum.
            self.is_over |= self.inner.read(&mut [0])? > 0;
            return Ok(0);
        }
        let read = self.inner.read(&mut into[..most])?;
        self.hash.update(&into[..read]);
        self.left -= read as u64;
        Ok(read)
    }
}

impl<R: Read> Content<R> {
    /// Whether everything was read, and it is what the list says.
    fn matches(self, member: &MemberOf) -> bool {
        self.left == 0 && !self.is_over && Digest(self.hash.finalize().into()) == member.sha256
    }
}
