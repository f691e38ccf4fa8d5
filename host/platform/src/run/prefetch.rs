//! Pages of months of a vault, opened ahead of the app: while it works on one, a thread opens the next.
//!
//! Only opening is done ahead. Whether the grant still holds, what is cut away and what counts as
//! read is settled when the app asks for a page, as without it.

use mesinfos_vault::{MonthReader, Page, VaultError};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// Pages that wait, opened. Each is mostly a month of a few hundred kilobytes, and at most some 16 MiB.
const PAGES: usize = 4;

/// With fewer left to read, starting a thread takes longer than it saves.
const WORTH_IT: usize = 6;

/// For so long; then whoever reads goes on by itself. A run that takes longer than this goes behind
/// all others, and this thread must not work for it before others.
const TIME: Duration = Duration::from_millis(50);

/// Pages of months in order, opened here or ahead.
pub(crate) enum Months {
    Here(Box<MonthReader>),
    Ahead(Receiver<Step>),
    /// There are no more.
    Over,
}

/// What the thread hands over.
pub(crate) enum Step {
    Page(Result<Page, VaultError>),
    /// Its time is over: what it did not open.
    Rest(Box<MonthReader>),
    /// There are no more.
    Over,
}

impl Months {
    /// Opens ahead if that pays and a thread can be had.
    pub(crate) fn new(reader: MonthReader, ahead: bool) -> Months {
        let reader = Box::new(reader);
        if !ahead || reader.remaining() < WORTH_IT {
            return Months::Here(reader);
        }
        // Over a channel, so that the reader is not lost if there is no thread.
        let (give, given) = sync_channel(PAGES);
        let (hand, handed) = sync_channel::<Box<MonthReader>>(1);
        let thread = std::thread::Builder::new().name("ahead".to_owned());
        let started = thread.spawn(move || {
            if let Ok(reader) = handed.recv() {
                open(*reader, &give);
            }
        });
        match started {
            Ok(_) => match hand.send(reader) {
                Ok(()) => Months::Ahead(given),
                Err(unsent) => Months::Here(unsent.0),
            },
            Err(_) => Months::Here(reader),
        }
    }
}

fn open(mut reader: MonthReader, give: &SyncSender<Step>) {
    let until = Instant::now() + TIME;
    while Instant::now() < until {
        let Some(page) = reader.next() else {
            let _ = give.send(Step::Over);
            return;
        };
        if give.send(Step::Page(page)).is_err() {
            // Nobody reads on.
            return;
        }
    }
    let _ = give.send(Step::Rest(Box::new(reader)));
}

impl Iterator for Months {
    type Item = Result<Page, VaultError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self {
                Months::Here(reader) => return reader.next(),
                Months::Over => return None,
                Months::Ahead(given) => match given.recv() {
                    Ok(Step::Page(page)) => return Some(page),
                    Ok(Step::Rest(reader)) => *self = Months::Here(reader),
                    Ok(Step::Over) => *self = Months::Over,
                    // Rows must not be missing in silence.
                    Err(_) => return Some(Err(VaultError::Damaged("opening a month failed".to_owned()))),
                },
            }
        }
    }
}
