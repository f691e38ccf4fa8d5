//! The gallery: views of every app for every sample person, as text files in folders, with an index page.
//!
//! The people live in a temporary data folder that is removed at the end.

use crate::failure::{Doing, Failure, Result};
use crate::language::lang;
use crate::samples::{Sample, TODAY, apps_folder, apps_in, entries, name, says_what_is_missing};
use crate::session::Session;
use crate::shared::{Output, on, read_app, sample_caller, shown as path_of};
use crate::terminal::say::{remark, say};
use crate::terminal::{self, Style};
use crate::typed::day;
use crate::verbs::Act;
use crate::verbs::personas;
use crate::wall::Wall;
use mesinfos_model::Day;
use mesinfos_model::view::Lang;
use mesinfos_personas::{Persona, SEED};
use mesinfos_platform::{Platform, RunInput};
use mesinfos_wire::Shown;
use mesinfos_words::cli::Cli;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "NAME", conflicts_with = "samples")]
    names: Vec<String>,
    #[arg(long, value_name = "DIR")]
    apps: Option<PathBuf>,
    #[arg(long, value_name = "DIR", default_value = "gallery")]
    out: PathBuf,
    #[arg(long, value_name = "DIR")]
    samples: Option<PathBuf>,
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
}

impl Act for Args {
    const IS_WALLED: bool = true;
    const TAKES_STORE: bool = false;

    fn has_personal_files(&self) -> bool {
        false
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let langs = if session.names_language { vec![out.lang] } else { vec![Lang::Fr, Lang::En] };
        let samples = self.samples.as_deref();
        let apps = apps_folder(self.apps.as_deref())?;
        let people = self::samples(samples, &personas::chosen(&self.names)?, out.lang)?;
        let today = match day(self.today.as_deref())? {
            None => today(samples)?,
            named => named,
        };
        let is_whole = gallery(out, &session.wall, (&apps, &self.out), people, &langs, today)?;
        Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Width of the text files in columns, like a page of code.
const WIDTH: usize = 100;

/// Writes the gallery to `out`: the apps in `apps` for the samples, in `langs`, dated `today`. An app that fails is
/// named, and the others go on: returns whether none failed.
fn gallery(
    output: &Output,
    wall: &Wall,
    (apps, out): (&Path, &Path),
    samples: Vec<Sample>,
    langs: &[Lang],
    today: Option<Day>,
) -> Result<bool> {
    let data = ThrowAway::new()?;
    let platform = on(wall.open(&data.0)?, today);
    let (apps, refused) = install(&platform, apps)?;
    let (mut people, mut shown, mut is_whole) = (Vec::new(), Vec::new(), refused.is_empty());
    refused.iter().for_each(|failure| remark!("{}", failure.words(output.lang)));
    for sample in samples {
        for file in sample.files {
            let (name, bytes) = file?;
            let import = platform.import(
                &sample_caller(&platform, &sample.name, output.lang)?,
                &name,
                bytes.as_slice(),
            );
            import.doing(Cli::ImportingOf { file: &name, person: &sample.name })?;
        }
        let folder = out.join(&sample.name);
        std::fs::create_dir_all(&folder).doing(Cli::Making { path: &path_of(&folder) })?;
        for app in &apps {
            platform.grant(&sample_caller(&platform, &sample.name, output.lang)?, app, &[], None)?;
            for lang in langs {
                match show(&platform, &sample.name, app, *lang, out) {
                    Ok(view) => shown.push(view),
                    Err(failure) if failure.platform().is_some() => {
                        is_whole = false;
                        remark!("{}", failure.words(output.lang));
                        let words = failure.words(*lang);
                        shown.push(Shown {
                            person: sample.name.clone(),
                            app: app.clone(),
                            lang: *lang,
                            file: None,
                            words,
                        });
                    }
                    Err(failure) => return Err(failure),
                }
            }
        }
        let done = Cli::GalleryPerson { apps: apps.len() as u64, person: &sample.name };
        remark!("{}", done.to(output.lang));
        people.push((sample.name, sample.about));
    }
    let index = out.join("README.md");
    std::fs::write(&index, page(&people, &shown)).doing(Cli::Writing { path: &path_of(&index) })?;
    output.print(&shown, |_| say!("{}", index.display()))?;
    Ok(is_whole)
}

/// Installs the apps of a folder. Returns their ids, and why others are refused.
fn install(platform: &Platform, folder: &Path) -> Result<(Vec<String>, Vec<Failure>)> {
    let (mut ids, mut refused) = (Vec::new(), Vec::new());
    for file in apps_in(folder)? {
        match platform.install(&read_app(&file)?).doing(Cli::Installing { path: &path_of(&file) }) {
            Ok((app, _)) => ids.push(app.id),
            Err(failure) => refused.push(failure),
        }
    }
    if ids.is_empty() && refused.is_empty() {
        let none = Failure::said(Cli::NoAppIn { path: &path_of(folder) });
        return Err(none.hint(Cli::HintApps));
    }
    Ok((ids, refused))
}

/// Runs an app for a person and writes its view. A missing view for lack of data is no error: the gallery
/// shows the app's message.
fn show(platform: &Platform, person: &str, app: &str, lang: Lang, out: &Path) -> Result<Shown> {
    let shown = |file, words| Shown { person: person.to_owned(), app: app.to_owned(), lang, file, words };
    match platform.run(&sample_caller(platform, person, lang)?, app, &RunInput { params: Vec::new() }) {
        Ok(run) => {
            let mut text = Vec::new();
            terminal::view(&run.view, &mut text, Style { color: false, width: WIDTH })?;
            let file = format!("{person}/{app}.{}.txt", lang.code());
            let path = out.join(&file);
            std::fs::write(&path, text).doing(Cli::Writing { path: &path_of(&path) })?;
            Ok(shown(Some(file), run.view.headline))
        }
        Err(error) if says_what_is_missing(&error) => Ok(shown(None, mesinfos_words::error(&error, lang))),
        Err(error) => Err(error).doing(Cli::RunningApp { app, person }),
    }
}

/// The index page: a table per person.
fn page(people: &[(String, String)], shown: &[Shown]) -> String {
    let mut page =
        "# Gallery\n\nEvery app on every sample person. All people and all data are invented.\n".to_owned();
    for (name, about) in people {
        // Writing to a string cannot fail.
        let _ = write!(page, "\n## {name}\n\n{about}\n\n| app | language | what it says |\n|---|---|---|\n");
        for one in shown.iter().filter(|one| one.person == *name) {
            let app = match &one.file {
                Some(file) => format!("[{}]({file})", one.app),
                None => one.app.clone(),
            };
            let _ = writeln!(page, "| {app} | {} | {} |", one.lang.code(), cell(&one.words));
        }
    }
    page
}

/// Escapes a text for a cell of a Markdown table.
fn cell(words: &str) -> String {
    words.replace('|', "\\|").replace(['\n', '\r'], " ")
}

/// Sample people: those in `folder`, which has a subfolder of files per person, else `people`, each
/// simulated when their files are read.
pub(crate) fn samples(folder: Option<&Path>, people: &[&'static Persona], lang: Lang) -> Result<Vec<Sample>> {
    let Some(folder) = folder else {
        return Ok(people.iter().map(|persona| invented(persona, lang)).collect());
    };
    let mut samples = Vec::new();
    for person in entries(folder)?.into_iter().filter(|path| path.is_dir()) {
        let paths = entries(&person)?;
        let about = Cli::SampleFiles { files: paths.len() as u64 }.to(lang);
        let files = paths.into_iter().map(|path| {
            let bytes = std::fs::read(&path).doing(Cli::Reading { path: &path_of(&path) })?;
            Ok((name(&path), bytes))
        });
        samples.push(Sample { name: name(&person), about, files: Box::new(files) });
    }
    Ok(samples)
}

fn invented(persona: &'static Persona, lang: Lang) -> Sample {
    let files = std::iter::once_with(|| persona.files(SEED)).flatten();
    let files = Box::new(files.map(|file| Ok((file.name, file.bytes))));
    Sample { name: persona.id.to_owned(), about: lang.of(persona.fr, persona.en).to_owned(), files }
}

/// Default date of a gallery: [`TODAY`] for the built-in sample people, the current day for others.
pub(crate) fn today(folder: Option<&Path>) -> Result<Option<Day>> {
    Ok(if folder.is_none() { TODAY.parse().ok() } else { None })
}

/// A temporary data folder, removed on drop.
struct ThrowAway(PathBuf);

impl ThrowAway {
    fn new() -> Result<ThrowAway> {
        let folder = std::env::temp_dir().join(format!("mesinfos-gallery-{}", std::process::id()));
        // Fails if the folder exists: it belongs to somebody else.
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder).doing(Cli::Making { path: &path_of(&folder) })?;
        Ok(ThrowAway(folder))
    }
}

impl Drop for ThrowAway {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            let why = mesinfos_words::system::system(&error, lang());
            remark!("{}", Cli::LeftBehind { path: &path_of(&self.0), why: &why }.to(lang()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_lists_what_was_shown() {
        let people = [("camille".to_owned(), "Bikes.".to_owned())];
        let one = |file: Option<&str>, words: &str| Shown {
            person: "camille".into(),
            app: "budget".into(),
            lang: Lang::Fr,
            file: file.map(str::to_owned),
            words: words.into(),
        };
        let page =
            page(&people, &[one(Some("camille/budget.fr.txt"), "a | b"), one(None, "needs-data: c\nd")]);
        assert!(page.contains("## camille\n\nBikes.\n"));
        assert!(page.contains("| [budget](camille/budget.fr.txt) | fr | a \\| b |\n"));
        assert!(page.contains("| budget | fr | needs-data: c d |\n"));
    }
}
