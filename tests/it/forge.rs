//! Components that no honest tool makes: a core module in WAT, made into a component that imports
//! what it says and exports the app interface.

use mesinfos_platform::runtime::manifest;
use std::path::Path;
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

/// What every forged app starts with: a memory, an allocator that gives the same 4 KiB again and
/// again, and no parameters. `run` gets 7 integers (language, day, answers) and answers with the
/// address of a `result<report, failure>`: its first byte says which, the record starts at 8.
const PRELUDE: &str = r#"
  (func (export "mesinfos:app/app@0.1.0#parameters") (param i32 i32) (result i32) (i32.const 64))
"#;
const MEMORY: &str = r#"
  (memory (export "memory") 2)
"#;
const REALLOC: &str = r#"
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
"#;

/// A forged app.
pub(crate) struct Forged<'a> {
    /// Its id.
    pub(crate) id: &'a str,
    /// Interfaces of `mesinfos:data` that its core module imports.
    pub(crate) imports: &'a [&'a str],
    /// Categories that its manifest tells of, each with "required" or "optional".
    pub(crate) reads: &'a [(&'a str, &'a str)],
    /// `(import ...)` fields, which WAT wants first.
    pub(crate) head: &'a str,
    /// Fields of the module after the prelude.
    pub(crate) fields: &'a str,
    /// Instructions of `run`, which leave an address. Parameters are 0 to 6; local 7 is an i32.
    pub(crate) run: &'a str,
    /// Whether memory and allocator are the usual ones; if not, `fields` has its own.
    pub(crate) usual: bool,
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
            usual: true,
        }
    }
}

impl Forged<'_> {
    /// The core module as WAT.
    fn wat(&self) -> String {
        let (memory, realloc) = if self.usual { (MEMORY, REALLOC) } else { ("", "") };
        format!(
            "(module {} {memory} {realloc} {PRELUDE} {}
               (func (export \"mesinfos:app/app@0.1.0#run\")
                 (param i32 i32 i32 i32 i32 i32 i32) (result i32) (local i32) {}))",
            self.head, self.fields, self.run
        )
    }

    /// The component without its manifest.
    pub(crate) fn bare(&self) -> Vec<u8> {
        self.encoded(true)
    }

    /// The component with its manifest, put together without a look at whether it is sound.
    pub(crate) fn unchecked(&self) -> Vec<u8> {
        manifest::embed(&self.encoded(false), &self.manifest()).unwrap()
    }

    fn encoded(&self, validate: bool) -> Vec<u8> {
        let mut resolve = Resolve::default();
        let wit = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wit");
        for folder in ["data", "app"] {
            resolve.push_dir(wit.join(folder)).unwrap();
        }
        let imports: String =
            self.imports.iter().map(|name| format!("import mesinfos:data/{name}@0.1.0; ")).collect();
        let world =
            format!("package test:forge; world forged {{ {imports} export mesinfos:app/app@0.1.0; }}");
        let package = resolve.push_str("forge.wit", &world).unwrap();
        let world = resolve.select_world(&[package], Some("forged")).unwrap();
        let mut module = wat::parse_str(self.wat()).unwrap_or_else(|error| panic!("{}: {error}", self.id));
        embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).unwrap();
        let encoder = ComponentEncoder::default().module(&module).unwrap();
        encoder.validate(validate).encode().unwrap_or_else(|error| panic!("{}: {error:#}", self.id))
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

    /// The component with its manifest.
    pub(crate) fn component(&self) -> Vec<u8> {
        manifest::embed(&self.bare(), &self.manifest()).unwrap()
    }
}

/// Functions of the bank interface, as a core module imports them.
const BANK: &str = r#"
  (import "mesinfos:data/bank@0.1.0" "[constructor]reader" (func $open (param i32 i32 i32 i32) (result i32)))
  (import "mesinfos:data/bank@0.1.0" "[method]reader.next" (func $next (param i32 i32)))
  (import "mesinfos:data/bank@0.1.0" "[method]page.rows" (func $rows (param i32) (result i32)))
  (import "mesinfos:data/bank@0.1.0" "[resource-drop]reader" (func $drop (param i32)))
"#;
/// Opens everything.
pub(crate) const OPEN: &str = "(call $open (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))";

/// An app that reads the bank.
pub(crate) fn reader<'a>(id: &'a str, run: &'a str) -> Forged<'a> {
    Forged { id, imports: &["bank"], reads: &[("bank", "required")], head: BANK, run, ..Forged::default() }
}
