//! Measures the memory that a piece of test code uses, as reported by the system.

/// Peak growth of the resident memory of this process while `act` runs, in bytes.
pub(crate) fn grown(act: impl FnOnce()) -> usize {
    // Resets the peak.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = status("VmRSS:");
    act();
    status("VmHWM:").saturating_sub(before)
}

fn status(name: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim().strip_suffix(" kB").unwrap().parse::<usize>().unwrap() << 10
}

/// Pseudo-random numbers (xorshift), the same in each run of a test.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % below.max(1)
    }

    /// Random concatenation of these messages, with a few random changes.
    pub(crate) fn mutated(&mut self, words: &[Vec<u8>]) -> Vec<u8> {
        let mut all = Vec::new();
        for _ in 0..=self.below(6) {
            all.extend_from_slice(&words[self.below(words.len())]);
        }
        for _ in 0..self.below(4) {
            let at = self.below(all.len());
            match self.below(4) {
                0 => all[at] = u8::try_from(self.below(256)).unwrap(),
                1 => all[at] ^= 1 << self.below(8),
                2 => all.truncate(at.max(1)),
                _ => {
                    let more = (0..self.below(9)).map(|_| u8::try_from(self.below(256)).unwrap());
                    let more: Vec<u8> = more.collect();
                    all.splice(at..at, more);
                }
            }
        }
        all
    }
}

impl Chance {
    /// Seeds from a fixed number, combined with `MESINFOS_SEED` if it is set, so that long runs can try
    /// other messages.
    pub(crate) fn of(fixed: u64) -> Chance {
        let other = std::env::var("MESINFOS_SEED").ok().and_then(|seed| seed.parse::<u64>().ok());
        Chance(other.map_or(fixed, |seed| seed.wrapping_mul(fixed) | 1))
    }
}

/// Number of repetitions: `short` in an ordinary test run, `long` for `cargo xtask hostile`.
pub(crate) fn times(short: usize, long: usize) -> usize {
    if std::env::var_os("MESINFOS_HOSTILE_LONG").is_some() { long } else { short }
}
