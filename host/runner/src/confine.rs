//! Confinement of a runner: it can read and write its socket, allocate memory, and exit.
//!
//! Confinement has three steps, and each can only take rights away: [`process`] when the fork server
//! starts; a first filter of system calls ([`Filters`]) before a runner knows its job, which still allows
//! what loading compiled code needs; and a second filter before the runner calls or compiles a developer's
//! code. A system call that the filter does not list kills the process at once.

use crate::RunnerError;
use rustix::process::{DumpableBehavior, Resource, Rlimit, setrlimit};
use rustix::thread::{CapabilitySet, CapabilitySets, UnshareFlags};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};
use std::collections::BTreeMap;

/// Most open files of a runner.
const OPEN_FILES: u64 = 16;

/// Most open files of a fork server. It opens only a handful, but the kernel also compares this limit with
/// the number of files that all processes of the same user have in flight over sockets, browsers included,
/// before it allows another to be sent (`ETOOMANYREFS` in unix(7)).
const SERVER_FILES: u64 = 1 << 16;

/// Largest file in bytes. The only files are in memory.
const FILE_SIZE: u64 = 64 << 20;

/// Permanently confines the fork server and all its runners: no privileges, no paths, no ports, no core
/// dumps, no inspection by other processes of the same user, and, where the system allows it, an empty
/// network namespace. Returns whether there is such a namespace.
///
/// # Errors
/// [`RunnerError::System`] if the system refuses. On a kernel without Landlock, only the system call
/// filters restrict files and ports.
pub fn process() -> Result<bool, RunnerError> {
    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, Scope};
    rustix::thread::set_no_new_privs(true).map_err(RunnerError::system("no_new_privs"))?;
    // Before dropping capabilities: a new user namespace grants all of them, but only over itself.
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

/// Leaves the machine's network and IPC namespaces, through a user namespace if needed. Containers often
/// forbid this; then only the system call filters protect. No mount namespace is needed, as no path is
/// reachable anyway. There is no PID namespace, because its first process would have to outlive all others.
pub(crate) fn namespaces() -> bool {
    let (apart, user) = (UnshareFlags::NEWNET | UnshareFlags::NEWIPC, UnshareFlags::NEWUSER);
    [apart | user, apart].into_iter().any(|which| {
        // SAFETY: the file descriptor table is not unshared, and this process has one thread.
        #[allow(unsafe_code, reason = "with other flags it could take open files away from others")]
        unsafe { rustix::thread::unshare_unsafe(which) }.is_ok()
    })
}

/// Permanently limits the open files of a runner.
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

/// System calls that every filter allows: the socket, memory, waiting, the clock and exiting. `mmap` is
/// allowed under conditions: see [`private`].
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

/// Additional calls of a compiler: it makes memory executable.
const COMPILING: &[libc::c_long] = &[libc::SYS_mprotect, libc::SYS_membarrier];

/// Additional calls for taking a job: receiving and reading the code, lowering limits, duplicating the
/// socket handle, and installing the next filter.
const LOADING: &[libc::c_long] = &[
    libc::SYS_recvmsg,
    libc::SYS_pread64,
    libc::SYS_prlimit64,
    libc::SYS_setrlimit,
    libc::SYS_fcntl,
    libc::SYS_seccomp,
];

/// The system call filters, built once for all runners.
pub struct Filters {
    loading: BpfProgram,
    compiling: BpfProgram,
    running: BpfProgram,
}

impl Filters {
    /// Builds the filters without installing any.
    ///
    /// # Errors
    /// [`RunnerError::System`] on a processor architecture without a filter.
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
        // The only `prctl` operation allowed: the one that installing the next filter needs.
        let no_privileges = u64::try_from(libc::PR_SET_NO_NEW_PRIVS).unwrap_or(u64::MAX);
        loading.extend([private(exec)?, (libc::SYS_prctl, rule([masked(0, u64::MAX, no_privileges)?])?)]);
        Ok(Filters { loading: program(loading)?, compiling: program(compiling)?, running: program(running)? })
    }

    /// Installs the filter under which this process takes its job, in all its threads. Another filter can
    /// still be installed.
    ///
    /// # Errors
    /// Same as [`Filters::compiling`].
    pub fn loading(&self) -> Result<(), RunnerError> {
        apply(&self.loading)
    }

    /// Installs the filter under which this process compiles, in all its threads.
    ///
    /// # Errors
    /// [`RunnerError::System`] if the kernel does not support system call filters.
    pub fn compiling(&self) -> Result<(), RunnerError> {
        apply(&self.compiling)
    }

    /// Installs the filter under which this process runs the loaded code, in all its threads: no more
    /// memory can become executable.
    ///
    /// # Errors
    /// Same as [`Filters::compiling`].
    pub fn running(&self) -> Result<(), RunnerError> {
        apply(&self.running)
    }
}

#[allow(clippy::needless_pass_by_value, reason = "as map_err hands it over")]
fn broken(error: seccompiler::BackendError) -> RunnerError {
    RunnerError::System { what: "the system call filter", why: error.to_string() }
}

/// Conditions under which each system call is allowed; an empty list allows it always.
type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Condition that the `bits` of an argument equal `are`.
fn masked(argument: u8, bits: u64, are: u64) -> Result<SeccompCondition, RunnerError> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(bits), are)
        .map_err(broken)
}

fn rule<const N: usize>(conditions: [SeccompCondition; N]) -> Result<Vec<SeccompRule>, RunnerError> {
    Ok(vec![SeccompRule::new(conditions.into()).map_err(broken)?])
}

/// `mmap` of private, non-executable memory only: shared memory does not count against the process's
/// limits.
fn private(exec: u64) -> Result<(i64, Vec<SeccompRule>), RunnerError> {
    let [kinds, private] =
        [libc::MAP_TYPE, libc::MAP_PRIVATE].map(|kind| u64::try_from(kind).unwrap_or(u64::MAX));
    // The third argument is the protection, the fourth the kind.
    Ok((libc::SYS_mmap, rule([masked(2, exec, 0)?, masked(3, kinds, private)?])?))
}

/// `fcntl(F_GETFD)`: a build with assertions checks that a file is open before it closes it.
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
        .map_err(|error| RunnerError::System { what: "the system call filter", why: error.to_string() })
}
