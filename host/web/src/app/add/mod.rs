//! Adding files: the form, the upload, and the imports with their reports.

mod alike;
mod answer;
mod form;
mod import;
mod imports;
pub(crate) mod multipart;
mod progress;
mod rejected;
mod rejects;
pub(crate) mod table;
#[cfg(test)]
mod tests;
mod unknown;
mod upload;

pub(crate) use progress::Uploads;

use crate::Shared;
use axum::Router;
use axum::middleware::from_fn;
use axum::routing::{get, post};

/// The pages of imports, and the form that adds files.
pub(crate) fn pages() -> Router<Shared> {
    Router::new()
        .route("/add", get(form::page))
        .route("/imports", get(import::list))
        .route("/imports/{import}", get(import::page))
        .route("/imports/{import}/rejected", get(rejects::page))
        .route("/imports/{import}/rejected.csv", get(rejects::csv))
        .route("/imports/{import}/rejected/{row}", get(rejects::row).post(rejects::mend))
        .route("/imports/{import}/undo", post(imports::undo))
        .route("/imports/{import}/alike", post(alike::decide))
        .route("/imports/{import}/alike/all", post(alike::decide_all))
        .route("/add/progress/{upload}", get(progress::events))
        .route("/add/tables", get(table::kept))
        .route("/add/tables/forget", post(table::forget))
        .route("/add/tables/{table}", get(table::page).post(table::submit))
}

/// The form's upload. Its body is streamed: no layer holds it.
pub(crate) fn upload() -> Router<Shared> {
    Router::new().route("/add", post(upload::upload)).layer(from_fn(super::own_site))
}
