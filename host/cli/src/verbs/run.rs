//! Runs an app and prints its view.

use crate::acts::run_app;
use crate::failure::Result;
use crate::session::Session;
use crate::typed::{day, pairs};
use crate::verbs::Act;
use mesinfos_platform::RunInput;
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
        run_app(&session.open()?, &session.out, &caller, &self.app, &input)?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Args {
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
