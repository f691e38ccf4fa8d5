//! What every target does with the bytes that the fuzzer makes.

use mesinfos_intake::{FAMILIES, Totals, read_as, read_file};
use mesinfos_model::Batch;

/// Names of the families, in the order of [`FAMILIES`].
pub const NAMES: [&str; 12] = [
    "energy", "water", "bank", "purchases", "telecom", "mobility", "health", "education", "browsing", "social",
    "pilot", "documents",
];

/// Reads the bytes as a format of a family: the first byte says which.
///
/// # Panics
/// If reading them does not end with rows or an error: that is what is looked for.
pub fn family(name: &str, bytes: &[u8]) {
    let Some((which, bytes)) = bytes.split_first() else { return };
    let Some(family) = NAMES.iter().position(|known| *known == name).and_then(|at| FAMILIES.get(at)) else {
        panic!("there is no family {name}");
    };
    let format = family[usize::from(*which) % family.len()];
    let mut totals = Totals::default();
    let _ = read_as(format, "fuzz", &mut &*bytes, &mut |batch: Batch| {
        totals.add(&batch);
        Ok(())
    });
}

/// Reads the bytes as a person's file.
pub fn any(bytes: &[u8]) {
    let _ = read_file("fuzz", &mut &*bytes, &mut |_: Batch| Ok(()));
}
