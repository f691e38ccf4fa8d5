//! Compares an app's views with those that its author accepted: every sample person, with everything and without
//! each category, in both languages.

use crate::author::workshop::{Subject, Workshop};
use crate::failure::{Doing, Failure, Result};
use crate::language::of_answer;
use crate::session::Session;
use crate::shared::shown;
use crate::terminal::say::{remark, say};
use crate::terminal::{self, Style};
use crate::verbs::Act;
use mesinfos_model::view::Lang;
use mesinfos_platform::TrialRun;
use mesinfos_platform::runtime::Outcome;
use mesinfos_wire::Tested;
use mesinfos_words::cli::Cli;
use mesinfos_words::outcome;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "APP_DIR", default_value = ".")]
    folder: PathBuf,
    #[arg(long)]
    update: bool,
}

/// Folder of accepted views in an app's folder.
const VIEWS: &str = "views";

/// Width of the views, like a page of code.
const WIDTH: usize = 100;

impl Act for Args {
    const IS_WALLED: bool = true;
    const TAKES_STORE: bool = false;

    fn has_personal_files(&self) -> bool {
        false
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let workshop = Workshop::open(&session.wall)?;
        let subject = workshop.subject(&self.folder)?;
        let (views, failed) = views(&workshop, &subject)?;
        let folder = self.folder.join(VIEWS);
        let mut tested = Tested { views: views.len() as u64, failed, ..Tested::default() };
        if self.update {
            accept(&folder, &views)?;
        } else if folder.is_dir() {
            compare(&folder, &views, &mut tested)?;
        } else {
            tested.differing.push(Cli::NoViews { path: &shown(&folder) }.to(of_answer()));
        }
        let is_well = tested.failed.is_empty() && tested.differing.is_empty();
        out.print(&tested, |tested| {
            for line in tested.failed.iter().chain(&tested.differing) {
                remark!("{line}");
            }
            let path = shown(&folder);
            if self.update {
                say!("{}", Cli::ViewsWritten { views: tested.views, path: &path }.to(out.lang));
            } else if is_well {
                say!("{}", Cli::ViewsSame { views: tested.views }.to(out.lang));
            } else if !tested.differing.is_empty() {
                remark!("{}", Cli::HintLine { words: &Cli::HintUpdate.to(out.lang) }.to(out.lang));
            }
        })?;
        Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Views by the name of their file, and what failed, in the language of the command.
type Views = (BTreeMap<String, String>, Vec<String>);

fn views(workshop: &Workshop, subject: &Subject) -> Result<Views> {
    let (mut views, mut failed) = (BTreeMap::new(), Vec::new());
    let mut variants = vec![("all".to_owned(), Vec::new())];
    for category in subject.inspection.request.categories.keys() {
        variants.push((format!("without-{category}"), vec![category.id().to_owned()]));
    }
    for persona in mesinfos_personas::personas() {
        workshop.welcome(persona)?;
        for (variant, without) in &variants {
            for lang in [Lang::Fr, Lang::En] {
                let run = workshop.tried(subject, persona.id, lang, without, &[])?;
                let is_failed = !matches!(
                    run.outcome,
                    Outcome::Completed
                        | Outcome::NeedsData(_)
                        | Outcome::Declined(_)
                        | Outcome::NotGranted(_)
                );
                if is_failed {
                    let why = outcome::outcome(&run.outcome, of_answer());
                    let failed_at = Cli::ViewFailed { person: persona.id, variant, why: &why };
                    failed.push(failed_at.to(of_answer()));
                }
                views.insert(format!("{}/{variant}.{}.txt", persona.id, lang.code()), text(&run, lang)?);
            }
        }
    }
    Ok((views, failed))
}

/// A view as text, or the reason why there is none.
fn text(run: &TrialRun, lang: Lang) -> Result<String> {
    let Some(view) = &run.view else {
        return Ok(format!("{}\n", outcome::outcome(&run.outcome, lang)));
    };
    let mut text = Vec::new();
    terminal::view(view, &mut text, Style { color: false, width: WIDTH })?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// Replaces the accepted views.
fn accept(folder: &Path, views: &BTreeMap<String, String>) -> Result<()> {
    for name in stored(folder)? {
        if !views.contains_key(&name) {
            let path = folder.join(&name);
            std::fs::remove_file(&path).doing(Cli::Writing { path: &shown(&path) })?;
        }
    }
    for (name, text) in views {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).doing(Cli::Making { path: &shown(parent) })?;
        }
        std::fs::write(&path, text).doing(Cli::Writing { path: &shown(&path) })?;
    }
    Ok(())
}

/// Says which views are not those that were accepted.
fn compare(folder: &Path, views: &BTreeMap<String, String>, tested: &mut Tested) -> Result<()> {
    let stored = stored(folder)?;
    let lang = of_answer();
    for (name, text) in views {
        let path = folder.join(name);
        let shown = shown(&path);
        match std::fs::read_to_string(&path) {
            Ok(accepted) if accepted == *text => {}
            Ok(_) => tested.differing.push(Cli::ViewDiffers { path: &shown }.to(lang)),
            Err(_) => tested.differing.push(Cli::ViewMissing { path: &shown }.to(lang)),
        }
    }
    for name in stored.iter().filter(|name| !views.contains_key(*name)) {
        tested.differing.push(Cli::ViewStale { path: &shown(&folder.join(name)) }.to(lang));
    }
    Ok(())
}

/// Names of the accepted views.
fn stored(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    if !folder.is_dir() {
        return Ok(names);
    }
    for person in crate::samples::entries(folder)?.iter().filter(|path| path.is_dir()) {
        for view in crate::samples::entries(person)? {
            let name = view.strip_prefix(folder).map_err(Failure::other)?;
            if name.extension().is_some_and(|extension| extension == "txt") {
                names.push(name.to_string_lossy().into_owned());
            }
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn views(all: &[(&str, &str)]) -> BTreeMap<String, String> {
        all.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn a_changed_a_new_and_a_gone_view_are_told_until_they_are_accepted() {
        let folder = tempfile::tempdir().unwrap();
        accept(folder.path(), &views(&[("a/all.fr.txt", "1"), ("b/all.fr.txt", "2")])).unwrap();
        let now = views(&[("a/all.fr.txt", "1"), ("b/all.fr.txt", "3"), ("c/all.fr.txt", "4")]);
        let mut tested = Tested::default();
        compare(folder.path(), &now, &mut tested).unwrap();
        assert_eq!(tested.differing.len(), 2, "{tested:?}");
        let mut tested = Tested::default();
        compare(folder.path(), &views(&[("a/all.fr.txt", "1")]), &mut tested).unwrap();
        assert_eq!(tested.differing.len(), 1, "{tested:?}");
        accept(folder.path(), &now).unwrap();
        let mut tested = Tested::default();
        compare(folder.path(), &now, &mut tested).unwrap();
        assert!(tested.differing.is_empty());
    }
}
