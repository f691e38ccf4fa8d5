//! The web app: pages for people.
//!
//! - [`visitor`]: who asks. Every page of a tester gets a `Tester`, made from the session.
//! - `parts`: components. `preferences`: language, theme and text size of the browser.
//! - One module for each page or group of pages.
//!
//! Invariants: no page names a person; everything that is not the visitor's is the same 404; every form works
//! without a script; a change comes by POST from a page of this site; no text stands here, only in `words`.

mod about;
mod account;
pub(crate) mod add;
mod apps;
mod blocks;
pub(crate) mod cookies;
mod data;
mod dictionary;
mod documents;
pub(crate) mod domain;
mod export;
pub(crate) mod failure;
pub(crate) mod form;
mod home;
mod invitation;
mod journal;
mod letters;
pub(crate) mod parts;
mod passkeys;
mod playground;
pub(crate) mod preferences;
mod releases;
mod relying_party;
mod roles;
mod settings;
pub(crate) mod sign_in;
mod start;
mod timeline;
mod typed;
pub(crate) mod visitor;
mod wrong;

pub use apps::consent_document;
pub(crate) use releases::report as releases_report;

use crate::app::failure::Failure;
use crate::app::parts::Shell;
use crate::app::preferences::Preferences;
use crate::bodies::refuse;
use crate::errors::ApiError;
use crate::{Shared, assets};
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use mesinfos_words::page::Failures as Words;
use percent_encoding::percent_decode_str;

/// The pages.
pub(crate) fn pages() -> Router<Shared> {
    Router::new()
        .route("/", get(start::start))
        .route("/welcome", get(start::welcome).post(start::begin))
        .route("/sample/end", post(start::end))
        .route("/preferences", post(settings::preferences))
        .route("/sign-in", get(sign_in::page).post(sign_in::with_password))
        .route("/sign-in/recover", get(sign_in::recovery).post(sign_in::recover))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/confirm", get(sign_in::confirmation).post(sign_in::confirm))
        .route("/invitation", get(invitation::by_query).post(invitation::typed))
        .route("/invitation/{code}", get(invitation::page).post(invitation::accept))
        .route("/home", get(roles::home))
        .route("/settings", get(settings::page))
        .route("/settings/sessions/{id}/end", post(account::end_session))
        .route("/settings/sessions/end", post(account::end_everywhere))
        .route("/settings/password", get(account::password_form).post(account::change_password))
        .route("/settings/codes", post(account::new_codes))
        .route("/settings/pause", post(settings::pause))
        .route("/settings/leave", get(account::leaving).post(account::leave))
        .route("/about/privacy", get(about::privacy))
        .route("/about/accessibility", get(about::accessibility))
        .route("/about/pages", get(about::pages))
        .route("/about/help", get(about::help))
        .route("/developer", get(roles::developers))
        .route("/stay", get(visitor::stay))
        .route("/operator/invitations", get(roles::invitations).post(roles::invite))
        .route("/operator/invitations/{id}/withdraw", post(roles::withdraw))
        .merge(apps::pages())
        .merge(journal::pages())
        .merge(letters::pages())
        .merge(passkeys::pages())
        .merge(data::pages())
        .merge(timeline::pages())
        .merge(documents::pages())
        .merge(add::pages())
        .merge(export::pages())
        .merge(releases::pages())
        .merge(dictionary::pages())
        .merge(blocks::pages())
        .merge(playground::pages())
        .method_not_allowed_fallback(no_such_method)
        .layer(from_fn(own_site))
        .layer(from_fn(crate::bodies::form))
        .merge(add::upload())
        .merge(releases::upload())
        .route("/assets/{version}/{*name}", get(assets::asset))
}

/// Those of them that an event serves too, with its own check of where a form comes from.
pub(crate) fn pages_of_event<M, F>(own_site: M) -> Router<Shared>
where
    M: Fn(Request, Next) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Response> + Send + 'static,
{
    Router::new()
        .route("/preferences", post(settings::preferences))
        .route("/sign-in", get(sign_in::page).post(sign_in::with_password))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/confirm", get(sign_in::confirmation).post(sign_in::confirm))
        .route("/invitation/{code}", get(invitation::page).post(invitation::accept))
        .route("/about/help", get(about::help))
        .route("/about/privacy", get(about::privacy))
        .route("/about/accessibility", get(about::accessibility))
        .route("/stay", get(visitor::stay))
        .merge(releases::pages())
        .merge(dictionary::pages())
        .merge(blocks::pages())
        .merge(playground::pages())
        .method_not_allowed_fallback(no_such_method)
        .layer(from_fn(own_site.clone()))
        .layer(from_fn(crate::bodies::form))
        .merge(releases::upload_with(own_site))
        .route("/assets/{version}/{*name}", get(assets::asset))
}

/// The page for a path without a route: the same as for everything that is not the visitor's.
pub(crate) async fn nothing_here(preferences: Preferences, uri: Uri) -> Response {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    Failure::not_found(&Shell::outside("", preferences, path)).into_response()
}

/// The page for a path that takes no such request: a form's address typed, or gone back to.
pub(crate) async fn no_such_method(preferences: Preferences) -> Response {
    let (error, lang) = (ApiError::no_such_method(), preferences.lang);
    let words = (Words::NothingHere.to(lang), Words::NothingHereWhy.to(lang));
    Failure::told(&error, &words.0, &words.1, &Shell::outside("", preferences, "")).into_response()
}

/// Middleware: a path is UTF-8, a change comes from a page of this site, and a `lang` in the address is kept.
async fn own_site(request: Request, next: Next) -> Response {
    guarded(request, next, is_own).await
}

/// [`own_site`], where `is_own` tells whether a form was sent by a page of this site.
pub(crate) async fn guarded(request: Request, next: Next, is_own: fn(&HeaderMap) -> bool) -> Response {
    let (parts, body) = request.into_parts();
    let preferences = Preferences::of(&parts);
    if percent_decode_str(parts.uri.path()).decode_utf8().is_err() {
        refuse(body).await;
        return Failure::not_found(&Shell::outside("", preferences, "")).into_response();
    }
    if !is_safe(&parts.method) && !is_own(&parts.headers) {
        refuse(body).await;
        let (lang, error) = (preferences.lang, ApiError::other_site());
        let shell = Shell::outside("", preferences, "");
        let words = (Words::NotDone.to(lang), Words::OtherSite.to(lang));
        return Failure::told(&error, &words.0, &words.1, &shell).into_response();
    }
    let named = parts.uri.query().is_some_and(|query| query.split('&').any(|pair| pair.starts_with("lang=")));
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if named {
        let cookie = Preferences::language_cookie(preferences.lang);
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Whether a request changes something and was not sent by a page of this site.
pub(crate) fn comes_from_elsewhere(method: &Method, headers: &HeaderMap) -> bool {
    !is_safe(method) && !is_own(headers)
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether a request was sent by a page of this site. All current browsers send `Sec-Fetch-Site`; a request
/// without it does not come from a browser with our cookie. "none" is an address that the person typed, which
/// changes nothing.
pub(crate) fn is_own(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
    let host = crate::hosts::reached(headers);
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    let is_ours =
        |origin: &str| origin.split_once("://").is_some_and(|(_, at)| at.eq_ignore_ascii_case(host));
    // A page with `Referrer-Policy: no-referrer` sends "null" with a form.
    site == Some("same-origin") && origin.is_none_or(|origin| origin == "null" || is_ours(origin))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_change_comes_from_a_page_of_this_site() {
        let of = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("localhost:7380"));
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            is_own(&headers)
        };
        assert!(of(&[("sec-fetch-site", "same-origin")]));
        assert!(of(&[("sec-fetch-site", "same-origin"), ("origin", "http://localhost:7380")]));
        assert!(of(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        for not in ["cross-site", "same-site", "none", ""] {
            assert!(!of(&[("sec-fetch-site", not), ("origin", "http://localhost:7380")]), "{not}");
        }
        assert!(!of(&[]) && !of(&[("origin", "http://localhost:7380")]));
        assert!(!of(&[("sec-fetch-site", "same-origin"), ("origin", "http://localhost:7381")]));
    }
}
