//! The one way of words to stdout and stderr.
//!
//! Invariant: a line that is printed is one line, of which everything is seen. File names, cells of
//! holders' files, names in components and the words of errors are hostile, and any of them may be in any
//! line. `clippy.toml` forbids the macros and handles of the standard library everywhere else.

#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "the one place from which words go to stdout and stderr"
)]

use mesinfos_model::visible::{clean, marked};
use serde::Serialize;
use std::io::{IsTerminal, Write};

/// Prints a line on stdout; its arguments are those of `format!`.
macro_rules! say {
    ($($words:tt)*) => { $crate::terminal::say::line(&format!($($words)*)) };
}

/// Prints a line on stderr; its arguments are those of `format!`.
macro_rules! remark {
    ($($words:tt)*) => { $crate::terminal::say::warning(&format!($($words)*)) };
}

pub(crate) use {remark, say};

/// Writes what has been cleaned, and ends where nobody reads on (`| head`).
pub(crate) fn cleaned(bytes: &[u8]) {
    let mut stdout = std::io::stdout().lock();
    if stdout.write_all(bytes).and_then(|()| stdout.flush()).is_err() {
        std::process::exit(0);
    }
}

/// A line on stdout.
pub(crate) fn line(words: &str) {
    cleaned(format!("{}\n", clean(words)).as_bytes());
}

/// A text of several lines on stdout.
pub(crate) fn text(words: &str) {
    words.lines().for_each(line);
}

/// A value as a line of JSON on stdout: what is not seen in it is written as escapes.
pub(crate) fn json<T: Serialize>(value: &T) -> serde_json::Result<()> {
    cleaned(format!("{}\n", marked(&serde_json::to_string(value)?)).as_bytes());
    Ok(())
}

/// A line on stderr. One that cannot be written has nobody to read it.
pub(crate) fn warning(words: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", clean(words));
}

/// Words that may have several lines, as errors of parsers do, on stderr: all but the first are marked,
/// so that none passes for a line of ours.
pub(crate) fn indented(words: &str) {
    for (number, line) in words.lines().enumerate() {
        warning(&if number == 0 { line.to_owned() } else { format!("  | {line}") });
    }
}

/// A question on stderr; the answer stands behind it.
pub(crate) fn ask(words: &str) {
    let mut stderr = std::io::stderr().lock();
    let _ = write!(stderr, "{} ", clean(words)).and_then(|()| stderr.flush());
}

/// Whether a person reads stdout.
pub(crate) fn is_read_on_a_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Whether a person reads stderr.
pub(crate) fn is_watched() -> bool {
    std::io::stderr().is_terminal()
}
