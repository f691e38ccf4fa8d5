//! What each verb does: reads the command line, calls the platform, prints.

use crate::acts::{Output, Target, import_file, print_import, read_app, run_app};
use crate::args::{Args, AuditVerb, GrantArgs, Verb};
use crate::terminal::say::{self, say};
use crate::wall::Wall;
use crate::{backup, build, demo, doctor, doors, gallery, hints, log, personas, private, serve};
use anyhow::{Context, Result, bail};
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Day, Grain, Period, RowSet};
use mesinfos_personas::{LIVES, Persona};
use mesinfos_platform::doors::Doors;
use mesinfos_platform::{Ask, Logged, OnDay, Platform, PlatformError, Publisher, RunInput, RunState};
use mesinfos_wire::{
    AppRecord, AuditEntry, CategoryEntry, CategorySummary, Check, Document, Erased, Format, Grant, Import,
    Imported, Problem, Receipt, Replay, Row, Undone, Verified, each,
};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(crate) fn run(args: Args) -> Result<ExitCode> {
    if matches!(args.verb, Verb::Runner) {
        return mesinfos_platform::serve_runners().map(|()| ExitCode::SUCCESS).map_err(Into::into);
    }
    let lang = language(args.lang.as_deref())?;
    let folder = data_folder(args.data)?;
    let out = Output { json: args.json, lang };
    let wall = Wall::of(args.isolation, &args.verb)?;
    let open = || wall.open(&folder);
    match args.verb {
        Verb::Check { app } => return check(&out, &app),
        Verb::Build { folder, component, output } => {
            let built = build::build(&folder, component.as_deref(), output.as_deref())?;
            out.print(&built, |built| {
                say!("{} ({} bytes)", built.component, built.size);
                say!("next: mesinfos install {}", built.component);
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
        Verb::Personas { .. } => personas::list(&out)?,
        // Above: it needs no folder.
        Verb::Runner => {}
        Verb::Demo { apps, samples, once, port } => {
            let samples = samples.as_deref();
            let people = gallery::samples(samples, &sample_lives(), lang)?;
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
            let langs = if args.lang.is_some() { vec![lang] } else { vec![Lang::Fr, Lang::En] };
            let samples = samples.as_deref();
            let people = gallery::samples(samples, &personas::chosen(&names)?, lang)?;
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
        Verb::Rows { category, person, period, limit } => {
            let period = period.as_deref().map_or(Ok(Period::ALL), Period::parse)?;
            let rows = open()?.rows(&out.caller(&person)?, category_of(&category)?, &period, limit)?;
            out.print(&each::<_, Row>(&rows), |rows| {
                for row in rows {
                    let values: Vec<String> =
                        row.values.iter().map(|of| format!("{}: {}", of.field, of.value)).collect();
                    let (values, file) = (values.join(" · "), &row.file);
                    say!("{values}");
                    say!("    {file}:{} ({})", row.place, row.id);
                }
            })?;
        }
        Verb::Documents { id: Some(id), person, output: Some(output) } => {
            get_document(&open()?, &out, &person, &id, &output)?;
        }
        Verb::Documents { person, .. } => {
            let documents: Vec<Document> = each(&open()?.documents(&out.caller(&person)?)?);
            out.print(&documents, |documents| {
                for document in documents {
                    let on = document.on.as_deref().unwrap_or("-");
                    let (id, kind, name) = (document.id.to_string(), &document.kind, &document.name);
                    say!("{id:<10} {on:<10} {kind:<16} {name} ({} bytes)", document.size);
                }
            })?;
        }
        Verb::Undo { import, person } => {
            let undone = Undone::from(&open()?.undo_import(&out.caller(&person)?, import)?);
            out.print(&undone, |undone| {
            say!("undone: {} rows of {} are gone", undone.rows, undone.file);
            for file in &undone.import_again {
                say!("import again: {file} (some of its rows were there already, and may be gone now)");
            }
            for app in &undone.left_out_for {
                say!(
                    "{app} was given less: rows of this import were left out. If the file comes again, they are given: narrow {app} then, with --without"
                );
            }
        })?;
        }
        Verb::Doctor { deep } => return doctor::doctor(&folder, &out, deep),
        Verb::Backup { to } => backup::backup(&open()?, &out, &to)?,
        Verb::Restore { from } => backup::restore(&folder, &out, &from)?,
        Verb::Dictionary { category } => dictionary(&out, category.as_deref())?,
        Verb::Install { app, new_publisher } => {
            let platform = open()?;
            let publisher = if new_publisher { Publisher::Any } else { Publisher::Same };
            let (record, inspection) = platform.install_of(&read_app(&app)?, publisher)?;
            out.print(&AppRecord::from(&record), |record| {
                let asks: Vec<&str> = inspection.asks.keys().map(|c| c.id()).collect();
                say!("installed {} {} (asks for {})", record.id, record.version, asks.join(", "));
                say!("  published by {}, component {}", record.publisher, record.component);
                say!("next: mesinfos grant {} --person NAME", record.id);
            })?;
        }
        Verb::Apps => out.print(&each::<_, AppRecord>(&open()?.apps()?), |apps| {
            for app in apps {
                say!("{:<16} {:<10} {} ({})", app.id, app.version, app.component, app.publisher);
            }
        })?,
        Verb::People { person: None } => out.print(&open()?.persons()?, |names| {
            for name in names {
                say!("{name}");
            }
        })?,
        Verb::People { person: Some(name) } => {
            let rows: Vec<CategorySummary> = each(&open()?.summary(&out.caller(&name)?)?);
            out.print(&rows, |rows| {
                for row in rows {
                    let day = |day: Option<Day>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
                    let (first, last, holders) = (day(row.first), day(row.last), row.holders.join(", "));
                    say!("{:<12} {:>9} rows  {first:<10} {last:<10} {holders}", row.category.id(), row.rows);
                }
            })?;
        }
        Verb::Grant { grant, until, component } => {
            let until = until.as_deref().map(end_of_day).transpose()?;
            let platform = open()?;
            let given = asks(&grant, &out, &platform, false)?;
            let installed = platform.app(&grant.app)?.component.to_string();
            let shown = component.as_deref().or(Some(&installed));
            let caller = out.caller(&grant.person)?;
            out.grant(&platform.grant_shown(&caller, &grant.app, shown, &given, until)?)?;
        }
        Verb::Narrow { grant } => {
            let platform = open()?;
            let given = asks(&grant, &out, &platform, true)?;
            out.grant(&platform.narrow(&out.caller(&grant.person)?, &grant.app, &given)?)?;
        }
        Verb::Grants { person } => {
            out.print(&each::<_, Grant>(&open()?.grants_of(&out.caller(&person)?)?), |grants| {
                for grant in grants {
                    say!("{:<12} {:<10} {:<10} {}", grant.app, grant.version, grant.state, grant.id);
                    out.given(grant);
                }
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
        Verb::Receipts { person } => {
            out.print(&each::<_, Receipt>(&open()?.receipts_of(&out.caller(&person)?)?), |receipts| {
                for receipt in receipts {
                    say!("{}  {:<12} {}", receipt.id, receipt.app.id, receipt.outcome);
                }
            })?;
        }
        Verb::Replay { receipt, person } => return replay(&open()?, &out, &person, &receipt),
        Verb::Audit { act, person } => {
            let name = person.context("say whose log: --person NAME")?;
            audit(&open()?, &out, &name, act.as_ref())?;
        }
        Verb::Erase { person, yes } => {
            if !yes && !confirmed(&person)? {
                bail!("nothing was erased");
            }
            let platform = open()?;
            let erased = Erased::new(&person, &platform.erase(&out.caller(&person)?)?);
            keep_up(&platform);
            out.print(&erased, |erased| {
                say!("erased {}: the keys are destroyed and the files deleted.", erased.erased);
                say!("The audit chain closed at {}.", erased.closing);
            })?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn language(given: Option<&str>) -> Result<Lang> {
    match given {
        Some(tag) => Lang::from_tag(tag).with_context(|| format!("--lang {tag}: fr or en is expected")),
        None => {
            let tag = ["LC_ALL", "LC_MESSAGES", "LANG"]
                .iter()
                .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
            Ok(tag.as_deref().and_then(Lang::from_tag).unwrap_or(Lang::Fr))
        }
    }
}

fn data_folder(given: Option<PathBuf>) -> Result<PathBuf> {
    if let Some(folder) = given {
        return Ok(folder);
    }
    if let Some(base) = std::env::var_os("XDG_DATA_HOME").filter(|base| !base.is_empty()) {
        return Ok(PathBuf::from(base).join("mesinfos"));
    }
    let home = std::env::var_os("HOME").context("there is no HOME: name a folder with --data DIR")?;
    Ok(PathBuf::from(home).join(".local/share/mesinfos"))
}

fn check(out: &Output, path: &Path) -> Result<ExitCode> {
    let (check, inspection) = mesinfos_platform::check(&read_app(path)?);
    out.print(&Check::from(&check), |check| {
        say!("{} ({} bytes, {})", path.display(), check.size, check.component);
        if let Some(manifest) = &inspection.manifest {
            let app = &manifest.app;
            say!(
                "  {} {}: \"{}\", published by {}",
                app.id,
                app.version,
                app.name.get(out.lang),
                app.publisher
            );
        }
        for (category, fields) in &check.fields {
            let need = inspection.manifest.as_ref().and_then(|m| m.read(*category)).map(|r| r.need);
            let need = match need {
                Some(mesinfos_model::Necessity::Optional) => "optional",
                _ => "required",
            };
            say!("  reads {category} ({need}): {}", fields.join(", "));
        }
        if check.ok {
            say!("  keeps nothing, sends nothing");
        }
        for problem in &check.problems {
            say!("  refused [{}]: {}", problem.code, problem.message);
        }
        if let Some(hint) = hints::of_problems(&inspection.problems) {
            say!("  {hint}");
        }
    })?;
    Ok(if check.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
            let categories: Vec<&str> = about.categories.iter().map(|c| c.id()).collect();
            let (categories, name) = (categories.join(", "), about.name(out.lang));
            say!("{:<28} {name}", about.id);
            say!("    {categories} · {} · {}", about.origin, about.spec);
        }
    })
}

fn dictionary(out: &Output, category: Option<&str>) -> Result<()> {
    let categories = match category {
        Some(id) => vec![category_of(id)?],
        None => Category::ALL.to_vec(),
    };
    let entries: Vec<CategoryEntry> = categories.iter().copied().map(CategoryEntry::from).collect();
    out.print(&entries, |_| say::text(&mesinfos_model::dictionary::markdown(&categories, out.lang)))
}

fn category_of(id: &str) -> Result<Category> {
    Category::from_id(id).with_context(|| {
        let known: Vec<&str> = Category::ALL.iter().map(|c| c.id()).collect();
        format!("there is no category \"{id}\": there are {}", known.join(", "))
    })
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
        private::write(path, csv.as_bytes()).with_context(|| format!("writing {}", path.display()))?;
    }
    let imported =
        Imported { imports: each(&reports), errors: failures.iter().map(hints::problem).collect() };
    out.print(&imported, |imported| {
        imported.imports.iter().for_each(|report| print_import(report, out.lang));
    })?;
    match failures.len() {
        0 => Ok(()),
        // It is told as any other, with its code.
        1 => Err(failures.remove(0)),
        _ => bail!("{}", imported.errors.iter().map(in_full).collect::<Vec<_>>().join("\n")),
    }
}

/// A problem of several, with its next step.
fn in_full(problem: &Problem) -> String {
    let hint = problem.hint.iter().map(|hint| format!("\nhint: {hint}"));
    hint.fold(problem.detail.clone(), |words, hint| words + &hint)
}

/// Writes a document to a file that is not there yet; if it does not open whole, no file is left.
fn get_document(platform: &Platform, out: &Output, person: &str, id: &str, output: &Path) -> Result<()> {
    let row = id.parse().map_err(|_| PlatformError::NoSuchDocument { id: id.to_owned() })?;
    let (document, mut pieces) = platform.document(&out.caller(person)?, row)?;
    let mut file = private::create_new(output).with_context(|| format!("writing {}", output.display()))?;
    let written = pieces.try_for_each(|piece| -> Result<()> { Ok(file.write_all(&piece?)?) });
    if let Err(error) = written.and_then(|()| Ok(file.sync_all()?)) {
        let _ = std::fs::remove_file(output);
        return Err(error.context(format!("writing {}", output.display())));
    }
    out.print(&Document::from(&document), |document| {
        say!("{} ({}, {} bytes)", output.display(), document.name, document.size);
    })
}

fn imports(platform: &Platform, out: &Output, person: &str) -> Result<()> {
    out.print(&each::<_, Import>(&platform.imports(&out.caller(person)?)?), |imports| {
        for import in imports {
            let undone = if import.undone_at.is_some() { " (undone)" } else { "" };
            say!("{:>6} {} ({}){undone}", import.import, import.file, import.format);
            for category in &import.categories {
                let (added, there) = (category.accepted, category.duplicates);
                say!("       {}: {added} new, {there} already there", category.category);
            }
        }
    })
}

fn asks(
    args: &GrantArgs,
    out: &Output,
    platform: &Platform,
    narrowing: bool,
) -> Result<Vec<(Category, Ask)>> {
    let grain = args.granularity.as_deref().map(|id| {
        Grain::from_id(id).with_context(|| {
            format!("--granularity {id}: raw, hourly, daily, monthly, exact or rounded is expected")
        })
    });
    let ask = Ask {
        period: args.period.as_deref().map(Period::parse).transpose()?,
        undated: args.undated.then_some(true),
        fields: args.fields.clone(),
        grain: grain.transpose()?,
        holders: args.holders.clone(),
        excluded: RowSet::new(),
    };
    let mut categories = args
        .categories
        .iter()
        .map(|id| {
            let known = || Category::ALL.iter().map(|c| c.id()).collect::<Vec<_>>().join(", ");
            Category::from_id(id).with_context(|| format!("--category {id}: {} are known", known()))
        })
        .collect::<Result<Vec<Category>>>()?;
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
    let ids = args.without.iter().map(|id| id.parse()).collect::<Result<RowSet, _>>()?;
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
        bail!(
            "--without {id}: no category named here has such a row; `mesinfos rows` shows them. Nothing was changed"
        );
    }
    Ok(asks)
}

fn pairs(params: &[String]) -> Result<Vec<(String, String)>> {
    params
        .iter()
        .map(|pair| {
            let (id, value) =
                pair.split_once('=').with_context(|| format!("--param {pair}: write it as id=value"))?;
            Ok((id.to_owned(), value.to_owned()))
        })
        .collect()
}

fn day(text: Option<&str>) -> Result<Option<Day>> {
    text.map(|text| text.parse().with_context(|| format!("{text}: a date as 2027-01-31 is expected")))
        .transpose()
}

/// The end of a day, UTC, in seconds.
fn end_of_day(text: &str) -> Result<i64> {
    let day: Day =
        text.parse().with_context(|| format!("--until {text}: a date as 2027-01-31 is expected"))?;
    Ok((i64::from(day.0) + 1) * mesinfos_model::day::DAY_SECONDS)
}

fn replay(platform: &Platform, out: &Output, person: &str, id: &str) -> Result<ExitCode> {
    let id = id.parse().with_context(|| format!("{id} is not the id of a receipt"))?;
    let replay = Replay::from(&platform.replay(&out.caller(person)?, id)?);
    out.print(&replay, |replay| {
        if replay.identical {
            say!("identical: {} gives the same view from the same data", replay.receipt.app.id);
        }
        for line in &replay.differences {
            say!("different: {line}");
        }
    })?;
    Ok(if replay.identical { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn audit(platform: &Platform, out: &Output, name: &str, act: Option<&AuditVerb>) -> Result<()> {
    if let Some(AuditVerb::Verify { head }) = act {
        let kept = head.as_deref().map(|head| head.parse().with_context(|| format!("--head {head}")));
        let verified = Verified::from(&platform.audit_verify(&out.caller(name)?, kept.transpose()?)?);
        return out.print(&verified, |verified| {
            say!("{} entries, none changed; head {}", verified.entries, verified.head);
            if head.is_none() {
                say!("A log that has lost its end looks whole: keep the head elsewhere, and say --head next time.");
            }
        });
    }
    let logged = platform.audit_entries(&out.caller(name)?)?;
    out.print(&each::<_, AuditEntry>(&logged), |_| {
        for Logged { entry, run } in &logged {
            let at = jiff::Timestamp::from_second(entry.at).map(|t| t.to_string()).unwrap_or_default();
            let by = entry.by.map(|by| format!("{}/{}  ", by.actor, by.channel)).unwrap_or_default();
            let event = serde_json::to_string(&entry.event).unwrap_or_default();
            let run = match run {
                Some(RunState::UnderWay) => "  (under way)",
                Some(RunState::Interrupted) => "  (interrupted: the host stopped before it ended)",
                None => "",
            };
            say!("{:>4}  {at}  {by}{event}{run}", entry.seq);
        }
        if let Some(Logged { entry, .. }) = logged.last() {
            let head = entry.hash;
            say!("head {head}");
            say!("Keep it elsewhere: mesinfos audit verify --person {name} --head {head}");
        }
    })
}

fn confirmed(person: &str) -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        bail!("erasing cannot be undone: say --yes");
    }
    say::ask(&format!("Erase {person} for good? Type the name to confirm:"));
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim() == person)
}

/// Does what has to be done now and then, for those who never serve. What the disk keeps from being done is done
/// another time.
fn keep_up(platform: &Platform) {
    let _ = platform.upkeep();
}
