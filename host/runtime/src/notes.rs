//! Notes that an app writes during a run. They are for the person only, and not kept.

use crate::limits;
use mesinfos_model::visible::is_hidden;
use std::sync::{Arc, Mutex, PoisonError};

/// Notes of one run. Bytes beyond [`limits::NOTES`] are dropped.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notes(Arc<Mutex<Vec<u8>>>);

impl Notes {
    /// Adds raw bytes.
    pub(crate) fn add(&self, bytes: &[u8]) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = limits::NOTES.saturating_sub(all.len());
        all.extend_from_slice(&bytes[..room.min(bytes.len())]);
    }

    /// Adds a line.
    pub(crate) fn line(&self, line: &str) {
        self.add(line.as_bytes());
        self.add(b"\n");
    }

    /// The notes as clean text: see [`clean`].
    pub(crate) fn text(&self) -> String {
        clean(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Text lines without characters that a terminal or a page would interpret, at most [`limits::NOTES`]
/// bytes.
pub fn clean(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut clean: String = text
        .chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(|c| *c == '\n' || !is_hidden(*c))
        .collect();
    if clean.len() > limits::NOTES {
        clean.truncate(clean.floor_char_boundary(limits::NOTES));
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_bounded_text() {
        let notes = Notes::default();
        notes.line("one\ttwo");
        notes.add(b"\x1b[31mred\xff\x00\n");
        assert_eq!(notes.text(), "one two\n[31mred\u{fffd}\n");
        for _ in 0..3 {
            notes.add(&vec![0xff; limits::NOTES]);
        }
        assert!(notes.text().len() <= limits::NOTES);
    }
}
