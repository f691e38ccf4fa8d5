//! Expected contents of a store, derived from the lines of the writing processes, and the comparison with
//! its actual contents.

use crate::script::{Deed, Found, LARGE, Said, State};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Kinds of defects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// An acknowledged operation is missing.
    Lost,
    /// Only part of a commit is present.
    Half,
    /// A count was made twice, or never begun.
    Doubled,
    /// A record names a chunk that is missing or has other bytes.
    Dangling,
    /// Bytes written by no operation.
    Foreign,
    /// The store does not open, or does not report all its contents.
    Unreadable,
}

/// A defect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Its kind.
    pub(crate) kind: Kind,
    /// Description.
    pub(crate) words: String,
}

fn finding(kind: Kind, words: impl Into<String>) -> Finding {
    Finding { kind, words: words.into() }
}

/// Operations of a kind in which the last one overwrites the others.
#[derive(Debug, Default)]
struct Place {
    /// The last acknowledged operation.
    done: Option<u64>,
    /// Operations begun after it: any of them may be present.
    begun: BTreeSet<u64>,
}

impl Place {
    fn says(&mut self, is_done: bool, operation: u64) {
        if is_done {
            self.done = Some(operation);
            self.begun.clear();
        } else {
            self.begun.insert(operation);
        }
    }

    fn allows(&self, found: Option<u64>) -> bool {
        found == self.done || found.is_some_and(|found| self.begun.contains(&found))
    }

    fn settle(&mut self, found: Option<u64>) {
        self.done = found;
        self.begun.clear();
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pair {
    Begun,
    There,
    Going,
    Gone,
}

#[derive(Debug, Default)]
struct Counter {
    /// Operations found so far, in order of their counts.
    settled: Vec<u64>,
    begun: HashSet<u64>,
    done: BTreeSet<u64>,
}

/// All expectations about a store.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    pairs: BTreeMap<u64, Pair>,
    places: BTreeMap<(u8, u8), Place>,
    large: BTreeMap<u8, Place>,
    counters: BTreeMap<u8, Counter>,
}

impl Expected {
    /// Records a line of a writing process.
    pub(crate) fn hear(&mut self, said: &Said) {
        let (deed, operation, is_done) = match said {
            Said::Starts(deed, operation) => (*deed, *operation, false),
            Said::Done(deed, operation) => (*deed, *operation, true),
            Said::Open(_) | Said::Failed(_) | Said::End => return,
        };
        match deed {
            Deed::Pair => {
                self.pairs.insert(operation, if is_done { Pair::There } else { Pair::Begun });
            }
            Deed::Gone => {
                self.pairs.insert(operation, if is_done { Pair::Gone } else { Pair::Going });
            }
            Deed::Over(writer, place) => {
                self.places.entry((writer, place)).or_default().says(is_done, operation);
            }
            Deed::Large(writer) => self.large.entry(writer).or_default().says(is_done, operation),
            Deed::Count(counter) => {
                let counter = self.counters.entry(counter).or_default();
                if is_done {
                    counter.done.insert(operation);
                } else {
                    counter.begun.insert(operation);
                }
            }
        }
    }

    /// Defects in the findings of a checking process. From now on, everything found must stay.
    pub(crate) fn check(&mut self, found: &[Found]) -> Vec<Finding> {
        let mut wrong = Vec::new();
        for found in found {
            match found {
                Found::Failed(why) => wrong.push(finding(Kind::Unreadable, why)),
                Found::Foreign(what) => wrong.push(finding(Kind::Foreign, what)),
                _ => {}
            }
        }
        if found.last() != Some(&Found::End) {
            if wrong.is_empty() {
                wrong.push(finding(Kind::Unreadable, "the checking process does not end"));
            }
            return wrong;
        }
        self.check_pairs(found, &mut wrong);
        self.check_places(found, &mut wrong);
        self.check_large(found, &mut wrong);
        self.check_counters(found, &mut wrong);
        wrong
    }

    fn check_pairs(&mut self, found: &[Found], wrong: &mut Vec<Finding>) {
        let mut there: BTreeMap<u64, [State; 3]> = BTreeMap::new();
        for found in found {
            if let Found::Pair(operation, states) = found {
                there.insert(*operation, *states);
            }
        }
        for (operation, expected) in &self.pairs {
            let states = there.get(operation).copied().unwrap_or([State::Absent; 3]);
            let must_be = *expected == Pair::There;
            match states {
                [State::Absent, State::Absent, _] if must_be => {
                    wrong.push(finding(Kind::Lost, format!("the acknowledged pair {operation:x}")));
                }
                [State::Absent, State::Absent, _] => {}
                [State::Whole, State::Whole, _] if *expected == Pair::Gone => {
                    wrong
                        .push(finding(Kind::Lost, format!("the acknowledged end of the pair {operation:x}")));
                }
                [State::Whole, State::Whole, State::Whole] => {}
                [State::Whole, State::Whole, chunk] => {
                    let kind = if must_be { Kind::Lost } else { Kind::Dangling };
                    wrong.push(finding(kind, format!("the chunk of the pair {operation:x} is {chunk:?}")));
                }
                [left, right, _] => {
                    wrong.push(finding(Kind::Half, format!("the pair {operation:x}: {left:?}, {right:?}")));
                }
            }
        }
        for operation in there.keys().filter(|operation| !self.pairs.contains_key(operation)) {
            wrong.push(finding(Kind::Foreign, format!("the pair {operation:x} was never started")));
        }
        self.pairs = there.keys().map(|operation| (*operation, Pair::There)).collect();
    }

    fn check_places(&mut self, found: &[Found], wrong: &mut Vec<Finding>) {
        let mut there: BTreeMap<(u8, u8), [Option<u64>; 2]> = BTreeMap::new();
        for found in found {
            if let Found::Over(writer, place, sides) = found {
                there.insert((*writer, *place), *sides);
                self.places.entry((*writer, *place)).or_default();
            }
        }
        for (at, place) in &mut self.places {
            let [left, right] = there.get(at).copied().unwrap_or([None; 2]);
            if left != right {
                wrong.push(finding(Kind::Half, format!("the place {at:?}: {left:x?}, {right:x?}")));
            } else if !place.allows(left) {
                let words = format!("the place {at:?} holds {left:x?} instead of {:x?}", place.done);
                wrong.push(finding(Kind::Lost, words));
            }
            place.settle(left);
        }
    }

    fn check_large(&mut self, found: &[Found], wrong: &mut Vec<Finding>) {
        let mut there: BTreeMap<u8, Vec<(u64, u16)>> = BTreeMap::new();
        for found in found {
            if let Found::Large(writer, operation, count) = found {
                there.entry(*writer).or_default().push((*operation, *count));
                self.large.entry(*writer).or_default();
            }
        }
        for (writer, place) in &mut self.large {
            let by = there.remove(writer).unwrap_or_default();
            let operation = match by.as_slice() {
                [] => None,
                [(operation, LARGE)] => Some(*operation),
                parts => {
                    wrong.push(finding(Kind::Half, format!("the large commit of {writer}: {parts:x?}")));
                    continue;
                }
            };
            if !place.allows(operation) {
                let words = format!("the large commit of {writer} is {operation:x?}, not {:x?}", place.done);
                wrong.push(finding(Kind::Lost, words));
            }
            place.settle(operation);
        }
    }

    fn check_counters(&mut self, found: &[Found], wrong: &mut Vec<Finding>) {
        let (mut counts, mut lists) = (BTreeMap::new(), BTreeMap::<u8, BTreeMap<u64, u64>>::new());
        for found in found {
            match found {
                Found::Counter(counter, count, last) => {
                    counts.insert(*counter, (*count, *last));
                    self.counters.entry(*counter).or_default();
                }
                Found::Counted(counter, at, operation) => {
                    lists.entry(*counter).or_default().insert(*at, *operation);
                    self.counters.entry(*counter).or_default();
                }
                _ => {}
            }
        }
        for (number, counter) in &mut self.counters {
            let (count, last) = counts.get(number).copied().unwrap_or((0, 0));
            let list: Vec<u64> =
                lists.get(number).map(|list| list.values().copied().collect()).unwrap_or_default();
            let highest = lists.get(number).and_then(|list| list.keys().next_back()).copied().unwrap_or(0);
            if (list.len() as u64, highest, list.last().copied().unwrap_or(0)) != (count, count, last) {
                let words =
                    format!("the counter {number} is {count}, its list has {} to {highest}", list.len());
                wrong.push(finding(Kind::Half, words));
            }
            let mut seen = HashSet::new();
            for operation in &list {
                if !seen.insert(*operation) {
                    let words = format!("the counter {number} counted {operation:x} twice");
                    wrong.push(finding(Kind::Doubled, words));
                }
                if !counter.begun.contains(operation) {
                    let words =
                        format!("the counter {number} counted {operation:x}, which was never started");
                    wrong.push(finding(Kind::Doubled, words));
                }
            }
            if !list.starts_with(&counter.settled) {
                let words = format!("the counter {number} went back: it was {}", counter.settled.len());
                wrong.push(finding(Kind::Lost, words));
            }
            for operation in counter.done.iter().filter(|operation| !seen.contains(operation)) {
                let words = format!("the counter {number} does not have the acknowledged {operation:x}");
                wrong.push(finding(Kind::Lost, words));
            }
            counter.settled = list;
            counter.done.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expected(said: &[Said]) -> Expected {
        let mut expected = Expected::default();
        for said in said {
            expected.hear(said);
        }
        expected
    }

    fn kinds(expected: &mut Expected, found: &[Found]) -> Vec<Kind> {
        let all: Vec<Found> = found.iter().cloned().chain([Found::End]).collect();
        expected.check(&all).into_iter().map(|finding| finding.kind).collect()
    }

    const WHOLE: [State; 3] = [State::Whole; 3];

    #[test]
    fn acknowledged_pairs_must_be_there_whole_and_others_may() {
        let said = [
            Said::Starts(Deed::Pair, 1),
            Said::Done(Deed::Pair, 1),
            Said::Starts(Deed::Pair, 2),
            Said::Starts(Deed::Gone, 3),
            Said::Done(Deed::Gone, 3),
        ];
        for (found, wrong) in [
            (vec![Found::Pair(1, WHOLE)], vec![]),
            (vec![Found::Pair(1, WHOLE), Found::Pair(2, WHOLE)], vec![]),
            (vec![Found::Pair(2, WHOLE)], vec![Kind::Lost]),
            (vec![Found::Pair(1, [State::Whole, State::Absent, State::Whole])], vec![Kind::Half]),
            (vec![Found::Pair(1, [State::Whole, State::Wrong, State::Whole])], vec![Kind::Half]),
            (vec![Found::Pair(1, [State::Whole, State::Whole, State::Absent])], vec![Kind::Lost]),
            (
                vec![Found::Pair(1, WHOLE), Found::Pair(2, [State::Whole, State::Whole, State::Wrong])],
                vec![Kind::Dangling],
            ),
            (vec![Found::Pair(1, WHOLE), Found::Pair(3, WHOLE)], vec![Kind::Lost]),
            (vec![Found::Pair(1, WHOLE), Found::Pair(4, WHOLE)], vec![Kind::Foreign]),
        ] {
            assert_eq!(kinds(&mut expected(&said), &found), wrong, "{found:?}");
        }
    }

    #[test]
    fn what_was_found_once_must_stay() {
        let mut expected = expected(&[Said::Starts(Deed::Pair, 1), Said::Starts(Deed::Over(0, 0), 2)]);
        assert_eq!(kinds(&mut expected, &[Found::Pair(1, WHOLE), Found::Over(0, 0, [Some(2); 2])]), []);
        assert_eq!(kinds(&mut expected, &[]), [Kind::Lost, Kind::Lost]);
    }

    #[test]
    fn a_place_is_of_the_last_acknowledged_operation_or_a_later_one() {
        let over = Deed::Over(1, 2);
        let said = [
            Said::Starts(over, 1),
            Said::Done(over, 1),
            Said::Starts(over, 2),
            Said::Done(over, 2),
            Said::Starts(over, 3),
        ];
        for (sides, wrong) in [
            ([Some(2), Some(2)], vec![]),
            ([Some(3), Some(3)], vec![]),
            ([Some(1), Some(1)], vec![Kind::Lost]),
            ([Some(4), Some(4)], vec![Kind::Lost]),
            ([None, None], vec![Kind::Lost]),
            ([Some(2), Some(3)], vec![Kind::Half]),
            ([Some(2), None], vec![Kind::Half]),
        ] {
            assert_eq!(kinds(&mut expected(&said), &[Found::Over(1, 2, sides)]), wrong, "{sides:?}");
        }
        assert_eq!(kinds(&mut expected(&said), &[]), [Kind::Lost]);
    }

    #[test]
    fn large_commits_are_there_whole() {
        let large = Deed::Large(0);
        let said = [Said::Starts(large, 1), Said::Done(large, 1), Said::Starts(large, 2)];
        for (found, wrong) in [
            (vec![Found::Large(0, 1, LARGE)], vec![]),
            (vec![Found::Large(0, 2, LARGE)], vec![]),
            (vec![Found::Large(0, 1, LARGE - 1)], vec![Kind::Half]),
            (vec![Found::Large(0, 1, LARGE - 1), Found::Large(0, 2, 1)], vec![Kind::Half]),
            (vec![], vec![Kind::Lost]),
        ] {
            assert_eq!(kinds(&mut expected(&said), &found), wrong, "{found:?}");
        }
    }

    #[test]
    fn a_counter_has_each_acknowledged_count_once_and_none_that_nobody_began() {
        let count = Deed::Count(0);
        let said = [Said::Starts(count, 7), Said::Done(count, 7), Said::Starts(count, 8)];
        let list = |operations: &[u64]| -> Vec<Found> {
            let counted = (1..).zip(operations).map(|(at, operation)| Found::Counted(0, at, *operation));
            let last = operations.last().copied().unwrap_or(0);
            counted.chain([Found::Counter(0, operations.len() as u64, last)]).collect()
        };
        for (operations, wrong) in [
            (&[7][..], vec![]),
            (&[7, 8], vec![]),
            (&[8, 7], vec![]),
            (&[8], vec![Kind::Lost]),
            (&[], vec![Kind::Lost]),
            (&[7, 8, 7], vec![Kind::Doubled]),
            (&[7, 9], vec![Kind::Doubled]),
        ] {
            assert_eq!(kinds(&mut expected(&said), &list(operations)), wrong, "{operations:?}");
        }
        let without_list = [Found::Counter(0, 1, 7)];
        assert!(kinds(&mut expected(&said), &without_list).contains(&Kind::Half));
        let mut later = expected(&said);
        assert_eq!(kinds(&mut later, &list(&[7, 8])), []);
        assert!(kinds(&mut later, &list(&[7])).contains(&Kind::Lost), "it went back");
    }

    #[test]
    fn whoever_comes_to_no_end_found_nothing() {
        let mut none = Expected::default();
        let unreadable = |found: &[Found], none: &mut Expected| none.check(found)[0].kind == Kind::Unreadable;
        assert!(unreadable(&[], &mut none));
        assert!(unreadable(&[Found::Open(false)], &mut none));
        assert!(unreadable(&[Found::Failed("damaged".to_owned())], &mut none));
    }
}
