//! The command's output in both languages: each verb, and the most common errors. `BLESS=1` rewrites
//! `speech/{fr,en}.txt`.

use crate::support::{app, binary, sample};
use mesinfos_model::Day;
use mesinfos_model::view::Lang;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A bank statement with one row whose date does not exist.
const STATEMENT: &str = "Date,Type,Merchant/Description,Debit/Credit,Balance\n\
    23/07/2024,VIS,Shop,-£12.50,+£100.00\n31/02/2024,VIS,Ghost,-£1.00,+£99.00\n\
    24/07/2024,CR,Wages,+£1200.00,+£1300.00\n";

/// What somebody says about the columns of a table.
const ANSWERS: &str = r#"{"version":1,"rows":"bank","holder":"My bank","delimiter":";","skip":1,"date":1,"date-order":"day-first",
    "label":[2],"value":{"spent":{"column":3}},"decimal":"comma","currency":{"is":"EUR"}}"#;

/// Number of lines compared of a long output.
const HELD: usize = 12;

/// A person at a terminal, in a folder of their own, and the output they read.
struct Terminal {
    folder: tempfile::TempDir,
    lang: Lang,
    read: String,
}

impl Terminal {
    fn new(lang: Lang) -> Terminal {
        let owner_only = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        let folder = tempfile::Builder::new().permissions(owner_only).tempdir().unwrap();
        for file in ["banque.json", "electricite.csv", "telephone.json"] {
            std::fs::copy(sample(file), folder.path().join(file)).unwrap();
        }
        for name in ["budget", "conso", "empreinte"] {
            std::fs::copy(app(name), folder.path().join(format!("{name}.wasm"))).unwrap();
        }
        std::fs::write(folder.path().join("statement.csv"), STATEMENT).unwrap();
        std::fs::write(folder.path().join("notes.txt"), "nothing of anybody\n").unwrap();
        std::fs::write(folder.path().join("unknown.csv"), "When;What;How much\n13/01/2026;Shop;5,20\n")
            .unwrap();
        std::fs::write(folder.path().join("answers.json"), ANSWERS).unwrap();
        std::fs::write(folder.path().join("empty.csv"), "").unwrap();
        std::fs::write(folder.path().join("cut.json"), "[{\"docType\":\"bankoperation\"").unwrap();
        std::fs::create_dir(folder.path().join("no-app")).unwrap();
        Terminal { folder, lang, read: String::new() }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(binary());
        let language = if self.lang == Lang::Fr { "fr_FR.UTF-8" } else { "C.UTF-8" };
        command
            .current_dir(self.folder.path())
            .env_clear()
            .envs([("LANG", language), ("COLUMNS", "100"), ("XDG_DATA_HOME", "data")])
            .stdin(std::process::Stdio::null());
        command
    }

    /// Runs a line and returns its output.
    fn types(&mut self, line: &str) -> String {
        let output = self.command().args(line.split(' ')).output().unwrap();
        let (stdout, stderr) =
            (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
        let shown = masked(&format!("$ mesinfos {line}"), self.lang);
        writeln!(self.read, "{shown}").unwrap();
        let count = stdout.lines().count();
        for line in stdout.lines().take(HELD) {
            writeln!(self.read, "{}", masked(line, self.lang)).unwrap();
        }
        if count > HELD {
            writeln!(self.read, "[{} more]", count - HELD).unwrap();
        }
        for line in stderr.lines() {
            writeln!(self.read, "! {}", masked(line, self.lang)).unwrap();
        }
        match output.status.code() {
            Some(0) => writeln!(self.read).unwrap(),
            code => writeln!(self.read, "= {code:?}\n").unwrap(),
        }
        stdout
    }

    /// JSON output of a line.
    fn json(&self, line: &str) -> serde_json::Value {
        let output = self.command().arg("--json").args(line.split(' ')).output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{line}: {error}"))
    }
}

/// A line with volatile parts masked: ids, digests, secrets, times, and costs of a run.
fn masked(line: &str, lang: Lang) -> String {
    let is_hex = |text: &str| text.bytes().all(|b| b.is_ascii_hexdigit());
    let mut words: Vec<String> = Vec::new();
    for word in line.split(' ') {
        let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let mask = match bare.len() {
            64 if is_hex(bare) => "<sha256>",
            36 if bare.split('-').map(str::len).eq([8, 4, 4, 4, 12]) => "<id>",
            16 if is_hex(bare) => "<token>",
            _ if bare.starts_with("mi_") && bare.len() > 40 => "<secret>",
            _ => {
                words.push(word.to_owned());
                continue;
            }
        };
        words.push(word.replace(bare, mask));
    }
    let line = without_time(&words.join(" "), lang);
    // The size of a component depends on the compiler, and free space on the disk.
    let line = if line.contains("<sha256>")
        || line.contains(".wasm (")
        || line.contains(" disk of ")
        || line.contains(" disque de ")
    {
        without_size(&line)
    } else {
        line
    };
    match line.split_once(" ms, ") {
        Some((_, rest)) => format!("<cost>{}", rest.find(';').map_or("", |at| &rest[at..])),
        None => line,
    }
}

/// Masks the current minute and day.
fn without_time(line: &str, lang: Lang) -> String {
    let mut line = line.to_owned();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let now = i64::try_from(now).unwrap();
    // The test may run for some minutes, and a token is valid for thirty days.
    for minutes in (-20..=1).chain((30 * 1_440 - 20)..=(30 * 1_440 + 1)) {
        line = line.replace(&mesinfos_words::instant(now + minutes * 60, lang), "<instant>");
    }
    for days in -1..=1 {
        line = line.replace(&mesinfos_words::day(Day::of_instant(now + days * 86_400, 0), lang), "<today>");
    }
    line
}

/// Masks the number before a unit of bytes.
fn without_size(line: &str) -> String {
    for unit in
        ["\u{A0}ko", "\u{A0}kB", "\u{A0}Mo", "\u{A0}MB", "\u{A0}Mio", "\u{A0}MiB", "\u{A0}Gio", "\u{A0}GiB"]
    {
        if let Some(at) = line.find(unit) {
            let start = line[..at]
                .rfind(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.' | '\u{202F}'))
                .map_or(0, |at| at + 1);
            return format!("{}<size>{}", &line[..start], &line[at + unit.len()..]);
        }
    }
    line.to_owned()
}

/// A session with the command.
fn read(lang: Lang) -> String {
    let mut terminal = Terminal::new(lang);
    for line in [
        "people",
        "apps",
        "token list",
        "grants --person camille",
        "--data none people",
        "--data none rows bank --person camille",
        "--data banque.json people",
        "import --person camille banque.json electricite.csv",
        "import --person camille statement.csv",
        "import --person camille banque.json",
        "import --dry-run statement.csv",
        "import --dry-run telephone.json",
        "import --dry-run --person Zoé --rejects rejected.csv statement.csv",
        "import --dry-run --rejects rejected.csv statement.csv",
        "import --person camille notes.txt",
        "import --person camille empty.csv cut.json missing.csv",
        "import --person camille no-app",
        "import --person Éloïse banque.json",
        "import --person a/b banque.json",
        "imports --person camille",
        "imports --person mari",
        "undo 3 --person camille",
        "undo 3 --person camille",
        "people",
        "people camille",
        "people --person camille",
        "rows bank --person camille --limit 2",
        "rows energy --person camille --limit 1",
        "rows bank --person camille --limit 0 --period 2025-11",
        "rows banque --person camille",
        "rows bank --person camille --period yesterday",
        "rows bank --person camille --period 2012..2011",
        "rows health --person camille",
        "import --person camille --document notes.txt",
        "documents --person camille",
        "documents 9.0.1 --person camille --output got.txt",
        "documents 6.0.1 --person camille --output got.txt",
        "documents 6.0.1 --person camille --output got.txt",
        "check conso.wasm",
        "check notes.txt",
        "install notes.txt",
        "install missing.wasm",
        "run budget --person camille",
        "install budget.wasm",
        "install budget.wasm",
        "apps",
        "run budget --person camille",
        "grants --person camille",
        "grant budget --person camille --category health",
        "grant budget --person camille --category bank --fields iban",
        "grant budget --person camille --granularity monthly",
        "grant budget --person camille --granularity often",
        "grant budget --person camille --until 31/12/2030",
        "grant budget --person camille --until 2020-01-01",
        "grant budget --person camille --without 1.0.99999",
        "grant budget --person camille --without first",
        "grant budget --person camille --component 00",
        "grant conso --person camille",
        "grant budget --person camille --category bank --holders BoursoBank",
        "grant budget --person camille --category bank --period 2026 --holders MesInfos --until 2030-12-31",
        "grants --person camille",
        "narrow budget --person camille --period 2012..2026",
        "run budget --person camille --param day=tomorrow",
        "run budget --person camille --param day",
        "run budget --person camille --today someday",
        "narrow budget --person camille",
        "narrow budget --person camille --category bank --fields amount,booked-on,currency",
        "narrow budget --person camille --drop bank",
        "narrow budget --person camille --drop energy",
        "grant budget --person camille --period 1999 --until 2030-06-30",
        "grant budget --person camille",
        "grants --person camille",
        "grants --person camille --all",
        "run budget --person camille --today 2013-06-01",
        "receipts --person camille",
        "replay 12 --person camille",
        "replay 00000000-0000-7000-8000-000000000000 --person camille",
    ] {
        terminal.types(line);
    }
    let receipt = terminal.json("receipts --person camille")[0]["id"].as_str().unwrap().to_owned();
    for line in [
        &*format!("replay {receipt} --person camille"),
        "pause budget --person camille",
        "pause budget --person camille",
        "grants --person camille",
        "run budget --person camille",
        &*format!("replay {receipt} --person camille"),
        "resume budget --person camille",
        "resume budget --person camille",
        "revoke budget --person camille",
        "revoke budget --person camille",
        "grants --person camille",
        "run budget --person camille",
        "grant budget --person camille --period 1999",
        "run budget --person camille",
        "install conso.wasm",
        "run --help conso",
        "install empreinte.wasm",
        "grant empreinte --person camille --granularity monthly",
        "grant empreinte --person camille --category energy",
        "run empreinte --person camille --today 2026-06-01",
        "run --help ailleurs",
        "uninstall conso",
        "uninstall conso",
        "audit",
        "audit --person camille",
        "audit verify --person camille",
        "audit verify --person camille --head 00",
        "audit verify --person camille --head 0000000000000000000000000000000000000000000000000000000000000000",
        "token",
        "token list",
        "token create --scope all --name EDF --person camille",
        "token create --scope deposit --name EDF",
        "token create --scope deposit --name EDF --person camille --expires soon",
        "token create --scope deposit --name EDF --person camille --expires 9999d",
        "token create --scope deposit --name EDF --person camille --expires 30d",
        "token create --scope deposit --name EDF --person camilla --expires 30d",
        "token list",
        "token revoke 0123456789abcdef",
        "open",
        "build no-app",
        "personas nobody",
        "personas cycliste --out samples",
        "gallery --apps no-app",
        "dictionary bank",
        "formats",
        "map unknown.csv",
        "map notes.txt",
        "import --person camille unknown.csv",
        "import --person camille --map notes.txt unknown.csv",
        "import --person camille --map answers.json unknown.csv",
        "personas",
        "doctor --deep",
        "backup --to all.backup",
        "backup --to all.backup",
        "--data other restore --from all.backup",
        "--data data/mesinfos restore --from all.backup",
        "--data none doctor",
        "erase --person camille",
        "erase --person camill --yes",
        "erase --person camille --yes",
        "receipts --person camille",
        "--lang de people",
        "impor --person camille banque.json",
        "rune budget --person camille",
        "import",
        "rows bank --person camille --limi 2",
        "rows bank --person camille --limit many",
        "--isolation none people",
        "undo 1 2 --person camille",
        "imports --person camille --person paul",
        "gallery camille --apps no-app --samples no-app",
        "--help",
        "help",
        "help rows",
        "rows --help",
        "narrow --help",
    ] {
        terminal.types(line);
    }
    terminal.read
}

fn golden(lang: Lang) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("it/speech").join(format!("{}.txt", lang.code()))
}

/// Compares the output with the golden file.
fn hold(lang: Lang) {
    let (path, read) = (golden(lang), read(lang));
    if std::env::var_os("BLESS").is_some() {
        return std::fs::write(path, read).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    for (number, (found, expected)) in read.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, expected, "line {} of {}: BLESS=1 writes it anew", number + 1, path.display());
    }
    assert_eq!(read.lines().count(), expected.lines().count(), "{}: BLESS=1 writes it anew", path.display());
}

#[test]
fn what_is_said_in_french() {
    hold(Lang::Fr);
}

#[test]
fn what_is_said_in_english() {
    hold(Lang::En);
}

/// The help of `run` lists the parameters of the app wherever `--help` appears, and creates no data folder.
#[test]
fn help_of_a_run_lists_settings_and_makes_no_folder() {
    let mut terminal = Terminal::new(Lang::En);
    for line in ["run --help conso", "run conso --help"] {
        assert!(!terminal.types(line).contains("--param ID=VALUE:"), "{line}");
        assert!(!terminal.folder.path().join("data").exists());
    }
    terminal.types("install conso.wasm");
    for line in ["run --help conso", "run conso -h", "run conso --person camille --help"] {
        let help = terminal.types(line);
        assert!(help.contains("--param ID=VALUE:") && help.contains("power"), "{line}: {help}");
    }
}

/// A misspelt `--data` creates no folder, and neither does a verb that only reads, before the first import.
#[test]
fn a_verb_that_reads_makes_no_folder() {
    let person = ["--person", "camille"];
    let of = |verb: &'static [&'static str]| [verb, &person[..]].concat();
    let mut verbs: Vec<Vec<&str>> =
        [&["people"][..], &["apps"], &["token", "list"], &["backup", "--to", "b"], &["open"]]
            .map(<[&str]>::to_vec)
            .into();
    verbs.extend(
        [&["uninstall", "budget"][..], &["token", "revoke", "0123456789abcdef"]].map(<[&str]>::to_vec),
    );
    verbs.extend([of(&["people"]), of(&["rows", "bank"]), of(&["documents"]), of(&["imports"])]);
    verbs.extend([of(&["undo", "1"]), of(&["grants"]), of(&["grant", "budget"]), of(&["narrow", "budget"])]);
    verbs.extend([of(&["pause", "budget"]), of(&["resume", "budget"]), of(&["revoke", "budget"])]);
    verbs.extend([of(&["run", "budget"]), of(&["receipts"]), of(&["audit"]), of(&["erase", "--yes"])]);
    let receipt = "00000000-0000-7000-8000-000000000000";
    verbs.push([&["replay", receipt][..], &person[..]].concat());
    let terminal = Terminal::new(Lang::Fr);
    for verb in &verbs {
        let run = |before: &[&str]| terminal.command().args(before).args(verb).output().unwrap();
        let named = run(&["--data", "none"]);
        let words = String::from_utf8_lossy(&named.stderr).into_owned();
        let said = "Le dossier none n’existe pas\u{A0}; rien n’a été créé.";
        assert!(named.status.code() == Some(1) && words.contains(said), "{verb:?}: {words}");
        let usual = run(&[]);
        let words = String::from_utf8_lossy(&[usual.stdout, usual.stderr].concat()).into_owned();
        assert!(words.contains("Il n’y a") || words.contains("Aucune application"), "{verb:?}: {words}");
        for folder in ["none", "data"] {
            assert!(!terminal.folder.path().join(folder).exists(), "{verb:?} makes {folder}");
        }
    }
}

/// With `--json`, a usage error is a problem, in English like all JSON.
#[test]
fn a_line_that_is_not_understood_is_a_problem_too() {
    let terminal = Terminal::new(Lang::Fr);
    for (line, detail, hint) in [
        ("--json impor", "\"impor\" is not a command of mesinfos.", "Did you mean import"),
        ("imports --json", "Missing: --person <PERSON>.", "mesinfos imports --help"),
        ("rows bank --json --limit many --person camille", "is not valid for --limit <LIMIT>", "rows --help"),
        ("people camille --json", "\"camille\" was not expected here.", "Did you mean --person camille?"),
    ] {
        let output = terminal.command().args(line.split(' ')).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{line}");
        let problem: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(problem["type"].as_str().unwrap().ends_with("docs/errors.md#usage"), "{problem}");
        assert_eq!(problem["code"], "usage");
        assert!(problem["detail"].as_str().unwrap().contains(detail), "{problem}");
        assert!(problem["hint"].as_str().unwrap().contains(hint), "{problem}");
    }
}

/// Each line is in one language: no line mixes an English hint with French text or vice versa.
#[test]
fn no_line_mixes_the_languages() {
    let texts = [Lang::Fr, Lang::En].map(|lang| (lang, std::fs::read_to_string(golden(lang)).unwrap()));
    for (lang, text) in texts {
        let foreign: &[&str] = match lang {
            Lang::Fr => &[" the ", " is not ", " was ", " cannot ", "nothing"],
            Lang::En => &[" le ", " la ", " est ", " n’", " pas ", "rien n"],
        };
        for line in text.lines().filter(|line| !line.starts_with('$')) {
            let found = foreign.iter().find(|word| line.contains(**word));
            assert_eq!(found, None, "{}: {line}", lang.code());
        }
    }
}
