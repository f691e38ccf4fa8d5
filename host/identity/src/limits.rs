//! Limits of this crate, each with its reason. Sources: OWASP ASVS 5.0 (chapters 6 and 7) and NIST SP 800-63B.

use std::time::Duration;

/// Shortest password, in characters. ASVS 6.2.1 asks for 8 at least and recommends 15; the strength estimate
/// decides between the two.
pub const SHORTEST_PASSWORD: usize = 12;

/// Longest password, in characters. ASVS 6.2.9 asks for 64 at least; a limit bounds the work of one sign-in.
pub const LONGEST_PASSWORD: usize = 128;

/// Characters of a new password that its strength is estimated from: the estimate of 100 can take a second.
pub const ESTIMATED: usize = 40;

/// Memory of one Argon2id computation, in KiB, passes and lanes: the second choice of RFC 9106, section 4, is
/// 64 MiB, which 32 sign-ins at once would not leave on a small machine; OWASP's minimum is 19 MiB in 2 passes.
pub const ARGON2: (u32, u32, u32) = (19 << 10, 2, 1);

/// Number of recovery codes of an account.
pub const RECOVERY_CODES: usize = 10;

/// Time after which an unused session ends. A person comes back to a result within a week.
pub const IDLE: Duration = Duration::from_hours(7 * 24);

/// Time after which any session ends (ASVS 7.3.2).
pub const SESSION: Duration = Duration::from_hours(30 * 24);

/// Time for which a proof of presence counts: consent, export and erasure need one (ASVS 7.5.1).
pub const FRESH: Duration = Duration::from_mins(5);

/// Interval between two notes that a session was used: each is a commit.
pub const NOTED: Duration = Duration::from_mins(10);

/// Maximum number of sessions of one account. A further one ends the one that was unused longest.
pub const SESSIONS: usize = 32;

/// Failed sign-ins with one name before each further one has to wait.
pub const FREE_ATTEMPTS: u32 = 5;

/// Longest wait after a failed sign-in. Whoever keeps trying keeps a password from being accepted; a recovery code
/// is accepted at any time, and a session that is open continues and can prove presence.
pub const LONGEST_WAIT: Duration = Duration::from_mins(15);

/// Time after which failed sign-ins are forgotten.
pub const FORGOTTEN: Duration = Duration::from_hours(24);

/// Longest validity of an invitation.
pub const INVITATION: Duration = Duration::from_hours(90 * 24);

/// Longest description of a device, in characters.
pub const DEVICE: usize = 80;
