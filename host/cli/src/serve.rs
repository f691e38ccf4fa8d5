//! The server, on this machine only.

use crate::terminal::say::say;
use anyhow::{Context, Result};
use mesinfos_model::Day;
use mesinfos_platform::Platform;
use mesinfos_platform::doors::{CODE_SECONDS, Doors};
use mesinfos_web::Hosts;
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
    let runtime = tokio::runtime::Runtime::new().context("starting the server")?;
    runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .with_context(|| format!("listening on {address}: is another server running? try --port"))?;
        let address = listener.local_addr()?;
        doors.serves_at(address)?;
        say!("API   http://{address}/api  (`mesinfos token create` makes a token for it)");
        for (wall, there) in platform.walls() {
            say!("{wall}: {}", if there { "yes" } else { "no" });
        }
        print_address(address, &doors.create_code()?);
        let app = mesinfos_web::router(Arc::new(platform), doors, Hosts::new(address, names), today);
        mesinfos_web::serve(listener, app).await.context("serving")
    })
}

/// The address that opens the pages with a code.
pub(crate) fn print_address(address: SocketAddr, code: &str) {
    let minutes = CODE_SECONDS / 60;
    say!(
        "pages http://{address}/open/{code}  (once, within {minutes} minutes; `mesinfos open` gives another)"
    );
}
