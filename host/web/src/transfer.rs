//! Files on their way in and out: the platform reads and writes them on threads that may block, a piece at
//! a time, so that none is held in memory as a whole.

use crate::limits;
use crate::places::Place;
use axum::body::{Body, Bytes};
use http_body_util::BodyExt;
use http_body_util::channel::Channel;
use std::io::{self, ErrorKind, Read};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// Pieces that wait between the network and the reader.
const WAITING: usize = 4;

enum Piece {
    Data(Bytes),
    /// The whole file was there. A channel that closes without it is an upload that broke off.
    End,
    Broken(io::Error),
}

/// An upload as its reader sees it.
pub(crate) struct Upload {
    pieces: mpsc::Receiver<Piece>,
    open: Bytes,
    ended: bool,
}

/// The two ends of an upload: what drives it, and what reads it on a thread that may block.
pub(crate) fn upload(body: Body) -> (impl Future<Output = ()>, Upload) {
    patiently(body, PATIENCE)
}

fn patiently(body: Body, patience: Patience) -> (impl Future<Output = ()>, Upload) {
    let (sender, pieces) = mpsc::channel(WAITING);
    (receive(body, sender, patience), Upload { pieces, open: Bytes::new(), ended: false })
}

async fn receive(mut body: Body, sender: mpsc::Sender<Piece>, patience: Patience) {
    let (mut size, mut unread, mut waited) = (0_u64, 0_u64, Duration::ZERO);
    let last = loop {
        // Waiting for the sender counts, waiting for the reader does not.
        let longest = patience.piece.min(patience.whole(size).saturating_sub(waited));
        let since = Instant::now();
        let data = match timeout(longest, body.frame()).await {
            Err(_) => break Piece::Broken(io::Error::new(ErrorKind::TimedOut, TOO_SLOW)),
            Ok(None) => break Piece::End,
            Ok(Some(Err(error))) => break Piece::Broken(io::Error::other(error)),
            Ok(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
        };
        waited += since.elapsed();
        size += data.len() as u64;
        if size > limits::FILE_BYTES {
            let most = limits::FILE_BYTES >> 30;
            break Piece::Broken(io::Error::other(format!("the upload is over {most} GiB")));
        }
        let length = data.len() as u64;
        if sender.send(Piece::Data(data)).await.is_err() {
            unread += length;
            if unread > limits::DRAINED {
                return;
            }
        }
    };
    // A reader that has gone needs no end.
    let _ = sender.send(last).await;
}

/// What an upload is told that comes too slowly.
const TOO_SLOW: &str = "the upload came too slowly, and was given up";

/// For how long a sender may keep us waiting.
#[derive(Clone, Copy)]
struct Patience {
    /// For one piece.
    piece: Duration,
    /// All together, at the beginning.
    start: Duration,
    /// And a second more for so many bytes.
    rate: u64,
}

const PATIENCE: Patience =
    Patience { piece: limits::PIECE, start: limits::SLOWEST_START, rate: limits::SLOWEST_RATE };

impl Patience {
    /// All together, for a sender that has sent so many bytes.
    fn whole(self, size: u64) -> Duration {
        self.start + Duration::from_secs(size / self.rate)
    }
}

impl Read for Upload {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.open.is_empty() && !self.ended {
            match self.pieces.blocking_recv() {
                Some(Piece::Data(data)) => self.open = data,
                Some(Piece::End) => self.ended = true,
                Some(Piece::Broken(error)) => return Err(error),
                None => return Err(io::Error::new(ErrorKind::UnexpectedEof, "the upload broke off")),
            }
        }
        let taken = self.open.len().min(buffer.len());
        buffer[..taken].copy_from_slice(&self.open.split_to(taken));
        Ok(taken)
    }
}

/// A body that gives these pieces, made on a thread that may block; it breaks off at the first error, and
/// when its reader takes nothing for a while. The place is free when it ends.
pub(crate) fn download<P, E>(
    pieces: impl Iterator<Item = Result<P, E>> + Send + 'static,
    place: Place,
) -> Body
where
    P: AsRef<[u8]>,
    E: std::error::Error + Send + Sync + 'static,
{
    let (mut sender, body) = Channel::<Bytes, io::Error>::new(1);
    let runtime = tokio::runtime::Handle::current();
    tokio::task::spawn_blocking(move || {
        let _place = place;
        for piece in pieces {
            match piece {
                Ok(piece) => {
                    let data = Bytes::copy_from_slice(piece.as_ref());
                    let sent =
                        runtime.block_on(async { timeout(limits::PIECE, sender.send_data(data)).await });
                    match sent {
                        Ok(Ok(())) => {}
                        Ok(Err(_)) => return,
                        Err(_) => return sender.abort(io::Error::new(ErrorKind::TimedOut, "nobody reads")),
                    }
                }
                Err(error) => return sender.abort(io::Error::other(error)),
            }
        }
    });
    Body::new(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(frames: Vec<Result<&'static [u8], &'static str>>, cut: bool) -> io::Result<Vec<u8>> {
        let (mut sender, body) = Channel::<Bytes, io::Error>::new(1);
        let (drive, mut upload) = upload(Body::new(body));
        let reading = tokio::task::spawn_blocking(move || {
            let mut all = Vec::new();
            upload.read_to_end(&mut all).map(|_| all)
        });
        let sending = async move {
            for frame in frames {
                match frame {
                    Ok(data) => sender.send_data(Bytes::from_static(data)).await.unwrap(),
                    Err(why) => return sender.abort(io::Error::other(why)),
                }
            }
        };
        if cut {
            // The client goes: what drives the upload is dropped before it ended.
            tokio::select! { () = drive => {}, () = sending => {} }
        } else {
            tokio::join!(drive, sending);
        }
        reading.await.unwrap()
    }

    #[tokio::test]
    async fn an_upload_is_read_whole_or_not_at_all() {
        assert_eq!(read(vec![Ok(b"ab"), Ok(b""), Ok(b"c")], false).await.unwrap(), b"abc");
        assert_eq!(read(vec![], false).await.unwrap(), b"");
        assert!(read(vec![Ok(b"ab"), Err("gone")], false).await.is_err());
        assert!(read(vec![Ok(b"ab")], true).await.is_err(), "a file that broke off must not pass for whole");
    }

    #[tokio::test]
    async fn a_trickle_is_given_up() {
        let short =
            Patience { piece: Duration::from_millis(200), start: Duration::from_millis(500), rate: 1 << 20 };
        let reading = |mut upload: Upload| {
            tokio::task::spawn_blocking(move || {
                let mut all = Vec::new();
                upload.read_to_end(&mut all).map(|_| all)
            })
        };
        // A byte each 50 milliseconds: no wait is too long, all of them together are.
        let (mut sender, body) = Channel::<Bytes, io::Error>::new(1);
        let (drive, upload) = patiently(Body::new(body), short);
        let sent = tokio::spawn(async move {
            let mut sent = 0;
            while sender.send_data(Bytes::from_static(b"x")).await.is_ok() {
                sent += 1;
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            sent
        });
        let read = reading(upload);
        drive.await;
        assert_eq!(read.await.unwrap().unwrap_err().kind(), ErrorKind::TimedOut);
        assert!(sent.await.unwrap() < 20);
        // One that is silent is given up before.
        let (_sender, body) = Channel::<Bytes, io::Error>::new(1);
        let (drive, upload) = patiently(Body::new(body), short);
        let (read, since) = (reading(upload), Instant::now());
        drive.await;
        assert_eq!(read.await.unwrap().unwrap_err().kind(), ErrorKind::TimedOut);
        assert!(since.elapsed() < Duration::from_millis(450));
        assert_eq!(PATIENCE.whole(64 << 20), Duration::from_secs(60 + 4096));
    }

    #[tokio::test]
    async fn a_download_that_fails_breaks_off() {
        let place = || std::sync::Arc::<crate::places::Places>::default().download("a").unwrap();
        let whole = download([Ok::<_, io::Error>(b"ab"), Ok(b"cd")].into_iter(), place());
        assert_eq!(whole.collect().await.unwrap().to_bytes(), "abcd");
        let broken = download([Ok(b"ab"), Err(io::Error::other("damaged"))].into_iter(), place());
        assert!(broken.collect().await.is_err());
    }
}
