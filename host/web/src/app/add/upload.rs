//! Receiving the form's files: each is spooled, imported, and only then is the next one received.
//!
//! Invariant: what a person sends goes to the vault of their session, checked again once a file has arrived.

use super::answer::{Sent, answer};
use super::form::is_full;
use super::multipart::{Form, Part};
use super::progress::{Progress, Step, Watched};
use crate::app::data::owner;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::Section;
use crate::app::visitor::Tester;
use crate::bodies::{announced, drain, refuse};
use crate::errors::{ApiError, tried};
use crate::slots::Slot;
use crate::transfer::IncomingFile;
use crate::{Shared, limits};
use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use mesinfos_platform::intake::mapped::TableProbe;
use mesinfos_platform::intake::{IntakeError, LARGEST_DOCUMENT, Loose};
use mesinfos_platform::{
    Caller, ImportInput, ImportReport, PersonId, Platform, PlatformError, Spooled, TargetVault,
};
use std::io::{Seek, SeekFrom, Write};
use std::sync::Arc;

/// Name of a file that was sent without one.
const UNNAMED: &str = "upload";

/// Name of the field with files. Other fields are passed over.
const FIELD: &str = "file";

/// The handler. It takes the body itself, so that a stranger's files are not received.
pub(crate) async fn upload(State(shared): State<Shared>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let tester = match Tester::from_request_parts(&mut parts, &shared).await {
        Ok(tester) => tester,
        Err(response) => {
            refuse(body).await;
            return response;
        }
    };
    let query = Fields::read(parts.uri.query().unwrap_or_default().as_bytes()).unwrap_or_default();
    let is_document = query.get("as") == "document";
    let under = shared.uploads.begin(tester.visitor.account.id, query.get("progress"));
    // A task of its own: what has arrived is imported even if its sender leaves the page.
    let work = tokio::spawn(async move {
        let progress = Arc::clone(&under.progress);
        match received(&shared, &tester, (is_document, progress), &parts.headers, body).await {
            Ok(sent) => answer(&tester, &sent).await.unwrap_or_else(IntoResponse::into_response),
            Err(failure) => failure.into_response(),
        }
    });
    match work.await {
        Ok(answer) => answer,
        // As if it had not been in a task.
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        },
    }
}

async fn received(
    shared: &Shared,
    tester: &Tester,
    (is_document, progress): (bool, Arc<Progress>),
    headers: &HeaderMap,
    body: Body,
) -> Result<Vec<Sent>, Failure> {
    let shell = tester.shell("", Section::Data);
    let form = match Form::new(headers, body) {
        Ok(form) => form,
        Err(body) => {
            drain(body).await;
            return Err(Failure::not_understood(&shell));
        }
    };
    let is_sample = tester.visitor.account.sample.is_some();
    let most = match (is_sample, is_document) {
        (true, _) => limits::SAMPLE_FILE_BYTES,
        (false, true) => LARGEST_DOCUMENT.min(limits::FILE_BYTES),
        (false, false) => limits::FILE_BYTES,
    };
    if announced(headers).is_some_and(|length| length > limits::FILE_BYTES) {
        drain(form.into_rest()).await;
        return Ok(vec![Sent::not_received("", ApiError::too_large(limits::FILE_BYTES), most)]);
    }
    let owner = owner(tester);
    let Some(slot) = shared.slots.uploads.take(&owner) else {
        drain(form.into_rest()).await;
        return Err(Failure::busy(&shell));
    };
    let (whose, past) = tester
        .run(move |platform, caller| {
            let past = if is_sample { platform.imports(caller)?.len() } else { 0 };
            Ok((platform.who(caller)?, past))
        })
        .await?;
    let whose = whose.ok_or_else(|| Failure::not_found(&shell))?;
    progress.begin(Step::Receiving, announced(headers).unwrap_or(0));
    let size = announced(headers).unwrap_or(0);
    let upload = Upload { shared, tester, whose, most, is_document, slot, progress, size };
    let (sent, rest) = upload.files(form, is_sample, past).await?;
    // The sender must be able to receive the answer.
    drain(rest).await;
    Ok(sent)
}

/// What became of a file that arrived.
enum Done {
    Imported(Box<ImportReport>),
    /// Why not; and if it is a table that no format knows, what it looks like, and the file.
    Refused(PlatformError, Option<Box<(TableProbe, Spooled)>>),
}

/// Imports a file that has arrived, or looks at it as a table.
fn read(
    platform: &Platform,
    caller: &Caller,
    name: &str,
    (file, is_document): (Option<Spooled>, bool),
    whose: PersonId,
    (_turn, progress): (Slot, Arc<Progress>),
) -> Done {
    let import = |input: ImportInput<'_>| {
        let input = input.as_document(is_document).into_vault(TargetVault::Exactly(whose));
        platform.import(caller, name, input)
    };
    let Some(mut file) = file else {
        return import(ImportInput::from(std::io::empty()))
            .map_or_else(|error| Done::Refused(error, None), |report| Done::Imported(Box::new(report)));
    };
    let size = file.seek(SeekFrom::End(0)).unwrap_or(0);
    if let Err(error) = file.rewind() {
        return Done::Refused(error.into(), None);
    }
    progress.begin(Step::Reading, size);
    match import(ImportInput::file(Watched { inner: &mut file, progress })) {
        Ok(report) => Done::Imported(Box::new(report)),
        Err(error @ PlatformError::Intake(IntakeError::Unrecognised { .. })) => {
            let probe =
                file.rewind().ok().and_then(|()| platform.probe_table(name, &mut file).ok().flatten());
            Done::Refused(error, probe.map(|probe| Box::new((probe, file))))
        }
        Err(error) => Done::Refused(error, None),
    }
}

/// A form under way.
struct Upload<'a> {
    shared: &'a Shared,
    tester: &'a Tester,
    whose: PersonId,
    /// Maximum size of a file, in bytes.
    most: u64,
    is_document: bool,
    slot: Slot,
    progress: Arc<Progress>,
    /// Announced size of the whole form, in bytes; 0 if there is none.
    size: u64,
}

impl Upload<'_> {
    /// Imports the files of a form. Returns what became of each, and the rest of the body.
    async fn files(
        &self,
        mut form: Form,
        is_sample: bool,
        past: usize,
    ) -> Result<(Vec<Sent>, Body), Failure> {
        let mut sent = Vec::new();
        'files: loop {
            let part = match form.part().await {
                Ok(Some(Part { name, file: Some(file) })) if name == FIELD => file,
                Ok(Some(_)) => continue,
                Ok(None) => break,
                Err(error) => {
                    sent.push(Sent::not_received("", error, self.most));
                    break;
                }
            };
            let arrived = match self.spooled(&mut form).await {
                // A field in which nothing was chosen.
                Ok(None) if part.is_empty() => continue,
                Ok(arrived) => arrived,
                Err(error) => {
                    sent.push(Sent::not_received(&part, error, self.most));
                    break;
                }
            };
            let name = if part.is_empty() { UNNAMED } else { &part };
            let parts = match self.taken_apart(name, arrived).await {
                Ok(parts) => parts,
                Err(error) => {
                    sent.push(Sent::not_received(&part, error, self.most));
                    break;
                }
            };
            for (name, arrived) in parts {
                if sent.len() >= limits::FILES {
                    sent.push(Sent::too_many(&name));
                    break 'files;
                }
                if is_full(is_sample, past + sent.len()) {
                    sent.push(Sent::too_many_imports(&name));
                    break 'files;
                }
                let one = self.imported(&name, arrived).await?;
                self.progress.end_file(one.ended());
                sent.push(one);
            }
        }
        Ok((sent, form.into_rest()))
    }

    /// The content of a part. `None` if it is empty.
    async fn spooled(&self, form: &mut Form) -> Result<Option<Spooled>, ApiError> {
        let platform = Arc::clone(&self.shared.platform);
        let most = self.most;
        let spool = crate::errors::blocking(platform, move |platform| platform.spool(most)).await?;
        let mut file = IncomingFile::new(spool, most);
        self.progress.begin(Step::Receiving, self.size);
        while let Some(piece) = form.piece().await? {
            self.progress.add(piece.len() as u64);
            file = file.write(&piece, &self.slot).await?;
        }
        if file.size() == 0 { Ok(None) } else { file.finish().await.map(Some) }
    }

    /// The file that has arrived, or the files of an archive that a person made of several exports.
    async fn taken_apart(
        &self,
        name: &str,
        arrived: Option<Spooled>,
    ) -> Result<Vec<(String, Option<Spooled>)>, ApiError> {
        let name = name.to_owned();
        let Some(mut file) = arrived else { return Ok(vec![(name, None)]) };
        if self.is_document {
            return Ok(vec![(name, Some(file))]);
        }
        let turn = self.shared.slots.readings.wait(&owner(self.tester), limits::READING_WAIT).await;
        // Without a turn, importing it says so.
        let Some(turn) = turn else { return Ok(vec![(name, Some(file))]) };
        let (platform, most) = (Arc::clone(&self.shared.platform), self.most);
        let parts = tried(move || {
            let loose = platform.loose_files(&name, &mut file)?;
            drop(turn);
            if loose.is_empty() {
                return Ok(vec![(name, Some(file))]);
            }
            let spooled = |loose: Loose| {
                let mut spool = platform.spool(most)?;
                spool.write_all(&loose.bytes)?;
                Ok((format!("{name}/{}", loose.name), Some(spool.finish())))
            };
            loose.into_iter().map(spooled).collect()
        });
        parts.await?.map_err(ApiError::from)
    }

    /// Imports a file that has arrived; an empty one is refused as any file that no format knows.
    async fn imported(&self, name: &str, file: Option<Spooled>) -> Result<Sent, Failure> {
        // An upload may take hours: the session may be over, or the account another's.
        let (token, account) = (self.tester.visitor.token.clone(), self.tester.visitor.account.id);
        let present = move |platform: &Platform| platform.identity().present(&token, platform.clock().now());
        let present = self.tester.visitor.work(move |platform| Ok(present(platform)?)).await?;
        if present.is_none_or(|present| present.account.id != account) {
            return Err(Failure::signed_out(&self.tester.shell("", Section::Data), ""));
        }
        let turn = self.shared.slots.readings.wait(&owner(self.tester), limits::READING_WAIT).await;
        let Some(turn) = turn else {
            return Ok(Sent::not_received(name, ApiError::busy("too many files are being read"), self.most));
        };
        let (platform, caller) = (Arc::clone(&self.shared.platform), self.tester.caller.clone());
        let (whose, is_document, file_name) = (self.whose, self.is_document, name.to_owned());
        let progress = Arc::clone(&self.progress);
        let done = tried(move || {
            Ok(read(&platform, &caller, &file_name, (file, is_document), whose, (turn, progress)))
        });
        match done.await {
            Ok(Ok(Done::Imported(report))) => Ok(Sent::Imported(report)),
            Ok(Ok(Done::Refused(error, None))) => Ok(Sent::refused(name, &error, self.tester.lang())),
            Ok(Ok(Done::Refused(error, Some(table)))) => {
                let (probe, file) = *table;
                let waits = self.shared.tables.keep(account, name, probe.clone(), file);
                // Nobody may ask again: the file goes all the same.
                let tables = Arc::downgrade(&self.shared.tables);
                tokio::spawn(async move {
                    tokio::time::sleep(limits::TABLE_WAIT).await;
                    tables.upgrade().inspect(|tables| tables.sweep());
                });
                Ok(match waits {
                    Some(id) => Sent::table(name, &error, id, &probe),
                    None => Sent::refused(name, &error, self.tester.lang()),
                })
            }
            Ok(Err(error)) => Ok(Sent::refused(name, &error, self.tester.lang())),
            Err(error) => Ok(Sent::not_received(name, error, self.most)),
        }
    }
}
