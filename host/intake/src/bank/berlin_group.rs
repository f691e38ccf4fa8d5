//! Berlin Group NextGenPSD2 account information, the form that most European banks and aggregators
//! deliver: `transactions.booked[]` and `transactions.pending[]`, after `account` where it is present.
//!
//! `transactionAmount.amount` is a signed string. The counterparty is the creditor of outgoing money and
//! the debtor of incoming money; the other of the two is the account holder.

use super::values::{Money, optional_day};
use super::{Wrong, names, words};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, Piece, Want, pieces, record};
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::Category;
use mesinfos_model::category::bank::{self, status};
use serde::Deserialize;

/// The `berlin-group-json` format.
pub(crate) struct BerlinGroup;

static ABOUT: FormatInfo = FormatInfo {
    id: "berlin-group-json",
    fr: "Opérations bancaires DSP2 (Berlin Group, JSON)",
    en: "PSD2 bank transactions (Berlin Group, JSON)",
    origin: "Berlin Group",
    categories: &[Category::Bank],
    looks_for: "JSON with transactionAmount in lists named booked or pending",
    spec: "https://www.berlin-group.org/nextgenpsd2-downloads",
    counts: OrdinalKind::Entries,
};

impl Format for BerlinGroup {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        // A statement without movements has no amount.
        let is_empty = || head.is_whole() && head.is_json_with(&["\"transactions\"", "\"booked\""]);
        (head.is_json_with(&["\"transactionAmount\""]) || is_empty())
            && ["\"booked\"", "\"pending\""].iter().any(|name| head.text().contains(name))
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut account: Option<String> = None;
        pieces(input.text(), &want, &mut |path, piece| {
            match piece {
                Piece::Text(raw) => account = account_of(raw),
                Piece::Element(ordinal, raw) => {
                    let state = path.last().and_then(|list| status_of(list));
                    if let Some(transaction) = record::<Transaction>(raw, ordinal, rows) {
                        transaction.give(ordinal, account.as_deref(), state, rows)?;
                    }
                }
                Piece::Member(_) => {}
            }
            Ok(())
        })
    }
}

/// Selects `account` and the lists of transactions, which some aggregators write without the enclosing
/// object.
fn want(path: &[String]) -> Want<'static> {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match path[..] {
        [] => Want::Object("transactions"),
        ["account"] => Want::Text,
        ["transactions"] => Want::Object("booked"),
        [list] | ["transactions", list] if status_of(list).is_some() => Want::Elements,
        _ => Want::Nothing,
    }
}

/// Code of `status` for the entries of the list with this name; `None` for other members.
fn status_of(list: &str) -> Option<i64> {
    match list {
        "booked" => Some(status::BOOKED),
        "pending" => Some(status::PENDING),
        _ => None,
    }
}

fn account_of(raw: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Account {
        iban: Option<String>,
        bban: Option<String>,
        #[serde(rename = "maskedPan")]
        masked_pan: Option<String>,
    }
    let account = serde_json::from_str::<Account>(raw).ok()?;
    account.iban.or(account.bban).or(account.masked_pan)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Transaction {
    transaction_id: Option<String>,
    internal_transaction_id: Option<String>,
    entry_reference: Option<String>,
    booking_date: Option<String>,
    booking_date_time: Option<String>,
    value_date: Option<String>,
    transaction_amount: Money,
    creditor_name: Option<String>,
    debtor_name: Option<String>,
    remittance_information_unstructured: Option<String>,
    #[serde(default)]
    remittance_information_unstructured_array: Vec<String>,
    additional_information: Option<String>,
    bank_transaction_code: Option<String>,
    merchant_category_code: Option<String>,
    balance_after_transaction: Option<Balance>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Balance {
    balance_amount: Money,
}

struct Told {
    booked_on: i64,
    value_on: Option<i64>,
    amount: i64,
    balance: Option<i64>,
}

impl Transaction {
    fn told(&self) -> Result<Told, Wrong> {
        let value_on = optional_day("valueDate", self.value_date.as_deref())?;
        let booked_on = optional_day("bookingDate", self.booking_date.as_deref())?;
        let booked_at = optional_day("bookingDateTime", self.booking_date_time.as_deref())?;
        let booked_on = booked_on.or(booked_at).or(value_on);
        let balance = self.balance_after_transaction.as_ref().map(|balance| &balance.balance_amount);
        let balance = balance.filter(|balance| balance.currency == self.transaction_amount.currency);
        Ok(Told {
            booked_on: booked_on.ok_or(("bookingDate", Reason::NoDate))?,
            value_on,
            amount: self.transaction_amount.minor()?,
            balance: balance.map(Money::minor).transpose()?,
        })
    }

    fn label(&self) -> String {
        let mut label = String::new();
        let lines = self.remittance_information_unstructured.iter();
        for line in lines.chain(&self.remittance_information_unstructured_array) {
            words::add(&mut label, line);
        }
        if label.is_empty() {
            words::add(&mut label, self.additional_information.as_deref().unwrap_or_default());
        }
        label
    }

    fn give(
        &self,
        ordinal: u64,
        account: Option<&str>,
        state: Option<i64>,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        let told = match self.told() {
            Ok(told) => told,
            Err((field, reason)) => {
                rows.reject(ordinal, Some(field), reason);
                return Ok(());
            }
        };
        let label = self.label();
        let kind = match self.bank_transaction_code.as_deref().map(|code| code.split('-').collect::<Vec<_>>())
        {
            Some(parts) if parts.len() >= 2 => {
                Some(words::iso_kind(parts[0], parts[1], parts.get(2).copied().unwrap_or_default()))
            }
            _ => words::kind(&label),
        };
        let party = if told.amount < 0 { &self.creditor_name } else { &self.debtor_name };
        let reference = self.transaction_id.as_deref().or(self.entry_reference.as_deref());
        let reference = reference.or(self.internal_transaction_id.as_deref());
        let category = self.merchant_category_code.as_deref().and_then(|code| code.parse::<i64>().ok());
        rows.push(
            Category::Bank,
            ordinal,
            &[
                (bank::HOLDER, account.and_then(names::of_iban).into()),
                (bank::ACCOUNT, account.into()),
                (bank::BOOKED_ON, told.booked_on.into()),
                (bank::VALUE_ON, told.value_on.into()),
                (bank::AMOUNT, told.amount.into()),
                (bank::CURRENCY, self.transaction_amount.currency.trim().into()),
                (bank::BALANCE, told.balance.into()),
                (bank::STATUS, state.into()),
                (bank::KIND, kind.into()),
                (bank::LABEL, words::some(&label).into()),
                (bank::COUNTERPARTY, party.as_deref().and_then(words::some).into()),
                (bank::MERCHANT_CATEGORY, category.into()),
                (bank::REFERENCE, reference.into()),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;
    use mesinfos_model::category::bank::kind;

    const FILE: &str = r#"{"account": {"iban": "FR7630001"}, "transactions": {"booked": [
        {"transactionId": "t1", "bookingDate": "2026-01-02", "valueDate": "2026-01-03",
         "transactionAmount": {"currency": "EUR", "amount": "-12.50"}, "creditorName": "Café", "debtorName": "Me",
         "remittanceInformationUnstructured": "CB CAFE", "bankTransactionCode": "PMNT-CCRD-POSD",
         "merchantCategoryCode": "5812",
         "balanceAfterTransaction": {"balanceAmount": {"currency": "EUR", "amount": "87.50"}, "balanceType": "interimBooked"}},
        {"bookingDate": "2026-02-30", "transactionAmount": {"currency": "EUR", "amount": "1"}},
        {"bookingDate": "2026-02-03", "transactionAmount": {"currency": "EUR", "amount": 45.00}, "debtorName": "Boss",
         "remittanceInformationUnstructuredArray": ["SALARY", "JANUARY"]}],
        "pending": [{"valueDate": "2026-02-04", "transactionAmount": {"currency": "EUR", "amount": "-1"}},
                    {"transactionAmount": {"currency": "EUR", "amount": "-1"}}],
        "_links": {"account": {"href": "/x"}}}}"#;

    #[test]
    fn booked_and_pending_in_one_pass() {
        let (reads, batches) = read_all(FILE.as_bytes()).unwrap();
        let batch = &batches[0];
        assert_eq!((reads[0].about.id, batch.rows()), ("berlin-group-json", 3));
        let amounts: Vec<_> = (0..3).map(|row| batch.integer(bank::AMOUNT, row)).collect();
        assert_eq!(amounts, [Some(-1_250), Some(4_500), Some(-100)]);
        let parties: Vec<_> = (0..3).map(|row| batch.text(bank::COUNTERPARTY, row)).collect();
        assert_eq!(parties, [Some("Café"), Some("Boss"), None]);
        assert_eq!(batch.integer(bank::STATUS, 2), Some(status::PENDING));
        assert_eq!(batch.integer(bank::KIND, 0), Some(kind::CARD));
        assert_eq!(batch.integer(bank::BALANCE, 0), Some(8_750));
        assert_eq!(batch.integer(bank::MERCHANT_CATEGORY, 0), Some(5_812));
        assert_eq!(batch.text(bank::ACCOUNT, 2), Some("FR7630001"));
        assert_eq!(batch.text(bank::LABEL, 1), Some("SALARY JANUARY"));
        let rejected: Vec<_> = reads[0].rejected.iter().map(|r| (r.line, r.field.as_deref())).collect();
        assert_eq!(rejected, [(Some(2), Some("bookingDate")), (Some(5), Some("bookingDate"))]);
    }

    #[test]
    fn lists_alone() {
        let lists = &FILE[FILE.find("{\"booked\"").unwrap()..FILE.len() - 1];
        let (reads, batches) = read_all(lists.as_bytes()).unwrap();
        assert_eq!((reads[0].about.id, batches[0].rows()), ("berlin-group-json", 3));
        assert_eq!(batches[0].text(bank::ACCOUNT, 0), None);
    }

    #[test]
    fn a_truncated_file_gives_what_it_has() {
        let cut = &FILE[..FILE.find("SALARY").unwrap()];
        let (reads, batches) = read_all(cut.as_bytes()).unwrap();
        assert_eq!((batches[0].rows(), reads[0].rejected_count), (1, 2));
        assert!(read_all(br#"{"transactions": {"booked": 7, "x": "transactionAmount"}}"#).is_err());
    }
}
