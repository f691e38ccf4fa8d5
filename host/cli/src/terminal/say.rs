//! The only path to stdout and stderr.
//!
//! Invariant: each printed line is exactly one line, with no hidden characters. File names, cells of holders'
//! files, names in components and error messages are hostile, and any of them may appear in any line.
//! `clippy.toml` forbids the printing macros and handles of the standard library everywhere else.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "the one place from which words go to stdout and stderr"
)]

use crate::language::lang;
use mesinfos_model::visible::{clean, marked};
use mesinfos_words::cli::Cli;
use mesinfos_words::system::system;
use serde::Serialize;
use std::io::{ErrorKind, IsTerminal, Write};
use std::sync::OnceLock;

/// Prints a line to stdout; arguments as for `format!`.
macro_rules! say {
    ($($words:tt)*) => { $crate::terminal::say::line(&format!($($words)*)) };
}

/// Prints a line to stderr; arguments as for `format!`.
macro_rules! remark {
    ($($words:tt)*) => { $crate::terminal::say::warning(&format!($($words)*)) };
}

pub(crate) use {remark, say};

/// Kind of the first write error on stdout. Unset while writing works.
static LOST: OnceLock<ErrorKind> = OnceLock::new();

/// Writes text that is already clean. Writes nothing after an error: see [`is_cut_off`] and [`has_failed`].
/// The verb continues, so that its own failure is reported.
pub(crate) fn cleaned(bytes: &[u8]) {
    if is_cut_off() {
        return;
    }
    let written = {
        let mut stdout = std::io::stdout().lock();
        stdout.write_all(bytes).and_then(|()| stdout.flush())
    };
    if let Err(error) = written {
        let _ = LOST.set(error.kind());
        // A closed pipe (`| head`) is no error.
        if error.kind() != ErrorKind::BrokenPipe {
            let words = Cli::StdoutRefused { why: &system(&error, lang()) }.to(lang());
            warning(&Cli::ErrorLine { code: "error", words: &words }.to(lang()));
        }
    }
}

/// Whether some of the output was lost.
pub(crate) fn is_cut_off() -> bool {
    LOST.get().is_some()
}

/// Whether writing failed, other than by a closed pipe.
pub(crate) fn has_failed() -> bool {
    LOST.get().is_some_and(|kind| *kind != ErrorKind::BrokenPipe)
}

/// Prints a line to stdout.
pub(crate) fn line(words: &str) {
    cleaned(format!("{}\n", clean(words)).as_bytes());
}

/// Prints several lines to stdout.
pub(crate) fn text(words: &str) {
    words.lines().for_each(line);
}

/// Prints a value as one line of JSON to stdout. Hidden characters are escaped.
pub(crate) fn json<T: Serialize>(value: &T) -> serde_json::Result<()> {
    cleaned(format!("{}\n", marked(&serde_json::to_string(value)?)).as_bytes());
    Ok(())
}

/// Prints a line to stderr. Errors are ignored: there is nowhere to report them.
pub(crate) fn warning(words: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", clean(words));
}

/// Prints a message that may have several lines, such as a parser error, to stderr. All lines but the first
/// are marked, so that none passes for a line of this program.
pub(crate) fn indented(words: &str) {
    for (number, line) in words.lines().enumerate() {
        warning(&if number == 0 { line.to_owned() } else { format!("  | {line}") });
    }
}

/// Prints a question to stderr. The answer is typed on the same line.
pub(crate) fn ask(words: &str) {
    let mut stderr = std::io::stderr().lock();
    let _ = write!(stderr, "{} ", clean(words)).and_then(|()| stderr.flush());
}

/// Whether stdout is a terminal.
pub(crate) fn is_read_on_a_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Whether stderr is a terminal.
pub(crate) fn is_watched() -> bool {
    std::io::stderr().is_terminal()
}
