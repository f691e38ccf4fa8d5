//! Reading files, in this process or in runners.

use mesinfos_intake::{IntakeError, Read as FileRead, Sink};
use std::io::{BufRead, Read, Seek};

/// A seekable file.
pub(crate) trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// Reader of imported files.
pub(crate) enum FileReader {
    /// Reads in this process, beside the keys.
    Here,
    /// Reads in one runner per file.
    #[cfg(target_os = "linux")]
    Apart(mesinfos_runner::Runners),
}

impl FileReader {
    /// Reads a stream in order, or keeps it as a document.
    pub(crate) fn stream(
        &self,
        name: &str,
        input: &mut dyn BufRead,
        as_document: bool,
        sink: &mut dyn Sink,
    ) -> Result<Vec<FileRead>, IntakeError> {
        match self {
            FileReader::Here if as_document => mesinfos_intake::keep_file(name, input, sink),
            FileReader::Here => mesinfos_intake::read_file(name, input, sink),
            #[cfg(target_os = "linux")]
            FileReader::Apart(runners) => {
                let mut input = input;
                let file = mesinfos_runner::reading::File::Stream(&mut input);
                runners.read(name, file, as_document, sink)
            }
        }
    }

    /// Reads an archive by seeking.
    pub(crate) fn archive(
        &self,
        name: &str,
        mut input: impl ReadSeek,
        sink: &mut dyn Sink,
    ) -> Result<Vec<FileRead>, IntakeError> {
        match self {
            FileReader::Here => mesinfos_intake::read_archive(name, input, sink),
            #[cfg(target_os = "linux")]
            FileReader::Apart(runners) => {
                let file = mesinfos_runner::reading::File::Archive(&mut input);
                runners.read(name, file, false, sink)
            }
        }
    }
}
