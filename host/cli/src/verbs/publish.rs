//! Sends a version of an app to be reviewed: to a server, or into the data folder.

use crate::author::keys::{self, Key};
use crate::failure::{Failure, Result};
use crate::lives::SampleLives;
use crate::remote::{Remote, expect_done};
use crate::session::Session;
use crate::shared::{Output, read_app};
use crate::terminal::say::say;
use crate::verbs::Act;
use mesinfos_platform::consent::{Actor, Channel};
use mesinfos_platform::registry::{Owner, Proof};
use mesinfos_platform::{Matrix, PlatformError};
use mesinfos_web::Lives;
use mesinfos_wire::{NewState, Release, Releases};
use mesinfos_words::cli::Cli;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "APP.wasm")]
    app: PathBuf,
    #[arg(long, value_name = "URL", requires = "token_file")]
    to: Option<String>,
    #[arg(long, value_name = "FILE", requires = "to")]
    token_file: Option<PathBuf>,
    #[arg(long)]
    draft: bool,
    #[arg(long, requires = "to")]
    event: bool,
}

/// Owner of what is published into a data folder at the command line.
pub(crate) fn local() -> Result<Owner> {
    Owner::new("developer:local").ok_or_else(|| Failure::from(PlatformError::no_such_version()))
}

impl Act for Args {
    const IS_WALLED: bool = true;

    fn makes_folder(&self) -> bool {
        self.to.is_none()
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let bytes = read_app(&self.app)?;
        let release = match (&self.to, &self.token_file) {
            (Some(url), Some(token)) => {
                let server = if self.event { Remote::of_event(url) } else { Remote::new(url) };
                send(&server?.with_token(token)?, &bytes, self.draft)?
            }
            _ => keep(session, &bytes, self.draft)?,
        };
        out.print(&release, |release| told(out, release))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Sends it to a server.
fn send(server: &Remote, bytes: &[u8], is_draft: bool) -> Result<Release> {
    let path = "/api/releases";
    let sent = server.ask("POST", path, "application/wasm", bytes)?;
    let release: Release = serde_json::from_slice(&expect_done(sent, path)?).map_err(Failure::other)?;
    if is_draft || release.state != "draft" {
        return Ok(release);
    }
    let owner: Releases = serde_json::from_slice(&expect_done(server.ask("GET", path, "", &[])?, path)?)
        .map_err(Failure::other)?;
    let path = format!("{path}/{}", release.component);
    let claim = claim(server, &release, &owner.owner)?.unwrap_or_default();
    let new = NewState { change: "submitted".to_owned(), reason: String::new(), claim };
    let new = serde_json::to_vec(&new).map_err(Failure::other)?;
    let answer = server.ask("POST", &path, "application/json", &new)?;
    serde_json::from_slice(&expect_done(answer, &path)?).map_err(Failure::other)
}

/// The claim of the id of a release, if the key that signed it is among those of this machine.
fn claim(server: &Remote, release: &Release, owner: &str) -> Result<Option<String>> {
    let (Some(owner), Some(host)) = (Owner::new(owner), server.host()) else { return Ok(None) };
    for (_, path) in keys::all()? {
        let Ok(key) = Key::read(&path) else { continue };
        if release.key.as_deref() == Some(&*key.public().to_string()) {
            return Ok(Some(key.claim(&host, &owner, &release.app)));
        }
    }
    Ok(None)
}

/// Puts it into the registry of the data folder.
fn keep(session: &Session, bytes: &[u8], is_draft: bool) -> Result<Release> {
    let (platform, owner) = (session.open()?, local()?);
    let caller = platform.caller(Actor::Publisher, Channel::Cli, session.out.lang);
    let (draft, _) = platform.upload_draft(&caller, &owner, bytes)?;
    if is_draft {
        return Ok(Release::from(&draft));
    }
    let component = draft.release.component;
    let program = platform.submittable(&caller, (&owner, &Proof::Local), component)?;
    let tried = match SampleLives::new(&session.wall).samples()? {
        Some(samples) => samples.matrix(&owner, &program)?,
        None => Matrix::default(),
    };
    Ok(Release::from(&platform.submit_draft(&caller, (&owner, &Proof::Local), component, &tried)?))
}

pub(crate) fn told(out: &Output, release: &Release) {
    let state = mesinfos_platform::registry::State::ALL.into_iter().find(|state| state.id() == release.state);
    let state = state.map_or(release.state.clone(), |state| mesinfos_words::version_state(state, out.lang));
    say!("{}", Cli::ReleaseLine { app: &release.app, version: &release.version, state: &state }.to(out.lang));
    let component = release.component.to_string();
    out.detail(Cli::PublishedBy { publisher: &release.publisher, component: &component });
    match &release.key {
        Some(key) => out.detail(Cli::SignedWith { key }),
        None => out.detail(Cli::NotSigned),
    }
    if release.works_refused {
        out.detail(Cli::WorksRefused);
    }
    if !release.reason.is_empty() {
        out.detail(Cli::ReleaseReason { reason: &release.reason });
    }
}
