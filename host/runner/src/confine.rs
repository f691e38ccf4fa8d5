//! What a runner may do: read and write its socket, ask for memory, and end.
//!
//! In two steps, each of which can only take away: [`process`] when the fork server starts, and one
//! of the [`Filters`] of system calls in a runner that knows its job, before it touches what a
//! developer wrote. What is not in a filter's list ends the process at once.

use crate::RunnerError;
use rustix::process::{DumpableBehavior, Resource, Rlimit, setrlimit};
use rustix::thread::{CapabilitySet, CapabilitySets};
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
/// memory on disk, and nobody of the same user may look into it.
///
/// # Errors
/// [`RunnerError::System`] if the system refuses; a kernel without Landlock is served by the
/// filters of system calls alone.
pub fn process() -> Result<(), RunnerError> {
    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, Scope};
    rustix::thread::set_no_new_privs(true).map_err(RunnerError::system("no_new_privs"))?;
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
    Ok(())
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

/// What both filters allow: the socket, memory, waiting, the clock, the end.
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
    // The initial memory of an app is put into a nameless file in memory when the first instance
    // is made, and mapped from there. Nothing else can become of such a file: it is not executable.
    libc::SYS_memfd_create,
    libc::SYS_ftruncate,
    libc::SYS_fcntl,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

/// What a compiler needs beside: to put code into memory, and to see whether it fits.
const COMPILING: &[libc::c_long] = &[libc::SYS_mmap, libc::SYS_mprotect, libc::SYS_membarrier];

/// The filters of system calls, made once for all runners.
pub struct Filters {
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
        let compiling = program(listed(&[ALWAYS, COMPILING].concat()))?;
        let no_code = |call| -> Result<_, RunnerError> {
            let exec = u64::try_from(libc::PROT_EXEC).unwrap_or(u64::MAX);
            // The third argument of both calls is the protection.
            let condition =
                SeccompCondition::new(2, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(exec), 0)
                    .map_err(broken)?;
            Ok((call, vec![SeccompRule::new(vec![condition]).map_err(broken)?]))
        };
        let mut rules: BTreeMap<i64, Vec<SeccompRule>> = listed(ALWAYS);
        rules.extend([no_code(libc::SYS_mmap)?, no_code(libc::SYS_mprotect)?]);
        Ok(Filters { compiling, running: program(rules)? })
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

fn program(rules: BTreeMap<i64, Vec<SeccompRule>>) -> Result<BpfProgram, RunnerError> {
    let arch = std::env::consts::ARCH.try_into().map_err(broken)?;
    let (other, listed) = (SeccompAction::KillProcess, SeccompAction::Allow);
    SeccompFilter::new(rules, other, listed, arch).and_then(BpfProgram::try_from).map_err(broken)
}

fn apply(program: &BpfProgram) -> Result<(), RunnerError> {
    seccompiler::apply_filter_all_threads(program)
        .map_err(|error| RunnerError::System { what: "the filter of system calls", why: error.to_string() })
}
