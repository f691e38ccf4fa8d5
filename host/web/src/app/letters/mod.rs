//! Letters to data holders: the register, the letter on the page and as PDF, and the letters that a person keeps.
//!
//! Nothing is sent from here. What a person types about themselves is in the form and in the answer to it, never in
//! an address, and is kept only if they ask for it.

mod ask;
mod form;
mod list;
mod one;
mod pdf;
mod sheet;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use list::overdue;

use crate::Shared;
use axum::Router;
use axum::routing::{get, post};

/// The pages of letters.
pub(crate) fn pages() -> Router<Shared> {
    Router::new()
        .route("/letters", get(list::page).post(write::keep))
        .route("/letters/new", get(ask::page).post(write::page))
        .route("/letters/new/pdf", post(write::download))
        .route("/letters/{letter}", get(one::page).post(one::change))
        .route("/letters/{letter}/erase", post(one::erase))
}
