//! How long the store waits, each number with its reason.

use std::time::Duration;

/// Time limits of a store. Those of the product are [`Patience::default`].
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For a connection, with the start of its session: a server that is frozen still accepts connections.
    pub connect: Duration,
    /// For the next row of an answer.
    pub read: Duration,
    /// For the answer to a write. A write that waits for standbys is no fault, so it is longer.
    pub write: Duration,
    /// For a session, and for a server while nothing may have been written: people wait for the answer.
    pub busy: Duration,
    /// For the outcome of a write that may have been applied: longer than a cluster takes to have a new primary.
    pub outcome: Duration,
    /// Number of sessions of one host.
    pub sessions: usize,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience {
            connect: Duration::from_secs(2),
            read: Duration::from_secs(2),
            write: Duration::from_secs(10),
            busy: Duration::from_secs(5),
            outcome: Duration::from_secs(30),
            sessions: 8,
        }
    }
}

/// Pause before another attempt.
pub(crate) const PAUSE: Duration = Duration::from_millis(50);

/// Time after which an unused session is closed: load balancers and firewalls forget connections.
pub(crate) const UNUSED: Duration = Duration::from_mins(5);

/// Bytes of chunks in one message.
pub(crate) const MESSAGE: usize = 8 << 20;

/// Bytes that a slow network carries in a second: time for a large write in addition to [`Patience::write`].
pub(crate) const BYTES_PER_SECOND: usize = 1 << 20;
