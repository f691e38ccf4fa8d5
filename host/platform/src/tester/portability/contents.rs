//! What an archive has.

use super::archive::{Archive, Member, Pieces};
use super::consent_records;
use super::papers::Papers;
use super::rows::RowSource;
use super::{changes, instant, parquet, rows};
use crate::letters::Letter;
use crate::{KeptMapping, KeptResult, Person, Result};
use mesinfos_consent::{Audit, Grants, Notices, Receipts};
use mesinfos_intake::portable::{CHANGES, Manifest, NAME, SourceFile, TableOf, VERSION};
use mesinfos_model::Category;
use mesinfos_vault::ImportRecord;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// Rows above which a table may exceed 4 GiB: readers of old ZIP programs need not meet the longer form otherwise.
const MANY_ROWS: u64 = 2_000_000;

/// What an archive has beside rows, papers and consents.
pub(super) struct Others<'a> {
    pub(super) results: Vec<KeptResult>,
    pub(super) letters: &'a [Letter],
    pub(super) mappings: &'a [KeptMapping],
    /// Lines of [`changes::lines`].
    pub(super) changes: Vec<u8>,
}

/// Everything of a person at one time.
pub(super) struct Contents {
    person: Person,
    at: i64,
    imports: Vec<ImportRecord>,
    files: Vec<SourceFile>,
    source: RowSource,
}

impl Contents {
    /// Everything of a person now, at `at` (UTC seconds).
    pub(super) fn of(person: &Person, at: i64) -> Result<Contents> {
        let vault = &person.vault;
        let imports = vault.imports()?;
        let stored = imports.iter().filter(|import| import.undone_at.is_none());
        let numbers = stored.clone().map(|import| import.outcome.import_id).collect();
        let members = vault.files()?;
        let mut files = Vec::new();
        for import in stored {
            let (number, source) = (import.outcome.import_id, &import.source);
            let of = |member, name: &str| -> Result<SourceFile> {
                Ok(SourceFile {
                    import: number,
                    member,
                    name: name.to_owned(),
                    format: source.format.clone(),
                    imported_at: instant(source.at_utc_seconds)?,
                    sha256: source.file_sha256,
                })
            };
            files.push(of(0, &source.file_name)?);
            for ((import, member), name) in &members {
                if *import == number && *member > 0 {
                    files.push(of(*member, name)?);
                }
            }
        }
        let mut rows = BTreeMap::<Category, u64>::new();
        for ((import, category), count) in vault.rows_by_import()? {
            if imports.iter().any(|of| of.outcome.import_id == import && of.undone_at.is_none()) {
                *rows.entry(category).or_default() += count;
            }
        }
        let papers = Papers::of(vault)?;
        let source = RowSource { vault: vault.clone(), imports: numbers, papers, counts: rows };
        Ok(Contents { person: person.clone(), at, imports, files, source })
    }

    /// The rows.
    pub(super) fn source(&self) -> &RowSource {
        &self.source
    }

    /// The archive, with texts for people.
    pub(super) fn archive(self, readme: &[(String, String)], others: Others<'_>) -> Result<Archive> {
        let Others { results, letters, mappings, changes } = others;
        let tables: Vec<(Category, TableOf)> = self
            .source
            .counts
            .iter()
            .map(|(category, rows)| (*category, TableOf::of(*category, *rows)))
            .collect();
        let mut members: Vec<Member> = readme
            .iter()
            .map(|(name, text)| {
                Member::new(name, "text/plain; charset=utf-8", whole(text.clone().into_bytes()))
            })
            .collect();
        for (category, table) in &tables {
            let is_large = table.rows > MANY_ROWS;
            let lines = Member::new(&table.json, rows::FORM, self.source.lines(*category));
            members.push(Member { is_large, ..lines });
            let file = parquet::pieces(&self.source, *category)?;
            members.push(Member { is_large, ..Member::new(&table.parquet, parquet::FORM, file) });
        }
        members.extend(self.source.papers.members(&self.person.vault));
        members.push(Member::new("imports.json", "application/json", whole(json(&self.imports)?)));
        members.extend(self.source.papers.texts(&self.person.vault)?);
        members.extend(consents(&self.person, self.at));
        members.extend(notices(&self.person)?);
        members.push(Member::new(
            "letters.jsonl",
            "application/x-ndjson; schema=mesinfos/letter/1",
            whole(lines(letters)?),
        ));
        members.push(Member::new(
            "mappings.jsonl",
            "application/x-ndjson; schema=mesinfos/mapping/1",
            whole(lines(mappings)?),
        ));
        let withheld = crate::tester::withheld_lines(&self.person.vault.withheld_elsewhere()?)?;
        members.push(Member::new(
            mesinfos_intake::portable::WITHHELD,
            "application/x-ndjson; schema=mesinfos/withheld/1",
            whole(withheld),
        ));
        members.push(Member::new(CHANGES, changes::FORM, whole(changes)));
        for result in results {
            let name = format!("results/{}.json", result.receipt);
            members.push(Member::new(name, "application/json", whole(json(&result)?)));
        }
        let list = Manifest {
            format: NAME.to_owned(),
            version: VERSION,
            made_at: instant(self.at)?,
            tables: tables.into_iter().map(|(_, table)| table).collect(),
            files: self.files,
            members: Vec::new(),
        };
        Ok(Archive::new(list, members))
    }
}

/// Grants, receipts and the log. They are read when they are written.
fn consents(person: &Person, at: i64) -> [Member; 4] {
    let given = of(person, |person| json(&grants(person)?));
    let records = of(person, move |person| json(&consent_records::receipts(&grants(person)?, at)?));
    let receipts = of(person, |person| {
        lines(&Receipts::new(person.store(), person.sealer.as_ref(), person.vault.id()).list()?)
    });
    let log = of(person, |person| {
        let log = Audit::new(person.store(), person.sealer.as_ref(), person.vault.id());
        lines(&log.entries(None, usize::MAX)?)
    });
    [
        Member::new("consent/grants.json", "application/json; schema=mesinfos/grant/1", given),
        Member::new("consent/consent-receipts.jsonld", "application/ld+json", records),
        Member::new(
            "consent/run-receipts.jsonl",
            "application/x-ndjson; schema=mesinfos/receipt/1",
            receipts,
        ),
        Member::new("journal/audit.jsonl", "application/x-ndjson; schema=mesinfos/audit/1", log),
    ]
}

/// The texts that the person was shown before each answer, by their digest.
fn notices(person: &Person) -> Result<Vec<Member>> {
    let notices = Notices::new(person.store(), person.sealer.as_ref(), person.vault.id());
    let shown: BTreeSet<_> = grants(person)?.iter().filter_map(|grant| grant.terms.notice).collect();
    let mut members = Vec::new();
    for digest in shown {
        if let Some(notice) = notices.get(digest)? {
            let name = format!("consent/notices/{digest}.txt");
            members.push(Member::new(name, "text/plain; charset=utf-8", whole(notice.text.into_bytes())));
        }
    }
    Ok(members)
}

fn grants(person: &Person) -> Result<Vec<mesinfos_consent::Grant>> {
    Ok(Grants::new(person.store(), person.sealer.as_ref(), person.vault.id()).list()?)
}

/// Content that is made when it is written.
fn of(person: &Person, make: impl FnOnce(&Person) -> Result<Vec<u8>> + Send + 'static) -> Pieces {
    let person = person.clone();
    Box::new(std::iter::once_with(move || make(&person)))
}

fn whole(content: Vec<u8>) -> Pieces {
    Box::new(std::iter::once(Ok(content)))
}

fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(value).map_err(io::Error::from)?;
    text.push(b'\n');
    Ok(text)
}

fn lines(values: &[impl Serialize]) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    for value in values {
        serde_json::to_writer(&mut text, value).map_err(io::Error::from)?;
        text.push(b'\n');
    }
    Ok(text)
}
