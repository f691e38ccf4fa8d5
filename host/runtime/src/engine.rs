//! The only constructor of the engine, so that server, command line and tests run apps in the same way.

use crate::limits::compile::SPARSE_IMAGE;
use crate::limits::{Limits, TICK};
use std::hash::{Hash, Hasher};
use wasmtime::{Config, Engine, OptLevel, Strategy};

/// Version of wasmtime pinned by the workspace. A test compares it with `Cargo.lock`.
pub const WASMTIME: &str = "48.0.8";

/// Features that components may use. Everything beyond plain single-memory WebAssembly is off: an engine
/// upgrade must not widen what an app can do (memory64 was a prerequisite of RUSTSEC-2026-0096, Winch of
/// four others).
pub fn wasm_features() -> wasmparser::WasmFeatures {
    use wasmparser::WasmFeatures as F;
    F::MUTABLE_GLOBAL
        | F::SATURATING_FLOAT_TO_INT
        | F::SIGN_EXTENSION
        | F::REFERENCE_TYPES
        | F::MULTI_VALUE
        | F::BULK_MEMORY
        | F::SIMD
        | F::EXTENDED_CONST
        | F::FLOATS
        | F::COMPONENT_MODEL
        | F::CALL_INDIRECT_OVERLONG
        | F::BULK_MEMORY_OPT
}

/// Number of threads that the engine may use for compiling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threads {
    /// Only the caller's thread.
    One,
    /// One per processor.
    Many,
}

/// Builds the engine. Code in it is not interrupted before [`tick`].
///
/// # Errors
/// If this machine cannot compile WebAssembly.
pub fn engine(limits: &Limits, threads: Threads) -> wasmtime::Result<Engine> {
    let mut config = Config::new();
    config
        .wasm_component_model(true)
        // No asynchronous components: host calls are 2.3 times cheaper without them, and CVE-2026-115384
        // was in their callbacks.
        .concurrency_support(false)
        .strategy(Strategy::Cranelift)
        .cranelift_opt_level(OptLevel::Speed)
        // The same inputs give the same bytes, NaN included, so a receipt can be replayed.
        .cranelift_nan_canonicalization(true)
        .epoch_interruption(true)
        .max_wasm_stack(limits.stack)
        .wasm_backtrace_max_frames(None)
        .wasm_gc(false)
        .wasm_function_references(false)
        .wasm_memory64(false)
        .wasm_multi_memory(false)
        .wasm_tail_call(false)
        .wasm_relaxed_simd(false)
        .wasm_wide_arithmetic(false)
        .wasm_custom_page_sizes(false)
        .wasm_exceptions(false)
        // Initial memory contents are copied into each memory. Mapping them from an image would pay off for
        // many instances in one process, but the image would be an in-memory file that no memory limit
        // counts.
        .memory_init_cow(false)
        // By default a one-byte segment may become 16 MiB of artifact.
        .memory_guaranteed_dense_image_size(SPARSE_IMAGE)
        .parallel_compilation(threads == Threads::Many);
    Engine::new(&config)
}

/// Interrupts code in the engine every [`TICK`], for as long as the engine is in use, so that a run can
/// check its clock: see [`Limits::time`].
///
/// # Errors
/// If no thread can be started.
pub fn tick(engine: &Engine) -> std::io::Result<()> {
    let weak = engine.weak();
    let (started, start) = std::sync::mpsc::channel::<()>();
    std::thread::Builder::new().name("epoch".to_owned()).spawn(move || {
        drop(started);
        loop {
            std::thread::sleep(TICK);
            match weak.upgrade() {
                Some(engine) => engine.increment_epoch(),
                None => break,
            }
        }
    })?;
    // A starting thread makes system calls that a runner's filters do not allow, so wait until it is
    // running.
    let _ = start.recv();
    Ok(())
}

/// Engine and configuration, as recorded in a receipt. Two engines with the same identity compute the same
/// results.
pub fn identity(engine: &Engine) -> String {
    let mut hasher = std::hash::DefaultHasher::new();
    engine.precompile_compatibility_hash().hash(&mut hasher);
    format!("wasmtime {WASMTIME} {} {:016x}", std::env::consts::ARCH, hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_one_that_is_built() {
        let lock = include_str!("../../../Cargo.lock");
        assert!(
            lock.contains(&format!("name = \"wasmtime\"\nversion = \"{WASMTIME}\"")),
            "engine::WASMTIME is not the version in Cargo.lock"
        );
    }

    #[test]
    fn two_engines_are_one_identity() {
        let engines =
            [Threads::One, Threads::Many].map(|threads| engine(&Limits::default(), threads).unwrap());
        assert_eq!(identity(&engines[0]), identity(&engines[1]));
    }
}
