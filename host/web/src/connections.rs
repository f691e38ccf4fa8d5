//! Open connections, and which one to close when the limit is reached.
//!
//! A connection costs its client nothing, so a client that opens many must not lock out others. At the limit,
//! an unauthenticated connection (no token or session so far) is closed first, then the one that has waited
//! longest for a request head.

use crate::limits;
use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv6Addr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Instant;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Notify;

/// Registry of open connections.
#[derive(Default)]
pub(crate) struct Connections(Mutex<Open>);

#[derive(Default)]
struct Open {
    /// Logical clock that orders events.
    clock: u64,
    by_number: BTreeMap<u64, ConnectionState>,
}

struct ConnectionState {
    /// Tick at which it began to wait for a request head. `None` while a request is under way.
    waits_since: Option<u64>,
    /// Time since which response data has been waiting to be sent. `None` if all is sent.
    unsent_since: Option<Instant>,
    /// Whether one of its requests was authenticated.
    is_known: bool,
    /// Whether it has received a request.
    has_asked: bool,
    closed: Arc<Notify>,
}

impl Open {
    fn tick(&mut self) -> u64 {
        self.clock += 1;
        self.clock
    }
}

impl ConnectionState {
    /// Whether it may be closed: always while unauthenticated, otherwise only without a request or response
    /// under way.
    fn may_go(&self) -> bool {
        let is_sent = self.unsent_since.is_none_or(|since| since.elapsed() > limits::UNREAD);
        !self.is_known || self.waits_since.is_some() && is_sent
    }
}

/// An open connection. Dropping it removes it from the registry.
pub(crate) struct Connection {
    all: Arc<Connections>,
    number: u64,
    closed: Arc<Notify>,
}

/// Who is connected, unless it is this machine itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) Option<IpAddr>);

impl Peer {
    /// The peer of a connection. One that cannot be told is somebody else.
    pub(crate) fn of(stream: &TcpStream) -> Peer {
        let peer = stream.peer_addr().map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |peer| peer.ip());
        let own = stream.local_addr().ok().map(|own| own.ip());
        Peer((own != Some(peer)).then_some(peer))
    }
}

/// A request under way, until its response body is handed to hyper.
pub(crate) struct UnderWay {
    all: Arc<Connections>,
    number: u64,
}

impl Connections {
    fn lock(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Number of open connections.
    pub(crate) fn count(&self) -> usize {
        self.lock().by_number.len()
    }

    /// Registers a connection, closing another one if needed. `None` if all connections have requests under
    /// way.
    pub(crate) fn admit(self: &Arc<Connections>) -> Option<Connection> {
        let mut open = self.lock();
        if open.by_number.len() >= limits::CONNECTIONS {
            // Unauthenticated connections go first, whatever they do. Among them, first those with a rejected
            // request, then those without any request.
            let may_go = open.by_number.iter().filter(|(_, state)| state.may_go());
            let order = |(number, state): &(&u64, &ConnectionState)| {
                (state.is_known, !state.is_known && !state.has_asked, state.waits_since.unwrap_or(**number))
            };
            let first = *may_go.min_by_key(order)?.0;
            if let Some(state) = open.by_number.remove(&first) {
                state.closed.notify_one();
            }
        }
        let (number, closed) = (open.tick(), Arc::new(Notify::new()));
        let state = ConnectionState {
            waits_since: Some(number),
            unsent_since: None,
            is_known: false,
            has_asked: false,
            closed: Arc::clone(&closed),
        };
        open.by_number.insert(number, state);
        Some(Connection { all: Arc::clone(self), number, closed })
    }
}

impl Connection {
    /// Marks the connection as authenticated.
    pub(crate) fn known(&self) {
        if let Some(state) = self.all.lock().by_number.get_mut(&self.number) {
            state.is_known = true;
        }
    }

    /// Begins a request. `None` if the connection was just chosen for closing: its request must not be
    /// processed.
    pub(crate) fn begin(&self) -> Option<UnderWay> {
        let mut open = self.all.lock();
        let state = open.by_number.get_mut(&self.number)?;
        (state.waits_since, state.has_asked) = (None, true);
        drop(open);
        Some(UnderWay { all: Arc::clone(&self.all), number: self.number })
    }

    /// Whether no request is under way and all responses are sent.
    pub(crate) fn is_idle(&self) -> bool {
        let open = self.all.lock();
        open.by_number
            .get(&self.number)
            .is_none_or(|state| state.waits_since.is_some() && state.unsent_since.is_none())
    }

    /// Records that all response data is sent.
    fn sent(&self) {
        if let Some(state) = self.all.lock().by_number.get_mut(&self.number) {
            state.unsent_since = None;
        }
    }

    /// Resolves when the connection must close.
    pub(crate) async fn closed(&self) {
        self.closed.notified().await;
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.all.lock().by_number.remove(&self.number);
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut open = self.all.lock();
        let now = open.tick();
        if let Some(state) = open.by_number.get_mut(&self.number) {
            state.waits_since = Some(now);
            // The last frame was handed over. It counts as sent when the stream is flushed.
            state.unsent_since.get_or_insert_with(Instant::now);
        }
    }
}

/// Response body. Its request is under way until the body is dropped.
pub(crate) struct Answer {
    body: Body,
    _under_way: UnderWay,
}

impl Answer {
    pub(crate) fn new(body: Body, under_way: UnderWay) -> Answer {
        Answer { body, _under_way: under_way }
    }
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Stream of a connection that reports when a response is sent: hyper flushes after writing everything.
pub(crate) struct Line {
    stream: TcpStream,
    connection: Arc<Connection>,
}

impl Line {
    pub(crate) fn new(stream: TcpStream, connection: Arc<Connection>) -> Line {
        Line { stream, connection }
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        if flushed.is_ready() {
            self.connection.sent();
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_closed(connection: &Connection) -> bool {
        connection.begin().is_none()
    }

    #[tokio::test]
    async fn the_one_that_waits_longest_makes_room() {
        let all = Arc::<Connections>::default();
        let known = || {
            let connection = all.admit().unwrap();
            connection.known();
            connection
        };
        let mut open: Vec<Connection> = (0..limits::CONNECTIONS).map(|_| known()).collect();
        // The first connection has a request under way, and the second has had one.
        let first = open[0].begin().unwrap();
        drop(open[1].begin().unwrap());
        open[1].sent();
        open.push(known());
        assert!(is_closed(&open[2]));
        open[2].closed().await;
        drop(open.remove(2));
        assert!(open.iter().all(|connection| all.lock().by_number.contains_key(&connection.number)));
        // The newest connections are closed last.
        for _ in 3..limits::CONNECTIONS {
            open.push(known());
        }
        assert!(!all.lock().by_number.contains_key(&open[limits::CONNECTIONS - 2].number));
        assert!(all.lock().by_number.contains_key(&open[1].number), "it had a request since");
        drop(first);
        assert!(!is_closed(&open[0]));
        open[0].sent();
        drop(open);
        assert!(all.lock().by_number.is_empty());
    }

    #[test]
    fn what_is_under_way_is_not_interrupted() {
        let all = Arc::<Connections>::default();
        let open: Vec<Connection> = (0..limits::CONNECTIONS).map(|_| all.admit().unwrap()).collect();
        open.iter().for_each(Connection::known);
        let under_way: Vec<UnderWay> = open.iter().map(|connection| connection.begin().unwrap()).collect();
        assert!(all.admit().is_none());
        drop(under_way);
        assert!(all.admit().is_none(), "their answers are not sent");
        open[7].sent();
        assert!(all.admit().is_some());
    }

    #[test]
    fn a_stranger_goes_first_whatever_it_does() {
        let all = Arc::<Connections>::default();
        let open: Vec<Connection> = (0..limits::CONNECTIONS).map(|_| all.admit().unwrap()).collect();
        // All but one are authenticated and idle; the other one has a request under way.
        open.iter().enumerate().filter(|(at, _)| *at != 5).for_each(|(_, connection)| connection.known());
        let under_way = open[5].begin().unwrap();
        let next = all.admit().unwrap();
        assert!(is_closed(&open[5]) && !is_closed(&open[0]));
        drop((under_way, next));
        assert_eq!(all.lock().by_number.len(), limits::CONNECTIONS - 1);
    }
}
