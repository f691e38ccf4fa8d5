//! Tables that no format knows, written anew with invented values after public reports of people whose importer could not
//! read theirs. Each test names its source. The guess is taken as it is, but for what it says that it does not know.

use super::super::probe::tests::probed;
use super::super::{DateOrder, DecimalMark, Open};
use super::tests::read;
use super::*;

/// The guess, what is open of it, and what comes of the table by the guess and the answers.
fn came(bytes: &[u8], answers: impl FnOnce(&mut Mapping)) -> (Mapping, Vec<Open>, Vec<(String, i64)>) {
    let probe = probed(bytes).unwrap();
    let mut mapping = Mapping { holder: "H".to_owned(), ..probe.guess.clone() };
    answers(&mut mapping);
    let (read, batch) = read(&mapping, bytes);
    assert_eq!(read.rejected_count, 0, "{:?}", read.rejected);
    let batch = batch.unwrap();
    let row = |row| (batch.day(row).unwrap().to_string(), batch.integer(bank::AMOUNT, row).unwrap());
    (probe.guess, probe.open, (0..batch.rows()).map(row).collect())
}

fn rows<const N: usize, D: Into<String>>(rows: [(D, i64); N]) -> Vec<(String, i64)> {
    rows.into_iter().map(|(day, amount)| (day.into(), amount)).collect()
}

/// S and H, Soll and Haben: <https://github.com/firefly-iii/firefly-iii/issues/2835>
#[test]
fn a_letter_in_a_column_of_its_own_says_which_way() {
    let (_, open, came) = came(
        "Buchungstag;Wertstellung;Name;Text;Währung;Umsatz;S/H\n01.10.2019;01.10.2019;Doe;LOHN;EUR;1.337,00;H\n\
         02.10.2019;02.10.2019;Laden;X;EUR;13,37;S\n23.10.2019;23.10.2019;Laden;Y;EUR;5,00;S\n"
            .as_bytes(),
        |_| {},
    );
    assert!(open.is_empty(), "{open:?}");
    assert_eq!(came, rows([("2019-10-01", 133_700), ("2019-10-02", -1_337), ("2019-10-23", -500)]));
}

/// Days and months of one digit, and a word beside a positive amount: <https://github.com/firefly-iii/firefly-iii/issues/2031>
#[test]
fn a_word_beside_the_amount_is_asked_about_and_kept() {
    let (guess, open, came) = came(
        b"\"Boekdatum\",\"Rekeningnummer\",\"Bedrag\",\"Debet / Credit\",\"Naam tegenrekening\",\"Code\",\"Omschrijving\"\n\
          \"12-1-2019\",\"NL01\",\"1.005,00\",\"Debet\",\"Huur\",\"ET\",\"huur\"\n\"25-1-2019\",\"NL01\",\"2.105,50\",\"Credit\",\"Werk\",\"ET\",\"loon\"\n",
        |_| {},
    );
    assert!(open.contains(&Open::Direction) && open.contains(&Open::Currency), "{open:?}");
    assert_eq!((guess.date_order, guess.decimal), (DateOrder::DayFirst, DecimalMark::Comma));
    assert_eq!(came, rows([("2019-01-12", -100_500), ("2019-01-25", 210_550)]));
}

/// Bars between the columns, D and K: <https://github.com/aniav/ynab-csv/issues/79>
#[test]
fn bars_between_columns_and_letters_of_another_language() {
    let (guess, open, came) = came(
        b"Account|Type|Date|Payee|Details|Amount|Currency|D/K|Id\nLT8888|20|2024-01-01|SHOP|PIRKINYS|13.44|EUR|D|2024010100525747\n\
          LT8888|20|2024-01-03|WORK|ALGA|900.00|EUR|K|2024010100525748\n",
        |_| {},
    );
    assert!(open.contains(&Open::Direction), "{open:?}");
    assert_eq!(guess.currency, Some(CurrencyColumn::In(7)));
    assert_eq!(came, rows([("2024-01-01", -1_344), ("2024-01-03", 90_000)]));
}

/// Both columns without a sign, the credit first, and a zero in the other one:
/// <https://github.com/buckets/application/issues/790>, <https://github.com/TheAxelander/OpenBudgeteer/issues/53>
#[test]
fn a_zero_in_the_other_column_is_no_movement() {
    let (_, open, came) = came(
        b"Date,Credit,Debit,Memo\n2022-01-01,54.00,0,A\n2022-01-02,0,56.00,B\n2022-01-03,0.00,1.00,C\n",
        |_| {},
    );
    assert_eq!(open, [Open::Currency]);
    assert_eq!(came, rows([("2022-01-01", 5_400), ("2022-01-02", -5_600), ("2022-01-03", -100)]));
}

/// A card: what is bought has no sign, what is paid back has one. <https://github.com/afaneca/myfin/issues/571>
#[test]
fn the_signs_of_a_card_are_asked_about() {
    let file =
        b"Transaction Date,Post Date,Description,Amount,Category\n02/20/2026,02/20/2026,TREE,8.01,Shop\n\
        02/20/2026,02/22/2026,BEALLS,-52.42,Credits\n02/19/2026,02/19/2026,CVS,25.24,Shop\n";
    let (guess, open, came) = came(file, |mapping| mapping.value = ValueColumns::Spent { column: 4 });
    assert!(open.contains(&Open::Sign), "{open:?}");
    assert_eq!(guess.date_order, DateOrder::MonthFirst);
    assert_eq!(came, rows([("2026-02-20", -801), ("2026-02-20", 5_242), ("2026-02-19", -2_524)]));
}

/// Months by name, in capitals: nothing is to be asked. <https://github.com/buckets/application/issues/573>
#[test]
fn months_in_capitals_settle_the_order_of_dates() {
    for month in ["OCT", "SEPT", "AUGUST", "NOV"] {
        let file = format!(
            "Date,Description,Transfer,Balance\n01 {month} 2021,Interest received,$9.99,$999.99\n10 {month} 2021,E-Transfer,-$99,$900.99\n\
             11 {month} 2021,Shop,-$1,$899.99\n"
        );
        let dollars = |mapping: &mut Mapping| mapping.currency = Some(CurrencyColumn::Is("USD".to_owned()));
        let (_, open, came) = came(file.as_bytes(), dollars);
        assert!(!open.contains(&Open::DateOrder), "{month}: {open:?}");
        let amounts: Vec<i64> = came.iter().map(|(_, amount)| *amount).collect();
        assert_eq!(amounts, [999, -9_900, -100]);
    }
    // The T of a time is no month.
    let (guess, ..) =
        came(b"Date,Text,Amount\n2021-02-03T10:00:00,A,-1.00\n2021-02-04T10:00:00,B,-2.00\n", |_| {});
    assert_eq!(guess.date_order, DateOrder::YearFirst);
}

/// UTF-16, and years first with points: <https://github.com/actualbudget/actual/issues/6327>
#[test]
fn a_table_in_utf_16() {
    let text = "Könyvelés dátuma,Összeg,Pénznem,Közlemény\n2025.12.01,-1500,HUF,Bolt\n2025.12.02,-2500,HUF,Őrség\n2025.12.13,250000,HUF,Fizetés\n";
    let bytes: Vec<u8> =
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let (guess, _, came) = came(&bytes, |_| {});
    assert_eq!(guess.currency, Some(CurrencyColumn::In(3)));
    assert_eq!(came, rows([("2025-12-01", -150_000), ("2025-12-02", -250_000), ("2025-12-13", 25_000_000)]));
}

/// Lines that are no table above it: <https://github.com/firefly-iii/firefly-iii/issues/1286>
#[test]
fn lines_above_the_table_are_passed_over() {
    let (guess, _, came) = came(
        "Meine Bank\nKonto: 12\nZeitraum 1. bis 31. Januar\n\nBuchung;Text;Betrag (EUR)\n13/01/2026;A;-1,00\n14/01/2026;B;-2,00\n".as_bytes(),
        |_| {},
    );
    // Lines that are empty are not counted.
    assert_eq!(guess.skip, 4);
    assert_eq!(came, rows([("2026-01-13", -100), ("2026-01-14", -200)]));
}
