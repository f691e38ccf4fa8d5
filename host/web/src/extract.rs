//! Extractors that reject with problem details: these name the field and the expected value, and contain no
//! text of the framework.

use crate::errors::ApiError;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;
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

impl<S: Send + Sync, T: DeserializeOwned + Serialize> FromRequest<S> for Sent<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Sent<T>, ApiError> {
        let axum::Json(text) =
            axum::Json::<Box<RawValue>>::from_request(request, state).await.map_err(|no| unfit_body(&no))?;
        let axum::Json(read) =
            axum::Json::<T>::from_bytes(text.get().as_bytes()).map_err(|no| unfit_body(&no))?;
        // serde also reads an object from an array of its values in order, which the contract does not have.
        let (sent, shape) = (serde_json::from_str(text.get()), serde_json::to_value(&read));
        match (sent, shape) {
            (Ok(sent), Ok(shape)) if has_its_objects(&sent, &shape) => Ok(Sent(read)),
            _ => Err(unfit("the body is not as expected: an array where an object is expected")),
        }
    }
}

/// Whether `sent` has an object wherever the type read from it has one.
fn has_its_objects(sent: &Value, read: &Value) -> bool {
    match (sent, read) {
        (Value::Object(sent), Value::Object(read)) => {
            sent.iter().all(|(name, sent)| read.get(name).is_none_or(|read| has_its_objects(sent, read)))
        }
        (Value::Array(sent), Value::Array(read)) => {
            sent.iter().zip(read).all(|(sent, read)| has_its_objects(sent, read))
        }
        (sent, read) => sent.is_object() || !read.is_object(),
    }
}

fn unfit(words: &str) -> ApiError {
    ApiError::not_understood(StatusCode::UNPROCESSABLE_ENTITY, words)
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

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use mesinfos_wire::{NewGrant, NewRun};

    async fn sent<T: DeserializeOwned + Serialize>(body: &str) -> Result<T, ApiError> {
        let request = Request::post("/").header("content-type", "application/json");
        let request = request.body(Body::from(body.to_owned())).unwrap();
        Sent::from_request(request, &()).await.map(|sent| sent.0)
    }

    #[tokio::test]
    async fn an_array_is_never_an_object() {
        assert_eq!(
            sent::<NewRun>(r#"{"person": "a", "app": "b", "params": {}}"#).await.ok().unwrap().app,
            "b"
        );
        let grant = r#"{"app": "b", "component": "c", "categories": [{"category": "bank"}]}"#;
        assert_eq!(sent::<NewGrant>(grant).await.ok().unwrap().categories.len(), 1);
        for array in [
            r#"["b", "c", [], null]"#,
            r#"{"app": "b", "component": "c", "categories": [["bank", null, null, null, null, null, []]]}"#,
            r#"{"app": "b", "component": "c", "categories": [{"category": "bank"}, ["bank", null, null, null, null, null, []]]}"#,
        ] {
            assert_eq!(sent::<NewGrant>(array).await.err().unwrap().status().as_u16(), 422, "{array}");
        }
        assert!(sent::<NewRun>(r#"["a", "b", "en", {}]"#).await.is_err());
    }
}
