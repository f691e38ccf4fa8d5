//! The claim of an id: the key of an app says which account of which server may have its id.
//!
//! A signed component is public once somebody has it, so it does not show that who sends it has the key. What is signed
//! is [`DOMAIN`], the host name of the server as the author reached it, the owner, and the id, each on a line. A claim
//! for one server or account is none for another, and no signature of a component or of a successor is a claim.

use crate::key::{NotAKey, PublicKey, SIGNATURE, SecretKey, read_hex};
use crate::release::Owner;

/// What a claim begins with.
const DOMAIN: &[u8] = b"mesinfos/id-claim/1\n";

/// Beginning of a claim as text.
const PREFIX: &str = "mesinfos-claim:";

/// A claim that came to a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdClaim {
    /// Host name by which the server was reached, with its port if there is one.
    host: String,
    signature: [u8; SIGNATURE],
}

/// What somebody who submits shows for an id that is not theirs yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// Nothing.
    Missing,
    /// A claim.
    Claim(IdClaim),
    /// Nothing is needed: they are at the command line of this machine.
    Local,
}

impl IdClaim {
    /// The claim of `key` for an owner on the server that is reached as `host`, as text.
    pub fn made(key: &SecretKey, host: &str, owner: &Owner, app: &str) -> String {
        let signature = key.sign(&message(&host.to_ascii_lowercase(), owner, app));
        signature.iter().fold(PREFIX.to_owned(), |text, byte| text + &format!("{byte:02x}"))
    }

    /// A claim in a text made by [`IdClaim::made`], which came to the server that was reached as `host`.
    ///
    /// # Errors
    /// [`NotAKey`] if the text is no claim.
    pub fn read(text: &str, host: &str) -> Result<IdClaim, NotAKey> {
        let digits = text.trim().strip_prefix(PREFIX).ok_or(NotAKey)?;
        let mut signature = [0; SIGNATURE];
        read_hex(digits, &mut signature)?;
        Ok(IdClaim { host: host.to_ascii_lowercase(), signature })
    }

    /// Whether it is the claim of a key for an owner and an id.
    pub fn holds(&self, key: &PublicKey, owner: &Owner, app: &str) -> bool {
        key.has_signed(&message(&self.host, owner, app), &self.signature)
    }
}

/// Lines of which none can hold the end of a line: an owner and an id have no such character, and a host that had one
/// would be followed by one line too many.
fn message(host: &str, owner: &Owner, app: &str) -> Vec<u8> {
    [DOMAIN, host.as_bytes(), b"\n", owner.as_str().as_bytes(), b"\n", app.as_bytes(), b"\n"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_for_one_server_one_owner_and_one_id() {
        let (key, other) = (SecretKey::of_seed([1; 32]), SecretKey::of_seed([2; 32]));
        let owner = |text: &str| Owner::new(text).unwrap();
        let text = IdClaim::made(&key, "Infos.example:8443", &owner("account:1"), "budget");
        let claim = IdClaim::read(&format!(" {text}\n"), "infos.example:8443").unwrap();
        assert!(claim.holds(&key.public(), &owner("account:1"), "budget"));
        assert!(!claim.holds(&other.public(), &owner("account:1"), "budget"));
        assert!(!claim.holds(&key.public(), &owner("account:2"), "budget"));
        assert!(!claim.holds(&key.public(), &owner("account:1"), "budget2"));
        for elsewhere in ["infos.example", "infos.example:443", "evil.example", ""] {
            let claim = IdClaim::read(&text, elsewhere).unwrap();
            assert!(!claim.holds(&key.public(), &owner("account:1"), "budget"), "{elsewhere}");
        }
        for wrong in ["", "mesinfos-claim:", "00", &text[..text.len() - 1], &text.to_uppercase()] {
            assert_eq!(IdClaim::read(wrong, "infos.example:8443"), Err(NotAKey), "{wrong}");
        }
    }
}
