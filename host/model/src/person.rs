//! The name of a person.

use std::fmt;
use std::str::FromStr;

/// The name by which a person is found: `[a-z0-9][a-z0-9._-]{0,63}`, fit for a command line, a path of the API and
/// a file name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonName(String);

/// A name that no person can have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" cannot be a person's name here: use 1 to 64 of a-z, 0-9, '.', '_' and '-', and start with a letter or a digit"
)]
pub struct NotAName(pub String);

impl PersonName {
    /// The longest name, in bytes.
    pub const MAX: usize = 64;

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PersonName {
    type Err = NotAName;

    fn from_str(name: &str) -> Result<PersonName, NotAName> {
        let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
        let fits = (1..=PersonName::MAX).contains(&name.len())
            && name.bytes().next().is_some_and(plain)
            && name.bytes().all(|c| plain(c) || b"._-".contains(&c));
        if fits { Ok(PersonName(name.to_owned())) } else { Err(NotAName(name.to_owned())) }
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_one_form() {
        for name in ["a", "alice", "0.a_b-c", &"x".repeat(64)] {
            assert_eq!(name.parse::<PersonName>().unwrap().to_string(), name);
        }
        for name in ["", "Alice", "é", "-a", ".", "a/b", "a b", &"x".repeat(65)] {
            assert_eq!(name.parse::<PersonName>(), Err(NotAName(name.to_owned())));
        }
    }
}
