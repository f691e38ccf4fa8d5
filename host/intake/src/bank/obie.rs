//! UK Open Banking account information (`OBReadTransaction`, versions 3 and 4).
//!
//! `Amount.Amount` is unsigned text; `CreditDebitIndicator` gives the sign. `Balance` is the account's
//! balance after the transaction, with a sign of its own. Instants have an offset; the day is the one the
//! bank wrote.

use super::values::{self, day, minor};
use super::{Wrong, words};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::number::Mark;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, records};
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::Category;
use mesinfos_model::category::bank::{self, kind, status};
use serde::Deserialize;

/// The `open-banking-uk-json` format.
pub(crate) struct Obie;

static ABOUT: FormatInfo = FormatInfo {
    id: "open-banking-uk-json",
    fr: "Opérations Open Banking (Royaume-Uni, JSON)",
    en: "Open Banking transactions (UK, JSON)",
    origin: "Open Banking",
    categories: &[Category::Bank],
    looks_for: "JSON with Data, Transaction and CreditDebitIndicator",
    spec: "https://openbankinguk.github.io/read-write-api-site3/v3.1.11/resources-and-data-models/aisp/Transactions.html",
    counts: OrdinalKind::Entries,
};

impl Format for Obie {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.is_json_with(&["\"Data\"", "\"Transaction\"", "\"CreditDebitIndicator\"", "\"BookingDateTime\""])
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        records(input.text(), &["Data", "Transaction"], rows, &mut Transaction::give)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Transaction {
    account_id: Option<String>,
    transaction_id: Option<String>,
    transaction_reference: Option<String>,
    amount: Money,
    credit_debit_indicator: String,
    status: Option<String>,
    booking_date_time: String,
    value_date_time: Option<String>,
    transaction_information: Option<String>,
    bank_transaction_code: Option<Code>,
    merchant_details: Option<Merchant>,
    balance: Option<Balance>,
    creditor_account: Option<Party>,
    debtor_account: Option<Party>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Money {
    amount: String,
    currency: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Balance {
    amount: Money,
    credit_debit_indicator: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Code {
    code: Option<String>,
    sub_code: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Merchant {
    merchant_name: Option<String>,
    merchant_category_code: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Party {
    name: Option<String>,
}

struct Told {
    booked_on: i64,
    value_on: Option<i64>,
    amount: i64,
    balance: Option<i64>,
}

impl Transaction {
    fn told(&self) -> Result<Told, Wrong> {
        let currency = values::needed_currency(&self.amount.currency).map_err(|why| ("Currency", why))?;
        let signed = |field: &'static str, money: &Money, direction: &str| {
            let amount = minor(&money.amount, Some(currency), Mark::Point).map_err(|why| (field, why))?;
            match direction {
                "Credit" => Ok(amount),
                "Debit" => Ok(-amount),
                other => Err(("CreditDebitIndicator", Reason::not_one_of(other, "Credit, Debit"))),
            }
        };
        let balance = self.balance.as_ref().filter(|balance| balance.amount.currency == self.amount.currency);
        let balance = balance.map(|b| signed("Balance", &b.amount, &b.credit_debit_indicator));
        Ok(Told {
            booked_on: written_day("BookingDateTime", &self.booking_date_time)?,
            value_on: self
                .value_date_time
                .as_deref()
                .map(|at| written_day("ValueDateTime", at))
                .transpose()?,
            amount: signed("Amount", &self.amount, &self.credit_debit_indicator)?,
            balance: balance.transpose()?,
        })
    }

    fn give(&self, ordinal: u64, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let told = match self.told() {
            Ok(told) => told,
            Err((field, reason)) => {
                rows.reject(ordinal, Some(field), reason);
                return Ok(());
            }
        };
        let party = if told.amount < 0 { &self.creditor_account } else { &self.debtor_account };
        let merchant = self.merchant_details.as_ref();
        let counterparty = merchant
            .and_then(|merchant| merchant.merchant_name.as_deref())
            .or_else(|| party.as_ref()?.name.as_deref());
        let category =
            merchant.and_then(|merchant| merchant.merchant_category_code.as_deref()?.parse::<i64>().ok());
        let status = match self.status.as_deref() {
            Some("Booked" | "BOOK") => Some(status::BOOKED),
            Some("Pending" | "PDNG") => Some(status::PENDING),
            Some("Rejected" | "RJCT") => Some(status::REVERSED),
            _ => None,
        };
        let label = self.transaction_information.as_deref().map(words::squeezed);
        rows.push(
            Category::Bank,
            ordinal,
            &[
                (bank::ACCOUNT, self.account_id.as_deref().into()),
                (bank::BOOKED_ON, told.booked_on.into()),
                (bank::VALUE_ON, told.value_on.into()),
                (bank::AMOUNT, told.amount.into()),
                (bank::CURRENCY, self.amount.currency.trim().into()),
                (bank::BALANCE, told.balance.into()),
                (bank::STATUS, status.into()),
                (bank::KIND, self.bank_transaction_code.as_ref().map(kind).into()),
                (bank::LABEL, label.as_deref().and_then(words::some).into()),
                (bank::COUNTERPARTY, counterparty.and_then(words::some).into()),
                (bank::MERCHANT_CATEGORY, category.into()),
                (
                    bank::REFERENCE,
                    self.transaction_id.as_deref().or(self.transaction_reference.as_deref()).into(),
                ),
            ],
        )
    }
}

/// Day of a date and time.
fn written_day(field: &'static str, text: &str) -> Result<i64, Wrong> {
    day(text, "ymd").ok_or_else(|| (field, Reason::not_a_date(text, "2020-12-31T10:00:00+00:00")))
}

fn kind(code: &Code) -> i64 {
    let has = |text: &Option<String>, word: &str| text.as_ref().is_some_and(|text| text.contains(word));
    match code {
        c if has(&c.sub_code, "CashWithdrawal") || has(&c.sub_code, "CashDeposit") => kind::CASH,
        c if has(&c.sub_code, "Interest") => kind::INTEREST,
        c if has(&c.sub_code, "Fees") || has(&c.sub_code, "Charge") => kind::FEE,
        c if has(&c.code, "CreditTransfer") => kind::TRANSFER,
        c if has(&c.code, "DirectDebit") => kind::DIRECT_DEBIT,
        c if has(&c.code, "CardTransaction") => kind::CARD,
        c if has(&c.code, "Cheque") => kind::CHEQUE,
        c if has(&c.code, "CounterTransaction") => kind::CASH,
        _ => kind::OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    fn transaction(more: &str) -> String {
        format!(
            "{{\"AccountId\":\"1\",\"TransactionId\":\"t\",\"Amount\":{{\"Amount\":\"10.00\",\"Currency\":\"GBP\"}},\
             \"BookingDateTime\":\"2017-04-05T00:43:07+01:00\",\"Status\":\"Booked\",{more}}}"
        )
    }

    fn read(transactions: &[String]) -> (crate::Read, mesinfos_model::Batch) {
        let file = format!("{{\"Data\":{{\"Transaction\":[{}]}},\"Meta\":{{}}}}", transactions.join(","));
        let (mut reads, mut batches) = read_all(file.as_bytes()).unwrap();
        (reads.remove(0), batches.remove(0))
    }

    #[test]
    fn the_sign_is_the_indicator() {
        let (read, batch) = read(&[
            transaction("\"CreditDebitIndicator\":\"Credit\""),
            transaction(
                "\"CreditDebitIndicator\":\"Debit\",\"BankTransactionCode\":{\"Code\":\"IssuedCreditTransfer\"},\
                 \"Balance\":{\"Amount\":{\"Amount\":\"57.36\",\"Currency\":\"GBP\"},\"CreditDebitIndicator\":\"Debit\"},\
                 \"MerchantDetails\":{\"MerchantName\":\"Shop\",\"MerchantCategoryCode\":\"5411\"}",
            ),
        ]);
        assert_eq!((read.about.id, read.rejected_count), ("open-banking-uk-json", 0));
        assert_eq!(batch.integer(bank::AMOUNT, 0), Some(1_000));
        assert_eq!(batch.integer(bank::AMOUNT, 1), Some(-1_000));
        assert_eq!(batch.integer(bank::BALANCE, 1), Some(-5_736));
        assert_eq!(batch.integer(bank::KIND, 1), Some(kind::TRANSFER));
        assert_eq!(batch.integer(bank::MERCHANT_CATEGORY, 1), Some(5_411));
        assert_eq!(batch.text(bank::COUNTERPARTY, 1), Some("Shop"));
        assert_eq!(batch.day(0).unwrap().to_string(), "2017-04-05");
    }

    #[test]
    fn what_is_wrong_is_said() {
        let good = transaction("\"CreditDebitIndicator\":\"Credit\"");
        let (read, _) = read(&[
            good.clone(),
            transaction("\"CreditDebitIndicator\":\"Both\""),
            transaction("\"x\":1"),
            good.replace("2017-04-05T", "2017-02-30T"),
            good.replace("10.00", "10.001"),
            good.replace("GBP", "£"),
            "7".to_owned(),
        ]);
        let fields: Vec<_> = read.rejected.iter().map(|r| r.field.as_deref()).collect();
        let expected = [
            Some("CreditDebitIndicator"),
            None,
            Some("BookingDateTime"),
            Some("Amount"),
            Some("Currency"),
            None,
        ];
        assert_eq!(fields, expected);
    }
}
