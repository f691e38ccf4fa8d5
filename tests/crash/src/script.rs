//! Operations, and the lines in which the processes report them.
//!
//! Every operation has a number that is never reused and determines everything that it writes. So a record
//! shows which operation wrote it, and whether it is complete.

use mesinfos_store::{ChunkId, Partition, PersonId};
use std::fmt;
use std::str::FromStr;

/// Maximum number of writing threads.
pub(crate) const WRITERS: u8 = 4;
/// Counters shared by all threads.
pub(crate) const COUNTERS: u8 = 3;
/// Records that each thread overwrites again and again.
pub(crate) const PLACES: u8 = 24;
/// Records of one large commit: together more than two segments of the log (512 KiB each).
pub(crate) const LARGE: u16 = 320;

/// Number of an operation, from its session, its thread, and its count within the thread.
pub(crate) fn operation(session: u32, writer: u8, count: u32) -> u64 {
    u64::from(session) << 32 | u64::from(writer) << 24 | u64::from(count & 0x00ff_ffff)
}

/// The thread of an operation.
pub(crate) fn writer(operation: u64) -> u8 {
    operation.to_be_bytes()[4]
}

/// A pseudo-random number derived from another one (SplitMix64).
fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn bytes(number: u64, length: usize) -> Vec<u8> {
    let mut bytes = number.to_be_bytes().to_vec();
    let mut next = number;
    while bytes.len() < length {
        next = mixed(next);
        bytes.extend(next.to_be_bytes());
    }
    bytes.truncate(length.max(8));
    bytes
}

fn length(number: u64, salt: u64, end: u64) -> usize {
    usize::try_from(mixed(number ^ salt) % end).unwrap_or(0)
}

/// The value of a record: mostly small, sometimes of the maximum size.
pub(crate) fn value(operation: u64) -> Vec<u8> {
    let length = match operation % 8 {
        0 => 4096,
        1..4 => length(operation, 1, 4096),
        _ => length(operation, 2, 300),
    };
    bytes(operation, length)
}

/// The value of a record of a large commit.
pub(crate) fn large_value(operation: u64) -> Vec<u8> {
    bytes(operation, 4000)
}

/// The operation that wrote a value. `None` if the value is not complete.
pub(crate) fn operation_of(found: &[u8], value: fn(u64) -> Vec<u8>) -> Option<u64> {
    let operation = u64::from_be_bytes(*found.first_chunk()?);
    (value(operation) == found).then_some(operation)
}

/// The body of a chunk.
pub(crate) fn body(operation: u64) -> Vec<u8> {
    bytes(operation, length(operation, 3, if operation.is_multiple_of(16) { 200_000 } else { 10_000 }))
}

/// The id of the chunk of an operation.
pub(crate) fn chunk(operation: u64) -> ChunkId {
    ChunkId(u128::from(operation).to_be_bytes())
}

/// The house, and people: two of them share a folder.
pub(crate) fn partition(number: u64) -> Partition {
    let person = |first: u8, last: u8| {
        let mut id = [5; 16];
        (id[0], id[15]) = (first, last);
        Partition::Person(PersonId(id))
    };
    match number % 5 {
        0 => Partition::House,
        1 => person(1, 1),
        2 => person(1, 2),
        3 => person(2, 1),
        _ => person(255, 255),
    }
}

/// All partitions.
pub(crate) fn partitions() -> impl Iterator<Item = Partition> {
    (0..5).map(partition)
}

/// The partition of a pair or of its deletion.
pub(crate) fn partition_of(operation: u64) -> Partition {
    partition(mixed(operation))
}

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Deed {
    /// Writes a chunk, and two records in one commit that name it.
    Pair,
    /// Deletes both records of a pair, then its chunk.
    Gone,
    /// Overwrites two records in one commit: those of a thread at an index.
    Over(u8, u8),
    /// Overwrites many records of a thread in one commit.
    Large(u8),
    /// Increments a counter.
    Count(u8),
}

impl fmt::Display for Deed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Deed::Pair => f.write_str("pair 0 0"),
            Deed::Gone => f.write_str("gone 0 0"),
            Deed::Over(writer, place) => write!(f, "over {writer} {place}"),
            Deed::Large(writer) => write!(f, "large {writer} 0"),
            Deed::Count(counter) => write!(f, "count {counter} 0"),
        }
    }
}

/// A line of a writing process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    /// The store is open. True if it moved a snapshot aside.
    Open(bool),
    /// An operation begins.
    Starts(Deed, u64),
    /// The store acknowledged the operation as durable.
    Done(Deed, u64),
    /// The store reported an error.
    Failed(String),
    /// All operations are done and the store is closed.
    End,
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Said::Open(moved) => write!(f, "open {}", u8::from(*moved)),
            Said::Starts(deed, operation) => write!(f, "starts {deed} {operation}"),
            Said::Done(deed, operation) => write!(f, "done {deed} {operation}"),
            Said::Failed(why) => write!(f, "failed {}", why.replace('\n', " ")),
            Said::End => f.write_str("end"),
        }
    }
}

/// Error for a malformed line, such as the last one of a killed process.
#[derive(Debug)]
pub(crate) struct NoLine;

impl FromStr for Said {
    type Err = NoLine;

    fn from_str(line: &str) -> Result<Said, NoLine> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        Ok(match word {
            "open" => Said::Open(rest == "1"),
            "failed" => Said::Failed(rest.to_owned()),
            "end" => Said::End,
            "starts" | "done" => {
                let [kind, a, b, operation] = *rest.split(' ').collect::<Vec<_>>() else {
                    return Err(NoLine);
                };
                let small = |word: &str| word.parse::<u8>().map_err(|_| NoLine);
                let deed = match kind {
                    "pair" => Deed::Pair,
                    "gone" => Deed::Gone,
                    "over" => Deed::Over(small(a)?, small(b)?),
                    "large" => Deed::Large(small(a)?),
                    "count" => Deed::Count(small(a)?),
                    _ => return Err(NoLine),
                };
                let operation = operation.parse().map_err(|_| NoLine)?;
                if word == "starts" { Said::Starts(deed, operation) } else { Said::Done(deed, operation) }
            }
            _ => return Err(NoLine),
        })
    }
}

/// A line of a checking process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// As [`Said::Open`].
    Open(bool),
    /// States of a pair: its left record, its right record and its chunk.
    Pair(u64, [State; 3]),
    /// Operations that wrote the two records at an index of a thread. `None` if a record is missing or not
    /// complete.
    Over(u8, u8, [Option<u64>; 2]),
    /// A thread, an operation, and the number of the thread's large-commit records that it wrote.
    Large(u8, u64, u16),
    /// A counter, its count, and the last operation that incremented it.
    Counter(u8, u64, u64),
    /// A counter, a count, and the operation that reached it.
    Counted(u8, u64, u64),
    /// Content written by no operation.
    Foreign(String),
    /// The store reported an error.
    Failed(String),
    /// End of the report.
    End,
}

/// State of a part of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Missing.
    Absent,
    /// Present, with its bytes.
    Whole,
    /// Present, with other bytes.
    Wrong,
}

impl State {
    /// Compares the bytes found, if any, with the right ones.
    pub(crate) fn of(found: Option<&[u8]>, right: &[u8]) -> State {
        match found {
            None => State::Absent,
            Some(found) if found == right => State::Whole,
            Some(_) => State::Wrong,
        }
    }

    fn letter(self) -> char {
        match self {
            State::Absent => '-',
            State::Whole => '+',
            State::Wrong => '!',
        }
    }

    fn read(letter: Option<char>) -> Result<State, NoLine> {
        match letter {
            Some('-') => Ok(State::Absent),
            Some('+') => Ok(State::Whole),
            Some('!') => Ok(State::Wrong),
            _ => Err(NoLine),
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let none = |operation: &Option<u64>| operation.map_or("none".to_owned(), |number| number.to_string());
        match self {
            Found::Open(moved) => write!(f, "open {}", u8::from(*moved)),
            Found::Pair(operation, states) => {
                let states: String = states.iter().map(|state| state.letter()).collect();
                write!(f, "pair {operation} {states}")
            }
            Found::Over(writer, place, [left, right]) => {
                write!(f, "over {writer} {place} {} {}", none(left), none(right))
            }
            Found::Large(writer, operation, count) => write!(f, "large {writer} {operation} {count}"),
            Found::Counter(counter, count, last) => write!(f, "counter {counter} {count} {last}"),
            Found::Counted(counter, at, operation) => write!(f, "counted {counter} {at} {operation}"),
            Found::Foreign(what) => write!(f, "foreign {}", what.replace('\n', " ")),
            Found::Failed(why) => write!(f, "failed {}", why.replace('\n', " ")),
            Found::End => f.write_str("end"),
        }
    }
}

impl FromStr for Found {
    type Err = NoLine;

    fn from_str(line: &str) -> Result<Found, NoLine> {
        fn number<T: FromStr>(word: &str) -> Result<T, NoLine> {
            word.parse().map_err(|_| NoLine)
        }
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let words: Vec<&str> = rest.split(' ').collect();
        let maybe = |word: &str| if word == "none" { Ok(None) } else { number(word).map(Some) };
        Ok(match (word, words.as_slice()) {
            ("open", ["0"]) => Found::Open(false),
            ("open", ["1"]) => Found::Open(true),
            ("pair", [operation, states]) => {
                let mut states = states.chars();
                let mut next = || State::read(states.next());
                Found::Pair(number(operation)?, [next()?, next()?, next()?])
            }
            ("over", [writer, place, left, right]) => {
                Found::Over(number(writer)?, number(place)?, [maybe(left)?, maybe(right)?])
            }
            ("large", [writer, operation, count]) => {
                Found::Large(number(writer)?, number(operation)?, number(count)?)
            }
            ("counter", [counter, count, last]) => {
                Found::Counter(number(counter)?, number(count)?, number(last)?)
            }
            ("counted", [counter, at, operation]) => {
                Found::Counted(number(counter)?, number(at)?, number(operation)?)
            }
            ("foreign", _) => Found::Foreign(rest.to_owned()),
            ("failed", _) => Found::Failed(rest.to_owned()),
            ("end", _) => Found::End,
            _ => return Err(NoLine),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_they_were_written() {
        let deeds = [Deed::Pair, Deed::Gone, Deed::Over(3, 4), Deed::Large(2), Deed::Count(1)];
        let starts = deeds.map(|deed| Said::Starts(deed, 9));
        let done = deeds.map(|deed| Said::Done(deed, u64::MAX));
        let other = [Said::Open(true), Said::Failed("a b".to_owned()), Said::End];
        for said in starts.into_iter().chain(done).chain(other) {
            assert_eq!(said.to_string().parse::<Said>().unwrap(), said);
        }
        for found in [
            Found::Open(false),
            Found::Pair(7, [State::Absent, State::Whole, State::Wrong]),
            Found::Over(1, 2, [Some(3), None]),
            Found::Large(1, 2, 320),
            Found::Counter(1, 2, 3),
            Found::Counted(1, 2, 3),
            Found::Foreign("key x".to_owned()),
            Found::Failed("no".to_owned()),
            Found::End,
        ] {
            assert_eq!(found.to_string().parse::<Found>().unwrap(), found);
        }
        for none in ["", "starts pair 0 0", "done pair 0 0 ", "pair 7 ++", "over 1 2 3"] {
            assert!(none.parse::<Said>().is_err() && none.parse::<Found>().is_err(), "{none}");
        }
    }

    #[test]
    fn a_value_tells_its_operation_unless_it_is_changed() {
        for number in 0..200 {
            let operation = operation(3, 2, number);
            assert_eq!(writer(operation), 2);
            let mut bytes = value(operation);
            assert!((8..=4096).contains(&bytes.len()));
            assert_eq!(operation_of(&bytes, value), Some(operation));
            *bytes.last_mut().unwrap() ^= 1;
            assert_eq!(operation_of(&bytes, value), None);
        }
    }
}
