//! Version 0.1 of the contract: the bindings for apps built for it.

mod cases;

/// Generated Rust bindings of the app interface.
#[allow(missing_docs, clippy::all, reason = "generated from the WIT files, which are documented")]
mod bindings {
    wasmtime::component::bindgen!({
        path: ["../../wit/released/0.1.0/data", "../../wit/released/0.1.0/app"],
        world: "mesinfos:app/host-side",
        // A view may cross a process boundary before it is checked.
        additional_derives: [serde::Serialize, serde::Deserialize],
    });
}

pub(crate) use bindings::*;
