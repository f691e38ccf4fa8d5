//! What the door takes, in one place: of time, of bytes, and at once.

use std::time::Duration;

/// How many places there are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Share {
    pub(crate) in_all: usize,
    /// For the bearers of one token.
    pub(crate) of_client: usize,
    pub(crate) of_person: usize,
    /// For one person and the bearers of one token.
    pub(crate) of_both: usize,
}

/// Connections at once. A browser opens six; each costs some 20 KiB of buffers.
pub(crate) const CONNECTIONS: usize = 128;

/// For the head of a request, and between two requests on one connection.
pub(crate) const HEAD: Duration = Duration::from_secs(20);

/// Bytes of the head of a request: hyper's buffer, and no less than it takes.
pub(crate) const HEAD_BYTES: usize = 32 << 10;

/// For a body that is held in memory.
pub(crate) const BODY: Duration = Duration::from_secs(30);

/// Bytes of JSON or of a form: a grant with every field of every category has some 10 KiB.
pub(crate) const JSON_BYTES: usize = 1 << 20;

/// Bytes of an app: what the host takes, and a little more, so that it says why.
pub(crate) const APP_BYTES: usize = mesinfos_platform::runtime::limits::MAX_COMPONENT + (1 << 20);

/// Bytes of a file that is taken in.
pub(crate) const FILE_BYTES: u64 = 4 << 30;

/// Bytes of an upload that nobody reads any more and that are still taken, so that its sender hears why.
pub(crate) const DRAINED: u64 = 64 << 20;

/// For the next piece of a file, on its way in or out: a line that is silent for so long is broken.
pub(crate) const PIECE: Duration = Duration::from_secs(30);

/// Waiting for pieces of an upload, all together, whatever its size.
pub(crate) const SLOWEST_START: Duration = Duration::from_secs(60);

/// Bytes in a second that a longer upload has to bring: a fixed line of 2005 had as much. A byte now and
/// then must not keep a place for hours.
pub(crate) const SLOWEST_RATE: u64 = 16 << 10;

/// Files on their way in at once: each holds a buffer, and what came of it lies on the disk. Of these, the bearers
/// of one token, one person, and both together have so many: nobody keeps the others out.
pub(crate) const UPLOADS: Share = Share { in_all: 32, of_client: 8, of_person: 8, of_both: 2 };

/// Bytes of them on the disk, all together, and of the bearers of one token.
pub(crate) const PUT_DOWN: (u64, u64) = (16 << 30, 12 << 30);

/// Files that are whole and are being read: each holds a thread, and a runner or a reader's memory.
pub(crate) const READINGS: Share = Share { in_all: 4, of_client: 3, of_person: 3, of_both: 2 };

/// For a file that is whole, until it is read.
pub(crate) const READING_WAIT: Duration = Duration::from_secs(120);

/// Documents on their way out at once: each holds a piece.
pub(crate) const DOWNLOADS: Share = Share { in_all: 16, of_client: 6, of_person: 8, of_both: 6 };

/// Apps on their way in at once: each is held in memory.
pub(crate) const APPS: Share = Share { in_all: 4, of_client: 2, of_person: 4, of_both: 2 };

/// Requests with a token at once. The connections that are left are for those who have another one.
pub(crate) const REQUESTS: Share =
    Share { in_all: CONNECTIONS, of_client: CONNECTIONS / 4, of_person: CONNECTIONS, of_both: CONNECTIONS };

/// Bytes of the body of a request that is refused, and how long they are waited for: enough that most senders hear
/// why, and nothing that is worth holding a connection for.
pub(crate) const REFUSED_BYTES: u64 = 1 << 20;
pub(crate) const REFUSED: Duration = Duration::from_secs(1);

/// For an answer of which nothing is taken, until its connection may make room.
pub(crate) const UNREAD: Duration = Duration::from_secs(30);

/// Seconds after which a busy host is asked again: a run that is stopped takes five.
pub(crate) const RETRY_AFTER: &str = "5";

/// Browsers with the pages open, at most: the one that was used least recently is shut out.
pub(crate) const SESSIONS: usize = 16;

/// A session that nobody uses is over: long enough for a meal.
pub(crate) const SESSION_IDLE: Duration = Duration::from_secs(60 * 60);

/// A session is over, used or not: a working day.
pub(crate) const SESSION: Duration = Duration::from_secs(12 * 60 * 60);

/// When the server is told to end, for the requests that are under way.
pub(crate) const LAST_REQUESTS: Duration = Duration::from_secs(10);
