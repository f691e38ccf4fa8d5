//! The HTTP door: a JSON API for the use cases of the platform, its OpenAPI document, and plain
//! pages that show a run's view.
//!
//! Invariants: every request names this server as its host; the API needs a token and takes no cookie; the pages
//! need the session of the browser that opened them with a one-time code, and a session opens nothing of
//! the API; no page has a script, an inline style or anything from elsewhere, and the browser is told so; no
//! rule of consent lives here.
//!
//! Start reading at [`router`]; `auth` says who may ask, `limits` how much at once.

mod api;
mod auth;
mod bodies;
mod client;
mod connections;
mod errors;
mod hosts;
mod limits;
mod page;
mod pages;
mod places;
mod server;
mod sessions;
mod transfer;

pub use hosts::Hosts;
pub use server::serve;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::{delete, get, post};
use mesinfos_model::Day;
use mesinfos_platform::Platform;
use mesinfos_platform::doors::Doors;
use places::Places;
use sessions::Sessions;
use std::sync::Arc;

/// What handlers share.
#[derive(Clone)]
struct Shared {
    platform: Arc<Platform>,
    doors: Arc<Doors>,
    sessions: Arc<Sessions>,
    places: Arc<Places>,
    hosts: Arc<Hosts>,
    /// The day that apps are told, if it is not today's.
    today: Option<Day>,
}

/// All routes. `doors` knows the tokens and codes, `hosts` the names under which this server answers. `today` is the day that apps are told; none is the real one. Sample people have theirs: the day
/// after their last file.
pub fn router(platform: Arc<Platform>, doors: Doors, hosts: Hosts, today: Option<Day>) -> Router {
    let shared = Shared {
        platform,
        doors: Arc::new(doors),
        sessions: Arc::default(),
        places: Arc::default(),
        hosts: Arc::new(hosts),
        today,
    };
    let small = Router::new()
        .route("/people", get(api::people))
        .route("/people/{person}", get(api::person).delete(api::erase))
        .route("/people/{person}/imports", get(api::imports))
        .route("/people/{person}/imports/{import}", delete(api::undo_import))
        .route("/people/{person}/documents", get(api::documents))
        .route("/people/{person}/documents/{document}", get(api::document))
        .route("/dictionary", get(api::dictionary))
        .route("/people/{person}/grants", get(api::grants).post(api::grant))
        .route("/people/{person}/grants/{app}", delete(api::revoke))
        .route("/people/{person}/audit", get(api::audit))
        .route("/people/{person}/audit/verify", get(api::audit_verify))
        .route("/people/{person}/receipts", get(api::receipts))
        .route("/people/{person}/receipts/{receipt}/replay", post(api::replay))
        .route("/apps", get(api::apps))
        .route("/formats", get(api::formats))
        .route("/runs", post(api::run))
        .route("/openapi.json", get(api::openapi))
        .layer(from_fn(bodies::small));
    let apps = Router::new()
        .route("/apps", post(api::install))
        .route("/check", post(api::check))
        .layer(from_fn_with_state(shared.clone(), bodies::app));
    // A file is never held as a whole: `transfer` bounds it.
    let files = Router::new().route("/people/{person}/imports", post(api::import));
    let api = Router::new()
        .nest("/api", small.merge(apps).merge(files))
        .route_layer(from_fn_with_state(shared.clone(), auth::api));
    let pages = Router::new()
        .route("/p/{place}/", get(pages::home))
        .route("/p/{place}/view", post(pages::view))
        .layer(from_fn(bodies::small))
        .route_layer(from_fn_with_state(shared.clone(), auth::session));
    let entrance = Router::new()
        .route("/", get(|| async { pages::closed() }))
        .route("/open/{code}", get(auth::open))
        .route("/style.css", get(pages::style));
    entrance
        .merge(api)
        .merge(pages)
        // Bodies that are held in memory are bounded in `bodies`.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(shared.clone(), hosts::guard))
        .layer(map_response(auth::harden))
        .with_state(shared)
}
