//! A person's data in one instance, taken away, and taken in by another.

#![allow(clippy::unwrap_used, reason = "what goes wrong here is the failure of a test")]

mod common;

use common::{instance, me};
use mesinfos_platform::consent::{AuditEntry, AuditEvent};
use mesinfos_platform::intake::IntakeError;
use mesinfos_platform::intake::portable::{MANIFEST, Manifest};
use mesinfos_platform::model::{Category, Digest, RowId};
use mesinfos_platform::{ImportInput, Platform, PlatformError, RowFilter};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// A life of a sample person, and the test files of every format.
fn lived(platform: &Platform) {
    let persona = mesinfos_personas::personas().iter().find(|persona| persona.id == "cycliste").unwrap();
    for file in persona.files(mesinfos_personas::SEED) {
        platform.import(&me(), &file.name, &file.bytes[..]).unwrap();
    }
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../intake/tests/samples");
    // An archive first: its rows are not known yet.
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["a/bank-csv--bnp-paribas.csv", "b/gpx.gpx"] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&std::fs::read(format!("{samples}/{}", &name[2..])).unwrap()).unwrap();
    }
    let archive = zip.finish().unwrap().into_inner();
    platform.import(&me(), "several.zip", &archive[..]).unwrap();
    let mut names: Vec<_> = std::fs::read_dir(samples).unwrap().map(|file| file.unwrap().path()).collect();
    names.sort();
    for path in names {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        // Some are there to be refused.
        let _ = platform.import(&me(), &name, &std::fs::read(&path).unwrap()[..]);
    }
    // A paper of several pieces, one with a hostile name, and one that packs well.
    let large: Vec<u8> = (0..9_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for (name, bytes) in
        [("large.bin", &large[..]), ("../../évil\u{202e}gpj.exe", b"x"), ("blank.bmp", &[0; 3_000_000][..])]
    {
        platform.import(&me(), name, ImportInput::from(bytes).as_document(true)).unwrap();
    }
}

fn archive_of(platform: &Platform) -> Vec<u8> {
    let readme =
        vec![("LISEZ-MOI.txt".to_owned(), "é".to_owned()), ("README.txt".to_owned(), "e".to_owned())];
    let pieces = platform.take_away(&me(), &readme).unwrap();
    pieces.fold(Vec::new(), |mut whole, piece| {
        let piece = piece.unwrap();
        assert!(piece.len() < 32 << 20, "a piece of {} bytes", piece.len());
        whole.extend(piece);
        whole
    })
}

/// Members by name.
fn members(archive: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut all = BTreeMap::new();
    for index in 0..zip.len() {
        let mut member = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        let name = member.name().unwrap().into_owned();
        assert!(all.insert(name, bytes).is_none());
    }
    all
}

fn packed(members: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let method =
            if name.starts_with("papers/") { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn list_of(members: &BTreeMap<String, Vec<u8>>) -> Manifest {
    serde_json::from_slice(&members[MANIFEST]).unwrap()
}

/// The rows of a category as the person sees them, with the name of their file and their place in it, sorted, and
/// their number.
fn rows(platform: &Platform, category: Category) -> (Vec<String>, String) {
    let filter = RowFilter::default();
    let rows = platform.export_rows(&me(), category, &filter).unwrap();
    let mut all: Vec<String> = rows
        .flat_map(|rows| rows.unwrap())
        .map(|row| format!("{} {} {:?}", row.file, row.place, row.values))
        .collect();
    all.sort();
    let digest = Sha256::digest(all.join("\n").as_bytes());
    (all, format!("{digest:x?}"))
}

fn papers(platform: &Platform) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for document in platform.documents(&me()).unwrap() {
        let Ok((_, pieces)) = platform.document(&me(), document.id) else { continue };
        let bytes: Vec<u8> = pieces.flat_map(|piece| piece.unwrap().to_vec()).collect();
        all.insert(format!("{} {} {}", document.name, document.file, document.size), bytes);
    }
    all
}

#[test]
fn what_is_taken_away_is_equal_in_another_instance() {
    let (_here, home) = instance();
    lived(&home);
    let undone = home.imports(&me()).unwrap()[0].outcome.import_id;
    home.undo_import(&me(), undone).unwrap();
    let archive = archive_of(&home);
    let (_there, away) = instance();
    let report = away.import(&me(), "mesinfos.zip", ImportInput::file(Cursor::new(&archive))).unwrap();
    assert_eq!(report.rejected(), 0);
    let mut with_rows = 0;
    for &category in Category::ALL {
        let ((ours, ours_digest), (theirs, theirs_digest)) = (rows(&home, category), rows(&away, category));
        assert_eq!(ours.len(), theirs.len(), "{category}");
        let first = ours.iter().zip(&theirs).find(|(ours, theirs)| ours != theirs);
        assert_eq!((first, &ours_digest), (None, &theirs_digest), "{category}");
        with_rows += usize::from(!ours.is_empty());
    }
    assert_eq!(with_rows, Category::ALL.len(), "every category has rows");
    let kept = papers(&home);
    assert!(kept.len() > 5 && kept == papers(&away), "{:?}", kept.keys());
    // What is derived from the rows is equal too, by the months and days of each category.
    assert_eq!(home.months(&me()).unwrap(), away.months(&me()).unwrap());
    away.audit_verify(&me(), None).unwrap();
    // Once more adds nothing, and a second generation is like the first.
    let again = away.import(&me(), "mesinfos.zip", &archive[..]).unwrap();
    assert!(again.categories.iter().all(|category| category.accepted == 0 && category.duplicates > 0));
    away.undo_import(&me(), again.import.unwrap()).unwrap();
    let second = members(&archive_of(&away));
    for (name, bytes) in members(&archive) {
        if name.starts_with("papers/") {
            assert!(second.values().any(|other| *other == bytes), "{name}");
        }
    }
    let past = away.past_imports(&me()).unwrap();
    let first = past.last().unwrap();
    assert_eq!(first.record.source.format, "mesinfos-archive");
    assert!(first.members.iter().any(|name| name == "several.zip/b/gpx.gpx"), "{:?}", first.members);
    // One undo takes the whole archive back.
    away.undo_import(&me(), report.import.unwrap()).unwrap();
    assert!(away.summary(&me()).unwrap().is_empty() && papers(&away).is_empty());
}

/// The first row of a category, with its fingerprint.
fn first_row(platform: &Platform, category: Category) -> (RowId, Digest) {
    let mut rows = platform.export_rows(&me(), category, &RowFilter::default()).unwrap();
    let id = rows.next().unwrap().unwrap()[0].id;
    (id, platform.row_origin(&me(), category, id).unwrap().unwrap().keys[0])
}

#[test]
fn an_archive_has_what_the_person_changed_and_its_rows_are_taken_in_as_changed() {
    let (_here, home) = instance();
    lived(&home);
    let (deleted, key) = first_row(&home, Category::Bank);
    assert!(home.delete_row(&me(), Category::Bank, deleted, key).unwrap());
    let (row, key) = first_row(&home, Category::Bank);
    let before = home.row_origin(&me(), Category::Bank, row).unwrap().unwrap().rows[0].clone();
    let new = [("label".to_owned(), "Corrigé « ici »".to_owned())];
    assert!(home.correct_row(&me(), Category::Bank, row, key, &new).unwrap());
    assert!(home.note_row(&me(), Category::Bank, row, "à vérifier").unwrap());
    let archive = archive_of(&home);
    let changes = String::from_utf8(members(&archive)["changes.jsonl"].clone()).unwrap();
    let mut changes: Vec<serde_json::Value> =
        changes.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    changes.sort_by_key(|change| change["change"].to_string());
    let [corrected, gone, noted] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!((&corrected["change"], &corrected["category"]), (&"corrected".into(), &"bank".into()));
    assert_eq!(corrected["id"], row.to_string());
    assert_eq!(corrected["before"]["label"], before.value("label").unwrap());
    assert_eq!((&gone["change"], &gone["id"]), (&"deleted".into(), &deleted.to_string().into()));
    assert_eq!(gone.as_object().unwrap().len(), 4, "no value of it: {gone}");
    assert_eq!((&noted["id"], &noted["text"]), (&row.to_string().into(), &"à vérifier".into()));
    let (_there, away) = instance();
    away.import(&me(), "mesinfos.zip", ImportInput::file(Cursor::new(&archive))).unwrap();
    let (ours, theirs) = (rows(&home, Category::Bank), rows(&away, Category::Bank));
    assert!(ours.0.iter().any(|row| row.contains("Corrigé")) && ours == theirs);
}

#[test]
fn the_list_has_every_member_and_the_log_can_be_verified() {
    let (_here, home) = instance();
    lived(&home);
    let holdings = home.holdings(&me()).unwrap();
    let archive = archive_of(&home);
    let members = members(&archive);
    let list = list_of(&members);
    let listed: Vec<&str> = list.members.iter().map(|member| member.name.as_str()).collect();
    assert_eq!(listed.len() + 1, members.len());
    for member in &list.members {
        let bytes = &members[&member.name];
        let digest = Sha256::digest(bytes);
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            (bytes.len() as u64, digest),
            (member.bytes, member.sha256.to_string()),
            "{}",
            member.name
        );
    }
    assert_eq!(list.tables.iter().map(|table| table.rows).sum::<u64>(), holdings.rows);
    let of_papers = listed.iter().filter(|name| name.starts_with("papers/")).count() as u64;
    assert!(of_papers == holdings.papers && holdings.paper_bytes > 12_000_000);
    assert!(listed.iter().any(|name| name.ends_with("-évilgpj.exe") && !name.contains("..")), "{listed:?}");
    for name in [
        "LISEZ-MOI.txt",
        "README.txt",
        "imports.json",
        "letters.jsonl",
        "mappings.jsonl",
        "changes.jsonl",
        "withheld.jsonl",
        "consent/grants.json",
    ] {
        assert!(listed.contains(&name), "{name}");
    }
    // The chain is recomputed from what is in the archive.
    let log = String::from_utf8(members["journal/audit.jsonl"].clone()).unwrap();
    let mut prev = None;
    let mut last = None;
    for line in log.lines() {
        let entry: AuditEntry = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_string(&entry).unwrap(), line);
        assert!(prev.is_none_or(|prev| prev == entry.prev));
        let (start, event) = line.split_once("\"at\":").unwrap();
        assert_eq!(start, format!("{{\"seq\":{},", entry.seq));
        let body = format!("{{\"at\":{}", event.rsplit_once(",\"prev\":").unwrap().0);
        let mut hash = Sha256::new();
        for part in [b"mesinfos/audit/1".as_slice(), &entry.prev.0, format!("{body}}}").as_bytes()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        assert_eq!(hash.finalize()[..], entry.hash.0, "{line}");
        prev = Some(entry.hash);
        last = Some(entry.event);
    }
    assert_eq!(last, Some(AuditEvent::Exported), "taking away is in the log");
    assert_eq!(prev, Some(home.audit_verify(&me(), None).unwrap().head));
    // Parquet has the same rows.
    for table in &list.tables {
        let bytes = bytes::Bytes::from(members[&table.parquet].clone());
        let reader = parquet::file::reader::FileReader::metadata(
            &parquet::file::serialized_reader::SerializedFileReader::new(bytes).unwrap(),
        )
        .clone();
        assert_eq!(reader.file_metadata().num_rows() as u64, table.rows, "{}", table.category);
    }
}

/// The error of an archive that is refused, and proof that nothing of it was kept.
fn refused(away: &Platform, archive: &[u8]) -> IntakeError {
    match away.import(&me(), "m.zip", archive) {
        Err(PlatformError::Intake(error)) => {
            assert!(away.summary(&me()).map_or(true, |rows| rows.is_empty()), "{error}");
            error
        }
        other => panic!("{other:?}"),
    }
}

/// The member that an archive is refused for, and why.
fn reason(away: &Platform, archive: &[u8]) -> (String, &'static str) {
    match refused(away, archive) {
        IntakeError::Malformed { file, reason, .. } => (file, reason.name()),
        other => panic!("{other}"),
    }
}

#[test]
fn a_hostile_archive_is_refused_with_the_member_that_is_wrong() {
    let ((_here, home), (_there, away)) = (instance(), instance());
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../intake/tests/samples");
    for name in ["bank-csv--bnp-paribas.csv", "enedis-csv.csv"] {
        home.import(&me(), name, &std::fs::read(format!("{samples}/{name}")).unwrap()[..]).unwrap();
    }
    home.import(&me(), "a.txt", ImportInput::from(&b"a paper"[..]).as_document(true)).unwrap();
    let archive = archive_of(&home);
    let good = members(&archive);
    let paper = good.keys().find(|name| name.starts_with("papers/")).unwrap().clone();

    // Truncated anywhere: the directory is at the end.
    for part in 1..20 {
        let cut = &archive[..archive.len() * part / 20];
        assert!(matches!(
            refused(&away, cut),
            IntakeError::Malformed { .. } | IntakeError::Unrecognised { .. }
        ));
    }
    // A member changed, longer, shorter, missing, added.
    for name in good.keys().filter(|name| *name != MANIFEST) {
        let mut longer = good.clone();
        longer.get_mut(name).unwrap().push(b'\n');
        assert_eq!(reason(&away, &packed(&longer)).1, "ChangedMember", "{name}");
        // Nothing ran: there are no receipts.
        if !good[name].is_empty() {
            let mut changed = good.clone();
            let bytes = changed.get_mut(name).unwrap();
            let at = bytes.len() / 2;
            bytes[at] ^= 1;
            let (file, why) = reason(&away, &packed(&changed));
            assert!(file.ends_with(name.as_str()), "{name}: {file}");
            assert!(
                ["ChangedMember", "OddForm", "NotJsonLine", "NotInList", "NoColumn"].contains(&why),
                "{name}: {why}"
            );
            let mut shorter = good.clone();
            shorter.get_mut(name).unwrap().pop();
            assert!(["ChangedMember", "NotJsonLine"].contains(&reason(&away, &packed(&shorter)).1), "{name}");
        }
        let mut missing = good.clone();
        missing.remove(name);
        assert_eq!(reason(&away, &packed(&missing)), (format!("m.zip/{name}"), "NotInArchive"));
    }
    for name in ["more.txt", "../../etc/passwd", "/etc/passwd", "papers\\x"] {
        let mut added = good.clone();
        added.insert(name.to_owned(), b"x".to_vec());
        assert_eq!(reason(&away, &packed(&added)).1, "NotInList", "{name}");
    }

    // The list itself.
    let listed = |change: &dyn Fn(&mut Manifest)| {
        let mut list = list_of(&good);
        change(&mut list);
        let mut changed = good.clone();
        changed.insert(MANIFEST.to_owned(), serde_json::to_vec(&list).unwrap());
        changed
    };
    let why = |change: &dyn Fn(&mut Manifest)| reason(&away, &packed(&listed(change))).1;
    assert_eq!(why(&|list| list.version = 2), "ArchiveVersion");
    assert_eq!(why(&|list| list.tables[0].version += 1), "UnknownTable");
    assert_eq!(why(&|list| list.tables[0].category = "secrets".to_owned()), "UnknownTable");
    assert_eq!(why(&|list| list.tables[0].rows += 1), "ChangedMember");
    assert_eq!(why(&|list| list.tables[0].json = "rows/none.jsonl".to_owned()), "NotInList");
    assert_eq!(why(&|list| list.files.clear()), "NotInList");
    assert_eq!(why(&|list| list.files.push(list.files[0].clone())), "ListedTwice");
    assert_eq!(why(&|list| list.members.push(list.members[0].clone())), "ListedTwice");
    assert_eq!(why(&|list| list.members[0].bytes -= 1), "ChangedMember");
    for name in ["../x", "/x", "a/../../x", "x\\y", "a\u{0}"] {
        assert_eq!(why(&|list| list.members[0].name = name.to_owned()), "UnsafeName", "{name:?}");
    }
    // Two rows of one paper, and a paper that a row does not describe.
    let two = listed(&|list| list.tables.push(list.tables[0].clone()));
    assert_eq!(reason(&away, &packed(&two)).1, "NotInList");
    let mut other = good.clone();
    other.insert(paper.clone(), b"b paper".to_vec());
    let digest = Sha256::digest(b"b paper");
    let mut list = list_of(&good);
    list.members.iter_mut().find(|member| member.name == paper).unwrap().sha256.0 = digest.into();
    other.insert(MANIFEST.to_owned(), serde_json::to_vec(&list).unwrap());
    assert_eq!(reason(&away, &packed(&other)), (format!("m.zip/{paper}"), "ChangedMember"));

    // Two papers of one row: nobody could tell them apart.
    let mut twice = good.clone();
    let mut list = list_of(&good);
    let table = list.tables.iter_mut().find(|table| table.category == "documents").unwrap();
    table.rows = 2;
    let (name, second) = (table.json.clone(), format!("{paper}-2"));
    let line = String::from_utf8(good[&name].clone()).unwrap();
    let text = format!("{line}{}", line.replace(&paper, &second)).into_bytes();
    let member = list.members.iter_mut().find(|member| member.name == name).unwrap();
    (member.bytes, member.sha256.0) = (text.len() as u64, Sha256::digest(&text).into());
    let mut member = list.members.iter().find(|member| member.name == paper).unwrap().clone();
    member.name.clone_from(&second);
    list.members.push(member);
    twice.insert(second, good[&paper].clone());
    twice.insert(name.clone(), text);
    twice.insert(MANIFEST.to_owned(), serde_json::to_vec(&list).unwrap());
    assert_eq!(reason(&away, &packed(&twice)), (format!("m.zip/{name}"), "NotInList"));

    // Too much: sizes that the list promises, a bomb, files, a list without an end.
    let too_large = |change: &dyn Fn(&mut Manifest)| match refused(&away, &packed(&listed(change))) {
        IntakeError::TooLarge { file, .. } => file,
        error => panic!("{error}"),
    };
    assert!(too_large(&|list| list.members[0].bytes = u64::MAX).ends_with(&list.members[0].name));
    too_large(&|list| list.files = vec![list.files[0].clone(); 25_001]);
    let mut bomb = listed(&|list| list.members[0].bytes = 64 << 20);
    bomb.insert(list.members[0].name.clone(), vec![0; 64 << 20]);
    assert!(matches!(refused(&away, &packed(&bomb)), IntakeError::TooLarge { .. }));
    let mut endless = good.clone();
    endless.get_mut(MANIFEST).unwrap().extend(vec![b' '; 9 << 20]);
    assert!(matches!(refused(&away, &packed(&endless)), IntakeError::TooLarge { .. }));

    // Rows that no file could give.
    for (line, expected) in [
        ("{\"id\":\"9.0.1\"}", "NotInList"),
        ("{\"id\":\"1.0.1\",\"nothing\":1}", "NoColumn"),
        ("{\"id\":\"1.0.1\",\"booked-on\":\"0000-01-01\"}", "OddShape"),
        ("{\"id\":\"1.0.1\",\"amount\":1.5}", "OddForm"),
        ("{\"id\":\"1.0.1\"}", "OddShape"),
        ("x", "NotJsonLine"),
    ] {
        let mut changed = good.clone();
        let mut list = list_of(&good);
        let table = list.tables.iter_mut().find(|table| table.category == "bank").unwrap();
        table.rows = 1;
        let (name, text) = (table.json.clone(), format!("{line}\n").into_bytes());
        let member = list.members.iter_mut().find(|member| member.name == name).unwrap();
        (member.bytes, member.sha256.0) = (text.len() as u64, Sha256::digest(&text).into());
        changed.insert(name.clone(), text);
        changed.insert(MANIFEST.to_owned(), serde_json::to_vec(&list).unwrap());
        let (file, why) = reason(&away, &packed(&changed));
        assert_eq!((file, why), (format!("m.zip/{name}"), expected), "{line}");
    }
    // After all that, the archive itself is good.
    away.import(&me(), "m.zip", &archive[..]).unwrap();
    assert_eq!(papers(&away), papers(&home));
    let row: RowId = "1.1.1".parse().unwrap();
    assert!(away.row_origin(&me(), Category::Bank, row).unwrap().is_none_or(|found| found.rows.len() == 1));
}

#[test]
fn a_row_of_another_instance_that_is_known_is_not_added_twice() {
    let (_here, home) = instance();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../intake/tests/samples/bank-csv--bnp-paribas.csv");
    let file = std::fs::read(sample).unwrap();
    home.import(&me(), "bank.csv", &file[..]).unwrap();
    let archive = archive_of(&home);
    let (_there, away) = instance();
    away.import(&me(), "bank.csv", &file[..]).unwrap();
    let report = away.import(&me(), "m.zip", &archive[..]).unwrap();
    let [bank] = &report.categories[..] else { panic!("{report:?}") };
    assert!(bank.accepted == 0 && bank.duplicates > 0);
    assert_eq!(rows(&home, Category::Bank).0.len(), rows(&away, Category::Bank).0.len());
}
