//! Who sends a request: the account of its session, and the caller of the use cases that follow from it.
//!
//! Invariant: pages get the person from the session alone. No path, query or form names one.

use crate::Shared;
use crate::app::cookies::cookies;
use crate::app::failure::Failure;
use crate::app::parts::{Section, Shell, Stands, Who};
use crate::app::preferences::Preferences;
use crate::app::typed;
use crate::auth::known;
use crate::bodies::Whole;
use crate::client::Client;
use crate::errors::tried;
use crate::slots::Slot;
use crate::telemetry::current;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;
use mesinfos_model::Day;
use mesinfos_model::view::Lang;
use mesinfos_platform::consent::Channel;
use mesinfos_platform::identity::{Account, Role, SessionId, Token};
use mesinfos_platform::{Caller, Platform, PlatformError};
use std::sync::Arc;

/// Name of the session cookie on an address of this machine, which has no TLS.
pub(crate) const PLAIN: &str = "session";
/// Its name elsewhere. The prefix makes browsers accept it from this host over TLS only (RFC 6265bis, 4.1.3.2).
pub(crate) const HOST: &str = "__Host-session";

/// A request with a session.
pub(crate) struct Visitor {
    pub(crate) account: Account,
    pub(crate) session: SessionId,
    pub(crate) token: Token,
    /// Whether presence was proven a few minutes ago.
    pub(crate) is_fresh: bool,
    pub(crate) preferences: Preferences,
    /// Path and query of the request, or path of the page before, if the request cannot be asked for again.
    path: String,
    stands: Stands,
    pub(crate) platform: Arc<Platform>,
    /// The day that is today in a sample life.
    sample_day: Option<Day>,
    /// A place among the requests of the account, held until the answer.
    _slot: Slot,
}

/// A request of a tester about their own vault.
pub(crate) struct Tester {
    pub(crate) visitor: Visitor,
    /// The person of the session, and nobody else.
    pub(crate) caller: Caller,
}

impl Visitor {
    pub(crate) fn lang(&self) -> Lang {
        self.preferences.lang
    }

    /// Runs work on a blocking thread; its error becomes a page.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Platform) -> Result<T, PlatformError> + Send + 'static,
    ) -> Result<T, Failure> {
        let platform = Arc::clone(&self.platform);
        match tried(move || work(&platform)).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => Err(Failure::of(&error, &self.shell("", None))),
            Err(error) => Err(Failure::broken(&error, &self.shell("", None))),
        }
    }

    /// The frame of a page.
    pub(crate) fn shell<'a>(&'a self, title: &'a str, at: Option<Section>) -> Shell<'a> {
        let who = if self.account.roles.contains(&Role::Tester) {
            Who::Tester {
                sample: self.account.sample.as_deref().map(|life| (life, self.sample_day)),
                seed: self.seed(),
            }
        } else {
            Who::Other
        };
        Shell {
            title,
            at,
            who,
            preferences: self.preferences,
            path: &self.path,
            stands: self.stands,
            charts: false,
            classes: ("", "page"),
            ends: self.account.unused_for().map(|limit| limit.as_secs()),
        }
    }

    /// Number that draws the portrait of the account.
    fn seed(&self) -> u32 {
        let id = self.account.id.to_string();
        id.bytes().fold(7_u32, |seed, byte| seed.wrapping_mul(31).wrapping_add(u32::from(byte)))
    }
}

impl Tester {
    pub(crate) fn lang(&self) -> Lang {
        self.visitor.lang()
    }

    /// Runs a use case about the tester on a blocking thread; its error becomes a page.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Platform, &Caller) -> Result<T, PlatformError> + Send + 'static,
    ) -> Result<T, Failure> {
        let caller = self.caller.clone();
        self.visitor.work(move |platform| work(platform, &caller)).await
    }

    /// The frame of a page.
    pub(crate) fn shell<'a>(&'a self, title: &'a str, at: Section) -> Shell<'a> {
        self.visitor.shell(title, Some(at))
    }

    /// A page.
    pub(crate) fn page(&self, title: &str, at: Section, body: Markup) -> Response {
        self.shell(title, at).around(body).into_response()
    }
}

impl FromRequestParts<Shared> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Visitor, Response> {
        let preferences = Preferences::of(parts);
        let (path, stands) = again(parts);
        let is_event = shared.platform.is_event();
        let tokens: Vec<Token> = tokens(&parts.headers, is_event).collect();
        let had_session = !tokens.is_empty();
        let platform = Arc::clone(&shared.platform);
        let found = tried(move || {
            let now = platform.clock().now();
            for token in tokens {
                if let Some(present) = platform.identity().present(&token, now)? {
                    return Ok(Some((token, present)));
                }
            }
            Ok(None)
        });
        let shell = Shell { stands, ..Shell::outside("", preferences, &path) };
        let found = match found.await {
            Ok(Ok(found)) => found,
            Ok(Err(error)) => return Err(Failure::of(&error, &shell).into_response()),
            Err(error) => return Err(Failure::broken(&error, &shell).into_response()),
        };
        let Some((token, present)) = found else {
            return Err(signed_out(parts, had_session, is_event, &shell));
        };
        known(&parts.extensions);
        let owner = Client::new(&present.account.id.to_string()).slot_owner("");
        let Some(slot) = shared.slots.requests.take(&owner) else {
            return Err(Failure::busy(&shell).into_response());
        };
        let sample_day = present.account.sample.as_ref().and_then(|_| shared.lives.day());
        Ok(Visitor {
            sample_day,
            account: present.account,
            session: present.session,
            token,
            is_fresh: present.is_fresh,
            preferences,
            path,
            stands,
            platform: Arc::clone(&shared.platform),
            _slot: slot,
        })
    }
}

/// The answer to a request without a session: the way to the sign-in page, and back.
fn signed_out(parts: &Parts, had_session: bool, is_event: bool, shell: &Shell<'_>) -> Response {
    let is_of_organiser = parts.uri.path().starts_with("/organiser") || parts.uri.path() == "/projector";
    if parts.method == Method::GET && is_event && !is_of_organiser {
        // Teams and jurors have a code and no name to sign in with.
        return Redirect::to("/").into_response();
    }
    if parts.method == Method::GET {
        let next = percent_encoding::utf8_percent_encode(shell.path, percent_encoding::NON_ALPHANUMERIC);
        let over = if had_session { "&over=1" } else { "" };
        return Redirect::to(&format!("/sign-in?next={next}{over}")).into_response();
    }
    let typed = match parts.extensions.get::<Whole>() {
        Some(Whole(body)) => typed::texts(parts.uri.path(), body, shell.preferences.lang),
        None => String::new(),
    };
    Failure::signed_out(shell, &typed).into_response()
}

/// Answers a page that asks for more time: the request itself is the use of the session.
pub(crate) async fn stay(_: Visitor) -> StatusCode {
    StatusCode::NO_CONTENT
}

impl FromRequestParts<Shared> for Tester {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Tester, Response> {
        let visitor = Visitor::from_request_parts(parts, shared).await?;
        if !visitor.account.roles.contains(&Role::Tester) {
            return Err(Failure::not_found(&visitor.shell("", None)).into_response());
        }
        let (account, lang) = (visitor.account.clone(), visitor.lang());
        let day = visitor.sample_day;
        let caller = visitor.work(move |platform| platform.caller_of(&account, Channel::Web, lang)).await;
        let caller = caller.map_err(IntoResponse::into_response)?;
        Ok(Tester { caller: caller.on(day).in_request(current()), visitor })
    }
}

/// The path of a request that can be asked for again, or of the page whose form was sent.
fn again(parts: &Parts) -> (String, Stands) {
    if parts.method != Method::GET {
        return (before(parts.uri.path()).to_owned(), Stands::Here);
    }
    let path = parts.uri.path_and_query().map_or_else(String::new, |path| path.as_str().to_owned());
    (path, Stands::There)
}

/// The page with the form that is sent to an address: the address itself, or the one that it is an act of.
fn before(path: &str) -> &str {
    const ACTS: [&str; 22] = [
        "alike", "archive", "change", "codes", "end", "erase", "forget", "grant", "later", "passkey",
        "passkeys", "pause", "pdf", "read", "refuse", "remove", "replay", "resume", "run", "stop", "try",
        "undo",
    ];
    const FOLDERS: [(&str, &str); 5] = [
        ("/add/tables", "/add"),
        ("/journal", "/journal"),
        ("/operator/invitations", "/operator/invitations"),
        ("/settings/passkeys", "/settings"),
        ("/settings/sessions", "/settings"),
    ];
    let Some((above, act)) = path.rsplit_once('/') else { return path };
    let is_act = ACTS.contains(&act)
        || matches!(act, "ask" | "delete" | "submit" | "take-back" | "verify" | "withdraw");
    if !is_act {
        return path;
    }
    match FOLDERS.iter().find(|(folder, _)| above.starts_with(folder)) {
        Some((_, page)) => page,
        None => above,
    }
}

/// Whether the request came to an address of this machine, where there is no TLS.
pub(crate) fn is_loopback(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name.to_ascii_lowercase().as_str(), "localhost" | "127.0.0.1" | "[::1]")
}

fn name_of(headers: &HeaderMap) -> &'static str {
    if is_loopback(headers) { PLAIN } else { HOST }
}

/// Tokens in the session cookies of a request.
fn tokens(headers: &HeaderMap, is_event: bool) -> impl Iterator<Item = Token> {
    cookies(headers, if is_event { PLAIN } else { name_of(headers) }).filter_map(|value| value.parse().ok())
}

/// The cookie of a session. It ends with the browser; the session itself has its own limits.
pub(crate) fn session_cookie(headers: &HeaderMap, token: &Token) -> HeaderValue {
    set(headers, &token.expose(), "")
}

/// The cookie that removes the session's cookie.
pub(crate) fn no_session(headers: &HeaderMap) -> HeaderValue {
    set(headers, "", "; Max-Age=0")
}

fn set(headers: &HeaderMap, value: &str, more: &str) -> HeaderValue {
    let secure = if is_loopback(headers) { "" } else { "; Secure" };
    let text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{more}", name_of(headers));
    // A token is hexadecimal digits and a dot.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// `path`, if it is one of this site's. A form or query could name another site.
pub(crate) fn local(path: &str) -> Option<&str> {
    let is_local = path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\' && byte != b'"');
    is_local.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_before_an_act_can_be_asked_for() {
        for (sent, page) in [
            ("/results/12ab/replay", "/results/12ab"),
            ("/apps/budget/try", "/apps/budget"),
            ("/apps/budget", "/apps/budget"),
            ("/imports/3/undo", "/imports/3"),
            ("/settings/codes", "/settings"),
            ("/settings/passkeys", "/settings"),
            ("/settings/passkeys/7/remove", "/settings"),
            ("/settings/sessions/end", "/settings"),
            ("/settings/export/archive", "/settings/export"),
            ("/journal/grants/budget/pause", "/journal"),
            ("/journal/verify", "/journal"),
            ("/operator/invitations", "/operator/invitations"),
            ("/operator/invitations/7/withdraw", "/operator/invitations"),
            ("/add/tables/forget", "/add"),
            ("/add/tables/7", "/add/tables/7"),
            ("/documents/3.0.1/remove", "/documents/3.0.1"),
            ("/documents/read", "/documents"),
            ("/letters/new/pdf", "/letters/new"),
            ("/data/money/bank/3.0.1/change", "/data/money/bank/3.0.1"),
        ] {
            assert_eq!(before(sent), page);
        }
    }

    #[test]
    fn only_paths_of_this_site_are_gone_back_to() {
        for ours in ["/", "/home", "/data/money?x=1#y"] {
            assert_eq!(local(ours), Some(ours));
        }
        for other in
            ["", "home", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nb", "/a b", "/é"]
        {
            assert_eq!(local(other), None, "{other:?}");
        }
    }

    #[test]
    fn the_cookie_is_bound_to_tls_except_on_this_machine() {
        let of = |host: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            no_session(&headers).to_str().unwrap().to_owned()
        };
        for host in ["localhost:7380", "127.0.0.1:7380", "[::1]:7380", "LOCALHOST:1"] {
            assert!(of(host).starts_with("session=;") && !of(host).contains("Secure"), "{host}");
        }
        for host in ["infos.example", "localhost.evil.example", "infos.example:443", ""] {
            assert!(
                of(host).starts_with("__Host-session=; Path=/; HttpOnly; SameSite=Lax; Secure"),
                "{host}"
            );
        }
    }
}
