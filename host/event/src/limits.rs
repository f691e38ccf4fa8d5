//! Limits of this crate, each with its reason.

/// Maximum number of teams of an event: a room of sixty people has no more, and a jury looks at each.
pub const TEAMS: u16 = 60;

/// Teams of an event for which no number was given.
pub const USUAL_TEAMS: u16 = 20;

/// Maximum number of members of a team: their names fit in one record, and each has a session of its account.
pub const MEMBERS: usize = 12;

/// Maximum number of jurors. Each ballot is read for the ranking.
pub const JURORS: u16 = 30;

/// Longest name of an event, a team, a member or a juror, in characters: one line on the projector.
pub const NAME: usize = 40;

/// Longest comment of a ballot, in characters: it fits in a record, whatever the characters.
pub const COMMENT: usize = 500;

/// Highest mark of a criterion; the lowest is 1.
pub const HIGHEST: u8 = 5;
