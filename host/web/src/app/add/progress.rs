//! How far an upload is: told to its sender as server-sent events (WHATWG HTML, section 9.2), for a script that shows it.
//!
//! The sender names its upload. Only this host knows of it, while it lasts; without a script nobody asks.

use crate::Shared;
use crate::app::data::owner;
use crate::app::visitor::Tester;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::channel::Channel;
use mesinfos_platform::identity::AccountId;
use serde::Serialize;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::sleep;

/// Uploads that are told of at once, over all accounts; more go on untold.
const UPLOADS: usize = 400;

/// Time between two events.
const PACE: Duration = Duration::from_millis(250);

/// Events without the upload that they are about, after which a stream ends: the upload may arrive later.
const WAITS: u32 = 40;

/// Events of one stream, after which it ends: half an hour.
const EVENTS: u32 = 7_200;

/// Length of the name of an upload, in characters.
const NAME: std::ops::RangeInclusive<usize> = 16..=64;

/// Steps of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Step {
    Receiving = 0,
    Reading = 1,
    Storing = 2,
    Done = 3,
}

impl Step {
    fn id(step: u8) -> &'static str {
        match step {
            0 => "receiving",
            1 => "reading",
            2 => "storing",
            _ => "done",
        }
    }
}

/// How far an upload is.
pub(crate) struct Progress {
    account: AccountId,
    name: String,
    step: AtomicU8,
    done: AtomicU64,
    of: AtomicU64,
    /// What became of the files before the current one.
    ended: Mutex<Vec<Ended>>,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Ended {
    Added,
    Refused,
    /// It waits for the person's answers.
    Asks,
}

/// What is told.
#[derive(Serialize)]
struct Told {
    step: &'static str,
    /// Bytes of the step so far, and of all of it; 0 if that is not known.
    done: u64,
    of: u64,
    /// Number of the file, from 1.
    file: usize,
    ended: Vec<Ended>,
}

impl Progress {
    /// A step begins, with so many bytes to go through.
    pub(crate) fn begin(&self, step: Step, of: u64) {
        self.done.store(0, Ordering::Relaxed);
        self.of.store(of, Ordering::Relaxed);
        self.step.store(step as u8, Ordering::Relaxed);
    }

    /// A file ends; the next one is received.
    pub(crate) fn end_file(&self, ended: Ended) {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner).push(ended);
        self.begin(Step::Receiving, 0);
    }

    pub(crate) fn add(&self, bytes: u64) {
        self.done.fetch_add(bytes, Ordering::Relaxed);
    }

    fn told(&self) -> Told {
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Told {
            step: Step::id(self.step.load(Ordering::Relaxed)),
            done: self.done.load(Ordering::Relaxed),
            of: self.of.load(Ordering::Relaxed),
            file: ended.len() + 1,
            ended,
        }
    }
}

/// All uploads that are told of.
#[derive(Default)]
pub(crate) struct Uploads {
    all: Mutex<Vec<Arc<Progress>>>,
}

impl Uploads {
    fn all(&self) -> MutexGuard<'_, Vec<Arc<Progress>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins to tell of an upload of an account under a name. What cannot be told goes on all the same.
    pub(crate) fn begin(self: &Arc<Self>, account: AccountId, name: &str) -> Under {
        let progress = Arc::new(Progress {
            account,
            name: name.to_owned(),
            step: AtomicU8::new(Step::Receiving as u8),
            done: AtomicU64::new(0),
            of: AtomicU64::new(0),
            ended: Mutex::new(Vec::new()),
        });
        let is_named = NAME.contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let mut all = self.all();
        let is_known = all.iter().any(|other| other.account == account && other.name == name);
        if is_named && !is_known && all.len() < UPLOADS {
            all.push(Arc::clone(&progress));
        }
        drop(all);
        Under { progress, uploads: Arc::clone(self) }
    }

    fn find(&self, account: AccountId, name: &str) -> Option<Arc<Progress>> {
        self.all().iter().find(|one| one.account == account && one.name == name).map(Arc::clone)
    }
}

/// An upload under way. Nobody is told of it any more once it is dropped.
pub(crate) struct Under {
    pub(crate) progress: Arc<Progress>,
    uploads: Arc<Uploads>,
}

impl Drop for Under {
    fn drop(&mut self) {
        self.progress.begin(Step::Done, 0);
        self.uploads.all().retain(|one| !Arc::ptr_eq(one, &self.progress));
    }
}

/// A file that is read; at its end, what it had is stored.
pub(crate) struct Watched<R> {
    pub(crate) inner: R,
    pub(crate) progress: Arc<Progress>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        if read == 0 && !into.is_empty() {
            self.progress.begin(Step::Storing, 0);
        }
        self.progress.add(read as u64);
        Ok(read)
    }
}

impl<R: Seek> Seek for Watched<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// The events of an upload of the visitor's. The stream ends with the upload, or if there is none for a while.
pub(crate) async fn events(
    State(shared): State<Shared>,
    tester: Tester,
    Path(name): Path<String>,
) -> Response {
    let Some(slot) = shared.slots.streams.take(&owner(&tester)) else {
        return StatusCode::NO_CONTENT.into_response();
    };
    let (mut sender, body) = Channel::<Bytes, io::Error>::new(1);
    let (account, uploads) = (tester.visitor.account.id, Arc::clone(&shared.uploads));
    tokio::spawn(async move {
        let _slot = slot;
        let mut watched: Option<Arc<Progress>> = None;
        let mut waits = 0;
        for _ in 0..EVENTS {
            watched = watched.or_else(|| uploads.find(account, &name));
            let text = match &watched {
                Some(progress) => {
                    // Numbers and words of ours are always JSON.
                    let told = serde_json::to_string(&progress.told()).unwrap_or_default();
                    format!("data: {told}\n\n")
                }
                None => ": waiting\n\n".to_owned(),
            };
            waits += u32::from(watched.is_none());
            let is_over = watched.as_ref().is_some_and(|one| one.told().step == "done") || waits > WAITS;
            if sender.send_data(Bytes::from(text)).await.is_err() || is_over {
                return;
            }
            sleep(PACE).await;
        }
    });
    let headers = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")];
    (headers, Body::new(body)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(number: u8) -> AccountId {
        format!("{number:032x}").parse().unwrap()
    }

    #[test]
    fn an_upload_is_told_to_its_account_while_it_lasts() {
        let uploads = Arc::new(Uploads::default());
        let name = "a".repeat(32);
        let under = uploads.begin(account(1), &name);
        assert!(uploads.find(account(1), &name).is_some() && uploads.find(account(2), &name).is_none());
        under.progress.end_file(Ended::Refused);
        under.progress.begin(Step::Reading, 10);
        let mut file = Watched { inner: io::Cursor::new([7; 10]), progress: Arc::clone(&under.progress) };
        let mut bytes = [0; 4];
        file.read_exact(&mut bytes).unwrap();
        let told = under.progress.told();
        assert_eq!((told.step, told.done, told.of, told.file), ("reading", 4, 10, 2));
        assert!(serde_json::to_string(&told).unwrap().ends_with("\"file\":2,\"ended\":[\"refused\"]}"));
        io::copy(&mut file, &mut io::sink()).unwrap();
        assert_eq!(under.progress.told().step, "storing");
        let seen = Arc::clone(&under.progress);
        drop(under);
        assert!(uploads.find(account(1), &name).is_none() && seen.told().step == "done");
    }

    #[test]
    fn names_and_numbers_are_bounded() {
        let uploads = Arc::new(Uploads::default());
        for name in ["", "short", &"a".repeat(65), &"<".repeat(32)] {
            let under = uploads.begin(account(1), name);
            assert!(uploads.find(account(1), name).is_none(), "{name}");
            drop(under);
        }
        let all: Vec<Under> =
            (0..UPLOADS + 5).map(|number| uploads.begin(account(1), &format!("{number:032}"))).collect();
        assert_eq!(uploads.all().len(), UPLOADS);
        drop(all);
        assert!(uploads.all().is_empty());
    }
}
