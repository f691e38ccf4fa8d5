//! A person's data in one instance, taken away, and taken in by another.

#![allow(clippy::unwrap_used, reason = "what goes wrong here is the failure of a test")]

mod common;

use common::{archive_of, instance, me};
use mesinfos_platform::consent::{AuditEntry, AuditEvent};
use mesinfos_platform::intake::IntakeError;
use mesinfos_platform::intake::portable::{MANIFEST, Manifest};
use mesinfos_platform::model::{Category, Digest, RowId};
use mesinfos_platform::{ImportInput, MOST_WITHHELD, Platform, PlatformError, RowFilter, Withheld, Withhold};
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
    assert!(
        gone.as_object().unwrap().len() == 5 && gone["trace"]["identity"].is_string(),
        "no value: {gone}"
    );
    assert_eq!((&noted["id"], &noted["text"]), (&row.to_string().into(), &"à vérifier".into()));
    let (_there, away) = instance();
    away.import(&me(), "mesinfos.zip", ImportInput::file(Cursor::new(&archive))).unwrap();
    let (ours, theirs) = (rows(&home, Category::Bank), rows(&away, Category::Bank));
    assert!(ours.0.iter().any(|row| row.contains("Corrigé")) && ours == theirs);
    // What the holder gave can be put back.
    let (there, key) = away_row(&away, "Corrigé");
    let origin = away.row_origin(&me(), Category::Bank, there).unwrap().unwrap();
    assert_eq!(origin.note.as_deref(), Some("à vérifier"));
    let given = origin.corrected[0].as_ref().unwrap();
    assert_eq!(
        given.before.iter().map(|value| value.text.as_str()).collect::<Vec<_>>(),
        [before.value("label").unwrap()]
    );
    assert_eq!(away.deleted_rows(&me()).unwrap().len(), 1);
    assert!(away.restore_row(&me(), Category::Bank, there, key).unwrap());
    let back = away.row_origin(&me(), Category::Bank, there).unwrap().unwrap();
    assert!(back.rows[0].value("label") == before.value("label") && back.corrected[0].is_none());
    // Undone with the import: the holder's file is then read as if for the first time.
    away.undo_import(&me(), 1).unwrap();
    assert!(away.deleted_rows(&me()).unwrap().is_empty());
}

/// The first bank row with a label that has a text.
fn away_row(platform: &Platform, label: &str) -> (RowId, Digest) {
    let rows = platform.export_rows(&me(), Category::Bank, &RowFilter::default()).unwrap();
    let row = rows
        .flat_map(|rows| rows.unwrap())
        .find(|row| row.value("label").is_some_and(|own| own.contains(label)));
    let id = row.unwrap().id;
    let origin = platform.row_origin(&me(), Category::Bank, id).unwrap().unwrap();
    let at = origin.rows.iter().position(|row| row.value("label").unwrap_or_default().contains(label));
    (id, origin.keys[at.unwrap()])
}

/// The values of all bank rows, sorted.
fn without_places(platform: &Platform) -> Vec<String> {
    let all = platform.export_rows(&me(), Category::Bank, &RowFilter::default()).unwrap();
    let mut all: Vec<String> =
        all.flat_map(|rows| rows.unwrap()).map(|row| format!("{:?}", row.values)).collect();
    all.sort();
    all
}

/// What the person said of their rows: corrections, notes and deletions, by file and place.
#[derive(Debug, Default, PartialEq, Eq)]
struct Words {
    corrected: Vec<String>,
    notes: Vec<String>,
    deleted: Vec<String>,
}

fn words(platform: &Platform) -> Words {
    let mut words = Words::default();
    let all = platform.export_rows(&me(), Category::Bank, &RowFilter::default()).unwrap();
    let all = all.flat_map(|rows| rows.unwrap());
    let ids: BTreeMap<RowId, String> =
        all.map(|row| (row.id, format!("{} {}", row.file, row.place))).collect();
    for (id, place) in ids {
        let origin = platform.row_origin(&me(), Category::Bank, id).unwrap().unwrap();
        for (row, corrected) in origin.rows.iter().zip(&origin.corrected) {
            if let Some(corrected) = corrected {
                let (now, before) = (&row.values, &corrected.before);
                words.corrected.push(format!("{place} {now:?} {before:?} {}", corrected.at));
            }
        }
        words.notes.extend(origin.note.map(|note| format!("{place} {note}")));
    }
    for row in platform.deleted_rows(&me()).unwrap() {
        let place = row.row.position.ordinal;
        words.deleted.push(format!("{} {} {place} {}", row.category, row.file, row.at));
    }
    for list in [&mut words.corrected, &mut words.notes, &mut words.deleted] {
        list.sort();
    }
    words
}

/// Numbers that look random, from a seed.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// Statements of two months with many equal rows.
fn statements(random: &mut Random) -> Vec<(String, String)> {
    let labels = ["CAFE", "PAUL", "LOYER"];
    let mut files = Vec::new();
    for month in 1..3 {
        let mut text = "Date;Date de valeur;Débit;Crédit;Libellé;Solde\n".to_owned();
        let mut days: Vec<u64> = (0..8).map(|_| 1 + random.below(4)).collect();
        days.sort_unstable();
        for day in days {
            let (label, amount) = (labels[usize::try_from(random.below(3)).unwrap()], 1 + random.below(2));
            let day = format!("{day:02}/0{month}/2026");
            text.push_str(&format!("{day};{day};-{amount},00;;{label};\n"));
        }
        files.push((format!("{month}.csv"), text));
    }
    files
}

fn add(platform: &Platform, files: &[(String, String)]) -> Vec<(u64, u64, u64)> {
    let counts = |(name, text): &(String, String)| {
        let report = platform.import(&me(), name, text.as_bytes()).unwrap();
        let [bank] = &report.categories[..] else { panic!("{report:?}") };
        (bank.accepted, bank.corrected, bank.duplicates)
    };
    files.iter().map(counts).collect()
}

/// Corrects, deletes and notes some rows.
fn change_some(platform: &Platform, random: &mut Random) {
    for number in 0..6 {
        let all = platform.export_rows(&me(), Category::Bank, &RowFilter::default()).unwrap();
        let ids: Vec<RowId> = all.flat_map(|rows| rows.unwrap()).map(|row| row.id).collect();
        let id = ids[usize::try_from(random.below(ids.len() as u64)).unwrap()];
        let key = platform.row_origin(&me(), Category::Bank, id).unwrap().unwrap().keys[0];
        let done = match random.below(4) {
            0 => platform.delete_row(&me(), Category::Bank, id, key),
            1 => platform.note_row(&me(), Category::Bank, id, &format!("note {number}")),
            2 => {
                let new = [("label".to_owned(), format!("NOUVEAU {}", random.below(2)))];
                platform.correct_row(&me(), Category::Bank, id, key, &new)
            }
            _ => {
                // A field that is no part of the identity of a row.
                let new = [("bank-category".to_owned(), format!("École {number}"))];
                platform.correct_row(&me(), Category::Bank, id, key, &new)
            }
        };
        assert!(done.unwrap());
    }
}

#[test]
fn corrections_notes_and_deletions_are_the_same_in_another_vault_whatever_they_are() {
    for seed in 0..40 {
        let mut random = Random(seed);
        let files = statements(&mut random);
        let ((_here, home), (_there, away)) = (instance(), instance());
        add(&home, &files);
        change_some(&home, &mut random);
        let archive = archive_of(&home);
        let report = away.import(&me(), "m.zip", ImportInput::file(Cursor::new(&archive))).unwrap();
        let own = || (rows(&home, Category::Bank).0, words(&home));
        let theirs = || (rows(&away, Category::Bank).0, words(&away));
        assert_eq!(own(), theirs(), "seed {seed}");
        // The holders' files change nothing, here and there.
        let (here, there) = (add(&home, &files), add(&away, &files));
        assert_eq!(here, there, "seed {seed}");
        assert!(
            here.iter().all(|(added, corrected, _)| (*added, *corrected) == (0, 0)),
            "seed {seed}: {here:?}"
        );
        assert_eq!(own(), theirs(), "seed {seed}, with the files");
        // Neither does the archive, once more and there where it was made.
        for platform in [&home, &away] {
            let again =
                platform.import(&me(), "again.zip", ImportInput::file(Cursor::new(&archive))).unwrap();
            assert_eq!(
                again.categories[0].accepted + again.categories[0].corrected,
                0,
                "seed {seed}: {again:?}"
            );
            platform.undo_import(&me(), again.import.unwrap()).unwrap();
        }
        assert_eq!(own(), theirs(), "seed {seed}, with the archive");
        // A second generation is as the first.
        let (_third, third) = instance();
        let second = archive_of(&away);
        third.import(&me(), "m.zip", ImportInput::file(Cursor::new(&second))).unwrap();
        assert_eq!(words(&third), words(&away), "seed {seed}, third vault");
        away.undo_import(&me(), report.import.unwrap()).unwrap();
        assert!(words(&away).corrected.is_empty() && words(&away).deleted.is_empty(), "seed {seed}");
        away.audit_verify(&me(), None).unwrap();
    }
}

#[test]
fn an_archive_corrects_rows_that_are_there_and_deletes_none() {
    for seed in 0..20 {
        let mut random = Random(1_000 + seed);
        let files = statements(&mut random);
        let ((_here, home), (_there, away)) = (instance(), instance());
        add(&home, &files);
        add(&away, &files);
        let before = without_places(&away);
        change_some(&home, &mut random);
        let archive = archive_of(&home);
        let report = away.import(&me(), "m.zip", ImportInput::file(Cursor::new(&archive))).unwrap();
        assert_eq!(report.categories[0].accepted, 0, "seed {seed}: {report:?}");
        assert_eq!(rows(&away, Category::Bank).0.len(), before.len(), "seed {seed}");
        let corrected = |platform: &Platform| words(platform).corrected.len();
        assert_eq!(corrected(&home), corrected(&away), "seed {seed}");
        assert!(words(&away).deleted.is_empty(), "seed {seed}");
        assert_eq!(add(&away, &files).iter().map(|(added, changed, _)| added + changed).sum::<u64>(), 0);
        // One undo takes everything back. Of equal rows, those that stay may have another line.
        away.undo_import(&me(), report.import.unwrap()).unwrap();
        assert_eq!(without_places(&away), before, "seed {seed}");
        assert_eq!(words(&away), Words::default(), "seed {seed}");
        away.audit_verify(&me(), None).unwrap();
    }
}

#[test]
fn what_the_person_changed_here_counts_before_what_an_archive_says() {
    let files = vec![(
        "1.csv".to_owned(),
        "Date;Date de valeur;Débit;Crédit;Libellé;Solde\n\
        04/01/2026;04/01/2026;-1,00;;CAFE;\n05/01/2026;05/01/2026;-2,00;;PAUL;\n"
            .to_owned(),
    )];
    let ((_here, home), (_there, away)) = (instance(), instance());
    add(&home, &files);
    add(&away, &files);
    let correct = |platform: &Platform, from: &str, label: &str| {
        let (row, key) = away_row(platform, from);
        let new = [("label".to_owned(), label.to_owned())];
        assert!(platform.correct_row(&me(), Category::Bank, row, key, &new).unwrap());
    };
    correct(&home, "CAFE", "THE");
    correct(&home, "PAUL", "PAULINE");
    correct(&away, "CAFE", "TISANE");
    let (row, key) = away_row(&away, "PAUL");
    assert!(away.delete_row(&me(), Category::Bank, row, key).unwrap());
    let (before, said) = (rows(&away, Category::Bank).0, words(&away));
    away.import(&me(), "m.zip", ImportInput::file(Cursor::new(&archive_of(&home)))).unwrap();
    assert_eq!((rows(&away, Category::Bank).0, words(&away)), (before, said));
}

#[test]
fn changes_that_no_archive_can_have_are_refused() {
    let ((_here, home), (_there, away)) = (instance(), instance());
    add(&home, &statements(&mut Random(7)));
    let (row, key) = first_row(&home, Category::Bank);
    let new = [("label".to_owned(), "NOUVEAU".to_owned())];
    assert!(home.correct_row(&me(), Category::Bank, row, key, &new).unwrap());
    let all = home.export_rows(&me(), Category::Bank, &RowFilter::default()).unwrap();
    let row = all.flat_map(|rows| rows.unwrap()).last().unwrap().id;
    let key = home.row_origin(&me(), Category::Bank, row).unwrap().unwrap().keys[0];
    assert!(home.delete_row(&me(), Category::Bank, row, key).unwrap());
    let archive = archive_of(&home);
    let good = members(&archive);
    let text = String::from_utf8(good["changes.jsonl"].clone()).unwrap();
    let line = |kind: &str| {
        let lines = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        lines.into_iter().find(|line| line["change"] == kind).unwrap()
    };
    let with = |lines: &str| {
        let (mut changed, mut list) = (good.clone(), list_of(&good));
        let member = list.members.iter_mut().find(|member| member.name == "changes.jsonl").unwrap();
        (member.bytes, member.sha256.0) = (lines.len() as u64, Sha256::digest(lines).into());
        changed.insert("changes.jsonl".to_owned(), lines.as_bytes().to_vec());
        changed.insert(MANIFEST.to_owned(), serde_json::to_vec(&list).unwrap());
        packed(&changed)
    };
    let changed = |kind: &str, change: &dyn Fn(&mut serde_json::Value)| {
        let mut line = line(kind);
        change(&mut line);
        with(&format!("{line}\n"))
    };
    let why = |archive: &[u8]| {
        let (file, why) = reason(&away, archive);
        assert_eq!(file, "m.zip/changes.jsonl");
        why
    };
    assert_eq!(why(&with("x\n")), "NotJsonLine");
    let deep = format!("{}{}\n", "[".repeat(500), "]".repeat(500));
    assert_eq!(why(&with(&deep)), "NotJsonLine");
    // Rows that are not there, of other categories, with other values.
    assert_eq!(why(&changed("corrected", &|line| line["now"]["label"] = "other".into())), "NotInList");
    assert_eq!(why(&changed("corrected", &|line| line["category"] = "energy".into())), "NotInList");
    assert_eq!(why(&changed("corrected", &|line| line["category"] = "secrets".into())), "OddForm");
    assert_eq!(why(&changed("corrected", &|line| line["before"]["id"] = "1.0.9999".into())), "OddForm");
    assert_eq!(why(&changed("corrected", &|line| line["before"]["amount"] = "x".into())), "OddForm");
    assert_eq!(why(&changed("corrected", &|line| line["before"]["nothing"] = 1.into())), "NoColumn");
    assert_eq!(
        why(&changed("corrected", &|line| line["before"]["booked-on"] = "0000-01-01".into())),
        "OddShape"
    );
    assert_eq!(
        why(&changed("corrected", &|line| line["before"]["label"] = "x".repeat(70_000).into())),
        "OddForm"
    );
    assert_eq!(why(&changed("corrected", &|line| line["at"] = "yesterday".into())), "OddForm");
    assert_eq!(why(&changed("corrected", &|line| line["change"] = "granted".into())), "OddForm");
    assert_eq!(why(&changed("deleted", &|line| line["id"] = "9.0.1".into())), "NotInList");
    let digest = line("deleted")["trace"]["identity"].clone();
    let many = |line: &mut serde_json::Value| line["trace"]["aliases"] = vec![digest.clone(); 17].into();
    assert_eq!(why(&changed("deleted", &many)), "OddForm");
    let deleted = line("deleted");
    assert_eq!(why(&with(&format!("{deleted}\n{deleted}\n"))), "ListedTwice");
    let corrected = line("corrected");
    assert_eq!(why(&with(&format!("{corrected}\n{corrected}\n"))), "NotInList");
    let note = |text: &str| serde_json::json!({ "id": row.to_string(), "category": "bank", "change": "noted", "text": text });
    assert_eq!(why(&with(&format!("{}\n", note(&"x".repeat(501))))), "OddForm");
    assert_eq!(why(&with(&format!("{}\n{}\n", note("a"), note("b")))), "ListedTwice");
    // Too many, and too much.
    let too_large = |archive: &[u8]| match refused(&away, archive) {
        IntakeError::TooLarge { file, .. } => file,
        error => panic!("{error}"),
    };
    let mut random = Random(3);
    let mut many = String::new();
    for _ in 0..20_001 {
        let mut line = deleted.clone();
        let key: String = (0..32).map(|_| format!("{:02x}", random.below(256))).collect();
        line["trace"]["key"] = key.into();
        many.push_str(&format!("{line}\n"));
    }
    assert_eq!(too_large(&with(&many)), "m.zip/changes.jsonl");
    // As many as an archive may carry, and more than a vault keeps.
    let fewer: String = many.split_inclusive('\n').take(10_001).collect();
    let error = away.import(&me(), "m.zip", &with(&fewer)[..]).unwrap_err();
    assert!(
        matches!(error, PlatformError::Vault(mesinfos_platform::VaultError::TooManyAmendments { .. })),
        "{error}"
    );
    assert!(away.summary(&me()).map_or(true, |rows| rows.is_empty()));
    // A note with a line that has no row is left out, and so are control characters.
    let other =
        serde_json::json!({ "id": "1.0.9999", "category": "bank", "change": "noted", "text": "no row" });
    let kept = serde_json::json!({
        "id": corrected["id"], "category": "bank", "change": "noted", "text": "a\u{202e}b",
    });
    away.import(&me(), "m.zip", &with(&format!("{other}\n{kept}\n"))[..]).unwrap();
    let notes = words(&away).notes;
    assert!(notes.len() == 1 && notes[0].ends_with(" ab"), "{notes:?}");
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
    too_large(&|list| list.files = vec![list.files[0].clone(); 150_001]);
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

/// An archive whose lines about what is shown to no app are others.
fn with_rules(good: &BTreeMap<String, Vec<u8>>, lines: &str) -> Vec<u8> {
    let (mut changed, mut list) = (good.clone(), list_of(good));
    let member = list.members.iter_mut().find(|member| member.name == "withheld.jsonl").unwrap();
    (member.bytes, member.sha256.0) = (lines.len() as u64, Sha256::digest(lines).into());
    changed.insert("withheld.jsonl".to_owned(), lines.as_bytes().to_vec());
    changed.insert(MANIFEST.to_owned(), serde_json::to_vec(&list).unwrap());
    packed(&changed)
}

fn having(text: &str) -> Withhold {
    Withhold::Words(text.to_owned())
}

#[test]
fn what_no_app_is_shown_comes_with_an_archive_without_rows_and_goes_with_it() {
    let ((_here, home), (_there, away)) = (instance(), instance());
    home.create_person(&me()).unwrap();
    for text in ["pharmacie", "clinique", "tabac"] {
        home.withhold(&me(), Category::Bank, &having(text)).unwrap();
    }
    let archive = archive_of(&home);
    assert_eq!(away.import_dry_run(&me(), "m.zip", &archive[..]).unwrap().withheld.new, 3);
    let report = away.import(&me(), "m.zip", &archive[..]).unwrap();
    assert_eq!((report.withheld.new, report.withheld.same), (3, 0));
    let rules = |platform: &Platform| -> Vec<String> {
        let of = |of: &mesinfos_platform::RuleRows| match &of.rule.what {
            Withheld::Words(words) => words.clone(),
            other => panic!("{other:?}"),
        };
        let mut all: Vec<String> = platform.withheld(&me()).unwrap().iter().map(of).collect();
        all.sort();
        all
    };
    assert_eq!(rules(&away), ["clinique", "pharmacie", "tabac"]);
    // Another file brings them too; one is kept, one is said again, and one is neither.
    let second = away.import(&me(), "n.zip", &archive[..]).unwrap();
    assert_eq!((second.withheld.new, second.withheld.same), (0, 3));
    let (first, second) = (report.import.unwrap(), second.import.unwrap());
    assert_eq!(away.preview_undo(&me(), first).unwrap().shown_again, 0, "the other file has them");
    assert_eq!(away.undo_import(&me(), first).unwrap().shown_again, 0);
    assert_eq!(rules(&away).len(), 3);
    assert!(away.withhold(&me(), Category::Bank, &having("tabac")).unwrap());
    let all = away.withheld(&me()).unwrap();
    let clinique = all.iter().find(|of| of.rule.what == Withheld::Words("clinique".to_owned())).unwrap();
    assert!(away.keep_withheld(&me(), clinique.rule.id).unwrap());
    assert_eq!(away.withheld_of(&me(), second).unwrap(), 1);
    assert_eq!(away.preview_undo(&me(), second).unwrap().shown_again, 1);
    assert_eq!(away.undo_import(&me(), second).unwrap().shown_again, 1);
    assert_eq!(rules(&away), ["clinique", "tabac"]);
    // What was the person's own before the file stays.
    let third = away.import(&me(), "o.zip", &archive[..]).unwrap();
    assert_eq!((third.withheld.new, third.withheld.same), (1, 2));
    away.undo_import(&me(), third.import.unwrap()).unwrap();
    assert_eq!(rules(&away), ["clinique", "tabac"]);
    away.audit_verify(&me(), None).unwrap();
}

#[test]
fn no_rule_of_an_archive_is_left_out_in_silence() {
    let ((_here, home), (_there, away)) = (instance(), instance());
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../intake/tests/samples/bank-csv--bnp-paribas.csv");
    home.import(&me(), "bank.csv", &std::fs::read(sample).unwrap()[..]).unwrap();
    home.withhold(&me(), Category::Bank, &having("pharmacie")).unwrap();
    let good = members(&archive_of(&home));
    let line = String::from_utf8(good["withheld.jsonl"].clone()).unwrap();
    let many = |count: usize| -> String {
        (0..count).map(|n| line.replace("pharmacie", &format!("mot {n}"))).collect()
    };
    // More than a person may have, longer than a rule is, no rule.
    for lines in [many(MOST_WITHHELD + 1), line.replace("pharmacie", &"a".repeat(3_000))] {
        assert!(matches!(refused(&away, &with_rules(&good, &lines)), IntakeError::TooLarge { .. }));
    }
    for lines in [
        "x\n".to_owned(),
        line.replace("bank", "secrets"),
        line.replace("pharmacie", "a"),
        line.replace("words", "other"),
    ] {
        let (file, why) = reason(&away, &with_rules(&good, &format!("{line}{lines}")));
        assert_eq!((file.as_str(), why), ("m.zip/withheld.jsonl", "OddShape"), "{lines}");
    }
    assert!(away.withheld(&me()).map_or(true, |rules| rules.is_empty()));
    // Those of the archive and the person's own together: neither rows nor rules are there.
    let _ = away.create_person(&me());
    assert!(away.withhold(&me(), Category::Bank, &having("tabac")).unwrap());
    let full = with_rules(&good, &many(MOST_WITHHELD));
    for done in [away.import_dry_run(&me(), "m.zip", &full[..]), away.import(&me(), "m.zip", &full[..])] {
        assert!(
            matches!(done, Err(PlatformError::Vault(mesinfos_platform::VaultError::TooManyWithheld { .. }))),
            "{done:?}"
        );
    }
    assert!(away.summary(&me()).unwrap().is_empty());
    assert_eq!(away.withheld(&me()).unwrap().len(), 1);
    let almost = with_rules(&good, &many(MOST_WITHHELD - 1));
    assert_eq!(away.import(&me(), "m.zip", &almost[..]).unwrap().withheld.new, MOST_WITHHELD as u64 - 1);
    assert_eq!(away.withheld(&me()).unwrap().len(), MOST_WITHHELD);
}
