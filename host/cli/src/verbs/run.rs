//! Runs an app and prints its view.

use crate::acts::run_app;
use crate::failure::{Failure, Result};
use crate::hints::word;
use crate::session::Session;
use crate::typed::{day, pairs};
use crate::verbs::Act;
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
    /// Says where to look, if the grant does not cover what the app lacks.
    fn hinted(&self, failure: Failure) -> Failure {
        let ended = failure.platform();
        let is_there = matches!(ended, Some(PlatformError::Ended { beyond, .. }) if !beyond.is_empty());
        if is_there { failure.hint(Cli::HintBeyond { person: &word(&self.person) }) } else { failure }
    }

    /// Prints the parameters of the app. Prints nothing if they are unavailable.
    pub(crate) fn help(&self, session: &Session) {
        // Help must not create a data folder.
        if !session.folder.join("store").is_dir() {
            return;
        }
        let Ok(platform) = session.open() else { return };
        if let Ok(params) = platform.parameters(&session.out.nobody(), &self.app)
            && !params.is_empty()
        {
            session.out.say(Cli::ParamsOf { app: &self.app });
            session.out.params(&params);
        }
    }
}
