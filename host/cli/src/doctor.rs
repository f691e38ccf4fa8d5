//! Says what is wrong with a data folder and its machine, and what to do.

use crate::acts::Output;
use crate::failure::{Doing, Result};
use crate::hints;
use crate::terminal::say::say;
use mesinfos_model::view::Lang;
use mesinfos_wire::{Diagnosis, Health};
use mesinfos_words::cli::Cli;
use mesinfos_words::health;
use std::path::Path;
use std::process::ExitCode;

/// Looks, and prints what was found. The exit status is 1 if something is wrong.
pub(crate) fn doctor(folder: &Path, out: &Output, deep: bool) -> Result<ExitCode> {
    let program = std::env::current_exe().doing(Cli::FindingItself)?;
    let found = mesinfos_platform::examine(folder, program, deep);
    // Programs read English.
    let lang = if out.json { Lang::En } else { out.lang };
    let diagnosis =
        Diagnosis::new(&found, |found| health::found(found, lang), |advice| hints::of_advice(advice, lang));
    out.print(&diagnosis, |diagnosis| {
        for finding in &diagnosis.findings {
            let mark = match finding.health {
                Health::Good => Cli::HealthGood,
                Health::Remark => Cli::HealthRemark,
                Health::Wrong => Cli::HealthWrong,
                Health::Unknown => Cli::HealthUnknown,
            };
            say!("{:<7} {}", mark.to(lang), finding.words);
            if let Some(advice) = &finding.advice {
                say!("        {advice}");
            }
        }
    })?;
    Ok(if diagnosis.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
