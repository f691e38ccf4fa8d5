//! Prints what an app requests, or why it is refused.

use crate::failure::Result;
use crate::hints;
use crate::session::Session;
use crate::shared::{read_app, shown};
use crate::verbs::Act;
use mesinfos_model::Necessity;
use mesinfos_wire::Check;
use mesinfos_words::cli::Cli;
use mesinfos_words::outcome;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "APP.wasm")]
    app: PathBuf,
}

impl Act for Args {
    const IS_WALLED: bool = true;

    fn has_personal_files(&self) -> bool {
        false
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let (out, path) = (&session.out, &self.app);
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
            for (category, fields) in &check.fields {
                let need = inspection.manifest.as_ref().and_then(|m| m.read(*category)).map(|r| r.need);
                let fields = &fields.join(", ");
                let category = category.id();
                out.detail(match need {
                    Some(Necessity::Optional) => Cli::CheckReadsOptional { category, fields },
                    Some(Necessity::Required) | None => Cli::CheckReadsRequired { category, fields },
                });
            }
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
