//! Sessions of accounts.
//!
//! A session is a record under the account and the digest of a secret. A browser holds the account's id and
//! the secret: [`Token`]. A proof of presence replaces the secret, so that one stolen before is worth nothing
//! after.

use crate::account::AccountId;
use crate::error::{IdentityError, Result};
use crate::limits;
use mesinfos_model::Digest;
use mesinfos_records::sha;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use zeroize::Zeroizing;

/// Secret of a session, as held by a browser: `<account>.<secret>`, both in hexadecimal. 256 bits are random.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    pub(crate) account: AccountId,
    secret: Zeroizing<[u8; 32]>,
}

/// A text that is not a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not the token of a session")]
pub struct NotAToken;

/// Id of a session: 16 random bytes, as text in hexadecimal. It stays the same when the token is replaced, and
/// signs in nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SessionId([u8; 16]);

impl SessionId {
    fn random() -> Result<SessionId> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|_| IdentityError::NoRandomness)?;
        Ok(SessionId(bytes))
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for SessionId {
    type Err = NotAToken;

    fn from_str(text: &str) -> std::result::Result<SessionId, NotAToken> {
        let mut id = [0; 16];
        read_hex(text, &mut id)?;
        Ok(SessionId(id))
    }
}

impl Token {
    pub(crate) fn random(account: AccountId) -> Result<Token> {
        let mut secret = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *secret).map_err(|_| IdentityError::NoRandomness)?;
        Ok(Token { account, secret })
    }

    /// Digest of the secret, under which the session is stored.
    pub(crate) fn digest(&self) -> Digest {
        sha::digest("mesinfos/session/1", &[self.account.as_bytes(), &*self.secret])
    }
}

/// The secret itself: for the cookie alone.
impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.", self.account)?;
        self.secret.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
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
        read_hex(account, &mut id)?;
        read_hex(secret, &mut *token.secret)?;
        Ok(Token { account: AccountId::from_bytes(id), ..token })
    }
}

fn read_hex(text: &str, out: &mut [u8]) -> std::result::Result<(), NotAToken> {
    let is_hex = |b: &u8| b.is_ascii_digit() || (b'a'..=b'f').contains(b);
    if text.len() != 2 * out.len() || !text.bytes().all(|b| is_hex(&b)) {
        return Err(NotAToken);
    }
    for (byte, pair) in out.iter_mut().zip(text.as_bytes().chunks(2)) {
        let pair = std::str::from_utf8(pair).map_err(|_| NotAToken)?;
        *byte = u8::from_str_radix(pair, 16).map_err(|_| NotAToken)?;
    }
    Ok(())
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

    /// Whether a limit of its life has passed. A time before its last use counts as the time of that use.
    pub(crate) fn is_over(&self, now: i64) -> bool {
        since(self.used_at, now) >= limits::IDLE.as_secs()
            || since(self.opened_at, now) >= limits::SESSION.as_secs()
    }

    /// Whether presence was proven recently. A time before the proof counts as not recent.
    pub(crate) fn is_fresh(&self, now: i64) -> bool {
        now >= self.proven_at && since(self.proven_at, now) < limits::FRESH.as_secs()
    }
}

/// Seconds from one time to a later one; 0 if it is not later.
pub(crate) fn since(earlier: i64, now: i64) -> u64 {
    u64::try_from(now.saturating_sub(earlier)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_back_from_its_text_and_nothing_else_is_one() {
        let token = Token::random(AccountId::random().unwrap()).unwrap();
        let text = token.to_string();
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
        let id = SessionId::random().unwrap();
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!(
            id.to_string().to_uppercase().parse::<SessionId>().is_err()
                || !id.to_string().contains(char::is_alphabetic)
        );
    }

    #[test]
    fn a_session_ends_by_idleness_and_by_age_and_proof_fades() {
        let (idle, whole, fresh) = [limits::IDLE, limits::SESSION, limits::FRESH]
            .map(|time| i64::try_from(time.as_secs()).unwrap())
            .into();
        let mut session = SessionRecord::new("Fire\u{202e}fox\u{7}", 0, 1_000).unwrap();
        assert_eq!(session.device, "Firefox");
        assert!(!session.is_over(1_000 + idle - 1) && session.is_over(1_000 + idle));
        session.used_at = 1_000 + whole - 1;
        assert!(!session.is_over(1_000 + whole - 1) && session.is_over(1_000 + whole));
        assert!(session.is_fresh(1_000) && session.is_fresh(1_000 + fresh - 1));
        assert!(
            !session.is_fresh(1_000 + fresh) && !session.is_fresh(999),
            "a clock set back proves nothing"
        );
        assert!(!session.is_over(i64::MIN));
    }
}
