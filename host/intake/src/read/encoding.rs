//! Encoding of a file: what it declares, then what its bytes say, piece by piece.
//!
//! A declaration (a byte order mark, XML's prolog, OFX's `CHARSET`, vCard's `CHARSET`) holds for the whole file. Holders
//! often declare one code page and write UTF-8, cut a text in the middle of a character, or join two files. So each
//! piece, in general a line, is UTF-8 if it is valid UTF-8, else it is of the declared code page, or of Windows-1252. In
//! a file that is UTF-8 elsewhere, a bad byte costs one character, not its line.

use super::filter::read_buffered;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{BufRead, Read, Result};

/// Bytes at the start of a file in which a declaration is looked for.
const DECLARED_WITHIN: usize = 4 << 10;

/// Bytes after which a piece ends at the next character of ASCII, if it has no line end.
const PIECE: usize = 64 << 10;

/// Fewest characters beyond ASCII, in the head, by which a text that was encoded twice is recognised.
const TWICE: usize = 3;

/// How the bytes of a file become text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// Code page of pieces that are not UTF-8.
    pub(super) page: &'static Encoding,
    /// Only `page` is used: an encoding whose bytes may look like UTF-8, or in which a character has several units.
    pub(super) strict: bool,
    /// Lead bytes of the characters beyond ASCII of a file that is mostly UTF-8, as bits from 0xC0; 0 otherwise.
    leads: u64,
    /// UTF-8 was taken for Windows-1252 and encoded once more.
    twice: bool,
}

impl Style {
    /// Decides from the first bytes of a file.
    pub(super) fn of(head: &[u8]) -> Style {
        let of_page = |page, strict| Style { page, strict, leads: 0, twice: false };
        if let Some(wide) = wide(head) {
            return of_page(wide, true);
        }
        let page = declared(head).filter(|page| *page != UTF_8);
        let (sound, broken, leads) = counted(head);
        // Bytes of another encoding are seldom valid UTF-8 by chance.
        let is_utf8 = sound > 0 && sound * 2 > broken;
        if let Some(page) = page
            && !page.is_single_byte()
        {
            let is_page = !page.decode_without_bom_handling(head).1 || sound <= broken;
            return if is_page { of_page(page, true) } else { of_page(page, false) };
        }
        let page = page.unwrap_or(WINDOWS_1252);
        if !is_utf8 {
            return of_page(page, false);
        }
        let twice = broken == 0 && sound >= TWICE && is_twice(head);
        Style { page, strict: false, leads, twice }
    }

    /// The text of a piece.
    pub(super) fn decode(self, piece: &[u8]) -> String {
        if self.strict {
            return self.page.decode_without_bom_handling(piece).0.into_owned();
        }
        match std::str::from_utf8(piece) {
            Ok(text) if self.twice => once(text).unwrap_or_else(|| text.to_owned()),
            Ok(text) => text.to_owned(),
            Err(_) => self.mend(piece),
        }
    }

    /// The text of a piece that is not valid UTF-8.
    fn mend(self, piece: &[u8]) -> String {
        let (sound, broken, own) = counted(piece);
        let leads = self.leads | if sound > broken { own } else { 0 };
        if leads == 0 {
            return self.page.decode_without_bom_handling(piece).0.into_owned();
        }
        let mut text = String::with_capacity(piece.len());
        let mut chunks = piece.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            text.push_str(chunk.valid());
            // A text is cut at its end: before a letter, the byte is one of another code page.
            let next = chunks.peek().and_then(|next| next.valid().bytes().next());
            let is_in_word = next.is_some_and(|next| next.is_ascii_alphabetic());
            match chunk.invalid() {
                [] => {}
                // A character of the file's script that was cut.
                [lead, ..] if !is_in_word && is_lead(leads, *lead) => text.push(char::REPLACEMENT_CHARACTER),
                bytes => text.push_str(&self.page.decode_without_bom_handling(bytes).0),
            }
        }
        text
    }
}

/// UTF-16 by its byte order mark, or by the zeros beside ASCII.
fn wide(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let start = head.get(..16).or(Some(head).filter(|head| head.len() >= 4 && head.len() % 2 == 0))?;
    let is_ascii = |byte: u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
    let pairs = || start.chunks_exact(2);
    if pairs().all(|pair| is_ascii(pair[0]) && pair[1] == 0) {
        return Some(UTF_16LE);
    }
    pairs().all(|pair| pair[0] == 0 && is_ascii(pair[1])).then_some(UTF_16BE)
}

/// Encoding that a file declares.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let start = &head[..head.len().min(DECLARED_WITHIN)];
    let start = String::from_utf8_lossy(start);
    let start = start.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with("<?xml") {
        let prolog = &start[..start.find("?>")?];
        let value = prolog[prolog.find("encoding")? + 8..].trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        return Encoding::for_label(value[1..].split(quote).next()?.as_bytes());
    }
    if start.starts_with("OFXHEADER") {
        return ["CHARSET:", "ENCODING:"].iter().find_map(|name| {
            let value = &start[start.find(name)? + name.len()..];
            of_number(value.split(|c: char| c.is_whitespace() || c == '<').next()?)
        });
    }
    let begin = "BEGIN:VCARD";
    if start.get(..begin.len()).is_some_and(|start| start.eq_ignore_ascii_case(begin)) {
        // Each property declares its own; a file has one besides UTF-8.
        let text = String::from_utf8_lossy(head).to_ascii_uppercase();
        let labels = text.split("CHARSET=").skip(1);
        return labels
            .filter_map(|rest| {
                let end = rest.find([';', ':', '\r', '\n'])?;
                Encoding::for_label(rest[..end].trim_matches('"').as_bytes())
            })
            .find(|page| *page != UTF_8);
    }
    None
}

/// Encoding by its label, or by the number of its code page: OFX writes "1252", "8859-1", "CP1251".
fn of_number(value: &str) -> Option<&'static Encoding> {
    let number = value.trim_start_matches(['C', 'P', 'c', 'p']);
    let labels =
        [value.to_owned(), format!("windows-{number}"), format!("iso-{number}"), format!("ibm{number}")];
    if matches!(value.to_ascii_uppercase().as_str(), "UNICODE" | "UTF-8" | "UTF8") {
        return Some(UTF_8);
    }
    labels.iter().find_map(|label| Encoding::for_label(label.as_bytes()))
}

/// Characters of UTF-8 beyond ASCII, sequences of bytes that are none, and the lead bytes of the former. A character
/// that the end cuts is neither.
fn counted(bytes: &[u8]) -> (usize, usize, u64) {
    let (mut sound, mut broken, mut leads) = (0, 0, 0);
    if bytes.is_ascii() {
        return (0, 0, 0);
    }
    let mut left = bytes.len();
    for chunk in bytes.utf8_chunks() {
        for byte in chunk.valid().bytes().filter(|byte| *byte >= 0xC0) {
            sound += 1;
            // Letters of one script have a pair of lead bytes.
            leads |= 3_u64 << ((byte - 0xC0) & !1);
        }
        left -= chunk.valid().len() + chunk.invalid().len();
        let is_cut =
            left == 0 && std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none());
        broken += usize::from(!chunk.invalid().is_empty() && !is_cut);
    }
    (sound, broken, leads)
}

fn is_lead(leads: u64, byte: u8) -> bool {
    byte >= 0xC0 && leads & (1_u64 << (byte - 0xC0)) != 0
}

/// Whether all characters beyond ASCII of a text are the bytes of other ones.
fn is_twice(head: &[u8]) -> bool {
    let Some(text) = head.utf8_chunks().next().map(|chunk| chunk.valid()) else { return false };
    // The end may cut a pair.
    let end = text.rfind(|c: char| c.is_ascii()).map_or(0, |end| end + 1);
    once(&text[..end]).is_some()
}

/// The text whose UTF-8 was taken for Windows-1252; `None` if it is not such a text.
fn once(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let (bytes, _, has_others) = WINDOWS_1252.encode(text);
    if has_others { None } else { String::from_utf8(bytes.into_owned()).ok() }
}

/// The head of a file as text: its pieces, without a character that its end cuts.
pub(super) fn of_head(style: Style, bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if style.strict {
        return style.page.decode_with_bom_removal(bytes).0.into_owned();
    }
    let end = match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        _ => bytes.len(),
    };
    if !style.twice
        && let Ok(text) = std::str::from_utf8(&bytes[..end])
    {
        return text.to_owned();
    }
    bytes[..end].split_inclusive(|byte| *byte == b'\n').map(|line| style.decode(line)).collect()
}

/// A file as UTF-8, mended piece by piece. Pieces that are sound are not copied.
pub(super) struct Mended<R> {
    inner: R,
    style: Style,
    /// Bytes of `inner` that are known to be sound.
    sound: usize,
    /// Text of the last piece that was not, and how much of it was taken.
    piece: Vec<u8>,
    taken: usize,
}

impl<R: BufRead> Mended<R> {
    pub(super) fn new(inner: R, style: Style) -> Mended<R> {
        Mended { inner, style, sound: 0, piece: Vec::new(), taken: 0 }
    }

    /// Finds what is sound, or mends the next piece.
    fn advance(&mut self) -> Result<()> {
        let available = self.inner.fill_buf()?;
        if available.is_empty() {
            return Ok(());
        }
        if !self.style.twice || available.is_ascii() {
            let valid = match std::str::from_utf8(available) {
                Ok(_) => available.len(),
                Err(error) => {
                    // The line of the bad byte is one piece.
                    let valid = &available[..error.valid_up_to()];
                    memchr::memrchr(b'\n', valid).map_or(0, |end| end + 1)
                }
            };
            if valid > 0 {
                self.sound = valid;
                return Ok(());
            }
        }
        let mut bytes = Vec::new();
        loop {
            let available = self.inner.fill_buf()?;
            let end = match memchr::memchr(b'\n', available) {
                Some(end) => end + 1,
                None if bytes.len() >= PIECE => {
                    available.iter().position(u8::is_ascii).map_or(available.len(), |at| at + 1)
                }
                None => available.len(),
            };
            let is_last = end == 0
                || matches!(available.get(end - 1), Some(b'\n'))
                || bytes.len() >= PIECE && available.get(end - 1).is_some_and(u8::is_ascii);
            bytes.extend_from_slice(&available[..end]);
            self.inner.consume(end);
            if is_last || bytes.len() >= 2 * PIECE {
                break;
            }
        }
        self.piece = self.style.decode(&bytes).into_bytes();
        self.taken = 0;
        Ok(())
    }
}

impl<R: BufRead> BufRead for Mended<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.taken >= self.piece.len() && self.sound == 0 {
            self.advance()?;
        }
        if self.taken < self.piece.len() {
            return Ok(&self.piece[self.taken..]);
        }
        let available = self.inner.fill_buf()?;
        Ok(&available[..self.sound.min(available.len())])
    }

    fn consume(&mut self, amount: usize) {
        if self.taken < self.piece.len() {
            self.taken += amount;
        } else {
            self.sound = self.sound.saturating_sub(amount);
            self.inner.consume(amount);
        }
    }
}

impl<R: BufRead> Read for Mended<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        read_buffered(self, buffer)
    }
}

/// A piece as text, where the file's encoding is not known: UTF-8, mended, else Windows-1252.
pub(super) fn of_piece(piece: &[u8]) -> String {
    Style { page: WINDOWS_1252, strict: false, leads: 0, twice: false }.decode(piece)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    /// The text of a file, read through buffers of several sizes; all must agree.
    fn whole(bytes: &[u8]) -> String {
        let style = Style::of(bytes);
        let read = |size| {
            let mut text = String::new();
            Mended::new(BufReader::with_capacity(size, bytes), style).read_to_string(&mut text).unwrap();
            text
        };
        let text = read(1 << 16);
        for size in [1, 2, 7, 64] {
            assert_eq!(read(size), text, "in buffers of {size}");
        }
        text
    }

    #[test]
    fn a_bad_byte_costs_one_character() {
        assert_eq!(whole(b"caf\xC3\xA9\ncr\xC3\xA8me\nmarch\xC3<br>\n"), "café\ncrème\nmarch\u{fffd}<br>\n");
        // A line of another file, in Windows-1252.
        assert_eq!(whole(b"caf\xC3\xA9\ncr\xC3\xA8me\nTh\xE9\n"), "café\ncrème\nThé\n");
        assert_eq!(whole(b"caf\xE9\ncaf\xC3\xA9\n"), "café\ncafé\n");
        assert_eq!(whole(b"\xD0\x9C\xD0\xB0\xD1\n"), "Ма\u{fffd}\n");
    }

    #[test]
    fn a_declaration_holds_for_the_whole_file() {
        let declared = |bytes: &[u8]| Style::of(bytes).page.name();
        assert_eq!(declared(b"<?xml version='1.0' encoding = 'koi8-r' ?><a/>"), "KOI8-R");
        assert_eq!(declared(b"OFXHEADER:100\r\nENCODING:USASCII\r\nCHARSET:1251\r\n"), "windows-1251");
        assert_eq!(declared(b"OFXHEADER:100\nENCODING:USASCII\nCHARSET:8859-2\n"), "ISO-8859-2");
        assert_eq!(declared(b"OFXHEADER:100\nENCODING:USASCII\nCHARSET:NONE\n\n<OFX>"), "windows-1252");
        assert_eq!(declared(b"BEGIN:VCARD\nFN;CHARSET=UTF-8:a\nFN;CHARSET=windows-1250:b\n"), "windows-1250");
        let late =
            [&b"<?xml version=\"1.0\" encoding=\"windows-1250\"?>\n"[..], &[b'x'; 100], b"\xE8\n"].concat();
        assert!(whole(&late).ends_with("xč\n"));
        // What is declared is wrong.
        assert_eq!(
            whole("OFXHEADER:100\nCHARSET:1251\n\né\n".as_bytes()),
            "OFXHEADER:100\nCHARSET:1251\n\né\n"
        );
    }

    #[test]
    fn encodings_of_several_bytes_are_believed() {
        let file = |label: &str, text: &str| {
            let page = Encoding::for_label(label.as_bytes()).unwrap();
            let mut bytes = format!("<?xml version=\"1.0\" encoding=\"{label}\"?>\n").into_bytes();
            bytes.extend_from_slice(&page.encode(text).0);
            of_head(Style::of(&bytes), &bytes)
        };
        for (label, text) in
            [("gb18030", "<a>联通</a>"), ("shift_jis", "<a>銀行</a>"), ("euc-kr", "<a>은행</a>")]
        {
            assert!(file(label, text).ends_with(text), "{label}");
        }
        assert!(matches!(Style::of(b"<\0?\0x\0m\0l\0").page.name(), "UTF-16LE"));
        assert!(matches!(Style::of(b"\0D\0a\0t\0e\0;\0A\0b\0c").page.name(), "UTF-16BE"));
    }

    #[test]
    fn a_text_that_was_encoded_twice_is_mended() {
        assert_eq!(whole("cafÃ©\nthÃ©\ncrÃ¨me\n".as_bytes()), "café\nthé\ncrème\n");
        assert_eq!(whole("café\nthÃ©\ncrÃ¨me\n".as_bytes()), "café\nthÃ©\ncrÃ¨me\n");
        assert_eq!(whole("SÃO\n".as_bytes()), "SÃO\n");
    }

    #[test]
    fn a_piece_without_an_end_is_cut() {
        let mut bytes = vec![b'x'; 3 * PIECE];
        bytes[10] = 0xE9;
        bytes[2 * PIECE] = 0xE9;
        let text = whole(&bytes);
        assert_eq!((text.chars().count(), text.matches('é').count()), (bytes.len(), 2));
    }

    #[test]
    fn pieces_of_an_unknown_file() {
        assert_eq!(of_piece(b"caf\xE9"), "café");
        assert_eq!(of_piece("café".as_bytes()), "café");
        assert_eq!(of_piece(b"\xC3\xA9\xC3\xA9\xC3;"), "éé\u{fffd};");
    }
}
