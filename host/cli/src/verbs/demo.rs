//! The demo: sample people, their files, every app.

use crate::config::PORT;
use crate::failure::{Doing, Failure, Result};
use crate::samples::{Sample, apps_folder, says_what_is_missing, some_apps_in};
use crate::session::Session;
use crate::shared::{Output, on, read_app, run_app, sample_caller, shown};
use crate::terminal::say::remark;
use crate::verbs::Act;
use crate::verbs::gallery;
use crate::verbs::serve;
use mesinfos_personas::{LIVES, Persona};
use mesinfos_platform::{Platform, RunInput};
use mesinfos_words::audit;
use mesinfos_words::cli::Cli;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long, value_name = "DIR")]
    apps: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    samples: Option<PathBuf>,
    #[arg(long)]
    once: bool,
    #[arg(long, default_value_t = PORT)]
    port: u16,
}

impl Act for Args {
    const IS_WALLED: bool = true;
    const TAKES_STORE: bool = false;

    fn makes_folder(&self) -> bool {
        true
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let apps = some_apps_in(&apps_folder(self.apps.as_deref())?)?;
        let samples = self.samples.as_deref();
        let people = gallery::samples(samples, &lives(), session.out.lang)?;
        // Sample people have a fixed date: the day after their last file.
        let today = gallery::today(samples)?;
        let open = || Ok::<_, Failure>(on(session.open()?, today));
        demo(&open()?, &session.out, &apps, people)?;
        if !self.once {
            // Reopened here: a folder can be open only once.
            serve::serve(open()?, &session.wall, &session.folder, self.port, (&[], None))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The sample people with complete lives.
fn lives() -> Vec<&'static Persona> {
    mesinfos_personas::personas().iter().take(LIVES).collect()
}

/// Imports the files of each person and installs every app of `apps`. Grants each app to every person who has
/// all required categories and at least one requested category, and prints each view once.
fn demo(platform: &Platform, out: &Output, apps: &[PathBuf], samples: Vec<Sample>) -> Result<()> {
    let mut people = Vec::new();
    for sample in samples {
        let (mut files, mut rows, mut rejected) = (0, 0, 0);
        for file in sample.files {
            let (name, bytes) = file?;
            let report = platform
                .import(&sample_caller(platform, &sample.name, out.lang)?, &name, bytes.as_slice())
                .doing(Cli::ImportingOf { file: &name, person: &sample.name })?;
            files += 1;
            rows += report.categories.iter().map(|category| category.accepted).sum::<u64>();
            rejected += report.rejected();
        }
        let counts =
            [Cli::SampleFiles { files }.to(out.lang), audit::rows(rows, 0, 0, rejected, out.lang)].join(", ");
        let done = Cli::SampleDone { person: &sample.name, about: &sample.about, counts: &counts };
        remark!("{}", done.to(out.lang));
        people.push(sample.name);
    }
    for file in apps {
        let installed = platform.install(&read_app(file)?).doing(Cli::Installing { path: &shown(file) });
        let (app, inspection) = match installed {
            Ok(installed) => installed,
            // The others are shown all the same.
            Err(failure) => {
                remark!("{}", failure.words(out.lang));
                continue;
            }
        };
        let required = inspection.required();
        for person in &people {
            let there = platform.summary(&sample_caller(platform, person, out.lang)?)?;
            let has = |category| there.iter().any(|s| s.category == category && s.rows > 0);
            let some = inspection.request.categories.keys().any(|category| has(*category));
            if !some || !required.iter().all(|category| has(*category)) {
                continue;
            }
            let caller = sample_caller(platform, person, out.lang)?;
            platform.grant(&caller, &app.id, &[], None)?;
            remark!("\n{}\n", Cli::AppFor { app: &app.id, person }.to(out.lang));
            match run_app(platform, out, &caller, &app.id, &RunInput { params: Vec::new() }) {
                // The app has too little data: print its message and continue with the others.
                Err(failure) if lacks_data(&failure) => remark!("{}", failure.words(out.lang)),
                // The app failed: name it, and continue with the others.
                Err(failure) if failure.platform().is_some() => {
                    let failure = failure.while_doing(Cli::RunningApp { app: &app.id, person });
                    remark!("{}", failure.words(out.lang));
                }
                done => done?,
            }
        }
    }
    Ok(())
}

fn lacks_data(failure: &Failure) -> bool {
    failure.platform().is_some_and(says_what_is_missing)
}
