//! Trips, and the cost of trains, passes and fuel.

use crate::calendar::{at, days, is_working, later, months, on};
use crate::life::{Bill, Kind, Leg, Life, Mode, Record, Spot};
use crate::prices::{TRAIN_NANTES_ANGERS, fuel_litre, tcl_month};
use crate::random::Chance;
use jiff::civil::Date;

/// Distance between refuellings, in metres.
const TANK: i64 = 550_000;

/// Where a family of Lyon goes on a weekend, by the length of the way: each is nearer than the shortest way to it.
const OUTINGS: [(i64, Spot); 4] = [
    (16_000, Spot { name: "Parc de Parilly", latitude: 457_186_000, longitude: 49_040_000 }),
    (38_000, Spot { name: "Parc de Miribel-Jonage", latitude: 458_080_000, longitude: 49_570_000 }),
    (72_000, Spot { name: "Pérouges", latitude: 459_032_000, longitude: 51_797_000 }),
    (i64::MAX, Spot { name: "Lac de Paladru", latitude: 454_700_000, longitude: 55_340_000 }),
];

pub(super) fn travel(life: &Life, seed: u64, record: &mut Record) {
    let mut chance = Chance::of(seed, life.key, "trips");
    let near = |name, north, east| Spot {
        name,
        latitude: life.town.latitude + north,
        longitude: life.town.longitude + east,
    };
    let home = near("Domicile", 12_000, -9_000);
    let work = near("Travail", -180_000, 220_000);
    let market = near("Marché", 40_000, 60_000);
    let station = near("Gare", -5_000, 110_000);
    let angers = Spot { name: "Gare d’Angers-Saint-Laud", latitude: 474_645_000, longitude: -5_567_000 };
    let mut driven = 0;
    for day in days(life.from, life.until) {
        let mut go = |minute, mode, metres, seconds, from, to| {
            record.legs.push(Leg { at: at(day, minute), on: day, mode, seconds, metres, from, to });
            if mode == Mode::Car {
                driven += metres;
            }
        };
        // August is for holidays: no work.
        let works = is_working(day) && day.month() != 8;
        if let Some(commute) = life.commute.filter(|_| works) {
            let metres = commute.metres + chance.between(-60, 60);
            let seconds = (commute.minutes + chance.between(-3, 6)) * 60;
            go(8 * 60 + chance.between(0, 30), commute.mode, metres, seconds, home, work);
            go(17 * 60 + 30 + chance.between(0, 50), commute.mode, metres, seconds, work, home);
        } else if chance.permille(550) {
            let mode = if life.commute.is_none() && chance.permille(400) { Mode::Bus } else { Mode::Walk };
            let metres = chance.between(700, 1_400);
            let (there, back) = (chance.between(600, 690), chance.between(700, 760));
            // On foot a metre a second, by bus four.
            let seconds = if mode == Mode::Bus { metres / 4 } else { metres };
            go(there, mode, metres, seconds, home, market);
            go(back, mode, metres, seconds, market, home);
        }
        if life.pass && works && chance.permille(300) {
            go(12 * 60 + 10, Mode::Metro, 3_400, 9 * 60, work, market);
            go(13 * 60 + 25, Mode::Metro, 3_400, 10 * 60, market, work);
        }
        let is_weekend = day.weekday().to_monday_one_offset() >= 6;
        if life.vehicle.is_some() && is_weekend && chance.permille(500) {
            let metres = chance.between(8_000, 90_000);
            let there = OUTINGS.iter().find(|(most, _)| metres < *most).map_or(market, |(_, spot)| *spot);
            go(13 * 60 + 30, Mode::Car, metres, metres / 15, home, there);
            go(20 * 60, Mode::Car, metres, metres / 15, there, home);
        }
        if day.weekday().to_monday_one_offset() == 6 && chance.permille(life.train * 230) {
            go(9 * 60 + 4, Mode::Train, 87_600, 40 * 60, station, angers);
            go(18 * 60 + 32, Mode::Train, 87_600, 42 * 60, angers, station);
            ticket(day, record);
            ticket(day, record);
        }
        if let Some(vehicle) = life.vehicle.filter(|_| driven >= TANK) {
            // Fuel consumption is in millilitres per kilometre, the price in tenths of a cent per litre.
            let cents = driven / 1_000 * vehicle.thirst * fuel_litre(day.year()) / 10_000;
            let account = usize::from(life.second_income.is_some());
            record.pay(account, day, -cents, Kind::Card, "TOTALENERGIES", "Transports");
            driven = 0;
        }
    }
    if life.pass {
        for month in months(life.from, life.until) {
            // The employer refunds half of it with the wages; the debit is the full price.
            let price = tcl_month(month.year());
            record.bills.push(transport(on(month, 1), "TCL", "Abonnement mensuel", price));
            let debit = crate::calendar::banking(later(month, 4));
            record.pay(0, debit, -price, Kind::Debit, "TCL", "Transports");
        }
    }
}

/// A ticket bought on the day of the trip.
fn ticket(day: Date, record: &mut Record) {
    record.bills.push(transport(day, "SNCF", "TER Nantes - Angers", TRAIN_NANTES_ANGERS));
    record.pay(0, day, -TRAIN_NANTES_ANGERS, Kind::Card, "SNCF", "Transports");
}

fn transport(on: Date, vendor: &'static str, plan: &str, cents: i64) -> Bill {
    Bill { on, vendor, service: "Transport", plan: plan.to_owned(), cents }
}
