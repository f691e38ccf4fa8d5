//! Rows of a person outside every scope of a grant. Reported to the person only: an app learns nothing about
//! them.

use crate::run::vault_rows;
use crate::{Outside, Result};
use mesinfos_model::{Category, Day, FieldSet, Period, Scope};
use mesinfos_vault::PersonVault;
use std::collections::BTreeMap;

/// The categories in `of` that the vault has rows of, none of them in the scope. Empty if they cannot be
/// read, because this follows an act and must not make it fail.
pub(crate) fn outside(
    vault: &PersonVault,
    scope: &Scope,
    of: impl IntoIterator<Item = Category>,
) -> Vec<Outside> {
    let is_outside = |category: &Category| {
        scope.get(category).is_none_or(|given| vault_rows::is_outside(vault, given).unwrap_or(false))
    };
    let without: Vec<Category> = of.into_iter().filter(is_outside).collect();
    if without.is_empty() { Vec::new() } else { with_rows(vault, scope, &without).unwrap_or_default() }
}

/// The categories in `of` of which the scope gives rows without some of the fields that the app asks for.
pub(crate) fn withheld<'v>(
    vault: &'v PersonVault,
    scope: &'v Scope,
    asked: &'v BTreeMap<Category, FieldSet>,
    of: impl IntoIterator<Item = Category>,
) -> impl Iterator<Item = Outside> {
    of.into_iter().filter_map(move |category| {
        let given = scope.get(&category)?;
        if vault_rows::is_outside(vault, given).unwrap_or(true) {
            return None;
        }
        let fields = asked.get(&category)?.without(given.fields).names(category);
        let some = !fields.is_empty();
        some.then(|| Outside { category, scope: Some(given.clone()), days: None, withheld: fields })
    })
}

/// The categories in `of` that the vault has rows of.
fn with_rows(vault: &PersonVault, scope: &Scope, of: &[Category]) -> Result<Vec<Outside>> {
    let there = vault.summary()?.into_iter().filter(|one| one.rows > 0 && of.contains(&one.category));
    let outside = there.map(|one| Outside {
        category: one.category,
        scope: scope.get(&one.category).cloned(),
        days: one
            .first
            .zip(one.last)
            .map(|(first, last)| Period { from: Some(first), until: Some(Day(last.0.saturating_add(1))) }),
        withheld: Vec::new(),
    });
    Ok(outside.collect())
}
