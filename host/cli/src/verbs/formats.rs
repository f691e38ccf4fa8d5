//! Lists the file formats that can be read.

use crate::failure::Result;
use crate::session::Session;
use crate::terminal::say::say;
use crate::verbs::Act;
use mesinfos_wire::{Format, each};
use mesinfos_words::names;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

impl Act for Args {
    const TAKES_STORE: bool = false;

    fn run(self, session: &Session) -> Result<ExitCode> {
        let out = &session.out;
        let abouts = mesinfos_platform::intake::abouts();
        let formats: Vec<Format> = each(abouts.iter().copied());
        out.print(&formats, |_| {
            for about in &abouts {
                let (categories, name) =
                    (names::categories(about.categories, out.lang), about.name(out.lang));
                say!("{:<28} {name}", about.id);
                let parts = [categories.as_str(), about.origin, about.spec];
                let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                say!("    {}", parts.join(" · "));
            }
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
