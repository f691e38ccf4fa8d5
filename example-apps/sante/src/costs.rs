//! Costs of care, and who paid them. Amounts are minor units of one currency, `None` if the file does not
//! have them: unknown is not zero.

use mesinfos_sdk::health::Kind;
use mesinfos_sdk::{Date, Source};
use std::collections::{BTreeMap, BTreeSet};

/// A claim, or one of its lines.
#[derive(Clone, Debug)]
pub(crate) struct Care {
    pub(crate) claim: Option<String>,
    pub(crate) is_line: bool,
    pub(crate) holder: String,
    pub(crate) on: Option<Date>,
    pub(crate) kind: Option<Kind>,
    pub(crate) label: Option<String>,
    pub(crate) provider: Option<String>,
    pub(crate) charged: Option<i64>,
    pub(crate) insurer: Option<i64>,
    /// What the insurer leaves to the person.
    pub(crate) person: Option<i64>,
    /// What a complementary insurance gave back of it.
    pub(crate) back: i64,
    /// The row that it was read from.
    pub(crate) source: Source,
}

/// Order of care, by all that a file says but the number of the claim, which differs from one run to the next. Of one day,
/// the care with the largest share of the person is last: a refund is first of that.
pub(crate) fn in_order(one: &Care, other: &Care) -> std::cmp::Ordering {
    let amounts = |care: &Care| (care.on, care.person, care.charged, care.insurer, care.kind, care.is_line);
    let texts = |care: &Care| (care.provider.clone(), care.label.clone(), care.holder.clone());
    amounts(one).cmp(&amounts(other)).then_with(|| texts(one).cmp(&texts(other)))
}

/// Money that a complementary insurance gave back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refund {
    pub(crate) on: Date,
    pub(crate) minor: i64,
}

/// Days after care in which its refund comes.
const REFUNDED_WITHIN: i32 = 60;

/// Takes refunds off what was left to the person. A refund is of the last care before it with a share that is not given
/// back yet; what exceeds that share is of the care before, within two months. What remains is of care that is not in
/// the data, and is left out.
pub(crate) fn give_back(care: &mut [Care], refunds: &[Refund]) {
    let mut refunds = refunds.to_vec();
    refunds.sort_by_key(|refund| refund.on);
    let mut order: Vec<usize> = (0..care.len()).filter(|i| care[*i].on.is_some()).collect();
    order.sort_by_key(|i| (care[*i].on, *i));
    for refund in refunds {
        let mut left = refund.minor;
        let until = order.partition_point(|i| care[*i].on <= Some(refund.on));
        for &i in order[..until].iter().rev() {
            let is_near = care[i].on.is_some_and(|on| refund.on - on <= REFUNDED_WITHIN);
            if left == 0 || !is_near {
                break;
            }
            let share = care[i].person.unwrap_or(0) - care[i].back;
            let taken = share.clamp(0, left);
            care[i].back += taken;
            left -= taken;
        }
    }
}

/// Care to count: claims, and lines of claims without a row of their own. Care reported alike by two
/// holders (day and all amounts) counts once. Also returns the number of such duplicates.
pub(crate) fn counted(all: &[Care]) -> (Vec<&Care>, usize) {
    let claims: BTreeSet<&String> =
        all.iter().filter(|c| !c.is_line).filter_map(|c| c.claim.as_ref()).collect();
    let counts =
        |care: &&Care| !care.is_line || care.claim.as_ref().is_none_or(|claim| !claims.contains(claim));
    let mut told: BTreeMap<(Option<Date>, [Option<i64>; 3]), &str> = BTreeMap::new();
    let mut twice = 0;
    let mut kept = Vec::new();
    for care in all.iter().filter(counts) {
        let amounts = [care.charged, care.insurer, care.person];
        let by = *told.entry((care.on, amounts)).or_insert(&care.holder);
        if by != care.holder && care.on.is_some() && care.charged.is_some() {
            twice += 1;
        } else {
            kept.push(care);
        }
    }
    (kept, twice)
}

/// Dispensed items, newest first: lines of pharmacy claims, and claims without lines.
pub(crate) fn dispensed(all: &[Care]) -> Vec<&Care> {
    let named = || all.iter().filter(|care| care.kind == Some(Kind::Pharmacy) && care.label.is_some());
    let with_lines: BTreeSet<&String> =
        named().filter(|c| c.is_line).filter_map(|c| c.claim.as_ref()).collect();
    let counts = |care: &&Care| care.is_line || care.claim.as_ref().is_none_or(|c| !with_lines.contains(c));
    let mut found: Vec<&Care> = named().filter(counts).collect();
    found.sort_by_key(|care| std::cmp::Reverse(care.on));
    found
}

/// Sums over care.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    pub(crate) count: i64,
    pub(crate) charged: Option<i64>,
    pub(crate) insurer: Option<i64>,
    /// What is left to the person, after what a complementary insurance gave back.
    pub(crate) person: Option<i64>,
    /// What a complementary insurance gave back.
    pub(crate) back: i64,
    /// Over care with all three amounts: the part charged and paid by neither. In the United States mostly
    /// a reduction agreed between insurer and provider.
    pub(crate) neither: Option<i64>,
}

impl Sums {
    fn add(&mut self, care: &Care) {
        let add = |sum: &mut Option<i64>, minor: Option<i64>| {
            if let Some(minor) = minor {
                *sum = Some(sum.unwrap_or(0).saturating_add(minor));
            }
        };
        self.count += 1;
        add(&mut self.charged, care.charged);
        add(&mut self.insurer, care.insurer);
        add(&mut self.person, care.person.map(|person| person - care.back));
        self.back = self.back.saturating_add(care.back);
        let all = care.charged.zip(care.insurer).zip(care.person);
        add(&mut self.neither, all.map(|((charged, insurer), person)| charged - insurer - person));
    }
}

pub(crate) fn sums<'a>(care: impl IntoIterator<Item = &'a Care>) -> Sums {
    care.into_iter().fold(Sums::default(), |mut sums, care| {
        sums.add(care);
        sums
    })
}

/// Sums by a key from `of`; care without a key is left out.
pub(crate) fn by<K: Ord>(care: &[Care], of: impl Fn(&Care) -> Option<K>) -> BTreeMap<K, Sums> {
    let mut found: BTreeMap<K, Sums> = BTreeMap::new();
    for one in care {
        if let Some(key) = of(one) {
            found.entry(key).or_default().add(one);
        }
    }
    found
}
