//! Prints an address of the running server that makes an account for its operator.

use crate::failure::{Failure, OrSay, Result};
use crate::session::Session;
use crate::verbs::Act;
use crate::verbs::serve::{pages_at, print_address};
use mesinfos_wire::Opened;
use mesinfos_words::cli::Cli;
use std::net::TcpStream;
use std::process::ExitCode;
use std::time::Duration;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

impl Act for Args {
    const TAKES_STORE: bool = false;

    fn run(self, session: &Session) -> Result<ExitCode> {
        let doors = session.doors()?;
        let none = |failure: Failure| failure.hint(Cli::HintServe);
        let address = doors.address()?.or_say(Cli::NoServer).map_err(none)?;
        TcpStream::connect_timeout(&address, Duration::from_secs(2)).or_say(Cli::NoServer).map_err(none)?;
        let code = doors.create_code()?;
        let url = format!("{}open/{code}", pages_at(address));
        session.out.print(&Opened { address: url }, |_| print_address(address, &code))?;
        Ok(ExitCode::SUCCESS)
    }
}
