//! Gives an app some categories of a person's data.

use crate::acts::Output;
use crate::failure::{Failure, OrSay, Result};
use crate::session::Session;
use crate::typed::{category_of, end_of_day, grain, period};
use crate::verbs::Act;
use mesinfos_model::{Category, RowSet};
use mesinfos_platform::{Ask, GrantView, Platform};
use mesinfos_words::cli::Cli;
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
}

impl Act for Args {
    fn run(self, session: &Session) -> Result<ExitCode> {
        let (out, grant) = (&session.out, &self.grant);
        let until = self.until.as_deref().map(end_of_day).transpose()?;
        let platform = session.open()?;
        let given = asks(grant, out, &platform, false)?;
        let installed = platform.app(&grant.app)?.component.to_string();
        let component = self.component.as_deref().or(Some(&installed));
        let caller = out.caller(&grant.person)?;
        platform.check_holders(&caller, &given)?;
        let given = platform.grant_shown(&caller, &grant.app, component, &given, until)?;
        out.grant(&given)?;
        if !out.json {
            reasons(&platform, out, &given)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Prints the app's own description, and what this grant adds to the previous one.
fn reasons(platform: &Platform, out: &Output, given: &GrantView) -> Result<()> {
    let (_, manifest, _) = platform.describe(&given.app)?;
    out.said(&manifest, |category| given.scope.contains_key(&category));
    let wider: Vec<String> =
        given.wider.iter().map(|wider| mesinfos_words::consent::wider(wider, out.lang)).collect();
    if !wider.is_empty() {
        out.say(Cli::GrantWidens { what: &wider.join("; ") });
    }
    Ok(())
}

/// Holders as typed, by the names that the person's rows have.
fn holders(args: &GrantArgs, typed: &[String], out: &Output, platform: &Platform) -> Result<Vec<String>> {
    let there = platform.summary(&out.caller(&args.person)?)?;
    let known: BTreeSet<String> = there.into_iter().flat_map(|one| one.holders).collect();
    Ok(typed.iter().flat_map(|typed| split(typed, &known)).collect())
}

/// Splits names at commas, except within a known name that has one ("Bank, Inc").
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

/// Choices for each named category, or for all.
pub(crate) fn asks(
    args: &GrantArgs,
    out: &Output,
    platform: &Platform,
    narrowing: bool,
) -> Result<Vec<(Category, Ask)>> {
    let ask = Ask {
        period: args.period.as_deref().map(period).transpose()?,
        undated: args.undated.then_some(true),
        fields: args.fields.clone(),
        grain: args.granularity.as_deref().map(grain).transpose()?,
        holders: args.holders.as_deref().map(|typed| holders(args, typed, out, platform)).transpose()?,
        excluded: RowSet::new(),
    };
    let mut categories =
        args.categories.iter().map(|id| category_of(id)).collect::<Result<Vec<Category>>>()?;
    if categories.is_empty() {
        categories = if narrowing {
            let grants = platform.grants_of(&out.caller(&args.person)?)?;
            let newest = grants.iter().rfind(|grant| grant.app == args.app && !grant.scope.is_empty());
            newest.map(|grant| grant.scope.keys().copied().collect()).unwrap_or_default()
        } else {
            let (_, _, inspection) = platform.describe(&args.app)?;
            inspection.request.categories.keys().copied().collect()
        };
    }
    // Look each row id up in every category: most ids have rows in only one.
    let ids =
        args.without.iter().map(|id| id.parse().or_say(Cli::NotARow { id })).collect::<Result<RowSet>>()?;
    let mut found = RowSet::new();
    let mut asks = Vec::new();
    for category in categories {
        let excluded = if ids.is_empty() {
            RowSet::new()
        } else {
            platform.known_rows(&out.caller(&args.person)?, category, &ids)?
        };
        found.extend(excluded.iter().copied());
        asks.push((category, Ask { excluded, ..ask.clone() }));
    }
    if let Some(id) = ids.difference(&found).next() {
        return Err(Failure::said(Cli::NoRow { id: &id.to_string() }).hint(Cli::HintRows));
    }
    Ok(asks)
}

#[cfg(test)]
mod tests {
    use super::*;

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
