//! The server, on this machine only.

use anyhow::{Context, Result};
use mesinfos_model::Day;
use mesinfos_platform::Platform;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

/// Serves until it is interrupted. The token is new at each start; `today` is what apps are told, none the real
/// day.
pub(crate) fn serve(platform: Platform, port: u16, today: Option<Day>) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("starting the server")?;
    runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .with_context(|| format!("listening on {address}: is another server running? try --port"))?;
        let token = mesinfos_web::Token::random();
        let address = listener.local_addr()?;
        println!("API   http://{address}/api  (Authorization: Bearer {token})");
        println!("pages http://{address}/?token={token}");
        for (wall, there) in platform.walls() {
            println!("{wall}: {}", if there { "yes" } else { "no" });
        }
        let app = mesinfos_web::router(Arc::new(platform), token, today);
        mesinfos_web::serve(listener, app).await.context("serving")
    })
}
