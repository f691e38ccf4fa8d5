//! Fuzzing with the tools used to attack compilers: `wasm-mutate` changes the core modules of apps,
//! `wasm-smith` generates core modules of the same shape, and each result is wrapped into a component
//! again. An accepted component requests no more than the original, says so in its manifest, and its run
//! ends in an outcome of the closed list.

use crate::forge::{Forged, OPEN, Wrapper, reader};
use crate::lab::{Lab, times};
use crate::mutants::{Random, run_if_taken};
use crate::support::app;
use arbitrary::Unstructured;
use mesinfos_platform::runtime::{Inspection, inspect, manifest};
use wasm_mutate::WasmMutate;
use wasm_smith::{Config, Module};

/// An app, split into parts.
struct Parts {
    inspection: Inspection,
    manifest: String,
    core: Vec<u8>,
    wrapper: Wrapper,
}

/// Splits a built app, and checks that its parts form an app again.
fn parts(name: &str) -> Parts {
    let component = std::fs::read(app(name)).unwrap();
    let (mut core, mut text) = (Vec::new(), String::new());
    for payload in wasmparser::Parser::new(0).parse_all(&component) {
        match payload.unwrap() {
            // The app's own module comes first; wit-component adds the others.
            wasmparser::Payload::ModuleSection { unchecked_range, .. } if core.is_empty() => {
                core = component[unchecked_range].to_vec();
            }
            wasmparser::Payload::CustomSection(section) if section.name() == manifest::SECTION => {
                text = std::str::from_utf8(section.data()).unwrap().to_owned();
            }
            _ => {}
        }
    }
    let inspection = inspect(&component);
    let mut imports = vec!["types"];
    imports.extend(inspection.request.categories.keys().map(|category| category.id()));
    imports.extend(["mesinfos:app/evidence@0.1.0", "mesinfos:app/log@0.1.0"]);
    let wrapper = Forged { imports: &imports, ..Forged::default() }.wrapper();
    let again = manifest::embed(&wrapper.bare(&core, true).unwrap(), &text).unwrap();
    let again = inspect(&again);
    assert!(again.ok(), "{:?}", again.problems);
    assert_eq!(again.request.categories, inspection.request.categories);
    Parts { inspection, manifest: text, core, wrapper }
}

/// Whether a component is accepted. If so, it requests no more than the original, and says so.
fn taken(component: &[u8], original: &Inspection) -> bool {
    let inspection = inspect(component);
    if inspection.ok() {
        let manifest = inspection.manifest.as_ref().unwrap();
        for (category, fields) in &inspection.request.categories {
            assert!(manifest.read(*category).is_some(), "{category} is not in the manifest");
            assert!(
                original.request.categories.get(category).is_some_and(|asked| asked.covers(*fields)),
                "{category}"
            );
        }
    }
    inspection.ok()
}

/// Mutates a core module a few times.
fn changed(core: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let mut bytes = core.to_vec();
    for _ in 0..=random.below(3) {
        let mut tool = WasmMutate::default();
        tool.seed(random.next()).fuel(300);
        let next = tool.run(&bytes).ok()?.next()?.ok()?;
        bytes = next;
    }
    Some(bytes)
}

#[test]
fn an_app_whose_core_was_mutated_asks_for_no_more() {
    let apps = ["budget", "conso", "forfait"].map(parts);
    let mut random = Random(3);
    let (count, mut made, mut well) = (times(40, 5_000), 0, 0);
    for round in 0..count {
        let app = &apps[round % apps.len()];
        let Some(core) = changed(&app.core, &mut random) else {
            continue;
        };
        // Half of them without validation by the tools: an attacker has tools of their own.
        if let Ok(component) = app.wrapper.bare(&core, round % 2 == 0) {
            made += 1;
            let component = manifest::embed(&component, &app.manifest).unwrap();
            well += usize::from(taken(&component, &app.inspection));
        }
    }
    eprintln!("wasm-mutate, apps: {count} mutants, {made} of them components, {well} taken");
    assert!(well > 0);
}

/// Reads a page and its number of rows.
fn base() -> String {
    format!(
        "(call $next {OPEN} (i32.const 128)) (drop (call $rows (i32.load (i32.const 136)))) (i32.const 64)"
    )
}

/// Runs some of the resulting components. Returns how many were accepted, and how many ran.
fn run_share(
    lab: &Lab,
    name: &str,
    (count, every): (usize, usize),
    mut next: impl FnMut(usize) -> Option<Vec<u8>>,
) {
    let run = base();
    let forged = reader("original", &run);
    let (wrapper, original) = (forged.wrapper(), inspect(&forged.component()));
    let honest = lab.install(&std::fs::read(app("budget")).unwrap());
    let (mut components, mut well, mut ran) = (0, 0, 0);
    for round in 0..count {
        let Some(Ok(component)) = next(round).map(|core| wrapper.bare(&core, false)) else {
            continue;
        };
        components += 1;
        let id = format!("{name}-{round}");
        let component = Forged { id: &id, ..reader("", "") }.with_manifest(&component);
        if !taken(&component, &original) {
            continue;
        }
        well += 1;
        if round % every == 0 {
            ran += usize::from(run_if_taken(lab, &component).is_some());
        }
        if ran % 100 == 1 {
            assert_eq!(lab.outcome("camille", &honest), "completed", "after {id}");
        }
    }
    eprintln!("{name}: {count} cores, {components} components, {well} taken, {ran} ran");
    assert!(ran > 0);
    assert_eq!(lab.outcome("camille", &honest), "completed");
}

#[test]
fn a_mutated_core_runs_to_an_outcome() {
    let run = base();
    let core = reader("original", &run).core();
    let mut random = Random(4);
    run_share(&Lab::new(), "mutated", (times(60, 10_000), times(1, 2)), |_| changed(&core, &mut random));
    run_share(&Lab::apart(), "mutated", (times(20, 500), 1), |_| changed(&core, &mut random));
}

/// A core module with the imports and exports of a reader and random contents.
fn made_up(shape: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let dna: Vec<u8> = (0..1 << random.below(12)).flat_map(|_| random.next().to_le_bytes()).collect();
    let config = Config {
        module_shape: Some(shape.to_vec()),
        // Limits that match the contract's.
        max_memories: 1,
        max_tables: 3,
        max_memory32_bytes: 16 << 20,
        allow_start_export: true,
        gc_enabled: false,
        exceptions_enabled: random.below(20) == 0,
        memory64_enabled: false,
        relaxed_simd_enabled: random.below(20) == 0,
        tail_call_enabled: random.below(20) == 0,
        threads_enabled: false,
        ..Config::default()
    };
    Some(Module::new(config, &mut Unstructured::new(&dna)).ok()?.to_bytes())
}

#[test]
fn a_core_that_was_made_up_runs_to_an_outcome() {
    let run = base();
    let shape = reader("original", &run).core();
    let mut random = Random(5);
    run_share(&Lab::new(), "made-up", (times(60, 10_000), times(1, 2)), |_| made_up(&shape, &mut random));
    run_share(&Lab::apart(), "made-up", (times(20, 500), 1), |_| made_up(&shape, &mut random));
}
