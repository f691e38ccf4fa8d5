//! A person's papers: searched, one by one, taken away, removed, their text read, and till receipts made of it.

mod list;
mod paper;
mod query;
mod receipt;
mod receipt_form;

use crate::Shared;
use crate::app::data::owner;
use crate::app::failure::Failure;
use crate::app::parts::Section;
use crate::app::visitor::Tester;
use crate::slots::Slot;
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

fn not_found(tester: &Tester) -> Failure {
    Failure::not_found(&tester.shell("", Section::Data))
}

/// A turn to open papers; the page of a busy server if there is none for a while.
async fn turn(shared: &Shared, tester: &Tester) -> Result<Slot, Failure> {
    let turn = shared.slots.lookups.wait(&owner(tester), crate::limits::LOOKUP_WAIT).await;
    turn.ok_or_else(|| Failure::busy(&tester.shell("", Section::Data)))
}
