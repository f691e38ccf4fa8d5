//! Slots for concurrent work: in all, per person, and per token.

use crate::limits::{self, Share};
use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// Holder of a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holder {
    /// Id of a token.
    pub(crate) client: Arc<str>,
    /// Name of a person; empty if the slot is for nobody.
    pub(crate) person: String,
}

/// Slots of all kinds.
pub(crate) struct Slots {
    pub(crate) uploads: Arc<Kind>,
    pub(crate) readings: Arc<Kind>,
    pub(crate) downloads: Arc<Kind>,
    pub(crate) apps: Arc<Kind>,
    pub(crate) requests: Arc<Kind>,
}

impl Default for Slots {
    fn default() -> Slots {
        let of = |share| Arc::new(Kind { share, held: Mutex::default(), freed: Notify::new() });
        Slots {
            uploads: of(limits::UPLOADS),
            readings: of(limits::READINGS),
            downloads: of(limits::DOWNLOADS),
            apps: of(limits::APPS),
            requests: of(limits::REQUESTS),
        }
    }
}

impl Slots {
    /// Number of slots taken, by kind.
    pub(crate) fn taken(&self) -> [(&'static str, usize); 5] {
        let of = |kind: &Arc<Kind>| kind.lock().slots.len();
        [
            ("uploads", of(&self.uploads)),
            ("readings", of(&self.readings)),
            ("downloads", of(&self.downloads)),
            ("apps", of(&self.apps)),
            ("requests", of(&self.requests)),
        ]
    }
}

/// Slots of one kind.
pub(crate) struct Kind {
    share: Share,
    held: Mutex<Held>,
    freed: Notify,
}

#[derive(Default)]
struct Held {
    next: u64,
    /// Holder, and bytes on the disk, by slot number.
    slots: BTreeMap<u64, (Holder, u64)>,
}

/// A slot, released on drop.
pub(crate) struct Slot {
    kind: Arc<Kind>,
    number: u64,
}

impl Kind {
    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A slot, if one is free.
    pub(crate) fn take(self: &Arc<Kind>, holder: &Holder) -> Option<Slot> {
        let mut held = self.lock();
        let count = |which: fn(&Holder, &Holder) -> bool| {
            held.slots.values().filter(|(other, _)| which(other, holder)).count()
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
        held.slots.insert(number, (holder.clone(), 0));
        Some(Slot { kind: Arc::clone(self), number })
    }

    /// Waits for a slot. `None` after `longest`.
    pub(crate) async fn wait(self: &Arc<Kind>, holder: &Holder, longest: Duration) -> Option<Slot> {
        let taken = async {
            loop {
                // Subscribe before the check, so that no release is missed.
                let mut freed = pin!(self.freed.notified());
                freed.as_mut().enable();
                if let Some(place) = self.take(holder) {
                    return place;
                }
                freed.await;
            }
        };
        tokio::time::timeout(longest, taken).await.ok()
    }
}

impl Slot {
    /// Records `bytes` on the disk for this slot. Whether the totals are within the limits.
    pub(crate) fn has_room(&self, bytes: u64) -> bool {
        let mut held = self.kind.lock();
        let Some((holder, own)) = held.slots.get_mut(&self.number) else { return false };
        *own = bytes;
        let client = Arc::clone(&holder.client);
        let sum = |which: &dyn Fn(&Holder) -> bool| {
            let bytes = held.slots.values().filter(|(holder, _)| which(holder)).map(|(_, bytes)| *bytes);
            bytes.fold(0, u64::saturating_add)
        };
        let (in_all, of_client) = limits::PUT_DOWN;
        sum(&|_| true) <= in_all && sum(&|holder| holder.client == client) <= of_client
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

    fn holder(client: &str, person: &str) -> Holder {
        Holder { client: client.into(), person: person.to_owned() }
    }

    #[test]
    fn nobody_keeps_the_others_out() {
        let uploads = Slots::default().uploads;
        let share = limits::UPLOADS;
        let mut held: Vec<Slot> =
            (0..share.of_both).map(|_| uploads.take(&holder("t", "a")).unwrap()).collect();
        assert!(uploads.take(&holder("t", "a")).is_none(), "one token for one person");
        held.push(uploads.take(&holder("own", "a")).unwrap());
        held.extend(
            (held.len()..share.of_person).map(|n| uploads.take(&holder(&format!("t{n}"), "a")).unwrap()),
        );
        assert!(uploads.take(&holder("other", "a")).is_none(), "one person, whoever sends for her");
        held.truncate(share.of_both);
        let left = share.of_client - held.len();
        held.extend((0..left).map(|n| uploads.take(&holder("t", &format!("b{n}"))).unwrap()));
        assert!(uploads.take(&holder("t", "c")).is_none(), "one token, whomever it is for");
        let left = share.in_all - held.len();
        held.extend((0..left).map(|n| uploads.take(&holder(&format!("u{n}"), &format!("d{n}"))).unwrap()));
        assert!(uploads.take(&holder("v", "e")).is_none(), "all together");
        held.pop();
        assert!(uploads.take(&holder("v", "e")).is_some());
        held.clear();
        assert!(uploads.lock().slots.is_empty());
    }

    #[test]
    fn the_disk_has_room_for_so_much() {
        let uploads = Slots::default().uploads;
        let (in_all, of_client) = limits::PUT_DOWN;
        let (one, other) =
            (uploads.take(&holder("t", "a")).unwrap(), uploads.take(&holder("t", "b")).unwrap());
        assert!(one.has_room(of_client - 1) && other.has_room(1) && !other.has_room(2));
        let third = uploads.take(&holder("u", "c")).unwrap();
        assert!(other.has_room(0) && third.has_room(in_all - of_client) && !third.has_room(in_all));
        drop(one);
        assert!(third.has_room(of_client));
    }

    #[tokio::test]
    async fn who_waits_has_the_next_place() {
        let readings = Slots::default().readings;
        let mut held: Vec<Slot> =
            (0..limits::READINGS.of_both).map(|_| readings.take(&holder("t", "a")).unwrap()).collect();
        let (one, soon) = (holder("t", "a"), Duration::from_millis(50));
        assert!(readings.wait(&one, soon).await.is_none());
        let (place, ()) = tokio::join!(readings.wait(&one, Duration::from_secs(30)), async {
            tokio::time::sleep(soon).await;
            held.pop();
        });
        assert!(place.is_some());
    }
}
