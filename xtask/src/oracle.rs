//! The figures of the apps against an independent computation over the holders' files (`tests/oracle`).

use crate::{Done, run, target};
use std::process::Command;

/// Runs the tests of the oracle and compares the apps that are built with it. `options` are those of `check.py`.
pub(crate) fn oracle(options: &[&str]) -> Done {
    // The oracle needs Python 3.11 and nothing else.
    let has_python = Command::new("python3").args(["-c", "import tomllib"]).output();
    if !has_python.is_ok_and(|output| output.status.success()) {
        eprintln!("the figures of the apps are not checked: there is no python3 of version 3.11 or later");
        return Ok(());
    }
    run("python3", &["-m", "unittest", "discover", "tests/oracle"])?;
    let program = target().join("debug/mesinfos").to_string_lossy().into_owned();
    let apps = target().join("apps").to_string_lossy().into_owned();
    let check = ["tests/oracle/check.py", "--program", &program, "--apps", &apps];
    run("python3", &[&check[..], options].concat())
}
