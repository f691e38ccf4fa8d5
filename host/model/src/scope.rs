//! Scopes: what a run may see. A [`Scope`] is derived from live grants; [`mod@crate::cut`] applies it to
//! rows.

use crate::category::{Category, Grain, Reach};
use crate::day::Period;
use crate::row::RowSet;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A set of fields of one category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FieldSet(u64);

impl FieldSet {
    /// No field.
    pub const NONE: FieldSet = FieldSet(0);

    /// All fields of a category that apps may ask for.
    pub fn all(category: Category) -> FieldSet {
        category.schema().open_fields().fold(FieldSet::NONE, |set, (index, _)| set.with(index))
    }

    /// All fields of a category, including those that never leave the host.
    pub fn stored(category: Category) -> FieldSet {
        (0..category.schema().fields.len()).fold(FieldSet::NONE, FieldSet::with)
    }

    /// Fields that reveal other rows: a balance, a meter's index.
    pub fn running(category: Category) -> FieldSet {
        let fields = category.schema().open_fields().filter(|(_, field)| field.is_running);
        fields.fold(FieldSet::NONE, |set, (index, _)| set.with(index))
    }

    /// The fields of this set that are given only by name.
    #[must_use]
    pub fn named(self, category: Category) -> FieldSet {
        let named =
            |(index, field): &(usize, &crate::Field)| field.reach == Reach::Named && self.contains(*index);
        category.schema().open_fields().filter(named).fold(FieldSet::NONE, |set, (index, _)| set.with(index))
    }

    /// The fields of this set that are not in `other`.
    #[must_use]
    pub fn without(self, other: FieldSet) -> FieldSet {
        FieldSet(self.0 & !other.0)
    }

    /// This set with one more field.
    #[must_use]
    pub fn with(self, field: usize) -> FieldSet {
        FieldSet(self.0 | 1 << field)
    }

    /// Whether the set contains a field.
    pub fn contains(self, field: usize) -> bool {
        self.0 >> field & 1 == 1
    }

    /// Whether the set contains every field of `other`.
    pub fn covers(self, other: FieldSet) -> bool {
        self.0 & other.0 == other.0
    }

    /// Names of the fields, in the order of the schema.
    pub fn names(self, category: Category) -> Vec<&'static str> {
        let fields = category.schema().fields.iter().enumerate();
        fields.filter(|(i, _)| self.contains(*i)).map(|(_, f)| f.name).collect()
    }

    /// The set of the fields with these names.
    ///
    /// # Errors
    /// The first name that is not a field that apps may ask for.
    pub fn from_names<'a>(
        category: Category,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<FieldSet, String> {
        names.into_iter().try_fold(FieldSet::NONE, |set, name| {
            category.schema().index(name).map(|i| set.with(i)).ok_or_else(|| name.to_owned())
        })
    }
}

/// Data holders whose rows are included.
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holders {
    /// All holders, including those added later.
    Any,
    /// The named holders.
    Only(BTreeSet<String>),
}

impl Holders {
    /// Whether rows of a holder are included; `None` means that the row names no holder.
    pub fn contains(&self, holder: Option<&str>) -> bool {
        match self {
            Holders::Any => true,
            Holders::Only(names) => holder.is_some_and(|h| names.contains(h)),
        }
    }

    /// Whether every holder of `other` is included.
    pub fn covers(&self, other: &Holders) -> bool {
        match (self, other) {
            (Holders::Any, _) => true,
            (Holders::Only(_), Holders::Any) => false,
            (Holders::Only(mine), Holders::Only(theirs)) => theirs.is_subset(mine),
        }
    }
}

/// What a run may see of one category.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CategoryScope {
    /// The category.
    pub category: Category,
    /// The granted days. A row is included if its whole interval is in them.
    pub period: Period,
    /// Whether rows without a date are included if `period` is bounded. If it is not, all rows are
    /// included.
    pub undated: bool,
    /// Visible fields.
    pub fields: FieldSet,
    /// Granularity of the rows.
    pub grain: Grain,
    /// Data holders whose rows are included.
    pub holders: Holders,
    /// Excluded rows, which are never given. Rows with the same id are excluded together.
    pub excluded: RowSet,
}

/// What a run may see of one category, with its fields by name. `undated` is false and `excluded` is empty
/// if missing.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
struct Stored {
    /// The category.
    category: Category,
    /// The granted days.
    period: Period,
    /// Names of the visible fields.
    fields: Vec<String>,
    /// Granularity of the rows.
    grain: Grain,
    /// Data holders whose rows are included.
    holders: Holders,
    /// Whether rows without a date are included if the period is bounded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    undated: bool,
    /// Excluded rows, which are never given.
    #[serde(default, skip_serializing_if = "RowSet::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = Vec<crate::RowId>))]
    excluded: RowSet,
}

#[cfg(feature = "schema")]
impl utoipa::PartialSchema for CategoryScope {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        <Stored as utoipa::PartialSchema>::schema()
    }
}

#[cfg(feature = "schema")]
impl utoipa::ToSchema for CategoryScope {
    fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
        <Stored as utoipa::ToSchema>::schemas(schemas);
    }
}

/// The form sent between processes of the same build. No field is omitted.
#[derive(Serialize, Deserialize)]
struct Crossing {
    stored: (Category, Period, Vec<String>, Grain, Holders),
    undated: bool,
    excluded: RowSet,
}

impl Serialize for CategoryScope {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let CategoryScope { category, period, undated, grain, .. } = *self;
        let fields = self.fields.names(category).into_iter().map(str::to_owned).collect();
        let (holders, excluded) = (self.holders.clone(), self.excluded.clone());
        if s.is_human_readable() {
            Stored { category, period, fields, grain, holders, undated, excluded }.serialize(s)
        } else {
            Crossing { stored: (category, period, fields, grain, holders), undated, excluded }.serialize(s)
        }
    }
}

impl<'de> Deserialize<'de> for CategoryScope {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<CategoryScope, D::Error> {
        let Stored { category, period, fields, grain, holders, undated, excluded } = if d.is_human_readable()
        {
            Stored::deserialize(d)?
        } else {
            let Crossing { stored, undated, excluded } = Crossing::deserialize(d)?;
            let (category, period, fields, grain, holders) = stored;
            Stored { category, period, fields, grain, holders, undated, excluded }
        };
        // A field that apps can no longer ask for is no longer given.
        let is_closed = |name: &str| {
            let all = category.schema().fields.iter();
            all.filter(|field| field.reach == Reach::Host).any(|field| field.name == name)
        };
        let open = fields.iter().map(String::as_str).filter(|name| !is_closed(name));
        let fields = FieldSet::from_names(category, open)
            .map_err(|name| serde::de::Error::custom(format!("{category} has no field \"{name}\"")))?;
        Ok(CategoryScope { category, period, undated, fields, grain, holders, excluded })
    }
}

/// What a run may see: the scope of each included category.
pub type Scope = BTreeMap<Category, CategoryScope>;

impl CategoryScope {
    /// Everything that apps can get of a category, including fields that are given only by name.
    pub fn all(category: Category) -> CategoryScope {
        CategoryScope {
            category,
            period: Period::ALL,
            undated: false,
            fields: FieldSet::all(category),
            grain: Grain::Raw,
            holders: Holders::Any,
            excluded: RowSet::new(),
        }
    }

    /// Whether this scope shows everything that `other` shows: `other` is the same or narrower.
    pub fn covers(&self, other: &CategoryScope) -> bool {
        self.category == other.category
            && self.period.covers(&other.period)
            && (self.sees_undated() || !other.sees_undated())
            && self.fields.covers(other.fields)
            && self.grain <= other.grain
            && self.holders.covers(&other.holders)
            && self.excluded.is_subset(&other.excluded)
    }

    /// Whether rows without a date are included.
    pub fn sees_undated(&self) -> bool {
        self.category.schema().undated && (self.undated || self.period == Period::ALL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::category::energy;

    #[test]
    fn narrower_is_covered_and_wider_is_not() {
        let all = CategoryScope::all(Category::Energy);
        let narrow = CategoryScope {
            period: Period::parse("2011-03").unwrap(),
            grain: Grain::Daily,
            fields: FieldSet::NONE.with(energy::START),
            ..all.clone()
        };
        assert!(all.covers(&narrow) && !narrow.covers(&all));
        let json = serde_json::to_string(&narrow).unwrap();
        assert_eq!(serde_json::from_str::<CategoryScope>(&json).unwrap(), narrow);
        let wrong = json.replace("\"start\"", "\"iban\"");
        assert!(serde_json::from_str::<CategoryScope>(&wrong).is_err());
        let closed = serde_json::from_str::<CategoryScope>(&json.replace("\"start\"", "\"place\"")).unwrap();
        assert_eq!(closed.fields, FieldSet::NONE, "the host's own");
        let without = CategoryScope { excluded: ["3.0.17".parse().unwrap()].into(), ..all.clone() };
        assert!(all.covers(&without) && !without.covers(&all));
        let json = serde_json::to_string(&without).unwrap();
        assert_eq!(serde_json::from_str::<CategoryScope>(&json).unwrap(), without);
    }

    #[test]
    fn rows_without_a_date_are_covered_where_they_are_seen() {
        let window =
            CategoryScope { period: Period::parse("2011").unwrap(), ..CategoryScope::all(Category::Social) };
        let with = CategoryScope { undated: true, ..window.clone() };
        assert!(with.covers(&window) && !window.covers(&with));
        assert!(CategoryScope::all(Category::Social).covers(&with));
        let bank = |undated| CategoryScope {
            category: Category::Bank,
            fields: FieldSet::NONE,
            undated,
            ..window.clone()
        };
        assert!(bank(false).covers(&bank(true)), "it has no such rows");
        for scope in [window, with] {
            let json = serde_json::to_string(&scope).unwrap();
            assert_eq!(json.contains("undated"), scope.undated, "what was written before is what it was");
            assert_eq!(serde_json::from_str::<CategoryScope>(&json).unwrap(), scope);
        }
    }
}
