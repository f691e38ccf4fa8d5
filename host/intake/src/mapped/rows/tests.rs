//! What a mapping reads of a table, row by row.

use super::super::mapping::tests::{of_bank, of_meter};
use super::super::{DateOrder, Every, ReadingUnit, probe::probe};
use super::*;
use crate::{Read, read_as};
use mesinfos_model::Batch;
use mesinfos_model::category::{energy, water};
use proptest::prelude::*;

pub(crate) fn read(mapping: &Mapping, text: &[u8]) -> (Read, Option<Batch>) {
    mapping.check().unwrap();
    let mut batches: Vec<Batch> = Vec::new();
    let mut sink = |batch: Batch| {
        batches.push(batch);
        Ok(())
    };
    let read = read_as(&Mapped(mapping.clone()), "t.csv", &mut &*text, &mut sink).unwrap();
    for batch in &batches {
        crate::check(batch).unwrap();
    }
    (read, batches.into_iter().next())
}

fn integers(batch: &Batch, field: usize) -> Vec<i64> {
    (0..batch.rows()).filter_map(|row| batch.integer(field, row)).collect()
}

fn rejected(read: &Read) -> Vec<(u64, Option<&str>)> {
    read.rejected.iter().map(|r| (r.line.unwrap(), r.field.as_deref())).collect()
}

#[test]
fn a_statement_and_its_bad_rows() {
    let file = "Jour;Texte;Somme\n13/01/2026;CB SHOP;-1 234,50\n\n31/02/2026;X;1\n14/01/2026;VIR;abc\n14/01/2026;VIR;\n15/01/2026;SALAIRE;2.000,00\n";
    let (read, batch) = read(&of_bank(), file.as_bytes());
    let batch = batch.unwrap();
    assert_eq!(integers(&batch, bank::AMOUNT), [-123_450, 200_000]);
    assert_eq!(batch.text(bank::HOLDER, 0), Some("Ma banque"));
    assert_eq!(batch.text(bank::LABEL, 1), Some("SALAIRE"));
    assert_eq!(rejected(&read), [(4, Some("Jour")), (5, Some("Somme")), (6, Some("Somme"))]);
    assert_eq!(read.about.id, "mapped-table");
}

#[test]
fn every_way_to_write_an_amount() {
    let of = |value, file: &str| {
        let mapping = Mapping { value, label: Vec::new(), skip: 0, ..of_bank() };
        let (read, batch) = read(&mapping, file.as_bytes());
        (batch.map_or_else(Vec::new, |batch| integers(&batch, bank::AMOUNT)), read.rejected_count)
    };
    let spent = ValueColumns::Spent { column: 2 };
    assert_eq!(of(spent, "13/01/2026;5,20\n13/01/2026;-7\n"), (vec![-520, 700], 0));
    let pair = || ValueColumns::OutAndIn { out: 2, into: 3 };
    assert_eq!(
        of(
            pair(),
            "13/01/2026;5,20;\n13/01/2026;6;0\n13/01/2026;;7\n13/01/2026;0,00;8\n13/01/2026;1;1\n13/01/2026;;\n"
        ),
        (vec![-520, -600, 700, 800], 2)
    );
    let word = ValueColumns::Directed { amount: 2, direction: 3, out: "D".to_owned(), into: None };
    assert_eq!(
        of(word, "13/01/2026;5,20;d\n13/01/2026;7;C\n13/01/2026;-7;C\n13/01/2026;7;\n"),
        (vec![-520, 700], 2)
    );
}

#[test]
fn purchases_are_what_was_paid() {
    let mapping = Mapping {
        rows: RowKind::Purchase,
        value: ValueColumns::Spent { column: 3 },
        time: Some(4),
        ..of_bank()
    };
    let (read, batch) = read(
        &mapping,
        b"d;l;p;t\n13/01/2026;Shop;5,20;08:30\n14/01/2026;Shop;-2,00;9:00\n14/01/2026;Shop;2;noon\n",
    );
    let batch = batch.unwrap();
    assert_eq!(integers(&batch, purchases::AMOUNT), [520, -200]);
    assert_eq!(integers(&batch, purchases::AT)[0], 1_768_289_400, "08:30 in Paris");
    assert_eq!(integers(&batch, purchases::STATUS), [purchases::status::BOUGHT, purchases::status::RETURNED]);
    assert_eq!(rejected(&read), [(4, Some("t"))]);
}

#[test]
fn readings_of_days_half_hours_and_months() {
    let file = "Jour;kWh\n29/03/2026;12,5\n30/03/2026;7\n";
    let batch = read(&of_meter(), file.as_bytes()).1.unwrap();
    assert_eq!(integers(&batch, energy::ENERGY), [12_500_000, 7_000_000]);
    // The clocks go forward on 29 March.
    assert_eq!(integers(&batch, energy::DURATION), [23 * 3_600, 86_400]);
    let timed = Mapping { every: Some(Every::HalfHour), date_order: DateOrder::YearFirst, ..of_meter() };
    let file = "t;kWh\n2026-01-13T00:00:00+01:00;0,25\n2026-01-13 00:30;0.5\n";
    let batch = read(&timed, file.as_bytes()).1.unwrap();
    assert_eq!(integers(&batch, energy::START), [1_768_258_800, 1_768_260_600]);
    assert_eq!(integers(&batch, energy::ENERGY), [250_000, 500_000]);
    let months = Mapping { every: Some(Every::Month), ..of_meter() };
    let batch = read(&months, b"m;kWh\n01/02/2026;100\n").1.unwrap();
    assert_eq!(integers(&batch, energy::DURATION), [28 * 86_400]);
}

#[test]
fn states_of_a_register_are_differences_in_either_direction() {
    let mapping = Mapping {
        rows: RowKind::Water,
        unit: Some(ReadingUnit::CubicMetre),
        value: ValueColumns::Register { column: 2 },
        every: None,
        ..of_meter()
    };
    let forwards = "d;m3\n01/01/2026;100\n01/02/2026;110,5\n01/03/2026;110,5\n01/04/2026;9\n01/03/2026;1\n";
    let (report, batch) = read(&mapping, forwards.as_bytes());
    let batch = batch.unwrap();
    assert_eq!(integers(&batch, water::VOLUME), [10_500_000, 0]);
    assert_eq!(integers(&batch, water::DURATION)[0], 31 * 86_400);
    assert_eq!(rejected(&report), [(5, Some("m3")), (6, Some("d"))]);
    let backwards = "d;m3\n01/02/2026;110,5\n01/01/2026;100\n";
    assert_eq!(integers(&read(&mapping, backwards.as_bytes()).1.unwrap(), water::VOLUME), [10_500_000]);
    let (report, batch) = read(&mapping, b"d;m3\n01/02/2026;110,5\n");
    assert!(batch.is_none() && report.rejected_count == 1);
}

#[test]
fn an_amount_in_another_currency_is_not_one_in_this() {
    let file = "d;l;m\n13/01/2026;A;5,20 €\n13/01/2026;B;5,20 $\n13/01/2026;C;GBP 5,20\n13/01/2026;D;EUR 7\n";
    let (report, batch) = read(&of_bank(), file.as_bytes());
    assert_eq!(integers(&batch.unwrap(), bank::AMOUNT), [520, 700]);
    assert_eq!(rejected(&report), [(3, Some("m")), (4, Some("m"))]);
    let dollars = Mapping { currency: Some(CurrencyColumn::Is("USD".to_owned())), ..of_bank() };
    assert_eq!(read(&dollars, file.as_bytes()).0.rejected_count, 3);
}

#[test]
fn a_third_word_of_direction_is_not_money_that_comes_in() {
    let value = ValueColumns::Directed { amount: 2, direction: 3, out: "débit".to_owned(), into: None };
    let mapping = Mapping { value, label: Vec::new(), skip: 0, ..of_bank() };
    let file = "13/01/2026;5;DÉBIT\n13/01/2026;7;Crédit\n13/01/2026;9;Annulé\n13/01/2026;8;CRÉDIT\n";
    let (report, batch) = read(&mapping, file.as_bytes());
    assert_eq!(integers(&batch.unwrap(), bank::AMOUNT), [-500, 700, 800]);
    assert_eq!(rejected(&report), [(3, Some("3"))]);
}

#[test]
fn the_hour_that_is_there_twice_is_two_hours() {
    let file = "t;kWh\n25/10/2026 01:00;1\n25/10/2026 02:00;2\n25/10/2026 02:00;3\n25/10/2026 03:00;4\n";
    let mapping = Mapping { every: Some(Every::Hour), ..of_meter() };
    let starts = integers(&read(&mapping, file.as_bytes()).1.unwrap(), energy::START);
    assert!(starts.windows(2).all(|pair| pair[1] - pair[0] == 3_600), "{starts:?}");
    let register = Mapping { value: ValueColumns::Register { column: 2 }, every: None, ..of_meter() };
    let (report, batch) = read(&register, file.as_bytes());
    assert_eq!((report.rejected_count, integers(&batch.unwrap(), energy::DURATION)), (0, vec![3_600; 3]));
}

fn reasons(read: &Read) -> Vec<(u64, &'static str)> {
    read.rejected.iter().map(|r| (r.line.unwrap(), r.reason.name())).collect()
}

/// Amounts of a bank table, and the reasons of what was rejected.
fn amounts(mapping: &Mapping, rows: &str) -> (Vec<i64>, Vec<(u64, &'static str)>) {
    let (report, batch) = read(mapping, format!("Jour;Texte;Somme\n{rows}").as_bytes());
    (batch.map_or_else(Vec::new, |batch| integers(&batch, bank::AMOUNT)), reasons(&report))
}

#[test]
fn letters_beside_an_amount_are_a_currency_or_a_mark_or_cost_the_row() {
    let rows = [
        "5,00 DB",
        "5,00 CR",
        "5,00 BTC",
        "5,00 FCFA",
        "5,00 points",
        "1 2 3",
        "31.12.2026",
        "1,2,3",
        "-5,00 CR",
    ]
    .map(|amount| format!("13/01/2026;A;{amount}\n"))
    .concat();
    let (found, rejected) = amounts(&of_bank(), &rows);
    assert_eq!(found, [-500, 500]);
    let reason = |line| (line, if line == 10 { "SignOfItsOwn" } else { "NotAnAmountOf" });
    assert_eq!(rejected, (4..=10).map(reason).collect::<Vec<_>>());
    // A mark takes the place of a sign whatever a number without one is.
    let spent = Mapping { value: ValueColumns::Spent { column: 3 }, ..of_bank() };
    assert_eq!(
        amounts(&spent, "13/01/2026;A;5,00 DB\n13/01/2026;A;5,00 CR\n13/01/2026;A;5,00\n").0,
        [-500, 500, -500]
    );
    let cents = Mapping { in_cents: true, ..of_bank() };
    assert_eq!(
        amounts(&cents, "13/01/2026;A;-1250\n13/01/2026;A;-12,5\n"),
        (vec![-1_250], vec![(3, "NotAnAmountOf")])
    );
}

#[test]
fn a_mark_agrees_with_the_columns() {
    let pair = Mapping { value: ValueColumns::OutAndIn { out: 2, into: 3 }, label: Vec::new(), ..of_bank() };
    let rows = "13/01/2026;5,00 DR;\n13/01/2026;5,00 CR;\n13/01/2026;;7,00 CR\n13/01/2026;;7,00 DR\n";
    assert_eq!(amounts(&pair, rows), (vec![-500, 700], vec![(3, "SignOfItsOwn"), (5, "SignOfItsOwn")]));
    let value = ValueColumns::Directed { amount: 3, direction: 2, out: "D".to_owned(), into: None };
    let word = Mapping { value, label: Vec::new(), ..of_bank() };
    let rows = "13/01/2026;D;5,00 DR\n13/01/2026;D;5,00 CR\n13/01/2026;C;5,00\n";
    assert_eq!(amounts(&word, rows), (vec![-500, 500], vec![(3, "SignOfItsOwn")]));
}

#[test]
fn a_sign_in_a_column_of_one_way_is_that_of_all_or_costs_the_row() {
    let pair = Mapping { value: ValueColumns::OutAndIn { out: 2, into: 3 }, label: Vec::new(), ..of_bank() };
    let negative =
        "13/01/2026;-5,00;\n13/01/2026;-6,00;\n13/01/2026;7,00;\n13/01/2026;;8,00\n13/01/2026;;-9,00\n";
    assert_eq!(
        amounts(&pair, negative),
        (vec![-500, -600, 800], vec![(4, "SignOfItsOwn"), (6, "SignOfItsOwn")])
    );
    // Money that was given back, in a column without signs.
    let positive = "13/01/2026;5,00;\n13/01/2026;-6,00;\n";
    assert_eq!(amounts(&pair, positive), (vec![-500], vec![(3, "SignOfItsOwn")]));
}

#[test]
fn currencies_and_years_are_those_that_exist() {
    let codes = Mapping {
        currency: Some(CurrencyColumn::In(3)),
        value: ValueColumns::Signed { column: 2 },
        label: Vec::new(),
        ..of_bank()
    };
    let rows = "13/01/2026;5,00;EUR\n13/01/2026;5,00;ZZZ\n13/01/2026;5,00;BTC\n13/01/2026;5;JPY\n13/01/2026;5,00 £;EUR\n";
    let wrong = vec![(3, "NotACurrency"), (4, "NotACurrency"), (6, "NotAnAmountOf")];
    assert_eq!(amounts(&codes, rows), (vec![500, 5], wrong));
    let rows = "01/01/0001;A;1\n31/12/9999;A;1\n31/12/1899;A;1\n01/01/1900;A;1\n";
    let wrong: Vec<(u64, &str)> = (2..=4).map(|line| (line, "DateOutOfBounds")).collect();
    assert_eq!(amounts(&of_bank(), rows), (vec![100], wrong));
    let timed = Mapping { every: Some(Every::Hour), date_order: DateOrder::YearFirst, ..of_meter() };
    let (report, _) = read(&timed, b"t;kWh\n9999-01-01T00:00:00Z;1\n0001-01-01 00:00;1\n");
    assert_eq!(reasons(&report), [(2, "DateOutOfBounds"), (3, "DateOutOfBounds")]);
}

#[test]
fn a_decimal_comma_without_quotation_marks_costs_the_row() {
    let mapping = Mapping { delimiter: ',', ..of_bank() };
    for header in ["Date,Label,Amount\n", "Jour,Texte,Somme\n"] {
        let file = format!(
            "{header}13/01/2026,A,-5,20\n13/01/2026,A,\"-5,20\"\n13/01/2026,A,-6.20,,\n13/01/2026,A,-7.20\n"
        );
        let (report, batch) = read(&mapping, file.as_bytes());
        assert_eq!(integers(&batch.unwrap(), bank::AMOUNT), [-520, -620, -720]);
        assert_eq!(report.rejected[0].reason, Reason::columns("3", "4"));
        assert_eq!(reasons(&report), [(2, "Columns")]);
    }
    // Without a header, the first row says how many there are; a line above the rows does not.
    let bare = Mapping { skip: 1, ..mapping };
    let (report, batch) = read(&bare, b"Compte 12\n13/01/2026,A,-6.20\n13/01/2026,A,-5,20\n");
    assert_eq!(
        (integers(&batch.unwrap(), bank::AMOUNT), reasons(&report)),
        (vec![-620], vec![(3, "Columns")])
    );
}

#[test]
fn a_quotation_mark_that_does_not_end_costs_its_row() {
    let rows = "13/01/2026;\"A;-1,00\n14/01/2026;B;-2,00\n15/01/2026;\"C\";-3,00\n16/01/2026;\"D\nE\";-4,00\n17/01/2026;F;\"-5,00\n";
    let (report, batch) = read(&of_bank(), format!("Jour;Texte;Somme\n{rows}").as_bytes());
    let batch = batch.unwrap();
    assert_eq!(integers(&batch, bank::AMOUNT), [-200, -300, -400]);
    assert_eq!(reasons(&report), [(2, "QuoteNotClosed"), (7, "QuoteNotClosed")]);
    assert_eq!(batch.text(bank::LABEL, 2), Some("D E"));
}

#[test]
fn every_row_is_read_or_rejected() {
    let file = "Compte 12;;\nDate;Libellé;Montant\nen attente;CARTE;-1,00\n13/01/2026;CARTE;\n13/01/2026;CARTE;-2,00\n14/01/2026;VIR;3,00\nTotal;;1,00\nSolde final;;100,00\n;;\n14/01/2026;Total général;1,00\n14/01/2026;TOTAL;-9,00\n15/01/2026;A;-1,00\n15/01/2026;B;-1,00\n15/01/2026;C;-1,00\n15/01/2026;D;-1,00\n";
    let (head, input) = Head::take(file.as_bytes()).unwrap();
    let found = probe(Input::new(&head, input)).unwrap().unwrap();
    assert_eq!((found.guess.skip, found.counted), (2, 12));
    let mapping = Mapping { skip: found.guess.skip, ..of_bank() };
    let (report, batch) = read(&mapping, file.as_bytes());
    assert_eq!(integers(&batch.unwrap(), bank::AMOUNT), [-200, 300, -900, -100, -100, -100, -100]);
    assert_eq!(
        reasons(&report),
        [(3, "NotADate"), (4, "NoAmount"), (7, "NotADate"), (8, "NotADate"), (10, "NotAMovement")]
    );
    assert_eq!(report.rows + report.rejected_count, found.counted);
}

#[test]
fn rows_of_two_accounts_are_two_rows() {
    let mapping = Mapping { account: Some(4), ..of_bank() };
    let file = "d;l;m;c\n13/01/2026;FRAIS;-2,00;0012\n13/01/2026;FRAIS;-2,00;0013\n13/01/2026;FRAIS;-2,00;\n";
    let batch = read(&mapping, file.as_bytes()).1.unwrap();
    let accounts: Vec<_> = (0..3).map(|row| batch.text(bank::ACCOUNT, row)).collect();
    assert_eq!(accounts, [Some("0012"), Some("0013"), None]);
}

#[test]
fn purchases_of_two_shops_are_two_purchases() {
    let mapping = Mapping {
        rows: RowKind::Purchase,
        value: ValueColumns::Spent { column: 3 },
        currency: Some(CurrencyColumn::In(4)),
        ..of_bank()
    };
    let rows = "13/01/2026;A;5,20;EUR\n13/01/2026;B;5,20;EUR\n13/01/2026;A;5,20;USD\n13/01/2026;A;5,20;EUR\n";
    let batch = read(&mapping, format!("d;l;m;c\n{rows}").as_bytes()).1.unwrap();
    let receipt = |row| batch.text(purchases::RECEIPT, row).unwrap();
    assert!(receipt(0) != receipt(1) && receipt(0) != receipt(2) && receipt(1) != receipt(2));
    assert_eq!(receipt(0), receipt(3), "the same twice, as in two files that overlap");
}

#[test]
fn readings_of_two_registers_are_not_added_up() {
    // One instant, two registers, and no column says which is which.
    let file = "Jour;kWh;r\n13/01/2026;5;HP\n13/01/2026;5;HC\n14/01/2026;6;HP\n14/01/2026;7;HC\n";
    let (report, batch) = read(&of_meter(), file.as_bytes());
    assert_eq!(integers(&batch.unwrap(), energy::ENERGY), [5_000_000, 6_000_000]);
    assert_eq!(reasons(&report), [(3, "ReadingsOverlap"), (5, "ReadingsOverlap")]);
    let named = Mapping { account: Some(3), ..of_meter() };
    let (report, batch) = read(&named, file.as_bytes());
    let batch = batch.unwrap();
    assert_eq!((integers(&batch, energy::ENERGY).len(), report.rejected_count), (4, 0));
    assert_ne!(batch.text(energy::SERIES, 0), batch.text(energy::SERIES, 1));
    assert_eq!(batch.text(energy::METER, 1), Some("HC"));
    // Half-hours that were said to be days.
    let days = Mapping { every: Some(Every::Day), ..of_meter() };
    let file = "t;kWh\n13/01/2026 00:00;1\n13/01/2026 00:30;1\n13/01/2026 01:00;1\n14/01/2026 00:00;1\n";
    let (report, batch) = read(&days, file.as_bytes());
    assert_eq!((integers(&batch.unwrap(), energy::ENERGY).len(), report.rejected_count), (2, 2));
    // The newest first.
    let file = "t;kWh\n15/01/2026;1\n14/01/2026;1\n13/01/2026;1\n14/01/2026;1\n";
    assert_eq!(reasons(&read(&of_meter(), file.as_bytes()).0), [(5, "ReadingsOverlap")]);
}

#[test]
fn states_are_those_of_one_register() {
    let mapping = Mapping {
        rows: RowKind::Water,
        unit: Some(ReadingUnit::CubicMetre),
        value: ValueColumns::Register { column: 2 },
        every: None,
        account: Some(3),
        ..of_meter()
    };
    let file =
        "d;m3;c\n01/01/2026;100;A\n01/01/2026;900;B\n01/02/2026;110;A\n01/02/2026;903;B\n01/02/2026;7;C\n";
    let (report, batch) = read(&mapping, file.as_bytes());
    assert_eq!(integers(&batch.unwrap(), water::VOLUME), [10_000_000, 3_000_000]);
    assert_eq!(reasons(&report), [(6, "OnlyState")]);
    let one = Mapping { account: None, ..mapping };
    let (report, _) = read(&one, file.as_bytes());
    assert_eq!(reasons(&report), [(3, "StateTwice"), (5, "StateTwice"), (6, "StateTwice")]);
    let (report, _) = read(&of_meter(), b"d;kWh\n13/01/2026;-5\n14/01/2026;1 2 3\n");
    assert_eq!(reasons(&report), [(2, "Negative"), (3, "NotANumberOf")]);
}

#[test]
fn meters_without_number_are_refused() {
    let mapping = Mapping { account: Some(3), ..of_meter() };
    let rows: String = (0..2_000).map(|meter| format!("13/01/2026;1;{meter}\n")).collect();
    let file = format!("d;kWh;c\n{rows}");
    let done = read_as(&Mapped(mapping), "t.csv", &mut file.as_bytes(), &mut |_: Batch| Ok(()));
    assert!(matches!(done, Err(crate::IntakeError::TooLarge { .. })), "{done:?}");
}

#[test]
fn what_follows_a_date_is_a_time_or_costs_the_row() {
    let mapping = Mapping { every: Some(Every::HalfHour), ..of_meter() };
    let file = "t;kWh\n13/01/2026 02:30 PM;1\n13/01/2026 15h30;1\n13/01/2026 25:00;1\n13/01/2026;1\n";
    let (report, batch) = read(&mapping, file.as_bytes());
    assert_eq!(integers(&batch.unwrap(), energy::START), [1_768_311_000, 1_768_258_800]);
    assert_eq!(reasons(&report), [(3, "NotATime"), (4, "NotATime")]);
}

#[test]
fn a_word_that_is_no_pair_with_the_other_is_not_money_that_comes_in() {
    let directed = |out: &str, into: Option<&str>| {
        let (out, into) = (out.to_owned(), into.map(str::to_owned));
        Mapping {
            value: ValueColumns::Directed { amount: 3, direction: 2, out, into },
            label: Vec::new(),
            ..of_bank()
        }
    };
    let rows = "13/01/2026;Annulé;1,00\n13/01/2026;Débit;2,00\n13/01/2026;Crédit;3,00\n";
    assert_eq!(amounts(&directed("débit", None), rows), (vec![-200, 300], vec![(2, "NotOneOf")]));
    assert_eq!(amounts(&directed("débit", Some("annulé")), rows), (vec![100, -200], vec![(4, "NotOneOf")]));
    // Words that nobody knows: the first other one.
    let rows = "13/01/2026;achat;1,00\n13/01/2026;avoir;2,00\n13/01/2026;rejet;3,00\n";
    assert_eq!(amounts(&directed("achat", None), rows), (vec![-100, 200], vec![(4, "NotOneOf")]));
}

#[test]
fn hostile_tables_end_in_rows_or_reasons() {
    for file in [
        &b"a;b;c\n13/01/2026;\"x;1\n"[..],
        b"a;b;c\n13/01/2026;x;99999999999999999999\n",
        b"a;b;c\n13/01/2026;x;-9223372036854775808\n13/01/2026;=1+1;1\n",
        b"\xff\xfe\0;",
        b"",
    ] {
        let _ = read(&of_bank(), file);
        let _ = read(&Mapping { value: ValueColumns::Spent { column: 3 }, ..of_bank() }, file);
    }
}

proptest! {
    /// What a table with a random layout says is what comes back, by the guess and the answers.
    #[test]
    fn a_written_table_comes_back(
        rows in prop::collection::vec((0_i32..20_000, -9_999_999_i64..9_999_999, "[A-Z]{3,9}"), 1..40),
        delimiter in prop::sample::select(vec![';', ',', '\t', '|']),
        comma in any::<bool>(),
        order in prop::sample::select(vec![DateOrder::YearFirst, DateOrder::DayFirst, DateOrder::MonthFirst]),
        has_header in any::<bool>(),
        has_short_year in any::<bool>(),
        value in prop::sample::select(vec![
            ValueColumns::Signed { column: 3 },
            ValueColumns::Spent { column: 3 },
            ValueColumns::OutAndIn { out: 3, into: 4 },
            ValueColumns::Directed { amount: 3, direction: 4, out: "D".to_owned(), into: None },
        ]),
    ) {
        let mut rows = rows;
        if has_short_year {
            // Only then the order in which rows stand tells nothing wrong about years.
            rows.sort_unstable();
        }
        let written = |amount: i64| {
            let sign = if amount < 0 { "-" } else { "" };
            let mark = if comma { ',' } else { '.' };
            let text = format!("{sign}{}{mark}{:02}", amount.abs() / 100, amount.abs() % 100);
            if text.contains(delimiter) { format!("\"{text}\"") } else { text }
        };
        let cells = |amount: i64| match &value {
            ValueColumns::Spent { .. } => written(-amount),
            ValueColumns::OutAndIn { .. } if amount < 0 => format!("{}{delimiter}", written(-amount)),
            ValueColumns::OutAndIn { .. } => format!("{delimiter}{}", written(amount)),
            ValueColumns::Directed { .. } => {
                format!("{}{delimiter}{}", written(amount.abs()), if amount < 0 { "D" } else { "C" })
            }
            _ => written(amount),
        };
        let date = |day: i32| {
            let date = Day(day).civil();
            let (day, month) = (format!("{:02}", date.day()), format!("{:02}", date.month()));
            let year = if has_short_year { format!("{:02}", date.year() % 100) } else { date.year().to_string() };
            match order {
                DateOrder::YearFirst => format!("{year}-{month}-{day}"),
                DateOrder::DayFirst => format!("{day}/{month}/{year}"),
                DateOrder::MonthFirst => format!("{month}/{day}/{year}"),
            }
        };
        let names = match &value {
            ValueColumns::OutAndIn { .. } => vec!["Date", "Label", "Debit", "Credit"],
            ValueColumns::Directed { .. } => vec!["Date", "Label", "Amount", "D/C"],
            _ => vec!["Date", "Label", "Amount"],
        };
        let mut file = if has_header { names.join(&delimiter.to_string()) + "\n" } else { String::new() };
        for (day, amount, label) in &rows {
            file.push_str(&format!("{}{delimiter}{label}{delimiter}{}\n", date(*day), cells(*amount)));
        }
        let (head, input) = Head::take(file.as_bytes()).unwrap();
        let probe = probe(Input::new(&head, input)).unwrap().unwrap();
        // The person answers what is open, and says what the guess may not know.
        let settled = probe.guess.date_order;
        let mapping = Mapping {
            holder: "H".to_owned(),
            date_order: order,
            label: vec![2],
            value,
            currency: Some(CurrencyColumn::Is("EUR".to_owned())),
            ..probe.guess
        };
        prop_assert_eq!((mapping.delimiter, mapping.date, mapping.skip), (delimiter, 1, u16::from(has_header)));
        if !probe.open.contains(&super::super::Open::DateOrder) {
            prop_assert_eq!(settled, order, "settled, and wrong");
        }
        let (report, batch) = read(&mapping, file.as_bytes());
        prop_assert_eq!(report.rejected_count, 0);
        let batch = batch.unwrap();
        let expected: Vec<(i64, i64)> = rows.iter().map(|(day, amount, _)| (i64::from(*day), *amount)).collect();
        let mut found: Vec<(i64, i64)> =
            integers(&batch, bank::BOOKED_ON).into_iter().zip(integers(&batch, bank::AMOUNT)).collect();
        let mut expected = expected;
        found.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (head, input) = Head::take(&*bytes).unwrap();
        let _ = probe(Input::new(&head, input));
        let _ = read(&of_bank(), &bytes);
    }
}
