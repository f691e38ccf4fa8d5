//! Authentication: bearer tokens for the API, and the one-time code of the machine's operator. Sessions of the
//! pages are in `app`. Also sets the security headers of every response.

use crate::Shared;
use crate::app::failure::Failure;
use crate::app::parts::Shell;
use crate::app::preferences::Preferences;
use crate::bodies::refuse;
use crate::client::Client;
use crate::connections::Connection;
use crate::errors::{ApiError, blocking_io, tried};
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use mesinfos_platform::PlatformError;
use mesinfos_platform::credentials::{Token, TokenScope};
use mesinfos_platform::identity::{IdentityError, Role};
use mesinfos_platform::registry::Owner;
use mesinfos_words::page::Failures;
use percent_encoding::percent_decode_str;
use std::sync::Arc;
use std::time::Duration;

/// Validity of the invitation that a one-time code makes.
const FIRST_INVITATION: Duration = Duration::from_hours(1);

/// Marks a request whose token allows deposits only.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Depositor {
    /// Whether a first file may create the vault.
    pub(crate) may_create: bool,
}

/// The developer whose token a request bears.
#[derive(Debug, Clone)]
pub(crate) struct Developer(pub(crate) Owner);

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
    let owner = match &token.scope {
        TokenScope::Publish { developer } => Some(format!("developer:{developer}")),
        TokenScope::Account { account } => match publishes(&shared, account).await {
            Ok(true) => Some(format!("account:{account}")),
            Ok(false) => {
                refuse(request.into_body()).await;
                return ApiError::no_token().into_response();
            }
            Err(error) => {
                refuse(request.into_body()).await;
                return error.into_response();
            }
        },
        TokenScope::All | TokenScope::Metrics | TokenScope::Deposit { .. } => None,
    };
    if let Some(owner) = owner {
        let Some(owner) = Owner::new(&owner).filter(|_| is_of_registry(&request)) else {
            refuse(request.into_body()).await;
            return ApiError::only_releases().into_response();
        };
        request.extensions_mut().insert(Developer(owner));
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
    known(request.extensions());
    request.extensions_mut().insert(client);
    let response = next.run(request).await;
    drop(slot);
    response
}

/// Whether an account exists and may publish. Its tokens end with it, and with its role.
async fn publishes(shared: &Shared, account: &str) -> Result<bool, ApiError> {
    let Ok(id) = account.parse() else { return Ok(false) };
    let platform = Arc::clone(&shared.platform);
    let found = blocking_io(move || match platform.identity().account(id) {
        Ok(account) => Ok(account.roles.contains(&Role::Developer)),
        Err(IdentityError::NoSuchAccount) => Ok(false),
        Err(error) => Err(PlatformError::from(error)),
    });
    found.await
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
                    known(request.extensions());
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
pub(crate) fn known(extensions: &Extensions) {
    if let Some(connection) = extensions.get::<Arc<Connection>>() {
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

/// Whether a request is one that a developer makes: about their versions, or about nobody.
fn is_of_registry(request: &Request) -> bool {
    let path = request.uri().path();
    let is_check = request.method() == Method::POST && path == "/api/check";
    is_of_nobody(request) || is_check || path == "/api/releases" || path.starts_with("/api/releases/")
}

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

/// Uses a one-time code of the machine's operator: makes an invitation for an account with that role, and leads to
/// it. The operator of the machine gets an account in this way; everybody else gets an invitation from one.
pub(crate) async fn open(
    State(shared): State<Shared>,
    Path(code): Path<String>,
    preferences: Preferences,
    method: Method,
    headers: HeaderMap,
) -> Response {
    // A browser's prefetch or a HEAD request must not consume the code.
    let looks_ahead = text_of(&headers, "sec-purpose").is_some_and(|purpose| purpose.contains("prefetch"));
    if method != Method::GET || looks_ahead {
        return StatusCode::NO_CONTENT.into_response();
    }
    let shell = Shell::outside("", preferences, "");
    let (doors, platform) = (Arc::clone(&shared.doors), Arc::clone(&shared.platform));
    let made = tried(move || {
        if !doors.use_code(&code)? {
            return Ok(None);
        }
        let now = platform.clock().now();
        Ok(Some(platform.identity().invite(Role::Operator, None, FIRST_INVITATION, now)?))
    });
    match made.await {
        Ok(Ok(Some((code, _)))) => {
            let code: String = code.expose().chars().filter(char::is_ascii_alphanumeric).collect();
            // Redirect, so that the one-time code leaves the address bar at once.
            Redirect::to(&format!("/invitation/{code}")).into_response()
        }
        Ok(Ok(None)) => {
            let (title, words) =
                (Failures::Closed.to(preferences.lang), Failures::ClosedWhy.to(preferences.lang));
            Failure::told(&ApiError::closed(), &title, &words, &shell).into_response()
        }
        Ok(Err(error)) => Failure::of(&error, &shell).into_response(),
        Err(error) => Failure::broken(&error, &shell).into_response(),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Option<&'a str> {
    text_of(headers, name.as_str())
}

fn text_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Security headers of every response: no foreign content, no framing, no inline script or style, and no caching
/// unless the response allows it.
pub(crate) async fn harden(mut response: Response<Body>) -> Response<Body> {
    const HEADERS: &[(&str, &str)] = &[
        (
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; \
             connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
             require-trusted-types-for 'script'; trusted-types 'none'",
        ),
        // Browsers ignore it without TLS, so it does not concern an address of this machine.
        ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("x-dns-prefetch-control", "off"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), \
             clipboard-read=(), clipboard-write=(), display-capture=(), encrypted-media=(), fullscreen=(), \
             geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), midi=(), \
             payment=(), picture-in-picture=(), screen-wake-lock=(), serial=(), \
             usb=(), xr-spatial-tracking=()",
        ),
    ];
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    for (name, value) in HEADERS {
        response.headers_mut().insert(*name, HeaderValue::from_static(value));
    }
    response
}
