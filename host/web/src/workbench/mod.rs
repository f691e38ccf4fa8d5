//! The workbench of an author: pages of `mesinfos dev`, on the author's own machine, with sample people only.
//!
//! One page shows the newest draft of one app: its view for a sample person, what it read and used, its notes, and
//! what happens when a field or a category is refused. The page loads itself again when there is a new draft.
//!
//! Invariants: it has no account, no session and no cookie that means anything: there is nobody's data here. It is
//! answered only under a name of this machine ([`crate::hosts`]), with the security headers of all pages. Nothing
//! that it is asked changes anything but the preferences of the browser.

mod page;
mod tries;

use crate::app::form::Fields;
use crate::app::preferences::{Preferences, TextSize, Theme};
use crate::{Hosts, Life, assets, auth, limits};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Query, RawForm, RawQuery, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn, map_response};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use mesinfos_model::Digest;
use mesinfos_platform::Platform;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// What `mesinfos dev` has made so far.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Number of builds so far.
    pub number: u64,
    /// The newest component that could be installed.
    pub app: Option<DraftApp>,
    /// Why the files as they are now give no component, in the language of the command line.
    pub wrong: Option<String>,
    /// Ids of the sample people whose files are imported.
    pub ready: Vec<&'static str>,
}

/// A component that the workbench shows.
#[derive(Debug, Clone)]
pub struct DraftApp {
    /// Id of the app.
    pub id: String,
    /// SHA-256 of the component.
    pub component: Digest,
    /// Its size in bytes.
    pub size: u64,
    /// From the change of a file to the installed component.
    pub took: Duration,
}

/// State of the pages.
#[derive(Clone)]
struct Bench {
    platform: Arc<Platform>,
    lives: Arc<[Life]>,
    drafts: watch::Receiver<Draft>,
    tries: Arc<tries::Cache>,
}

/// The pages. `platform` holds the sample people of `lives` and nobody else.
pub fn workbench(
    platform: Arc<Platform>,
    lives: &[Life],
    drafts: watch::Receiver<Draft>,
    hosts: Hosts,
) -> Router {
    let hosts = Arc::new(hosts);
    let bench = Bench { platform, lives: lives.into(), drafts, tries: Arc::default() };
    Router::new()
        .route("/", get(show).post(chosen))
        .route("/changes", get(changes))
        .route("/preferences", post(preferences))
        .route("/assets/{version}/{*name}", get(assets::asset))
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(DefaultBodyLimit::max(limits::JSON_BYTES))
        .layer(from_fn(move |request, next| own(Arc::clone(&hosts), request, next)))
        .layer(map_response(auth::harden))
        .with_state(bench)
}

/// Middleware: only requests under a name of this machine, and forms only from its own pages.
async fn own(hosts: Arc<Hosts>, request: Request, next: Next) -> Response {
    let target = request.uri().authority().map(|authority| authority.as_str());
    if !hosts.admit_request(request.headers(), target)
        || crate::app::comes_from_elsewhere(request.method(), request.headers())
    {
        return StatusCode::MISDIRECTED_REQUEST.into_response();
    }
    let named =
        request.uri().query().is_some_and(|query| query.split('&').any(|pair| pair.starts_with("lang=")));
    let (parts, body) = request.into_parts();
    let lang = Preferences::of(&parts).lang;
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if named {
        response.headers_mut().append(header::SET_COOKIE, Preferences::language_cookie(lang));
    }
    response
}

/// The page.
async fn show(State(bench): State<Bench>, preferences: Preferences, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let asked = tries::Asked::read(&query);
    let draft = bench.drafts.borrow().clone();
    let work = move || page::page(&bench, &draft, &asked, preferences);
    match tokio::task::spawn_blocking(work).await {
        Ok(page) => page.into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The settings of the app as they were filled in, as an address.
async fn chosen(RawQuery(query): RawQuery, RawForm(form): RawForm) -> Response {
    let Some(fields) = Fields::read(&form) else { return StatusCode::BAD_REQUEST.into_response() };
    Redirect::to(&tries::Asked::read(&query.unwrap_or_default()).with_answers(&fields).address())
        .into_response()
}

/// Query of [`changes`].
#[derive(Debug, Deserialize)]
struct After {
    /// Number of the draft that the page shows.
    after: u64,
    /// Id of the sample person whose data the page waits for.
    life: Option<String>,
}

/// Answers "new" as soon as there is another draft than the one named, or the data that is waited for; "same" after a
/// while.
async fn changes(State(mut bench): State<Bench>, Query(After { after, life }): Query<After>) -> &'static str {
    let is_new = |draft: &Draft| {
        draft.number != after || life.as_deref().is_some_and(|life| draft.ready.contains(&life))
    };
    let changed = tokio::time::timeout(limits::CHANGES_WAIT, bench.drafts.wait_for(is_new)).await;
    // An error means that the command ends.
    if matches!(changed, Ok(Ok(_))) { "new" } else { "same" }
}

/// Keeps language, theme and text size in cookies.
async fn preferences(before: Preferences, RawForm(form): RawForm) -> Response {
    let fields = Fields::read(&form).unwrap_or_default();
    let kept = Preferences {
        theme: Theme::from_id(fields.get("theme")).unwrap_or(before.theme),
        text: TextSize::from_id(fields.get("text")).unwrap_or(before.text),
        ..before
    };
    let back = fields.get("back").split_once('?').map_or("", |(_, query)| query);
    let mut response = Redirect::to(&tries::Asked::read(back).address()).into_response();
    for cookie in kept.cookies() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
