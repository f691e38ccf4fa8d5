//! Full and read-only disks: saved data can be read, and acts that end something succeed.
//!
//! Each test has a small file system of its own, in a mount namespace. If the system allows none, the test
//! reports that and passes.

use crate::support::{app, binary, sample};
use std::process::{Command, Output};

/// Runs a shell script in a mount namespace with a file system of 24 MiB at `$disk`, where `$d` is a data
/// folder with one grant. `m` is the command on that folder.
fn on_a_small_disk(script: &str) -> Option<Output> {
    let temporary = tempfile::tempdir().unwrap();
    let whole = format!(
        "disk={disk}
         mount -t tmpfs -o size=24m,mode=700 tmpfs $disk || exit 77
         d=$disk/data; mkdir -m 700 $d
         m() {{ {binary} --lang en --data $d \"$@\"; }}
         m import --person p {file} >/dev/null
         m install {app} >/dev/null
         m grant radar --person p --category bank >/dev/null
         {script}",
        disk = temporary.path().display(),
        binary = binary().display(),
        file = sample("banque.json").display(),
        app = app("radar").display(),
    );
    let done =
        Command::new("unshare").args(["--user", "--map-root-user", "--mount", "sh", "-euc", &whole]).output();
    match done {
        Ok(output) if output.status.code() == Some(77) || is_refused(&output) => None,
        Ok(output) => Some(output),
        Err(_) => None,
    }
}

/// Whether the system refused to create a namespace.
fn is_refused(output: &Output) -> bool {
    String::from_utf8_lossy(&output.stderr).contains("unshare: ")
}

/// Output of a script. `None` if it could not run.
fn printed(script: &str) -> Option<String> {
    let Some(output) = on_a_small_disk(script) else {
        eprintln!("not tried: this system lets nobody mount a file system in a namespace");
        return None;
    };
    let [out, err] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
    assert!(output.status.success(), "{out}{err}");
    Some(out)
}

/// Fills the disk, and the space released by a reserve, to the last byte.
const FILL: &str = "dd if=/dev/zero of=$disk/fill bs=1k 2>/dev/null || true";

#[test]
fn on_a_full_disk_a_grant_is_withdrawn_and_a_person_erased() {
    let script = format!(
        "{FILL}
         m people; m rows bank --person p --limit 1 >/dev/null
         m run radar --person p >/dev/null 2>&1 || true
         m revoke radar --person p
         ! m run radar --person p >/dev/null 2>&1
         m audit verify --person p >/dev/null
         m erase --yes --person p
         m doctor >/dev/null || true
         m people"
    );
    let Some(said) = printed(&script) else { return };
    assert!(said.starts_with("p\n"), "{said}");
    assert!(said.contains("grant withdrawn"), "{said}");
    assert!(said.contains("the keys are destroyed"), "{said}");
    assert!(said.contains("There are no people yet"), "{said}");
}

#[test]
fn on_a_full_disk_without_reserve_everything_is_still_read() {
    let script = format!(
        "{FILL}
         m people >/dev/null
         dd if=/dev/zero of=$disk/more bs=1k 2>/dev/null || true
         m people; m grants --person p; m audit --person p >/dev/null
         m rows bank --person p --limit 1 >/dev/null
         if m import --person p {} 2>&1; then echo DONE; fi
         rm $disk/fill $disk/more
         m revoke radar --person p >/dev/null
         m people >/dev/null
         ls $d/store",
        sample("electricite.csv").display(),
    );
    let Some(said) = printed(&script) else { return };
    assert!(said.starts_with("p\n"), "{said}");
    assert!(said.contains("no space left") && !said.contains("DONE"), "{said}");
    assert!(said.ends_with("chunks\nincoming\nindex\nreserve\n"), "the room comes back: {said}");
}

#[test]
fn a_table_of_rejected_rows_that_does_not_fit_hides_no_import() {
    let script = "mkdir $disk/r; mount -t tmpfs -o size=4k,mode=700 tmpfs $disk/r
         { echo 'Date,Type,Merchant/Description,Debit/Credit,Balance'
           echo '23/07/2024,VIS,Shop,-£12.50,+£100.00'
           for i in $(seq 200); do echo \"31/02/2024,VIS,Ghost $i,-£1.00,+£99.00\"; done; } >$disk/s.csv
         if m --json import --person q $disk/s.csv --rejects $disk/r/t.csv; then echo DONE; fi
         ls $disk/r; echo END";
    let Some(said) = printed(script) else { return };
    let report: serde_json::Value = serde_json::from_str(said.lines().next().unwrap()).unwrap();
    assert_eq!(report["imports"][0]["categories"][0]["accepted"], 1, "{said}");
    assert!(report["errors"][0]["detail"].as_str().unwrap().contains("t.csv"), "{said}");
    assert!(said.ends_with("\nEND\n") && !said.contains("DONE") && said.lines().count() == 2, "{said}");
}

#[test]
fn on_a_read_only_disk_everything_is_read_and_nothing_is_done() {
    let script = "before=$(find $d -type f -exec sha256sum {} + | sort)
         mount -o remount,ro $disk
         m people; m grants --person p >/dev/null; m receipts --person p >/dev/null
         m rows bank --person p --limit 1 >/dev/null
         m audit verify --person p >/dev/null
         if m doctor 2>&1 | grep -q 'can only be read'; then echo TOLD; fi
         if m revoke radar --person p 2>&1; then echo DONE; fi
         if m erase --yes --person p 2>&1; then echo DONE; fi
         mount -o remount,rw $disk
         test \"$before\" = \"$(find $d -type f -exec sha256sum {} + | sort)\"
         m revoke radar --person p";
    let Some(said) = printed(script) else { return };
    assert!(said.starts_with("p\n"), "{said}");
    assert!(said.contains("the disk is read-only") && !said.contains("DONE"), "{said}");
    assert!(said.contains("grant withdrawn") && said.contains("TOLD"), "{said}");
}
