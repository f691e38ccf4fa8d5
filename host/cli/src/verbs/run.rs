//! Runs an app and prints its view.

use crate::author::findings::Finding;
use crate::author::remedy;
use crate::author::workshop::Workshop;
use crate::failure::{Failure, Result};
use crate::hints::word;
use crate::session::Session;
use crate::shared::run_app;
use crate::terminal;
use crate::terminal::say::{self, remark};
use crate::typed::{day, pairs};
use crate::verbs::Act;
use crate::verbs::personas::chosen;
use mesinfos_model::view::Param;
use mesinfos_platform::{Caller, Platform, PlatformError, RunInput};
use mesinfos_wire::{CheckFinding, Tried};
use mesinfos_words::cli::Cli;
use std::path::Path;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    app: String,
    #[arg(long, required_unless_present = "sample")]
    person: Option<String>,
    #[arg(long, value_name = "NAME", conflicts_with = "person")]
    sample: Option<String>,
    #[arg(long, value_name = "WHAT", requires = "sample")]
    without: Vec<String>,
    #[arg(long = "param", value_name = "ID=VALUE")]
    params: Vec<String>,
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
}

impl Act for Args {
    const IS_WALLED: bool = true;

    fn run(self, session: &Session) -> Result<ExitCode> {
        if let Some(sample) = &self.sample {
            return self.on_sample(session, sample);
        }
        let caller = session.out.caller(self.person())?.on(day(self.today.as_deref())?);
        let input = RunInput { params: pairs(&self.params)? };
        let platform = session.open()?;
        let ran = run_app(&platform, &session.out, &caller, &self.app, &input);
        warn_if_old(&platform, &caller);
        ran.map_err(|failure| self.hinted(failure))?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Args {
    fn person(&self) -> &str {
        self.person.as_deref().unwrap_or_default()
    }

    /// Runs a component, or the app in a folder, on the data of a sample person. Nothing is kept.
    fn on_sample(&self, session: &Session, sample: &str) -> Result<ExitCode> {
        let out = &session.out;
        let workshop = Workshop::open(&session.wall)?;
        let subject = workshop.subject(Path::new(&self.app))?;
        for persona in chosen(&[sample.to_owned()])? {
            workshop.welcome(persona)?;
        }
        let run = workshop.tried(&subject, sample, out.lang, &self.without, &pairs(&self.params)?)?;
        let folder = Path::new(&self.app);
        let why = match run.view.is_none() && folder.is_dir() {
            true => remedy::of_run(folder, &run.outcome, &run.notes)?,
            false => None,
        };
        let tried = Tried {
            view: run.view,
            outcome: run.outcome.code().to_owned(),
            rows: run.rows,
            microseconds: u64::try_from(run.usage.time.as_micros()).unwrap_or(u64::MAX),
            memory: run.usage.memory as u64,
            host_calls: run.usage.host_calls,
            notes: run.notes,
            why: why.as_ref().map(CheckFinding::from),
        };
        let mut drawn = Ok(());
        out.print(&tried, |tried| {
            if let Some(view) = &tried.view {
                drawn = terminal::show(view);
            }
            terminal::log(&tried.notes);
            why.iter().flat_map(Finding::lines).for_each(|line| say::warning(&line));
            let time = mesinfos_words::number::decimal(run.usage.time.as_secs_f64() * 1e3, 1, out.lang);
            let memory = mesinfos_words::size(tried.memory, out.lang);
            let cost = Cli::TriedCost { time: &time, memory: &memory, calls: tried.host_calls };
            remark!("{}", cost.to(out.lang));
        })?;
        drawn?;
        if tried.view.is_some() {
            return Ok(ExitCode::SUCCESS);
        }
        Err(Failure::from(PlatformError::Run(run.outcome)).in_output())
    }

    /// Adds a hint if the grant does not cover the data that the app lacks.
    fn hinted(&self, failure: Failure) -> Failure {
        let ended = failure.platform();
        let is_there = matches!(ended, Some(PlatformError::Ended { beyond, .. }) if !beyond.is_empty());
        if is_there { failure.hint(Cli::HintBeyond { person: &word(self.person()) }) } else { failure }
    }

    /// Prints the parameters of the app, or the reason why they cannot be listed.
    pub(crate) fn help(&self, session: &Session) {
        let out = &session.out;
        match self.parameters(session) {
            Ok(params) if params.is_empty() => {}
            Ok(params) => {
                out.say(Cli::ParamsOf { app: &self.app });
                out.params(&params);
            }
            Err(failure) => remark!("{}", failure.words(out.lang)),
        }
    }

    fn parameters(&self, session: &Session) -> Result<Vec<Param>> {
        // Help must not create a data folder.
        let Some(platform) = session.open_if_stored()? else {
            let (app, installed) = (self.app.clone(), Vec::new());
            return Err(PlatformError::NoSuchApp { app, installed }.into());
        };
        Ok(platform.parameters(&session.out.nobody(), &self.app)?)
    }
}

/// Days after the last row of a person from which an app that looks back from today shows next to nothing.
const OLD: i32 = 92;

/// Says that the data ends long before the day of the run.
fn warn_if_old(platform: &Platform, caller: &Caller) {
    // The run itself reports a vault that cannot be read.
    let last = platform.summary(caller).unwrap_or_default().iter().filter_map(|category| category.last).max();
    if let Some(last) = last.filter(|last| caller.today.0.saturating_sub(last.0) > OLD) {
        let [last, today] = [last, caller.today].map(|day| mesinfos_words::day(day, caller.lang));
        remark!("{}", Cli::DataEnds { last: &last, today: &today }.to(caller.lang));
    }
}
