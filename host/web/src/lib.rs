//! The HTTP door: a JSON API for the use cases of the platform, its OpenAPI document, and plain
//! pages that show a run's view.
//!
//! Invariants: every request but the stylesheet needs the token that `serve` printed; no page has
//! a script, an inline style or anything from elsewhere, and the browser is told so; no rule of
//! consent lives here.

mod api;
mod auth;
mod page;
mod pages;
mod transfer;

pub use auth::Token;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{delete, get, post};
use mesinfos_model::Day;
use mesinfos_platform::Platform;
use std::sync::Arc;

/// Largest body of a request that is held in memory: an app. Files are not, and have a limit of their own
/// (see `transfer`).
const MAX_BODY: usize = 64 << 20;

/// What handlers share.
#[derive(Clone)]
struct Shared {
    platform: Arc<Platform>,
    token: Arc<Token>,
    /// The day that apps are told, if it is not today's.
    today: Option<Day>,
}

/// All routes. `today` is the day that apps are told; none is the real one. Sample people have theirs: the day
/// after their last file.
pub fn router(platform: Arc<Platform>, token: Token, today: Option<Day>) -> Router {
    let shared = Shared { platform, token: Arc::new(token), today };
    let api = Router::new()
        .route("/people", get(api::people))
        .route("/people/{person}", get(api::person).delete(api::erase))
        .route("/people/{person}/imports", post(api::import).get(api::imports))
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
        .route("/apps", get(api::apps).post(api::install))
        .route("/check", post(api::check))
        .route("/formats", get(api::formats))
        .route("/runs", post(api::run))
        .route("/openapi.json", get(api::openapi));
    Router::new()
        .nest("/api", api)
        .route("/", get(pages::home))
        .route("/view", post(pages::view))
        .layer(axum::middleware::from_fn_with_state(shared.clone(), auth::guard))
        .route("/style.css", get(pages::style))
        .layer(axum::middleware::map_response(auth::harden))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(shared)
}

/// Serves until the process is interrupted.
///
/// # Errors
/// If the listener fails.
pub async fn serve(listener: tokio::net::TcpListener, app: Router) -> std::io::Result<()> {
    axum::serve(listener, app)
        .with_graceful_shutdown(async {
            // Without a handler for signals there is nothing to wait for: serve until killed.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        })
        .await
}
