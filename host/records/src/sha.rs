//! SHA-256 with domain separation.

use mesinfos_model::Digest;
use sha2::{Digest as _, Sha256};

/// SHA-256 (FIPS 180-4) of a domain and some parts. The domain comes first; each string is preceded by its
/// length in bytes as a big-endian u64. So two different lists of parts, or the same parts in two domains,
/// never hash the same bytes. A domain is `mesinfos/<what>/<version>`.
pub fn digest(domain: &str, parts: &[&[u8]]) -> Digest {
    let mut hash = Sha256::new();
    for part in std::iter::once(domain.as_bytes()).chain(parts.iter().copied()) {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    Digest(hash.finalize().into())
}

/// SHA-256 of bytes alone, without a domain: for what people compare with the result of another tool.
pub fn of_bytes(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_sha_256_of_lengths_and_parts() {
        // printf '\0\0\0\0\0\0\0\1d\0\0\0\0\0\0\0\2ab' | sha256sum
        assert_eq!(
            digest("d", &[b"ab"]).to_string(),
            "e3fd7e83dc3657c5f608d2fa042808824455da969850d82152c6f683711cb7f6"
        );
    }

    #[test]
    fn of_bytes_alone_is_what_sha256sum_prints() {
        let digest = of_bytes(b"abc").to_string();
        assert_eq!(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn parts_and_domains_do_not_run_into_each_other() {
        let all = [
            digest("d", &[b"ab", b"c"]),
            digest("d", &[b"a", b"bc"]),
            digest("d", &[b"abc"]),
            digest("da", &[b"b", b"c"]),
            digest("d", &[b"abc", b""]),
        ];
        for (i, one) in all.iter().enumerate() {
            assert!(!all[i + 1..].contains(one));
        }
    }
}
