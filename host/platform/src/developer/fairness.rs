//! Who profits from an app: its results over a sample population, by age, income and equipment, before it is published.
//!
//! The people do not exist. What stands out here need not be unfair: an app about gas is of no use to those without gas. It
//! is what an author and a reviewer look at before people do.

use super::matrix::{LONGEST, Samples};
use crate::{Result, all_but};
use mesinfos_model::Digest;
use mesinfos_model::view::{Block, Money, View};
use mesinfos_registry::Owner;
use mesinfos_runtime::Inspection;
use std::collections::BTreeMap;
use std::time::Instant;

/// People below which a group says nothing.
const FEWEST: u64 = 4;

/// What a group of people gets of an app.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Profit {
    /// Number of people.
    pub people: u64,
    /// Those who get a result.
    pub shown: u64,
    /// Those whose result names a saving, in advice or in a comparison of offers.
    pub advised: u64,
    /// Savings of a year, all people together, in euro cents.
    pub saved: i64,
}

impl Profit {
    fn add(&mut self, view: Option<&View>) {
        self.people += 1;
        let Some(view) = view else { return };
        self.shown += 1;
        let saved = saving(view);
        if saved > 0 {
            self.advised += 1;
            self.saved += saved;
        }
    }

    /// Savings of a year for each of the people, in euro cents; 0 without people.
    #[must_use]
    pub fn each(&self) -> i64 {
        let people = i64::try_from(self.people).unwrap_or(i64::MAX).max(1);
        // To the nearest cent; savings are not negative.
        (self.saved + people / 2) / people
    }

    /// Whether fewer than four fifths of the share of another group get a result, or a saving: the rule of thumb of the
    /// Uniform Guidelines on Employee Selection Procedures (29 CFR 1607.4 D).
    fn is_behind(&self, other: &Profit) -> bool {
        if self.people < FEWEST || other.people < FEWEST {
            return false;
        }
        let is_less = |own: u64, others: u64| 5 * own * other.people < 4 * others * self.people;
        is_less(self.shown, other.shown) || is_less(self.advised, other.advised)
    }
}

/// What people get of an app, by group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fairness {
    /// All of them.
    pub all: Profit,
    /// Groups by trait, each with its people.
    pub groups: BTreeMap<(&'static str, &'static str), Profit>,
    /// Whether the app was run for all people in time.
    pub is_whole: bool,
}

impl Fairness {
    fn add(&mut self, groups: &[(&'static str, &'static str)], view: Option<&View>) {
        self.all.add(view);
        for group in groups {
            self.groups.entry(*group).or_default().add(view);
        }
    }

    /// Whether a group gets clearly less than another one of the same trait.
    #[must_use]
    pub fn is_behind(&self, group: (&'static str, &'static str)) -> bool {
        let Some(own) = self.groups.get(&group) else { return false };
        let others = self.groups.iter().filter(|((of, _), _)| *of == group.0);
        others.into_iter().any(|(_, other)| own.is_behind(other))
    }
}

/// Savings of a year that a view names, in euro cents: those of advice, and what the cheapest offer of a comparison costs
/// less than the person's own. Negative ones, and other currencies, are not counted.
fn saving(view: &View) -> i64 {
    let blocks = view.pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks);
    let of = |block: &Block| match block {
        Block::Advice(all) => all
            .iter()
            .filter_map(|one| cents(one.saving.money_per_year.as_ref()?))
            .filter(|one| *one > 0)
            .sum(),
        Block::Comparison(all) => {
            let cost = |is_current: bool| {
                let offers = all.offers.iter().filter(move |offer| offer.is_current == is_current);
                offers.filter_map(|offer| cents(offer.yearly_cost.as_ref()?)).min()
            };
            cost(true).zip(cost(false)).map_or(0, |(own, cheapest)| own.saturating_sub(cheapest).max(0))
        }
        _ => 0,
    };
    blocks.map(of).fold(0, i64::saturating_add)
}

/// An amount in euro cents, to the nearest.
fn cents(money: &Money) -> Option<i64> {
    let scale = u32::from(money.amount.scale);
    let hundredfold = i128::from(money.amount.mantissa) * 100;
    let unit = 10_i128.checked_pow(scale)?;
    let rounded = (2 * hundredfold + unit).div_euclid(2 * unit);
    (money.currency == "EUR").then(|| i64::try_from(rounded).ok()).flatten()
}

impl Samples {
    /// Runs a component on every sample person with everything given, and tells what groups get. `who` asks for it.
    ///
    /// # Errors
    /// As [`Samples::matrix`].
    pub fn fairness(&self, who: &Owner, bytes: &[u8]) -> Result<Fairness> {
        self.as_draft(self.turns(), who, bytes, |app, component, inspection| {
            self.told(app, component, inspection)
        })
    }

    fn told(&self, app: &str, component: Digest, inspection: &Inspection) -> Result<Fairness> {
        let everything = [all_but(inspection, &[])];
        let since = Instant::now();
        let mut fairness = Fairness { is_whole: true, ..Fairness::default() };
        for (person, groups) in self.people() {
            if since.elapsed() > LONGEST {
                fairness.is_whole = false;
                break;
            }
            let runs = self.platform().try_app(&self.caller(person)?, app, component, &everything, &[])?;
            fairness.add(groups, runs.first().and_then(|run| run.view.as_ref()));
        }
        Ok(fairness)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::view::{
        Advice, Comparison, Confidence, Decimal, Effort, Icon, Lang, Layout, Offer, Page, Saving, Section,
    };

    fn euros(mantissa: i64, scale: u8) -> Money {
        Money { amount: Decimal { mantissa, scale }, currency: "EUR".to_owned() }
    }

    fn advice(money: Option<Money>) -> Block {
        Block::Advice(vec![Advice {
            title: "x".to_owned(),
            body: Vec::new(),
            saving: Saving { money_per_year: money, kg_co2e_per_year: None, confidence: Confidence::Low },
            effort: Effort::Minutes,
            how_computed: Vec::new(),
            icon: Icon::Idea,
        }])
    }

    fn view(blocks: Vec<Block>) -> View {
        let section = Section { title: None, layout: Layout::Stack, blocks };
        View {
            lang: Lang::Fr,
            title: String::new(),
            headline: String::new(),
            headline_figure: None,
            period: None,
            pages: vec![Page { title: String::new(), icon: Icon::Idea, sections: vec![section] }],
            limits: Vec::new(),
        }
    }

    #[test]
    fn savings_are_those_of_advice_and_of_offers() {
        let offer = |is_current, cost| Offer {
            name: "o".to_owned(),
            provider: String::new(),
            is_current,
            values: Vec::new(),
            yearly_cost: cost,
            pros: Vec::new(),
            cons: Vec::new(),
        };
        let compared = |offers| {
            let (title, disclosure) = (String::new(), String::new());
            Block::Comparison(Comparison {
                title,
                criteria: Vec::new(),
                offers,
                recommended: None,
                disclosure,
            })
        };
        let pounds = Money { currency: "GBP".to_owned(), ..euros(9_900, 2) };
        assert_eq!(
            saving(&view(vec![advice(Some(euros(1_234, 1))), advice(None), advice(Some(pounds))])),
            12_340
        );
        assert_eq!(saving(&view(vec![advice(Some(euros(-5, 0)))])), 0);
        assert_eq!(saving(&view(vec![advice(Some(euros(12_345, 3)))])), 1_235, "to the nearest cent");
        let offers =
            vec![offer(true, Some(euros(300, 0))), offer(false, Some(euros(280, 0))), offer(false, None)];
        assert_eq!(saving(&view(vec![compared(offers)])), 2_000);
        let dearer = vec![offer(true, Some(euros(300, 0))), offer(false, Some(euros(310, 0)))];
        assert_eq!(saving(&view(vec![compared(dearer)])), 0);
        assert_eq!(
            saving(&view(vec![compared(vec![offer(false, Some(euros(1, 0)))])])),
            0,
            "nothing to compare with"
        );
    }

    #[test]
    fn a_group_is_behind_below_four_fifths_of_another() {
        let group = |people, shown, advised| Profit { people, shown, advised, saved: 0 };
        assert!(!group(10, 8, 0).is_behind(&group(10, 10, 0)), "exactly four fifths");
        assert!(group(10, 7, 0).is_behind(&group(10, 10, 0)));
        assert!(group(10, 10, 3).is_behind(&group(20, 20, 10)), "fewer savings");
        assert!(!group(3, 0, 0).is_behind(&group(10, 10, 10)), "too few to tell");
        let mut fairness = Fairness::default();
        let (young, old) = (("age", "age-18-29"), ("age", "age-65"));
        let something = view(vec![advice(Some(euros(10, 0)))]);
        for _ in 0..4 {
            fairness.add(&[young, ("income", "income-1-low")], Some(&something));
            fairness.add(&[old, ("income", "income-1-low")], None);
        }
        assert!(fairness.is_behind(old) && !fairness.is_behind(young));
        assert!(!fairness.is_behind(("income", "income-1-low")), "of another trait");
        assert_eq!((fairness.all.people, fairness.all.advised, fairness.all.each()), (8, 4, 500));
    }
}
