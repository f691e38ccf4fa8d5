//! What several verbs do: reading a file in, running an app, and printing what came of it.

use crate::failure::{Doing, Failure, Result};
use crate::language::lang;
use crate::terminal;
use crate::terminal::say::{self, remark, say};
use indicatif::{ProgressBar, ProgressStyle};
use mesinfos_model::view::{Control, Decimal, Lang, Param};
use mesinfos_model::{Category, Day};
use mesinfos_platform::consent::{Actor, Channel};
use mesinfos_platform::runtime::Manifest;
use mesinfos_platform::{Caller, GrantView, ImportReport, OnDay, Platform, RunInput, Source, SystemClock};
use mesinfos_wire::{Grant, RunAnswer};
use mesinfos_words::cli::Cli;
use mesinfos_words::{report, scope};
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

    /// Prints a message.
    pub(crate) fn say(&self, message: Cli<'_>) {
        say!("{}", message.to(self.lang));
    }

    /// Prints a message that belongs to the one before.
    pub(crate) fn detail(&self, message: Cli<'_>) {
        say!("  {}", message.to(self.lang));
    }

    /// Prints a list, or that there is nothing in it.
    pub(crate) fn list<T>(&self, all: &[T], none: Cli<'_>, each: impl FnMut(&T)) {
        if all.is_empty() {
            self.say(none);
        }
        all.iter().for_each(each);
    }

    /// A grant as it is now.
    pub(crate) fn grant(&self, grant: &GrantView) -> Result<()> {
        self.print(&Grant::from(grant), |_| {
            self.grant_line(grant);
            self.detail(Cli::GrantComponent { component: &grant.component.to_string() });
            self.given(grant);
        })
    }

    /// What an app says of itself: what it is for, and why it asks for each of these categories.
    pub(crate) fn said(&self, manifest: &Manifest, is_asked: impl Fn(Category) -> bool) {
        let (app, purpose) = (manifest.app.name.get(self.lang), manifest.app.summary.get(self.lang));
        self.detail(Cli::GrantFor { app, purpose });
        for read in manifest.reads.iter().filter(|read| is_asked(read.category)) {
            let (category, why) = (read.category.name(self.lang), read.why.get(self.lang));
            self.detail(Cli::GrantWhy { category, why });
        }
    }

    /// The settings of an app.
    pub(crate) fn params(&self, params: &[Param]) {
        for param in params {
            let takes = takes(&param.control, self.lang);
            self.detail(Cli::CheckParam { id: &param.id, label: &param.label, takes: &takes });
            if let Some(help) = &param.help {
                say!("    {help}");
            }
        }
    }

    /// Whose a grant is, and where it stands.
    pub(crate) fn grant_line(&self, grant: &GrantView) {
        let (state, id) = (mesinfos_words::consent::state_of(&grant.state, self.lang), grant.id.to_string());
        self.say(Cli::GrantState { app: &grant.app, version: &grant.version, state: &state, id: &id });
    }

    /// What a grant gives.
    pub(crate) fn given(&self, grant: &GrantView) {
        for one in grant.scope.values() {
            let (category, given) = (one.category.name(self.lang), scope::scope(one, self.lang));
            say!("  {}", mesinfos_words::labelled(category, given, self.lang));
        }
        if let Some(until) = grant.until {
            self.detail(Cli::GrantUntil { until: &mesinfos_words::last_day(until, self.lang) });
        }
    }
}

/// What a setting takes.
fn takes(control: &Control, lang: Lang) -> String {
    match control {
        Control::Number { min, max, initial, .. } => {
            let [min, max, initial] = [min, max, initial].map(|number| typed(*number));
            Cli::ParamNumber { min: &min, max: &max, initial: &initial }.to(lang)
        }
        Control::Toggle(initial) => Cli::ParamToggle { initial: &initial.to_string() }.to(lang),
        Control::Choice { choices, initial } => {
            let choices: Vec<String> = choices.iter().map(|(id, label)| format!("{id} ({label})")).collect();
            Cli::ParamChoice { choices: &choices.join(", "), initial }.to(lang)
        }
        Control::Date { .. } => Cli::ParamDate.to(lang),
    }
}

/// A number as it is typed on the command line.
fn typed(number: Decimal) -> String {
    mesinfos_model::money::decimal(number.mantissa, number.scale)
}

/// A path as it is shown.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// The bytes of a component.
pub(crate) fn read_app(path: &Path) -> Result<Vec<u8>> {
    let name = shown(path);
    let reading = Cli::Reading { path: &name };
    let size = std::fs::metadata(path).doing(reading)?.len();
    if size > LARGEST_APP {
        let size = mesinfos_words::size(size, lang());
        return Err(Failure::said(Cli::AppTooLarge { path: &name, size: &size }));
    }
    std::fs::read(path).doing(reading)
}

/// A bar on a terminal, silence elsewhere.
fn progress(length: u64, message: String) -> ProgressBar {
    if !say::is_watched() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length);
    if let Ok(style) = ProgressStyle::with_template("{msg:>12} {bar:30} {bytes}/{total_bytes} {eta}") {
        bar.set_style(style);
    }
    bar.set_message(message);
    bar
}

/// Imports one file with a bar on stderr, or says what that would do.
pub(crate) fn import_file(
    platform: &Platform,
    target: &Target,
    path: &Path,
    is_document: bool,
) -> Result<ImportReport> {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let file = File::open(path).doing(Cli::Opening { path: &shown(path) })?;
    let bar = progress(file.metadata()?.len(), Cli::ProgressImporting.to(lang()));
    let input = Source::file(bar.wrap_read(file)).as_document(is_document);
    let report = match target {
        Target::Vault(caller) => platform.import(caller, &name, input),
        Target::Nowhere(caller) => platform.import_dry_run(caller, &name, input),
    };
    bar.finish_and_clear();
    report.doing(Cli::Importing { file: &shown(path) })
}

/// Where the rows of a file go.
pub(crate) enum Target {
    /// Into the vault of the person whom the caller is about.
    Vault(Caller),
    /// Nowhere: what would happen, in the vault of that person if there is one.
    Nowhere(Caller),
}

/// A sample person, on the platform's day.
pub(crate) fn sample_caller(platform: &Platform, person: &str, lang: Lang) -> Result<Caller> {
    Ok(platform.caller(Actor::Person, Channel::Cli, lang).about(person.parse()?))
}

/// The platform on this day, where one is said.
pub(crate) fn on(platform: Platform, day: Option<Day>) -> Platform {
    match day {
        Some(day) => platform.with_clock(OnDay(day)),
        None => platform,
    }
}

/// That a vault was made for a person, beside those that there are: a slip in a name shows.
pub(crate) fn print_new_person(platform: &Platform, out: &Output, person: &str) -> Result<()> {
    out.say(Cli::NewPerson { person });
    let others: Vec<String> =
        platform.few_persons()?.into_iter().flatten().filter(|other| other != person).collect();
    if !others.is_empty() {
        out.say(Cli::OthersThere { names: &others.join(", ") });
    }
    Ok(())
}

/// What came of a file, for people.
pub(crate) fn print_import(imported: &ImportReport, lang: Lang) {
    report::import_report(imported, lang).iter().for_each(|line| say::line(line));
    if imported.files.iter().any(|file| file.problems.len() > report::TOLD) {
        say!("    {}", Cli::RejectsHaveThem.to(lang));
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
    let lang = out.lang;
    for category in &output.not_given {
        remark!("{}", Cli::NotGiven { app, category: category.name(lang) }.to(lang));
    }
    for (category, (rows, bytes)) in &output.usage.reads {
        let (category, size) = (category.name(lang), mesinfos_words::size(*bytes, lang));
        remark!("{}", Cli::WasRead { rows: *rows, app, category, size: &size }.to(lang));
    }
    let time = mesinfos_words::number::decimal(output.usage.time.as_secs_f64() * 1e3, 1, lang);
    let memory = mesinfos_words::size(output.usage.memory as u64, lang);
    let receipt = output.receipt.id.to_string();
    remark!("{}", Cli::RunCost { time: &time, memory: &memory, receipt: &receipt }.to(lang));
    Ok(())
}

/// Does what has to be done now and then, for those who never serve. What the disk keeps from being done is done
/// another time.
pub(crate) fn keep_up(platform: &Platform) {
    let _ = platform.upkeep();
}
