//! Entry points shared by all fuzz targets.

use mesinfos_intake::{FAMILIES, Totals, read_as, read_file};
use mesinfos_model::Batch;

/// Names of the families, in the order of [`FAMILIES`].
pub const NAMES: [&str; 12] = [
    "energy", "water", "bank", "purchases", "telecom", "mobility", "health", "education", "browsing", "social",
    "pilot", "documents",
];

/// Reads the bytes as a format of a family. The first byte selects the format.
///
/// # Panics
/// If there is no such family. Any panic of a reader is a finding: reading must end with rows or an error.
pub fn family(name: &str, bytes: &[u8]) {
    let Some((which, bytes)) = bytes.split_first() else { return };
    let Some(family) = NAMES.iter().position(|known| *known == name).and_then(|at| FAMILIES.get(at)) else {
        panic!("unknown family {name}");
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
