//! The common layout of sealed bodies: a header in the clear, followed by
//!
//! ```text
//! commitment 16   derived together with the key; commits the body to it
//! nonce      12   random
//! ciphertext
//! tag        16
//! ```
//! The additional data of the seal is the header and the person's id. The key is derived from the person's
//! key and the body's address. An address is never reused, so each key seals one message and no nonce can
//! repeat.

use crate::error::Result;
use crate::keys::{COMMITMENT_LEN, PersonKeys, random_nonce};
use aws_lc_rs::aead::{Aad, NONCE_LEN, Nonce};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use mesinfos_store::SealError;
use zeroize::Zeroizing;

/// Algorithm number of AES-256-GCM in headers.
pub(crate) const AES_256_GCM: u8 = 1;

const TAG: usize = 16;

/// Seals a body for `record_key`, the canonical encoding of its kind and address.
pub(crate) fn seal(
    keys: &PersonKeys,
    record_key: &[u8],
    header: &[u8],
    mut body: Zeroizing<Vec<u8>>,
) -> Result<Vec<u8>> {
    let (key, commitment) = keys.body(record_key)?;
    let nonce = random_nonce()?;
    let aad = [header, &keys.person.0].concat();
    let tag = key
        .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(aad), &mut body)
        .map_err(|_| SealError)?;
    Ok([header, &commitment, &nonce, &body, tag.as_ref()].concat())
}

/// The reason a body does not open.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unopened {
    #[error("it is truncated")]
    Short,
    #[error("its header does not match this person, address and format")]
    Header,
    #[error("it was sealed with another key")]
    Key,
    #[error("it was changed")]
    Changed,
    #[error(transparent)]
    Seal(#[from] SealError),
}

/// Opens a body sealed for this person and record key. Decrypts into `plain`, which grows if necessary, and
/// returns the used part of it. `header` maps the header found to the one expected.
pub(crate) fn open<'p, const HEADER: usize>(
    keys: &PersonKeys,
    record_key: &[u8],
    header: impl FnOnce(&[u8; HEADER]) -> Vec<u8>,
    sealed: &[u8],
    plain: &'p mut Zeroizing<Vec<u8>>,
) -> std::result::Result<&'p [u8], Unopened> {
    let (found, rest) = sealed.split_first_chunk::<HEADER>().ok_or(Unopened::Short)?;
    let (commitment, rest) = rest.split_first_chunk::<COMMITMENT_LEN>().ok_or(Unopened::Short)?;
    let (nonce, rest) = rest.split_first_chunk::<NONCE_LEN>().ok_or(Unopened::Short)?;
    let (body, tag) = rest.split_last_chunk::<TAG>().ok_or(Unopened::Short)?;
    if header(found) != found {
        return Err(Unopened::Header);
    }
    let (key, expected) = keys.body(record_key)?;
    if verify_slices_are_equal(commitment, &expected).is_err() {
        return Err(Unopened::Key);
    }
    let aad = [&found[..], &keys.person.0].concat();
    if plain.len() < body.len() {
        // Allocate a new buffer: growing the old one would leave a copy of the last plaintext behind.
        *plain = Zeroizing::new(vec![0; body.len().next_power_of_two()]);
    }
    let plain = &mut plain[..body.len()];
    key.open_separate_gather(Nonce::assume_unique_for_key(*nonce), Aad::from(aad), body, tag, plain)
        .map_err(|_| Unopened::Changed)?;
    Ok(plain)
}
