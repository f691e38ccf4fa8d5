//! First bytes of a file, from which it is recognised.

use super::encoding::{Mended, Style, of_head};
use encoding_rs_io::DecodeReaderBytesBuilder;
use std::io::{BufRead, BufReader, Chain, Cursor, Read, Result};

/// Bytes of a file that a format may examine to recognise it.
const HEAD: u64 = 64 << 10;

/// First bytes of a file, raw and as text.
pub struct Head {
    bytes: Vec<u8>,
    text: String,
    style: Style,
}

/// A whole file, from its first byte, after its head was taken.
pub(crate) type Whole<R> = Chain<Cursor<Vec<u8>>, R>;

impl Head {
    /// Takes the head of a file; the returned reader still yields the whole file.
    pub(crate) fn take<R: BufRead>(mut input: R) -> Result<(Head, Whole<R>)> {
        let mut bytes = Vec::new();
        (&mut input).take(HEAD).read_to_end(&mut bytes)?;
        Ok((Head::of(bytes.clone()), Cursor::new(bytes).chain(input)))
    }

    fn of(bytes: Vec<u8>) -> Head {
        let style = Style::of(&bytes);
        let text = of_head(style, &bytes);
        let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
        Head { bytes, text, style }
    }

    /// Raw bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The text, without a byte order mark and with LF line ends; it may be cut anywhere.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether this is the whole file.
    pub(crate) fn is_whole(&self) -> bool {
        (self.bytes.len() as u64) < HEAD
    }

    /// Whether the file has no characters but white space.
    pub(crate) fn is_blank(&self) -> bool {
        let is_nothing = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\0');
        self.is_whole() && self.text.chars().all(is_nothing)
    }

    /// The cells of its first line that is not empty, without quotation marks: the names of the columns of a table. A person
    /// may have put them in another order.
    pub(crate) fn names(&self, delimiter: char) -> Vec<&str> {
        let first = self.text().trim_start().lines().next().unwrap_or_default();
        first.split(delimiter).map(|name| name.trim().trim_matches('"')).collect()
    }

    /// Whether it begins like XML (or SGML) and contains this text.
    pub(crate) fn is_markup_with(&self, piece: &str) -> bool {
        self.text.trim_start().starts_with('<') && self.text.contains(piece)
    }

    /// Whether it begins like JSON and contains all of these texts.
    pub(crate) fn is_json_with(&self, pieces: &[&str]) -> bool {
        self.text.trim_start().starts_with(['{', '[']) && pieces.iter().all(|p| self.text.contains(p))
    }

    /// Name of the first member of a JSON file that is an object, or an array of objects.
    pub(crate) fn first_member(&self) -> Option<&str> {
        let text = self.text.trim_start();
        let text = text.strip_prefix('[').unwrap_or(text).trim_start();
        let name = text.strip_prefix('{')?.trim_start().strip_prefix('"')?;
        name.split_once('"').map(|(name, _)| name)
    }

    /// Name of the XML root element without its prefix, after declarations and comments.
    pub(crate) fn xml_root(&self) -> Option<&str> {
        let mut rest = self.text.trim_start();
        loop {
            rest = rest.trim_start();
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = &comment[comment.find("-->")? + 3..];
            } else if let Some(doctype) = rest.strip_prefix("<!DOCTYPE")
                && let Some(subset) = doctype.find('[')
                && doctype.find('>').is_some_and(|end| subset < end)
            {
                rest = &doctype[doctype.find("]>")? + 2..];
            } else if rest.starts_with("<?") || rest.starts_with("<!") {
                rest = &rest[rest.find('>')? + 1..];
            } else {
                let name = rest.strip_prefix('<')?;
                let name = &name[..name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?];
                return Some(name.rsplit(':').next().unwrap_or(name));
            }
        }
    }

    /// Converts the file's bytes to UTF-8.
    pub(crate) fn decoder<'a>(&self, bytes: Box<dyn BufRead + 'a>) -> Box<dyn BufRead + 'a> {
        if self.style.strict {
            // A byte order mark of UTF-16 is removed.
            let page = Some(self.style.page);
            let decoder = DecodeReaderBytesBuilder::new().encoding(page).bom_override(true).build(bytes);
            return match self.has_cr() {
                true => Box::new(BufReader::new(LineEnds::new(decoder))),
                false => Box::new(BufReader::new(decoder)),
            };
        }
        let mut bytes = bytes;
        if self.bytes.starts_with(b"\xEF\xBB\xBF") {
            let skipped = bytes.fill_buf().is_ok_and(|b| b.starts_with(b"\xEF\xBB\xBF"));
            bytes.consume(if skipped { 3 } else { 0 });
        }
        let mended = Mended::new(bytes, self.style);
        match self.has_cr() {
            true => Box::new(BufReader::new(LineEnds::new(mended))),
            false => Box::new(mended),
        }
    }

    /// Whether bytes of ASCII may be parts of other characters.
    pub(super) fn is_strict(&self) -> bool {
        self.style.strict
    }

    fn has_cr(&self) -> bool {
        memchr::memchr(b'\r', &self.bytes).is_some()
    }
}

/// Text with LF line ends instead of CR LF or CR, because lines are counted by LF.
struct LineEnds<R> {
    inner: R,
    after_cr: bool,
}

impl<R> LineEnds<R> {
    fn new(inner: R) -> LineEnds<R> {
        LineEnds { inner, after_cr: false }
    }
}

impl<R: Read> Read for LineEnds<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        loop {
            let read = self.inner.read(buffer)?;
            let mut kept = 0;
            for index in 0..read {
                let byte = buffer[index];
                if !(byte == b'\n' && self.after_cr) {
                    buffer[kept] = if byte == b'\r' { b'\n' } else { byte };
                    kept += 1;
                }
                self.after_cr = byte == b'\r';
            }
            // Returning 0 means the end of the file, so read again if only an LF was dropped.
            if kept > 0 || read == 0 {
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(bytes: &[u8]) -> (String, String) {
        let (head, input) = Head::take(bytes).unwrap();
        let mut text = String::new();
        head.decoder(Box::new(input)).read_to_string(&mut text).unwrap();
        (head.text().to_owned(), text)
    }

    #[test]
    fn encodings_are_told_by_content() {
        assert_eq!(whole(b"\xEF\xBB\xBFcaf\xC3\xA9\r\nx").0, "café\nx");
        assert_eq!(whole(b"\xEF\xBB\xBFcaf\xC3\xA9").1, "café");
        assert_eq!(whole(b"caf\xE9 \x80").1, "café €");
        assert_eq!(whole(b"\xFF\xFEa\0\xE9\0").1, "aé");
        assert_eq!(whole(b"\xFE\xFF\0a\0\xE9").1, "aé");
        assert_eq!(whole(b"").1, "");
        assert_eq!(whole(b"a\rb\r").1, "a\nb\n");
        assert_eq!(whole(b"a\r\nb\r\n\r\rc\n").1, "a\nb\n\n\nc\n");
        assert_eq!(whole(b"\xE9\rb\r").1, "é\nb\n");
    }

    #[test]
    fn the_first_member_is_found() {
        let first = |text: &str| Head::of(text.as_bytes().to_vec()).first_member().map(str::to_owned);
        assert_eq!(first(" [ {\n \"a b\": 1}]").as_deref(), Some("a b"));
        assert_eq!(first("{\"a\": 1}").as_deref(), Some("a"));
        for none in ["", "[", "[]", "{}", "{\"a", "[[{\"a\"", "\"a\""] {
            assert_eq!(first(none), None, "{none}");
        }
    }

    #[test]
    fn the_root_of_a_document_is_found() {
        let root = |text: &str| Head::of(text.as_bytes().to_vec()).xml_root().map(str::to_owned);
        assert_eq!(
            root("<?xml version=\"1.0\"?>\n<!-- x > y --><ns:Document a=\"1\">").as_deref(),
            Some("Document")
        );
        let doctype = "<!DOCTYPE h [\n<!-- x -->\n<!ELEMENT h (a|b)*>\n]>\n<h k=\"1\">";
        assert_eq!(root(doctype).as_deref(), Some("h"));
        assert_eq!(root("<!DOCTYPE h>\n<h/>").as_deref(), Some("h"));
        assert_eq!(root("<feed/>").as_deref(), Some("feed"));
        assert_eq!(root("no markup"), None);
        assert_eq!(root("<!-- never ends"), None);
    }
}
