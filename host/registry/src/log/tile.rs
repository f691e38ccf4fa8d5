//! Addresses of tiles and entry bundles (C2SP tlog-tiles).

use std::fmt;

/// Hashes of a full tile, and entries of a full bundle.
pub const WIDTH: u64 = 256;

/// Levels of the tree that a tile spans.
pub const HEIGHT: u32 = 8;

/// Highest level of a tile.
const MOST_LEVELS: u8 = 63;

/// What is at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Hashes at a level of tiles.
    Hashes(u8),
    /// Entries.
    Entries,
}

/// A tile or an entry bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    /// Its kind.
    pub kind: Kind,
    /// Its index among those of its kind.
    pub index: u64,
    /// Number of hashes or entries in it, 1 to [`WIDTH`].
    pub width: u64,
}

impl Tile {
    /// The tile at an address below the prefix of the log, such as `tile/0/x001/234.p/5`. `None` for any other text.
    pub fn at(path: &str) -> Option<Tile> {
        let (kind, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let kind = match kind {
            "entries" => Kind::Entries,
            level => {
                let level = number(level).and_then(|level| u8::try_from(level).ok());
                Kind::Hashes(level.filter(|level| *level <= MOST_LEVELS)?)
            }
        };
        let (index, width) = match rest.split_once(".p/") {
            Some((index, width)) => (index, number(width).filter(|width| (1..WIDTH).contains(width))?),
            None => (rest, WIDTH),
        };
        let index = self::index(index)?;
        let tile = Tile { kind, index, width };
        // One address for each tile: no more groups than it takes.
        (tile.to_string() == path).then_some(tile)
    }

    /// The tiles of a kind in a tree with this number of hashes (at its level) or entries, the partial one last.
    pub fn all(kind: Kind, count: u64) -> impl Iterator<Item = Tile> {
        let full = (0..count / WIDTH).map(move |index| Tile { kind, index, width: WIDTH });
        let rest = count % WIDTH;
        full.chain((rest > 0).then_some(Tile { kind, index: count / WIDTH, width: rest }))
    }

    /// The tile of its kind that has the hash or entry `at`, in a tree that has `count` of them.
    pub fn of(kind: Kind, at: u64, count: u64) -> Tile {
        let index = at / WIDTH;
        Tile { kind, index, width: (count - index * WIDTH).min(WIDTH) }
    }
}

/// Number of hashes at a level of tiles in a tree.
pub fn hashes_at(level: u8, size: u64) -> u64 {
    size.checked_shr(HEIGHT * u32::from(level)).unwrap_or(0)
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Entries => f.write_str("tile/entries/")?,
            Kind::Hashes(level) => write!(f, "tile/{level}/")?,
        }
        let (mut groups, mut rest) = (Vec::new(), self.index);
        loop {
            groups.push(rest % 1_000);
            rest /= 1_000;
            if rest == 0 {
                break;
            }
        }
        for (at, group) in groups.iter().enumerate().rev() {
            if at > 0 { write!(f, "x{group:03}/")? } else { write!(f, "{group:03}")? }
        }
        if self.width < WIDTH { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

/// A decimal number without leading zeroes.
fn number(text: &str) -> Option<u64> {
    let is_plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|_| is_plain)
}

/// `x001/x234/067` is 1234067.
fn index(text: &str) -> Option<u64> {
    let mut index: u64 = 0;
    let mut groups = text.split('/').peekable();
    while let Some(group) = groups.next() {
        let digits = if groups.peek().is_some() { group.strip_prefix('x')? } else { group };
        if digits.len() != 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        index = index.checked_mul(1_000)?.checked_add(digits.parse().ok()?)?;
    }
    Some(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_the_specification() {
        let tile = |kind, index, width| Tile { kind, index, width };
        for (path, expected) in [
            ("tile/0/x001/x234/067", tile(Kind::Hashes(0), 1_234_067, 256)),
            ("tile/entries/000.p/1", tile(Kind::Entries, 0, 1)),
            ("tile/63/999.p/255", tile(Kind::Hashes(63), 999, 255)),
            ("tile/entries/x001/000", tile(Kind::Entries, 1_000, 256)),
        ] {
            assert_eq!(Tile::at(path), Some(expected), "{path}");
            assert_eq!(expected.to_string(), path);
        }
        for not in [
            "",
            "tile",
            "tile/0",
            "tile/0/",
            "tile/0/0",
            "tile/0/0000",
            "tile/00/000",
            "tile/64/000",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/01",
            "tile/0/000.p/",
            "tile/0/x000/000",
            "tile/0/x001/x002",
            "tile/0/001/002",
            "tile/0/-01",
            "tile/-1/000",
            "tile/+1/000",
            "tile/0/+01",
            "tile/0/000/",
            "tile/0//000",
            "tile/entries/000.p/1.p/1",
            "tile/0/../000",
            "tile/x/000",
            "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        ] {
            assert_eq!(Tile::at(not), None, "{not}");
        }
    }

    /// The example of the specification: a tree of 70 000 entries.
    #[test]
    fn a_tree_has_its_tiles() {
        let tiles =
            |level| -> Vec<Tile> { Tile::all(Kind::Hashes(level), hashes_at(level, 70_000)).collect() };
        assert_eq!((tiles(0).len(), tiles(0)[273].width), (274, 112));
        assert_eq!((tiles(1).len(), tiles(1)[0].width, tiles(1)[1].width), (2, 256, 17));
        assert_eq!((tiles(2).len(), tiles(2)[0].width), (1, 1));
        assert!(tiles(3).is_empty() && hashes_at(63, u64::MAX) == 0);
        assert_eq!(Tile::of(Kind::Entries, 69_999, 70_000).to_string(), "tile/entries/273.p/112");
    }
}
