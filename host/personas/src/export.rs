//! Exports on different days: each covers some days, and the holders know the last of them in part only.

use crate::calendar::later;
use crate::life::Record;
use crate::{Persona, SampleFile, simulate, written};
use jiff::civil::Date;

/// Days at the end of an early export that holders correct later.
const UNSETTLED: i64 = 3;

/// The days that the files of an export cover, and whether holders still correct the last of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Export {
    /// First day.
    pub from: Date,
    /// The day after the last one.
    pub until: Date,
    /// Whether the files are of the day `until`: payments of the last days are announced only, and readings, refunds and
    /// trips of these days get other values later.
    pub is_early: bool,
}

impl Persona {
    /// First day of the person's files, and the day after the last one.
    pub fn days(&self) -> (Date, Date) {
        let life = (self.life)();
        (life.from, life.until)
    }

    /// The person's files of one export, generated lazily, one at a time.
    pub fn export(&self, seed: u64, export: Export) -> impl Iterator<Item = SampleFile> + use<> {
        let life = (self.life)();
        let mut record = simulate::simulate(&life, seed);
        if let Some(cut) = self.cut {
            cut(&mut record);
        }
        if export.is_early {
            record.unsettle(later(export.until, -UNSETTLED));
        }
        record.window = Some((export.from, export.until));
        written(life, record, self.banks.iter().chain(self.others))
    }
}

impl Record {
    /// Makes the values since a day what the holders first said.
    fn unsettle(&mut self, since: Date) {
        for movement in self.movements.iter_mut().filter(|movement| movement.on >= since) {
            movement.is_pending = true;
            movement.shelf = "Non catégorisé";
        }
        for (_, watts) in self.power.iter_mut().filter(|(day, _)| *day >= since) {
            watts.iter_mut().for_each(|watts| *watts = *watts * 9 / 10);
        }
        for (_, used) in self.gas.iter_mut().chain(&mut self.water).filter(|(day, _)| *day >= since) {
            *used = *used * 9 / 10;
        }
        // Bills of the pilot name no contract: one issued again with another amount cannot be told from that of another one.
        for claim in self.claims.iter_mut().filter(|claim| claim.on >= since) {
            claim.paid = claim.paid * 9 / 10;
        }
        // A watch records its tracks once.
        for leg in self.legs.iter_mut().filter(|leg| leg.on >= since && !leg.is_recorded()) {
            leg.seconds = leg.seconds * 9 / 10;
        }
    }
}
