//! Reports problems of a data folder and its machine, with advice.

use crate::failure::{Doing, Result};
use crate::hints;
use crate::session::Session;
use crate::terminal::say::say;
use crate::verbs::Act;
use mesinfos_model::view::Lang;
use mesinfos_wire::{Diagnosis, Health};
use mesinfos_words::cli::Cli;
use mesinfos_words::health;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    deep: bool,
}

impl Act for Args {
    const TAKES_STORE: bool = false;

    /// Exits with 1 if something is wrong.
    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let program = std::env::current_exe().doing(Cli::FindingItself)?;
        let found = mesinfos_platform::examine(&session.folder, program, self.deep);
        // JSON is always in English.
        let lang = if out.json { Lang::En } else { out.lang };
        let diagnosis = Diagnosis::new(
            &found,
            |found| health::found(found, lang),
            |advice| hints::of_advice(advice, lang),
        );
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
}
