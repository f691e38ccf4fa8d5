//! The door of an event: a closed list of pages, for teams, jurors and the organiser.
//!
//! - [`router`]: all that an event serves. What brings data into a vault is not in it: those paths answer with one
//!   refusal, whatever is sent.
//! - `entrance`: joining. `team`, `jury`, `organiser`: the pages of each role. `projector`: the page on the wall.
//!
//! Invariants: phones come over plain HTTP, so a form is of this site if its `Origin` is; attempts are counted by the
//! address of the connection, and never by what a header says of it; ballots are shown to their juror, and to the
//! organiser once the vote is closed.

mod archive;
mod entrance;
mod jury;
mod organiser;
mod parts;
mod projector;
mod seat;
mod team;

use crate::app::parts::Shell;
use crate::app::preferences::Preferences;
use crate::app::visitor::{HOST, PLAIN};
use crate::app::{self, failure::Failure};
use crate::bodies::{self, refuse};
use crate::connections::Peer;
use crate::errors::ApiError;
use crate::{Shared, auth, components, framed, health, unknown_parameters};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use mesinfos_platform::PlatformError;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Paths at which a platform of people takes data, or begins to.
const OF_DATA: &[&str] = &[
    "/welcome",
    "/add",
    "/add/{*rest}",
    "/imports/{*rest}",
    "/data",
    "/data/{*rest}",
    "/documents",
    "/documents/{*rest}",
    "/letters",
    "/letters/{*rest}",
    "/api/people",
    "/api/people/{*rest}",
    "/api/runs",
];

/// All routes of an event.
pub(crate) fn router(shared: &Shared) -> Router {
    let api = small()
        .layer(from_fn(bodies::small))
        .merge(components().layer(from_fn_with_state(shared.clone(), bodies::app)));
    let api = Router::from(api)
        .fallback(|| async { ApiError::no_such_path() })
        .method_not_allowed_fallback(|| async { ApiError::no_such_method() });
    let api = Router::new()
        .nest("/api", api)
        .route_layer(from_fn(unknown_parameters::known))
        .route_layer(from_fn_with_state(shared.clone(), auth::api));
    let refused = OF_DATA.iter().fold(Router::new(), |router, path| router.route(path, any(no_data)));
    let routes = Router::new()
        .route("/open/{code}", get(auth::open))
        .route("/healthz", get(health::alive))
        .merge(pages().layer(from_fn(own_site)).layer(from_fn(bodies::form)))
        .merge(app::pages_of_event(own_site))
        .merge(refused)
        .merge(api);
    // Outside of the frame, which counts the attempts of an address.
    framed(routes, shared).layer(map_response(without_tls)).layer(from_fn(direct))
}

/// The API of teams and of the organiser: versions of apps, and nothing else.
fn small() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(crate::releases::releases)).routes(routes!(
        crate::releases::release,
        crate::releases::change,
        crate::releases::delete
    ))
}

/// The pages of an event.
fn pages() -> Router<Shared> {
    Router::new()
        .route("/", get(entrance::page))
        .route("/home", get(entrance::home))
        .route("/join", get(entrance::asked).post(entrance::typed))
        .route("/join/{code}", get(entrance::form).post(entrance::join))
        .route("/jury", get(entrance::asked_juror).post(entrance::typed_juror))
        .route("/jury/{code}", get(entrance::juror_form).post(entrance::begin_juror))
        .route("/team", get(team::page))
        .route("/team/token", get(team::back).post(team::token))
        .route("/ballots", get(jury::list))
        .route("/ballots/{team}", get(jury::page).post(jury::vote))
        .route("/ballots/{team}/try", get(jury::page).post(jury::tried))
        .route("/organiser", get(organiser::page))
        .route("/organiser/jury", get(organiser::back).post(organiser::add_juror))
        .route("/organiser/jury/{juror}", get(organiser::juror).post(organiser::renew))
        .route("/organiser/close", get(organiser::back).post(organiser::close))
        .route("/organiser/deadline", get(organiser::back).post(organiser::move_deadline))
        .route("/organiser/export", get(archive::export))
        .route("/projector", get(projector::page))
        .method_not_allowed_fallback(app::no_such_method)
}

/// The one answer to whatever would bring data into an event.
async fn no_data(request: Request) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let (parts, body) = request.into_parts();
    refuse(body).await;
    let error = PlatformError::OnlySamples;
    if is_api {
        return ApiError::from(error).into_response();
    }
    Failure::of(&error, &Shell::outside("", Preferences::of(&parts), "/")).into_response()
}

/// Middleware: a change comes from a page of this event.
async fn own_site(request: Request, next: Next) -> Response {
    app::guarded(request, next, is_own).await
}

/// Whether a form was sent by a page of this event. Browsers send `Sec-Fetch-Site` to an address without TLS only where
/// it is of their own machine; they send `Origin` with every form, which our referrer policy does not hide.
fn is_own(headers: &HeaderMap) -> bool {
    if headers.contains_key("sec-fetch-site") {
        return app::is_own(headers);
    }
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(host), Some(origin)) = (text(header::HOST), text(header::ORIGIN)) else { return false };
    origin.strip_prefix("http://").is_some_and(|at| at.eq_ignore_ascii_case(host))
}

/// Middleware: there is no proxy before an event, so who asks is who is connected. Attempts of this machine are not
/// counted: it is the organiser's.
async fn direct(mut request: Request, next: Next) -> Response {
    let client = request.extensions().get::<Peer>().and_then(|peer| peer.0);
    let headers = request.headers_mut();
    headers.remove("x-forwarded-for");
    if let Some(value) = client.and_then(|client| HeaderValue::from_str(&client.to_string()).ok()) {
        headers.insert("x-forwarded-for", value);
    }
    next.run(request).await
}

/// What is different without TLS: browsers keep no cookie that is bound to it, and send `Origin` with our own forms only
/// if the policy lets them.
async fn without_tls(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    let cookies: Vec<HeaderValue> = headers.get_all(header::SET_COOKIE).iter().map(unbound).collect();
    headers.remove(header::SET_COOKIE);
    for cookie in cookies {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

/// A cookie of a session, not bound to TLS: on that local network, whoever listens has the session of a team, and no
/// data of anybody. Other cookies are as they are.
fn unbound(cookie: &HeaderValue) -> HeaderValue {
    let bound = cookie.to_str().ok().and_then(|text| text.strip_prefix(HOST));
    let plain = bound.map(|rest| format!("{PLAIN}{}", rest.replace("; Secure", "")));
    plain.and_then(|text| HeaderValue::from_str(&text).ok()).unwrap_or_else(|| cookie.clone())
}

/// Whether an act is one that tries a code.
pub(crate) fn is_attempt(method: &Method, path: &str) -> bool {
    let is_of_code = path.starts_with("/join/") || path.starts_with("/jury/");
    is_of_code || (method == Method::POST && matches!(path, "/join" | "/jury"))
}

/// The shared state, for handlers that need it whole.
type Whole = State<Shared>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_without_tls_is_of_this_site_if_its_origin_is() {
        let of = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("192.168.1.5:7381"));
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            is_own(&headers)
        };
        assert!(of(&[("origin", "http://192.168.1.5:7381")]));
        assert!(of(&[("sec-fetch-site", "same-origin"), ("origin", "http://192.168.1.5:7381")]));
        for origin in ["null", "http://192.168.1.5", "http://192.168.1.6:7381", "https://evil.example", ""] {
            assert!(!of(&[("origin", origin)]), "{origin}");
        }
        assert!(!of(&[]));
        assert!(!of(&[("sec-fetch-site", "cross-site"), ("origin", "http://192.168.1.5:7381")]));
    }

    #[test]
    fn a_session_is_kept_without_tls() {
        let of = |text: &'static str| unbound(&HeaderValue::from_static(text)).to_str().unwrap().to_owned();
        assert_eq!(
            of("__Host-session=a.b; Path=/; HttpOnly; SameSite=Lax; Secure"),
            "session=a.b; Path=/; HttpOnly; SameSite=Lax"
        );
        assert_eq!(
            of("__Host-session=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0"),
            "session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
        );
        for other in ["session=a.b; Path=/", "lang=fr; Path=/; Secure"] {
            assert_eq!(of(other), other);
        }
    }

    #[test]
    fn every_way_to_try_a_code_is_an_attempt() {
        for path in ["/join/abc", "/jury/abc"] {
            assert!(is_attempt(&Method::GET, path) && is_attempt(&Method::POST, path), "{path}");
        }
        for path in ["/join", "/jury"] {
            assert!(!is_attempt(&Method::GET, path) && is_attempt(&Method::POST, path), "{path}");
        }
        assert!(!is_attempt(&Method::POST, "/ballots/1"));
    }
}
