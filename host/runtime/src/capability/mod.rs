//! What an app can do besides computing, one module for each capability.
//!
//! A capability claims its own imports, links the granted ones, links the others as refused, and decides
//! when a run has used too much of it. To add one, add a module here, its part of [`Request`], and its line
//! in `ALL`.

mod categories;
mod evidence;
mod log;
pub(crate) mod wasi;

use crate::contract::{APP, DATA};
use crate::limits::Limits;
use crate::refusal::{Forbidden, Problem};
use crate::state::{Counters, State, StopReason};
use mesinfos_model::{Category, FieldSet, Scope};
use std::collections::{BTreeMap, BTreeSet};
use wasmtime::component::Linker;

/// All capabilities. Imports are offered to them in this order.
pub(crate) const ALL: [&dyn Capability; 4] =
    [&wasi::Wasi, &log::Log, &evidence::Evidence, &categories::Categories];

/// Something that an app can do besides computing.
pub(crate) trait Capability: Sync {
    /// Adds the request behind an import to `request`, and returns the reasons for refusing it. `None`: the
    /// import belongs to another capability.
    fn claim(&self, import: &Import<'_>, request: &mut Request) -> Option<Vec<Problem>>;

    /// Links the imports asked for: the granted ones with their functions, the others as refused.
    ///
    /// # Errors
    /// If two functions have the same name.
    fn link(&self, linker: &mut Linker<State>, asked: &Request, granted: &Request) -> wasmtime::Result<()>;

    /// Links all imports asked for as refused: functions of the same types, without access to anything.
    ///
    /// # Errors
    /// Same as [`Capability::link`].
    fn link_refused(&self, linker: &mut Linker<State>, asked: &Request) -> wasmtime::Result<()>;

    /// Checks that a run has not exceeded its budget for this capability.
    ///
    /// # Errors
    /// The reason for stopping the run.
    fn budget(&self, used: &Counters, limits: &Limits) -> Result<(), StopReason>;
}

/// An import of a component.
pub(crate) struct Import<'a> {
    /// `package/interface@version`.
    pub(crate) name: &'a str,
    /// For example `mesinfos:data`.
    pub(crate) package: &'a str,
    pub(crate) interface: &'a str,
    pub(crate) version: &'a str,
    /// The functions imported from it. Empty if the component imports only types.
    pub(crate) functions: Vec<&'a str>,
}

impl<'a> Import<'a> {
    pub(crate) fn new(name: &'a str, functions: Vec<&'a str>) -> Import<'a> {
        let (path, version) = name.rsplit_once('@').unwrap_or((name, ""));
        let (package, interface) = path.split_once('/').unwrap_or((path, ""));
        Import { name, package, interface, version, functions }
    }

    /// Checks that the import has the served version.
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

/// The request of a component, or the granted part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// Categories, each with the fields whose functions the component imports.
    pub categories: BTreeMap<Category, FieldSet>,
    /// Whether it writes notes.
    pub notes: bool,
    /// Whether it names the rows behind its figures.
    pub evidence: bool,
    /// WASI interfaces, without versions.
    pub wasi: BTreeSet<String>,
}

impl Request {
    /// The part of the request that a scope grants. Notes, evidence and WASI reach no personal data, so they need
    /// no grant.
    pub(crate) fn within(&self, scope: &Scope) -> Request {
        let granted = scope.iter().filter(|(category, _)| self.categories.contains_key(category));
        Request {
            categories: granted.map(|(category, scope)| (*category, scope.fields)).collect(),
            notes: self.notes,
            evidence: self.evidence,
            wasi: self.wasi.clone(),
        }
    }
}

/// Adds the request behind an import to `request`.
///
/// # Errors
/// The reasons for refusing it.
pub(crate) fn claim(import: &Import<'_>, request: &mut Request) -> Result<(), Vec<Problem>> {
    if let Some((_, served)) = [DATA, APP].into_iter().find(|(package, _)| *package == import.package) {
        import.has(served)?;
        // An interface imported for its types only asks for nothing and is not linked.
        if import.functions.is_empty() {
            return Ok(());
        }
    }
    let refused = ALL.iter().find_map(|capability| capability.claim(import, request));
    let problems = refused.unwrap_or_else(|| vec![not_served(import)]);
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Reason for refusing an import that no capability claims.
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

/// Records the use of a capability, and stops the run if it exceeds its budget.
fn spend(state: &mut State, of: &dyn Capability, uses: impl FnOnce(&mut Counters)) -> Result<(), StopReason> {
    uses(&mut state.counters);
    of.budget(&state.counters, &state.limits)
}

/// A linker for the imports asked for. Without `granted`, all of them are linked as refused.
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
            ("mesinfos:app/evidence@0.1.0", &["cite"]),
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
