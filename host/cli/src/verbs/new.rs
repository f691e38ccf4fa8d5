//! Writes a new app.

use crate::author::language::Language;
use crate::author::scaffold::{NewApp, Template};
use crate::failure::{Failure, OrSay, Result};
use crate::session::Session;
use crate::shared::shown;
use crate::verbs::Act;
use mesinfos_wire::Created;
use mesinfos_words::cli::Cli;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "APP_DIR")]
    folder: PathBuf,
    #[arg(long, value_enum)]
    template: Option<Template>,
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
}

impl Act for Args {
    const TAKES_STORE: bool = false;

    fn has_personal_files(&self) -> bool {
        false
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let path = shown(&self.folder);
        let name =
            self.folder.file_name().and_then(|name| name.to_str()).or_say(Cli::NoAppName { path: &path })?;
        if !is_id(name) {
            return Err(Failure::said(Cli::NotAnId { id: name }));
        }
        let language = session.app_language.unwrap_or(Language::Rust);
        if self.template.is_some_and(|template| template != Template::Aggregator)
            && language != Language::Rust
        {
            return Err(Failure::said(Cli::OnlyForRust));
        }
        let publisher = self.publisher.unwrap_or_else(author);
        NewApp {
            id: name,
            publisher: &publisher,
            language,
            template: self.template.unwrap_or(Template::Aggregator),
        }
        .write(&self.folder)?;
        let created = Created { app: name.to_owned(), folder: path.clone(), publisher };
        out.print(&created, |created| {
            out.say(Cli::Created { app: &created.app, path: &path });
            out.detail(Cli::CreatedBy { publisher: &created.publisher });
            out.say(Cli::Next { command: &format!("mesinfos dev {path}") });
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Whether a name can be that of an app and of its package.
fn is_id(name: &str) -> bool {
    (2..=40).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.ends_with('-')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// The name that git knows the author by, else that of the account on this machine.
fn author() -> String {
    let git = Command::new("git").args(["config", "user.name"]).output().ok();
    let of_git = git.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let of_system = || std::env::var("USER").ok();
    of_git
        .filter(|name| !name.is_empty())
        .or_else(of_system)
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "nobody".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_also_the_name_of_a_package() {
        for good in ["cafes", "cafe-du-coin", "a2"] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["", "a", "Cafes", "2a", "café", "a b", "a_b", "a-", "-a", &"a".repeat(41)] {
            assert!(!is_id(bad), "{bad}");
        }
    }
}
