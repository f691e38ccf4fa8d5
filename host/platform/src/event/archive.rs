//! What all teams handed in, as one ZIP archive that is made while it is read.

use crate::tester::Outlet;
use crate::{Platform, Result};
use mesinfos_model::Digest;
use std::io::{self, Write};
use std::sync::Arc;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// Content of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A text.
    Text(String),
    /// A component.
    Component(Digest),
}

/// An archive in pieces, one for each member, as an iterator. It ends after an error.
pub struct Packed {
    platform: Arc<Platform>,
    zip: Option<ZipWriter<StreamWriter<Outlet>>>,
    outlet: Outlet,
    members: std::vec::IntoIter<(String, Content)>,
}

impl Packed {
    /// An archive with these members, by name. One component is in memory at a time.
    pub fn new(platform: Arc<Platform>, members: Vec<(String, Content)>) -> Packed {
        let outlet = Outlet::default();
        let zip = Some(ZipWriter::new_stream(outlet.clone()));
        Packed { platform, zip, outlet, members: members.into_iter() }
    }

    /// Writes the next member, or the end. Whether there is more.
    fn step(&mut self) -> Result<bool> {
        let Some(zip) = &mut self.zip else { return Ok(false) };
        let Some((name, content)) = self.members.next() else {
            if let Some(zip) = self.zip.take() {
                zip.finish().map_err(io::Error::from)?;
            }
            return Ok(true);
        };
        let bytes = match content {
            Content::Text(text) => text.into_bytes(),
            Content::Component(component) => self.platform.packed_component(component)?,
        };
        // Without dates: the texts say when what was.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(name, options).map_err(io::Error::from)?;
        zip.write_all(&bytes)?;
        Ok(true)
    }
}

impl Iterator for Packed {
    type Item = Result<Vec<u8>>;

    fn next(&mut self) -> Option<Result<Vec<u8>>> {
        loop {
            match self.step() {
                Ok(is_more) => {
                    let written = self.outlet.take();
                    if !written.is_empty() {
                        return Some(Ok(written));
                    }
                    if !is_more {
                        return None;
                    }
                }
                Err(error) => {
                    self.zip = None;
                    self.outlet.take();
                    return Some(Err(error));
                }
            }
        }
    }
}
