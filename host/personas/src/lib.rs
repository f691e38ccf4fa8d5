//! Sample people, as files in the formats of their data holders.
//!
//! A life is simulated once, day by day, and each data holder writes its own part of it: a card payment is
//! on the shop's receipt and on the bank's statement, heating follows the weather of the town, bills follow
//! meters and tariffs, refunds follow claims. The figures are for France from 2023 to 2025; `prices`,
//! `weather` and `lives` give the source of each.
//!
//! Invariants: the same seed gives the same bytes on any machine; this crate opens no file; money and
//! energy are whole numbers; no person here exists, and no telephone number here can be called.
//!
//! Start reading at [`personas`], then `simulate` (events), then `write` (files of the holders).

mod calendar;
mod export;
mod life;
mod lives;
mod loan;
mod population;
mod prices;
mod random;
mod simulate;
mod text;
mod weather;
mod write;

pub use export::Export;
pub use lives::Persona;
pub use population::{Person, TRAITS, population};
pub use write::SampleFile;

use life::{Life, Record};
use write::Holder;

/// Seed of the files shown in the documentation.
pub const SEED: u64 = 2025;

/// Number of whole lives of three years, which come first in [`personas`]; the others are edge cases.
pub const LIVES: usize = 3;

/// All sample people.
pub fn personas() -> &'static [Persona] {
    &lives::ALL
}

impl Persona {
    /// The person's files, generated lazily, one at a time.
    pub fn files(&self, seed: u64) -> impl Iterator<Item = SampleFile> + use<> {
        let life = (self.life)();
        let mut record = simulate::simulate(&life, seed);
        if let Some(cut) = self.cut {
            cut(&mut record);
        }
        written(life, record, self.banks.iter().chain(self.others))
    }
}

/// The files of a life, by holder.
fn written(
    life: Life,
    record: Record,
    holders: impl Iterator<Item = &'static Holder>,
) -> impl Iterator<Item = SampleFile> {
    holders.flat_map(move |holder| holder(&life, &record))
}
