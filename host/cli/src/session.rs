//! One call of the command: where its data lie, where results go, and behind which wall apps run.

use crate::acts::Output;
use crate::args::Args;
use crate::failure::{OrSay, Result};
use crate::language::lang;
use crate::verbs::Verb;
use crate::wall::Wall;
use mesinfos_model::view::Lang;
use mesinfos_platform::Platform;
use mesinfos_platform::doors::Doors;
use mesinfos_words::cli::Cli;
use std::path::PathBuf;
use std::process::ExitCode;

/// One call of the command.
pub(crate) struct Session {
    pub(crate) out: Output,
    pub(crate) folder: PathBuf,
    pub(crate) wall: Wall,
    /// Whether the command line names a language.
    pub(crate) names_language: bool,
}

impl Session {
    /// The platform on the data folder.
    pub(crate) fn open(&self) -> Result<Platform> {
        self.wall.open(&self.folder)
    }

    /// Tokens and addresses of the data folder, which a running server does not lock.
    pub(crate) fn doors(&self) -> Result<Doors> {
        Ok(Doors::open(&self.folder)?)
    }
}

/// Does what the command line says.
pub(crate) fn run(args: Args) -> Result<ExitCode> {
    let session = of(&args)?;
    args.verb.run(&session)
}

/// What a command line says of its call.
pub(crate) fn of(args: &Args) -> Result<Session> {
    let Args { json, data, lang: tag, isolation, verb } = args;
    if let Some(tag) = tag.as_deref() {
        Lang::from_tag(tag).or_say(Cli::NotALanguage { tag })?;
    }
    Ok(Session {
        out: Output { json: *json, lang: lang() },
        folder: folder(data.clone(), verb)?,
        wall: Wall::of(*isolation, verb.is_walled())?,
        names_language: tag.is_some(),
    })
}

/// The data folder. The runner has none.
fn folder(given: Option<PathBuf>, verb: &Verb) -> Result<PathBuf> {
    if matches!(verb, Verb::Runner) {
        return Ok(PathBuf::new());
    }
    if let Some(folder) = given {
        return Ok(folder);
    }
    if let Some(base) = std::env::var_os("XDG_DATA_HOME").filter(|base| !base.is_empty()) {
        return Ok(PathBuf::from(base).join("mesinfos"));
    }
    let home = std::env::var_os("HOME").or_say(Cli::NoHome)?;
    Ok(PathBuf::from(home).join(".local/share/mesinfos"))
}
