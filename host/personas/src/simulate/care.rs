//! Medical expenses: paid on the day, refunded by the Assurance Maladie and the complementary insurance.

use crate::calendar::{banking, days, is_working, later};
use crate::life::{Bill, Care, Claim, Kind, Life, Record};
use crate::prices::{CARE_PERCENT, MEDICINE_PERCENT, doctor, forfeit};
use crate::random::Chance;
use jiff::civil::Date;

const DOCTOR: &str = "Docteur Roche";
const PHARMACY: &str = "Pharmacie de la Mairie";

/// Medicines by the names used in prescriptions: the international name, and the dose.
const MEDICINES: [&str; 8] = [
    "Paracétamol 1 g",
    "Ibuprofène 400 mg",
    "Amoxicilline 1 g",
    "Cétirizine 10 mg",
    "Oméprazole 20 mg",
    "Amlodipine 5 mg",
    "Atorvastatine 20 mg",
    "Salbutamol 100 µg",
];

pub(super) fn care(life: &Life, seed: u64, record: &mut Record) {
    let mut chance = Chance::of(seed, life.key, "care");
    for day in days(life.from, life.until) {
        // Doctors work on about 250 days in a year.
        if !is_working(day) || !chance.permille(life.care * 4) {
            continue;
        }
        let price = doctor(day);
        let paid = price * CARE_PERCENT / 100 - forfeit(day);
        claim(
            record,
            Claim {
                on: day,
                kind: Care::Doctor,
                provider: DOCTOR,
                label: "Consultation",
                charged: price,
                paid,
            },
            price - price * CARE_PERCENT / 100,
            life.until,
        );
        if chance.permille(700) {
            let charged = chance.between(480, 3_900);
            let last = i64::try_from(MEDICINES.len()).unwrap_or(1) - 1;
            let paid = charged * MEDICINE_PERCENT / 100;
            claim(
                record,
                Claim {
                    on: day,
                    kind: Care::Pharmacy,
                    provider: PHARMACY,
                    label: MEDICINES[usize::try_from(chance.between(0, last)).unwrap_or(0)],
                    charged,
                    paid,
                },
                charged - paid,
                life.until,
            );
        }
    }
}

/// A card payment, a refund from the Assurance Maladie after five days, and the complementary insurance's
/// part after eight, each moved to a banking day. A claim refunded after the end of the life is omitted
/// with its refunds.
fn claim(record: &mut Record, claim: Claim, added: i64, until: Date) {
    let (first, second) = (banking(later(claim.on, 5)), banking(later(claim.on, 8)));
    if second >= until {
        return;
    }
    record.pay(0, claim.on, -claim.charged, Kind::Card, &claim.provider.to_uppercase(), "Santé");
    record.pay(0, first, claim.paid, Kind::Transfer, "CPAM", "Remboursements");
    record.pay(0, second, added, Kind::Transfer, "MAIF SANTE", "Remboursements");
    record.bills.push(Bill {
        on: second,
        vendor: "MAIF Santé",
        service: "health",
        plan: "Remboursement complémentaire".to_owned(),
        cents: -added,
    });
    record.claims.push(claim);
}
