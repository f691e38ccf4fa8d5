//! Accounts: roles, and the stored record.

use crate::ids::AccountId;
use crate::life::Life;
use mesinfos_model::Digest;
use mesinfos_store::PersonId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::time::Duration;

/// Role of an account: the pages that it opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A person with a vault.
    Tester,
    /// Writes apps, and never sees a real row.
    Developer,
    /// Acts for a data holder.
    Holder,
    /// Sees aggregates that identify nobody.
    Researcher,
    /// Keeps the platform running: health and invitations, never rows.
    Operator,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 5] =
        [Role::Tester, Role::Developer, Role::Holder, Role::Researcher, Role::Operator];

    /// Stable word for the role.
    pub fn id(self) -> &'static str {
        match self {
            Role::Tester => "tester",
            Role::Developer => "developer",
            Role::Holder => "holder",
            Role::Researcher => "researcher",
            Role::Operator => "operator",
        }
    }

    /// The role with this word.
    pub fn from_id(id: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.id() == id)
    }
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Name to sign in with, as typed at sign-up; empty for a sample account.
    pub name: String,
    /// Its roles.
    pub roles: BTreeSet<Role>,
    /// Person whose vault it opens, once linked.
    pub person: Option<PersonId>,
    /// Time of sign-up, in UTC seconds.
    pub made_at: i64,
    /// Number of unused recovery codes.
    pub recovery_codes: usize,
    /// Whether it has a password.
    pub has_password: bool,
    /// Number of its passkeys.
    pub passkeys: usize,
    /// Id of the sample life that its vault is for. `None` for an account of a person.
    ///
    /// A sample account has no name, password or recovery codes and cannot get any: it ends with its session.
    pub sample: Option<String>,
}

/// Record of an account.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct AccountRecord {
    pub(crate) name: String,
    /// The form of the name under which it is found.
    pub(crate) folded: String,
    pub(crate) roles: BTreeSet<Role>,
    pub(crate) person: Option<[u8; 16]>,
    pub(crate) made_at: i64,
    /// Argon2id hash, as a PHC string. `None` for an account without a password.
    pub(crate) password: Option<String>,
    /// Digests of the unused recovery codes.
    pub(crate) recovery: BTreeSet<Digest>,
    /// Digests of the credential ids of its passkeys. A record of another one opens nothing.
    pub(crate) passkeys: BTreeSet<Digest>,
    /// Generation of its sessions: a session of an earlier one has ended.
    pub(crate) epoch: u64,
    /// What a sample account is for.
    pub(crate) sample: Option<Sample>,
}

/// What a sample account is for, and its slot among the sample accounts.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Sample {
    pub(crate) life: String,
    pub(crate) slot: u16,
}

impl AccountRecord {
    pub(crate) fn account(&self, id: AccountId) -> Account {
        Account {
            id,
            name: self.name.clone(),
            roles: self.roles.clone(),
            person: self.person.map(PersonId),
            made_at: self.made_at,
            recovery_codes: self.recovery.len(),
            has_password: self.password.is_some(),
            passkeys: self.passkeys.len(),
            sample: self.sample.as_ref().map(|sample| sample.life.clone()),
        }
    }

    /// How long its sessions live.
    pub(crate) fn life(&self) -> Life {
        life(self.sample.is_some(), self.is_guest(), &self.roles)
    }

    /// Whether nobody can sign in to it, and it is no sample account.
    pub(crate) fn is_guest(&self) -> bool {
        self.sample.is_none() && self.password.is_none() && self.passkeys.is_empty() && self.folded.is_empty()
    }
}

impl Account {
    /// How long a session may be unused, if people have to be warned before its end: WCAG 2.2 asks for it below 20
    /// hours (success criterion 2.2.1).
    pub fn unused_for(&self) -> Option<Duration> {
        let unused = life(self.sample.is_some(), self.is_guest(), &self.roles).unused();
        (unused < Duration::from_hours(20)).then_some(unused)
    }

    /// Whether it is a guest's: without a name, a password or a passkey, and no sample account.
    pub fn is_guest(&self) -> bool {
        self.sample.is_none() && !self.has_password && self.passkeys == 0 && self.name.is_empty()
    }
}

fn life(is_sample: bool, is_guest: bool, roles: &BTreeSet<Role>) -> Life {
    if is_sample {
        Life::SAMPLE
    } else if is_guest {
        Life::GUEST
    } else if roles.iter().any(|role| *role != Role::Tester) {
        Life::STAFF
    } else {
        Life::TESTER
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_come_back_from_their_words() {
        for role in Role::ALL {
            assert_eq!(Role::from_id(role.id()), Some(role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.id());
        }
        assert_eq!(Role::from_id("admin"), None);
    }
}
