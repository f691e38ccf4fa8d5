//! Bills, and planned or completed payments.

use super::SPEC;
use super::document::{Doc, Done, Out, day_in_france, wrong};
use super::kind::{Group, Kind};
use crate::format::FormatInfo;
use crate::ordinal_kind::OrdinalKind;
use crate::reason::Reason;
use mesinfos_model::Category;
use mesinfos_model::category::bills::{self, row, service, status};

static ABOUT: FormatInfo = FormatInfo {
    id: "mesinfos-bills-json",
    fr: "Factures et paiements du pilote MesInfos (JSON)",
    en: "Bills and payments of the MesInfos pilot (JSON)",
    origin: "MesInfos: EDF, SFR, Orange, Free…",
    categories: &[Category::Bills],
    looks_for: "a JSON array of bills with \"vendor\", \"date\", and \"type\" or \"amount\", or of \
                payment terms of EDF with \"paymentSchedules\"",
    spec: SPEC,
    counts: OrdinalKind::Entries,
};

pub(super) static GROUP: Group = Group {
    about: &ABOUT,
    kinds: &[
        Kind {
            doc_types: &["phonebill", "internetbill", "bill", "bills"],
            members: &["date"],
            pieces: &["\"vendor\""],
            read: bill,
        },
        Kind {
            doc_types: &["phonebill", "internetbill", "bill", "bills"],
            members: &[],
            pieces: &["\"amount\""],
            read: bill,
        },
        Kind { doc_types: &[], members: &["vendor", "date", "amount"], pieces: &[], read: bill },
        Kind { doc_types: &[], members: &["vendor", "type", "date"], pieces: &[], read: bill },
        Kind {
            doc_types: &["paymentterms"],
            members: &["vendor", "paymentSchedules"],
            pieces: &[],
            read: payments,
        },
    ],
};

/// Services by the words of `type`, of `docType` or of the vendor.
const SERVICES: &[(&str, i64)] = &[
    ("edf", service::ENERGY),
    ("mobile", service::TELECOM),
    ("phone", service::TELECOM),
    ("internet", service::INTERNET),
    ("energy", service::ENERGY),
    ("water", service::WATER),
    ("insurance", service::INSURANCE),
    ("health", service::HEALTH),
    ("video", service::VIDEO),
    ("taxi", service::TRANSPORT),
    ("transport", service::TRANSPORT),
];

/// A bill; some belong to no subscription (a taxi, a shop), and of some the holder gave only the paper: their amount is
/// missing.
fn bill(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let date = doc.needed("date")?;
    let Some(issued) = day_in_france(&date) else {
        return wrong("date", Reason::not_a_date(date, "2016-11-07T12:00:00.000Z"));
    };
    let amount = doc.euros("amount")?;
    let is_refund = doc.is_true("isRefund");
    let words = doc.joined(&["type", "docType", "vendor"], " ").unwrap_or_default().to_lowercase();
    let service =
        SERVICES.iter().find(|(word, _)| words.contains(word)).map_or(service::OTHER, |(_, code)| *code);
    let vendor = doc.text("vendor");
    out.push(
        Category::Bills,
        &[
            (bills::HOLDER, vendor.as_deref().into()),
            (bills::ROW, row::BILL.into()),
            (bills::BILL, doc.first(&["number", "_id"]).as_deref().into()),
            (bills::ISSUED_ON, issued.into()),
            (bills::VENDOR, vendor.as_deref().into()),
            (bills::SERVICE, service.into()),
            (bills::LABEL, doc.first(&["plan", "type"]).as_deref().into()),
            (
                bills::AMOUNT,
                amount.map(|amount| if is_refund { -amount.saturating_abs() } else { amount }).into(),
            ),
            (bills::CURRENCY, amount.map(|_| "EUR").into()),
            (bills::STATUS, is_refund.then_some(status::REFUNDED).into()),
            (bills::NUMBER, doc.text("number").as_deref().into()),
        ],
    )
}

/// The monthly payments that EDF planned, and the last one it collected. The bank account is not kept.
fn payments(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let mut planned = Vec::new();
    for payment in doc.parts("paymentSchedules") {
        let status = if payment.is_true("paid") { status::PAID } else { status::DUE };
        let day = payment
            .day("scheduleDate")
            .and_then(|day| day.map_or_else(|| wrong("scheduleDate", Reason::Missing), Ok));
        let done = day.and_then(|day| {
            let amount = payment.euros("amount")?;
            planned.push((Some(day), amount));
            push_payment(doc, out, day, Some(day), amount, status)
        });
        out.part(done)?;
    }
    let done = last_payment(doc, &planned, out);
    out.part(done)
}

/// The last payment, unless it is one of the planned ones.
fn last_payment(doc: &Doc<'_>, planned: &[(Option<i64>, Option<i64>)], out: &mut Out<'_, '_>) -> Done {
    let Some(last) = doc.part("dernierReglement") else { return Ok(()) };
    let (Some(day), amount) = (last.day("date")?, last.euros("amount")?) else { return Ok(()) };
    if planned.contains(&(Some(day), amount)) {
        return Ok(());
    }
    let is_refund = last.text("type").is_some_and(|kind| kind.contains("REMBOURS"));
    let (amount, status) = match amount {
        Some(amount) if is_refund => (Some(-amount.saturating_abs()), status::REFUNDED),
        amount => (amount, status::PAID),
    };
    push_payment(doc, out, day, None, amount, status)
}

fn push_payment(
    doc: &Doc<'_>,
    out: &mut Out<'_, '_>,
    day: i64,
    due: Option<i64>,
    amount: Option<i64>,
    status: i64,
) -> Done {
    let Some(amount) = amount else { return wrong("amount", Reason::Missing) };
    let vendor = doc.text("vendor");
    out.push(
        Category::Bills,
        &[
            (bills::HOLDER, vendor.as_deref().unwrap_or("EDF").into()),
            (bills::ROW, row::PAYMENT.into()),
            (bills::ISSUED_ON, day.into()),
            (bills::DUE_ON, due.into()),
            (bills::VENDOR, vendor.as_deref().into()),
            (bills::SERVICE, service::ENERGY.into()),
            (bills::AMOUNT, amount.into()),
            (bills::CURRENCY, "EUR".into()),
            (bills::STATUS, status.into()),
            (bills::METHOD, doc.text("paymentMeans").as_deref().into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    #[test]
    fn bills_and_what_is_wrong_with_them() {
        let file = r#"[{"type":"Mobile","date":"2016-11-07T12:00:00.000Z","vendor":"Sfr","amount":29.99},
            {"type":"health","isRefund":true,"date":"2016-11-30T23:30:00.000Z","vendor":"Ameli","amount":6.9},
            {"type":"Mobile","date":"2016-11-077","vendor":"Sfr","amount":1},
            {"type":"Mobile","date":"2016-11-07","vendor":"Sfr","amount":"cher"},
            {"docType":"Bill","vendor":"EDF","number":"12","date":"2016-03-03","amount":30.21}]"#;
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!(
            (reads[0].about.id, reads[0].rows, reads[0].rejected_count),
            ("mesinfos-bills-json", 3, 2)
        );
        assert_eq!(batches[0].integer(bills::SERVICE, 0), Some(service::TELECOM));
        assert_eq!(batches[0].integer(bills::AMOUNT, 1), Some(-690));
        assert_eq!(batches[0].integer(bills::SERVICE, 2), Some(service::ENERGY));
        // The first of December in France.
        assert_eq!(batches[0].integer(bills::ISSUED_ON, 1), Some(17_136));
    }

    #[test]
    fn the_last_payment_is_not_counted_twice() {
        let file = r#"[{"vendor":"EDF","paymentMeans":"PRELEVEMENT","dernierReglement":{"amount":"69.00",
            "date":"2016-10-10T00:00:00.000+02:00","type":"ENCAISSEMENT_PRELEVEMENT"},"paymentSchedules":[
            {"scheduleDate":"2016-10-10","paid":true,"amount":69},{"scheduleDate":"2016-11-10","paid":false,"amount":69},
            {"scheduleDate":null,"amount":69}]}]"#;
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!((reads[0].rows, reads[0].rejected_count), (2, 1));
        assert_eq!(batches[0].integer(bills::STATUS, 0), Some(status::PAID));
        assert_eq!(batches[0].integer(bills::STATUS, 1), Some(status::DUE));
    }
}
