//! Shared by several verbs: importing a file, running an app, printing results.

use crate::failure::{Doing, Failure, Result};
use crate::language::lang;
use crate::terminal;
use crate::terminal::say::{self, remark, say};
use indicatif::{ProgressBar, ProgressStyle};
use mesinfos_model::view::{Choice, ChoiceField, Control, Lang, NumberField, Param};
use mesinfos_model::{Category, Day, PersonName};
use mesinfos_platform::consent::{Actor, Channel};
use mesinfos_platform::intake::mapped::Mapping;
use mesinfos_platform::intake::{IntakeError, Loose};
use mesinfos_platform::runtime::Manifest;
use mesinfos_platform::{
    Caller, GrantSummary, ImportInput, ImportReport, OnDay, Platform, PlatformError, RunInput, SystemClock,
};
use mesinfos_wire::{Grant, RunAnswer};
use mesinfos_words::cli::Cli;
use mesinfos_words::{report, scope};
use serde::Serialize;
use std::fs::File;
use std::io::Cursor;
use std::path::Path;

/// Size limit for component files. Slightly above the platform's own limit, so that the platform reports why
/// a component just above it is refused.
const LARGEST_APP: u64 = 32 << 20;

/// Format and language of output.
pub(crate) struct Output {
    pub(crate) json: bool,
    pub(crate) lang: Lang,
}

impl Output {
    /// Caller at this command line that acts for no person.
    pub(crate) fn nobody(&self) -> Caller {
        Caller::new(&SystemClock, Actor::Person, Channel::Cli, self.lang)
    }

    /// Caller at this command line that acts for `person`.
    pub(crate) fn caller(&self, person: &str) -> Result<Caller> {
        Ok(self.nobody().about(person.parse()?))
    }

    /// Prints `value` as JSON, or calls `words` to print it as text.
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

    /// Prints a detail, indented below the previous message.
    pub(crate) fn detail(&self, message: Cli<'_>) {
        say!("  {}", message.to(self.lang));
    }

    /// Prints a remark to stderr.
    pub(crate) fn remark(&self, message: Cli<'_>) {
        say::warning(&message.to(self.lang));
    }

    /// Prints a list, or `none` if it is empty.
    pub(crate) fn list<T>(&self, all: &[T], none: Cli<'_>, each: impl FnMut(&T)) {
        if all.is_empty() {
            self.say(none);
        }
        all.iter().for_each(each);
    }

    /// Prints a grant.
    pub(crate) fn grant(&self, grant: &GrantSummary) -> Result<()> {
        self.grant_as(grant, &mesinfos_words::consent::state_of(&grant.state, self.lang))
    }

    /// Prints a grant with `state`: its state, or the change made to it.
    pub(crate) fn grant_as(&self, grant: &GrantSummary, state: &str) -> Result<()> {
        self.print(&Grant::from(grant), |_| {
            self.grant_line(grant, state);
            self.detail(Cli::GrantComponent { component: &grant.component.to_string() });
            self.given(grant);
        })
    }

    /// Prints an app's own description: its name, its purpose, and its reason for each category selected by
    /// `is_asked`.
    pub(crate) fn said(&self, manifest: &Manifest, is_asked: impl Fn(Category) -> bool) {
        let (app, purpose) = (manifest.app.name.get(self.lang), manifest.app.summary.get(self.lang));
        self.detail(Cli::GrantFor { app, purpose });
        for read in manifest.reads.iter().filter(|read| is_asked(read.category)) {
            let (category, why) = (read.category.name(self.lang), read.why.get(self.lang));
            self.detail(Cli::GrantWhy { category, why });
        }
    }

    /// Prints the parameters of an app.
    pub(crate) fn params(&self, params: &[Param]) {
        for param in params {
            let takes = takes(&param.control, self.lang);
            self.detail(Cli::CheckParam { id: &param.id, label: &param.label, takes: &takes });
            if let Some(help) = &param.help {
                say!("    {help}");
            }
        }
    }

    /// Prints the app, version, state and id of a grant.
    pub(crate) fn grant_line(&self, grant: &GrantSummary, state: &str) {
        let id = grant.id.to_string();
        self.say(Cli::GrantState { app: &grant.app, version: &grant.version, state, id: &id });
    }

    /// Warns about categories of a grant that match none of the person's rows.
    pub(crate) fn unmatched(&self, grant: &GrantSummary) {
        for outside in &grant.unmatched {
            remark!("{}", mesinfos_words::consent::none_in_grant(outside, self.lang));
        }
    }

    /// Prints the scope of a grant, and its expiry if it is in force.
    pub(crate) fn given(&self, grant: &GrantSummary) {
        for one in grant.scope.values() {
            let (category, given) = (one.category.name(self.lang), scope::scope(one, self.lang));
            say!("  {}", mesinfos_words::labelled(category, given, self.lang));
        }
        if let Some(until) = grant.until.filter(|_| grant.is_in_force) {
            self.detail(Cli::GrantUntil { until: &mesinfos_words::last_day(until, self.lang) });
        }
    }
}

/// Values accepted by a parameter.
fn takes(control: &Control, lang: Lang) -> String {
    match control {
        Control::Number(NumberField { min, max, initial, .. }) => {
            let [min, max, initial] =
                [min, max, initial].map(|number| mesinfos_words::number::typed(*number, lang));
            Cli::ParamNumber { min: &min, max: &max, initial: &initial }.to(lang)
        }
        Control::Toggle(initial) => Cli::ParamToggle { initial: &initial.to_string() }.to(lang),
        Control::Choice(ChoiceField { choices, initial }) => {
            let choices: Vec<String> =
                choices.iter().map(|Choice { id, label }| format!("{id} ({label})")).collect();
            Cli::ParamChoice { choices: &choices.join(", "), initial }.to(lang)
        }
        Control::Date(_) => Cli::ParamDate.to(lang),
    }
}

pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Reads a component file.
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

/// Progress bar, hidden unless stderr is a terminal.
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

/// How a file is imported.
pub(crate) enum ImportAs {
    /// In the format that it is in.
    Recognised,
    /// Kept as it is.
    Document,
    /// As a table.
    Table(Box<Mapping>),
}

/// Opens a file, and returns its name. A folder is refused.
pub(crate) fn open_file(path: &Path) -> Result<(String, File)> {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let file = File::open(path).doing(Cli::Opening { path: &shown(path) })?;
    if file.metadata()?.is_dir() {
        // "/", or a name that leads to it.
        if path.canonicalize().is_ok_and(|whole| whole.parent().is_none()) {
            return Err(Failure::said(Cli::IsTheDisk { path: &shown(path) }));
        }
        return Err(Failure::said(Cli::IsAFolder { path: shown(path).trim_end_matches('/') }));
    }
    Ok((name, file))
}

/// Imports one file, or does a dry run, with a progress bar on stderr. The files of an archive that a person made of several
/// exports are imported one after the other.
pub(crate) fn import_file(
    platform: &Platform,
    target: &Target,
    path: &Path,
    how: &ImportAs,
) -> Result<Vec<Result<ImportReport>>> {
    let (name, mut file) = open_file(path)?;
    let about = file.metadata()?;
    if about.is_file() && matches!(how, ImportAs::Recognised) {
        let loose = platform.loose_files(&name, &mut file).doing(Cli::Importing { file: &shown(path) })?;
        if !loose.is_empty() {
            let imported = |loose: Loose| {
                let name = format!("{name}/{}", loose.name);
                let input = ImportInput::file(Cursor::new(loose.bytes));
                let report = target.import(platform, &name, input).doing(Cli::Importing { file: &name });
                (name, report)
            };
            return Ok(with_unknown(loose.into_iter().map(imported)));
        }
    }
    let bar = progress(about.len(), Cli::ProgressImporting.to(lang()));
    // A pipe or a terminal can only be read once, from start to end.
    let bytes = bar.wrap_read(file);
    let input = if about.is_file() { ImportInput::file(bytes) } else { ImportInput::from(bytes) };
    let input = match how {
        ImportAs::Recognised => input,
        ImportAs::Document => input.as_document(true),
        ImportAs::Table(mapping) => {
            input.mapped((**mapping).clone()).map_err(mesinfos_platform::PlatformError::from)?
        }
    };
    let report = target.import(platform, &name, input);
    bar.finish_and_clear();
    Ok(vec![report.doing(Cli::Importing { file: &shown(path) })])
}

/// What became of the files of an archive. Those that no format knows are told with the last one that was imported: beside
/// others they are no failure.
fn with_unknown(each: impl Iterator<Item = (String, Result<ImportReport>)>) -> Vec<Result<ImportReport>> {
    let is_unknown = |error: &Failure| {
        matches!(error.platform(), Some(PlatformError::Intake(IntakeError::Unrecognised { .. })))
    };
    let (mut unknown, mut done) = (Vec::new(), Vec::new());
    for (name, imported) in each {
        match imported {
            Err(error) if is_unknown(&error) => unknown.push((name, error)),
            imported => done.push(imported),
        }
    }
    match done.iter_mut().rev().find_map(|imported| imported.as_mut().ok()) {
        Some(last) => unknown.into_iter().for_each(|(name, _)| last.pass_over(name)),
        None => done.extend(unknown.into_iter().map(|(_, error)| Err(error))),
    }
    done
}

/// Destination of an import.
pub(crate) enum Target {
    /// The vault of the caller's person.
    Vault(Caller),
    /// None: a dry run, against that person's vault if it exists.
    Nowhere(Caller),
}

impl Target {
    fn import(
        &self,
        platform: &Platform,
        name: &str,
        input: ImportInput<'_>,
    ) -> std::result::Result<ImportReport, PlatformError> {
        match self {
            Target::Vault(caller) => platform.import(caller, name, input),
            Target::Nowhere(caller) => platform.import_dry_run(caller, name, input),
        }
    }
}

/// Caller for a sample person, with the platform's date.
pub(crate) fn sample_caller(platform: &Platform, person: &str, lang: Lang) -> Result<Caller> {
    Ok(platform.caller(Actor::Person, Channel::Cli, lang).about(person.parse()?))
}

/// Sets the platform's clock to `day`, if given.
pub(crate) fn on(platform: Platform, day: Option<Day>) -> Platform {
    match day {
        Some(day) => platform.with_clock(OnDay(day)),
        None => platform,
    }
}

/// Reports that a vault was created, or would be by a dry run, and lists the other people, so that a
/// misspelt name is noticed.
pub(crate) fn print_new_person(
    platform: &Platform,
    out: &Output,
    person: &str,
    is_dry_run: bool,
) -> Result<()> {
    // The stored form of the name: without surrounding spaces.
    let name: PersonName = person.parse()?;
    let person = name.as_str();
    out.say(if is_dry_run { Cli::NewPersonDryRun { person } } else { Cli::NewPerson { person } });
    let others: Vec<String> =
        platform.few_persons()?.into_iter().flatten().filter(|other| other != person).collect();
    if !others.is_empty() {
        out.say(Cli::OthersThere { names: &others.join(", ") });
    }
    Ok(())
}

/// Prints an import report as text.
pub(crate) fn print_import(imported: &ImportReport, lang: Lang) {
    report::import_report(imported, lang).iter().for_each(|line| say::line(line));
}

/// Runs an app and prints its view. Notes and statistics of the run go to stderr.
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
        terminal::show(&output.view)?;
    }
    terminal::log(&output.notes);
    let lang = out.lang;
    if !output.not_given.is_empty() {
        let categories = &mesinfos_words::names::categories(&output.not_given, lang);
        remark!("{}", Cli::NotGiven { app, categories }.to(lang));
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

/// Runs due upkeep, for people who never start the server. Ignores errors: the next call continues.
pub(crate) fn keep_up(platform: &Platform) {
    let _ = platform.upkeep();
}
