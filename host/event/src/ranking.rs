//! From ballots to ranks.

use crate::ballot::{Ballot, Criterion};
use std::cmp::Ordering;

/// The rank of a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// From 1; teams with the same mean share one. `None` without a ballot.
    pub rank: Option<usize>,
    /// Number of the team.
    pub team: u16,
    /// Sum of all marks of all ballots.
    pub sum: u64,
    /// Number of ballots.
    pub ballots: u64,
    /// Sum of the marks of each criterion, in the order of [`Criterion::ALL`].
    pub sums: [u64; Criterion::ALL.len()],
}

impl Rank {
    /// The mean of all marks, in hundredths, rounded once.
    pub fn mean_hundredths(&self) -> Option<u64> {
        hundredths(self.sum, self.ballots * Criterion::ALL.len() as u64)
    }

    /// The mean of the marks of a criterion, in hundredths.
    pub fn mean_of(&self, criterion: usize) -> Option<u64> {
        hundredths(*self.sums.get(criterion)?, self.ballots)
    }

    /// The higher mean first. Compared without a division, so that what is equal is equal.
    fn compared(&self, other: &Rank) -> Ordering {
        (other.sum * self.ballots).cmp(&(self.sum * other.ballots))
    }
}

/// A quotient in hundredths, rounded half up.
fn hundredths(sum: u64, count: u64) -> Option<u64> {
    (count > 0).then(|| (sum * 200 + count) / (2 * count))
}

/// The teams in their order: the highest mean first, those that share a rank by their number, those without a ballot
/// last.
pub fn ranking(teams: &[u16], ballots: &[Ballot]) -> Vec<Rank> {
    let rank = |team: u16| {
        let mut rank = Rank { rank: None, team, sum: 0, ballots: 0, sums: [0; Criterion::ALL.len()] };
        for ballot in ballots.iter().filter(|ballot| ballot.team == team) {
            rank.ballots += 1;
            for (sum, mark) in rank.sums.iter_mut().zip(ballot.marks) {
                *sum += u64::from(mark);
                rank.sum += u64::from(mark);
            }
        }
        rank
    };
    let mut ranks: Vec<Rank> = teams.iter().map(|team| rank(*team)).collect();
    ranks.sort_by(|a, b| {
        let (none, other) = (a.ballots == 0, b.ballots == 0);
        let by_mean = if none || other { none.cmp(&other) } else { a.compared(b) };
        by_mean.then(a.team.cmp(&b.team))
    });
    for at in 0..ranks.len() {
        let this = ranks[at];
        let shared = at
            .checked_sub(1)
            .map(|before| ranks[before])
            .filter(|before| before.ballots > 0 && before.compared(&this) == Ordering::Equal);
        ranks[at].rank = match shared {
            _ if this.ballots == 0 => None,
            Some(before) => before.rank,
            None => Some(at + 1),
        };
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ballot(juror: u16, team: u16, marks: [u8; 3]) -> Ballot {
        Ballot { juror, team, marks, comment: String::new(), at: 0 }
    }

    #[test]
    fn equal_means_share_a_rank_and_the_next_one_is_left_out() {
        // 12 of 3 marks, and 24 of 6: the same mean.
        let ballots = [
            ballot(0, 0, [4, 4, 4]),
            ballot(0, 2, [5, 3, 4]),
            ballot(1, 2, [3, 5, 4]),
            ballot(0, 1, [5, 5, 5]),
            ballot(1, 3, [1, 1, 2]),
        ];
        let ranks = ranking(&[0, 1, 2, 3, 4], &ballots);
        let said: Vec<_> = ranks.iter().map(|rank| (rank.rank, rank.team, rank.ballots)).collect();
        assert_eq!(said, [(Some(1), 1, 1), (Some(2), 0, 1), (Some(2), 2, 2), (Some(4), 3, 1), (None, 4, 0)]);
        assert_eq!(ranks[3].mean_hundredths(), Some(133));
        assert_eq!(
            (ranks[2].mean_of(0), ranks[2].mean_of(9), ranks[4].mean_hundredths()),
            (Some(400), None, None)
        );
    }

    proptest! {
        #[test]
        fn the_order_is_that_of_the_means(given in prop::collection::vec((0_u16..6, [1_u8..=5, 1_u8..=5, 1_u8..=5]), 0..40)) {
            let ballots: Vec<Ballot> =
                given.iter().zip(0_u16..).map(|((team, marks), juror)| ballot(juror, *team, *marks)).collect();
            let ranks = ranking(&[0, 1, 2, 3, 4, 5], &ballots);
            prop_assert_eq!(ranks.len(), 6);
            prop_assert_eq!(ranks.iter().map(|rank| rank.ballots).sum::<u64>(), ballots.len() as u64);
            for (at, rank) in ranks.iter().enumerate() {
                // The rank is one more than the number of teams with a higher mean.
                let higher = ranks.iter().filter(|other| {
                    other.ballots > 0 && other.sum * rank.ballots > rank.sum * other.ballots
                }).count();
                prop_assert_eq!(rank.rank, (rank.ballots > 0).then_some(higher + 1));
                prop_assert!(at == 0 || ranks[at - 1].rank.unwrap_or(usize::MAX) <= rank.rank.unwrap_or(usize::MAX));
            }
        }
    }
}
