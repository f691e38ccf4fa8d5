//! Makes the data folder of a hackathon, and serves it on the local network.

use crate::failure::{Doing, Failure, OrSay, Result};
use crate::language::lang;
use crate::session::Session;
use crate::shared::shown;
use crate::terminal::say::{self, say};
use crate::verbs::Act;
use crate::verbs::serve::{Entrance, serve_at};
use mesinfos_platform::hackathon::{NewEvent, limits};
use mesinfos_platform::{Platform, PlatformError};
use mesinfos_wire::MadeEvent;
use mesinfos_words::cli::Cli;
use mesinfos_words::event::Event;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::process::ExitCode;

/// Port of an event, beside that of a server of people.
const PORT: u16 = 7381;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    act: EventVerb,
}

#[derive(Debug, clap::Subcommand)]
enum EventVerb {
    New {
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(long, value_name = "N", default_value_t = limits::USUAL_TEAMS)]
        teams: u16,
        #[arg(long, value_name = "DATE-TIME")]
        until: Option<String>,
    },
    Serve {
        #[arg(long, value_name = "ADDRESS")]
        listen: Option<IpAddr>,
        #[arg(long, default_value_t = PORT)]
        port: u16,
    },
}

impl Act for Args {
    const IS_WALLED: bool = true;
    const TAKES_STORE: bool = false;

    fn makes_folder(&self) -> bool {
        matches!(self.act, EventVerb::New { .. })
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        match self.act {
            EventVerb::New { name, teams, until } => {
                let until = until.map(|text| {
                    mesinfos_words::date::typed_instant(&text).or_say(Cli::NotAnInstant { text: &text })
                });
                made(session, &NewEvent { name, teams, until: until.transpose()? })?;
            }
            EventVerb::Serve { listen, port } => {
                let platform = session.open_event()?;
                let listen = match listen.or_else(on_network) {
                    Some(address) => address,
                    None => return Err(Failure::said(Cli::NoNetwork).hint(Cli::HintListen)),
                };
                serve_at(
                    platform,
                    &session.wall,
                    &session.folder,
                    SocketAddr::new(listen, port),
                    (&[], None),
                    &told,
                )?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn made(session: &Session, new: &NewEvent) -> Result<()> {
    let (out, path) = (&session.out, shown(&session.folder));
    let about = session.create_event(new)?;
    let made = MadeEvent {
        name: about.name.clone(),
        folder: path.clone(),
        teams: about.most_teams,
        until: about.until,
        code: about.code.to_string(),
    };
    out.print(&made, |made| {
        say!("{}", Event::Made { name: &made.name, path: &path }.to(out.lang));
        match made.until.map(|at| mesinfos_words::instant(at, out.lang)) {
            Some(at) => say!("{}", Event::MadeUntil { at: &at }.to(out.lang)),
            None => say!("{}", Event::MadeOpen.to(out.lang)),
        }
        say!("{}", Event::MadeNext.to(out.lang));
    })
}

/// The address that this machine has on its network. Nothing is sent: the system only says from where it would be
/// (the address asked for is one of documentation, RFC 5737).
fn on_network() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let own = socket.local_addr().ok()?.ip();
    (!own.is_loopback() && !own.is_unspecified()).then_some(own)
}

/// Prints how to join and how to organise.
fn told(platform: &Platform, entrance: &Entrance<'_>) -> Result<()> {
    let code = platform.event()?.about().map_err(PlatformError::from)?.code;
    let base = format!("http://{}", entrance.address);
    let join = format!("{base}/join/{}", code.plain());
    say!("{}", Event::JoinHere { url: &format!("{base}/"), code: &code.to_string() }.to(lang()));
    if let Some(qr) = mesinfos_web::qr_in_text(&join) {
        say::text(&qr);
    }
    let url = format!("{base}/open/{}", entrance.code);
    say!("{}", Event::OrganiserHere { url: &url, minutes: entrance.minutes }.to(lang()));
    Ok(())
}

impl Session {
    /// Opens the platform of an event.
    fn open_event(&self) -> Result<Platform> {
        self.expect_folder()?;
        let opened = self.wall.behind(|isolation| Platform::open_event(&self.folder, isolation));
        opened.doing(Cli::Opening { path: &shown(&self.folder) })
    }

    fn create_event(&self, new: &NewEvent) -> Result<mesinfos_platform::hackathon::About> {
        let made = self.wall.behind(|isolation| Platform::create_event(&self.folder, isolation, new));
        made.doing(Cli::Opening { path: &shown(&self.folder) })
    }
}
