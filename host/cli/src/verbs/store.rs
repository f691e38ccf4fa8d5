//! Creates a store on PostgreSQL, and says in which state it is.

use crate::failure::{Failure, Result};
use crate::session::Session;
use crate::shared_store::failure;
use crate::verbs::Act;
use mesinfos_store_postgres::{Checked, Concern, Mode, Patience, check, init};
use mesinfos_wire::{StoreCreated, StoreState};
use mesinfos_words::cli::Cli;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    act: StoreVerb,
}

#[derive(Debug, Clone, Copy, clap::Subcommand)]
enum StoreVerb {
    Init,
    Check,
}

impl Act for Args {
    fn has_personal_files(&self) -> bool {
        false
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let address = session.store.as_ref();
        let address = address.ok_or_else(|| Failure::said(Cli::StoreNotNamed).hint(Cli::HintStoreNamed))?;
        let (out, patience) = (&session.out, Patience::default());
        match self.act {
            StoreVerb::Init => {
                let created =
                    StoreCreated { created: init(address, &patience).map_err(|error| failure(&error))? };
                out.print(&created, |told| {
                    out.say(if told.created { Cli::StoreCreated } else { Cli::StoreWasThere });
                })?;
            }
            StoreVerb::Check => {
                let checked = check(address, &patience).map_err(|error| failure(&error))?;
                out.print(&state(&checked), |told| {
                    out.say(Cli::StoreServer { server: told.server, format: told.format });
                    out.say(match checked.mode {
                        Mode::Open => Cli::StoreIsOpen,
                        Mode::ReadOnly => Cli::StoreIsReadOnly,
                        Mode::Closed => Cli::StoreIsClosed,
                    });
                    checked.concerns.iter().for_each(|concern| out.remark(said(*concern)));
                })?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn state(checked: &Checked) -> StoreState {
    let mode = match checked.mode {
        Mode::Open => "open",
        Mode::ReadOnly => "read-only",
        Mode::Closed => "closed",
    };
    let concern = |concern: &Concern| match concern {
        Concern::NotDurable => "not-durable",
        Concern::NoChecksums => "no-checksums",
        Concern::NoStandby => "no-standby",
        Concern::SlotsElsewhere => "slots-elsewhere",
    };
    StoreState {
        server: u64::from(checked.server.unsigned_abs()),
        format: u64::from(checked.format.unsigned_abs()),
        mode: mode.to_owned(),
        concerns: checked.concerns.iter().map(|one| concern(one).to_owned()).collect(),
    }
}

fn said(concern: Concern) -> Cli<'static> {
    match concern {
        Concern::NotDurable => Cli::StoreNotDurable,
        Concern::NoChecksums => Cli::StoreNoChecksums,
        Concern::NoStandby => Cli::StoreNoStandby,
        Concern::SlotsElsewhere => Cli::StoreSlotsElsewhere,
    }
}
