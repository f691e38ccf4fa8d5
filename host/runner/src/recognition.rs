//! Recognises the characters in a picture with a program that is installed on the machine: `tesseract`.
//!
//! ```text
//! host ──socket──▶ this program again (launch) ──execve──▶ tesseract: one picture, then it is gone
//! ```
//!
//! The program is in C and C++ and links libraries for archives and networks, so it gets neither files of
//! people nor the host's rights: pixels that another confined process decoded, in the plainest format there
//! is, and an empty environment. It can read the system's libraries and its own models, its input, and write
//! its output. It can open no other file, no socket, no process and no thread; memory, time and output are
//! limited. What it answers is a text of no authority.

use crate::deadline::Until;
use crate::pool::Runners;
use crate::{RunnerError, confine};
use landlock::{
    ABI, Access, AccessFs, AccessNet, PathBeneath, PathFd, Ruleset, RulesetAttr, RulesetCreatedAttr,
    RulesetStatus, Scope,
};
use mesinfos_intake::{LARGEST_TEXT, Pixels};
use rustix::fd::OwnedFd;
use rustix::process::Resource;
use rustix::thread::{CapabilitySet, CapabilitySets};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, ErrorKind, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The program.
const PROGRAM: &str = "/usr/bin/tesseract";

/// Folders of its models, and the languages that are used if their models are there.
const MODELS: &[&str] =
    &["/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata"];
const LANGUAGES: &[&str] = &["fra", "eng"];

/// Files and folders that it may read: libraries, their cache, models, and nothing.
const READABLE: &[&str] = &[
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/dev/null",
    "/etc/ld.so.cache",
    "/sys/devices/system/cpu/possible",
    "/usr/share/tesseract-ocr",
    "/usr/share/tessdata",
];

/// The loader of programs, which the system opens with the program.
const LOADERS: &[&str] = &["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"];

/// Memory in bytes, processor time in seconds and open files of the program. A page of dense text takes 10 s and
/// 300 MB.
const MEMORY: u64 = 1 << 30;
const SECONDS: u64 = 60;
const OPEN_FILES: u64 = 64;

/// Time that the host waits: the processor may be shared.
const PATIENCE: Duration = Duration::from_secs(120);

/// Pictures that are read at once. Each takes a processor.
const AT_ONCE: usize = 2;

static RUNNING: AtomicUsize = AtomicUsize::new(0);

/// System calls of a program that reads its libraries, its models and its input, and computes. What is not
/// listed does not exist for it ([`libc::ENOSYS`]): no socket, no process, no thread, no other program's memory.
const CALLS: &[libc::c_long] = &[
    // Of the kernel that starts it, and of the loader. It can start no other program: see [`confine`].
    libc::SYS_execve,
    libc::SYS_set_tid_address,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_prlimit64,
    libc::SYS_openat,
    libc::SYS_faccessat,
    libc::SYS_faccessat2,
    libc::SYS_newfstatat,
    libc::SYS_fstat,
    libc::SYS_statx,
    libc::SYS_readlinkat,
    libc::SYS_getcwd,
    libc::SYS_close,
    libc::SYS_fcntl,
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_pread64,
    libc::SYS_lseek,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_futex,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_sysinfo,
    libc::SYS_uname,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_getuid,
    libc::SYS_geteuid,
    libc::SYS_getgid,
    libc::SYS_getegid,
    libc::SYS_clock_gettime,
    libc::SYS_clock_getres,
    libc::SYS_clock_nanosleep,
    libc::SYS_gettimeofday,
    libc::SYS_getrusage,
    libc::SYS_times,
    libc::SYS_getrandom,
    libc::SYS_sigaltstack,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_tgkill,
    libc::SYS_restart_syscall,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

/// Those of older libraries, which newer processors do not have.
#[cfg(target_arch = "x86_64")]
const OLDER_CALLS: &[libc::c_long] = &[
    libc::SYS_arch_prctl,
    libc::SYS_open,
    libc::SYS_access,
    libc::SYS_stat,
    libc::SYS_lstat,
    libc::SYS_readlink,
    libc::SYS_time,
];
#[cfg(not(target_arch = "x86_64"))]
const OLDER_CALLS: &[libc::c_long] = &[];

/// Confines this process and becomes the program. Returns only if that fails.
///
/// # Errors
/// [`RunnerError`] if this machine cannot confine a process, or there is no such program.
pub fn launch(command: &[OsString]) -> Result<(), RunnerError> {
    let (program, arguments) = command
        .split_first()
        .ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "no program is named"))?;
    confine(Path::new(program))?;
    // One thread: the library that would start more asks this variable.
    let error = Command::new(program).args(arguments).env_clear().env("OMP_THREAD_LIMIT", "1").exec();
    Err(error.into())
}

/// Permanently confines this process and the program that it becomes.
fn confine(program: &Path) -> Result<(), RunnerError> {
    rustix::thread::set_no_new_privs(true).map_err(RunnerError::system("no_new_privs"))?;
    // Without a network of its own, only the filter of system calls keeps it from the machine's.
    confine::namespaces();
    let none = CapabilitySet::empty();
    let none = CapabilitySets { effective: none, permitted: none, inheritable: none };
    rustix::thread::set_capabilities(None, none).map_err(RunnerError::system("capset"))?;
    for (resource, most) in [
        (Resource::Core, 0),
        (Resource::Fsize, 0),
        (Resource::Nofile, OPEN_FILES),
        (Resource::Data, MEMORY),
        (Resource::Cpu, SECONDS),
    ] {
        confine::limit(resource, most)?;
    }
    paths(program)?;
    filter()
}

/// Takes away all paths but those of the program.
fn paths(program: &Path) -> Result<(), RunnerError> {
    let landlock = |why: String| RunnerError::System { what: "Landlock", why };
    let abi = ABI::V6;
    let (read, run) = (AccessFs::ReadFile | AccessFs::ReadDir, AccessFs::ReadFile | AccessFs::Execute);
    let mut rules = Ruleset::default()
        .handle_access(AccessFs::from_all(abi))
        .and_then(|rules| rules.handle_access(AccessNet::from_all(abi)))
        .and_then(|rules| rules.scope(Scope::from_all(abi)))
        .and_then(Ruleset::create)
        .map_err(|error| landlock(error.to_string()))?;
    let readable = READABLE.iter().map(|path| (Path::new(path), read));
    let run = LOADERS.iter().map(Path::new).chain([program]).map(|path| (path, run));
    for (path, access) in readable.chain(run) {
        // What is not there needs no rule.
        let Ok(open) = PathFd::new(path) else { continue };
        let access = if path.is_dir() { access } else { access & !AccessFs::ReadDir };
        rules =
            rules.add_rule(PathBeneath::new(open, access)).map_err(|error| landlock(error.to_string()))?;
    }
    let status = rules.restrict_self().map_err(|error| landlock(error.to_string()))?;
    // A system without Landlock would let it open any file: runners can do without it, this program cannot.
    if status.ruleset == RulesetStatus::NotEnforced {
        return Err(landlock("this system has none".to_owned()));
    }
    Ok(())
}

/// Takes away all system calls but those listed.
fn filter() -> Result<(), RunnerError> {
    let failed = |why: String| RunnerError::System { what: "the system call filter", why };
    let mut rules: BTreeMap<libc::c_long, Vec<SeccompRule>> =
        CALLS.iter().chain(OLDER_CALLS).map(|call| (*call, Vec::new())).collect();
    // Of other processes it may neither lower the limits nor end anything.
    let own = u64::from(std::process::id());
    for (call, process) in [(libc::SYS_prlimit64, 0), (libc::SYS_tgkill, own)] {
        let rule = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, process)
            .and_then(|of| SeccompRule::new(vec![of]))
            .map_err(|error| failed(error.to_string()))?;
        rules.insert(call, vec![rule]);
    }
    let missing = SeccompAction::Errno(u32::try_from(libc::ENOSYS).unwrap_or(1));
    let arch = std::env::consts::ARCH
        .try_into()
        .map_err(|error: seccompiler::BackendError| failed(error.to_string()))?;
    let filter = SeccompFilter::new(rules, missing, SeccompAction::Allow, arch)
        .and_then(BpfProgram::try_from)
        .map_err(|error| failed(error.to_string()))?;
    seccompiler::apply_filter(&filter).map_err(|error| failed(error.to_string()))
}

/// A program that reads a picture from its standard input and writes a text.
struct Started(Child);

impl Drop for Started {
    fn drop(&mut self) {
        // An error means that it has already ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A place among the pictures that are read at once.
struct Place;

impl Place {
    fn take() -> io::Result<Place> {
        let taken = RUNNING.fetch_add(1, Ordering::AcqRel);
        let place = Place;
        if taken < AT_ONCE { Ok(place) } else { Err(ErrorKind::ResourceBusy.into()) }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        RUNNING.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Runners {
    /// Whether the program and a model are installed.
    pub fn can_recognise(&self) -> bool {
        Path::new(PROGRAM).is_file() && !languages().is_empty()
    }

    /// Recognises the characters in a picture, as lines in UTF-8 of at most [`LARGEST_TEXT`] bytes.
    ///
    /// # Errors
    /// [`RunnerError::Broken`] if the program is not installed, too many pictures are read now, or it ended
    /// without a text, or after too much time.
    pub fn recognise(&self, pixels: &Pixels) -> Result<Vec<u8>, RunnerError> {
        let languages = languages().join("+");
        let arguments = ["stdin", "stdout", "-l", &languages, "--psm", "4", "--dpi", "300"];
        let command: Vec<OsString> = [PROGRAM].into_iter().chain(arguments).map(OsString::from).collect();
        let head = format!("P5\n{} {}\n255\n", pixels.width, pixels.height);
        Ok(answer(&self.launcher(), &command, &[head.as_bytes(), &pixels.grey], Instant::now() + PATIENCE)?)
    }
}

/// The languages with a model.
fn languages() -> Vec<&'static str> {
    let model = |language: &str| format!("{language}.traineddata");
    let has =
        |folder: &&&str| LANGUAGES.iter().any(|language| Path::new(folder).join(model(language)).is_file());
    let Some(folder) = MODELS.iter().find(has) else { return Vec::new() };
    LANGUAGES.iter().copied().filter(|language| Path::new(folder).join(model(language)).is_file()).collect()
}

/// Starts a command through this program, gives it `input`, and returns what it writes until it ends.
fn answer(
    launcher: &[PathBuf],
    command: &[OsString],
    input: &[&[u8]],
    deadline: Instant,
) -> io::Result<Vec<u8>> {
    let _place = Place::take()?;
    let (program, words) = launcher.split_first().ok_or(ErrorKind::NotFound)?;
    let (socket, theirs) = UnixStream::pair()?;
    let mut started = Started(
        Command::new(program)
            .args(words)
            .args(command)
            .env_clear()
            .current_dir("/")
            .stdin(OwnedFd::from(theirs.try_clone()?))
            .stdout(OwnedFd::from(theirs))
            .stderr(Stdio::null())
            .spawn()?,
    );
    let mut until = Until::new(&socket, deadline);
    for part in input {
        until.write_all(part)?;
    }
    socket.shutdown(Shutdown::Write)?;
    let mut text = Vec::new();
    until.take(LARGEST_TEXT as u64 + 1).read_to_end(&mut text)?;
    if text.len() > LARGEST_TEXT {
        return Err(ErrorKind::FileTooLarge.into());
    }
    // It closed its output, so it is about to end. A program that does not is killed.
    loop {
        match started.0.try_wait()? {
            Some(status) if status.success() => return Ok(text),
            Some(_) => return Err(io::Error::other("the program failed")),
            None if Instant::now() > deadline => return Err(ErrorKind::TimedOut.into()),
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs a shell-less command in place of the launcher, unconfined: the host's side alone.
    fn answered(command: &[&str], input: &[u8], within: Duration) -> io::Result<Vec<u8>> {
        let launcher = [PathBuf::from(command[0])];
        let words: Vec<OsString> = command[1..].iter().map(OsString::from).collect();
        answer(&launcher, &words, &[input], Instant::now() + within)
    }

    /// One test: the places are shared.
    #[test]
    fn a_program_is_not_waited_for_and_says_no_more_than_it_may() {
        let within = Duration::from_secs(20);
        let long = vec![b'x'; 300_000];
        assert_eq!(answered(&["/bin/cat"], &long, within).unwrap(), long);
        assert!(answered(&["/bin/cat"], &vec![0; LARGEST_TEXT + 1], within).is_err(), "too much");
        assert!(answered(&["/bin/false"], b"", within).is_err(), "a failure");
        assert!(answered(&["/nothing/there"], b"", within).is_err());
        let begun = Instant::now();
        let short = Duration::from_millis(300);
        assert!(answered(&["/bin/sleep", "60"], b"", short).is_err(), "silence");
        assert!(answered(&["/bin/sleep", "60"], &vec![0; 8 << 20], short).is_err(), "it does not read");
        assert!(answered(&["/usr/bin/yes"], b"", within).is_err(), "a flood");
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
        let places: Vec<Place> = (0..AT_ONCE).map(|_| Place::take().unwrap()).collect();
        let refused = answered(&["/bin/cat"], b"", within).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::ResourceBusy, "too many at once");
        drop(places);
        assert!(answered(&["/bin/cat"], b"", within).is_ok());
    }
}
