//! Random ids.

use crate::error::{IdentityError, Result};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A text that is not an id: an id has 32 hexadecimal digits in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not an id")]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[$about:meta])* $name:ident;)+) => {
        $(
            $(#[$about])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
            pub struct $name([u8; 16]);

            impl $name {
                pub(crate) fn random() -> Result<$name> {
                    let mut bytes = [0; 16];
                    getrandom::fill(&mut bytes).map_err(|_| IdentityError::NoRandomness)?;
                    Ok($name(bytes))
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
                }
            }

            impl FromStr for $name {
                type Err = NotAnId;

                fn from_str(text: &str) -> std::result::Result<$name, NotAnId> {
                    let mut id = [0; 16];
                    read_hex(text, &mut id).ok_or(NotAnId)?;
                    Ok($name(id))
                }
            }
        )+
    };
}

ids! {
    /// Id of an account: 16 random bytes, as text in hexadecimal.
    AccountId;
    /// Id of a session: 16 random bytes, as text in hexadecimal. It stays the same when the token is replaced, and
    /// signs in nobody.
    SessionId;
    /// Id of a passkey, for lists: 16 random bytes, as text in hexadecimal. It is not the credential id.
    PasskeyId;
    /// Id of an invitation: 16 random bytes, as text in hexadecimal. It accepts nothing: the code does.
    InvitationId;
}

impl AccountId {
    pub(crate) fn from_bytes(bytes: [u8; 16]) -> AccountId {
        AccountId(bytes)
    }

    pub(crate) fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// Reads lower-case hexadecimal digits that fill `out`.
pub(crate) fn read_hex(text: &str, out: &mut [u8]) -> Option<()> {
    let is_hex = |b: &u8| b.is_ascii_digit() || (b'a'..=b'f').contains(b);
    if text.len() != 2 * out.len() || !text.bytes().all(|b| is_hex(&b)) {
        return None;
    }
    for (byte, pair) in out.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_back_from_its_text_and_nothing_else_is_one() {
        let id = SessionId::random().unwrap();
        let text = id.to_string();
        assert_eq!(text.parse(), Ok(id));
        assert_ne!(SessionId::random().unwrap(), id);
        for not in ["", &text[1..], &format!("{text}0"), &"G".repeat(32), &"A".repeat(32), &"é".repeat(16)] {
            assert_eq!(not.parse::<SessionId>(), Err(NotAnId), "{not}");
        }
    }
}
