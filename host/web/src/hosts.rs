//! Host names of this server, and whom to ask about it.
//!
//! Protects against DNS rebinding: a page of another site whose name resolves to 127.0.0.1 would be
//! same-origin with this server. Its host name is not accepted, so it receives no response.

use crate::Shared;
use crate::app::failure::Failure;
use crate::app::parts::Shell;
use crate::app::preferences::Preferences;
use crate::bodies::refuse;
use crate::contact::Contact;
use crate::errors::ApiError;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use mesinfos_words::page::Failures;
use std::net::SocketAddr;

/// Accepted host names.
#[derive(Debug, Clone)]
pub struct Hosts {
    /// Names with a port, as in the `Host` header.
    exact: Vec<String>,
    /// The operator's names, with any port: a reverse proxy may use another one.
    names: Vec<String>,
    contact: Option<Contact>,
}

impl Hosts {
    /// Accepts loopback names and the address itself, with its port, and `names` with any port.
    pub fn new(address: SocketAddr, names: &[String]) -> Hosts {
        let port = address.port();
        let mut exact: Vec<String> =
            ["127.0.0.1", "localhost", "[::1]"].iter().map(|name| format!("{name}:{port}")).collect();
        exact.push(address.to_string());
        Hosts { exact, names: names.iter().map(|name| name.to_ascii_lowercase()).collect(), contact: None }
    }

    /// With the address that people ask.
    #[must_use]
    pub fn asked_at(self, contact: Option<Contact>) -> Hosts {
        Hosts { contact, ..self }
    }

    pub(crate) fn contact(&self) -> Option<&Contact> {
        self.contact.as_ref()
    }

    fn admit(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        let is_port = |port: &str| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
        let bare = host.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or(&*host, |(name, _)| name);
        self.exact.contains(&host) || self.names.iter().any(|name| name == bare)
    }

    /// The address for a client that reached this server by `host`. Before a name of the operator is a reverse proxy, which
    /// speaks TLS.
    pub(crate) fn address(&self, host: &str) -> String {
        let scheme = if self.exact.contains(&host.to_ascii_lowercase()) { "http" } else { "https" };
        format!("{scheme}://{host}")
    }

    /// Whether a request has exactly one `Host`, which is accepted, and no unaccepted authority in its
    /// target.
    pub(crate) fn admit_request(&self, headers: &HeaderMap, target: Option<&str>) -> bool {
        let mut named = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (named.next(), named.next()) else { return false };
        host.to_str().is_ok_and(|host| self.admit(host)) && target.is_none_or(|target| self.admit(target))
    }
}

/// The host name by which a request reached this server, with its port. [`guard`] admitted it.
pub(crate) fn reached(headers: &HeaderMap) -> &str {
    headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default()
}

const WORDS: &str =
    "this server does not answer under that host name; ask its operator for the names that it answers to";

/// Middleware that rejects requests for other hosts.
pub(crate) async fn guard(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let target = request.uri().authority().map(|authority| authority.as_str());
    if shared.hosts.admit_request(request.headers(), target) {
        return next.run(request).await;
    }
    let is_api = request.uri().path().starts_with("/api/");
    let (parts, body) = request.into_parts();
    refuse(body).await;
    let error = ApiError::new(StatusCode::MISDIRECTED_REQUEST, "other-host", WORDS.to_owned());
    if is_api {
        error.into_response()
    } else {
        let preferences = Preferences::of(&parts);
        let (lang, shell) = (preferences.lang, Shell::outside("", preferences, ""));
        let (title, words) = (Failures::NotDone.to(lang), Failures::OtherHost.to(lang));
        Failure::told(&error, &title, &words, &shell).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_are_admitted() {
        let hosts = Hosts::new(([127, 0, 0, 1], 7380).into(), &["Infos.Example".to_owned()]);
        for ours in [
            "127.0.0.1:7380",
            "localhost:7380",
            "LOCALHOST:7380",
            "[::1]:7380",
            "infos.example",
            "infos.example:443",
        ] {
            assert!(hosts.admit(ours), "{ours}");
        }
        for other in [
            "",
            "127.0.0.1",
            "127.0.0.1:7381",
            "localhost.evil.example:7380",
            "evil.example:7380",
            "infos.example.evil.example",
            "infos.example:x",
            "infos.example:",
            "user@127.0.0.1:7380",
            "0.0.0.0:7380",
        ] {
            assert!(!hosts.admit(other), "{other}");
        }
    }

    #[test]
    fn a_request_names_one_host() {
        let hosts = Hosts::new(([127, 0, 0, 1], 80).into(), &[]);
        let of = |names: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for name in names {
                headers.append(header::HOST, axum::http::HeaderValue::from_static(name));
            }
            headers
        };
        let ours = "localhost:80";
        assert!(hosts.admit_request(&of(&[ours]), None) && hosts.admit_request(&of(&[ours]), Some(ours)));
        assert!(!hosts.admit_request(&of(&[]), None) && !hosts.admit_request(&of(&[ours, ours]), None));
        assert!(!hosts.admit_request(&of(&[ours]), Some("evil.example")));
    }
}
