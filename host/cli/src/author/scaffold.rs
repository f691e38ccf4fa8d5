//! New apps: a folder with everything that an app needs, also the SDK, which this program carries.

use super::language::Language;
use super::schema::SCHEMA;
use crate::failure::{Doing, Failure, OrSay, Result};
use crate::shared::shown;
use mesinfos_platform::runtime::Manifest;
use mesinfos_words::cli::Cli;
use std::io::ErrorKind;
use std::path::Path;

/// Sources of the SDK for Rust.
#[derive(rust_embed::Embed)]
#[folder = "../../sdk/rust"]
#[include = "README.md"]
#[include = "src/*"]
struct RustSdk;

/// Apps in Rust to begin with: a folder for each template.
#[derive(rust_embed::Embed)]
#[folder = "../../sdk/templates/rust"]
#[exclude = "*/Cargo.toml"]
struct Templates;

/// The SDK for JavaScript and TypeScript, with an app to begin with in each.
#[derive(rust_embed::Embed)]
#[folder = "../../sdk/js"]
#[exclude = "node_modules/*"]
#[exclude = "playground/*"]
#[exclude = "test/*"]
struct JsSdk;

/// The SDK for Python, with an app to begin with.
#[derive(rust_embed::Embed)]
#[folder = "../../sdk/python"]
#[exclude = "*.pyc"]
#[exclude = "tests/*"]
struct PythonSdk;

/// Manifest of this workspace, for what the SDK inherits from it.
const WORKSPACE: &str = include_str!("../../../../Cargo.toml");

/// Schema of the manifest, in the folder of an app.
const SCHEMA_FILE: &str = "sdk/mesinfos.schema.json";

const LICENCES: [(&str, &str); 2] = [
    ("LICENSE-APACHE", include_str!("../../../../LICENSE-APACHE")),
    ("LICENSE-MIT", include_str!("../../../../LICENSE-MIT")),
];

/// What an app is about: kinds of apps after those that the founders of the project named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Template {
    /// Sums and a chart by month.
    Aggregator,
    /// A figure from a formula and its factors.
    Calculator,
    /// Offers side by side, for the person's own use.
    Comparator,
    /// The same year under another assumption.
    Simulator,
    /// Advice with its saving.
    Coach,
}

impl Template {
    fn folder(self) -> &'static str {
        match self {
            Template::Aggregator => "aggregator",
            Template::Calculator => "calculator",
            Template::Comparator => "comparator",
            Template::Simulator => "simulator",
            Template::Coach => "coach",
        }
    }
}

/// A new app.
#[derive(Debug)]
pub(crate) struct NewApp<'a> {
    /// Its id, which is also the name of its package.
    pub(crate) id: &'a str,
    /// Who publishes it.
    pub(crate) publisher: &'a str,
    pub(crate) language: Language,
    /// What a Rust app does at first. The other languages have one app to begin with.
    pub(crate) template: Template,
}

impl NewApp<'_> {
    /// Writes the app in `folder`, which must not exist or be empty.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        let is_free = match std::fs::read_dir(folder) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) => error.kind() == ErrorKind::NotFound,
        };
        if !is_free {
            return Err(Failure::said(Cli::NotEmpty { path: &shown(folder) }));
        }
        self.check()?;
        put(&folder.join(SCHEMA_FILE), SCHEMA.as_bytes())?;
        match self.language {
            Language::Rust => self.write_rust(folder),
            Language::TypeScript => self.write_script::<JsSdk>(folder, "template-ts/"),
            Language::JavaScript => self.write_script::<JsSdk>(folder, "template-js/"),
            Language::Python => self.write_script::<PythonSdk>(folder, "template/"),
        }
    }

    /// Fails if the manifest would be refused: the name of the publisher comes from outside.
    fn check(&self) -> Result<()> {
        let template = Templates::get("aggregator/mesinfos.toml").or_say(Cli::NoSuchTemplate)?;
        let manifest = Manifest::parse(&self.filled(&String::from_utf8_lossy(&template.data)));
        match manifest {
            Ok(_) => Ok(()),
            Err(_) => Err(Failure::said(Cli::NotAPublisher { name: self.publisher })),
        }
    }

    fn write_rust(&self, folder: &Path) -> Result<()> {
        let prefix = format!("{}/", self.template.folder());
        for path in Templates::iter().filter(|path| path.starts_with(&prefix)) {
            let file = Templates::get(&path).or_say(Cli::NoSuchTemplate)?;
            let name = path.trim_start_matches(&prefix);
            put(&folder.join(name), self.file(name, &String::from_utf8_lossy(&file.data)).as_bytes())?;
        }
        put(&folder.join("Cargo.toml"), self.package().as_bytes())?;
        put(&folder.join(".gitignore"), b"/target\n")?;
        let sdk = folder.join("sdk");
        for path in RustSdk::iter() {
            let file = RustSdk::get(&path).or_say(Cli::NoSuchTemplate)?;
            put(&sdk.join(&*path), &file.data)?;
        }
        put(&sdk.join("Cargo.toml"), sdk_package().as_bytes())?;
        LICENCES.iter().try_for_each(|(name, text)| put(&sdk.join(name), text.as_bytes()))
    }

    /// An app whose SDK is a package with templates in folders of their own.
    fn write_script<Sdk: rust_embed::RustEmbed>(&self, folder: &Path, template: &str) -> Result<()> {
        for path in Sdk::iter() {
            let file = Sdk::get(&path).or_say(Cli::NoSuchTemplate)?;
            if let Some(name) = path.strip_prefix(template) {
                let text = self.file(name, &String::from_utf8_lossy(&file.data));
                let text = if name == ".gitignore" { format!("{text}target\n") } else { text };
                put(&folder.join(name), text.as_bytes())?;
            } else if !path.starts_with("template") {
                put(&folder.join("sdk").join(&*path), &file.data)?;
            }
        }
        Ok(())
    }

    /// The text of a template with the id, the name and the publisher of the app.
    fn filled(&self, text: &str) -> String {
        // A string of JSON is one of TOML.
        let publisher = serde_json::Value::from(self.publisher).to_string();
        [
            ("\"template-publisher\"", publisher.as_str()),
            ("\"{{publisher}}\"", &publisher),
            ("template-id", self.id),
            ("{{id}}", self.id),
            ("template-name", &titled(self.id)),
            ("{{name}}", &titled(self.id)),
        ]
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
    }

    /// [`NewApp::filled`], with the place of the schema where editors look for it.
    fn file(&self, name: &str, text: &str) -> String {
        let text = self.filled(text);
        if name == "mesinfos.toml" { format!("#:schema ./{SCHEMA_FILE}\n\n{text}") } else { text }
    }

    /// `Cargo.toml` of the app, which is its own workspace.
    fn package(&self) -> String {
        let Inherited { edition, rust_version, .. } = inherited();
        format!(
            "[package]\nname = \"{id}\"\nversion = \"0.1.0\"\nedition = \"{edition}\"\nrust-version = \"{rust_version}\"\n\
             publish = false\n\n[lib]\n# A component, and a library for the tests.\ncrate-type = [\"cdylib\", \"rlib\"]\n\n\
             [dependencies]\nmesinfos-sdk = {{ path = \"sdk\" }}\n\n[workspace]\n",
            id = self.id,
        )
    }
}

/// What the SDK inherits from the workspace.
struct Inherited {
    version: String,
    edition: String,
    rust_version: String,
    licence: String,
    repository: String,
    /// Its only dependency, as a line of TOML.
    bindings: String,
}

fn inherited() -> Inherited {
    let workspace: toml::Table = toml::from_str(WORKSPACE).unwrap_or_default();
    let at = |table: &str, key: &str| workspace.get("workspace").and_then(|w| w.get(table)?.get(key));
    let of = |key: &str| at("package", key).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    Inherited {
        version: of("version"),
        edition: of("edition"),
        rust_version: of("rust-version"),
        licence: of("license"),
        repository: of("repository"),
        bindings: at("dependencies", "wit-bindgen").map(dependency).unwrap_or_default(),
    }
}

/// A dependency as a line of TOML: its version, and its features without the default ones.
fn dependency(table: &toml::Value) -> String {
    let text = |key: &str| table.get(key).and_then(|value| value.as_str()).unwrap_or_default();
    let features = table.get("features").and_then(|features| features.as_array());
    let features: Vec<&str> = features.into_iter().flatten().filter_map(|feature| feature.as_str()).collect();
    // Strings and lists of strings in JSON are those of TOML.
    let (version, features) = (serde_json::Value::from(text("version")), serde_json::Value::from(features));
    format!("{{ version = {version}, default-features = false, features = {features} }}")
}

/// `Cargo.toml` of the SDK outside of its workspace.
fn sdk_package() -> String {
    let Inherited { version, edition, rust_version, licence, repository, bindings } = inherited();
    format!(
        "[package]\nname = \"mesinfos-sdk\"\nversion = \"{version}\"\nedition = \"{edition}\"\n\
         rust-version = \"{rust_version}\"\nlicense = \"{licence}\"\nrepository = \"{repository}\"\n\
         description = \"Apps for MesInfos: typed rows in, a typed view out\"\n\n[dependencies]\n\
         wit-bindgen = {bindings}\n"
    )
}

/// `cafe-du-coin` as "Cafe du coin".
fn titled(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    let writing = Cli::Writing { path: &shown(path) };
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).doing(writing)?;
    }
    std::fs::write(path, bytes).doing(Cli::Writing { path: &shown(path) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    fn written(template: Template) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let app =
            NewApp { id: "cafe-du-coin", publisher: "L’équipe \"7\"", language: Language::Rust, template };
        app.write(folder.path()).unwrap();
        folder
    }

    #[test]
    fn a_new_app_has_a_manifest_a_package_and_the_sdk() {
        for template in Template::value_variants() {
            let folder = written(*template);
            let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
            let manifest = Manifest::parse(&read("mesinfos.toml")).unwrap();
            assert_eq!(manifest.app.id, "cafe-du-coin", "{template:?}");
            assert_eq!(manifest.app.publisher, "L’équipe \"7\"");
            assert!(manifest.reads.iter().all(|read| read.why.en.is_some()), "both languages");
            let package: toml::Table = toml::from_str(&read("Cargo.toml")).unwrap();
            assert_eq!(package["package"]["name"].as_str(), Some("cafe-du-coin"));
            let sdk: toml::Table = toml::from_str(&read("sdk/Cargo.toml")).unwrap();
            assert!(
                sdk["dependencies"]["wit-bindgen"]["version"].is_str(),
                "what it needs, and nothing inherited"
            );
            for text in ["src/lib.rs", "sdk/src/bindings.rs", "sdk/src/columns/bank.rs", "sdk/LICENSE-MIT"] {
                let text = read(text);
                assert!(!text.contains("template-"), "nothing is left to fill in");
            }
        }
    }

    #[test]
    fn every_language_has_an_app_with_its_sdk() {
        for (tag, language) in Language::TAGS {
            let folder = tempfile::tempdir().unwrap();
            let app = NewApp { id: "cafes", publisher: "Nous", language, template: Template::Aggregator };
            app.write(folder.path()).unwrap();
            let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
            assert_eq!(Manifest::parse(&read("mesinfos.toml")).unwrap().app.publisher, "Nous", "{tag}");
            assert_eq!(Language::of(folder.path()), language, "{tag}");
            assert!(read(".gitignore").contains("target"), "{tag}");
            assert!(read("sdk/LICENSE-MIT").contains("MIT"), "{tag}");
            assert!(!folder.path().join("sdk/template-ts").exists(), "{tag}");
        }
    }

    #[test]
    fn a_name_that_no_manifest_may_have_writes_nothing() {
        for publisher in ["", " ", "a\nb", "\u{1b}[2J", "a\u{202e}b", &"x".repeat(101)] {
            let folder = tempfile::tempdir().unwrap();
            let app =
                NewApp { id: "cafes", publisher, language: Language::Python, template: Template::Coach };
            app.write(folder.path()).unwrap_err();
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "{publisher:?}");
        }
    }

    #[test]
    fn a_folder_with_files_is_left_alone() {
        let folder = written(Template::Aggregator);
        std::fs::write(folder.path().join("src/lib.rs"), "mine").unwrap();
        let app =
            NewApp { id: "other", publisher: "x", language: Language::Rust, template: Template::Aggregator };
        app.write(folder.path()).unwrap_err();
        assert_eq!(std::fs::read_to_string(folder.path().join("src/lib.rs")).unwrap(), "mine");
    }
}
