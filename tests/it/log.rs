//! Audit chain: it contains every run, whatever its outcome, and receipts of any size, and reveals removed
//! or restored records.

use crate::forge::{Forged, reader};
use crate::lab::{Lab, PEOPLE};
use crate::support::{Data, app, binary, me, sample};
use mesinfos_model::{Category, FieldSet};
use mesinfos_platform::CategoryChoice;
use mesinfos_platform::consent::{AuditEvent, Channel};
use serde_json::Value;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Name of the person.
const WHO: &str = PEOPLE[0];
const PERSON: [&str; 2] = ["--person", "camille"];

/// All categories with all fields: functions as imported by a core module, and a run that reads a page of
/// each.
fn everything() -> (String, String) {
    let (mut head, mut run) = (String::new(), String::new());
    for category in Category::ALL {
        let id = category.id();
        let import =
            |name: &str, ty: &str| format!("(import \"mesinfos:data/{id}@0.1.0\" \"{name}\" {ty})\n");
        let open = format!("(func $open-{id} (param i32 i32 i32 i32) (result i32))");
        head += &import("[constructor]reader", &open);
        head += &import("[method]reader.next", &format!("(func $next-{id} (param i32 i32))"));
        for name in FieldSet::all(*category).names(*category) {
            head += &import(&format!("[method]page.{name}"), "(func (param i32 i32))");
        }
        let nothing = "(i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)";
        run += &format!("(call $next-{id} (call $open-{id} {nothing}) (i32.const 128))");
    }
    (head, run + "(i32.const 64)")
}

/// Address of the data of [`parameters`].
const PLACE: u32 = 65_536;

/// Twelve parameters with maximum-length names of four-byte characters: the data segment, and the
/// instructions that leave the address of their list.
fn parameters() -> (String, String) {
    const COUNT: u32 = 12;
    const SIZE: u32 = 120;
    let text = |n: u32| char::from_u32(0x1_f600 + n).unwrap().to_string().repeat(60);
    let mut bytes = vec![0_u8; (SIZE * COUNT) as usize];
    let add = |bytes: &mut Vec<u8>, more: &[u8]| {
        let at = PLACE + u32::try_from(bytes.len()).unwrap();
        bytes.extend(more);
        bytes.resize(bytes.len().next_multiple_of(8), 0);
        at
    };
    for n in 0..COUNT {
        let text = text(n);
        let length = u32::try_from(text.len()).unwrap();
        let at = add(&mut bytes, text.as_bytes());
        let string = [at.to_le_bytes(), length.to_le_bytes()].concat();
        let choice = add(&mut bytes, &[&string[..], &string].concat());
        let mut put = |offset: u32, what: &[u8]| {
            let start = (n * SIZE + offset) as usize;
            bytes[start..start + what.len()].copy_from_slice(what);
        };
        put(0, &string);
        put(8, &string);
        // A choice with one option.
        put(32, &[2]);
        put(40, &[choice.to_le_bytes(), 1_u32.to_le_bytes()].concat());
        put(48, &string);
    }
    let escaped: String = bytes.iter().map(|byte| format!("\\{byte:02x}")).collect();
    let data = format!("(data (i32.const {PLACE}) \"{escaped}\")");
    let list = format!(
        "(i32.store (i32.const 64) (i32.const {PLACE})) (i32.store (i32.const 68) (i32.const {COUNT}))
         (i32.const 64)"
    );
    (data, list)
}

#[test]
fn the_largest_run_has_its_entry_and_its_receipt() {
    let (head, run) = everything();
    let (data, parameters) = parameters();
    let imports: Vec<&str> = Category::ALL.iter().map(|category| category.id()).collect();
    for (id, categories) in [("nine", 9), ("fourteen", Category::ALL.len())] {
        let reads: Vec<(&str, &str)> = imports
            .iter()
            .enumerate()
            .map(|(i, id)| (*id, if i < categories { "required" } else { "optional" }))
            .collect();
        let forged = Forged {
            id,
            imports: &imports,
            reads: &reads,
            head: &head,
            fields: &data,
            run: &run,
            parameters: &parameters,
            ..Forged::default()
        };
        for lab in [Lab::new(), Lab::apart()] {
            let (record, _) = lab.platform.install(&forged.component()).unwrap();
            let given: Vec<(Category, CategoryChoice)> = Category::ALL[..categories]
                .iter()
                .map(|category| {
                    let names = FieldSet::all(*category).names(*category).into_iter().map(str::to_owned);
                    (*category, CategoryChoice { fields: Some(names.collect()), ..CategoryChoice::default() })
                })
                .collect();
            let grant = lab.platform.grant(&me(WHO), &record.id, &given, None).unwrap();
            assert_eq!(grant.scope.len(), categories);
            // After reading, it returns no valid view.
            assert_eq!(lab.outcome(WHO, &record.id), "invalid-view", "{id}");
            let last = lab.platform.audit_entries(&me(WHO)).unwrap().pop().unwrap();
            let AuditEvent::Ran { receipt: Some(receipt), reads, .. } = last.entry.event else {
                panic!("{last:?}");
            };
            assert_eq!(reads.len(), categories, "{id}");
            assert!(reads.iter().any(|read| read.rows > 0));
            let receipt = lab.platform.receipt(&me(WHO), receipt).unwrap();
            assert_eq!((receipt.scope.len(), receipt.parameters.len()), (categories, 12));
            assert!(serde_json::to_vec(&receipt).unwrap().len() > 2 * 4_096);
            let (_, differences) = lab.platform.replay(&me(WHO), receipt.id).unwrap();
            assert_eq!(differences, []);
            lab.platform.audit_verify(&me(WHO), receipt.log).unwrap();
        }
    }
}

/// Entries of a person's audit chain, and the state of runs without an end.
fn log(data: &Data) -> Vec<(String, Option<String>)> {
    let entries = data.ok(&[&["audit"][..], &PERSON].concat());
    let word = |value: &Value| value.as_str().map(str::to_owned);
    let entries = entries.as_array().unwrap().iter();
    entries.map(|entry| (word(&entry["event"]["kind"]).unwrap(), word(&entry["run"]))).collect()
}

#[test]
fn a_run_of_a_host_that_died_is_told_as_interrupted() {
    let data = Data::new();
    let spins = reader(
        "spins",
        "(call $next (call $open (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)) (i32.const 128))
         (loop $l (br $l)) (i32.const 64)",
    );
    let file = data.path().join("spins.wasm");
    std::fs::write(&file, spins.component()).unwrap();
    data.ok(&["import", "--person", "camille", sample("banque.json").to_str().unwrap()]);
    data.ok(&["install", file.to_str().unwrap()]);
    data.ok(&["grant", "spins", "--person", "camille"]);
    for isolation in ["in-process", "process"] {
        // The run has begun once it spins, which it does for five seconds.
        let mut run = Command::new(binary())
            .args(["--json", "--isolation", isolation, "--data"])
            .arg(data.path())
            .args(["run", "spins", "--person", "camille"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(2_500));
        run.kill().unwrap();
        run.wait().unwrap();
        let last = log(&data).pop().unwrap();
        assert_eq!(last, ("began".to_owned(), Some("interrupted".to_owned())), "{isolation}");
    }
    data.ok(&[&["audit", "verify"][..], &PERSON].concat());
    let output = Command::new(binary())
        .arg("--data")
        .arg(data.path())
        .args(["audit", "--person", "camille"])
        .output()
        .unwrap();
    let words = String::from_utf8(output.stdout).unwrap();
    assert_eq!(words.matches("interrupted").count(), 2, "{words}");
}

#[test]
fn a_head_that_was_kept_tells_whether_the_log_was_put_back() {
    let data = Data::with("budget", &["banque.json"]);
    let verify = |head: &str| [&["audit", "verify"][..], &PERSON, &["--head", head]].concat().join(" ");
    let ok = |head: &str| data.ok(&verify(head).split(' ').collect::<Vec<_>>());
    data.ok(&[&["grant", "budget"][..], &PERSON].concat());
    let backup = tempfile::tempdir().unwrap();
    copy(data.path(), backup.path());
    data.ok(&[&["run", "budget"][..], &PERSON].concat());
    let receipt = data.ok(&[&["receipts"][..], &PERSON].concat())[0].clone();
    let kept = receipt["log"].as_str().unwrap().to_owned();
    data.ok(&[&["revoke", "budget"][..], &PERSON].concat());
    let head = ok(&kept)["head"].as_str().unwrap().to_owned();
    assert_eq!(ok(&head)["ok"], true);
    let (code, message) = data.fails(&verify(&"0".repeat(64)).split(' ').collect::<Vec<_>>());
    assert!(code == "broken-log" && message.contains("is not in this log"), "{message}");

    std::fs::remove_dir_all(data.path().join("store")).unwrap();
    copy(backup.path(), data.path());
    data.ok(&[&["audit", "verify"][..], &PERSON].concat());
    for head in [&kept, &head] {
        assert_eq!(data.fails(&verify(head).split(' ').collect::<Vec<_>>()).0, "broken-log");
    }
}

/// Copies a folder over another.
fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    std::fs::set_permissions(to, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn entries_name_who_and_where_and_refusals_do_not_fill_the_log() {
    let lab = Lab::new();
    let (record, _) = lab.platform.install(&std::fs::read(app("budget")).unwrap()).unwrap();
    for _ in 0..50 {
        assert_eq!(lab.run(WHO, &record.id).unwrap_err().code(), "not-granted");
    }
    let refused: Vec<(Option<u64>, String)> = lab
        .platform
        .audit_entries(&me(WHO))
        .unwrap()
        .into_iter()
        .filter_map(|logged| match logged.entry.event {
            AuditEvent::Ran { times, .. } => Some((times, logged.entry.by.unwrap().actor.to_string())),
            _ => None,
        })
        .collect();
    assert_eq!(refused, [(None, "person".to_owned()), (Some(49), "platform".to_owned())]);
    for logged in lab.platform.audit_entries(&me(WHO)).unwrap() {
        let by = logged.entry.by.unwrap();
        assert_eq!(by.channel, Channel::Cli, "{by:?}");
    }
    // A replay has a beginning and an end, and records its reads.
    lab.grant(WHO, &record.id);
    let receipt = lab.run(WHO, &record.id).unwrap().receipt;
    lab.platform.replay(&me(WHO).through(Channel::Api), receipt.id).unwrap();
    let mut last = lab.platform.audit_entries(&me(WHO)).unwrap().into_iter().rev();
    let (ended, began) = (last.next().unwrap().entry, last.next().unwrap().entry);
    assert_eq!(ended.by.unwrap().channel, Channel::Api);
    let AuditEvent::Replayed { run: Some(run), identical: true, reads, outcome, .. } = ended.event else {
        panic!("{ended:?}");
    };
    assert!(reads[0].rows > 0 && outcome.unwrap().as_str() == "completed");
    assert!(
        matches!(began.event, AuditEvent::Began { run: of, replay: Some(of_receipt), .. }
            if of == run && of_receipt == receipt.id),
        "{began:?}"
    );
}
