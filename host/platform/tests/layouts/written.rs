//! Files that code writes.

use super::{Entry, Layout};
use mesinfos_platform::model::Day;

/// Layouts whose entries need more than a text with values in it.
pub(crate) const WRITTEN: &[Layout] = &[
    Layout::of("camt-xml").written(camt).corrected(),
    Layout::of("ofx").written(ofx).corrected(),
    Layout::of("qif").written(qif),
    Layout::of("bank-csv").written(n26).columns(',').corrected(),
    Layout::of("bank-csv").written(revolut).columns(','),
    Layout::of("bank-csv").written(boursorama).columns(';').corrected(),
    // Without an account, a reference may be that of a mandate: another label is another payment (decision 0051).
    Layout::of("stet-json").written(stet),
    Layout::of("green-button-xml").written(green_button).corrected(),
    Layout::of("green-button-csv").written(green_button_csv).corrected(),
    Layout::of("grdf-json").written(grdf).corrected(),
    Layout::of("sms-backup").written(sms),
    Layout::of("vcard").written(vcard),
    Layout::of("google-records").written(positions),
    Layout::of("chrome-takeout-json").written(visits),
];

fn all(entries: &[Entry], of: impl Fn(Entry) -> String) -> String {
    entries.iter().map(|entry| of(*entry)).collect()
}

fn camt(entries: &[Entry]) -> String {
    let entries = all(entries, |entry| {
        format!(
            "<Ntry><Amt Ccy=\"EUR\">{}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>{}</Dt></BookgDt>\
             <AcctSvcrRef>R{}</AcctSvcrRef><AddtlNtryInf>{}</AddtlNtryInf></Ntry>",
            entry.price().trim_start_matches('-'),
            entry.day(),
            entry.number,
            entry.label()
        )
    });
    format!(
        "<?xml version=\"1.0\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt><Acct><Id>\
         <IBAN>FR7630004000031234567890143</IBAN></Id></Acct>{entries}</Stmt></BkToCstmrStmt></Document>"
    )
}

fn ofx(entries: &[Entry]) -> String {
    let entries = all(entries, |entry| {
        format!(
            "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>{}<TRNAMT>{}<FITID>F{}<NAME>{}</STMTTRN>\n",
            entry.day().to_string().replace('-', ""),
            entry.price(),
            entry.number,
            entry.label()
        )
    });
    format!(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>30004\
         <ACCTID>12345678901<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>\n{entries}</BANKTRANLIST></STMTRS></STMTTRNRS>\
         </BANKMSGSRSV1></OFX>\n"
    )
}

fn qif(entries: &[Entry]) -> String {
    let entries = all(entries, |entry| {
        // A day above 12 settles the order of dates.
        let day = entry.day().to_string();
        let (year, month, day) = (&day[..4], &day[5..7], &day[8..]);
        format!("D{day}/{month}/{year}\nT{}\nP{}\n^\n", entry.price(), entry.label())
    });
    format!("!Type:Bank\n{entries}")
}

fn n26(entries: &[Entry]) -> String {
    let entries = all(entries, |entry| {
        // The value date moves; the label is part of what identifies the payment.
        let value = Day(entry.day().0 + i32::from(entry.is_corrected));
        let label = Entry { is_corrected: false, ..entry }.label();
        format!("{},{value},{label},Presentment,,{}\n", entry.day(), entry.price())
    });
    format!("Booking Date,Value Date,Partner Name,Type,Payment Reference,Amount (EUR)\n{entries}")
}

fn revolut(entries: &[Entry]) -> String {
    let entries = all(entries, |entry| {
        let day = entry.day();
        format!(
            "CARD_PAYMENT,Current,{day} 10:30:00,{day} 11:00:00,{},{},0.00,EUR,COMPLETED,{}.00\n",
            entry.label(),
            entry.price(),
            10_000 - entry.number
        )
    });
    format!(
        "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n{entries}"
    )
}

fn boursorama(entries: &[Entry]) -> String {
    let entries = all(entries, |entry| {
        let label = Entry { is_corrected: false, ..entry }.label();
        let family = if entry.is_corrected { "Loisirs" } else { "Vie quotidienne" };
        format!(
            "{0};{0};{label};{family};Dépenses;;{1};;00040000001;BoursoBank;\n",
            entry.day(),
            entry.price().replace('.', ",")
        )
    });
    format!(
        "dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance\n{entries}"
    )
}

fn stet(entries: &[Entry]) -> String {
    let one = |entry: &Entry| {
        serde_json::json!({
            "resourceId": format!("r{}", entry.number),
            "entryReference": format!("E{}", entry.number),
            "transactionAmount": { "amount": entry.price().trim_start_matches('-'), "currency": "EUR" },
            "creditDebitIndicator": "DBIT",
            "status": "BOOK",
            "bookingDate": entry.day().to_string(),
            "remittanceInformation": { "unstructured": [entry.label()] },
        })
    };
    serde_json::json!({ "transactions": entries.iter().map(one).collect::<Vec<_>>() }).to_string()
}

fn green_button(entries: &[Entry]) -> String {
    let entries = all(entries, |entry| {
        format!(
            "<IntervalReading><timePeriod><duration>3600</duration><start>{}</start></timePeriod><value>{}</value></IntervalReading>",
            entry.hour(),
            entry.amount()
        )
    });
    format!(
        "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><link rel=\"self\" \
         href=\"R/1/UsagePoint/1/MeterReading/1\"/><link rel=\"related\" href=\"R/1/ReadingType/1\"/><content><MeterReading \
         xmlns=\"http://naesb.org/espi\"/></content></entry><entry><link rel=\"self\" href=\"R/1/ReadingType/1\"/><content>\
         <ReadingType xmlns=\"http://naesb.org/espi\"><accumulationBehaviour>4</accumulationBehaviour><commodity>1</commodity>\
         <flowDirection>1</flowDirection><intervalLength>3600</intervalLength><kind>12</kind><powerOfTenMultiplier>0\
         </powerOfTenMultiplier><uom>72</uom></ReadingType></content></entry><entry><link rel=\"self\" \
         href=\"R/1/UsagePoint/1/MeterReading/1/IntervalBlock/1\"/><link rel=\"up\" \
         href=\"R/1/UsagePoint/1/MeterReading/1/IntervalBlock\"/><content><IntervalBlock xmlns=\"http://naesb.org/espi\">{entries}\
         </IntervalBlock></content></entry></feed>"
    )
}

fn green_button_csv(entries: &[Entry]) -> String {
    let entries = all(entries, |entry| {
        let hours = if entry.number % 2 == 0 { "00:00,11:59" } else { "12:00,23:59" };
        let amount = entry.amount();
        format!("Electric usage,{},{hours},{}.{:02},kWh,,\n", entry.day(), amount / 100, amount % 100)
    });
    format!(
        "Name,MX EXAMPLE\nAccount Number,1234567890\nService,Service 1\n\nTYPE,DATE,START TIME,END TIME,USAGE,UNITS,COST,NOTES\n{entries}"
    )
}

fn grdf(entries: &[Entry]) -> String {
    let one = |entry: &Entry| {
        let day = entry.own_day();
        serde_json::json!({
            "journeeGaziere": day.to_string(),
            "dateDebutReleve": format!("{day}T06:00:00+00:00"),
            "energieConsomme": entry.amount(),
            "volumeBrutConsomme": 7,
            "natureReleve": "Informative Journalier",
            "qualificationReleve": if entry.is_corrected { "Mesuré" } else { "Estimé" },
        })
    };
    let readings: Vec<serde_json::Value> = entries.iter().map(one).collect();
    serde_json::json!({ "00000000000003": { "idPce": "00000000000003", "releves": readings } }).to_string()
}

fn sms(entries: &[Entry]) -> String {
    let entries = all(entries, |entry| {
        let way = entry.number % 2 + 1;
        format!(
            "<sms protocol=\"0\" address=\"+3362345678{}\" date=\"{}000\" type=\"{way}\" body=\"{}\" read=\"1\" />\n",
            entry.number % 3,
            entry.hour(),
            entry.label()
        )
    });
    format!("<?xml version='1.0' encoding='UTF-8'?>\n<smses count=\"1\">\n{entries}</smses>\n")
}

fn vcard(entries: &[Entry]) -> String {
    all(entries, |entry| {
        let number = entry.number;
        format!(
            "BEGIN:VCARD\nVERSION:3.0\nN:Dupont;P{number};;;\nFN:P{number} Dupont\nTEL;TYPE=CELL:+336123456{number:02}\nEND:VCARD\n"
        )
    })
}

fn positions(entries: &[Entry]) -> String {
    let one = |entry: &Entry| {
        serde_json::json!({
            "latitudeE7": 457_640_000 + entry.number,
            "longitudeE7": 48_357_000,
            "timestampMs": format!("{}000", entry.hour()),
        })
    };
    serde_json::json!({ "locations": entries.iter().map(one).collect::<Vec<_>>() }).to_string()
}

fn visits(entries: &[Entry]) -> String {
    let one = |entry: &Entry| {
        serde_json::json!({
            "page_transition": "LINK",
            "title": entry.label(),
            "url": format!("https://www.example.org/?q={}", entry.number % 3),
            "time_usec": entry.hour() * 1_000_000,
        })
    };
    serde_json::json!({ "Browser History": entries.iter().map(one).collect::<Vec<_>>() }).to_string()
}
