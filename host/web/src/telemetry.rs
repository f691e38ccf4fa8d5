//! Request ids, events and metrics for the operator.
//!
//! Invariant: only the method, route template, status and duration of a request are recorded. Its path,
//! headers and body contain names, texts and secrets of people.

use crate::Shared;
use crate::slots::Slots;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use mesinfos_platform::{Platform, RequestId, milliseconds};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use std::time::Instant;

tokio::task_local! {
    static CURRENT: RequestId;
}

/// Id of the current request; a new one outside a request.
pub(crate) fn current() -> RequestId {
    CURRENT.try_with(|id| *id).unwrap_or_else(|_| RequestId::random())
}

/// Carries the request id to the thread that runs `work`.
pub(crate) fn carried<T>(work: impl FnOnce() -> T) -> impl FnOnce() -> T {
    let id = current();
    move || CURRENT.sync_scope(id, work)
}

/// Error code of a response, for the operator's log.
#[derive(Debug, Clone)]
pub(crate) struct Code(pub(crate) String);

/// Status recorded when the client disconnects before the response, as nginx does.
const GONE: u16 = 499;

/// Template of a request without a route.
const NO_ROUTE: &str = "none";

/// Metrics of requests.
#[derive(Default)]
pub(crate) struct Figures {
    requests: Family<[(&'static str, String); 3], Counter>,
    busy: Counter,
    under_way: Gauge,
}

/// A request under way. Its end is recorded on drop, however it ends.
struct UnderWay {
    shared: Shared,
    id: String,
    method: &'static str,
    route: String,
    since: Instant,
    status: u16,
    code: Option<Code>,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let figures = &self.shared.figures;
        figures.under_way.dec();
        let labels = [
            ("method", self.method.to_owned()),
            ("route", self.route.clone()),
            ("status", self.status.to_string()),
        ];
        figures.requests.get_or_create(&labels).inc();
        let code = self.code.as_ref().map(|code| code.0.as_str());
        if code == Some("busy") {
            figures.busy.inc();
        }
        let ms = milliseconds(self.since);
        let (request, method, route) = (self.id.as_str(), self.method, self.route.as_str());
        tracing::info!(name: "request", request, method, route, status = self.status, code, ms);
    }
}

/// Assigns each request an id and records its end. Ignores ids sent by clients: they may be any text.
pub(crate) async fn told(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let id = RequestId::random();
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or_else(|| NO_ROUTE.to_owned(), |path| path.as_str().to_owned());
    shared.figures.under_way.inc();
    let mut under_way = UnderWay {
        id: id.to_string(),
        method: word(request.method()),
        route,
        since: Instant::now(),
        status: GONE,
        code: None,
        shared,
    };
    let mut response = CURRENT.scope(id, next.run(request)).await;
    under_way.status = response.status().as_u16();
    under_way.code = response.extensions().get::<Code>().cloned();
    if let Ok(id) = HeaderValue::from_str(&under_way.id) {
        response.headers_mut().insert("x-request-id", id);
    }
    response
}

/// Name of a known method; "other" for the rest, which the client could choose freely.
fn word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// All metrics, for Prometheus.
pub(crate) fn figures(platform: &Platform, figures: &Figures, slots: &Slots) -> String {
    let mut registry = Registry::with_prefix("mesinfos");
    let of_platform = platform.figures();
    for (kind, taken) in slots.taken() {
        of_platform.slots(kind, (taken, 0));
    }
    of_platform.register(&mut registry);
    registry.register("http_requests", "Requests by method, route and status", figures.requests.clone());
    registry.register(
        "http_refused_as_busy",
        "Requests refused because the server was busy",
        figures.busy.clone(),
    );
    registry.register("http_requests_under_way", "Requests in progress", figures.under_way.clone());
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = prometheus_client::encoding::text::encode(&mut text, &registry);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_thread_of_a_request_has_its_id() {
        let id = RequestId::random();
        let seen =
            CURRENT.scope(id, async { tokio::task::spawn_blocking(carried(current)).await.unwrap() }).await;
        assert_eq!(seen, id);
        assert_ne!(current(), id, "outside of it there is none");
    }

    #[test]
    fn a_method_that_somebody_made_up_is_no_word_of_ours() {
        assert_eq!(word(&Method::from_bytes(b"CAMILLE").unwrap()), "other");
        assert_eq!(word(&Method::GET), "GET");
    }
}
