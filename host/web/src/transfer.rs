//! Streaming of uploads and downloads. Tasks wait for the network, and threads are used only for disk I/O,
//! so a slow client holds no thread.

use crate::errors::{ApiError, blocking_io};
use crate::limits;
use crate::slots::Slot;
use axum::body::{Body, Bytes};
use http_body_util::BodyExt;
use http_body_util::channel::Channel;
use mesinfos_platform::{Spool, Spooled};
use std::io::{self, ErrorKind, Write};
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// Bytes collected before a write to the spool.
const GATHERED: usize = 256 << 10;

/// Spools a whole upload, so that reading it no longer depends on the sender.
///
/// # Errors
/// If the upload is truncated, too slow or too large, or the disk has no room. Nothing is kept in that
/// case.
pub(crate) async fn receive(body: Body, spool: Spool, slot: &Slot) -> Result<Spooled, ApiError> {
    spooled(Incoming::new(body), spool, slot).await
}

async fn spooled(mut incoming: Incoming, spool: Spool, slot: &Slot) -> Result<Spooled, ApiError> {
    let mut file = IncomingFile::new(spool, limits::FILE_BYTES);
    while let Some(data) = incoming.next().await? {
        file = file.write(&data, slot).await?;
    }
    file.finish().await
}

/// A body that arrives piece by piece, with limits on the wait for its sender.
pub(crate) struct Incoming {
    body: Body,
    patience: Patience,
    size: u64,
    waited: Duration,
    /// Whether nothing more comes: it ended, broke off, or was given up.
    is_over: bool,
}

impl Incoming {
    pub(crate) fn new(body: Body) -> Incoming {
        Incoming { body, patience: PATIENCE, size: 0, waited: Duration::ZERO, is_over: false }
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// If the body is truncated, or its sender too slow.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, ApiError> {
        let longest = self.patience.left(self.size, self.waited);
        let since = Instant::now();
        let next = timeout(longest, self.body.frame()).await;
        self.is_over = !matches!(next, Ok(Some(Ok(_))));
        let data = match next {
            Err(_) => return Err(ApiError::upload_too_slow()),
            Ok(None) => return Ok(None),
            Ok(Some(Err(_))) => return Err(ApiError::broken_off()),
            Ok(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
        };
        // Count the time spent waiting for the sender, not for the disk.
        self.waited += since.elapsed();
        self.size += data.len() as u64;
        Ok(Some(data))
    }

    /// The rest of the body; empty if nothing more comes.
    pub(crate) fn into_rest(self) -> Body {
        if self.is_over { Body::empty() } else { self.body }
    }
}

/// A file that arrives piece by piece and is spooled.
pub(crate) struct IncomingFile {
    spool: Spool,
    size: u64,
    most: u64,
    gathered: Vec<u8>,
}

impl IncomingFile {
    /// A file of at most `most` bytes.
    pub(crate) fn new(spool: Spool, most: u64) -> IncomingFile {
        IncomingFile { spool, size: 0, most, gathered: Vec::new() }
    }

    /// Bytes so far.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Adds a piece.
    ///
    /// # Errors
    /// If the file is too large, or the disk has no room.
    pub(crate) async fn write(mut self, data: &[u8], slot: &Slot) -> Result<IncomingFile, ApiError> {
        self.size += data.len() as u64;
        if self.size > self.most {
            return Err(ApiError::too_large(self.most));
        }
        if !slot.has_room(self.size) {
            return Err(ApiError::busy(
                "too much is being uploaded at the moment: nothing was imported, try again later",
            ));
        }
        self.gathered.extend_from_slice(data);
        if self.gathered.len() >= GATHERED { self.put_down().await } else { Ok(self) }
    }

    /// The whole file.
    ///
    /// # Errors
    /// If the disk has no room.
    pub(crate) async fn finish(self) -> Result<Spooled, ApiError> {
        Ok(self.put_down().await?.spool.finish())
    }

    async fn put_down(self) -> Result<IncomingFile, ApiError> {
        let spool = put_down(self.spool, self.gathered).await?;
        Ok(IncomingFile { spool, gathered: Vec::new(), ..self })
    }
}

async fn put_down(mut spool: Spool, bytes: Vec<u8>) -> Result<Spool, ApiError> {
    blocking_io(move || {
        spool.write_all(&bytes)?;
        Ok(spool)
    })
    .await
}

/// Time limits on waiting for the peer.
#[derive(Clone, Copy)]
struct Patience {
    /// Maximum wait for one piece.
    piece: Duration,
    /// Total wait allowed at the start.
    start: Duration,
    /// Bytes that extend the total by one second.
    rate: u64,
}

const PATIENCE: Patience =
    Patience { piece: limits::PIECE, start: limits::SLOWEST_START, rate: limits::SLOWEST_RATE };

impl Patience {
    /// Maximum wait for the next piece, after `size` bytes and a total wait of `waited`.
    fn left(self, size: u64, waited: Duration) -> Duration {
        self.piece.min(self.whole(size).saturating_sub(waited))
    }

    /// Total wait allowed after `size` bytes.
    fn whole(self, size: u64) -> Duration {
        self.start + Duration::from_secs(size / self.rate)
    }
}

/// A body of `pieces`, each produced on a blocking thread. Aborts at the first error, or when the client
/// stops reading. Releases the slot at the end.
pub(crate) fn download<P, E>(pieces: impl Iterator<Item = Result<P, E>> + Send + 'static, slot: Slot) -> Body
where
    P: AsRef<[u8]>,
    E: std::error::Error + Send + Sync + 'static,
{
    let (mut sender, body) = Channel::<Bytes, io::Error>::new(1);
    tokio::spawn(async move {
        let _slot = slot;
        let mut pieces = pieces;
        let (mut size, mut waited) = (0_u64, Duration::ZERO);
        loop {
            let next = tokio::task::spawn_blocking(move || {
                let piece =
                    pieces.next().map(|piece| piece.map(|piece| Bytes::copy_from_slice(piece.as_ref())));
                (piece.transpose(), pieces)
            });
            let piece = match next.await {
                Ok((Ok(Some(piece)), rest)) => {
                    pieces = rest;
                    piece
                }
                Ok((Ok(None), _)) => return,
                Ok((Err(error), _)) => return sender.abort(io::Error::other(error)),
                Err(_) => return sender.abort(io::Error::other("a piece could not be read")),
            };
            size += piece.len() as u64;
            let longest = PATIENCE.left(size, waited);
            let since = Instant::now();
            match timeout(longest, sender.send_data(piece)).await {
                Ok(Ok(())) => waited += since.elapsed(),
                Ok(Err(_)) => return,
                Err(_) => {
                    return sender
                        .abort(io::Error::new(ErrorKind::TimedOut, "the client does not read the response"));
                }
            }
        }
    });
    Body::new(body)
}

/// `Content-Disposition` with a file name (RFC 6266, RFC 8187).
pub(crate) fn attachment(name: &str) -> String {
    let mut value = String::from("attachment; filename*=UTF-8''");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            value.push(char::from(byte));
        } else {
            value.push_str(&format!("%{byte:02X}"));
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slots::{SlotOwner, Slots};
    use axum::http::StatusCode;
    use mesinfos_platform::{Isolation, Platform};
    use std::io::Read;

    fn owner() -> SlotOwner {
        SlotOwner { client: "t".into(), person: "a".to_owned() }
    }

    /// Result of an upload, and the number of files it left.
    async fn received(body: Body, patience: Patience) -> (Result<Vec<u8>, StatusCode>, usize) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        let platform = Platform::open(folder.path(), &Isolation::InProcess).unwrap();
        let slot = Slots::default().uploads.take(&owner()).unwrap();
        let incoming = Incoming { patience, ..Incoming::new(body) };
        let received = spooled(incoming, platform.spool(1 << 30).unwrap(), &slot).await;
        let whole = received.map_err(|error| error.status()).map(|mut spooled| {
            let mut all = Vec::new();
            spooled.read_to_end(&mut all).unwrap();
            all
        });
        (whole, files(&folder.path().join("store/chunks")))
    }

    /// Number of files below a folder.
    fn files(folder: &std::path::Path) -> usize {
        let below = |path: std::path::PathBuf| if path.is_dir() { files(&path) } else { 1 };
        std::fs::read_dir(folder).unwrap().map(|entry| below(entry.unwrap().path())).sum()
    }

    async fn frames(frames: Vec<Result<Vec<u8>, &'static str>>) -> Result<Vec<u8>, StatusCode> {
        let (mut sender, body) = Channel::<Bytes, io::Error>::new(1);
        let sending = async move {
            for frame in frames {
                match frame {
                    Ok(data) => drop(sender.send_data(data.into()).await),
                    Err(why) => return sender.abort(io::Error::other(why)),
                }
            }
        };
        let ((whole, left), ()) = tokio::join!(received(Body::new(body), PATIENCE), sending);
        assert_eq!(left, 0);
        whole
    }

    #[tokio::test]
    async fn an_upload_is_taken_whole_or_not_at_all() {
        let ab = || Ok(b"ab".to_vec());
        assert_eq!(frames(vec![ab(), Ok(vec![]), Ok(b"c".to_vec())]).await.unwrap(), b"abc");
        assert_eq!(frames(vec![]).await.unwrap(), b"");
        assert_eq!(frames(vec![ab(), Err("gone")]).await, Err(StatusCode::BAD_REQUEST));
        let large: Vec<u8> = (0..3_u32 << 20).map(|n| n.to_le_bytes()[1]).collect();
        let mut pieces: Vec<_> = large.chunks(100_003).map(|piece| Ok(piece.to_vec())).collect();
        assert!(frames(pieces.clone()).await.unwrap() == large);
        pieces.push(Err("gone"));
        assert_eq!(frames(pieces).await, Err(StatusCode::BAD_REQUEST));
    }

    #[tokio::test]
    async fn a_trickle_is_given_up() {
        let short =
            Patience { piece: Duration::from_millis(200), start: Duration::from_millis(500), rate: 1 << 20 };
        // One byte every 50 milliseconds: each single wait is short enough, the total is too long.
        let (mut sender, body) = Channel::<Bytes, io::Error>::new(1);
        let sent = tokio::spawn(async move {
            let mut sent = 0;
            while sender.send_data(Bytes::from_static(b"x")).await.is_ok() {
                sent += 1;
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            sent
        });
        assert_eq!(received(Body::new(body), short).await.0, Err(StatusCode::REQUEST_TIMEOUT));
        assert!(sent.await.unwrap() < 20);
        // A silent sender times out earlier.
        let (_sender, body) = Channel::<Bytes, io::Error>::new(1);
        assert_eq!(received(Body::new(body), short).await.0, Err(StatusCode::REQUEST_TIMEOUT));
        assert_eq!(PATIENCE.whole(64 << 20), Duration::from_secs(60 + 4096));
    }

    #[tokio::test]
    async fn a_download_that_fails_breaks_off() {
        let slot = || Slots::default().downloads.take(&owner()).unwrap();
        let whole = download([Ok::<_, io::Error>(b"ab"), Ok(b"cd")].into_iter(), slot());
        assert_eq!(whole.collect().await.unwrap().to_bytes(), "abcd");
        let broken = download([Ok(b"ab"), Err(io::Error::other("damaged"))].into_iter(), slot());
        assert!(broken.collect().await.is_err());
    }

    #[test]
    fn a_name_of_a_document_stays_a_name() {
        assert_eq!(
            attachment("relevé\r\n\"x\".pdf"),
            "attachment; filename*=UTF-8''relev%C3%A9%0D%0A%22x%22.pdf"
        );
    }
}
