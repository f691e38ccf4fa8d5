//! All limits of the HTTP door: time, bytes and concurrency.

use std::time::Duration;

/// Number of slots of a kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Share {
    pub(crate) in_all: usize,
    /// Per token.
    pub(crate) of_client: usize,
    pub(crate) of_person: usize,
    /// Per token and person.
    pub(crate) of_both: usize,
}

/// Concurrent connections. A browser opens six; each costs about 20 KiB of buffers.
pub(crate) const CONNECTIONS: usize = 128;

/// Time to receive a request head, and maximum idle time between two requests on a connection.
pub(crate) const HEAD: Duration = Duration::from_secs(20);

/// Maximum size of a request head in bytes: hyper's buffer, at its minimum or above.
pub(crate) const HEAD_BYTES: usize = 32 << 10;

/// Time that the workbench waits for a new draft before it answers that there is none: below what browsers and
/// proxies wait.
pub(crate) const CHANGES_WAIT: Duration = Duration::from_secs(20);

/// Time to receive a body held in memory.
pub(crate) const BODY: Duration = Duration::from_secs(30);

/// Maximum size of a JSON body or form, in bytes. A grant with every field of every category has about 10
/// KiB.
pub(crate) const JSON_BYTES: usize = 1 << 20;

/// Maximum size of an uploaded app, in bytes: above the host's own limit, so that the host can report why
/// it refuses the app.
pub(crate) const APP_BYTES: usize = mesinfos_platform::runtime::limits::MAX_COMPONENT + (1 << 20);

/// Maximum size of a form with an app, in bytes: the app, and the other parts of the form.
pub(crate) const APP_FORM_BYTES: u64 = APP_BYTES as u64 + (64 << 10);

/// Maximum size of an imported file, in bytes.
pub(crate) const FILE_BYTES: u64 = 4 << 30;

/// Bytes of a rejected upload that are still read, so that the sender can receive the response.
pub(crate) const DRAINED: u64 = 64 << 20;

/// Time for the next piece of an upload or download. A longer silence means a broken connection.
pub(crate) const PIECE: Duration = Duration::from_secs(30);

/// Total time spent waiting for pieces of an upload, whatever its size.
pub(crate) const SLOWEST_START: Duration = Duration::from_secs(60);

/// Minimum rate of a longer upload, in bytes per second: about that of a 2005 fixed line. A slow trickle
/// must not hold a slot for hours.
pub(crate) const SLOWEST_RATE: u64 = 16 << 10;

/// Concurrent uploads: each holds a buffer and disk space. The shares per token and person keep one of them
/// from locking out the others.
pub(crate) const UPLOADS: Share = Share { in_all: 32, of_client: 8, of_person: 8, of_both: 2 };

/// Maximum bytes of uploads on the disk: in all, and per token.
pub(crate) const PUT_DOWN: (u64, u64) = (16 << 30, 12 << 30);

/// Complete files being read at once: each holds a thread, and either a runner process or a reader's
/// memory.
pub(crate) const READINGS: Share = Share { in_all: 4, of_client: 3, of_person: 3, of_both: 2 };

/// Maximum wait of a complete upload before it is read.
pub(crate) const READING_WAIT: Duration = Duration::from_secs(120);

/// Concurrent downloads of documents: each holds one piece.
pub(crate) const DOWNLOADS: Share = Share { in_all: 16, of_client: 6, of_person: 8, of_both: 6 };

/// Archives of everything at once: each opens all of a person's rows twice, and holds some MiB.
pub(crate) const ARCHIVES: Share = Share { in_all: 4, of_client: 1, of_person: 1, of_both: 1 };

/// Streams of events about uploads at once: each holds a connection, of which most must stay free. One for each
/// upload of a person.
pub(crate) const STREAMS: Share = Share { in_all: CONNECTIONS / 4, of_client: 4, of_person: 4, of_both: 4 };

/// Pages of a person's own rows at once: each opens some months on a thread, a search in words many more.
pub(crate) const LOOKUPS: Share = Share { in_all: 8, of_client: 2, of_person: 2, of_both: 2 };

/// Maximum wait of a page of rows for its turn.
pub(crate) const LOOKUP_WAIT: Duration = Duration::from_secs(10);

/// Files in one form. Photographs of a year's bills; each file is imported before the next is received.
pub(crate) const FILES: usize = 64;

/// Time that a table waits for answers about its columns.
pub(crate) const TABLE_WAIT: Duration = Duration::from_hours(1);

/// Tables of an account that wait at once; the oldest goes first.
pub(crate) const TABLES_OF_ONE: usize = 4;

/// Tables that wait at once on a host; the oldest goes first.
pub(crate) const TABLES: usize = 400;

/// Maximum size of a file in a sample life, in bytes. Anybody may begin one: what it adds must not fill the disk.
pub(crate) const SAMPLE_FILE_BYTES: u64 = 2_000_000;

/// Files that a sample life may have, with those that it begins with (about thirty).
pub(crate) const SAMPLE_FILES: usize = 60;

/// Concurrent uploads of apps: each is held in memory.
pub(crate) const APPS: Share = Share { in_all: 4, of_client: 2, of_person: 4, of_both: 2 };

/// Concurrent requests per token. The remaining connections stay free for other tokens.
pub(crate) const REQUESTS: Share =
    Share { in_all: CONNECTIONS, of_client: CONNECTIONS / 4, of_person: CONNECTIONS, of_both: CONNECTIONS };

/// Bytes read from the body of a refused request, and the time allowed: enough for most senders to receive
/// the response, too little to hold a connection.
pub(crate) const REFUSED_BYTES: u64 = 1 << 20;
pub(crate) const REFUSED: Duration = Duration::from_secs(1);

/// Time without progress on a response, after which its connection may be closed.
pub(crate) const UNREAD: Duration = Duration::from_secs(30);

/// `Retry-After` of a busy host, in seconds: the time limit of a run.
pub(crate) const RETRY_AFTER: &str = "5";

/// Time for requests under way when the server stops.
pub(crate) const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// Sample lives that begin at once: each takes a second or more of a processor.
pub(crate) const SAMPLES: usize = 2;

/// Sample lives that an address may begin at once, and the time that gives it another one. In the half hour that an
/// unused one lasts, an address has at most 120 of the 200 that there may be; a class shares one address.
pub(crate) const LIVES_OF_ADDRESS: (u32, Duration) = (60, Duration::from_secs(30));

/// Passwords and codes that an address may try at once, and the time that gives it another try.
pub(crate) const ENTRIES_OF_ADDRESS: (u32, Duration) = (60, Duration::from_secs(3));

/// Addresses that are told apart: each takes some 50 bytes.
pub(crate) const ADDRESSES: usize = 20_000;

/// Passwords checked at once: each takes 19 MiB and a tenth of a second of a processor.
pub(crate) const PASSWORDS: usize = 8;
