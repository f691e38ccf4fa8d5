//! Prints what an app requests, or why it is refused.

use crate::author::language::Language;
use crate::author::{component, findings, script};
use crate::failure::Result;
use crate::hints;
use crate::session::Session;
use crate::shared::{Output, read_app, shown};
use crate::terminal::say;
use crate::verbs::Act;
use mesinfos_model::{Category, Necessity};
use mesinfos_platform::runtime::Inspection;
use mesinfos_wire::{Check, CheckFinding, CheckedFolder};
use mesinfos_words::cli::Cli;
use mesinfos_words::outcome;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "APP", default_value = ".")]
    app: PathBuf,
}

impl Act for Args {
    const IS_WALLED: bool = true;
    const TAKES_STORE: bool = false;

    fn has_personal_files(&self) -> bool {
        false
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let (out, path) = (&session.out, &self.app);
        if path.is_dir() {
            return of_folder(session, path);
        }
        let bytes = read_app(path)?;
        let (check, inspection) = mesinfos_platform::check(&bytes);
        // Parameters come from code, not the manifest, so the app is compiled and called.
        let params = (check.ok && !out.json).then(|| session.wall.declared(&bytes, out.lang));
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
            reads(out, &check.fields, &inspection);
            if let Some(manifest) = &inspection.manifest {
                out.said(manifest, |category| inspection.request.categories.contains_key(&category));
            }
            match &params {
                Some(Ok(params)) => out.params(params),
                Some(Err(error)) => {
                    out.detail(Cli::ParamsUnknown { why: &mesinfos_words::error(error, out.lang) });
                }
                None => {}
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
}

/// Checks the app in a folder: its manifest, then its component, with the place of each finding.
fn of_folder(session: &Session, folder: &Path) -> Result<ExitCode> {
    let out = &session.out;
    let manifest = component::manifest(folder)?;
    let mut found = findings::of_manifest(&manifest);
    let mut checked = None;
    if !found.iter().any(|finding| finding.refuses) {
        let bytes = component::drafted(folder)?;
        let (check, inspection) = mesinfos_platform::check(&bytes);
        found = findings::of_component(folder, &manifest, &inspection)?;
        // An app that cannot tell its parameters says so when it runs.
        if let Some(Ok(declared)) = check.ok.then(|| session.wall.declared(&bytes, out.lang)) {
            found.extend(findings::of_parameters(folder, &declared)?);
        }
        if Language::of(folder) == Language::TypeScript {
            found.extend(findings::of_types(folder, &script::type_faults(folder)?));
        }
        checked = Some((check, inspection));
    }
    let is_well = !found.iter().any(|finding| finding.refuses || finding.code == findings::TYPES);
    let answer = CheckedFolder {
        check: checked.as_ref().map(|(check, _)| Check::from(check)),
        findings: found.iter().map(CheckFinding::from).collect(),
    };
    out.print(&answer, |_| {
        if let Some((check, inspection)) = &checked {
            summary(out, check, inspection);
        }
        for finding in &found {
            finding.lines().iter().for_each(|line| say::line(line));
        }
        if found.is_empty() {
            out.say(Cli::NothingFound);
        }
    })?;
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What the app in a folder asks for, and what people will read.
fn summary(out: &Output, check: &mesinfos_platform::Check, inspection: &Inspection) {
    let fields = check.fields.iter().map(|(category, fields)| {
        (*category, fields.iter().map(|field| (*field).to_owned()).collect::<Vec<_>>())
    });
    if let Some(manifest) = &inspection.manifest {
        let app = &manifest.app;
        let (id, version, publisher) = (&app.id, &app.version, &app.publisher);
        out.say(Cli::CheckApp { id, version, name: app.name.get(out.lang), publisher });
    }
    reads(out, &fields.collect(), inspection);
    if let Some(manifest) = &inspection.manifest {
        out.said(manifest, |category| inspection.request.categories.contains_key(&category));
    }
    if check.ok {
        out.detail(Cli::CheckKeepsNothing);
    }
}

fn reads(out: &Output, fields: &BTreeMap<Category, Vec<String>>, inspection: &Inspection) {
    for (category, fields) in fields {
        let need = inspection.manifest.as_ref().and_then(|m| m.read(*category)).map(|r| r.need);
        let fields = &fields.join(", ");
        let category = category.id();
        out.detail(match need {
            Some(Necessity::Optional) => Cli::CheckReadsOptional { category, fields },
            Some(Necessity::Required) | None => Cli::CheckReadsRequired { category, fields },
        });
    }
}
