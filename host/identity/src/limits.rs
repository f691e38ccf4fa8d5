//! Limits of this crate, each with its reason. Sources: OWASP ASVS 5.0 (chapters 6 and 7) and NIST SP 800-63B.

use std::ops::RangeInclusive;
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

/// Time after which an unused session of a person with a vault ends. A person comes back to a result within a week.
pub const IDLE: Duration = Duration::from_hours(7 * 24);

/// Time after which any session of a person with a vault ends (ASVS 7.3.2).
pub const SESSION: Duration = Duration::from_hours(30 * 24);

/// Time after which an unused session of an operator, developer, holder or researcher ends: what they do concerns
/// many, often at a desk that others pass (NIST SP 800-63B, 4.2.3).
pub const STAFF_IDLE: Duration = Duration::from_mins(30);

/// Time after which any session of theirs ends: a working day (NIST SP 800-63B, 4.2.3).
pub const STAFF_SESSION: Duration = Duration::from_hours(12);

/// Time after which an unused session of a sample account ends, and with it the account: nobody can come back to it,
/// and its data and its place are wanted by the next visitor.
pub const SAMPLE_IDLE: Duration = Duration::from_mins(30);

/// Time after which any session of a sample account ends: a demonstration lasts no longer.
pub const SAMPLE_SESSION: Duration = Duration::from_hours(2);

/// Time after which an unused session of a guest ends: a team of an event comes back the next morning.
pub const GUEST_IDLE: Duration = Duration::from_hours(20);

/// Time after which any session of a guest ends: an event lasts a weekend.
pub const GUEST_SESSION: Duration = Duration::from_hours(72);

/// Maximum number of sample accounts at once. Anybody can make one, and each has a vault of some MiB: a sample life
/// of three years takes about 3.
pub const SAMPLES: u16 = 200;

/// Longest id of a sample life, in bytes.
pub const SAMPLE_LIFE: usize = 64;

/// Time for which a proof of presence counts: consent, export and erasure need one (ASVS 7.5.1).
pub const FRESH: Duration = Duration::from_mins(5);

/// Longest interval between two notes that a session was used: each is a commit. A session that may be idle for less
/// than 5 hours is noted more often.
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

/// Maximum number of passkeys of an account: one for each device of a person, and some to spare.
pub const PASSKEYS: usize = 16;

/// Longest label of a passkey, in characters.
pub const PASSKEY_LABEL: usize = 60;

/// Length of a credential id, in bytes (WebAuthn, 4 and 7.1): at least 100 random bits, and not so long that the records
/// do not fit.
pub const CREDENTIAL_ID: RangeInclusive<usize> = 16..=1023;

/// Time for which a challenge of a passkey may be answered: as long as browsers wait by default (WebAuthn, 15.1).
pub const CHALLENGE: Duration = Duration::from_mins(5);

/// Time for which a used challenge is remembered after its end, and by which clocks of hosts may differ.
pub const USED: Duration = Duration::from_hours(1);

/// Largest answer of an authenticator, in bytes: a credential id has at most 1023, a key of RSA some 300, and what else
/// there is does not grow.
pub const PASSKEY_ANSWER: usize = 16 << 10;

/// Longest text of a challenge, in characters: it names at most [`PASSKEYS`] credentials that exist already, of 1023
/// bytes at most.
pub const CHALLENGE_TEXT: usize = 64 << 10;

/// Longest validity of an invitation.
pub const INVITATION: Duration = Duration::from_hours(90 * 24);

/// Longest description of a device, in characters.
pub const DEVICE: usize = 80;
