//! What a runner may do: read and write its socket, ask for memory, and end.
//!
//! In three steps, each of which can only take away: [`process`] when the fork server starts,
//! [`waiting`] in a runner before it is told its job, [`running`] when the code of the job is in
//! place and no other code may come. What is not in a list ends the process at once.

use crate::RunnerError;
use rustix::process::{DumpableBehavior, Resource, Rlimit, setrlimit};
use rustix::thread::{CapabilitySet, CapabilitySets};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};
use std::collections::BTreeMap;

/// Files that a fork server and its runners may have open at once.
const OPEN_FILES: u64 = 16;

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
    limit(Resource::Nofile, OPEN_FILES)?;
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

/// Sets a limit that cannot be raised again.
///
/// # Errors
/// [`RunnerError::System`].
pub fn limit(resource: Resource, most: u64) -> Result<(), RunnerError> {
    let limit = Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(resource, limit).map_err(RunnerError::system("setrlimit"))
}

/// What every step allows: the socket, memory, waiting, the clock, the end.
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

/// What a runner needs beside, until its code is in place: to be handed the code, to put it into
/// memory, and to lower its own limits.
const UNTIL_LOADED: &[libc::c_long] = &[
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_recvmsg,
    libc::SYS_pread64,
    libc::SYS_prlimit64,
    libc::SYS_setrlimit,
    libc::SYS_membarrier,
    // The second filter is put on from behind the first. Filters only ever take away.
    libc::SYS_seccomp,
    libc::SYS_prctl,
];

/// A runner before its job. For all threads of it.
///
/// # Errors
/// [`RunnerError::System`] if the kernel has no filters of system calls.
pub fn waiting() -> Result<(), RunnerError> {
    let rules = ALWAYS.iter().chain(UNTIL_LOADED).map(|call| (*call, Vec::new())).collect();
    apply(rules)
}

/// A runner with its code in place: as [`waiting`], and no memory becomes executable any more.
///
/// # Errors
/// As [`waiting`].
pub fn running() -> Result<(), RunnerError> {
    let no_code = |call| -> Result<_, RunnerError> {
        let exec = u64::try_from(libc::PROT_EXEC).unwrap_or(u64::MAX);
        // The third argument of both calls is the protection.
        let condition = SeccompCondition::new(2, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(exec), 0)
            .map_err(broken)?;
        Ok((call, vec![SeccompRule::new(vec![condition]).map_err(broken)?]))
    };
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = ALWAYS.iter().map(|call| (*call, Vec::new())).collect();
    rules.extend([no_code(libc::SYS_mmap)?, no_code(libc::SYS_mprotect)?]);
    apply(rules)
}

#[allow(clippy::needless_pass_by_value, reason = "as map_err hands it over")]
fn broken(error: seccompiler::BackendError) -> RunnerError {
    RunnerError::System { what: "the filter of system calls", why: error.to_string() }
}

fn apply(rules: BTreeMap<i64, Vec<SeccompRule>>) -> Result<(), RunnerError> {
    let arch = std::env::consts::ARCH.try_into().map_err(broken)?;
    let (other, listed) = (SeccompAction::KillProcess, SeccompAction::Allow);
    let filter = SeccompFilter::new(rules, other, listed, arch).map_err(broken)?;
    let program: BpfProgram = filter.try_into().map_err(broken)?;
    seccompiler::apply_filter_all_threads(&program)
        .map_err(|error| RunnerError::System { what: "the filter of system calls", why: error.to_string() })
}
