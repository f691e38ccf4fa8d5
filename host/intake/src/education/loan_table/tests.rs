use super::*;
use crate::{IntakeError, Rejected, read_all};
use mesinfos_model::Batch;

const HEADER: &str = "N°;Date d'échéance;Échéance;Capital amorti;Intérêts;Assurance;Capital restant dû";

fn read(text: &str) -> (Batch, Vec<Rejected>) {
    let (mut reads, mut batches) = read_all(text.as_bytes()).unwrap();
    let read = reads.remove(0);
    assert_eq!(read.about.id, "loan-table-csv");
    (batches.remove(0), read.rejected)
}

fn refused(text: &str) -> Reason {
    match read_all(text.as_bytes()) {
        Err(IntakeError::Malformed { reason, .. }) => reason,
        other => panic!("{other:?}"),
    }
}

fn sample(name: &str) -> Batch {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name);
    let (mut reads, mut batches) = read_all(&std::fs::read(path).unwrap()).unwrap();
    let read = reads.remove(0);
    assert!(read.about.id.starts_with("loan-table") && read.rejected.is_empty(), "{:?}", read.rejected);
    batches.remove(0)
}

fn on(text: &str) -> Option<i64> {
    time::days(text, "ymd")
}

/// The row of the loan, and those of its instalments.
fn rows_of(batch: &Batch) -> (usize, Vec<usize>) {
    let is = |row: &usize, code| batch.integer(education::ROW, *row) == Some(code);
    let loans: Vec<usize> = (0..batch.rows()).filter(|at| is(at, row::LOAN)).collect();
    assert_eq!(loans.len(), 1);
    (loans[0], (0..batch.rows()).filter(|at| is(at, row::INSTALMENT)).collect())
}

#[test]
fn a_table_with_a_deferral() {
    let batch = sample("loan-table-csv.csv");
    let (loan, instalments) = rows_of(&batch);
    let number = |field, row| batch.integer(field, row);
    assert_eq!(instalments.len(), 12);
    assert_eq!(batch.text(education::LOAN_TYPE, loan), Some("Prêt étudiant"));
    assert_eq!(batch.text(education::SERVICER, loan), Some("Banque Exemple"));
    assert_eq!(batch.text(education::RATE_KIND, loan), Some("fixe"));
    assert_eq!((number(education::AMOUNT, loan), number(education::RATE, loan)), (Some(600_000), Some(110)));
    assert_eq!(
        (number(education::START, loan), number(education::END, loan)),
        (on("2024-09-05"), on("2025-09-05"))
    );
    // Of 20 January 2025: the instalment of the 5th is behind, the next one is that of February.
    assert_eq!(
        (number(education::PRINCIPAL, loan), number(education::BALANCE_ON, loan)),
        (Some(533_577), on("2025-01-05"))
    );
    assert_eq!(
        (number(education::PAYMENT, loan), number(education::INSURANCE, loan)),
        (Some(67_123), Some(150))
    );
    let first = instalments[0];
    assert_eq!(
        (number(education::START, first), number(education::PAYMENT, first)),
        (on("2024-10-05"), Some(700))
    );
    assert_eq!(number(education::REMAINING, first), Some(600_000), "nothing is repaid in the deferral");
    assert_eq!(number(education::REMAINING, instalments[11]), Some(0));
    for at in 0..batch.rows() {
        assert_eq!(batch.text(education::LOAN, at), batch.text(education::LOAN, 0), "one loan");
        assert_eq!(batch.text(education::CURRENCY, at), Some("EUR"));
        for field in 0..batch.schema().fields.len() {
            assert!(
                batch.text(field, at).is_none_or(|text| !text.contains("Jeanne")),
                "who it is, is not kept"
            );
        }
    }
}

#[test]
fn a_workbook_says_the_same() {
    let (text, book) = (sample("loan-table-csv.csv"), sample("loan-table-xlsx.xlsx"));
    let ((loan, of_text), (same, of_book)) = (rows_of(&text), rows_of(&book));
    assert_eq!(of_text.len(), of_book.len());
    for (one, other) in of_text.into_iter().zip(of_book).chain([(loan, same)]) {
        for field in [
            education::START,
            education::PAYMENT,
            education::INSURANCE,
            education::REMAINING,
            education::RATE,
            education::AMOUNT,
            education::PRINCIPAL,
            education::BALANCE_ON,
            education::END,
        ] {
            assert_eq!(text.integer(field, one), book.integer(field, other), "{field}");
        }
    }
    assert_eq!(book.text(education::LOAN_TYPE, same), Some("Prêt étudiant garanti par l'État"));
}

#[test]
fn what_remains_before_an_instalment_is_lessened_by_it() {
    let batch = sample("loan-table-csv--before.csv");
    let (loan, instalments) = rows_of(&batch);
    assert_eq!(batch.integer(education::REMAINING, instalments[0]), Some(533_577));
    assert_eq!(batch.integer(education::AMOUNT, loan), Some(600_000));
    assert_eq!(batch.text(education::LOAN, loan), Some("crédit étudiant/2025-01-05"));
    assert_eq!(batch.integer(education::RATE, loan), None, "an unknown rate is missing");
}

#[test]
fn insurance_is_counted_once() {
    let of = |header: &str, row: &str| {
        let (batch, rejected) = read(&format!("Prêt étudiant\n{header}\n{row}\n{row}\n"));
        assert_eq!(rejected.len(), 0, "{rejected:?}");
        batch.integer(education::PAYMENT, rows_of(&batch).1[0])
    };
    assert_eq!(of(HEADER, "1;05/10/2024;102,00;100,00;0,50;1,50;900,00"), Some(10_200), "it is within");
    assert_eq!(of(HEADER, "1;05/10/2024;100,50;100,00;0,50;1,50;900,00"), Some(10_200), "it comes on top");
    assert_eq!(
        of(HEADER, "1;05/10/2024;;100,00;0,50;1,50;900,00"),
        Some(10_200),
        "the parts make the payment"
    );
    let hors = "Date;Mensualité hors assurance;Intérêts;Assurance;Capital restant dû";
    assert_eq!(of(hors, "05/10/2024;100,50;0,50;1,50;900,00"), Some(10_200));
}

#[test]
fn bad_rows_are_told_and_good_ones_kept() {
    let (batch, rejected) = read(&format!(
        "Prêt étudiant\n{HEADER}\n1;05/10/2024;102,00;100,00;0,50;1,50;900,00\n2;31/02/2025;1;1;1;1;1\n3;05/12/2024;many;1;1;1;1\n4;05/01/2025;102,00;100,00;0,50;1,50;\n5;05/02/2025;-3;1;1;1;1\n{HEADER}\n6;05/03/2025;102,00;100,00;0,50;1,50;500,00\nTotal;;204,00\n",
    ));
    assert_eq!(rows_of(&batch).1.len(), 2);
    let told: Vec<_> = rejected.iter().map(|it| (it.line.unwrap(), it.field.as_deref().unwrap())).collect();
    assert_eq!(told, [(4, "Date d'échéance"), (5, "Échéance"), (6, "Capital restant dû"), (7, "Échéance")]);
}

#[test]
fn only_a_loan_for_studies_has_a_place() {
    let row = "1;05/10/2024;102,00;100,00;0,50;1,50;900,00";
    let table = |above: &str| format!("{above}\n{HEADER}\n{row}\n{row}\n");
    assert_eq!(refused(&table("Tableau d'amortissement")), Reason::LoanNotNamed);
    for other in
        ["Prêt immobilier n° 123", "Type de prêt;Prêt travaux", "Nature : prêt auto", "Prêt relais habitat"]
    {
        let Reason::NotAStudentLoan { title } = refused(&table(other)) else { panic!("{other}") };
        assert!(title.contains("rêt"), "{title}");
    }
    assert!(matches!(
        refused(&table("Prêt immobilier;profession : étudiante")),
        Reason::NotAStudentLoan { .. }
    ));
    for student in
        ["Crédit étudiant", "Objet du prêt : études", "Prêt Jeunes Étudiants;n° 12", "TYPE DE PRET;ETUDIANT"]
    {
        assert_eq!(read(&table(student)).1.len(), 0, "{student}");
    }
}

#[test]
fn tables_that_cannot_be_placed() {
    assert_eq!(refused(&format!("Prêt étudiant\n{HEADER}\n")), Reason::NoInstalments);
    let undated = "Prêt étudiant\nMois;Mensualité;Intérêts;Capital restant dû\n1;10;1;90\n";
    assert_eq!(refused(undated), Reason::no_member("Date d'échéance"));
}

#[test]
fn other_currencies_and_rates_as_they_are_written() {
    let (batch, _) = read(&format!(
        "Prêt étudiant\nMontant du prêt : 1 000,00 CHF\nTaux nominal : 0,15\nTAEG : 9 %\n{HEADER}\n1;2024-10-05;102,00;100,00;0,50;1,50;900,00\n"
    ));
    let (loan, _) = rows_of(&batch);
    assert_eq!(batch.text(education::CURRENCY, loan), Some("CHF"));
    assert_eq!(
        (batch.integer(education::AMOUNT, loan), batch.integer(education::RATE, loan)),
        (Some(100_000), Some(15))
    );
}

#[test]
fn numbers_of_a_workbook_are_rounded_to_the_cent() {
    assert_eq!(money("131.23499999", "EUR", true), Ok(13_123));
    assert_eq!(money("131.235", "EUR", true), Ok(13_124));
    assert_eq!(money("1 131,20 €", "EUR", true), Ok(113_120));
    assert!(money("1.2.3", "EUR", true).is_err() && money("", "EUR", true).is_err());
    assert_eq!(day("45570", true), day("05/10/2024", false));
    assert_eq!((day("45570", false), day("05/10/1024", false)), (None, None));
}
