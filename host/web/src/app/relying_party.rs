//! The site that passkeys are bound to: the one under whose name the browser reached this server.

use crate::app::visitor::is_loopback;
use axum::http::{HeaderMap, header};
use mesinfos_platform::identity::RelyingParty;

/// The site of a request. `None` under an address that is no name.
pub(crate) fn relying_party(headers: &HeaderMap) -> Option<RelyingParty> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let scheme = if is_loopback(headers) { "http" } else { "https" };
    RelyingParty::new(&format!("{scheme}://{host}"), "MesInfos").ok()
}

/// Whether passkeys work under the address of a request.
pub(crate) fn has_passkeys(headers: &HeaderMap) -> bool {
    relying_party(headers).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_passkey_needs_the_name_of_a_site() {
        let of = |host: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            has_passkeys(&headers)
        };
        assert!(of("localhost:7380") && of("infos.example") && of("infos.example:8443"));
        for not in ["127.0.0.1:7380", "[::1]:7380", "", "infos.example/x", "a b"] {
            assert!(!of(not), "{not}");
        }
        assert!(!has_passkeys(&HeaderMap::new()));
    }
}
