//! A few cycles of each campaign. `cargo xtask crash --full` runs many.

use std::process::Command;

#[test]
fn nothing_acknowledged_is_lost_unless_the_disk_lies() {
    let campaign = Command::new(env!("CARGO_BIN_EXE_mesinfos-crash-tests"))
        .args(["campaign", "--kills=4", "--cuts=6", "--controls=1"])
        .output()
        .unwrap();
    let (table, words) =
        (String::from_utf8_lossy(&campaign.stdout), String::from_utf8_lossy(&campaign.stderr));
    // If nothing can be mounted, the table says so.
    println!("{table}{words}");
    assert!(campaign.status.success());
}
