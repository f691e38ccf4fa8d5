//! Components that no honest tool emits: a core module in WAT, wrapped into a component with given imports
//! that exports the app interface.

use mesinfos_platform::runtime::manifest;
use std::path::{Path, PathBuf};
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::{Resolve, SourceMap, WorldId};

/// Prelude of every forged app: a memory, and an allocator that always returns the same 4 KiB. `run` takes
/// 7 integers (language, day, answers) and returns the address of a `result<report, failure>`: the first
/// byte is the discriminant, and the record starts at 8.
const MEMORY: &str = r#"
  (memory (export "memory") 2)
"#;
const REALLOC: &str = r#"
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
"#;

/// A forged app.
pub(crate) struct Forged<'a> {
    /// Id of the app.
    pub(crate) id: &'a str,
    /// Interfaces imported by the core module; a bare name is in `mesinfos:data`.
    pub(crate) imports: &'a [&'a str],
    /// Categories in the manifest, each with "required" or "optional".
    pub(crate) reads: &'a [(&'a str, &'a str)],
    /// `(import ...)` fields, which must come first in WAT.
    pub(crate) head: &'a str,
    /// Fields of the module after the prelude.
    pub(crate) fields: &'a str,
    /// Instructions of `run`, which leave an address. Locals 0 to 6 are the parameters; local 7 is an i32.
    pub(crate) run: &'a str,
    /// Instructions of `parameters`, which leave the address of a list; 64 is an empty one.
    pub(crate) parameters: &'a str,
    /// Whether to add the usual memory and allocator; if not, `fields` contains its own.
    pub(crate) usual: bool,
    /// Replacements in the contract's text before the app is built against it.
    pub(crate) contract: &'a [(&'a str, &'a str)],
}

impl Default for Forged<'_> {
    fn default() -> Self {
        Forged {
            id: "forged",
            imports: &[],
            reads: &[],
            head: "",
            fields: "",
            run: "(i32.const 64)",
            parameters: "(i32.const 64)",
            usual: true,
            contract: &[],
        }
    }
}

impl Forged<'_> {
    /// The core module in WAT.
    fn wat(&self) -> String {
        let (memory, realloc) = if self.usual { (MEMORY, REALLOC) } else { ("", "") };
        format!(
            "(module {} {memory} {realloc} {}
               (func (export \"mesinfos:app/app@0.1.0#parameters\") (param i32 i32) (result i32) {})
               (func (export \"mesinfos:app/app@0.1.0#run\")
                 (param i32 i32 i32 i32 i32 i32 i32) (result i32) (local i32) {}))",
            self.head, self.fields, self.parameters, self.run
        )
    }

    /// The core module.
    pub(crate) fn core(&self) -> Vec<u8> {
        wat::parse_str(self.wat()).unwrap_or_else(|error| panic!("{}: {error}", self.id))
    }

    /// The component without its manifest.
    pub(crate) fn bare(&self) -> Vec<u8> {
        self.wrapper().bare(&self.core(), true).unwrap_or_else(|error| panic!("{}: {error}", self.id))
    }

    /// The component with its manifest, without validation.
    pub(crate) fn unchecked(&self) -> Vec<u8> {
        self.with_manifest(&self.wrapper().bare(&self.core(), false).unwrap())
    }

    /// Wraps core modules with the same imports and exports as this one.
    pub(crate) fn wrapper(&self) -> Wrapper {
        let mut resolve = Resolve::default();
        for folder in ["data", "app"] {
            let mut texts = SourceMap::new();
            for file in wit_files(folder) {
                let text = std::fs::read_to_string(&file).unwrap();
                let change = |text: String, (from, to): &(&str, &str)| text.replace(from, to);
                texts.push(&file, self.contract.iter().fold(text, change));
            }
            let group = texts.parse().unwrap_or_else(|(_, error)| panic!("{}: {error}", self.id));
            resolve.push_group(group).unwrap();
        }
        let imports: String = self
            .imports
            .iter()
            .map(|name| match name.contains(':') {
                true => format!("import {name}; "),
                false => format!("import mesinfos:data/{name}@0.1.0; "),
            })
            .collect();
        let world =
            format!("package test:forge; world forged {{ {imports} export mesinfos:app/app@0.1.0; }}");
        let package = resolve.push_str("forge.wit", &world).unwrap();
        let world = resolve.select_world(&[package], Some("forged")).unwrap();
        Wrapper { resolve, world }
    }

    /// The manifest as TOML.
    pub(crate) fn manifest(&self) -> String {
        let reads: String = self
            .reads
            .iter()
            .map(|(category, need)| {
                format!(
                    "[[reads]]\ncategory = \"{category}\"\nneed = \"{need}\"\n\
                     why = {{ fr = \"pour voir\", en = \"to see\" }}\n"
                )
            })
            .collect();
        format!(
            "[app]\nid = \"{}\"\nversion = \"0.1.0\"\npublisher = \"Forge\"\nlicence = \"MIT\"\nicon = \"none\"\n\
             purpose = \"personal-finance\"\nname = {{ fr = \"Faux\", en = \"Forged\" }}\n\
             summary = {{ fr = \"Un faux\", en = \"A forgery\" }}\n{reads}",
            self.id
        )
    }

    /// Adds this manifest to a component.
    pub(crate) fn with_manifest(&self, component: &[u8]) -> Vec<u8> {
        manifest::embed(component, &self.manifest()).unwrap()
    }

    /// The component with its manifest.
    pub(crate) fn component(&self) -> Vec<u8> {
        self.with_manifest(&self.bare())
    }
}

/// Files in a folder of the contract.
fn wit_files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wit").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

/// Wraps core modules into components.
pub(crate) struct Wrapper {
    resolve: Resolve,
    world: WorldId,
}

impl Wrapper {
    /// A component of a core module, without a manifest.
    pub(crate) fn bare(&self, core: &[u8], validate: bool) -> Result<Vec<u8>, String> {
        let mut module = core.to_vec();
        embed_component_metadata(&mut module, &self.resolve, self.world, StringEncoding::UTF8)
            .and_then(|()| ComponentEncoder::default().validate(validate).module(&module)?.encode())
            .map_err(|error| format!("{error:#}"))
    }
}

/// Functions of the bank interface, as imported by a core module.
const BANK: &str = r#"
  (import "mesinfos:data/bank@0.1.0" "[constructor]reader" (func $open (param i32 i32 i32 i32) (result i32)))
  (import "mesinfos:data/bank@0.1.0" "[method]reader.next" (func $next (param i32 i32)))
  (import "mesinfos:data/bank@0.1.0" "[method]page.rows" (func $rows (param i32) (result i32)))
  (import "mesinfos:data/bank@0.1.0" "[resource-drop]reader" (func $drop (param i32)))
"#;

/// The functions of [`BANK`] and those in `more`, given as interface, name and type.
pub(crate) fn bank_and(more: &[(&str, &str, &str)]) -> String {
    let more = more.iter().map(|(interface, name, ty)| format!("(import \"{interface}\" \"{name}\" {ty})\n"));
    format!("{BANK}{}", more.collect::<String>())
}
/// Opens a reader without restrictions.
pub(crate) const OPEN: &str = "(call $open (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))";

/// An app that reads the bank.
pub(crate) fn reader<'a>(id: &'a str, run: &'a str) -> Forged<'a> {
    Forged { id, imports: &["bank"], reads: &[("bank", "required")], head: BANK, run, ..Forged::default() }
}
