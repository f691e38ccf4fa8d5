//! Scopes as sentences.

use crate::date::period;
use crate::message::messages;
use crate::names;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, CategoryScope, Grain, Holders, Period};

messages! {
    /// Messages about scopes and the dictionary.
    pub(crate) enum Model<'a> in "model" {
        GrainRaw,
        GrainRounded,
        GrainRoundedShort,
        GrainHourly,
        GrainDaily,
        GrainMonthly,
        WholeMonths { period: &'a str },
        WhollyWithin { period: &'a str },
        WithUndated { days: &'a str },
        WithoutUndated { days: &'a str },
        OnlyOfHolders { holders: &'a str },
        WithoutRows { rows: &'a str },
        WithoutRowsAndMore { rows: &'a str, more: u64 },
        Fields { fields: &'a str },
        NoFields,
        Granularities { grains: &'a str },
        Undated,
        HeadField,
        HeadName,
        HeadValues,
        HeadGiven,
        HeadAbout,
        ValuesDate,
        ValuesInstant,
        ValuesText,
        ValuesPseudonym,
        ValuesShownIn { stored: &'a str, shown: &'a str },
        GivenWithCategory,
        GivenByName,
        GivenNever,
    }
}

/// Maximum number of excluded rows listed; the others are counted.
const NAMED: usize = 5;

/// A granularity: "exact", "par jour".
pub fn grain(grain: Grain, lang: Lang) -> String {
    match grain {
        Grain::Raw => Model::GrainRaw,
        Grain::Rounded => Model::GrainRounded,
        Grain::Hourly => Model::GrainHourly,
        Grain::Daily => Model::GrainDaily,
        Grain::Monthly => Model::GrainMonthly,
    }
    .to(lang)
}

/// The granularities of a category as typed, each with its name: "raw (exact), rounded (arrondi)".
pub fn typed_grains(category: Category, lang: Lang) -> String {
    typed(category.schema().grains, lang)
}

/// All granularities as typed, each with its name.
pub fn all_typed_grains(lang: Lang) -> String {
    typed(&GRAINS, lang)
}

/// All granularities.
pub(crate) const GRAINS: [Grain; 5] =
    [Grain::Raw, Grain::Rounded, Grain::Hourly, Grain::Daily, Grain::Monthly];

fn typed(grains: &[Grain], lang: Lang) -> String {
    let name = |one: Grain| match one {
        Grain::Rounded => Model::GrainRoundedShort.to(lang),
        Grain::Raw | Grain::Hourly | Grain::Daily | Grain::Monthly => grain(one, lang),
    };
    grains.iter().map(|&one| names::typed(one.id(), &name(one))).collect::<Vec<_>>().join(", ")
}

/// The days of a scope: "toutes les dates", "only what is entirely within the period (2011)".
pub fn days(scope: &CategoryScope, lang: Lang) -> String {
    if scope.period == Period::ALL {
        return period(&Period::ALL, lang);
    }
    let within = period(&scope.period, lang);
    let days = match scope.grain {
        Grain::Monthly => Model::WholeMonths { period: &within },
        Grain::Raw | Grain::Rounded | Grain::Hourly | Grain::Daily => Model::WhollyWithin { period: &within },
    }
    .to(lang);
    match (scope.category.schema().undated, scope.undated) {
        (false, _) => days,
        (true, true) => Model::WithUndated { days: &days }.to(lang),
        (true, false) => Model::WithoutUndated { days: &days }.to(lang),
    }
}

/// What an app may see of a category: days, granularity, holders, excluded rows, fields.
pub fn scope(scope: &CategoryScope, lang: Lang) -> String {
    let mut parts = vec![days(scope, lang), grain(scope.grain, lang)];
    if let Holders::Only(names) = &scope.holders {
        let holders = names.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        parts.push(Model::OnlyOfHolders { holders: &holders }.to(lang));
    }
    if !scope.excluded.is_empty() {
        let named: Vec<String> = scope.excluded.iter().take(NAMED).map(ToString::to_string).collect();
        let rows = &named.join(", ");
        parts.push(match scope.excluded.len().saturating_sub(NAMED) {
            0 => Model::WithoutRows { rows }.to(lang),
            more => Model::WithoutRowsAndMore { rows, more: more as u64 }.to(lang),
        });
    }
    let fields = names::fields(scope.category, &scope.fields.names(scope.category), lang);
    parts.push(if fields.is_empty() {
        Model::NoFields.to(lang)
    } else {
        Model::Fields { fields: &fields }.to(lang)
    });
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use Lang::{En, Fr};
    use mesinfos_model::category::bank;
    use mesinfos_model::{FieldSet, RowSet};

    #[test]
    fn a_scope_is_a_sentence_with_all_that_restricts_it() {
        let fields = FieldSet::NONE.with(bank::AMOUNT).with(bank::CURRENCY);
        let all = CategoryScope { fields, ..CategoryScope::all(Category::Bank) };
        assert_eq!(scope(&all, Fr), "toutes les dates · exact · champs\u{A0}: montant, devise");
        let excluded: RowSet = (1..=7).map(|n| format!("1.0.{n}").parse().unwrap()).collect();
        let holders = Holders::Only(["Boursorama".to_owned(), "LCL".to_owned()].into());
        let period = Period::parse("2026-01..2026-03").unwrap();
        let narrow = CategoryScope { period, grain: Grain::Rounded, holders, excluded, ..all };
        assert_eq!(
            scope(&narrow, En),
            "only what is entirely within the period (January to March 2026) · rounded (unit of money, kilometre) · \
             only from Boursorama, LCL · without 1.0.1, 1.0.2, 1.0.3, 1.0.4, 1.0.5 and 2 more rows · \
             fields: amount, currency"
        );
    }

    #[test]
    fn granularities_are_named_as_they_are_typed() {
        assert_eq!(typed_grains(Category::Bank, Fr), "raw (exact), rounded (arrondi)");
        assert_eq!(typed_grains(Category::Bank, En), "raw (exact), rounded");
    }

    #[test]
    fn rows_without_a_date_are_spoken_of_where_there_are_some() {
        let period = Period::parse("2011").unwrap();
        let of = |category, undated, grain| {
            days(&CategoryScope { period, undated, grain, ..CategoryScope::all(category) }, Fr)
        };
        assert!(of(Category::Social, true, Grain::Raw).ends_with("(2011), lignes sans date comprises"));
        assert!(of(Category::Social, false, Grain::Raw).ends_with("(2011), lignes sans date non comprises"));
        assert_eq!(of(Category::Energy, true, Grain::Monthly), "les mois entiers seulement (2011)");
    }
}
