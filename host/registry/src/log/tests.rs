use super::proof::{LogError, Tiles, check_continues, check_included, check_whole};
use super::*;
use mesinfos_store::memory::MemoryStore;
use std::cell::Cell;

/// Serves the tiles of a log, with at most one of them changed.
struct Served<'a> {
    log: Log<'a>,
    changed: Option<(Tile, usize)>,
    fetched: Cell<usize>,
}

impl Tiles for Served<'_> {
    type Error = String;

    fn tile(&self, tile: Tile) -> std::result::Result<Vec<u8>, String> {
        self.fetched.set(self.fetched.get() + 1);
        // By its address, as over HTTP.
        let tile = Tile::at(&tile.to_string()).ok_or("no address")?;
        let mut bytes = self.log.tile(tile).map_err(|error| error.to_string())?.ok_or("no tile")?;
        if let Some((_, at)) = self.changed.filter(|(changed, _)| *changed == tile) {
            bytes[at] ^= 1;
        }
        Ok(bytes)
    }
}

fn entry(at: u64) -> Vec<u8> {
    format!("entry {at}").into_bytes()
}

/// Appends up to `size` entries, `lot` in each commit, and returns the signed heads by size.
fn grown(store: &MemoryStore, key: &LogKey, size: u64, lot: u64) -> Vec<Checkpoint> {
    let log = Log::new(store, key);
    let mut heads = vec![Checkpoint::open(&log.checkpoint().unwrap(), key.verifier()).unwrap()];
    for from in (0..size).step_by(usize::try_from(lot).unwrap()) {
        let mut commit = Commit::new(HOUSE);
        let entries: Vec<_> = (from..(from + lot).min(size)).map(entry).collect();
        log.append(&entries, &mut commit).unwrap();
        store.commit(&commit).unwrap();
        heads.push(Checkpoint::open(&log.checkpoint().unwrap(), key.verifier()).unwrap());
    }
    heads
}

#[test]
fn a_log_continues_itself_at_every_size_and_has_its_entries() {
    let (store, key) = (MemoryStore::default(), LogKey::new([1; 32]));
    let heads = grown(&store, &key, 70, 1);
    let served = || Served { log: Log::new(&store, &key), changed: None, fetched: Cell::new(0) };
    for now in &heads {
        for before in &heads {
            let found = check_continues(&served(), before, now);
            assert_eq!(found.is_ok(), before.size <= now.size, "{} {}", before.size, now.size);
        }
        for index in 0..now.size {
            check_included(&served(), now, index, &entry(index)).unwrap();
        }
        let wrong = check_included(&served(), now, 0, b"another entry");
        assert!(matches!(wrong, Err(LogError::NotIncluded(0))));
        assert!(matches!(
            check_included(&served(), now, now.size, &entry(now.size)),
            Err(LogError::NotIncluded(_))
        ));
        let mut seen = 0;
        check_whole(&served(), now, |at, bytes| {
            assert_eq!(bytes, entry(at));
            seen += 1;
        })
        .unwrap();
        assert_eq!(seen, now.size);
    }
}

#[test]
fn a_log_of_ten_thousand_is_served_in_tiles_and_proved_with_few_of_them() {
    let (store, key) = (MemoryStore::default(), LogKey::new([1; 32]));
    let heads = grown(&store, &key, 70_000, 10_000);
    let (before, now) = (&heads[1], heads.last().unwrap());
    assert_eq!((before.size, now.size), (10_000, 70_000));
    let served = Served { log: Log::new(&store, &key), changed: None, fetched: Cell::new(0) };
    check_continues(&served, before, now).unwrap();
    check_included(&served, now, 9_999, &entry(9_999)).unwrap();
    assert!(served.fetched.get() < 20, "{}", served.fetched.get());
    check_whole(&served, now, |_, _| {}).unwrap();
    let log = Log::new(&store, &key);
    // Full tiles, partial ones of sizes that were signed, and nothing beyond.
    for (there, path) in [
        (true, "tile/0/272"),
        (true, "tile/0/273.p/112"),
        (true, "tile/0/039.p/16"),
        (true, "tile/1/000"),
        (true, "tile/1/001.p/17"),
        (true, "tile/2/000.p/1"),
        (true, "tile/entries/273.p/112"),
        (false, "tile/0/273"),
        (false, "tile/0/273.p/113"),
        (false, "tile/0/274.p/1"),
        (false, "tile/2/000"),
        (false, "tile/3/000.p/1"),
        (false, "tile/entries/274.p/1"),
        (false, "tile/0/x018/x446/x744/x073/x709/x551/615"),
    ] {
        let tile = log.tile(Tile::at(path).unwrap()).unwrap();
        assert_eq!(tile.is_some(), there, "{path}");
    }
}

#[test]
fn a_changed_tile_a_changed_entry_and_another_history_are_found() {
    let (store, key) = (MemoryStore::default(), LogKey::new([1; 32]));
    let heads = grown(&store, &key, 600, 100);
    let now = heads.last().unwrap();
    let serve = |changed| Served { log: Log::new(&store, &key), changed, fetched: Cell::new(0) };
    let tiles = [Kind::Entries, Kind::Hashes(0), Kind::Hashes(1)].into_iter().flat_map(|kind| {
        let count = if let Kind::Hashes(level) = kind { hashes_at(level, now.size) } else { now.size };
        Tile::all(kind, count)
    });
    let mut found = 0;
    for tile in tiles {
        for at in [0, 5, 31, 40] {
            if tile.width * 32 <= at as u64 {
                continue;
            }
            assert!(check_whole(&serve(Some((tile, at))), now, |_, _| {}).is_err(), "{tile} {at}");
            found += 1;
        }
    }
    assert!(found > 20);
    let first = Tile::at("tile/0/000").unwrap();
    assert!(check_included(&serve(Some((first, 33))), now, 0, &entry(0)).is_err());
    assert!(check_included(&serve(None), now, 0, &entry(0)).is_ok());
    // Another log of the same key, with one entry changed: what an operator would show to somebody else.
    let other = MemoryStore::default();
    let log = Log::new(&other, &key);
    let mut commit = Commit::new(HOUSE);
    let entries: Vec<_> =
        (0..700).map(|at| if at == 3 { b"rewritten".to_vec() } else { entry(at) }).collect();
    log.append(&entries, &mut commit).unwrap();
    other.commit(&commit).unwrap();
    let rewritten = Checkpoint::open(&log.checkpoint().unwrap(), key.verifier()).unwrap();
    let served = Served { log, changed: None, fetched: Cell::new(0) };
    check_whole(&served, &rewritten, |_, _| {}).unwrap();
    assert!(matches!(check_continues(&served, now, &rewritten), Err(LogError::Inconsistent { .. })));
    let forged = Checkpoint { root: Digest([0; 32]), ..now.clone() };
    assert!(matches!(check_whole(&serve(None), &forged, |_, _| {}), Err(LogError::OtherRoot)));
}

#[test]
fn two_who_append_at_once_do_not_both_succeed() {
    let (store, key) = (MemoryStore::default(), LogKey::new([1; 32]));
    let log = Log::new(&store, &key);
    let (mut one, mut two) = (Commit::new(HOUSE), Commit::new(HOUSE));
    log.append(&[entry(0)], &mut one).unwrap();
    log.append(&[entry(1)], &mut two).unwrap();
    store.commit(&one).unwrap();
    assert!(store.commit(&two).is_err());
    assert_eq!(log.size().unwrap(), 1);
    let large = vec![0; LARGEST_ENTRY + 1];
    assert!(matches!(log.append(&[large], &mut Commit::new(HOUSE)), Err(RegistryError::TooLarge { .. })));
}
