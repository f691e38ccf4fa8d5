//! Any steps, applied to a store and to the model. Used by the tests of each backend.

use mesinfos_store::memory::MemoryStore;
use mesinfos_store::{Commit, MAX_VALUE, Partition, PersonId, Range, Store};
use proptest::prelude::*;

const HOUSE: Partition = Partition::House;

#[derive(Debug, Clone)]
pub(crate) enum Step {
    Commit(Commit),
    Scan(Partition, Vec<u8>, Option<Vec<u8>>, usize),
    Read(Vec<Range>),
    Reopen,
}

/// The house partition, and persons with adjacent ids.
pub(crate) fn partition() -> impl Strategy<Value = Partition> {
    let person = |last: u8| {
        let mut id = [7; 16];
        id[15] = last;
        Partition::Person(PersonId(id))
    };
    prop_oneof![Just(HOUSE), Just(person(0)), Just(person(1)), Just(Partition::Person(PersonId([255; 16])))]
}

/// Few short keys, so that steps collide.
pub(crate) fn key() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(prop_oneof![Just(0_u8), Just(1), Just(255)], 0..3)
}

fn value() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        8 => proptest::collection::vec(0_u8..3, 0..2),
        1 => Just(vec![9; MAX_VALUE]),
        1 => Just(vec![9; MAX_VALUE + 1]),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let few = 0..3_usize;
    let commit = (
        partition(),
        proptest::collection::vec((key(), value()), few.clone()),
        proptest::collection::vec(key(), few),
        proptest::collection::vec((key(), proptest::option::of(value())), 0..2),
    )
        .prop_map(|(partition, puts, deletes, preconditions)| Commit {
            partition,
            puts,
            deletes,
            preconditions,
            names: Vec::new(),
            is_ending: false,
        });
    prop_oneof![
        20 => commit.prop_map(Step::Commit),
        8 => (partition(), key(), proptest::option::of(key()), 0..5_usize)
            .prop_map(|(partition, prefix, after, limit)| Step::Scan(partition, prefix, after, limit)),
        4 => proptest::collection::vec(range(), 0..5).prop_map(Step::Read),
        1 => Just(Step::Reopen),
    ]
}

pub(crate) fn steps() -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec(step(), 1..40)
}

/// Fails unless an empty store answers like the model.
pub(crate) fn compare<S: Store>(steps: Vec<Step>, open: impl Fn() -> S) -> Result<(), TestCaseError> {
    let model = MemoryStore::new();
    let mut store = Some(open());
    for step in steps {
        let now = store.get_or_insert_with(&open);
        match step {
            Step::Commit(commit) => {
                prop_assert_eq!(format!("{:?}", now.commit(&commit)), format!("{:?}", model.commit(&commit)));
            }
            Step::Scan(partition, prefix, after, limit) => prop_assert_eq!(
                now.scan(partition, &prefix, after.as_deref(), limit).unwrap(),
                model.scan(partition, &prefix, after.as_deref(), limit).unwrap()
            ),
            Step::Read(ranges) => prop_assert_eq!(now.read(&ranges).unwrap(), model.read(&ranges).unwrap()),
            // The next step opens it again: some can be open only once.
            Step::Reopen => store = None,
        }
    }
    let store = store.unwrap_or_else(open);
    let (persons, expected) = (store.persons(None, 10).unwrap(), model.persons(None, 10).unwrap());
    prop_assert_eq!(&persons, &expected);
    for partition in persons.into_iter().map(Partition::Person).chain([HOUSE]) {
        let all = Range::prefix(partition, []);
        prop_assert_eq!(store.read(std::slice::from_ref(&all)).unwrap(), model.read(&[all]).unwrap());
    }
    Ok(())
}

fn bound() -> impl Strategy<Value = std::ops::Bound<Vec<u8>>> {
    use std::ops::Bound::{Excluded, Included, Unbounded};
    prop_oneof![key().prop_map(Included), key().prop_map(Excluded), Just(Unbounded)]
}

pub(crate) fn range() -> impl Strategy<Value = Range> {
    let limit = prop_oneof![0..4_usize, Just(usize::MAX)];
    (partition(), bound(), bound(), limit, any::<bool>()).prop_map(
        |(partition, from, until, limit, is_backwards)| Range { partition, from, until, limit, is_backwards },
    )
}
