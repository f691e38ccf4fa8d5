//! What each verb does: reads the command line, calls the platform, prints.

use crate::acts::{Output, Target, import_file, print_import, read_app, run_app, shown};
use crate::args::{Args, AuditVerb, GrantArgs, Verb};
use crate::failure::{Doing, Failure, OrSay, Result};
use crate::language::lang;
use crate::terminal::say::{self, say};
use crate::wall::Wall;
use crate::{backup, build, demo, doctor, doors, gallery, hints, log, personas, private, serve};
use mesinfos_model::Necessity;
use mesinfos_model::day::PeriodError;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Day, Grain, Period, RowSet};
use mesinfos_personas::{LIVES, Persona};
use mesinfos_platform::doors::Doors;
use mesinfos_platform::{Ask, Logged, OnDay, Platform, PlatformError, Publisher, RunInput};
use mesinfos_wire::{
    AppRecord, AuditEntry, CategoryEntry, CategorySummary, Check, Document, Erased, Format, Grant, Import,
    Imported, Receipt, Replay, Row, Undone, Verified, each,
};
use mesinfos_words::cli::Cli;
use mesinfos_words::{audit as events, dictionary, names, outcome, report};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(crate) fn run(args: Args) -> Result<ExitCode> {
    if matches!(args.verb, Verb::Runner) {
        return mesinfos_platform::serve_runners().map(|()| ExitCode::SUCCESS).map_err(Into::into);
    }
    if let Some(tag) = args.lang.as_deref() {
        Lang::from_tag(tag).or_say(Cli::NotALanguage { tag })?;
    }
    let folder = data_folder(args.data)?;
    let out = Output { json: args.json, lang: lang() };
    let wall = Wall::of(args.isolation, &args.verb)?;
    let open = || wall.open(&folder);
    match args.verb {
        Verb::Check { app } => return check(&out, &app),
        Verb::Build { folder, component, output } => {
            let built = build::build(&folder, component.as_deref(), output.as_deref())?;
            out.print(&built, |built| {
                let path = built.component.clone();
                let size = mesinfos_words::size(built.size, out.lang);
                out.say(Cli::Built { path: &path, size: &size });
                out.say(Cli::Next { command: &format!("mesinfos install {path}") });
            })?;
        }
        Verb::Formats => formats(&out)?,
        Verb::Personas { out: Some(folder), people: Some(people), seed, .. } => {
            personas::write_population(&folder, people, seed)?;
        }
        Verb::Personas { names, out: Some(folder), seed, .. } => {
            personas::write(&folder, &personas::chosen(&names)?, seed)?;
        }
        Verb::Personas { names, import: true, seed, .. } => {
            let people = personas::chosen(&names)?;
            personas::import(&open()?, &out, &people, seed)?;
        }
        Verb::Personas { names, .. } => personas::list(&out, &personas::chosen(&names)?)?,
        // Above: it needs no folder.
        Verb::Runner => {}
        Verb::Demo { apps, samples, once, port } => {
            let samples = samples.as_deref();
            let people = gallery::samples(samples, &sample_lives(), out.lang)?;
            // Sample people have a day of their own: the one after their last file.
            let today = gallery::today(samples)?;
            let open = || -> Result<Platform> {
                let platform = open()?;
                Ok(match today {
                    Some(day) => platform.with_clock(OnDay(day)),
                    None => platform,
                })
            };
            demo::demo(&open()?, &out, &apps, people)?;
            if !once {
                // Opened anew: one process holds a folder once at a time.
                serve::serve(open()?, &folder, port, &[])?;
            }
        }
        Verb::Gallery { names, apps, out: folder, samples, today } => {
            let langs = if args.lang.is_some() { vec![out.lang] } else { vec![Lang::Fr, Lang::En] };
            let samples = samples.as_deref();
            let people = gallery::samples(samples, &personas::chosen(&names)?, out.lang)?;
            let today = if today.is_some() { day(today.as_deref())? } else { gallery::today(samples)? };
            gallery::gallery(&out, &wall, (&apps, &folder), people, &langs, today)?;
        }
        Verb::Serve { port, host_names, log } => {
            log::begin(log)?;
            serve::serve(open()?, &folder, port, &host_names)?;
        }
        Verb::Open => doors::open(&Doors::open(&folder)?, &out)?,
        Verb::Token { act } => doors::token(&Doors::open(&folder)?, &out, act)?,
        Verb::Import { person, files, document, dry_run, rejects } => {
            let target = match &person {
                Some(person) if !dry_run => Target::Vault(out.caller(person)?),
                Some(person) => Target::Nowhere(out.caller(person)?),
                None => Target::Nowhere(out.nobody()),
            };
            import(&open()?, &out, &target, (&files, document), rejects.as_deref())?;
        }
        Verb::Imports { person } => imports(&open()?, &out, &person)?,
        Verb::Rows { category, person, period: within, limit } => {
            let within = within.as_deref().map_or(Ok(Period::ALL), period)?;
            rows(&open()?, &out, &person, category_of(&category)?, (&within, limit))?;
        }
        Verb::Documents { id: Some(id), person, output: Some(output) } => {
            get_document(&open()?, &out, &person, &id, &output)?;
        }
        Verb::Documents { person, .. } => documents(&open()?, &out, &person)?,
        Verb::Undo { import, person } => {
            let undone = open()?.undo_import(&out.caller(&person)?, import)?;
            out.print(&Undone::from(&undone), |_| {
                report::undo_report(&undone, out.lang).iter().for_each(|line| say::line(line));
            })?;
        }
        Verb::Doctor { deep } => return doctor::doctor(&folder, &out, deep),
        Verb::Backup { to } => backup::backup(&open()?, &out, &to)?,
        Verb::Restore { from } => backup::restore(&folder, &out, &from)?,
        Verb::Dictionary { category } => dictionary_of(&out, category.as_deref())?,
        Verb::Install { app, new_publisher } => {
            let publisher = if new_publisher { Publisher::Any } else { Publisher::Same };
            install(&open()?, &out, &app, publisher)?;
        }
        Verb::Apps => {
            let apps = open()?.apps()?;
            out.print(&each::<_, AppRecord>(&apps), |_| {
                out.list(&apps, Cli::NoAppsYet, |app| {
                    say!("{:<16} {:<10} {} ({})", app.id, app.version, app.component, app.publisher);
                });
            })?;
        }
        Verb::People { person: None } => out.print(&open()?.persons()?, |names| {
            out.list(names, Cli::NobodyYet, |name| say::line(name));
        })?,
        Verb::People { person: Some(name) } => summary(&open()?, &out, &name)?,
        Verb::Grant { grant, until, component } => {
            let until = until.as_deref().map(end_of_day).transpose()?;
            let platform = open()?;
            let given = asks(&grant, &out, &platform, false)?;
            let installed = platform.app(&grant.app)?.component.to_string();
            let component = component.as_deref().or(Some(&installed));
            let caller = out.caller(&grant.person)?;
            out.grant(&platform.grant_shown(&caller, &grant.app, component, &given, until)?)?;
        }
        Verb::Narrow { grant } => {
            let platform = open()?;
            let given = asks(&grant, &out, &platform, true)?;
            out.grant(&platform.narrow(&out.caller(&grant.person)?, &grant.app, &given)?)?;
        }
        Verb::Grants { person } => {
            let grants = open()?.grants_of(&out.caller(&person)?)?;
            out.print(&each::<_, Grant>(&grants), |_| {
                out.list(&grants, Cli::NoGrantsYet, |grant| {
                    out.grant_line(grant);
                    out.given(grant);
                });
            })?;
        }
        Verb::Pause { app, person } => out.grant(&open()?.pause(&out.caller(&person)?, &app)?)?,
        Verb::Resume { app, person } => {
            out.grant(&open()?.resume(&out.caller(&person)?, &app)?)?;
        }
        Verb::Revoke { app, person } => {
            out.grant(&open()?.revoke(&out.caller(&person)?, &app)?)?;
        }
        Verb::Run { app, person, params, today } => {
            let caller = out.caller(&person)?.on(day(today.as_deref())?);
            run_app(&open()?, &out, &caller, &app, &RunInput { params: pairs(&params)? })?;
        }
        Verb::Receipts { person } => receipts(&open()?, &out, &person)?,
        Verb::Replay { receipt, person } => return replay(&open()?, &out, &person, &receipt),
        Verb::Audit { act, person } => {
            let name = person.or_say(Cli::WhoseLog)?;
            audit(&open()?, &out, &name, act.as_ref())?;
        }
        Verb::Erase { person, yes } => {
            if !yes && !confirmed(&person)? {
                return Err(Failure::said(Cli::NothingErased));
            }
            let platform = open()?;
            let erased = Erased::new(&person, &platform.erase(&out.caller(&person)?)?);
            keep_up(&platform);
            out.print(&erased, |erased| {
                out.say(Cli::Erased { person: &erased.erased });
                out.say(Cli::LogClosed { head: &erased.closing.to_string() });
            })?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn data_folder(given: Option<PathBuf>) -> Result<PathBuf> {
    if let Some(folder) = given {
        return Ok(folder);
    }
    if let Some(base) = std::env::var_os("XDG_DATA_HOME").filter(|base| !base.is_empty()) {
        return Ok(PathBuf::from(base).join("mesinfos"));
    }
    let home = std::env::var_os("HOME").or_say(Cli::NoHome)?;
    Ok(PathBuf::from(home).join(".local/share/mesinfos"))
}

fn check(out: &Output, path: &Path) -> Result<ExitCode> {
    let (check, inspection) = mesinfos_platform::check(&read_app(path)?);
    out.print(&Check::from(&check), |check| {
        let (path, component) = (shown(path), check.component.to_string());
        let size = mesinfos_words::size(check.size, out.lang);
        out.say(Cli::CheckHead { path: &path, size: &size, component: &component });
        if let Some(manifest) = &inspection.manifest {
            let app = &manifest.app;
            let name = app.name.get(out.lang);
            let (id, version, publisher) = (&app.id, &app.version, &app.publisher);
            out.detail(Cli::CheckApp { id, version, name, publisher });
        }
        for (category, fields) in &check.fields {
            let need = inspection.manifest.as_ref().and_then(|m| m.read(*category)).map(|r| r.need);
            let fields = &fields.join(", ");
            let category = category.id();
            out.detail(match need {
                Some(Necessity::Optional) => Cli::CheckReadsOptional { category, fields },
                Some(Necessity::Required) | None => Cli::CheckReadsRequired { category, fields },
            });
        }
        if check.ok {
            out.detail(Cli::CheckKeepsNothing);
        }
        for problem in &inspection.problems {
            let words = outcome::problem(problem, out.lang);
            out.detail(Cli::CheckRefused { code: problem.code(), problem: &words });
        }
        if let Some(hint) = hints::of_problems(&inspection.problems) {
            out.detail(Cli::HintLine { words: &hint.to(out.lang) });
        }
    })?;
    Ok(if check.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn install(platform: &Platform, out: &Output, path: &Path, publisher: Publisher) -> Result<()> {
    let (record, inspection) = platform.install_of(&read_app(path)?, publisher)?;
    out.print(&AppRecord::from(&record), |_| {
        let (app, version) = (record.id.as_str(), record.version.as_str());
        let asks = names::categories(inspection.asks.keys(), out.lang);
        out.say(match asks.as_str() {
            "" => Cli::InstalledAsksNothing { app, version },
            asks => Cli::Installed { app, version, asks },
        });
        let component = record.component.to_string();
        out.detail(Cli::PublishedBy { publisher: &record.publisher, component: &component });
        out.say(Cli::Next { command: &format!("mesinfos grant {app} --person …") });
    })
}

/// The whole lives among the sample people.
fn sample_lives() -> Vec<&'static Persona> {
    mesinfos_personas::personas().iter().take(LIVES).collect()
}

fn formats(out: &Output) -> Result<()> {
    let abouts = mesinfos_platform::intake::abouts();
    let formats: Vec<Format> = each(abouts.iter().copied());
    out.print(&formats, |_| {
        for about in &abouts {
            let (categories, name) = (names::categories(about.categories, out.lang), about.name(out.lang));
            say!("{:<28} {name}", about.id);
            let parts = [categories.as_str(), about.origin, about.spec];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            say!("    {}", parts.join(" · "));
        }
    })
}

fn dictionary_of(out: &Output, category: Option<&str>) -> Result<()> {
    let categories = match category {
        Some(id) => vec![category_of(id)?],
        None => Category::ALL.to_vec(),
    };
    let entries: Vec<CategoryEntry> = categories.iter().copied().map(CategoryEntry::from).collect();
    out.print(&entries, |_| say::text(&dictionary::markdown(&categories, out.lang)))
}

fn category_of(id: &str) -> Result<Category> {
    let known = || Category::ALL.iter().map(|c| c.id()).collect::<Vec<_>>().join(", ");
    Category::from_id(id).map_or_else(|| Err(Failure::said(Cli::NoSuchCategory { id, known: &known() })), Ok)
}

fn import(
    platform: &Platform,
    out: &Output,
    target: &Target,
    (files, are_documents): (&[PathBuf], bool),
    rejects: Option<&Path>,
) -> Result<()> {
    keep_up(platform);
    let (mut reports, mut failures) = (Vec::new(), Vec::new());
    for path in files {
        match import_file(platform, target, path, are_documents) {
            Ok(report) => reports.push(report),
            // One file that cannot be read does not keep the others out.
            Err(error) => failures.push(error),
        }
    }
    if let Some(path) = rejects {
        let csv = mesinfos_platform::rejects_csv(&reports);
        private::write(path, csv.as_bytes()).doing(Cli::Writing { path: &shown(path) })?;
    }
    let imported =
        Imported { imports: each(&reports), errors: failures.iter().map(hints::problem).collect() };
    out.print(&imported, |_| reports.iter().for_each(|report| print_import(report, out.lang)))?;
    match failures.len() {
        0 => Ok(()),
        // It is told as any other, with its code.
        1 => Err(failures.remove(0)),
        _ => Err(Failure::several(failures)),
    }
}

fn rows(
    platform: &Platform,
    out: &Output,
    person: &str,
    category: Category,
    (period, limit): (&Period, usize),
) -> Result<()> {
    let rows = platform.rows(&out.caller(person)?, category, period, limit)?;
    out.print(&each::<_, Row>(&rows), |_| {
        out.list(&rows, Cli::NoRows, |row| {
            let value = |(field, value): &(&'static str, String)| {
                mesinfos_words::labelled(names::field(category, field, out.lang), value, out.lang)
            };
            let values: Vec<String> = row.values.iter().map(value).collect();
            say!("{}", values.join(" · "));
            say!("    {}:{} ({})", row.file, row.place, row.id);
        });
    })
}

fn documents(platform: &Platform, out: &Output, person: &str) -> Result<()> {
    let documents: Vec<Document> = each(&platform.documents(&out.caller(person)?)?);
    out.print(&documents, |documents| {
        out.list(documents, Cli::NoDocumentsYet, |document| {
            let on = document.on.as_deref().unwrap_or(mesinfos_words::MISSING);
            let (id, size) = (document.id.to_string(), mesinfos_words::size(document.size, out.lang));
            say!("{id:<10} {on:<10} {:<16} {} ({size})", document.kind, document.name);
        });
    })
}

/// Writes a document to a file that is not there yet; if it does not open whole, no file is left.
fn get_document(platform: &Platform, out: &Output, person: &str, id: &str, output: &Path) -> Result<()> {
    let row = id.parse().map_err(|_| PlatformError::NoSuchDocument { id: id.to_owned() })?;
    let (document, mut pieces) = platform.document(&out.caller(person)?, row)?;
    let path = shown(output);
    let writing = Cli::Writing { path: &path };
    let mut file = private::create_new(output).doing(writing)?;
    let written = pieces.try_for_each(|piece| -> Result<()> { Ok(file.write_all(&piece?)?) });
    if let Err(failure) = written.and_then(|()| Ok(file.sync_all()?)) {
        let _ = std::fs::remove_file(output);
        return Err(failure.while_doing(writing));
    }
    out.print(&Document::from(&document), |document| {
        let size = mesinfos_words::size(document.size, out.lang);
        out.say(Cli::Document { path: &path, name: &document.name, size: &size });
    })
}

fn imports(platform: &Platform, out: &Output, person: &str) -> Result<()> {
    let imports: Vec<Import> = each(&platform.imports(&out.caller(person)?)?);
    out.print(&imports, |imports| {
        out.list(imports, Cli::NoImportsYet, |import| {
            let known = mesinfos_platform::intake::about(&import.format);
            let format = known.map_or(import.format.as_str(), |about| about.name(out.lang));
            let line = Cli::ImportLine { import: &import.import.to_string(), file: &import.file, format };
            let line = line.to(out.lang);
            match import.undone_at {
                Some(_) => out.say(Cli::ImportUndone { line: &line }),
                None => say::line(&line),
            }
            for category in &import.categories {
                let counts = events::rows(category.accepted, category.duplicates, 0, out.lang);
                say!("    {}", mesinfos_words::labelled(category.category.name(out.lang), counts, out.lang));
            }
        });
    })
}

fn summary(platform: &Platform, out: &Output, person: &str) -> Result<()> {
    let there = platform.summary(&out.caller(person)?)?;
    out.print(&each::<_, CategorySummary>(&there), |_| {
        out.list(&there, Cli::NothingInTheVault, |one| {
            let rows = Cli::CategoryThere { rows: one.rows }.to(out.lang);
            let days = match (one.first, one.last) {
                (Some(first), Some(last)) => {
                    let until = Some(Day(last.0.saturating_add(1)));
                    mesinfos_words::period(&Period { from: Some(first), until }, out.lang)
                }
                _ => Cli::Undated.to(out.lang),
            };
            let holders = one.holders.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            say!("{:<30} {rows:>18} · {days} · {holders}", one.category.name(out.lang));
        });
    })
}

fn receipts(platform: &Platform, out: &Output, person: &str) -> Result<()> {
    let receipts = platform.receipts_of(&out.caller(person)?)?;
    out.print(&each::<_, Receipt>(&receipts), |_| {
        out.list(&receipts, Cli::NoReceiptsYet, |receipt| {
            let read = receipt.reads.iter().filter(|(_, read)| read.rows > 0);
            let read = read.map(|(category, read)| {
                Cli::ReceiptRead { rows: read.rows, category: category.name(out.lang) }.to(out.lang)
            });
            let read: Vec<String> = read.collect();
            let reads = match read.as_slice() {
                [] => Cli::ReceiptReadNothing.to(out.lang),
                some => {
                    Cli::ReceiptReadAll { reads: &mesinfos_words::names::series(some, out.lang) }.to(out.lang)
                }
            };
            out.say(Cli::ReceiptLine {
                id: &receipt.id.to_string(),
                app: &receipt.app.id,
                at: &mesinfos_words::instant(receipt.at, out.lang),
                outcome: &outcome::outcome_of_code(receipt.outcome.as_str(), out.lang),
                reads: &reads,
            });
        });
    })
}

fn asks(
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
        holders: args.holders.clone(),
        excluded: RowSet::new(),
    };
    let mut categories =
        args.categories.iter().map(|id| category_of(id)).collect::<Result<Vec<Category>>>()?;
    if categories.is_empty() {
        let given = |app: &str| -> Result<Vec<Category>> {
            let (_, _, inspection) = platform.describe(app)?;
            Ok(inspection.asks.keys().copied().collect())
        };
        categories = if narrowing {
            let grants = platform.grants_of(&out.caller(&args.person)?)?;
            let newest = grants.iter().rfind(|grant| grant.app == args.app && !grant.scope.is_empty());
            newest.map(|grant| grant.scope.keys().copied().collect()).unwrap_or_default()
        } else {
            given(&args.app)?
        };
    }
    // A row is of one category, and mostly of one only.
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

fn grain(id: &str) -> Result<Grain> {
    const KNOWN: [Grain; 5] = [Grain::Raw, Grain::Rounded, Grain::Hourly, Grain::Daily, Grain::Monthly];
    let known = || KNOWN.map(Grain::id).join(", ");
    Grain::from_id(id).map_or_else(|| Err(Failure::said(Cli::NoSuchGranularity { id, known: &known() })), Ok)
}

fn period(text: &str) -> Result<Period> {
    Period::parse(text).map_err(|error| {
        Failure::said(match error {
            PeriodError::NotAPeriod { .. } => Cli::NotAPeriod { text },
            PeriodError::Reversed { .. } => Cli::ReversedPeriod { text },
        })
    })
}

fn pairs(params: &[String]) -> Result<Vec<(String, String)>> {
    params
        .iter()
        .map(|pair| {
            let (id, value) = pair.split_once('=').or_say(Cli::NotASetting { pair })?;
            Ok((id.to_owned(), value.to_owned()))
        })
        .collect()
}

fn day(text: Option<&str>) -> Result<Option<Day>> {
    text.map(|text| text.parse().or_say(Cli::NotADate { text })).transpose()
}

/// The end of a day, UTC, in seconds.
fn end_of_day(text: &str) -> Result<i64> {
    let day: Day = text.parse().or_say(Cli::NotADate { text })?;
    Ok((i64::from(day.0) + 1) * mesinfos_model::day::DAY_SECONDS)
}

fn replay(platform: &Platform, out: &Output, person: &str, id: &str) -> Result<ExitCode> {
    let id = id.parse().or_say(Cli::NotAReceipt { id })?;
    let replayed = platform.replay(&out.caller(person)?, id)?;
    let replay = Replay::from(&replayed);
    out.print(&replay, |replay| {
        if replay.identical {
            out.say(Cli::ReplayIdentical { app: &replay.receipt.app.id });
        }
        for difference in &replayed.1 {
            out.say(Cli::ReplayDifferent { what: &events::difference(difference, out.lang) });
        }
    })?;
    Ok(if replay.identical { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn audit(platform: &Platform, out: &Output, name: &str, act: Option<&AuditVerb>) -> Result<()> {
    if let Some(AuditVerb::Verify { head }) = act {
        let kept = head.as_deref().map(|head| head.parse().or_say(Cli::NotAHead { head }));
        let verified = Verified::from(&platform.audit_verify(&out.caller(name)?, kept.transpose()?)?);
        return out.print(&verified, |verified| {
            out.say(Cli::LogWhole { entries: verified.entries, head: &verified.head.to_string() });
            if head.is_none() {
                out.say(Cli::KeepHeadNextTime);
            }
        });
    }
    let logged = platform.audit_entries(&out.caller(name)?)?;
    out.print(&each::<_, AuditEntry>(&logged), |_| {
        for Logged { entry, run } in &logged {
            let at = mesinfos_words::instant(entry.at, out.lang);
            let by = entry.by.map(|by| format!(" · {}", events::act(by, out.lang))).unwrap_or_default();
            let run = run.map(|run| format!(" ({})", events::run_state(run, out.lang))).unwrap_or_default();
            say!("{:>4}  {at}{by}", entry.seq);
            say!("      {}{run}", events::audit_event(&entry.event, out.lang));
        }
        if let Some(Logged { entry, .. }) = logged.last() {
            let head = entry.hash.to_string();
            out.say(Cli::LogHead { head: &head });
            let command = format!("mesinfos audit verify --person {name} --head {head}");
            out.say(Cli::KeepHead { command: &command });
        }
    })
}

fn confirmed(person: &str) -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::said(Cli::ErasingNeedsYes));
    }
    say::ask(&Cli::AskErase { person }.to(lang()));
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim() == person)
}

/// Does what has to be done now and then, for those who never serve. What the disk keeps from being done is done
/// another time.
fn keep_up(platform: &Platform) {
    let _ = platform.upkeep();
}
