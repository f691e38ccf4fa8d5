//! Why a component is refused.

use crate::contract::APP;
use crate::limits::MAX_COMPONENT;
use crate::manifest::{FieldProblem, ManifestError};
use mesinfos_model::Category;
use std::fmt;

/// What makes a component cost much to compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Complexity {
    /// Bytes in one function.
    FunctionSize,
    /// Local variables in one function.
    Locals,
    /// Ways of values through one function.
    FunctionWeight,
    /// Loops within each other.
    Loops,
    /// Blocks within each other.
    Depth,
    /// Core modules.
    Modules,
    /// Parts of types.
    Types,
    /// Functions.
    Functions,
    /// Table elements.
    TableElements,
    /// Ways of values through all functions.
    Weight,
    /// Types, imports, exports and other items.
    Items,
    /// Instances and functions that it is put together from.
    Parts,
    /// Components that it takes from elsewhere.
    Foreign,
}

impl fmt::Display for Complexity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Complexity::FunctionSize => "bytes in one function",
            Complexity::Locals => "local variables in one function",
            Complexity::FunctionWeight => "ways of values through one function",
            Complexity::Loops => "loops within each other",
            Complexity::Depth => "blocks within each other",
            Complexity::Modules => "core modules",
            Complexity::Types => "parts of types",
            Complexity::Functions => "functions",
            Complexity::TableElements => "table elements",
            Complexity::Weight => "ways of values through all functions",
            Complexity::Items => "types, imports, exports and other items",
            Complexity::Parts => "instances and functions that it is put together from",
            Complexity::Foreign => "components that it takes from elsewhere",
        })
    }
}

/// Why an import is not there for apps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forbidden {
    /// It is of somebody else.
    NotOurs,
    /// There is no such category.
    NoCategory,
    /// Apps have no network.
    Network,
    /// Apps have no files.
    Files,
    /// Apps keep nothing.
    Keeping,
    /// A part of WASI that is not served.
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

/// Something for which a component is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Over [`MAX_COMPONENT`].
    #[error("it is {size} bytes; at most {MAX_COMPONENT} are taken")]
    TooLarge {
        /// Its size in bytes.
        size: usize,
    },
    /// It would cost too much to compile: see [`limits::compile`](crate::limits::compile).
    #[error("it has {found} {what}; at most {most} are compiled")]
    TooComplex {
        /// What there is too much of.
        what: Complexity,
        /// How much was found until it was too much.
        found: u64,
        /// How much is taken.
        most: u64,
    },
    /// No WebAssembly at all.
    #[error("it is not WebAssembly")]
    NotWasm,
    /// Not a component, or not a sound one.
    #[error("it is not a WebAssembly component that this host takes: {0}")]
    NotAComponent(String),
    /// A core module, of which a component can be made.
    #[error("it is a core module, and no component")]
    CoreModule,
    /// It imports something that is not ours.
    #[error("it imports {import}: {why}")]
    ForbiddenImport {
        /// The import's name.
        import: String,
        /// Why not.
        why: Forbidden,
    },
    /// It imports a version that this host does not serve.
    #[error("it imports {import}: this host serves version {served}; build it with a matching SDK")]
    UnknownVersion {
        /// The import's name.
        import: String,
        /// The version that is served.
        served: &'static str,
    },
    /// It imports a function that the interface does not have.
    #[error("it imports {function} of {import}, which there is not")]
    UnknownFunction {
        /// The interface.
        import: String,
        /// The function.
        function: String,
    },
    /// It does not export the app interface.
    #[error("it does not export {}/app@{}: it is not an app", APP.0, APP.1)]
    NoApp,
    /// It exports the app interface with other types.
    #[error("its function {function} has another type than that of {}/app@{}: build it with a matching SDK", APP.0, APP.1)]
    OtherType {
        /// The function.
        function: String,
    },
    /// Its texts are not UTF-8.
    #[error("it passes text as UTF-16: only UTF-8 is taken")]
    NotUtf8,
    /// Components with code inside it, which would call each other through code that the engine
    /// makes. It needs two memories in one module for that, which are off.
    #[error("it is composed of components that have code of their own: only one may have any")]
    Composed,
    /// Its manifest is missing or wrong.
    #[error("{0}")]
    Manifest(#[from] ManifestError),
    /// It bears the name of the platform.
    #[error("mesinfos.toml: {field}: {}", FieldProblem::Imitates)]
    Imitation {
        /// The field of its manifest.
        field: &'static str,
    },
    /// Its manifest does not say everything that it imports.
    #[error(
        "it imports {category}, but its manifest does not say so: add a [[reads]] with category = \"{category}\" and why"
    )]
    Undeclared {
        /// The category.
        category: Category,
    },
    /// Its manifest claims a category that it does not import.
    #[error("its manifest reads {category}, but the code never does: remove that [[reads]]")]
    Unused {
        /// The category.
        category: Category,
    },
}

impl Problem {
    /// Whether it is of what people are shown only. An app that was installed before there was such a rule runs on.
    pub fn is_of_names(&self) -> bool {
        matches!(self, Problem::Imitation { .. })
    }

    /// A code that does not change with the wording.
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
