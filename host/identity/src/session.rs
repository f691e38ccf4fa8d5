//! Sessions of accounts.
//!
//! A session is a record under the account and the digest of a secret. A browser holds the account's id and
//! the secret: [`Token`]. A proof of presence replaces the secret, so that one stolen before is worth nothing
//! after.

use crate::error::{IdentityError, Result};
use crate::ids::{AccountId, SessionId, read_hex};
use crate::life::Life;
use crate::limits;
use crate::since;
use mesinfos_model::Digest;
use mesinfos_records::sha;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write};
use std::str::FromStr;
use zeroize::Zeroizing;

/// Secret of a session, as held by a browser: `<account>.<secret>`, both in hexadecimal. 256 bits are random.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// The account that it opens.
    pub account: AccountId,
    secret: Zeroizing<[u8; 32]>,
}

/// A text that is not a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not the token of a session")]
pub struct NotAToken;

impl Token {
    pub(crate) fn random(account: AccountId) -> Result<Token> {
        let mut secret = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *secret).map_err(|_| IdentityError::NoRandomness)?;
        Ok(Token { account, secret })
    }

    /// The text of the token, with its secret: for the cookie alone.
    pub fn expose(&self) -> Zeroizing<String> {
        // Of its final size: a string that grows leaves copies.
        let mut text = Zeroizing::new(String::with_capacity(32 + 1 + 64));
        let written = write!(text, "{}.", self.account);
        let written = written.and_then(|()| self.secret.iter().try_for_each(|b| write!(text, "{b:02x}")));
        debug_assert!(written.is_ok(), "writing to a string does not fail");
        text
    }

    /// Digest of the secret, under which the session is stored.
    pub(crate) fn digest(&self) -> Digest {
        sha::digest("mesinfos/session/1", &[self.account.as_bytes(), &*self.secret])
    }
}

/// Omits the secret.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({}, …)", self.account)
    }
}

impl FromStr for Token {
    type Err = NotAToken;

    fn from_str(text: &str) -> std::result::Result<Token, NotAToken> {
        let (account, secret) = text.split_once('.').ok_or(NotAToken)?;
        let mut token = Token { account: AccountId::from_bytes([0; 16]), secret: Zeroizing::new([0; 32]) };
        let mut id = [0; 16];
        read_hex(account, &mut id).ok_or(NotAToken)?;
        read_hex(secret, &mut *token.secret).ok_or(NotAToken)?;
        Ok(Token { account: AccountId::from_bytes(id), ..token })
    }
}

/// A session, as listed for its account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Device, as described at sign-in.
    pub device: String,
    /// Time of sign-in, in UTC seconds.
    pub opened_at: i64,
    /// Time of its last noted use, in UTC seconds; notes are [`limits::NOTED`] apart.
    pub used_at: i64,
}

/// Record of a session.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct SessionRecord {
    pub(crate) id: SessionId,
    pub(crate) device: String,
    pub(crate) opened_at: i64,
    pub(crate) used_at: i64,
    /// Time of the last proof of presence.
    pub(crate) proven_at: i64,
    /// Epoch of the account at sign-in.
    pub(crate) epoch: u64,
}

impl SessionRecord {
    pub(crate) fn new(device: &str, epoch: u64, now: i64) -> Result<SessionRecord> {
        let is_shown = |c: &char| !c.is_control() && !mesinfos_model::visible::is_hidden(*c);
        let device = device.chars().filter(is_shown).take(limits::DEVICE).collect();
        let id = SessionId::random()?;
        Ok(SessionRecord { id, device, opened_at: now, used_at: now, proven_at: now, epoch })
    }

    /// Whether it has ended. A time before its last use counts as the time of that use.
    pub(crate) fn is_over(&self, life: Life, now: i64) -> bool {
        life.is_over(self.opened_at, self.used_at, now)
    }

    /// Whether presence was proven recently. A time before the proof counts as not recent.
    pub(crate) fn is_fresh(&self, now: i64) -> bool {
        now >= self.proven_at && since(self.proven_at, now) < limits::FRESH.as_secs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_back_from_its_text_and_nothing_else_is_one() {
        let token = Token::random(AccountId::random().unwrap()).unwrap();
        let text: &str = &token.expose();
        assert!(text.parse::<Token>().unwrap() == token);
        assert!(!format!("{token:?}").contains(&text[33..]), "the secret is not printed");
        for not in [
            "",
            ".",
            &text[1..],
            &text[..96],
            &text.to_uppercase(),
            &format!("{text}0"),
            &text.replace('.', ""),
        ] {
            assert_eq!(not.parse::<Token>(), Err(NotAToken), "{not}");
        }
        let other = Token::random(token.account).unwrap();
        assert_ne!(token.digest(), other.digest());
    }

    #[test]
    fn proof_fades() {
        let fresh = i64::try_from(limits::FRESH.as_secs()).unwrap();
        let session = SessionRecord::new("Fire\u{202e}fox\u{7}", 0, 1_000).unwrap();
        assert_eq!(session.device, "Firefox");
        assert!(session.is_fresh(1_000) && session.is_fresh(1_000 + fresh - 1));
        assert!(
            !session.is_fresh(1_000 + fresh) && !session.is_fresh(999),
            "a clock set back proves nothing"
        );
    }
}
