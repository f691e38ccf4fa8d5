//! The runner's side: reads a file held by the host like any other file.

use super::message::{AHEAD, AT_ONCE, Fault, FileSummary, PIECE, ReaderMessage, RejectedSummary};
use crate::protocol;
use mesinfos_intake::{Content, ReadAs, Sink, SinkError};
use mesinfos_model::{Batch, CarriedChange};
use std::collections::VecDeque;
use std::io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom, Write};
use std::os::unix::net::UnixStream;

/// Reads a file and sends the result to the host. `size` is the size of a seekable file.
pub(crate) fn read(socket: &UnixStream, name: &str, how: &ReadAs, size: Option<u64>) -> io::Result<()> {
    let mut remote = Remote { size, ..Remote::stream(socket) };
    let mut tell = Tell { socket };
    let reads = if size.is_some() && *how == ReadAs::Recognised {
        mesinfos_intake::read_archive(name, &mut remote, &mut tell)
    } else {
        let mut input = BufReader::with_capacity(PIECE, &mut remote);
        mesinfos_intake::read_stream(how, name, &mut input, &mut tell)
    };
    // If a socket is closed with unread input, the host sees a broken connection instead of the last message.
    remote.drain()?;
    let ended = match reads {
        Ok(reads) => {
            for read in &reads {
                protocol::send(&mut tell.socket, &ReaderMessage::File(FileSummary::from(read)))?;
                for some in read.rejected.chunks(AT_ONCE) {
                    let some = some.iter().map(RejectedSummary::from).collect();
                    protocol::send(&mut tell.socket, &ReaderMessage::Rejected(some))?;
                }
            }
            Ok(())
        }
        Err(error) => Err(Fault::from(error)),
    };
    protocol::send(&mut tell.socket, &ReaderMessage::End(ended))
}

/// Reads the content of a kept file and sends it to the host as pieces of one document.
pub(crate) fn extract(socket: &UnixStream, content: Content, name: &str) -> io::Result<()> {
    let mut remote = Remote::stream(socket);
    let mut tell = Tell { socket };
    let mut input = BufReader::with_capacity(PIECE, &mut remote);
    let taken = mesinfos_intake::extract(content, name, &mut input, &mut tell);
    remote.drain()?;
    protocol::send(&mut tell.socket, &ReaderMessage::End(taken.map_err(Fault::from)))
}

/// The remote file. Pieces are requested ahead while it is read sequentially.
struct Remote<'a> {
    socket: &'a UnixStream,
    /// Size in bytes, if the file is seekable.
    size: Option<u64>,
    /// Offset of the next byte to read.
    at: u64,
    /// The current piece, and its offset.
    piece: Vec<u8>,
    piece_at: u64,
    /// Offsets of the requested pieces in flight.
    asked: VecDeque<u64>,
    /// Offset of the piece to request next.
    next: u64,
    /// Whether a stream has reached its end.
    ended: bool,
}

impl<'a> Remote<'a> {
    /// A file that comes once, in order.
    fn stream(socket: &'a UnixStream) -> Remote<'a> {
        Remote {
            socket,
            size: None,
            at: 0,
            piece: Vec::new(),
            piece_at: 0,
            asked: VecDeque::new(),
            next: 0,
            ended: false,
        }
    }
}

impl Remote<'_> {
    fn ask(&mut self, at: u64) -> io::Result<()> {
        protocol::send(&mut self.socket, &ReaderMessage::More { at })?;
        self.asked.push_back(at);
        self.next = at.saturating_add(PIECE as u64);
        Ok(())
    }

    /// Receives the next requested piece.
    fn receive(&mut self) -> io::Result<()> {
        let mut bytes = [0_u8; 4];
        self.socket.read_exact(&mut bytes)?;
        self.piece.resize(u32::from_le_bytes(bytes) as usize, 0);
        self.socket.read_exact(&mut self.piece)?;
        self.asked.pop_front();
        Ok(())
    }

    /// Receives and discards the pieces in flight.
    fn drain(&mut self) -> io::Result<()> {
        while !self.asked.is_empty() {
            self.receive()?;
        }
        self.piece.clear();
        Ok(())
    }

    /// Fetches the piece that contains the next byte.
    fn fetch(&mut self) -> io::Result<()> {
        match self.size {
            None => {
                while self.asked.len() < AHEAD {
                    self.ask(self.next)?;
                }
                self.receive()?;
                self.ended = self.piece.is_empty();
            }
            Some(size) => {
                let in_order = !self.piece.is_empty() && self.at == self.piece_at + self.piece.len() as u64;
                if self.asked.front() != Some(&self.at) {
                    self.drain()?;
                    self.ask(self.at)?;
                }
                while in_order && self.asked.len() < AHEAD && self.next < size {
                    self.ask(self.next)?;
                }
                self.receive()?;
                if self.piece.is_empty() {
                    return Err(ErrorKind::UnexpectedEof.into());
                }
            }
        }
        self.piece_at = self.at;
        Ok(())
    }
}

impl Read for Remote<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let there = self.at.checked_sub(self.piece_at).and_then(|at| usize::try_from(at).ok());
            let there = there.and_then(|at| self.piece.get(at..)).filter(|bytes| !bytes.is_empty());
            if let Some(there) = there {
                let taken = there.len().min(into.len());
                into[..taken].copy_from_slice(&there[..taken]);
                self.at += taken as u64;
                return Ok(taken);
            }
            if self.ended || self.size.is_some_and(|size| self.at >= size) {
                return Ok(0);
            }
            self.fetch()?;
        }
    }
}

impl Seek for Remote<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let size = self.size.ok_or(ErrorKind::Unsupported)?;
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => size.checked_add_signed(by),
        };
        self.at = at.ok_or(ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// Sends the contents of the file to the host.
struct Tell<'a> {
    socket: &'a UnixStream,
}

impl Sink for Tell<'_> {
    fn rows(&mut self, batch: Batch) -> Result<(), SinkError> {
        let columns = protocol::shapes(&batch);
        let told = ReaderMessage::Rows { category: batch.category(), rows: batch.rows(), columns };
        self.socket.write_all(&protocol::with_columns(&told, &batch)?)?;
        Ok(())
    }

    fn change(&mut self, change: CarriedChange) -> Result<(), SinkError> {
        let CarriedChange { kind, rows } = change;
        let columns = protocol::shapes(&rows);
        let told = ReaderMessage::Change { kind, category: rows.category(), columns };
        self.socket.write_all(&protocol::with_columns(&told, &rows)?)?;
        Ok(())
    }

    fn piece(&mut self, position: i64, bytes: &[u8]) -> Result<(), SinkError> {
        for piece in bytes.chunks(PIECE) {
            let mut told = protocol::frame(&ReaderMessage::Piece { position, bytes: piece.len() })?;
            told.extend_from_slice(piece);
            self.socket.write_all(&told)?;
        }
        Ok(())
    }
}
