//! Acts of strangers that cost the host much, bounded by their address: beginning a sample life, and everything that
//! checks a password or a code.
//!
//! The server listens on this machine alone, so a request from elsewhere comes through a reverse proxy, which writes
//! the address of its client last in `X-Forwarded-For`. A request without it is of somebody on this machine: it is not
//! bounded. An address that cannot be read counts as one for all.

use crate::Shared;
use crate::app::failure::Failure;
use crate::app::parts::Shell;
use crate::app::preferences::Preferences;
use crate::bodies::refuse;
use crate::limits;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What addresses have done lately, kind by kind.
pub(crate) struct Addresses {
    lives: Limiter,
    entries: Limiter,
}

impl Default for Addresses {
    fn default() -> Addresses {
        Addresses {
            lives: Limiter::new(limits::LIVES_OF_ADDRESS),
            entries: Limiter::new(limits::ENTRIES_OF_ADDRESS),
        }
    }
}

impl Addresses {
    /// Counts an act. `Err` with the time to wait, if it is one too many.
    fn count(&self, act: Act, address: IpAddr, now: Instant) -> Result<(), Duration> {
        let limiter = match act {
            Act::BeginLife => &self.lives,
            Act::Enter => &self.entries,
        };
        limiter.count(address, now)
    }
}

/// So many acts of an address at once, and one more after each interval: the generic cell rate algorithm (ITU-T I.371),
/// which needs one time for each address.
struct Limiter {
    interval: Duration,
    /// How far an address may run ahead of its interval.
    ahead: Duration,
    /// The time at which an address has all its acts again.
    whole_at: Mutex<HashMap<IpAddr, Instant>>,
}

impl Limiter {
    fn new((at_once, interval): (u32, Duration)) -> Limiter {
        Limiter { interval, ahead: interval.saturating_mul(at_once), whole_at: Mutex::default() }
    }

    fn count(&self, address: IpAddr, now: Instant) -> Result<(), Duration> {
        let mut known = self.whole_at.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= limits::ADDRESSES {
            known.retain(|_, whole_at| *whole_at > now);
        }
        // Still too many: the new ones count as one, so that a crowd of addresses takes no memory.
        let is_crowd = known.len() >= limits::ADDRESSES && !known.contains_key(&address);
        let whole_at = known.entry(if is_crowd { UNKNOWN } else { address }).or_insert(now);
        let next = (*whole_at).max(now) + self.interval;
        match next.saturating_duration_since(now).checked_sub(self.ahead) {
            Some(wait) if !wait.is_zero() => Err(wait),
            _ => {
                *whole_at = next;
                Ok(())
            }
        }
    }
}

/// An act that is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    BeginLife,
    /// A password, a passkey or a code is checked.
    Enter,
}

/// Stands for every address that cannot be read.
const UNKNOWN: IpAddr = IpAddr::V6(Ipv6Addr::UNSPECIFIED);

fn act(method: &Method, path: &str) -> Option<Act> {
    let is_post = method == Method::POST;
    match path {
        "/welcome" if is_post => Some(Act::BeginLife),
        // Codes of an event.
        path if crate::event::is_attempt(method, path) => Some(Act::Enter),
        "/sign-in" | "/sign-in/passkey" | "/sign-in/recover" | "/invitation" if is_post => Some(Act::Enter),
        path if path.starts_with("/invitation/") || path.starts_with("/open/") => Some(Act::Enter),
        _ => None,
    }
}

/// The address of the client as the proxy before this server wrote it. `None` without a proxy. A network of IPv6 (its
/// first 64 bits) is one client: it has as many addresses as it wants.
fn client(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    let last = last.to_str().unwrap_or_default();
    let last = last.rsplit(',').next().unwrap_or_default().trim();
    let address = last.parse().or_else(|_| last.trim_matches(['[', ']']).parse()).unwrap_or(UNKNOWN);
    Some(match address {
        IpAddr::V6(six) => match six.to_ipv4_mapped() {
            Some(four) => IpAddr::V4(four),
            None => {
                let [a, b, c, d, ..] = six.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        },
        four @ IpAddr::V4(_) => four,
    })
}

/// Middleware that answers 429 to an act too many.
pub(crate) async fn guard(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let act = act(request.method(), request.uri().path());
    let Some((act, address)) = act.zip(client(request.headers())) else { return next.run(request).await };
    let Err(wait) = shared.addresses.count(act, address, Instant::now()) else {
        return next.run(request).await;
    };
    let seconds = wait.as_secs().saturating_add(1);
    let (parts, body) = request.into_parts();
    refuse(body).await;
    let shell = Shell::outside("", Preferences::of(&parts), "");
    let mut response = Failure::too_often(seconds, &shell).into_response();
    let after = HeaderValue::from_str(&seconds.to_string()).unwrap_or(HeaderValue::from_static("60"));
    response.headers_mut().insert(header::RETRY_AFTER, after);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(values: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("x-forwarded-for", HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn the_last_address_is_that_of_the_client() {
        let of = |values: &[&'static str]| client(&headers(values)).map(|address| address.to_string());
        assert_eq!(of(&[]), None);
        assert_eq!(of(&["198.51.100.7"]).as_deref(), Some("198.51.100.7"));
        // What the client wrote itself stands first.
        assert_eq!(of(&["203.0.113.9, 198.51.100.7"]).as_deref(), Some("198.51.100.7"));
        assert_eq!(of(&["203.0.113.9", "198.51.100.7"]).as_deref(), Some("198.51.100.7"));
        assert_eq!(of(&["2001:db8:1:2:3:4:5:6"]).as_deref(), Some("2001:db8:1:2::"));
        assert_eq!(of(&["[2001:db8:1:2::9]"]).as_deref(), Some("2001:db8:1:2::"));
        assert_eq!(of(&["::ffff:198.51.100.7"]).as_deref(), Some("198.51.100.7"));
        for unknown in ["", "unknown", "198.51.100.7:80x", "_hidden"] {
            assert_eq!(of(&[unknown]).as_deref(), Some("::"), "{unknown}");
        }
    }

    #[test]
    fn an_address_waits_and_the_others_do_not() {
        let (one, other) = ("198.51.100.7".parse().unwrap(), "198.51.100.8".parse().unwrap());
        let (addresses, now) = (Addresses::default(), Instant::now());
        let (at_once, interval) = limits::LIVES_OF_ADDRESS;
        assert!((0..at_once).all(|_| addresses.count(Act::BeginLife, one, now).is_ok()));
        assert_eq!(addresses.count(Act::BeginLife, one, now), Err(interval));
        assert_eq!(addresses.count(Act::BeginLife, one, now + interval / 3), Err(interval - interval / 3));
        assert!(addresses.count(Act::BeginLife, other, now).is_ok());
        assert!(addresses.count(Act::Enter, one, now).is_ok());
        // One after each interval, and all of them after a long while.
        let later = now + interval;
        assert!(addresses.count(Act::BeginLife, one, later).is_ok());
        assert!(addresses.count(Act::BeginLife, one, later).is_err());
        let much_later = later + interval * at_once;
        assert!((0..at_once).all(|_| addresses.count(Act::BeginLife, one, much_later).is_ok()));
        assert!(addresses.count(Act::BeginLife, one, much_later).is_err());
    }

    #[test]
    fn a_crowd_of_addresses_takes_bounded_memory() {
        let (limiter, now) = (Limiter::new(limits::ENTRIES_OF_ADDRESS), Instant::now());
        let first = u32::try_from(limits::ADDRESSES).unwrap();
        for number in 0..first + 50 {
            let _ = limiter.count(IpAddr::V4(number.into()), now);
        }
        let size = || limiter.whole_at.lock().unwrap().len();
        assert_eq!(size(), limits::ADDRESSES + 1);
        // Those beyond share what one has; those known have theirs.
        assert!((0..20).any(|_| limiter.count(IpAddr::V4((first + 51).into()), now).is_err()));
        assert!(limiter.count(IpAddr::V4(3.into()), now).is_ok());
        // Who may act at will again is forgotten.
        assert!(limiter.count(IpAddr::V4((first + 52).into()), now + Duration::from_secs(600)).is_ok());
        assert_eq!(size(), 1);
    }

    #[test]
    fn only_costly_acts_are_counted() {
        for (method, path, what) in [
            (Method::POST, "/welcome", Some(Act::BeginLife)),
            (Method::GET, "/welcome", None),
            (Method::POST, "/sign-in", Some(Act::Enter)),
            (Method::POST, "/sign-in/recover", Some(Act::Enter)),
            (Method::GET, "/invitation/abc", Some(Act::Enter)),
            (Method::GET, "/home", None),
            (Method::POST, "/journal/verify", None),
        ] {
            assert_eq!(act(&method, path), what, "{path}");
        }
    }
}
