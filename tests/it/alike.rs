//! One year of one account in the formats of four kinds of bank: an app shows the same figures of each.

use crate::support::{Data, app};
use serde_json::Value;
use std::fmt::Write;

/// A movement: day, label, cents, and what it is.
type Movement = (String, &'static str, i64, Kind);

#[derive(Clone, Copy)]
enum Kind {
    Card,
    Debit,
    Transfer,
    Fee,
    Interest,
    Cash,
    Cheque,
}

fn year() -> Vec<Movement> {
    let on = |month: u8, day: u8| format!("2025-{month:02}-{day:02}");
    let mut all: Vec<Movement> = (1..=12)
        .flat_map(|month| {
            [
                (on(month, 3), "CARTE 02/03 BOULANGERIE", -1_250, Kind::Card),
                (on(month, 5), "PRLV SEPA EDF", -6_000, Kind::Debit),
                (on(month, 10), "VIR INST MARTIN", -2_000, Kind::Transfer),
            ]
        })
        .collect();
    for month in [3, 6, 9, 12] {
        all.push((on(month, 28), "FRAIS TENUE DE COMPTE", -600, Kind::Fee));
    }
    all.extend([
        (on(2, 4), "COTISATION CARTE VISA", -4_500, Kind::Fee),
        (on(7, 12), "CARTE 11/07 SHOP LONDON 20,00 GBP", -2_350, Kind::Card),
        (on(7, 13), "COMMISSION PAIEMENT HORS ZONE EURO", -54, Kind::Fee),
        (on(7, 14), "RETRAIT DAB 14/07", -6_000, Kind::Cash),
        (on(8, 1), "CHEQUE 0012345", -3_000, Kind::Cheque),
        (on(9, 9), "COMMISSION D'INTERVENTION", -800, Kind::Fee),
        (on(10, 2), "INTERETS DEBITEURS T3", -412, Kind::Interest),
        (on(12, 31), "VIR SEPA SALAIRE", 200_000, Kind::Transfer),
    ]);
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

fn amount(cents: i64, point: char) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}{point}{:02}", cents.abs() / 100, cents.abs() % 100)
}

fn boursobank(year: &[Movement]) -> String {
    let mut file = "dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance\n".to_owned();
    for (on, label, cents, _) in year.iter().rev() {
        let cents = amount(*cents, ',');
        writeln!(file, "{on};{on};\"{label}\";\"x\";\"x\";x;{cents};;00040867845;\"Compte\";1000,00")
            .unwrap();
    }
    file
}

/// A French bank gives the sign of a fee only: its label tells.
fn ofx(year: &[Movement]) -> String {
    let mut file = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\n\
        OLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STMTRS><CURDEF>EUR\
        <BANKACCTFROM><BANKID>30004<ACCTID>00012000001<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>\n"
        .to_owned();
    for (number, (on, label, cents, kind)) in year.iter().enumerate() {
        let kind = match kind {
            Kind::Card => "POS",
            Kind::Debit => "DIRECTDEBIT",
            Kind::Transfer => "XFER",
            Kind::Fee | Kind::Interest => "DEBIT",
            Kind::Cash => "ATM",
            Kind::Cheque => "CHECK",
        };
        let (on, cents) = (on.replace('-', ""), amount(*cents, '.'));
        writeln!(
            file,
            "<STMTTRN><TRNTYPE>{kind}<DTPOSTED>{on}<TRNAMT>{cents}<FITID>F{number}<NAME>{label}</STMTTRN>"
        )
        .unwrap();
    }
    file + "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
}

fn camt(year: &[Movement]) -> String {
    let mut file = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\">\
        <BkToCstmrStmt><Stmt><Id>S</Id><Acct><Id><IBAN>FR7630004000031234567890143</IBAN></Id><Ccy>EUR</Ccy></Acct>\n"
        .to_owned();
    for (number, (on, label, cents, kind)) in year.iter().enumerate() {
        let (domain, family, sub) = match kind {
            Kind::Card => ("PMNT", "CCRD", "POSD"),
            Kind::Debit => ("PMNT", "RDDT", "ESDD"),
            Kind::Transfer => ("PMNT", "ICDT", "ESCT"),
            Kind::Fee => ("ACMT", "MDOP", "FEES"),
            Kind::Interest => ("ACMT", "MDOP", "INTR"),
            Kind::Cash => ("PMNT", "CCRD", "CWDL"),
            Kind::Cheque => ("PMNT", "ICHQ", "CCHQ"),
        };
        let (side, cents) = (if *cents < 0 { "DBIT" } else { "CRDT" }, amount(cents.abs(), '.'));
        writeln!(
            file,
            "<Ntry><Amt Ccy=\"EUR\">{cents}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>{on}</Dt></BookgDt>\
             <AcctSvcrRef>R{number}</AcctSvcrRef><BkTxCd><Domn><Cd>{domain}</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>{sub}</SubFmlyCd>\
             </Fmly></Domn></BkTxCd><NtryDtls><TxDtls><RmtInf><Ustrd>{label}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
        )
        .unwrap();
    }
    file + "</Stmt></BkToCstmrStmt></Document>\n"
}

/// The same in pounds, in the words of a British bank.
fn midata(year: &[Movement]) -> String {
    let mut file = "\"Account Number:\",\"****12345\"\n\n\"Date\",\"Type\",\"Merchant/Description\",\"Debit/Credit\",\"Balance\"\n".to_owned();
    for (on, label, cents, kind) in year {
        let kind = match kind {
            Kind::Card => "Visa purchase",
            Kind::Debit => "Direct debit",
            Kind::Transfer => "Faster payment",
            Kind::Fee => "Fee",
            Kind::Interest => "Interest",
            Kind::Cash => "Cash withdrawal",
            Kind::Cheque => "Cheque",
        };
        let label = match *label {
            "FRAIS TENUE DE COMPTE" => "MONTHLY ACCOUNT FEE".to_owned(),
            "COTISATION CARTE VISA" => "CARD FEE".to_owned(),
            "COMMISSION PAIEMENT HORS ZONE EURO" => "NON-STERLING TRANSACTION FEE".to_owned(),
            "INTERETS DEBITEURS T3" => "ARRANGED OVERDRAFT INTEREST".to_owned(),
            label => label.replace("GBP", "EUR"),
        };
        let day = format!("{}/{}/{}", &on[8..], &on[5..7], &on[..4]);
        let (sign, cents) = (if *cents < 0 { "-" } else { "+" }, amount(cents.abs(), '.'));
        writeln!(file, "\"{day}\",\"{kind}\",\"{label}\",\"{sign}£{cents}\",\"£100.00\"").unwrap();
    }
    file
}

/// Tables of the first page: fees and use.
fn tables(name: &str, file: &str) -> Vec<Value> {
    let data = Data::new();
    let path = data.path().join(name);
    std::fs::write(&path, file).unwrap();
    data.ok(&["import", "--person", "camille", path.to_str().unwrap()]);
    data.ok(&["install", app("comptes").to_str().unwrap()]);
    data.ok(&["grant", "comptes", "--person", "camille"]);
    let view = data.view(&["run", "comptes", "--person", "camille"]);
    let blocks = view["pages"][0]["sections"].as_array().unwrap().iter();
    let blocks = blocks.flat_map(|section| section["blocks"].as_array().unwrap().clone());
    blocks.filter(|block| block["type"] == "table").collect()
}

#[test]
fn fees_and_use_are_the_same_in_every_format() {
    let year = year();
    let tables_of = [
        tables("statement.csv", &boursobank(&year)),
        tables("statement.ofx", &ofx(&year)),
        tables("statement.xml", &camt(&year)),
        tables("midata.csv", &midata(&year)),
    ];
    let [csv, ofx, camt, midata] = tables_of;
    assert_eq!(csv.len(), 2, "fees, and use: {csv:?}");
    assert_eq!(csv, ofx);
    assert_eq!(csv, camt);
    // Account, card, abroad, a payment beyond the limit, interest: five kinds, with a number and a cost each.
    assert_eq!(csv[0]["value"]["cells"].as_array().unwrap().len(), 5 * 3, "{csv:?}");
    let in_euros = serde_json::to_string(&midata).unwrap().replace("GBP", "EUR");
    assert_eq!(serde_json::to_string(&csv).unwrap(), in_euros, "and in pounds");
}
