//! A ZIP archive that is made while it is read. Its list comes last, when every size and digest is known.

use crate::Result;
use mesinfos_intake::portable::{MANIFEST, Manifest, MemberOf};
use mesinfos_model::Digest;
use sha2::{Digest as _, Sha256};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// Content of a member, in order.
pub(super) type Pieces = Box<dyn Iterator<Item = Result<Vec<u8>>> + Send>;

/// Bytes collected before they are given: a piece for the network.
const GATHERED: usize = 64 << 10;

/// A member to write.
pub(super) struct Member {
    pub(super) name: String,
    /// Form of the content: a media type, with the schema where there is one.
    pub(super) form: &'static str,
    /// Whether the content is packed already, like a photograph.
    pub(super) is_packed: bool,
    /// Whether it may exceed 4 GiB.
    pub(super) is_large: bool,
    pub(super) pieces: Pieces,
}

impl Member {
    /// A member of text.
    pub(super) fn new(name: impl Into<String>, form: &'static str, pieces: Pieces) -> Member {
        Member { name: name.into(), form, is_packed: false, is_large: false, pieces }
    }
}

/// An archive in pieces, as an iterator. It ends after an error.
pub struct Archive {
    zip: Option<ZipWriter<StreamWriter<Outlet>>>,
    outlet: Outlet,
    members: std::vec::IntoIter<Member>,
    open: Option<(Pieces, MemberOf, Sha256)>,
    list: Manifest,
}

impl Archive {
    pub(super) fn new(list: Manifest, members: Vec<Member>) -> Archive {
        let outlet = Outlet::default();
        let zip = Some(ZipWriter::new_stream(outlet.clone()));
        Archive { zip, outlet, members: members.into_iter(), open: None, list }
    }

    /// Writes the next piece, or begins the next member. Whether there is more.
    fn step(&mut self) -> Result<bool> {
        let Some(zip) = &mut self.zip else { return Ok(false) };
        if let Some((pieces, member, hash)) = &mut self.open
            && let Some(piece) = pieces.next()
        {
            let piece = piece?;
            hash.update(&piece);
            member.bytes += piece.len() as u64;
            zip.write_all(&piece)?;
            return Ok(true);
        }
        if let Some((_, member, hash)) = self.open.take() {
            self.list.members.push(MemberOf { sha256: Digest(hash.finalize().into()), ..member });
        }
        if let Some(Member { name, form, is_packed, is_large, pieces }) = self.members.next() {
            let method = if is_packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
            start(zip, &name, method, is_large)?;
            let form = form.to_owned();
            let member = MemberOf { name, form, bytes: 0, sha256: Digest([0; 32]) };
            self.open = Some((pieces, member, Sha256::new()));
            return Ok(true);
        }
        start(zip, MANIFEST, CompressionMethod::Deflated, false)?;
        serde_json::to_writer_pretty(&mut *zip, &self.list).map_err(io::Error::from)?;
        if let Some(zip) = self.zip.take() {
            zip.finish().map_err(io::Error::from)?;
        }
        Ok(true)
    }
}

fn start(
    zip: &mut ZipWriter<StreamWriter<Outlet>>,
    name: &str,
    method: CompressionMethod,
    is_large: bool,
) -> Result<()> {
    // Without dates: the list says when the archive was made.
    let options = SimpleFileOptions::default().compression_method(method).large_file(is_large);
    Ok(zip.start_file(name, options).map_err(io::Error::from)?)
}

impl Iterator for Archive {
    type Item = Result<Vec<u8>>;

    fn next(&mut self) -> Option<Result<Vec<u8>>> {
        loop {
            match self.step() {
                Ok(true) if self.outlet.len() < GATHERED => {}
                Ok(_) => {
                    let gathered = self.outlet.take();
                    return (!gathered.is_empty()).then_some(Ok(gathered));
                }
                Err(error) => {
                    // Nothing more: neither members nor what the library writes when it is dropped.
                    self.zip = None;
                    self.outlet.take();
                    return Some(Err(error));
                }
            }
        }
    }
}

/// Where a library writes, and we take.
#[derive(Clone, Default)]
pub(crate) struct Outlet(Arc<Mutex<Vec<u8>>>);

impl Outlet {
    fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// What was written since the last call.
    pub(crate) fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
