//! What an app can do beside computing, one module for each capability.
//!
//! A capability claims the imports that are its own, links what was granted of them, links the rest as
//! refused, and says when a run has used too much of it. A new one is a module here, its part of
//! [`Request`], and its line in `ALL`.

mod categories;
mod log;
pub(crate) mod wasi;

use crate::contract::{APP, DATA};
use crate::limits::Limits;
use crate::refusal::{Forbidden, Problem};
use crate::state::{Counters, State, StopReason};
use mesinfos_model::{Category, FieldSet, Scope};
use std::collections::{BTreeMap, BTreeSet};
use wasmtime::component::Linker;

/// Everything that an app can do. Imports are offered in this order.
pub(crate) const ALL: [&dyn Capability; 3] = [&wasi::Wasi, &log::Log, &categories::Categories];

/// Something that an app can do beside computing.
pub(crate) trait Capability: Sync {
    /// Adds what an import asks for to the request, and returns why it is refused. `None`: the import is not of
    /// this capability.
    fn claim(&self, import: &Import<'_>, request: &mut Request) -> Option<Vec<Problem>>;

    /// Links what was asked for: what is granted with its function, the rest as refused.
    ///
    /// # Errors
    /// If two functions have one name.
    fn link(&self, linker: &mut Linker<State>, asked: &Request, granted: &Request) -> wasmtime::Result<()>;

    /// Links all that was asked for as refused: functions of the same types, without a way to anything.
    ///
    /// # Errors
    /// As [`Capability::link`].
    fn link_refused(&self, linker: &mut Linker<State>, asked: &Request) -> wasmtime::Result<()>;

    /// Whether a run has used no more of it than it may.
    ///
    /// # Errors
    /// Why the run ends.
    fn budget(&self, used: &Counters, limits: &Limits) -> Result<(), StopReason>;
}

/// An import of a component.
pub(crate) struct Import<'a> {
    /// `package/interface@version`.
    pub(crate) name: &'a str,
    /// As `mesinfos:data`.
    pub(crate) package: &'a str,
    pub(crate) interface: &'a str,
    pub(crate) version: &'a str,
    /// The functions that the component imports of it. None of them: it imports types only.
    pub(crate) functions: Vec<&'a str>,
}

impl<'a> Import<'a> {
    pub(crate) fn new(name: &'a str, functions: Vec<&'a str>) -> Import<'a> {
        let (path, version) = name.rsplit_once('@').unwrap_or((name, ""));
        let (package, interface) = path.split_once('/').unwrap_or((path, ""));
        Import { name, package, interface, version, functions }
    }

    /// Whether it is of the version that is served.
    fn has(&self, served: &'static str) -> Result<(), Vec<Problem>> {
        if self.version == served {
            return Ok(());
        }
        Err(vec![Problem::UnknownVersion { import: self.name.to_owned(), served }])
    }

    fn no_such(&self, function: &str) -> Problem {
        Problem::UnknownFunction { import: self.name.to_owned(), function: function.to_owned() }
    }

    fn forbidden(&self, why: Forbidden) -> Problem {
        Problem::ForbiddenImport { import: self.name.to_owned(), why }
    }
}

/// What a component asks for, or the part of it that is granted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// Categories, and of each the fields whose functions it imports.
    pub categories: BTreeMap<Category, FieldSet>,
    /// Whether it writes notes for the person whose run it is.
    pub notes: bool,
    /// Interfaces of WASI, without their versions.
    pub wasi: BTreeSet<String>,
}

impl Request {
    /// The part of it that a scope grants. Notes and WASI reach nothing of anybody: they need no grant.
    pub(crate) fn within(&self, scope: &Scope) -> Request {
        let granted = scope.iter().filter(|(category, _)| self.categories.contains_key(category));
        Request {
            categories: granted.map(|(category, scope)| (*category, scope.fields)).collect(),
            notes: self.notes,
            wasi: self.wasi.clone(),
        }
    }
}

/// Adds what an import asks for to the request.
///
/// # Errors
/// Why it is refused.
pub(crate) fn claim(import: &Import<'_>, request: &mut Request) -> Result<(), Vec<Problem>> {
    if let Some((_, served)) = [DATA, APP].into_iter().find(|(package, _)| *package == import.package) {
        import.has(served)?;
        // An interface of which only types are imported asks for nothing and is not linked.
        if import.functions.is_empty() {
            return Ok(());
        }
    }
    let refused = ALL.iter().find_map(|capability| capability.claim(import, request));
    let problems = refused.unwrap_or_else(|| vec![not_served(import)]);
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Why an import that no capability claims is refused.
fn not_served(import: &Import<'_>) -> Problem {
    let why = match import.package {
        package if package == DATA.0 || package == APP.0 => Forbidden::NoCategory,
        "wasi:sockets" | "wasi:http" | "wasi:tls" => Forbidden::Network,
        "wasi:filesystem" => Forbidden::Files,
        "wasi:clocks" | "wasi:random" | "wasi:cli" | "wasi:io" => Forbidden::NotServed,
        "wasi:keyvalue" | "wasi:blobstore" => Forbidden::Keeping,
        _ => Forbidden::NotOurs,
    };
    import.forbidden(why)
}

/// Writes down what a run used of a capability, and ends the run if that is more than its budget.
fn spend(state: &mut State, of: &dyn Capability, uses: impl FnOnce(&mut Counters)) -> Result<(), StopReason> {
    uses(&mut state.counters);
    of.budget(&state.counters, &state.limits)
}

/// A linker for what was asked for. Without `granted` all of it is refused.
pub(crate) fn linker(
    engine: &wasmtime::Engine,
    asked: &Request,
    granted: Option<&Request>,
) -> wasmtime::Result<Linker<State>> {
    let mut linker = Linker::new(engine);
    for capability in ALL {
        match granted {
            Some(granted) => capability.link(&mut linker, asked, granted)?,
            None => capability.link_refused(&mut linker, asked)?,
        }
    }
    Ok(linker)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claimed(name: &str, functions: &[&str]) -> (Request, Result<(), Vec<Problem>>) {
        let mut request = Request::default();
        let done = claim(&Import::new(name, functions.to_vec()), &mut request);
        (request, done)
    }

    #[test]
    fn an_import_is_of_one_capability() {
        for (name, functions) in [
            ("wasi:clocks/wall-clock@0.2.6", &["now"][..]),
            ("mesinfos:app/log@0.1.0", &["note"]),
            ("mesinfos:data/bank@0.1.0", &["[constructor]reader"]),
        ] {
            let import = Import::new(name, functions.to_vec());
            let claims = ALL.iter().filter(|c| c.claim(&import, &mut Request::default()).is_some());
            assert_eq!(claims.count(), 1, "{name}");
            assert_eq!(claimed(name, functions).1, Ok(()), "{name}");
        }
    }

    #[test]
    fn types_ask_for_nothing() {
        for name in ["mesinfos:data/types@0.1.0", "mesinfos:app/view@0.1.0", "mesinfos:app/log@0.1.0"] {
            assert_eq!(claimed(name, &[]), (Request::default(), Ok(())), "{name}");
        }
    }

    #[test]
    fn what_nobody_claims_is_refused_by_its_name() {
        for (name, why) in [
            ("wasi:sockets/tcp@0.2.0", Forbidden::Network),
            ("wasi:filesystem/types@0.2.0", Forbidden::Files),
            ("wasi:keyvalue/store@0.2.0", Forbidden::Keeping),
            ("wasi:cli/run@0.2.0", Forbidden::NotServed),
            ("other:thing/it@0.1.0", Forbidden::NotOurs),
            ("mesinfos:data/dreams@0.1.0", Forbidden::NoCategory),
            ("mesinfos:app/dreams@0.1.0", Forbidden::NoCategory),
        ] {
            let (request, done) = claimed(name, &["f"]);
            let import = name.to_owned();
            assert_eq!(done, Err(vec![Problem::ForbiddenImport { import, why }]));
            assert_eq!(request, Request::default(), "{name}");
        }
    }

    #[test]
    fn another_version_is_refused_with_the_one_that_is_served() {
        for name in ["mesinfos:data/bank@0.2.0", "mesinfos:app/log@0.2.0", "wasi:cli/exit@0.3.0"] {
            let (request, done) = claimed(name, &["f"]);
            assert!(matches!(done.unwrap_err()[..], [Problem::UnknownVersion { .. }]), "{name}");
            assert_eq!(request, Request::default(), "{name}");
        }
    }

    #[test]
    fn a_grant_is_part_of_what_is_asked_for() {
        let (mut request, _) = claimed("mesinfos:data/bank@0.1.0", &["[method]page.label"]);
        request.notes = true;
        let scope = |category| (category, mesinfos_model::CategoryScope::all(category));
        let scope: Scope = [scope(Category::Bank), scope(Category::Energy)].into_iter().collect();
        let granted = request.within(&scope);
        assert_eq!(granted.categories.keys().collect::<Vec<_>>(), [&Category::Bank]);
        assert!(granted.notes);
        assert!(request.within(&Scope::new()).categories.is_empty());
    }
}
