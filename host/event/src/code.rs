//! Codes that people read from a wall and type on a phone.

use crate::error::{EventError, Result};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Characters of a code: Crockford's base 32, without the letters that look like digits.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A code: 8 characters, 40 random bits. The door bounds the attempts of an address, so they are enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code(String);

impl Code {
    /// Number of characters.
    const LENGTH: usize = 8;

    /// A new one.
    pub(crate) fn random() -> Result<Code> {
        let mut bytes = [0_u8; Code::LENGTH];
        getrandom::fill(&mut bytes).map_err(|_| EventError::NoRandomness)?;
        // 32 divides 256: every character is equally likely.
        Ok(Code(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()))
    }

    /// A code as somebody typed it: case and marks do not count, and letters that look like digits are these.
    pub fn typed(text: &str) -> Option<Code> {
        let plain: String = text
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .map(|c| match c {
                'o' => '0',
                'i' | 'l' => '1',
                c => c,
            })
            .take(Code::LENGTH + 1)
            .collect();
        let is_code = plain.len() == Code::LENGTH && plain.bytes().all(|byte| ALPHABET.contains(&byte));
        is_code.then_some(Code(plain))
    }

    /// The code as it stands in an address: without marks.
    pub fn plain(&self) -> &str {
        &self.0
    }

    /// Whether both are the same. The time does not depend on where they differ.
    pub(crate) fn is(&self, other: &Code) -> bool {
        let differing = self.0.bytes().zip(other.0.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
        differing == 0 && self.0.len() == other.0.len()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = self.0.split_at(self.0.len() / 2);
        write!(f, "{first}-{second}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = Code::typed("0ab1-CD2e").unwrap();
        assert_eq!((code.to_string().as_str(), code.plain()), ("0ab1-cd2e", "0ab1cd2e"));
        for same in ["oabl cd2e", " OABI-CD2E ", "0ab1cd2e"] {
            assert!(Code::typed(same).is_some_and(|typed| typed.is(&code)), "{same}");
        }
        for other in ["", "0ab1-cd2", "0ab1-cd2e3", "0ab1-cd2u", "éab1-cd2e", &"a".repeat(10_000)] {
            assert_eq!(Code::typed(other), None, "{other}");
        }
        assert!(!Code::typed("0ab1-cd2f").unwrap().is(&code));
    }

    #[test]
    fn codes_differ() {
        assert_ne!(Code::random().unwrap(), Code::random().unwrap());
    }
}
