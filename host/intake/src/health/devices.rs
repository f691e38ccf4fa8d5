//! What several devices measured at one time.

use std::collections::{BTreeMap, HashMap};

/// Most intervals that are remembered: ten years of two devices. Past them, nothing is compared any more.
const INTERVALS: usize = 500_000;

/// Most pairs of a quantity and a device.
const DEVICES: usize = 1_000;

/// The name of a device, and the ends of its intervals by their starts. They are apart.
type Device = (String, BTreeMap<i64, i64>);

/// Times at which each device measured each quantity, in UTC seconds, so far in the file.
#[derive(Default)]
pub(super) struct Measured {
    /// The devices of each quantity.
    quantities: HashMap<String, Vec<Device>>,
    intervals: usize,
    devices: usize,
}

impl Measured {
    /// Takes a measurement. Whether another device had measured at least half of that time already: then it is not new.
    pub(super) fn is_again(&mut self, quantity: &str, device: &str, (start, end): (i64, i64)) -> bool {
        let end = end.max(start);
        if !self.quantities.contains_key(quantity) {
            self.quantities.insert(quantity.to_owned(), Vec::new());
        }
        let Some(devices) = self.quantities.get_mut(quantity) else { return false };
        let others = devices.iter().filter(|(other, _)| other != device);
        let is_again = others.into_iter().any(|(_, known)| {
            let shared = shared(known, start, end);
            if end == start {
                shared.is_some()
            } else {
                shared.is_some_and(|shared| 2 * shared >= end - start)
            }
        });
        if is_again {
            return true;
        }
        let place = devices.iter().position(|(other, _)| other == device);
        let own = match place {
            Some(place) => &mut devices[place].1,
            None if self.devices < DEVICES => {
                self.devices += 1;
                devices.push((device.to_owned(), BTreeMap::new()));
                let last = devices.len() - 1;
                &mut devices[last].1
            }
            None => return false,
        };
        match own.range_mut(..=start).next_back() {
            Some((_, last)) if *last >= start => *last = end.max(*last),
            _ if self.intervals < INTERVALS => {
                self.intervals += 1;
                own.insert(start, end);
            }
            _ => {}
        }
        false
    }
}

/// Seconds of an interval that others cover; `None` if none touches it.
fn shared(known: &BTreeMap<i64, i64>, start: i64, end: i64) -> Option<i64> {
    let before = known.range(..start).next_back().filter(|(_, last)| **last > start);
    let within = known.range(start..end.max(start + 1));
    let mut all = before.into_iter().chain(within).peekable();
    all.peek()?;
    Some(all.map(|(first, last)| (*last.min(&end) - *first.max(&start)).max(0)).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_time_of_another_device() {
        let mut measured = Measured::default();
        let mut take = |device: &str, start, end| measured.is_again("steps", device, (start, end));
        assert!(!take("watch", 0, 600));
        assert!(!take("watch", 600, 1_200));
        // The same device again: one that corrects itself, not another.
        assert!(!take("watch", 0, 600));
        assert!(take("phone", 0, 1_200));
        assert!(take("phone", 900, 1_500));
        assert!(!take("phone", 901, 1_600));
        assert!(!take("phone", 1_600, 2_000));
        assert!(take("watch", 1_700, 1_700));
        assert!(!take("watch", 2_000, 2_000));
        assert!(!measured.is_again("stairs", "phone", (0, 600)));
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut measured = Measured::default();
        let mut intervals = 0;
        for start in (0..).step_by(2).take(INTERVALS + 10) {
            assert!(!measured.is_again("steps", "watch", (start, start + 1)));
            intervals = start;
        }
        assert!(!measured.is_again("steps", "phone", (intervals, intervals + 1)));
        let mut measured = Measured::default();
        for device in 0..DEVICES + 10 {
            assert!(!measured.is_again(&device.to_string(), "watch", (0, 10)));
        }
        assert!(!measured.is_again(&(DEVICES + 9).to_string(), "phone", (0, 10)));
        assert!(measured.is_again("0", "phone", (0, 10)));
    }
}
