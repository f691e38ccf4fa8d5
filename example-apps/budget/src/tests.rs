use super::*;

#[test]
fn a_rent_comes_back_and_a_shop_does_not() {
    let on = |month| Date::new(2026, month, 5).unwrap();
    let mut account = Account::default();
    for (month, label, minor) in [
        (1, "LOYER 01", -650),
        (2, "LOYER 02", -650),
        (3, "LOYER 03", -660),
        (1, "X", -5),
        (1, "X", -5),
        (2, "X", -5),
        (3, "PRIME 1", 40),
    ] {
        account.add(on(month), minor, Kind::Card, label);
    }
    account.add(on(3), -7, Kind::Fee, "FRAIS");
    assert_eq!(recurring(&account.payments), [("LOYER", 653)]);
    assert_eq!(account.months[&on(1).month_start()][&Kind::Card], 660);
    assert_eq!(account.months[&on(3).month_start()][&Kind::Other], 7, "kinds that are not shown apart");
    assert_eq!((account.rows, account.income), (8, 40));
}
