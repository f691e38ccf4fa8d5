use super::*;
use basket::{changes, same_basket, two_shops};
use mesinfos_sdk::view::Block;

fn on(year: i32, month: u8) -> Date {
    Date::new(year, month, 10).unwrap()
}

fn line(label: &str, unit_price: i64, quantity: i64) -> Line {
    let amount = unit_price * quantity / 1_000;
    Line { label: label.to_owned(), unit_price: Some(unit_price), quantity, amount, ..Line::default() }
}

fn shopping(lines: &[(i32, u8, &str, &str, i64, i64)]) -> Shopping {
    let mut shopping = Shopping::default();
    for (year, month, shop, label, price, quantity) in lines {
        shopping.add_line(on(*year, *month), shop, &line(label, *price, *quantity), true, Lang::Fr);
    }
    shopping
}

#[test]
fn the_same_basket_at_first_and_last_prices() {
    let bought = shopping(&[
        (2026, 1, "Inter", "Café moulu", 300, 1_000),
        (2026, 6, "Inter", "CAFE MOULU", 330, 3_000),
        (2026, 1, "Inter", "LAIT", 100, 1_000),
        (2026, 2, "Inter", "LAIT", 200, 1_000),
        (2026, 1, "Inter", "POMMES", 90, 1_000),
        (2026, 9, "Inter", "POMMES", 450, 1_000),
    ]);
    let changes = changes(&bought.courses);
    assert_eq!(changes.len(), 1, "a month is too short, and five times the price is another unit");
    assert_eq!((changes[0].first.1, changes[0].last.1, changes[0].quantity), (300, 330, 4_000));
    assert_eq!(changes[0].per_mille(), 100);
    assert_eq!(same_basket(&changes), (1_200, 1_320));
    assert_eq!([basket::nearest(-5, 2), basket::nearest(5, 2), basket::nearest(7, 3)], [-3, 3, 2]);
}

#[test]
fn two_shops_are_compared_by_what_was_bought_at_the_dearer() {
    let bought = shopping(&[
        (2026, 5, "A", "RIZ LONG", 250, 2_000),
        (2026, 6, "B", "Riz long", 200, 1_000),
        (2026, 5, "A", "THE VERT", 300, 1_000),
        (2024, 5, "B", "THE VERT", 100, 1_000),
    ]);
    let (shops, pairs) = two_shops(&bought.courses, on(2026, 6)).unwrap();
    assert_eq!((shops, pairs.len()), (["A".to_owned(), "B".to_owned()], 1));
    assert_eq!((pairs[0].prices, pairs[0].saving()), ([250, 200], 100));
    let none = shopping(&[(2026, 5, "A", "RIZ", 250, 1_000)]);
    assert!(two_shops(&none.courses, on(2026, 6)).is_none());
}

#[test]
fn receipts_and_lines_are_not_added() {
    let mut bought = shopping(&[(2026, 1, "A", "PAIN", 110, 1_000), (2026, 1, "B", "PAIN", 120, 1_000)]);
    bought.add_receipt(on(2026, 1), "A", 500);
    assert_eq!((bought.shops["A"].total(), bought.shops["B"].total()), (500, 120));
}

#[test]
fn what_bears_a_label_is_added_by_class_and_by_label() {
    let bought = shopping(&[
        (2026, 1, "A", "JUS D'ORANGE BIO", 200, 1_000),
        (2026, 2, "A", "JUS D'ORANGE BIO", 250, 2_000),
        (2026, 2, "A", "JUS D'ORANGE", 100, 1_000),
    ]);
    assert_eq!(bought.labelled.get("Boissons"), Some(&700));
    assert_eq!(bought.labels.values().copied().collect::<Vec<_>>(), [700]);
    assert_eq!(bought.classes.get("Boissons"), Some(&800));
    let month = |month| bought.months[&on(2026, month).month_start()]["Boissons"];
    assert_eq!((month(1), month(2), bought.rows), (200, 600, 3));
    let unknown =
        shopping(&[(2026, 1, "A", "SELLE DE VELO", 900, 1_000), (2026, 1, "A", "SELLE", 800, 1_000)]);
    assert_eq!((unknown.without_class, bought.without_class), (2, 0));
}

#[test]
fn words_tell_class_and_labels() {
    let class = |shelf, label| classes::class(shelf, label, Lang::Fr);
    assert_eq!(class(Some("FRUITS ET LEGUMES / FRUITS"), "X").as_deref(), Some("Fruits et légumes"));
    assert_eq!(class(None, "JUS D'ORANGE 1L").as_deref(), Some("Boissons"));
    assert_eq!(class(None, "SELLE DE VELO"), None);
    assert_eq!(class(Some("Livres / Romans"), "L’Étranger").as_deref(), Some("Livres"));
    let names = |label| labels::labels(label).iter().map(|i| labels::LABELS[*i].name.1).collect::<Vec<_>>();
    assert_eq!(names("Café équitable bio"), ["Organic farming (AB, green leaf)", "Fair trade"]);
    assert_eq!(names("BIODERMA ABRICOT"), [""; 0]);
}

#[test]
fn the_bank_tells_what_receipts_cover() {
    let mut bought = Shopping::default();
    for month in 1..=3 {
        bought.add_receipt(on(2026, month), "Intermarché", 4_000);
    }
    let debit = |month, words: &str, food, minor| Debit {
        day: on(2026, month),
        words: words.to_owned(),
        food,
        minor,
    };
    let debits = [
        debit(2, "CB INTERMARCHE LYON", false, 4_000),
        debit(2, "BOULANGERIE", true, 500),
        debit(3, "CB INTERMARCHE", false, 6_000),
        debit(4, "LOYER", false, 70_000),
    ];
    let found = coverage::coverage(&bought.shops, &debits).unwrap();
    assert_eq!((found.receipts, found.debits), (8_000, 10_500));
    assert_eq!(coverage::coverage(&bought.shops, &[]), None);
}

/// Goods that were only brought back are no spending: there is a view, without a chart of shares.
#[test]
fn returns_alone_have_a_view() {
    for lang in [Lang::Fr, Lang::En] {
        let ctx = Context::new(lang, on(2026, 11));
        let returned =
            shopping(&[(2026, 1, "A", "RIZ LONG", -200, 1_000), (2026, 2, "A", "LAIT", -100, 1_000)]);
        assert!(returned.products > returned.without_class, "their classes are known");
        let report = pages::report(&ctx, Currency::EUR, &returned, &[]);
        let blocks = report.pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks);
        let mut charts = 0;
        for block in blocks {
            if let Block::Chart(chart) = block {
                charts += 1;
                assert!(!chart.takeaway.is_empty());
            }
        }
        assert_eq!(charts, 0);
    }
}

/// Any subset of the data gives a view, without missing data in it.
#[test]
fn every_subset_has_a_view() {
    for lang in [Lang::Fr, Lang::En] {
        let ctx = Context::new(lang, on(2026, 11));
        let show = |bought: &Shopping, debits: &[Debit]| pages::report(&ctx, Currency::EUR, bought, debits);
        let mut receipts = Shopping::default();
        receipts.add_receipt(on(2026, 1), "A", 500);
        let report = show(&receipts, &[]);
        assert_eq!((report.pages.len(), report.limits.len()), (1, 3), "no lines, no bank, no weights");
        let lines = shopping(&[(2026, 1, "A", "RIZ BIO", 200, 1_000), (2026, 6, "B", "RIZ BIO", 210, 1_000)]);
        let debits = [Debit { day: on(2026, 1), words: "X".to_owned(), food: false, minor: 1 }];
        let report = show(&lines, &debits);
        assert_eq!(report.pages.len(), 3, "money, shops, labels; no course of prices");
        let blocks = report.pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks);
        assert!(!blocks.into_iter().any(|block| matches!(block, Block::Timeline(_))));
        assert!(show(&Shopping::default(), &[]).headline.len() < 140);
    }
}
