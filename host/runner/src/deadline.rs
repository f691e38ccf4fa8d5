//! A socket with a deadline that holds whatever the peer does.
//!
//! A socket time-out applies to each read, so a peer that sends a byte now and then could keep a read going
//! forever. Here every read and write checks the clock first, and waits no longer than the deadline.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::net::{RecvFlags, SendFlags, recv, send};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// Reads and writes until a deadline. After it, every operation fails with [`ErrorKind::TimedOut`].
pub(crate) struct Until<'a> {
    socket: &'a UnixStream,
    deadline: Instant,
    is_over: Option<&'a dyn Fn() -> bool>,
}

/// Interval at which a waiting operation checks whether it was cancelled.
pub(crate) const LOOK: Duration = Duration::from_millis(50);

impl<'a> Until<'a> {
    pub(crate) fn new(socket: &'a UnixStream, deadline: Instant) -> Until<'a> {
        Until { socket, deadline, is_over: None }
    }

    /// Ends at the deadline, or once `is_over` returns true. `is_over` is called at every read and write,
    /// and every [`LOOK`] while waiting.
    pub(crate) fn watched(
        socket: &'a UnixStream,
        deadline: Instant,
        is_over: &'a dyn Fn() -> bool,
    ) -> Until<'a> {
        Until { socket, deadline, is_over: Some(is_over) }
    }

    fn left(&self) -> io::Result<Duration> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        let is_over = left.is_zero() || self.is_over.is_some_and(|is_over| is_over());
        if is_over { Err(ErrorKind::TimedOut.into()) } else { Ok(left) }
    }

    /// Repeats a non-blocking operation, waiting for the socket while it would block.
    fn attempt<T>(
        &self,
        ready: PollFlags,
        mut act: impl FnMut(&UnixStream) -> Result<T, Errno>,
    ) -> io::Result<T> {
        loop {
            self.left()?;
            match act(self.socket) {
                Err(Errno::AGAIN) => {
                    let left = self.left()?;
                    is_ready(self.socket, ready, if self.is_over.is_some() { left.min(LOOK) } else { left })?;
                }
                Err(Errno::INTR) => {}
                done => return Ok(done?),
            }
        }
    }
}

/// Whether a socket becomes ready within a time.
pub(crate) fn is_ready(socket: &UnixStream, ready: PollFlags, within: Duration) -> io::Result<bool> {
    let until = Instant::now() + within;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let left = Timespec::try_from(left).map_err(io::Error::other)?;
        match poll(&mut [PollFd::new(socket, ready)], Some(&left)) {
            Err(Errno::INTR) => {}
            count => return Ok(count? > 0),
        }
    }
}

impl Read for Until<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.attempt(PollFlags::IN, |socket| recv(socket, &mut *into, RecvFlags::DONTWAIT).map(|(n, _)| n))
    }
}

impl Write for Until<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let flags = SendFlags::DONTWAIT | SendFlags::NOSIGNAL;
        self.attempt(PollFlags::OUT, |socket| send(socket, bytes, flags))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asserts that an operation with a deadline in 300 ms times out, and does so on time.
    fn within(act: impl FnOnce(&mut Until<'_>) -> io::Result<()>, other: impl FnOnce(UnixStream) + Send) {
        let (ours, theirs) = UnixStream::pair().unwrap();
        std::thread::scope(|scope| {
            scope.spawn(move || other(theirs));
            let began = Instant::now();
            let ended = act(&mut Until::new(&ours, began + Duration::from_millis(300)));
            drop(ours);
            assert_eq!(ended.unwrap_err().kind(), ErrorKind::TimedOut);
            assert!(began.elapsed() >= Duration::from_millis(300), "it waits until its deadline");
            assert!(began.elapsed() < Duration::from_millis(1_500), "and no longer: {:?}", began.elapsed());
        });
    }

    #[test]
    fn who_sends_a_byte_now_and_then_is_not_read_from_for_ever() {
        within(
            |until| until.read_exact(&mut [0; 1_000]),
            |mut socket| {
                while socket.write_all(b"x").is_ok() {
                    std::thread::sleep(Duration::from_millis(50));
                }
            },
        );
    }

    #[test]
    fn who_sends_all_the_time_is_not_read_from_for_ever() {
        within(
            |until| io::copy(until, &mut io::sink()).map(|_| ()),
            |mut socket| while socket.write_all(&[b'x'; 4_096]).is_ok() {},
        );
    }

    #[test]
    fn who_takes_a_byte_now_and_then_is_not_written_to_for_ever() {
        within(
            |until| until.write_all(&vec![0; 64 << 20]),
            |mut socket| {
                // Longer than the deadline, but not longer than a test may take.
                for _ in 0..100 {
                    assert!(socket.read(&mut [0; 16]).is_ok());
                    std::thread::sleep(Duration::from_millis(10));
                }
            },
        );
    }

    #[test]
    fn what_comes_in_time_is_there() {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        let mut until = Until::new(&ours, Instant::now() + Duration::from_secs(30));
        std::thread::scope(|scope| {
            scope.spawn(move || {
                let mut all = vec![0; 1 << 20];
                theirs.read_exact(&mut all).unwrap();
                theirs.write_all(&all).unwrap();
            });
            let sent: Vec<u8> = (0..1_u32 << 20).map(|i| i.to_le_bytes()[0]).collect();
            until.write_all(&sent).unwrap();
            let mut back = vec![0; 1 << 20];
            until.read_exact(&mut back).unwrap();
            assert!(sent == back);
            assert_eq!(until.read(&mut [0]).unwrap(), 0, "and its end");
        });
    }
}
