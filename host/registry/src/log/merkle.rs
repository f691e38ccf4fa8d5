//! The hash tree of RFC 6962, section 2.1, with SHA-256.

use aws_lc_rs::digest::{Context, SHA256};
use mesinfos_model::Digest;

fn sha256(parts: &[&[u8]]) -> Digest {
    let mut context = Context::new(&SHA256);
    parts.iter().for_each(|part| context.update(part));
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    Digest(hash)
}

/// Hash of an entry.
pub fn leaf(entry: &[u8]) -> Digest {
    sha256(&[&[0], entry])
}

/// Hash of two subtrees.
pub fn node(left: &Digest, right: &Digest) -> Digest {
    sha256(&[&[1], &left.0, &right.0])
}

/// Root of the empty tree.
pub fn empty() -> Digest {
    sha256(&[])
}

/// The complete subtrees of a tree, from the left: the level and the index of each.
pub fn peaks(size: u64) -> impl Iterator<Item = (u32, u64)> {
    let levels = (0..u64::BITS).rev().filter(move |level| size >> level & 1 == 1);
    levels.map(move |level| (level, (size >> level) - 1))
}

/// Root of a tree from the hashes of its complete subtrees.
pub fn root(peaks: &[Digest]) -> Digest {
    let mut from_right = peaks.iter().rev().copied();
    let last = from_right.next().unwrap_or_else(empty);
    from_right.fold(last, |right, left| node(&left, &right))
}

/// Hash of a complete subtree of which the hashes of one level are given: a power of two of them.
pub fn complete(hashes: &[Digest]) -> Digest {
    match hashes {
        [one] => *one,
        _ => {
            let (left, right) = hashes.split_at(hashes.len() / 2);
            node(&complete(left), &complete(right))
        }
    }
}

/// The largest power of two below `size`, which is at least 2.
pub fn split(size: u64) -> u64 {
    1 << (u64::BITS - 1 - (size - 1).leading_zeros())
}

/// Whether a path proves that the entry with this leaf hash is at `index` in the tree (RFC 9162, section 2.1.3.2).
pub fn includes((size, root): (u64, &Digest), index: u64, leaf: &Digest, path: &[Digest]) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for step in path {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = node(step, &hash);
            while at & 1 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            hash = node(&hash, step);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && hash == *root
}

/// Whether a path proves that the first tree is the beginning of the second (RFC 9162, section 2.1.4.2).
pub fn is_consistent(first: (u64, &Digest), second: (u64, &Digest), path: &[Digest]) -> bool {
    let ((size1, root1), (size2, root2)) = (first, second);
    if size1 == size2 {
        return path.is_empty() && root1 == root2;
    }
    if size1 == 0 {
        return path.is_empty() && *root1 == empty();
    }
    if size1 > size2 {
        return false;
    }
    let mut path = path.iter();
    // A complete first tree is a subtree of the second: its own hash begins the path.
    let start = if size1.is_power_of_two() { Some(root1) } else { path.next() };
    let Some(start) = start else { return false };
    let (mut at, mut last) = (size1 - 1, size2 - 1);
    while at & 1 == 1 {
        (at, last) = (at >> 1, last >> 1);
    }
    let (mut one, mut two) = (*start, *start);
    for step in path {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            one = node(step, &one);
            two = node(step, &two);
            while at & 1 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            two = node(&two, step);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && one == *root1 && two == *root2
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6962, section 2.1, word for word.
    fn mth(entries: &[Vec<u8>]) -> Digest {
        match entries {
            [] => empty(),
            [one] => leaf(one),
            _ => {
                let (left, right) = entries.split_at(usize::try_from(split(entries.len() as u64)).unwrap());
                node(&mth(left), &mth(right))
            }
        }
    }

    fn path(m: usize, entries: &[Vec<u8>]) -> Vec<Digest> {
        if entries.len() == 1 {
            return Vec::new();
        }
        let k = usize::try_from(split(entries.len() as u64)).unwrap();
        let (left, right) = entries.split_at(k);
        if m < k {
            [path(m, left), vec![mth(right)]].concat()
        } else {
            [path(m - k, right), vec![mth(left)]].concat()
        }
    }

    fn proof(m: usize, entries: &[Vec<u8>], is_whole: bool) -> Vec<Digest> {
        if m == entries.len() {
            return if is_whole { Vec::new() } else { vec![mth(entries)] };
        }
        let k = usize::try_from(split(entries.len() as u64)).unwrap();
        let (left, right) = entries.split_at(k);
        if m <= k {
            [proof(m, left, is_whole), vec![mth(right)]].concat()
        } else {
            [proof(m - k, right, false), vec![mth(left)]].concat()
        }
    }

    fn entries(count: u8) -> Vec<Vec<u8>> {
        (0..count).map(|at| vec![at; usize::from(at)]).collect()
    }

    /// Test vectors of the reference implementation of RFC 6962.
    #[test]
    fn roots_are_those_of_certificate_transparency() {
        let entries: Vec<Vec<u8>> = vec![
            vec![],
            vec![0],
            vec![0x10],
            vec![0x20, 0x21],
            vec![0x30, 0x31],
            vec![0x40, 0x41, 0x42, 0x43],
            (0x50..0x58).collect(),
            (0x60..0x70).collect(),
        ];
        for (size, root) in [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
            (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
            (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
        ] {
            assert_eq!(mth(&entries[..size]).to_string(), root, "{size}");
            let leaves: Vec<Digest> = entries[..size].iter().map(|entry| leaf(entry)).collect();
            let whole: Vec<Digest> = peaks(size as u64)
                .map(|(level, index)| {
                    let (width, index) = (1 << level, usize::try_from(index).unwrap());
                    complete(&leaves[index * width..(index + 1) * width])
                })
                .collect();
            assert_eq!(super::root(&whole).to_string(), root, "{size}");
        }
    }

    #[test]
    fn proofs_hold_for_what_they_prove_and_for_nothing_else() {
        let all = entries(40);
        for size in 1..all.len() {
            let root = mth(&all[..size]);
            for index in 0..size {
                let path = path(index, &all[..size]);
                let hash = leaf(&all[index]);
                let tree = (size as u64, &root);
                assert!(includes(tree, index as u64, &hash, &path), "{index} in {size}");
                assert!(!includes(tree, index as u64, &leaf(b"?"), &path));
                assert!(!includes(tree, size as u64, &hash, &path));
                for other in (0..size).filter(|other| *other != index) {
                    assert!(!includes(tree, other as u64, &hash, &path), "{index} as {other} in {size}");
                }
                for cut in 0..path.len() {
                    assert!(!includes(tree, index as u64, &hash, &path[..cut]));
                }
            }
            for before in 0..=size {
                let old = mth(&all[..before]);
                let path = if before == 0 { Vec::new() } else { proof(before, &all[..size], true) };
                let (one, two) = ((before as u64, &old), (size as u64, &root));
                assert!(is_consistent(one, two, &path), "{before} in {size}");
                let wrong = leaf(b"?");
                assert!(!is_consistent((before as u64, &wrong), two, &path), "{before} in {size}");
                if before > 0 {
                    assert!(!is_consistent(one, (size as u64, &wrong), &path), "{before} in {size}");
                    assert!(!is_consistent(one, two, &[&path[..], &[wrong]].concat()));
                    assert!(path.is_empty() || !is_consistent(one, two, &path[1..]));
                    assert!(before == size || !is_consistent(two, one, &path));
                }
            }
        }
    }

    #[test]
    fn a_split_is_the_largest_power_of_two_below() {
        assert_eq!([2, 3, 4, 5, 8, 9].map(split), [1, 2, 2, 4, 4, 8]);
    }
}
