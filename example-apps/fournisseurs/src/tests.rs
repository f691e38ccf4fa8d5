use crate::history::{Costs, History, Record, cheapest, records, safest};
use crate::offers::{Grain, OFFERS, Prices, Terms, index};
use crate::today::{Contract, Paid, of_electricity, of_year};
use mesinfos_sdk::energy::Interval;
use mesinfos_sdk::{Date, Energy, Timestamp};
use std::collections::BTreeMap;

const TERMS: Terms = Terms { power: 0, night: 22 };

fn day(year: i32, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

/// One kilowatt-hour in each interval from `first` to `last`.
fn readings(first: Date, last: Date, seconds: i64) -> Vec<Interval> {
    let (begin, end) = (i64::from(first.0) * 86_400, i64::from(last.0) * 86_400);
    let row = |i: i64| Interval {
        start: Timestamp { utc: begin + i * seconds, offset: 0 },
        seconds,
        energy: Energy(1_000_000),
    };
    (0..(end - begin) / seconds).map(row).collect()
}

#[test]
fn prices_follow_the_clock_and_the_calendar() {
    let at = |on: Date, hour: i64| Interval {
        start: Timestamp { utc: i64::from(on.0) * 86_400 + hour * 3_600, offset: 0 },
        seconds: 3_600,
        energy: Energy(0),
    };
    let (monday, saturday) = (day(2025, 1, 6), day(2025, 1, 11));
    let rest = Prices::NightAndWeekend { day: 3, rest: 1 };
    assert_eq!([rest.at(&at(monday, 12), 22), rest.at(&at(monday, 23), 22)], [3, 1]);
    assert_eq!(rest.at(&at(saturday, 12), 22), 1);
    let deep = Prices::DeepNight { day: 3, night: 1 };
    assert_eq!(
        [deep.at(&at(monday, 1), 22), deep.at(&at(monday, 2), 22), deep.at(&at(monday, 6), 22)],
        [3, 1, 3]
    );
    let seasons = Prices::Seasons { winter: 3, summer: 1 };
    assert_eq!([seasons.at(&at(monday, 1), 22), seasons.at(&at(day(2025, 7, 1), 1), 22)], [3, 1]);
    assert_eq!(index(2025, 1), 100 * 112);
    assert_eq!((index(1990, 6), index(2040, 6)), (86 * 91, 98 * 91), "beyond the list, the nearest year");
}

#[test]
fn a_year_of_the_flat_offer_is_what_it_says() {
    let history = History::of(readings(day(2024, 1, 1), day(2026, 1, 1), 3_600));
    assert_eq!((history.grain, history.offers().len()), (Grain::Hour, OFFERS.len()));
    // 8760 kWh at 0.1890 EUR, and twelve times 15.20 EUR.
    let flat = 8_760 * 1_890 / 100 + 12 * 1_520;
    assert_eq!(history.last_year(TERMS).unwrap().of[0], flat);
    let years = history.years(TERMS);
    assert_eq!(years.keys().copied().collect::<Vec<_>>(), [2024, 2025]);
    let leap = 8_784 * 1_890 / 100 + 12 * 1_520;
    assert!((years[&2024].of[0] - leap).abs() <= 1, "a leap year has 366 days and twelve months");
    let months = history.months(TERMS, 12);
    assert_eq!((months.len(), months.keys().next().copied()), (12, Some(day(2025, 1, 1))));
    let sum: i64 = months.values().map(|month| month.of[0]).sum();
    assert!((sum - flat).abs() <= 12, "months make a year: {sum} {flat}");
    let prices = |month: u8, days: i64| (months[&day(2025, month, 1)].of[0], days * 24 * 1_890 / 100 + 1_520);
    for (month, days) in [(2, 28), (11, 30), (12, 31)] {
        let (shown, right) = prices(month, days);
        assert!((shown - right).abs() <= 1, "one subscription a month, whatever its length: {shown} {right}");
    }
}

#[test]
fn an_hour_that_is_missing_is_no_projection() {
    let all = readings(day(2025, 1, 1), day(2026, 1, 1), 3_600);
    let whole = History::of(all.clone()).last_year(TERMS).unwrap();
    let less = History::of(all[1..].to_vec()).last_year(TERMS).unwrap();
    assert_eq!(whole.of[0] - less.of[0], 19, "18.9 cents of that hour, and nothing is scaled");
    let days = History::of(all[35 * 24..].to_vec()).last_year(TERMS).unwrap();
    assert_eq!(days.of[0], whole.of[0], "330 days are brought to a year");
}

#[test]
fn coarse_readings_price_what_they_can() {
    let days = History::of(readings(day(2025, 1, 1), day(2025, 3, 1), 86_400));
    assert_eq!(days.grain, Grain::Day);
    assert!(days.offers().iter().all(|offer| offer.prices.needs() != Grain::Hour));
    assert_eq!(days.last_year(TERMS).unwrap().covered, 59 * 86_400);
    assert!(days.years(TERMS).is_empty() && records(&days.years(TERMS)).is_empty());
    assert!(days.offers().iter().all(|offer| !offer.prices.is_seasonal()), "January says nothing of July");
    let months = History::of(readings(day(2025, 1, 1), day(2025, 12, 27), 30 * 86_400));
    assert_eq!((months.grain, months.offers().len()), (Grain::Month, 4));
    assert!(History::of(Vec::new()).last_year(TERMS).is_none());
}

#[test]
fn the_safest_is_not_always_the_cheapest() {
    let costs = |of: [i64; 2]| Costs { covered: 1, of: of.to_vec() };
    let years =
        BTreeMap::from([(2023, costs([90, 100])), (2024, costs([90, 100])), (2025, costs([140, 100]))]);
    let found = records(&years);
    assert_eq!(found[0], Record { mean: 107, least: 90, most: 140, wins: 2, regret: 40 });
    assert_eq!(found[1], Record { mean: 100, least: 100, most: 100, wins: 1, regret: 10 });
    assert_eq!((safest(&found), cheapest(&years[&2024])), (Some(1), Some(0)));
}

#[test]
fn bills_count_when_they_cover_the_year() {
    let bill = |month| Paid { to: "EDF".to_owned(), on: day(2025, month, 10), cents: 10_000 };
    let last = day(2025, 12, 31);
    let all: Vec<Paid> = (1..=12).map(bill).collect();
    assert_eq!(of_year(&all, last), Some(120_000));
    assert_eq!(of_year(&all[6..], last), None, "half a year");
    let gap: Vec<Paid> = all.iter().filter(|bill| !(5..8).contains(&bill.on.month())).cloned().collect();
    assert_eq!(of_year(&gap, last), None, "three months are missing in the middle");
    assert_eq!(of_year(&all[1..], last), Some(110_000), "eleven of twelve");
    let yearly = [Paid { on: day(2024, 3, 10), ..bill(3) }, bill(3)];
    assert_eq!(of_year(&yearly, last), Some(10_000), "one bill a year");
    let six: Vec<Paid> = all.iter().step_by(2).cloned().collect();
    assert_eq!(of_year(&six, last), Some(60_000), "one bill for two months");
    assert_eq!(of_year(&[], last), None);
    let free: Vec<Paid> = all.iter().map(|bill| Paid { cents: 0, ..bill.clone() }).collect();
    assert_eq!(of_year(&free, last), None, "nobody is advised to pay less than nothing");
}

#[test]
fn gas_of_another_supplier_is_not_paid_for_electricity() {
    let bill = |to: &str| Paid { to: to.to_owned(), on: day(2025, 1, 10), cents: 10_000 };
    let both = || vec![bill("EDF"), bill("Engie")];
    let contract = |supplier: &str| Contract { supplier: supplier.to_owned(), ..Contract::default() };
    assert_eq!(of_electricity(both(), Some(&contract("edf"))), [bill("EDF")]);
    assert_eq!(of_electricity(both(), None), []);
    assert_eq!(of_electricity(both(), Some(&contract("Ilek"))), []);
    assert_eq!(of_electricity(vec![bill("EDF")], None), [bill("EDF")]);
}
