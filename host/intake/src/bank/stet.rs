//! STET PSD2 account information (French banks): `GET /accounts/{id}/transactions`.
//!
//! `creditDebitIndicator` gives the sign; some banks also sign the amount, or write it as a number, so
//! only its digits count. The answer does not name the account. `remittanceInformation` is an object with
//! `unstructured` (from 1.4 on), or a list.

use super::values::{Money, optional_day};
use super::{Wrong, words};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, records};
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::Category;
use mesinfos_model::category::bank::{self, status};
use serde::Deserialize;
use serde_json::value::RawValue;

/// The `stet-json` format.
pub(crate) struct Stet;

static ABOUT: FormatInfo = FormatInfo {
    id: "stet-json",
    fr: "Opérations bancaires DSP2 (STET, JSON)",
    en: "PSD2 bank transactions (STET, JSON)",
    origin: "STET",
    categories: &[Category::Bank],
    looks_for: "JSON with transactions, transactionAmount and creditDebitIndicator",
    spec: "https://www.stet.eu/en/psd2/",
    counts: OrdinalKind::Entries,
};

impl Format for Stet {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.is_json_with(&["\"transactions\"", "\"transactionAmount\"", "\"creditDebitIndicator\""])
            && !head.text().contains("\"booked\"")
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        records(input.text(), &["transactions"], rows, &mut Transaction::give)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Transaction {
    resource_id: Option<String>,
    entry_reference: Option<String>,
    transaction_amount: Money,
    credit_debit_indicator: String,
    status: Option<String>,
    booking_date: Option<String>,
    value_date: Option<String>,
    transaction_date: Option<String>,
    remittance_information: Option<Box<RawValue>>,
    bank_transaction_code: Option<Code>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Code {
    domain: Option<String>,
    family: Option<String>,
    sub_family: Option<String>,
}

#[derive(Deserialize)]
struct Remittance {
    #[serde(default)]
    unstructured: Vec<String>,
}

struct Told {
    booked_on: i64,
    value_on: Option<i64>,
    amount: i64,
}

impl Transaction {
    fn told(&self) -> Result<Told, Wrong> {
        let unsigned = self.transaction_amount.minor()?.abs();
        let amount = match self.credit_debit_indicator.as_str() {
            "CRDT" => unsigned,
            "DBIT" => -unsigned,
            other => return Err(("creditDebitIndicator", Reason::not_one_of(other, "CRDT, DBIT"))),
        };
        let value_on = optional_day("valueDate", self.value_date.as_deref())?;
        let booked_on = optional_day("bookingDate", self.booking_date.as_deref())?;
        let made_on = optional_day("transactionDate", self.transaction_date.as_deref())?;
        let booked_on = booked_on.or(made_on).or(value_on);
        let booked_on = booked_on.ok_or(("bookingDate", Reason::NoDate))?;
        Ok(Told { booked_on, value_on, amount })
    }

    fn label(&self) -> String {
        let mut label = String::new();
        let Some(raw) = &self.remittance_information else { return label };
        let lines = match serde_json::from_str::<Remittance>(raw.get()) {
            Ok(remittance) => remittance.unstructured,
            Err(_) => serde_json::from_str(raw.get()).unwrap_or_default(),
        };
        for line in &lines {
            words::add(&mut label, line);
        }
        label
    }

    fn give(&self, ordinal: u64, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let told = match self.told() {
            Ok(told) => told,
            Err((field, reason)) => {
                rows.reject(ordinal, Some(field), reason);
                return Ok(());
            }
        };
        let status = match self.status.as_deref() {
            Some("BOOK") => Some(status::BOOKED),
            Some("PDNG" | "FUTR") => Some(status::PENDING),
            _ => None,
        };
        let label = self.label();
        let kind = match &self.bank_transaction_code {
            Some(Code { domain: Some(domain), family: Some(family), sub_family }) => {
                Some(words::iso_kind(domain, family, sub_family.as_deref().unwrap_or_default()))
            }
            _ => words::kind(&label),
        };
        rows.push(
            Category::Bank,
            ordinal,
            &[
                (bank::BOOKED_ON, told.booked_on.into()),
                (bank::VALUE_ON, told.value_on.into()),
                (bank::AMOUNT, told.amount.into()),
                (bank::CURRENCY, self.transaction_amount.currency.trim().into()),
                (bank::STATUS, status.into()),
                (bank::KIND, kind.into()),
                (bank::LABEL, words::some(&label).into()),
                (bank::REFERENCE, self.entry_reference.as_deref().or(self.resource_id.as_deref()).into()),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;
    use mesinfos_model::category::bank::kind;

    #[test]
    fn the_sign_is_the_indicator_whatever_the_amount_says() {
        let file = r#"{"transactions": [
            {"resourceId": "r1", "transactionAmount": {"amount": -1, "currency": "EUR"}, "creditDebitIndicator": "DBIT",
             "status": "BOOK", "transactionDate": "2024-02-29T15:38:44Z",
             "remittanceInformation": {"structured": [], "unstructured": ["PRLV", "EDF"]}},
            {"resourceId": "r2", "transactionAmount": {"amount": "12.34", "currency": "EUR"}, "creditDebitIndicator": "CRDT",
             "bookingDate": "2024-03-01", "valueDate": "2024-03-02", "status": "PDNG", "remittanceInformation": ["VIR"],
             "bankTransactionCode": {"domain": "PMNT", "family": "CCRD", "subFamily": "POSD"}},
            {"transactionAmount": {"amount": 0.5, "currency": "EUR"}, "creditDebitIndicator": "DBIT", "bookingDate": ""},
            {"transactionAmount": {"amount": "x", "currency": "EUR"}, "creditDebitIndicator": "DBIT"},
            {"transactionAmount": {"amount": "1", "currency": "EUR"}, "creditDebitIndicator": "?"},
            {"transactionAmount": null}
        ], "_links": {}}"#;
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        let batch = &batches[0];
        assert_eq!((reads[0].about.id, batch.rows()), ("stet-json", 2));
        assert_eq!(batch.integer(bank::AMOUNT, 0), Some(-100));
        assert_eq!(batch.integer(bank::AMOUNT, 1), Some(1_234));
        assert_eq!(batch.text(bank::LABEL, 0), Some("PRLV EDF"));
        assert_eq!(batch.text(bank::LABEL, 1), Some("VIR"));
        assert_eq!(batch.integer(bank::KIND, 0), Some(kind::DIRECT_DEBIT));
        assert_eq!(batch.integer(bank::KIND, 1), Some(kind::CARD));
        assert_eq!(batch.day(0).unwrap().to_string(), "2024-02-29");
        let fields: Vec<_> = reads[0].rejected.iter().map(|r| r.field.as_deref()).collect();
        assert_eq!(fields, [Some("bookingDate"), Some("amount"), Some("creditDebitIndicator"), None]);
    }
}
