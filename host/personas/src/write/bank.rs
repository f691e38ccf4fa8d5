//! Statements: BoursoBank's CSV, OFX, and ISO 20022 camt.053.

use super::{SampleFile, file};
use crate::calendar::{compact, french};
use crate::life::{Kind, Life, Movement, Record};
use crate::simulate::money::OPENING;
use crate::text::{comma, euros, xml};
use std::fmt::Write;

/// Label of a movement on a French statement.
fn label(movement: &Movement) -> String {
    let who = &movement.who;
    match (movement.kind, movement.cents > 0) {
        (Kind::Card, false) => format!("CARTE {} {who}", french(movement.on)),
        (Kind::Card, true) => format!("AVOIR CARTE {} {who}", french(movement.on)),
        (Kind::Transfer, _) => format!("VIR SEPA {who}"),
        (Kind::Debit, _) => format!("PRLV SEPA {who}"),
        (Kind::Cheque, _) => format!("CHEQUE {who}"),
        (Kind::Fee | Kind::Interest, _) => who.clone(),
    }
}

/// The movements of an account that the files cover, each with its ordinal and the balance after it.
fn of(record: &Record, account: usize) -> impl Iterator<Item = (usize, i64, &Movement)> {
    let own = record.movements.iter().filter(move |movement| movement.account == account);
    let mut balance = OPENING;
    let all = own.enumerate().map(move |(ordinal, one)| {
        balance += one.cents;
        (ordinal, balance, one)
    });
    all.filter(|(.., one)| record.shows(one.on))
}

/// The first account at BoursoBank, newest first, with a byte order mark, as in its exports.
pub(crate) fn boursobank(life: &Life, record: &Record) -> Vec<SampleFile> {
    let mut lines: Vec<String> = of(record, 0)
        .map(|(_, balance, one)| {
            let (on, words, amount) = (one.on, label(one), comma(one.cents));
            let number = format!("{:011}", 40_000_000 + life.key % 1_000_000);
            let (shelf, who) = (one.shelf, one.who.to_lowercase());
            format!(
                "{on};{on};\"{words}\";\"{shelf}\";\"{shelf}\";{who};{amount};;{number};\"BoursoBank\";{}\n",
                comma(balance)
            )
        })
        .collect();
    lines.reverse();
    let names = "dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;\
                 accountLabel;accountbalance\n";
    file("boursobank.csv", format!("\u{feff}{names}{}", lines.concat()))
}

/// The first account, as OFX 1.02 (SGML).
pub(crate) fn ofx(life: &Life, record: &Record) -> Vec<SampleFile> {
    let (from, until) = record.window.unwrap_or((life.from, life.until));
    let (from, until) = (compact(from), compact(crate::calendar::later(until, -1)));
    let mut text = format!(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n\
         COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX>\n\
         <SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>{until}120000<LANGUAGE>FRA\n\
         <FI><ORG>Banque Exemple<FID>30004</FI></SONRS></SIGNONMSGSRSV1>\n\
         <BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS>\n\
         <STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>30004<BRANCHID>00123<ACCTID>{:011}<ACCTTYPE>CHECKING</BANKACCTFROM>\n\
         <BANKTRANLIST><DTSTART>{from}<DTEND>{until}\n",
        12_000_000 + life.key % 1_000_000
    );
    let mut last = OPENING;
    for (ordinal, balance, one) in of(record, 0) {
        last = balance;
        let kind = match (one.kind, one.cents < 0) {
            (Kind::Card, _) => "POS",
            (Kind::Transfer, _) => "XFER",
            (Kind::Debit, _) => "DIRECTDEBIT",
            (Kind::Cheque, _) => "CHECK",
            (Kind::Fee, _) => "FEE",
            (Kind::Interest, _) => "INT",
        };
        let (on, amount, words) = (compact(one.on), comma(one.cents), xml(&label(one)));
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "<STMTTRN><TRNTYPE>{kind}<DTPOSTED>{on}<DTAVAIL>{on}<TRNAMT>{amount}<FITID>{on}{ordinal:06}<NAME>{words}</STMTTRN>"
        );
    }
    let _ = write!(
        text,
        "</BANKTRANLIST><LEDGERBAL><BALAMT>{}<DTASOF>{until}</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1>\n</OFX>\n",
        euros(last)
    );
    file("releve.ofx", text)
}

/// The second account, as a camt.053 statement.
pub(crate) fn camt(life: &Life, record: &Record) -> Vec<SampleFile> {
    let mut entries = String::new();
    let mut balance = OPENING;
    for (ordinal, after, one) in of(record, 1) {
        balance = after;
        let status = if one.is_pending { "PDNG" } else { "BOOK" };
        let is_in = one.cents > 0;
        let (side, party) = if is_in { ("CRDT", "Dbtr") } else { ("DBIT", "Cdtr") };
        let (on, who, words) = (one.on, xml(&one.who), xml(&label(one)));
        // Writing to a string cannot fail.
        let _ = writeln!(
            entries,
            "  <Ntry><Amt Ccy=\"EUR\">{}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts>{status}</Sts>\
             <BookgDt><Dt>{on}</Dt></BookgDt><ValDt><Dt>{on}</Dt></ValDt><AcctSvcrRef>R{ordinal:06}</AcctSvcrRef>\
             <NtryDtls><TxDtls><RltdPties><{party}><Nm>{who}</Nm></{party}></RltdPties>\
             <RmtInf><Ustrd>{words}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>",
            euros(one.cents.abs())
        );
    }
    let (_, until) = record.window.unwrap_or((life.from, life.until));
    let last = crate::calendar::later(until, -1);
    file(
        "releve-camt053.xml",
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\">\n \
             <BkToCstmrStmt>\n  <GrpHdr><MsgId>M1</MsgId><CreDtTm>{last}T06:00:00+01:00</CreDtTm></GrpHdr>\n  <Stmt><Id>S1</Id>\n  \
             <Acct><Id><IBAN>FR7630004000031234567890143</IBAN></Id><Ccy>EUR</Ccy><Svcr><FinInstnId><Nm>Banque des Rives</Nm></FinInstnId></Svcr></Acct>\n  \
             <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{}</Amt><CdtDbtInd>{}</CdtDbtInd><Dt><Dt>{last}</Dt></Dt></Bal>\n\
             {entries}  </Stmt>\n </BkToCstmrStmt>\n</Document>\n",
            euros(balance.abs()),
            if balance < 0 { "DBIT" } else { "CRDT" }
        ),
    )
}
