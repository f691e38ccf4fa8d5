//! Authentication: bearer tokens for the API, sessions for the pages. Also sets the security headers of
//! every response.

use crate::bodies::refuse;
use crate::client::Client;
use crate::connections::Connection;
use crate::errors::{ApiError, blocking_io, tried};
use crate::language::Reader;
use crate::{Shared, pages};
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use mesinfos_platform::credentials::{Token, TokenScope};
use mesinfos_words::web::Web;
use percent_encoding::percent_decode_str;
use std::sync::Arc;

/// Name of the session cookie.
const COOKIE: &str = "mesinfos";

/// Marks a request whose token allows deposits only.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Depositor {
    /// Whether a first file may create the vault.
    pub(crate) may_create: bool,
}

/// Middleware for the API: requires a token with the right scope. Cookies are ignored.
pub(crate) async fn api(State(shared): State<Shared>, mut request: Request, next: Next) -> Response {
    let token = match token_of(&shared, &request).await {
        Ok(Some(token)) => token,
        Ok(None) => {
            refuse(request.into_body()).await;
            return ApiError::no_token().into_response();
        }
        Err(error) => return error.into_response(),
    };
    let client = Client::new(&token.id);
    if token.scope == TokenScope::Metrics {
        refuse(request.into_body()).await;
        return ApiError::only_figures().into_response();
    }
    if let TokenScope::Deposit { people, may_create } = token.scope {
        if !is_of_nobody(&request) && !is_deposit(&request, |name| shared.doors.is_for(&people, name)) {
            refuse(request.into_body()).await;
            return ApiError::only_deposits().into_response();
        }
        request.extensions_mut().insert(Depositor { may_create });
    }
    let Some(slot) = shared.slots.requests.take(&client.slot_owner("")) else {
        let words =
            "too many requests with this token are in progress: nothing was done, try again in a few seconds";
        refuse(request.into_body()).await;
        return ApiError::busy(words).into_response();
    };
    known(&request);
    request.extensions_mut().insert(client);
    let response = next.run(request).await;
    drop(slot);
    response
}

/// The valid token in a request, if any.
fn token_of(
    shared: &Shared,
    request: &Request,
) -> impl Future<Output = Result<Option<Token>, ApiError>> + use<> {
    let bearer = bearer(request.headers()).map(ToOwned::to_owned);
    let doors = Arc::clone(&shared.doors);
    async move {
        match bearer {
            Some(bearer) => blocking_io(move || doors.bearer(&bearer)).await,
            None => Ok(None),
        }
    }
}

/// Middleware for metrics: requires a metrics token or one with full access. A check for the loopback
/// address would not suffice: a reverse proxy connects from there for any client.
pub(crate) async fn metrics(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let error = match token_of(&shared, &request).await {
        Ok(Some(token)) if matches!(token.scope, TokenScope::Metrics | TokenScope::All) => {
            match shared.slots.requests.take(&Client::new(&token.id).slot_owner("")) {
                Some(_slot) => {
                    known(&request);
                    return next.run(request).await;
                }
                None => ApiError::busy("too many requests with this token are in progress"),
            }
        }
        Ok(Some(_)) => ApiError::no_figures(),
        Ok(None) => ApiError::no_token(),
        Err(error) => error,
    };
    refuse(request.into_body()).await;
    error.into_response()
}

/// Marks the connection as authenticated.
fn known(request: &Request) {
    if let Some(connection) = request.extensions().get::<Arc<Connection>>() {
        connection.known();
    }
}

/// The bearer token of a request. The scheme is case-insensitive: RFC 9110, section 11.1.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = text(headers, &header::AUTHORIZATION)?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Paths a depositor may read to prepare an upload: the OpenAPI document and the formats. Neither contains
/// personal data.
const OF_NOBODY: &[&str] = &["/api/openapi.json", "/api/formats"];

fn is_of_nobody(request: &Request) -> bool {
    request.method() == Method::GET && OF_NOBODY.contains(&request.uri().path())
}

/// Whether a request uploads a file for one of these people. The name is one path segment, decoded as the
/// router decodes it for the handler.
fn is_deposit(request: &Request, is_for: impl Fn(&str) -> bool) -> bool {
    let person =
        request.uri().path().strip_prefix("/api/people/").and_then(|rest| rest.strip_suffix("/imports"));
    let Some(person) = person.filter(|person| !person.contains('/')) else { return false };
    let named = percent_decode_str(person).decode_utf8();
    request.method() == Method::POST && named.is_ok_and(|name| is_for(&name))
}

/// Opens the pages with a one-time code: creates a session and sets its cookie.
pub(crate) async fn open(
    State(shared): State<Shared>,
    Path(code): Path<String>,
    Reader(lang): Reader,
    method: Method,
    headers: HeaderMap,
) -> Response {
    // A browser's prefetch or a HEAD request must not consume the code.
    let looks_ahead = text_of(&headers, "sec-purpose").is_some_and(|purpose| purpose.contains("prefetch"));
    if method != Method::GET || looks_ahead {
        return StatusCode::NO_CONTENT.into_response();
    }
    let doors = Arc::clone(&shared.doors);
    match tried(move || doors.use_code(&code)).await {
        Ok(Ok(true)) => {}
        Ok(Ok(false)) => return pages::closed(lang).into_response(),
        Ok(Err(error)) => return pages::failed(error, lang),
        Err(error) => return pages::refused(&error, Web::Failed, lang, "/"),
    }
    let Some(session) = shared.sessions.open() else {
        return pages::refused(&ApiError::internal(), Web::Failed, lang, "/");
    };
    let path = format!("/p/{}/", session.path_token);
    let cookie = format!("{COOKIE}={}; Path={path}; HttpOnly; SameSite=Strict", session.secret);
    // Redirect, so that the code leaves the address bar at once.
    let mut response = Redirect::to(&path).into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Middleware for the pages: requires the session cookie for the requested path. Rejects requests triggered
/// by another site.
pub(crate) async fn session(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let path_token = request.uri().path().strip_prefix("/p/").and_then(|rest| rest.split('/').next());
    let admitted = own_site(headers)
        && path_token.is_some_and(|path_token| shared.sessions.admit(path_token, cookies(headers)));
    if !admitted {
        let (parts, _) = request.into_parts();
        return pages::closed(Reader::of(&parts).0).into_response();
    }
    known(&request);
    next.run(request).await
}

fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Option<&'a str> {
    text_of(headers, name.as_str())
}

fn text_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Values of all cookies with our name. A server on another port may have set one too.
fn cookies(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

/// Browsers send `Sec-Fetch-Site`. A request without it does not come from a browser with our cookie.
fn own_site(headers: &HeaderMap) -> bool {
    matches!(text_of(headers, "sec-fetch-site"), Some("same-origin" | "none"))
}

/// Security headers of every response: no foreign content, no caching, no framing, no scripts. The pages'
/// forms need `allow-forms`, and their cookie needs `allow-same-origin`.
pub(crate) async fn harden(mut response: Response<Body>) -> Response<Body> {
    const HEADERS: &[(&str, &str)] = &[
        (
            "content-security-policy",
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
             webrtc 'block'; sandbox allow-forms allow-same-origin",
        ),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("x-dns-prefetch-control", "off"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "accelerometer=(), ambient-light-sensor=(), autoplay=(), bluetooth=(), browsing-topics=(), camera=(), \
             clipboard-read=(), clipboard-write=(), display-capture=(), encrypted-media=(), fullscreen=(), \
             geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), midi=(), \
             payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), \
             usb=(), web-share=(), xr-spatial-tracking=()",
        ),
        ("cache-control", "no-store"),
    ];
    for (name, value) in HEADERS {
        response.headers_mut().insert(*name, HeaderValue::from_static(value));
    }
    response
}
