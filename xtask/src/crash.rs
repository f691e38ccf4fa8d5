//! Crash tests of the embedded store: `tests/crash`.

use crate::{Done, run, target};

/// Builds the campaign and runs it. The campaign prints its table to stdout.
pub(crate) fn crash(options: &[&str]) -> Done {
    run("cargo", &["build", "--locked", "-p", "mesinfos-crash-tests"])?;
    let campaign = target().join("debug/mesinfos-crash-tests");
    run(&campaign.to_string_lossy(), &[&["campaign"], options].concat())
}
