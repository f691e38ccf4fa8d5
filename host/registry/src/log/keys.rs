//! The keys to which ids belong, from the entries of a log alone.

use crate::key::PublicKey;
use crate::release::{Change, LogEntry};
use std::collections::BTreeMap;

/// The key of each id, up to some entry of a log.
#[derive(Debug, Clone, Default)]
pub struct Keys(BTreeMap<String, PublicKey>);

impl Keys {
    /// Follows the next entry. Returns whether its key may be that of the id: the first one that signed a version which
    /// people were offered, or one that the key before named.
    pub fn follow(&mut self, entry: &LogEntry) -> bool {
        let (owner, key) = (self.0.get(&entry.app).copied(), entry.key);
        match entry.change {
            Change::KeyChanged => {
                let (Some(key), Some(named)) = (key, entry.succession) else { return false };
                // The key before may have signed only versions that nobody was offered.
                if owner.is_some_and(|owner| named.before != owner) || !named.names(&key) {
                    return false;
                }
            }
            Change::Published | Change::Installed | Change::Resumed if owner.is_some() => {
                return owner == key;
            }
            Change::Published | Change::Installed | Change::Resumed => {}
            _ => return true,
        }
        if let Some(key) = key {
            self.0.insert(entry.app.clone(), key);
        }
        true
    }
}
