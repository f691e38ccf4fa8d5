//! Who may ask: the bearer of the token. And what every answer tells the browser.

use crate::Shared;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

/// The cookie that stands for the token in a browser.
const COOKIE: &str = "mesinfos";

/// A secret that is new at each start: 256 random bits in hexadecimal.
pub struct Token(String);

impl Token {
    /// A new one.
    ///
    /// # Panics
    /// If the operating system has no randomness to give: nothing can be served safely then.
    #[allow(clippy::expect_used, reason = "without randomness there is no token and no server")]
    pub fn random() -> Token {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        Token(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Compares in a time that does not tell where the first difference is.
    fn is(&self, given: &str) -> bool {
        let differences = self.0.bytes().zip(given.bytes()).fold(0, |acc, (a, b)| acc | (a ^ b));
        self.0.len() == given.len() && differences == 0
    }
}

impl std::fmt::Display for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Lets a request through that bears the token: in the `Authorization` header, or in the cookie
/// that the address with `?token=` sets. A cookie does not count for a request that another site
/// made the browser send.
pub(crate) async fn guard(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let from_address = query.split('&').find_map(|pair| pair.strip_prefix("token="));
    if let Some(token) =
        from_address.filter(|_| request.method() == Method::GET && request.uri().path() == "/")
    {
        if !shared.token.is(token) {
            return refused();
        }
        // The token leaves the address bar at once.
        let mut response = Redirect::to("/").into_response();
        let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
        return response;
    }
    let headers = request.headers();
    let bearer = text(headers, header::AUTHORIZATION.as_str()).and_then(|v| v.strip_prefix("Bearer "));
    let allowed = match bearer {
        Some(token) => shared.token.is(token),
        None => own_site(headers) && cookie(headers).is_some_and(|token| shared.token.is(token)),
    };
    if allowed { next.run(request).await } else { refused() }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    text(headers, header::COOKIE.as_str())?
        .split(';')
        .find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

/// Browsers say where a request comes from; one that does not say is no browser with our cookie.
fn own_site(headers: &HeaderMap) -> bool {
    matches!(text(headers, "sec-fetch-site"), Some("same-origin" | "none"))
}

fn refused() -> Response {
    let words = "This needs the token that `mesinfos serve` printed: open the address with ?token=, \
                 or send it as `Authorization: Bearer TOKEN`.\n";
    (StatusCode::UNAUTHORIZED, words).into_response()
}

/// What every answer carries: nothing from elsewhere, nothing kept, nothing framed.
pub(crate) async fn harden(mut response: Response<Body>) -> Response<Body> {
    const HEADERS: &[(&str, &str)] = &[
        (
            "content-security-policy",
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()"),
        ("cache-control", "no-store"),
    ];
    for (name, value) in HEADERS {
        response.headers_mut().insert(*name, HeaderValue::from_static(value));
    }
    response
}
