//! Accepting connections, and their time limits.

use crate::connections::{Answer, Connection, Connections, Line, Peer};
use crate::limits;
use axum::Router;
use axum::body::Body;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::convert::Infallible;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

/// Response to a connection over the limit.
const BUSY: &str = "HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\n\
    content-type: text/plain\r\ncontent-length: 51\r\n\r\nToo many connections: try again in a few seconds.\r\n";

/// Response to a connection during shutdown.
const ENDING: &str = "HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\n\
    content-type: text/plain\r\ncontent-length: 58\r\n\r\nThe server is shutting down: try again in a few seconds.\r\n";

/// Pause after an error of the listener itself, such as running out of file descriptors.
const BREATH: Duration = Duration::from_millis(200);

/// Serves until the process is interrupted. Then completes requests under way, for ten seconds at most, and
/// tells new connections that the server is stopping.
///
/// # Errors
/// If signal handlers cannot be installed.
pub async fn serve(listener: TcpListener, app: Router) -> io::Result<()> {
    let connections = Arc::<Connections>::default();
    let (stop, stopped) = watch::channel(());
    let mut interrupted = pin!(interrupted()?);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut interrupted => break,
        };
        match accepted {
            Ok((stream, _)) => match connections.admit() {
                Some(connection) => {
                    tokio::spawn(serve_one(stream, app.clone(), connection, stopped.clone()));
                }
                None => {
                    tracing::warn!(name: "connection-refused", busy = true);
                    refuse(&stream, BUSY);
                }
            },
            // Includes clients that disconnected before `accept` returned.
            Err(error) => {
                tracing::warn!(name: "not-accepted", errno = error.raw_os_error());
                tokio::time::sleep(BREATH).await;
            }
        }
    }
    drop(stopped);
    let _ = stop.send(());
    let since = Instant::now();
    tracing::info!(name: "draining", connections = connections.count());
    let drained = tokio::time::timeout(limits::LAST_REQUESTS, async {
        tokio::select! {
            () = stop.closed() => {}
            // Tell a reverse proxy at once to use another server.
            () = turn_away(&listener) => {}
        }
    });
    let is_whole = drained.await.is_ok();
    let ms = mesinfos_platform::milliseconds(since);
    tracing::info!(name: "ended", is_whole, left = connections.count(), ms);
    Ok(())
}

/// Tells new connections that the server is stopping.
async fn turn_away(listener: &TcpListener) {
    let slots = Arc::new(Semaphore::new(limits::CONNECTIONS));
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(BREATH).await;
            continue;
        };
        let Ok(slot) = Arc::clone(&slots).try_acquire_owned() else { continue };
        tokio::spawn(async move {
            let _slot = slot;
            // A client that has not sent its request yet may miss an early response.
            let _ = tokio::time::timeout(limits::REFUSED, stream.readable()).await;
            refuse(&stream, ENDING);
            let _ = tokio::time::timeout(limits::REFUSED, drained(stream)).await;
        });
    }
}

/// Reads until the client closes: a connection closed with unread bytes is reset, and the client may lose the
/// response.
async fn drained(mut stream: TcpStream) -> io::Result<()> {
    stream.shutdown().await?;
    let mut unread = [0; 4096];
    while stream.read(&mut unread).await? > 0 {}
    Ok(())
}

/// Resolves on SIGINT or SIGTERM.
#[cfg(unix)]
fn interrupted() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut keyboard = signal(SignalKind::interrupt())?;
    let mut service = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = keyboard.recv() => {}
            _ = service.recv() => {}
        }
    })
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "as on the other systems")]
fn interrupted() -> io::Result<impl Future<Output = ()>> {
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}

async fn serve_one(stream: TcpStream, app: Router, connection: Connection, mut stopped: watch::Receiver<()>) {
    let connection = Arc::new(connection);
    let peer = Peer::of(&stream);
    let (app, of_request) = (TowerToHyperService::new(app), Arc::clone(&connection));
    let service = service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(Arc::clone(&of_request));
        request.extensions_mut().insert(peer);
        let under_way = of_request.begin();
        let answer = under_way.map(|under_way| (under_way, app.call(request)));
        async move {
            match answer {
                Some((under_way, answer)) => {
                    Ok::<_, Infallible>(answer.await?.map(|body| Body::new(Answer::new(body, under_way))))
                }
                // The connection is about to be closed.
                None => std::future::pending().await,
            }
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits::HEAD).max_buf_size(limits::HEAD_BYTES);
    // A client may close its sending side and still wait for the response.
    http.half_close(true);
    let line = TokioIo::new(Line::new(stream, Arc::clone(&connection)));
    let mut served = pin!(http.serve_connection(line, service));
    // After a broken connection there is nobody to report to.
    tokio::select! {
        _ = served.as_mut() => {}
        () = connection.closed() => {}
        _ = stopped.changed() => {
            served.as_mut().graceful_shutdown();
            // No need to wait for a connection without a request.
            if !connection.is_idle() {
                let _ = served.await;
            }
        }
    }
}

/// Sends a refusal without blocking, as far as the socket buffer takes it.
fn refuse(stream: &TcpStream, words: &str) {
    let _ = stream.try_read(&mut [0; 4096]);
    let _ = stream.try_write(words.as_bytes());
}
