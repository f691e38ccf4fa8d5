use super::*;
use mesinfos_sdk::Timestamp;

#[test]
fn a_kilowatt_hour_a_day_costs_what_the_tariff_says() {
    let start = Timestamp { utc: 12 * 3_600, offset: 0 };
    let noon = [Interval { start, seconds: 3_600, energy: Energy(1_000_000) }];
    // 0.1952 EUR is 19 whole cents, a day; and the subscription.
    assert_eq!(cost(&TARIFFS[0], &noon, 1).unwrap().minor, 19 * 365 + 12 * 1_547);
    assert_eq!(base_load(&noon), Some(1_000));
    assert_eq!(profile(&noon).1[12], Some(1_000.0));
}
