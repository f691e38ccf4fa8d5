//! Files on their way in and out: the platform reads and writes them on threads that may block, a piece at
//! a time, so that none is held in memory as a whole.

use axum::body::{Body, Bytes};
use http_body_util::BodyExt;
use http_body_util::channel::Channel;
use std::io::{self, ErrorKind, Read};
use tokio::sync::mpsc;

/// Pieces that wait between the network and the reader.
const WAITING: usize = 4;

/// The largest file that is taken in, in bytes.
const LARGEST: u64 = 4 << 30;

/// How much of an upload that nobody reads any more is still taken, so that its sender hears why.
const DRAINED: u64 = 64 << 20;

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
    let (sender, pieces) = mpsc::channel(WAITING);
    (receive(body, sender), Upload { pieces, open: Bytes::new(), ended: false })
}

async fn receive(mut body: Body, sender: mpsc::Sender<Piece>) {
    let (mut size, mut unread) = (0_u64, 0_u64);
    let last = loop {
        let data = match body.frame().await {
            None => break Piece::End,
            Some(Err(error)) => break Piece::Broken(io::Error::other(error)),
            Some(Ok(frame)) => frame.into_data().unwrap_or_default(),
        };
        size += data.len() as u64;
        if size > LARGEST {
            break Piece::Broken(io::Error::other(format!("the upload is over {} GiB", LARGEST >> 30)));
        }
        let length = data.len() as u64;
        if sender.send(Piece::Data(data)).await.is_err() {
            unread += length;
            if unread > DRAINED {
                return;
            }
        }
    };
    // A reader that has gone needs no end.
    let _ = sender.send(last).await;
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

/// A body that gives these pieces, made on a thread that may block; it breaks off at the first error.
pub(crate) fn download<P, E>(pieces: impl Iterator<Item = Result<P, E>> + Send + 'static) -> Body
where
    P: AsRef<[u8]>,
    E: std::error::Error + Send + Sync + 'static,
{
    let (mut sender, body) = Channel::<Bytes, io::Error>::new(1);
    let runtime = tokio::runtime::Handle::current();
    tokio::task::spawn_blocking(move || {
        for piece in pieces {
            match piece {
                Ok(piece) => {
                    let data = Bytes::copy_from_slice(piece.as_ref());
                    if runtime.block_on(sender.send_data(data)).is_err() {
                        return;
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
    async fn a_download_that_fails_breaks_off() {
        let whole = download([Ok::<_, io::Error>(b"ab"), Ok(b"cd")].into_iter());
        assert_eq!(whole.collect().await.unwrap().to_bytes(), "abcd");
        let broken = download([Ok(b"ab"), Err(io::Error::other("damaged"))].into_iter());
        assert!(broken.collect().await.is_err());
    }
}
