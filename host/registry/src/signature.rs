//! The signature of a component: its last custom section.
//!
//! A signed component is the bytes `B` of the component with its manifest, followed by one custom section named
//! `mesinfos:signature`, which ends the file. The section's data is the public key (32 bytes) and the signature (64
//! bytes). What is signed is [`DOMAIN`] followed by the SHA-256 of `B`, with Ed25519 (RFC 8032). So a signature covers
//! the code, the imports and the manifest, thus the id and the version, and stands for no other use of the key.
//!
//! After a change of key, the data goes on with the public key before (32 bytes) and its signature (64 bytes) of
//! [`SUCCESSION`], the id of the app, the public key before and the new one, each on a line: the old key names its
//! successor for this id. A succession of one id is none of another id, also if both belong to the same key.
//!
//! The section has exactly one encoding, compared byte for byte, so that nobody can make another file with the same
//! signature. A custom section has no effect on a component, which stays valid. Whatever follows the section makes the
//! file an unsigned one; the SHA-256 that grants bind to is that of the whole file.

use crate::key::{NotAKey, PublicKey, SIGNATURE, SecretKey};
use aws_lc_rs::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

/// Name of the section.
pub const SECTION: &str = "mesinfos:signature";

/// What a signature of a component begins with.
pub const DOMAIN: &[u8] = b"mesinfos/app-signature/1\n";

/// What the signature of a succession begins with.
pub const SUCCESSION: &[u8] = b"mesinfos/key-succession/2\n";

/// Data of a section: a key and its signature.
const SIGNED: usize = 32 + SIGNATURE;

/// A signature that was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// Key that signed the component.
    pub key: PublicKey,
    /// The key before, which named this one as its successor.
    pub succession: Option<Succession>,
}

/// Error: a component ends in a signature that its key did not make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature of the component is not that of its key for these bytes")]
pub struct Forged;

/// A key that names its successor for the id of one app. In JSON: [`Succession::text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Succession {
    /// The key before.
    pub before: PublicKey,
    /// Its signature.
    pub signature: [u8; SIGNATURE],
}

impl Succession {
    /// `before` names `next` as its successor for the id `app`.
    pub fn new(before: &SecretKey, app: &str, next: &PublicKey) -> Succession {
        let public = before.public();
        Succession { before: public, signature: before.sign(&succession(app, &public, next)) }
    }

    /// The succession as text.
    pub fn text(&self) -> String {
        let signature: String = self.signature.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{} {signature}", self.before)
    }

    /// The succession in a text made by [`Succession::text`].
    ///
    /// # Errors
    /// [`NotAKey`].
    pub fn read(text: &str) -> Result<Succession, NotAKey> {
        let (before, digits) = text.trim().split_once(' ').ok_or(NotAKey)?;
        let mut signature = [0; SIGNATURE];
        if digits.len() != 2 * SIGNATURE || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(NotAKey);
        }
        for (at, byte) in signature.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).map_err(|_| NotAKey)?;
        }
        Ok(Succession { before: before.parse()?, signature })
    }

    /// Whether it names `next` for the id `app`.
    pub fn names(&self, app: &str, next: &PublicKey) -> bool {
        self.before.has_signed(&succession(app, &self.before, next), &self.signature)
    }
}

impl From<Succession> for String {
    fn from(succession: Succession) -> String {
        succession.text()
    }
}

impl TryFrom<String> for Succession {
    type Error = NotAKey;

    fn try_from(text: String) -> Result<Succession, NotAKey> {
        Succession::read(&text)
    }
}

/// Lines of which only the first could hold the end of a line, and an id has none.
fn succession(app: &str, before: &PublicKey, next: &PublicKey) -> Vec<u8> {
    [SUCCESSION, format!("{app}\n{before}\n{next}\n").as_bytes()].concat()
}

fn message(bytes: &[u8]) -> Vec<u8> {
    [DOMAIN, digest(&SHA256, bytes).as_ref()].concat()
}

/// The section up to its data, for data of this length.
fn opening(data: usize) -> Vec<u8> {
    // Custom section (0), size of what follows, length of the name, name. Sizes are LEB128: the low seven bits of each
    // byte, with the high bit set if another one follows.
    let byte = |value: usize| u8::try_from(value).unwrap_or(u8::MAX);
    let mut size = 1 + SECTION.len() + data;
    let mut bytes = vec![0];
    while size >= 0x80 {
        bytes.push(byte(size & 0x7f) | 0x80);
        size >>= 7;
    }
    bytes.extend([byte(size), byte(SECTION.len())]);
    bytes.extend(SECTION.as_bytes());
    bytes
}

/// A component that ends in a section with data of this length: its bytes before, and the data.
fn ending(component: &[u8], data: usize) -> Option<(&[u8], &[u8])> {
    let (rest, data) = component.split_at_checked(component.len().checked_sub(data)?)?;
    Some((rest.strip_suffix(&opening(data.len())[..])?, data))
}

/// The component signed with a key, in place of a signature that it ends in.
pub fn sign(component: &[u8], key: &SecretKey, succession: Option<&Succession>) -> Vec<u8> {
    let bytes = unsigned(component);
    let mut data = [&key.public().0[..], &key.sign(&message(bytes))].concat();
    if let Some(Succession { before, signature }) = succession {
        data.extend(before.0);
        data.extend(signature);
    }
    [bytes, &opening(data.len()), &data].concat()
}

/// A component without the signature that it ends in.
fn unsigned(component: &[u8]) -> &[u8] {
    let mut lengths = [SIGNED, 2 * SIGNED].into_iter();
    lengths.find_map(|data| ending(component, data)).map_or(component, |(bytes, _)| bytes)
}

/// The signature of a component with the id `app`; `None` if it is not signed.
///
/// # Errors
/// [`Forged`] if it ends in a signature that is not good.
pub fn signature(component: &[u8], app: &str) -> Result<Option<Signature>, Forged> {
    let of = |data: &[u8]| {
        let mut key = [0; 32];
        key.copy_from_slice(&data[..32]);
        let mut signature = [0; SIGNATURE];
        signature.copy_from_slice(&data[32..SIGNED]);
        (PublicKey(key), signature)
    };
    for data in [SIGNED, 2 * SIGNED] {
        let Some((bytes, data)) = ending(component, data) else { continue };
        let (key, signature) = of(data);
        if !key.has_signed(&message(bytes), &signature) {
            return Err(Forged);
        }
        if data.len() == SIGNED {
            return Ok(Some(Signature { key, succession: None }));
        }
        let (before, signature) = of(&data[SIGNED..]);
        let succession = Succession { before, signature };
        if !succession.names(app, &key) {
            return Err(Forged);
        }
        return Ok(Some(Signature { key, succession: Some(succession) }));
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "coffees";

    const APP: &[u8] = b"\0asm\x0d\0\x01\0 not much of a component";

    fn key(seed: u8) -> SecretKey {
        SecretKey::of_seed([seed; 32])
    }

    #[test]
    fn a_signature_is_that_of_the_key_for_these_bytes() {
        let (mine, other) = (key(1), key(2));
        let signature = |bytes: &[u8]| signature(bytes, ID);
        assert_eq!(signature(APP), Ok(None));
        let signed = sign(APP, &mine, None);
        assert_eq!(signature(&signed), Ok(Some(Signature { key: mine.public(), succession: None })));
        // Another signature takes its place, and signing twice changes nothing.
        assert_eq!(sign(&signed, &mine, None), signed);
        assert_eq!(signature(&sign(&signed, &other, None)).unwrap().unwrap().key, other.public());
        // It stands for no other bytes, and its bytes bear no other signature.
        let section = &signed[APP.len()..];
        assert_eq!(signature(&[b"\0asm\x0d\0\x01\0 another component", section].concat()), Err(Forged));
        for at in 0..signed.len() {
            for bit in 0..8 {
                let mut changed = signed.clone();
                changed[at] ^= 1 << bit;
                let found = signature(&changed);
                assert_ne!(found.unwrap_or(None).map(|found| found.key), Some(mine.public()), "byte {at}");
            }
        }
        // Cut or followed by something, it is not signed.
        assert_eq!(signature(&signed[..signed.len() - 1]), Ok(None));
        assert_eq!(signature(&[&signed[..], b"\0\x02\x01x"].concat()), Ok(None));
        for short in 0..section.len() {
            assert!(matches!(signature(&section[section.len() - short..]), Ok(None)), "{short}");
        }
    }

    #[test]
    fn the_section_has_one_encoding() {
        let signature = |bytes: &[u8]| signature(bytes, ID);
        let signed = sign(APP, &key(1), None);
        let mut padded = signed.clone();
        // The size of the section in two bytes: still LEB128, no longer ours.
        padded[APP.len() + 1] |= 0x80;
        padded.insert(APP.len() + 2, 0);
        assert_eq!(signature(&padded), Ok(None));
        assert_eq!(signed.len() - APP.len(), 117);
        assert_eq!(opening(SIGNED)[..3], [0, 115, 18]);
        assert_eq!(opening(2 * SIGNED)[..4], [0, 0xd3, 0x01, 18]);
    }

    #[test]
    fn a_key_is_succeeded_by_the_one_that_it_names() {
        let (old, new, other) = (key(1), key(2), key(3));
        let named = Succession::new(&old, ID, &new.public());
        let read = |bytes: &[u8]| signature(bytes, ID);
        assert_eq!(Succession::read(&named.text()), Ok(named));
        assert_eq!(Succession::read(&named.text()[1..]), Err(NotAKey));
        let signed = sign(APP, &new, Some(&named));
        let expected = Signature { key: new.public(), succession: Some(named) };
        assert_eq!(read(&signed), Ok(Some(expected)));
        assert_eq!(read(&sign(APP, &other, Some(&named))), Err(Forged), "it names another");
        // Of two ids of one key, it is for the one that it names, and no line of it can be moved to another.
        for app in ["coffees2", "coffee", "", "coffees\n", &format!("coffees\n{}", old.public())] {
            assert_eq!(signature(&signed, app), Err(Forged), "{app}");
            assert!(!named.names(app, &new.public()), "{app}");
        }
        // A signature of a component is none of a succession, whatever it covers.
        let signature_of_app = Succession { before: old.public(), signature: old.sign(&message(APP)) };
        assert!(!signature_of_app.names(ID, &new.public()));
        assert_eq!(read(&sign(&signed, &old, None)).unwrap().unwrap().key, old.public());
    }
}
