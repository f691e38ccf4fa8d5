//! Commands shown in the README and the guides: each is run, or checked against the workspace.

use crate::support::{app, binary};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Pages with commands, from the root.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md", "SECURITY.md", "example-apps/README.md", "tests/bench/README.md"]
            .map(PathBuf::from)
            .into();
    let folders = [
        "docs",
        "docs/adding",
        "docs/explanation",
        "docs/gallery",
        "docs/how-to",
        "docs/reference",
        "sdk/rust",
    ];
    for folder in folders {
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            let name = entry.unwrap().file_name();
            if name.to_str().is_some_and(|name| name.ends_with(".md")) {
                pages.push(Path::new(folder).join(name));
            }
        }
    }
    pages
}

/// Lines of the shell blocks of a page, without their comments.
fn commands(page: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(root().join(page)).unwrap();
    let mut commands = Vec::new();
    let mut is_shell = false;
    // A backslash at the end continues the line.
    for line in text.replace("\\\n", " ").lines() {
        if let Some(language) = line.trim().strip_prefix("```") {
            is_shell = language == "sh";
        } else if is_shell && !line.starts_with('#') {
            let command = line.split(" #").next().unwrap().trim();
            commands.extend(Some(command.to_owned()).filter(|command| !command.is_empty()));
        }
    }
    commands
}

/// JSON blocks of a page.
fn answers(page: &Path) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(root().join(page)).unwrap();
    let blocks = text.split("\n```json\n").skip(1);
    blocks.map(|block| serde_json::from_str(block.split("\n```").next().unwrap()).unwrap()).collect()
}

/// A folder in which the commands of one page run one after the other.
struct Shell {
    folder: tempfile::TempDir,
    /// The server that a command of the page started, with its address.
    server: Option<(Child, String)>,
}

impl Drop for Shell {
    fn drop(&mut self) {
        if let Some((server, _)) = &mut self.server {
            server.kill().unwrap();
            server.wait().unwrap();
        }
    }
}

impl Shell {
    fn new() -> Shell {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(app("budget"), folder.path().join("budget.wasm")).unwrap();
        std::fs::create_dir_all(folder.path().join("target/apps")).unwrap();
        for name in ["my-app", "coffees", "cafes"] {
            std::fs::copy(app("forfait"), folder.path().join(format!("target/apps/{name}.wasm"))).unwrap();
        }
        Shell { folder, server: None }
    }

    /// A command line in the folder.
    fn command(&self, line: &str) -> Command {
        let beside = binary().parent().unwrap().to_owned();
        let path = std::env::join_paths([beside, "/usr/bin".into(), "/bin".into()]).unwrap();
        let mut command = Command::new("sh");
        command
            .args(["-c", line])
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", path)
            .env("HOME", self.folder.path())
            .env("LANG", "C.UTF-8");
        command
    }

    /// Starts the server that a page says to start, at a port of its own.
    fn serve(&mut self, line: &str) {
        assert!(self.server.is_none(), "a second server: {line}");
        let mut command = self.command(&format!("exec {line} --port 0"));
        let mut server = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
        let said = |line: &String| line.contains("http://localhost:");
        let address = lines.by_ref().map(Result::unwrap).find(said).unwrap();
        let address = address.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        self.server = Some((server, address));
    }

    /// Runs a line as a person would type it, and returns what it printed.
    fn run(&self, line: &str) -> String {
        let line = match &self.server {
            Some((_, address)) => line.replace("localhost:7380", address),
            None => line.to_owned(),
        };
        let output = self.command(&line).output().unwrap();
        let [out, err] =
            [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
        assert!(output.status.success(), "{line}\n{out}{err}");
        out
    }
}

/// One of our commands, adapted for a run here.
fn tried(line: &str, shell: &Shell) -> String {
    // The tests of `author` and `gallery` run what compiles apps: here these commands are only parsed.
    let verb = line.split_whitespace().nth(1).unwrap_or_default();
    // Those of `event` hold an event, which ends when somebody ends it, at a time that will have passed.
    let is_of_event = verb == "event" || line.contains(" --event ");
    let is_of_folder = ["check", "preview"].contains(&verb) && !line.contains(".wasm");
    // Somebody else's server, or a database.
    let is_elsewhere = line.contains(" https://") || line.contains(" --store ");
    if ["build", "dev", "gallery", "test"].contains(&verb)
        || is_of_folder
        || is_of_event
        || is_elsewhere
        || (line.contains("--sample ") && verb != "preview")
    {
        return format!("{line} --help");
    }
    let head = || {
        let log = shell.run("mesinfos --json audit verify --person camille");
        let log: serde_json::Value = serde_json::from_str(&log).unwrap();
        log["head"].as_str().unwrap().to_owned()
    };
    let line = if line.contains("HASH") { line.replace("HASH", &head()) } else { line.to_owned() };
    let line = line.replace("--people 10000", "--people 3");
    if line.starts_with("mesinfos erase ") { format!("{line} --yes") } else { line }
}

/// Commands of the system that are run as they are.
const TOOLS: [&str; 3] = ["cp ", "curl ", "mkdir "];

/// Whether the workspace has a folder with a package of that name.
fn is_package(name: &str) -> bool {
    let short = name.strip_prefix("mesinfos-").unwrap_or(name);
    ["host", "example-apps", "sdk", "."].iter().any(|folder| {
        let manifest = root().join(folder).join(short).join("Cargo.toml");
        std::fs::read_to_string(manifest).is_ok_and(|text| text.contains(&format!("name = \"{name}\"")))
    })
}

/// Checks a cargo command against the workspace without running it.
fn is_there(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let packages = words.windows(2).filter(|pair| pair[0] == "-p").map(|pair| pair[1]);
    if !packages.into_iter().all(is_package) {
        return false;
    }
    match &words[..] {
        // The folder of a new app: another command made it.
        ["cd", "coffees" | "cafes"] => true,
        ["cd", folder] => root().join(folder).is_dir(),
        ["cargo", "xtask", verb, ..] => {
            let help = std::fs::read_to_string(root().join("xtask/src/main.rs")).unwrap();
            help.contains(&format!("\ncargo xtask {verb}"))
        }
        ["cargo", "test" | "nextest" | "check", ..] | ["PROPTEST_CASES=500", "cargo", "nextest", ..] => true,
        // In host/intake, in a workspace of its own.
        ["cargo", "run", "--manifest-path", path, ..]
        | ["cargo", "run", "--release", "--manifest-path", path, ..] => {
            root().join("host/intake").join(path).is_file()
        }
        // Toolchains of other languages, tried by `cargo xtask bench`.
        [
            "npm" | "npx" | "python3" | ".venv/bin/python" | "venv/bin/pip" | "venv/bin/componentize-py",
            ..,
        ] => true,
        ["cargo", "+nightly", "fuzz", "run", target] => {
            root().join(format!("host/intake/fuzz/fuzz_targets/{target}.rs")).is_file()
        }
        _ => false,
    }
}

#[test]
fn every_command_that_pages_show_works() {
    let mut count = 0;
    for page in pages() {
        let mut shell = Shell::new();
        let mut said = Vec::new();
        for line in commands(&page) {
            count += 1;
            for part in line.split(" && ") {
                if part.starts_with("mesinfos serve") && !part.contains(" --store ") {
                    shell.serve(part);
                } else if part.starts_with("mesinfos ") {
                    shell.run(&tried(part, &shell));
                } else if TOOLS.iter().any(|tool| part.starts_with(tool)) {
                    said.push(shell.run(part));
                } else {
                    assert!(is_there(part), "{}: {part}", page.display());
                }
            }
        }
        if !said.is_empty() {
            let said: Vec<serde_json::Value> =
                said.iter().filter_map(|it| serde_json::from_str(it).ok()).collect();
            for answer in answers(&page) {
                assert!(said.contains(&answer), "{} shows {answer}, said is {said:?}", page.display());
            }
        }
    }
    assert!(count > 25, "{count} commands were found");
}

/// Uses the layout of `cargo xtask install`.
#[test]
fn an_installed_command_shows_its_demonstration_without_a_toolchain() {
    let prefix = tempfile::tempdir().unwrap();
    let [bin, apps] = ["bin", "share/mesinfos/apps"].map(|folder| prefix.path().join(folder));
    for folder in [&bin, &apps] {
        std::fs::create_dir_all(folder).unwrap();
    }
    std::fs::copy(binary(), bin.join("mesinfos")).unwrap();
    let demo = |more: &[&std::ffi::OsStr]| {
        Command::new(bin.join("mesinfos"))
            .args(["--lang", "en", "demo", "--once"])
            .args(more)
            .env_clear()
            .env("HOME", prefix.path())
            .output()
            .unwrap()
    };
    let none = demo(&[]);
    assert!(String::from_utf8_lossy(&none.stderr).contains("--apps"), "there are no apps");
    let empty = demo(&["--apps".as_ref(), apps.as_os_str()]);
    assert!(!empty.status.success() && String::from_utf8_lossy(&empty.stderr).contains("There is no app"));
    for name in ["forfait", "radar"] {
        std::fs::copy(app(name), apps.join(format!("{name}.wasm"))).unwrap();
    }
    let shown = demo(&[]);
    let [out, err] = [&shown.stdout, &shown.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
    assert!(shown.status.success(), "{out}{err}");
    assert!(out.contains("Read by \"forfait\"") || err.contains("Read by \"forfait\""), "{out}{err}");
}
