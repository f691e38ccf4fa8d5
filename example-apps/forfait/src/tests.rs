use super::*;

#[test]
fn what_is_beyond_a_plan_is_paid() {
    let used = Use { seconds: 130 * 60 + 1, messages: 102 };
    assert_eq!(cost(&PLANS[0], &used), 299 + 11 * 5 + 2 * 5);
    assert_eq!(cost(&PLANS[3], &used), 1_299);
}
