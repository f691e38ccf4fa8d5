//! Sample people, in the files of those who hold their data.
//!
//! A life is simulated once, day by day, and each holder writes down what it saw of it: a payment by card
//! is on the shop's receipt and on the bank's statement, heating follows the weather of the town, bills
//! follow meters and tariffs, refunds follow claims. The numbers are those of France from 2023 to 2025;
//! each has its source beside it, in `prices`, `weather` and `lives`.
//!
//! Invariants: the same seed gives the same bytes, on any machine; no file is opened here; money and energy
//! are whole numbers; nobody here exists, and no number here can be called.
//!
//! Start reading at [`personas`], then `simulate` (what happens), then `write` (what holders say of it).

mod calendar;
mod chance;
mod life;
mod lives;
mod population;
mod prices;
mod simulate;
mod text;
mod weather;
mod write;

pub use lives::Persona;
pub use population::{Person, population};
pub use write::SampleFile;

use life::{Life, Record};
use write::Holder;

/// The seed of the files that the documentation shows.
pub const SEED: u64 = 2025;

/// How many of [`personas`], from the first on, are whole lives of three years; the others are edges.
pub const LIVES: usize = 3;

/// The sample people.
pub fn personas() -> &'static [Persona] {
    &lives::ALL
}

impl Persona {
    /// Her files. They are written one at a time, as they are asked for.
    pub fn files(&self, seed: u64) -> impl Iterator<Item = SampleFile> + use<> {
        let life = (self.life)();
        let mut record = simulate::simulate(&life, seed);
        if let Some(cut) = self.cut {
            cut(&mut record);
        }
        written(life, record, self.banks.iter().chain(self.others))
    }
}

/// What holders write of a life.
fn written(
    life: Life,
    record: Record,
    holders: impl Iterator<Item = &'static Holder>,
) -> impl Iterator<Item = SampleFile> {
    holders.flat_map(move |holder| holder(&life, &record))
}
