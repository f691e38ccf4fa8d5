//! The assistant for tables that no format knows: the person says what the columns are, sees what follows, and adds it.
//!
//! - `pending`: files that wait meanwhile. `answers`: the form's fields, and the mapping that follows. `form`: the page.
//!
//! Invariant: nothing is stored before the person has seen it and pressed the button.

mod answers;
mod form;
mod pending;

pub(crate) use pending::{Table, Tables};

use super::answer::{Sent, answer};
use crate::Shared;
use crate::app::data::owner;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::Section;
use crate::app::visitor::Tester;
use crate::limits;
use answers::{Answers, Missing};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use form::{Page, kept_page};
use mesinfos_model::Category;
use mesinfos_platform::intake::mapped::Mapping;
use mesinfos_platform::{ImportInput, ImportReport, PlatformError, Row, TargetVault};
use std::io::Seek;
use std::sync::Arc;

/// Rows that are shown as they would be stored.
const PREVIEW: usize = 5;

/// What a dry run says.
enum Looked {
    /// The report, and the first rows.
    Good(Box<ImportReport>, Vec<(Category, Row)>),
    /// Why nothing can be read.
    Bad(Box<Sent>),
}

/// Field with the answers whose rows were shown.
const LOOKED: &str = "looked";

/// Answers as a text, equal for equal answers.
fn written_out(mapping: &Mapping) -> String {
    // Serialising our own types cannot fail.
    serde_json::to_string(mapping).unwrap_or_default()
}

fn waiting(shared: &Shared, tester: &Tester, id: &str) -> Result<Arc<Table>, Failure> {
    let table = shared.tables.get(tester.visitor.account.id, id);
    table.ok_or_else(|| Failure::not_found(&tester.shell("", Section::Data)))
}

/// The form, with what the table suggests, or what the person said about such a table before.
pub(crate) async fn page(
    State(shared): State<Shared>,
    tester: Tester,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let table = waiting(&shared, &tester, &id)?;
    let answers = Answers::of(&table.probe);
    Ok(drawn(&tester, &id, &table, &answers, &[], None, StatusCode::OK))
}

/// Shows what follows from the answers, or adds the table.
pub(crate) async fn submit(
    State(shared): State<Shared>,
    tester: Tester,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let table = waiting(&shared, &tester, &id)?;
    if fields.get("act") == "keep" {
        return keep(&shared, &tester, &id, table).await;
    }
    let answers = Answers::read(&fields, table.probe.columns);
    let mapping = match answers.mapping(&table.probe) {
        Ok(mapping) => mapping,
        Err(missing) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(drawn(&tester, &id, &table, &answers, &missing, None, status));
        }
    };
    let turn = shared.slots.readings.wait(&owner(&tester), limits::READING_WAIT).await;
    let turn = turn.ok_or_else(|| Failure::busy(&tester.shell("", Section::Data)))?;
    // What is added is what was shown: other answers are shown first.
    let adds = fields.get("act") == "add" && fields.get(LOOKED) == written_out(&mapping);
    let (lang, of, is_kept) = (tester.lang(), Arc::clone(&table), answers.is_kept);
    let looked = tester
        .run(move |platform, caller| {
            let _turn = turn;
            let mut file = of.open();
            file.rewind()?;
            let whose = platform.who(caller)?.map_or(TargetVault::AnybodyOrNew, TargetVault::Exactly);
            let input = ImportInput::file(&mut *file).into_vault(whose);
            let input = input.mapped(mapping.clone()).map_err(PlatformError::BadMapping)?;
            let done = if adds {
                platform.import(caller, &of.name, input).map(|report| (report, Vec::new()))
            } else {
                platform.import_preview(caller, &of.name, input, PREVIEW)
            };
            match done {
                Ok((report, rows)) => {
                    if adds && is_kept {
                        // The rows are there: an error here only has the questions asked again.
                        let _ = platform.keep_mapping(caller, &of.probe.header, &mapping);
                    }
                    Ok(Looked::Good(Box::new(report), rows))
                }
                Err(error @ (PlatformError::Intake(_) | PlatformError::AllRejected(_))) => {
                    Ok(Looked::Bad(Box::new(Sent::refused(&of.name, &error, lang))))
                }
                Err(error) => Err(error),
            }
        })
        .await?;
    match looked {
        Looked::Good(report, _) if adds => {
            shared.tables.forget(tester.visitor.account.id, &id);
            answer(&tester, &[Sent::Imported(report)]).await
        }
        Looked::Bad(_) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(drawn(&tester, &id, &table, &answers, &[], Some(&looked), status))
        }
        Looked::Good(..) => Ok(drawn(&tester, &id, &table, &answers, &[], Some(&looked), StatusCode::OK)),
    }
}

/// Keeps the file as a document, and forgets it here. One that cannot be kept goes on waiting.
async fn keep(shared: &Shared, tester: &Tester, id: &str, table: Arc<Table>) -> Result<Response, Failure> {
    let turn = shared.slots.readings.wait(&owner(tester), limits::READING_WAIT).await;
    let turn = turn.ok_or_else(|| Failure::busy(&tester.shell("", Section::Data)))?;
    let (lang, of) = (tester.lang(), Arc::clone(&table));
    let sent = tester
        .run(move |platform, caller| {
            let _turn = turn;
            let mut file = of.open();
            file.rewind()?;
            let whose = platform.who(caller)?.map_or(TargetVault::AnybodyOrNew, TargetVault::Exactly);
            let input = ImportInput::file(&mut *file).as_document(true).into_vault(whose);
            match platform.import(caller, &of.name, input) {
                Ok(report) => Ok(Ok(Sent::Imported(Box::new(report)))),
                Err(error @ PlatformError::Intake(_)) => Ok(Err(Sent::refused(&of.name, &error, lang))),
                Err(error) => Err(error),
            }
        })
        .await?;
    let sent = sent
        .inspect(|_| shared.tables.forget(tester.visitor.account.id, id))
        .unwrap_or_else(|refused| refused);
    answer(tester, &[sent]).await
}

fn drawn(
    tester: &Tester,
    id: &str,
    table: &Table,
    answers: &Answers,
    missing: &[Missing],
    looked: Option<&Looked>,
    status: StatusCode,
) -> Response {
    let page = Page { id, table, answers, missing, looked, lang: tester.lang() };
    let title = page.title();
    (status, tester.page(&title, Section::Data, page.body(&title))).into_response()
}

/// What the person said about tables, and how to forget it.
pub(crate) async fn kept(tester: Tester) -> Result<Response, Failure> {
    let kept = tester.run(|platform, caller| platform.mappings(caller)).await?;
    let (title, body) = kept_page(&kept, tester.lang());
    Ok(tester.page(&title, Section::Data, body))
}

/// Forgets what the person said about tables with a header.
pub(crate) async fn forget(tester: Tester, fields: Fields) -> Result<Response, Failure> {
    let header: Vec<String> = fields.all("column").map(str::to_owned).collect();
    tester.run(move |platform, caller| platform.forget_mapping(caller, &header)).await?;
    Ok(Redirect::to("/add/tables").into_response())
}
