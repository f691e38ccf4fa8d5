//! Invitations.

use crate::account::Role;
use crate::ids::{AccountId, InvitationId};
use serde::{Deserialize, Serialize};

/// An invitation that can be accepted. Also its stored form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Its id, for the list of the operator.
    pub id: InvitationId,
    /// Role of the account to make.
    pub role: Role,
    /// Account that made it, with which it ends. `None` for the command line of the operator.
    pub by: Option<AccountId>,
    /// Time it was made, in UTC seconds.
    pub made_at: i64,
    /// Time from which it is no longer valid, in UTC seconds.
    pub ends_at: i64,
}

impl Invitation {
    pub(crate) fn is_over(&self, now: i64) -> bool {
        now >= self.ends_at
    }
}
