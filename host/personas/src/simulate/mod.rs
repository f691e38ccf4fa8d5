//! Simulation of a life, day by day, once; all data holders write about the same events.

mod care;
mod charges;
mod home;
pub(crate) mod money;
pub(crate) mod phone;
pub(crate) mod shop;
mod trips;
pub(crate) mod web;

use crate::calendar::day;
use crate::life::{Life, Record};

/// All events of a life, in order of time.
pub(crate) fn simulate(life: &Life, seed: u64) -> Record {
    let mut record = Record::default();
    home::live(life, seed, &mut record);
    phone::talk(life, seed, &mut record);
    shop::shop(life, seed, &mut record);
    trips::travel(life, seed, &mut record);
    care::care(life, seed, &mut record);
    web::browse(life, seed, &mut record);
    money::earn(life, &mut record);
    charges::pay(life, &mut record);
    if let Some((from, until)) = life.silent {
        record.forget(|day| day >= from && day < until);
    }
    record.sort();
    money::save(life, &mut record);
    charges::charge(life, &mut record);
    record
}

impl Record {
    fn sort(&mut self) {
        self.movements.sort_by_key(|movement| movement.on);
        self.receipts.sort_by_key(|receipt| receipt.at);
        self.legs.sort_by_key(|leg| leg.at);
        self.calls.sort_by_key(|call| call.at);
        self.bills.sort_by_key(|bill| bill.on);
        self.claims.sort_by_key(|claim| claim.on);
        self.visits.sort_by_key(|visit| visit.at);
        self.messages.sort_by_key(|message| message.at);
        self.papers.sort_by_key(|paper| paper.on);
    }

    /// Deletes all events of some days, for every data holder.
    fn forget(&mut self, is_gone: impl Fn(jiff::civil::Date) -> bool) {
        self.movements.retain(|one| !is_gone(one.on));
        self.receipts.retain(|one| !is_gone(one.on));
        self.legs.retain(|one| !is_gone(one.on));
        self.calls.retain(|one| !is_gone(one.on));
        self.power.retain(|one| !is_gone(one.0));
        self.gas.retain(|one| !is_gone(one.0));
        self.water.retain(|one| !is_gone(one.0));
        self.bills.retain(|one| !is_gone(one.on));
        self.claims.retain(|one| !is_gone(one.on));
        self.visits.retain(|one| !is_gone(day(one.at)));
        self.messages.retain(|one| !is_gone(day(one.at)));
        self.papers.retain(|one| !is_gone(one.on));
    }

    /// Keeps only refunds: receipts become returns, and care is fully refunded.
    pub(crate) fn keep_refunds(&mut self) {
        self.receipts = std::mem::take(&mut self.receipts).into_iter().step_by(6).collect();
        self.movements.retain(|one| one.cents > 0 && one.shelf == "Remboursements");
        for receipt in &mut self.receipts {
            receipt.returned = true;
            self.movements.push(crate::life::Movement {
                account: 0,
                on: receipt.on,
                cents: receipt.total,
                kind: crate::life::Kind::Card,
                who: shop::SHOP.to_uppercase(),
                shelf: "Remboursements",
                is_pending: false,
            });
        }
        self.movements.sort_by_key(|movement| movement.on);
        self.bills.retain(|bill| bill.cents < 0);
    }

    /// Keeps only the first event of each kind.
    pub(crate) fn keep_first(&mut self) {
        self.movements.truncate(1);
        self.receipts.truncate(1);
        self.receipts.iter_mut().for_each(|receipt| receipt.lines.clear());
        self.legs.truncate(1);
        self.calls.truncate(1);
        self.power.truncate(1);
        self.power.iter_mut().for_each(|(_, watts)| watts.truncate(1));
        self.gas.clear();
        self.water.truncate(1);
        self.bills.truncate(1);
        self.claims.truncate(1);
        self.visits.truncate(1);
        self.messages.truncate(1);
        self.papers.truncate(1);
    }
}
