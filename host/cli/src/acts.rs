//! What several verbs do: reading a file in, running an app, and printing what came of it.

use crate::terminal;
use crate::terminal::say::{self, remark, say};
use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use mesinfos_model::money::{decimal, exponent};
use mesinfos_model::view::Lang;
use mesinfos_model::{Day, Holders};
use mesinfos_platform::consent::{Actor, Channel};
use mesinfos_platform::{Caller, GrantView, Platform, RunInput, Source, SystemClock, intake};
use mesinfos_wire::{Counts, Grant, ImportReport, RunAnswer, Total};
use serde::Serialize;
use std::fs::File;
use std::path::Path;

/// Largest component that is read from a file: what the platform takes, and a little more, so that
/// the platform says why.
const LARGEST_APP: u64 = 32 << 20;

/// Where results go, and in which form.
pub(crate) struct Output {
    pub(crate) json: bool,
    pub(crate) lang: Lang,
}

/// Rows that are left out and shown with their ids.
const SHOWN: usize = 5;

impl Output {
    /// Somebody at this command line, about nobody.
    pub(crate) fn nobody(&self) -> Caller {
        Caller::new(&SystemClock, Actor::Person, Channel::Cli, self.lang)
    }

    /// A person at this command line.
    pub(crate) fn caller(&self, person: &str) -> Result<Caller> {
        Ok(self.nobody().about(person.parse()?))
    }

    /// As JSON, or as a person reads it.
    pub(crate) fn print<T: Serialize>(&self, value: &T, words: impl FnOnce(&T)) -> Result<()> {
        if self.json {
            say::json(value)?;
        } else {
            words(value);
        }
        Ok(())
    }

    /// A grant as it is now.
    pub(crate) fn grant(&self, grant: &GrantView) -> Result<()> {
        self.print(&Grant::from(grant), |grant| {
            say!("{} {} is {} (grant {})", grant.app, grant.version, grant.state, grant.id);
            say!("  component {}", grant.component);
            self.given(grant);
        })
    }

    /// What a grant gives.
    pub(crate) fn given(&self, grant: &Grant) {
        for scope in grant.scope.values() {
            let whose = match &scope.holders {
                Holders::Any => String::new(),
                Holders::Only(names) => {
                    format!(", only of {}", names.iter().map(String::as_str).collect::<Vec<_>>().join(", "))
                }
            };
            let shown: Vec<String> = scope.excluded.iter().take(SHOWN).map(ToString::to_string).collect();
            let without = match scope.excluded.len().saturating_sub(SHOWN) {
                _ if shown.is_empty() => String::new(),
                0 => format!(", without {}", shown.join(" ")),
                more => format!(", without {} and {more} more", shown.join(" ")),
            };
            say!(
                "  {}: {}, {}{whose}{without}, fields {}",
                scope.category,
                scope.days_in_words(self.lang),
                scope.grain.id(),
                scope.fields.names(scope.category).join(" "),
            );
        }
        if let Some(until) = grant.until {
            say!("  until {}", Day::of_instant(until, 0));
        }
    }
}

/// The bytes of a component.
pub(crate) fn read_app(path: &Path) -> Result<Vec<u8>> {
    let size = std::fs::metadata(path).with_context(|| format!("reading {}", path.display()))?.len();
    if size > LARGEST_APP {
        bail!("{} is {size} bytes: no app is that large", path.display());
    }
    std::fs::read(path).with_context(|| format!("reading {}", path.display()))
}

/// A bar on a terminal, silence elsewhere.
fn progress(length: u64, message: &str) -> ProgressBar {
    if !say::is_watched() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length);
    if let Ok(style) = ProgressStyle::with_template("{msg:>12} {bar:30} {bytes}/{total_bytes} {eta}") {
        bar.set_style(style);
    }
    bar.set_message(message.to_owned());
    bar
}

/// Imports one file with a bar on stderr, or says what that would do.
pub(crate) fn import_file(
    platform: &Platform,
    target: &Target,
    path: &Path,
    is_document: bool,
) -> Result<mesinfos_platform::ImportReport> {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let bar = progress(file.metadata()?.len(), "Importing");
    let input = Source::file(bar.wrap_read(file)).as_document(is_document);
    let report = match target {
        Target::Vault(caller) => platform.import(caller, &name, input),
        Target::Nowhere(caller) => platform.import_dry_run(caller, &name, input),
    };
    bar.finish_and_clear();
    report.with_context(|| format!("importing {}", path.display()))
}

/// Where the rows of a file go.
pub(crate) enum Target {
    /// Into the vault of the person whom the caller is about.
    Vault(Caller),
    /// Nowhere: what would happen, in the vault of that person if there is one.
    Nowhere(Caller),
}

/// A sum for people: money with its decimals.
fn sum(total: &Total) -> String {
    let is_currency = total.unit.len() == 3 && total.unit.bytes().all(|b| b.is_ascii_uppercase());
    if !is_currency {
        return format!("{} {}", total.value, total.unit);
    }
    format!("{} {}", decimal(total.value, exponent(&total.unit)), total.unit)
}

/// What the places of a file count.
fn word(counts: Counts, lang: Lang) -> &'static str {
    match counts {
        Counts::Lines => intake::Counts::Lines.word(lang),
        Counts::Entries => intake::Counts::Entries.word(lang),
    }
}

/// A sample person, on the platform's day.
pub(crate) fn sample_caller(platform: &Platform, person: &str, lang: Lang) -> Result<Caller> {
    Ok(platform.caller(Actor::Person, Channel::Cli, lang).about(person.parse()?))
}

/// What came of a file, for people.
pub(crate) fn print_import(report: &ImportReport, lang: Lang) {
    let number =
        report.import.map_or_else(|| " (nothing was written)".to_owned(), |n| format!(" (import {n})"));
    say!("{}{number}", report.file);
    for category in &report.categories {
        let period = match (&category.first, &category.last) {
            (Some(first), Some(last)) => format!(", {first} to {last}"),
            _ => String::new(),
        };
        say!(
            "    {}: {} new, {} already there{period}",
            category.category,
            category.accepted,
            category.duplicates
        );
        for total in &category.totals {
            say!("        {} {}: {}", total.field, total.of, sum(total));
        }
    }
    const SHOWN: usize = 10;
    for file in &report.files {
        if report.files.len() > 1 || file.rejected > 0 {
            say!("    {} ({}): {} rows, {} rejected", file.file, file.format, file.rows, file.rejected);
        }
        for problem in file.problems.iter().take(SHOWN) {
            let place = problem.line.map(|line| format!("{} {line}", word(file.counts, lang)));
            let said = [place, problem.field.clone(), Some(problem.reason.clone())];
            say!("        {}", said.into_iter().flatten().collect::<Vec<_>>().join(": "));
        }
        if file.problems.len() > SHOWN {
            say!("        … and {} more (--rejects FILE has them)", file.problems.len() - SHOWN);
        }
    }
}

/// Runs an app and prints its view; what the host has to say of the run goes to stderr.
pub(crate) fn run_app(
    platform: &Platform,
    out: &Output,
    caller: &Caller,
    app: &str,
    input: &RunInput,
) -> Result<()> {
    let output = platform.run(caller, app, input)?;
    if out.json {
        say::json(&RunAnswer::from(&output))?;
    } else {
        terminal::show(&output.report)?;
    }
    terminal::log(&output.log);
    for category in &output.not_given {
        remark!("not given to {app}: {category}");
    }
    for (category, (rows, bytes)) in &output.usage.reads {
        remark!("read by {app}: {category}, {rows} rows, {bytes} bytes");
    }
    remark!(
        "{:.1} ms, {} KiB of memory; receipt {}",
        output.usage.time.as_secs_f64() * 1e3,
        output.usage.memory >> 10,
        output.receipt.id
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_money_have_their_decimals() {
        let of = |value, unit: &str| {
            sum(&Total { field: "amount".to_owned(), of: "in".to_owned(), unit: unit.to_owned(), value })
        };
        assert_eq!(of(-104_532, "EUR"), "-1045.32 EUR");
        assert_eq!(of(5, "EUR"), "0.05 EUR");
        assert_eq!(of(900, "JPY"), "900 JPY");
        assert_eq!(of(12, "Wh"), "12 Wh");
    }
}
