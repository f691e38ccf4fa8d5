//! Passwords: rules, strength and hashes.

use crate::error::{IdentityError, Result, Unfit};
use crate::limits;
use crate::login_name::LoginName;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};
use icu_normalizer::ComposingNormalizerBorrowed;
use std::sync::OnceLock;
use zeroize::Zeroizing;
use zxcvbn::Score;

/// A password as typed, in Unicode's normal form C: the same keys may give another form on another device
/// (NIST SP 800-63B, 5.1.1.2). Wiped when dropped, never printed.
pub struct Password(Zeroizing<String>);

impl Password {
    /// The password that a person typed. Any text: rules apply to new passwords only.
    pub fn typed(text: &str) -> Password {
        let normal = ComposingNormalizerBorrowed::new_nfc().normalize(text);
        Password(Zeroizing::new(normal.into_owned()))
    }

    /// Checks the rules for a new password: its length, and the estimated number of guesses. There are no
    /// rules about kinds of characters (ASVS 6.2.5).
    ///
    /// # Errors
    /// [`Unfit`].
    pub fn check(&self, name: &LoginName) -> std::result::Result<(), Unfit> {
        let length = self.0.chars().count();
        if length < limits::SHORTEST_PASSWORD {
            return Err(Unfit::Short);
        }
        if length > limits::LONGEST_PASSWORD {
            return Err(Unfit::Long);
        }
        let mut known = vec![name.as_str(), name.lower()];
        known.extend(name.lower().split([' ', '.', '-', '_', '\'']).filter(|part| part.len() > 2));
        known.extend(COMMON);
        // The estimate is costly for long texts, and a good beginning is enough.
        let beginning =
            self.0.char_indices().nth(limits::ESTIMATED).map_or(self.0.as_str(), |(end, _)| &self.0[..end]);
        if zxcvbn::zxcvbn(beginning, &known).score() < Score::Three {
            return Err(Unfit::Guessable);
        }
        Ok(())
    }

    /// Hash to store, as a PHC string with its salt and parameters.
    pub(crate) fn hash(&self) -> Result<String> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|_| IdentityError::NoRandomness)?;
        let hash = argon2()?.hash_password_with_salt(self.0.as_bytes(), &salt);
        Ok(hash.map_err(|error| IdentityError::Hash(error.to_string()))?.to_string())
    }

    /// Whether a hash is of this password. Without a hash, takes as long and is false.
    pub(crate) fn is_of(&self, hash: Option<&str>) -> Result<bool> {
        // A longer text is refused before it costs anything.
        let is_long = self.0.len() > 4 * limits::LONGEST_PASSWORD;
        let bytes = if is_long { b"" } else { self.0.as_bytes() };
        // Also made where it is not needed: its first use takes as long as a check.
        let nobodys = nobodys()?;
        let stored = hash.unwrap_or(nobodys);
        let parsed = PasswordHash::new(stored).map_err(|error| IdentityError::Hash(error.to_string()))?;
        let is_right = argon2()?.verify_password(bytes, &parsed).is_ok();
        Ok(is_right && hash.is_some() && !is_long)
    }
}

/// Beginnings of passwords that are common in French, which the lists of `zxcvbn` lack: rows of an AZERTY
/// keyboard, and phrases.
const COMMON: [&str; 16] = [
    "mesinfos",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "motdepasse",
    "jetaime",
    "bonjour",
    "maman",
    "papa",
    "soleil",
    "olympique",
    "marseille",
    "liberte",
    "egalite",
    "fraternite",
    "doudou",
];

/// Hash for names that belong to nobody.
fn nobodys() -> Result<&'static str> {
    static HASH: OnceLock<String> = OnceLock::new();
    if let Some(hash) = HASH.get() {
        return Ok(hash);
    }
    let hash = Password::typed("nobody has this password").hash()?;
    Ok(HASH.get_or_init(|| hash))
}

fn argon2() -> Result<Argon2<'static>> {
    #[cfg(test)]
    tests::COMPUTED.with(|computed| computed.set(computed.get() + 1));
    let (memory, passes, lanes) = limits::ARGON2;
    let params =
        Params::new(memory, passes, lanes, None).map_err(|error| IdentityError::Hash(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::cell::Cell;

    thread_local! {
        /// Number of computations of this thread.
        pub(crate) static COMPUTED: Cell<usize> = const { Cell::new(0) };
    }

    fn name() -> LoginName {
        "Camille Martin".parse().unwrap()
    }

    #[test]
    fn a_password_is_long_and_hard_to_guess() {
        let long = "é".repeat(129);
        for (text, expected) in [
            ("court", Err(Unfit::Short)),
            ("onze lettre", Err(Unfit::Short)),
            ("password1234", Err(Unfit::Guessable)),
            ("aaaaaaaaaaaaaaaa", Err(Unfit::Guessable)),
            ("camille martin", Err(Unfit::Guessable)),
            ("azertyuiopqsdf", Err(Unfit::Guessable)),
            ("motdepasse2026", Err(Unfit::Guessable)),
            ("jetaimemaman", Err(Unfit::Guessable)),
            ("qwertyuiopasdf", Err(Unfit::Guessable)),
            (&long, Err(Unfit::Long)),
            ("quatre chevaux sous la pluie", Ok(())),
            ("7k3m9-p2x8q-a", Ok(())),
        ] {
            assert_eq!(Password::typed(text).check(&name()), expected, "{text}");
        }
    }

    #[test]
    fn a_hash_is_of_its_password_alone() {
        let password = Password::typed("quatre chevaux sous la pluie");
        let (one, other) = (password.hash().unwrap(), password.hash().unwrap());
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, other, "each has its salt");
        assert!(password.is_of(Some(&one)).unwrap() && password.is_of(Some(&other)).unwrap());
        assert!(!Password::typed("quatre chevaux sous la plui").is_of(Some(&one)).unwrap());
        assert!(!password.is_of(None).unwrap());
        assert!(!Password::typed("nobody has this password").is_of(None).unwrap());
        assert!(!Password::typed(&"x".repeat(1 << 20)).is_of(Some(&one)).unwrap());
        assert!(matches!(password.is_of(Some("md5")), Err(IdentityError::Hash(_))));
    }

    #[test]
    fn accents_may_be_typed_in_two_ways() {
        let hash = Password::typed("été à la plage déserte").hash().unwrap();
        let decomposed = "e\u{301}te\u{301} a\u{300} la plage de\u{301}serte";
        assert!(Password::typed(decomposed).is_of(Some(&hash)).unwrap());
    }
}
