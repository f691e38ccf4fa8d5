//! The demonstration: sample people, their files, every app.

use crate::acts::{Output, read_app, run_app};
use crate::failure::{Doing, Failure, Result};
use crate::samples::{Sample, entries, says_what_is_missing};
use crate::terminal::say::remark;
use mesinfos_platform::consent::{Actor, Channel};
use mesinfos_platform::{Caller, Platform, RunInput};
use mesinfos_words::audit;
use mesinfos_words::cli::Cli;
use std::path::Path;

/// Brings in the files of each person, installs every app of `apps`, grants each to everybody who has what
/// it requires and something of what it asks for, and prints each view once.
pub(crate) fn demo(platform: &Platform, out: &Output, apps: &Path, samples: Vec<Sample>) -> Result<()> {
    let mut people = Vec::new();
    for sample in samples {
        let (mut files, mut rows, mut rejected) = (0, 0, 0);
        for file in sample.files {
            let (name, bytes) = file?;
            let report = platform
                .import(&about(platform, out, &sample.name)?, &name, bytes.as_slice())
                .doing(Cli::ImportingOf { file: &name, person: &sample.name })?;
            files += 1;
            rows += report.categories.iter().map(|category| category.accepted).sum::<u64>();
            rejected += report.rejected();
        }
        let counts =
            [Cli::SampleFiles { files }.to(out.lang), audit::rows(rows, 0, rejected, out.lang)].join(", ");
        let done = Cli::SampleDone { person: &sample.name, about: &sample.about, counts: &counts };
        remark!("{}", done.to(out.lang));
        people.push(sample.name);
    }
    for file in entries(apps)?.into_iter().filter(|file| file.extension().is_some_and(|e| e == "wasm")) {
        let (app, inspection) = platform.install(&read_app(&file)?)?;
        let required = inspection.required();
        for person in &people {
            let there = platform.summary(&about(platform, out, person)?)?;
            let has = |category| there.iter().any(|s| s.category == category && s.rows > 0);
            let some = inspection.asks.keys().any(|category| has(*category));
            if !some || !required.iter().all(|category| has(*category)) {
                continue;
            }
            let caller = about(platform, out, person)?;
            platform.grant(&caller, &app.id, &[], None)?;
            remark!("\n{}\n", Cli::AppFor { app: &app.id, person }.to(out.lang));
            match run_app(platform, out, &caller, &app.id, &RunInput { params: Vec::new() }) {
                // What is there is not enough for it: so it says, and the others go on.
                Err(failure) if lacks_data(&failure) => remark!("{}", failure.words(out.lang)),
                done => done?,
            }
        }
    }
    Ok(())
}

fn lacks_data(failure: &Failure) -> bool {
    failure.platform().is_some_and(says_what_is_missing)
}

/// A sample person, on the platform's day.
fn about(platform: &Platform, out: &Output, person: &str) -> Result<Caller> {
    Ok(platform.caller(Actor::Person, Channel::Cli, out.lang).about(person.parse()?))
}
