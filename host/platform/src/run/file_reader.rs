//! Reading files, in this process or in runners.

use crate::RecognitionError;
use mesinfos_intake::{Content, IntakeError, Pixels, Read as FileRead, ReadAs, Sink, SinkError};
use mesinfos_model::Batch;
use std::io::{self, BufRead, Read, Seek};

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

/// The content of one file, which is bounded where it is made.
struct Taken(Vec<u8>);

impl Sink for Taken {
    fn rows(&mut self, _: Batch) -> Result<(), SinkError> {
        Ok(())
    }

    fn piece(&mut self, _: i64, bytes: &[u8]) -> Result<(), SinkError> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }
}

impl FileReader {
    /// Reads a stream in order.
    pub(crate) fn stream(
        &self,
        name: &str,
        input: &mut dyn BufRead,
        how: &ReadAs,
        sink: &mut dyn Sink,
    ) -> Result<Vec<FileRead>, IntakeError> {
        match self {
            FileReader::Here => mesinfos_intake::read_stream(how, name, input, sink),
            #[cfg(target_os = "linux")]
            FileReader::Apart(runners) => {
                let mut input = input;
                let file = mesinfos_runner::reading::File::Stream(&mut input);
                runners.read(name, file, how, sink)
            }
        }
    }

    /// Reads the content of a kept file: at most `most` bytes.
    pub(crate) fn extract(
        &self,
        content: Content,
        name: &str,
        file: &mut dyn Read,
        most: usize,
    ) -> Result<Vec<u8>, IntakeError> {
        match self {
            FileReader::Here => {
                let mut taken = Taken(Vec::new());
                mesinfos_intake::extract(content, name, &mut std::io::BufReader::new(file), &mut taken)?;
                taken.0.truncate(most);
                Ok(taken.0)
            }
            #[cfg(target_os = "linux")]
            FileReader::Apart(runners) => runners.extract(content, name, file, most),
        }
    }

    /// Fails unless characters can be recognised here.
    pub(crate) fn can_recognise(&self) -> Result<(), RecognitionError> {
        match self {
            FileReader::Here => Err(RecognitionError::NotConfined),
            #[cfg(target_os = "linux")]
            FileReader::Apart(runners) if runners.can_recognise() => Ok(()),
            #[cfg(target_os = "linux")]
            FileReader::Apart(_) => Err(RecognitionError::NoProgram),
        }
    }

    /// Recognises the characters in a picture, as lines in UTF-8.
    pub(crate) fn recognise(&self, pixels: &Pixels) -> Result<Vec<u8>, RecognitionError> {
        match self {
            FileReader::Here => Err(RecognitionError::NotConfined),
            #[cfg(target_os = "linux")]
            FileReader::Apart(runners) => runners.recognise(pixels).map_err(|error| match error {
                mesinfos_runner::RunnerError::Broken(error)
                    if error.kind() == io::ErrorKind::ResourceBusy =>
                {
                    RecognitionError::Busy
                }
                _ => RecognitionError::Failed,
            }),
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
                runners.read(name, file, &ReadAs::Recognised, sink)
            }
        }
    }
}
