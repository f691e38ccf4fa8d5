//! Income, monthly payments and savings.

use super::home::bill;
use crate::calendar::{banking, later, months, on};
use crate::life::{Kind, Life, Movement, Paper, Record};
use jiff::civil::Date;

/// Streaming with advertisements, per month: Netflix, « Essentiel avec pub », November 2022 (checked in
/// <https://www.tendanceouest.com/actualite-403486-netflix-bientot-un-nouveau-forfait-a-5-99-euros-mais-avec-de-la-publicite>),
/// the same in 2024. 2025 is not checked.
const VIDEO: i64 = 599;

/// Words of the bank for an instalment of a student loan: a name in OFX 1.02 has 32 characters.
const INSTALMENT: &str = "ECHEANCE PRET ETUDIANT";

/// Opening balance of an account.
pub(crate) const OPENING: i64 = 150_000;

pub(super) fn earn(life: &Life, record: &mut Record) {
    for month in months(life.from, life.until) {
        let (income, from) = life.income;
        record.pay(0, banking(on(month, 2)), income, Kind::Transfer, from, "Revenus");
        let (rent, to) = life.housing;
        record.pay(0, banking(on(month, 5)), -rent, Kind::Debit, to, "Logement");
        if let Some((income, from)) = life.second_income {
            record.pay(1, banking(on(month, 2)), income, Kind::Transfer, from, "Revenus");
            let share = income / 2;
            let day = banking(on(month, 3));
            record.pay(1, day, -share, Kind::Transfer, "COMPTE COMMUN", "Virements internes");
            record.pay(0, day, share, Kind::Transfer, "COMPTE PERSONNEL", "Virements internes");
        }
        let covered = ["MAIF HABITATION", "MAIF AUTO", "MAIF SANTE COTISATION"];
        for (premium, what) in life.premiums.iter().zip(covered).filter(|(premium, _)| **premium > 0) {
            record.pay(0, banking(on(month, 8)), -premium / 12, Kind::Debit, what, "Assurances");
        }
        bill(record, on(month, 9), "Netflix", "video", "Essentiel avec pub", VIDEO);
        papers(life, month, record);
    }
    for due in life.loan.iter().flat_map(|loan| loan.instalments()) {
        record.pay(0, banking(due.due), -due.payment(), Kind::Debit, INSTALMENT, "Crédits");
    }
    // Debits after the end are not recorded.
    record.movements.retain(|movement| movement.on >= life.from && movement.on < life.until);
}

fn papers(life: &Life, month: Date, record: &mut Record) {
    let kind = if life.income.1.contains("RETRAITE") { "Releve de pension" } else { "Bulletin de paie" };
    let stamp = month.strftime("%Y-%m");
    record.papers.push(Paper {
        on: on(month, 3),
        name: format!("{kind} {stamp}.pdf"),
        bytes: 84_000 + i64::from(month.month()) * 512,
    });
    if month.month() == 8 {
        record.papers.push(Paper {
            on: on(month, 1),
            name: format!("Avis impot {}.pdf", month.year()),
            bytes: 210_000,
        });
    }
    if month.month() == 1 {
        record.papers.push(Paper {
            on: on(month, 12),
            name: format!("Attestation habitation {}.pdf", month.year()),
            bytes: 65_000,
        });
    }
}

/// Monthly transfers: money above the opening balance goes to a savings account, and comes back from it if
/// the balance is lower.
pub(super) fn save(life: &Life, record: &mut Record) {
    let mut saved = Vec::new();
    for account in 0..=usize::from(life.second_income.is_some()) {
        let mut balance = OPENING;
        let mut movements = record.movements.iter().filter(|one| one.account == account).peekable();
        for month in months(life.from, life.until) {
            let day = later(month, 27);
            if day >= life.until {
                break;
            }
            while let Some(movement) = movements.next_if(|movement| movement.on <= day) {
                balance += movement.cents;
            }
            let is_silent = life.silent.is_some_and(|(from, until)| (from..until).contains(&day));
            let moved = (OPENING - balance) / 5_000 * 5_000;
            if moved != 0 && !is_silent {
                balance += moved;
                let who = "LIVRET A".to_owned();
                saved.push(Movement {
                    account,
                    on: day,
                    cents: moved,
                    kind: Kind::Transfer,
                    who,
                    shelf: "Epargne",
                    is_pending: false,
                });
            }
        }
    }
    record.movements.extend(saved);
    record.movements.sort_by_key(|movement| movement.on);
}
