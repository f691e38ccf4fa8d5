//! Dispatch of the parsed command line to a verb.

use crate::args::Args;
use crate::author::language::Language;
use crate::failure::{Failure, OrSay, Result};
use crate::language::lang;
use crate::session::Session;
use crate::shared::Output;
use crate::shared_store;
use crate::verbs::Verb;
use crate::wall::Wall;
use mesinfos_model::view::Lang;
use mesinfos_words::cli::Cli;
use std::path::PathBuf;
use std::process::ExitCode;

/// Runs the verb of the command line.
pub(crate) fn run(args: Args) -> Result<ExitCode> {
    let session = session(&args)?;
    args.verb.run(&session)
}

/// Builds the session for a command line.
fn session(args: &Args) -> Result<Session> {
    let Args { json, data, lang: tag, isolation, store, store_password, verb } = args;
    let app_language = tag.as_deref().and_then(Language::from_tag).filter(|_| matches!(verb, Verb::New(_)));
    if let Some(tag) = tag.as_deref()
        && app_language.is_none()
    {
        let known = Language::TAGS.map(|(tag, _)| tag).join(", ");
        Lang::from_tag(tag).or_say(match verb {
            Verb::New(_) => Cli::NotAnAppLanguage { tag, known: &known },
            _ => Cli::NotALanguage { tag },
        })?;
    }
    if store.is_some() && !verb.takes_store() {
        return Err(Failure::said(Cli::StoreNotForThis));
    }
    Ok(Session {
        out: Output { json: *json, lang: lang() },
        folder: folder(data.clone(), verb)?,
        names_folder: data.is_some(),
        makes_folder: verb.makes_folder(),
        store: store
            .as_deref()
            .map(|text| shared_store::address(text, store_password.as_deref()))
            .transpose()?,
        wall: Wall::of(*isolation, verb.is_walled())?,
        names_language: tag.is_some() && app_language.is_none(),
        app_language,
    })
}

/// Prints the parameters of the app named on a `run` command line, below the verb's help. Prints nothing if
/// they are unavailable.
pub(crate) fn help_of_run(args: &Args) {
    if let (Ok(session), Verb::Run(run)) = (session(args), &args.verb) {
        run.help(&session);
    }
}

/// Data folder: `--data`, else the XDG default. Empty for runners and other programs, which have none.
fn folder(given: Option<PathBuf>, verb: &Verb) -> Result<PathBuf> {
    if matches!(verb, Verb::Runner | Verb::Recogniser { .. }) {
        return Ok(PathBuf::new());
    }
    if let Some(folder) = given {
        return Ok(folder);
    }
    // The data of an event and those of people are never in one folder.
    let name = if matches!(verb, Verb::Event(_)) { "mesinfos-event" } else { "mesinfos" };
    if let Some(base) = std::env::var_os("XDG_DATA_HOME").filter(|base| !base.is_empty()) {
        return Ok(PathBuf::from(base).join(name));
    }
    let home = std::env::var_os("HOME").or_say(Cli::NoHome)?;
    Ok(PathBuf::from(home).join(".local/share").join(name))
}
