//! Codes that people type: invitations and recovery codes.
//!
//! A code is 125 random bits as 25 characters of Crockford's base 32 in five groups: `7k3m9-…`. From 112 bits on,
//! a plain digest may be stored (OWASP ASVS 5.0, 6.5.2). That alphabet
//! has no letters that look alike; when read, capitals, spaces and hyphens do not matter, `o` counts as `0`,
//! `i` and `l` count as `1`.

use crate::error::{IdentityError, NotACode, Result};
use mesinfos_model::Digest;
use mesinfos_records::sha;
use std::fmt;
use std::str::FromStr;
use zeroize::Zeroizing;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 25;
const GROUP: usize = 5;

/// The characters of a code. Wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
struct Characters(Zeroizing<String>);

impl Characters {
    fn random() -> Result<Characters> {
        let mut bytes = Zeroizing::new([0_u8; LENGTH]);
        getrandom::fill(&mut *bytes).map_err(|_| IdentityError::NoRandomness)?;
        // 32 divides 256: every character is equally likely.
        let characters = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
        Ok(Characters(Zeroizing::new(characters.collect())))
    }

    fn read(text: &str) -> std::result::Result<Characters, NotACode> {
        let mut characters = Zeroizing::new(String::with_capacity(LENGTH));
        for c in text.chars().filter(|c| !c.is_whitespace() && !"-‐‑–".contains(*c)) {
            let c = match c.to_ascii_lowercase() {
                'o' => '0',
                'i' | 'l' => '1',
                c => c,
            };
            if characters.len() == LENGTH || !c.is_ascii() || !ALPHABET.contains(&(c as u8)) {
                return Err(NotACode);
            }
            characters.push(c);
        }
        if characters.len() == LENGTH { Ok(Characters(characters)) } else { Err(NotACode) }
    }

    /// In groups, to be read and typed.
    fn shown(&self) -> Zeroizing<String> {
        let mut shown = Zeroizing::new(String::with_capacity(LENGTH + LENGTH / GROUP));
        for (at, character) in self.0.chars().enumerate() {
            if at > 0 && at % GROUP == 0 {
                shown.push('-');
            }
            shown.push(character);
        }
        shown
    }

    /// The stored form. The code has 125 random bits, so it needs no slow hash.
    fn digest(&self, domain: &str) -> Digest {
        sha::digest(domain, &[self.0.as_bytes()])
    }
}

macro_rules! codes {
    ($($(#[$about:meta])* $name:ident in $domain:literal;)+) => {
        $(
            $(#[$about])*
            #[derive(Clone, PartialEq, Eq)]
            pub struct $name(Characters);

            impl $name {
                pub(crate) fn random() -> Result<$name> {
                    Ok($name(Characters::random()?))
                }

                /// The code in groups, to be read and typed: for its owner alone.
                pub fn expose(&self) -> Zeroizing<String> {
                    self.0.shown()
                }

                pub(crate) fn digest(&self) -> Digest {
                    self.0.digest($domain)
                }
            }


            /// Omits the code.
            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(concat!(stringify!($name), "(…)"))
                }
            }

            impl FromStr for $name {
                type Err = NotACode;

                fn from_str(text: &str) -> std::result::Result<$name, NotACode> {
                    Characters::read(text).map($name)
                }
            }
        )+
    };
}

codes! {
    /// Code of an invitation. Valid once.
    InvitationCode in "mesinfos/invitation/1";
    /// Code that replaces a lost password. Valid once.
    RecoveryCode in "mesinfos/recovery/1";
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = InvitationCode::random().unwrap();
        let shown = code.expose();
        assert_eq!(shown.len(), LENGTH + 4);
        let spaced = shown.replace('-', " ").to_uppercase();
        let plain = shown.replace('-', "");
        let alike = shown.replace('0', "O").replace('1', "l");
        for typed in [shown.as_str(), &spaced, &plain, &alike, &format!("  {plain}\n")] {
            assert!(typed.parse::<InvitationCode>().unwrap() == code, "{typed}");
        }
        let short = &plain[1..];
        for not in ["", short, &format!("{plain}0"), &format!("u{short}"), &format!("é{short}")] {
            assert!(not.parse::<InvitationCode>().is_err(), "{not}");
        }
        assert_eq!(format!("{code:?}"), "InvitationCode(…)");
    }

    #[test]
    fn one_code_is_not_another_and_not_of_another_kind() {
        let codes: std::collections::BTreeSet<String> =
            (0..100).map(|_| RecoveryCode::random().unwrap().expose().to_string()).collect();
        assert_eq!(codes.len(), 100);
        let text = "00000-00000-00000-00000-00000";
        let (one, other) = (text.parse::<RecoveryCode>().unwrap(), text.parse::<InvitationCode>().unwrap());
        assert_ne!(one.digest(), other.digest());
    }

    proptest! {
        #[test]
        fn any_text_is_a_code_or_refused(text in "\\PC{0,40}") {
            if let Ok(code) = text.parse::<RecoveryCode>() {
                prop_assert!(code.expose().parse::<RecoveryCode>().unwrap() == code);
            }
        }
    }
}
