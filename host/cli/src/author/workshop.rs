//! Where the drafts of an app run: a data folder that is removed at the end, with sample people and nobody else.

use super::component::{Draft as Made, draft, drafted};
use crate::failure::{Doing, Failure, Result};
use crate::language::lang;
use crate::samples::TODAY;
use crate::shared::{on, read_app, sample_caller, shown};
use crate::wall::Wall;
use mesinfos_model::view::Lang;
use mesinfos_personas::{Persona, SEED};
use mesinfos_platform::runtime::Inspection;
use mesinfos_platform::{InstalledApp, Platform, PlatformError, TrialRun, all_but};
use mesinfos_web::{Draft, DraftApp};
use mesinfos_words::cli::Cli;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use tempfile::TempDir;
use tokio::sync::watch::{Receiver, Sender, channel};

/// A value, or what to tell the author.
pub(crate) type Told<T> = std::result::Result<T, String>;

/// The data folder, and what the pages know of the drafts.
pub(crate) struct Workshop {
    pub(crate) platform: Arc<Platform>,
    drafts: Sender<Draft>,
    _folder: TempDir,
}

/// An app that is installed here.
pub(crate) struct Subject {
    pub(crate) record: InstalledApp,
    pub(crate) inspection: Inspection,
}

impl Workshop {
    /// An empty one, on the day of the sample people.
    pub(crate) fn open(wall: &Wall) -> Result<Workshop> {
        let temporary = std::env::temp_dir();
        let folder = tempfile::tempdir().doing(Cli::Making { path: &shown(&temporary) })?;
        let platform = Arc::new(on(wall.open(folder.path())?, TODAY.parse().ok()));
        Ok(Workshop { platform, drafts: channel(Draft::default()).0, _folder: folder })
    }

    /// What the pages follow.
    pub(crate) fn drafts(&self) -> Receiver<Draft> {
        self.drafts.subscribe()
    }

    /// Imports the files of a sample person.
    pub(crate) fn welcome(&self, persona: &'static Persona) -> Result<()> {
        for file in persona.files(SEED) {
            let caller = sample_caller(&self.platform, persona.id, lang())?;
            let import = self.platform.import(&caller, &file.name, file.bytes.as_slice());
            import.doing(Cli::ImportingOf { file: &file.name, person: persona.id })?;
        }
        self.drafts.send_modify(|draft| draft.ready.push(persona.id));
        Ok(())
    }

    /// Builds the app in a folder and installs it over the one before. Returns what the author reads in the
    /// terminal; the pages learn the same.
    pub(crate) fn build(&self, folder: &Path) -> Told<String> {
        let since = Instant::now();
        let made = match draft(folder) {
            Ok(Made::Component(bytes)) => self.install(&bytes, since),
            Ok(Made::Errors(words)) => Err(words.trim().to_owned()),
            Err(failure) => Err(failure.words(lang())),
        };
        match made {
            Ok(app) => {
                let words = Cli::Drafted {
                    app: &app.id,
                    size: &mesinfos_words::size(app.size, lang()),
                    took: &mesinfos_words::number::decimal(app.took.as_secs_f64(), 1, lang()),
                };
                let words = words.to(lang());
                self.tell(|draft| (draft.app, draft.wrong) = (Some(app), None));
                Ok(words)
            }
            Err(words) => {
                self.tell(|draft| draft.wrong = Some(words.clone()));
                Err(words)
            }
        }
    }

    /// Builds the app in a folder, or reads a component, and installs it here.
    pub(crate) fn subject(&self, path: &Path) -> Result<Subject> {
        let bytes = if path.is_dir() { drafted(path)? } else { read_app(path)? };
        let (record, inspection) = self.platform.install_draft(&bytes)?;
        Ok(Subject { record, inspection })
    }

    /// Runs an app on the data of a sample person, without what `without` names.
    pub(crate) fn tried(
        &self,
        subject: &Subject,
        person: &str,
        lang: Lang,
        without: &[String],
        params: &[(String, String)],
    ) -> Result<TrialRun> {
        let asked = &subject.inspection.request.categories;
        let known: Vec<String> = asked
            .iter()
            .flat_map(|(category, fields)| {
                let fields =
                    fields.names(*category).into_iter().map(move |field| format!("{category}.{field}"));
                std::iter::once(category.id().to_owned()).chain(fields)
            })
            .collect();
        if let Some(what) = without.iter().find(|what| !known.contains(what)) {
            return Err(Failure::said(Cli::NotInRequest { what, known: &known.join(", ") }));
        }
        let caller = sample_caller(&self.platform, person, lang)?;
        let choices = [all_but(&subject.inspection, without)];
        let Subject { record, .. } = subject;
        let mut runs = self.platform.try_app(&caller, &record.id, record.component, &choices, params)?;
        // One set of choices gives one run.
        Ok(runs.pop().ok_or(PlatformError::Busy)?)
    }

    fn install(&self, bytes: &[u8], since: Instant) -> Told<DraftApp> {
        match self.platform.install_draft(bytes) {
            Ok((record, _)) => Ok(DraftApp {
                id: record.id,
                component: record.component,
                size: bytes.len() as u64,
                took: since.elapsed(),
            }),
            Err(PlatformError::Refused(problems)) => {
                let words: Vec<String> = problems
                    .iter()
                    .map(|problem| mesinfos_words::outcome::problem(problem, lang()))
                    .collect();
                Err(words.join("\n"))
            }
            Err(error) => Err(mesinfos_words::error(&error, lang())),
        }
    }

    fn tell(&self, change: impl FnOnce(&mut Draft)) {
        self.drafts.send_modify(|draft| {
            change(draft);
            draft.number += 1;
        });
    }
}
