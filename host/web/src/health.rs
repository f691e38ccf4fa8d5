//! Whether the server lives and can serve, and its figures: for whoever operates it.
//!
//! Invariant: without a token nothing is told but yes or no.

use crate::Shared;
use crate::errors::{ApiError, blocking};
use crate::requests;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mesinfos_platform::Readiness;
use mesinfos_wire::{Alive, Ready};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// For how long an answer about readiness holds: anybody may ask, and a look at the store and the keys costs more
/// than a request.
const HOLDS: Duration = Duration::from_secs(1);

/// What was found last, and when.
#[derive(Default)]
pub(crate) struct Last(Mutex<Option<(Instant, Readiness)>>);

/// The process lives, and answers.
pub(crate) async fn alive() -> Json<Alive> {
    Json(Alive { alive: true })
}

/// Whether the server can serve now. One looks, and the others wait for what it finds.
pub(crate) async fn ready(State(shared): State<Shared>) -> Response {
    let mut last = shared.readiness.0.lock().await;
    let found = match *last {
        Some((at, found)) if at.elapsed() < HOLDS => found,
        _ => {
            let looked = blocking(Arc::clone(&shared.platform), |platform| Ok(platform.readiness())).await;
            let Ok(found) = looked else { return ApiError::internal().into_response() };
            *last = Some((Instant::now(), found));
            found
        }
    };
    drop(last);
    let body = Json(Ready::from(found));
    if found.is_ready() {
        return body.into_response();
    }
    tracing::warn!(name: "not-ready", store = found.store, keys = found.keys, clock = found.clock);
    let retry = (header::RETRY_AFTER, HeaderValue::from_static(crate::limits::RETRY_AFTER));
    (StatusCode::SERVICE_UNAVAILABLE, [retry], body).into_response()
}

/// The media type of figures (Prometheus reads OpenMetrics).
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The figures of this server, as Prometheus reads them.
pub(crate) async fn metrics(State(shared): State<Shared>) -> Response {
    let text = requests::figures(&shared.platform, &shared.figures, &shared.places);
    ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response()
}
