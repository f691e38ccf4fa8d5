//! A hackathon: its teams, its deadline, its jury and its ballots.
//!
//! - [`Event`]: the rules, over the records of the house partition.
//! - [`About`]: what there is to know of it: name, deadline, codes, what was closed when.
//! - [`ranking`]: from ballots to ranks, with ties.
//!
//! Invariants:
//! - It knows no person, no vault, no app and no session. An account is an opaque text.
//! - Each rule is a precondition of the commit that depends on it: nobody votes after the close, no team is one too
//!   many, however many requests come at once.
//! - A ballot is of one juror about one team. Whoever gives it again replaces it.
//!
//! Start reading at [`Event`].

mod about;
mod ballot;
mod code;
mod error;
mod event;
pub mod limits;
mod ranking;
mod team;

pub use about::{About, NewEvent};
pub use ballot::{Ballot, Criterion, Marks};
pub use code::Code;
pub use error::{EventError, Result};
pub use event::Event;
pub use ranking::{Rank, ranking};
pub use team::{Juror, Place, Team, name};
