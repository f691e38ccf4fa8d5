//! Entry points shared by all fuzz targets.

pub mod exports;

use mesinfos_intake::mapped::{LARGEST_PROBE, TableProbe};
use mesinfos_intake::{
    Content, FAMILIES, ReadAs, Sink, SinkError, Totals, extract, read_as, read_file, read_stream,
};
use mesinfos_model::Batch;

/// Names of the families, in the order of [`FAMILIES`].
pub const NAMES: [&str; 12] = [
    "energy",
    "water",
    "bank",
    "purchases",
    "telecom",
    "mobility",
    "health",
    "education",
    "browsing",
    "social",
    "pilot",
    "documents",
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

/// Looks at the bytes as a table that no format knows, and reads them by what it looks like.
///
/// # Panics
/// If what is said about a table is too long or not believed.
pub fn table(bytes: &[u8]) {
    struct Described(Vec<u8>);
    impl Sink for Described {
        fn rows(&mut self, _: Batch) -> Result<(), SinkError> {
            Ok(())
        }

        fn piece(&mut self, _: i64, bytes: &[u8]) -> Result<(), SinkError> {
            self.0.extend_from_slice(bytes);
            Ok(())
        }
    }
    let mut described = Described(Vec::new());
    let done = extract(Content::Table, "fuzz", &mut &*bytes, &mut described);
    if done.is_err() || described.0.is_empty() {
        return;
    }
    assert!(described.0.len() <= LARGEST_PROBE);
    let Some(probe) = TableProbe::told(&described.0) else {
        panic!("what a table looks like is not believed")
    };
    let mut mapping = probe.guess;
    mapping.holder = "fuzz".to_owned();
    let mut totals = Totals::default();
    let _ = read_stream(&ReadAs::Table(Box::new(mapping)), "fuzz", &mut &*bytes, &mut |batch: Batch| {
        totals.add(&batch);
        Ok(())
    });
}

/// Reads the bytes as a person's file.
pub fn any(bytes: &[u8]) {
    let _ = read_file("fuzz", &mut &*bytes, &mut |_: Batch| Ok(()));
}
