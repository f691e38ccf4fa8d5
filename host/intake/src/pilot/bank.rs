//! Bank operations.

use super::SPEC;
use super::document::{Doc, Done, Out, wrong};
use super::kind::{Group, Kind};
use crate::format::FormatInfo;
use crate::ordinal_kind::OrdinalKind;
use crate::reason::Reason;
use mesinfos_model::Category;
use mesinfos_model::category::bank::{self, kind, status};

static ABOUT: FormatInfo = FormatInfo {
    id: "mesinfos-bank-json",
    fr: "Opérations bancaires du pilote MesInfos (JSON)",
    en: "Bank operations of the MesInfos pilot (JSON)",
    origin: "MesInfos: Société Générale, La Banque Postale, Crédit Coopératif",
    categories: &[Category::Bank],
    looks_for: "a JSON array of documents with docType \"bankoperation\"",
    spec: SPEC,
    counts: OrdinalKind::Entries,
};

pub(super) static GROUP: Group = Group {
    about: &ABOUT,
    kinds: &[Kind { doc_types: &["bankoperation"], members: &[], pieces: &[], read: operation }],
};

/// Our code for each kind of operation, by the id of the pilot's `operationtype` documents.
const OPERATION_KINDS: &[(&str, i64)] = &[
    ("b24a4f14e7f1a2ee3b507b2ba900d6c1", kind::TRANSFER), // transfer
    ("b24a4f14e7f1a2ee3b507b2ba900ddae", kind::DIRECT_DEBIT), // order: a standing direct debit
    ("b24a4f14e7f1a2ee3b507b2ba900eb4c", kind::CHEQUE),   // check
    ("b24a4f14e7f1a2ee3b507b2ba900f5d5", kind::DEPOSIT),  // deposit
    ("b24a4f14e7f1a2ee3b507b2ba900fb9a", kind::TRANSFER), // payback
    ("b24a4f14e7f1a2ee3b507b2ba901071c", kind::CASH),     // withdrawal
    ("b24a4f14e7f1a2ee3b507b2ba9010a93", kind::CARD),     // card
    ("b24a4f14e7f1a2ee3b507b2ba901141f", kind::DIRECT_DEBIT), // loan payment
    ("b24a4f14e7f1a2ee3b507b2ba90120a5", kind::FEE),      // bank fee
];

/// `raw` is the bank's wording, `title` a readable version. The date is a day at midnight "Z".
fn operation(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let Some(day) = doc.day("date")? else { return wrong("date", Reason::Missing) };
    let Some(amount) = doc.euros("amount")? else { return wrong("amount", Reason::Missing) };
    let kind = doc
        .text("operationTypeID")
        .and_then(|id| OPERATION_KINDS.iter().find(|(known, _)| *known == id))
        .map_or(kind::OTHER, |(_, kind)| *kind);
    let holder = doc.text("origin");
    out.push(
        Category::Bank,
        &[
            (bank::HOLDER, holder.as_deref().into()),
            (bank::ACCOUNT, doc.text("bankAccount").as_deref().into()),
            (bank::BOOKED_ON, day.into()),
            (bank::AMOUNT, amount.into()),
            (bank::CURRENCY, "EUR".into()),
            (bank::STATUS, status::BOOKED.into()),
            (bank::KIND, kind.into()),
            (bank::LABEL, doc.first(&["raw", "title"]).as_deref().into()),
            (bank::COUNTERPARTY, doc.text("title").as_deref().into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    #[test]
    fn a_wrong_document_is_rejected_with_its_ordinal() {
        let file = r#"[
            {"docType":"bankoperation","date":"2016-03-08T00:00:00.000Z","amount":-22.28,"raw":"CB"},
            {"docType":"bankoperation","date":"2016-03-033T0","amount":1},
            {"docType":"BankOperation","date":"2016-03-09T00:00:00.000Z","amount":0.1},
            {"docType":"bankoperation","date":"2016-03-09T00:00:00.000Z","amount":0.123},
            {"docType":"bankoperation","date":"2016-03-09T00:00:00.000Z"}, 7]"#;
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        let read = &reads[0];
        assert_eq!((read.about.id, batches[0].rows(), read.rejected_count), ("mesinfos-bank-json", 2, 4));
        assert_eq!(read.rejected[0].line, Some(2));
        assert_eq!(read.rejected[0].field.as_deref(), Some("date"));
        assert_eq!(batches[0].integer(bank::AMOUNT, 0), Some(-2_228));
        assert_eq!(batches[0].integer(bank::AMOUNT, 1), Some(10));
        assert_eq!(batches[0].text(bank::HOLDER, 0), None, "the pilot is nobody's bank");
    }
}
