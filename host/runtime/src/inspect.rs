//! Reads the request of a component from its binary, and the reasons for refusing it.

use crate::capability::{self, Import, Request};
use crate::contract::APP;
use crate::engine::wasm_features;
use crate::limits::MAX_COMPONENT;
use crate::manifest::{MAX_MANIFEST, Manifest, ManifestError, SECTION};
use crate::refusal::{Forbidden, Problem};
use crate::{compile_cost, type_check};
use mesinfos_model::{Category, Digest, Necessity};
use sha2::{Digest as _, Sha256};
use wasmparser::component_types::ComponentEntityType;
use wasmparser::types::Types;
use wasmparser::{Parser, Payload, Validator};

/// Result of inspecting a component.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// SHA-256 of the component. A grant binds to it.
    pub component: Digest,
    /// Size of the component in bytes.
    pub size: usize,
    /// The request, derived from the imports.
    pub request: Request,
    /// The manifest, if there is a valid one.
    pub manifest: Option<Manifest>,
    /// Reasons for refusing the component. If empty, it is accepted.
    pub problems: Vec<Problem>,
}

impl Inspection {
    /// Whether the component is accepted.
    pub fn ok(&self) -> bool {
        self.problems.is_empty()
    }

    /// Categories that the app requires.
    pub fn required(&self) -> Vec<Category> {
        let need = |c: &Category| self.manifest.as_ref().and_then(|m| m.read(*c)).map(|r| r.need);
        self.request.categories.keys().copied().filter(|c| need(c) != Some(Necessity::Optional)).collect()
    }
}

/// SHA-256 of a component.
pub fn digest(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

/// Inspects a component without compiling or running it.
pub fn inspect(bytes: &[u8]) -> Inspection {
    let mut inspection = Inspection {
        component: digest(bytes),
        size: bytes.len(),
        request: Request::default(),
        manifest: None,
        problems: Vec::new(),
    };
    if bytes.len() > MAX_COMPONENT {
        inspection.problems.push(Problem::TooLarge { size: bytes.len() });
        return inspection;
    }
    if !bytes.starts_with(b"\0asm") {
        inspection.problems.push(Problem::NotWasm);
        return inspection;
    }
    if bytes.starts_with(b"\0asm\x01\0\0\0") {
        inspection.problems.push(Problem::CoreModule);
        return inspection;
    }
    let types = Validator::new_with_features(wasm_features()).validate_all(bytes);
    // The imports first: "it imports wasi:sockets" says more than any other problem.
    imports(&import_names(bytes), types.as_ref().ok(), &mut inspection);
    match types {
        Ok(types) => exports(&types, &mut inspection),
        Err(error) => {
            inspection.problems.push(Problem::NotAComponent(error.message().to_owned()));
            return inspection;
        }
    }
    match sections(bytes).and_then(|sections| Ok((sections, compile_cost::over(bytes)?))) {
        Ok((sections, too_complex)) => {
            inspection.problems.extend(too_complex);
            if !sections.utf8_only {
                inspection.problems.push(Problem::NotUtf8);
            }
            if sections.composed {
                inspection.problems.push(Problem::Composed);
            }
            // With two manifests, the one shown might not be the one that counts.
            if sections.manifests > 1 {
                inspection.problems.push(Problem::Manifest(ManifestError::Several(sections.manifests)));
            } else {
                manifest(sections.manifest, &mut inspection);
            }
        }
        Err(error) => inspection.problems.push(Problem::NotAComponent(error.message().to_owned())),
    }
    inspection
}

/// Names of a component's imports, as far as it can be read. Libraries that derive WIT from a component are
/// not used: they were not made for forged input, and some of it aborts their process.
fn import_names(bytes: &[u8]) -> Vec<&str> {
    let (mut names, mut depth) = (Vec::new(), 0_u32);
    for payload in Parser::new(0).parse_all(bytes).map_while(Result::ok) {
        match payload {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth = depth.saturating_sub(1),
            Payload::ComponentImportSection(imports) if depth == 0 => {
                names.extend(imports.into_iter().map_while(Result::ok).map(|import| import.name.name));
            }
            _ => {}
        }
    }
    names
}

fn imports(names: &[&str], types: Option<&Types>, inspection: &mut Inspection) {
    for name in names {
        let item = types.and_then(|types| Some((types, types.component_item_for_import(name)?.ty)));
        match item {
            Some((types, ComponentEntityType::Instance(id))) => {
                let exports = types[id].exports.iter();
                let functions = exports.filter(|(_, item)| matches!(item.ty, ComponentEntityType::Func(_)));
                claim(&Import::new(name, functions.map(|(name, _)| name.as_str()).collect()), inspection);
            }
            Some((_, ComponentEntityType::Type { .. })) => {}
            Some(_) => inspection
                .problems
                .push(Problem::ForbiddenImport { import: (*name).to_owned(), why: Forbidden::NotOurs }),
            // The component is invalid: only the name of the import is known.
            None => claim(&Import::new(name, Vec::new()), inspection),
        }
    }
}

fn claim(import: &Import<'_>, inspection: &mut Inspection) {
    if let Err(problems) = capability::claim(import, &mut inspection.request) {
        inspection.problems.extend(problems);
    }
}

fn exports(types: &Types, inspection: &mut Inspection) {
    let wanted = format!("{}/app@{}", APP.0, APP.1);
    let problem = match types.component_item_for_export(&wanted).map(|item| item.ty) {
        Some(ComponentEntityType::Instance(app)) => {
            type_check::mismatched_function(types, app).map(|function| Problem::OtherType { function })
        }
        _ => Some(Problem::NoApp),
    };
    inspection.problems.extend(problem);
}

struct Sections<'a> {
    manifest: Option<&'a [u8]>,
    manifests: usize,
    utf8_only: bool,
    composed: bool,
}

fn sections(bytes: &[u8]) -> wasmparser::Result<Sections<'_>> {
    use wasmparser::{CanonicalFunction as C, CanonicalOption};
    let mut found = Sections { manifest: None, manifests: 0, utf8_only: true, composed: false };
    // `parse_all` descends into nested components; only the outermost manifest counts.
    let mut depth = 0_u32;
    for payload in Parser::new(0).parse_all(bytes) {
        match payload? {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth = depth.saturating_sub(1),
            Payload::CustomSection(section) if depth == 0 && section.name() == SECTION => {
                found.manifest = Some(section.data());
                found.manifests += 1;
            }
            Payload::InstanceSection(instances) if depth > 0 => {
                for instance in instances {
                    found.composed |= matches!(instance?, wasmparser::Instance::Instantiate { .. });
                }
            }
            Payload::ComponentCanonicalSection(functions) => {
                for function in functions {
                    if let C::Lift { options, .. } | C::Lower { options, .. } = function? {
                        found.utf8_only &= !options.iter().any(|option| {
                            matches!(option, CanonicalOption::UTF16 | CanonicalOption::CompactUTF16)
                        });
                    }
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

fn manifest(section: Option<&[u8]>, inspection: &mut Inspection) {
    let parsed = match section {
        None => Err(ManifestError::Missing),
        Some(bytes) if bytes.len() > MAX_MANIFEST => {
            Err(ManifestError::Malformed(format!("it is over {MAX_MANIFEST} bytes")))
        }
        Some(bytes) => std::str::from_utf8(bytes)
            .map_err(|_| ManifestError::Malformed("it is not UTF-8".to_owned()))
            .and_then(Manifest::parse),
    };
    match parsed {
        Ok(manifest) => {
            for category in inspection.request.categories.keys().copied() {
                if manifest.read(category).is_none() {
                    inspection.problems.push(Problem::Undeclared { category });
                }
            }
            for read in &manifest.reads {
                if !inspection.request.categories.contains_key(&read.category) {
                    inspection.problems.push(Problem::Unused { category: read.category });
                }
            }
            if let Some((field, problem)) = manifest.imitates() {
                inspection.problems.push(Problem::Imitation { field, problem });
            }
            inspection.manifest = Some(manifest);
        }
        Err(error) => inspection.problems.push(error.into()),
    }
}
