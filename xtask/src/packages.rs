//! Debian packages that the tests need.

use crate::{Done, run};
use std::process::{Command, Stdio};

/// Installs packages where that is possible: on Debian, as root. Elsewhere does nothing; the caller says what is missing.
pub(crate) fn install(missing: &[&str]) -> Done {
    let is_root = said("id", &["-u"]).as_deref() == Some("0");
    if !missing.is_empty() && is_root && said("apt-get", &["--version"]).is_some() {
        run("apt-get", &["update", "-qq"])?;
        run("apt-get", &[&["install", "--yes", "-qq", "--no-install-recommends"], missing].concat())?;
    }
    Ok(())
}

/// Output of a command, without spaces around it. `None` if it cannot be run or fails.
pub(crate) fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
