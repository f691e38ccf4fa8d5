//! The vocabulary of views, from the WIT: the host's types, and the conversion of a released version's
//! closed lists to them.

use crate::sdk::{GENERATED, pascal, snake};
use std::fmt::Write as _;
use std::path::Path;
use wit_parser::{InterfaceId, Resolve, Type, TypeDefKind, TypeId};

/// Interfaces that contain the vocabulary.
const INTERFACES: [&str; 5] = ["values", "text", "params", "charts", "view"];

/// Types that are not part of a view: the host takes answers apart before it passes them to an app.
const LEFT_OUT: [&str; 2] = ["lang", "answer"];

/// A WIT package folder, with its vocabulary interfaces by name.
struct Wit {
    resolve: Resolve,
    interfaces: Vec<(&'static str, InterfaceId)>,
}

impl Wit {
    /// Reads `data` and `app` of a folder.
    fn read(folder: &Path) -> Wit {
        let mut resolve = Resolve::default();
        let [_, app] = ["data", "app"].map(|part| resolve.push_dir(folder.join(part)).unwrap().0);
        let interfaces = INTERFACES.map(|name| (name, resolve.packages[app].interfaces[name]));
        Wit { interfaces: interfaces.into(), resolve }
    }

    /// Types declared in an interface, in order of declaration.
    fn types(&self, interface: InterfaceId) -> Vec<(&str, TypeId)> {
        let types = self.resolve.interfaces[interface].types.iter();
        let types = types.filter(|(name, id)| !LEFT_OUT.contains(&name.as_str()) && !self.is_use(**id));
        types.map(|(name, id)| (name.as_str(), *id)).collect()
    }

    /// Whether the type is imported from another interface.
    fn is_use(&self, id: TypeId) -> bool {
        matches!(self.resolve.types[id].kind, TypeDefKind::Type(Type::Id(_)))
    }

    /// The Rust spelling of a type.
    fn rust(&self, ty: &Type) -> String {
        match ty {
            Type::Bool => "bool".to_owned(),
            Type::U8 => "u8".to_owned(),
            Type::U32 => "u32".to_owned(),
            Type::S32 => "i32".to_owned(),
            Type::S64 => "i64".to_owned(),
            Type::F64 => "f64".to_owned(),
            Type::String => "String".to_owned(),
            Type::Id(id) => {
                let def = &self.resolve.types[*id];
                match &def.kind {
                    TypeDefKind::Type(used @ Type::Id(_)) => self.rust(used),
                    TypeDefKind::List(item) => format!("Vec<{}>", self.rust(item)),
                    TypeDefKind::Option(item) => format!("Option<{}>", self.rust(item)),
                    TypeDefKind::Tuple(tuple) => {
                        let types: Vec<String> = tuple.types.iter().map(|ty| self.rust(ty)).collect();
                        types.join(", ")
                    }
                    _ => named(def.name.as_deref().unwrap()),
                }
            }
            other => panic!("the vocabulary has no {other:?}"),
        }
    }

    /// Whether values of a type are small, and so are copied.
    fn is_copy(&self, ty: &Type) -> bool {
        let Type::Id(id) = ty else { return *ty != Type::String };
        match &self.resolve.types[*id].kind {
            TypeDefKind::Enum(_) => true,
            TypeDefKind::Option(inner) | TypeDefKind::Type(inner) => {
                self.resolve.types[*id].name.as_deref() != Some("lang") && self.is_copy(inner)
            }
            TypeDefKind::Record(record) => record.fields.iter().all(|field| self.is_copy(&field.ty)),
            _ => false,
        }
    }

    fn is_tuple(&self, ty: &Type) -> bool {
        matches!(ty, Type::Id(id) if matches!(self.resolve.types[*id].kind, TypeDefKind::Tuple(_)))
    }
}

/// Rust name of a type. `QuantityUnit` avoids a clash with the model's units of columns.
fn named(name: &str) -> String {
    match name {
        "unit" => "QuantityUnit".to_owned(),
        "report" => "View".to_owned(),
        name => pascal(name),
    }
}

fn docs(docs: &wit_parser::Docs) -> String {
    docs.contents.as_deref().unwrap_or_default().lines().fold(String::new(), |mut out, line| {
        let _ = writeln!(out, "/// {line}");
        out
    })
}

const SCHEMA: &str = "#[cfg_attr(feature = \"schema\", derive(utoipa::ToSchema))]\n";

/// Generates the host's types of the vocabulary.
pub(crate) fn types(folder: &Path) -> String {
    let wit = Wit::read(folder);
    let mut out = String::from(GENERATED);
    out.push_str(
        "//! Vocabulary of views, from `wit/app/view.wit`.\n\n\
         #![allow(missing_docs, reason = \"some names say what there is to say\")]\n\n\
         use super::Lang;\nuse serde::{Deserialize, Serialize};\n\n",
    );
    for (_, interface) in &wit.interfaces {
        for (name, id) in wit.types(*interface) {
            let def = &wit.resolve.types[id];
            let about = docs(&def.docs);
            let name = named(name);
            match &def.kind {
                TypeDefKind::Enum(cases) => {
                    let _ = write!(
                        out,
                        "{about}#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]\n{SCHEMA}#[serde(rename_all = \"kebab-case\")]\npub enum {name} {{\n"
                    );
                    for case in &cases.cases {
                        let _ = writeln!(out, "{}{},", docs(&case.docs), pascal(&case.name));
                    }
                    out.push_str("}\n\n");
                }
                TypeDefKind::Record(record) => {
                    let copy = if wit.is_copy(&Type::Id(id)) { "Copy, " } else { "" };
                    let _ = write!(
                        out,
                        "{about}#[derive(Debug, Clone, {copy}PartialEq, Serialize, Deserialize)]\n{SCHEMA}"
                    );
                    // A record with one field is written as a tuple struct.
                    if let [field] = &record.fields[..] {
                        let _ = write!(out, "pub struct {name}(pub {});\n\n", wit.rust(&field.ty));
                        continue;
                    }
                    let _ = write!(out, "#[serde(rename_all = \"kebab-case\")]\npub struct {name} {{\n");
                    for field in &record.fields {
                        let (docs, ty) = (docs(&field.docs), wit.rust(&field.ty));
                        let _ = writeln!(out, "{docs}pub {}: {ty},", snake(&field.name));
                    }
                    out.push_str("}\n\n");
                }
                TypeDefKind::Variant(variant) => {
                    // The schema of a pair is written by hand in `src/schema.rs`.
                    let pairs = variant.cases.iter().flat_map(|case| &case.ty).any(|ty| wit.is_tuple(ty));
                    let schema = if pairs { "" } else { SCHEMA };
                    let _ = write!(
                        out,
                        "{about}#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]\n{schema}\
                         #[serde(tag = \"type\", content = \"value\", rename_all = \"kebab-case\")]\n\
                         pub enum {name} {{\n"
                    );
                    for case in &variant.cases {
                        let holds =
                            case.ty.as_ref().map_or_else(String::new, |ty| format!("({})", wit.rust(ty)));
                        let _ = writeln!(out, "{}{}{holds},", docs(&case.docs), pascal(&case.name));
                    }
                    out.push_str("}\n\n");
                    if name == "Block" {
                        out.push_str(&kinds(&variant.cases));
                    }
                }
                // Lists are written out where they are used.
                TypeDefKind::List(_) => {}
                other => panic!("the vocabulary has no {}", other.as_str()),
            }
        }
    }
    out
}

/// Generates the kinds of blocks.
fn kinds(cases: &[wit_parser::Case]) -> String {
    let names: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    let mut out = format!(
        "impl Block {{\n/// Kinds of blocks.\npub const KINDS: [&str; {}] = {names:?};\n\n\
         /// Its kind, one of [`Block::KINDS`].\npub fn kind(&self) -> &'static str {{\nmatch self {{\n",
        names.len()
    );
    for name in names {
        let _ = writeln!(out, "Block::{}(_) => {name:?},", pascal(name));
    }
    out.push_str("}\n}\n}\n\n");
    out
}

/// Generates the conversion of a contract version's closed lists to the host's.
pub(crate) fn cases(folder: &Path) -> String {
    let wit = Wit::read(folder);
    let mut out = String::from(GENERATED);
    out.push_str(
        "//! Closed lists of this version, as cases of the host's vocabulary.\n\n\
         use super::mesinfos::app as wire;\nuse mesinfos_model::view as model;\n\n",
    );
    for (interface, id) in &wit.interfaces {
        for (name, id) in wit.types(*id) {
            let TypeDefKind::Enum(cases) = &wit.resolve.types[id].kind else { continue };
            let from = format!("wire::{interface}::{}", pascal(name));
            let _ = write!(
                out,
                "impl From<{from}> for model::{} {{\nfn from(case: {from}) -> Self {{\nuse {from} as Case;\n\
                 match case {{\n",
                named(name)
            );
            for case in &cases.cases {
                let case = pascal(&case.name);
                let _ = writeln!(out, "Case::{case} => Self::{case},");
            }
            out.push_str("}\n}\n}\n\n");
        }
    }
    out
}
