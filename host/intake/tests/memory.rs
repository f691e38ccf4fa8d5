//! Reading takes little memory for any file, even a small one made to expand.
//!
//! This program's allocator counts all allocations, except those of SQLite, which is C.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use mesinfos_intake::{IntakeError, MAX_REJECTED, Read, Totals, read_archive, read_file};
use mesinfos_model::Batch;
use std::alloc::{GlobalAlloc, Layout, System};
use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

fn more(bytes: usize) {
    PEAK.fetch_max(NOW.fetch_add(bytes, Relaxed) + bytes, Relaxed);
}

#[allow(unsafe_code, reason = "only an allocator sees all that is allocated, and making one is unsafe")]
// SAFETY: every call is passed to the system allocator unchanged; apart from that, only counters change.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        more(layout.size());
        // SAFETY: the caller upholds the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the caller upholds the contract of `dealloc`.
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Both exist while one is copied to the other.
        more(size);
        NOW.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the caller upholds the contract of `realloc`.
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The counters cover the whole program, so only one test reads at a time.
static ONE: Mutex<()> = Mutex::new(());

/// Most memory for reading a file, besides the file itself.
const MEMORY: usize = 64 << 20;

/// Longest time for reading a file, in a debug build on a busy machine.
const TIME: Duration = Duration::from_secs(60);

type Outcome = Result<Vec<Read>, IntakeError>;

/// Reads, checks memory and time against the bounds, and returns the outcome.
fn measured(name: &str, read: impl FnOnce(&mut dyn FnMut(Batch)) -> Outcome) -> Outcome {
    let mut totals = Totals::default();
    let (before, started) = (NOW.load(Relaxed), Instant::now());
    PEAK.store(before, Relaxed);
    let outcome = read(&mut |batch| totals.add(&batch));
    let peak = PEAK.load(Relaxed) - before;
    assert!(peak < MEMORY, "{name}: {} MiB", peak >> 20);
    assert!(started.elapsed() < TIME, "{name}: {:?}", started.elapsed());
    let told: Vec<String> = match &outcome {
        Ok(reads) => {
            let kept = reads.iter().map(|read| read.rejected.len()).sum::<usize>();
            // An archive adds one rejection for each file it skipped.
            assert!(kept <= MAX_REJECTED + reads.len(), "{name}: {kept} rejections are kept");
            let rejected = reads.iter().flat_map(|read| &read.rejected);
            rejected.flat_map(|r| [r.reason.to_string(), r.field.clone().unwrap_or_default()]).collect()
        }
        // The list of tried formats has several lines.
        Err(IntakeError::Unrecognised { .. }) => Vec::new(),
        Err(error) => vec![error.to_string()],
    };
    for told in told {
        assert!(told.chars().count() < 700, "{name}: {} characters are told", told.chars().count());
        assert!(!told.contains(char::is_control), "{name}: {told:?}");
    }
    outcome
}

fn read(name: &str, bytes: &[u8]) -> Outcome {
    measured(name, |sink| {
        let mut sink = |batch: Batch| {
            sink(batch);
            Ok(())
        };
        read_file(name, &mut &*bytes, &mut sink)
    })
}

/// An archive of files, compressed or stored.
fn zip(files: &[(String, &[u8])], packed: bool) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let method = if packed { zip::CompressionMethod::Deflated } else { zip::CompressionMethod::Stored };
    let options = zip::write::SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Reads a bomb alone and in archives; returns the outcome of reading it alone.
fn bomb(name: &str, bytes: &[u8]) -> Outcome {
    let _one = ONE.lock();
    for packed in [true, false] {
        let archive = zip(&[(name.to_owned(), bytes)], packed);
        let zipped = format!("{name} in an archive (packed: {packed})");
        let _ = measured(&zipped, |sink| {
            let mut sink = |batch: Batch| {
                sink(batch);
                Ok(())
            };
            read_archive(name, Cursor::new(&archive[..]), &mut sink)
        });
    }
    read(name, bytes)
}

/// Checks that a bomb is refused with these words.
fn refused(name: &str, bytes: &[u8], words: &str) {
    let message = bomb(name, bytes).unwrap_err().to_string();
    assert!(message.contains(words), "{name}: {message}");
}

const CDA: &str = r#"<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><templateId root="2.16.840.1.113883.10.20.22.1.2"/>"#;

fn panel(date: usize, observations: usize) -> String {
    let observations =
        r#"<component><observation><code code="a"/></observation></component>"#.repeat(observations);
    format!(
        r#"{CDA}<component><structuredBody><component><section><code code="30954-2"/><entry><organizer><effectiveTime value="{}"/>{observations}</organizer></entry></section></component></structuredBody></component></ClinicalDocument>"#,
        "X".repeat(date)
    )
}

#[test]
fn one_bad_date_of_many_results_is_told_in_short() {
    let reads = bomb("cda.xml", panel(8 << 20, 15_000).as_bytes()).unwrap();
    assert_eq!((reads[0].rejected_count, reads[0].rejected.len()), (15_000, MAX_REJECTED));
    let reason = reads[0].rejected[0].reason.to_string();
    assert!(reason.chars().count() <= 200 && reason.ends_with("is not a date like 20201231"));
    refused("cda.xml", panel(8 << 20, 100_000).as_bytes(), "an element with all its contents is over");
}

#[test]
fn a_tree_is_bounded_by_what_it_takes() {
    for element in ["<b/>", "<b></b>", "<b a=''/>", "<b>x</b>", "<b a='' c='' d='' e=''><f/></b>"] {
        let tree = element.repeat((12 << 20) / element.len());
        let tree = format!("{CDA}<section>{tree}</section></ClinicalDocument>");
        refused("tree.xml", tree.as_bytes(), "an element with all its contents is over");
    }
    let attributes: String = (0..1_000_000).map(|n| format!(" a{n}=''")).collect();
    let wide = format!("{CDA}<section><b{attributes}/></section></ClinicalDocument>");
    refused("wide.xml", wide.as_bytes(), "the number of attributes of an element is over");
}

const ATOM: &str =
    r#"<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:e="http://naesb.org/espi">"#;

#[test]
fn links_of_an_entry_are_shared_by_all_that_is_in_it() {
    let link = |n: usize| format!(r#"<link rel="related" href="{n:x}{}"/>"#, "y".repeat(1_000));
    let links: String = (0..15_000).map(link).collect();
    let own = r#"<link rel="self" href="/UsagePoint/1/MeterReading/1"/>"#;
    for (content, times) in [
        ("<e:MeterReading/>", 19_000),
        ("<e:UsagePoint/>", 19_000),
        ("<e:IntervalBlock/>", 100_000),
        ("<e:IntervalBlock><e:IntervalReading/></e:IntervalBlock>", 50_000),
        ("<e:UsageSummary><e:billLastPeriod>1</e:billLastPeriod></e:UsageSummary>", 19_000),
    ] {
        let content = content.repeat(times);
        let feed = format!("{ATOM}<entry>{own}{links}<content>{content}</content></entry></feed>");
        let _ = bomb("green.xml", feed.as_bytes());
    }
    // Links between blocks, so that each block could have different ones.
    let between: String = (0..8_000).map(|n| format!("{}<e:IntervalBlock/>", link(n))).collect();
    let _ = bomb("between.xml", format!("{ATOM}<entry>{own}{between}</entry></feed>").as_bytes());
    let lines = "<e:costAdditionalDetailLastPeriod/>".repeat(200);
    let bills = format!("<e:UsageSummary>{lines}</e:UsageSummary>").repeat(1_000);
    refused(
        "bills.xml",
        format!("{ATOM}<entry>{own}<content>{bills}</content></entry></feed>").as_bytes(),
        "the number of resources in the feed is over",
    );
    let long = format!(r#"{ATOM}<entry><link rel="self" href="{}"/></entry></feed>"#, "y".repeat(1 << 20));
    refused("long.xml", long.as_bytes(), "an address in the feed is over");
}

#[test]
fn rows_of_one_day_pass_through() {
    let mut month = "Date,Type,Merchant/Description,Debit/Credit,Balance\n".to_owned();
    month.extend((0..200_000).map(|n| format!("23/07/2024,VIS,{n:x},-£1.00,+£{n}.00\n")));
    let reads = bomb("month.csv", month.as_bytes()).unwrap();
    assert_eq!(reads[0].rows, 200_000);
}

fn workbook(text: &str, rows: usize, cell: &str) -> Vec<u8> {
    let texts = format!("<sst><si><t>Energie consomm{text}</t></si></sst>");
    let row = format!("<row>{}</row>", cell.repeat(63));
    let sheet = format!("<worksheet><sheetData>{}</sheetData></worksheet>", row.repeat(rows));
    let part = |name: &str, bytes| (name.to_owned(), bytes);
    zip(
        &[
            part("[Content_Types].xml", &b"<Types/>"[..]),
            part("xl/sharedStrings.xml", texts.as_bytes()),
            part("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ],
        true,
    )
}

#[test]
fn a_text_of_a_workbook_is_no_larger_for_each_cell() {
    let cell = "<c t=\"s\"><v>0</v></c>";
    refused(
        "book.xlsx",
        &workbook(&"z".repeat(15 << 20), 20_000, cell),
        "the unpacked size of a part of the workbook",
    );
    // No part is compressed too tightly.
    let noise = |bytes: usize| -> String {
        let mut state = 1_u32;
        let digit = |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from_digit(state >> 28, 16).unwrap()
        };
        (0..bytes).map(digit).collect()
    };
    let noisy = format!("{cell}<!--{}-->", noise(2_000));
    for (text, rows) in [(noise(6 << 20), 100), (noise(4 << 20), 150)] {
        let message = bomb("noisy.xlsx", &workbook(&text, rows, &noisy)).unwrap_err().to_string();
        assert!(message.contains("no table of gas readings"), "{message}");
    }
    let wide = format!("<c>{}</c><!--{}-->", "<f/>".repeat(5_000), noise(1 << 10));
    refused("wide.xlsx", &workbook(&noise(1 << 10), 1, &wide), "an element with all its contents is over");
}

#[test]
fn values_of_an_entry_are_bounded() {
    let many = |one: &str| vec![one; (8 << 20) / (one.len() + 1)].join(",");
    let entry = r#""bookingDate":"2026-01-02","transactionAmount":{"currency":"EUR","amount":"1.00"}"#;
    for one in ["\"\"", "[]", "{}", "0"] {
        let many = many(one);
        refused(
            "berlin.json",
            format!(r#"{{"transactions":{{"booked":[{{{entry},"remittanceInformationUnstructuredArray":[{many}]}}]}}}}"#)
                .as_bytes(),
            "the number of values in an entry is over",
        );
        for claim in [
            format!(r#"{{"resourceType":"ExplanationOfBenefit","item":[{many}]}}"#),
            format!(
                r#"{{"resourceType":"Bundle","entry":[{{"resource":{{"resourceType":"ExplanationOfBenefit","item":[{many}]}}}}]}}"#
            ),
        ] {
            refused("claim.json", claim.as_bytes(), "the number of values in an entry is over");
        }
        let badge = format!(
            r#"{{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"type":["VerifiableCredential","OpenBadgeCredential"],"evidence":[{}]}}"#,
            &many[..many.len() / 2]
        );
        let _ = bomb("badge.json", badge.as_bytes());
    }
    let people = many(r#"{"name":"a"}"#);
    let chat = format!(
        r#"{{"participants":[{people}],"messages":[{{"sender_name":"a","timestamp_ms":1600000000000}}],"title":"a"}}"#
    );
    let _ = bomb("chat.json", chat.as_bytes());
    // Skipped data, and data repeated for everything that follows.
    let meter = "1".repeat(8 << 20);
    let readings = vec![r#"{"value":"1","date":"2020-01-01"}"#; 50_000].join(",");
    let curve = format!(
        r#"{{"meter_reading":{{"usage_point_id":"{meter}","reading_type":{{"unit":"Wh"}},"interval_reading":[{readings}]}}}}"#
    );
    let _ = bomb("curve.json", curve.as_bytes());
}

#[test]
fn lines_and_cells_are_bounded() {
    let header = "Date,Type,Merchant/Description,Debit/Credit,Balance\n";
    for filler in [",", "\"\",", ";"] {
        let line = filler.repeat((12 << 20) / filler.len());
        refused("wide.csv", format!("{header}{line}\n").as_bytes(), "is over");
    }
    let long = "x".repeat(15 << 20);
    for beginning in ["!Type:Bank\nD1/1/2024\nP", "BEGIN:VCARD\nN:", "[01/02/2024, 10:00:00] Ann: "] {
        let _ = bomb("long.txt", format!("{beginning}{long}\n").as_bytes());
    }
    let rejected = format!("{header}{}", format!("{},VIS,a,-£1.00,+£1.00\n", "y".repeat(500)).repeat(20_000));
    let reads = bomb("rejected.csv", rejected.as_bytes()).unwrap();
    assert_eq!((reads[0].rejected_count, reads[0].rejected.len()), (20_000, MAX_REJECTED));
}

#[test]
fn tags_cards_and_messages_are_bounded() {
    let ofx = "OFXHEADER:100\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKTRANLIST>";
    let long = "x".repeat(8 << 20);
    for filler in ["<A>", "<STMTTRN>", "<MEMO>x", "<", "&amp;", "<!--", "<![CDATA["] {
        let filler = filler.repeat((4 << 20) / filler.len());
        let _ = bomb("nested.ofx", format!("{ofx}<STMTTRN><MEMO>{filler}").as_bytes());
    }
    let account = format!("{ofx}<BANKACCTFROM><ACCTID>{long}</BANKACCTFROM>");
    let booking = "<STMTTRN><TRNTYPE>POS<DTPOSTED>20240102<TRNAMT>-1<FITID>1</STMTTRN>".repeat(20_000);
    let _ = bomb("account.ofx", format!("{account}{booking}").as_bytes());

    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\n";
    for filler in ["N:a\r\n", " folded\r\n", "TEL:1\r\n", "CATEGORIES:a,b,c\r\n", "ORG:a;b;c;d\r\n"] {
        let _ = bomb("card.vcf", format!("{card}{}", filler.repeat((8 << 20) / filler.len())).as_bytes());
    }
    for separator in [";", ","] {
        let many = separator.repeat(8 << 20);
        let _ = bomb("card.vcf", format!("{card}N:{many}\r\nCATEGORIES:{many}\r\nEND:VCARD\r\n").as_bytes());
    }

    let backup = r#"<?xml version='1.0'?><smses count="1" backup_set="0">"#;
    let parts = r#"<part ct="text/plain" text="x"/>"#.repeat(200_000);
    refused(
        "mms.xml",
        format!(r#"{backup}<mms date="1475312348000" msg_box="1" address="1"><parts>{parts}</parts></mms></smses>"#).as_bytes(),
        "an element with all its contents is over",
    );
    let _ = bomb(
        "sms.xml",
        format!(r#"{backup}<sms date="1475312348000" type="1" address="{long}" body="{long}"/></smses>"#)
            .as_bytes(),
    );
}

#[test]
fn nothing_is_as_deep_as_it_is_long() {
    for (beginning, filler) in [
        ("[", "["),
        (r#"[{"header":"Chrome","title":"#, "["),
        (r#"{"meter_reading":"#, r#"{"a":"#),
        (CDA, "<section>"),
        (ATOM, "<a>"),
    ] {
        let deep = format!("{beginning}{}", filler.repeat((4 << 20) / filler.len()));
        assert!(bomb("deep", deep.as_bytes()).is_err());
    }
}

#[test]
fn an_archive_of_many_files_keeps_few_rejections() {
    let header = "Date,Type,Merchant/Description,Debit/Credit,Balance\n";
    let bad = format!("{header}{}23/07/2024,VIS,a,-£1.00,+£1.00\n", "y,VIS,a,-£1.00,+£1.00\n".repeat(1_000));
    let _one = ONE.lock();
    let name = |n: usize| format!("{n}\u{202e}\u{1b}[2J{}.csv", "n".repeat(400));
    let files: Vec<(String, &[u8])> = (0..100).map(|n| (name(n), bad.as_bytes())).collect();
    let archive = zip(&files, true);
    let mut sink = |_: Batch| Ok(());
    let reads = measured("many", |_| read_archive("many.zip", Cursor::new(&archive), &mut sink)).unwrap();
    assert_eq!(reads.iter().map(|read| read.rejected_count).sum::<u64>(), 100_000);
    assert_eq!(reads.iter().map(|read| read.rejected.len()).sum::<usize>(), MAX_REJECTED);
    for read in &reads {
        let name = &read.file;
        assert!(name.chars().count() <= 200 && name.ends_with("nn.csv"), "{name}");
        assert!(!name.contains(|c: char| c.is_control() || c == '\u{202e}'), "{name:?}");
    }
    let files: Vec<(String, &[u8])> = (0..25_000).map(|n| (name(n), &b"?"[..])).collect();
    let archive = zip(&files, false);
    let mut sink = |_: Batch| Ok(());
    let none = measured("unknown", |_| read_archive("many.zip", Cursor::new(&archive), &mut sink));
    let none = none.unwrap();
    assert!(none.len() < 20 && none.iter().all(|read| read.rows == 0));
}

/// As Takeout packs the photographs of a life: a note beside each, films, and among them files with rows.
#[test]
fn a_whole_takeout_is_read_and_what_is_nothing_to_us_is_counted() {
    let _one = ONE.lock();
    let statement = "Date,Type,Merchant/Description,Debit/Credit,Balance\n23/07/2024,VIS,a,-£1.00,+£1.00\n";
    let mut files: Vec<(String, &[u8])> = Vec::new();
    for n in 0..120_000 {
        let path = format!("Takeout/Google Photos/Photos from {}/IMG_20190101_{n:06}", 2000 + n % 25);
        files.push(match n {
            _ if n % 20_000 == 7 => (format!("{path}.csv"), statement.as_bytes()),
            _ if n % 40 == 0 => (format!("{path}.mp4"), b"\0\0\0\x18ftypmp42film"),
            _ if n % 40 == 1 => (format!("{path}.json"), br#"{"title":"a"}"#),
            _ => (format!("{path}.json"), b""),
        });
    }
    let archive = zip(&files, false);
    let mut rows = 0;
    let reads = measured("takeout", |sink| {
        let mut sink = |batch: Batch| {
            rows += batch.rows();
            sink(batch);
            Ok(())
        };
        read_archive("takeout.zip", Cursor::new(&archive), &mut sink)
    });
    let reads = reads.unwrap();
    assert_eq!((rows, reads.iter().filter(|read| read.rows > 0).count()), (6, 6));
    // Six with a row, ten that are named, and a line for the others.
    assert_eq!(reads.len(), 17);
    let further = reads.last().unwrap().rejected[0].reason.to_string();
    assert_eq!(further, "119984 further files are not in a known format");
    assert!(reads.iter().any(|read| read.file.ends_with("_000000.mp4")), "{reads:?}");

    // Damaged ones are named up to a limit, and then counted.
    let files: Vec<(String, &[u8])> = (0..2_500).map(|n| (format!("{n}.zip"), &b"PK\x03\x04x"[..])).collect();
    let archive = zip(&files, false);
    let mut sink = |_: Batch| Ok(());
    let reads = measured("broken", |_| read_archive("many.zip", Cursor::new(&archive), &mut sink)).unwrap();
    assert_eq!(reads.len(), 1_001);
    assert_eq!(reads[1_000].rejected[0].reason.to_string(), "1500 further files cannot be read");

    // More than there may be are refused before one is read.
    let files: Vec<(String, &[u8])> = (0..150_001).map(|n| (n.to_string(), &b""[..])).collect();
    let archive = zip(&files, false);
    let mut sink = |_: Batch| Ok(());
    let many = measured("too many", |_| read_archive("many.zip", Cursor::new(&archive), &mut sink));
    assert!(many.unwrap_err().to_string().contains("150000"));
}

/// Every sample of every format, with a growing text in its middle.
#[test]
fn a_good_file_that_is_blown_up_is_bounded() {
    const FILLER: usize = 1 << 20;
    let _one = ONE.lock();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let bytes = std::fs::read(entry.path()).unwrap();
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let start = text.trim_start();
        let (fillers, after): (&[&str], &[char]) = match () {
            () if start.starts_with('<') => (&["<b/>", "<b c='d'>e</b>", "x"], &['>']),
            () if start.starts_with(['{', '[']) => (&["{},", "0,", "\"\",", "[],", "\"x\":0,"], &[',', '[']),
            () => (&[",", ";", "\n", "x\n", ":x\n", "x"], &[',', ';', '\n', ':']),
        };
        // At a different position for each file.
        let at = text.floor_char_boundary(text.len() * (1 + text.len() % 3) / 4);
        let Some(at) = text[at..].find(after).map(|found| at + found + 1) else { continue };
        for filler in fillers {
            let filled = [&text[..at], &filler.repeat(FILLER / filler.len()), &text[at..]].concat();
            let _ = read(&format!("{name} with {filler:?} at {at}"), filled.as_bytes());
        }
    }
}
