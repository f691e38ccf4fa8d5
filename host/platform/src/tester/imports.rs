//! Importing a holder's file into a person's vault, and undoing an import.

use crate::run::file_reader::{FileReader, ReadSeek};
use crate::tester::hashing::Hashing;
use crate::tester::own_rows::{FileNames, Row, file_names, id};
use crate::tester::withheld::{self, WithheldCame, came};
use crate::{Caller, Person, Platform, PlatformError, Result};
use mesinfos_consent::{Act, Actor, AuditEvent, Grant, RowChange};
use mesinfos_intake::mapped::{Mapping, MappingProblem};
use mesinfos_intake::{
    Extent, IntakeError, OrdinalKind, Read as FileRead, ReadAs, Reason, Rejected, Sink, SinkError, Total,
    Totals, Unreadable,
};
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_model::{Batch, CarriedChange, Category, Day, Digest, FieldKind};
use mesinfos_store::{Commit, PersonId};
use mesinfos_vault::{
    CategoryOutcome, ImportOutcome, ImportRecord, ImportSource, Importing, Spool, VaultError, Withheld,
};
use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read, Seek};
use std::time::Instant;

/// A file to import. Any reader converts to one that is read as a stream.
pub struct ImportInput<'a> {
    bytes: FileBytes<'a>,
    how: ReadAs,
    whose: TargetVault,
    allow_creation_if: Option<MadeIf<'a>>,
}

/// Decides whether a vault may be created.
type MadeIf<'a> = Box<dyn Fn() -> Result<bool> + 'a>;

/// The vault to import into.
#[derive(Debug, Clone, Copy)]
pub enum TargetVault {
    /// The vault with this name, created if missing.
    AnybodyOrNew,
    /// The vault of exactly this person, not of a later person of the same name.
    Exactly(PersonId),
}

enum FileBytes<'a> {
    /// Readable once, in order. An archive is spooled first.
    Stream(Box<dyn Read + 'a>),
    /// Seekable.
    File(Box<dyn ReadSeek + 'a>),
}

impl<'a, R: Read + 'a> From<R> for ImportInput<'a> {
    fn from(stream: R) -> ImportInput<'a> {
        ImportInput {
            bytes: FileBytes::Stream(Box::new(stream)),
            how: ReadAs::Recognised,
            whose: TargetVault::AnybodyOrNew,
            allow_creation_if: None,
        }
    }
}

impl<'a> ImportInput<'a> {
    /// A seekable file: an archive need not be spooled.
    pub fn file(file: impl Read + Seek + 'a) -> ImportInput<'a> {
        ImportInput {
            bytes: FileBytes::File(Box::new(file)),
            how: ReadAs::Recognised,
            whose: TargetVault::AnybodyOrNew,
            allow_creation_if: None,
        }
    }

    /// Sets whether to keep the file as a document, with any format, at the person's request.
    #[must_use]
    pub fn as_document(self, is_document: bool) -> ImportInput<'a> {
        let how = if is_document { ReadAs::Document } else { ReadAs::Recognised };
        ImportInput { how, ..self }
    }

    /// Reads the file as a table, by what the person says about its columns.
    ///
    /// # Errors
    /// What the mapping lacks.
    pub fn mapped(self, mapping: Mapping) -> std::result::Result<ImportInput<'a>, MappingProblem> {
        mapping.check()?;
        Ok(ImportInput { how: ReadAs::Table(Box::new(mapping)), ..self })
    }

    /// Permission to create a vault for the file. Called when the first row arrives, which may be long after
    /// the sender was authorised.
    #[must_use]
    pub fn allow_creation_if(self, may: impl Fn() -> Result<bool> + 'a) -> ImportInput<'a> {
        ImportInput { allow_creation_if: Some(Box::new(may)), ..self }
    }

    /// The vault to import into. Nothing is imported if the person is gone when the first row arrives.
    #[must_use]
    pub fn into_vault(self, whose: TargetVault) -> ImportInput<'a> {
        ImportInput { whose, ..self }
    }
}

/// Report of an import or dry run.
#[derive(Debug, Clone)]
pub struct ImportReport {
    /// Name of the file.
    pub file: String,
    /// Number of the import, for undoing it. `None` for a dry run.
    pub import: Option<u64>,
    /// Whether the import created the person's vault or, for a dry run, would create it.
    pub is_first: bool,
    /// Reports for the file itself, or for each member of an archive.
    pub files: Vec<FileReport>,
    /// Reports by category.
    pub categories: Vec<CategoryReport>,
    /// What another instance's archive said is shown to no app.
    pub withheld: WithheldCame,
    /// Number of rows that are shown to no app until the person decides: they are probably the same as others that are
    /// shown to none. 0 for a dry run.
    pub withheld_alike: u64,
}

/// Report of one file.
#[derive(Debug, Clone)]
pub struct FileReport {
    /// Name of the file. For an archive member: the archive's name, `/`, and the member's name.
    pub file: String,
    /// Id of the recognised format.
    pub format: &'static str,
    /// Unit in which the positions of rows and problems are counted.
    pub counts: OrdinalKind,
    /// Number of rows that could be read.
    pub rows: u64,
    /// Number of rows rejected.
    pub rejected: u64,
    /// Reasons for rejections: the first ten thousand.
    pub problems: Vec<Rejected>,
    /// Characters that could not be read.
    pub unreadable: Unreadable,
}

impl ImportReport {
    /// Tells of another file of the archive that no format knows.
    pub fn pass_over(&mut self, file: String) {
        let counts = mesinfos_intake::ARCHIVE.counts;
        let extent = Extent::File { counts, ordinal: 0 };
        self.files.push(FileReport {
            file,
            format: mesinfos_intake::ARCHIVE.id,
            counts,
            rows: 0,
            rejected: 0,
            problems: vec![Rejected { line: None, field: None, extent, reason: Reason::NoFormat }],
            unreadable: Unreadable::default(),
        });
    }
}

/// Report of one category.
#[derive(Debug, Clone)]
pub struct CategoryReport {
    /// The category.
    pub category: Category,
    /// Number of rows new to the vault.
    pub accepted: u64,
    /// Number of rows that replaced an earlier version.
    pub corrected: u64,
    /// Number of the rows already in the vault of which it has a later or a firmer version.
    pub older: u64,
    /// Number of rows already in the vault.
    pub duplicates: u64,
    /// Time of the file's earliest row: an instant in UTC, or a date. `None` if no row has a time.
    pub first: Option<String>,
    /// Time of the file's latest row. `None` if no row has a time.
    pub last: Option<String>,
    /// First and last local day of the file's rows, as in a summary of the vault. `None` if no row has a
    /// time.
    pub days: Option<(Day, Day)>,
    /// Sums over the file's rows.
    pub totals: Vec<Total>,
}

impl ImportReport {
    /// Number of rejected rows, over all files.
    pub fn rejected(&self) -> u64 {
        self.files.iter().map(|file| file.rejected).sum()
    }

    /// Number of characters that could not be read, over all files.
    pub fn unreadable(&self) -> u64 {
        self.files.iter().map(|file| file.unreadable.count).sum()
    }
}

/// Report of an undo.
#[derive(Debug, Clone)]
pub struct UndoReport {
    /// Number of the import.
    pub import: u64,
    /// Name of the imported file.
    pub file: String,
    /// Number of rows removed.
    pub rows: u64,
    /// Rows that stay, because other imports hold them too: number and file of the import, and number of rows.
    pub stayed: Vec<(u64, String, u64)>,
    /// Number of kept files that are gone.
    pub documents: u64,
    /// Number of earlier versions removed: rows of the import that later ones had replaced.
    pub earlier: u64,
    /// Number of rows of other imports that are back: the person had said that rows of this one are the same, or rows of
    /// this one were other versions of them.
    pub restored: u64,
    /// Later imports that may have had some of the same rows, by number and file. Importing the files again
    /// restores these rows.
    pub import_again: Vec<(u64, String)>,
    /// Apps whose grants exclude rows of this import. The same rows in another import are not excluded.
    pub left_out_for: Vec<String>,
    /// Number of rules about what no app is shown that came with the import, and are gone with it.
    pub shown_again: u64,
}

/// What undoing an import would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UndoPreview {
    /// Number of rows that go away.
    pub rows: u64,
    /// Number of rows of other imports that are back: earlier values of rows of this one, or rows for which one of this
    /// one stands.
    pub restored: u64,
    /// Number of earlier versions that go away: rows of the import that later ones had replaced.
    pub earlier: u64,
    /// Rows that stay, because other imports hold them too: number and file of the import, and number of rows.
    pub stayed: Vec<(u64, String, u64)>,
    /// Number of kept files that go away.
    pub documents: u64,
    /// Number of rules about what no app is shown that came with the import, and that go away.
    pub shown_again: u64,
}

/// Totals and times of the rows of a file.
#[derive(Default)]
struct ImportCounts {
    totals: Totals,
    times: BTreeMap<Category, Times>,
}

/// Number of rows of a category, with their first and last times and local days.
#[derive(Default)]
struct Times {
    rows: u64,
    times: Option<(i64, i64)>,
    days: Option<(Day, Day)>,
}

/// The span of two.
fn with<T: Copy + Ord>(one: Option<(T, T)>, other: Option<(T, T)>) -> Option<(T, T)> {
    let ((first, last), (from, until)) = match (one, other) {
        (Some(one), Some(other)) => (one, other),
        (one, other) => return one.or(other),
    };
    Some((first.min(from), last.max(until)))
}

impl ImportCounts {
    fn add(&mut self, batch: &Batch) {
        self.totals.add(batch);
        let seen = self.times.entry(batch.category()).or_default();
        seen.rows += batch.rows() as u64;
        seen.times = with(seen.times, batch.times());
        seen.days = with(seen.days, batch.days());
    }

    fn report(&self, outcome: &CategoryOutcome) -> CategoryReport {
        let category = outcome.category;
        let seen = self.times.get(&category);
        let times = seen.and_then(|seen| seen.times);
        CategoryReport {
            category,
            accepted: outcome.added,
            corrected: outcome.corrected,
            older: outcome.older,
            duplicates: outcome.duplicates,
            first: times.map(|(first, _)| spell(category, first)),
            last: times.map(|(_, last)| spell(category, last)),
            days: seen.and_then(|seen| seen.days),
            totals: self.totals.of(category),
        }
    }
}

impl Platform {
    /// A sealed spool on the vault's disk for up to `most` bytes of a stream before it is imported, so that
    /// the import does not wait for a slow sender.
    ///
    /// # Errors
    /// If the system returns no random bytes for a key.
    pub fn spool(&self, most: u64) -> Result<Spool> {
        Ok(self.vault.spool(most)?)
    }

    /// Imports a file into a person's vault, creating it if missing. All accepted rows become visible and
    /// durable in one commit.
    ///
    /// # Errors
    /// [`PlatformError::AllRejected`] if rows were read and all rejected; other errors if the format is
    /// unknown or the disk fails. Nothing is stored then.
    pub fn import<'a>(
        &self,
        caller: &Caller,
        file: &str,
        input: impl Into<ImportInput<'a>>,
    ) -> Result<ImportReport> {
        let since = Instant::now();
        let done = self.try_import(caller, file, input.into());
        self.figures.imported(caller.request, since, &done, false);
        done
    }

    fn try_import(&self, caller: &Caller, file: &str, mut input: ImportInput<'_>) -> Result<ImportReport> {
        self.takes_data()?;
        let file = clean(file);
        let file = file.as_str();
        let (whose, allow_creation_if) = (input.whose, input.allow_creation_if.take());
        let mut vault =
            LazyVault { platform: self, caller, whose, allow_creation_if, open: None, is_first: false };
        let ((reads, seen, digest), mapping) =
            read(self, caller, file, input, &mut vault).map_err(|error| vault.or_gone(error))?;
        // Nothing to keep: do not create a vault for it.
        let reads = not_all_rejected(file, reads, &seen)?;
        let rules = rules(caller, file, &reads)?;
        let (person, mut importing, is_first) = vault.into_open()?;
        count_all_of_ours(&reads, &mut importing);
        let at = self.clock.now();
        let format = format_of(&reads);
        let rejected = reads.iter().map(|read| read.rejected_count).sum();
        let members: Vec<(u64, String)> = reads
            .iter()
            // Of another instance's archive, also a file of which the person deleted every row.
            .filter(|read| {
                read.member > 0 && (read.rows > 0 || read.about.id == mesinfos_intake::PORTABLE.id)
            })
            .map(|read| (read.member, read.file.clone()))
            .collect();
        let imported = self.act(&person, caller.act(), at, |batch| {
            let source = ImportSource {
                file_name: file.to_owned(),
                file_sha256: digest,
                format: format.to_owned(),
                at_utc_seconds: at,
            };
            let by = (caller.act(), at);
            let mut outcome = self.join_rows(&person, &importing, source, &members, by, batch)?;
            self.keep_rejects(&person, outcome.import_id, &reads, mapping.as_ref(), batch)?;
            self.keep_notes(&person, &outcome, batch)?;
            let (came, withheld) = self.join_withheld(&person, &rules, (outcome.import_id, at), batch)?;
            // Log the import even if the file had no rows.
            if outcome.categories.is_empty() {
                let main = reads.first().and_then(|read| read.about.categories.first()).copied();
                // Every import needs an entry, because the audit chain counts imports.
                outcome.categories.push(CategoryOutcome::none(main.unwrap_or(Category::Documents)));
            }
            let imported = outcome
                .categories
                .iter()
                .map(|category| AuditEvent::Imported {
                    import: outcome.import_id,
                    file: file.into(),
                    format: format.into(),
                    category: category.category,
                    accepted: category.added,
                    rejected,
                    duplicates: category.duplicates,
                    corrected: category.corrected,
                })
                .collect::<Vec<_>>();
            let events = imported.into_iter().chain(replaced(&person, &outcome.replaced)?).chain(withheld);
            Ok(((outcome, came), events.collect()))
        });
        let (outcome, came) = imported.map_err(|error| self.or_gone(&person, error))?;
        if came.new > 0 {
            // They may have read rows that are withheld now.
            self.underway.stop(|run| run.person == person.vault.id());
        }
        self.exclude_later(&person, &outcome.links, caller.act())?;
        let done = report(file, (Some(outcome.import_id), is_first), reads, &seen, &outcome.categories);
        let withheld_alike = self.afresh(&person).vault.withheld_alike(outcome.import_id)?;
        Ok(ImportReport { withheld: came, withheld_alike, ..done })
    }

    /// Adds the rows of an import to a commit. What a grant excludes stays excluded in the rows that stand for it.
    pub(super) fn join_rows(
        &self,
        person: &Person,
        importing: &Importing,
        source: ImportSource,
        files: &[(u64, String)],
        (by, at): (Act, i64),
        commit: &mut Commit,
    ) -> Result<ImportOutcome> {
        let (rows, outcome) = importing.prepare(source, files, &self.excluded_now(person)?)?;
        commit.join(rows);
        self.exclude_too(person, &outcome.links, by, at, commit)?;
        Ok(outcome)
    }

    /// Returns the report that [`Platform::import`] would return, without writing. Without a person, or for a
    /// person who does not exist, all rows are new.
    ///
    /// # Errors
    /// [`PlatformError::AllRejected`] and errors of the file, as for [`Platform::import`].
    pub fn import_dry_run<'a>(
        &self,
        caller: &Caller,
        file: &str,
        input: impl Into<ImportInput<'a>>,
    ) -> Result<ImportReport> {
        let since = Instant::now();
        let done = self.try_dry_run(caller, file, input.into());
        self.figures.imported(caller.request, since, &done, true);
        done
    }

    /// [`Platform::import_dry_run`], with the first rows as they would be stored, at most `most`.
    ///
    /// # Errors
    /// As for [`Platform::import_dry_run`].
    pub fn import_preview<'a>(
        &self,
        caller: &Caller,
        file: &str,
        input: impl Into<ImportInput<'a>>,
        most: usize,
    ) -> Result<(ImportReport, Vec<(Category, Row)>)> {
        let mut first = FirstRows { most, lang: caller.lang, rows: Vec::new() };
        let report = self.dry_run(caller, file, input.into(), Some(&mut first))?;
        Ok((report, first.rows))
    }

    fn try_dry_run(&self, caller: &Caller, file: &str, input: ImportInput<'_>) -> Result<ImportReport> {
        self.dry_run(caller, file, input, None)
    }

    fn dry_run(
        &self,
        caller: &Caller,
        file: &str,
        input: ImportInput<'_>,
        first: Option<&mut FirstRows>,
    ) -> Result<ImportReport> {
        self.takes_data()?;
        let file = clean(file);
        let file = file.as_str();
        let name = caller.person.as_ref();
        let person = name.map(|name| self.find(name.as_str())).transpose()?.flatten();
        let would_be_first = name.is_some() && person.is_none();
        let importing = person.as_ref().map(|person| person.vault.begin_import());
        let mut nowhere = DryRun { importing, first };
        let ((reads, seen, _), _) = read(self, caller, file, input, &mut nowhere)?;
        let reads = not_all_rejected(file, reads, &seen)?;
        let rules = rules(caller, file, &reads)?;
        let withheld = match &person {
            _ if rules.is_empty() => WithheldCame::default(),
            Some(person) => {
                let mut nowhere = person.vault.empty_commit();
                self.join_withheld(person, &rules, (0, self.clock.now()), &mut nowhere)?.0
            }
            None => WithheldCame { new: rules.len() as u64, same: 0 },
        };
        let outcome = match nowhere.importing {
            Some(mut importing) => {
                count_all_of_ours(&reads, &mut importing);
                importing.outcome()?
            }
            None => {
                let of = |(category, seen): (&Category, &Times)| CategoryOutcome {
                    added: seen.rows,
                    ..CategoryOutcome::none(*category)
                };
                seen.times.iter().map(of).collect()
            }
        };
        Ok(ImportReport { withheld, ..report(file, (None, would_be_first), reads, &seen, &outcome) })
    }

    /// All imports of a person, oldest first, undone ones included.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn imports(&self, caller: &Caller) -> Result<Vec<ImportRecord>> {
        self.read_of(caller, |person| Ok(person.vault.imports()?))
    }

    /// Undoes a whole import. On return, its rows are gone.
    ///
    /// # Errors
    /// If there is no such person or import.
    pub fn undo_import(&self, caller: &Caller, import: u64) -> Result<UndoReport> {
        self.write_of(caller, |person| self.undo(caller, person, import))
    }

    /// What undoing an import would do now. Changes nothing.
    ///
    /// # Errors
    /// If there is no such person or import.
    pub fn preview_undo(&self, caller: &Caller, import: u64) -> Result<UndoPreview> {
        self.read_of(caller, |person| {
            let undone = person.vault.preview_undo(import)?;
            Ok(UndoPreview {
                rows: undone.rows,
                restored: undone.restored.iter().map(|(.., rows)| rows).sum(),
                earlier: undone.earlier,
                stayed: stayed(person, &undone.stayed)?,
                documents: undone.documents,
                shown_again: person.vault.withheld_of(import)?,
            })
        })
    }

    fn undo(&self, caller: &Caller, person: &Person, import: u64) -> Result<UndoReport> {
        let at = self.clock.now();
        let undone = self.act(person, caller.act(), at, |batch| {
            let (rows, undone) = person.vault.prepare_undo(import, at, &self.excluded_now(person)?)?;
            batch.join(rows);
            self.exclude_too(person, &undone.links, caller.act(), at, batch)?;
            self.end_notes(person, import, batch)?;
            self.end_rejects(person, import, batch)?;
            let file = undone.record.source.file_name.as_str().into();
            let mut events = vec![AuditEvent::Undone { import, file, rows: undone.rows }];
            let rules = undone.ended.len() as u64;
            events.extend(undone.ended.iter().map(|rule| withheld::event(rule, true)));
            let returned = undone.restored.iter().map(|rows| (RowChange::Returned, rows));
            let stayed = undone.stayed.iter().map(|rows| (RowChange::Stayed, rows));
            let mut back = returned.chain(stayed).peekable();
            if back.peek().is_some() {
                let names = file_names(&person.vault)?;
                events.extend(back.map(|(change, (import, category, rows))| AuditEvent::Amended {
                    import: *import,
                    file: names.get(&(*import, 0)).map_or("", String::as_str).into(),
                    category: *category,
                    change,
                    removed: 0,
                    returned: *rows,
                }));
            }
            Ok(((undone.clone(), rules), events))
        })?;
        let (undone, rules) = undone;
        person.vault.finish_undo(&undone)?;
        self.exclude_later(person, &undone.links, caller.act())?;
        let leaves_out = |grant: &Grant| {
            grant.state_at(at).is_granted()
                && grant.given().values().any(|scope| scope.excluded.iter().any(|row| row.import == import))
        };
        let grants = self.grants(person).list()?;
        let left_out_for =
            grants.iter().filter(|grant| leaves_out(grant)).map(|grant| grant.app().id.clone()).collect();
        Ok(UndoReport {
            import,
            file: undone.record.source.file_name,
            rows: undone.rows,
            stayed: stayed(person, &undone.stayed)?,
            documents: undone.documents,
            earlier: undone.earlier,
            restored: undone.restored.iter().map(|(.., rows)| rows).sum(),
            left_out_for,
            shown_again: rules,
            import_again: undone
                .overlapping
                .into_iter()
                .map(|other| (other.outcome.import_id, other.source.file_name))
                .collect(),
        })
    }
}

/// Rows that stay, by import, with the names of the files.
fn stayed(person: &Person, rows: &[(u64, Category, u64)]) -> Result<Vec<(u64, String, u64)>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let names = file_names(&person.vault)?;
    let mut of: BTreeMap<u64, u64> = BTreeMap::new();
    rows.iter().for_each(|(import, _, rows)| *of.entry(*import).or_default() += rows);
    let named = |(import, rows)| (import, names.get(&(import, 0)).cloned().unwrap_or_default(), rows);
    Ok(of.into_iter().map(named).collect())
}

/// Events of rows of earlier imports that those of an import replaced.
pub(crate) fn replaced(person: &Person, rows: &[(u64, Category, u64)]) -> Result<Vec<AuditEvent>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let names = file_names(&person.vault)?;
    let event = |(import, category, rows): &(u64, Category, u64)| AuditEvent::Amended {
        import: *import,
        file: names.get(&(*import, 0)).map_or("", String::as_str).into(),
        category: *category,
        change: RowChange::Replaced,
        removed: *rows,
        returned: 0,
    };
    Ok(rows.iter().map(event).collect())
}

/// The reads, unless every row of the file was rejected, or every file of an archive.
fn not_all_rejected(file: &str, reads: Vec<FileRead>, seen: &ImportCounts) -> Result<Vec<FileRead>> {
    let is_sound = |read: &FileRead| read.rejected_count == 0 && read.rejected.is_empty();
    if reads.iter().any(|read| read.rows > 0) || reads.iter().all(is_sound) {
        return Ok(reads);
    }
    let refused = report(file, (None, false), reads, seen, &[]);
    Err(PlatformError::AllRejected(Box::new(refused)))
}

/// Consumer of the content of a file.
trait RowSink {
    fn rows(&mut self, batch: &Batch) -> Result<()>;
    fn piece(&mut self, position: i64, bytes: &[u8]) -> Result<()>;
    fn change(&mut self, change: CarriedChange) -> Result<()>;
}

/// A person's vault, created when the first content arrives, because an unreadable file must not leave a
/// vault behind.
struct LazyVault<'a> {
    platform: &'a Platform,
    caller: &'a Caller,
    whose: TargetVault,
    allow_creation_if: Option<MadeIf<'a>>,
    open: Option<(Person, Importing)>,
    /// Whether the vault was created for this file.
    is_first: bool,
}

impl LazyVault<'_> {
    /// The person to import for, created if missing and allowed.
    fn person(&mut self) -> Result<Person> {
        let found = self.platform.find(self.caller.person()?.as_str())?;
        // The caller of an account creates nobody: no account would open that vault.
        let whose = self.caller.whose.map_or(self.whose, TargetVault::Exactly);
        match (found, whose) {
            (Some(person), TargetVault::Exactly(id)) if person.vault.id() != id => {
                let (name, close) = (self.caller.person()?.to_string(), Vec::new());
                Err(VaultError::NoSuchPerson { name, close, total: None }.into())
            }
            (Some(person), _) => Ok(person),
            (None, TargetVault::AnybodyOrNew) if self.may_make()? => {
                let (person, is_new) = self.platform.person_or_create(self.caller)?;
                self.is_first = is_new;
                Ok(person)
            }
            (None, _) => self.platform.person_of(self.caller),
        }
    }

    fn may_make(&self) -> Result<bool> {
        self.allow_creation_if.as_ref().map_or(Ok(true), |may| may())
    }

    /// Replaces an error with "no such person" if the person was erased meanwhile.
    fn or_gone(&self, error: PlatformError) -> PlatformError {
        match &self.open {
            Some((person, _)) => self.platform.or_gone(person, error),
            None => error,
        }
    }

    fn importing(&mut self) -> Result<&mut Importing> {
        let open = self.take_open()?;
        Ok(&mut self.open.insert(open).1)
    }

    fn into_open(mut self) -> Result<(Person, Importing, bool)> {
        let (person, importing) = self.take_open()?;
        Ok((person, importing, self.is_first))
    }

    fn take_open(&mut self) -> Result<(Person, Importing)> {
        match self.open.take() {
            Some(open) => Ok(open),
            None => {
                let person = self.person()?;
                let importing = person.vault.begin_import();
                Ok((person, importing))
            }
        }
    }
}

impl RowSink for LazyVault<'_> {
    fn rows(&mut self, batch: &Batch) -> Result<()> {
        Ok(self.importing()?.add(batch)?)
    }

    fn piece(&mut self, position: i64, bytes: &[u8]) -> Result<()> {
        Ok(self.importing()?.keep(position, bytes)?)
    }

    fn change(&mut self, change: CarriedChange) -> Result<()> {
        // What a person said of rows is theirs to bring, and no holder's.
        if self.caller.actor != Actor::Person {
            return Ok(());
        }
        Ok(self.importing()?.carry(change)?)
    }
}

/// Stores nothing. Compares rows with those of the person, if there is one.
struct DryRun<'a> {
    importing: Option<Importing>,
    first: Option<&'a mut FirstRows>,
}

/// The first rows of a file.
struct FirstRows {
    most: usize,
    lang: Lang,
    rows: Vec<(Category, Row)>,
}

impl FirstRows {
    fn add(&mut self, batch: &Batch) {
        let room = self.most.saturating_sub(self.rows.len());
        let row = |at| Row::of(batch, at, id(batch, at, 0), &FileNames::new(), self.lang);
        self.rows.extend((0..batch.rows().min(room)).map(|at| (batch.category(), row(at))));
    }
}

impl RowSink for DryRun<'_> {
    fn rows(&mut self, batch: &Batch) -> Result<()> {
        if let Some(first) = &mut self.first {
            first.add(batch);
        }
        self.importing.as_mut().map_or(Ok(()), |importing| Ok(importing.add(batch)?))
    }

    fn piece(&mut self, _place: i64, _bytes: &[u8]) -> Result<()> {
        Ok(())
    }

    fn change(&mut self, change: CarriedChange) -> Result<()> {
        self.importing.as_mut().map_or(Ok(()), |importing| Ok(importing.carry(change)?))
    }
}

/// Forwards the content of a file and collects totals.
struct CountingSink<'a> {
    seen: ImportCounts,
    take: &'a mut dyn RowSink,
    /// The original error, because `Sink` can return only `SinkError`.
    failed: Option<PlatformError>,
}

impl CountingSink<'_> {
    fn told(&mut self, done: Result<()>) -> std::result::Result<(), SinkError> {
        done.map_err(|error| {
            let message = error.to_string();
            self.failed = Some(error);
            SinkError::from(message)
        })
    }
}

impl Sink for CountingSink<'_> {
    fn rows(&mut self, batch: Batch) -> std::result::Result<(), SinkError> {
        self.seen.add(&batch);
        let done = self.take.rows(&batch);
        self.told(done)
    }

    fn piece(&mut self, position: i64, bytes: &[u8]) -> std::result::Result<(), SinkError> {
        let done = self.take.piece(position, bytes);
        self.told(done)
    }

    fn change(&mut self, change: CarriedChange) -> std::result::Result<(), SinkError> {
        let done = self.take.change(change);
        self.told(done)
    }
}

/// What a file contained: a report per file, the totals, and the file's digest.
type Contained = (Vec<FileRead>, ImportCounts, Digest);

/// Reads a file, and says by which mapping if it is a table. One that no format knows is read as the person once said, if it is a table with the same header.
fn read(
    platform: &Platform,
    caller: &Caller,
    file: &str,
    mut source: ImportInput<'_>,
    take: &mut dyn RowSink,
) -> Result<(Contained, Option<Mapping>)> {
    let done = read_once(platform, file, &mut source, take);
    if let (
        Err(PlatformError::Intake(IntakeError::Unrecognised { .. })),
        FileBytes::File(bytes),
        ReadAs::Recognised,
    ) = (&done, &mut source.bytes, &source.how)
    {
        bytes.rewind()?;
        if let Some(mapping) = platform.mapping_of_file(caller, file, bytes)? {
            bytes.rewind()?;
            source.how = ReadAs::Table(Box::new(mapping));
            let done = read_once(platform, file, &mut source, take)?;
            return Ok((done, mapping_of(source.how)));
        }
    }
    Ok((done?, mapping_of(source.how)))
}

fn mapping_of(how: ReadAs) -> Option<Mapping> {
    match how {
        ReadAs::Table(mapping) => Some(*mapping),
        ReadAs::Recognised | ReadAs::Document => None,
    }
}

fn read_once(
    platform: &Platform,
    file: &str,
    source: &mut ImportInput<'_>,
    take: &mut dyn RowSink,
) -> Result<Contained> {
    let mut passing = CountingSink { seen: ImportCounts::default(), take, failed: None };
    let ImportInput { bytes, how, .. } = source;
    let may_be_archive = *how == ReadAs::Recognised;
    let done = match bytes {
        FileBytes::File(bytes) => {
            if may_be_archive && starts_as_archive(bytes)? {
                read_archive(&platform.reading, file, bytes, &mut passing)
            } else {
                read_stream(&platform.reading, file, bytes, how, &mut passing)
            }
        }
        FileBytes::Stream(bytes) => {
            let mut start = Vec::new();
            Read::take(&mut *bytes, BUFFER as u64).read_to_end(&mut start)?;
            let is_archive = may_be_archive && mesinfos_intake::is_archive(&start);
            let whole = Cursor::new(start).chain(bytes);
            if is_archive {
                read_archive_of_stream(platform, file, whole, &mut passing)
            } else {
                read_stream(&platform.reading, file, whole, how, &mut passing)
            }
        }
    };
    if let Some(error) = passing.failed {
        return Err(error);
    }
    let (reads, digest) = done?;
    Ok((reads, passing.seen, digest))
}

/// Buffer size for reads, in bytes.
const BUFFER: usize = 64 << 10;

/// Maximum size in bytes of an archive read from a stream. Google splits its archives at 2 GiB; archives of
/// others are smaller.
const LARGEST_ARCHIVE: u64 = 2 << 30;

fn starts_as_archive(file: &mut impl ReadSeek) -> Result<bool> {
    let mut start = Vec::new();
    Read::take(&mut *file, BUFFER as u64).read_to_end(&mut start)?;
    file.rewind()?;
    Ok(mesinfos_intake::is_archive(&start))
}

fn read_stream(
    reading: &FileReader,
    file: &str,
    input: impl Read,
    how: &ReadAs,
    sink: &mut dyn Sink,
) -> Result<(Vec<FileRead>, Digest)> {
    let mut reader = BufReader::with_capacity(BUFFER, Hashing::new(input));
    let reads = reading.stream(file, &mut reader, how, sink)?;
    // The digest covers the whole file, including bytes the format ignored.
    std::io::copy(&mut reader, &mut std::io::sink())?;
    Ok((reads, reader.into_inner().digest()))
}

/// Spools an archive, then reads it.
fn read_archive_of_stream(
    platform: &Platform,
    file: &str,
    input: impl Read,
    sink: &mut dyn Sink,
) -> Result<(Vec<FileRead>, Digest)> {
    let mut hashing = Hashing::new(input);
    let mut spool = platform.vault.spool(LARGEST_ARCHIVE)?;
    std::io::copy(&mut BufReader::with_capacity(BUFFER, &mut hashing), &mut spool)?;
    let reads = platform.reading.archive(file, spool.finish(), sink)?;
    Ok((reads, hashing.digest()))
}

/// Reads a seekable archive. Members are read by seeking, so the digest needs a second pass.
fn read_archive(
    reading: &FileReader,
    file: &str,
    mut input: impl ReadSeek,
    sink: &mut dyn Sink,
) -> Result<(Vec<FileRead>, Digest)> {
    let reads = reading.archive(file, &mut input, sink)?;
    input.rewind()?;
    let mut hashing = Hashing::new(input);
    std::io::copy(&mut BufReader::with_capacity(BUFFER, &mut hashing), &mut std::io::sink())?;
    Ok((reads, hashing.digest()))
}

/// The files of another instance's archive have the rows that counted there. Those of any other archive are exports, which
/// may have the same rows.
fn count_all_of_ours(reads: &[FileRead], importing: &mut Importing) {
    if format_of(reads) == mesinfos_intake::PORTABLE.id {
        importing.repeat_nothing();
    }
}

/// Id of the format of a file; for an archive, that of archives or of those of another instance.
fn format_of(reads: &[FileRead]) -> &'static str {
    match reads {
        [one] if one.member == 0 => one.about.id,
        [one, ..] if one.about.id == mesinfos_intake::PORTABLE.id => one.about.id,
        _ => mesinfos_intake::ARCHIVE.id,
    }
}

fn report(
    file: &str,
    (import, is_first): (Option<u64>, bool),
    reads: Vec<FileRead>,
    seen: &ImportCounts,
    outcomes: &[CategoryOutcome],
) -> ImportReport {
    let files = reads
        .into_iter()
        .map(|read| FileReport {
            file: read.file,
            format: read.about.id,
            counts: read.about.counts,
            rows: read.rows,
            rejected: read.rejected_count,
            problems: read.rejected,
            unreadable: read.unreadable,
        })
        .collect();
    let categories = outcomes.iter().map(|outcome| seen.report(outcome)).collect();
    let (file, withheld) = (file.to_owned(), WithheldCame::default());
    ImportReport { file, import, is_first, files, categories, withheld, withheld_alike: 0 }
}

/// What an archive says is shown to no app. Only the person brings that, and no holder.
fn rules(caller: &Caller, file: &str, reads: &[FileRead]) -> Result<Vec<(Category, Withheld)>> {
    match caller.actor {
        Actor::Person => came(file, reads.iter().flat_map(|read| &read.withheld)),
        _ => Ok(Vec::new()),
    }
}

/// Time of a row as ISO 8601.
fn spell(category: Category, time: i64) -> String {
    let schema = category.schema();
    match schema.fields[schema.time].kind {
        FieldKind::Date => Day(i32::try_from(time).unwrap_or(i32::MAX)).to_string(),
        _ => jiff::Timestamp::from_second(time).map(|t| t.to_string()).unwrap_or_default(),
    }
}
