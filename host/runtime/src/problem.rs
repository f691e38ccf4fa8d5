//! Why a component is refused.

use crate::contract::APP;
use crate::limits::MAX_COMPONENT;
use crate::manifest::{IMITATES, ManifestError};
use mesinfos_model::Category;

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
        what: &'static str,
        /// How much was found until it was too much.
        found: u64,
        /// How much is taken.
        most: u64,
    },
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
        why: &'static str,
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
    #[error("mesinfos.toml: {field}: {IMITATES}")]
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
            Problem::NotAComponent(_) | Problem::CoreModule => "not-a-component",
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
