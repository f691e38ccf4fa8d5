//! A set of the rules of a person, by their numbers.

use crate::withheld_rule::MOST_WITHHELD;

const WORDS: usize = MOST_WITHHELD.div_ceil(64);

/// Rules, by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct RuleSet([u64; WORDS]);

impl RuleSet {
    /// One rule. A number beyond the limit counts as the last one.
    pub(crate) fn of(number: usize) -> RuleSet {
        let number = number.min(MOST_WITHHELD - 1);
        let mut set = RuleSet::default();
        set.0[number / 64] = 1 << (number % 64);
        set
    }

    pub(crate) fn is_empty(&self) -> bool {
        *self == RuleSet::default()
    }

    /// Adds rules. Whether one of them is new.
    pub(crate) fn add(&mut self, other: RuleSet) -> bool {
        let before = *self;
        self.0.iter_mut().zip(other.0).for_each(|(own, other)| *own |= other);
        *self != before
    }

    pub(crate) fn with(mut self, other: RuleSet) -> RuleSet {
        self.add(other);
        self
    }

    pub(crate) fn without(mut self, other: RuleSet) -> RuleSet {
        self.0.iter_mut().zip(other.0).for_each(|(own, other)| *own &= !other);
        self
    }

    pub(crate) fn and(mut self, other: RuleSet) -> RuleSet {
        self.0.iter_mut().zip(other.0).for_each(|(own, other)| *own &= other);
        self
    }

    /// The numbers, the least first.
    pub(crate) fn numbers(self) -> impl Iterator<Item = usize> {
        (0..MOST_WITHHELD).filter(move |number| self.0[number / 64] >> (number % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_is_there_once() {
        let mut set = RuleSet::of(0).with(RuleSet::of(64)).with(RuleSet::of(MOST_WITHHELD - 1));
        assert_eq!(set.numbers().collect::<Vec<_>>(), [0, 64, MOST_WITHHELD - 1]);
        assert!(!set.add(RuleSet::of(64)) && set.add(RuleSet::of(63)));
        assert_eq!(set.and(RuleSet::of(63).with(RuleSet::of(1))), RuleSet::of(63));
        assert_eq!(set.without(RuleSet::of(0)).numbers().collect::<Vec<_>>(), [63, 64, MOST_WITHHELD - 1]);
        assert_eq!(RuleSet::of(MOST_WITHHELD), RuleSet::of(MOST_WITHHELD - 1));
        assert!(RuleSet::default().is_empty());
    }
}
