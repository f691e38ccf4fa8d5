//! One connection to the primary, driven on the thread that uses it.
//!
//! tokio-postgres is asynchronous and the store is not. Each session has a runtime of its own, on which both the
//! connection and the calls run: no other thread is woken for a call, and every call has a time limit.
//!
//! A session never cancels. PostgreSQL answers a cancelled wait for the standbys with success and a warning
//! ("committed locally, but might not have been replicated"): a write with a warning is not acknowledged.

use crate::address::{Address, Server};
use crate::error::{Failure, OLDEST_SERVER, OpenError, words};
use crate::patience::Patience;
use crate::statements::{self, FORMAT, GATE, Slot, Statement};
use futures_util::TryStreamExt;
use futures_util::stream::{FuturesUnordered, StreamExt};
use std::collections::HashMap;
use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use tokio_postgres::config::SslMode;
use tokio_postgres::error::{DbError, Severity};
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres::types::ToSql;
use tokio_postgres::{AsyncMessage, Client, Config, NoTls, Row};

/// A parameter of a statement.
pub(crate) type Parameter<'a> = &'a (dyn ToSql + Sync);

/// What a call sends: a statement of a slot, or a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Call {
    Slot(Statement, Slot),
    Text(&'static str),
}

/// A connection to the primary.
pub(crate) struct Session {
    /// `None` only while it is dropped.
    runtime: Option<Runtime>,
    link: Link,
    prepared: HashMap<Call, tokio_postgres::Statement>,
    /// End of its last call.
    pub(crate) used: Instant,
}

/// A connection that was accepted.
struct Link {
    client: Client,
    /// Set by a warning of the server.
    is_warned: Arc<AtomicBool>,
    version: i32,
    gate: Option<Gate>,
    /// The clock of the server, and when it was read.
    clock: (SystemTime, Instant),
}

/// State of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gate {
    pub(crate) format: i32,
    pub(crate) oldest_program: i32,
    pub(crate) mode: String,
}

impl Gate {
    /// Fails unless this program knows the format. A newer one may be made for older programs too.
    pub(crate) fn check_format(&self) -> Result<(), OpenError> {
        if self.format < FORMAT || self.oldest_program > FORMAT {
            return Err(OpenError::OtherFormat { found: self.format });
        }
        Ok(())
    }

    /// Fails unless this program may use the store.
    pub(crate) fn check(&self) -> Result<(), OpenError> {
        self.check_format()?;
        if self.mode == "closed" { Err(OpenError::Closed) } else { Ok(()) }
    }
}

impl Session {
    /// Connects to whichever server of the address is the primary, all of them at once: the answer of the fastest
    /// counts, and a frozen one delays nobody.
    pub(crate) fn open(address: &Address, patience: &Patience) -> Result<Session, OpenError> {
        let unreachable = |error: std::io::Error| OpenError::Unreachable(error.to_string());
        let runtime = Builder::new_current_thread().enable_all().build().map_err(unreachable)?;
        let opened = runtime.block_on(async {
            let attempt = |server| async move {
                let accepted = timeout(patience.connect, accepted(address, server, patience));
                let accepted = accepted.await.unwrap_or_else(|_| Err(Unfit::Other("no answer".to_owned())));
                accepted.map_err(|unfit| (server, unfit))
            };
            let mut attempts: FuturesUnordered<_> = address.servers.iter().map(attempt).collect();
            let mut unfit = Vec::new();
            while let Some(outcome) = attempts.next().await {
                match outcome {
                    Ok(link) => return Ok(link),
                    Err((_, Unfit::Old(found))) => return Err(OpenError::OldServer { found }),
                    Err((server, Unfit::Other(why))) => unfit.push(format!("{server}: {why}")),
                }
            }
            Err(OpenError::Unreachable(unfit.join("; ")))
        });
        match opened {
            Ok(link) => {
                let used = Instant::now();
                Ok(Session { runtime: Some(runtime), link, prepared: HashMap::new(), used })
            }
            Err(error) => {
                // Looking up a name may take longer, on a thread of the runtime.
                runtime.shutdown_background();
                Err(error)
            }
        }
    }

    pub(crate) fn version(&self) -> i32 {
        self.link.version
    }

    /// State of the store. `None` if there is none.
    pub(crate) fn gate(&self) -> Option<&Gate> {
        self.link.gate.as_ref()
    }

    /// The time by the server's clock at `moment`.
    pub(crate) fn server_time(&self, moment: Instant) -> SystemTime {
        let (time, at) = self.link.clock;
        time + moment.saturating_duration_since(at)
    }

    fn on<T>(&self, future: impl Future<Output = T>) -> T {
        // Only `drop` takes the runtime away.
        let Some(runtime) = &self.runtime else { unreachable!("a session has its runtime") };
        runtime.block_on(future)
    }

    /// Calls a statement, and waits for the end of its transaction. `wait` limits the time for each row, and for
    /// that end.
    pub(crate) fn call(
        &mut self,
        call: Call,
        parameters: &[Parameter<'_>],
        wait: Duration,
    ) -> Result<Vec<Row>, Failure> {
        let known = self.prepared.get(&call).cloned();
        let client = &self.link.client;
        let called = self.on(async {
            let late = |_| Failure::Lost("no answer in time".to_owned());
            let failed = |error| Failure::of(&error);
            let statement = match known {
                Some(statement) => statement,
                None => {
                    let text = match call {
                        Call::Slot(statement, slot) => statement.text(slot),
                        Call::Text(text) => text.to_owned(),
                    };
                    timeout(wait, client.prepare(&text)).await.map_err(late)?.map_err(failed)?
                }
            };
            let sent = client.query_raw(&statement, parameters.iter().copied());
            let mut answer = std::pin::pin!(timeout(wait, sent).await.map_err(late)?.map_err(failed)?);
            let mut rows = Vec::new();
            // The end of the stream is the end of the transaction: rows come before the commit.
            while let Some(row) = timeout(wait, answer.try_next()).await.map_err(late)?.map_err(failed)? {
                rows.push(row);
            }
            Ok((statement, rows))
        });
        self.used = Instant::now();
        if self.link.is_warned.swap(false, Ordering::AcqRel) {
            return Err(Failure::Lost("the server warned that it may not have replicated".to_owned()));
        }
        let (statement, rows) = called?;
        self.prepared.insert(call, statement);
        Ok(rows)
    }

    /// Executes statements without parameters in one transaction.
    pub(crate) fn batch(&mut self, sql: &str, wait: Duration) -> Result<(), OpenError> {
        let client = &self.link.client;
        let done = self.on(async { timeout(wait, client.batch_execute(sql)).await });
        let done = done.map_err(|_| OpenError::Unreachable("no answer in time".to_owned()))?;
        done.map_err(|error| refused(&error))
    }
}

/// Does not wait for the runtime: this may be the thread of another one.
impl Drop for Session {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// An error outside the store's own calls.
pub(crate) fn refused(error: &tokio_postgres::Error) -> OpenError {
    match error.as_db_error() {
        Some(error) => OpenError::Refused(words(error)),
        None => OpenError::Unreachable(error.to_string()),
    }
}

/// Why a server is not used.
enum Unfit {
    Old(i32),
    Other(String),
}

impl From<tokio_postgres::Error> for Unfit {
    fn from(error: tokio_postgres::Error) -> Unfit {
        Unfit::Other(match error.as_db_error() {
            Some(error) => words(error),
            None => with_cause(&error),
        })
    }
}

impl From<std::io::Error> for Unfit {
    fn from(error: std::io::Error) -> Unfit {
        Unfit::Other(error.to_string())
    }
}

/// An error with what caused it.
fn with_cause(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {}", with_cause(cause)),
        None => error.to_string(),
    }
}

/// Connects to one server, and checks that it takes writes.
async fn accepted(address: &Address, server: &Server, patience: &Patience) -> Result<Link, Unfit> {
    let (client, is_warned) = match (server, &address.tls) {
        (Server::Unix(path), _) => {
            let mut config = address.config.clone();
            config.ssl_mode(SslMode::Disable);
            started(&config, UnixStream::connect(path).await?, NoTls).await?
        }
        (Server::Tcp(host, port), tls) => {
            let stream = TcpStream::connect((host.as_str(), *port)).await?;
            stream.set_nodelay(true)?;
            match tls {
                None => started(&address.config, stream, NoTls).await?,
                Some(tls) => {
                    let tls = MakeTlsConnect::<TcpStream>::make_tls_connect(&mut tls.clone(), host)
                        .map_err(|error| Unfit::Other(error.to_string()))?;
                    started(&address.config, stream, tls).await?
                }
            }
        }
    };
    // Before the deadline of the caller: what waits longer is given up by the server too.
    let lock_timeout = (patience.write * 4 / 5).as_millis().to_string();
    client.batch_execute(&statements::SESSION.replace("{lock_timeout}", &lock_timeout)).await?;
    let state = one(client.query_typed(statements::SESSION_STATE, &[]).await?)?;
    let at = Instant::now();
    if state.try_get(0)? {
        return Err(Unfit::Other("it does not take writes".to_owned()));
    }
    let version = state.try_get::<_, i32>(1)? / 10_000;
    if version < OLDEST_SERVER {
        return Err(Unfit::Old(version));
    }
    let mut gate = None;
    if state.try_get(3)? {
        let row = one(client.query_typed(GATE, &[]).await?)?;
        gate = Some(Gate { format: row.try_get(0)?, oldest_program: row.try_get(1)?, mode: row.try_get(2)? });
    }
    // What was set may warn; what comes from here on counts.
    is_warned.store(false, Ordering::Release);
    Ok(Link { client, is_warned, version, gate, clock: (state.try_get(2)?, at) })
}

fn one(rows: Vec<Row>) -> Result<Row, Unfit> {
    rows.into_iter().next().ok_or_else(|| Unfit::Other("an empty answer".to_owned()))
}

/// Starts a session on a stream. Its task runs whenever the runtime does.
async fn started<S, T>(config: &Config, stream: S, tls: T) -> Result<(Client, Arc<AtomicBool>), Unfit>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    T: TlsConnect<S>,
    T::Stream: Send + 'static,
{
    let (client, mut connection) = config.connect_raw(stream, tls).await?;
    let is_warned = Arc::<AtomicBool>::default();
    let warned = Arc::clone(&is_warned);
    tokio::spawn(async move {
        while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
            if matches!(&message, AsyncMessage::Notice(notice) if is_warning(notice)) {
                warned.store(true, Ordering::Release);
            }
        }
    });
    Ok((client, is_warned))
}

/// Whether a notice is a warning. Its words depend on the language of the server.
fn is_warning(notice: &DbError) -> bool {
    notice.parsed_severity().is_none_or(|severity| severity == Severity::Warning)
}
