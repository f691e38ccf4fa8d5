//! Messages that the operator recorded twice on their way.

use crate::rows::part;
use std::collections::BTreeMap;

/// Messages seen on one leg of their way. The operator's log of 2013-2015 may have one message twice:
/// "SMS-C" between the subscriber and the message centre, "SMS-MC" between the centre and the other
/// party. The one that comes second is left out.
#[derive(Default)]
pub(super) struct Legs {
    /// By direction, other party and instant: how many more of the first leg than of the second.
    seen: BTreeMap<(i64, String, i64), i64>,
}

impl Legs {
    /// The centre passes a message on within this time, in seconds.
    const APART: i64 = 60;
    /// Messages that are remembered: tens of years of a person's.
    const MOST: usize = 200_000;

    /// Whether a message was seen on the other leg before, which then is used up.
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
