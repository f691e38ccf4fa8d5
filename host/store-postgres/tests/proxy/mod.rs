//! A proxy between a store and its server that loses messages.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

/// Connections to lose: at the next answer of the server, or at the next request to it.
#[derive(Default)]
struct Cuts {
    answers: AtomicUsize,
    requests: AtomicUsize,
}

/// Runs until the process ends.
pub(crate) struct Proxy(Arc<Cuts>);

impl Proxy {
    /// Forwards connections from the socket of one port to that of another.
    pub(crate) fn start(folder: &Path, to: u16, from: u16) -> Proxy {
        let socket = |port: u16| folder.join(format!(".s.PGSQL.{port}"));
        let (listener, to) = (UnixListener::bind(socket(from)).unwrap(), socket(to));
        let cuts = Arc::<Cuts>::default();
        let shared = Arc::clone(&cuts);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                serve(&client, &to, &shared);
            }
        });
        Proxy(cuts)
    }

    /// Loses the next `n` answers: the server has done what was asked.
    pub(crate) fn cut_answers(&self, n: usize) {
        self.0.answers.store(n, SeqCst);
    }

    /// Loses the next `n` requests.
    pub(crate) fn cut_requests(&self, n: usize) {
        self.0.requests.store(n, SeqCst);
    }

    pub(crate) fn left_to_cut(&self) -> usize {
        self.0.answers.load(SeqCst) + self.0.requests.load(SeqCst)
    }
}

fn serve(client: &UnixStream, to: &Path, cuts: &Arc<Cuts>) {
    let Ok(server) = UnixStream::connect(to) else { return };
    for is_answer in [false, true] {
        let (from, to) = if is_answer { (&server, client) } else { (client, &server) };
        let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
        let cuts = Arc::clone(cuts);
        std::thread::spawn(move || {
            forward(from, to, is_answer, &cuts);
        });
    }
}

fn forward(mut from: UnixStream, mut to: UnixStream, is_answer: bool, cuts: &Cuts) {
    let left = if is_answer { &cuts.answers } else { &cuts.requests };
    let mut buffer = [0; 16 << 10];
    // A prepared statement is called with Bind, and answered from BindComplete on. The start of a session uses neither.
    let first = if is_answer { b'2' } else { b'B' };
    while let Ok(n) = from.read(&mut buffer) {
        let bytes = &buffer[..n];
        let is_cut = bytes.first() == Some(&first)
            && left.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)).is_ok();
        if n == 0 || is_cut || to.write_all(bytes).is_err() {
            break;
        }
    }
    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}
