//! Only granted data arrives, whatever is requested, through any handle.

use crate::forge::{Forged, OPEN, bank_and, reader};
use crate::lab::{Lab, PEOPLE};
use crate::support::me;
use mesinfos_model::{Category, Day, Period};
use mesinfos_platform::CategoryChoice;

const BANK: &str = "mesinfos:data/bank@0.1.0";
const ENERGY: &str = "mesinfos:data/energy@0.1.0";
/// Handle of the first page of a reader.
const PAGE: &str = "(i32.load (i32.const 136))";

fn column(
    interface: &'static str,
    field: &'static str,
    name: &'static str,
) -> (&'static str, String, String) {
    (interface, format!("[method]page.{field}"), format!("(func {name} (param i32 i32))"))
}

fn head(columns: &[(&str, String, String)]) -> String {
    let columns: Vec<_> = columns.iter().map(|(i, name, ty)| (*i, name.as_str(), ty.as_str())).collect();
    bank_and(&columns)
}

/// Iterates over all pages, running `each` with the page's handle in local 7.
fn all_pages(open: &str, each: &str) -> String {
    format!(
        "(global.set $reader {open})
         (block $done (loop $l
           (call $next (global.get $reader) (i32.const 128))
           (br_if $done (i32.eqz (i32.load8_u (i32.const 132))))
           (local.set 7 {PAGE}) {each}
           (call $drop-page (local.get 7))
           (br $l)))"
    )
}

pub(crate) const GLOBALS: &str =
    "(global $reader (mut i32) (i32.const 0)) (global $rows (mut i32) (i32.const 0))
     (global $i (mut i32) (i32.const 0))";

fn drop_page() -> (&'static str, String, String) {
    (BANK, "[resource-drop]page".to_owned(), "(func $drop-page (param i32))".to_owned())
}

/// Grants the bank as in `ask` and runs the app. "invalid-view" means that the app found the expected data.
fn run(lab: &Lab, forged: &Forged, ask: CategoryChoice) -> &'static str {
    let (record, _) = lab.platform.install(&forged.component()).unwrap();
    lab.platform.grant(&me(PEOPLE[0]), &record.id, &[(Category::Bank, ask)], None).unwrap();
    lab.outcome(PEOPLE[0], &record.id)
}

fn both(test: impl Fn(&Lab)) {
    for lab in [Lab::new(), Lab::apart()] {
        test(&lab);
    }
}

#[test]
fn a_page_of_one_category_is_none_of_another() {
    let head = head(&[column(ENERGY, "energy", "$energy")]);
    let run =
        format!("(call $next {OPEN} (i32.const 128)) (call $energy {PAGE} (i32.const 192)) (i32.const 64)");
    let imports = &["bank", "energy"];
    let reads = &[("bank", "required"), ("energy", "required")];
    both(|lab| {
        let forged = Forged { imports, reads, head: &head, ..reader("page-of-another", &run) };
        let id = lab.install(&forged.component());
        assert_eq!(lab.outcome(PEOPLE[0], &id), "trapped");
    });
}

/// An app whose types declare readers and pages of energy as those of the bank. WIT cannot express it, so
/// functions are renamed in the finished component.
fn one_type_for_both(id: &str, run: &str) -> Vec<u8> {
    let ty = |name: &str| format!("(func {name} (param i32 i32))");
    let head = head(&[
        (ENERGY, "m-next".to_owned(), ty("$next-energy")),
        (ENERGY, "m-energy".to_owned(), ty("$energy")),
    ]);
    let forged = Forged {
        imports: &["bank", "energy"],
        reads: &[("bank", "required"), ("energy", "required")],
        head: &head,
        contract: &[(
            "interface energy {",
            "interface energy {
               use types.{access-error};
               use bank.{reader, page};
               m-next: func(self: borrow<reader>) -> result<option<page>, access-error>;
               m-energy: func(self: borrow<page>) -> list<s64>;
             }
             interface energy-as-it-was {",
        )],
        ..reader(id, run)
    };
    let text = wasmprinter::print_bytes(forged.bare()).unwrap();
    let rename = |text: String, (from, to)| text.replace(&format!("\"{from}\""), &format!("\"{to}\""));
    let names = [("m-next", "[method]reader.next"), ("m-energy", "[method]page.energy")];
    let text = names.into_iter().fold(text, rename);
    forged.with_manifest(&wat::parse_str(&text).unwrap_or_else(|error| panic!("{error}")))
}

#[test]
fn two_categories_with_one_type_are_still_two() {
    // Otherwise, reads of the bank would be recorded as reads of energy.
    let reads = format!("(call $next-energy {OPEN} (i32.const 128)) (i32.const 64)");
    let looks =
        format!("(call $next {OPEN} (i32.const 128)) (call $energy {PAGE} (i32.const 192)) (i32.const 64)");
    let components =
        [("one-reader", &reads), ("one-page", &looks)].map(|(id, run)| one_type_for_both(id, run));
    both(|lab| {
        for component in &components {
            let id = lab.install(component);
            assert_eq!(lab.outcome(PEOPLE[0], &id), "trapped", "{id}");
        }
    });
}

#[test]
fn a_reader_of_a_wider_period_gives_what_was_granted() {
    // Both ends are inside months: a page is a month.
    let (from, until) = (Day::from_ymd(2026, 2, 10).unwrap(), Day::from_ymd(2026, 3, 20).unwrap());
    let head = head(&[column(BANK, "booked-on", "$booked"), drop_page()]);
    // All days of a page are in the period.
    let each = format!(
        "(call $booked (local.get 7) (i32.const 192))
         (global.set $i (i32.const 0))
         (block $over (loop $days
           (br_if $over (i32.ge_u (global.get $i) (i32.load (i32.const 196))))
           (if (i32.lt_s (i32.load (i32.add (i32.load (i32.const 192)) (i32.mul (global.get $i) (i32.const 4)))) (i32.const {}))
             (then unreachable))
           (if (i32.ge_s (i32.load (i32.add (i32.load (i32.const 192)) (i32.mul (global.get $i) (i32.const 4)))) (i32.const {}))
             (then unreachable))
           (global.set $rows (i32.add (global.get $rows) (i32.const 1)))
           (global.set $i (i32.add (global.get $i) (i32.const 1)))
           (br $days)))",
        from.0, until.0
    );
    let wide = |from: i32, until: i32| {
        format!("(call $open (i32.const 1) (i32.const {from}) (i32.const 1) (i32.const {until}))")
    };
    let all: String = [
        OPEN.to_owned(),
        wide(from.0 - 40, until.0 + 40),
        wide(i32::MIN, i32::MAX),
        // Ends before it starts.
        wide(until.0 + 40, from.0 - 40),
    ]
    .iter()
    .map(|open| all_pages(open, &each))
    .collect();
    let run_it = format!("{all} (if (i32.eqz (global.get $rows)) (then unreachable)) (i32.const 64)");
    both(|lab| {
        let forged = Forged { head: &head, fields: GLOBALS, ..reader("wider", &run_it) };
        let ask = CategoryChoice {
            period: Some(Period { from: Some(from), until: Some(until) }),
            ..CategoryChoice::default()
        };
        assert_eq!(run(lab, &forged, ask), "invalid-view", "\"trapped\" is a day outside, or no day at all");
    });
}

/// Imports and instructions of an app that traps if a label or other party of a row is present, or its
/// amount missing.
pub(crate) fn looks_for_fields() -> (String, String) {
    let head = head(&[
        column(BANK, "amount", "$amount"),
        column(BANK, "label", "$label"),
        column(BANK, "counterparty", "$party"),
        drop_page(),
    ]);
    let empty = |call: &str, lists: usize| {
        let lengths = (0..lists)
            .map(|list| format!("(if (i32.load (i32.const {})) (then unreachable))", 196 + 8 * list));
        format!("(call {call} (local.get 7) (i32.const 192)) {}", lengths.collect::<String>())
    };
    let each = format!(
        "(call $amount (local.get 7) (i32.const 192))
         (if (i32.ne (i32.load (i32.const 196)) (call $rows (local.get 7))) (then unreachable))
         (global.set $rows (i32.add (global.get $rows) (i32.load (i32.const 196))))
         {} {}",
        empty("$label", 2),
        empty("$party", 3)
    );
    let all = all_pages(OPEN, &each);
    (head, format!("{all} (if (i32.eqz (global.get $rows)) (then unreachable)) (i32.const 64)"))
}

#[test]
fn a_field_that_was_not_granted_is_empty_on_a_real_page() {
    let (head, run_it) = looks_for_fields();
    both(|lab| {
        let forged = Forged { head: &head, fields: GLOBALS, ..reader("fields", &run_it) };
        let ask = CategoryChoice { fields: Some(vec!["amount".to_owned()]), ..CategoryChoice::default() };
        assert_eq!(run(lab, &forged, ask), "invalid-view", "\"trapped\" is a field that was not granted");
    });
}

#[test]
fn a_field_that_is_given_only_by_name_is_not_given_with_its_category() {
    let head = head(&[column(BANK, "reference", "$reference"), drop_page()]);
    let each =
        "(call $reference (local.get 7) (i32.const 192)) (if (i32.load (i32.const 196)) (then unreachable))";
    let run_it = format!("{} (i32.const 64)", all_pages(OPEN, each));
    let statement = "OFXHEADER:100\nDATA:OFXSGML\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>1\
        <ACCTID>2<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20240105<TRNAMT>-1.00\
        <FITID>F1<NAME>Shop</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>";
    both(|lab| {
        lab.platform.import(&me(PEOPLE[0]), "a.ofx", statement.as_bytes()).unwrap();
        let forged = |name| Forged { head: &head, fields: GLOBALS, ..reader(name, &run_it) };
        let named =
            CategoryChoice { fields: Some(vec!["reference".to_owned()]), ..CategoryChoice::default() };
        assert_eq!(
            run(lab, &forged("unnamed"), CategoryChoice::default()),
            "invalid-view",
            "\"trapped\" is a reference"
        );
        assert_eq!(run(lab, &forged("named"), named), "trapped", "it would be found");
    });
}

#[test]
fn a_category_that_was_refused_has_no_rows() {
    let each = "unreachable";
    let head = head(&[drop_page()]);
    let run_it = format!("{} (i32.const 64)", all_pages(OPEN, each));
    let energy = "(import \"mesinfos:data/energy@0.1.0\" \"[method]page.rows\" (func $energy (param i32) (result i32)))";
    let head = format!("{head} {energy}");
    let imports = &["bank", "energy"];
    let reads = &[("bank", "optional"), ("energy", "required")];
    both(|lab| {
        let forged = Forged { imports, reads, head: &head, fields: GLOBALS, ..reader("refused", &run_it) };
        let (record, _) = lab.platform.install(&forged.component()).unwrap();
        let given = [(Category::Energy, CategoryChoice::default())];
        lab.platform.grant(&me(PEOPLE[0]), &record.id, &given, None).unwrap();
        assert_eq!(lab.outcome(PEOPLE[0], &record.id), "invalid-view", "\"trapped\" is a page of the bank");
    });
}

#[test]
fn rows_of_other_holders_do_not_come() {
    let head = head(&[drop_page()]);
    let each = "(global.set $rows (i32.add (global.get $rows) (call $rows (local.get 7))))";
    let rows = |expected: u64| {
        format!(
            "{} (if (i32.ne (global.get $rows) (i32.const {expected})) (then unreachable)) (i32.const 64)",
            all_pages(OPEN, each)
        )
    };
    both(|lab| {
        // Add a row of another data holder.
        let before = rows_of(lab);
        let statement =
            "dateOp;dateVal;label;amount;accountNum\n2025-07-19;2025-07-19;CARTE CAFE;-52,00;12345\n";
        lab.platform.import(&me(PEOPLE[0]), "boursobank.csv", statement.as_bytes()).unwrap();
        assert_eq!(rows_of(lab), before + 1);
        // Nobody knows whose the other rows are.
        for (id, holder, expected) in [("one-holder", "BoursoBank", 1), ("no-holder", "Somebody", 0)] {
            let run_it = rows(expected);
            let forged = Forged { head: &head, fields: GLOBALS, ..reader(id, &run_it) };
            let ask = CategoryChoice { holders: Some(vec![holder.to_owned()]), ..CategoryChoice::default() };
            assert_eq!(
                run(lab, &forged, ask),
                "invalid-view",
                "\"trapped\" is not {expected} rows of {holder}"
            );
        }
    });
}

fn rows_of(lab: &Lab) -> u64 {
    let summary = lab.platform.summary(&me(PEOPLE[0])).unwrap();
    summary.iter().find(|of| of.category == Category::Bank).map_or(0, |bank| bank.rows)
}
