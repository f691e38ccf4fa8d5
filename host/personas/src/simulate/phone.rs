//! Calls and messages, contacts, and bills of telephone and internet.

use super::home::bill;
use crate::calendar::{at, days, month_before, months, on};
use crate::life::{Call, Life, Message, Record};
use crate::random::Chance;
use jiff::civil::Date;

/// A contact in the address book.
pub(crate) struct Contact {
    pub(crate) given: &'static str,
    pub(crate) family: &'static str,
    pub(crate) group: &'static str,
    /// In the ranges that the Arcep reserves for fiction (decision 2018-0881).
    pub(crate) number: &'static str,
}

pub(crate) static CONTACTS: [Contact; 8] = [
    Contact { given: "Inès", family: "Marchand", group: "Famille", number: "33639980101" },
    Contact { given: "Paul", family: "Lemoine", group: "Famille", number: "33639980102" },
    Contact { given: "Sacha", family: "Benali", group: "Amis", number: "33639980103" },
    Contact { given: "Lucie", family: "Petit", group: "Amis", number: "33639980104" },
    Contact { given: "Omar", family: "Diallo", group: "Travail", number: "33639980105" },
    Contact { given: "Cabinet", family: "Docteur Roche", group: "Santé", number: "33199001206" },
    Contact { given: "Jeanne", family: "Faure", group: "Voisins", number: "33639980107" },
    Contact { given: "Garage", family: "du Pont", group: "Services", number: "33199001208" },
];

const WORDS: [&str; 6] = [
    "À ce soir !",
    "Bien arrivé, merci.",
    "On se voit dimanche ?",
    "Bon anniversaire !",
    "Tu as pensé au pain ?",
    "D’accord, 10 h devant la gare",
];

/// Internet at home, in cents a month: an entry offer, as fibre offers cost 31.18 € in 2023 (barometer of
/// Ariase), and the mean bill was 34.50 € before tax (Arcep, second quarter of 2023); both checked in
/// <https://www.generation-nt.com/actualites/internet-fixe-prix-hausse-arcep-abonnement-2040609>.
const INTERNET: i64 = 3_299;

pub(super) fn talk(life: &Life, seed: u64, record: &mut Record) {
    let mut chance = Chance::of(seed, life.key, "phone");
    for day in days(life.from, life.until) {
        for _ in 0..chance.between(0, life.calls) {
            // Favours low numbers: family comes first.
            let peer = usize::try_from(chance.between(0, 7).min(chance.between(0, 7))).unwrap_or(0);
            let minute = chance.between(8 * 60, 22 * 60);
            let seconds = chance.permille(450).then(|| chance.between(15, 240) * chance.between(1, 5));
            let out = chance.permille(520);
            record.calls.push(Call { at: at(day, minute), on: day, peer, out, seconds });
        }
        if chance.permille(30 * life.calls) {
            let contact = chance.pick(&CONTACTS[..4]);
            let from = if chance.permille(500) { contact.given } else { life.first };
            let (minute, text) = (chance.between(9 * 60, 22 * 60), *chance.pick(&WORDS));
            record.messages.push(Message { at: at(day, minute), from, text });
        }
    }
    for month in months(life.from, life.until) {
        let before = month_before(month);
        if before >= life.from {
            telephone_bill(life, month, before, record);
            bill(record, on(month, 2), "Free", "internet", "Freebox", INTERNET);
        }
    }
}

/// The plan, and outgoing calls beyond the included time, in started minutes.
fn telephone_bill(life: &Life, month: Date, before: Date, record: &mut Record) {
    let of_month = |call: &&Call| call.out && call.on.first_of_month() == before;
    let called: i64 = record.calls.iter().filter(of_month).filter_map(|call| call.seconds).sum();
    let beyond = life.plan.included.map_or(0, |included| (called - included).max(0));
    let cents = life.plan.month + (beyond + 59) / 60 * life.plan.minute;
    bill(record, on(month, 6), life.plan.vendor, "Mobile", life.plan.name, cents);
}
