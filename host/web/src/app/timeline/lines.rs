//! Rows of a day in words: one line for each row, or for many of one holder.

use crate::app::data::{path, title, written};
use crate::app::domain::Domain;
use mesinfos_model::view::{Lang, QuantityUnit};
use mesinfos_model::visible::clean;
use mesinfos_model::{Category, Day, RowId, Unit};
use mesinfos_platform::{DayRows, Row};
use mesinfos_words::number;
use mesinfos_words::page::Timeline as Words;
use std::collections::{BTreeMap, BTreeSet};

/// Rows of a category and holder that each get a line; more get one together.
const APART: usize = 4;

/// A row's category and id: rows of two categories may come from one line of a file.
pub(super) type Known = (Category, RowId);

/// A line of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) domain: Domain,
    pub(super) title: String,
    pub(super) holder: String,
    /// Local time, in words.
    pub(super) when: Option<String>,
    /// The figure that tells most: an amount, a distance, a duration.
    pub(super) figure: Option<String>,
    /// Page with the row, or with the rows.
    pub(super) href: String,
    /// Orders the lines of a day: local minutes since midnight; what has no time comes last.
    order: i64,
}

/// The figures of a category that tell most, the first that a row has.
fn figures(category: Category) -> &'static [&'static str] {
    match category {
        Category::Bank | Category::Bills | Category::Purchases => &["amount"],
        Category::Energy => &["energy", "volume"],
        Category::Water => &["volume"],
        Category::Mobility => &["distance", "duration", "cost"],
        Category::Telecom => &["duration", "bytes", "cost"],
        Category::Health => &["charged", "paid", "value"],
        Category::Contracts => &["premium", "amount"],
        Category::Documents => &["size"],
        Category::Education | Category::Browsing | Category::Social | Category::Profile => &[],
    }
}

/// The line of one row.
pub(super) fn line(category: Category, row: &Row, lang: Lang) -> Line {
    let domain = Domain::of(category);
    let figure =
        figures(category).iter().find_map(|name| row.values.iter().find(|value| value.field == *name));
    let minutes = local_minutes(category, row);
    Line {
        domain,
        title: name(category, row, lang),
        holder: clean(row.value("holder").unwrap_or_default()),
        when: minutes.map(|minutes| mesinfos_words::time_of_day(minutes, lang)),
        figure: figure.map(|value| match (value.field, value.number) {
            ("energy", Some(milliwatt_hours)) => {
                number::sum(milliwatt_hours, 1_000_000, QuantityUnit::Kwh, lang)
            }
            ("distance", Some(metres)) if metres >= 1_000 => {
                number::sum(metres, 1_000, QuantityUnit::Km, lang)
            }
            _ => written(category, &row.values, value, lang),
        }),
        href: format!("{}/{}", path(domain, category), row.id),
        order: minutes.map_or(i64::MAX, i64::from),
    }
}

/// What a row is called.
fn name(category: Category, row: &Row, lang: Lang) -> String {
    match category {
        // The only texts of a measure are its kind and quality.
        Category::Energy | Category::Water => {
            clean(row.value("commodity").unwrap_or_else(|| category.name(lang)))
        }
        _ => title(category, &row.values, lang).unwrap_or_else(|| category.name(lang).to_owned()),
    }
}

/// Local minutes since midnight; `None` for a row that has a date alone, or that lasts a day or longer.
fn local_minutes(category: Category, row: &Row) -> Option<u16> {
    let schema = category.schema();
    let offset = row.number(schema.fields[schema.utc_offset?].name).unwrap_or(0);
    let instant = row.number(schema.fields[schema.time].name)?;
    let is_long = row.number("duration").is_some_and(|seconds| seconds >= 86_400);
    let minutes = instant.div_euclid(60).saturating_add(offset).rem_euclid(24 * 60);
    u16::try_from(minutes).ok().filter(|_| !is_long)
}

/// The lines of a day, in order of time. `told` are rows that stand elsewhere on the page.
pub(super) fn lines(rows: &[&DayRows], told: &BTreeSet<Known>, lang: Lang) -> Vec<Line> {
    let mut lines = Vec::new();
    for of in rows {
        // What flows in and out, or at two meters, is not one thing.
        let kind = |row| ["commodity", "direction", "series"].map(|field| Row::value(row, field));
        let mut groups: BTreeMap<(&str, [Option<&str>; 3]), Vec<&Row>> = BTreeMap::new();
        for row in of.rows.iter().filter(|row| stands_alone(of.category, row, &of.rows)) {
            groups.entry((row.value("holder").unwrap_or_default(), kind(row))).or_default().push(row);
        }
        for ((holder, _), mut rows) in groups {
            // More than were opened: how many are a holder's is not known.
            let is_whole = of.total <= of.rows.len() as u64;
            if rows.len() > APART || !is_whole {
                lines.push(together(of.category, of.day, holder, &rows, is_whole, lang));
                continue;
            }
            rows.retain(|row| !told.contains(&(of.category, row.id)));
            lines.extend(rows.into_iter().map(|row| line(of.category, row, lang)));
        }
    }
    lines.sort_by(|a, b| (a.order, &a.title).cmp(&(b.order, &b.title)));
    lines
}

/// Whether a row is not a part of another one of the day: the lines of a receipt stand on its page.
pub(super) fn stands_alone(category: Category, row: &Row, all: &[Row]) -> bool {
    let is_receipt = |row: &Row| row.code("row") == Some("receipt");
    if category != Category::Purchases || is_receipt(row) {
        return true;
    }
    let receipt = row.value("receipt");
    receipt.is_none() || !all.iter().any(|other| is_receipt(other) && other.value("receipt") == receipt)
}

/// One line for many rows of a holder.
fn together(category: Category, day: Day, holder: &str, rows: &[&Row], is_whole: bool, lang: Lang) -> Line {
    let domain = Domain::of(category);
    let name =
        match (category, rows.first().and_then(|row| row.values.iter().find(|v| v.field == "commodity"))) {
            (Category::Energy, Some(value)) => written(category, &rows[0].values, value, lang),
            _ => category.name(lang).to_owned(),
        };
    let title = if is_whole {
        Words::Several { name: &name, rows: rows.len() as u64 }.to(lang)
    } else {
        Words::Many { name: &name }.to(lang)
    };
    Line {
        domain,
        title,
        holder: clean(holder),
        when: None,
        figure: is_whole.then(|| sum(category, rows, lang)).flatten(),
        href: format!("{}?from={day}&to={day}", path(domain, category)),
        order: i64::MAX,
    }
}

/// Sum of measures that follow one another without overlapping; `None` for anything else, which nobody should add.
fn sum(category: Category, rows: &[&Row], lang: Lang) -> Option<String> {
    let schema = category.schema();
    if !matches!(category, Category::Energy | Category::Water) {
        return None;
    }
    let name = figures(category).iter().find(|name| rows.iter().all(|row| row.number(name).is_some()))?;
    let (unit, divisor) = match schema.fields[schema.index(name)?].unit {
        Unit::MilliwattHours => (QuantityUnit::Kwh, 1_000_000),
        Unit::Millilitres => (QuantityUnit::Litre, 1_000),
        _ => return None,
    };
    let mut spans: Vec<(i64, i64)> = Vec::new();
    for row in rows {
        let start = row.number(schema.fields[schema.time].name)?;
        spans.push((start, start.checked_add(row.number("duration").filter(|seconds| *seconds > 0)?)?));
    }
    spans.sort_unstable();
    if spans.windows(2).any(|pair| pair[1].0 < pair[0].1) {
        return None;
    }
    let total = rows.iter().try_fold(0_i64, |sum, row| sum.checked_add(row.number(name)?))?;
    Some(number::sum(total, divisor, unit, lang))
}
