//! Documents and photographs: kept whole in the vault, with metadata that needs no reading of their text.
//!
//! A document is recognised by the signature of its file type, so that a holder's table or export in an
//! unknown format is not mistaken for one. [`Any`] keeps any file that a person declares to be a
//! document.

mod date;
mod kind;
mod signature;

use crate::Format;
use crate::error::FormatError;
use crate::format::FormatInfo;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input};
use crate::reason::Reason;
use crate::rows::RowWriter;
use date::Dates;
use mesinfos_model::category::documents;
use mesinfos_model::{Category, Digest};
use sha2::{Digest as _, Sha256};
use signature::Signature;
pub(crate) use signature::{is_film_or_sound, is_open_document};
use std::io::BufRead;

/// Formats, in the order they are tried.
pub(crate) static FORMATS: &[&dyn Format] = &[&PDF, &PHOTOGRAPH, &OFFICE];

/// Largest file that is kept, in bytes.
pub(crate) const LARGEST: u64 = 128 << 20;

/// Ordinal of a document's single row.
const POSITION: u64 = 1;

/// Documents recognised by their signatures.
struct Paper {
    about: &'static FormatInfo,
    signatures: &'static [Signature],
    /// Chooses how to find the date, from the first bytes.
    dates: fn(&[u8]) -> Dates,
}

/// Any file that a person declares to be a document.
pub(crate) struct Any;

/// Portable documents (ISO 32000).
static PDF: Paper = Paper {
    about: &FormatInfo {
        id: "pdf-document",
        fr: "Document PDF, gardé tel quel dans le coffre",
        en: "PDF document, kept as it is in the vault",
        origin: "",
        categories: &[Category::Documents],
        looks_for: "the signature of a PDF file (%PDF-)",
        spec: "https://www.iso.org/standard/75839.html",
        counts: OrdinalKind::Entries,
    },
    signatures: signature::PORTABLE,
    dates: |_| Dates::in_pdf(),
};

/// Photographs and scans.
static PHOTOGRAPH: Paper = Paper {
    about: &FormatInfo {
        id: "photograph",
        fr: "Photo ou numérisation (JPEG, PNG, HEIC, AVIF, WebP, TIFF, GIF), gardée telle quelle dans le coffre",
        en: "Photograph or scan (JPEG, PNG, HEIC, AVIF, WebP, TIFF, GIF), kept as it is in the vault",
        origin: "",
        categories: &[Category::Documents],
        looks_for: "the signature of an image",
        spec: "https://www.iana.org/assignments/media-types/media-types.xhtml#image",
        counts: OrdinalKind::Entries,
    },
    signatures: signature::PHOTOGRAPHS,
    dates: |head| Dates::known(date::taken(head)),
};

/// Word-processor documents: Office Open XML (ECMA-376) and OpenDocument (ISO/IEC 26300).
static OFFICE: Paper = Paper {
    about: &FormatInfo {
        id: "office-document",
        fr: "Texte DOCX ou ODT, gardé tel quel dans le coffre",
        en: "DOCX or ODT text, kept as it is in the vault",
        origin: "",
        categories: &[Category::Documents],
        looks_for: "a ZIP file with the parts of a word processor document",
        spec: "https://ecma-international.org/publications-and-standards/standards/ecma-376/",
        counts: OrdinalKind::Entries,
    },
    signatures: signature::OFFICE,
    dates: |_| Dates::known(None),
};

static ANY: FormatInfo = FormatInfo {
    id: "any-document",
    fr: "Fichier quelconque, gardé tel quel dans le coffre",
    en: "Any file, kept as it is in the vault",
    origin: "the person",
    categories: &[Category::Documents],
    looks_for: "nothing: the person chooses it",
    spec: "https://www.iana.org/assignments/media-types/media-types.xhtml",
    counts: OrdinalKind::Entries,
};

/// Media type of files without a known signature.
const UNKNOWN: &str = "application/octet-stream";

impl Format for Paper {
    fn about(&self) -> &'static FormatInfo {
        self.about
    }

    fn recognise(&self, head: &Head) -> bool {
        signature::of(head, self.signatures).is_some()
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let media_type = signature::of(input.head, self.signatures).unwrap_or(UNKNOWN);
        let dates = (self.dates)(input.head.bytes());
        keep(input, rows, media_type, dates)
    }
}

impl Format for Any {
    fn about(&self) -> &'static FormatInfo {
        &ANY
    }

    fn recognise(&self, _head: &Head) -> bool {
        true
    }

    /// Keeps the file the way its own format would, if one recognises it.
    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        match FORMATS.iter().find(|format| format.recognise(input.head)) {
            Some(format) => format.read(input, rows),
            None if is_text(input.head) => keep(input, rows, "text/plain", Dates::known(None)),
            None => keep(input, rows, UNKNOWN, Dates::known(None)),
        }
    }
}

/// Whether a file reads as text: UTF-8 without control characters.
pub(crate) fn is_text(head: &Head) -> bool {
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\u{c}');
    // The head may end within a character.
    let is_utf8 =
        std::str::from_utf8(head.bytes()).map_or_else(|error| error.error_len().is_none(), |_| true);
    is_utf8 && !head.text().contains(control)
}

/// Writes the file itself, piece by piece, and then its row.
fn keep(
    input: Input<'_>,
    rows: &mut RowWriter<'_>,
    media_type: &str,
    mut dates: Dates,
) -> Result<(), FormatError> {
    let mut bytes = input.raw();
    let (mut size, mut hash) = (0_u64, Sha256::new());
    loop {
        let piece = bytes.fill_buf()?;
        if piece.is_empty() {
            break;
        }
        size += piece.len() as u64;
        if size > LARGEST {
            return Err(FormatError::broken(0, Reason::too_large_to_keep((LARGEST >> 20).to_string())));
        }
        hash.update(piece);
        dates.look(piece);
        rows.piece(POSITION, piece)?;
        let taken = piece.len();
        bytes.consume(taken);
    }
    if size == 0 {
        return Err(FormatError::broken(0, Reason::EmptyFile));
    }
    let name = rows.file();
    rows.push(
        Category::Documents,
        POSITION,
        &[
            (documents::ON, dates.found().into()),
            (documents::KIND, kind::of(name, media_type).into()),
            (documents::MEDIA_TYPE, media_type.into()),
            (documents::SIZE, i64::try_from(size).ok().into()),
            (documents::NAME, name.into()),
            (documents::SHA256, Digest(hash.finalize().into()).to_string().as_str().into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::{Sink, SinkError};
    use mesinfos_model::{Batch, Day};

    /// Output of a file: its rows, and its kept pieces.
    #[derive(Default)]
    struct Kept {
        rows: Vec<Batch>,
        pieces: Vec<(i64, Vec<u8>)>,
    }

    impl Sink for Kept {
        fn rows(&mut self, batch: Batch) -> Result<(), SinkError> {
            self.rows.push(batch);
            Ok(())
        }

        fn piece(&mut self, ordinal: i64, bytes: &[u8]) -> Result<(), SinkError> {
            match self.pieces.last_mut() {
                Some((last, all)) if *last == ordinal => all.extend_from_slice(bytes),
                _ => self.pieces.push((ordinal, bytes.to_vec())),
            }
            Ok(())
        }
    }

    fn read(name: &str, bytes: &[u8]) -> Kept {
        let mut kept = Kept::default();
        crate::read_file(name, &mut &*bytes, &mut kept).unwrap();
        kept
    }

    #[test]
    fn a_paper_is_kept_whole_with_what_can_be_told_of_it() {
        let mut file = b"%PDF-1.7\n1 0 obj << /Producer (x) ".to_vec();
        file.resize(200_000, b' ');
        file.extend_from_slice(b"/CreationDate (D:20240131120000+01'00') >>\n%%EOF\n");
        let kept = read("C:\\papers\\Facture_janvier.pdf", &file);
        assert_eq!(kept.pieces, [(1, file.clone())]);
        let row = &kept.rows[0];
        assert_eq!(row.day(0), Some(Day::from_ymd(2024, 1, 31).unwrap()));
        assert_eq!(row.text(documents::NAME, 0), Some("Facture_janvier.pdf"));
        assert_eq!(row.text(documents::MEDIA_TYPE, 0), Some("application/pdf"));
        assert_eq!(row.integer(documents::SIZE, 0), Some(i64::try_from(file.len()).unwrap()));
        assert_eq!(row.integer(documents::KIND, 0), Some(documents::kind::INVOICE));
        let sha256 = Digest(Sha256::digest(&file).into()).to_string();
        assert_eq!(row.text(documents::SHA256, 0), Some(&sha256[..]));
        assert_eq!(row.text(documents::HOLDER, 0), None);
    }

    #[test]
    fn a_paper_without_a_date_is_undated() {
        for (name, bytes) in [
            ("a.pdf", &b"%PDF-1.4\n/CreationDate (D:20240231)\n"[..]),
            ("a.pdf", b"%PDF-1.4\n/CreationDate 12 0 R\n"),
            ("a.png", b"\x89PNG\r\n\x1a\nnot a picture"),
            ("a.jpg", b"\xff\xd8\xff\xe1\x00\x10Exif\0\0MM\0*\xff\xff\xff\xff"),
        ] {
            let kept = read(name, bytes);
            assert_eq!((kept.rows[0].rows(), kept.rows[0].day(0)), (1, None), "{name}");
        }
    }

    #[test]
    fn only_what_a_person_calls_a_paper_is_kept_without_a_signature() {
        let letter = "Chère Anne,\nmerci.\n";
        let mut kept = Kept::default();
        assert!(crate::read_file("lettre.txt", &mut letter.as_bytes(), &mut kept).is_err());
        assert!(kept.pieces.is_empty());
        crate::read_as(&Any, "lettre.txt", &mut letter.as_bytes(), &mut kept).unwrap();
        // The content is in the vault, not in the row: rows can be given to apps.
        assert_eq!(kept.rows[0].text(documents::BODY, 0), None);
        assert_eq!(kept.rows[0].text(documents::MEDIA_TYPE, 0), Some("text/plain"));
        let mut other = Kept::default();
        crate::read_as(&Any, "x", &mut &b"\0\x01\x02"[..], &mut other).unwrap();
        assert_eq!(other.rows[0].text(documents::MEDIA_TYPE, 0), Some("application/octet-stream"));
        assert!(crate::read_as(&Any, "x", &mut &b""[..], &mut other).is_err());
    }

    #[test]
    fn a_file_that_is_too_large_gives_no_row() {
        let endless = std::io::Read::chain(&b"%PDF-1.7\n"[..], std::io::repeat(b' '));
        let mut kept = 0;
        struct Count<'a>(&'a mut u64);
        impl Sink for Count<'_> {
            fn rows(&mut self, _: Batch) -> Result<(), SinkError> {
                panic!("a row of a file that is not whole");
            }
            fn piece(&mut self, _: i64, bytes: &[u8]) -> Result<(), SinkError> {
                *self.0 += bytes.len() as u64;
                Ok(())
            }
        }
        let mut input = std::io::BufReader::new(endless);
        let error = crate::read_file("a.pdf", &mut input, &mut Count(&mut kept)).unwrap_err();
        assert!(error.to_string().contains("128 MiB"), "{error}");
        assert!(kept <= LARGEST);
    }
}
