//! Version 0.1 of the contract: the bindings for apps that were built for it.

mod cases;

/// The Rust side of the app interface, as the generator writes it.
#[allow(missing_docs, clippy::all, reason = "generated from the WIT files, which are documented")]
mod bindings {
    wasmtime::component::bindgen!({
        path: ["../../wit/released/0.1.0/data", "../../wit/released/0.1.0/app"],
        world: "mesinfos:app/host-side",
        // A view may cross a process before it is checked.
        additional_derives: [serde::Serialize, serde::Deserialize],
    });
}

pub(crate) use bindings::*;
