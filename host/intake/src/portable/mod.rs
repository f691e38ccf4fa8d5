//! The archive in which a person takes everything away, and which another instance takes in.
//!
//! A ZIP file. `manifest.json` names its version, every other member with size and SHA-256, the table of each
//! category, and the files that the rows came from. Rows are JSON lines with the stored values, so nothing is
//! rounded; a paper is a member of its own, unchanged. What the person changed of single rows ([`CHANGES`]) and what they
//! show to no app ([`WITHHELD`]) are taken in with the rows. The other members (Parquet, grants, receipts, log) are for
//! the person and other programs: their digests are checked, and they are not taken in.
//!
//! An archive is hostile like any other file. Invariants: everything or nothing is taken in; no member is read
//! beyond the size that the manifest names, and that size is bounded by the packed one; no name leads outside.
//!
//! [`Manifest`] is the list, [`write_line`] writes a row; `take_in` reads an archive. What writes one is in `host/platform`.

mod changes;
mod line;
mod manifest;
mod names;
mod take_in;

pub use changes::CHANGES;
pub use line::write as write_line;
pub use manifest::{FieldOf, MANIFEST, Manifest, MemberOf, NAME, SourceFile, TableOf, VERSION};
pub use names::safe_name;
pub use take_in::{LONGEST_WITHHELD, MOST_WITHHELD, WITHHELD};
pub(crate) use take_in::{Unpacking, is_one, take_in};
