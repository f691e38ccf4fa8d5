//! Reasons for refusing a component.

use crate::contract::APP;
use crate::limits::MAX_COMPONENT;
use crate::manifest::{FieldProblem, ManifestError};
use mesinfos_model::Category;
use std::fmt;

/// Causes of excessive compilation cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Complexity {
    /// Bytes in one function.
    FunctionSize,
    /// Local variables in one function.
    Locals,
    /// Paths of values through one function.
    FunctionWeight,
    /// Depth of nested loops.
    Loops,
    /// Depth of nested blocks.
    Depth,
    /// Core modules.
    Modules,
    /// Parts of types.
    Types,
    /// Functions.
    Functions,
    /// Table elements.
    TableElements,
    /// Paths of values through all functions.
    Weight,
    /// Types, imports, exports and other items.
    Items,
    /// Instances and functions that make up the component.
    Parts,
    /// Components that are not defined in it.
    Foreign,
}

impl fmt::Display for Complexity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Complexity::FunctionSize => "bytes in one function",
            Complexity::Locals => "local variables in one function",
            Complexity::FunctionWeight => "value paths through one function",
            Complexity::Loops => "nested loops",
            Complexity::Depth => "nested blocks",
            Complexity::Modules => "core modules",
            Complexity::Types => "parts of types",
            Complexity::Functions => "functions",
            Complexity::TableElements => "table elements",
            Complexity::Weight => "value paths through all functions",
            Complexity::Items => "types, imports, exports and other items",
            Complexity::Parts => "instances and functions that it consists of",
            Complexity::Foreign => "components defined elsewhere",
        })
    }
}

/// Reasons why apps cannot have an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forbidden {
    /// The interface is not the platform's.
    NotOurs,
    /// No such category exists.
    NoCategory,
    /// Apps have no network.
    Network,
    /// Apps have no files.
    Files,
    /// Apps keep nothing.
    Keeping,
    /// An unsupported part of WASI.
    NotServed,
}

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Forbidden::NotOurs => "it is not an interface of this platform",
            Forbidden::NoCategory => "there is no such category of data",
            Forbidden::Network => "apps have no network",
            Forbidden::Files => "apps have no files",
            Forbidden::Keeping => "apps keep nothing",
            Forbidden::NotServed => "this part of WASI is not served",
        })
    }
}

/// A problem for which a component is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Over [`MAX_COMPONENT`].
    #[error("it is {size} bytes; the limit is {MAX_COMPONENT} bytes")]
    TooLarge {
        /// Its size in bytes.
        size: usize,
    },
    /// It would cost too much to compile: see [`limits::compile`](crate::limits::compile).
    #[error("it has {found} {what}; the limit is {most}")]
    TooComplex {
        /// The quantity that exceeds its limit.
        what: Complexity,
        /// Amount counted when the limit was exceeded.
        found: u64,
        /// Limit.
        most: u64,
    },
    /// Not WebAssembly at all.
    #[error("it is not WebAssembly")]
    NotWasm,
    /// Not a component, or an invalid one.
    #[error("it is not a WebAssembly component that this host accepts: {0}")]
    NotAComponent(String),
    /// A core module, which can be made into a component.
    #[error("it is a core module, not a component")]
    CoreModule,
    /// It imports something that apps cannot have.
    #[error("it imports {import}: {why}")]
    ForbiddenImport {
        /// Name of the import.
        import: String,
        /// Reason.
        why: Forbidden,
    },
    /// It imports a version that this host does not serve.
    #[error("it imports {import}: this host serves version {served}; build it with a matching SDK")]
    UnknownVersion {
        /// Name of the import.
        import: String,
        /// Served version.
        served: &'static str,
    },
    /// It imports a function that the interface does not have.
    #[error("it imports {function} of {import}, which does not exist")]
    UnknownFunction {
        /// Name of the interface.
        import: String,
        /// Name of the function.
        function: String,
    },
    /// It does not export the app interface.
    #[error("it does not export {}/app@{}: it is not an app", APP.0, APP.1)]
    NoApp,
    /// Its app interface has different types.
    #[error("its function {function} has a different type from that of {}/app@{}: build it with a matching SDK", APP.0, APP.1)]
    OtherType {
        /// Name of the function.
        function: String,
    },
    /// It passes text in another encoding than UTF-8.
    #[error("it passes text as UTF-16; only UTF-8 is accepted")]
    NotUtf8,
    /// It nests components with code, which would call each other through code generated by the engine.
    /// That requires two memories in one module, which are off.
    #[error("it is composed of several components with code of their own; only one may have code")]
    Composed,
    /// Its manifest is missing or wrong.
    #[error("{0}")]
    Manifest(#[from] ManifestError),
    /// It imitates the name of the platform or of a data holder.
    #[error("mesinfos.toml: {field}: {problem}")]
    Imitation {
        /// Field of its manifest.
        field: &'static str,
        /// Whom it imitates.
        problem: FieldProblem,
    },
    /// Its manifest does not declare a category that it imports.
    #[error(
        "it imports {category}, but its manifest does not declare it: add a [[reads]] with category = \"{category}\" and why"
    )]
    Undeclared {
        /// Id of the category.
        category: Category,
    },
    /// Its manifest declares a category that it does not import.
    #[error("its manifest declares that it reads {category}, but its code never does: remove that [[reads]]")]
    Unused {
        /// Id of the category.
        category: Category,
    },
}

impl Problem {
    /// Whether it concerns only names shown to people. An app installed before such a rule existed keeps
    /// running.
    pub fn is_of_names(&self) -> bool {
        matches!(self, Problem::Imitation { .. })
    }

    /// A code that stays the same when the wording changes.
    pub fn code(&self) -> &'static str {
        match self {
            Problem::TooLarge { .. } => "too-large",
            Problem::TooComplex { .. } => "too-complex",
            Problem::NotWasm | Problem::NotAComponent(_) | Problem::CoreModule => "not-a-component",
            Problem::ForbiddenImport { .. } => "forbidden-import",
            Problem::UnknownVersion { .. } => "unknown-version",
            Problem::UnknownFunction { .. } => "unknown-function",
            Problem::NoApp => "no-app",
            Problem::OtherType { .. } => "other-type",
            Problem::NotUtf8 => "not-utf8",
            Problem::Composed => "composed",
            Problem::Manifest(_) => "manifest",
            Problem::Imitation { .. } => "imitation",
            Problem::Undeclared { .. } => "undeclared",
            Problem::Unused { .. } => "unused",
        }
    }
}
