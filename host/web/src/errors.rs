//! What went wrong, as the API says it, and where use cases run: on threads that may block.

use crate::limits;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mesinfos_platform::{Platform, PlatformError, VaultError};
use serde_json::json;
use std::sync::Arc;

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
            "in-use" | "other-component" | "other-publisher" => StatusCode::CONFLICT,
            "busy" => StatusCode::SERVICE_UNAVAILABLE,
            "storage" | "vault" => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let message = match &error {
            // Who asks hears of nobody else: the names that the error knows stay here.
            PlatformError::Vault(VaultError::NoSuchPerson { name, .. }) => no_such_person(name),
            error => error.to_string(),
        };
        ApiError { log: error.log().to_owned(), ..ApiError::new(status, code, message) }
    }
}

impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> ApiError {
        ApiError::new(rejection.status(), "bad-request", rejection.body_text())
    }
}

pub(crate) fn no_such_person(name: &str) -> String {
    format!("there is no person \"{name}\"")
}

impl ApiError {
    /// A request without a token that is good.
    pub(crate) fn no_token() -> ApiError {
        let words = "this needs a token, as `Authorization: Bearer TOKEN`: `mesinfos token create` makes one";
        ApiError::new(StatusCode::UNAUTHORIZED, "no-token", words.to_owned())
    }

    /// What a token for deposits is not good for: the same words, whoever and whatever there is.
    pub(crate) fn only_deposits() -> ApiError {
        let words = "this token can only send files for the people it was made for";
        ApiError::new(StatusCode::FORBIDDEN, "only-deposits", words.to_owned())
    }

    /// A body that is larger than it may be.
    pub(crate) fn too_large(most: u64) -> ApiError {
        let words = format!("the body is larger than {} MiB; nothing was done", most >> 20);
        ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", words)
    }

    /// A body that did not come within its time.
    pub(crate) fn too_slow() -> ApiError {
        let words =
            format!("the body did not come within {} seconds; nothing was done", limits::BODY.as_secs());
        ApiError::new(StatusCode::REQUEST_TIMEOUT, "too-slow", words)
    }

    /// A file that did not come within its time.
    pub(crate) fn upload_too_slow() -> ApiError {
        let words = "the file came too slowly, and was given up; nothing was taken".to_owned();
        ApiError::new(StatusCode::REQUEST_TIMEOUT, "too-slow", words)
    }

    /// A body that broke off.
    pub(crate) fn broken_off() -> ApiError {
        ApiError::bad("the body broke off; nothing was done".to_owned())
    }

    /// Too much at once.
    pub(crate) fn busy(words: &str) -> ApiError {
        ApiError::new(StatusCode::SERVICE_UNAVAILABLE, "busy", words.to_owned())
    }

    /// The status of the answer.
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// What an app noted down before it ended.
    pub(crate) fn log(&self) -> &str {
        &self.log
    }

    /// The words.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    fn internal() -> ApiError {
        let message = "the request failed; nothing was changed".to_owned();
        ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message)
    }

    pub(crate) fn bad(message: String) -> ApiError {
        ApiError::new(StatusCode::BAD_REQUEST, "bad-request", message)
    }

    pub(crate) fn new(status: StatusCode, code: &'static str, message: String) -> ApiError {
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
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(limits::RETRY_AFTER));
        }
        response
    }
}

/// Runs a use case on a thread that may block.
pub(crate) async fn blocking<T: Send + 'static>(
    platform: Arc<Platform>,
    work: impl FnOnce(&Platform) -> Result<T, PlatformError> + Send + 'static,
) -> Result<T, ApiError> {
    blocking_io(move || work(&platform)).await
}

/// Reads or writes a few files of ours on a thread that may block.
pub(crate) async fn blocking_io<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PlatformError> + Send + 'static,
) -> Result<T, ApiError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(_) => Err(ApiError::internal()),
    }
}
