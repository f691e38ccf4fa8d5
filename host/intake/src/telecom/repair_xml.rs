//! Repairs invalid XML of "SMS Backup & Restore" while it is read.
//!
//! - A character outside the Basic Multilingual Plane, such as every emoji, is written as two UTF-16 code
//!   units (`&#55357;&#56832;`), which XML does not allow: they become one reference (`&#128512;`). An
//!   unpaired surrogate, and `&#0;`, become U+FFFD.
//! - A photograph is in an attribute `data` as Base64, many megabytes long: it is left out, so that a
//!   record stays as short as its text.
//!
//! Everything else is unchanged, and line numbers stay the same.

use crate::read::Filter;

/// Longer than any character reference: `#x10FFFF;`.
const LONGEST_REFERENCE: usize = 12;

/// Replacement for an invalid character.
const REPLACEMENT: u32 = 0xFFFD;

/// State at the next byte.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Between tags.
    #[default]
    Outside,
    /// After a `<` that may not start a tag; how many bytes of `!--` were seen.
    Begun(usize),
    /// In a comment, after this many consecutive dashes.
    Comment(usize),
    /// In a tag, outside values.
    Tag,
    /// In a value that ends with this quote.
    Value(u8),
    /// In a value that is left out.
    LeftOut(u8),
    /// In a value that ends with this quote, after `&`.
    Reference(u8),
}

/// Repairs a backup.
#[derive(Default)]
pub(super) struct Mender {
    at: At,
    /// The last word in the tag: the name of the attribute whose value follows.
    name: Vec<u8>,
    /// Text after `&`.
    reference: Vec<u8>,
    /// First half of a surrogate pair; the second may follow.
    half: Option<u32>,
}

impl Filter for Mender {
    fn take(&mut self, piece: &[u8], out: &mut Vec<u8>) {
        let mut rest = piece;
        while let Some(&byte) = rest.first() {
            // Copy unchanged bytes in one piece.
            let plain = match self.at {
                At::Outside => memchr::memchr(b'<', rest).unwrap_or(rest.len()),
                At::Value(quote) if self.half.is_none() => {
                    memchr::memchr2(quote, b'&', rest).unwrap_or(rest.len())
                }
                At::LeftOut(quote) => {
                    let end = memchr::memchr(quote, rest).unwrap_or(rest.len());
                    out.extend(rest[..end].iter().filter(|&&byte| byte == b'\n'));
                    rest = &rest[end..];
                    if end > 0 {
                        continue;
                    }
                    0
                }
                _ => 0,
            };
            if plain > 0 {
                out.extend_from_slice(&rest[..plain]);
                rest = &rest[plain..];
                continue;
            }
            self.byte(byte, out);
            rest = &rest[1..];
        }
    }

    /// Writes the rest when the file ends within a reference.
    fn end(&mut self, out: &mut Vec<u8>) {
        if let At::Reference(quote) = self.at {
            self.at = At::Value(quote);
            self.give_reference_as_it_is(out);
        }
        self.lose_half(out);
    }
}

impl Mender {
    fn byte(&mut self, byte: u8, out: &mut Vec<u8>) {
        if let At::Reference(quote) = self.at {
            return self.in_reference(quote, byte, out);
        }
        self.at = match self.at {
            At::Outside if byte == b'<' => At::Begun(0),
            At::Outside => At::Outside,
            At::Begun(seen) => match (seen, byte) {
                (0, b'!') => At::Begun(1),
                (1, b'-') => At::Begun(2),
                (2, b'-') => At::Comment(0),
                _ => self.in_tag(byte),
            },
            At::Comment(dashes) => match byte {
                b'-' => At::Comment(dashes + 1),
                b'>' if dashes >= 2 => At::Outside,
                _ => At::Comment(0),
            },
            At::Tag => self.in_tag(byte),
            At::Value(quote) if byte == b'&' => {
                self.reference.clear();
                self.at = At::Reference(quote);
                return;
            }
            At::Value(quote) => {
                self.lose_half(out);
                if byte == quote { At::Tag } else { At::Value(quote) }
            }
            At::LeftOut(quote) if byte == quote => At::Tag,
            other => other,
        };
        out.push(byte);
    }

    fn in_tag(&mut self, byte: u8) -> At {
        match byte {
            b'>' => At::Outside,
            b'"' | b'\'' if self.name == b"data" => At::LeftOut(byte),
            b'"' | b'\'' => At::Value(byte),
            b'=' => At::Tag,
            _ if byte.is_ascii_whitespace() => {
                self.name.clear();
                At::Tag
            }
            _ => {
                // Long enough to tell it from "data".
                if self.name.len() <= 4 {
                    self.name.push(byte);
                }
                At::Tag
            }
        }
    }

    fn in_reference(&mut self, quote: u8, byte: u8, out: &mut Vec<u8>) {
        self.reference.push(byte);
        if byte == b';' {
            self.at = At::Value(quote);
            self.give_reference(out);
        } else if byte == quote || self.reference.len() > LONGEST_REFERENCE {
            self.reference.pop();
            self.at = At::Value(quote);
            self.give_reference_as_it_is(out);
            // The byte follows text that was not a reference.
            self.byte(byte, out);
        }
    }

    fn give_reference(&mut self, out: &mut Vec<u8>) {
        match number(&self.reference) {
            Some(first @ 0xD800..=0xDBFF) => {
                self.lose_half(out);
                self.half = Some(first);
            }
            Some(second @ 0xDC00..=0xDFFF) => match self.half.take() {
                Some(first) => give(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00), out),
                None => give(REPLACEMENT, out),
            },
            Some(number) if number == 0 || char::from_u32(number).is_none() => {
                self.lose_half(out);
                give(REPLACEMENT, out);
            }
            _ => self.give_reference_as_it_is(out),
        }
    }

    fn give_reference_as_it_is(&mut self, out: &mut Vec<u8>) {
        self.lose_half(out);
        out.push(b'&');
        out.append(&mut self.reference);
    }

    fn lose_half(&mut self, out: &mut Vec<u8>) {
        if self.half.take().is_some() {
            give(REPLACEMENT, out);
        }
    }
}

/// The number in `#55357;` or `#xD83D;`.
fn number(reference: &[u8]) -> Option<u32> {
    let digits = std::str::from_utf8(reference).ok()?.strip_prefix('#')?.strip_suffix(';')?;
    match digits.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    }
}

fn give(number: u32, out: &mut Vec<u8>) {
    out.extend_from_slice(format!("&#{number};").as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Filtered;
    use std::io::Read;

    /// Repairs the text in pieces of every size: piece boundaries must not matter.
    fn mended(text: &str) -> String {
        let of = |size: usize| {
            let mut out = String::new();
            let input = std::io::BufReader::with_capacity(size, text.as_bytes());
            Filtered::new(input, Mender::default()).read_to_string(&mut out).unwrap();
            out
        };
        let whole = of(1 << 16);
        for size in [1, 2, 3, 7] {
            assert_eq!(of(size), whole, "in pieces of {size}");
        }
        whole
    }

    #[test]
    fn pairs_of_numbers_become_one() {
        assert_eq!(mended(r#"<a b="x&#55357;&#56832;y"/>"#), r#"<a b="x&#128512;y"/>"#);
        assert_eq!(mended("<a b='&#xD83D;&#xDE00;'/>"), "<a b='&#128512;'/>");
        assert_eq!(mended(r#"<a b="&#55357;x&#56832;&#0;"/>"#), r#"<a b="&#65533;x&#65533;&#65533;"/>"#);
        assert_eq!(mended(r#"<a b="&#55357;"/>"#), r#"<a b="&#65533;"/>"#);
        assert_eq!(mended(r#"<a b="&#55357;&#55357;&#56832;"/>"#), r#"<a b="&#65533;&#128512;"/>"#);
        for same in
            [r#"<a b="&amp;&#10;&#233; & &&;&verylongindeed;"/>"#, "<a b=\"&", "<a b='\"&'/>", "&#55357;"]
        {
            assert_eq!(mended(same), same);
        }
        assert_eq!(mended("<a b=\"&#55357;"), "<a b=\"&#65533;");
    }

    #[test]
    fn photographs_are_left_out() {
        assert_eq!(mended("<p ct=\"i\" data=\"AAAA\nBBBB\" x=\"1\"/>"), "<p ct=\"i\" data=\"\n\" x=\"1\"/>");
        assert_eq!(mended("<p data='AA'>"), "<p data=''>");
        // Other names, and plain text.
        let same = "<!-- data=\"1\" it's -> --><p metadata=\"1\" dat=\"2\" b='say data=\"x\"' data5=\"3\">data=\"4\"</p>";
        assert_eq!(mended(same), same);
        assert_eq!(mended("<?xml version='1.0' data='1' ?>\n<p/>"), "<?xml version='1.0' data='' ?>\n<p/>");
    }
}
