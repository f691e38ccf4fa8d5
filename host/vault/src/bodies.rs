//! Sealed bodies of chunks, fetched as many at once as suits the store.

use crate::error::Result;
use crate::person::PersonVault;
use crate::records::Indexed;
use mesinfos_store::{ChunkId, Store};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

/// Limit of one fetch in bytes, including the wanted body.
const LOT_BYTES: u64 = 1 << 20;
/// Assumed size in bytes of a body whose size an earlier version did not record.
const USUAL: u64 = 32 << 10;
/// Number of fetches kept: the current one, and the previous one, which another reader may still use.
const LOTS: usize = 2;

type Lot = HashMap<ChunkId, Arc<Vec<u8>>>;

/// Recently fetched bodies. Clones share them.
#[derive(Clone, Default)]
pub struct Bodies(Arc<Mutex<VecDeque<Lot>>>);

/// The chunks a reader will need, and the cache of their bodies.
#[derive(Clone)]
pub(crate) struct Plan {
    bodies: Bodies,
    order: Arc<Order>,
}

/// Chunks in the order they will be needed, with their sizes.
struct Order {
    chunks: Vec<(ChunkId, u64)>,
    places: HashMap<ChunkId, usize>,
}

impl Plan {
    pub(crate) fn new<'a>(bodies: Bodies, chunks: impl Iterator<Item = &'a Indexed>) -> Plan {
        let size = |indexed: &Indexed| indexed.entry.size.map_or(USUAL, u64::from);
        let chunks: Vec<_> = chunks.map(|indexed| (indexed.chunk, size(indexed))).collect();
        let places = chunks.iter().enumerate().map(|(place, (chunk, _))| (*chunk, place)).collect();
        Plan { bodies, order: Arc::new(Order { chunks, places }) }
    }

    /// The same chunks, with a shared cache of bodies.
    pub(crate) fn sharing(self, bodies: &Bodies) -> Plan {
        Plan { bodies: bodies.clone(), ..self }
    }

    /// The body of a chunk. If it is not cached, fetches it together with the next ones in order.
    pub(crate) fn body(&self, vault: &PersonVault, chunk: ChunkId) -> Result<Arc<Vec<u8>>> {
        // The lock makes two readers that need the same body fetch it once.
        let mut lots = self.bodies.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(body) = lots.iter().find_map(|lot| lot.get(&chunk)) {
            return Ok(Arc::clone(body));
        }
        let (mut wanted, most) = (vec![chunk], vault.store().chunks_at_once());
        if let Some(place) = self.order.places.get(&chunk) {
            let mut bytes = self.order.chunks[*place].1;
            for (next, size) in &self.order.chunks[place + 1..] {
                bytes += size;
                if wanted.len() >= most || bytes > LOT_BYTES {
                    break;
                }
                if !lots.iter().any(|lot| lot.contains_key(next)) {
                    wanted.push(*next);
                }
            }
        }
        let fetched = vault.store().get_chunks(vault.partition(), &wanted)?;
        let lot: Lot = wanted.into_iter().zip(fetched.into_iter().map(Arc::new)).collect();
        let body = lot.get(&chunk).cloned();
        lots.push_back(lot);
        if lots.len() > LOTS {
            lots.pop_front();
        }
        body.ok_or_else(|| crate::records::damaged("a chunk"))
    }
}
