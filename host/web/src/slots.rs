//! Slots for concurrent work: in all, per person, and per token.

use crate::limits::{self, Share};
use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// Holder of a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SlotOwner {
    /// Id of a token or an account.
    pub(crate) client: Arc<str>,
    /// Name of a person; empty if the slot belongs to none.
    pub(crate) person: String,
}

/// Slots of all kinds.
pub(crate) struct Slots {
    pub(crate) uploads: Arc<SlotPool>,
    pub(crate) readings: Arc<SlotPool>,
    pub(crate) downloads: Arc<SlotPool>,
    pub(crate) archives: Arc<SlotPool>,
    pub(crate) lookups: Arc<SlotPool>,
    pub(crate) streams: Arc<SlotPool>,
    pub(crate) apps: Arc<SlotPool>,
    pub(crate) requests: Arc<SlotPool>,
}

impl Default for Slots {
    fn default() -> Slots {
        let of = |share| Arc::new(SlotPool { share, held: Mutex::default(), freed: Notify::new() });
        Slots {
            uploads: of(limits::UPLOADS),
            readings: of(limits::READINGS),
            downloads: of(limits::DOWNLOADS),
            archives: of(limits::ARCHIVES),
            lookups: of(limits::LOOKUPS),
            streams: of(limits::STREAMS),
            apps: of(limits::APPS),
            requests: of(limits::REQUESTS),
        }
    }
}

impl Slots {
    /// Number of slots taken, by kind.
    pub(crate) fn taken(&self) -> [(&'static str, usize); 8] {
        let of = |kind: &Arc<SlotPool>| kind.lock().slots.len();
        [
            ("uploads", of(&self.uploads)),
            ("readings", of(&self.readings)),
            ("downloads", of(&self.downloads)),
            ("archives", of(&self.archives)),
            ("lookups", of(&self.lookups)),
            ("streams", of(&self.streams)),
            ("apps", of(&self.apps)),
            ("requests", of(&self.requests)),
        ]
    }
}

/// Slots of one kind.
pub(crate) struct SlotPool {
    share: Share,
    held: Mutex<Held>,
    freed: Notify,
}

#[derive(Default)]
struct Held {
    next: u64,
    /// Holder, and bytes on disk, by slot number.
    slots: BTreeMap<u64, (SlotOwner, u64)>,
}

/// A slot, released on drop.
pub(crate) struct Slot {
    kind: Arc<SlotPool>,
    number: u64,
}

impl SlotPool {
    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a slot, if one is free.
    pub(crate) fn take(self: &Arc<SlotPool>, owner: &SlotOwner) -> Option<Slot> {
        let mut held = self.lock();
        let count = |which: fn(&SlotOwner, &SlotOwner) -> bool| {
            held.slots.values().filter(|(other, _)| which(other, owner)).count()
        };
        let is_free = held.slots.len() < self.share.in_all
            && count(|a, b| a.client == b.client) < self.share.of_client
            && count(|a, b| a.person == b.person) < self.share.of_person
            && count(|a, b| a == b) < self.share.of_both;
        if !is_free {
            return None;
        }
        let number = held.next;
        held.next += 1;
        held.slots.insert(number, (owner.clone(), 0));
        Some(Slot { kind: Arc::clone(self), number })
    }

    /// Waits for a slot. `None` after `longest`.
    pub(crate) async fn wait(self: &Arc<SlotPool>, owner: &SlotOwner, longest: Duration) -> Option<Slot> {
        let taken = async {
            loop {
                // Subscribe before the check, so that no release is missed.
                let mut freed = pin!(self.freed.notified());
                freed.as_mut().enable();
                if let Some(slot) = self.take(owner) {
                    return slot;
                }
                freed.await;
            }
        };
        tokio::time::timeout(longest, taken).await.ok()
    }
}

impl Slot {
    /// Records `bytes` on disk for this slot. Returns whether the totals are within the limits.
    pub(crate) fn has_room(&self, bytes: u64) -> bool {
        let mut held = self.kind.lock();
        let Some((owner, own)) = held.slots.get_mut(&self.number) else { return false };
        *own = bytes;
        let client = Arc::clone(&owner.client);
        let sum = |which: &dyn Fn(&SlotOwner) -> bool| {
            let bytes = held.slots.values().filter(|(owner, _)| which(owner)).map(|(_, bytes)| *bytes);
            bytes.fold(0, u64::saturating_add)
        };
        let (in_all, of_client) = limits::PUT_DOWN;
        sum(&|_| true) <= in_all && sum(&|owner| owner.client == client) <= of_client
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.kind.lock().slots.remove(&self.number);
        self.kind.freed.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(client: &str, person: &str) -> SlotOwner {
        SlotOwner { client: client.into(), person: person.to_owned() }
    }

    #[test]
    fn nobody_keeps_the_others_out() {
        let uploads = Slots::default().uploads;
        let share = limits::UPLOADS;
        let mut held: Vec<Slot> =
            (0..share.of_both).map(|_| uploads.take(&owner("t", "a")).unwrap()).collect();
        assert!(uploads.take(&owner("t", "a")).is_none(), "one token for one person");
        held.push(uploads.take(&owner("own", "a")).unwrap());
        held.extend(
            (held.len()..share.of_person).map(|n| uploads.take(&owner(&format!("t{n}"), "a")).unwrap()),
        );
        assert!(uploads.take(&owner("other", "a")).is_none(), "one person, no matter who sends for them");
        held.truncate(share.of_both);
        let left = share.of_client - held.len();
        held.extend((0..left).map(|n| uploads.take(&owner("t", &format!("b{n}"))).unwrap()));
        assert!(uploads.take(&owner("t", "c")).is_none(), "one token, whomever it is for");
        let left = share.in_all - held.len();
        held.extend((0..left).map(|n| uploads.take(&owner(&format!("u{n}"), &format!("d{n}"))).unwrap()));
        assert!(uploads.take(&owner("v", "e")).is_none(), "all together");
        held.pop();
        assert!(uploads.take(&owner("v", "e")).is_some());
        held.clear();
        assert!(uploads.lock().slots.is_empty());
    }

    #[test]
    fn the_disk_has_room_for_so_much() {
        let uploads = Slots::default().uploads;
        let (in_all, of_client) = limits::PUT_DOWN;
        let (one, other) = (uploads.take(&owner("t", "a")).unwrap(), uploads.take(&owner("t", "b")).unwrap());
        assert!(one.has_room(of_client - 1) && other.has_room(1) && !other.has_room(2));
        let third = uploads.take(&owner("u", "c")).unwrap();
        assert!(other.has_room(0) && third.has_room(in_all - of_client) && !third.has_room(in_all));
        drop(one);
        assert!(third.has_room(of_client));
    }

    #[tokio::test]
    async fn who_waits_has_the_next_place() {
        let readings = Slots::default().readings;
        let mut held: Vec<Slot> =
            (0..limits::READINGS.of_both).map(|_| readings.take(&owner("t", "a")).unwrap()).collect();
        let (one, soon) = (owner("t", "a"), Duration::from_millis(50));
        assert!(readings.wait(&one, soon).await.is_none());
        let (slot, ()) = tokio::join!(readings.wait(&one, Duration::from_secs(30)), async {
            tokio::time::sleep(soon).await;
            held.pop();
        });
        assert!(slot.is_some());
    }
}
