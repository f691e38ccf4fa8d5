//! An archive that a person made of several exports: its files, to be imported one after the other.

use crate::{Platform, Result};
use mesinfos_intake::{Content, LARGEST_BUNDLE, LARGEST_BUNDLE_CONTENT, Loose};
use std::io::{Read, Seek, SeekFrom};

impl Platform {
    /// The files of an archive that a person made of several exports, each with its name in the archive; none if the file is
    /// to be imported as it is. Nothing is stored. The archive is read in a process of its own, like every file, and left at
    /// its beginning.
    ///
    /// An archive that cannot be read has none: importing it says why.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn loose_files(&self, file: &str, mut input: impl Read + Seek) -> Result<Vec<Loose>> {
        let size = input.seek(SeekFrom::End(0))?;
        input.rewind()?;
        let mut start = Vec::new();
        input.by_ref().take(START).read_to_end(&mut start)?;
        input.rewind()?;
        if size > LARGEST_BUNDLE || !mesinfos_intake::is_archive(&start) {
            return Ok(Vec::new());
        }
        let described = self.reading.extract(Content::Files, file, &mut input, LARGEST_BUNDLE_CONTENT);
        input.rewind()?;
        Ok(described.map(|described| Loose::told(&described)).unwrap_or_default())
    }
}

/// Bytes that tell an archive.
const START: u64 = 64 << 10;
