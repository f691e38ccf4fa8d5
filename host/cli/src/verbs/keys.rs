//! Makes, shows and replaces the keys of a publisher.

use crate::author::keys::{self, Key, USUAL};
use crate::failure::{Doing, Failure, OrSay, Result};
use crate::remote::host_of;
use crate::session::Session;
use crate::shared::shown;
use crate::terminal::say::say;
use crate::verbs::Act;
use mesinfos_platform::registry::Owner;
use mesinfos_wire::{IdClaim, PublisherKey};
use mesinfos_words::cli::Cli;
use std::path::Path;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    act: KeysVerb,
}

#[derive(Debug, clap::Subcommand)]
enum KeysVerb {
    New {
        #[arg(value_name = "KEY", default_value = USUAL)]
        key: String,
    },
    Show {
        #[arg(value_name = "KEY", default_value = USUAL)]
        key: String,
    },
    List,
    Claim {
        #[arg(value_name = "APP")]
        app: String,
        #[arg(long, value_name = "ACCOUNT")]
        owner: String,
        #[arg(long, value_name = "URL")]
        to: String,
        #[arg(long, value_name = "KEY", default_value = USUAL)]
        key: String,
    },
    Replace {
        #[arg(value_name = "KEY", default_value = USUAL)]
        key: String,
    },
}

fn told(name: &str, path: &Path, key: &Key) -> PublisherKey {
    PublisherKey { name: name.to_owned(), file: shown(path), key: key.public().to_string() }
}

impl Act for Args {
    const TAKES_STORE: bool = false;

    fn has_personal_files(&self) -> bool {
        false
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        match self.act {
            KeysVerb::New { key: name } => {
                let path = keys::path(&name)?;
                let file = shown(&path);
                if path.exists() {
                    return Err(Failure::said(Cli::KeyExists { path: &file }));
                }
                let key = Key::generate(&path, None)?;
                key.write(&path)?;
                out.print(&told(&name, &path, &key), |key| {
                    out.say(Cli::KeyMade { path: &file });
                    out.detail(Cli::KeyPublic { key: &key.key });
                    out.detail(Cli::KeyKeepIt);
                })?;
            }
            KeysVerb::Show { key: name } => {
                let path = keys::path(&name)?;
                let key = Key::read(&path).map_err(|failure| failure.hint(Cli::HintKeysNew))?;
                out.print(&told(&name, &path, &key), |key| say!("{}", key.key))?;
            }
            KeysVerb::List => {
                let mut all = Vec::new();
                for (name, path) in keys::all()? {
                    all.push(told(&name, &path, &Key::read(&path)?));
                }
                out.print(&all, |all| {
                    out.list(all, Cli::NoKeysYet, |key| say!("{:<16} {}", key.name, key.key));
                })?;
            }
            KeysVerb::Claim { app, owner, to, key: name } => {
                let key = Key::read(&keys::path(&name)?).map_err(|failure| failure.hint(Cli::HintKeysNew))?;
                let owner = Owner::new(&owner).or_say(Cli::NotAnOwner)?;
                let host = host_of(&to).or_say(Cli::NotAUrl { url: &to })?;
                let claim = key.claim(&host, &owner, &app);
                out.print(&IdClaim { app, host, key: key.public().to_string(), claim }, |made| {
                    say!("{}", made.claim);
                })?;
            }
            KeysVerb::Replace { key: name } => {
                let path = keys::path(&name)?;
                let key = Key::generate(&path, Some(Key::read(&path)?))?;
                // The new key is on disk before the old one goes aside.
                let (next, old) = (path.with_extension("new"), Key::file_before(&path));
                key.write(&next)?;
                std::fs::rename(&path, &old).doing(Cli::Writing { path: &shown(&old) })?;
                std::fs::rename(&next, &path).doing(Cli::Writing { path: &shown(&path) })?;
                out.print(&told(&name, &path, &key), |key| {
                    out.say(Cli::KeyReplaced { path: &shown(&path), old: &shown(&old) });
                    out.detail(Cli::KeyPublic { key: &key.key });
                })?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
