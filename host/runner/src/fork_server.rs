//! The fork server: this program started again, with only an engine in it.
//!
//! Its standard input is a socket to the host. It receives the limits once. Each later byte that arrives
//! with a socket starts one runner that holds that socket. The answer carries a process handle with which
//! the host can kill the runner whatever it does.

use crate::{RunnerError, confine, pass_fd, protocol, runner};
use mesinfos_runtime::{InProcess, Limits, Sandbox};
use rustix::fd::{AsFd, OwnedFd};
use rustix::process::{Pid, PidfdFlags, Signal, WaitOptions, kill_process, pidfd_open, waitpid};
use std::io;
use std::os::unix::net::UnixStream;

/// Serves until the host closes the socket. `work` is the job of a runner, given its socket.
///
/// # Errors
/// [`RunnerError`] if this machine cannot confine a process.
pub fn serve_with(work: impl Fn(UnixStream, &InProcess)) -> Result<(), RunnerError> {
    // Files left open by the host's parents must not reach runners.
    // SAFETY: this program has not opened any file yet.
    #[allow(unsafe_code, reason = "nothing safe closes what it does not own")]
    if unsafe { libc::close_range(3, libc::c_uint::MAX, 0) } != 0 {
        return Err(io::Error::last_os_error().into());
    }
    let nowhere = std::fs::OpenOptions::new().read(true).write(true).open("/dev/null")?;
    let mut host = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    // The standard streams must not reach runners.
    rustix::stdio::dup2_stdin(&nowhere).map_err(RunnerError::system("dup2"))?;
    let limits: Limits = protocol::read(&mut host, protocol::LARGEST_JOB)?;
    let sandbox = InProcess::still(limits).map_err(|outcome| io::Error::other(outcome.to_string()))?;
    mesinfos_intake::prepare();
    let network = confine::process()?;
    protocol::send(&mut host, &protocol::Greeting { identity: sandbox.identity(), network })?;
    let server = rustix::process::getpid();
    loop {
        let Some(socket) = pass_fd::receive(host.as_fd())? else {
            return Ok(());
        };
        while let Ok(Some(_)) = waitpid(None, WaitOptions::NOHANG) {}
        // SAFETY: this process has one thread, so no lock can be held by a thread missing in the child.
        #[allow(unsafe_code, reason = "nothing safe forks")]
        match unsafe { libc::fork() } {
            -1 => return Err(io::Error::last_os_error().into()),
            0 => {
                drop(host);
                rustix::stdio::dup2_stdout(&nowhere).map_err(RunnerError::system("dup2"))?;
                rustix::stdio::dup2_stderr(&nowhere).map_err(RunnerError::system("dup2"))?;
                drop(nowhere);
                rustix::process::set_parent_process_death_signal(Some(Signal::KILL))
                    .map_err(RunnerError::system("death signal"))?;
                // The server may have died before the death signal was set.
                if rustix::process::getppid() != Some(server) {
                    std::process::exit(0);
                }
                confine::runner()?;
                work(socket.into(), &sandbox);
                std::process::exit(0);
            }
            child => {
                let child = rustix::process::Pid::from_raw(child);
                let child = child.ok_or_else(|| io::Error::other("a process without a process id"))?;
                // The host does not use a runner without a handle. If sending it fails, the socket closes
                // and the host asks again.
                if tell(&socket, child).is_err() {
                    let _ = kill_process(child, Signal::KILL);
                }
            }
        }
    }
}

/// Sends the host the handle with which it can kill a runner.
fn tell(socket: &OwnedFd, runner: Pid) -> io::Result<()> {
    let handle = pidfd_open(runner, PidfdFlags::empty())?;
    pass_fd::send(socket.as_fd(), handle.as_fd())
}

/// Serves runners that take one job each.
///
/// # Errors
/// Same as [`serve_with`].
pub fn serve() -> Result<(), RunnerError> {
    let filters = confine::Filters::new()?;
    serve_with(|socket, sandbox| runner::work(socket, sandbox, &filters))
}
