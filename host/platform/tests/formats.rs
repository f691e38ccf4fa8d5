//! Two files of one account, meter or telephone, in the formats of other holders than those of the sample people: the
//! second overlaps the first, corrects it, and has its rows or columns in another order. The vault ends equal to what both
//! say, each row once, and in any order of undoing, what is left is what the files that stand say.

#![allow(clippy::unwrap_used, reason = "what goes wrong here is the failure of a test")]

mod common;

use common::{NONE, Rows, differences, instance, me, rows};
use mesinfos_platform::Platform;
use mesinfos_platform::model::Day;
use proptest::prelude::*;

/// What a file has an entry of: a payment, a reading, a message, a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    number: u32,
    /// What the holder says later of it is not what it said first.
    is_corrected: bool,
}

impl Entry {
    /// Two entries have each day.
    fn day(self) -> Day {
        let first: Day = "2025-02-20".parse().unwrap();
        Day(first.0 + i32::try_from(self.number / 2).unwrap())
    }

    /// Seconds since 1970 of its hour: no two have one.
    fn hour(self) -> i64 {
        1_740_013_200 + i64::from(self.number) * 3_600
    }

    /// Hundredths, or watt-hours. Some entries of a day are equal: two coffees.
    fn amount(self) -> i64 {
        [150, 150, 1_999, 4_250, 150, 150, 320_005][self.number as usize % 7] + i64::from(self.is_corrected)
    }

    /// An amount that no correction changes.
    fn price(self) -> String {
        let amount = Entry { is_corrected: false, ..self }.amount();
        format!("-{}.{:02}", amount / 100, amount % 100)
    }

    fn label(self) -> String {
        let shop = ["CAFE", "CAFE", "LIBRAIRIE", "TRAIN", "CAFE", "CAFE", "LOYER"][self.number as usize % 7];
        format!("{shop}{}", if self.is_corrected { " RECTIFIE" } else { "" })
    }
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    AsWritten,
    /// Rows backwards and, in tables that name their columns, columns from the last to the first.
    Backwards,
}

/// A format, and how a file of it is written.
struct Kind {
    id: &'static str,
    write: fn(&[Entry]) -> String,
    /// Whether the holder corrects an entry in a way that can be told: its id stays, or what identifies it.
    is_corrected: bool,
    /// Whether the first line of the file names its columns, and by what they are separated.
    columns: Option<char>,
}

const KINDS: &[Kind] = &[
    Kind { id: "camt-xml", write: camt, is_corrected: true, columns: None },
    Kind { id: "ofx", write: ofx, is_corrected: true, columns: None },
    Kind { id: "qif", write: qif, is_corrected: false, columns: None },
    Kind { id: "bank-csv", write: n26, is_corrected: true, columns: Some(',') },
    Kind { id: "bank-csv", write: revolut, is_corrected: false, columns: Some(',') },
    Kind { id: "bank-csv", write: boursorama, is_corrected: true, columns: Some(';') },
    // Without an account, a reference may be that of a mandate: another label is another payment (decision 0051).
    Kind { id: "stet-json", write: stet, is_corrected: false, columns: None },
    Kind { id: "green-button-xml", write: green_button, is_corrected: true, columns: None },
    Kind { id: "green-button-csv", write: green_button_csv, is_corrected: true, columns: None },
    Kind { id: "grdf-json", write: grdf, is_corrected: true, columns: None },
    Kind { id: "sms-backup", write: sms, is_corrected: false, columns: None },
    Kind { id: "vcard", write: vcard, is_corrected: false, columns: None },
    Kind { id: "google-records", write: positions, is_corrected: false, columns: None },
    Kind { id: "chrome-takeout-json", write: visits, is_corrected: false, columns: None },
];

impl Kind {
    fn file(&self, entries: &[Entry], order: Order) -> String {
        let mut entries = entries.to_vec();
        if order == Order::Backwards {
            entries.reverse();
        }
        let text = (self.write)(&entries);
        match self.columns {
            Some(delimiter) if order == Order::Backwards => {
                let backwards =
                    |line: &str| line.split(delimiter).rev().collect::<Vec<_>>().join(&delimiter.to_string());
                text.lines().map(|line| backwards(line) + "\n").collect()
            }
            _ => text,
        }
    }
}

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
        let day =
            Day(entry.day().0 + i32::try_from(entry.number).unwrap()
                - i32::try_from(entry.number / 2).unwrap());
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

/// Imports a file. Returns the import, and how many rows were new, corrected and known.
fn import(platform: &Platform, kind: &Kind, file: &str) -> (u64, (u64, u64, u64)) {
    let report = platform.import(&me(), "file", file.as_bytes());
    let report = report.unwrap_or_else(|error| panic!("{}: {error}\n{file}", kind.id));
    assert_eq!((report.files[0].format, report.rejected()), (kind.id, 0), "{file}\n{:?}", report.files);
    // A message is a row of two categories.
    let of = &report.categories[0];
    (report.import.unwrap(), (of.accepted, of.corrected, of.duplicates))
}

fn undo(platform: &Platform, import: u64) {
    platform.undo_import(&me(), import).unwrap();
    platform.audit_verify(&me(), None).unwrap();
}

/// The rows of files in a vault of their own.
fn rows_of(kind: &Kind, files: &[&str]) -> Rows {
    let (_folder, platform) = instance();
    for file in files {
        import(&platform, kind, file);
    }
    rows(&platform)
}

fn order() -> impl Strategy<Value = Order> {
    prop_oneof![Just(Order::AsWritten), Just(Order::Backwards)]
}

/// Number of cases: more with `PROPTEST_CASES`.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(3)
}

/// The entries of a file.
fn entries(numbers: std::ops::Range<u32>, corrected: &[u32]) -> Vec<Entry> {
    numbers.map(|number| Entry { number, is_corrected: corrected.contains(&number) }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_files_of_one_account_are_one_account(
        from in 0_u32..6,
        lengths in (2_u32..8, 5_u32..12, 0_u32..8),
        orders in (order(), order(), order()),
        which in any::<u16>(),
        is_first_undone in any::<bool>(),
    ) {
        for kind in KINDS {
            let (own, common, more) = lengths;
            // Whole days: a file that begins in the middle of a day says nothing of its other half.
            let (begin, middle) = (from * 2, (from + own) * 2);
            let (end, last) = (middle + common * 2, middle + (common + more) * 2);
            // Not on the first and the last day of the second file, which may be there in part.
            let inner = middle + 2..end.max(middle + 4) - 2;
            let corrected: Vec<u32> = inner.filter(|number| kind.is_corrected && which >> (number % 16) & 1 == 1).collect();
            let early = kind.file(&entries(begin..end, &[]), orders.0);
            let late = kind.file(&entries(middle..last, &corrected), orders.1);
            let both = kind.file(&entries(begin..last, &corrected), Order::AsWritten);
            let (_folder, platform) = instance();
            let (first, counts) = import(&platform, kind, &early);
            prop_assert_eq!(counts, (u64::from(end - begin), 0, 0), "{}", kind.id);
            let before = rows(&platform);
            let (second, counts) = import(&platform, kind, &late);
            let expected = (
                u64::from(last - end),
                corrected.len() as u64,
                u64::from(end - middle) - corrected.len() as u64,
            );
            prop_assert_eq!(counts, expected, "{}: new, corrected, known; {:?}", kind.id, &corrected);
            let whole = rows_of(kind, &[&both]);
            prop_assert_eq!(differences(&rows(&platform), &whole), NONE, "{}", kind.id);
            // The same files again change nothing, in whatever order their rows are.
            for (numbers, corrected) in [(begin..end, &[][..]), (middle..last, &corrected)] {
                let again = kind.file(&entries(numbers, corrected), orders.2);
                let (again, (new, changed, _)) = import(&platform, kind, &again);
                prop_assert_eq!((new, changed), (0, 0), "{}", kind.id);
                undo(&platform, again);
            }
            prop_assert_eq!(differences(&rows(&platform), &whole), NONE, "{}", kind.id);
            if is_first_undone {
                // Rows that both files have go with the first, unless the second corrected them; they are back with it.
                undo(&platform, first);
                let (again, _) = import(&platform, kind, &late);
                prop_assert_eq!(differences(&rows(&platform), &rows_of(kind, &[&late])), NONE, "{}", kind.id);
                undo(&platform, second);
                undo(&platform, again);
            } else {
                undo(&platform, second);
                prop_assert_eq!(differences(&rows(&platform), &before), NONE, "{}", kind.id);
                undo(&platform, first);
            }
            prop_assert!(rows(&platform).is_empty(), "{}", kind.id);
        }
    }
}
