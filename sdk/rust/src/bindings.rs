//! What `wit-bindgen` makes of the contract in `wit/`. Nothing here is written by hand.

#![allow(
    missing_docs,
    unsafe_code,
    unreachable_pub,
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::allow_attributes_without_reason,
    clippy::cast_possible_truncation,
    clippy::semicolon_if_nothing_returned,
    clippy::uninlined_format_args,
    reason = "generated code; the contract documents it"
)]

wit_bindgen::generate!({
    path: ["../../wit/data", "../../wit/app"],
    world: "mesinfos:app/data-app",
    pub_export_macro: true,
    export_macro_name: "export_app",
    default_bindings_module: "mesinfos_sdk::__private::bindings",
    generate_all,
});
