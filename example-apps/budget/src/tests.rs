use super::*;

#[test]
fn a_rent_comes_back_and_a_shop_does_not() {
    let eur = Currency::new("EUR").unwrap();
    let at = |month, label: &str, minor| Movement {
        month: Date::new(2026, month, 1).unwrap(),
        label: label.to_owned(),
        kind: Kind::Card,
        money: Money { minor, currency: eur },
    };
    let rows = [
        at(1, "LOYER 01", -650),
        at(2, "LOYER 02", -650),
        at(3, "LOYER 03", -660),
        at(1, "X", -5),
        at(1, "X", -5),
        at(2, "X", -5),
    ];
    assert_eq!(recurring(&rows), [("LOYER".to_owned(), 653)]);
    assert_eq!(by_month(&rows)[&Date::new(2026, 1, 1).unwrap()][&Kind::Card], 660);
}
