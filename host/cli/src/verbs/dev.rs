//! Shows an app while it is written: builds it at each change, runs it on sample people, serves the workbench.

use crate::author::watch::Watch;
use crate::author::workshop::{Told, Workshop};
use crate::failure::{Doing, Result};
use crate::language::lang;
use crate::lives::life;
use crate::session::Session;
use crate::terminal::say::{self, remark, say};
use crate::verbs::Act;
use crate::verbs::personas::chosen;
use crate::verbs::serve::pages_at;
use mesinfos_personas::Persona;
use mesinfos_web::{Hosts, Life};
use mesinfos_wire::Drafted;
use mesinfos_words::cli::Cli;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Port of the workbench: beside that of a server, so that both can run.
const PORT: u16 = 7381;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "APP_DIR", default_value = ".")]
    folder: PathBuf,
    #[arg(long, value_name = "NAME", default_value = "cycliste")]
    person: String,
    #[arg(long, default_value_t = PORT)]
    port: u16,
    #[arg(long)]
    once: bool,
}

impl Act for Args {
    const IS_WALLED: bool = true;
    const TAKES_STORE: bool = false;

    fn has_personal_files(&self) -> bool {
        false
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let [first] = chosen(std::slice::from_ref(&self.person))?[..] else { return Ok(ExitCode::FAILURE) };
        // Begin before the first build: a change during it is not lost.
        let watch = Watch::begin(&self.folder)?;
        let workshop = Arc::new(Workshop::open(&session.wall)?);
        if self.once {
            let subject = workshop.subject(&self.folder)?;
            let built = Drafted { app: subject.record.id, component: subject.record.component };
            session.out.print(&built, |built| session.out.say(Cli::DraftedOnce { app: &built.app }))?;
            return Ok(ExitCode::SUCCESS);
        }
        let drafts = workshop.drafts();
        let lives: Vec<Life> = people(first).into_iter().map(life).collect();
        let guests = Arc::clone(&workshop);
        spawn("sample-people", move || {
            for persona in self::people(first) {
                if let Err(failure) = guests.welcome(persona) {
                    remark!("{}", failure.words(lang()));
                }
            }
        })?;
        let (builder, folder) = (Arc::clone(&workshop), self.folder.clone());
        spawn("builds", move || {
            loop {
                report(builder.build(&folder));
                if !watch.wait() {
                    return;
                }
            }
        })?;
        let runtime = tokio::runtime::Runtime::new().doing(Cli::StartingServer)?;
        runtime.block_on(async {
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
            let listening = tokio::net::TcpListener::bind(address).await;
            let listener = listening
                .doing(Cli::Listening { address: &address.to_string() })
                .map_err(|failure| failure.hint(Cli::HintPort))?;
            let address = listener.local_addr()?;
            say!(
                "{}",
                Cli::WorkbenchAt { url: &format!("{}?lang={}", pages_at(address), lang().code()) }.to(lang())
            );
            let hosts = Hosts::new(address, &[]);
            let pages = mesinfos_web::workbench(Arc::clone(&workshop.platform), &lives, drafts, hosts);
            mesinfos_web::serve(listener, pages).await.doing(Cli::Serving)
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The sample people of the workbench: `first`, then the one without data, then the others.
fn people(first: &'static Persona) -> Vec<&'static Persona> {
    let all = mesinfos_personas::personas();
    let (empty, others): (Vec<_>, Vec<_>) =
        all.iter().filter(|persona| persona.id != first.id).partition(|persona| persona.id == "rien");
    [first].into_iter().chain(empty).chain(others).collect()
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<()> {
    std::thread::Builder::new().name(name.to_owned()).spawn(work).doing(Cli::StartingServer)?;
    Ok(())
}

/// Prints how a build ended.
fn report(built: Told<String>) -> ExitCode {
    match built {
        Ok(words) => {
            say!("{words}");
            ExitCode::SUCCESS
        }
        Err(words) => {
            // The compiler says things in several lines.
            words.lines().for_each(say::warning);
            ExitCode::FAILURE
        }
    }
}
