//! Says what is wrong with a data folder and its machine, and what to do.

use crate::acts::Output;
use crate::hints;
use crate::terminal::say::say;
use anyhow::{Context, Result};
use mesinfos_wire::{Diagnosis, Health};
use std::path::Path;
use std::process::ExitCode;

/// Looks, and prints what was found. The exit status is 1 if something is wrong.
pub(crate) fn doctor(folder: &Path, out: &Output, deep: bool) -> Result<ExitCode> {
    let program = std::env::current_exe().context("looking for the program itself")?;
    let diagnosis = Diagnosis::new(mesinfos_platform::examine(folder, program, deep), hints::of_advice);
    out.print(&diagnosis, |diagnosis| {
        for finding in &diagnosis.findings {
            let mark = match finding.health {
                Health::Good => "good",
                Health::Remark => "note",
                Health::Wrong => "WRONG",
                Health::Unknown => "?",
            };
            say!("{mark:<5} {:<9} {}", finding.check, finding.words);
            if let Some(advice) = &finding.advice {
                say!("                {advice}");
            }
        }
    })?;
    Ok(if diagnosis.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
