//! Accounts: names, roles, and the stored record.

use crate::error::{IdentityError, Result};
use mesinfos_model::{Digest, PersonName};
use mesinfos_store::PersonId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// Id of an account: 16 random bytes, as text in hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AccountId([u8; 16]);

impl AccountId {
    pub(crate) fn random() -> Result<AccountId> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|_| IdentityError::NoRandomness)?;
        Ok(AccountId(bytes))
    }

    pub(crate) fn from_bytes(bytes: [u8; 16]) -> AccountId {
        AccountId(bytes)
    }

    pub(crate) fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

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

/// Name to sign in with: a [`PersonName`] in lower case and with straight apostrophes, so that neither matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginName {
    folded: String,
    shown: String,
}

/// A text that cannot be a sign-in name. It does not repeat the text, which may be a password in the wrong field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "this cannot be a name to sign in with: use 1 to 64 letters, digits, spaces, '.', '_', '-' and apostrophes"
)]
pub struct NotALoginName;

impl FromStr for LoginName {
    type Err = NotALoginName;

    fn from_str(text: &str) -> std::result::Result<LoginName, NotALoginName> {
        let refused = |_| NotALoginName;
        let shown: PersonName = text.parse().map_err(refused)?;
        // Phones type a curly apostrophe. Lower case may be longer or decomposed: the same rules apply to it.
        let folded = shown.as_str().to_lowercase().replace(['\u{2019}', '\u{2bc}'], "'");
        let folded: PersonName = folded.parse().map_err(refused)?;
        Ok(LoginName { folded: folded.as_str().to_owned(), shown: shown.as_str().to_owned() })
    }
}

impl LoginName {
    /// The name as typed, without surrounding spaces.
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// The form in which two names are compared.
    pub(crate) fn folded(&self) -> &str {
        &self.folded
    }
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Name to sign in with, as typed at sign-up.
    pub name: String,
    /// Its roles.
    pub roles: BTreeSet<Role>,
    /// Person whose vault it opens, once linked.
    pub person: Option<PersonId>,
    /// Time of sign-up, in UTC seconds.
    pub made_at: i64,
    /// Number of unused recovery codes.
    pub recovery_codes: usize,
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
    /// Generation of its sessions: a session of an earlier one has ended.
    pub(crate) epoch: u64,
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
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_apostrophes_and_forms_of_a_name_do_not_matter() {
        let folded = |name: &str| name.parse::<LoginName>().unwrap().folded().to_owned();
        for same in ["Éloïse O'Neill", "e\u{301}loi\u{308}se o’neill", " ÉLOÏSE OʼNEILL "] {
            assert_eq!(folded(same), "éloïse o'neill");
            assert_eq!(folded(&folded(same)), folded(same), "once is enough");
        }
        assert_ne!(folded("Éloïse"), folded("Eloise"));
        assert_eq!("Éloïse".parse::<LoginName>().unwrap().as_str(), "Éloïse");
        for not in ["", " ", "a\u{200b}", "a/b", "-a"] {
            assert!(not.parse::<LoginName>().is_err(), "{not:?}");
        }
        let secret = "my/secret".parse::<LoginName>().unwrap_err();
        assert!(!format!("{secret} {secret:?}").contains("secret"));
    }

    #[test]
    fn roles_come_back_from_their_words() {
        for role in Role::ALL {
            assert_eq!(Role::from_id(role.id()), Some(role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.id());
        }
        assert_eq!(Role::from_id("admin"), None);
    }
}
