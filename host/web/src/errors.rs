//! API errors, and helpers to run use cases on blocking threads.

use crate::limits;
use crate::telemetry::{Code, carried};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mesinfos_model::view::Lang;
use mesinfos_platform::intake::IntakeError;
use mesinfos_platform::{ErrorKind, GrantError, Platform, PlatformError, VaultError};
use mesinfos_wire::{Problem, problem};
use mesinfos_words::vault::nobody;
use std::sync::Arc;

/// An error response: problem body and status.
pub(crate) struct ApiError {
    status: StatusCode,
    problem: Box<Problem>,
    /// Whether the same request may succeed later.
    is_busy: bool,
}

/// Maps error kinds to statuses. This is the only such mapping.
fn status(kind: ErrorKind) -> StatusCode {
    match kind {
        ErrorKind::NotFound => StatusCode::NOT_FOUND,
        ErrorKind::Refused => StatusCode::FORBIDDEN,
        ErrorKind::Conflict | ErrorKind::Unsound => StatusCode::CONFLICT,
        ErrorKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorKind::Invalid | ErrorKind::AppFailed => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Full => StatusCode::INSUFFICIENT_STORAGE,
        ErrorKind::Busy | ErrorKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        ErrorKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Next step, in the terms of the API.
fn hint(error: &PlatformError) -> Option<&'static str> {
    Some(match error {
        PlatformError::OtherPublisher { .. } => {
            "If you know that the publisher changed, install it with ?new_publisher=true"
        }
        PlatformError::OtherComponent { .. } => {
            "/api/apps shows the installed component: give it as \"component\""
        }
        PlatformError::Intake(IntakeError::Unrecognised { .. }) => {
            "/api/formats lists the known formats; ?document=true keeps any file unchanged"
        }
        PlatformError::Ended { beyond, .. } if !beyond.is_empty() => {
            "/api/people/{person}/grants shows what grants give, and /api/people/{person} what the vault holds"
        }
        PlatformError::BadGrant(GrantError::NoSuchField { .. } | GrantError::FieldsNotAsked { .. }) => {
            "/api/dictionary says which fields a category has"
        }
        _ => return None,
    })
}

/// An error as a sentence, without the names of other people that the error carries.
pub(crate) fn sentence(error: &PlatformError, lang: Lang) -> String {
    match error {
        PlatformError::Vault(VaultError::NoSuchPerson { name, .. }) => nobody(name, lang),
        error => mesinfos_words::error(error, lang),
    }
}

impl From<PlatformError> for ApiError {
    fn from(error: PlatformError) -> ApiError {
        ApiError::from(&error)
    }
}

impl From<&PlatformError> for ApiError {
    fn from(error: &PlatformError) -> ApiError {
        let kind = error.kind();
        let problem = Problem::from(error)
            .with_detail(sentence(error, Lang::En))
            .with_hint(hint(error).map(str::to_owned));
        ApiError { is_busy: kind == ErrorKind::Busy, ..ApiError::of(status(kind), problem) }
    }
}

impl ApiError {
    /// A request without a valid token.
    pub(crate) fn no_token() -> ApiError {
        let words = "this needs a token, as `Authorization: Bearer TOKEN`".to_owned();
        let hint = "The operator of this server creates tokens".to_owned();
        ApiError::new(StatusCode::UNAUTHORIZED, "no-token", words).with_hint(hint)
    }

    /// A request that a deposit token does not allow. The message is the same in all cases, so that it
    /// reveals nothing.
    pub(crate) fn only_deposits() -> ApiError {
        let words = "this token can only send files for the people it was made for";
        ApiError::new(StatusCode::FORBIDDEN, "only-deposits", words.to_owned())
    }

    /// A request that the token of a developer does not allow.
    pub(crate) fn only_releases() -> ApiError {
        let words = "this token can only send versions of apps, and see its own";
        ApiError::new(StatusCode::FORBIDDEN, "only-releases", words.to_owned())
    }

    /// A request that a metrics token does not allow.
    pub(crate) fn only_figures() -> ApiError {
        let words = "this token can only read the metrics of the server, at /metrics";
        ApiError::new(StatusCode::FORBIDDEN, "only-figures", words.to_owned())
    }

    /// A request for metrics with a token that does not allow it.
    pub(crate) fn no_figures() -> ApiError {
        let words = "this token cannot read the metrics of the server";
        ApiError::new(StatusCode::FORBIDDEN, "no-figures", words.to_owned())
    }

    /// Whether a body was over the size limit.
    pub(crate) fn is_too_large(&self) -> bool {
        self.status == StatusCode::PAYLOAD_TOO_LARGE
    }

    /// A body over the size limit of `most` bytes.
    pub(crate) fn too_large(most: u64) -> ApiError {
        let words = format!("the body is larger than {} MiB; nothing was done", most >> 20);
        ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", words)
    }

    /// A body that did not arrive in time.
    pub(crate) fn too_slow() -> ApiError {
        let words =
            format!("the body did not arrive within {} seconds; nothing was done", limits::BODY.as_secs());
        ApiError::new(StatusCode::REQUEST_TIMEOUT, "too-slow", words)
    }

    /// A file that arrived too slowly.
    pub(crate) fn upload_too_slow() -> ApiError {
        let words = "the file arrived too slowly and was abandoned; nothing was imported".to_owned();
        ApiError::new(StatusCode::REQUEST_TIMEOUT, "too-slow", words)
    }

    /// A truncated body.
    pub(crate) fn broken_off() -> ApiError {
        ApiError::bad("the body is truncated; nothing was done".to_owned())
    }

    /// Too many requests, files or apps at once.
    pub(crate) fn busy(words: &str) -> ApiError {
        let error = ApiError::new(StatusCode::SERVICE_UNAVAILABLE, "busy", words.to_owned());
        ApiError { is_busy: true, ..error }
    }

    /// A malformed part of the request.
    pub(crate) fn not_understood(status: StatusCode, words: &str) -> ApiError {
        let hint = "/api/openapi.json describes what is expected".to_owned();
        ApiError::new(status, "bad-request", format!("{words}; nothing was done")).with_hint(hint)
    }

    /// A one-time code that is not valid.
    pub(crate) fn closed() -> ApiError {
        let words = "the address was used, or is too old; nothing was done".to_owned();
        ApiError::new(StatusCode::NOT_FOUND, "closed", words)
    }

    /// A change that no page of this site asked for.
    pub(crate) fn other_site() -> ApiError {
        let words = "the request was not sent by a page of this site; nothing was done".to_owned();
        ApiError::new(StatusCode::FORBIDDEN, "other-site", words)
    }

    /// An unknown path.
    pub(crate) fn no_such_path() -> ApiError {
        let words = "there is no such path; /api/openapi.json lists the paths".to_owned();
        ApiError::new(StatusCode::NOT_FOUND, "no-such-path", words)
    }

    /// A method that a path does not support.
    pub(crate) fn no_such_method() -> ApiError {
        let words = "this path does not support the method; /api/openapi.json lists the methods".to_owned();
        ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "no-such-method", words)
    }

    /// Replaces the message.
    #[must_use]
    pub(crate) fn with_detail(self, words: String) -> ApiError {
        ApiError { problem: Box::new(self.problem.with_detail(words)), ..self }
    }

    /// Adds a hint about the next step.
    #[must_use]
    pub(crate) fn with_hint(self, hint: String) -> ApiError {
        ApiError { problem: Box::new(self.problem.with_hint(Some(hint))), ..self }
    }

    /// Status of the response.
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// Message in English.
    #[cfg(test)]
    pub(crate) fn message(&self) -> &str {
        &self.problem.detail
    }

    /// A response with this body and the headers of the error: `Retry-After`, `WWW-Authenticate`.
    pub(crate) fn around(&self, body: impl IntoResponse) -> Response {
        let mut response = (self.status, body).into_response();
        response.extensions_mut().insert(Code(self.problem.code.to_string()));
        let headers = response.headers_mut();
        if self.is_busy {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(limits::RETRY_AFTER));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }

    pub(crate) fn internal() -> ApiError {
        let message = "the request failed; nothing was changed".to_owned();
        ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message)
    }

    pub(crate) fn bad(message: String) -> ApiError {
        ApiError::new(StatusCode::BAD_REQUEST, "bad-request", message)
    }

    pub(crate) fn new(status: StatusCode, code: &'static str, message: String) -> ApiError {
        let title = status.canonical_reason().unwrap_or_default();
        ApiError::of(status, Problem::new(title, code, message))
    }

    fn of(status: StatusCode, problem: Problem) -> ApiError {
        ApiError {
            status,
            problem: Box::new(Problem { status: Some(status.as_u16()), ..problem }),
            is_busy: false,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        // Serialising strings and a number cannot fail.
        let body = serde_json::to_vec(self.problem.as_ref()).unwrap_or_default();
        self.around(([(header::CONTENT_TYPE, problem::MEDIA_TYPE)], body))
    }
}

/// Runs a use case on a blocking thread.
pub(crate) async fn blocking<T: Send + 'static>(
    platform: Arc<Platform>,
    work: impl FnOnce(&Platform) -> Result<T, PlatformError> + Send + 'static,
) -> Result<T, ApiError> {
    blocking_io(move || work(&platform)).await
}

/// Reads or writes small files of `doors/` on a blocking thread.
pub(crate) async fn blocking_io<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PlatformError> + Send + 'static,
) -> Result<T, ApiError> {
    Ok(tried(work).await??)
}

/// [`blocking_io`] that keeps the platform's error, for pages that show it to the person.
pub(crate) async fn tried<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PlatformError> + Send + 'static,
) -> Result<Result<T, PlatformError>, ApiError> {
    tokio::task::spawn_blocking(carried(work)).await.map_err(|error| {
        tracing::error!(name: "work-broke-off", panicked = error.is_panic());
        ApiError::internal()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_platform::StoreError;
    use mesinfos_platform::consent::ConsentError;
    use std::io::ErrorKind;

    #[test]
    fn nobody_hears_of_other_people() {
        let close = vec!["dominique".to_owned()];
        let error = VaultError::NoSuchPerson { name: "dominic".to_owned(), close, total: Some(1) };
        assert_eq!(
            ApiError::from(PlatformError::Vault(error)).message(),
            "Nobody here is called \"dominic\"."
        );
    }

    #[test]
    fn busy_says_when_to_come_back() {
        let response = ApiError::from(PlatformError::Busy).into_response();
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()[header::RETRY_AFTER], limits::RETRY_AFTER);
        assert_eq!(response.headers()[header::CONTENT_TYPE], problem::MEDIA_TYPE);
    }

    #[test]
    fn statuses_tell_the_sender_s_faults_from_the_server_s() {
        let spool = std::io::Error::other(VaultError::SpoolFull { limit: 2048 });
        for (error, expected) in [
            (PlatformError::Vault(VaultError::TooManyMonths { limit: 1200 }), 422),
            (PlatformError::Vault(VaultError::NoTime { category: BANK, field: "date", rows: 1 }), 422),
            (PlatformError::Vault(VaultError::RowTooLarge { category: BANK, limit: 1 }), 422),
            (PlatformError::from(spool), 413),
            (PlatformError::Vault(VaultError::NoSuchImport { import_id: 1 }), 404),
            (PlatformError::Consent(ConsentError::NoSuchReceipt(ID.parse().unwrap())), 404),
            (PlatformError::NoGrant { app: "a".to_owned() }, 404),
            (PlatformError::Store(StoreError::Io(ErrorKind::StorageFull.into())), 507),
            (PlatformError::Io(ErrorKind::QuotaExceeded.into()), 507),
            (
                PlatformError::Vault(VaultError::Store(StoreError::Io(ErrorKind::ReadOnlyFilesystem.into()))),
                503,
            ),
            (PlatformError::Io(ErrorKind::NotConnected.into()), 500),
        ] {
            let words = error.to_string();
            assert_eq!(ApiError::from(error).status().as_u16(), expected, "{words}");
        }
    }

    const BANK: mesinfos_model::Category = mesinfos_model::Category::Bank;
    const ID: &str = "019ab0c1-7a4e-7cc3-8f10-3b6f0d2e9a51";
}
