//! HTTP door: a JSON API for the platform's use cases, its OpenAPI document, and plain pages that show a
//! run's view.
//!
//! Invariants: every request names this server as its host. The API needs a token and ignores cookies. The
//! pages need the session of a browser that opened them with a one-time code, and a session gives no access
//! to the API. Health is public and answers only yes or no; metrics need a token. No page has a script, an
//! inline style or foreign content, and the security headers forbid them. Consent rules live elsewhere.
//!
//! Start reading at [`router`]; `auth` holds authentication, `limits` all limits.

mod api;
mod auth;
mod bodies;
mod client;
mod connections;
mod errors;
mod extract;
mod health;
mod hosts;
mod language;
mod limits;
mod openapi;
mod page;
mod pages;
mod server;
mod sessions;
mod slots;
mod telemetry;
mod transfer;
mod unknown_parameters;

pub use hosts::Hosts;
pub use server::serve;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Uri;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::{get, post};
use errors::ApiError;
use mesinfos_platform::Platform;
use mesinfos_platform::credentials::Credentials;
use sessions::Sessions;
use slots::Slots;
use std::sync::{Arc, LazyLock};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// State shared by handlers.
#[derive(Clone)]
struct Shared {
    platform: Arc<Platform>,
    doors: Arc<Credentials>,
    sessions: Arc<Sessions>,
    slots: Arc<Slots>,
    hosts: Arc<Hosts>,
    figures: Arc<telemetry::Figures>,
    readiness: Arc<health::Last>,
}

/// All routes. `doors` holds tokens and codes, `hosts` the accepted host names.
pub fn router(platform: Arc<Platform>, doors: Credentials, hosts: Hosts) -> Router {
    let shared = Shared {
        platform,
        doors: Arc::new(doors),
        sessions: Arc::default(),
        slots: Arc::default(),
        hosts: Arc::new(hosts),
        figures: Arc::default(),
        readiness: Arc::default(),
    };
    let api = small()
        .layer(from_fn(bodies::small))
        .merge(components().layer(from_fn_with_state(shared.clone(), bodies::app)))
        .merge(files());
    let api = Router::from(api)
        .fallback(|| async { ApiError::no_such_path() })
        .method_not_allowed_fallback(|| async { ApiError::no_such_method() });
    let api = Router::new()
        .nest("/api", api)
        .route_layer(from_fn(unknown_parameters::known))
        .route_layer(from_fn_with_state(shared.clone(), auth::api));
    let pages = Router::new()
        .route("/p/{path_token}/", get(pages::home))
        .route("/p/{path_token}/view", post(pages::view))
        .layer(from_fn(bodies::form))
        .route_layer(from_fn_with_state(shared.clone(), auth::session));
    let operator = Router::new()
        .route("/metrics", get(health::metrics))
        .route_layer(from_fn_with_state(shared.clone(), auth::metrics));
    let entrance = Router::new()
        .route("/", get(|language::Reader(lang)| async move { pages::entrance(lang) }))
        .route("/open/{code}", get(auth::open))
        .route("/style.css", get(pages::style))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready));
    entrance
        .merge(api)
        .merge(pages)
        .merge(operator)
        .fallback(|uri: Uri, language::Reader(lang)| async move { pages::nothing_here(uri.path(), lang) })
        // `bodies` limits the bodies held in memory.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(shared.clone(), hosts::guard))
        .layer(map_response(auth::harden))
        .layer(from_fn_with_state(shared.clone(), telemetry::told))
        .with_state(shared)
}

/// API routes with a JSON body or none. Each path is written once, at its handler.
fn small() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(api::people))
        .routes(routes!(api::person, api::erase))
        .routes(routes!(api::imports))
        .routes(routes!(api::undo_import))
        .routes(routes!(api::documents))
        .routes(routes!(api::document))
        .routes(routes!(api::dictionary))
        .routes(routes!(api::grants, api::grant))
        .routes(routes!(api::revoke))
        .routes(routes!(api::audit))
        .routes(routes!(api::audit_verify))
        .routes(routes!(api::receipts))
        .routes(routes!(api::replay))
        .routes(routes!(api::apps))
        .routes(routes!(api::uninstall))
        .routes(routes!(api::formats))
        .routes(routes!(api::run))
        .routes(routes!(api::openapi))
}

/// API routes that receive an app.
fn components() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(api::install)).routes(routes!(api::check))
}

/// API route that receives a file. The body is streamed; `transfer` limits it.
fn files() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(api::import))
}

/// OpenAPI document of the served API routes.
static DOCUMENT: LazyLock<utoipa::openapi::OpenApi> = LazyLock::new(|| {
    let routes = small().merge(components()).merge(files());
    let api = OpenApiRouter::with_openapi(openapi::Frame::openapi()).nest("/api", routes);
    openapi::whole(api.into_openapi())
});

/// OpenAPI document of the served API routes, as JSON.
pub fn openapi() -> &'static str {
    // Serialising the library's types cannot fail.
    static TEXT: LazyLock<String> =
        LazyLock::new(|| serde_json::to_string_pretty(&*DOCUMENT).unwrap_or_default());
    &TEXT
}
