//! Connections: how many at once, and how long each may keep the server waiting.

use crate::connections::{Answer, Connection, Connections, Line};
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
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What a connection too many is told.
const BUSY: &str = "HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\n\
    content-type: text/plain\r\ncontent-length: 51\r\n\r\nToo many connections: try again in a few seconds.\r\n";

/// After an error of the listener that is not of one connection (as: no file descriptor is left).
const BREATH: Duration = Duration::from_millis(200);

/// Serves until the process is interrupted; requests that are under way then are answered first.
///
/// # Errors
/// If signals cannot be waited for.
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
                None => refuse(&stream),
            },
            // One that was gone before it was taken is nobody's loss.
            Err(_) => tokio::time::sleep(BREATH).await,
        }
    }
    drop((listener, stopped));
    let _ = stop.send(());
    let _ = tokio::time::timeout(limits::LAST_REQUESTS, stop.closed()).await;
    Ok(())
}

/// Until the process is told to end: from a keyboard, or by what started it.
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
    let (app, of_request) = (TowerToHyperService::new(app), Arc::clone(&connection));
    let service = service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(Arc::clone(&of_request));
        let under_way = of_request.begin();
        let answer = under_way.map(|under_way| (under_way, app.call(request)));
        async move {
            match answer {
                Some((under_way, answer)) => {
                    Ok::<_, Infallible>(answer.await?.map(|body| Body::new(Answer::new(body, under_way))))
                }
                // It is about to be closed.
                None => std::future::pending().await,
            }
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits::HEAD).max_buf_size(limits::HEAD_BYTES);
    // Who has said all closes their side, and still wants to hear the answer.
    http.half_close(true);
    let line = TokioIo::new(Line::new(stream, Arc::clone(&connection)));
    let mut served = pin!(http.serve_connection(line, service));
    // A connection that breaks off has nobody to tell.
    tokio::select! {
        _ = served.as_mut() => {}
        () = connection.closed() => {}
        _ = stopped.changed() => {
            served.as_mut().graceful_shutdown();
            let _ = served.await;
        }
    }
}

/// Says that there are too many, as far as the line takes it at once: nobody waits for it.
fn refuse(stream: &TcpStream) {
    let _ = stream.try_read(&mut [0; 4096]);
    let _ = stream.try_write(BUSY.as_bytes());
}
