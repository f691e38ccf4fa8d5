//! Runs the server, for this machine only.

use crate::config::{Config, PORT, is_host_name};
use crate::failure::{Doing, Failure, Result};
use crate::language::lang;
use crate::lives::SampleLives;
use crate::log::{self, LogArg};
use crate::session::Session;
use crate::shared::on;
use crate::terminal::say::say;
use crate::typed::day;
use crate::verbs::Act;
use crate::wall::Wall;
use mesinfos_platform::Platform;
use mesinfos_platform::credentials::{CODE_SECONDS, Credentials};
use mesinfos_web::{Contact, Hosts};
use mesinfos_words::cli::Cli;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Defaults to [`PORT`].
    #[arg(long)]
    port: Option<u16>,
    #[arg(long = "host-name", value_name = "NAME")]
    host_names: Vec<String>,
    #[arg(long, value_name = "ADDRESS")]
    contact: Option<String>,
    #[arg(long, value_name = "FORM")]
    log: Option<LogArg>,
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
}

impl Act for Args {
    const IS_WALLED: bool = true;

    fn makes_folder(&self) -> bool {
        true
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let config = Config::read(self.config.as_deref(), &session.folder)?;
        log::begin(self.log, config.log)?;
        let names = if self.host_names.is_empty() { config.host_names } else { self.host_names };
        if let Some(name) = names.iter().find(|name| !is_host_name(name)) {
            return Err(Failure::said(Cli::NotAHostName { name }));
        }
        let contact = match &self.contact {
            Some(address) => {
                let read = address.parse::<Contact>();
                Some(read.map_err(|_| Failure::said(Cli::NotAContact { address }))?)
            }
            None => config.contact,
        };
        let port = self.port.or(config.port).unwrap_or(PORT);
        let today = day(self.today.as_deref())?;
        let wall = session.wall.or(config.isolation)?;
        let platform = on(session.open_behind(&wall)?, today);
        serve(platform, &wall, &session.folder, port, (&names, contact))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Interval between two passes of upkeep.
const PAUSE: Duration = Duration::from_mins(5);

/// Time limit for blocking work once no request is in progress.
const LAST_WORK: Duration = Duration::from_secs(1);

/// Serves on `port` of this machine until interrupted, under `names` in addition to the names of this machine. Pages name
/// `contact` to who has a question.
pub(crate) fn serve(
    platform: Platform,
    wall: &Wall,
    folder: &Path,
    port: u16,
    (names, contact): (&[String], Option<Contact>),
) -> Result<()> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    serve_at(platform, wall, folder, address, (names, contact), &|_, entrance| {
        say!("{}", Cli::PagesAt { url: &pages_at(entrance.address) }.to(lang()));
        print_address(entrance.address, entrance.code);
        Ok(())
    })
}

/// Where a server listens, and the code that makes an account for its operator.
pub(crate) struct Entrance<'a> {
    pub(crate) address: SocketAddr,
    pub(crate) code: &'a str,
    /// How long the code is valid.
    pub(crate) minutes: u64,
}

/// Serves at an address until interrupted. `tell` prints how to get in.
pub(crate) fn serve_at(
    platform: Platform,
    wall: &Wall,
    folder: &Path,
    address: SocketAddr,
    (names, contact): (&[String], Option<Contact>),
    tell: &dyn Fn(&Platform, &Entrance<'_>) -> Result<()>,
) -> Result<()> {
    let doors = Credentials::open(folder)?;
    let runtime = tokio::runtime::Runtime::new().doing(Cli::StartingServer)?;
    let served = runtime.block_on(async {
        let listening = tokio::net::TcpListener::bind(address).await;
        let listener = listening
            .doing(Cli::Listening { address: &address.to_string() })
            .map_err(|failure| failure.hint(Cli::HintPort))?;
        let address = listener.local_addr()?;
        doors.serves_at(address)?;
        say!("{}", Cli::ApiAt { address: &address.to_string() }.to(lang()));
        for (wall, there) in platform.walls() {
            let there = mesinfos_words::flag(there, lang());
            let wall = mesinfos_words::health::wall(wall, lang());
            say!("{}", Cli::Wall { wall: &wall, there: &there }.to(lang()));
        }
        let code = doors.create_code()?;
        tell(&platform, &Entrance { address, code: &code, minutes: CODE_SECONDS.unsigned_abs() / 60 })?;
        let platform = Arc::new(platform);
        let upkeep = Upkeep::begin(Arc::clone(&platform))?;
        let lives = Arc::new(SampleLives::new(wall));
        let app = mesinfos_web::router(platform, doors, Hosts::new(address, names).asked_at(contact), lives);
        let served = mesinfos_web::serve(listener, app).await.doing(Cli::Serving);
        upkeep.end();
        served
    });
    // Abandon an unfinished import: an import stores either the whole file or nothing.
    runtime.shutdown_timeout(LAST_WORK);
    served
}

/// Background thread for upkeep.
struct Upkeep {
    until: Sender<()>,
    thread: JoinHandle<()>,
}

impl Upkeep {
    fn begin(platform: Arc<Platform>) -> Result<Upkeep> {
        let (until, ended) = std::sync::mpsc::channel::<()>();
        let work = move || {
            loop {
                // The outcome is logged as an event. Drop the error: its message may contain more.
                let _ = platform.upkeep();
                if ended.recv_timeout(PAUSE) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
            }
        };
        let thread = std::thread::Builder::new().name("upkeep".to_owned()).spawn(work);
        Ok(Upkeep { until, thread: thread.doing(Cli::StartingServer)? })
    }

    /// Stops the thread and waits for the upkeep pass in progress.
    fn end(self) {
        drop(self.until);
        let _ = self.thread.join();
    }
}

/// Address of the pages. A passkey belongs to a name, and a number is none, so the address has the name. That of an event
/// on a network has its number.
pub(crate) fn pages_at(address: SocketAddr) -> String {
    if address.ip().is_loopback() {
        format!("http://localhost:{}/", address.port())
    } else {
        format!("http://{address}/")
    }
}

/// Prints the address that makes an account for the operator, with a code.
pub(crate) fn print_address(address: SocketAddr, code: &str) {
    let (url, minutes) = (format!("{}open/{code}", pages_at(address)), CODE_SECONDS.unsigned_abs() / 60);
    say!("{}", Cli::OperatorAt { url: &url, minutes }.to(lang()));
}
