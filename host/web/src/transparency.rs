//! The log of apps, for everybody: C2SP tlog-tiles below `/log`. It has no personal data and needs no token.

use crate::Shared;
use crate::errors::{ApiError, blocking};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use mesinfos_platform::registry::log::tile::Tile;

/// Text in plain UTF-8, as the specification says.
const PLAIN: &str = "text/plain; charset=utf-8";

/// How long a tile may be kept: it never changes.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// The signed head.
pub(crate) async fn checkpoint(State(shared): State<Shared>) -> Response {
    match blocking(shared.platform, |platform| platform.log_checkpoint()).await {
        Ok(note) => ([(header::CONTENT_TYPE, PLAIN)], note).into_response(),
        Err(error) => error.into_response(),
    }
}

/// Name and public key of the log, to be compared elsewhere.
pub(crate) async fn key(State(shared): State<Shared>) -> Response {
    let key = format!("{}\n", shared.platform.log_verifier());
    ([(header::CONTENT_TYPE, PLAIN)], key).into_response()
}

/// A tile or an entry bundle.
pub(crate) async fn tile(State(shared): State<Shared>, Path(rest): Path<String>) -> Response {
    let Some(tile) = Tile::at(&format!("tile/{rest}")) else {
        return ApiError::no_such_path().into_response();
    };
    match blocking(shared.platform, move |platform| platform.log_tile(tile)).await {
        Ok(Some(bytes)) => {
            let kind = HeaderValue::from_static("application/octet-stream");
            ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, FOR_EVER)], bytes).into_response()
        }
        Ok(None) => ApiError::no_such_path().into_response(),
        Err(error) => error.into_response(),
    }
}
