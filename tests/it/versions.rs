//! Another version of a built app, and one more bank row.

/// The same app with another version in its manifest, of the same length.
pub(crate) fn newer(component: &[u8], version: &str) -> Vec<u8> {
    let mut newer = component.to_vec();
    let known = b"\nversion = \"";
    let at = newer.windows(known.len()).position(|part| part == known).unwrap() + known.len();
    assert_eq!(newer[at + version.len()], b'"', "versions of one length");
    newer[at..at + version.len()].copy_from_slice(version.as_bytes());
    newer
}

/// One more bank movement, as a file of its bank.
pub(crate) fn another() -> String {
    r#"[{"docType":"bankoperation","date":"2020-02-08T00:00:00.000Z","amount":-12.28,
        "raw":"r","title":"t","bankAccount":"a"}]"#
        .to_owned()
}

/// A year of bank movements, four in a month, each of another amount.
pub(crate) fn year() -> String {
    let row = |month: u32, day: u32| {
        format!(
            r#"{{"docType":"bankoperation","date":"2025-{month:02}-{day:02}T00:00:00.000Z","amount":-{month}{day}.{day:02},
                "raw":"CB SHOP {day}","title":"CB SHOP {day}","bankAccount":"a"}}"#
        )
    };
    let rows: Vec<String> = (1..=12).flat_map(|month| [1, 10, 20, 28].map(|day| row(month, day))).collect();
    format!("[{}]", rows.join(","))
}
