//! Coherence: all data holders agree on an event, in the rows read by intake.

use mesinfos_intake::read_file;
use mesinfos_model::category::{
    bank, bills, contracts, education, energy, health, mobility, purchases, telecom,
};
use mesinfos_model::{Batch, Category, Day};
use mesinfos_personas::{Persona, SEED, personas};

struct Rows(Vec<Batch>);

impl Rows {
    fn of(persona: &Persona) -> Rows {
        let mut batches = Vec::new();
        for file in persona.files(SEED) {
            let mut sink = |batch: Batch| {
                batches.push(batch);
                Ok(())
            };
            let read = read_file(&file.name, &mut &*file.bytes, &mut sink);
            assert!(read.is_ok(), "{}: {read:?}", file.name);
        }
        Rows(batches)
    }

    fn each<T>(&self, category: Category, of: impl Fn(&Batch, usize) -> Option<T>) -> Vec<T> {
        let batches = self.0.iter().filter(|batch| batch.category() == category);
        batches
            .flat_map(|batch| (0..batch.rows()).map(move |row| (batch, row)))
            .filter_map(|(b, r)| of(b, r))
            .collect()
    }

    /// Day, cents and label of each movement.
    fn movements(&self) -> Vec<(Day, i64, String)> {
        self.each(Category::Bank, |batch, row| {
            let label = batch.text(bank::LABEL, row)?.to_owned();
            Some((batch.day(row)?, batch.integer(bank::AMOUNT, row)?, label))
        })
    }
}

fn lives() -> impl Iterator<Item = (&'static str, Rows)> {
    personas()[..3].iter().map(|persona| (persona.id, Rows::of(persona)))
}

fn sorted<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort();
    all
}

#[test]
fn each_payment_at_the_shop_has_its_receipt_and_each_receipt_its_lines() {
    for (id, rows) in lives() {
        let paid = rows
            .movements()
            .into_iter()
            .filter(|(_, _, label)| label.contains("INTERMARCHE") || label.contains("INTERMARCHÉ"));
        let paid = sorted(paid.map(|(day, cents, _)| (day, -cents)).collect());
        let receipts = rows.each(Category::Purchases, |batch, row| {
            let is_receipt = batch.integer(purchases::ROW, row) == Some(purchases::row::RECEIPT);
            is_receipt.then_some((batch.day(row)?, batch.integer(purchases::AMOUNT, row)?))
        });
        assert!(paid.len() > 150, "{id}");
        assert_eq!(paid, sorted(receipts.clone()), "{id}");
        let lines = rows.each(Category::Purchases, |batch, row| {
            let is_line = batch.integer(purchases::ROW, row) == Some(purchases::row::LINE);
            batch.integer(purchases::AMOUNT, row).filter(|_| is_line)
        });
        assert_eq!(lines.iter().sum::<i64>(), receipts.iter().map(|(_, cents)| cents).sum::<i64>(), "{id}");
    }
}

#[test]
fn each_instalment_of_a_loan_is_debited() {
    let mut loans = 0;
    for (id, rows) in lives() {
        let due = rows.each(Category::Education, |batch, row| {
            let is_due = batch.integer(education::ROW, row) == Some(education::row::INSTALMENT);
            batch.integer(education::PAYMENT, row).filter(|_| is_due).zip(batch.day(row))
        });
        let (from, until) = (Day::from_ymd(2023, 1, 1).unwrap(), Day::from_ymd(2026, 1, 1).unwrap());
        let due = sorted(due.into_iter().map(|(cents, day)| (day, cents)).collect::<Vec<_>>());
        let due: Vec<_> = due.into_iter().filter(|(day, _)| (from..until).contains(day)).collect();
        let debits = rows.movements().into_iter().filter(|(_, _, label)| label.contains("ECHEANCE PRET"));
        let debits = sorted(debits.map(|(day, cents, _)| (day, -cents)).collect::<Vec<_>>());
        assert_eq!(due.len(), debits.len(), "{id}");
        for ((day, cents), (booked, paid)) in due.iter().zip(&debits) {
            assert_eq!(cents, paid, "{id}, {day}");
            assert!((0..=4).contains(&(booked.0 - day.0)), "{id}, {day}: {booked}");
        }
        loans += due.len();
    }
    assert_eq!(loans, 36, "three years of the loan of one of them");
}

#[test]
fn each_trip_by_train_has_its_payment() {
    for (id, rows) in lives() {
        let trips = rows.each(Category::Mobility, |batch, row| {
            batch.day(row).filter(|_| batch.integer(mobility::MODE, row) == Some(mobility::mode::TRAIN))
        });
        let paid = rows.movements().into_iter().filter(|(_, _, label)| label.contains("SNCF"));
        assert_eq!(sorted(trips.clone()), sorted(paid.map(|(day, _, _)| day).collect()), "{id}");
        assert_eq!(trips.is_empty(), id != "cycliste");
    }
}

#[test]
fn each_means_of_transport_is_as_fast_as_people_know_it() {
    use mobility::mode;
    for persona in personas() {
        let legs = Rows::of(persona).each(Category::Mobility, |batch, row| {
            let seconds = batch.integer(mobility::DURATION, row).filter(|seconds| *seconds > 0)?;
            Some((batch.integer(mobility::MODE, row)?, batch.integer(mobility::DISTANCE, row)?, seconds))
        });
        for (mode, metres, seconds) in legs {
            // Kilometres an hour.
            let speeds = match mode {
                mode::WALK => 3..=6,
                mode::BIKE => 6..=25,
                mode::BUS | mode::TRAM | mode::METRO => 8..=40,
                mode::CAR => 10..=110,
                mode::TRAIN => 50..=160,
                _ => continue,
            };
            let speed = metres * 36 / (seconds * 10);
            assert!(speeds.contains(&speed), "{}: mode {mode}, {metres} m in {seconds} s", persona.id);
        }
    }
}

#[test]
fn each_bill_is_paid_and_each_refund_comes() {
    for (id, rows) in lives() {
        let movements = rows.movements();
        let all = rows.each(Category::Bills, |batch, row| {
            let vendor = batch.text(bills::VENDOR, row)?.to_owned();
            let is_bill = batch.integer(bills::ROW, row) == Some(bills::row::BILL);
            is_bill.then_some((batch.day(row)?, batch.integer(bills::AMOUNT, row)?, vendor.to_uppercase()))
        });
        assert!(all.len() > 100, "{id}");
        for (day, cents, vendor) in all {
            // Labels of statements have no "É", as in "Santé".
            let vendor = vendor.replace('É', "E");
            let is_its = |(on, amount, label): &&(Day, i64, String)| {
                (0..=12).contains(&(on.0 - day.0)) && *amount == -cents && label.contains(&vendor)
            };
            assert!(movements.iter().any(|one| is_its(&one)), "{id}: {vendor} {day} {cents}");
        }
    }
}

#[test]
fn premiums_are_debited_each_month() {
    for (id, rows) in lives() {
        let movements = rows.movements();
        let premiums = rows.each(Category::Contracts, |batch, row| batch.integer(contracts::PREMIUM, row));
        assert!(premiums.len() >= 2, "{id}");
        for premium in premiums {
            let debits = movements
                .iter()
                .filter(|(_, cents, label)| label.contains("MAIF") && *cents * 12 == -premium);
            assert_eq!(debits.count(), 36, "{id}: {premium}");
        }
    }
}

#[test]
fn care_is_paid_and_refunded() {
    for (id, rows) in lives() {
        let movements = rows.movements();
        let claims = rows.each(Category::Health, |batch, row| {
            let money = (batch.integer(health::CHARGED, row)?, batch.integer(health::PAID, row)?);
            Some((batch.day(row)?, money))
        });
        assert!(claims.len() > 10, "{id}");
        for (day, (charged, paid)) in claims {
            assert!(movements.iter().any(|(on, cents, _)| *on == day && *cents == -charged), "{id} {day}");
            let refund = movements.iter().any(|(on, cents, label)| {
                (0..=10).contains(&(on.0 - day.0)) && *cents == paid && label.contains("CPAM")
            });
            assert!(refund, "{id} {day} {paid}");
        }
    }
}

#[test]
fn electricity_is_billed_as_it_was_counted() {
    // 20.16 cents per kilowatt-hour and a twelfth of 165.17 €: the tariff of March 2025.
    for (id, rows) in lives() {
        let march = |day: Day| {
            (Day::from_ymd(2025, 3, 1).unwrap()..Day::from_ymd(2025, 4, 1).unwrap()).contains(&day)
        };
        let used: i64 = rows
            .each(Category::Energy, |batch, row| {
                let is_electric =
                    batch.integer(energy::COMMODITY, row) == Some(energy::commodity::ELECTRICITY);
                batch
                    .integer(energy::ENERGY, row)
                    .filter(|_| is_electric && batch.day(row).is_some_and(march))
            })
            .iter()
            .sum();
        let cents = (used / 1_000_000 * 20_160 + 500) / 1_000 + 1_376;
        let billed = rows.each(Category::Bills, |batch, row| {
            let is_edf =
                batch.text(bills::VENDOR, row) == Some("EDF") && batch.day(row) == Day::from_ymd(2025, 4, 4);
            batch.integer(bills::AMOUNT, row).filter(|_| is_edf)
        });
        println!("{id}: {} kWh in March 2025", used / 1_000_000);
        assert_eq!(billed, [cents], "{id}");
    }
}

#[test]
fn the_telephone_is_billed_as_it_was_used() {
    // Two hours for 7.99 €, and 35 cents per started minute beyond.
    let pensioner = Rows::of(&personas()[2]);
    let month = |day: Day| day.to_string()[..7].to_owned();
    let called = pensioner.each(Category::Telecom, |batch, row| {
        let is_out = batch.integer(telecom::DIRECTION, row) == Some(telecom::direction::OUT);
        let seconds = batch.integer(telecom::DURATION, row).filter(|_| is_out)?;
        Some((month(batch.day(row)?), seconds))
    });
    let billed = pensioner.each(Category::Bills, |batch, row| {
        let is_its = batch.text(bills::VENDOR, row) == Some("Orange");
        Some((batch.day(row)?, batch.integer(bills::AMOUNT, row)?)).filter(|_| is_its)
    });
    assert_eq!(billed.len(), 35);
    for (day, cents) in &billed {
        // Bills are dated the sixth.
        let before = month(Day(day.0 - 10));
        let seconds: i64 = called.iter().filter(|(of, _)| *of == before).map(|(_, s)| s).sum();
        assert_eq!(*cents, 799 + ((seconds - 7_200).max(0) + 59) / 60 * 35, "{day}");
    }
    assert!(billed.iter().any(|(_, cents)| *cents > 799), "calls beyond the plan in some month");
}

#[test]
fn fees_follow_what_they_are_for() {
    for (id, rows) in lives() {
        let movements = rows.movements();
        let of = |words: &str| -> Vec<(Day, i64)> {
            let found = movements.iter().filter(|(_, _, label)| label.contains(words));
            sorted(found.map(|(day, cents, _)| (*day, -cents)).collect())
        };
        let (abroad, charged) = (of("CHF"), of("HORS ZONE EURO"));
        assert_eq!((abroad.len(), charged.len()), if id == "famille" { (6, 6) } else { (0, 0) }, "{id}");
        for ((paid, cents), (day, fee)) in abroad.iter().zip(&charged) {
            assert!((1..=4).contains(&(day.0 - paid.0)), "{id}: {paid:?} {day:?}");
            assert_eq!(*fee, (cents * 230 + 5_000) / 10_000, "{id}: 2.30 %");
        }
        let (beyond, interest) = (of("INTERVENTION"), of("INTERETS DEBITEURS"));
        if id != "retraitee" {
            assert!(beyond.is_empty() && interest.is_empty(), "{id}");
            continue;
        }
        // One account, which begins with 1 500 euros; the last booking of a day decides.
        let mut by_day = std::collections::BTreeMap::new();
        movements.iter().for_each(|(day, cents, _)| *by_day.entry(*day).or_insert(0) += cents);
        let mut balance = 150_000;
        let below: Vec<Day> = by_day
            .into_iter()
            .filter_map(|(day, cents)| {
                balance += cents;
                (balance < 0).then_some(day)
            })
            .collect();
        let (first, last) = (below[0], below[below.len() - 1]);
        assert_eq!((beyond.len(), interest.len()), (1, 1), "one overdraft");
        assert!((1..=4).contains(&(beyond[0].0.0 - first.0)) && interest[0].0 > last, "{first:?} {last:?}");
    }
}
