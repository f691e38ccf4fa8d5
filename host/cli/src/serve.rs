//! The server, on this machine only.

use crate::failure::{Doing, Result};
use crate::language::lang;
use crate::terminal::say::say;
use mesinfos_model::Day;
use mesinfos_platform::Platform;
use mesinfos_platform::doors::{CODE_SECONDS, Doors};
use mesinfos_web::Hosts;
use mesinfos_words::cli::Cli;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

/// Serves until it is interrupted, on a port and under these names beside those of this machine. `today` is what
/// apps are told, none the real day.
pub(crate) fn serve(
    platform: Platform,
    folder: &Path,
    port: u16,
    names: &[String],
    today: Option<Day>,
) -> Result<()> {
    let doors = Doors::open(folder)?;
    let runtime = tokio::runtime::Runtime::new().doing(Cli::StartingServer)?;
    runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listening = tokio::net::TcpListener::bind(address).await;
        let listener = listening
            .doing(Cli::Listening { address: &address.to_string() })
            .map_err(|failure| failure.hint(Cli::HintPort))?;
        let address = listener.local_addr()?;
        doors.serves_at(address)?;
        say!("{}", Cli::ApiAt { address: &address.to_string() }.to(lang()));
        for (wall, there) in platform.walls() {
            let there = mesinfos_words::flag(there, lang());
            say!("{}", Cli::Wall { wall, there: &there }.to(lang()));
        }
        print_address(address, &doors.create_code()?);
        let app = mesinfos_web::router(Arc::new(platform), doors, Hosts::new(address, names), today);
        mesinfos_web::serve(listener, app).await.doing(Cli::Serving)
    })
}

/// The address that opens the pages with a code.
pub(crate) fn print_address(address: SocketAddr, code: &str) {
    let (url, minutes) = (format!("http://{address}/open/{code}"), CODE_SECONDS.unsigned_abs() / 60);
    say!("{}", Cli::PagesAt { url: &url, minutes }.to(lang()));
}
