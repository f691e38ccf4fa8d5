//! Rejects unknown query parameters: a misspelt `dry_run` must not perform the act.

use crate::errors::ApiError;
use axum::extract::{MatchedPath, Request};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn};

/// Names of the query parameters of each operation, by method and path, from the OpenAPI document.
static KNOWN: LazyLock<HashMap<(Method, String), BTreeSet<String>>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for (path, item) in &crate::DOCUMENT.paths.paths {
        let operations = [
            (Method::GET, &item.get),
            (Method::POST, &item.post),
            (Method::PUT, &item.put),
            (Method::DELETE, &item.delete),
            (Method::PATCH, &item.patch),
        ];
        for (method, operation) in operations {
            if let Some(operation) = operation {
                known.insert((method, path.clone()), names(operation));
            }
        }
    }
    known
});

fn names(operation: &Operation) -> BTreeSet<String> {
    let name = |parameter: &RefOr<Parameter>| match parameter {
        RefOr::T(parameter) if matches!(parameter.parameter_in, ParameterIn::Query) => {
            Some(parameter.name.clone())
        }
        _ => None,
    };
    operation.parameters.iter().flatten().filter_map(name).collect()
}

/// Middleware that rejects a request with a query parameter unknown to its operation.
pub(crate) async fn known(request: Request, next: Next) -> Response {
    match unknown(&request) {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).await,
    }
}

fn unknown(request: &Request) -> Option<ApiError> {
    let query = request.uri().query()?;
    let route = request.extensions().get::<MatchedPath>()?.as_str().to_owned();
    let method = if request.method() == Method::HEAD { Method::GET } else { request.method().clone() };
    // A method and route missing from the document has no operation to perform.
    let known = KNOWN.get(&(method, route))?;
    let named = query.split('&').filter(|pair| !pair.is_empty());
    let mut names = named.map(|pair| decoded(pair.split('=').next().unwrap_or_default()));
    let name = names.find(|name| !known.contains(name))?;
    let known = match known.iter().map(String::as_str).collect::<Vec<_>>() {
        known if known.is_empty() => "this path has no parameters".to_owned(),
        known => format!("known parameters: {}", known.join(", ")),
    };
    let words = format!("the query has no parameter \"{}\"; {known}", name.escape_debug());
    Some(ApiError::not_understood(StatusCode::BAD_REQUEST, &words))
}

/// Decodes a parameter name as forms encode it.
fn decoded(name: &str) -> String {
    percent_decode_str(&name.replace('+', " ")).decode_utf8_lossy().into_owned()
}
