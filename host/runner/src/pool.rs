//! The pool of confined, idle runners, and the sandbox built on it.

use crate::deadline::Until;
use crate::protocol::{self, Greeting, Job, RunnerMessage, Task};
use crate::row_server::{self, Feed};
use crate::runner::COMPILE_TIME;
use crate::{RunnerError, lock, pass_fd};
use mesinfos_model::scope::Holders;
use mesinfos_model::view::Lang;
use mesinfos_model::{CategoryScope, RowSet};
use mesinfos_runtime::sandbox::{Call, Called, Loaded, RawParams};
use mesinfos_runtime::{Limits, Outcome, Pace, Request, Sandbox};
use rustix::fd::{AsFd, AsRawFd, OwnedFd};
use rustix::fs::{MemfdFlags, SealFlags, fcntl_add_seals, memfd_create};
use rustix::process::{Signal, pidfd_send_signal};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

/// Number of runners kept ready for a job.
const WAITING: usize = 8;

/// With fewer ready runners than this, a new one is made at once. Otherwise it is made after [`PAUSE`],
/// when the run that took the last one may be over, so that forking does not take a processor from that
/// run.
const FEW: usize = 4;
const PAUSE: Duration = Duration::from_millis(10);

/// Time in which a fork server must make a runner, and number of attempts before another fork server is
/// started.
const ANSWER: Duration = Duration::from_secs(10);
const ASKED: usize = 3;

/// Time in which a fork server must start, on a busy machine.
const STARTED: Duration = Duration::from_secs(60);

/// Longest time that compiling may take on a busy machine, where it runs at lower priority than any run.
const COMPILE_PATIENCE: Duration = Duration::from_secs(300);

/// A runner stops its app on its own when its time is over. After this additional time the host stops it.
const GRACE: Duration = Duration::from_secs(1);

/// After this time a call gets a lower priority than all others. Nearly all honest calls are over by then.
const LONG: Duration = Duration::from_millis(50);

/// Largest message with the result of compiling, in bytes: a size, or one error.
const LARGEST_ANSWER: usize = 64 << 10;

/// Largest artifact accepted from a runner that compiles, in bytes.
const LARGEST_ARTIFACT: usize = 256 << 20;

/// A sandbox that gives every job a process of its own.
#[derive(Clone)]
pub struct Runners {
    pub(crate) pool: Arc<Pool>,
}

pub(crate) struct Pool {
    limits: Limits,
    greeting: Greeting,
    start: Start,
    server: Mutex<Server>,
    waiting: Mutex<VecDeque<Runner>>,
    taken: Condvar,
}

/// Command line of the fork server.
pub(crate) struct Start {
    pub(crate) program: PathBuf,
    pub(crate) arguments: &'static [&'static str],
}

/// The fork server, and the socket for requests to it.
pub(crate) struct Server {
    process: Child,
    socket: UnixStream,
}

/// A runner process. Dropping it kills the process.
pub(crate) struct Runner {
    pub(crate) socket: UnixStream,
    process: OwnedFd,
}

#[cfg(test)]
impl Server {
    pub(crate) fn pid(&self) -> u32 {
        self.process.id()
    }
}

impl Runner {
    /// Its process id; `None` once it has ended.
    pub(crate) fn pid(&self) -> Option<libc::pid_t> {
        pid(&self.process)
    }
}

#[cfg(test)]
impl Runner {
    pub(crate) fn handle(&self) -> &OwnedFd {
        &self.process
    }
}

/// Gives a runner idle priority (`SCHED_IDLE`) from now on.
fn deprioritise(process: &OwnedFd) {
    if let Some(pid) = pid(process) {
        idle(pid);
    }
}

/// Time after which a call of this pace gets idle priority.
fn before_behind(pace: Pace) -> Duration {
    if pace == Pace::Background { Duration::ZERO } else { LONG }
}

/// Gives a thread idle priority, permanently; 0 is the calling thread.
fn idle(thread: libc::pid_t) {
    // Idle threads have no priority among themselves.
    let none = libc::sched_param { sched_priority: 0 };
    // SAFETY: the call reads one initialised structure and takes plain numbers otherwise. A process that
    // has just ended is not found, which is harmless.
    #[allow(unsafe_code, reason = "no crate of ours wraps this call")]
    unsafe {
        libc::sched_setscheduler(thread, libc::SCHED_IDLE, &raw const none);
    }
}

/// Serves in a new thread, because a thread with idle priority cannot return to normal priority.
fn apart(serve: impl FnOnce() -> Called + Send) -> Called {
    let lost = || Called::not(unavailable("no thread"));
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().spawn_scoped(scope, serve);
        thread.ok().and_then(|thread| thread.join().ok()).unwrap_or_else(lost)
    })
}

/// The process id behind a handle; `None` once the process has ended.
fn pid(process: &OwnedFd) -> Option<libc::pid_t> {
    let info = std::fs::read_to_string(format!("/proc/self/fdinfo/{}", process.as_raw_fd())).ok()?;
    let pid = info.lines().find_map(|line| line.strip_prefix("Pid:"))?;
    pid.trim().parse().ok().filter(|pid| *pid > 0)
}

impl Drop for Runner {
    fn drop(&mut self) {
        // An error means that it has already ended.
        let _ = pidfd_send_signal(&self.process, Signal::KILL);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    /// Starts the program with an empty environment.
    pub(crate) fn start(start: &Start, limits: &Limits) -> Result<(Server, Greeting), RunnerError> {
        let (socket, theirs) = UnixStream::pair()?;
        let process = Command::new(&start.program)
            .args(start.arguments)
            .env_clear()
            .current_dir("/")
            .stdin(OwnedFd::from(theirs))
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()?;
        let server = Server { process, socket };
        let mut until = Until::new(&server.socket, Instant::now() + STARTED);
        protocol::send(&mut until, limits)?;
        let greeting = protocol::read(&mut until, protocol::LARGEST_JOB)?;
        Ok((server, greeting))
    }

    pub(crate) fn fork(&self) -> io::Result<Runner> {
        let (socket, theirs) = UnixStream::pair()?;
        pass_fd::send(self.socket.as_fd(), theirs.as_fd())?;
        drop(theirs);
        // Must not wait forever: every request for a runner would wait behind this one.
        socket.set_read_timeout(Some(ANSWER))?;
        let process = pass_fd::receive(socket.as_fd())?;
        let process = process.ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))?;
        socket.set_read_timeout(None)?;
        Ok(Runner { socket, process })
    }

    /// Whether the process is still running.
    fn is_there(&mut self) -> bool {
        matches!(self.process.try_wait(), Ok(None))
    }
}

impl Pool {
    /// A runner that has had no job: one from the pool, or a new one.
    fn take(&self) -> Result<Runner, RunnerError> {
        let waiting = lock(&self.waiting).pop_front();
        self.taken.notify_one();
        match waiting {
            Some(runner) => Ok(runner),
            None => self.fork(),
        }
    }

    /// A new runner. A fork server that has ended or makes no runner is replaced, which kills the runners
    /// that it made.
    fn fork(&self) -> Result<Runner, RunnerError> {
        let mut server = lock(&self.server);
        for _ in 0..ASKED {
            match server.fork() {
                Ok(runner) => return Ok(runner),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(_) if !server.is_there() => break,
                Err(_) => {}
            }
        }
        (*server, _) = Server::start(&self.start, &self.limits)?;
        Ok(server.fork()?)
    }

    /// Hands a job to a runner. For a background job the runner gets idle priority before it reads the job.
    pub(crate) fn start(&self, code: &Code, job: &Job, pace: Pace) -> Result<Runner, RunnerError> {
        let message = protocol::frame(job)?;
        let mut tries = 0;
        loop {
            let runner = self.take()?;
            if pace == Pace::Background {
                deprioritise(&runner.process);
            }
            let sent = pass_fd::send(runner.socket.as_fd(), code.file.as_fd())
                .and_then(|()| Until::new(&runner.socket, Instant::now() + ANSWER).write_all(&message));
            tries += 1;
            match sent {
                Ok(()) => return Ok(runner),
                // The runner ended while it was idle.
                Err(_) if tries <= WAITING => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// Keeps the pool filled until it is dropped.
fn keep_waiting(pool: &Weak<Pool>) {
    while let Some(pool) = pool.upgrade() {
        let waiting = lock(&pool.waiting);
        if waiting.len() >= WAITING {
            // Wakes up now and then to check whether the pool still exists.
            let (guard, _) = pool
                .taken
                .wait_timeout(waiting, Duration::from_secs(1))
                .unwrap_or_else(PoisonError::into_inner);
            drop(guard);
            continue;
        }
        let few = waiting.len() < FEW;
        drop(waiting);
        if !few {
            std::thread::sleep(PAUSE);
        }
        match pool.fork() {
            Ok(runner) => lock(&pool.waiting).push_back(runner),
            // The next request for a runner reports the error.
            Err(_) => std::thread::sleep(Duration::from_millis(100)),
        }
    }
}

impl Runners {
    /// A pool of runners. `program` is started as the fork server, with the single argument "runner"; it
    /// must call [`fork_server::serve`](crate::fork_server::serve).
    ///
    /// # Errors
    /// [`RunnerError`] if this machine cannot confine a process.
    pub fn new(program: PathBuf, limits: Limits) -> Result<Runners, RunnerError> {
        let start = Start { program, arguments: &["runner"] };
        let (server, greeting) = Server::start(&start, &limits)?;
        let pool = Arc::new(Pool {
            limits,
            greeting,
            start,
            server: Mutex::new(server),
            waiting: Mutex::default(),
            taken: Condvar::new(),
        });
        let weak = Arc::downgrade(&pool);
        std::thread::Builder::new().name("runners".to_owned()).spawn(move || keep_waiting(&weak))?;
        Ok(Runners { pool })
    }
}

impl Runners {
    /// The command line that starts another program confined: see [`recognition`](crate::recognition).
    pub(crate) fn launcher(&self) -> [PathBuf; 2] {
        [self.pool.start.program.clone(), PathBuf::from("recogniser")]
    }
}

/// Code as a sealed in-memory file that no process can change.
pub(crate) struct Code {
    file: OwnedFd,
    size: usize,
}

impl Code {
    pub(crate) fn new(bytes: &[u8]) -> io::Result<Code> {
        let file = memfd_create("code", MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING)?;
        let mut file = File::from(file);
        file.write_all(bytes)?;
        fcntl_add_seals(&file, SealFlags::WRITE | SealFlags::GROW | SealFlags::SHRINK | SealFlags::SEAL)?;
        Ok(Code { file: file.into(), size: bytes.len() })
    }
}

#[allow(clippy::needless_pass_by_value, reason = "as map_err hands it over")]
fn unavailable(error: impl ToString) -> Outcome {
    Outcome::Unavailable(error.to_string())
}

impl Sandbox for Runners {
    fn identity(&self) -> String {
        self.pool.greeting.identity.clone()
    }

    fn walls(&self) -> Vec<(&'static str, bool)> {
        vec![("network namespace", self.pool.greeting.network)]
    }

    fn kind(&self) -> &'static str {
        "process"
    }

    fn compile(&self, component: &[u8], asked: &Request) -> Result<Vec<u8>, Outcome> {
        let code = Code::new(component).map_err(unavailable)?;
        let job = Job { asked: asked.into(), code: code.size, task: Task::Compile };
        // Runs, for which a person waits, take precedence.
        let runner = self.pool.start(&code, &job, Pace::Background).map_err(unavailable)?;
        let limits = Limits { time: COMPILE_TIME, ..self.pool.limits };
        artifact(&runner.socket, Instant::now() + COMPILE_PATIENCE, &limits)
    }

    #[allow(unsafe_code, reason = "the caller vouches for native code")]
    unsafe fn load(&self, artifact: &[u8], asked: &Request) -> Result<Arc<dyn Loaded>, Outcome> {
        let code = Code::new(artifact).map_err(unavailable)?;
        Ok(Arc::new(RemoteApp { pool: Arc::clone(&self.pool), code, asked: asked.clone() }))
    }
}

/// Receives the artifact from a compiling runner, until the deadline.
fn artifact(socket: &UnixStream, deadline: Instant, limits: &Limits) -> Result<Vec<u8>, Outcome> {
    let too_long = |outcome| match outcome {
        Outcome::TimedOut { seconds } => {
            Outcome::Incompatible(format!("compiling it took longer than {seconds} seconds"))
        }
        Outcome::Trapped => Outcome::Incompatible("compiling it took too much memory or time".to_owned()),
        other => other,
    };
    match row_server::receive(socket, LARGEST_ANSWER, deadline, limits).map_err(too_long)? {
        RunnerMessage::Compiled(Ok(size)) if size <= LARGEST_ARTIFACT => {
            let mut artifact = vec![0_u8; size];
            let read = Until::new(socket, deadline).read_exact(&mut artifact);
            read.map_err(|error| too_long(row_server::lost(&error, deadline, limits)))?;
            Ok(artifact)
        }
        RunnerMessage::Compiled(Ok(_)) => {
            Err(Outcome::Incompatible("its code is too large once compiled".to_owned()))
        }
        RunnerMessage::Compiled(Err(outcome)) => Err(too_long(row_server::trusted_outcome(outcome, limits))),
        _ => Err(Outcome::Incompatible("compiling it failed".to_owned())),
    }
}

/// An app whose code is handed to runners.
struct RemoteApp {
    pool: Arc<Pool>,
    code: Code,
    asked: Request,
}

impl RemoteApp {
    fn start(&self, task: Task, pace: Pace) -> Result<Runner, Outcome> {
        let job = Job { asked: (&self.asked).into(), code: self.code.size, task };
        self.pool.start(&self.code, &job, pace).map_err(unavailable)
    }

    fn deadline(&self) -> Instant {
        Instant::now() + self.pool.limits.time + GRACE
    }
}

impl Loaded for RemoteApp {
    fn parameters(&self, lang: Lang, pace: Pace) -> Result<RawParams, Outcome> {
        let limits = &self.pool.limits;
        let runner = self.start(Task::Parameters { lang }, pace)?;
        let deadline = self.deadline();
        let is_silent = row_server::is_silent(&runner.socket, before_behind(pace));
        if is_silent.map_err(|error| row_server::lost(&error, deadline, limits))? {
            deprioritise(&runner.process);
        }
        match row_server::receive(&runner.socket, limits.output, deadline, limits)? {
            RunnerMessage::Parameters(declared) => {
                declared.map_err(|outcome| row_server::trusted_outcome(outcome, limits))
            }
            _ => Err(Outcome::Trapped),
        }
    }

    fn call(&self, call: Call) -> Called {
        // Filters by data holder and by row are applied on the host's side.
        let told = |scope: &CategoryScope| CategoryScope {
            holders: Holders::Any,
            excluded: RowSet::new(),
            ..scope.clone()
        };
        let scope =
            call.scope.values().filter(|scope| self.asked.categories.contains_key(&scope.category)).map(told);
        let wishes = call.wishes.values().cloned().collect();
        let task = Task::Call { scope: scope.collect(), wishes, context: call.context.clone() };
        match self.start(task, call.pace) {
            Ok(runner) => {
                let deprioritise = || {
                    deprioritise(&runner.process);
                    // The thread that serves the runner gets idle priority too.
                    idle(0);
                };
                let (limits, deadline) = (&self.pool.limits, self.deadline());
                let after = before_behind(call.pace);
                apart(|| {
                    let mut feed = Feed::new(call.rows, &call.withdrawal, limits, deadline);
                    feed.behind_after(after, &deprioritise);
                    feed.serve(&runner.socket)
                })
            }
            Err(outcome) => Called::not(outcome),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Result of compiling with a taken-over compiler that sends these messages.
    fn compiled(says: impl FnOnce(UnixStream) + Send) -> String {
        let (ours, theirs) = UnixStream::pair().unwrap();
        std::thread::scope(|scope| {
            scope.spawn(move || says(theirs));
            let deadline = Instant::now() + Duration::from_millis(300);
            let artifact = artifact(&ours, deadline, &Limits::default());
            drop(ours);
            assert!(deadline.elapsed() < Duration::from_secs(1), "it is not waited for");
            artifact
                .map_or_else(|outcome| outcome.to_string(), |artifact| format!("{} bytes", artifact.len()))
        })
    }

    /// Announces an artifact of `size` bytes and sends it byte by byte.
    fn announces(size: usize) -> impl FnOnce(UnixStream) + Send {
        move |mut socket| {
            protocol::send(&mut socket, &RunnerMessage::Compiled(Ok(size))).unwrap();
            for _ in 0..100 {
                if socket.write_all(b"x").is_err() {
                    return;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        }
    }

    #[test]
    fn a_compiler_is_not_waited_for_whatever_it_says() {
        assert_eq!(compiled(announces(3)), "3 bytes");
        assert!(compiled(announces(1_000)).contains("longer than"), "a byte now and then");
        assert!(compiled(announces(LARGEST_ARTIFACT + 1)).contains("too large"));
        assert!(compiled(|_| ()).contains("too much memory"), "gone");
        assert!(compiled(|_| std::thread::sleep(Duration::from_secs(1))).contains("longer than"), "silence");
        let other = |mut socket: UnixStream| {
            protocol::send(&mut socket, &RunnerMessage::Close { reader: 0 }).unwrap();
        };
        assert!(compiled(other).contains("failed"), "another word");
        let why = Outcome::Incompatible("x".repeat(9_000));
        let long =
            |mut socket: UnixStream| protocol::send(&mut socket, &RunnerMessage::Compiled(Err(why))).unwrap();
        assert!(compiled(long).len() < 1_000, "a reason is cut");
    }
}
