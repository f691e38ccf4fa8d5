//! Components of extreme shape: many instances, deeply nested types, and small files that are huge to
//! compile. Each is refused at installation with a reason, or is cheap.

use crate::forge::{Forged, reader};
use crate::lab::{Lab, PEOPLE, times};
use crate::support::app;
use mesinfos_platform::PlatformError;
use std::time::{Duration, Instant};
use wasm_encoder::{
    Component, ComponentInstanceSection, ComponentSection, InstanceSection, MemorySection, MemoryType,
    Module, ModuleArg, ModuleSection, NestedComponentSection, TableSection, TableType,
};

/// Result and duration of installing a component: "installed", the codes of its problems, or the outcome of
/// compiling it.
fn install(lab: &Lab, component: &[u8]) -> (String, Duration) {
    let started = Instant::now();
    let ended = match lab.platform.install(component) {
        Ok(_) => "installed".to_owned(),
        Err(PlatformError::Refused(problems)) => {
            problems.iter().map(|problem| problem.code()).collect::<Vec<_>>().join(" ")
        }
        Err(other) => other.code().to_owned(),
    };
    (ended, started.elapsed())
}

/// Number of core modules in a component.
fn modules(component: &[u8]) -> u32 {
    let payloads = wasmparser::Parser::new(0).parse_all(component);
    let count = payloads.filter(|payload| matches!(payload, Ok(wasmparser::Payload::ModuleSection { .. })));
    u32::try_from(count.count()).unwrap()
}

/// An app with additional sections at its end.
fn with(id: &str, sections: impl Fn(&mut Vec<u8>, u32)) -> Vec<u8> {
    let forged = reader(id, "(i32.const 64)");
    let mut component = forged.bare();
    let modules = modules(&component);
    sections(&mut component, modules);
    forged.with_manifest(&component)
}

/// A core module with a memory of `pages` and a table of `elements`.
fn small(pages: u64, elements: u64) -> Module {
    let mut module = Module::new();
    let mut tables = TableSection::new();
    let element_type = wasm_encoder::RefType::FUNCREF;
    tables.table(TableType { element_type, table64: false, minimum: elements, maximum: None, shared: false });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: pages,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    module.section(&tables).section(&memories);
    module
}

/// `count` instances of a module.
fn instances(id: &str, module: &Module, count: u32) -> Vec<u8> {
    with(id, |component, index| {
        ModuleSection(module).append_to_component(component);
        let mut instances = InstanceSection::new();
        for _ in 0..count {
            instances.instantiate(index, [("", ModuleArg::Instance(0)); 0]);
        }
        instances.append_to_component(component);
    })
}

#[test]
fn many_instances_are_refused_or_end_the_run() {
    for lab in [Lab::new(), Lab::apart()] {
        let honest = lab.install(&std::fs::read(app("budget")).unwrap());
        for (id, module, count, expected) in [
            // More than a store allows.
            ("instances-60", small(1, 1), 60, "trapped"),
            ("instances-300", small(1, 1), 300, "trapped"),
            // Each is small; together they are too large.
            ("memories-10", small(160, 1), 10, "out-of-memory"),
            ("tables-10", small(1, 3_000), 10, "out-of-memory"),
            ("instances-8", small(1, 1), 8, "invalid-view"),
        ] {
            let id = lab.install(&instances(id, &module, count));
            let started = Instant::now();
            assert_eq!(lab.outcome(PEOPLE[0], &id), expected, "{id}");
            assert!(started.elapsed() < Duration::from_secs(5), "{id}");
            assert_eq!(lab.outcome(PEOPLE[0], &honest), "completed", "after {id}");
        }
    }
}

/// Nested components with two instances each: 2^depth instances.
fn doubled(depth: u32) -> Component {
    let mut component = Component::new();
    if depth > 0 {
        component.section(&NestedComponentSection(&doubled(depth - 1)));
        let mut instances = ComponentInstanceSection::new();
        let none: [(&str, wasm_encoder::ComponentExportKind, u32); 0] = [];
        instances.instantiate(0, none);
        instances.instantiate(0, none);
        component.section(&instances);
    }
    component
}

#[test]
fn what_doubles_at_each_level_is_refused() {
    let component = with("doubled", |component, _| {
        NestedComponentSection(&doubled(40)).append_to_component(component);
    });
    assert!(component.len() < 20_000);
    for lab in [Lab::new(), Lab::apart()] {
        let (ended, took) = install(&lab, &component);
        assert_eq!(ended, "too-complex");
        assert!(took < Duration::from_secs(5), "{took:?}");
    }
}

#[test]
fn a_view_has_no_depth_and_another_depth_is_refused_by_its_type() {
    // The contract has no recursive type: WIT cannot express it.
    let deeper = Forged {
        contract: &[(
            "record section { title: option<string>, layout: layout, blocks: list<block> }",
            "record section { title: option<string>, layout: layout, blocks: list<list<block>> }",
        )],
        ..reader("deeper", "(i32.const 64)")
    };
    let recursive = "package a:b; interface c { variant block { text(string), blocks(list<block>) } }";
    assert!(wit_parser::Resolve::default().push_str("a.wit", recursive).is_err());
    for lab in [Lab::new(), Lab::apart()] {
        assert_eq!(install(&lab, &deeper.component()).0, "other-type");
    }
}

/// Packages that import each other. WIT cannot express it, and a tool that converts them to WIT loops
/// forever.
#[test]
fn packages_in_a_circle_are_refused() {
    let import = |name: &str, inside: &str| format!("(import \"{name}\" (instance {inside}))");
    let own = "(export \"t\" (type (sub resource)))";
    let of = |outer: &str| format!("(alias outer 1 {outer} (type $t)) (export \"u\" (type (eq $t)))");
    let circle = format!(
        "(component (import \"a:a/a\" (instance $a {own})) (alias export $a \"t\" (type $t))
           (import \"b:b/b\" (instance $b {own} {})) (alias export $b \"t\" (type $v)) {})",
        of("$t"),
        import("a:a/c", &of("$v")),
    );
    let circle = reader("circle", "").with_manifest(&wat::parse_str(&circle).unwrap());
    assert!(install(&Lab::new(), &circle).0.starts_with("forbidden-import forbidden-import"));
}

/// An app whose core module has additional fields.
fn with_fields(id: &str, fields: &str) -> Vec<u8> {
    Forged { fields, ..reader(id, "(i32.const 64)") }.component()
}

fn locals(count: usize) -> String {
    format!("(local {})", "i32 ".repeat(count))
}

/// `depth` nested loops over `count` locals, each assigned a new value in every loop.
fn loops(depth: usize, count: usize) -> String {
    let turns: String =
        (0..count).map(|i| format!("local.get {i} i32.const 1 i32.add local.set {i} ")).collect();
    let ends = "local.get 0 br_if 0 end ".repeat(depth);
    format!("(func {} {} {turns} {ends})", locals(count), "loop ".repeat(depth))
}

/// Small files that are huge to compile. `runtime` tests each limit; this test covers the whole path.
#[test]
fn what_is_small_as_a_file_and_huge_to_compile_is_refused() {
    let lab = Lab::new();
    let modules = with("bomb-modules", |component, _| {
        (0..140).for_each(|_| ModuleSection(&small(1, 1)).append_to_component(component));
    });
    for (id, bomb) in [
        ("bomb-locals", with_fields("bomb-locals", &format!("(func {})", locals(50_000)).repeat(50))),
        ("bomb-loops", with_fields("bomb-loops", &loops(2_000, 1_500))),
        ("bomb-functions", with_fields("bomb-functions", &"(func)".repeat(70_000))),
        ("bomb-modules", modules),
    ] {
        assert!(bomb.len() < 1 << 20);
        let (ended, took) = install(&lab, &bomb);
        assert_eq!(ended, "too-complex", "{id}");
        assert!(took < Duration::from_secs(5), "{id}: {took:?}");
    }
}

/// Peak memory of this process, in mebibytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.split_whitespace().next().unwrap().parse::<u64>().unwrap() >> 10
}

/// The heaviest components within each limit. In long runs only: it takes minutes.
#[test]
fn the_heaviest_that_is_taken_costs_what_it_may() {
    if times(0, 1) == 0 {
        return;
    }
    let float =
        format!("(func (param f64) {})", "local.get 0 f64.sqrt f64.nearest local.set 0 ".repeat(170_000));
    let targets = "0 1 ".repeat(19_000);
    let table = format!(
        "(func {} block block local.get 0 br_table {targets} end {} end {})",
        locals(100),
        (0..100).map(|i| format!("i32.const {i} local.set {i} ")).collect::<String>(),
        (0..100).map(|i| format!("local.get {i} drop ")).collect::<String>(),
    );
    let lab = Lab::new();
    for (id, fields) in [
        ("heavy-loops", loops(40, 1_900).repeat(28)),
        ("heavy-targets", table.repeat(38)),
        ("heavy-floats", float.repeat(18)),
        ("heavy-functions", "(func (param i32) local.get 0 drop)".repeat(59_000)),
    ] {
        let component = with_fields(id, &fields);
        let (ended, took) = install(&lab, &component);
        eprintln!("{id}: {} bytes, {ended} after {took:.1?}; at most {} MiB so far", component.len(), peak());
        assert!(took < Duration::from_secs(300), "{id}");
    }
    assert!(peak() < 4_096);
}
