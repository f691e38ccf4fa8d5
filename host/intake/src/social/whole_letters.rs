//! Folds of a vCard that part the bytes of a letter. RFC 6350 (3.2) says that they must not; programs that count bytes do
//! it (<https://github.com/jeroendesloovere/vcard/pull/90>). The bytes of the letter are brought together before the fold, so that lines keep their
//! numbers and each can be decoded on its own.

use crate::read::Filter;

/// Brings together the bytes of letters of UTF-8 that a fold parts.
#[derive(Default)]
pub(super) struct WholeLetters {
    /// Bytes that the open letter still needs.
    missing: usize,
    /// The fold that came within the letter, as far as it was read.
    fold: Vec<u8>,
}

impl WholeLetters {
    fn byte(&mut self, byte: u8, out: &mut Vec<u8>) {
        let is_within = (0x80..0xC0).contains(&byte);
        match (self.fold.as_slice(), byte) {
            ([], b'\r' | b'\n') if self.missing > 0 => return self.fold.push(byte),
            ([b'\r'], b'\n' | b' ' | b'\t') => return self.fold.push(byte),
            ([b'\n'] | [b'\r', b'\n'], b' ' | b'\t') => return self.fold.push(byte),
            ([.., b' ' | b'\t'], _) if is_within && self.missing > 0 => {
                self.missing -= 1;
                out.push(byte);
                if self.missing == 0 {
                    out.append(&mut self.fold);
                }
                return;
            }
            // No fold, or not within a letter.
            ([_, ..], _) => {
                out.append(&mut self.fold);
                self.missing = 0;
            }
            ([], _) => {}
        }
        self.missing = match byte {
            0xC2..=0xDF => 1,
            0xE0..=0xEF => 2,
            0xF0..=0xF4 => 3,
            _ if is_within => self.missing.saturating_sub(1),
            _ => 0,
        };
        out.push(byte);
    }
}

impl Filter for WholeLetters {
    fn take(&mut self, piece: &[u8], out: &mut Vec<u8>) {
        if piece.is_ascii() && self.missing == 0 && self.fold.is_empty() {
            return out.extend_from_slice(piece);
        }
        piece.iter().for_each(|&byte| self.byte(byte, out));
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        out.append(&mut self.fold);
        self.missing = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Filtered;
    use std::io::Read;

    #[test]
    fn letters_come_together_and_everything_else_stays() {
        let whole = |bytes: &[u8]| {
            let of = |size: usize| {
                let mut out = Vec::new();
                let input = std::io::BufReader::with_capacity(size, bytes);
                Filtered::new(input, WholeLetters::default()).read_to_end(&mut out).unwrap();
                out
            };
            let all = of(1 << 16);
            for size in [1, 2, 3, 5] {
                assert_eq!(of(size), all, "in pieces of {size}");
            }
            all
        };
        for (folded, mended) in [
            (&b"a\xC3\r\n \xA9b"[..], &b"a\xC3\xA9\r\n b"[..]),
            (b"\xE2\n\t\x82\xAC", b"\xE2\x82\xAC\n\t"),
            (b"\xE2\x82\r \xAC", b"\xE2\x82\xAC\r "),
            (b"\xF0\x9F\r\n \x98\x80.", b"\xF0\x9F\x98\x80\r\n ."),
        ] {
            assert_eq!(whole(folded), mended);
        }
        for same in [
            &b"caf\xC3\xA9\r\n x"[..],
            b"\xE9\n x",
            b"\xE9\r\nFN:\xA9",
            b"\xC3\r\n",
            b"\xC3\r\n ",
            b"\xC3\n \n \xA9",
            b"plain\r\n text",
        ] {
            assert_eq!(whole(same), same);
        }
    }
}
