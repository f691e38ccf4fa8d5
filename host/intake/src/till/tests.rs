//! Proposals from receipts as French tills print them, and from anything else.

use super::*;
use mesinfos_model::category::purchases as p;
use proptest::prelude::*;

/// Receipts by hand: name, text, merchant, day, time, lines (label, thousandths, amount), total.
type Case = (&'static str, &'static str, &'static str, &'static str, Option<(i8, i8)>, &'static [Line], i64);
type Line = (&'static str, Option<i64>, i64);

const CASES: &[Case] = &[
    (
        "a bakery",
        "BOULANGERIE MARTIN\n12 rue des Lilas\n75011 PARIS\nTel 01.23.45.67.89\n\n14/03/2025 08:12\n\
         BAGUETTE TRADITION       1,30 €\nCROISSANT  2 X 1,20      2,40 €\n\nTOTAL                    3,70 €\n\
         CB                       3,70 €\nTVA 5,5%  3,51  0,19\nMerci de votre visite\n",
        "BOULANGERIE MARTIN",
        "2025-03-14",
        Some((8, 12)),
        &[("BAGUETTE TRADITION", None, 130), ("CROISSANT", Some(2_000), 240)],
        370,
    ),
    (
        "a supermarket with weights, discounts and tax codes",
        "*** SUPER U ***\nSIRET 552 100 554 00013\nBienvenue\nLAIT DEMI ECREME 1L      0,99 A\nBANANES\n\
         0,532 kg x 1,99 €/kg     1,06 A\nYAOURT NATURE X8         2,15 A\n   REMISE IMMEDIATE     -0,50 A\n\
         EAU 6X1,5L               3,30 A\n2 X 1,65\nSAC CABAS                0,80 B\n\
         ------------------------\nSOUS-TOTAL               7,80\nTOTAL (5 ART)            7,80\n\
         CARTE BANCAIRE           7,80\nDate 02-11-25  18h47\n",
        "SUPER U",
        "2025-11-02",
        Some((18, 47)),
        &[
            ("LAIT DEMI ECREME 1L", None, 99),
            ("BANANES", Some(532), 106),
            ("YAOURT NATURE X8", None, 215),
            ("REMISE IMMEDIATE", None, -50),
            ("EAU 6X1,5L", Some(2_000), 330),
            ("SAC CABAS", None, 80),
        ],
        780,
    ),
    (
        "quantities above their line, and a restaurant's words",
        "LE PETIT BISTROT\n2025-06-01 13:05:44\nTable 4\n2 x 14,50\nPLAT DU JOUR     29,00\nCafé 2,20\n\
         Total TTC        31,20 EUR\ndont TVA 10%     2,84\nESPECES          40,00\nRENDU            8,80\n",
        "LE PETIT BISTROT",
        "2025-06-01",
        Some((13, 5)),
        &[("PLAT DU JOUR", Some(2_000), 2_900), ("Café", None, 220)],
        3_120,
    ),
    (
        "amounts with points, returned bottles and a voucher",
        "CARREFOUR CITY\n30.01.2025\nJUS ORANGE 1L 2.35\nRETOUR CONSIGNE -0.20\nBON DE REDUCTION 1.00\n\
         NET A PAYER 1.15\nTITRES RESTAURANT 1.15\n",
        "CARREFOUR CITY",
        "2025-01-30",
        None,
        &[("JUS ORANGE 1L", None, 235), ("RETOUR CONSIGNE", None, -20), ("BON DE REDUCTION", None, -100)],
        115,
    ),
];

#[test]
fn receipts_of_french_tills_are_proposed() {
    for (name, text, merchant, day, time, lines, total) in CASES {
        let proposed = propose(text);
        assert_eq!(proposed.merchant, *merchant, "{name}");
        assert_eq!(proposed.day.map(|day| day.to_string()).as_deref(), Some(*day), "{name}");
        assert_eq!(proposed.time, *time, "{name}");
        let found: Vec<_> =
            proposed.lines.iter().map(|line| (line.label.as_str(), line.quantity, line.amount)).collect();
        assert_eq!(found, *lines, "{name}");
        assert_eq!(proposed.total, Some(*total), "{name}");
        assert_eq!(proposed.difference(), Some(0), "{name}");
    }
    assert!(propose(CASES[1].1).lines[1].is_weight);
}

#[test]
fn lines_that_were_not_understood_are_told() {
    // A label that the photograph lost, a price with nothing beside it, and the number of articles in the total.
    let text = "EPICERIE DU PORT\n03/02/2025 09:40\nRIZ LONG 1KG 1,60\n4x 0,75 3,00\n1,10\nTHON X2 2,40\n\
                TOTAL (6 ARTICLES) 8,10\nCB 8,10\n";
    let proposed = propose(text);
    assert_eq!((proposed.total, proposed.sum()), (Some(810), 400));
    assert_eq!(unread(text), ["4x 0,75 3,00", "1,10"]);
    // A count below its words, above its line, or at the end.
    assert_eq!(unread("PAIN\n2 x 1,10\nLAIT 0,99\n3 X 1,00\nEAU 3,00\nTOTAL 6,19\n"), [""; 0]);
    assert_eq!(unread("PAIN 1,10\n2 x 1,50 3,00\n"), ["2 x 1,50 3,00"]);
    for (name, text, ..) in CASES {
        assert_eq!(unread(text), [""; 0], "{name}");
    }
    assert_eq!(unread(&"1,00\n".repeat(500)).len(), 50);
}

/// Tills print the amount of the line, or of one of them: the total of the receipt tells which.
#[test]
fn a_number_before_the_label_is_how_many_there_are() {
    let of = |total: &str| {
        let text =
            format!("SUPER U\n12/03/2026 18:04\n2 x YAOURT 1,30\n3X PAIN 1,00\nLAIT 0,99\nTOTAL {total}\n");
        let proposed = propose(&text);
        let lines = proposed.lines.iter().map(|line| (line.label.clone(), line.quantity, line.amount));
        (lines.collect::<Vec<_>>(), proposed.difference())
    };
    let line = |label: &str, quantity: Option<i64>, amount: i64| (label.to_owned(), quantity, amount);
    let (lines, difference) = of("3,29");
    let all = [line("YAOURT", Some(2_000), 130), line("PAIN", Some(3_000), 100), line("LAIT", None, 99)];
    assert_eq!((lines.as_slice(), difference), (&all[..], Some(0)));
    let (lines, difference) = of("6,59");
    let each = [line("YAOURT", Some(2_000), 260), line("PAIN", Some(3_000), 300), line("LAIT", None, 99)];
    assert_eq!((lines.as_slice(), difference), (&each[..], Some(0)));
    // With a total that neither comes to, the amounts stay as they are printed, and the difference is told.
    let (lines, difference) = of("9,99");
    assert_eq!((lines.as_slice(), difference.is_some_and(|of| of != 0)), (&all[..], true));
}

#[test]
fn a_text_that_is_no_receipt_has_no_lines() {
    for text in ["", "\n\n", "Chère Anne,\nmerci pour tout.\n", "01/02/2025\n"] {
        let proposed = propose(text);
        assert!(proposed.lines.is_empty() && proposed.total.is_none(), "{text}: {proposed:?}");
    }
}

#[test]
fn a_long_text_has_an_end() {
    let proposed = propose(&"ARTICLE DIVERS X 1,00\nPAIN 1,00\n".repeat(5_000));
    assert_eq!(proposed.lines.len(), MOST_TILL_LINES);
    let long = format!("{} 1,00\n", "A".repeat(199));
    assert!(propose(&long).lines.is_empty());
    let label = format!("{} 1,00\n", "É".repeat(80));
    assert!(propose(&label).lines.iter().all(|line| line.label.chars().count() <= LONGEST_TILL_LABEL));
    assert!(!propose("a\u{202e}bc 1,00").lines[0].label.contains('\u{202e}'));
}

fn receipt() -> TillReceipt {
    propose(CASES[0].1)
}

#[test]
fn a_confirmed_receipt_becomes_rows() {
    let rows = batch(&receipt(), "0123").unwrap();
    assert_eq!(rows.rows(), 3);
    crate::check(&rows).unwrap();
    let of = |field, row| rows.integer(field, row);
    assert_eq!([0, 1, 2].map(|row| of(p::AMOUNT, row)), [Some(370), Some(130), Some(240)]);
    assert_eq!([0, 1].map(|row| of(p::ROW, row)), [Some(p::row::RECEIPT), Some(p::row::LINE)]);
    // 08:12 in Paris, before summer time.
    assert_eq!((of(p::AT, 0), of(p::UTC_OFFSET, 0)), (Some(1_741_936_320), Some(60)));
    assert_eq!(
        (of(p::QUANTITY, 2), of(p::UNIT, 2), of(p::UNIT, 1)),
        (Some(2_000), Some(p::unit::PIECE), None)
    );
    assert_eq!(rows.text(p::MERCHANT, 0), Some("BOULANGERIE MARTIN"));
    assert_eq!(rows.text(p::LABEL, 1), Some("BAGUETTE TRADITION"));
    assert_eq!(rows.text(p::RECEIPT, 2), Some("0123"));
    let nameless = batch(&TillReceipt { merchant: " ".to_owned(), time: None, ..receipt() }, "x").unwrap();
    assert_eq!(nameless.text(p::MERCHANT, 0), None);
}

#[test]
fn what_cannot_be_stored_is_refused() {
    let with = |change: fn(&mut TillReceipt)| {
        let mut changed = receipt();
        change(&mut changed);
        batch(&changed, "x").unwrap_err()
    };
    assert_eq!(with(|receipt| receipt.day = None), TillError::NoDay);
    assert_eq!(with(|receipt| receipt.time = Some((25, 0))), TillError::BadTime);
    assert_eq!(with(|receipt| receipt.lines.clear()), TillError::NoLine);
    assert_eq!(with(|receipt| receipt.lines = vec![receipt.lines[0].clone(); 301]), TillError::TooManyLines);
    assert_eq!(with(|receipt| receipt.merchant = "x".repeat(121)), TillError::BadLabel { line: 0 });
    assert_eq!(
        with(|receipt| receipt.lines[1].label = " \u{202e}".to_owned()),
        TillError::BadLabel { line: 2 }
    );
    assert_eq!(with(|receipt| receipt.lines[0].label = "x".repeat(121)), TillError::BadLabel { line: 1 });
    assert_eq!(with(|receipt| receipt.lines[0].amount = i64::MIN), TillError::TooLarge { line: 1 });
    assert_eq!(with(|receipt| receipt.lines[0].quantity = Some(0)), TillError::TooLarge { line: 1 });
    assert_eq!(with(|receipt| receipt.total = Some(i64::MAX)), TillError::TooLarge { line: 0 });
}

/// Texts made of pieces of receipts, and of any characters.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "TOTAL",
        "2 X",
        "1,50",
        "-0,50",
        "kg",
        "x",
        "€",
        "REMISE",
        "\n",
        " ",
        "12/03/2025",
        "14:32",
        "é",
        "99999999,99",
        "0,532 kg x 2,99 €/kg",
        "CB",
        "CAFÉ",
        "\u{202e}",
        "9223372036854775807",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.join(" ")),
        any::<String>(),
        "[A-Z0-9,.xX €/:\n-]{0,300}",
    ]
}

proptest! {
    #[test]
    fn any_text_gives_a_proposal_within_its_bounds(text in text()) {
        let proposed = propose(&text);
        prop_assert!(proposed.lines.len() <= MOST_TILL_LINES);
        for line in &proposed.lines {
            prop_assert!(!line.label.is_empty() && line.label.chars().count() <= LONGEST_TILL_LABEL);
        }
        let _ = (proposed.sum(), proposed.difference());
        if let Ok(rows) = batch(&proposed, "x") {
            prop_assert!(crate::check(&rows).is_ok());
        }
    }
}

/// A receipt is told from an invoice or a letter with amounts by lines that come near its total.
#[test]
fn what_is_likely_a_receipt() {
    let likely = |text: &str| propose(text).is_likely();
    assert!(likely(
        "SUPER U NANTES\n12/03/2026 18:04\nPAIN COMPLET 2,10\nLAIT 1L 1,05\nTOTAL 3,15\nCB 3,15\n"
    ));
    assert!(!likely("Facture EDF\nVotre consommation\nMontant total à payer : 89,00 €\n"));
    assert!(!likely("Bonjour, merci pour les 5 euros.\n"));
    assert!(!likely(""));
}
