//! What a bank charges, and the payments that it charges for: in another currency, and by cheque. Cheques and payments
//! come before the savings of the month, which follow the balance; fees come after them, so that the rest of a life does
//! not depend on them.

use super::money::OPENING;
use crate::calendar::{banking, days, later, months, on};
use crate::life::{Kind, Life, Movement, Record};
use jiff::civil::Date;

/// Interest on an overdraft a year, in per cent, and the least that is taken in a quarter.
const OVERDRAFT: (i64, i64) = (15, 300);

/// A payment that was passed beyond the limit.
const BEYOND: i64 = 790;

/// Cheques, and payments in another currency.
pub(super) fn pay(life: &Life, record: &mut Record) {
    let Some(charges) = life.charges else {
        return;
    };
    let mut number = 1_208_800 + life.key % 90;
    for month in months(life.from, life.until) {
        if month.month() == 7 {
            for (place, (who, cents)) in (0..).zip(charges.abroad) {
                record.pay(0, banking(later(on(month, 12), place)), -cents, Kind::Card, who, "Voyages");
            }
        }
        for (since, of, day, cents) in charges.cheques {
            if *of == month.month() && (*since..=charges.until).contains(&month.year()) {
                number += 1;
                record.pay(
                    0,
                    banking(on(month, *day)),
                    -cents,
                    Kind::Cheque,
                    &format!("{number}"),
                    "Chèques",
                );
            }
        }
    }
    record.movements.retain(|movement| movement.on >= life.from && movement.on < life.until);
}

/// Fees, from what is booked.
pub(super) fn charge(life: &Life, record: &mut Record) {
    let Some(charges) = life.charges else {
        return;
    };
    let mut fees = Vec::new();
    let mut fee = |account: usize, day: Date, cents: i64, kind: Kind, who: &str| {
        let is_silent = life.silent.is_some_and(|(from, until)| (from..until).contains(&day));
        if cents > 0 && day < life.until && !is_silent {
            let (who, shelf) = (who.to_owned(), "Frais bancaires");
            fees.push(Movement { account, on: day, cents: -cents, kind, who, shelf, is_pending: false });
        }
    };
    for one in record.movements.iter().filter(|one| one.kind == Kind::Card && one.shelf == "Voyages") {
        let cents = (-one.cents * charges.abroad_rate + 5_000) / 10_000;
        fee(0, banking(later(one.on, 1)), cents, Kind::Fee, "FRAIS PAIEMENT HORS ZONE EURO");
    }
    for month in months(life.from, life.until) {
        if month.month() == charges.card.1 {
            let day = banking(on(month, 4));
            fee(0, day, charges.card.0, Kind::Fee, "COTISATION CARTE VISA CLASSIC");
            if life.second_income.is_some() {
                fee(1, day, charges.second_card, Kind::Fee, "COTISATION CARTE MASTERCARD");
            }
        }
        if month.month() % 3 == 0 {
            fee(0, banking(on(month, 28)), charges.quarter, Kind::Fee, "FRAIS TENUE DE COMPTE TRIMESTRE");
        }
    }
    for (from, until, interest) in overdrafts(life, record) {
        let what = "COMMISSION D'INTERVENTION";
        fee(0, banking(later(from, 1)), BEYOND, Kind::Fee, what);
        fee(0, banking(later(until, 2)), interest.max(OVERDRAFT.1), Kind::Interest, "INTERETS DEBITEURS");
    }
    record.movements.extend(fees);
    record.movements.sort_by_key(|movement| movement.on);
}

/// Times in which the first account is below zero: its first day, the day after, and the interest.
fn overdrafts(life: &Life, record: &Record) -> Vec<(Date, Date, i64)> {
    let mut found: Vec<(Date, Date, i64)> = Vec::new();
    let mut movements = record.movements.iter().filter(|one| one.account == 0).peekable();
    let (mut balance, mut since, mut owed) = (OPENING, None, 0);
    for day in days(life.from, life.until) {
        while let Some(one) = movements.next_if(|one| one.on <= day) {
            balance += one.cents;
        }
        if balance < 0 {
            since.get_or_insert(day);
            owed -= balance;
        } else if let Some(from) = since.take() {
            found.push((from, day, owed * OVERDRAFT.0 / 36_500));
            owed = 0;
        }
    }
    found
}
