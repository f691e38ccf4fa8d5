//! Media types by the first bytes of a file (WHATWG MIME Sniffing; RFC 6713 and IANA registrations).

use crate::read::Head;
use memchr::memmem;

/// A media type, and the test for it.
pub(super) type Signature = (&'static str, fn(&[u8]) -> bool);

pub(super) static PORTABLE: &[Signature] = &[("application/pdf", |b| b.starts_with(b"%PDF-"))];

pub(super) static PHOTOGRAPHS: &[Signature] = &[
    ("image/jpeg", |b| b.starts_with(b"\xff\xd8\xff")),
    ("image/png", |b| b.starts_with(b"\x89PNG\r\n\x1a\n")),
    ("image/gif", |b| b.starts_with(b"GIF87a") || b.starts_with(b"GIF89a")),
    ("image/webp", |b| b.starts_with(b"RIFF") && b.get(8..12) == Some(b"WEBP")),
    ("image/tiff", |b| b.starts_with(b"II*\0") || b.starts_with(b"MM\0*")),
    ("image/heic", |b| brand(b).is_some_and(|brand| matches!(brand, b"heic" | b"heix" | b"mif1" | b"msf1"))),
    ("image/avif", |b| brand(b).is_some_and(|brand| matches!(brand, b"avif" | b"avis"))),
];

pub(super) static OFFICE: &[Signature] = &[
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", |b| {
        let has = |part: &[u8]| memmem::find(b, part).is_some();
        b.starts_with(b"PK\x03\x04") && has(b"[Content_Types].xml") && has(b"word/")
    }),
    ("application/vnd.oasis.opendocument.text", is_open_document),
];

/// Whether a file is an OpenDocument text: a ZIP archive whose first member, stored uncompressed, says
/// so.
pub(crate) fn is_open_document(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        && bytes
            .get(30..)
            .is_some_and(|rest| rest.starts_with(b"mimetypeapplication/vnd.oasis.opendocument.text"))
}

/// Whether a file is a film or a sound, by its first bytes: none is kept, and no format reads one.
pub(crate) fn is_film_or_sound(bytes: &[u8]) -> bool {
    let is_picture = || PHOTOGRAPHS.iter().any(|(_, is)| is(bytes));
    let riff = || (bytes.starts_with(b"RIFF")).then(|| bytes.get(8..12)).flatten();
    let is_riff = || matches!(riff(), Some(b"AVI " | b"WAVE"));
    let starts: [&[u8]; 4] = [b"\x1a\x45\xdf\xa3", b"OggS", b"fLaC", b"ID3"];
    brand(bytes).is_some() && !is_picture()
        || is_riff()
        || starts.iter().any(|start| bytes.starts_with(start))
}

/// Media type of a file among these; `None` if no signature matches.
pub(super) fn of(head: &Head, among: &[Signature]) -> Option<&'static str> {
    among.iter().find(|(_, is)| is(head.bytes())).map(|(media_type, _)| *media_type)
}

/// Major brand of an ISO base media file (ISO/IEC 14496-12).
fn brand(bytes: &[u8]) -> Option<&[u8; 4]> {
    let (size_and_type, rest) = bytes.split_first_chunk::<8>()?;
    if &size_and_type[4..] == b"ftyp" { rest.first_chunk() } else { None }
}
