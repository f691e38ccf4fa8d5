//! An app that makes random calls and shows a digest of every response, so that two runs with the same
//! numbers differ if any response does.
//!
//! It makes `count` sequences of calls with seeds from `seed` on, about periods around `day`.

use mesinfos_sdk::bindings::mesinfos::data::types::{Grain, Granted, Period, Terms, Text};
use mesinfos_sdk::bindings::mesinfos::data::{bank, energy, health, mobility};
use mesinfos_sdk::view::{self, Param, Report, Unit};
use mesinfos_sdk::{Context, Failure, Lang, app};

app!(run: run, parameters: parameters);

/// Maximum number of sequences per run: their digests fill a paragraph.
const MOST: i64 = 50;

fn parameters(_lang: Lang) -> Vec<Param> {
    let number = |id, most| view::number(id, id, Unit::None, (0, most), 0);
    vec![number("seed", 1_000_000_000_000), number("count", MOST), number("day", 100_000)]
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let number = |id| ctx.scaled(id, 0).unwrap_or(0);
    let (seed, day) = (number("seed").cast_unsigned(), i32::try_from(number("day")).unwrap_or(0));
    let cases = 0..number("count").min(MOST).cast_unsigned();
    let digests: Vec<String> = cases.map(|case| format!("{:016x}", sequence(seed + case, day))).collect();
    let blocks = vec![view::paragraph(&digests.join(" "))];
    Ok(view::report(ctx, "Curious", "done", vec![view::section("s", blocks)]))
}

/// Digest of the responses to one sequence of calls.
fn sequence(seed: u64, day: i32) -> u64 {
    let mut calls =
        Calls { random: Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1), day, digest: Fnv::new() };
    let mut bank = Vec::new();
    let mut energy = Vec::new();
    let mut mobility = Vec::new();
    let mut health = Vec::new();
    for _ in 0..=calls.random.below(30) {
        match calls.random.below(4) {
            0 => calls.bank(&mut bank),
            1 => calls.energy(&mut energy),
            2 => calls.mobility(&mut mobility),
            _ => calls.health(&mut health),
        }
    }
    calls.digest.0
}

struct Calls {
    random: Random,
    day: i32,
    digest: Fnv,
}

impl Calls {
    /// A day before, among or after the days with rows, or no bound.
    fn bound(&mut self) -> Option<i32> {
        let day = self.day - 20 + i32::try_from(self.random.below(150)).unwrap_or(0);
        (self.random.below(4) > 0).then_some(day)
    }

    fn period(&mut self) -> Period {
        let from = self.bound();
        // Often a single day, a few days, or a month.
        let until = match (from, self.random.below(5)) {
            (Some(from), 0 | 1) => Some(from + 1),
            (Some(from), 2) => Some(from + i32::try_from(self.random.below(40)).unwrap_or(0)),
            _ => self.bound(),
        };
        Period { from, until }
    }
}

/// Random calls of one category.
macro_rules! calls {
    ($category:ident: $($column:ident)*) => {
        impl Calls {
            fn $category(&mut self, readers: &mut Vec<$category::Reader>) {
                match self.random.below(6) {
                    0 => $category::scope().absorb(&mut self.digest),
                    1 | 2 if readers.len() < 4 => {
                        let period = self.period();
                        readers.push($category::Reader::new(period));
                    }
                    3 if !readers.is_empty() => {
                        let at = self.random.below(readers.len() as u64);
                        drop(readers.remove(usize::try_from(at).unwrap_or(0)));
                    }
                    _ if !readers.is_empty() => {
                        let at = usize::try_from(self.random.below(readers.len() as u64)).unwrap_or(0);
                        // One page, or all remaining ones.
                        let mut most = if self.random.below(3) == 0 { 1_000 } else { 1 };
                        while most > 0 {
                            most -= 1;
                            match readers[at].next() {
                                Ok(Some(page)) => {
                                    self.digest.number(2);
                                    self.digest.number(u64::from(page.rows()));
                                    // Some columns of the page, or all.
                                    let asked = if self.random.below(2) == 0 { u64::MAX } else { self.random.next() };
                                    let mut column = 0;
                                    $(
                                        if asked >> column & 1 == 1 {
                                            self.digest.number(column);
                                            page.$column().absorb(&mut self.digest);
                                        }
                                        column += 1;
                                    )*
                                    let _ = column;
                                }
                                Ok(None) => {
                                    self.digest.number(3);
                                    most = 0;
                                }
                                Err(_) => self.digest.number(4),
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
    };
}

calls!(bank: holder account booked_on value_on amount currency balance status kind label counterparty
    merchant_category bank_category reference);
calls!(energy: holder series meter commodity direction start utc_offset duration energy volume quality tariff cost
    currency peak);
calls!(mobility: holder row source at utc_offset duration mode distance cost currency operator line complete from
    to place_kind label from_name to_name latitude longitude to_latitude to_longitude accuracy altitude);
calls!(health: holder row claim on until kind label code_system code provider quantity charged allowed paid patient
    currency status value number unit dose diagnoses note);

/// FNV-1a, 64 bits.
struct Fnv(u64);

impl Fnv {
    fn new() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }

    fn number(&mut self, number: u64) {
        number.to_le_bytes().into_iter().for_each(|byte| self.byte(byte));
    }
}

/// A response that enters the digest with its length.
trait Absorb {
    fn absorb(&self, digest: &mut Fnv);
}

macro_rules! lists {
    ($($number:ty)*) => {
        $(impl Absorb for Vec<$number> {
            fn absorb(&self, digest: &mut Fnv) {
                digest.number(self.len() as u64);
                self.iter().flat_map(|n| n.to_le_bytes()).for_each(|byte| digest.byte(byte));
            }
        })*
    };
}

lists!(u8 u32 i32 i64);

impl Absorb for Text {
    fn absorb(&self, digest: &mut Fnv) {
        self.ends.absorb(digest);
        self.utf8.absorb(digest);
    }
}

impl Absorb for Terms {
    fn absorb(&self, digest: &mut Fnv) {
        self.codes.absorb(digest);
        self.values.absorb(digest);
    }
}

impl Absorb for Granted {
    fn absorb(&self, digest: &mut Fnv) {
        let bounds = [self.period.from, self.period.until];
        bounds
            .iter()
            .for_each(|bound| digest.number(bound.map_or(u64::MAX, |day| u64::from(day.cast_unsigned()))));
        digest.number(match self.grain {
            Grain::Raw => 0,
            Grain::Rounded => 1,
            Grain::Hourly => 2,
            Grain::Daily => 3,
            Grain::Monthly => 4,
        });
    }
}

/// xorshift64 (Marsaglia, 2003).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: u64) -> u64 {
        (self.next() >> 11) % most.max(1)
    }
}
