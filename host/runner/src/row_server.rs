//! The host's side of a run in a runner: serves the rows of one job, and trusts nothing.
//!
//! The peer may be an app that broke out of WebAssembly. It can ask for the rows granted to this run, in
//! any order; anything else ends the run.

use crate::deadline::{Until, is_ready};
use crate::protocol::{self, HostReply, RunnerMessage};
use mesinfos_model::Category;
use mesinfos_runtime::sandbox::{Called, RawView};
use mesinfos_runtime::{
    Citations, Limits, Outcome, PageSource, RowSource, RowSourceError, Usage, Withdrawal,
};
use mesinfos_runtime::{limits, notes};
use rustix::event::PollFlags;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// Maximum size of a message beyond its view, in bytes: requests are shorter, and the last message carries
/// the notes and the evidence.
const SLACK: usize = (1 << 10) + limits::NOTES + EVIDENCE;

/// Maximum size of evidence in a message, in bytes: a label takes at most four bytes for each character, a number at
/// most five.
const EVIDENCE: usize = limits::CITATIONS * (4 * limits::view::LABEL + 32) + 5 * limits::CITED_ROWS;

/// When to lower the priority of the call, and how.
type Behind<'a> = (Instant, &'a dyn Fn());

/// Serves the rows of one call.
pub(crate) struct Feed<'a> {
    rows: BTreeMap<Category, Box<dyn RowSource>>,
    withdrawal: &'a Withdrawal,
    limits: &'a Limits,
    deadline: Instant,
    /// When to lower the runner's priority; `None` once that is done.
    behind: Cell<Option<Behind<'a>>>,
    readers: BTreeMap<u32, (Category, Box<dyn PageSource>)>,
    opened: u32,
    said: u64,
    usage: Usage,
    notes: String,
    citations: Citations,
    /// Why rows were not given, as the host reports it.
    refused: Option<RowSourceError>,
}

impl<'a> Feed<'a> {
    pub(crate) fn new(
        rows: BTreeMap<Category, Box<dyn RowSource>>,
        withdrawal: &'a Withdrawal,
        limits: &'a Limits,
        deadline: Instant,
    ) -> Feed<'a> {
        Feed {
            rows,
            withdrawal,
            limits,
            deadline,
            behind: Cell::new(None),
            readers: BTreeMap::new(),
            opened: 0,
            said: 0,
            usage: Usage::default(),
            notes: String::new(),
            citations: Citations::default(),
            refused: None,
        }
    }

    /// Calls `behind` once after this time, to lower the priority of the call.
    pub(crate) fn behind_after(&mut self, long: Duration, behind: &'a dyn Fn()) {
        self.behind.set(Some((Instant::now() + long, behind)));
    }

    /// Serves the call until its end.
    pub(crate) fn serve(mut self, socket: &UnixStream) -> Called {
        let started = Instant::now();
        let result = self.until_done(socket);
        self.usage.time = started.elapsed();
        Called { result, usage: self.usage, notes: self.notes, citations: self.citations }
    }

    fn until_done(&mut self, socket: &UnixStream) -> Result<RawView, Outcome> {
        loop {
            let largest = self.limits.output + SLACK;
            let said = self.watched(socket, |until| protocol::read(until, largest))?;
            self.said += 1;
            // Every message of an honest runner belongs to a counted call of its app: it opens or closes a
            // reader, or asks for a page, and on the first read for several more.
            if self.said > (2 + limits::AHEAD as u64) * self.limits.host_calls {
                return Err(Outcome::TooManyCalls);
            }
            match said {
                RunnerMessage::Open { category, period } => {
                    let Some(rows) = self.rows.get(&category) else {
                        return Err(Outcome::Trapped);
                    };
                    if self.readers.len() >= self.limits.handles {
                        return Err(Outcome::TooManyHandles);
                    }
                    self.usage.reads.entry(category).or_default();
                    self.readers.insert(self.opened, (category, rows.open(period)));
                    self.opened += 1;
                }
                RunnerMessage::Next { reader } => {
                    let answer = self.next(reader)?;
                    self.watched(socket, |until| until.write_all(&answer))?;
                }
                RunnerMessage::Close { reader } => drop(self.readers.remove(&reader)),
                RunnerMessage::Called { result, usage, notes, citations } => {
                    self.notes = notes::clean(notes.as_bytes());
                    self.citations = citations.checked();
                    return self.end(*result, &usage);
                }
                RunnerMessage::Compiled(_) | RunnerMessage::Parameters(_) => return Err(Outcome::Trapped),
            }
        }
    }

    /// Receives or sends. A runner that keeps the host waiting gets a lower priority after a while, and is
    /// stopped when the run is withdrawn.
    fn watched<T>(
        &self,
        socket: &UnixStream,
        act: impl FnOnce(&mut Until<'_>) -> io::Result<T>,
    ) -> Result<T, Outcome> {
        let is_over = || {
            if let Some((at, behind)) = self.behind.get()
                && at <= Instant::now()
            {
                behind();
                self.behind.set(None);
            }
            self.withdrawal.is_over()
        };
        let done = act(&mut Until::watched(socket, self.deadline, &is_over));
        done.map_err(|error| match error.kind() {
            ErrorKind::TimedOut if self.withdrawal.is_over() => Outcome::Withdrawn,
            _ => lost(&error, self.deadline, self.limits),
        })
    }

    fn next(&mut self, reader: u32) -> Result<Vec<u8>, Outcome> {
        let Some((category, pages)) = self.readers.get_mut(&reader) else {
            return Err(Outcome::Trapped);
        };
        let given = match pages.next() {
            Ok(Some(batch)) => {
                let (rows, bytes) = self.usage.reads.entry(*category).or_default();
                *rows += batch.rows() as u64;
                *bytes += batch.bytes() as u64;
                if self.usage.reads.values().map(|(rows, _)| rows).sum::<u64>() > self.limits.rows {
                    return Err(Outcome::TooManyRows);
                }
                return protocol::page(&batch).map_err(|error| Outcome::Unavailable(error.to_string()));
            }
            Ok(None) => HostReply::End,
            Err(why) => {
                let given = match &why {
                    RowSourceError::Withdrawn => HostReply::Withdrawn,
                    RowSourceError::Unavailable(_) => HostReply::Unavailable,
                };
                self.refused = Some(why);
                given
            }
        };
        protocol::frame(&given).map_err(|error| Outcome::Unavailable(error.to_string()))
    }

    /// Handles the last message. The host counted rows and bytes. Only the runner knows how many of the
    /// bytes the app read, so its claim is capped at that count.
    fn end(&mut self, result: Result<RawView, Outcome>, claimed: &Usage) -> Result<RawView, Outcome> {
        self.usage.memory = claimed.memory.min(self.limits.memory);
        self.usage.host_calls = claimed.host_calls.min(self.limits.host_calls);
        for (category, (_, bytes)) in &mut self.usage.reads {
            *bytes = claimed.reads.get(category).map_or(0, |(_, claimed)| *claimed).min(*bytes);
        }
        match self.refused.take() {
            Some(RowSourceError::Withdrawn) => Err(Outcome::Withdrawn),
            Some(RowSourceError::Unavailable(why)) => Err(Outcome::Unavailable(why)),
            None => result.map_err(|outcome| trusted_outcome(outcome, self.limits)),
        }
    }
}

/// Whether a runner sends nothing for this time.
pub(crate) fn is_silent(socket: &UnixStream, long: Duration) -> std::io::Result<bool> {
    Ok(!is_ready(socket, PollFlags::IN, long)?)
}

/// The next message of a runner.
pub(crate) fn receive(
    socket: &UnixStream,
    largest: usize,
    deadline: Instant,
    limits: &Limits,
) -> Result<RunnerMessage, Outcome> {
    protocol::read(&mut Until::new(socket, deadline), largest).map_err(|error| lost(&error, deadline, limits))
}

/// Outcome of a run whose runner was lost.
pub(crate) fn lost(error: &std::io::Error, deadline: Instant, limits: &Limits) -> Outcome {
    match error.kind() {
        ErrorKind::TimedOut => Outcome::TimedOut { seconds: limits.time.as_secs() },
        ErrorKind::FileTooLarge => Outcome::OutputTooLarge,
        _ if Instant::now() >= deadline => Outcome::TimedOut { seconds: limits.time.as_secs() },
        _ => Outcome::Trapped,
    }
}

/// The part of a runner's outcome that the host trusts: the code, without any text of the runner's own
/// except the cleaned reason of [`Outcome::Incompatible`].
pub(crate) fn trusted_outcome(outcome: Outcome, limits: &Limits) -> Outcome {
    match outcome {
        Outcome::TimedOut { .. } => Outcome::TimedOut { seconds: limits.time.as_secs() },
        Outcome::OutOfMemory { .. } => Outcome::OutOfMemory { mebibytes: limits.memory >> 20 },
        Outcome::StackOverflow
        | Outcome::TooManyCalls
        | Outcome::TooManyRows
        | Outcome::TooManyHandles
        | Outcome::OutputTooLarge => outcome,
        Outcome::Incompatible(why) => Outcome::Incompatible(mesinfos_runtime::view::clean(&why, 300)),
        _ => Outcome::Trapped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::{self, Chance};
    use mesinfos_model::{Batch, Period};
    use std::time::Duration;

    /// Two pages without rows.
    struct Two(u8);

    impl RowSource for Two {
        fn open(&self, _: Period) -> Box<dyn PageSource> {
            Box::new(Two(2))
        }
    }

    impl PageSource for Two {
        fn next(&mut self) -> Result<Option<Batch>, RowSourceError> {
            self.0 = self.0.saturating_sub(1);
            Ok((self.0 > 0).then(|| Batch::empty(Category::Bank)))
        }
    }

    #[test]
    fn more_rows_than_there_may_be_are_not_given() {
        struct Many;
        impl RowSource for Many {
            fn open(&self, _: Period) -> Box<dyn PageSource> {
                Box::new(Many)
            }
        }
        impl PageSource for Many {
            fn next(&mut self) -> Result<Option<Batch>, RowSourceError> {
                let mut rows = mesinfos_model::batch::BatchBuilder::new(Category::Bank);
                (0..20).for_each(|_| rows.push(&[]));
                Ok(Some(rows.finish()))
            }
        }
        let rows = BTreeMap::from([(Category::Bank, Box::new(Many) as Box<dyn RowSource>)]);
        let limits = Limits { rows: 50, ..Limits::default() };
        let never = Withdrawal::never();
        let mut feed = Feed::new(rows, &never, &limits, Instant::now());
        feed.readers.insert(0, (Category::Bank, feed.rows[&Category::Bank].open(Period::ALL)));
        assert!(feed.next(0).is_ok() && feed.next(0).is_ok());
        assert_eq!(feed.next(0), Err(Outcome::TooManyRows));
    }

    /// Outcome of a call whose runner, taken over by its app, behaves as `says`.
    fn outcome(says: impl FnOnce(UnixStream) + Send + 'static) -> &'static str {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let runner = std::thread::spawn(move || says(theirs));
        let rows = BTreeMap::from([(Category::Bank, Box::new(Two(2)) as Box<dyn RowSource>)]);
        let limits = Limits { handles: 100, host_calls: 1_000, ..Limits::default() };
        let deadline = Instant::now() + Duration::from_millis(500);
        let never = Withdrawal::never();
        let mut feed = Feed::new(rows, &never, &limits, deadline);
        feed.behind_after(Duration::ZERO, &|| ());
        let called = feed.serve(&ours);
        assert!(deadline.elapsed() < Duration::from_secs(2), "it is not waited for");
        drop(ours);
        runner.join().unwrap();
        assert!(called.notes.len() <= limits::NOTES && !called.notes.contains('\x1b'));
        assert!(called.usage.memory <= limits.memory && called.usage.host_calls <= limits.host_calls);
        // The pages of this bank have no rows, hence no bytes.
        assert!(called.usage.reads.iter().all(|(c, read)| *c == Category::Bank && *read == (0, 0)));
        called.result.map_or_else(|outcome| outcome.code(), |_| "completed")
    }

    fn says(all: Vec<RunnerMessage>) -> impl FnOnce(UnixStream) {
        move |mut socket| {
            for said in all {
                // The host hangs up at the first impossible message.
                let _ = protocol::send(&mut socket, &said);
            }
            // Reads, and sends nothing more.
            socket.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
            while std::io::Read::read(&mut socket, &mut [0; 4096]).is_ok_and(|n| n > 0) {}
        }
    }

    fn open(category: Category) -> RunnerMessage {
        RunnerMessage::Open { category, period: Period::ALL }
    }

    fn end(outcome: Outcome) -> RunnerMessage {
        let reads =
            [Category::Energy, Category::Bank].map(|category| (category, (u64::MAX, u64::MAX))).into();
        let usage = Usage { memory: usize::MAX, host_calls: u64::MAX, reads, ..Usage::default() };
        RunnerMessage::Called {
            result: Box::new(Err(outcome)),
            usage,
            notes: "\x1b[2J".repeat(9_000),
            citations: Citations::default(),
        }
    }

    #[test]
    fn what_cannot_be_ends_the_run() {
        let bank = || open(Category::Bank);
        assert_eq!(outcome(says(vec![open(Category::Energy)])), "trapped", "a category that was not granted");
        assert_eq!(
            outcome(says(vec![RunnerMessage::Next { reader: 0 }])),
            "trapped",
            "a reader that is not open"
        );
        let closed = vec![bank(), RunnerMessage::Close { reader: 0 }, RunnerMessage::Next { reader: 0 }];
        assert_eq!(outcome(says(closed)), "trapped", "a reader that was closed");
        assert_eq!(outcome(says(vec![RunnerMessage::Compiled(Ok(9))])), "trapped", "the end of another job");
        assert_eq!(outcome(says((0..200).map(|_| bank()).collect())), "too-many-handles");
        let churn = (0..5_000).flat_map(|reader| [bank(), RunnerMessage::Close { reader }]).collect();
        assert_eq!(outcome(says(churn)), "too-many-calls");
        assert_eq!(outcome(says(vec![bank(), RunnerMessage::Next { reader: 0 }])), "timed-out", "silence");
        let no_reader = |mut socket: UnixStream| {
            let page = protocol::frame(&RunnerMessage::Next { reader: 0 }).unwrap();
            let _ = protocol::send(&mut socket, &open(Category::Bank));
            while socket.write_all(&page).is_ok() {}
        };
        assert!(
            ["too-many-calls", "timed-out", "trapped"].contains(&outcome(no_reader)),
            "asks and does not read"
        );
    }

    #[test]
    fn who_computes_or_does_not_read_is_over_when_all_is_withdrawn() {
        let computes = |_: &mut UnixStream| {};
        let does_not_read = |socket: &mut UnixStream| {
            let _ = protocol::send(socket, &open(Category::Bank));
            socket.set_nonblocking(true).unwrap();
            let next = protocol::frame(&RunnerMessage::Next { reader: 0 }).unwrap();
            while socket.write(&next).is_ok_and(|n| n > 0) {}
        };
        let kinds: [fn(&mut UnixStream); 2] = [computes, does_not_read];
        for does in kinds {
            let (ours, mut theirs) = UnixStream::pair().unwrap();
            does(&mut theirs);
            let began = Instant::now();
            let behind = Cell::new(None);
            let goes_behind = || behind.set(Some(began.elapsed()));
            let withdrawal = Withdrawal::new(move || began.elapsed() > Duration::from_millis(400));
            // No row is served: the run as a whole is withdrawn.
            let limits = Limits { host_calls: u64::MAX / 8, ..Limits::default() };
            let deadline = began + Duration::from_secs(30);
            let mut feed = Feed::new(BTreeMap::new(), &withdrawal, &limits, deadline);
            feed.rows.insert(Category::Bank, Box::new(Two(2)));
            feed.behind_after(Duration::from_millis(50), &goes_behind);
            assert_eq!(feed.serve(&ours).result.err(), Some(Outcome::Withdrawn));
            assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
            assert!(behind.get().is_some_and(|at| at < Duration::from_millis(350)), "{behind:?}");
        }
    }

    #[test]
    fn who_is_slow_on_purpose_is_stopped_in_time() {
        let trickles = |mut socket: UnixStream| {
            let _ = socket.write_all(&1_000_u32.to_le_bytes());
            for _ in 0..100 {
                std::thread::sleep(Duration::from_millis(100));
                if socket.write_all(b"x").is_err() {
                    return;
                }
            }
        };
        assert_eq!(outcome(trickles), "timed-out", "a byte now and then");
        let sips = |mut socket: UnixStream| {
            let _ = protocol::send(&mut socket, &open(Category::Bank));
            socket.set_nonblocking(true).unwrap();
            let next = protocol::frame(&RunnerMessage::Next { reader: 0 }).unwrap();
            for _ in 0..1_000 {
                // Sends as much as the host accepts, and reads one byte of its answer.
                while socket.write(&next).is_ok_and(|n| n > 0) {}
                std::thread::sleep(Duration::from_millis(10));
                match std::io::Read::read(&mut socket, &mut [0]) {
                    Ok(0) => return,
                    Err(error) if error.kind() != ErrorKind::WouldBlock => return,
                    _ => {}
                }
            }
        };
        assert!(
            ["timed-out", "too-many-calls", "trapped"].contains(&outcome(sips)),
            "reads a byte at a time"
        );
    }

    /// A last message that is small when encoded, but large in memory unless its elements are counted.
    fn grows(elements: usize) -> Vec<u8> {
        // A view of one page with one section: `elements` blocks, each a list of no key figures.
        let text = |text: &str| [&[u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
        let count = |mut n: usize| {
            let mut bytes = Vec::new();
            loop {
                let low = u8::try_from(n & 0x7f).unwrap();
                n >>= 7;
                bytes.push(if n > 0 { low | 0x80 } else { low });
                if n == 0 {
                    return bytes;
                }
            }
        };
        let blocks = [count(elements), [2, 0].repeat(elements)].concat();
        let sections = [&[1, 0, 0], blocks.as_slice()].concat();
        let pages = [&[1], text("P").as_slice(), &[0], &sections].concat();
        let head = [text("fr"), text("T"), text("H"), vec![0, 0]].concat();
        let report = [head, pages, vec![0]].concat();
        let usage = [0, 0, 0, 0, 0];
        // `Called` is the sixth variant; the two zeros are `Ok`.
        let called = [&[5, 0, 0], report.as_slice(), &usage, &text(""), &[0]].concat();
        [&u32::try_from(called.len()).unwrap().to_le_bytes(), called.as_slice()].concat()
    }

    #[test]
    fn a_view_is_decoded_within_the_budget_of_a_view() {
        let says = |bytes: Vec<u8>| move |mut socket: UnixStream| drop(socket.write_all(&bytes));
        // With few blocks it is a valid view.
        assert_eq!(outcome(says(grows(100))), "completed");
        let full = grows((3 << 20) / 2);
        assert!(full.len() < Limits::default().output, "as a message it is not too long");
        let grown = memory::grown(|| assert_eq!(outcome(says(full)), "output-too-large"));
        assert!(grown < 16 << 20, "{grown} bytes");
    }

    /// Random changes to messages of a runner.
    #[test]
    fn any_words_end_in_an_outcome_and_in_little_memory() {
        let usage = Usage { memory: 9, host_calls: 9, ..Usage::default() };
        let failed = RunnerMessage::Called {
            result: Box::new(Err(Outcome::Trapped)),
            usage,
            notes: "noted".to_owned(),
            citations: Citations::default(),
        };
        let said = [
            open(Category::Bank),
            RunnerMessage::Next { reader: 0 },
            RunnerMessage::Close { reader: 0 },
            RunnerMessage::Compiled(Ok(7)),
            RunnerMessage::Compiled(Err(Outcome::Incompatible("why".to_owned()))),
            failed,
        ];
        let mut words: Vec<Vec<u8>> = said.iter().map(|said| protocol::frame(said).unwrap()).collect();
        words.push(grows(3));
        let mut chance = Chance::of(0x9e37_79b9_7f4a_7c15);
        let grown = memory::grown(|| {
            for _ in 0..memory::times(300, 100_000) {
                let bytes = chance.mutated(&words);
                let said = move |mut socket: UnixStream| drop(socket.write_all(&bytes));
                assert!(Outcome::CODES.contains(&outcome(said)));
            }
        });
        assert!(grown < 24 << 20, "{grown} bytes");
    }

    #[test]
    fn what_is_no_message_ends_the_run() {
        let bytes = |bytes: &'static [u8]| move |mut socket: UnixStream| drop(socket.write_all(bytes));
        assert_eq!(outcome(bytes(b"")), "trapped", "gone");
        assert_eq!(outcome(bytes(&[0xff; 64])), "trapped", "four gigabytes announced");
        assert_eq!(outcome(bytes(&[2, 0, 0, 0, 99, 99])), "trapped", "no such word");
        assert_eq!(outcome(bytes(&[9, 0, 0, 0, 1])), "trapped", "half a word");
    }

    #[test]
    fn a_runner_has_no_words_of_its_own() {
        assert_eq!(outcome(says(vec![end(Outcome::StackOverflow)])), "stack-overflow");
        assert_eq!(outcome(says(vec![end(Outcome::Unavailable("canary".into()))])), "trapped");
        assert_eq!(outcome(says(vec![end(Outcome::Declined("canary".into()))])), "trapped");
        assert_eq!(outcome(says(vec![end(Outcome::Completed)])), "trapped");
        let limits = Limits::default();
        let lie = Outcome::TimedOut { seconds: 77 };
        assert_eq!(trusted_outcome(lie, &limits), Outcome::TimedOut { seconds: limits.time.as_secs() });
    }
}
