//! Where apps are compiled and run.

use crate::failure::{Doing, Result};
use crate::language::lang;
use crate::shared::shown;
use crate::terminal::say::remark;
use mesinfos_model::Day;
use mesinfos_model::view::{Lang, Param};
use mesinfos_platform::{Isolation, Platform, PlatformError, Samples};
use mesinfos_words::cli::Cli;
use std::path::Path;
use std::sync::Arc;

/// Result of the platform.
type PlatformResult<T> = std::result::Result<T, PlatformError>;

/// Value of `--isolation`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum IsolationArg {
    InProcess,
    Process,
}

/// Where apps are compiled and run.
#[derive(Clone)]
pub(crate) struct Wall {
    isolation: Isolation,
    /// Whether it was requested explicitly. If so, there is no fallback.
    is_asked_for: bool,
}

impl Wall {
    /// Isolation as requested. Default: a process per job on Linux if `is_walled`, otherwise none.
    pub(crate) fn of(given: Option<IsolationArg>, is_walled: bool) -> Result<Wall> {
        let usual = if is_walled && cfg!(target_os = "linux") {
            IsolationArg::Process
        } else {
            IsolationArg::InProcess
        };
        let isolation = match given.unwrap_or(usual) {
            IsolationArg::InProcess => Isolation::InProcess,
            IsolationArg::Process => {
                Isolation::Process { program: std::env::current_exe().doing(Cli::FindingItself)? }
            }
        };
        Ok(Wall { isolation, is_asked_for: given.is_some() })
    }

    /// The same isolation if it was requested on the command line, else the one configured in a file.
    pub(crate) fn or(&self, configured: Option<IsolationArg>) -> Result<Wall> {
        match configured {
            Some(_) if !self.is_asked_for => Wall::of(configured, true),
            _ => Ok(Wall { isolation: self.isolation.clone(), is_asked_for: self.is_asked_for }),
        }
    }

    /// Parameters that a component declares. Calls the component in this isolation.
    pub(crate) fn declared(&self, bytes: &[u8], lang: Lang) -> PlatformResult<Arc<Vec<Param>>> {
        self.behind(|isolation| mesinfos_platform::declared(bytes, isolation, lang))
    }

    /// Opens the platform on a folder, with this isolation.
    pub(crate) fn open(&self, folder: &Path) -> Result<Platform> {
        self.behind(|isolation| Platform::open(folder, isolation))
            .doing(Cli::Opening { path: &shown(folder) })
    }

    /// Sample people whose apps run with this isolation.
    pub(crate) fn samples(&self, folder: &Path, today: Option<Day>) -> PlatformResult<Samples> {
        self.behind(|isolation| Samples::open(folder, isolation, today))
    }

    /// Runs `does` with this isolation. If the machine does not support it and it was not requested
    /// explicitly, reports that and falls back to this process.
    pub(crate) fn behind<T>(&self, does: impl Fn(&Isolation) -> PlatformResult<T>) -> PlatformResult<T> {
        match does(&self.isolation) {
            Err(error) if error.lacks_isolation() && !self.is_asked_for => {
                let why = mesinfos_words::error(&error, lang());
                remark!("{}", Cli::OneWall { why: &why }.to(lang()));
                does(&Isolation::InProcess)
            }
            done => done,
        }
    }
}
