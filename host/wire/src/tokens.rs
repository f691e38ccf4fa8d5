//! Who may come in. Only the command makes tokens and opens pages; what it prints has its types here all the same.

use mesinfos_platform::doors;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the bearer of a token may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case", tag = "scope")]
pub enum TokenScope {
    /// Everything that the API offers, for everybody.
    All,
    /// Read the figures of the server, and nothing else.
    Metrics,
    /// Send files for these people, and nothing else.
    Deposit {
        /// Marks of the people: no token holds a name.
        people: Vec<String>,
        /// Whether the first file may make a vault that is not there.
        may_create: bool,
    },
}

/// A token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Token {
    /// By which it is listed and revoked.
    pub id: String,
    /// Whom it was made for.
    pub name: String,
    /// What it is good for.
    #[serde(flatten)]
    pub scope: TokenScope,
    /// When it was made, in UTC seconds.
    pub made_at: i64,
    /// Until when it is good, in UTC seconds.
    pub expires_at: i64,
}

impl From<&doors::Token> for Token {
    fn from(token: &doors::Token) -> Token {
        let scope = match &token.scope {
            doors::TokenScope::All => TokenScope::All,
            doors::TokenScope::Metrics => TokenScope::Metrics,
            doors::TokenScope::Deposit { people, may_create } => {
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

/// A token that was made: its text is shown here, and never again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CreatedToken {
    /// What was made.
    #[serde(flatten)]
    pub made: Token,
    /// What a request bears.
    pub token: String,
}

/// A token that is of no use from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RevokedToken {
    /// The id that it had.
    pub revoked: String,
}

/// An address that opens the pages, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Opened {
    /// The address.
    pub address: String,
}
