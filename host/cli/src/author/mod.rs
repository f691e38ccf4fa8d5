//! What the verbs of an author share: writing a new app, compiling a folder, trying what it makes.
//!
//! Nothing here opens the vault of a real person.

pub(crate) mod cargo;
pub(crate) mod component;
pub(crate) mod findings;
pub(crate) mod keys;
pub(crate) mod language;
pub(crate) mod remedy;
pub(crate) mod scaffold;
pub(crate) mod schema;
pub(crate) mod script;
pub(crate) mod watch;
pub(crate) mod workshop;
