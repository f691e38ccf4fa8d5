//! Reading the text of a paper, when the person asks, and keeping it sealed beside it.

use crate::tester::papers::{PaperFilter, PaperText, Readable};
use crate::{Caller, Platform, PlatformError, RecognitionError, Result};
use mesinfos_consent::AuditEvent;
use mesinfos_intake::{Content, LARGEST_READABLE, LARGEST_SIDE, LARGEST_TEXT, MORE, Pixels};
use mesinfos_model::RowId;
use mesinfos_model::visible::clean;
use mesinfos_vault::{NewText, Pieces, TextSource, VaultError};
use std::io::{self, Read};
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// Papers that are read in one act, and the time after which no other is begun.
const AT_ONCE: usize = 50;
const PATIENCE: Duration = Duration::from_secs(20);

/// Result of reading all papers that were not read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PapersRead {
    /// Number of papers that were read.
    pub read: usize,
    /// Number of papers that could not be read.
    pub failed: usize,
    /// Number of papers that were not tried: another act reads them.
    pub left: usize,
    /// The last paper that was tried, after which the other act goes on.
    pub last: Option<RowId>,
}

impl Platform {
    /// Reads the text of a paper and keeps it, in place of an earlier one. The file is read in a process of its
    /// own, like every file; characters in a picture are recognised by a confined program.
    ///
    /// # Errors
    /// [`PlatformError::NoSuchDocument`]; errors of the file; [`PlatformError::NotRecognised`].
    pub fn read_paper(&self, caller: &Caller, id: RowId) -> Result<PaperText> {
        let (document, pieces) = self.document(caller, id)?;
        let ((text, is_cut), source) = match Readable::of(&document.media_type) {
            Readable::Characters => (self.characters(&document.name, pieces)?, TextSource::Characters),
            Readable::Picture => ((self.recognised(&document.name, pieces)?, false), TextSource::Recognised),
            Readable::No => return Err(RecognitionError::NoCharacters.into()),
        };
        let (text, at) = (Zeroizing::new(told(&text)), self.clock.now());
        let is_cut = is_cut || text.len() >= LARGEST_TEXT - CUT;
        self.write_of(caller, |person| {
            let vault = &person.vault;
            let (kept, replaced) = self.act(person, caller.act(), at, |batch| {
                let kept = vault.document(id.import, id.position.packed())?;
                let kept = kept.ok_or_else(|| PlatformError::NoSuchDocument { id: id.to_string() })?;
                let (commit, replaced) =
                    vault.prepare_text(&kept, NewText { text: &text, source, is_cut, at })?;
                batch.join(commit);
                let read = PaperText { source, is_cut, bytes: text.len() as u64, at };
                let event = AuditEvent::TextRead {
                    import: id.import,
                    file: document.name.as_str().into(),
                    recognised: source == TextSource::Recognised,
                    bytes: read.bytes,
                };
                Ok(((read, replaced), vec![event]))
            })?;
            vault.finish_text(replaced);
            Ok(kept)
        })
    }

    /// Reads the papers whose characters were not read: some of them, if there are many. `after` is the last paper
    /// that an earlier act tried: those before it are not tried again, so papers that cannot be read hold up no others.
    ///
    /// # Errors
    /// If there is no such person. A paper that cannot be read is counted.
    pub fn read_papers(&self, caller: &Caller, after: Option<RowId>) -> Result<PapersRead> {
        let papers = self.papers(caller, &PaperFilter::default(), 0, usize::MAX)?;
        let at = papers.page.iter().position(|paper| Some(paper.document.id) == after);
        let unread = papers
            .page
            .into_iter()
            .skip(at.map_or(0, |at| at + 1))
            .filter(|paper| paper.readable == Readable::Characters && paper.text.is_none());
        let unread: Vec<RowId> = unread.map(|paper| paper.document.id).collect();
        let (mut done, begun) = (PapersRead::default(), Instant::now());
        for (tried, id) in unread.iter().enumerate() {
            if tried == AT_ONCE || begun.elapsed() > PATIENCE {
                done.left = unread.len() - tried;
                break;
            }
            done.last = Some(*id);
            match self.read_paper(caller, *id) {
                Ok(_) => done.read += 1,
                Err(PlatformError::Intake(_)) => done.failed += 1,
                // Removed meanwhile.
                Err(PlatformError::NoSuchDocument { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(done)
    }

    /// The characters of a file, and whether it has more.
    fn characters(&self, name: &str, pieces: Pieces) -> Result<(Vec<u8>, bool)> {
        let mut file = PaperReader::new(pieces);
        let text = self.reading.extract(Content::Text, name, &mut file, LARGEST_TEXT + MORE.len())?;
        Ok(match text.strip_suffix(MORE) {
            Some(text) => (text.to_vec(), true),
            None => (text, false),
        })
    }

    fn recognised(&self, name: &str, pieces: Pieces) -> Result<Vec<u8>> {
        self.reading.can_recognise()?;
        let mut file = PaperReader::new(pieces);
        let most = 8 + (LARGEST_SIDE as usize).pow(2);
        let pixels = self.reading.extract(Content::Pixels, name, &mut file, most)?;
        let pixels = Pixels::read(&pixels).ok_or(RecognitionError::Failed)?;
        Ok(self.reading.recognise(&pixels)?)
    }
}

/// Bytes by which a text may be shorter than the limit although it was cut: those of one character.
const CUT: usize = 4;

/// What a process said, as a text: lines of visible characters, at most [`LARGEST_TEXT`] bytes.
fn told(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = String::with_capacity(text.len());
    for line in text.split(['\n', '\u{c}']) {
        lines.push_str(clean(line).trim_end());
        lines.push('\n');
    }
    let kept = lines.trim_end();
    kept[..kept.floor_char_boundary(LARGEST_TEXT)].to_owned()
}

/// The bytes of a kept document, as a file. One that is larger than is read ends there with an error.
struct PaperReader {
    pieces: Pieces,
    piece: Zeroizing<Vec<u8>>,
    at: usize,
    left: u64,
}

impl PaperReader {
    fn new(pieces: Pieces) -> PaperReader {
        PaperReader { pieces, piece: Zeroizing::default(), at: 0, left: LARGEST_READABLE + 1 }
    }
}

impl Read for PaperReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.piece.len() && self.left > 0 {
            match self.pieces.next() {
                Some(piece) => {
                    (self.piece, self.at) = (piece.map_err(|error: VaultError| io::Error::other(error))?, 0);
                }
                None => return Ok(0),
            }
        }
        let there = &self.piece[self.at..];
        let most = usize::try_from(self.left).unwrap_or(usize::MAX);
        let taken = there.len().min(into.len()).min(most);
        into[..taken].copy_from_slice(&there[..taken]);
        self.at += taken;
        self.left -= taken as u64;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_visible_lines_within_its_limit() {
        assert_eq!(told(b"a\r\n\x1b[2Jb\xff \n\n\x0cc\n\n"), "a\n[2Jb\u{fffd}\n\n\nc");
        assert_eq!(told("a\u{202e}b".as_bytes()), "ab");
        assert!(told(&vec![b'\xff'; LARGEST_TEXT]).len() <= LARGEST_TEXT);
        assert_eq!(told(b""), "");
    }
}
