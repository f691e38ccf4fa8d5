//! A person's papers: their kept documents with their texts, searched and one by one.

use crate::tester::documents::{Document, documents_in};
use crate::tester::row_filter::folded;
use crate::{Caller, Person, Platform, PlatformError, Result};
use mesinfos_intake::till;
use mesinfos_model::category::documents::kind;
use mesinfos_model::visible::clean;
use mesinfos_model::{Day, Period, RowId};
use mesinfos_vault::{ImportRecord, KeptText, PersonVault, TextSource};
use std::collections::HashMap;

/// Bytes of texts that one search opens. A search that reaches this says so.
const MOST_SEARCHED: u64 = 64 << 20;

/// Characters of a text around what was found in it.
const AROUND: usize = 70;

/// Characters that parts of a long line overlap by. A longer word is not shown in its place.
const PART: usize = 200;

/// Which papers to show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PaperFilter {
    /// Words that a paper contains, separated by spaces: each of them in its name, its kind or its text. Case
    /// and accents do not matter. Empty for all papers.
    pub text: String,
    /// Code of the kind; `None` for all.
    pub kind: Option<i64>,
    /// Days of the papers. Papers without a date are shown only if it is unbounded.
    pub period: Period,
}

/// How the text of a paper can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readable {
    /// The file contains its characters.
    Characters,
    /// Its characters have to be recognised in a picture.
    Picture,
    /// In no way.
    No,
}

impl Readable {
    /// For a media type.
    pub fn of(media_type: &str) -> Readable {
        match media_type {
            "application/pdf" | "text/plain" => Readable::Characters,
            "image/jpeg" | "image/png" | "image/webp" => Readable::Picture,
            _ => Readable::No,
        }
    }
}

/// What is known of a paper's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaperText {
    /// How it was read.
    pub source: TextSource,
    /// Whether the document has more text than is kept.
    pub is_cut: bool,
    /// Size in bytes; 0 if the document has no text.
    pub bytes: u64,
    /// When it was read, in UTC seconds.
    pub at: i64,
}

/// A paper in a list.
#[derive(Debug, Clone)]
pub struct Paper {
    /// The document.
    pub document: Document,
    /// Its day, if known.
    pub day: Option<Day>,
    /// How its text can be read.
    pub readable: Readable,
    /// Its text, if it was read.
    pub text: Option<PaperText>,
    /// The part of its text where the first word of the search was found; `None` if it was found elsewhere.
    pub found: Option<String>,
}

/// The papers that a filter selects.
#[derive(Debug, Clone, Default)]
pub struct Papers {
    /// A page of them, newest first. Papers without a date come last.
    pub page: Vec<Paper>,
    /// Number of selected papers.
    pub total: usize,
    /// Number of all papers.
    pub all: usize,
    /// Number of all papers whose characters could be read, and were not.
    pub unread: usize,
    /// Number of all pictures whose text could be recognised, and was not.
    pub unrecognised: usize,
    /// Whether all texts were searched.
    pub is_whole: bool,
}

/// One paper.
#[derive(Debug, Clone)]
pub struct PaperDetail {
    /// The paper.
    pub paper: Paper,
    /// Its text, if it was read.
    pub words: Option<String>,
    /// Number of rows that were added with it in the same import, itself included.
    pub together: u64,
    /// Import of the till receipt that was confirmed from it, if it was not undone.
    pub receipt: Option<u64>,
    /// Whether its text looks like that of a till receipt.
    pub is_receipt: bool,
}

impl Platform {
    /// The person's papers that a filter selects: `limit` after the newest `skip`. For the person only: no app
    /// reaches this.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn papers(&self, caller: &Caller, filter: &PaperFilter, skip: usize, limit: usize) -> Result<Papers> {
        self.read_of(caller, |Person { vault, .. }| {
            let mut papers = all_papers(vault, caller)?;
            let mut found = Papers { all: papers.len(), is_whole: true, ..Papers::default() };
            let unread = |of: Readable| {
                let is_unread =
                    |(paper, _): &&(Paper, Option<KeptText>)| paper.readable == of && paper.text.is_none();
                papers.iter().filter(is_unread).count()
            };
            found.unread = unread(Readable::Characters);
            found.unrecognised = unread(Readable::Picture);
            papers.retain(|(paper, _)| is_selected(paper, filter));
            let words: Vec<String> = filter.text.split_whitespace().map(folded).collect();
            let mut searched = 0;
            for (mut paper, text) in papers {
                if !words.is_empty() {
                    let own = [&paper.document.name, &paper.document.kind, &paper.document.file];
                    let own = own.map(|text| folded(text)).join("\n");
                    let missing: Vec<&String> = words.iter().filter(|word| !own.contains(*word)).collect();
                    if !missing.is_empty() {
                        let Some(text) = text else { continue };
                        searched += text.bytes;
                        if searched > MOST_SEARCHED {
                            found.is_whole = false;
                            break;
                        }
                        let read = vault.read_text(&text)?;
                        let plain = folded(&read);
                        if !missing.iter().all(|word| plain.contains(*word)) {
                            continue;
                        }
                        paper.found = missing.first().and_then(|word| around(&read, word));
                    }
                }
                found.total += 1;
                if found.total > skip && found.page.len() < limit {
                    found.page.push(paper);
                }
            }
            Ok(found)
        })
    }

    /// One paper, with its text. For the person only: no app reaches this.
    ///
    /// # Errors
    /// [`PlatformError::NoSuchDocument`].
    pub fn paper(&self, caller: &Caller, id: RowId) -> Result<PaperDetail> {
        self.read_of(caller, |Person { vault, .. }| {
            let found = all_papers(vault, caller)?.into_iter().find(|(paper, _)| paper.document.id == id);
            let (paper, text) = found.ok_or_else(|| PlatformError::NoSuchDocument { id: id.to_string() })?;
            let words = text.map(|text| vault.read_text(&text)).transpose()?;
            let imports = vault.imports()?;
            let own = imports.iter().find(|import| import.outcome.import_id == id.import);
            let kept = vault.document(id.import, id.position.packed())?;
            let receipt = kept.and_then(|kept| receipt_of(&imports, &kept.sha256));
            let is_receipt = words.as_ref().is_some_and(|words| till::propose(words).is_likely());
            Ok(PaperDetail {
                paper,
                is_receipt,
                words: words.map(|words| words.to_string()),
                together: own.map_or(0, |own| own.outcome.added()),
                receipt,
            })
        })
    }
}

/// Number of the import of the till receipt confirmed from the document with this digest, unless undone.
pub(crate) fn receipt_of(imports: &[ImportRecord], document: &mesinfos_model::Digest) -> Option<u64> {
    let is_it = |import: &&ImportRecord| {
        import.source.format == till::FORMAT
            && import.source.file_sha256 == *document
            && import.undone_at.is_none()
    };
    imports.iter().find(is_it).map(|import| import.outcome.import_id)
}

/// All papers with their texts, newest first.
fn all_papers(vault: &PersonVault, caller: &Caller) -> Result<Vec<(Paper, Option<KeptText>)>> {
    let mut texts: HashMap<(u64, i64), KeptText> =
        vault.texts()?.into_iter().map(|text| ((text.import, text.position), text)).collect();
    let documents = documents_in(vault, caller.lang)?;
    let mut papers: Vec<(Paper, Option<KeptText>)> = documents
        .into_iter()
        .map(|document| {
            let text = texts.remove(&(document.id.import, document.id.position.packed()));
            let about = text.as_ref().map(|text| PaperText {
                source: text.source,
                is_cut: text.is_cut,
                bytes: text.bytes,
                at: text.at,
            });
            let paper = Paper {
                day: document.on.as_deref().and_then(|day| day.parse().ok()),
                readable: Readable::of(&document.media_type),
                text: about,
                found: None,
                document,
            };
            (paper, text)
        })
        .collect();
    papers.sort_by_key(|(paper, _)| std::cmp::Reverse((paper.day, paper.document.id)));
    Ok(papers)
}

fn is_selected(paper: &Paper, filter: &PaperFilter) -> bool {
    let code = paper.document.kind_code.unwrap_or(kind::OTHER);
    let is_in = paper.day.map_or(filter.period == Period::ALL, |day| filter.period.contains(day));
    is_in && filter.kind.is_none_or(|kind| kind == code)
}

/// The line of a text in which a folded word is found, or the part of it around the word.
fn around(text: &str, word: &str) -> Option<String> {
    let line = text.lines().find(|line| folded(line).contains(word))?;
    let line = clean(line);
    let count = line.chars().count();
    if count <= 2 * AROUND {
        return Some(line.trim().to_owned());
    }
    // Folding may change lengths, so the place is found by trying: in the first part of the line that has the word, so
    // that the work does not grow with the square of the line. Parts overlap by the longest word.
    let chars: Vec<char> = line.chars().collect();
    let has = |part: &[char]| folded(&part.iter().collect::<String>()).contains(word);
    let part = |start: usize| &chars[start..(start + 2 * PART).min(count)];
    let start = (0..count).step_by(PART).find(|start| has(part(*start)))?;
    let within = part(start);
    let at = start + (0..within.len()).rev().find(|at| has(&within[*at..]))?;
    let (from, until) = (at.saturating_sub(AROUND), (at + AROUND).min(count));
    let part: String = chars[from..until].iter().collect();
    let (before, after) = (if from > 0 { "…" } else { "" }, if until < count { "…" } else { "" });
    Some(format!("{before}{}{after}", part.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_shown_with_what_is_around_it() {
        assert_eq!(
            around("Facture\nMontant dû : 12 €\n", "montant du").as_deref(),
            Some("Montant dû : 12 €")
        );
        assert_eq!(around("Facture", "reçu"), None);
        let long = format!("{} Électricité {}", "a ".repeat(400), "b ".repeat(400));
        let found = around(&long, "electricite").unwrap();
        assert!(found.contains("Électricité") && found.chars().count() <= 2 * AROUND + 2, "{found}");
        assert!(found.starts_with('…') && found.ends_with('…'));
        assert_eq!(around("a\u{202e}bc", "bc").as_deref(), Some("abc"));
        // A line of a megabyte, with the word at each end and nowhere.
        let line = format!("Début {} fin", "é ".repeat(350_000));
        assert!(around(&line, "debut").unwrap().starts_with("Début"));
        assert!(around(&line, "fin").unwrap().ends_with("fin"));
        assert_eq!(around(&line, "milieu"), None);
    }

    #[test]
    fn papers_are_readable_by_what_they_are() {
        assert_eq!(Readable::of("application/pdf"), Readable::Characters);
        assert_eq!(Readable::of("image/jpeg"), Readable::Picture);
        assert_eq!(Readable::of("image/heic"), Readable::No);
        assert_eq!(Readable::of("text/html"), Readable::No);
    }
}
