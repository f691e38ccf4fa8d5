//! Runs an app and prints its view.

use crate::failure::{Failure, Result};
use crate::hints::word;
use crate::session::Session;
use crate::shared::run_app;
use crate::terminal::say::remark;
use crate::typed::{day, pairs};
use crate::verbs::Act;
use mesinfos_model::view::Param;
use mesinfos_platform::{PlatformError, RunInput};
use mesinfos_words::cli::Cli;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    app: String,
    #[arg(long)]
    person: String,
    #[arg(long = "param", value_name = "ID=VALUE")]
    params: Vec<String>,
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
}

impl Act for Args {
    const IS_WALLED: bool = true;

    fn run(self, session: &Session) -> Result<ExitCode> {
        let caller = session.out.caller(&self.person)?.on(day(self.today.as_deref())?);
        let input = RunInput { params: pairs(&self.params)? };
        let ran = run_app(&session.open()?, &session.out, &caller, &self.app, &input);
        ran.map_err(|failure| self.hinted(failure))?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Args {
    /// Adds a hint if the grant does not cover the data that the app lacks.
    fn hinted(&self, failure: Failure) -> Failure {
        let ended = failure.platform();
        let is_there = matches!(ended, Some(PlatformError::Ended { beyond, .. }) if !beyond.is_empty());
        if is_there { failure.hint(Cli::HintBeyond { person: &word(&self.person) }) } else { failure }
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
