//! Sample lives: people who do not exist, whose data a visitor tries the platform with.

use mesinfos_model::view::Lang;
use mesinfos_model::{Day, Digest};
use mesinfos_platform::registry::{Owner, Proof, Version};
use mesinfos_platform::{Caller, Matrix, MonthSummary, Platform, PlatformError, Playground, Samples};
use std::sync::Arc;

/// A sample life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    /// Its id, a word.
    pub id: &'static str,
    /// One line about the person, in French and in English.
    pub about: [&'static str; 2],
}

impl Life {
    /// The line about the person.
    pub fn about(&self, lang: Lang) -> &'static str {
        let [fr, en] = self.about;
        lang.of(fr, en)
    }
}

/// Something that can be told of a life and compared between lives, of one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LifeAmount {
    /// Euros that left the accounts in a month, on average.
    Spent,
    /// Kilowatt-hours of electricity.
    Electricity,
    /// Kilowatt-hours of gas.
    Gas,
    /// Kilometres of trips.
    Distance,
    /// Minutes of calls.
    Calls,
    /// Euros charged for care.
    Care,
}

impl LifeAmount {
    /// All of them.
    pub const ALL: [LifeAmount; 6] = [
        LifeAmount::Spent,
        LifeAmount::Electricity,
        LifeAmount::Gas,
        LifeAmount::Distance,
        LifeAmount::Calls,
        LifeAmount::Care,
    ];

    /// Its word in texts of facts.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            LifeAmount::Spent => "spent",
            LifeAmount::Electricity => "electricity",
            LifeAmount::Gas => "gas",
            LifeAmount::Distance => "distance",
            LifeAmount::Calls => "calls",
            LifeAmount::Care => "care",
        }
    }
}

/// What the files of a life come to in a vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifeFacts {
    /// Number of holders.
    pub holders: u64,
    /// Number of rows.
    pub rows: u64,
    /// Number of months with rows, of the category that is known best.
    pub months: u64,
    /// A year of it, that of [`LifeFacts::known`].
    pub year: i32,
    /// Months of that year that have rows, by category.
    pub known: Vec<MonthSummary>,
    /// What there is of that year, of the amounts that the life has.
    pub amounts: Vec<(LifeAmount, u64)>,
}

impl LifeFacts {
    fn amount(&self, of: LifeAmount) -> Option<u64> {
        self.amounts.iter().find(|(one, _)| *one == of).map(|(_, amount)| *amount)
    }

    /// The amounts that distinguish this life from others: those that exceed the mean of the others the most, at most
    /// `most` of them.
    #[must_use]
    pub fn distinct(&self, others: &[&LifeFacts], most: usize) -> Vec<(LifeAmount, u64)> {
        let exceeds = |(of, amount): (LifeAmount, u64)| {
            let sum: u64 = others.iter().filter_map(|other| other.amount(of)).sum();
            // In thousandths of the mean of the others.
            let count = u64::try_from(others.len()).unwrap_or(1);
            amount.saturating_mul(1_000).saturating_mul(count) / sum.max(1)
        };
        let mut all = self.amounts.clone();
        all.sort_by_key(|one| std::cmp::Reverse(exceeds(*one)));
        all.truncate(most);
        all
    }
}

/// Files of a life: name and content, made one by one.
pub type LifeFiles = Box<dyn Iterator<Item = (String, Vec<u8>)>>;

/// The sample lives that the pages offer.
pub trait Lives: Send + Sync {
    /// All of them, in the order of the page.
    fn all(&self) -> &[Life];

    /// The day after the last of their data, which apps see as today. `None` without lives.
    fn day(&self) -> Option<Day>;

    /// The files of a life. `None` for an unknown id.
    fn files(&self, id: &str) -> Option<LifeFiles>;

    /// What they come to. `None` for an unknown id.
    fn facts(&self, id: &str) -> Option<&LifeFacts>;

    /// The people on whom versions of apps are tried before they are published. `None` if there are none.
    ///
    /// # Errors
    /// If they cannot be brought to life.
    fn samples(&self) -> Result<Option<Arc<Samples>>, PlatformError> {
        Ok(None)
    }

    /// A sample population with its groups: those over whom it is told who profits from an app. `None` if there is none.
    ///
    /// # Errors
    /// If they cannot be brought to life.
    fn population(&self) -> Result<Option<Arc<Samples>>, PlatformError> {
        Ok(None)
    }

    /// The playground of developers. `None` if there is none here.
    fn playground(&self) -> Option<Arc<Playground>> {
        None
    }
}

/// Tries a draft on the sample people, and sends it to be reviewed if it never fails.
///
/// # Errors
/// [`PlatformError::FailsFor`]; as [`Platform::submit_draft`].
pub(crate) fn submit(
    platform: &Platform,
    lives: &dyn Lives,
    caller: &Caller,
    (who, proof): (&Owner, &Proof),
    component: Digest,
) -> Result<Version, PlatformError> {
    // Refuse before anything is tried.
    let program = platform.submittable(caller, (who, proof), component)?;
    let tried = match lives.samples()? {
        Some(samples) => samples.matrix(who, &program)?,
        None => Matrix::default(),
    };
    platform.submit_draft(caller, (who, proof), component, &tried)
}

/// No sample life.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoLives;

impl Lives for NoLives {
    fn all(&self) -> &[Life] {
        &[]
    }

    fn day(&self) -> Option<Day> {
        None
    }

    fn files(&self, _: &str) -> Option<LifeFiles> {
        None
    }

    fn facts(&self, _: &str) -> Option<&LifeFacts> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(amounts: &[(LifeAmount, u64)]) -> LifeFacts {
        LifeFacts { holders: 1, rows: 1, months: 1, year: 2025, known: Vec::new(), amounts: amounts.to_vec() }
    }

    #[test]
    fn a_life_is_told_by_what_it_has_more_of() {
        let [family, pensioner] = [
            facts(&[(LifeAmount::Spent, 2_700), (LifeAmount::Gas, 12_000), (LifeAmount::Distance, 11_000)]),
            facts(&[(LifeAmount::Spent, 1_100), (LifeAmount::Care, 900), (LifeAmount::Distance, 400)]),
        ];
        let told = family.distinct(&[&pensioner], 2);
        assert_eq!(told, [(LifeAmount::Gas, 12_000), (LifeAmount::Distance, 11_000)]);
        assert_eq!(pensioner.distinct(&[&family], 1), [(LifeAmount::Care, 900)]);
        assert_eq!(pensioner.distinct(&[], 9).len(), 3, "a life alone tells all");
    }
}
