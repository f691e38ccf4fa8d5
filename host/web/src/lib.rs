//! HTTP door: a JSON API for the platform's use cases, its OpenAPI document, and the web app for people.
//!
//! Invariants: every request names this server as its host. The API needs a token and ignores cookies. The
//! pages need the session of an account, and a session gives no access to the API. Health is public and answers
//! only yes or no; metrics need a token. No page has an inline script, an inline style or foreign content, and
//! the security headers forbid them. Consent rules live elsewhere.
//!
//! Start reading at [`router`]; `app` holds the pages, `auth` the tokens of the API, `limits` all limits.

mod addresses;
mod api;
mod app;
mod assets;
mod auth;
mod bodies;
mod client;
mod connections;
mod contact;
mod errors;
mod event;
mod extract;
mod health;
mod hosts;
mod language;
mod limits;
mod lives;
mod openapi;
mod releases;
mod server;
mod slots;
mod telemetry;
mod transfer;
mod transparency;
mod unknown_parameters;
mod view;
mod workbench;

pub use app::consent_document;
pub use app::parts::qr_in_text;
pub use contact::{Contact, NotAContact};
pub use hosts::Hosts;
pub use lives::{Life, LifeAmount, LifeFacts, LifeFiles, Lives, NoLives};
pub use server::serve;
pub use workbench::{Draft, DraftApp, workbench};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::get;
use errors::ApiError;
use mesinfos_platform::Platform;
use mesinfos_platform::credentials::Credentials;
use slots::Slots;
use std::sync::{Arc, LazyLock};
use tokio::sync::Semaphore;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// State shared by handlers.
#[derive(Clone)]
struct Shared {
    platform: Arc<Platform>,
    doors: Arc<Credentials>,
    slots: Arc<Slots>,
    hosts: Arc<Hosts>,
    lives: Arc<dyn Lives>,
    /// Sample lives that may begin at once.
    samples: Arc<Semaphore>,
    /// Passwords that may be checked at once.
    passwords: Arc<Semaphore>,
    /// What strangers did lately, by address.
    addresses: Arc<addresses::Addresses>,
    figures: Arc<telemetry::Figures>,
    readiness: Arc<health::Last>,
    /// Tables that wait for answers about their columns.
    tables: Arc<app::add::table::Tables>,
    /// Uploads whose sender wants to know how far they are.
    uploads: Arc<app::add::Uploads>,
}

/// All routes. `doors` holds tokens and codes, `hosts` the accepted host names, `lives` the sample lives that the
/// pages offer.
/// All routes are other ones if the platform is that of an event.
pub fn router(platform: Arc<Platform>, doors: Credentials, hosts: Hosts, lives: Arc<dyn Lives>) -> Router {
    let shared = Shared {
        platform,
        doors: Arc::new(doors),
        slots: Arc::default(),
        hosts: Arc::new(hosts),
        lives,
        samples: Arc::new(Semaphore::new(limits::SAMPLES)),
        passwords: Arc::new(Semaphore::new(limits::PASSWORDS)),
        addresses: Arc::default(),
        figures: Arc::default(),
        readiness: Arc::default(),
        tables: Arc::default(),
        uploads: Arc::default(),
    };
    if shared.platform.is_event() { event::router(&shared) } else { of_people(&shared) }
}

/// The routes of a platform with people.
fn of_people(shared: &Shared) -> Router {
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
    let operator = Router::new()
        .route("/metrics", get(health::metrics))
        .route_layer(from_fn_with_state(shared.clone(), auth::metrics));
    let entrance = Router::new()
        .route("/open/{code}", get(auth::open))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/log/checkpoint", get(transparency::checkpoint))
        .route("/log/key", get(transparency::key))
        .route("/log/tile/{*path}", get(transparency::tile));
    framed(entrance.merge(app::pages()).merge(api).merge(operator), shared)
}

/// What is around all routes.
fn framed(routes: Router<Shared>, shared: &Shared) -> Router {
    routes
        .fallback(app::nothing_here)
        // `bodies` limits the bodies held in memory.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(shared.clone(), addresses::guard))
        .layer(from_fn_with_state(shared.clone(), hosts::guard))
        .layer(map_response(auth::harden))
        .layer(from_fn_with_state(shared.clone(), telemetry::told))
        .with_state(shared.clone())
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
        .routes(routes!(releases::releases))
        .routes(routes!(releases::release, releases::change, releases::delete))
        .routes(routes!(api::run))
        .routes(routes!(api::openapi))
}

/// API routes that receive an app.
fn components() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(api::install))
        .routes(routes!(api::check))
        .routes(routes!(releases::upload))
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
