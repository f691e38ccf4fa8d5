//! Imports by a person: reports, stored data, and undo.

use crate::support::{Data, me, nobody};
use mesinfos_platform::{Isolation, Platform};
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;

/// Three rows; the date of the second one does not exist.
const STATEMENT: &str = "Date,Type,Merchant/Description,Debit/Credit,Balance\n\
    23/07/2024,VIS,\"=Shop\",-£12.50,+£100.00\n31/02/2024,VIS,Ghost,-£1.00,+£99.00\n\
    24/07/2024,CR,Wages,+£1200.00,+£1300.00\n";

struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Files {
        Files(tempfile::tempdir().unwrap())
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// Number of a person's bank rows.
fn rows(data: &Data, person: &str) -> u64 {
    let there = data.ok(&["people", "--person", person]);
    let bank = there.as_array().unwrap().iter().find(|entry| entry["category"] == "bank");
    bank.map_or(0, |entry| entry["rows"].as_u64().unwrap())
}

#[test]
fn a_dry_run_says_what_would_happen_and_writes_nothing() {
    let (data, files) = (Data::new(), Files::new());
    let file = files.put("s.csv", STATEMENT);
    for arguments in [vec!["import", "--dry-run", &file], vec!["import", "--dry-run", "--person", "p", &file]]
    {
        let said = data.ok(&arguments);
        let import = &said["imports"][0];
        assert_eq!(import["import"], Value::Null);
        assert_eq!(import["categories"][0]["accepted"], 2);
        assert_eq!(import["files"][0]["rejected"], 1);
    }
    assert!(std::fs::read_dir(data.path()).unwrap().next().is_none(), "not even a store");
    assert_eq!(data.ok(&["people"]), json!([]));
    data.ok(&["import", "--person", "p", &file]);
    let again = data.ok(&["import", "--dry-run", "--person", "p", &file]);
    let category = &again["imports"][0]["categories"][0];
    assert_eq!((&category["accepted"], &category["duplicates"]), (&json!(0), &json!(2)));
    assert_eq!(rows(&data, "p"), 2);
}

/// A dry run does not promise what the import refuses.
#[test]
fn a_dry_run_is_refused_where_a_store_is_gone() {
    let (data, files) = (Data::new(), Files::new());
    let file = files.put("s.csv", STATEMENT);
    let dry = ["import", "--dry-run", "--person", "p", &file];
    data.ok(&["import", "--person", "p", &file]);
    std::fs::rename(data.path().join("store"), data.path().join("store.restoring")).unwrap();
    assert_eq!(data.fails(&dry).0, "restore-unfinished");
    std::fs::rename(data.path().join("store.restoring"), data.path().join("away")).unwrap();
    assert_eq!(data.fails(&dry).0, "store-gone");
    assert!(!data.path().join("store").exists());
    std::fs::rename(data.path().join("away"), data.path().join("store")).unwrap();
    assert_eq!(data.ok(&dry)["imports"][0]["categories"][0]["duplicates"], 2);
}

/// A dry run ends as the import would, and the output of either is one document.
#[test]
fn a_file_without_one_good_row_fails_wherever_it_would_go() {
    let (data, files) = (Data::new(), Files::new());
    let header = STATEMENT.lines().next().unwrap();
    let none = files.put("none.csv", format!("{header}\n{}", STATEMENT.lines().nth(2).unwrap()));
    let other = files.put("other.bin", "no format knows this");
    for file in [&none, &other] {
        for whither in [&["--person", "p"][..], &["--dry-run"], &["--dry-run", "--person", "p"]] {
            let output = data.run(&[&["import", file.as_str()], whither].concat());
            assert_eq!(output.status.code(), Some(1), "{file} {whither:?}");
            let said: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(said["errors"][0]["code"], "unreadable-file");
            assert_eq!((said["imports"].clone(), said["errors"].as_array().unwrap().len()), (json!([]), 1));
        }
    }
    assert_eq!(data.ok(&["people"]), json!([]));
}

#[test]
fn rejected_rows_are_told_with_line_field_and_reason() {
    let (data, files) = (Data::new(), Files::new());
    let (file, rejects) = (files.put("s.csv", STATEMENT), files.path("rejects.csv"));
    let said = data.ok(&["import", "--person", "p", &file, "--rejects", rejects.to_str().unwrap()]);
    let problem = &said["imports"][0]["files"][0]["problems"][0];
    assert_eq!((&problem["line"], &problem["field"]), (&json!(3), &json!("Date")));
    let csv = std::fs::read_to_string(rejects).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!((lines.len(), lines[0]), (2, "file,line,field,reason,text"));
    assert!(lines[1].starts_with("\"s.csv\",3,\"Date\","), "{csv}");
    assert!(lines[1].contains("n’existe pas"), "reasons are in the language of the reader: {csv}");
    assert!(lines[1].ends_with(",\"31/02/2024,VIS,Ghost,-£1.00,+£99.00\""), "{csv}");
    // An existing file is not overwritten, and nothing is imported.
    let file = files.put("t.csv", STATEMENT.replace("2024", "2023"));
    let there = files.path("rejects.csv");
    data.fails(&["import", "--person", "p", &file, "--rejects", there.to_str().unwrap()]);
    assert_eq!(rows(&data, "p"), 2);
    assert_eq!(std::fs::read_to_string(there).unwrap(), csv);
}

#[test]
fn a_long_rejected_line_is_cut() {
    let (data, files) = (Data::new(), Files::new());
    let long = STATEMENT.replace("Ghost", &"x".repeat(100_000));
    let (file, rejects) = (files.put("s.csv", long), files.path("rejects.csv"));
    data.ok(&["import", "--person", "p", &file, "--rejects", rejects.to_str().unwrap()]);
    let csv = std::fs::read_to_string(rejects).unwrap();
    assert!(csv.contains("31/02/2024,VIS,xxx") && csv.len() < 5_000, "{}", csv.len());
}

#[test]
fn a_file_comes_in_through_a_pipe_too() {
    let data = Data::new();
    let mut command = std::process::Command::new(crate::support::binary());
    command.args(["--json", "--data"]).arg(data.path()).args(["import", "--person", "p", "/dev/stdin"]);
    let (stdin, stdout) = (std::process::Stdio::piped(), std::process::Stdio::piped());
    let mut child = command.stdin(stdin).stdout(stdout).spawn().unwrap();
    child.stdin.take().unwrap().write_all(STATEMENT.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(rows(&data, "p"), 2);
}

/// A file whose rows are all rejected is not imported and creates no vault.
#[test]
fn a_file_of_which_every_row_is_rejected_is_not_imported() {
    let (data, files) = (Data::new(), Files::new());
    let header = STATEMENT.lines().next().unwrap();
    let bad = files.put("bad.csv", format!("{header}\n31/02/2024,VIS,Shop,-£1.00,+£1.00\n"));
    let rejects = files.path("rejects.csv");
    let arguments = ["import", "--person", "p", &bad, "--rejects", rejects.to_str().unwrap()];
    let output = data.run(&arguments);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("unreadable-file") && said.contains("nothing was imported"), "{said}");
    assert!(std::fs::read_to_string(rejects).unwrap().contains("\"bad.csv\","));
    assert_eq!(data.ok(&["people"]), json!([]), "no vault was made");
    data.ok(&["import", "--person", "p", &files.put("s.csv", STATEMENT)]);
    data.fails(&["import", "--person", "p", &bad]);
    assert_eq!(data.ok(&["imports", "--person", "p"]).as_array().unwrap().len(), 1);
}

/// File content must not act as a formula in the table of rejected rows, and the table is private.
#[test]
fn a_table_of_rejected_rows_holds_no_formula_and_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let (data, files) = (Data::new(), Files::new());
    let rejects = files.path("rejects.csv");
    let names = [
        "=1+1.csv",
        "+1.csv",
        "-1.csv",
        "@x.csv",
        "\t=1.csv",
        "\r=1.csv",
        "  =1.csv",
        "\u{a0}=1.csv",
        "＝1.csv",
    ];
    let members: Vec<String> = names.iter().map(|name| files.put(name, STATEMENT)).collect();
    let mut words = vec!["import", "--person", "p", "--rejects", rejects.to_str().unwrap()];
    words.extend(members.iter().map(String::as_str));
    data.ok(&words);
    let csv = std::fs::read_to_string(&rejects).unwrap();
    let lines: Vec<&str> = csv.split("\r\n").skip(1).filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), names.len(), "{csv}");
    for line in lines {
        for cell in line.split(',').filter_map(|cell| cell.strip_prefix('"')) {
            let plain = cell.trim_start().trim_start_matches(char::is_control);
            assert!(!plain.starts_with(['=', '+', '-', '@', '＝']), "{line:?}");
        }
    }
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&rejects), 0o600);
    let (paper, back) = (files.put("a.pdf", paper()), files.path("back.pdf"));
    data.ok(&["import", "--person", "p", &paper]);
    let id = data.ok(&["documents", "--person", "p"])[0]["id"].as_str().unwrap().to_owned();
    data.ok(&["documents", &id, "--person", "p", "--output", back.to_str().unwrap()]);
    assert_eq!(mode(&back), 0o600);
}

/// A bad cell of megabytes is reported in one short line, and so is a name with terminal escapes.
#[test]
fn what_is_told_of_a_file_is_short_and_plain() {
    let (data, files) = (Data::new(), Files::new());
    let bad = format!("{STATEMENT}{},VIS,Shop,-£1.00,+£1.00\n", "\u{202e}9".repeat(200_000));
    let name = "a\u{1b}[2J\u{202e}b.csv";
    let said = data.ok(&["import", "--person", "p", &files.put(name, &bad)]);
    let file = &said["imports"][0]["files"][0];
    assert_eq!(file["rejected"], 2);
    for told in [&file["file"], &file["problems"][0]["reason"], &file["problems"][1]["reason"]] {
        let told = told.as_str().unwrap();
        assert!(told.chars().count() <= 200 && !told.contains(['\u{1b}', '\u{202e}']), "{told:?}");
    }
}

/// An archive from a stream is never held in memory as a whole, and its spool is removed.
#[test]
fn an_archive_that_comes_as_a_stream_is_put_down_and_gone() {
    let folder = tempfile::tempdir().unwrap();
    let platform = Platform::open(folder.path(), &Isolation::InProcess).unwrap();
    let noise: Vec<u8> = (0..12_u32 << 20).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    let pdf = [&b"%PDF-1.4\n"[..], &noise].concat();
    let bytes = archive(&[("s.csv", STATEMENT.as_bytes()), ("a.pdf", &pdf)]);
    let chunks = || {
        let mut all = vec![folder.path().to_path_buf()];
        let mut files = 0;
        while let Some(path) = all.pop() {
            for entry in std::fs::read_dir(path).unwrap() {
                let entry = entry.unwrap();
                match entry.file_type().unwrap().is_dir() {
                    true => all.push(entry.path()),
                    false => files += usize::from(entry.path().to_string_lossy().contains("chunk")),
                }
            }
        }
        files
    };
    let dry = platform.import_dry_run(&nobody(), "s.zip", &bytes[..]).unwrap();
    assert_eq!((dry.files.len(), chunks()), (2, 0));
    let report = platform.import(&me("p"), "s.zip", &bytes[..]).unwrap();
    assert_eq!(report.categories.iter().map(|category| category.accepted).sum::<u64>(), 3);
    // One chunk of rows per category, and four of the document.
    assert_eq!(chunks(), 2 + 4);
    let cut = platform.import(&me("p"), "cut.zip", &bytes[..bytes.len() - 40]);
    assert!(cut.unwrap_err().to_string().contains("complete ZIP"));
    assert_eq!(chunks(), 2 + 4);
}

#[test]
fn an_import_can_be_taken_back_whole() {
    let (data, files) = (Data::new(), Files::new());
    let first = files.put("first.csv", STATEMENT);
    let more = format!("{STATEMENT}25/07/2024,VIS,Bakery,-£2.00,+£1298.00\n");
    let second = files.put("second.csv", more);
    data.ok(&["import", "--person", "p", &first, &second]);
    assert_eq!(rows(&data, "p"), 3);
    let imports = data.ok(&["imports", "--person", "p"]);
    let number = imports[0]["import"].as_u64().unwrap().to_string();
    let undone = data.ok(&["undo", &number, "--person", "p"]);
    // The second file holds them too.
    assert_eq!(
        (&undone["rows"], &undone["stayed"], &undone["import_again"]),
        (&json!(0), &json!(2), &json!([]))
    );
    assert_eq!(rows(&data, "p"), 3);
    assert!(data.fails(&["undo", &number, "--person", "p"]).1.contains("There is no import"));
    data.ok(&["import", "--person", "p", &second]);
    assert_eq!(rows(&data, "p"), 3, "what the second file had is there, once");
    let audit = data.ok(&["audit", "--person", "p"]);
    let undone = |entry: &&Value| entry["event"]["kind"] == "undone";
    assert_eq!(audit.as_array().unwrap().iter().filter(undone).count(), 1);
    data.ok(&["audit", "verify", "--person", "p"]);
}

#[test]
fn an_undo_names_no_file_that_had_none_of_its_rows() {
    let (data, files) = (Data::new(), Files::new());
    let first = files.put("first.csv", STATEMENT);
    let same = files.put("same.csv", STATEMENT);
    let later = files.put("later.csv", STATEMENT.replace("2024", "2025"));
    data.ok(&["import", "--person", "p", &first, &same, &later, &later]);
    let undone = data.ok(&["undo", "1", "--person", "p"]);
    assert_eq!(
        (&undone["rows"], &undone["stayed"], &undone["import_again"]),
        (&json!(0), &json!(2), &json!([]))
    );
}

#[test]
fn a_dry_run_says_that_the_person_is_new() {
    let (data, files) = (Data::new(), Files::new());
    let file = files.put("s.csv", STATEMENT);
    let is_first =
        || data.ok(&["import", "--dry-run", "--person", "p", &file])["imports"][0]["is_first"].take();
    assert_eq!(is_first(), true);
    data.ok(&["import", "--person", "p", &file]);
    assert_eq!(is_first(), false);
    assert_eq!(data.ok(&["import", "--dry-run", &file])["imports"][0]["is_first"], false);
}

#[test]
fn an_empty_file_and_a_folder_are_called_so() {
    let (data, files) = (Data::new(), Files::new());
    let empty = files.put("empty.csv", "");
    assert!(data.fails(&["import", "--person", "p", &empty]).1.contains("the file is empty"));
    let folder = files.0.path().to_str().unwrap();
    assert!(data.fails(&["import", "--person", "p", folder]).1.contains("is a folder"));
    for disk in ["/", "//", "/.."] {
        let said = data.fails(&["import", "--person", "p", disk]).1;
        assert!(
            said.contains("is the whole disk, and nothing of it was read") && !said.contains("/*"),
            "{said}"
        );
    }
}

#[test]
fn a_row_knows_the_file_and_the_line_that_it_came_from() {
    let (data, files) = (Data::new(), Files::new());
    let file = files.put("s.csv", STATEMENT);
    let zip = files.put("e.zip", archive(&[("x/y.csv", STATEMENT.replace("2024", "2023").as_bytes())]));
    data.ok(&["import", "--person", "p", &file, &zip]);
    let rows = data.ok(&["rows", "bank", "--person", "p"])["rows"].take();
    let from: Vec<(&str, u64)> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["file"].as_str().unwrap(), row["place"].as_u64().unwrap()))
        .collect();
    assert_eq!(from, [("e.zip/x/y.csv", 2), ("e.zip/x/y.csv", 4), ("s.csv", 2), ("s.csv", 4)]);
    let of_day = data.ok(&["rows", "bank", "--person", "p", "--period", "2024-07-24"])["rows"].take();
    assert_eq!(of_day.as_array().unwrap().len(), 1);
    let values = of_day[0]["values"].as_array().unwrap();
    assert!(
        values.contains(&json!({ "field": "amount", "value": "1200.00" }))
            && values.iter().all(|v| v["field"] != "place"),
        "{values:?}"
    );
}

fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Two statements that have a row in common, packed by a person: each is an import of its own, and no row comes in twice.
#[test]
fn an_archive_of_two_statements_comes_in_file_by_file() {
    let (data, files) = (Data::new(), Files::new());
    let other = STATEMENT.replace("2024", "2023");
    let both =
        format!("{STATEMENT}{}", other.lines().skip(1).map(|line| format!("{line}\n")).collect::<String>());
    let members =
        [("a/one.csv", STATEMENT.as_bytes()), ("two.csv", both.as_bytes()), ("cat.jpg", b"\xff\xd8")];
    let file = files.put("export.zip", archive(&members));
    let said = data.ok(&["import", "--person", "p", &file]);
    let of = |import: usize, what: &str| said["imports"][import]["categories"][0][what].as_u64().unwrap();
    assert_eq!((of(0, "accepted"), of(1, "accepted"), of(1, "duplicates")), (2, 2, 2));
    let names = |import: usize| -> Vec<&str> {
        let files = said["imports"][import]["files"].as_array().unwrap();
        files.iter().map(|file| file["file"].as_str().unwrap()).collect()
    };
    assert_eq!(names(0), ["export.zip/a/one.csv"]);
    assert_eq!(
        names(1),
        ["export.zip/two.csv", "export.zip/cat.jpg"],
        "what nobody knows is told, and no failure"
    );
    data.ok(&["undo", "1", "--person", "p"]);
    assert_eq!(rows(&data, "p"), 4, "the second file has them all");
    data.ok(&["undo", "2", "--person", "p"]);
    assert_eq!(rows(&data, "p"), 0);
    // Nothing that anybody knows is a failure.
    let file = files.put("cats.zip", archive(&[("cat.jpg", b"\xff\xd8"), ("dog.jpg", b"\xff\xd8")]));
    assert!(!data.run(&["import", "--person", "p", &file]).status.success());
}

/// A document of more than two sealed pieces.
fn paper() -> Vec<u8> {
    let mut paper = b"%PDF-1.7\n/CreationDate (D:20240131120000+01'00')\nSECRET-CANARY\n".to_vec();
    paper.extend((0..(5 << 20)).map(|n: u32| n.wrapping_mul(2_654_435_761).to_le_bytes()[3]));
    paper
}

#[test]
fn a_paper_is_kept_sealed_and_comes_back_as_it_came() {
    let (data, files) = (Data::new(), Files::new());
    let (paper, photograph) = (paper(), b"\xff\xd8\xff\xe0 a photograph".to_vec());
    let statement = ("s.csv", STATEMENT.as_bytes());
    let zip = archive(&[statement, ("../../x/Facture.pdf", &paper), ("y/IMG_1.JPG", &photograph)]);
    let dry = data.ok(&["import", "--dry-run", "--person", "p", &files.put("e.zip", &zip)]);
    assert_eq!(dry["imports"][0]["files"][1]["format"], "pdf-document");
    assert_eq!(data.ok(&["people"]), json!([]));
    data.ok(&["import", "--person", "p", &files.put("e.zip", &zip)]);
    let listed = data.ok(&["documents", "--person", "p", "--lang", "en"]);
    let listed = listed.as_array().unwrap();
    let of = |field: &str| listed.iter().map(|one| one[field].clone()).collect::<Vec<_>>();
    assert_eq!(of("id"), ["1.3.1", "1.2.1"], "what has no date stands first");
    assert_eq!(of("name"), ["IMG_1.JPG", "Facture.pdf"]);
    assert_eq!(of("kind"), ["photo", "invoice"]);
    assert_eq!((&listed[1]["on"], &listed[1]["size"]), (&json!("2024-01-31"), &json!(paper.len())));
    for file in data.files() {
        let bytes = std::fs::read(file).unwrap();
        assert!(!bytes.windows(13).any(|window| window == b"SECRET-CANARY"), "it is in the clear");
    }
    for (id, bytes) in [("1.2.1", &paper), ("1.3.1", &photograph)] {
        let back = files.path(id);
        let arguments = ["documents", id, "--person", "p", "--output", back.to_str().unwrap()];
        data.ok(&arguments);
        assert_eq!(&std::fs::read(&back).unwrap(), bytes);
        assert!(
            data.fails(&arguments).1.contains("a file of that name already exists"),
            "a file is not overwritten"
        );
    }
    let nothing = files.path("n");
    let missing = ["documents", "1.9.1", "--person", "p", "--output", nothing.to_str().unwrap()];
    assert!(data.fails(&missing).1.contains("There is no document 1.9.1"));
    assert!(!nothing.exists());

    // Import it again on its own: under the same name, it is the same document.
    data.ok(&["import", "--person", "p", &files.put("Facture.pdf", &paper)]);
    assert_eq!(data.ok(&["documents", "--person", "p"]).as_array().unwrap().len(), 2);
    // It stays while one of the two imports holds it.
    data.ok(&["undo", "1", "--person", "p"]);
    let left = data.ok(&["documents", "--person", "p"]);
    assert_eq!((left.as_array().unwrap().len(), &left[0]["id"]), (1, &json!("2.0.1")));
    data.ok(&["undo", "2", "--person", "p"]);
    assert_eq!(data.ok(&["documents", "--person", "p"]), json!([]));
}

#[test]
fn a_file_that_no_format_knows_is_kept_only_if_the_person_says_so() {
    let (data, files) = (Data::new(), Files::new());
    let letter = files.put("lettre.txt", "Chère Anne,\nmerci.\n");
    let (code, words) = data.fails(&["import", "--person", "p", &letter]);
    assert!(code == "unreadable-file" && words.contains("--document"), "{code}: {words}");
    let other = files.put("autre.txt", "Chère Anne,\nencore merci.\n");
    let (_, words) = data.fails(&["import", "--person", "p", &letter, &other]);
    let tells_of_both = words.contains("lettre.txt") && words.contains("autre.txt");
    assert!(tells_of_both && words.matches("--document").count() == 2, "{words}");
    let statement = files.put("s.csv", STATEMENT);
    data.ok(&["import", "--document", "--person", "p", &letter, &statement]);
    assert_eq!(data.ok(&["documents", "--person", "p"]).as_array().unwrap().len(), 2);
    assert_eq!(rows(&data, "p"), 0, "what is kept as a document is not read");
}

/// A large archive is read by seeking, without holding it in memory.
#[test]
#[cfg(target_os = "linux")]
fn a_large_archive_is_not_held_in_memory() {
    let (data, files) = (Data::new(), Files::new());
    let path = files.path("large.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for n in 0..6 {
        zip.start_file(format!("{n}.pdf"), stored).unwrap();
        zip.write_all(b"%PDF-1.4\n").unwrap();
        (0..64).for_each(|_| zip.write_all(&vec![b'0' + n; 1 << 20]).unwrap());
    }
    zip.finish().unwrap();
    let mut import = std::process::Command::new(crate::support::binary())
        .arg("--data")
        .arg(data.path())
        .args(["import", "--person", "p"])
        .arg(&path)
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", import.id());
    let mut most = 0_u64;
    while import.try_wait().unwrap().is_none() {
        let status = std::fs::read_to_string(&status).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|text| text.trim().trim_end_matches(" kB").parse().ok());
        most = most.max(peak.unwrap_or(0));
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(import.wait().unwrap().success());
    assert_eq!(data.ok(&["documents", "--person", "p"]).as_array().unwrap().len(), 6);
    assert!(most > 0 && most < 150 << 10, "384 MiB of archive needed {most} KiB");
}

#[test]
fn bombs_are_refused_and_leave_nothing() {
    let (data, files) = (Data::new(), Files::new());
    let inner = archive(&[("s.csv", STATEMENT.as_bytes())]);
    // A gigabyte of spaces compresses to a megabyte.
    let mut wide = STATEMENT.as_bytes().to_vec();
    wide.resize(64 << 20, b' ');
    for (name, bytes, says) in [
        ("nested.zip", archive(&[("s.csv", STATEMENT.as_bytes()), ("in.zip", &inner)]), ""),
        ("wide.zip", archive(&[("s.csv", &wide)]), "exceeds"),
        ("cut.zip", inner[..inner.len() - 30].to_vec(), "complete ZIP"),
        ("entities.xml", b"<?xml version=\"1.0\"?><!DOCTYPE f [<!ENTITY a \"aa\">]><feed xmlns:e=\"http://naesb.org/espi\">&a;</feed>".to_vec(), "DOCTYPE"),
    ] {
        let file = files.put(name, bytes);
        let arguments = ["import", "--person", "q", &file];
        if says.is_empty() {
            // The nested archive is reported; the file beside it is imported.
            let said = data.ok(&arguments);
            assert!(said["imports"][0]["files"][1]["problems"][0]["reason"].as_str().unwrap().contains("archive inside an archive"));
            data.ok(&["erase", "--yes", "--person", "q"]);
            continue;
        }
        let (_, why) = data.fails(&arguments);
        assert!(why.contains(says), "{name}: {why}");
        assert_eq!(data.ok(&["people"]), json!([]), "{name}");
    }
}

/// A load curve: the timestamp of a point is its end, in local time.
const CURVE: &str = "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;\
    Etape metier;Unite;Pas en minutes\n1;Courbe de charge;1;2;Energie active;Consommation;Comptage Brut;W;\n\
    Horodate;Valeur\n2025-01-01T00:30:00+01:00;100\n2025-01-01T01:00:00+01:00;100\n";

#[test]
fn an_import_names_the_days_that_the_vault_names() {
    let (data, files) = (Data::new(), Files::new());
    let file = files.put("curve.csv", CURVE);
    for arguments in
        [&["import", "--dry-run", file.as_str()][..], &["import", "--person", "p", file.as_str()][..]]
    {
        let said = data.ok(arguments);
        let category = &said["imports"][0]["categories"][0];
        assert_eq!(category["first"], "2024-12-31T23:00:00Z");
        assert_eq!(
            (&category["first_day"], &category["last_day"]),
            (&json!("2025-01-01"), &json!("2025-01-01"))
        );
    }
    assert_eq!(data.ok(&["people", "--person", "p"])[0]["first"], "2025-01-01");
}

#[test]
fn rows_that_are_not_shown_are_counted() {
    let (data, files) = (Data::new(), Files::new());
    data.ok(&["import", "--person", "p", &files.put("s.csv", STATEMENT)]);
    let counts = |found: &Value| {
        (found["rows"].as_array().unwrap().len(), found["total"].clone(), found["undated_left_out"].clone())
    };
    let rows = |more: &[&str]| counts(&data.ok(&[&["rows", "bank", "--person", "p"], more].concat()));
    assert_eq!(rows(&["--limit", "1"]), (1, json!(2), json!(0)));
    assert_eq!(rows(&["--limit", "0"]), (2, json!(2), json!(0)));
    let cards = "BEGIN:VCARD\nVERSION:3.0\nFN:Anne\nEND:VCARD\n";
    data.ok(&["import", "--person", "p", &files.put("c.vcf", cards)]);
    let contacts = |more: &[&str]| counts(&data.ok(&[&["rows", "social", "--person", "p"], more].concat()));
    assert_eq!(contacts(&[]), (1, json!(1), json!(0)));
    assert_eq!(contacts(&["--period", "2024"]), (0, json!(0), json!(1)));
    assert_eq!(contacts(&["--period", "2024", "--undated"]), (1, json!(1), json!(0)));
}
