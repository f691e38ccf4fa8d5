//! A person's papers: searched, one by one, taken away, removed, their text read, and till receipts made of it.

mod list;
mod paper;
mod picture;
mod query;
mod receipt;
mod receipt_form;

pub(crate) use paper::read_receipt;

use crate::Shared;
use crate::app::data::{not_found, turn};
use crate::app::failure::Failure;
use crate::app::visitor::Tester;
use axum::Router;
use axum::routing::{get, post};
use mesinfos_model::RowId;

/// The pages.
pub(crate) fn pages() -> Router<Shared> {
    Router::new()
        .route("/documents", get(list::page))
        .route("/documents/read", post(paper::read_all))
        .route("/documents/{document}", get(paper::page))
        .route("/documents/{document}/file", get(paper::file))
        .route("/documents/{document}/picture", get(picture::picture))
        .route("/documents/{document}/read", post(paper::read))
        .route("/documents/{document}/remove", post(paper::remove))
        .route("/documents/{document}/receipt", get(receipt::page).post(receipt::submit))
}

/// Path of the page of a paper.
fn path(id: RowId) -> String {
    format!("/documents/{id}")
}

/// The id in a path.
fn id(tester: &Tester, document: &str) -> Result<RowId, Failure> {
    document.parse().map_err(|_| not_found(tester))
}
