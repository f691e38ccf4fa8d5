//! Connections: how many at once, and how long each may keep the server waiting.

use crate::connections::{Answer, Connection, Connections};
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
    let mut interrupted = pin!(tokio::signal::ctrl_c());
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            signal = &mut interrupted => {
                signal?;
                break;
            }
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

async fn serve_one(stream: TcpStream, app: Router, connection: Connection, mut stopped: watch::Receiver<()>) {
    let connection = Arc::new(connection);
    let (app, of_request) = (TowerToHyperService::new(app), Arc::clone(&connection));
    let service = service_fn(move |request| {
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
    let mut served = pin!(http.serve_connection(TokioIo::new(stream), service));
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
