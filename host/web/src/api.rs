//! The JSON API: one handler for each use case. The platform blocks, so each runs on a thread of
//! its own.

use crate::Shared;
use crate::transfer;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mesinfos_model::digest::NotADigest;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Grain, Period};
use mesinfos_platform::consent::Channel;
use mesinfos_platform::{Ask, Platform, PlatformError, RunInput, Source};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::{OpenApi, ToSchema};

/// Seconds after which a busy host is asked again: a run that is stopped takes five.
const RETRY_AFTER: &str = "5";

/// An error as a body: a code that does not change, and words.
pub(crate) struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
    /// What an app noted down for the person who asked.
    log: String,
}

impl From<PlatformError> for ApiError {
    fn from(error: PlatformError) -> ApiError {
        let code = error.code();
        let status = match code {
            "no-such-person" | "no-such-app" | "no-such-import" | "no-such-document" => StatusCode::NOT_FOUND,
            "not-granted" | "withdrawn" => StatusCode::FORBIDDEN,
            "in-use" => StatusCode::CONFLICT,
            "busy" => StatusCode::SERVICE_UNAVAILABLE,
            "storage" | "vault" => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        ApiError { log: error.log().to_owned(), ..ApiError::new(status, code, error.to_string()) }
    }
}

impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> ApiError {
        ApiError::new(rejection.status(), "bad-request", rejection.body_text())
    }
}

impl ApiError {
    /// What an app noted down before it ended.
    pub(crate) fn log(&self) -> &str {
        &self.log
    }

    /// The words.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    fn bad(message: String) -> ApiError {
        ApiError::new(StatusCode::BAD_REQUEST, "bad-request", message)
    }

    fn new(status: StatusCode, code: &'static str, message: String) -> ApiError {
        ApiError { status, code, message, log: String::new() }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut body = json!({ "error": { "code": self.code, "message": self.message } });
        if !self.log.is_empty() {
            body["error"]["log"] = self.log.into();
        }
        let mut response = (self.status, Json(body)).into_response();
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER));
        }
        response
    }
}

type Answer = Result<Json<Value>, ApiError>;

/// Runs a use case on a thread that may block.
pub(crate) async fn blocking<T: Send + 'static>(
    platform: Arc<Platform>,
    work: impl FnOnce(&Platform) -> Result<T, PlatformError> + Send + 'static,
) -> Result<T, ApiError> {
    match tokio::task::spawn_blocking(move || work(&platform)).await {
        Ok(done) => Ok(done?),
        Err(_) => {
            let message = "the request failed; nothing was changed".to_owned();
            Err(ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message))
        }
    }
}

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
}

/// A grant to give.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewGrant {
    /// The app's id.
    app: String,
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
}

fn given(categories: Vec<GivenCategory>) -> Result<Vec<(Category, Ask)>, ApiError> {
    categories
        .into_iter()
        .map(|given| {
            let category = Category::from_id(&given.category)
                .ok_or_else(|| ApiError::bad(format!("there is no category \"{}\"", given.category)))?;
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
        ("document" = Option<bool>, Query, description = "Keep it as a document, whatever it is")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, description = "What came of the file"), (status = 422, description = "Not a known format")))]
pub(crate) async fn import(
    State(shared): State<Shared>,
    Path(person): Path<String>,
    Query(query): Query<ImportQuery>,
    body: Body,
) -> Answer {
    let (receiving, upload) = transfer::upload(body);
    let file = query.file.unwrap_or_else(|| "upload".to_owned());
    let importing = answer(shared, move |platform| {
        let source = Source::from(upload).as_document(query.document);
        if query.dry_run {
            platform.import_dry_run(Some(&person), &file, source)
        } else {
            platform.via(Channel::Api).import(&person, &file, source)
        }
    });
    tokio::join!(receiving, importing).1
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
    Path((person, id)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let (known, pieces) =
        blocking(shared.platform, move |platform| platform.document(&person, id.parse()?)).await?;
    // It is hostile: a browser saves it and never shows it here.
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_LENGTH, known.size.to_string()),
        (header::CONTENT_DISPOSITION, attachment(&known.name)),
    ];
    Ok((headers, transfer::download(pieces)).into_response())
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
    request_body = NewGrant, responses((status = 200, description = "The grant"), (status = 422)))]
pub(crate) async fn grant(
    State(shared): State<Shared>,
    Path(person): Path<String>,
    body: Result<Json<NewGrant>, JsonRejection>,
) -> Answer {
    let Json(new) = body?;
    let categories = given(new.categories)?;
    answer(shared, move |platform| platform.grant(&person, &new.app, &categories, new.until, Channel::Api))
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
    request_body(content = Vec<u8>, content_type = "application/wasm"),
    responses((status = 200, description = "Installed"), (status = 422, description = "Refused, with every reason")))]
pub(crate) async fn install(State(shared): State<Shared>, body: Bytes) -> Answer {
    answer(shared, move |platform| Ok(platform.install(&body)?.0)).await
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

    #[test]
    fn a_name_of_a_document_stays_a_name() {
        assert_eq!(
            attachment("relevé\r\n\"x\".pdf"),
            "attachment; filename*=UTF-8''relev%C3%A9%0D%0A%22x%22.pdf"
        );
    }

    #[test]
    fn busy_says_when_to_come_back() {
        let response = ApiError::from(PlatformError::Busy).into_response();
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()[header::RETRY_AFTER], RETRY_AFTER);
    }
}
