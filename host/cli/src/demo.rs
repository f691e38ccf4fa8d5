//! The demonstration: sample people, their files, every app.

use crate::acts::{Output, read_app, run_app, sample_caller};
use crate::samples::{Sample, entries, says_what_is_missing};
use crate::terminal::say::remark;
use anyhow::{Context, Result};
use mesinfos_platform::{Platform, PlatformError, RunInput};
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
                .import(&sample_caller(platform, &sample.name, out.lang)?, &name, bytes.as_slice())
                .with_context(|| format!("importing {name} of {}", sample.name))?;
            files += 1;
            rows += report.categories.iter().map(|category| category.accepted).sum::<u64>();
            rejected += report.rejected();
        }
        remark!("{} ({}): {files} files, {rows} rows, {rejected} rejected", sample.name, sample.about);
        people.push(sample.name);
    }
    for file in entries(apps)?.into_iter().filter(|file| file.extension().is_some_and(|e| e == "wasm")) {
        let (app, inspection) = platform.install(&read_app(&file)?)?;
        let required = inspection.required();
        for person in &people {
            let there = platform.summary(&sample_caller(platform, person, out.lang)?)?;
            let has = |category| there.iter().any(|s| s.category == category && s.rows > 0);
            let some = inspection.asks.keys().any(|category| has(*category));
            if !some || !required.iter().all(|category| has(*category)) {
                continue;
            }
            let caller = sample_caller(platform, person, out.lang)?;
            platform.grant(&caller, &app.id, &[], None)?;
            remark!("\n{} for {person}:\n", app.id);
            match run_app(platform, out, &caller, &app.id, &RunInput { params: Vec::new() }) {
                // What is there is not enough for it: so it says, and the others go on.
                Err(error) if lacks_data(&error) => remark!("{error:#}"),
                done => done?,
            }
        }
    }
    Ok(())
}

fn lacks_data(error: &anyhow::Error) -> bool {
    error.downcast_ref::<PlatformError>().is_some_and(says_what_is_missing)
}
