//! Versions of apps: a developer's own, and the operator's review.
//!
//! A page of a version is the same for both, with other things to do. What is not theirs is the page for what does not
//! exist.

mod developer;
mod difference;
mod mine;
pub(crate) mod report;
mod review;
mod tokens;

pub(in crate::app) use developer::Developer;

use crate::Shared;
use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::{get, post};

/// The pages.
pub(crate) fn pages() -> Router<Shared> {
    Router::new()
        .route("/developer/apps", get(mine::list))
        .route("/developer/apps/{component}", get(mine::page))
        .route("/developer/apps/{component}/try", get(mine::back).post(mine::tried))
        .route("/developer/apps/{component}/submit", get(mine::back).post(mine::submit))
        .route("/developer/apps/{component}/take-back", get(mine::back).post(mine::take_back))
        .route("/developer/apps/{component}/withdraw", get(mine::back).post(mine::withdraw))
        .route("/developer/apps/{component}/delete", get(mine::back).post(mine::delete))
        .route("/developer/tokens", get(tokens::back).post(tokens::create))
        .route("/developer/tokens/{id}/end", get(tokens::back_of).post(tokens::end))
        .route("/operator/apps", get(review::list))
        .route("/operator/apps/{component}", get(review::page).post(review::change))
        .route("/operator/apps/{component}/try", get(review::back).post(review::tried))
}

/// The upload of a component, whose body no layer for forms holds.
pub(crate) fn upload() -> Router<Shared> {
    upload_with(super::own_site)
}

/// [`upload`], with another check of where a form comes from.
pub(crate) fn upload_with<M, F>(own_site: M) -> Router<Shared>
where
    M: Fn(Request, Next) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Response> + Send + 'static,
{
    Router::new().route("/developer/apps", post(mine::upload)).layer(from_fn(own_site))
}
