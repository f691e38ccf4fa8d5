//! Receipts of Migros' loyalty card, Cumulus.
//!
//! `Datum;Zeit;Filiale;Kassennummer;Transaktionsnummer;Artikel;Menge;Aktion;Umsatz`: each row is one line
//! of a receipt, in francs and local time. `Umsatz` is the amount paid, after the discount in `Aktion`
//! (negative). All lines with the same date, time, store, till and transaction form a receipt. Coupons
//! and points appear among the products. `Menge` is a number of pieces or, with a fraction, a weight in
//! kilograms. Migros publishes no description: the layout comes from public parsers.

use super::Wrong;
use super::receipt::{Common, Line, Receipts, local};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::number::{Mark, amount, scaled};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Columns, Head, Input};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time;
use jiff::tz::TimeZone;
use mesinfos_model::Category;
use mesinfos_model::category::purchases::{channel, kind, status, unit};

pub(crate) struct MigrosCsv;

static ABOUT: FormatInfo = FormatInfo {
    id: "migros-cumulus-csv",
    fr: "Tickets de caisse Migros (Cumulus, CSV)",
    en: "Migros receipts (Cumulus, CSV)",
    origin: "Migros",
    categories: &[Category::Purchases],
    looks_for: "a first line Datum;Zeit;Filiale;Kassennummer;Transaktionsnummer;Artikel;Menge;…;Umsatz",
    spec: "https://www.migros.ch/de/cumulus.html",
    counts: OrdinalKind::Lines,
};

/// The columns; the last but one formerly had another name.
const HEADER: [&[&str]; 9] = [
    &["Datum"],
    &["Zeit"],
    &["Filiale"],
    &["Kassennummer"],
    &["Transaktionsnummer"],
    &["Artikel"],
    &["Menge"],
    &["Aktion", "Rabatt"],
    &["Umsatz"],
];

impl Format for MigrosCsv {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let names = head.names(';');
        let has = |known: &&[&str]| known.iter().any(|name| names.contains(name));
        names.len() == HEADER.len() && HEADER.iter().all(has)
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut table = input.table(b';');
        let Some(header) = table.next()? else { return Ok(()) };
        let columns = Columns::of(header);
        // A column that is not there has no cell.
        let places = HEADER.map(|names| columns.find(names).unwrap_or(usize::MAX));
        let zone = time::zone("Europe/Zurich");
        let mut receipts = Receipts::default();
        while let Some(row) = table.next()? {
            if row.is_blank() {
                continue;
            }
            let cells = places.map(|place| row.get(place));
            let id = cells[..5].join(" ");
            let line = if row.len() == columns.len() {
                line(row.line, cells, &id, &zone)
            } else {
                Err((None, Reason::columns(HEADER.len().to_string(), row.len().to_string())))
            };
            match line {
                Ok(line) => receipts.add(&line, rows)?,
                Err((field, reason)) => {
                    receipts.spoil(&id);
                    rows.reject(row.line, field, reason);
                }
            }
        }
        receipts.finish(rows)
    }
}

/// Reads a row as a line of a receipt; on error, the wrong field and the reason.
fn line<'a>(
    ordinal: u64,
    [date, clock, store, _till, _transaction, label, count, off, paid]: [&'a str; HEADER.len()],
    id: &'a str,
    zone: &TimeZone,
) -> Result<Line<'a>, Wrong> {
    let day =
        time::day(date, "dmy").ok_or_else(|| (Some("Datum"), Reason::not_a_date(date, "31.12.2020")))?;
    let at = time::clock(clock).and_then(|clock| time::local_at(day, clock, zone));
    let at = at.ok_or_else(|| (Some("Zeit"), Reason::not_a_time(clock, "09:07:19")))?;
    let quantity = scaled(count, 3).ok_or_else(|| (Some("Menge"), Reason::not_a_quantity(count)))?;
    let francs = |text, field| amount(text, "CHF", Mark::Point).map_err(|reason| (Some(field), reason));
    let discount = if off.is_empty() { None } else { francs(off, "Aktion")?.checked_neg() };
    let amount = francs(paid, "Umsatz")?;
    let kind = kind(label, quantity, amount);
    Ok(Line {
        ordinal,
        of: Common {
            holder: "Migros",
            id,
            at: local(at),
            merchant: Some("Migros"),
            store: Some(store),
            channel: channel::STORE,
            currency: "CHF",
        },
        status: status::BOUGHT,
        label,
        kind,
        gtin: None,
        quantity: Some(quantity),
        unit: (kind == kind::PRODUCT).then_some(if quantity % 1_000 == 0 {
            unit::PIECE
        } else {
            unit::KILOGRAM
        }),
        unit_price: None,
        amount: Some(amount),
        discount,
    })
}

/// A coupon used as payment, a line about points, a discount on the whole receipt, or a product.
fn kind(label: &str, quantity: i64, amount: i64) -> i64 {
    match () {
        () if label.starts_with("Bonus-Coupon") => kind::VOUCHER,
        () if label.starts_with("CUM") => kind::OTHER,
        // Returned goods have a negative quantity.
        () if amount < 0 && quantity >= 0 => kind::DISCOUNT,
        () => kind::PRODUCT,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Totals, read_all};
    use mesinfos_model::Category;
    use mesinfos_model::category::purchases as p;
    use mesinfos_model::category::purchases::kind::{OTHER, PRODUCT, VOUCHER};

    const HEADER: &str = "Datum;Zeit;Filiale;Kassennummer;Transaktionsnummer;Artikel;Menge;Aktion;Umsatz\r\n";

    #[test]
    fn lines_make_receipts() {
        let text = format!(
            "\u{feff}{HEADER}28.08.2021;12:07:28;MM Wiedikon;254;40;Coca-Cola;1;-5.65;6.95\r\n\
             28.08.2021;12:07:28;MM Wiedikon;254;40;Bio Poulet;0.304;0;7.6\r\n\
             28.08.2021;12:07:28;MM Wiedikon;254;40;Bonus-Coupon;1;0.00;-5.00\r\n\
             28.08.2021;12:07:28;MM Wiedikon;254;40;CUMULUS Punkte;1;0.00;0.00\r\n\r\n\
             21.12.2021;12:07;MM Wiedikon;254;41;Brot;-1;0.00;-2.70\r\n"
        );
        let (reads, batches) = read_all(text.as_bytes()).unwrap();
        assert_eq!((reads[0].about.id, reads[0].rows, reads[0].rejected_count), ("migros-cumulus-csv", 7, 0));
        let batch = &batches[0];
        let column = |field: usize| (0..7).map(|row| batch.integer(field, row)).collect::<Vec<_>>();
        let (line, receipt) = (p::row::LINE, p::row::RECEIPT);
        assert_eq!(column(p::ROW), [line, line, line, line, line, receipt, receipt].map(Some));
        assert_eq!(column(p::AMOUNT), [695, 760, -500, 0, -270, 955, -270].map(Some));
        assert_eq!(column(p::DISCOUNT), [565, 0, 0, 0, 0, 565, 0].map(Some));
        assert_eq!(column(p::KIND)[..5], [PRODUCT, PRODUCT, VOUCHER, OTHER, PRODUCT].map(Some));
        assert_eq!(column(p::KIND)[5..], [None, None]);
        assert_eq!(column(p::UNIT)[..3], [Some(p::unit::PIECE), Some(p::unit::KILOGRAM), None]);
        assert_eq!(
            (batch.integer(p::AT, 0), batch.integer(p::UTC_OFFSET, 0)),
            (Some(1_630_145_248), Some(120))
        );
        assert_eq!(batch.integer(p::UTC_OFFSET, 6), Some(60));
        assert_eq!(batch.text(p::RECEIPT, 0), batch.text(p::RECEIPT, 5));
        assert_ne!(batch.text(p::RECEIPT, 0), batch.text(p::RECEIPT, 6));
        let mut totals = Totals::default();
        totals.add(batch);
        let sums: Vec<_> =
            totals.of(Category::Purchases).into_iter().map(|t| (t.of, t.unit, t.value)).collect();
        assert_eq!(sums, [("line", "CHF".to_owned(), 685), ("receipt", "CHF".to_owned(), 685)]);
    }

    #[test]
    fn a_receipt_with_a_line_that_cannot_be_read_has_no_sum() {
        let text = format!(
            "{HEADER}28.08.2021;12:07:28;MM;1;1;A;1;0;1.00\n28.08.2021;12:07:28;MM;1;1;B;1;0;free\n\
             31.04.2021;12:07:28;MM;1;2;C;1;0;1.00\n28.08.2021;12:07:28;MM;1;3\n28.08.2021;25:00;MM;1;3;C;1;0;1\n\
             28.08.2021;12:00;MM;1;3;C;;0;1\n28.08.2021;12:00;MM;1;3;C;1;99999999999999999999;1\n"
        );
        let (reads, batches) = read_all(text.as_bytes()).unwrap();
        assert_eq!((reads[0].rows, reads[0].rejected_count), (2, 6));
        assert_eq!(
            (batches[0].integer(p::ROW, 1), batches[0].integer(p::AMOUNT, 1)),
            (Some(p::row::RECEIPT), None)
        );
        let fields: Vec<_> = reads[0].rejected.iter().map(|r| r.field.as_deref()).collect();
        assert_eq!(
            fields,
            [Some("Umsatz"), Some("Datum"), None, Some("Zeit"), Some("Menge"), Some("Aktion")]
        );
    }

    #[test]
    fn receipts_in_any_order_keep_their_sum_and_memory_is_bounded() {
        let mut text =
            "Datum;Zeit;Filiale;Kassennummer;Transaktionsnummer;Artikel;Menge;Rabatt;Umsatz\n".to_owned();
        for round in 0..2 {
            for receipt in 0..100 {
                text.push_str(&format!("28.08.21;12:07;MM;1;{receipt};Artikel {round};1;0;1.00\n"));
            }
        }
        let (_, batches) = read_all(text.as_bytes()).unwrap();
        let mut totals = Totals::default();
        totals.add(&batches[0]);
        assert!(totals.of(Category::Purchases).iter().all(|total| total.value == 20_000));
    }
}
