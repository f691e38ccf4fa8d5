//! Tokens and one-time addresses. Only the command creates them; the types here define its JSON output.

use mesinfos_platform::credentials;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the bearer of a token may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case", tag = "scope")]
pub enum TokenScope {
    /// Use the whole API, for every person.
    All,
    /// Read the server's metrics only.
    Metrics,
    /// Send files for these people only.
    Deposit {
        /// Marks of the people: a token contains no name.
        people: Vec<String>,
        /// Whether a first file may create the vault.
        may_create: bool,
    },
    /// Send versions of the apps of one developer.
    Publish {
        /// The developer, as the operator calls them.
        developer: String,
    },
    /// Send versions of the apps of one account of the web app.
    Account {
        /// Id of the account.
        account: String,
    },
}

/// A token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Token {
    /// Id for listing and revoking it.
    pub id: String,
    /// Name given by the operator: whose token it is.
    pub name: String,
    /// What its bearer may do.
    #[serde(flatten)]
    pub scope: TokenScope,
    /// Time of creation, in UTC seconds.
    pub made_at: i64,
    /// Expiry, in UTC seconds.
    pub expires_at: i64,
}

impl From<&credentials::Token> for Token {
    fn from(token: &credentials::Token) -> Token {
        let scope = match &token.scope {
            credentials::TokenScope::All => TokenScope::All,
            credentials::TokenScope::Metrics => TokenScope::Metrics,
            credentials::TokenScope::Publish { developer } => {
                TokenScope::Publish { developer: developer.clone() }
            }
            credentials::TokenScope::Account { account } => TokenScope::Account { account: account.clone() },
            credentials::TokenScope::Deposit { people, may_create } => {
                TokenScope::Deposit { people: people.clone(), may_create: *may_create }
            }
        };
        Token {
            id: token.id.clone(),
            name: token.name.clone(),
            scope,
            made_at: token.made_at,
            expires_at: token.expires_at,
        }
    }
}

/// A new token. Its text is shown here and never again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CreatedToken {
    /// The token without its secret.
    #[serde(flatten)]
    pub made: Token,
    /// Text for the `Authorization` header.
    pub token: String,
}

/// A revoked token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RevokedToken {
    /// Id of the token.
    pub revoked: String,
}

/// An address that opens the pages once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Opened {
    /// The address.
    pub address: String,
}
