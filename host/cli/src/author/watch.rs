//! Waiting for an author to save a file.

use crate::failure::{Doing, Failure, Result};
use crate::shared::shown;
use mesinfos_words::cli::Cli;
use notify::event::EventKind;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Editors write a file in several steps; all of them within this time are one change.
const SETTLED: Duration = Duration::from_millis(50);

/// Folders that tools write while they build.
const MADE: [&str; 7] = ["target", "node_modules", "dist", ".git", "__pycache__", ".venv", "views"];

/// Watches the folder of an app.
pub(crate) struct Watch {
    changes: Receiver<()>,
    /// Ends the watch when dropped.
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Begins to watch.
    pub(crate) fn begin(folder: &Path) -> Result<Watch> {
        let (sender, changes) = channel();
        let root = folder.canonicalize().doing(Cli::Reading { path: &shown(folder) })?;
        let within = root.clone();
        let told = move |event: notify::Result<Event>| {
            // An error means that events were lost: build again.
            if event.as_ref().map_or(true, |event| is_of_author(event, &within)) {
                // Nobody waits any more: the command ends.
                let _ = sender.send(());
            }
        };
        let cannot =
            |error: notify::Error| Failure::other(error).while_doing(Cli::Watching { path: &shown(folder) });
        let mut watcher = notify::recommended_watcher(told).map_err(cannot)?;
        watcher.watch(&root, RecursiveMode::Recursive).map_err(cannot)?;
        Ok(Watch { changes, _watcher: watcher })
    }

    /// Waits for a change, and until the files are quiet. `false` if no change can come any more.
    pub(crate) fn wait(&self) -> bool {
        let is_changed = self.changes.recv().is_ok();
        while self.changes.recv_timeout(SETTLED).is_ok() {}
        is_changed
    }
}

/// Whether an event is about a file that an author writes.
fn is_of_author(event: &Event, root: &Path) -> bool {
    if matches!(event.kind, EventKind::Access(_)) {
        return false;
    }
    event.paths.iter().any(|path| {
        let below = path.strip_prefix(root).unwrap_or(path);
        let mut parts = below.iter().map(|part| part.to_string_lossy());
        // Lock files and components are written by the build itself.
        let is_made = below.extension().is_some_and(|extension| extension == "lock" || extension == "wasm")
            || below.file_name().is_some_and(|name| name == "package-lock.json");
        !is_made && !parts.any(|part| MADE.contains(&&*part))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_file_is_seen_and_a_built_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("src")).unwrap();
        std::fs::create_dir_all(folder.path().join("target/debug")).unwrap();
        let watch = Watch::begin(folder.path()).unwrap();
        std::fs::write(folder.path().join("target/debug/app.wasm"), "x").unwrap();
        std::fs::write(folder.path().join("Cargo.lock"), "x").unwrap();
        std::fs::write(folder.path().join("package-lock.json"), "x").unwrap();
        assert!(watch.changes.recv_timeout(Duration::from_millis(300)).is_err());
        std::fs::write(folder.path().join("src/lib.rs"), "x").unwrap();
        assert!(watch.wait());
    }
}
