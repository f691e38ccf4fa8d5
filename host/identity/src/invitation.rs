//! Invitations.

use crate::account::{AccountId, Role};
use serde::{Deserialize, Serialize};

/// An invitation that can be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Role of the account to make.
    pub role: Role,
    /// Account that made it. `None` for the command line of the operator.
    pub by: Option<AccountId>,
    /// Time it was made, in UTC seconds.
    pub made_at: i64,
    /// Time from which it is no longer valid, in UTC seconds.
    pub ends_at: i64,
}

/// Record of an invitation.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct InvitationRecord {
    pub(crate) role: Role,
    pub(crate) by: Option<[u8; 16]>,
    pub(crate) made_at: i64,
    pub(crate) ends_at: i64,
}

impl InvitationRecord {
    pub(crate) fn is_over(&self, now: i64) -> bool {
        now >= self.ends_at
    }

    pub(crate) fn invitation(&self) -> Invitation {
        let InvitationRecord { role, by, made_at, ends_at } = *self;
        Invitation { role, by: by.map(AccountId::from_bytes), made_at, ends_at }
    }
}
