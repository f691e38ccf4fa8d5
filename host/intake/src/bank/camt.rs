//! ISO 20022 camt.052 (intraday), .053 (statement) and .054 (notification), versions 1 to 13.
//!
//! A row is one `Ntry`: one booking, with the payments of a batch in one sum. `Amt` has no sign.
//! `CdtDbtInd` is the entry's effect on the account, even where `RvslInd` marks it as a reversal, so no
//! sign is flipped twice; a reversal only swaps the parties of `TxDtls`. `Sts` is plain text up to
//! version 7 and holds `Cd` from version 8 on, when parties start to hold `Pty` or `Agt`. Dates are `Dt`
//! or `DtTm`; the day of a `DtTm` is the one on the bank's clock. A zero amount is an entry, and so is an
//! amount with more decimals than its currency has, if the extra ones are zeros. `Bal` gives no row: it is of the account on
//! a day, and the category has rows of movements only. If the entries of a statement do not lead from its opening balance
//! (`OPBD`, or `PRCD` of the statement before) to its closing one (`CLBD`), the report says so.

use super::{Wrong, names, values, words};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::number::Mark;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, Node};
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::category::bank::{self, status};
use mesinfos_model::money::{decimal, exponent};
use mesinfos_model::{Category, bic};

/// The `camt-xml` format.
pub(crate) struct Camt;

static ABOUT: FormatInfo = FormatInfo {
    id: "camt-xml",
    fr: "Relevé de compte ISO 20022 (camt.052, camt.053, camt.054)",
    en: "ISO 20022 statement (camt.052, camt.053, camt.054)",
    origin: "ISO 20022",
    categories: &[Category::Bank],
    looks_for: "an XML <Document> in the namespace of camt.052, camt.053 or camt.054",
    spec: "https://www.iso20022.org/iso-20022-message-definitions?business-domain=1",
    counts: OrdinalKind::Entries,
};

impl Format for Camt {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.xml_root() == Some("Document")
            && ["camt.052", "camt.053", "camt.054"].iter().any(|message| {
                head.text().contains(&format!("urn:iso:std:iso:20022:tech:xsd:{message}.001."))
            })
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut xml = input.xml();
        let mut account = Account::default();
        let mut balances = Balances::default();
        let mut ordinal = 0;
        // In a statement, `Acct` precedes the entries; an `Acct` inside an entry is part of that entry.
        while let Some(node) = xml.next(&["Acct", "Bal", "Ntry"])? {
            match &*node.name {
                "Acct" => {
                    std::mem::take(&mut balances).tell(ordinal, rows);
                    account = Account::of(&node);
                    continue;
                }
                "Bal" => {
                    balances.take(&node);
                    continue;
                }
                _ => {}
            }
            ordinal += 1;
            match Entry::of(&node) {
                Ok(entry) => {
                    balances.add(&entry);
                    entry.give(ordinal, &account, rows)?;
                }
                Err((field, reason)) => {
                    balances.is_unclear = true;
                    rows.reject(ordinal, Some(field), reason);
                }
            }
        }
        balances.tell(ordinal, rows);
        Ok(())
    }
}

/// What a statement says that its account had, and the sum of its entries.
#[derive(Default)]
struct Balances {
    opening: Option<(i64, String)>,
    /// `PRCD`: the closing balance of the statement before.
    previous: Option<(i64, String)>,
    closing: Option<(i64, String)>,
    entries: i128,
    /// The currency of the entries, if there are any.
    currency: Option<String>,
    /// Whether the entries are not all known, or the balances not told apart.
    is_unclear: bool,
}

impl Balances {
    fn take(&mut self, node: &Node) {
        let place = match node.text_at(&["Tp", "CdOrPrtry", "Cd"]) {
            Some("OPBD") => &mut self.opening,
            Some("PRCD") => &mut self.previous,
            Some("CLBD") => &mut self.closing,
            _ => return,
        };
        let read = || {
            let amount = node.child("Amt")?;
            let currency = amount.attribute("Ccy")?;
            let unsigned = values::minor(&amount.text, Some(currency), Mark::Point).ok()?;
            let signed = if is_credit(node).ok()? { unsigned } else { -unsigned };
            Some((signed, currency.to_owned()))
        };
        let balance = read();
        // Of several, nothing says which is that of the entries.
        self.is_unclear |= place.is_some() || balance.is_none();
        *place = balance;
    }

    fn add(&mut self, entry: &Entry<'_>) {
        // What is not booked is in no booked balance.
        if entry.status == Some(status::PENDING) {
            return;
        }
        let currency = self.currency.get_or_insert_with(|| entry.currency.to_owned());
        self.is_unclear |= currency != entry.currency;
        self.entries += i128::from(entry.amount);
    }

    /// Says if the entries do not lead from one balance to the other. `last` is the last entry of the statement.
    fn tell(self, last: u64, rows: &mut RowWriter<'_>) {
        let (Some((from, currency)), Some((to, same))) = (self.opening.or(self.previous), self.closing)
        else {
            return;
        };
        let is_one = currency == same && self.currency.is_none_or(|own| own == currency);
        let between = i128::from(to) - i128::from(from);
        // A file without entries says that it has none.
        if self.is_unclear || !is_one || between == self.entries || rows.given() == 0 {
            return;
        }
        let spelled = |sum: i128| {
            let sum = i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX });
            format!("{} {currency}", decimal(sum, exponent(&currency)))
        };
        let reason = Reason::statement_sum(spelled(between), spelled(self.entries));
        rows.leave_out(last.max(1), "Bal", reason);
    }
}

/// Account of a statement.
#[derive(Default)]
struct Account {
    id: Option<String>,
    bank: Option<String>,
}

impl Account {
    fn of(node: &Node) -> Account {
        let first = |paths: &[&[&str]]| paths.iter().find_map(|path| node.text_at(path)).map(str::to_owned);
        let code = || ["BICFI", "BIC"].iter().find_map(|name| node.text_at(&["Svcr", "FinInstnId", name]));
        let named = || code().and_then(bic::bank).or_else(|| names::of_iban(node.text_at(&["Id", "IBAN"])?));
        Account {
            id: first(&[&["Id", "IBAN"], &["Id", "Othr", "Id"]]),
            bank: first(&[&["Svcr", "FinInstnId", "Nm"]]).or_else(|| named().map(str::to_owned)),
        }
    }
}

/// Fields of one entry.
struct Entry<'n> {
    booked_on: i64,
    value_on: Option<i64>,
    amount: i64,
    currency: &'n str,
    status: Option<i64>,
    kind: Option<i64>,
    label: String,
    counterparty: Option<&'n str>,
    reference: Option<&'n str>,
}

impl<'n> Entry<'n> {
    fn of(node: &'n Node) -> Result<Entry<'n>, Wrong> {
        let details: Vec<&Node> = node.all("NtryDtls").flat_map(|d| d.all("TxDtls")).collect();
        let status = match node.text_at(&["Sts"]).or(node.text_at(&["Sts", "Cd"])) {
            Some("BOOK") => Some(status::BOOKED),
            Some("PDNG" | "FUTR") => Some(status::PENDING),
            Some("INFO") => {
                return Err(("Sts", Reason::InformationOnly));
            }
            _ => None,
        };
        let amount = node.child("Amt").ok_or(("Amt", Reason::NoAmount))?;
        let currency = amount.attribute("Ccy").unwrap_or_default();
        let currency = values::needed_currency(currency).map_err(|reason| ("Ccy", reason))?;
        let unsigned =
            values::minor(&amount.text, Some(currency), Mark::Point).map_err(|why| ("Amt", why))?;
        if unsigned < 0 {
            return Err(("Amt", Reason::sign_of_its_own(&amount.text)));
        }
        let incoming = is_credit(node)?;
        let value_on = day(node, "ValDt")?;
        let booked_on = day(node, "BookgDt")?.or(value_on);
        let label = label(node, &details);
        let reversal = matches!(node.text_at(&["RvslInd"]), Some("true" | "1"));
        Ok(Entry {
            booked_on: booked_on.ok_or(("BookgDt", Reason::NoDate))?,
            value_on,
            amount: if incoming { unsigned } else { -unsigned },
            currency,
            status,
            kind: kind(node)
                .or_else(|| details.first().and_then(|first| kind(first)))
                .or_else(|| words::kind(&label)),
            label,
            counterparty: counterparty(&details, incoming != reversal),
            reference: reference(node, &details),
        })
    }

    fn give(&self, ordinal: u64, account: &Account, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        rows.push(
            Category::Bank,
            ordinal,
            &[
                (bank::HOLDER, account.bank.as_deref().into()),
                (bank::ACCOUNT, account.id.as_deref().into()),
                (bank::BOOKED_ON, self.booked_on.into()),
                (bank::VALUE_ON, self.value_on.into()),
                (bank::AMOUNT, self.amount.into()),
                (bank::CURRENCY, self.currency.into()),
                (bank::STATUS, self.status.into()),
                (bank::KIND, self.kind.into()),
                (bank::LABEL, words::some(&self.label).into()),
                (bank::COUNTERPARTY, self.counterparty.into()),
                (bank::REFERENCE, self.reference.into()),
            ],
        )
    }
}

fn is_credit(node: &Node) -> Result<bool, Wrong> {
    match node.text_at(&["CdtDbtInd"]) {
        Some("CRDT") => Ok(true),
        Some("DBIT") => Ok(false),
        other => Err(("CdtDbtInd", Reason::not_one_of(other.unwrap_or_default(), "CRDT, DBIT"))),
    }
}

/// Day of a `Dt` or `DtTm` in the element with this name.
fn day(node: &Node, name: &'static str) -> Result<Option<i64>, Wrong> {
    let Some(text) = node.text_at(&[name, "Dt"]).or(node.text_at(&[name, "DtTm"])) else { return Ok(None) };
    // A time or a zone may follow the day.
    let ends = !text.as_bytes().get(10).is_some_and(u8::is_ascii_digit);
    let day = text.get(..10).filter(|_| ends).and_then(|day| values::day(day, "ymd"));
    day.map(Some).ok_or_else(|| (name, Reason::not_a_date(text, "2020-12-31")))
}

/// Kind of a `BkTxCd`, from its ISO domain, family and sub-family.
fn kind(node: &Node) -> Option<i64> {
    let domain = node.at(&["BkTxCd", "Domn"])?;
    Some(words::iso_kind(
        domain.text_at(&["Cd"]).unwrap_or_default(),
        domain.text_at(&["Fmly", "Cd"]).unwrap_or_default(),
        domain.text_at(&["Fmly", "SubFmlyCd"]).unwrap_or_default(),
    ))
}

/// Label of an entry: the payer's text if it is a single payment, else the bank's description.
fn label(node: &Node, details: &[&Node]) -> String {
    let mut label = String::new();
    if let [only] = details {
        let remittance = only.all("RmtInf");
        for text in remittance.flat_map(|info| info.all("Ustrd")) {
            words::add(&mut label, &text.text);
        }
        if label.is_empty() {
            words::add(&mut label, only.text_at(&["AddtlTxInf"]).unwrap_or_default());
        }
    }
    if label.is_empty() {
        words::add(&mut label, node.text_at(&["AddtlNtryInf"]).unwrap_or_default());
    }
    label
}

/// Name of the party that paid or was paid; `None` if the payments of a batch name several.
fn counterparty<'n>(details: &[&'n Node], paid_in: bool) -> Option<&'n str> {
    let role = if paid_in { "Dbtr" } else { "Cdtr" };
    let name = |details: &'n Node| {
        let party = details.at(&["RltdPties", role])?;
        party
            .text_at(&["Nm"])
            .or_else(|| party.text_at(&["Pty", "Nm"]))
            .or_else(|| party.text_at(&["Agt", "FinInstnId", "Nm"]))
    };
    let first = name(details.first()?)?;
    details.iter().all(|other| name(other) == Some(first)).then_some(first)
}

fn reference<'n>(node: &'n Node, details: &[&'n Node]) -> Option<&'n str> {
    let own = node.text_at(&["AcctSvcrRef"]).or_else(|| node.text_at(&["NtryRef"]));
    let of_only = || match details {
        [only] => ["AcctSvcrRef", "TxId", "UETR"].iter().find_map(|name| only.text_at(&["Refs", name])),
        _ => None,
    };
    own.or_else(of_only)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;
    use mesinfos_model::Batch;
    use mesinfos_model::category::bank::kind;

    fn file(version: &str, entries: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}\"><BkToCstmrStmt>\
             <Stmt><Acct><Id><IBAN>FR1</IBAN></Id><Svcr><FinInstnId><BIC>BNPAFRPP</BIC></FinInstnId></Svcr></Acct>\
             {entries}</Stmt></BkToCstmrStmt></Document>"
        )
    }

    fn entry(direction: &str, more: &str) -> String {
        format!("<Ntry><Amt Ccy=\"EUR\">8.85000</Amt><CdtDbtInd>{direction}</CdtDbtInd>{more}</Ntry>")
    }

    const BOOKED: &str = "<Sts>BOOK</Sts><BookgDt><DtTm>2007-10-18T00:15:00+02:00</DtTm></BookgDt>";
    const PARTIES: &str = "<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>A</Nm></Dbtr><Cdtr><Pty><Nm>B</Nm></Pty></Cdtr></RltdPties>\
        <RmtInf><Ustrd>one</Ustrd><Ustrd>two</Ustrd></RmtInf></TxDtls></NtryDtls><AddtlNtryInf>batch</AddtlNtryInf>";

    #[test]
    fn the_sign_is_the_direction_also_of_a_reversal() {
        let entries = [
            entry("CRDT", &format!("{BOOKED}{PARTIES}")),
            entry("DBIT", &format!("{BOOKED}{PARTIES}")),
            entry("CRDT", &format!("<RvslInd>true</RvslInd>{BOOKED}{PARTIES}")),
        ];
        let (reads, batches) = read_all(file("02", &entries.concat()).as_bytes()).unwrap();
        let batch = &batches[0];
        assert_eq!((reads[0].about.id, reads[0].rejected_count), ("camt-xml", 0));
        let amounts: Vec<_> = (0..3).map(|row| batch.integer(bank::AMOUNT, row)).collect();
        assert_eq!(amounts, [Some(885), Some(-885), Some(885)]);
        let parties: Vec<_> = (0..3).map(|row| batch.text(bank::COUNTERPARTY, row)).collect();
        assert_eq!(parties, [Some("A"), Some("B"), Some("B")]);
        assert_eq!(batch.text(bank::LABEL, 0), Some("one two"));
        assert_eq!(batch.text(bank::HOLDER, 0), Some("BNP Paribas"));
        assert_eq!(batch.text(bank::ACCOUNT, 2), Some("FR1"));
        assert_eq!(batch.integer(bank::BOOKED_ON, 0), values::day("2007-10-18", "ymd"));
    }

    /// BalanceType12Code: OPBD is the booked balance at the beginning of the statement's period, PRCD that at the end of the
    /// one before, CLBD that at its end; ITBD and CLAV are others.
    #[test]
    fn entries_that_do_not_lead_from_one_balance_to_the_other_are_told() {
        let balance = |code: &str, amount: &str, direction: &str| {
            format!(
                "<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{amount}</Amt>\
                 <CdtDbtInd>{direction}</CdtDbtInd><Dt><Dt>2007-10-18</Dt></Dt></Bal>"
            )
        };
        let told = |balances: &[(&str, &str, &str)], entries: &[String]| {
            let balances: String =
                balances.iter().map(|(code, amount, way)| balance(code, amount, way)).collect();
            let (reads, batches) =
                read_all(file("02", &format!("{balances}{}", entries.concat())).as_bytes()).unwrap();
            let rows = batches.first().map_or(0, Batch::rows);
            assert!(batches.iter().all(|batch| batch.column(bank::BALANCE).is_absent()), "no row has it");
            (rows, reads[0].rejected_count, reads[0].rejected.clone())
        };
        let (inward, outward) = (entry("CRDT", BOOKED), entry("DBIT", BOOKED));
        let pending = entry("CRDT", "<Sts>PDNG</Sts><ValDt><Dt>2007-10-18</Dt></ValDt>");
        let both = [inward.clone(), inward.clone(), outward, pending];
        // Overdrawn by 4.00 before, 4.85 there afterwards.
        let right = [
            ("OPBD", "4.00", "DBIT"),
            ("ITBD", "1.00", "CRDT"),
            ("CLBD", "4.85", "CRDT"),
            ("CLAV", "9", "CRDT"),
        ];
        assert_eq!(told(&right, &both), (4, 0, vec![]));
        let before = [("PRCD", "4.00", "DBIT"), ("CLBD", "4.85", "CRDT")];
        assert_eq!(told(&before, &both).2, []);
        let (rows, rejected, said) = told(&right, &both[1..]);
        assert_eq!((rows, rejected, said.len()), (3, 0, 1));
        let words = "from the opening to the closing balance are 8.85 EUR, and the entries add up to 0.00 EUR: \
                     entries may be missing, or be there twice";
        assert_eq!(
            (said[0].to_string().as_str(), said[0].line, said[0].field.as_deref()),
            (words, Some(3), Some("Bal"))
        );
        // Nothing is said where nothing can be known.
        for unclear in [
            vec![("OPBD", "4.00", "DBIT")],
            vec![("CLBD", "4.00", "DBIT")],
            vec![("OPBD", "4.00", "DBIT"), ("CLBD", "4.00", "CRDT"), ("CLBD", "5.00", "CRDT")],
            vec![("OPBD", "4.00", "DBIT"), ("CLBD", "x", "CRDT")],
        ] {
            assert_eq!(told(&unclear, &both).2, [], "{unclear:?}");
        }
        let dollars = inward.replace("EUR", "USD");
        assert_eq!(told(&right, &[dollars]).2, []);
        let refused = inward.replace("8.85000", "x");
        assert_eq!(told(&right, &[refused]).2.len(), 1, "the entry alone");
        assert_eq!(told(&right, &[]).2, [], "a file without entries");
    }

    #[test]
    fn a_batch_is_one_row_and_names_nobody() {
        let batch_of = PARTIES
            .replace("</NtryDtls>", "<TxDtls><RmtInf><Ustrd>three</Ustrd></RmtInf></TxDtls></NtryDtls>");
        let entries = entry("DBIT", &format!("{BOOKED}{batch_of}"));
        let (_, batches) = read_all(file("04", &entries).as_bytes()).unwrap();
        assert_eq!(batches[0].rows(), 1);
        assert_eq!(batches[0].text(bank::LABEL, 0), Some("batch"));
        assert_eq!(batches[0].text(bank::COUNTERPARTY, 0), None);
    }

    #[test]
    fn version_8_and_kinds() {
        let code = "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>CCRD</Cd><SubFmlyCd>CWDL</SubFmlyCd></Fmly></Domn></BkTxCd>";
        let pending = format!("<Sts><Cd>PDNG</Cd></Sts><ValDt><Dt>2007-10-18</Dt></ValDt>{code}");
        let (_, batches) = read_all(file("08", &entry("DBIT", &pending)).as_bytes()).unwrap();
        assert_eq!(batches[0].integer(bank::STATUS, 0), Some(status::PENDING));
        assert_eq!(batches[0].integer(bank::KIND, 0), Some(kind::CASH));
        assert_eq!(batches[0].integer(bank::BOOKED_ON, 0), values::day("2007-10-18", "ymd"));
        assert_eq!(words::iso_kind("PMNT", "RDDT", "ESDD"), kind::DIRECT_DEBIT);
        assert_eq!(words::iso_kind("ACMT", "MDOP", "FEES"), kind::FEE);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let entries = [
            entry("CRDT", "<Sts>BOOK</Sts>"),
            entry("BOTH", BOOKED),
            entry("CRDT", "<BookgDt><Dt>2016-03-033</Dt></BookgDt>").replace("8.85000", "1"),
            entry("CRDT", BOOKED).replace("8.85000", "8.85001"),
            entry("CRDT", BOOKED).replace("8.85000", "-8.85"),
            entry("CRDT", BOOKED).replace(" Ccy=\"EUR\"", ""),
            entry("CRDT", &BOOKED.replace("BOOK<", "INFO<")),
            entry("CRDT", BOOKED).replace("8.85000", "0"),
        ];
        let (reads, batches) = read_all(file("02", &entries.concat()).as_bytes()).unwrap();
        assert_eq!(batches[0].integer(bank::AMOUNT, 0), Some(0));
        let fields: Vec<_> = reads[0].rejected.iter().map(|r| r.field.as_deref().unwrap()).collect();
        assert_eq!(fields, ["BookgDt", "CdtDbtInd", "BookgDt", "Amt", "Amt", "Ccy", "Sts"]);
    }

    #[test]
    fn a_truncated_file_gives_what_it_has() {
        let whole = file("02", &[entry("CRDT", BOOKED), entry("DBIT", BOOKED)].concat());
        let cut = &whole[..whole.rfind("<CdtDbtInd>").unwrap()];
        let (reads, batches) = read_all(cut.as_bytes()).unwrap();
        assert_eq!((batches[0].rows(), reads[0].rejected_count), (1, 1));
    }
}
