//! What a runner may do: read and write its socket, ask for memory, and end.
//!
//! Three steps, each of which can only take away: [`process`] when the fork server starts; a first one of the
//! [`Filters`] of system calls before a runner knows its job, with what loading compiled code takes; and a
//! second one before it calls or compiles what a developer wrote. A system call that is not in a filter's
//! list ends the process at once.

use crate::RunnerError;
use rustix::process::{DumpableBehavior, Resource, Rlimit, setrlimit};
use rustix::thread::{CapabilitySet, CapabilitySets, UnshareFlags};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};
use std::collections::BTreeMap;

/// Files that a runner may have open at once.
const OPEN_FILES: u64 = 16;

/// Files that a fork server may have open at once. It has a handful; but the system also holds this number
/// against all files that processes of the same user have on their way over sockets, browsers' among them,
/// before it lets one more be sent (`ETOOMANYREFS` in unix(7)).
const SERVER_FILES: u64 = 1 << 16;

/// Largest file in bytes. There are none but those in memory.
const FILE_SIZE: u64 = 64 << 20;

/// For good, for the fork server and all its runners: no privilege, no path, no port, no trace of
/// memory on disk, nobody of the same user may look into it, and, where the system allows it, a network of
/// its own with nothing in it. Whether it does is returned.
///
/// # Errors
/// [`RunnerError::System`] if the system refuses; a kernel without Landlock is served by the
/// filters of system calls alone.
pub fn process() -> Result<bool, RunnerError> {
    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, Scope};
    rustix::thread::set_no_new_privs(true).map_err(RunnerError::system("no_new_privs"))?;
    // Before capabilities go: a new user namespace gives all of them, over nothing but itself.
    let network = namespaces();
    let none = CapabilitySet::empty();
    let none = CapabilitySets { effective: none, permitted: none, inheritable: none };
    rustix::thread::set_capabilities(None, none).map_err(RunnerError::system("capset"))?;
    rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable)
        .map_err(RunnerError::system("not dumpable"))?;
    limit(Resource::Core, 0)?;
    let files = rustix::process::getrlimit(Resource::Nofile).maximum.unwrap_or(SERVER_FILES);
    limit(Resource::Nofile, files.min(SERVER_FILES))?;
    limit(Resource::Fsize, FILE_SIZE)?;
    let abi = ABI::V6;
    Ruleset::default()
        .handle_access(AccessFs::from_all(abi))
        .and_then(|rules| rules.handle_access(AccessNet::from_all(abi)))
        .and_then(|rules| rules.scope(Scope::from_all(abi)))
        .and_then(Ruleset::create)
        .and_then(landlock::RulesetCreated::restrict_self)
        .map_err(|error| RunnerError::System { what: "Landlock", why: error.to_string() })?;
    Ok(network)
}

/// Leaves the network and the shared memory of the machine, by way of a user namespace where that is needed.
/// Containers often forbid it; then there are the filters of system calls. Nothing is mounted, as no path is
/// reached anyway, and processes keep their numbers: the first of a namespace would have to outlive all others.
fn namespaces() -> bool {
    let (apart, user) = (UnshareFlags::NEWNET | UnshareFlags::NEWIPC, UnshareFlags::NEWUSER);
    [apart | user, apart].into_iter().any(|which| {
        // SAFETY: no table of files is unshared, and this process has one thread.
        #[allow(unsafe_code, reason = "with other flags it could take open files away from others")]
        unsafe { rustix::thread::unshare_unsafe(which) }.is_ok()
    })
}

/// For good, for a runner: few files.
///
/// # Errors
/// [`RunnerError::System`].
pub fn runner() -> Result<(), RunnerError> {
    limit(Resource::Nofile, OPEN_FILES)?;
    Ok(())
}

/// Sets a limit that cannot be raised again.
///
/// # Errors
/// [`RunnerError::System`].
pub fn limit(resource: Resource, most: u64) -> Result<(), RunnerError> {
    let limit = Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(resource, limit).map_err(RunnerError::system("setrlimit"))
}

/// What all filters allow: the socket, memory, waiting, the clock, the end. What maps memory has conditions:
/// see [`private`].
const ALWAYS: &[libc::c_long] = &[
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_recvfrom,
    libc::SYS_sendto,
    libc::SYS_close,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_futex,
    libc::SYS_sched_yield,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_restart_syscall,
    libc::SYS_clock_gettime,
    libc::SYS_getrandom,
    libc::SYS_sigaltstack,
    libc::SYS_rt_sigreturn,
    libc::SYS_rt_sigprocmask,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

/// What a compiler needs beside: to put code into memory.
const COMPILING: &[libc::c_long] = &[libc::SYS_mprotect, libc::SYS_membarrier];

/// What it takes beside that to take a job: to receive the code and read it, to lower limits, to have a second
/// handle on the socket, and to put on the next filter.
const LOADING: &[libc::c_long] = &[
    libc::SYS_recvmsg,
    libc::SYS_pread64,
    libc::SYS_prlimit64,
    libc::SYS_setrlimit,
    libc::SYS_fcntl,
    libc::SYS_seccomp,
];

/// The filters of system calls, made once for all runners.
pub struct Filters {
    loading: BpfProgram,
    compiling: BpfProgram,
    running: BpfProgram,
}

impl Filters {
    /// Makes the filters; puts on none.
    ///
    /// # Errors
    /// [`RunnerError::System`] on a processor for which there is none.
    pub fn new() -> Result<Filters, RunnerError> {
        let listed = |calls: &[libc::c_long]| calls.iter().map(|call| (*call, Vec::new())).collect();
        let exec = u64::try_from(libc::PROT_EXEC).unwrap_or(u64::MAX);
        // The third argument of both calls is the protection.
        let no_code = || masked(2, exec, 0);
        let mut running: Rules = listed(ALWAYS);
        running.extend([private(exec)?, is_open()?, (libc::SYS_mprotect, rule([no_code()?])?)]);
        let mut compiling: Rules = listed(&[ALWAYS, COMPILING].concat());
        compiling.extend([private(exec)?, is_open()?]);
        let mut loading: Rules = listed(&[ALWAYS, COMPILING, LOADING].concat());
        // Of all that a process can change of itself, the one thing that the next filter needs.
        let no_privileges = u64::try_from(libc::PR_SET_NO_NEW_PRIVS).unwrap_or(u64::MAX);
        loading.extend([private(exec)?, (libc::SYS_prctl, rule([masked(0, u64::MAX, no_privileges)?])?)]);
        Ok(Filters { loading: program(loading)?, compiling: program(compiling)?, running: program(running)? })
    }

    /// From now on this process takes its job, in all its threads, and can still put on another filter.
    ///
    /// # Errors
    /// As [`Filters::compiling`].
    pub fn loading(&self) -> Result<(), RunnerError> {
        apply(&self.loading)
    }

    /// From now on this process compiles, in all its threads.
    ///
    /// # Errors
    /// [`RunnerError::System`] if the kernel has no filters of system calls.
    pub fn compiling(&self) -> Result<(), RunnerError> {
        apply(&self.compiling)
    }

    /// From now on this process runs the code that is in place, in all its threads: no other memory
    /// becomes executable.
    ///
    /// # Errors
    /// As [`Filters::compiling`].
    pub fn running(&self) -> Result<(), RunnerError> {
        apply(&self.running)
    }
}

#[allow(clippy::needless_pass_by_value, reason = "as map_err hands it over")]
fn broken(error: seccompiler::BackendError) -> RunnerError {
    RunnerError::System { what: "the filter of system calls", why: error.to_string() }
}

/// For each system call, under which conditions it is allowed; none is always.
type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// That these bits of an argument are those.
fn masked(argument: u8, bits: u64, are: u64) -> Result<SeccompCondition, RunnerError> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(bits), are)
        .map_err(broken)
}

fn rule<const N: usize>(conditions: [SeccompCondition; N]) -> Result<Vec<SeccompRule>, RunnerError> {
    Ok(vec![SeccompRule::new(conditions.into()).map_err(broken)?])
}

/// Memory is asked for as data, and for this process alone: memory that is shared is in no limit of it.
fn private(exec: u64) -> Result<(i64, Vec<SeccompRule>), RunnerError> {
    let [kinds, private] =
        [libc::MAP_TYPE, libc::MAP_PRIVATE].map(|kind| u64::try_from(kind).unwrap_or(u64::MAX));
    // The third argument is the protection, the fourth the kind.
    Ok((libc::SYS_mmap, rule([masked(2, exec, 0)?, masked(3, kinds, private)?])?))
}

/// Whether a file is open may be asked: a build with assertions asks before it closes one.
fn is_open() -> Result<(i64, Vec<SeccompRule>), RunnerError> {
    let ask = u64::try_from(libc::F_GETFD).unwrap_or(u64::MAX);
    Ok((libc::SYS_fcntl, rule([masked(1, u64::MAX, ask)?])?))
}

fn program(rules: Rules) -> Result<BpfProgram, RunnerError> {
    let arch = std::env::consts::ARCH.try_into().map_err(broken)?;
    let (other, listed) = (SeccompAction::KillProcess, SeccompAction::Allow);
    SeccompFilter::new(rules, other, listed, arch).and_then(BpfProgram::try_from).map_err(broken)
}

fn apply(program: &BpfProgram) -> Result<(), RunnerError> {
    seccompiler::apply_filter_all_threads(program)
        .map_err(|error| RunnerError::System { what: "the filter of system calls", why: error.to_string() })
}
