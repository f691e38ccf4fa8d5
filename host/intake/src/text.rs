//! From bytes to lines of text: encodings and line ends.

use crate::IntakeError;
use std::io::{BufRead, Read};

/// Largest file that a line or tree format reads whole, in bytes: half-hours of a century.
pub(crate) const MAX_FILE: u64 = 256 << 20;

/// Reads a file whole as text: UTF-8 with or without a mark, else Windows-1252 (older bank
/// files). Line ends become LF, also those of CR-only files.
pub(crate) fn whole(file: &str, input: &mut dyn BufRead) -> Result<String, IntakeError> {
    let mut bytes = Vec::new();
    input
        .take(MAX_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(|source| IntakeError::Io { file: file.to_owned(), source })?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(IntakeError::TooLarge { file: file.to_owned(), limit: MAX_FILE });
    }
    Ok(decode(&bytes))
}

/// Bytes as text, as [`whole`] does it.
pub(crate) fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    };
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}
