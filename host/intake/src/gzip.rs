//! Single files packed with gzip (RFC 1952), as the tracks of an export of activities are. Only the first member is
//! read: holders write one.

use crate::reason::Reason;

/// The first bytes of a packed file: its signature, and the only method there is (deflate).
const SIGNATURE: [u8; 3] = [0x1F, 0x8B, 8];

/// Bytes of the header before its optional parts.
const HEADER: usize = 10;

/// Check value and length of the content, after it.
const TRAILER: usize = 8;

// Flags: the header has a check value, further fields, a name, a comment.
const CHECKED: u8 = 1 << 1;
const EXTRA: u8 = 1 << 2;
const NAMED: u8 = 1 << 3;
const COMMENTED: u8 = 1 << 4;

/// Whether a file that begins with these bytes is packed.
pub(crate) fn is_one(start: &[u8]) -> bool {
    start.starts_with(&SIGNATURE)
}

/// Name of a packed file without the mark of packing.
pub(crate) fn unpacked_name(name: &str) -> &str {
    let end = name.len().saturating_sub(3);
    match name.get(end..) {
        Some(mark) if mark.eq_ignore_ascii_case(".gz") => &name[..end],
        _ => name,
    }
}

/// A packed file in the form in which the reader of archives takes one: the packed bytes after a header of ZIP. Its content
/// is checked against its check value.
pub(crate) struct Packed<'a> {
    header: Vec<u8>,
    packed: &'a [u8],
}

impl<'a> Packed<'a> {
    /// Takes the bytes of a whole file.
    ///
    /// # Errors
    /// The file ends too early.
    pub(crate) fn of(bytes: &'a [u8]) -> Result<Packed<'a>, Reason> {
        let cut = || Reason::NotGzip;
        let start = after_header(bytes).ok_or_else(cut)?;
        let end = bytes.len().checked_sub(TRAILER).filter(|end| *end >= start).ok_or_else(cut)?;
        let packed = &bytes[start..end];
        let length = u32::try_from(packed.len()).map_err(|_| cut())?;
        // Signature, version 2.0, no flags, deflate, a time that is one; then check value, packed and unpacked length; a
        // name of one letter, and no extra field.
        let mut header = vec![b'P', b'K', 3, 4, 20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0];
        header.extend_from_slice(&bytes[end..end + 4]);
        header.extend_from_slice(&length.to_le_bytes());
        header.extend_from_slice(&bytes[end + 4..]);
        header.extend_from_slice(&[1, 0, 0, 0, b'f']);
        Ok(Packed { header, packed })
    }

    /// Reads the content through `read`.
    ///
    /// # Errors
    /// The error of `read`, or that of the packing, made by `wrong`.
    pub(crate) fn open<T, E>(
        &self,
        wrong: impl FnOnce(Reason) -> E,
        read: impl FnOnce(&mut dyn std::io::Read) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut bytes = std::io::Read::chain(&*self.header, self.packed);
        match zip::read::read_zipfile_from_stream(&mut bytes) {
            Ok(Some(mut content)) => read(&mut content),
            Ok(None) => Err(wrong(Reason::NotGzip)),
            Err(_) => Err(wrong(Reason::NotGzip)),
        }
    }
}

/// Where the packed bytes begin; `None` if the header does not end.
fn after_header(bytes: &[u8]) -> Option<usize> {
    let flags = *bytes.get(3)?;
    let mut at = HEADER;
    if flags & EXTRA != 0 {
        let length = [*bytes.get(at)?, *bytes.get(at + 1)?];
        at += 2 + usize::from(u16::from_le_bytes(length));
    }
    for part in [NAMED, COMMENTED] {
        if flags & part != 0 {
            at += memchr::memchr(0, bytes.get(at..)?)? + 1;
        }
    }
    Some(if flags & CHECKED != 0 { at + 2 } else { at })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "hello\n" as `gzip --no-name` writes it, and with each optional part of the header.
    const PLAIN: &[u8] =
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xcb\x48\xcd\xc9\xc9\xe7\x02\0\x20\x30\x3a\x36\x06\0\0\0";

    fn text(bytes: &[u8]) -> Result<String, String> {
        let packed = Packed::of(bytes).map_err(|reason| reason.to_string())?;
        packed.open(
            |reason| reason.to_string(),
            |content| {
                let mut text = String::new();
                content.read_to_string(&mut text).map(|_| text).map_err(|error| error.to_string())
            },
        )
    }

    #[test]
    fn headers_of_every_shape() {
        let with = |flags: u8, parts: &[u8]| {
            [&PLAIN[..3], &[flags], &PLAIN[4..HEADER], parts, &PLAIN[HEADER..]].concat()
        };
        for file in [
            PLAIN.to_vec(),
            with(NAMED, b"a.gpx\0"),
            with(NAMED | COMMENTED | CHECKED, b"a\0b\0xx"),
            with(EXTRA | NAMED, b"\x03\0abca\0"),
        ] {
            assert_eq!(text(&file).as_deref(), Ok("hello\n"));
        }
    }

    #[test]
    fn damage_is_told() {
        for end in 0..PLAIN.len() {
            assert!(text(&PLAIN[..end]).is_err(), "{end}");
        }
        let mut changed = PLAIN.to_vec();
        changed[HEADER + 8] ^= 1;
        assert!(text(&changed).is_err());
        assert!(text(&[&PLAIN[..3], &[EXTRA | NAMED | COMMENTED], &PLAIN[4..]].concat()).is_err());
    }

    #[test]
    fn names_lose_the_mark_of_packing() {
        assert_eq!(["a.gpx.gz", "a.GZ", ".gz", "gz", "é"].map(unpacked_name), ["a.gpx", "a", "", "gz", "é"]);
    }
}
