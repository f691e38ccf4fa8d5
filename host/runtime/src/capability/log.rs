//! Notes: what an app writes down while it runs, for the person whose run it is, and kept nowhere.

use super::{Capability, Import, Request};
use crate::contract::{APP, LOG};
use crate::limits::{self, Limits};
use crate::problem::Problem;
use crate::state::{Counters, State, Stop};
use mesinfos_model::visible::is_hidden;
use std::sync::{Arc, Mutex, PoisonError};
use wasmtime::StoreContextMut;
use wasmtime::component::Linker;

/// Lines that an app notes, through `mesinfos:app/log`.
pub(crate) struct Notes;

impl Capability for Notes {
    fn claim(&self, import: &Import<'_>, request: &mut Request) -> Option<Vec<Problem>> {
        if (import.package, import.interface) != (APP.0, LOG.0) {
            return None;
        }
        let others = import.functions.iter().filter(|function| **function != LOG.1);
        let problems: Vec<Problem> = others.map(|function| import.no_such(function)).collect();
        request.notes |= import.functions.contains(&LOG.1);
        Some(problems)
    }

    fn link(&self, linker: &mut Linker<State>, asked: &Request, granted: &Request) -> wasmtime::Result<()> {
        if !granted.notes {
            return self.link_refused(linker, asked);
        }
        linker.instance(&interface())?.func_wrap(
            LOG.1,
            |mut cx: StoreContextMut<'_, State>, (line,): (String,)| {
                cx.data_mut().called()?;
                cx.data().log.line(&line);
                Ok(())
            },
        )
    }

    fn link_refused(&self, linker: &mut Linker<State>, asked: &Request) -> wasmtime::Result<()> {
        if !asked.notes {
            return Ok(());
        }
        linker.instance(&interface())?.func_wrap(
            LOG.1,
            |mut cx: StoreContextMut<'_, State>, (_,): (String,)| {
                cx.data_mut().called()?;
                Ok(())
            },
        )
    }

    /// A log that is full takes every line and keeps nothing: writing does not end a run.
    fn budget(&self, _: &Counters, _: &Limits) -> Result<(), Stop> {
        Ok(())
    }
}

/// Name of the interface for notes.
fn interface() -> String {
    format!("{}/{}@{}", APP.0, LOG.0, APP.1)
}

/// The log of one run. What is over [`limits::LOG`] is dropped.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Adds bytes as they come.
    pub(crate) fn add(&self, bytes: &[u8]) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = limits::LOG.saturating_sub(all.len());
        all.extend_from_slice(&bytes[..room.min(bytes.len())]);
    }

    /// Adds a line.
    pub(crate) fn line(&self, line: &str) {
        self.add(line.as_bytes());
        self.add(b"\n");
    }

    /// What was noted: see [`clean`].
    pub(crate) fn text(&self) -> String {
        clean(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Lines of text without anything that a terminal or a page would obey, at most [`limits::LOG`]
/// bytes of them.
pub fn clean(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut clean: String = text
        .chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(|c| *c == '\n' || !is_hidden(*c))
        .collect();
    if clean.len() > limits::LOG {
        clean.truncate(clean.floor_char_boundary(limits::LOG));
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_bounded_text() {
        let log = Log::default();
        log.line("one\ttwo");
        log.add(b"\x1b[31mred\xff\x00\n");
        assert_eq!(log.text(), "one two\n[31mred\u{fffd}\n");
        for _ in 0..3 {
            log.add(&vec![0xff; limits::LOG]);
        }
        assert!(log.text().len() <= limits::LOG);
    }
}
