//! Checks the log of apps of a server, or of a data folder, and writes it as files.

use crate::author::keys::configuration;
use crate::failure::{Doing, Failure, OrSay, Result};
use crate::remote::{self, Remote};
use crate::session::Session;
use crate::shared::{read_app, shown};
use crate::verbs::Act;
use mesinfos_model::visible::clean;
use mesinfos_platform::Platform;
use mesinfos_platform::registry::LogEntry;
use mesinfos_platform::registry::log::keys::{Followed, Keys, NotFollowed};
use mesinfos_platform::registry::log::note::{Checkpoint, LONGEST_NOTE, Verifier};
use mesinfos_platform::registry::log::proof::{
    LogError, Tiles, check_continues, check_included, check_whole,
};
use mesinfos_platform::registry::log::tile::{Kind, Tile, hashes_at};
use mesinfos_platform::runtime::{digest, inspect};
use mesinfos_wire::{LogChange, SignedSince, VerifiedLog};
use mesinfos_words::cli::Cli;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    act: LogVerb,
}

#[derive(Debug, clap::Subcommand)]
enum LogVerb {
    Verify {
        #[arg(long, value_name = "URL")]
        url: Option<String>,
        #[arg(long, value_name = "KEY")]
        key: Option<String>,
        #[arg(long, value_name = "APP.wasm")]
        app: Option<PathBuf>,
    },
    Export {
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

/// Where a log comes from.
enum Source {
    Folder(Box<Platform>),
    Server(Remote),
}

impl Source {
    fn checkpoint(&self) -> Result<String> {
        match self {
            Source::Folder(platform) => Ok(platform.log_checkpoint()?),
            Source::Server(server) => remote::text(server.get("/log/checkpoint")?, "/log/checkpoint"),
        }
    }

    fn key(&self) -> Result<String> {
        match self {
            Source::Folder(platform) => Ok(platform.log_verifier().to_string()),
            Source::Server(server) => remote::text(server.get("/log/key")?, "/log/key"),
        }
    }
}

impl Tiles for Source {
    type Error = Failure;

    fn tile(&self, tile: Tile) -> Result<Vec<u8>> {
        match self {
            Source::Folder(platform) => {
                platform.log_tile(tile)?.or_say(Cli::NoTile { tile: &tile.to_string() })
            }
            Source::Server(server) => server.get(&format!("/log/{tile}")),
        }
    }
}

impl Act for Args {
    fn has_personal_files(&self) -> bool {
        false
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        match self.act {
            LogVerb::Verify { url, key, app } => {
                verify(session, url.as_deref(), key.as_deref(), app.as_deref())
            }
            LogVerb::Export { folder } => export(session, &folder),
        }
    }
}

fn failed(error: LogError<Failure>) -> Failure {
    match error {
        LogError::Tiles(failure) => failure,
        LogError::Malformed(tile) => Failure::said(Cli::TileMalformed { tile: &tile.to_string() }),
        LogError::Tampered(tile) => Failure::said(Cli::TileTampered { tile: &tile.to_string() }),
        LogError::OtherRoot => Failure::said(Cli::LogOtherRoot),
        LogError::NotIncluded(index) => Failure::said(Cli::LogNotIncluded { index }),
        LogError::Inconsistent { before, now } => Failure::said(Cli::LogInconsistent { before, now }),
    }
}

fn verify(session: &Session, url: Option<&str>, key: Option<&str>, app: Option<&Path>) -> Result<ExitCode> {
    let out = &session.out;
    let source = match url {
        Some(url) => Source::Server(Remote::new(url)?),
        None => Source::Folder(Box::new(session.open()?)),
    };
    let wanted = app.map(read_app).transpose()?.map(|bytes| inspect(&bytes).component);
    let given = key.map_or_else(|| source.key(), |key| Ok(key.to_owned()))?;
    let log: Verifier = given.parse().map_err(|_| Failure::said(Cli::NotALogKey { key: given.trim() }))?;
    // A key that is given is one that somebody compared.
    let at = url.and_then(Address::of);
    if let (Some(at), None) = (&at, key) {
        at.check(&log)?;
    }
    let note = source.checkpoint()?;
    let head = Checkpoint::open(&note, &log).map_err(Failure::other).doing(Cli::CheckingLog)?;
    let known = Known::of(&log);
    let before = known.as_ref().map(|known| known.read(&log)).transpose()?.flatten();
    if let Some(before) = &before {
        check_continues(&source, before, &head).map_err(failed)?;
    }
    let mut found = None;
    let mut changes = Vec::new();
    let (mut keys, mut wrong, mut signed_since) = (Keys::default(), None, Vec::new());
    check_whole(&source, &head, |index, bytes| {
        let Ok(entry) = serde_json::from_slice::<LogEntry>(bytes) else {
            wrong = wrong.take().or(Some((index, String::new(), NotFollowed::Format)));
            return;
        };
        match keys.follow(&entry) {
            Ok(Followed::Usual) => {}
            Ok(Followed::SignedSince(key)) => {
                signed_since.push(SignedSince { index, app: entry.app.clone(), key: key.to_string() });
            }
            Err(why) => wrong = wrong.take().or(Some((index, entry.app.clone(), why))),
        }
        if wanted == Some(entry.component) {
            changes.push(LogChange::new(index, &entry));
            found = Some((index, bytes.to_vec()));
        }
    })
    .map_err(failed)?;
    if let Some((index, app, why)) = wrong {
        return Err(Failure::said(match why {
            NotFollowed::Format => Cli::LogUnread { index },
            NotFollowed::OddId => Cli::LogOddId { index },
            NotFollowed::Unsigned => Cli::LogUnsigned { index, app: &app },
            NotFollowed::OtherKey => Cli::LogOtherKey { index, app: &app },
        }));
    }
    if let Some(component) = wanted {
        let component = component.to_string();
        let Some((index, entry)) = found else {
            return Err(Failure::said(Cli::AppNotInLog { component: &component }));
        };
        check_included(&source, &head, index, &entry).map_err(failed)?;
    }
    if let Some(known) = &known {
        known.keep(&note)?;
    }
    if let Some(at) = &at {
        at.keep(&log)?;
    }
    let verified = VerifiedLog {
        log: log.to_string(),
        entries: head.size,
        root: head.root,
        continues: before.map(|before| before.size),
        signed_since,
        changes,
    };
    out.print(&verified, |verified| {
        out.say(Cli::LogVerified { log: &log.name, entries: verified.entries });
        match verified.continues {
            Some(before) => out.detail(Cli::LogContinues { before }),
            None => out.detail(Cli::LogFirstSeen { key: &verified.log }),
        }
        for SignedSince { index, app, key } in &verified.signed_since {
            out.detail(Cli::LogSignedSince { index: *index, app, key });
        }
        for change in &verified.changes {
            let at = mesinfos_words::instant(change.at, out.lang);
            // A log is another's text.
            let (app, version) = (clean(&change.app), clean(&change.version));
            let what = change.change.as_str();
            out.detail(Cli::LogEntryOf { index: change.index, at: &at, app: &app, version: &version, what });
        }
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The key of the log at an address, as it was verified here: another one is another log.
struct Address {
    url: String,
    file: PathBuf,
}

impl Address {
    fn of(url: &str) -> Option<Address> {
        let url = url.trim_end_matches('/').to_ascii_lowercase();
        let name = digest(url.as_bytes());
        Some(Address { file: configuration()?.join("logs").join(format!("at-{name}")), url })
    }

    /// Refuses another key than the one that was there.
    fn check(&self, log: &Verifier) -> Result<()> {
        let Some(before) = remembered(&self.file)? else { return Ok(()) };
        let (before, now) = (before.trim(), log.to_string());
        if before == now {
            return Ok(());
        }
        Err(Failure::said(Cli::OtherLog { url: &self.url, before, now: &now }))
    }

    fn keep(&self, log: &Verifier) -> Result<()> {
        write_whole(&self.file, &format!("{log}\n"))
    }
}

/// What an earlier verification wrote; `None` before the first one.
fn remembered(file: &Path) -> Result<Option<String>> {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    match std::fs::read_to_string(file) {
        Err(error) if matches!(error.kind(), NotFound | NotADirectory) => Ok(None),
        read => read.map(Some).doing(Cli::Reading { path: &shown(file) }),
    }
}

/// Writes a file whole or not at all.
fn write_whole(file: &Path, text: &str) -> Result<()> {
    let next = file.with_extension("new");
    write(&next, text.as_bytes())?;
    std::fs::rename(&next, file).doing(Cli::Writing { path: &shown(file) })
}

/// The last head of a log that was verified here: the next one must continue it.
struct Known(PathBuf);

impl Known {
    fn of(log: &Verifier) -> Option<Known> {
        let key: String = log.key.0.iter().map(|byte| format!("{byte:02x}")).collect();
        Some(Known(configuration()?.join("logs").join(key)))
    }

    fn read(&self, log: &Verifier) -> Result<Option<Checkpoint>> {
        let Some(note) = remembered(&self.0)? else { return Ok(None) };
        let head = Checkpoint::open(note.get(..note.len().min(LONGEST_NOTE)).unwrap_or(""), log);
        head.map(Some).map_err(Failure::other).doing(Cli::Reading { path: &shown(&self.0) })
    }

    fn keep(&self, note: &str) -> Result<()> {
        write_whole(&self.0, note)
    }
}

/// Writes the log as the files that a server of files would serve.
fn export(session: &Session, folder: &Path) -> Result<ExitCode> {
    let platform = session.open()?;
    let log = platform.log_verifier().clone();
    let note = platform.log_checkpoint()?;
    let head = Checkpoint::open(&note, &log).map_err(Failure::other).doing(Cli::CheckingLog)?;
    let source = Source::Folder(Box::new(platform));
    // A size has 64 bits, and a tile spans 8 levels.
    let levels = (0_u8..8).map(|level| (Kind::Hashes(level), hashes_at(level, head.size)));
    for (kind, count) in std::iter::once((Kind::Entries, head.size)).chain(levels) {
        for tile in Tile::all(kind, count) {
            write(&folder.join(tile.to_string()), &source.tile(tile)?)?;
        }
    }
    write(&folder.join("key"), format!("{log}\n").as_bytes())?;
    // The head comes last: what it signs is there.
    write(&folder.join("checkpoint"), note.as_bytes())?;
    let verified = VerifiedLog {
        log: log.to_string(),
        entries: head.size,
        root: head.root,
        continues: None,
        signed_since: Vec::new(),
        changes: Vec::new(),
    };
    let path = shown(folder);
    session.out.print(&verified, |verified| {
        session.out.say(Cli::LogExported { path: &path, entries: verified.entries });
    })?;
    Ok(ExitCode::SUCCESS)
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).doing(Cli::Making { path: &shown(folder) })?;
    }
    std::fs::write(path, bytes).doing(Cli::Writing { path: &shown(path) })
}
