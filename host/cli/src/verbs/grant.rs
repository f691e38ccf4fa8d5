//! Gives an app categories of a person's data.

use crate::failure::{Failure, OrSay, Result};
use crate::hints::word;
use crate::session::Session;
use crate::shared::Output;
use crate::terminal::say::say;
use crate::typed::{category_of, end_of_day, grain, period};
use crate::verbs::Act;
use mesinfos_model::{Category, RowSet};
use mesinfos_platform::{CategoryChoice, GrantError, GrantSummary, Platform, PlatformError, Shown};
use mesinfos_words::cli::Cli;
use mesinfos_words::consent::{Regrant, regrant};
use std::collections::BTreeSet;
use std::process::ExitCode;

/// Choices of a person for the categories of an app.
#[derive(Debug, clap::Args)]
pub(crate) struct GrantArgs {
    pub(crate) app: String,
    #[arg(long)]
    pub(crate) person: String,
    #[arg(long = "category", value_name = "CATEGORY", value_delimiter = ',')]
    pub(crate) categories: Vec<String>,
    #[arg(long)]
    pub(crate) period: Option<String>,
    #[arg(long, requires = "period")]
    pub(crate) undated: bool,
    #[arg(long, alias = "grain")]
    pub(crate) granularity: Option<String>,
    #[arg(long, value_delimiter = ',')]
    pub(crate) fields: Option<Vec<String>>,
    #[arg(long)]
    pub(crate) holders: Option<Vec<String>>,
    #[arg(long, value_delimiter = ',', value_name = "ID")]
    pub(crate) without: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    grant: GrantArgs,
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    #[arg(long, value_name = "SHA256")]
    component: Option<String>,
    #[arg(long, value_name = "SHA256")]
    notice: Option<String>,
}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let (out, grant) = (&session.out, &self.grant);
        let until = self.until.as_deref().map(end_of_day).transpose()?;
        let platform = session.open()?;
        let given = asks(grant, out, &platform, || {
            let (_, _, inspection) = platform.describe(&grant.app)?;
            Ok(inspection.request.categories.keys().copied().collect())
        })?;
        let (record, manifest, inspection) = platform.describe(&grant.app)?;
        let installed = record.component.to_string();
        let component = self.component.as_deref().unwrap_or(&installed);
        let shown = match &self.notice {
            None => Shown::component(Some(component)),
            Some(digest) => {
                let now = mesinfos_words::notice::notice(&record, &manifest, &inspection, out.lang);
                Shown::notice(component, now, digest)
            }
        };
        let caller = out.caller(&grant.person)?;
        platform.check_holders(&caller, &given)?;
        let asked = given;
        let given = platform.grant_shown(&caller, &grant.app, &shown, &asked, until).map_err(|error| {
            let (app, person) = (&grant.app, &word(&grant.person));
            match other_category(&error, &asked) {
                Some(category) => Failure::from(error).hint(Cli::HintOfOne { app, person, category }),
                None => error.into(),
            }
        })?;
        out.grant(&given)?;
        if !out.json {
            reasons(&platform, out, &given)?;
            out.unmatched(&given);
            let command = format!("mesinfos run {} --person {}", given.app, word(&grant.person));
            out.say(Cli::Next { command: &command });
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Prints the app's own description, and the differences between this grant and the previous one.
fn reasons(platform: &Platform, out: &Output, given: &GrantSummary) -> Result<()> {
    let (_, manifest, _) = platform.describe(&given.app)?;
    out.said(&manifest, |category| given.scope.contains_key(&category));
    let Regrant { more, less } = regrant(given, out.lang);
    let lines = |heading: Cli<'_>, lines: &[String]| {
        if !lines.is_empty() {
            out.say(heading);
            lines.iter().for_each(|line| say!("  {line}"));
        }
    };
    lines(Cli::GrantGivesLess, &less);
    lines(Cli::GrantGivesMore, &more);
    if !more.is_empty() {
        out.say(Cli::GrantTakeBack);
    }
    if given.kept_out > 0 {
        out.say(Cli::GrantKeepsOut { rows: given.kept_out });
    }
    Ok(())
}

/// Trims typed values: in "amount, label" the second one starts with a space.
pub(crate) fn trimmed(typed: &[String]) -> Vec<String> {
    typed.iter().map(|text| text.trim().to_owned()).collect()
}

/// A category whose schema suits its choices, other than the one of an error about unsuitable choices.
pub(crate) fn other_category(
    error: &PlatformError,
    asks: &[(Category, CategoryChoice)],
) -> Option<&'static str> {
    let category = match error {
        PlatformError::BadGrant(
            GrantError::Granularity { category, .. }
            | GrantError::NoSuchField { category, .. }
            | GrantError::FieldsNotAsked { category, .. },
        ) => category,
        _ => return None,
    };
    let suits = |(other, ask): &&(Category, CategoryChoice)| {
        let schema = other.schema();
        let has_fields = ask.fields.iter().flatten().all(|name| schema.index(name).is_some());
        other != category && has_fields && ask.grain.is_none_or(|grain| schema.grains.contains(&grain))
    };
    asks.iter().find(suits).map(|(other, _)| other.id())
}

/// Holders as typed, split with the help of the holder names in the person's rows.
fn holders(args: &GrantArgs, typed: &[String], out: &Output, platform: &Platform) -> Result<Vec<String>> {
    let there = platform.summary(&out.caller(&args.person)?)?;
    let known: BTreeSet<String> = there.into_iter().flat_map(|one| one.holders).collect();
    Ok(typed.iter().flat_map(|typed| split(typed, &known)).collect())
}

/// Splits names at commas, except within a known name that contains one ("Bank, Inc").
fn split(typed: &str, known: &BTreeSet<String>) -> Vec<String> {
    let parts: Vec<&str> = typed.split(',').collect();
    let name = |from: usize, to: usize| parts[from..to].join(",").trim().to_owned();
    let (mut names, mut from) = (Vec::new(), 0);
    while from < parts.len() {
        let known_to = (from + 1..=parts.len()).rev().find(|to| known.contains(&name(from, *to)));
        let to = known_to.unwrap_or(from + 1);
        names.push(name(from, to));
        from = to;
    }
    names
}

/// Choices for each named category, or for all of `usual`.
pub(crate) fn asks(
    args: &GrantArgs,
    out: &Output,
    platform: &Platform,
    usual: impl FnOnce() -> Result<Vec<Category>>,
) -> Result<Vec<(Category, CategoryChoice)>> {
    let ask = CategoryChoice {
        period: args.period.as_deref().map(period).transpose()?,
        undated: args.undated.then_some(true),
        fields: args.fields.as_deref().map(trimmed),
        grain: args.granularity.as_deref().map(grain).transpose()?,
        holders: args.holders.as_deref().map(|typed| holders(args, typed, out, platform)).transpose()?,
        excluded: RowSet::new(),
    };
    let named = trimmed(&args.categories);
    let mut categories = named.iter().map(|id| category_of(id)).collect::<Result<Vec<Category>>>()?;
    if categories.is_empty() {
        categories = usual()?;
    }
    // Look each row id up in every category: most ids have rows in only one.
    let ids = trimmed(&args.without);
    let ids = ids.iter().map(|id| id.parse().or_say(Cli::NotARow { id })).collect::<Result<RowSet>>()?;
    let mut found = RowSet::new();
    let mut asks = Vec::new();
    for category in categories {
        let excluded = if ids.is_empty() {
            RowSet::new()
        } else {
            platform.known_rows(&out.caller(&args.person)?, category, &ids)?
        };
        found.extend(excluded.iter().copied());
        asks.push((category, CategoryChoice { excluded, ..ask.clone() }));
    }
    if let Some(id) = ids.difference(&found).next() {
        return Err(Failure::said(Cli::NoRow { id: &id.to_string() }).hint(Cli::HintRows));
    }
    Ok(asks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::Grain;

    #[test]
    fn a_choice_that_suits_another_category_names_it() {
        let ask = CategoryChoice { grain: Some(Grain::Monthly), ..CategoryChoice::default() };
        let asks = [(Category::Bank, ask.clone()), (Category::Energy, ask)];
        let error = GrantError::Granularity { category: Category::Bank, grain: Grain::Monthly }.into();
        assert_eq!(other_category(&error, &asks), Some("energy"));
        assert_eq!(other_category(&error, &asks[..1]), None);
        let ask = CategoryChoice {
            fields: Some(trimmed(&["amount".to_owned(), " label".to_owned()])),
            ..CategoryChoice::default()
        };
        let asks = [(Category::Energy, ask.clone()), (Category::Bank, ask)];
        let unknown = GrantError::NoSuchField { category: Category::Energy, name: "amount".to_owned() };
        assert_eq!(other_category(&unknown.into(), &asks), Some("bank"));
        assert_eq!(other_category(&PlatformError::Busy, &asks), None);
    }

    #[test]
    fn a_holder_may_have_a_comma_in_its_name() {
        let known = ["Bank", "Bank, Inc", "EDF"].map(str::to_owned).into();
        for (typed, names) in [
            ("Bank, Inc", &["Bank, Inc"][..]),
            ("EDF,Bank, Inc,Bank", &["EDF", "Bank, Inc", "Bank"]),
            ("Bank, EDF", &["Bank", "EDF"]),
            ("Bonk, Inc", &["Bonk", "Inc"]),
            ("", &[""]),
        ] {
            assert_eq!(split(typed, &known), names, "{typed}");
        }
    }
}
