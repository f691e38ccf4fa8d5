//! The command on a temporary data folder.

use mesinfos_model::view::Lang;
use mesinfos_platform::consent::{Actor, Channel};
use mesinfos_platform::{Caller, SystemClock};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// `<target>/debug`, where this test is built too.
fn built() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    test.ancestors().nth(2).unwrap().to_owned()
}

/// A person at the command line, about their own data.
pub(crate) fn me(name: impl AsRef<str>) -> Caller {
    nobody().about(name.as_ref().parse().unwrap())
}

/// A person at the command line, about nobody's data.
pub(crate) fn nobody() -> Caller {
    Caller::new(&SystemClock, Actor::Person, Channel::Cli, Lang::En)
}

/// Path of the command.
pub(crate) fn binary() -> PathBuf {
    let binary = built().join("mesinfos");
    assert!(binary.is_file(), "build it first: cargo xtask test");
    binary
}

/// Path of a built app: "budget", or "hostile-apps/misbehave".
pub(crate) fn app(name: &str) -> PathBuf {
    let folder = if name.contains('/') { "" } else { "apps/" };
    let path = built().parent().unwrap().join(format!("{folder}{name}.wasm"));
    assert!(path.is_file(), "build the apps first: cargo xtask apps ({})", path.display());
    path
}

/// Names of all built example apps.
pub(crate) fn built_apps() -> Vec<String> {
    let folder = app("budget").parent().unwrap().to_owned();
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = names
        .filter_map(|path| Some(path.file_name()?.to_str()?.strip_suffix(".wasm")?.to_owned()))
        .collect();
    names.sort();
    names
}

/// Path of a sample file of camille.
pub(crate) fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/camille").join(name)
}

/// A data folder, deleted on drop.
pub(crate) struct Data(tempfile::TempDir);

impl Data {
    pub(crate) fn new() -> Data {
        // Accessible only to its owner, as the platform creates it.
        let owner_only = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        Data(tempfile::Builder::new().permissions(owner_only).tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        Command::new(binary())
            .args(["--json", "--data"])
            .arg(self.path())
            .args(arguments)
            .env("LANG", "fr_FR.UTF-8")
            .env("XDG_CONFIG_HOME", "/nonexistent")
            .output()
            .unwrap()
    }

    /// Expects success and returns the output.
    pub(crate) fn ok(&self, arguments: &[&str]) -> Value {
        let output = self.run(arguments);
        let words = String::from_utf8_lossy(&output.stderr);
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{arguments:?}: {words}{said}");
        serde_json::from_slice(&output.stdout).unwrap_or(Value::Null)
    }

    /// Expects an error and returns its code and message.
    pub(crate) fn fails(&self, arguments: &[&str]) -> (String, String) {
        let (code, message, _) = self.ends(arguments);
        (code, message)
    }

    /// Expects an error and returns its code, its message with the hint, and the app's notes.
    pub(crate) fn ends(&self, arguments: &[&str]) -> (String, String, String) {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let last = String::from_utf8_lossy(&output.stdout).lines().last().unwrap().to_owned();
        let said: Value = serde_json::from_str(&last).unwrap();
        // `import` prints the errors of all files in its result.
        let errors = said["errors"].as_array().map_or(std::slice::from_ref(&said), Vec::as_slice);
        let text = |error: &Value, field: &str| error[field].as_str().unwrap_or_default().to_owned();
        let words = errors.iter().map(|error| format!("{}\n{}", text(error, "detail"), text(error, "hint")));
        (text(&errors[0], "code"), words.collect::<Vec<String>>().join("\n"), text(&errors[0], "log"))
    }

    /// Runs an app and returns its view.
    pub(crate) fn view(&self, arguments: &[&str]) -> Value {
        self.ok(arguments)["view"].take()
    }

    /// A data folder where camille has imported these files and an app is installed.
    pub(crate) fn with(app_name: &str, files: &[&str]) -> Data {
        let data = Data::new();
        for file in files {
            data.ok(&["import", "--person", "camille", sample(file).to_str().unwrap()]);
        }
        data.ok(&["install", app(app_name).to_str().unwrap()]);
        data
    }

    /// All files in the folder.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { found.push(path) }
            }
        }
        found
    }
}
