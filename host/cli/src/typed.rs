//! Parsing of argument values: categories, days, periods, granularities.

use crate::failure::{Failure, OrSay, Result};
use mesinfos_model::day::PeriodError;
use mesinfos_model::{Category, Day, Grain, Period};
use mesinfos_words::cli::Cli;
use mesinfos_words::{names, scope, typed};

/// Parses a category: its id, or what the dictionary calls it.
pub(crate) fn category_of(id: &str) -> Result<Category> {
    typed::category(id).ok_or_else(|| {
        Failure::said_in(|lang| {
            let known = names::typed_categories(Category::ALL, lang);
            Cli::NoSuchCategory { id, known: &known }.to(lang)
        })
    })
}

/// Parses a granularity: its id, or what the dictionary calls it.
pub(crate) fn grain(id: &str) -> Result<Grain> {
    typed::granularity(id).ok_or_else(|| {
        Failure::said_in(|lang| Cli::NoSuchGranularity { id, known: &scope::all_typed_grains(lang) }.to(lang))
    })
}

/// Parses a period with [`Period::parse`].
pub(crate) fn period(text: &str) -> Result<Period> {
    Period::parse(text).map_err(|error| {
        Failure::said(match error {
            PeriodError::NotAPeriod { .. } => Cli::NotAPeriod { text },
            PeriodError::Reversed { .. } => Cli::ReversedPeriod { text },
        })
    })
}

/// Parses a day such as 2027-01-31.
pub(crate) fn day(text: Option<&str>) -> Result<Option<Day>> {
    text.map(|text| text.parse().or_say(Cli::NotADate { text })).transpose()
}

/// Parses a day and returns its end, in UTC seconds.
pub(crate) fn end_of_day(text: &str) -> Result<i64> {
    let day: Day = text.parse().or_say(Cli::NotADate { text })?;
    Ok((i64::from(day.0) + 1) * mesinfos_model::day::DAY_SECONDS)
}

/// Parses parameters given as ID=VALUE.
pub(crate) fn pairs(params: &[String]) -> Result<Vec<(String, String)>> {
    params
        .iter()
        .map(|pair| {
            let (id, value) = pair.split_once('=').or_say(Cli::NotASetting { pair })?;
            Ok((id.to_owned(), value.to_owned()))
        })
        .collect()
}
