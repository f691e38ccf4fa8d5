//! What a kept file contains: its characters, or its pixels for a program that recognises characters.
//!
//! - [`Content::Text`]: the lines of a PDF or of a plain text, in UTF-8, then [`MORE`] if the file has more text.
//! - [`Content::Pixels`]: a photograph in shades of grey, upright and no larger than [`LARGEST_SIDE`]: width
//!   and height (`u32`, little-endian), then one byte per pixel, row by row.
//! - [`Content::Table`]: what a table that no format knows looks like ([`crate::mapped::TableProbe`]), as JSON; nothing if
//!   it is none.
//! - [`Content::Files`]: the files of an archive that a person made of several exports ([`Loose`]); nothing if it is none.
//!
//! The result goes to the sink in pieces. It is bounded whatever the file says.

mod bundle;
mod lines;
mod pdf;
mod picture;

use crate::error::{FormatError, IntakeError};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input};
use crate::reason::Reason;
use crate::sink::Sink;
pub use bundle::{LARGEST_BUNDLE, LARGEST_BUNDLE_CONTENT, Loose};
pub use picture::{LARGEST_SIDE, Pixels};
use serde::{Deserialize, Serialize};
use std::io::BufRead;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What to take from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// Its characters.
    Text,
    /// Its pixels.
    Pixels,
    /// What it looks like as a table.
    Table,
    /// The files of an archive that a person made of several exports.
    Files,
}

/// Largest file whose content is read, in bytes.
pub const LARGEST_READABLE: u64 = 64 << 20;

/// Largest text of a file, in bytes. The rest is left out.
pub const LARGEST_TEXT: usize = 1 << 20;

/// End of a text whose file has more than was taken: a byte that is in no text in UTF-8.
pub const MORE: &[u8] = b"\xff";

/// Position of the pieces: a file has one content.
const CONTENT: u8 = 1;

/// Reads the content of a kept file and gives it to `sink`, in pieces of one file.
///
/// # Errors
/// [`IntakeError::Malformed`] if the file is damaged, locked, or of a kind without such a content;
/// [`IntakeError::TooLarge`]; errors of the input and of the sink.
pub fn extract(
    content: Content,
    name: &str,
    input: &mut dyn BufRead,
    sink: &mut dyn Sink,
) -> Result<(), IntakeError> {
    let of = |stop| IntakeError::of(name, OrdinalKind::Entries, stop);
    let (head, input) = Head::take(input).map_err(|source| IntakeError::io(name, source))?;
    let taken = match content {
        Content::Text if head.bytes().starts_with(b"%PDF-") => bytes(&head, input).and_then(pdf_text),
        Content::Text if crate::documents::is_text(&head) => plain_text(&head, input),
        Content::Text => Err(FormatError::broken(0, Reason::NoCharacters)),
        Content::Table => crate::mapped::probe(Input::new(&head, input)).map(|probe| {
            // A description of texts and numbers is always JSON.
            probe.and_then(|probe| serde_json::to_vec(&probe).ok()).unwrap_or_default()
        }),
        Content::Files => Input::new(&head, input).bytes(LARGEST_BUNDLE).and_then(bundle::taken_apart),
        Content::Pixels => bytes(&head, input).and_then(|bytes| guarded(|| picture::pixels(&bytes))),
    };
    for piece in taken.map_err(of)?.chunks(64 << 10) {
        sink.piece(CONTENT.into(), piece).map_err(|error| of(FormatError::Sink(error)))?;
    }
    Ok(())
}

fn bytes(head: &Head, input: impl BufRead) -> Result<Vec<u8>, FormatError> {
    Input::new(head, input).bytes(LARGEST_READABLE)
}

fn pdf_text(bytes: Vec<u8>) -> Result<Vec<u8>, FormatError> {
    Ok(ended(guarded(|| pdf::text(bytes))?))
}

fn plain_text(head: &Head, input: impl BufRead) -> Result<Vec<u8>, FormatError> {
    let text = Input::new(head, input).string(LARGEST_READABLE)?;
    let taken = text.floor_char_boundary(LARGEST_TEXT);
    Ok(ended((text[..taken].to_owned(), taken < text.len())))
}

/// A text, with the mark of one that was cut.
fn ended((text, is_cut): (String, bool)) -> Vec<u8> {
    let mut bytes = text.into_bytes();
    if is_cut {
        bytes.extend_from_slice(MORE);
    }
    bytes
}

/// Runs a library on a hostile file. A panic of it is an error like others.
fn guarded<T>(read: impl FnOnce() -> Result<T, FormatError>) -> Result<T, FormatError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(FormatError::broken(0, Reason::Unreadable)))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::sink::SinkError;
    use mesinfos_model::Batch;
    use proptest::prelude::*;

    #[derive(Default)]
    struct Taken(Vec<u8>);

    impl Sink for Taken {
        fn rows(&mut self, _: Batch) -> Result<(), SinkError> {
            panic!("a content has no rows");
        }

        fn piece(&mut self, position: i64, bytes: &[u8]) -> Result<(), SinkError> {
            assert_eq!(position, i64::from(CONTENT));
            self.0.extend_from_slice(bytes);
            Ok(())
        }
    }

    pub(crate) fn of(content: Content, bytes: &[u8]) -> Result<Vec<u8>, IntakeError> {
        let mut taken = Taken::default();
        extract(content, "file", &mut &*bytes, &mut taken)?;
        Ok(taken.0)
    }

    #[test]
    fn a_plain_text_is_its_own_text() {
        assert_eq!(of(Content::Text, "a\r\né\n".as_bytes()).unwrap(), "a\né\n".as_bytes());
        let long = "é\n".repeat(LARGEST_TEXT);
        let read = of(Content::Text, long.as_bytes()).unwrap();
        let read = std::str::from_utf8(read.strip_suffix(MORE).unwrap()).unwrap();
        assert!(read.len() <= LARGEST_TEXT && read.len() > LARGEST_TEXT - 4);
    }

    #[test]
    fn what_has_no_such_content_is_told() {
        for (content, bytes, why) in [
            (Content::Text, &b"\0\x01\x02"[..], "no characters"),
            (Content::Text, b"\xff\xd8\xff\xe0", "no characters"),
            (Content::Text, b"%PDF-1.7\nnothing", "damaged"),
            (Content::Pixels, b"%PDF-1.7\nnothing", "picture"),
            (Content::Pixels, b"\xff\xd8\xff\xe0broken", "picture"),
            (Content::Pixels, b"", "picture"),
        ] {
            let told = of(content, bytes).unwrap_err().to_string();
            assert!(told.contains(why), "{told}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_end_in_a_content_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            for start in [&b""[..], b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"] {
                let file = [start, &bytes].concat();
                let _ = of(Content::Text, &file);
                let _ = of(Content::Pixels, &file);
            }
        }
    }
}
