//! Ed25519 keys (RFC 8032) of publishers and of the log.

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use zeroize::{Zeroize, Zeroizing};

/// Beginning of a public key as text.
const PUBLIC: &str = "ed25519:";

/// Beginning of a secret key as text, so that a leaked one is recognised.
const SECRET: &str = "mesinfos-secret-ed25519:";

/// Length of a signature in bytes.
pub const SIGNATURE: usize = 64;

/// A public key. As text: `ed25519:` and 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey(pub [u8; 32]);

/// Error: a text that is not a key. It does not hold the text, which may be a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not an Ed25519 key")]
pub struct NotAKey;

impl PublicKey {
    /// Whether it is a point of small order. Such a key has signatures that hold for every message (RFC 8032, 5.1.7; the
    /// list is that of libsodium's `ge25519_has_small_order`, the sign left out).
    fn is_weak(&self) -> bool {
        const WEAK: [&str; 7] = [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ];
        let mut point = self.0;
        point[31] &= 0x7f;
        let digits: String = point.iter().map(|byte| format!("{byte:02x}")).collect();
        WEAK.contains(&digits.as_str())
    }

    /// Whether `signature` is this key's signature of `message`. No signature is a weak key's.
    pub fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        !self.is_weak() && UnparsedPublicKey::new(&ED25519, &self.0).verify(message, signature).is_ok()
    }

    /// The first 64 bits in groups of four digits, for people who compare two keys at a glance.
    pub fn short(&self) -> String {
        let groups = self.0[..8].chunks(2).map(|pair| format!("{:02x}{:02x}", pair[0], pair[1]));
        groups.collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(PUBLIC)?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

impl FromStr for PublicKey {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<PublicKey, NotAKey> {
        let mut key = [0; 32];
        read_hex(text.strip_prefix(PUBLIC).ok_or(NotAKey)?, &mut key)?;
        Ok(PublicKey(key))
    }
}

impl Serialize for PublicKey {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<PublicKey, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A secret key. It has no `Debug` and no `Display`, and is wiped when dropped.
pub struct SecretKey(Zeroizing<[u8; 32]>);

impl SecretKey {
    /// A new random key.
    ///
    /// # Errors
    /// If the system provides no random bytes.
    pub fn generate() -> std::io::Result<SecretKey> {
        let mut seed = Zeroizing::new([0; 32]);
        aws_lc_rs::rand::fill(seed.as_mut())
            .map_err(|_| std::io::Error::other("the system provides no random bytes"))?;
        Ok(SecretKey(seed))
    }

    /// The key of these bytes.
    pub fn of_seed(seed: [u8; 32]) -> SecretKey {
        SecretKey(Zeroizing::new(seed))
    }

    /// The key in a text made by [`SecretKey::expose`].
    ///
    /// # Errors
    /// [`NotAKey`], without the text.
    pub fn read(text: &str) -> Result<SecretKey, NotAKey> {
        let mut seed = Zeroizing::new([0; 32]);
        read_hex(text.trim().strip_prefix(SECRET).ok_or(NotAKey)?, seed.as_mut())?;
        Ok(SecretKey(seed))
    }

    /// The key as text, to be kept in a file of its owner.
    pub fn expose(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(SECRET.len() + 64));
        text.push_str(SECRET);
        for byte in self.0.iter() {
            let mut digits = format!("{byte:02x}");
            text.push_str(&digits);
            digits.zeroize();
        }
        text
    }

    /// The bytes of the key.
    pub fn seed(&self) -> &[u8; 32] {
        &self.0
    }

    fn pair(&self) -> Ed25519KeyPair {
        // Any 32 bytes are a seed (RFC 8032, section 5.1.5).
        match Ed25519KeyPair::from_seed_unchecked(self.0.as_ref()) {
            Ok(pair) => pair,
            Err(_) => unreachable!("a seed of 32 bytes is a key"),
        }
    }

    /// Its public key.
    pub fn public(&self) -> PublicKey {
        let mut key = [0; 32];
        key.copy_from_slice(self.pair().public_key().as_ref());
        PublicKey(key)
    }

    /// Its signature of a message.
    pub fn sign(&self, message: &[u8]) -> [u8; SIGNATURE] {
        let mut signature = [0; SIGNATURE];
        signature.copy_from_slice(self.pair().sign(message).as_ref());
        signature
    }
}

/// Reads lower-case hexadecimal digits that fill `into`.
pub(crate) fn read_hex(text: &str, into: &mut [u8]) -> Result<(), NotAKey> {
    let is_hex = text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if text.len() != 2 * into.len() || !is_hex {
        return Err(NotAKey);
    }
    for (at, byte) in into.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).map_err(|_| NotAKey)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032, section 7.1, test 2.
    #[test]
    fn is_ed25519() {
        let mut seed = [0; 32];
        read_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", &mut seed).unwrap();
        let key = SecretKey::of_seed(seed);
        let public = "ed25519:3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
        assert_eq!(key.public().to_string(), public);
        let signature = key.sign(&[0x72]);
        assert_eq!(signature[..4], [0x92, 0xa0, 0x09, 0xa9]);
        assert!(key.public().has_signed(&[0x72], &signature));
        assert!(!key.public().has_signed(&[0x73], &signature));
        assert!(!key.public().has_signed(&[0x72], &signature[..63]));
        // A second signature made from the first, S + L, is refused (RFC 8032, section 5.1.7).
        let order: [u8; 16] =
            [0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14];
        let (mut other, mut carry) = (signature, 0_u16);
        for at in 0..32 {
            let more = u16::from(order.get(at).copied().unwrap_or(if at == 31 { 0x10 } else { 0 }));
            let sum = u16::from(other[32 + at]) + more + carry;
            (other[32 + at], carry) = ((sum & 0xff).try_into().unwrap(), sum >> 8);
        }
        assert!(!key.public().has_signed(&[0x72], &other));
    }

    #[test]
    fn keys_come_back_from_their_text_and_nothing_else_does() {
        let key = SecretKey::generate().unwrap();
        assert_eq!(SecretKey::read(&key.expose()).unwrap().seed(), key.seed());
        let public = key.public();
        assert_eq!(public.to_string().parse(), Ok(public));
        assert_eq!(
            serde_json::from_value::<PublicKey>(serde_json::to_value(public).unwrap()).unwrap(),
            public
        );
        let text = public.to_string();
        for not in
            ["", "ed25519:", &text[..71], &text.to_uppercase(), &format!("{text}0"), &text.replace(':', ";")]
        {
            assert_eq!(not.parse::<PublicKey>(), Err(NotAKey), "{not}");
        }
        assert!(SecretKey::read(&text).is_err() && key.expose().parse::<PublicKey>().is_err());
        assert_eq!(public.short().len(), 19);
    }

    #[test]
    fn a_key_of_small_order_has_signed_nothing() {
        // With such a key, a signature of zeros holds for one message in eight, and with the neutral point for every one.
        for seed in ["01", "00", "ec", "ed", "ee"] {
            let mut digits =
                if ["00", "01"].contains(&seed) { "00".repeat(32) } else { "ff".repeat(31) + "7f" };
            digits.replace_range(..2, seed);
            for sign in ["", "80"] {
                let mut key = [0; 32];
                read_hex(&digits, &mut key).unwrap();
                key[31] |= if sign.is_empty() { 0 } else { 0x80 };
                let key = PublicKey(key);
                let signature = [&key.0[..], &[0; 32]].concat();
                assert!((0..64_u8).all(|message| !key.has_signed(&[message], &signature)), "{key}");
            }
        }
    }
}
