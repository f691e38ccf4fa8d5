//! The categories of a grant, the decision for each, and narrowing.

use crate::error::Result;
use crate::faults::{Decided, MAX_EXCLUDED, MAX_HOLDER_NAME, MAX_HOLDERS, TermsError, Widening, Wider};
use mesinfos_model::{Category, CategoryScope, Holders, Necessity, Scope};
use serde::{Deserialize, Serialize};

/// The person's decision about a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", content = "scope", rename_all = "kebab-case")]
pub enum Decision {
    /// No decision yet; holds the requested scope.
    Open(CategoryScope),
    /// Given, with the scope given.
    Given(CategoryScope),
    /// Refused.
    Refused,
}

/// A category in a grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The category.
    pub category: Category,
    /// Whether the app can do without the category.
    pub necessity: Necessity,
    /// The person's decision.
    #[serde(flatten)]
    pub decision: Decision,
}

impl Item {
    /// A category in a question.
    pub fn open(necessity: Necessity, scope: CategoryScope) -> Item {
        Item { category: scope.category, necessity, decision: Decision::Open(scope) }
    }

    /// A category that the person gives.
    pub fn given(necessity: Necessity, scope: CategoryScope) -> Item {
        Item { category: scope.category, necessity, decision: Decision::Given(scope) }
    }

    /// A category that the person refuses.
    pub fn refused(necessity: Necessity, category: Category) -> Item {
        Item { category, necessity, decision: Decision::Refused }
    }

    /// The scope requested or given; `None` if refused.
    pub fn scope(&self) -> Option<&CategoryScope> {
        match &self.decision {
            Decision::Open(scope) | Decision::Given(scope) => Some(scope),
            Decision::Refused => None,
        }
    }
}

impl Decision {
    fn kind(&self) -> Decided {
        match self {
            Decision::Open(_) => Decided::Open,
            Decision::Given(_) => Decided::Given,
            Decision::Refused => Decided::Refused,
        }
    }
}

/// Checks that there is at least one item, that no category occurs twice, and that every scope is valid.
pub(crate) fn check_items(items: &[Item]) -> Result<()> {
    if items.is_empty() {
        return Err(TermsError::NoItems.into());
    }
    for (i, item) in items.iter().enumerate() {
        if items[..i].iter().any(|other| other.category == item.category) {
            return Err(TermsError::Twice(item.category).into());
        }
        if let Some(scope) = item.scope() {
            check_scope(item.category, scope)?;
        }
    }
    Ok(())
}

/// Checks that every item is undecided.
pub(crate) fn check_open(items: &[Item]) -> Result<()> {
    let kinds = items.iter().map(|item| (item.category, item.decision.kind()));
    match kinds.into_iter().find(|(_, kind)| *kind != Decided::Open) {
        Some((category, found)) => Err(TermsError::Answered { category, found }.into()),
        None => Ok(()),
    }
}

/// Checks that every item is decided, and at least one given.
pub(crate) fn check_given(items: &[Item]) -> Result<()> {
    if let Some(open) = items.iter().find(|item| item.decision.kind() == Decided::Open) {
        return Err(TermsError::Unanswered(open.category).into());
    }
    if items.iter().all(|item| item.decision == Decision::Refused) {
        return Err(TermsError::NothingGiven.into());
    }
    Ok(())
}

fn check_scope(category: Category, scope: &CategoryScope) -> Result<()> {
    if scope.category != category {
        return Err(TermsError::OtherCategory { category, scope: scope.category }.into());
    }
    // A grain that the category lacks could not be applied, and the promise would be broken without notice.
    if !category.schema().grains.contains(&scope.grain) {
        return Err(TermsError::Grain { category, grain: scope.grain }.into());
    }
    if let (Some(from), Some(until)) = (scope.period.from, scope.period.until)
        && until <= from
    {
        return Err(TermsError::EmptyPeriod(category).into());
    }
    if let Holders::Only(names) = &scope.holders {
        if names.len() > MAX_HOLDERS {
            return Err(TermsError::Holders { category, count: names.len() }.into());
        }
        let longest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
        if longest > MAX_HOLDER_NAME {
            return Err(TermsError::HolderName { category, length: longest }.into());
        }
    }
    if scope.excluded.len() > MAX_EXCLUDED {
        return Err(TermsError::Excluded { category, count: scope.excluded.len() }.into());
    }
    Ok(())
}

/// The items with this scope given, and every category outside it refused.
///
/// # Errors
/// [`Widening`] if the scope exceeds that of the items, and [`TermsError`].
pub(crate) fn narrowed(items: &[Item], scope: &Scope) -> Result<Vec<Item>> {
    for (&category, new) in scope {
        check_scope(category, new)?;
        let old = items.iter().find(|item| item.category == category).and_then(Item::scope);
        if !old.is_some_and(|old| old.covers(new)) {
            return Err(Widening { category, by: wider(old, new) }.into());
        }
    }
    let items: Vec<Item> = items
        .iter()
        .map(|item| match scope.get(&item.category) {
            Some(scope) => Item::given(item.necessity, scope.clone()),
            None => Item::refused(item.necessity, item.category),
        })
        .collect();
    check_given(&items)?;
    Ok(items)
}

/// The ways in which `after` lets an app see more than `before` did, by category.
pub fn widenings(before: &Scope, after: &Scope) -> Vec<Widening> {
    let wider = after.iter().map(|(&category, new)| (category, wider(before.get(&category), new)));
    wider.filter(|(_, by)| !by.is_empty()).map(|(category, by)| Widening { category, by }).collect()
}

fn wider(old: Option<&CategoryScope>, new: &CategoryScope) -> Vec<Wider> {
    let Some(old) = old else {
        return vec![Wider::Category];
    };
    let mut by = Vec::new();
    if !old.period.covers(&new.period) {
        by.push(Wider::Period);
    }
    if new.sees_undated() && !old.sees_undated() {
        by.push(Wider::Undated);
    }
    if !old.fields.covers(new.fields) {
        let names = new.fields.names(new.category).into_iter();
        let known = old.fields.names(old.category);
        by.push(Wider::Fields(names.filter(|name| !known.contains(name)).collect()));
    }
    if new.grain < old.grain {
        by.push(Wider::Grain);
    }
    if !old.holders.covers(&new.holders) {
        by.push(Wider::Holders);
    }
    if !old.excluded.is_subset(&new.excluded) {
        by.push(Wider::Rows);
    }
    by
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ConsentError;
    use crate::testing::{bank_2011, scope_of};
    use mesinfos_model::category::bank;
    use mesinfos_model::{FieldSet, Grain, Period};
    use std::collections::BTreeSet;

    fn only(names: &[&str]) -> Holders {
        Holders::Only(names.iter().map(|&name| name.to_owned()).collect())
    }

    fn old() -> CategoryScope {
        CategoryScope {
            fields: FieldSet::NONE.with(bank::BOOKED_ON).with(bank::AMOUNT),
            grain: Grain::Rounded,
            holders: only(&["A", "B"]),
            ..bank_2011()
        }
    }

    #[test]
    fn every_way_of_widening_is_refused_and_named() {
        let items = [Item::given(Necessity::Required, old())];
        let wide = |new: CategoryScope, by: Wider| {
            let refused = narrowed(&items, &scope_of([new.clone()]));
            let Err(ConsentError::Widening(widening)) = refused else { panic!("{refused:?}") };
            assert_eq!(widening, Widening { category: new.category, by: vec![by] });
            assert!(widening.to_string().contains(new.category.id()));
        };
        let period = |text: &str| Period::parse(text).unwrap();
        wide(CategoryScope { period: period("2010-12..2011-11"), ..old() }, Wider::Period);
        wide(CategoryScope { period: period("2011-02..2012-01-01"), ..old() }, Wider::Period);
        wide(CategoryScope { period: Period::ALL, ..old() }, Wider::Period);
        let fields = old().fields.with(bank::LABEL);
        wide(CategoryScope { fields, ..old() }, Wider::Fields(vec!["label"]));
        wide(CategoryScope { grain: Grain::Raw, ..old() }, Wider::Grain);
        wide(CategoryScope { holders: Holders::Any, ..old() }, Wider::Holders);
        wide(CategoryScope { holders: only(&["A", "C"]), ..old() }, Wider::Holders);
        wide(CategoryScope::all(Category::Energy), Wider::Category);
        let row = |id: &str| [id.parse().unwrap()].into();
        let items = [Item::given(Necessity::Required, CategoryScope { excluded: row("1.0.1"), ..old() })];
        let refused = narrowed(&items, &scope_of([CategoryScope { excluded: row("1.0.2"), ..old() }]));
        let Err(ConsentError::Widening(widening)) = refused else { panic!("{refused:?}") };
        assert_eq!(widening.by, [Wider::Rows]);
    }

    #[test]
    fn narrower_is_taken_and_what_is_left_out_is_refused() {
        let energy = CategoryScope::all(Category::Energy);
        let items = [Item::given(Necessity::Required, old()), Item::given(Necessity::Optional, energy)];
        let new = CategoryScope { holders: only(&["A"]), ..old() };
        let after = narrowed(&items, &scope_of([new.clone()])).unwrap();
        let expected =
            [Item::given(Necessity::Required, new), Item::refused(Necessity::Optional, Category::Energy)];
        assert_eq!(after, expected);
        // A refused category cannot come back.
        let back = narrowed(&after, &scope_of([CategoryScope::all(Category::Energy)]));
        assert!(matches!(back, Err(ConsentError::Widening(w)) if w.by == [Wider::Category]));
        let nothing = narrowed(&items, &Scope::new());
        assert!(matches!(nothing, Err(ConsentError::Terms(TermsError::NothingGiven))));
    }

    #[test]
    fn scopes_that_cannot_be_kept_are_refused() {
        let refused = |scope: CategoryScope| {
            let error = check_scope(Category::Bank, &scope).unwrap_err();
            let ConsentError::Terms(error) = error else { panic!("{error}") };
            error
        };
        let grain = refused(CategoryScope { grain: Grain::Monthly, ..bank_2011() });
        assert_eq!(
            grain.to_string(),
            "bank is not offered with the granularity \"monthly\"; choose from: raw, rounded"
        );
        let (from, until) = (bank_2011().period.until, bank_2011().period.from);
        let reversed = CategoryScope { period: Period { from, until }, ..bank_2011() };
        assert_eq!(refused(reversed), TermsError::EmptyPeriod(Category::Bank));
        let many: BTreeSet<String> = (0..33).map(|i| format!("bank {i}")).collect();
        let many = CategoryScope { holders: Holders::Only(many), ..bank_2011() };
        assert_eq!(refused(many), TermsError::Holders { category: Category::Bank, count: 33 });
        let long = CategoryScope { holders: only(&[&"é".repeat(121)]), ..bank_2011() };
        assert_eq!(refused(long), TermsError::HolderName { category: Category::Bank, length: 121 });
        let other = refused(CategoryScope::all(Category::Energy));
        assert!(matches!(other, TermsError::OtherCategory { .. }));
    }

    #[test]
    fn items_are_stored_with_their_decision_and_scope() {
        let item = Item::given(Necessity::Required, old());
        let text = serde_json::to_string(&item).unwrap();
        assert_eq!(
            text,
            "{\"category\":\"bank\",\"necessity\":\"required\",\"decision\":\"given\",\"scope\":\
             {\"category\":\"bank\",\"period\":{\"from\":\"2011-01-01\",\"until\":\"2012-01-01\"},\
             \"fields\":[\"booked-on\",\"amount\"],\"grain\":\"rounded\",\
             \"holders\":{\"only\":[\"A\",\"B\"]}}}"
        );
        assert_eq!(serde_json::from_str::<Item>(&text).unwrap(), item);
        let refused = Item::refused(Necessity::Optional, Category::Bank);
        let text = serde_json::to_string(&refused).unwrap();
        assert_eq!(serde_json::from_str::<Item>(&text).unwrap(), refused);
    }
}
