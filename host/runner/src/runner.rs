//! A runner: takes one job, confines itself for it, does it, and ends.

use crate::confine::Filters;
use crate::protocol::{self, HostReply, Job, RunnerMessage, Task};
use crate::{RunnerError, confine, lock, pass_fd, reading, row_server};
use mesinfos_model::{Batch, Category, Period};
use mesinfos_runtime::sandbox::{Call, Called, Loaded};
use mesinfos_runtime::{
    InProcess, Outcome, Pace, PageSource, Request, RowSource, RowSourceError, Sandbox, Withdrawal,
};
use rustix::process::Resource;
use std::collections::{BTreeMap, VecDeque};
use std::fs::File;
use std::io::{self, BufReader, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::FileExt;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Processor time that compiling a component may take. A Python app with its interpreter takes the longest
/// of the honest ones.
pub(crate) const COMPILE_TIME: Duration = Duration::from_secs(120);

/// Limits of a runner that compiles: writable memory in bytes, and processor time in seconds.
const COMPILING: (u64, u64) = (2 << 30, COMPILE_TIME.as_secs());

/// Writable memory of a runner beyond that of its app, in bytes: the code, columns in transit, the view,
/// and the image of the app's initial memory.
const BESIDE: u64 = 512 << 20;

/// Work of a runner. On any error the host sees a closed socket.
pub(crate) fn work(socket: UnixStream, sandbox: &InProcess, filters: &Filters) {
    let _ = attempt(socket, sandbox, filters);
}

fn attempt(socket: UnixStream, sandbox: &InProcess, filters: &Filters) -> Result<(), RunnerError> {
    // The clock is a thread. No other thread is started after it.
    sandbox.tick().map_err(|outcome| io::Error::other(outcome.to_string()))?;
    // Before any part of a job arrives: a runner compiled the artifact from a developer's code, so it is
    // untrusted.
    filters.loading()?;
    // An idle runner waits here.
    let Some(code) = pass_fd::receive(socket.as_fd())? else {
        return Ok(());
    };
    let mut link = Link { from: BufReader::with_capacity(64 << 10, socket.try_clone()?), to: socket };
    let job: Job = protocol::read(&mut link.from, protocol::LARGEST_JOB)?;
    let asked = Request::from(job.asked);
    let (memory, seconds) = match job.task {
        Task::Compile => COMPILING,
        Task::Read { size, .. } => {
            let most = size.unwrap_or(reading::LARGEST_STREAM);
            (reading::MEMORY, reading::allowance(most).as_secs() + 1)
        }
        Task::Extract { .. } => {
            (reading::MEMORY, reading::allowance(mesinfos_intake::LARGEST_READABLE).as_secs() + 1)
        }
        _ => (
            sandbox.limits().memory as u64 + BESIDE + 4 * job.code as u64,
            sandbox.limits().time.as_secs() + 2,
        ),
    };
    confine::limit(Resource::Data, memory)?;
    confine::limit(Resource::Cpu, seconds)?;
    let mut bytes = vec![0_u8; job.code];
    File::from(code).read_exact_at(&mut bytes, 0)?;
    let load = || -> Result<Arc<dyn Loaded>, Outcome> {
        // SAFETY: the host only sends artifacts that one of its own runners compiled. Otherwise this
        // process could still do nothing but compute.
        #[allow(unsafe_code, reason = "the host vouches for native code")]
        let loaded = unsafe { sandbox.load(&bytes, &asked) }?;
        filters.running().map_err(|error| Outcome::Incompatible(error.to_string()))?;
        Ok(loaded)
    };
    match job.task {
        Task::Compile => {
            filters.compiling()?;
            let compiled = sandbox.compile(&bytes, &asked);
            // An error may quote the developer's code, at any length.
            let compiled = compiled.map_err(|outcome| row_server::trusted_outcome(outcome, sandbox.limits()));
            protocol::send(
                &mut link.to,
                &RunnerMessage::Compiled(compiled.as_ref().map(Vec::len).map_err(Clone::clone)),
            )?;
            if let Ok(artifact) = compiled {
                link.to.write_all(&artifact)?;
            }
        }
        Task::Parameters { lang } => {
            let declared = load().and_then(|app| app.parameters(lang, Pace::Usual));
            protocol::send(&mut link.to, &RunnerMessage::Parameters(declared))?;
        }
        Task::Read { name, how, size } => {
            // Reading needs nothing beyond what an app needs.
            filters.running()?;
            reading::reader::read(&link.to, &name, &how, size)?;
        }
        Task::Extract { content, name } => {
            filters.running()?;
            reading::reader::extract(&link.to, content, &name)?;
        }
        Task::Call { scope, wishes, context } => {
            let link = Arc::new(Mutex::new(Host::new(link)));
            let rows =
                |category| Box::new(HostRows { category, host: Arc::clone(&link) }) as Box<dyn RowSource>;
            let rows: BTreeMap<_, _> = scope.iter().map(|s| (s.category, rows(s.category))).collect();
            let [scope, wishes] = [scope, wishes].map(protocol::scope_from_wire);
            let called = match load() {
                Ok(app) => app.call(Call {
                    scope,
                    wishes,
                    rows,
                    // The host kills this process on withdrawal.
                    withdrawal: Withdrawal::never(),
                    context,
                    pace: Pace::Usual,
                }),
                Err(outcome) => Called::not(outcome),
            };
            let Called { result, usage, notes, citations } = called;
            let mut host = lock(&link);
            host.drain();
            host.send(&RunnerMessage::Called { result: Box::new(result), usage, notes, citations })?;
        }
    }
    Ok(())
}

/// Both directions of the socket.
struct Link {
    from: BufReader<UnixStream>,
    to: UnixStream,
}

/// The host, which holds the rows.
struct Host {
    link: Link,
    readers: u32,
    /// Readers with a requested page outstanding, in the order in which pages arrive.
    asked: VecDeque<u32>,
    /// Pages that arrived while another reader's page was awaited; `None` is the end. A closed reader has
    /// no entry.
    came: BTreeMap<u32, VecDeque<Result<Option<Batch>, RowSourceError>>>,
}

impl Host {
    fn new(link: Link) -> Host {
        Host { link, readers: 0, asked: VecDeque::new(), came: BTreeMap::new() }
    }

    fn send(&mut self, said: &RunnerMessage) -> io::Result<()> {
        protocol::send(&mut self.link.to, said)
    }

    fn ask(&mut self, reader: u32) {
        // A closed socket is noticed when waiting for the page.
        let _ = self.send(&RunnerMessage::Next { reader });
        self.asked.push_back(reader);
    }

    /// The host's answer to the oldest outstanding request.
    fn receive(&mut self) -> Result<Option<Batch>, RowSourceError> {
        self.answer().map_err(broken)?
    }

    /// Like [`Self::receive`], but an error means that the socket is closed, not that the host refused.
    fn answer(&mut self) -> io::Result<Result<Option<Batch>, RowSourceError>> {
        let from = &mut self.link.from;
        Ok(match protocol::read(from, protocol::LARGEST_JOB)? {
            HostReply::Page { category, rows, columns } => {
                Ok(Some(protocol::read_page(from, category, rows, &columns)?))
            }
            HostReply::End => Ok(None),
            HostReply::Withdrawn => Err(RowSourceError::Withdrawn),
            HostReply::Unavailable => Err(broken("the host could not read them")),
        })
    }

    /// Reads the outstanding answers. If a socket is closed with unread input, the peer sees a broken
    /// connection instead of the last message. A refusal of rows counts as an answer.
    fn drain(&mut self) {
        while self.asked.pop_front().is_some() && self.answer().is_ok() {}
    }

    /// The next page of a reader that requested one.
    fn next(&mut self, reader: u32) -> Result<Option<Batch>, RowSourceError> {
        loop {
            if let Some(page) = self.came.get_mut(&reader).and_then(VecDeque::pop_front) {
                return page;
            }
            let Some(whose) = self.asked.pop_front() else {
                return Err(broken("waited for a page that nobody requested"));
            };
            let page = self.receive();
            if let Some(came) = self.came.get_mut(&whose) {
                came.push_back(page);
            }
        }
    }
}

/// The granted rows of one category, held by the host.
struct HostRows {
    category: Category,
    host: Arc<Mutex<Host>>,
}

struct HostPages {
    reader: u32,
    host: Arc<Mutex<Host>>,
}

#[allow(clippy::needless_pass_by_value, reason = "as map_err hands it over")]
fn broken(error: impl ToString) -> RowSourceError {
    RowSourceError::Unavailable(error.to_string())
}

impl RowSource for HostRows {
    fn open(&self, period: Period) -> Box<dyn PageSource> {
        let mut host = lock(&self.host);
        let reader = host.readers;
        host.readers += 1;
        host.came.insert(reader, VecDeque::new());
        // A closed socket is noticed when a page is requested.
        let _ = host.send(&RunnerMessage::Open { category: self.category, period });
        Box::new(HostPages { reader, host: Arc::clone(&self.host) })
    }
}

impl PageSource for HostPages {
    fn ask(&mut self, pages: usize) {
        let mut host = lock(&self.host);
        (0..pages).for_each(|_| host.ask(self.reader));
    }

    fn next(&mut self) -> Result<Option<Batch>, RowSourceError> {
        lock(&self.host).next(self.reader)
    }
}

impl Drop for HostPages {
    fn drop(&mut self) {
        let mut host = lock(&self.host);
        host.came.remove(&self.reader);
        let _ = host.send(&RunnerMessage::Close { reader: self.reader });
    }
}
