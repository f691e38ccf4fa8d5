//! Parsing of argument values: categories, days, periods, granularities.

use crate::failure::{Failure, OrSay, Result};
use mesinfos_model::day::PeriodError;
use mesinfos_model::{Category, Day, Grain, Period};
use mesinfos_words::cli::Cli;

/// Parses a category id.
pub(crate) fn category_of(id: &str) -> Result<Category> {
    let known = || Category::ALL.iter().map(|c| c.id()).collect::<Vec<_>>().join(", ");
    Category::from_id(id).map_or_else(|| Err(Failure::said(Cli::NoSuchCategory { id, known: &known() })), Ok)
}

/// Parses the id of a granularity.
pub(crate) fn grain(id: &str) -> Result<Grain> {
    const KNOWN: [Grain; 5] = [Grain::Raw, Grain::Rounded, Grain::Hourly, Grain::Daily, Grain::Monthly];
    let known = || KNOWN.map(Grain::id).join(", ");
    Grain::from_id(id).map_or_else(|| Err(Failure::said(Cli::NoSuchGranularity { id, known: &known() })), Ok)
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
