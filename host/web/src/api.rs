//! The JSON API: one handler for each use case. The platform blocks, so each runs on a thread of
//! its own.

use crate::auth::Depositor;
use crate::bodies::{announced, drain};
use crate::client::Client;
use crate::errors::{ApiError, blocking, blocking_io, no_such_person};
use crate::{Shared, limits, transfer};
use axum::body::{Body, Bytes};
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use mesinfos_model::digest::NotADigest;
use mesinfos_model::row::NotARowId;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Grain, Period};
use mesinfos_platform::consent::{Act, Actor, Channel};
use mesinfos_platform::intake::LARGEST_DOCUMENT;
use mesinfos_platform::{Ask, ImportReport, Platform, PlatformError, Publisher, RunInput, Source, Whose};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::{OpenApi, ToSchema};

type Answer = Result<Json<Value>, ApiError>;

async fn answer<T: Serialize + Send + 'static>(
    shared: Shared,
    work: impl FnOnce(&Platform) -> Result<T, PlatformError> + Send + 'static,
) -> Answer {
    let done = blocking(shared.platform, work).await?;
    serde_json::to_value(done).map(Json).map_err(|e| ApiError::bad(e.to_string()))
}

/// What a person gives of one category.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GivenCategory {
    /// bank, energy or telecom.
    category: String,
    /// Only these days: 2011, 2011-03, 2011-03-05, 2011-03..2011-06.
    period: Option<String>,
    /// With `period`: whether rows that have no date, such as contacts or allergies, come too.
    undated: Option<bool>,
    /// Only these fields.
    fields: Option<Vec<String>>,
    /// No finer than raw, hourly, daily, monthly, exact or rounded.
    granularity: Option<String>,
    /// Only rows of these holders.
    holders: Option<Vec<String>>,
    /// Without these rows, by their ids, as 3.0.17.
    #[serde(default)]
    without: Vec<String>,
}

/// A grant to give.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewGrant {
    /// The app's id.
    app: String,
    /// SHA-256 of the component that the person was shown, as `/api/apps` has it. If another one is installed
    /// by now, nothing is granted.
    component: Option<String>,
    /// What is given; nothing here is all that the app asks for.
    #[serde(default)]
    categories: Vec<GivenCategory>,
    /// Until when, in UTC seconds.
    until: Option<i64>,
}

/// A run to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRun {
    /// The person's name.
    person: String,
    /// The app's id.
    app: String,
    /// fr or en.
    lang: Option<String>,
    /// Parameters, as text.
    #[serde(default)]
    params: BTreeMap<String, String>,
}

/// The name of the file that is sent.
#[derive(Debug, Deserialize)]
pub(crate) struct ImportQuery {
    file: Option<String>,
    /// Write nothing, and say what would happen.
    #[serde(default)]
    dry_run: bool,
    /// Keep it as a document, whatever it is.
    #[serde(default)]
    document: bool,
    /// Make the person's vault if it is not there.
    #[serde(default)]
    new: bool,
}

/// How an app is installed.
#[derive(Debug, Deserialize)]
pub(crate) struct InstallQuery {
    /// Let another publisher's component take the place of the installed one.
    #[serde(default)]
    new_publisher: bool,
}

fn given(categories: Vec<GivenCategory>) -> Result<Vec<(Category, Ask)>, ApiError> {
    categories
        .into_iter()
        .map(|given| {
            let category = Category::from_id(&given.category)
                .ok_or_else(|| ApiError::bad(format!("there is no category \"{}\"", given.category)))?;
            let excluded = given.without.iter().map(|id| id.parse()).collect::<Result<_, NotARowId>>();
            let period = given.period.as_deref().map(Period::parse).transpose();
            let grain = given.granularity.as_deref().map(|id| {
                Grain::from_id(id).ok_or_else(|| ApiError::bad(format!("there is no granularity \"{id}\"")))
            });
            let ask = Ask {
                period: period.map_err(|e| ApiError::bad(e.to_string()))?,
                undated: given.undated,
                fields: given.fields,
                grain: grain.transpose()?,
                holders: given.holders,
                excluded: excluded.map_err(|e| ApiError::bad(e.to_string()))?,
            };
            Ok((category, ask))
        })
        .collect()
}

#[utoipa::path(get, path = "/api/people", responses((status = 200, description = "Names of the people")))]
pub(crate) async fn people(State(shared): State<Shared>) -> Answer {
    answer(shared, Platform::persons).await
}

#[utoipa::path(get, path = "/api/people/{person}", params(("person" = String, Path)),
    responses((status = 200, description = "What is in the vault, by category"), (status = 404)))]
pub(crate) async fn person(State(shared): State<Shared>, Path(person): Path<String>) -> Answer {
    answer(shared, move |platform| {
        let rows = platform.summary(&person)?.into_iter().map(|s| {
            json!({ "category": s.category, "rows": s.rows, "first": s.first, "last": s.last,
                    "holders": s.holders })
        });
        Ok(rows.collect::<Vec<Value>>())
    })
    .await
}

#[utoipa::path(delete, path = "/api/people/{person}", params(("person" = String, Path)),
    responses((status = 200, description = "Erased: keys destroyed, files deleted"), (status = 404)))]
pub(crate) async fn erase(State(shared): State<Shared>, Path(person): Path<String>) -> Answer {
    answer(shared, move |platform| {
        let receipt = platform.via(Channel::Api).erase(&person)?;
        Ok(json!({ "erased": person, "at": receipt.at_utc_seconds, "closing": receipt.closing }))
    })
    .await
}

#[utoipa::path(post, path = "/api/people/{person}/imports",
    params(("person" = String, Path), ("file" = Option<String>, Query, description = "Name of the file"),
        ("dry_run" = Option<bool>, Query, description = "Write nothing, and say what would happen"),
        ("document" = Option<bool>, Query, description = "Keep it as a document, whatever it is"),
        ("new" = Option<bool>, Query, description = "Make the person's vault if it is not there")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, description = "What came of the file; with a token for deposits, what was read of it"),
              (status = 404, description = "There is no such person, and new=true was not said"),
              (status = 422, description = "Not a known format"),
              (status = 503, description = "Busy: nothing was taken; try again after Retry-After seconds")))]
pub(crate) async fn import(
    State(shared): State<Shared>,
    Extension(client): Extension<Client>,
    depositor: Option<Extension<Depositor>>,
    Path(person): Path<String>,
    Query(query): Query<ImportQuery>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let depositor = depositor.map(|Extension(depositor)| depositor);
    let may_create = depositor.map_or(query.new, |depositor| depositor.may_create);
    let known = {
        let person = person.clone();
        blocking(Arc::clone(&shared.platform), move |platform| platform.who(&person)).await
    };
    let known = match known {
        Ok(known) => known,
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
    // A slip in a name must not make a vault that nobody looks into.
    if known.is_none() && !may_create && !query.dry_run {
        drain(body).await;
        return Err(match depositor {
            Some(_) => ApiError::only_deposits(),
            None => {
                let words = format!(
                    "{}; nothing was taken. To make a vault of that name: ?new=true",
                    no_such_person(&person)
                );
                ApiError::new(StatusCode::NOT_FOUND, "no-such-person", words)
            }
        });
    }
    let holder = client.holder(&person);
    let Some(place) = shared.places.uploads.take(&holder) else {
        drain(body).await;
        return Err(too_many_files());
    };
    let platform = Arc::clone(&shared.platform);
    let spool = blocking(platform, |platform| platform.spool(limits::FILE_BYTES)).await?;
    let upload = transfer::receive(body, spool, &place).await?;
    // From here on nothing waits for the sender. It may have taken hours: who was let in then may be so no more.
    let (doors, token, name) = (Arc::clone(&shared.doors), client.clone(), person.clone());
    if !blocking_io(move || doors.is_good_for(token.token(), &name)).await? {
        return Err(ApiError::no_token());
    }
    let turn = shared.places.readings.wait(&holder, limits::READING_WAIT).await;
    let turn = turn.ok_or_else(too_many_files)?;
    // Who was erased meanwhile is not made again, and another one of her name is not meant.
    let (still, id, name) = (Arc::clone(&shared.doors), client.clone(), person.clone());
    let whose = known.map_or(Whose::AnybodyOrNew, Whose::Exactly);
    let file = query.file.unwrap_or_else(|| "upload".to_owned());
    answer(shared, move |platform| {
        let _held = (place, turn);
        let source = Source::file(upload)
            .as_document(query.document)
            .into_vault(whose)
            .made_if(move || still.is_good_for(id.token(), &name));
        let report = if query.dry_run {
            platform.import_dry_run(Some(&person), &file, source)
        } else {
            let actor = if depositor.is_some() { Actor::Holder } else { Actor::Person };
            platform.by(Act { actor, channel: Channel::Api }).import(&person, &file, source)
        };
        Ok(told(report?, depositor.is_some()))
    })
    .await
}

fn too_many_files() -> ApiError {
    let words = "too many files are on their way in at this moment, or for this person: nothing was taken, \
                 try again in a few seconds";
    ApiError::busy(words)
}

/// What is told of an import. Who only deposits hears what was read of the file, and nothing of what was in the
/// vault before.
#[derive(Serialize)]
#[serde(untagged)]
enum Told {
    All(ImportReport),
    OfTheFile { file: String, files: Vec<mesinfos_platform::FileReport> },
}

fn told(report: ImportReport, only_deposits: bool) -> Told {
    if only_deposits { Told::OfTheFile { file: report.file, files: report.files } } else { Told::All(report) }
}

#[utoipa::path(get, path = "/api/people/{person}/documents", params(("person" = String, Path)),
    responses((status = 200, description = "The files that are kept as documents"), (status = 404)))]
pub(crate) async fn documents(State(shared): State<Shared>, Path(person): Path<String>) -> Answer {
    answer(shared, move |platform| platform.documents(&person, Lang::Fr)).await
}

#[utoipa::path(get, path = "/api/people/{person}/documents/{document}",
    params(("person" = String, Path), ("document" = String, Path, description = "Id of the document")),
    responses((status = 200, description = "The document as it came", content_type = "application/octet-stream"),
              (status = 404)))]
pub(crate) async fn document(
    State(shared): State<Shared>,
    Extension(client): Extension<Client>,
    Path((person, id)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let Some(place) = shared.places.downloads.take(&client.holder(&person)) else {
        return Err(ApiError::busy("too many documents are on their way out: try again in a few seconds"));
    };
    let (known, pieces) = blocking(shared.platform, move |platform| {
        let id = id.parse().map_err(|_| PlatformError::NoSuchDocument { id })?;
        platform.document(&person, id)
    })
    .await?;
    // It is hostile: a browser saves it and never shows it here.
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_LENGTH, known.size.to_string()),
        (header::CONTENT_DISPOSITION, attachment(&known.name)),
    ];
    Ok((headers, transfer::download(pieces, place)).into_response())
}

/// "Save it under this name" (RFC 6266, RFC 8187).
fn attachment(name: &str) -> String {
    let mut value = String::from("attachment; filename*=UTF-8''");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            value.push(char::from(byte));
        } else {
            value.push_str(&format!("%{byte:02X}"));
        }
    }
    value
}

#[utoipa::path(get, path = "/api/people/{person}/imports", params(("person" = String, Path)),
    responses((status = 200, description = "The person's imports, undone ones too"), (status = 404)))]
pub(crate) async fn imports(State(shared): State<Shared>, Path(person): Path<String>) -> Answer {
    answer(shared, move |platform| platform.imports(&person)).await
}

#[utoipa::path(delete, path = "/api/people/{person}/imports/{import}",
    params(("person" = String, Path), ("import" = u64, Path, description = "Number of the import")),
    responses((status = 200, description = "Its rows are gone"), (status = 404)))]
pub(crate) async fn undo_import(
    State(shared): State<Shared>,
    Path((person, import)): Path<(String, String)>,
) -> Answer {
    let import =
        import.parse().map_err(|_| ApiError::bad(format!("\"{import}\" is not the number of an import")))?;
    answer(shared, move |platform| platform.via(Channel::Api).undo_import(&person, import)).await
}

#[utoipa::path(get, path = "/api/dictionary", responses((status = 200, description = "What each category holds, field by field")))]
pub(crate) async fn dictionary() -> Json<Value> {
    let entries = Category::ALL.iter().map(|category| {
        let schema = category.schema();
        let fields: Vec<Value> = schema
            .open_fields()
            .map(|(_, field)| {
                json!({ "id": field.name, "fr": field.fr, "en": field.en,
                        "about_fr": field.about_fr, "about_en": field.about_en,
                        "values_fr": field.values(Lang::Fr), "values_en": field.values(Lang::En),
                        "named_only": field.reach == mesinfos_model::Reach::Named })
            })
            .collect();
        let grains: Vec<&str> = schema.grains.iter().map(|grain| grain.id()).collect();
        json!({ "id": category.id(), "fr": schema.fr, "en": schema.en, "about_fr": schema.about_fr,
                "about_en": schema.about_en, "granularities": grains, "fields": fields })
    });
    Json(Value::Array(entries.collect()))
}

#[utoipa::path(get, path = "/api/people/{person}/grants", params(("person" = String, Path)),
    responses((status = 200, description = "The person's grants")))]
pub(crate) async fn grants(State(shared): State<Shared>, Path(person): Path<String>) -> Answer {
    answer(shared, move |platform| platform.grants_of(&person)).await
}

#[utoipa::path(post, path = "/api/people/{person}/grants", params(("person" = String, Path)),
    request_body = NewGrant, responses((status = 200, description = "The grant"),
        (status = 409, description = "Another component is installed than the one named, or none was named"),
        (status = 422)))]
pub(crate) async fn grant(
    State(shared): State<Shared>,
    Path(person): Path<String>,
    body: Result<Json<NewGrant>, JsonRejection>,
) -> Answer {
    let Json(new) = body?;
    let categories = given(new.categories)?;
    answer(shared, move |platform| {
        let shown = new.component.as_deref();
        platform.grant_shown(&person, &new.app, shown, &categories, new.until, Channel::Api)
    })
    .await
}

#[utoipa::path(delete, path = "/api/people/{person}/grants/{app}",
    params(("person" = String, Path), ("app" = String, Path)),
    responses((status = 200, description = "Withdrawn; a run under way stops")))]
pub(crate) async fn revoke(
    State(shared): State<Shared>,
    Path((person, app)): Path<(String, String)>,
) -> Answer {
    answer(shared, move |platform| platform.revoke(&person, &app, Channel::Api)).await
}

#[utoipa::path(get, path = "/api/people/{person}/audit", params(("person" = String, Path)),
    responses((status = 200, description = "The audit chain, the oldest entry first")))]
pub(crate) async fn audit(State(shared): State<Shared>, Path(person): Path<String>) -> Answer {
    answer(shared, move |platform| platform.audit_entries(&person)).await
}

/// What the log is held against.
#[derive(Debug, Deserialize)]
pub(crate) struct VerifyQuery {
    head: Option<String>,
}

#[utoipa::path(get, path = "/api/people/{person}/audit/verify",
    params(("person" = String, Path),
        ("head" = Option<String>, Query, description = "A head of the log that was kept elsewhere: the log must contain it")),
    responses((status = 200, description = "The log is whole, and grants, receipts and rows are as it says"),
              (status = 422, description = "The first that is not")))]
pub(crate) async fn audit_verify(
    State(shared): State<Shared>,
    Path(person): Path<String>,
    Query(query): Query<VerifyQuery>,
) -> Answer {
    let head = query.head.map(|head| head.parse()).transpose();
    let head = head.map_err(|error: NotADigest| ApiError::bad(error.to_string()))?;
    answer(shared, move |platform| {
        let verified = platform.audit_verify(&person, head)?;
        Ok(json!({ "ok": true, "entries": verified.entries, "head": verified.head }))
    })
    .await
}

#[utoipa::path(get, path = "/api/people/{person}/receipts", params(("person" = String, Path)),
    responses((status = 200, description = "Receipts of the person's runs")))]
pub(crate) async fn receipts(State(shared): State<Shared>, Path(person): Path<String>) -> Answer {
    answer(shared, move |platform| platform.receipts_of(&person)).await
}

#[utoipa::path(post, path = "/api/people/{person}/receipts/{receipt}/replay",
    params(("person" = String, Path), ("receipt" = String, Path)),
    responses((status = 200, description = "Whether the run came out the same")))]
pub(crate) async fn replay(
    State(shared): State<Shared>,
    Path((person, receipt)): Path<(String, String)>,
) -> Answer {
    let id = receipt.parse().map_err(|_| ApiError::bad(format!("{receipt} is not the id of a receipt")))?;
    answer(shared, move |platform| {
        let (receipt, differences) = platform.via(Channel::Api).replay(&person, id)?;
        let said: Vec<String> = differences.iter().map(ToString::to_string).collect();
        Ok(json!({ "receipt": receipt, "identical": said.is_empty(), "differences": said }))
    })
    .await
}

#[utoipa::path(get, path = "/api/apps", responses((status = 200, description = "Installed apps")))]
pub(crate) async fn apps(State(shared): State<Shared>) -> Answer {
    answer(shared, Platform::apps).await
}

#[utoipa::path(post, path = "/api/apps",
    params(("new_publisher" = Option<bool>, Query,
        description = "Let another publisher's component take the place of the installed one")),
    request_body(content = Vec<u8>, content_type = "application/wasm"),
    responses((status = 200, description = "Installed"),
              (status = 409, description = "The id belongs to another publisher"),
              (status = 422, description = "Refused, with every reason")))]
pub(crate) async fn install(
    State(shared): State<Shared>,
    Query(query): Query<InstallQuery>,
    body: Bytes,
) -> Answer {
    let publisher =
        if query.new_publisher { Publisher::Any } else { Publisher::Same { how: "?new_publisher=true" } };
    answer(shared, move |platform| Ok(platform.install_of(&body, publisher)?.0)).await
}

#[utoipa::path(post, path = "/api/check",
    request_body(content = Vec<u8>, content_type = "application/wasm"),
    responses((status = 200, description = "What the component asks for, and why it would be refused")))]
pub(crate) async fn check(State(shared): State<Shared>, body: Bytes) -> Answer {
    answer(shared, move |_| Ok(mesinfos_platform::check(&body).0)).await
}

#[utoipa::path(get, path = "/api/formats", responses((status = 200, description = "Formats that can be imported")))]
pub(crate) async fn formats() -> Json<Value> {
    let rows = mesinfos_platform::intake::abouts().into_iter().map(|about| {
        json!({ "id": about.id, "fr": about.fr, "en": about.en, "origin": about.origin,
                "categories": about.categories, "spec": about.spec })
    });
    Json(Value::Array(rows.collect()))
}

#[utoipa::path(post, path = "/api/runs", request_body = NewRun,
    responses((status = 200, description = "The view, its receipt, and what the app noted down"),
              (status = 403, description = "Not granted: nothing was started"), (status = 422),
              (status = 503, description = "Busy: nothing was started; try again after Retry-After seconds")))]
pub(crate) async fn run(State(shared): State<Shared>, body: Result<Json<NewRun>, JsonRejection>) -> Answer {
    let Json(new) = body?;
    let lang = match new.lang.as_deref() {
        None => Lang::Fr,
        Some(tag) => Lang::from_tag(tag).ok_or_else(|| ApiError::bad(format!("lang \"{tag}\": fr or en")))?,
    };
    let today = shared.today;
    answer(shared, move |platform| {
        let input = RunInput { lang, params: new.params.into_iter().collect(), today };
        let output = platform.via(Channel::Api).run(&new.person, &new.app, &input)?;
        Ok(json!({ "view": output.report, "receipt": output.receipt, "not_given": output.not_given,
                   "log": output.log }))
    })
    .await
}

/// The API as an OpenAPI document.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "MesInfos",
        description = "Personal data, and apps that compute over it without keeping any."
    ),
    paths(
        people,
        person,
        erase,
        import,
        imports,
        undo_import,
        documents,
        document,
        dictionary,
        grants,
        grant,
        revoke,
        audit,
        audit_verify,
        receipts,
        replay,
        apps,
        install,
        check,
        formats,
        run,
        openapi
    ),
    components(schemas(NewGrant, GivenCategory, NewRun))
)]
struct Document;

#[utoipa::path(get, path = "/api/openapi.json", responses((status = 200, description = "This document")))]
pub(crate) async fn openapi() -> Json<utoipa::openapi::OpenApi> {
    Json(Document::openapi())
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_platform::VaultError;

    #[test]
    fn a_name_of_a_document_stays_a_name() {
        assert_eq!(
            attachment("relevé\r\n\"x\".pdf"),
            "attachment; filename*=UTF-8''relev%C3%A9%0D%0A%22x%22.pdf"
        );
    }

    #[test]
    fn nobody_hears_of_other_people() {
        let close = vec!["dominique".to_owned()];
        let error = VaultError::NoSuchPerson { name: "dominic".to_owned(), close, total: Some(1) };
        assert_eq!(ApiError::from(PlatformError::Vault(error)).message(), "there is no person \"dominic\"");
    }

    #[test]
    fn busy_says_when_to_come_back() {
        let response = ApiError::from(PlatformError::Busy).into_response();
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()[header::RETRY_AFTER], limits::RETRY_AFTER);
    }
}
