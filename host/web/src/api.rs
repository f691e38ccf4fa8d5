//! JSON API: one handler per use case. The platform blocks, so use cases run on blocking threads.
//!
//! Requests and responses are types of `mesinfos-wire`, which the command line prints too.

use crate::auth::Depositor;
use crate::bodies::{announced, drain};
use crate::client::Client;
use crate::errors::{ApiError, blocking, blocking_io};
use crate::extract::{Path, Query, Sent};
use crate::telemetry::current;
use crate::{Shared, limits, transfer};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use mesinfos_model::digest::NotADigest;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, RowId};
use mesinfos_platform::consent::{Actor, Channel};
use mesinfos_platform::intake::LARGEST_DOCUMENT;
use mesinfos_platform::intake::mapped::Mapping;
use mesinfos_platform::{
    Caller, ImportInput, Platform, PlatformError, Publisher, RunInput, Shown, TargetVault, VaultError,
};
use mesinfos_wire::apps::InstallQuery;
use mesinfos_wire::audit::VerifyQuery;
use mesinfos_wire::people::LangQuery;
use mesinfos_wire::{
    AuditEntry, CategoryEntry, CategorySummary, Check, Deposited, Document, Erased, Format, Grant, Import,
    ImportAnswer, ImportQuery, ImportReport, InstalledApp, NewGrant, NewRun, Receipt, Replay, RunAnswer,
    Undone, Verified, each,
};
use mesinfos_words::vault::nobody;
use serde::Serialize;
use std::sync::Arc;

type Answer<T> = Result<Json<T>, ApiError>;

async fn answer<T: Serialize + Send + 'static>(
    shared: Shared,
    work: impl FnOnce(&Platform) -> Result<T, PlatformError> + Send + 'static,
) -> Answer<T> {
    blocking(shared.platform, work).await.map(Json)
}

/// A caller over the API who acts for a person. A token with full access acts as that person.
fn about(platform: &Platform, actor: Actor, person: &str) -> Result<Caller, PlatformError> {
    let caller = platform.caller(actor, Channel::Api, Lang::Fr).in_request(current());
    Ok(caller.about(person.parse()?))
}

/// The requested language. French by default.
fn language(tag: Option<&str>) -> Result<Lang, ApiError> {
    let bad = |tag: &str| ApiError::bad(format!("lang \"{tag}\": fr or en"));
    tag.map_or(Ok(Lang::Fr), |tag| Lang::from_tag(tag).ok_or_else(|| bad(tag)))
}

#[utoipa::path(get, path = "/people", responses((status = 200, description = "Names of the people", body = Vec<String>)))]
pub(crate) async fn people(State(shared): State<Shared>) -> Answer<Vec<String>> {
    answer(shared, Platform::persons).await
}

#[utoipa::path(get, path = "/people/{person}", params(("person" = String, Path)),
    responses((status = 200, description = "Contents of the vault, by category", body = Vec<CategorySummary>),
              (status = 404, description = "No such person"),
              (status = 422, description = "The name is invalid")))]
pub(crate) async fn person(
    State(shared): State<Shared>,
    Path(person): Path<String>,
) -> Answer<Vec<CategorySummary>> {
    answer(shared, move |platform| Ok(each(&platform.summary(&about(platform, Actor::Person, &person)?)?)))
        .await
}

#[utoipa::path(delete, path = "/people/{person}", params(("person" = String, Path)),
    responses((status = 200, description = "Erased: keys destroyed, files deleted", body = Erased),
              (status = 404, description = "No such person"),
              (status = 409, description = "The person's data changed during the request"),
              (status = 422, description = "The name is invalid")))]
pub(crate) async fn erase(State(shared): State<Shared>, Path(person): Path<String>) -> Answer<Erased> {
    answer(shared, move |platform| {
        let caller = about(platform, Actor::Person, &person)?;
        let receipt = platform.erase(&caller)?;
        Ok(Erased::new(caller.person()?.as_str(), &receipt))
    })
    .await
}

#[utoipa::path(post, path = "/people/{person}/imports", params(("person" = String, Path), ImportQuery),
    request_body(content_type = "application/octet-stream", description = "Content of the file"),
    responses((status = 200, description = "Report of the import; with a deposit token, of the file alone",
                  body = ImportAnswer),
              (status = 404, description = "No such person, and new=true is missing"),
              (status = 409, description = "The person's data changed meanwhile, or their audit chain is broken"),
              (status = 422, description = "No known format fits the file, or the name is invalid"),
              (status = 503, description = "Busy: nothing was imported; retry after Retry-After seconds")))]
pub(crate) async fn import(
    State(shared): State<Shared>,
    Extension(client): Extension<Client>,
    depositor: Option<Extension<Depositor>>,
    Path(person): Path<String>,
    Query(query): Query<ImportQuery>,
    headers: HeaderMap,
    body: Body,
) -> Answer<ImportAnswer> {
    let depositor = depositor.map(|Extension(depositor)| depositor);
    let may_create = depositor.map_or(query.new, |depositor| depositor.may_create);
    let known = {
        let person = person.clone();
        blocking(Arc::clone(&shared.platform), move |platform| {
            platform.who(&about(platform, Actor::Person, &person)?)
        })
        .await
    };
    let known = match known {
        Ok(known) => known,
        Err(error) => {
            drain(body).await;
            return Err(error);
        }
    };
    let mapping = match mapping(&query, depositor.is_some()) {
        Ok(mapping) => mapping,
        Err(error) => {
            drain(body).await;
            return Err(error);
        }
    };
    let most = if query.document { LARGEST_DOCUMENT } else { limits::FILE_BYTES };
    if announced(&headers).is_some_and(|length| length > most) {
        drain(body).await;
        return Err(ApiError::too_large(most));
    }
    // A misspelt name must not create an unused vault.
    if known.is_none() && !may_create && !query.dry_run {
        drain(body).await;
        return Err(match depositor {
            Some(_) => ApiError::only_deposits(),
            None => {
                let words = format!("{} Nothing was imported.", nobody(&person, Lang::En));
                let gone = VaultError::NoSuchPerson { name: person, close: Vec::new(), total: None };
                ApiError::from(PlatformError::from(gone))
                    .with_detail(words)
                    .with_hint("To create a vault of that name: ?new=true".to_owned())
            }
        });
    }
    let holder = client.slot_owner(&person);
    let Some(slot) = shared.slots.uploads.take(&holder) else {
        drain(body).await;
        return Err(too_many_files());
    };
    let platform = Arc::clone(&shared.platform);
    let spool = blocking(platform, |platform| platform.spool(limits::FILE_BYTES)).await?;
    let upload = transfer::receive(body, spool, &slot).await?;
    // The body has arrived: nothing below waits for the sender. An upload may take hours, so check again
    // that the token is valid.
    let (doors, token, name) = (Arc::clone(&shared.doors), client.clone(), person.clone());
    if !blocking_io(move || doors.is_good_for(token.token(), &name)).await? {
        return Err(ApiError::no_token());
    }
    let turn = shared.slots.readings.wait(&holder, limits::READING_WAIT).await;
    let turn = turn.ok_or_else(too_many_files)?;
    // The person may have been erased meanwhile: do not recreate them, and do not import into the vault of
    // a later person of the same name.
    let (still, id, name) = (Arc::clone(&shared.doors), client.clone(), person.clone());
    let whose = known.map_or(TargetVault::AnybodyOrNew, TargetVault::Exactly);
    let file = query.file.unwrap_or_else(|| "upload".to_owned());
    answer(shared, move |platform| {
        let _held = (slot, turn);
        let source = ImportInput::file(upload).as_document(query.document);
        let source = match mapping {
            Some(mapping) => source.mapped(mapping)?,
            None => source,
        };
        let source = source.into_vault(whose).allow_creation_if(move || still.is_good_for(id.token(), &name));
        let report = if query.dry_run {
            platform.import_dry_run(&about(platform, Actor::Person, &person)?, &file, source)
        } else {
            let actor = if depositor.is_some() { Actor::Holder } else { Actor::Person };
            platform.import(&about(platform, actor, &person)?, &file, source)
        }?;
        Ok(match depositor {
            Some(_) => ImportAnswer::OfTheFile(Deposited::from(&report)),
            None => ImportAnswer::All(ImportReport::from(&report)),
        })
    })
    .await
}

/// The mapping of a query. Only the person says what the columns of an unknown table are.
fn mapping(query: &ImportQuery, is_deposit: bool) -> Result<Option<Mapping>, ApiError> {
    let Some(text) = &query.mapping else { return Ok(None) };
    if is_deposit {
        return Err(ApiError::only_deposits());
    }
    let mapping: Mapping = serde_json::from_str(text).map_err(|error| {
        ApiError::bad(format!("`mapping` is not a mapping: {error}; nothing was imported"))
    })?;
    mapping.check().map_err(|problem| ApiError::from(PlatformError::from(problem)))?;
    Ok(Some(mapping))
}

fn too_many_files() -> ApiError {
    let words = "too many files are being uploaded at the moment, or for this person: nothing was imported, \
                 try again in a few seconds";
    ApiError::busy(words)
}

#[utoipa::path(get, path = "/people/{person}/documents", params(("person" = String, Path), LangQuery),
    responses((status = 200, description = "Files kept as documents", body = Vec<Document>),
              (status = 404, description = "No such person"),
              (status = 422, description = "The name is invalid")))]
pub(crate) async fn documents(
    State(shared): State<Shared>,
    Path(person): Path<String>,
    Query(query): Query<LangQuery>,
) -> Answer<Vec<Document>> {
    let lang = language(query.lang.as_deref())?;
    answer(shared, move |platform| {
        Ok(each(&platform.documents(&about(platform, Actor::Person, &person)?.in_language(lang))?))
    })
    .await
}

#[utoipa::path(get, path = "/people/{person}/documents/{document}",
    params(("person" = String, Path), ("document" = RowId, Path, description = "Id of the document")),
    responses((status = 200, description = "The document, as imported", content_type = "application/octet-stream"),
              (status = 404, description = "No such person, or no such document"),
              (status = 422, description = "The name is invalid")))]
pub(crate) async fn document(
    State(shared): State<Shared>,
    Extension(client): Extension<Client>,
    Path((person, id)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let Some(slot) = shared.slots.downloads.take(&client.slot_owner(&person)) else {
        return Err(ApiError::busy("too many documents are being downloaded: try again in a few seconds"));
    };
    let (known, pieces) = blocking(shared.platform, move |platform| {
        let id = id.parse().map_err(|_| PlatformError::NoSuchDocument { id })?;
        platform.document(&about(platform, Actor::Person, &person)?, id)
    })
    .await?;
    // The document may be hostile: make browsers save it, never display it.
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_LENGTH, known.size.to_string()),
        (header::CONTENT_DISPOSITION, transfer::attachment(&known.name)),
    ];
    Ok((headers, transfer::download(pieces, slot)).into_response())
}

#[utoipa::path(get, path = "/people/{person}/imports", params(("person" = String, Path)),
    responses((status = 200, description = "The person's imports, including undone ones", body = Vec<Import>),
              (status = 404, description = "No such person"),
              (status = 422, description = "The name is invalid")))]
pub(crate) async fn imports(State(shared): State<Shared>, Path(person): Path<String>) -> Answer<Vec<Import>> {
    answer(shared, move |platform| Ok(each(&platform.imports(&about(platform, Actor::Person, &person)?)?)))
        .await
}

#[utoipa::path(delete, path = "/people/{person}/imports/{import}",
    params(("person" = String, Path), ("import" = u64, Path, description = "Number of the import")),
    responses((status = 200, description = "Undone: its rows are deleted", body = Undone),
              (status = 404, description = "No such person, or no such import that can be undone"),
              (status = 409, description = "The person's data changed meanwhile, or their audit chain is broken"),
              (status = 422, description = "The name is invalid")))]
pub(crate) async fn undo_import(
    State(shared): State<Shared>,
    Path((person, import)): Path<(String, String)>,
) -> Answer<Undone> {
    let import =
        import.parse().map_err(|_| ApiError::bad(format!("\"{import}\" is not the number of an import")))?;
    answer(shared, move |platform| {
        Ok(Undone::from(&platform.undo_import(&about(platform, Actor::Person, &person)?, import)?))
    })
    .await
}

#[utoipa::path(get, path = "/dictionary",
    responses((status = 200, description = "Categories with their fields", body = Vec<CategoryEntry>)))]
pub(crate) async fn dictionary() -> Json<Vec<CategoryEntry>> {
    Json(Category::ALL.iter().copied().map(CategoryEntry::from).collect())
}

#[utoipa::path(get, path = "/people/{person}/grants", params(("person" = String, Path)),
    responses((status = 200, description = "The person's grants, oldest first", body = Vec<Grant>),
              (status = 404, description = "No such person"),
              (status = 409, description = "The history of the grants is broken"),
              (status = 422, description = "The name is invalid")))]
pub(crate) async fn grants(State(shared): State<Shared>, Path(person): Path<String>) -> Answer<Vec<Grant>> {
    answer(shared, move |platform| {
        Ok(each(&platform.grants_of(&about(platform, Actor::Person, &person)?)?))
    })
    .await
}

#[utoipa::path(post, path = "/people/{person}/grants", params(("person" = String, Path)),
    request_body = NewGrant,
    responses((status = 200, description = "The grant", body = Grant),
              (status = 404, description = "No such person, or no such app"),
              (status = 409, description = "The request names no component, or not the installed one; or \
                  data changed meanwhile"),
              (status = 415, description = "The content type of the body is not JSON"),
              (status = 422, description = "The request does not fit the app or the category, or a field is missing")))]
pub(crate) async fn grant(
    State(shared): State<Shared>,
    Path(person): Path<String>,
    Sent(new): Sent<NewGrant>,
) -> Answer<Grant> {
    let categories = new.categories.into_iter().map(|given| given.ask()).collect::<Result<Vec<_>, _>>();
    let categories = categories.map_err(|bad| ApiError::bad(bad.0))?;
    answer(shared, move |platform| {
        let caller = about(platform, Actor::Person, &person)?;
        let shown = Shown::component(new.component.as_deref());
        platform.check_holders(&caller, &categories)?;
        let given = platform.grant_shown(&caller, &new.app, &shown, &categories, new.until)?;
        Ok(Grant::from(&given))
    })
    .await
}

#[utoipa::path(delete, path = "/people/{person}/grants/{app}",
    params(("person" = String, Path), ("app" = String, Path)),
    responses((status = 200, description = "Withdrawn; a run under way stops", body = Grant),
              (status = 404, description = "No such person, or no grant of the app in force"),
              (status = 409, description = "Data changed during the request, or the audit chain is broken"),
              (status = 422, description = "The name is invalid")))]
pub(crate) async fn revoke(
    State(shared): State<Shared>,
    Path((person, app)): Path<(String, String)>,
) -> Answer<Grant> {
    answer(shared, move |platform| {
        Ok(Grant::from(&platform.withdraw(&about(platform, Actor::Person, &person)?, &app)?))
    })
    .await
}

#[utoipa::path(get, path = "/people/{person}/audit", params(("person" = String, Path)),
    responses((status = 200, description = "The audit chain, oldest entry first", body = Vec<AuditEntry>),
              (status = 404, description = "No such person"),
              (status = 409, description = "The audit chain is broken"),
              (status = 422, description = "The name is invalid")))]
pub(crate) async fn audit(
    State(shared): State<Shared>,
    Path(person): Path<String>,
) -> Answer<Vec<AuditEntry>> {
    answer(shared, move |platform| {
        Ok(each(&platform.audit_entries(&about(platform, Actor::Person, &person)?)?))
    })
    .await
}

#[utoipa::path(get, path = "/people/{person}/audit/verify", params(("person" = String, Path), VerifyQuery),
    responses((status = 200, description = "The audit chain is intact, and grants, receipts and rows agree with it",
                  body = Verified),
              (status = 404, description = "No such person"),
              (status = 409, description = "A record contradicts the audit chain, or the head is not in the chain"),
              (status = 422, description = "The name is invalid")))]
pub(crate) async fn audit_verify(
    State(shared): State<Shared>,
    Path(person): Path<String>,
    Query(query): Query<VerifyQuery>,
) -> Answer<Verified> {
    let head = query.head.map(|head| head.parse()).transpose();
    let head = head.map_err(|error: NotADigest| ApiError::bad(error.to_string()))?;
    answer(shared, move |platform| {
        Ok(Verified::from(&platform.audit_verify(&about(platform, Actor::Person, &person)?, head)?))
    })
    .await
}

#[utoipa::path(get, path = "/people/{person}/receipts", params(("person" = String, Path)),
    responses((status = 200, description = "Receipts of the person's runs", body = Vec<Receipt>),
              (status = 404, description = "No such person"),
              (status = 422, description = "The name is invalid")))]
pub(crate) async fn receipts(
    State(shared): State<Shared>,
    Path(person): Path<String>,
) -> Answer<Vec<Receipt>> {
    answer(shared, move |platform| {
        Ok(each(&platform.receipts_of(&about(platform, Actor::Person, &person)?)?))
    })
    .await
}

#[utoipa::path(post, path = "/people/{person}/receipts/{receipt}/replay",
    params(("person" = String, Path), ("receipt" = String, Path, format = "uuid")),
    responses((status = 200, description = "Whether the replay gave identical results", body = Replay),
              (status = 403, description = "No grant in force covers it"),
              (status = 404, description = "No such person, or no such receipt"),
              (status = 409, description = "Data changed during the request, or the audit chain is broken"),
              (status = 422, description = "The app no longer runs, or the name is invalid")))]
pub(crate) async fn replay(
    State(shared): State<Shared>,
    Path((person, receipt)): Path<(String, String)>,
) -> Answer<Replay> {
    let id = receipt.parse().map_err(|_| ApiError::bad(format!("{receipt} is not the id of a receipt")))?;
    answer(shared, move |platform| {
        Ok(Replay::from(&platform.replay(&about(platform, Actor::Person, &person)?, id)?))
    })
    .await
}

#[utoipa::path(get, path = "/apps", responses((status = 200, description = "Installed apps", body = Vec<InstalledApp>)))]
pub(crate) async fn apps(State(shared): State<Shared>) -> Answer<Vec<InstalledApp>> {
    answer(shared, |platform| Ok(each(&platform.apps()?))).await
}

#[utoipa::path(post, path = "/apps", params(InstallQuery),
    request_body(content_type = "application/wasm", description = "The component"),
    responses((status = 200, description = "Installed", body = InstalledApp),
              (status = 409, description = "The id belongs to another publisher, or the version to another component"),
              (status = 422, description = "Refused, with all reasons")))]
pub(crate) async fn install(
    State(shared): State<Shared>,
    Query(query): Query<InstallQuery>,
    body: Bytes,
) -> Answer<InstalledApp> {
    let publisher = if query.new_publisher { Publisher::Any } else { Publisher::Same };
    answer(shared, move |platform| Ok(InstalledApp::from(&platform.install_of(&body, publisher)?.0))).await
}

#[utoipa::path(delete, path = "/apps/{app}", params(("app" = String, Path)),
    responses((status = 200, description = "Uninstalled: no new run starts, and a run under way stops", body = InstalledApp),
              (status = 404, description = "No such app"),
              (status = 409, description = "The app's data changed during the request")))]
pub(crate) async fn uninstall(State(shared): State<Shared>, Path(app): Path<String>) -> Answer<InstalledApp> {
    answer(shared, move |platform| Ok(InstalledApp::from(&platform.uninstall(&app)?))).await
}

#[utoipa::path(post, path = "/check",
    request_body(content_type = "application/wasm", description = "The component"),
    responses((status = 200, description = "Requests of the component, and reasons for a refusal", body = Check)))]
pub(crate) async fn check(State(shared): State<Shared>, body: Bytes) -> Answer<Check> {
    answer(shared, move |_| Ok(Check::from(&mesinfos_platform::check(&body).0))).await
}

#[utoipa::path(get, path = "/formats",
    responses((status = 200, description = "Formats that can be imported", body = Vec<Format>)))]
pub(crate) async fn formats() -> Json<Vec<Format>> {
    Json(each(mesinfos_platform::intake::abouts()))
}

#[utoipa::path(post, path = "/runs", request_body = NewRun,
    responses((status = 200, description = "The view, its receipt, and the app's notes", body = RunAnswer),
              (status = 403, description = "Not granted: nothing was started; or withdrawn during the run"),
              (status = 404, description = "No such person, or no such app"),
              (status = 409, description = "Data changed meanwhile, or the audit chain is broken: nothing was started"),
              (status = 415, description = "The content type of the body is not JSON"),
              (status = 422, description = "The app gave no view, a parameter is invalid, or a field is missing"),
              (status = 503, description = "Busy: nothing was started; retry after Retry-After seconds")))]
pub(crate) async fn run(State(shared): State<Shared>, Sent(new): Sent<NewRun>) -> Answer<RunAnswer> {
    let lang = language(new.lang.as_deref())?;
    answer(shared, move |platform| {
        let input = RunInput { params: new.params.into_iter().collect() };
        let caller = about(platform, Actor::Person, &new.person)?;
        Ok(RunAnswer::from(&platform.run(&caller.in_language(lang), &new.app, &input)?))
    })
    .await
}

#[utoipa::path(get, path = "/openapi.json",
    responses((status = 200, description = "This document", body = Object)))]
pub(crate) async fn openapi() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], crate::openapi())
}
