//! Liveness, readiness and metrics for the operator.
//!
//! Invariant: an unauthenticated response contains only yes or no.

use crate::Shared;
use crate::errors::{ApiError, blocking};
use crate::telemetry;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mesinfos_platform::Readiness;
use mesinfos_wire::{Alive, Ready};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Validity of a cached readiness check. Anyone may ask, and the check costs more than a request.
const HOLDS: Duration = Duration::from_secs(1);

/// Most recent readiness check and its time.
#[derive(Default)]
pub(crate) struct Last(Mutex<Option<(Instant, Readiness)>>);

/// Liveness: the process answers.
pub(crate) async fn alive() -> Json<Alive> {
    Json(Alive { alive: true })
}

/// Readiness. Concurrent requests wait for one check.
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

/// Media type of OpenMetrics, which Prometheus reads.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Metrics of this server, for Prometheus.
pub(crate) async fn metrics(State(shared): State<Shared>) -> Response {
    let text = telemetry::figures(&shared.platform, &shared.figures, &shared.slots);
    ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response()
}
