//! Messages that the operator recorded on both legs of their route.

use crate::rows::part;
use std::collections::BTreeMap;

/// Messages seen on one leg of their route. The operator's log of 2013-2015 may record one message twice:
/// "SMS-C" between the subscriber and the message centre, "SMS-MC" between the centre and the other
/// party. The second occurrence is left out.
#[derive(Default)]
pub(super) struct Legs {
    /// By direction, other party and instant: occurrences on the first leg minus those on the second.
    seen: BTreeMap<(i64, String, i64), i64>,
}

impl Legs {
    /// Longest time for the centre to forward a message, in seconds.
    const APART: i64 = 60;
    /// Most messages remembered: decades for one person.
    const MOST: usize = 200_000;

    /// Whether a message was seen on the other leg before; if so, that occurrence is consumed.
    pub(super) fn is_second(&mut self, kind: &str, at: i64, direction: i64, peer: Option<&str>) -> bool {
        let leg = match kind.trim().to_uppercase().as_str() {
            "SMS-C" => 1,
            "SMS-MC" => -1,
            _ => return false,
        };
        let key = |at| (direction, part(peer.unwrap_or_default()).to_owned(), at);
        let around = key(at.saturating_sub(Legs::APART))..=key(at.saturating_add(Legs::APART));
        let other = self.seen.range_mut(around).find(|(_, count)| count.signum() == -leg);
        if let Some((_, count)) = other {
            *count += leg;
            return true;
        }
        if self.seen.len() < Legs::MOST {
            *self.seen.entry(key(at)).or_default() += leg;
        }
        false
    }
}
