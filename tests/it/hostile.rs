//! Hostile components: each ends in its own outcome, and the next run is unaffected.

use crate::support::{Data, app};
use std::path::Path;

#[test]
fn each_attack_has_its_outcome_and_the_next_run_is_unaffected() {
    let data = Data::with("hostile-apps/misbehave", &["banque.json"]);
    data.ok(&["install", app("budget").to_str().unwrap()]);
    data.ok(&["grant", "misbehave", "--person", "camille"]);
    data.ok(&["grant", "budget", "--person", "camille"]);
    for (attack, outcome) in [
        ("loop", "timed-out"),
        ("allocate", "out-of-memory"),
        ("output", "output-too-large"),
        ("trap", "trapped"),
        ("recurse", "stack-overflow"),
        ("calls", "too-many-calls"),
        ("view", "invalid-view"),
    ] {
        let set = format!("attack={attack}");
        let run = ["run", "misbehave", "--person", "camille", "--param", &set, "--param", "view=blocks"];
        let (code, message, log) = data.ends(&run);
        assert_eq!(code, outcome, "{attack}: {message}");
        assert!(!message.contains("canary"), "what an app panics with is no outcome");
        assert_eq!(log.contains("canary"), attack == "trap", "the person sees what it noted");
        data.ok(&["run", "budget", "--person", "camille"]);
    }
    for kept in [data.ok(&["receipts", "--person", "camille"]), data.ok(&["audit", "--person", "camille"])] {
        assert!(!kept.to_string().contains("canary"), "and it is kept nowhere");
    }
    for file in data.files() {
        let bytes = std::fs::read(&file).unwrap();
        // The component itself contains the word.
        let wasm = file.extension().is_some_and(|e| e == "wasm" || e == "cwasm")
            || file.parent().is_some_and(|folder| folder.ends_with("chunks/house"));
        assert!(wasm || !bytes.windows(6).any(|window| window == b"canary"), "{}", file.display());
    }
    let unknown = ["run", "misbehave", "--person", "camille", "--param", "attack=none2"];
    assert_eq!(data.fails(&unknown).0, "bad-answer");
}

/// A handwritten component that imports one function of an interface.
fn importing(interface: &str) -> Vec<u8> {
    // (component (import "<interface>" (instance (export "f" (func)))))
    let name = interface.as_bytes();
    let length = u8::try_from(name.len()).unwrap();
    let mut bytes = b"\0asm\x0d\0\x01\0".to_vec();
    // Type section: an instance type with a function type and an export of it.
    let types = [&[1, 0x42, 2, 0x01, 0x40, 0, 1, 0, 0x04, 0, 1, b'f', 1, 0][..]].concat();
    bytes.extend([7, u8::try_from(types.len()).unwrap()]);
    bytes.extend(types);
    let import = [&[1, 0, length][..], name, &[5, 0]].concat();
    bytes.extend([10, u8::try_from(import.len()).unwrap()]);
    bytes.extend(import);
    bytes
}

#[test]
fn imports_that_are_not_ours_are_refused_by_name() {
    let data = Data::new();
    for interface in [
        "wasi:sockets/tcp@0.2.0",
        "wasi:filesystem/types@0.2.0",
        "wasi:http/outgoing-handler@0.2.0",
        "wasi:cli/run@0.2.0",
        "acme:spy/ears@1.0.0",
    ] {
        let file = data.path().join("hostile.wasm");
        std::fs::write(&file, importing(interface)).unwrap();
        let path = file.to_str().unwrap();
        let check = data.run(&["check", path]);
        assert_eq!(check.status.code(), Some(1));
        let said: serde_json::Value = serde_json::from_slice(&check.stdout).unwrap();
        let problems = said["problems"].as_array().unwrap();
        let named = |p: &serde_json::Value| {
            p["code"] == "forbidden-import" && p["message"].as_str().unwrap().contains(interface)
        };
        assert!(problems.iter().any(named), "{problems:?}");
        let (code, message) = data.fails(&["install", path]);
        assert_eq!(code, "refused");
        assert!(message.contains(interface), "{message}");
    }
}

#[test]
fn components_with_code_inside_a_component_are_refused() {
    for (composed, text) in [
        (true, "(component (component (core module $m) (core instance (instantiate $m))))"),
        // Its code is outside the component.
        (
            true,
            "(component $all (core module $m)
               (component (alias outer $all $m (core module $n)) (core instance (instantiate $n))))",
        ),
        (false, "(component (core module $m) (core instance (instantiate $m)) (component))"),
    ] {
        let (check, _) = mesinfos_platform::check(&wat::parse_str(text).unwrap());
        assert_eq!(check.problems.iter().any(|problem| problem.code == "composed"), composed, "{text}");
    }
}

#[test]
fn a_changed_component_does_not_run() {
    let data = Data::with("budget", &["banque.json"]);
    data.ok(&["grant", "budget", "--person", "camille"]);
    let change = |file: &Path| {
        let mut bytes = std::fs::read(file).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(file, bytes).unwrap();
    };
    let find = |is: &dyn Fn(&Path) -> bool| data.files().into_iter().find(|file| is(file));
    // Compiled code is used without the component. A modified copy of either is rejected.
    let run = ["run", "budget", "--person", "camille"];
    data.ok(&run);
    let copy = find(&|file| file.extension().is_some_and(|e| e == "wasm")).unwrap();
    let sound = std::fs::read(&copy).unwrap();
    change(&copy);
    data.ok(&run);
    assert_eq!(std::fs::read(&copy).unwrap(), sound, "the copy came from the store again");
    change(&copy);
    change(&find(&|file| file.parent().is_some_and(|folder| folder.ends_with("chunks/house"))).unwrap());
    let (code, message) = data.fails(&run);
    assert_eq!(code, "storage", "{message}");
}
