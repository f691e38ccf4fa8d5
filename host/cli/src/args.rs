//! Arguments shared by all verbs. Help texts are in `host/words/messages/{fr,en}/help.ftl`; `usage.rs` looks
//! them up by the names of verbs and arguments.

use crate::verbs::Verb;
use crate::wall::IsolationArg;
use clap::Parser;
use std::path::PathBuf;

#[derive(Debug, Parser)]
#[command(name = "mesinfos", version, propagate_version = true)]
pub(crate) struct Args {
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    #[arg(long, global = true, value_name = "LANG")]
    pub(crate) lang: Option<String>,
    #[arg(long, global = true, value_name = "WHERE")]
    pub(crate) isolation: Option<IsolationArg>,
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub(crate) store: Option<String>,
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) store_password: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}
