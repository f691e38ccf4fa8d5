//! Extractors that reject with problem details: these name the field and the expected value, and contain no
//! text of the framework.

use crate::errors::ApiError;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use std::error::Error;

/// Path parameters.
pub(crate) struct Path<T>(pub(crate) T);

/// Query parameters.
pub(crate) struct Query<T>(pub(crate) T);

/// JSON request body.
pub(crate) struct Sent<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Path<T>, ApiError> {
        let path = axum::extract::Path::from_request_parts(parts, state).await;
        path.map(|path| Path(path.0)).map_err(|no| unfit_path(&no))
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Query<T>, ApiError> {
        let query = axum::extract::Query::from_request_parts(parts, state).await;
        query.map(|query| Query(query.0)).map_err(|no| unfit_query(&no))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Sent<T>, ApiError> {
        let sent = axum::Json::from_request(request, state).await;
        sent.map(|sent| Sent(sent.0)).map_err(|no| unfit_body(&no))
    }
}

fn unfit_path(no: &PathRejection) -> ApiError {
    ApiError::not_understood(no.status(), "the path is not as expected")
}

fn unfit_query(no: &QueryRejection) -> ApiError {
    let words = match no {
        QueryRejection::FailedToDeserializeQueryString(error) => {
            format!("the query is not as expected: {}", why(error))
        }
        _ => "the query is not as expected".to_owned(),
    };
    ApiError::not_understood(no.status(), &words)
}

fn unfit_body(no: &JsonRejection) -> ApiError {
    let words = match no {
        JsonRejection::JsonDataError(error) => format!("the body is not as expected: {}", why(error)),
        JsonRejection::JsonSyntaxError(error) => format!("the body is not JSON: {}", why(error)),
        JsonRejection::MissingJsonContentType(_) => {
            "the body must be JSON, with the header `Content-Type: application/json`".to_owned()
        }
        _ => "the body could not be read".to_owned(),
    };
    ApiError::not_understood(no.status(), &words)
}

/// The parser's error, which the framework's own message wraps: the field and the expected value, such as
/// "categories[0].period: invalid type: integer `1`, expected a string at line 1 column 40".
fn why(error: &dyn Error) -> String {
    error.source().map_or_else(|| "it cannot be read".to_owned(), ToString::to_string)
}
