//! Simulates an app that broke out of WebAssembly: native code, confined like a runner, that tries the
//! system calls an attacker would.

use crate::confine::Filters;
use crate::fork_server::serve_with;
use crate::pool::{Runner, Server, Start};
use crate::protocol::Greeting;
use mesinfos_runtime::Limits;
use std::io::{Read, Write};
use std::os::fd::{AsFd, AsRawFd};
use std::os::unix::net::UnixStream;

/// Takes the process id of a neighbouring process, and returns the result of a system call.
type Act = fn(i64) -> i64;

/// System calls that an app in control of a runner would try.
const ATTACKS: &[(&str, Act)] = &[
    ("open", |_| call(libc::SYS_open, [text(b"/etc/passwd\0"), 0, 0, 0, 0])),
    ("openat", |_| call(libc::SYS_openat, [-100, text(b"/etc/passwd\0"), 0, 0, 0])),
    ("openat2", |_| call(libc::SYS_openat2, [-100, text(b"/\0"), 0, 0, 0])),
    ("stat", |_| call(libc::SYS_newfstatat, [-100, text(b"/\0"), 0, 0, 0])),
    ("inet socket", |_| call(libc::SYS_socket, [2, 1, 0, 0, 0])),
    ("unix socket", |_| call(libc::SYS_socket, [1, 1, 0, 0, 0])),
    ("raw socket", |_| call(libc::SYS_socket, [17, 3, 0, 0, 0])),
    ("connect", |_| call(libc::SYS_connect, [3, 0, 0, 0, 0])),
    ("send a file", |_| call(libc::SYS_sendmsg, [3, 0, 0, 0, 0])),
    ("receive a file", |_| call(libc::SYS_recvmsg, [3, 0, 0, 0, 0])),
    ("ptrace", |other| call(libc::SYS_ptrace, [16, other, 0, 0, 0])),
    ("read a neighbour's memory", |other| call(libc::SYS_process_vm_readv, [other, 0, 0, 0, 0])),
    ("write a neighbour's memory", |other| call(libc::SYS_process_vm_writev, [other, 0, 0, 0, 0])),
    ("get a neighbour's files", |other| call(libc::SYS_pidfd_open, [other, 0, 0, 0, 0])),
    ("kill a neighbour", |other| call(libc::SYS_kill, [other, 9, 0, 0, 0])),
    ("fork", |_| call(libc::SYS_fork, [0; 5])),
    ("vfork", |_| call(libc::SYS_clone, [0x4000 | 17, 0, 0, 0, 0])),
    ("clone3", |_| call(libc::SYS_clone3, [0; 5])),
    ("execve", |_| call(libc::SYS_execve, [text(b"/bin/true\0"), 0, 0, 0, 0])),
    ("execveat", |_| call(libc::SYS_execveat, [-100, text(b"/bin/true\0"), 0, 0, 0])),
    ("executable memory", |_| call(libc::SYS_mmap, [0, 4096, 5, 0x22, -1])),
    ("make memory executable", |_| {
        let page = call(libc::SYS_mmap, [0, 4096, 3, 0x22, -1]);
        call(libc::SYS_mprotect, [page, 4096, 5, 0, 0])
    }),
    ("unshare", |_| call(libc::SYS_unshare, [0x1000_0000, 0, 0, 0, 0])),
    ("mount", |_| call(libc::SYS_mount, [0; 5])),
    ("chroot", |_| call(libc::SYS_chroot, [text(b"/\0"), 0, 0, 0, 0])),
    ("setuid", |_| call(libc::SYS_setuid, [0; 5])),
    ("ioctl", |_| call(libc::SYS_ioctl, [0, 0x5412, 0, 0, 0])),
    ("io_uring", |_| call(libc::SYS_io_uring_setup, [8, 0, 0, 0, 0])),
    ("bpf", |_| call(libc::SYS_bpf, [0; 5])),
    ("perf", |_| call(libc::SYS_perf_event_open, [0; 5])),
    ("userfaultfd", |_| call(libc::SYS_userfaultfd, [0; 5])),
    ("shared memory", |_| call(libc::SYS_shmget, [0, 4096, 0o1666, 0, 0])),
    ("raise limits", |_| call(libc::SYS_prlimit64, [0, 0, 0, 0, 0])),
    ("datagram socket", |_| call(libc::SYS_socket, [2, 2, 0, 0, 0])),
    ("memory for others", |_| call(libc::SYS_mmap, [0, 4096, 3, 0x21, -1])),
    ("memory for others, validated", |_| call(libc::SYS_mmap, [0, 4096, 3, 0x23, -1])),
    ("memory in a file", |_| call(libc::SYS_memfd_create, [text(b"x\0"), 0, 0, 0, 0])),
    ("another handle", |_| call(libc::SYS_dup, [3, 0, 0, 0, 0])),
    ("take a filter off", |_| call(libc::SYS_prctl, [22, 0, 0, 0, 0])),
    ("become dumpable", |_| call(libc::SYS_prctl, [4, 1, 0, 0, 0])),
    ("kernel key ring", |_| call(libc::SYS_keyctl, [0; 5])),
    ("another set of calls", |_| call(0x4000_0000 | libc::SYS_getpid, [0; 5])),
];

/// Attacks that a runner needs until its code is loaded: see [`Filters::loading`].
const FOR_LOADING: &[&str] = &["receive a file", "make memory executable", "raise limits"];

/// Operations that an app needs, and that are no attack.
const ALLOWED: &[(&str, Act)] = &[
    ("memory", |_| i64::from(call(libc::SYS_mmap, [0, 4096, 3, 0x22, -1]) < 0)),
    ("yield", |_| call(libc::SYS_sched_yield, [0; 5])),
    ("environment", |_| i64::try_from(std::env::vars_os().count()).unwrap_or(-1)),
];

/// Operations allowed in a runner that has no job yet.
const ALLOWED_FOR_LOADING: &[(&str, Act)] = &[
    ("files that are open", |_| {
        let open = |file: &i64| call(libc::SYS_fcntl, [*file, 1, 0, 0, 0]) >= 0;
        // Expected: `/dev/null` three times, and the socket.
        (0..1024).filter(open).count() as i64 - 4
    }),
    ("code", |_| {
        let page = call(libc::SYS_mmap, [0, 4096, 3, 0x22, -1]);
        call(libc::SYS_mprotect, [page, 4096, 5, 0, 0])
    }),
    ("lower limits", |_| {
        let less = [1_u64 << 30, 1 << 30];
        call(libc::SYS_prlimit64, [0, 2, less.as_ptr() as i64, 0, 0])
    }),
];

/// Connects a datagram socket to this machine itself, the nearest target; returns the error.
fn datagram() -> i64 {
    let socket = call(libc::SYS_socket, [2, 2, 0, 0, 0]);
    let mut address = [0_u8; 16];
    address[..8].copy_from_slice(&[2, 0, 0, 9, 127, 0, 0, 1]);
    call(libc::SYS_connect, [socket, address.as_ptr() as i64, 16, 0, 0])
}

/// Without system call filters: what the other restrictions block on their own.
const WITHOUT_FILTERS: &[(&str, Act, i32)] = &[
    ("open", |_| call(libc::SYS_openat, [-100, text(b"/etc/passwd\0"), 0, 0, 0]), libc::EACCES),
    ("list", |_| call(libc::SYS_openat, [-100, text(b"/\0"), 0o200_000, 0, 0]), libc::EACCES),
    ("run", |_| call(libc::SYS_execve, [text(b"/bin/true\0"), 0, 0, 0, 0]), libc::EACCES),
    ("look into a neighbour", |other| call(libc::SYS_ptrace, [16, other, 0, 0, 0]), libc::EPERM),
    (
        "raise limits",
        |_| {
            let more = [64_u64, 64];
            call(libc::SYS_prlimit64, [0, 7, more.as_ptr() as i64, 0, 0])
        },
        libc::EPERM,
    ),
];

fn text(bytes: &'static [u8]) -> i64 {
    bytes.as_ptr() as i64
}

/// Makes a system call. Returns its result, or its negated error number.
#[allow(unsafe_code, reason = "it is what an attacker would do")]
fn call(number: i64, [a, b, c, d, e]: [i64; 5]) -> i64 {
    // SAFETY: this simulates hostile code, in a process of its own.
    let result = unsafe { libc::syscall(number, a, b, c, d, e, 0) };
    if result == -1 {
        -i64::from(std::io::Error::last_os_error().raw_os_error().unwrap_or(1))
    } else {
        result
    }
}

/// Started by the tests below as the fork server. In an ordinary test run it does nothing.
#[test]
fn stand_in() {
    // In a test run, standard input is not a socket.
    if rustix::net::sockopt::socket_type(std::io::stdin()).is_err() {
        return;
    }
    let _ = serve_with(|mut socket, _| {
        let mut order = [0_u8; 10];
        socket.read_exact(&mut order).unwrap();
        let [list, which, other @ ..] = order;
        let other = i64::from_le_bytes(other);
        let which = usize::from(which);
        let (filters, attack): (usize, Act) = match list {
            0 => (2, ATTACKS[which].1),
            1 => (2, ALLOWED[which].1),
            2 => (0, WITHOUT_FILTERS[which].1),
            3 => (1, ATTACKS[which].1),
            4 => (1, ALLOWED_FOR_LOADING[which].1),
            _ => (0, |_| datagram()),
        };
        let own = Filters::new().unwrap();
        let on: [&dyn Fn() -> Result<(), crate::RunnerError>; 2] = [&|| own.loading(), &|| own.running()];
        on[..filters].iter().for_each(|on| on().unwrap());
        socket.write_all(b"!").unwrap();
        let result = attack(other);
        socket.write_all(&result.to_le_bytes()).unwrap();
    });
}

struct Stand(Server, Greeting);

impl Stand {
    fn new() -> Stand {
        let start = Start {
            program: std::env::current_exe().unwrap(),
            arguments: &["--exact", "tests::stand_in", "--test-threads=1"],
        };
        // A file left open and inheritable must not reach runners.
        let left = std::fs::File::open("/dev/zero").unwrap();
        rustix::io::fcntl_setfd(&left, rustix::io::FdFlags::empty()).unwrap();
        let (server, greeting) = Server::start(&start, &Limits::default()).unwrap();
        Stand(server, greeting)
    }

    /// Result of an attack; `None` if the attacker was killed.
    fn attempt(&self, list: u8, which: usize, neighbour: &Runner) -> Option<i64> {
        let mut runner = self.0.fork().unwrap();
        let other = process_of(neighbour);
        let mut order = vec![list, u8::try_from(which).unwrap()];
        order.extend(other.to_le_bytes());
        runner.socket.write_all(&order).unwrap();
        let mut ready = [0_u8];
        runner.socket.read_exact(&mut ready).expect("it gets as far as its attack");
        let mut result = [0_u8; 8];
        runner.socket.read_exact(&mut result).ok().map(|()| i64::from_le_bytes(result))
    }
}

/// The process id behind a runner's handle.
fn process_of(runner: &Runner) -> i64 {
    let handle =
        std::fs::read_to_string(format!("/proc/self/fdinfo/{}", runner.handle().as_raw_fd())).unwrap();
    let line = handle.lines().find_map(|line| line.strip_prefix("Pid:")).unwrap();
    line.trim().parse().unwrap()
}

#[test]
fn an_escaped_app_can_do_nothing() {
    let stand = Stand::new();
    let neighbour = stand.0.fork().unwrap();
    let survived: Vec<_> = ATTACKS
        .iter()
        .enumerate()
        .filter_map(|(which, (name, _))| Some((name, stand.attempt(0, which, &neighbour)?)))
        .collect();
    assert!(survived.is_empty(), "not ended at once: {survived:?}");
    let mut alive = [0_u8; 1];
    neighbour.socket.set_nonblocking(true).unwrap();
    let kind = (&neighbour.socket).read(&mut alive).unwrap_err().kind();
    assert_eq!(kind, std::io::ErrorKind::WouldBlock, "the neighbour is still there");
}

#[test]
fn what_an_app_needs_is_there() {
    let stand = Stand::new();
    let neighbour = stand.0.fork().unwrap();
    for (list, needs) in [(1, ALLOWED), (4, ALLOWED_FOR_LOADING)] {
        for (which, (name, _)) in needs.iter().enumerate() {
            assert_eq!(stand.attempt(list, which, &neighbour), Some(0), "{name}");
        }
    }
}

/// Code that gains control while it is loaded, as if a compromised compiler had written it.
#[test]
fn code_that_is_loaded_can_do_nothing_either() {
    let stand = Stand::new();
    let neighbour = stand.0.fork().unwrap();
    let survived: Vec<_> = ATTACKS
        .iter()
        .enumerate()
        .filter(|(_, (name, _))| !FOR_LOADING.contains(name))
        .filter_map(|(which, (name, _))| Some((name, stand.attempt(3, which, &neighbour)?)))
        .collect();
    assert!(survived.is_empty(), "not ended at once: {survived:?}");
}

/// Landlock does not cover datagrams.
#[test]
fn a_datagram_finds_no_way() {
    let stand = Stand::new();
    let neighbour = stand.0.fork().unwrap();
    if !stand.1.network {
        eprintln!("not looked at: this system allows no network namespace");
        return;
    }
    assert_eq!(stand.attempt(5, 0, &neighbour), Some(-i64::from(libc::ENETUNREACH)));
}

#[test]
fn the_walls_hold_one_by_one() {
    let stand = Stand::new();
    let neighbour = stand.0.fork().unwrap();
    for (which, (name, _, expected)) in WITHOUT_FILTERS.iter().enumerate() {
        let got = stand.attempt(2, which, &neighbour);
        assert_eq!(got, Some(-i64::from(*expected)), "{name}");
    }
}

/// Files in flight of other processes of the same user, such as a browser's, must not prevent a runner from
/// starting.
#[test]
fn others_may_have_many_files_on_their_way() {
    let stand = Stand::new();
    let (from, to) = UnixStream::pair().unwrap();
    let nowhere = std::fs::File::open("/dev/null").unwrap();
    let mut sent = 0;
    from.set_nonblocking(true).unwrap();
    while sent < 200 && crate::pass_fd::send(from.as_fd(), nowhere.as_fd()).is_ok() {
        sent += 1;
    }
    assert!(sent > 16, "{sent} files on their way");
    assert!(stand.0.fork().is_ok());
    drop(to);
}

/// The host does not wait for a fork server that makes no runner, or that died with a request in flight.
#[test]
fn a_fork_server_that_says_nothing_is_not_waited_for() {
    let stand = Stand::new();
    let pid = rustix::process::Pid::from_raw(i32::try_from(stand.0.pid()).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::STOP).unwrap();
    let began = std::time::Instant::now();
    assert!(stand.0.fork().is_err());
    assert!(began.elapsed() < std::time::Duration::from_secs(60));
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
    assert!(stand.0.fork().is_err());
}

#[test]
fn a_runner_is_gone_when_nobody_holds_it() {
    let stand = Stand::new();
    let runner = stand.0.fork().unwrap();
    let mut other_end: UnixStream = runner.socket.try_clone().unwrap();
    drop(runner);
    other_end.set_read_timeout(Some(std::time::Duration::from_secs(10))).unwrap();
    assert_eq!(other_end.read(&mut [0_u8]).unwrap(), 0, "its end of the socket closed with it");
}
