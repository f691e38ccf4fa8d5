//! Files read in a separate process: honest ones as in this process, hostile ones without harm.

use crate::http::Server;
use crate::lab::{Lab, PEOPLE};
use crate::support::{Data, binary, me, sample};
use mesinfos_model::{Category, Period};
use mesinfos_platform::{ImportInput, Isolation, Platform, RowsAsked};
use std::io::{Cursor, Read, Write};
use std::time::{Duration, Instant};

/// A platform that reads in this process, and one that reads in runners.
fn both() -> [(Platform, tempfile::TempDir); 2] {
    [Isolation::InProcess, Isolation::Process { program: binary() }].map(|isolation| {
        let folder = tempfile::tempdir().unwrap();
        (Platform::open(folder.path(), &isolation).unwrap(), folder)
    })
}

/// All rows of a person with their positions, sorted as text: rows of the same time have no defined order.
fn rows(platform: &Platform, person: &str) -> Vec<String> {
    let of = |category: &Category| {
        let asked = RowsAsked { period: Period::ALL, undated: true, limit: usize::MAX };
        let found = platform.rows(&me(person), *category, &asked).unwrap();
        found.rows.iter().map(|row| format!("{category} {row:?}")).collect::<Vec<_>>()
    };
    let mut rows: Vec<String> = Category::ALL.iter().flat_map(of).collect();
    rows.sort();
    rows
}

fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A history as Firefox stores it: no sample person has a database.
fn history() -> Vec<u8> {
    let mut database = rusqlite::Connection::open_in_memory().unwrap();
    let tables = "CREATE TABLE moz_places(id INTEGER PRIMARY KEY, url TEXT, title TEXT, rev_host TEXT);
        CREATE TABLE moz_historyvisits(id INTEGER PRIMARY KEY, from_visit INTEGER, place_id INTEGER,
            visit_date INTEGER, visit_type INTEGER);
        INSERT INTO moz_places VALUES (1, 'https://a.example/', 'A', '');
        INSERT INTO moz_historyvisits VALUES (1, 0, 1, 1475312348123456, 5);";
    database.execute_batch(tables).unwrap();
    database.serialize(rusqlite::MAIN_DB).unwrap().to_vec()
}

#[test]
fn a_database_is_read_apart() {
    let [_, (apart, _folder)] = both();
    let report = apart.import(&me("p"), "places.sqlite", &history()[..]).unwrap();
    assert_eq!((report.files[0].format, report.files[0].rows), ("browser-database", 1));
}

#[test]
fn honest_files_are_read_apart_as_they_are_here() {
    let [(here, _a), (apart, _b)] = both();
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(sample("."))
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
        .collect();
    for persona in mesinfos_personas::personas() {
        files.extend(persona.files(1).map(|file| (file.name.to_string(), file.bytes)));
    }
    files.push(("places.sqlite".to_owned(), history()));
    files.sort();
    let mut read = 0;
    for (name, bytes) in &files {
        let import = |platform: &Platform| match platform.import(&me("p"), name, &bytes[..]) {
            Ok(report) => format!("{report:?}"),
            Err(error) => error.to_string(),
        };
        let expected = import(&here);
        assert_eq!(import(&apart), expected, "{name}");
        read += usize::from(expected.starts_with("ImportReport"));
    }
    assert!(read > 20, "{read} of {} files", files.len());
    assert!(rows(&here, "p") == rows(&apart, "p"), "and the rows are the same");
    // All files at once, from a file and as a stream.
    let numbered = files.iter().enumerate().map(|(i, (name, bytes))| (format!("{i}/{name}"), bytes.clone()));
    let archive = zipped(&numbered.collect::<Vec<_>>());
    let report = |platform: &Platform, person: &str, source: ImportInput<'_>| {
        format!("{:?}", platform.import(&me(person), "all.zip", source).unwrap())
    };
    for person in ["from-a-file", "as-a-stream"] {
        let source = || match person {
            "from-a-file" => ImportInput::file(Cursor::new(&archive[..])),
            _ => ImportInput::from(&archive[..]),
        };
        let expected = report(&here, person, source());
        assert_eq!(report(&apart, person, source()), expected, "{person}");
    }
    assert!(rows(&here, "from-a-file") == rows(&apart, "from-a-file"));
    let document = |platform: &Platform| {
        let (name, bytes) = &files[0];
        platform.import(&me("d"), name, ImportInput::from(&bytes[..]).as_document(true)).unwrap();
        let id = platform.documents(&me("d")).unwrap()[0].id;
        let (_, pieces) = platform.document(&me("d"), id).unwrap();
        pieces.flat_map(|piece| AsRef::<[u8]>::as_ref(&piece.unwrap()).to_vec()).collect::<Vec<u8>>()
    };
    assert!(document(&apart) == files[0].1 && document(&here) == files[0].1);
}

/// Resident memory of this process in bytes.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().strip_suffix(" kB").unwrap().parse::<u64>().unwrap() << 10
}

/// Small files that expand to gigabytes or take hours.
fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let clinical = |body: String| {
        format!(
            "<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\">\
             <templateId root=\"2.16.840.1.113883.10.20.22.1.2\"/>{body}</ClinicalDocument>"
        )
        .into_bytes()
    };
    let tree = clinical(format!("<section>{}</section>", "<b/>".repeat(3 << 20)));
    let observation = "<component><observation><code code=\"a\"/></observation></component>";
    let dates = clinical(format!(
        "<component><structuredBody><component><section><code code=\"30954-2\"/><entry><organizer>\
         <effectiveTime value=\"{}\"/>{}</organizer></entry></section></component></structuredBody></component>",
        "X".repeat(4 << 20),
        observation.repeat(50_000)
    ));
    let links: String =
        (0..15_000).map(|i| format!("<link rel=\"related\" href=\"{i:x}{}\"/>", "y".repeat(500))).collect();
    let green = format!(
        "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:e=\"http://naesb.org/espi\"><entry>\
         <link rel=\"self\" href=\"/UsagePoint/1/MeterReading/1\"/>{links}<content>{}</content></entry></feed>",
        "<e:MeterReading/>".repeat(19_000)
    );
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(63);
    let sheet = format!(
        "<worksheet><sheetData>{}</sheetData></worksheet>",
        format!("<row>{cells}</row>").repeat(20_000)
    );
    let shared = format!("<sst><si><t>Energie consomm{}</t></si></sst>", "z".repeat(8 << 20));
    let book = zipped(&[
        ("[Content_Types].xml".to_owned(), b"<Types/>".to_vec()),
        ("xl/sharedStrings.xml".to_owned(), shared.into_bytes()),
        ("xl/worksheets/sheet1.xml".to_owned(), sheet.into_bytes()),
    ]);
    vec![("tree.xml", tree), ("dates.xml", dates), ("green.xml", green.into_bytes()), ("book.xlsx", book)]
}

#[test]
fn bombs_end_and_the_next_file_is_read() {
    let lab = Lab::apart();
    for (name, bomb) in bombs() {
        let (began, before) = (Instant::now(), resident());
        let ended = lab.platform.import(&me(PEOPLE[0]), name, &bomb[..]);
        let words =
            ended.as_ref().map_or_else(ToString::to_string, |report| format!("{} files", report.files.len()));
        eprintln!("{name}: {} bytes, {:?}: {words}", bomb.len(), began.elapsed());
        assert!(began.elapsed() < Duration::from_secs(60), "{name} took {:?}", began.elapsed());
        assert!(words.len() < 20_000, "{name}: its error is no copy of it");
        assert!(resident() - before < 128 << 20, "{name}: memory beside the keys");
        lab.person("somebody");
    }
}

#[test]
fn bombs_over_http_end_and_the_next_request_is_served() {
    let data = Data::new();
    let server = Server::on(&data);
    for (name, bomb) in bombs().into_iter().take(2) {
        let answer = server.ask("POST", &format!("/api/people/camille/imports?new=true&file={name}"), &bomb);
        assert!([200, 400, 413, 422].contains(&answer.status), "{name}: {} {}", answer.status, answer.text());
        let statement = std::fs::read(sample("banque.json")).unwrap();
        let imported =
            server.ask("POST", "/api/people/camille/imports?new=true&file=banque.json", &statement);
        assert_eq!(imported.status, 200, "after {name}");
    }
}

/// A file that kills its reader in the middle, as running out of memory would.
struct Deadly<'a> {
    bytes: &'a [u8],
    given: usize,
}

impl Read for Deadly<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.given > self.bytes.len() / 2 {
            let reads = |process: &u32| {
                let limits = std::fs::read_to_string(format!("/proc/{process}/limits")).unwrap_or_default();
                limits.lines().any(|line| line.starts_with("Max data size") && line.contains(" 268435456 "))
            };
            for reader in crate::walls::runners().iter().filter(|process| reads(process)) {
                std::process::Command::new("kill").args(["-9", &reader.to_string()]).status().unwrap();
            }
        }
        let taken = into.len().min(1_000).min(self.bytes.len() - self.given);
        into[..taken].copy_from_slice(&self.bytes[self.given..self.given + taken]);
        self.given += taken;
        Ok(taken)
    }
}

#[test]
fn a_file_whose_reader_dies_leaves_nothing() {
    let lab = Lab::apart();
    let bytes = std::fs::read(sample("banque.json")).unwrap();
    let error =
        lab.platform.import(&me("nobody"), "deadly.json", Deadly { bytes: &bytes, given: 0 }).unwrap_err();
    assert_eq!(error.code(), "unreadable-file");
    assert!(error.to_string().contains("deadly.json asked for more memory or time"), "{error}");
    assert!(lab.platform.imports(&me("nobody")).is_err(), "and there is nobody");
    lab.person("somebody");
}
