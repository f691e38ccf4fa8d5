//! Teams, jurors, and their names.

use crate::code::Code;
use crate::error::{EventError, Result};
use crate::limits;
use mesinfos_model::visible::visible;
use serde::{Deserialize, Serialize};

/// A team. Its members are sessions of one account, to which its apps belong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Its number, from 0, in the order in which teams came.
    pub number: u16,
    /// Its name.
    pub name: String,
    /// Its account.
    pub account: String,
    /// The code with which others join it: its members tell it.
    pub code: Code,
    /// Names of its members, as they gave them.
    pub members: Vec<String>,
    /// When it was made.
    pub made_at: i64,
}

/// A juror.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Juror {
    /// Its number, from 0.
    pub number: u16,
    /// Their name, as the organiser gave it.
    pub name: String,
    /// The code that opens their ballots, once.
    pub code: Code,
    /// The account that used the code.
    pub account: Option<String>,
    /// Their own team, about which they do not vote.
    pub team: Option<u16>,
}

/// What an account is in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// A team.
    Team(u16),
    /// A juror.
    Juror(u16),
}

/// A name as it is kept: on one line, without spaces around it or characters that cannot be seen.
///
/// # Errors
/// [`EventError::BadName`] if it is empty or has more than [`limits::NAME`] characters.
pub fn name(text: &str) -> Result<String> {
    let shown: String = visible(text).take(10 * limits::NAME).collect();
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    if (1..=limits::NAME).contains(&shown.chars().count()) {
        return Ok(shown);
    }
    Err(EventError::BadName { most: limits::NAME })
}

/// The form in which two names of teams are the same.
pub(crate) fn folded(name: &str) -> String {
    name.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_visible_characters() {
        assert_eq!(name("  Watt \n &\tCo ").unwrap(), "Watt & Co");
        assert_eq!(name(&"é".repeat(limits::NAME)).unwrap().chars().count(), limits::NAME);
        assert!(!name("a\u{202e}b\u{0}").unwrap().contains(['\u{202e}', '\u{0}']));
        for wrong in ["", "  ", &"é".repeat(limits::NAME + 1), &"x ".repeat(10_000)] {
            assert!(matches!(name(wrong), Err(EventError::BadName { .. })), "{wrong:?}");
        }
        assert_eq!(folded("Watt & Co"), folded("WATT-co"));
    }
}
