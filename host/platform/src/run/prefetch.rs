//! Prefetch of month pages: a thread opens the next page while the app works on one.
//!
//! Only the opening happens ahead. The grant is checked, and rows are cut and counted as read, when the app
//! asks for a page, as without prefetch.

use mesinfos_vault::{MonthPage, MonthReader, VaultError};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// Maximum number of opened pages in the channel. A page is usually a month of a few hundred kilobytes, and
/// at most about 16 MiB.
const PAGES: usize = 4;

/// Minimum number of months for a prefetch. With fewer, starting a thread costs more than it saves.
const WORTH_IT: usize = 6;

/// Time limit of the thread; after that, pages are opened in place. A longer run is moved to the background,
/// and this thread must not work for it at normal priority.
const TIME: Duration = Duration::from_millis(50);

/// Pages of months in order, opened in place or by a thread.
pub(crate) enum Months {
    Here(Box<MonthReader>),
    Ahead(Receiver<Step>),
    /// No more pages.
    Over,
}

/// Message of the thread.
pub(crate) enum Step {
    MonthPage(Result<MonthPage, VaultError>),
    /// The time limit was reached: the reader of the remaining pages.
    Rest(Box<MonthReader>),
    /// No more pages.
    Over,
}

impl Months {
    /// Opens pages ahead if `ahead` is set, there are enough months and a thread can be started.
    pub(crate) fn new(reader: MonthReader, ahead: bool) -> Months {
        let reader = Box::new(reader);
        if !ahead || reader.remaining() < WORTH_IT {
            return Months::Here(reader);
        }
        // The reader is sent over a channel, so that it survives a failure to start the thread.
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
        if give.send(Step::MonthPage(page)).is_err() {
            // The receiver is gone.
            return;
        }
    }
    let _ = give.send(Step::Rest(Box::new(reader)));
}

impl Iterator for Months {
    type Item = Result<MonthPage, VaultError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self {
                Months::Here(reader) => return reader.next(),
                Months::Over => return None,
                Months::Ahead(given) => match given.recv() {
                    Ok(Step::MonthPage(page)) => return Some(page),
                    Ok(Step::Rest(reader)) => *self = Months::Here(reader),
                    Ok(Step::Over) => *self = Months::Over,
                    // Missing rows must be an error.
                    Err(_) => return Some(Err(VaultError::Damaged("opening a month failed".to_owned()))),
                },
            }
        }
    }
}
