//! Digests for people who compare them.

use mesinfos_model::Digest;

/// A digest in groups that can be compared.
pub(super) fn grouped(digest: Digest) -> String {
    let text = digest.to_string();
    let groups: Vec<&str> =
        text.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(" ")
}
