//! A person takes everything away: one archive, which another instance takes in.
//!
//! The archive is made while it is read, so it needs neither disk nor memory of its size. What it has, and how it is
//! read, is described in `mesinfos_intake::portable`. Taking one in is an import like any other
//! ([`Platform::import`]).
//!
//! Invariant: every row, paper, grant, receipt, result, letter, note and log entry of the person is in it, and nobody else's.

mod archive;
mod changes;
mod consent_records;
mod contents;
mod papers;
mod parquet;
mod rows;

pub use archive::Archive;
pub(crate) use archive::Outlet;

use crate::{Caller, Person, Platform, Result};
use contents::{Contents, Others};
use mesinfos_consent::AuditEvent;
use mesinfos_model::Category;
use papers::Papers;

/// What a person would take away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holdings {
    /// Number of rows.
    pub rows: u64,
    /// Number of papers.
    pub papers: u64,
    /// Size of the papers, in bytes.
    pub paper_bytes: u64,
    /// Number of grants and questions, ended ones too.
    pub grants: u64,
    /// Number of receipts.
    pub receipts: u64,
    /// Number of kept results.
    pub results: u64,
    /// Number of letters to data holders.
    pub letters: u64,
    /// Number of notes about rows.
    pub notes: u64,
    /// Number of entries of the log.
    pub entries: u64,
}

impl Platform {
    /// What [`Platform::take_away`] would give now.
    ///
    /// # Errors
    /// If there is no such person, or something cannot be read.
    pub fn holdings(&self, caller: &Caller) -> Result<Holdings> {
        self.read_of(caller, |person| {
            let papers = Papers::of(&person.vault)?;
            Ok(Holdings {
                rows: person.vault.summary()?.iter().map(|category| category.rows).sum(),
                papers: papers.len() as u64,
                paper_bytes: papers.bytes(),
                grants: self.grants(person).list()?.len() as u64,
                receipts: self.receipts(person).list()?.len() as u64,
                results: self.results_in(person)?.len() as u64,
                letters: self.letters_in(person)?.len() as u64,
                notes: self.notes_in(person)?.len() as u64,
                entries: self.audit(person).entries(None, usize::MAX)?.len() as u64,
            })
        })
    }

    /// Everything that the person has, as a ZIP archive in pieces. The log has an entry before the first piece.
    /// `readme` are texts for people, by name. For the person only: no app reaches this.
    ///
    /// Rows are those at the time of the call; a later import is not in the archive.
    ///
    /// # Errors
    /// If there is no such person. A piece is an error if something cannot be read, for example because an import was
    /// undone meanwhile; the archive is then incomplete, and no program reads it as a whole one.
    pub fn take_away(&self, caller: &Caller, readme: &[(String, String)]) -> Result<Archive> {
        let person = self.person_of(caller)?;
        let at = self.clock.now();
        self.act(&person, caller.act(), at, |_| Ok(((), vec![AuditEvent::Exported])))?;
        self.read_of(caller, |person: &Person| {
            let (results, letters) = (self.results_in(person)?, self.letters_in(person)?);
            let letters: Vec<_> = letters.into_iter().map(|(_, letter)| letter).collect();
            let mappings = self.mappings_in(person)?;
            let changes = changes::lines(&person.vault, &self.notes_in(person)?)?;
            let others = Others { results, letters: &letters, mappings: &mappings, changes };
            Contents::of(person, at)?.archive(readme, others)
        })
    }
}

/// The file of a table, in pieces.
pub type TablePieces = Box<dyn Iterator<Item = Result<Vec<u8>>> + Send>;

impl Platform {
    /// The rows of a category as an Apache Parquet file, made while it is read: the form that they have in the archive.
    /// For the person only: no app reaches this.
    ///
    /// # Errors
    /// As for [`Platform::take_away`].
    pub fn download_parquet(&self, caller: &Caller, category: Category) -> Result<TablePieces> {
        let at = self.clock.now();
        self.log_download(caller, category, "parquet")?;
        self.read_of(caller, |person: &Person| parquet::pieces(Contents::of(person, at)?.source(), category))
    }
}

/// UTC seconds as RFC 3339.
fn instant(at: i64) -> Result<String> {
    Ok(jiff::Timestamp::from_second(at).map_err(std::io::Error::other)?.to_string())
}
